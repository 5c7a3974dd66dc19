"""Pages whose commands need files of the reader's own run from beginning to end, on files made here."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.casework.room import enter
from ballotworthy.cli.main import main
from ballotworthy.cli.sure_clock import now

HOW_TO = Path(__file__).resolve().parent.parent / "docs/how-to"
BLOCK = re.compile(r"(?ms)^```(?:text|sh)\n(.*?)^```$")
SHEETS, ON_A_SHEET = 200, 10


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(page: str) -> list[list[str]]:
    """Give the words of each `ballotworthy` of a page's blocks, in order; whoever adds one to the page runs it here."""
    blocks = BLOCK.findall((HOW_TO / page).read_text("utf-8"))
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("ballotworthy ")]


def run(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command in this process; give what it printed."""
    monkeypatch.setattr(sys, "argv", words)
    capsys.readouterr()
    ended = 0
    try:
        main()
    except SystemExit as end:
        ended = int(end.code or 0)
    out, complaint = capsys.readouterr()
    assert ended == 0, (words, complaint)
    return out


def rulings(sampled: list[str]) -> pl.DataFrame:
    """Rule on a sample as the page tells of it: 12-3 is a voter's, 12-4 is refused, all others are voters'."""
    rows = [
        {"line": line, "outcome": "valid", "reason": "", "voter_id": "4711" if line == "12-3" else f"v{at}"}
        for at, line in enumerate(sampled)
        if line != "12-4"
    ]
    return pl.DataFrame([*rows, {"line": "12-4", "outcome": "invalid", "reason": "illegible", "voter_id": ""}])


def test_the_page_on_certifying_runs(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The Island has so few lines that the law draws all of them: 12-3 and 12-4 of the page are in every sample.
    districts = [("North", "South")[sheet % 2] if sheet not in range(8, 13) else "Island" for sheet in range(SHEETS)]
    rows = [
        (sheet + 1, line + 1, "A Signer", districts[sheet]) for sheet in range(SHEETS) for line in range(ON_A_SHEET)
    ]
    pl.DataFrame(rows, ["sheet", "line", "name", "district"], orient="row").write_csv("lines.csv")
    pl.DataFrame({"voter_id": ["4711", *(f"v{at}" for at in range(1_000))], "last_name": "Signer"}).write_csv("v.csv")
    build = ["ballotworthy", "roll", "build", "v.csv", "--taken-on", "2026-11-01", "-o", "voters.roll"]
    run(build, monkeypatch, capsys)
    Path("cells.csv").write_text("line,field,text\n12-5,name,An Other Signer\n")
    told = {}
    for words in commands("certify.md"):
        if words[1:3] == ["case", "decide"] and not Path("rulings.csv").exists():
            sample = enter(here / "wells", now).case().sample
            assert sample is not None
            rulings(sorted(sample.lines)).write_csv("rulings.csv")
        told[" ".join(words[1:3])] = run(words, monkeypatch, capsys)
    assert {"case new", "case sheets", "case certify", "case reopen", "case restore", "case export"} <= set(told)
    assert "Certified, sufficient" in told["case certify"]
    assert told["case retype"] == "1 cell of 1 line typed anew.\n"
    assert "(1 not made, 3 do not apply" in told["verify published/case.record"]
    assert told["case restore"] == "2 lines restored, 1 of them without a voter.\n"


def test_the_page_on_a_nation_runs(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [
        ("Ada", "Marsh", "Nevada"),
        ("Ben", "Quill", "Nevada"),
        ("Cora", "Vance", "Utah"),
        ("Dan", "Wick", "Utah"),
    ]
    for region in ("Nevada", "Utah"):
        voters = [
            {"voter_id": f"{region[0]}{at}", "first_name": first, "last_name": last, "house_number": str(10 + at),
             "street": "Main St", "city": "Elko", "zip": "89801"}
            for at, (first, last, home) in enumerate(people) if home == region
        ]  # fmt: skip
        pl.DataFrame(voters).write_csv(f"{region.lower()}.csv")
    lines = [
        {"sheet": 1, "line": at + 1, "name": f"{first} {last}", "address": f"{10 + at} Main St", "city": "Elko",
         "zip": "89801", "county": "Nevada"}
        for at, (first, last, _) in enumerate(people)
    ]  # fmt: skip
    pl.DataFrame(lines).write_csv("lines.csv")
    page = [words for words in commands("national.md") if "spark" not in words]
    assert len(page) == 3
    for words in page:
        run(words, monkeypatch, capsys)
    found = pl.read_csv("matches.csv", infer_schema=False)
    assert found["region"].to_list()[:3:2] == ["Nevada", "Utah"]  # at home, and found elsewhere
    assert sorted(path.name for path in (here / "rolls").iterdir()) == ["Nevada.roll", "Utah.roll"]


def test_the_page_on_looking_at_a_matching_runs(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (HOW_TO / "look-at-a-matching.md").read_text("utf-8")
    (declared,) = re.findall(r"(?ms)^```toml\n(.*?)^```$", page)
    (here / "phone.toml").write_text(declared, "utf-8")
    told = {}
    for words in commands("look-at-a-matching.md"):
        if words[2] == "phoned.csv":
            _with_telephones()
        told[" ".join(words[1:])] = run(words, monkeypatch, capsys)
    assert len(told) == 8
    best = pl.read_csv("phoned-matches.csv", infer_schema=False).filter(pl.col("rank") == "1")
    assert best["evidence"].str.contains(r"phone agrees \(\+13\.0\)").sum() > 150
    assert {path.name for path in Path("scored").iterdir()} >= {
        "charts.html",
        "reliability.svg",
        "precision-recall.json",
    }
    drawn = {path.stem for path in [*Path("charts").glob("*.svg"), *Path("scored").glob("*.svg")]}
    assert drawn == set(re.findall(r"(?m)^\| `([\w-]+)` \|", page))


def _with_telephones() -> None:
    """Give each voter a telephone, and each line that of its signer."""
    voters = pl.read_csv("invented/roll.csv", infer_schema=False).select("voter_id").with_row_index("at")
    number = pl.format("(206) 555-{}", (pl.col("at") + 1_000).cast(pl.String)).alias("Phone Number")
    voters = voters.select("voter_id", number)
    voters.write_csv("phones.csv")
    truth = pl.read_csv("invented/truth.csv", infer_schema=False).select("sheet", "line", "voter_id")
    lines = pl.read_csv("invented/lines.csv", infer_schema=False).join(truth, on=["sheet", "line"], how="left")
    lines.join(voters, on="voter_id", how="left").rename({"Phone Number": "Phone"}).drop("voter_id").write_csv(
        "phoned.csv"
    )
