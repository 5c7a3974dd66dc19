"""The front of the command line: what it loads, what it asks for, what the shell completes."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.held import complete_polled, complete_question, complete_toml
from ballotworthy.cli.main import VERBS, build_app, main, verb_asked
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.places import place_codes

HEAVY = ("numba", "polars", "numpy", "altair", "pyarrow", "cryptography", "holidays", "rich")
WORKING = ("scipy", "pandas", "duckdb", "django", "typst", "vl_convert", "lxml", "cv2", "nicknames", "urllib.request")
APP = build_app(["law", "draw", "project", "check"])
runner = CliRunner()


def refused(*arguments: str) -> str:
    result = runner.invoke(APP, list(arguments))
    assert isinstance(result.exception, InputError)
    return str(result.exception)


@cache
def started() -> list[str]:
    """Give what a process prints that is asked for version and help, and at last what it has loaded by then."""
    code = (
        "import sys\n"
        "from ballotworthy.cli.main import main\n"
        "for asked in ('--version', '-h', '--help'):\n"
        "    sys.argv = ['ballotworthy', asked]\n"
        "    try: main()\n"
        "    except SystemExit as end: assert not end.code, asked\n"
        f"print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_help_and_version_load_nothing_heavy() -> None:
    assert started()[-1].split() == ["loaded"]


def test_the_help_of_no_verb_loads_what_only_its_work_needs() -> None:
    code = (
        "import sys\n"
        "from ballotworthy.cli.main import VERBS, build_app\n"
        "for verb in VERBS:\n"
        "    try: build_app([verb])([verb, '--help'])\n"
        "    except SystemExit: pass\n"
        f"    print('loaded', verb, *[name for name in {(*WORKING, *HEAVY[:-1])!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("loaded ")]
    assert told == [[verb] for verb in VERBS]


def test_help_lists_every_verb_in_its_whole_line() -> None:
    out = " ".join(" ".join(started()).split())
    assert [verb for verb, words in VERBS.items() if f"{verb} {words}" not in out] == []


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        (("check", "law"), "check"),
        (("--law", "draw", "check"), "check"),
        (("--law=draw", "check"), "check"),
        (("--version",), None),
        (("checks",), None),
        ((), None),
    ],
)
def test_the_verb_is_the_first_word_that_is_no_option(words: tuple[str, ...], verb: str | None) -> None:
    assert verb_asked(words) == verb


def test_all_that_is_missing_is_told_at_once_with_the_choices() -> None:
    told = refused("check")
    assert "needs 6 things more" in told
    missing = ("LINES", "--roll", "--place", "--kind", "--on YYYY-MM-DD", "--out")
    assert [name for name in missing if name not in told] == []
    assert [place for place in place_codes() if place not in told] == []


def test_a_missing_kind_is_told_with_those_of_the_place() -> None:
    assert "Of us-ca: statute, amendment" in refused("check", "lines.csv", "--place", "us-ca")
    assert "`ballotworthy law PLACE` lists" in refused("check", "lines.csv", "--place", "us-cx")
    assert "Kinds of us-ca: amendment" in refused("project", "counts.csv", "--place", "us-ca")


def test_a_wrong_kind_is_told_with_those_of_the_place() -> None:
    result = runner.invoke(APP, ["law", "us-wa", "--kind", "petition"])
    assert isinstance(result.exception, UnknownName)
    assert "Known: initiative, initiative-legislature" in str(result.exception)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--place", "us-ca", "--kind", "amendmnt"), "there is no kind 'amendmnt'. Did you mean amendment?"),
        (("--place", "Montana", "--kind", "amendment"), "there is no place 'Montana'. Did you mean us-mt?"),
        (("--place", "us_ca", "--kind", "amendment"), "there is no place 'us_ca'. Did you mean us-ca?"),
        (
            ("--place", "us-ny", "--kind", "amendment"),
            "no place 'us-ny'. Its law is not held here; --law FOLDER adds",
        ),
    ],
)
def test_a_wrong_kind_or_place_is_told_beside_what_is_missing(words: tuple[str, ...], told: str) -> None:
    said = refused("check", "lines.csv", *words)
    assert told in said
    assert "needs 3 things more" in said


def test_help_is_given_though_all_is_missing() -> None:
    assert runner.invoke(APP, ["project", "--help"]).exit_code == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ch", {"check"}),
        ("law us-c", {"us-ca", "us-co"}),
        ("law cal", {"calendar"}),
        ("law needed us-o", {"us-oh", "us-ok", "us-or"}),
        ("project x --place us-w", {"us-wa", "us-wy"}),
        ("project x --place us-wa --kind r", {"recall", "referendum"}),
        ("law us-ca --kind amendment --on 1994", {"1994-11-09"}),
        ("vote judge x --place us-ak --kind re", {"referendum", "recall"}),
        ("explain x --place us-mt --kind am", {"amendment"}),
        ("convention count --subject ba", {"balanced-budget"}),
        ("support x --undecided st", {"status-quo"}),
    ],
)
def test_the_shell_completes_verbs_places_kinds_and_days(
    typed: str, expected: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"ballotworthy {typed}"
    monkeypatch.setenv("_BALLOTWORTHY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    monkeypatch.setattr(sys, "argv", ["ballotworthy"])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", "", raising=False)  # else the program is "pytest"
    with pytest.raises(SystemExit):
        main()
    assert set(capsys.readouterr().out.split()) == expected


def test_the_shell_completes_files_of_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("measures").mkdir()
    for name in ("measures/wells.toml", "measures/wells.md", "water.toml"):
        Path(name).write_text("", "utf-8")
    found = [complete_toml(typed) for typed in ("", "measures/w", "wat", "none/")]
    assert found == [["measures/", "water.toml"], ["measures/wells.toml"], ["water.toml"], []]


def test_the_shell_completes_kinds_and_places_of_a_table_of_polls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("polls.csv").write_text("kind,place,end\nkeep,us-ca,x\nleave,us-ca,x\nleave,us-tx,x\n", "utf-8")
    asked = SimpleNamespace(params={}, args=["polls.csv"])
    assert complete_question(asked, "") == ["keep", "leave"]
    assert complete_polled(asked, "us-t") == ["us-tx"]
    assert complete_polled(SimpleNamespace(params={"polls": "none.csv"}, args=[]), "") == []
