"""On a terminal of 80 columns every verb keeps to them: a line is longer only where one word is."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ballotworthy.cli.folding import folded
from ballotworthy.cli.main import VERBS, main

WIDE = 80
RECORD = Path(__file__).parents[1] / "docs" / "example" / "case.record"
CALIFORNIA = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")
CASE = ("--case", "N-1", "--office", "An office", "--measure", "A law on wells and on the rights of those who dig them")
ANSWERS: tuple[tuple[str, ...], ...] = (
    ("simulate", "--lines", "60", "--voters", "300", "--seed", "tour", "-o", "s"),
    ("roll", "build", "s/roll.csv", "-o", "x.roll"),
    ("roll", "build", "odd.csv", "--taken-on", "2018-05-18", "-o", "odd.roll"),
    ("roll", "find", "x.roll", "1"),
    ("match", "s/lines.csv", "--roll", "x.roll", "-o", "m.csv"),
    ("explain", "s/lines.csv", "--roll", "x.roll", "--line", "1-1", *CALIFORNIA),
    ("compare", "s/lines.csv", "--roll", "x.roll", "-o", "c.html"),
    ("score", "m.csv", "s/truth.csv"),
    ("check", "s/lines.csv", "--roll", "x.roll", *CALIFORNIA, "--required", "40", "-o", "out"),
    ("project", "out", *CALIFORNIA, "--required", "40"),
    ("draw", "frame.csv", "--seed", "1", "-n", "3"),
    ("law",),
    ("law", "us-ca", "--on", "2018-04-20"),
    ("law", "changes", "us-ca", "2017-01-01", "2019-06-01"),
    ("law", "needed", "us-ca", *CALIFORNIA[2:], "--validity", "0.75"),
    ("law", "calendar", "us-ca", *CALIFORNIA[2:]),
    ("risk", "plan", *CALIFORNIA[:4], "--on", "2018-04-20", "--lines", "1000", "--valid", "800", "--required", "700"),
    ("case", "new", "case", *CASE, "--by", "ann", *CALIFORNIA),
    ("case", "status", "case"),
    ("case", "show", "case"),
    ("verify", str(RECORD)),
    ("convention", "bloc"),
    ("support", "none.csv"),
    ("measure", "none.toml"),
    ("vote", "judge"),
    ("sheets", "check", "none.pdf", *CALIFORNIA),
    ("office", "serve", "--help"),
    ("demo", "--help"),
)
"""A command of every verb, each on what those before it made; some are refused, and say so."""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> str:
    """Run the program before a terminal; give all that it printed."""
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "argv", ["ballotworthy", *words])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit):
        main()
    return out.getvalue() + err.getvalue()


def test_every_verb_keeps_to_eighty_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"COLUMNS": str(WIDE), "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "odd.csv").write_text(
        "Ref,Surname,Given,StreetNo,Street,Town,Since,Standing\n1,Smith,Ann,12,Oak St,X,2010,A\n"
    )
    (tmp_path / "frame.csv").write_text("sheet,line\n1,1\n1,2\n1,3\n1,4\n", "utf-8")
    wide = {}
    for words in ANSWERS:
        told = shown(monkeypatch, words)
        assert "Traceback" not in told
        assert told.strip(), words
        wide |= {(words[:2], line): len(line) for line in told.splitlines() if len(line) > WIDE and " " in line.strip()}
    assert wide == {}
    assert {words[0] for words in ANSWERS} == set(VERBS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short\n", "short\n"),
        ("one two three " * 4, "one two three one two three one two three one\ntwo three"),
        ("  line 1: " + "word " * 12, "  line 1: word word word word word word word\n    word word word word word"),
        ("see /a/" + "b" * 60 + " there", "see\n/a/" + "b" * 60 + "\nthere"),
        ("a     b     c\n", "a     b     c\n"),
    ],
)
def test_a_line_is_broken_between_words_alone(text: str, expected: str) -> None:
    assert folded(text, 46) == expected


def test_a_file_gets_a_sentence_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDE))
    monkeypatch.setattr(sys, "argv", ["ballotworthy", "verify", str(tmp_path / ("long " * 30))])
    with pytest.raises(SystemExit):
        main()
    assert len(capsys.readouterr().err.splitlines()) == 1
