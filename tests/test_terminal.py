"""No text from a file acts on a terminal: control characters, marks of direction and markup are shown, never obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.cli.main import main
from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.json_text import json_text
from ballotworthy.report.validity_plot import validity_plot
from ballotworthy.risk_check.rulings_file import read_rulings
from ballotworthy.safe_text import UNSAFE, safe_json, safe_line, safe_text

ATTACKS = Path(__file__).parents[2] / "shared" / "attacks"
TERMS = ("--place", "us-ca", "--kind", "amendment", "--on", "2026-06-01")
HOSTILE = {
    "clear": ("\x1b[2J", "‹ESC›[2J"),
    "title": ("\x1b]0;hi\x07", "‹ESC›]0;hi‹BEL›"),
    "eight bits": ("\x9b2J", "‹U+009B›2J"),
    "turned": ("\u202egnp", "‹U+202E›gnp"),
    "no width": ("a\u200bb", "a‹U+200B›b"),
    "tag": ("\U000e0041", "‹U+E0041›"),
    "markup": ("[/]x", "[/]x"),
    "link": ("[link=https://a.example]x[/link]", "[link=https://a.example]x[/link]"),
    "emoji": (":warning:", ":warning:"),
}


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["ballotworthy", *words])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def counts(path: Path, stratum: str, raw: str = "10000") -> Path:
    rows = ["stratum,raw,sample,valid,duplicates", f'"{stratum}",{raw},500,380,2', "Kern,8000,500,390,1"]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_stratum_is_shown_and_not_obeyed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, shown = HOSTILE[name]
    file = counts(tmp_path / "counts.csv", f"{text} county")
    _, out, err = run(monkeypatch, capsys, "project", str(file), *TERMS)
    assert f"{shown} county" in out
    assert UNSAFE.search(out + err) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_json_keeps_the_value_and_nothing_raw(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, _ = HOSTILE[name]
    file = counts(tmp_path / "counts.csv", f"{text} county")
    _, out, err = run(monkeypatch, capsys, "project", str(file), *TERMS, "--json")
    assert any(f"{text} county" in value for value in _texts(json.loads(out)))
    assert UNSAFE.search(out + err) is None


def _texts(part: object) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return [part] if isinstance(part, str) else []


@pytest.mark.parametrize("name", HOSTILE)
def test_errors_show_headings_and_paths(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, shown = HOSTILE[name]
    file = tmp_path / "counts.csv"
    file.write_text(f'"{text}",raw\n1,2\n', "utf-8")
    code, out, err = run(monkeypatch, capsys, "project", str(file), *TERMS)
    assert (code, out) == (2, "")
    assert shown.lower() in err.lower()
    assert UNSAFE.search(err) is None
    for words in (("project", f"{text}.csv", *TERMS), ("law", text), ("law", "--law", text), ("case", "show", text)):
        code, out, err = run(monkeypatch, capsys, *words)
        assert (code, out) == (2, "")
        assert UNSAFE.search(err) is None


def test_an_option_that_is_none_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(monkeypatch, capsys, "project", "--\x1b[2J\u202e")
    assert code == 2
    assert "No such option" in err
    assert UNSAFE.search(err) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_chart_is_drawn_with_the_text_shown(name: str) -> None:
    text, _ = HOSTILE[name]
    rows = [{"name": f"{text}{at}", "validity": 0.5, "low": 0.4, "high": 0.6} for at in range(2)]
    drawn = validity_plot(rows, 0.5, 700, f"of {text}")
    assert drawn.startswith("<svg")
    assert UNSAFE.search(drawn) is None


@pytest.mark.skipif(not (ATTACKS / "51").is_dir(), reason="the attacks are not here")
def test_the_attack_by_markup_is_answered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(monkeypatch, capsys, "project", str(ATTACKS / "51" / "counts.csv"), *TERMS)
    assert (code, err) == (0, "")
    assert "[/]x: percentage valid" in out


@pytest.mark.parametrize("digits", [13, 29, 5_000])
@pytest.mark.parametrize(
    "words",
    [
        ("project", "FILE", *TERMS),
        ("law", "needed", "us-ca", "--kind", "amendment", "--on", "2026-06-01", "--district", "Kern=NUMBER"),
    ],
    ids=["counts", "district"],
)
def test_a_number_that_no_count_can_be_is_refused(
    digits: int,
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    number = "9" * digits
    file = counts(tmp_path / "counts.csv", "Alpine", number)
    given = [word.replace("FILE", str(file)).replace("NUMBER", number) for word in words]
    code, out, err = run(monkeypatch, capsys, *given)
    assert (code, out) == (2, "")
    assert err.startswith("ballotworthy: ")
    assert "9" * 100 not in err


@pytest.mark.parametrize("digits", [13, 29, 5_000])
def test_a_number_of_links_that_none_can_be_is_refused(digits: int, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text(f"id,ruling,links\n4-4,valid,{'9' * digits}\n", "utf-8")
    with pytest.raises(FileFaults, match=f"a number of {digits:,} digits"):
        read_rulings(file)


@pytest.mark.skipif(not (ATTACKS / "52").is_dir(), reason="the attacks are not here")
@pytest.mark.parametrize("name", ["counts-29.csv", "counts-5000.csv"])
def test_the_attack_by_numbers_is_answered(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(monkeypatch, capsys, "project", str(ATTACKS / "52" / name), *TERMS)
    assert (code, out) == (2, "")
    assert "digits stands there" in err


@pytest.mark.skipif(not (ATTACKS / "53").is_dir(), reason="the attacks are not here")
def test_the_attack_by_year_nought_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roll = tmp_path / "roll"
    code, _, err = run(monkeypatch, capsys, "roll", "build", str(ATTACKS / "53" / "roll.csv"), "-o", str(roll))
    assert code == 2
    assert "line 2, column birth_date: the text there is not a day of the calendar" in err
    assert list(tmp_path.iterdir()) == []
    good = tmp_path / "good.csv"
    good.write_text("voter_id,last_name,first_name\n1,B,A\n", "utf-8")
    assert run(monkeypatch, capsys, "roll", "build", str(good), "-o", str(roll))[0] == 0
    lines = str(ATTACKS / "53" / "lines.csv")
    out = str(tmp_path / "out")
    for words in (
        ("check", lines, "--roll", str(roll), *TERMS, "-o", out),
        ("match", lines, "--roll", str(roll), "-o", f"{out}.csv"),
    ):
        code, _, err = run(monkeypatch, capsys, *words)
        assert code == 2
        assert "line 2, column signed_on: the text there is not a day" in err, words
    assert not (tmp_path / "out").exists()
    for at, day in enumerate(("0000-12-31", "00000101", "1/1/0000")):
        odd = tmp_path / f"odd{at}.csv"
        odd.write_text(f"name,signed_on\nA B,{day}\n", "utf-8")
        assert run(monkeypatch, capsys, "match", str(odd), "--roll", str(roll), "-o", f"{out}.csv")[0] == 2


@given(st.text(st.characters()))
def test_safe_text_is_safe_once_and_for_all(text: str) -> None:
    assert UNSAFE.search(safe_text(text)) is None
    assert safe_text(safe_text(text)) == safe_text(text)
    assert len(safe_line(text).splitlines()) <= 1


@given(st.text(st.characters()))
def test_safe_json_is_the_same_value(text: str) -> None:
    told = safe_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(told) == [text]
    assert UNSAFE.search(told) is None


def ended(shell: str) -> tuple[int, str]:
    script = shell.replace("ballotworthy", f"{sys.executable} -m ballotworthy")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_output_ends_with_two_and_a_word() -> None:
    code, err = ended("ballotworthy law us-ca > /dev/full")
    assert code == 2
    assert err == "ballotworthy: standard output could not be written: No space left on device.\n"


@pytest.mark.parametrize(
    "shell", ["ballotworthy law us-ca >&-", "ballotworthy law us-ca | true; exit ${PIPESTATUS[0]}"]
)
def test_a_reader_who_has_gone_changes_nothing(shell: str) -> None:
    assert ended(shell) == (0, "")


FORGED = "Kern\nsufficient: certified"


def test_a_line_break_in_a_cell_makes_no_line_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(f'stratum,raw,sample,valid,duplicates\n"{FORGED}",9000,500,390,1\nYolo,9,9,9,0\n', "utf-8")
    code, out, _ = run(monkeypatch, capsys, "project", str(file), *TERMS)
    assert code == 0
    assert "Kern sufficient: certified" in out
    assert not any(line.strip(" │").startswith("sufficient: certified") for line in out.splitlines())


def test_a_line_break_in_a_heading_makes_no_line_of_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(f'stratum,raw,sample,valid,"{FORGED}"\nYolo,9,9,9,0\n', "utf-8")
    code, _, err = run(monkeypatch, capsys, "project", str(file), *TERMS)
    assert code == 2
    assert not any(line.startswith("sufficient") for line in err.splitlines())


def test_a_fault_stays_one_line_whatever_its_file_wrote() -> None:
    fault = Fault(1, "a\nb\x1b[2J", "it is c\td", "Do e")
    assert str(fault) == "line 1, column a‹LF›b‹ESC›[2J: it is c‹TAB›d. Do e"


PEOPLE = {
    "a first line of names": "ANSEL,ANN,OAK STREET\nTARN,BO,ELM ROAD\n",
    "names under no heading": "sheet,line,ANN ANSEL\n1,1,BO TARN\n",
    "a street of a usual word": "ANSEL,ANN,12 DAY STREET\nTARN,BO,3 HOUSE ROAD\n",
    "a name for a day": "name,signed_on\nBO TARN,ANN ANSEL\n",
    "a day of birth": "name,birth_date\nBO TARN,1961-02-30\n",
    "ragged": "name,address\nANN ANSEL\n",
}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("verb", ["project", "roll", "match", "draw"])
def test_no_message_says_a_cell_of_a_person(
    name: str, verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.csv"
    file.write_text(PEOPLE[name], "utf-8")
    words = {
        "project": ("project", str(file), *TERMS),
        "roll": ("roll", "build", str(file), "--taken-on", "2026-01-01", "-o", str(tmp_path / "r.roll")),
        "match": ("match", str(file), "--roll", str(tmp_path / "none.roll"), "-o", str(tmp_path / "m.csv")),
        "draw": ("draw", "--seed", "1", "-n", "1", "--by", "county", str(file)),
    }[verb]
    code, out, err = run(monkeypatch, capsys, *words)
    assert code == (0 if (name, verb) == ("a name for a day", "roll") else 2)
    assert not any(word in (out + err).upper() for word in ("ANSEL", "TARN", "DAY STREET", "1961"))


def test_columns_are_not_named_by_their_numbers_alone_over_a_first_line_of_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roll, file = tmp_path / "roll.csv", tmp_path / "f.csv"
    roll.write_text("voter_id,last_name,first_name\n1,ANSEL,ANN\n", "utf-8")
    file.write_text("ANN ANSEL,MILLBROOK\nBO TARN,RENO\n", "utf-8")
    assert run(monkeypatch, capsys, "roll", "build", str(roll), "-o", str(tmp_path / "r"), "--taken-on", "2026-01-01")
    out = tmp_path / "m.csv"
    words = ("match", str(file), "--map", "name=#1", "--roll", str(tmp_path / "r"), "-o", str(out))
    code, said, err = run(monkeypatch, capsys, *words)
    assert (code, said, out.exists()) == (2, "", False)
    assert "first line seems to hold data" in err


def test_a_file_of_json_has_nothing_that_acts() -> None:
    assert UNSAFE.search(json_text({"name": "".join(text for text, _ in HOSTILE.values())})) is None
