"""What a file of results says beside its votes is told: statuses, rows that may be totals, marks for no choice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vote_files
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.vote.formats import blocks

APP = build_app(["vote"])
HEAD = "county,precinct,office,district,candidate,votes"


def counted(*files: Path) -> tuple[dict[str, tuple[int, int]], str]:
    """Give yes and no of each measure, and all that is told beside."""
    done = CliRunner().invoke(APP, ["vote", "count", *map(str, files), "--json"], catch_exceptions=False)
    answer = json.loads(done.stdout)
    return {each["name"]: (each["yes"], each["no"]) for each in answer["measures"]}, json.dumps(
        answer["mismatches"], ensure_ascii=False
    )


def results(tmp_path: Path, *rows: tuple[str, str, int, int]) -> Path:
    lines = [
        f"{county},{precinct},Amendment,64,{answer},{votes}"
        for county, precinct, yes, no in rows
        for answer, votes in (("Yes", yes), ("No", no))
    ]
    path = tmp_path / "results.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return path


@pytest.mark.parametrize("name", ["Summary", "SUM", "Cumulative", "Overall"])
def test_a_row_called_a_sum_is_compared_and_not_added(name: str, tmp_path: Path) -> None:
    totals, _ = counted(results(tmp_path, ("A", "1", 10, 7), ("A", "2", 5, 9), ("A", name, 15, 16)))
    assert totals == {"Amendment 64": (15, 16)}
    _, told = counted(results(tmp_path, ("A", "1", 10, 7), ("A", "2", 5, 9), ("A", name, 15, 17)))
    assert "the total of no on “Amendment 64” is 17, and the rows add up to 16" in told


@pytest.mark.parametrize(("county", "told_of"), [("A", True), ("B", False)])
def test_a_row_with_the_votes_of_all_others_is_told(county: str, told_of: bool, tmp_path: Path) -> None:
    rows = (("A", "1", 10, 7), ("A", "2", 5, 9), (county, "Kreisfreie Stadt", 15, 16), ("B", "1", 1, 0))
    totals, told = counted(results(tmp_path, *rows))
    assert totals == {"Amendment 64": (31, 32)}
    assert ("Kreisfreie Stadt has as many yes and no on “Amendment 64” as all others together" in told) is told_of


def test_two_rows_alike_are_no_total(tmp_path: Path) -> None:
    assert "as all others" not in counted(results(tmp_path, ("A", "1", 5, 9), ("A", "2", 5, 9)))[1]


def test_a_status_of_a_card_of_clear_ballot_is_told(tmp_path: Path) -> None:
    (path,) = vote_files.clear_ballot(tmp_path, vote_files.cards(4))
    lines = path.read_text().splitlines()
    at = lines[0].split(",").index("Status") if "Status" in lines[0] else None
    if at is None:
        lines = [
            f"{line},{'Status' if number == 0 else 'Rejected' * (number == 1)}" for number, line in enumerate(lines)
        ]
    else:
        cells = lines[1].split(",")
        lines[1] = ",".join([*cells[:at], "Rejected", *cells[at + 1 :]])
    assert "the status" not in counted(path)[1]
    path.write_text("\n".join(lines) + "\n")
    assert "1 record with the status “Rejected”" in counted(path)[1]


def test_a_status_of_a_ballot_of_ess_is_told_unless_it_says_no_more_than_reviewed(tmp_path: Path) -> None:
    (tmp_path / "cvr.csv").write_text("Cast Vote Record,Precinct,Ballot Style,Question 1\n1,P,S,Yes\n2,P,S,No\n")
    head = "Cast Vote Record,Batch,Ballot Status,Tabulator CVR,Machine"
    for status, told_of in (("Reviewed", False), ("Rejected", True)):
        rows = f"1,B,Not Reviewed,0001013415,1\n2,B,{status},0001013416,1\n"
        (tmp_path / "ballots.csv").write_text(f"{head}\n{rows}")
        totals, told = counted(tmp_path / "cvr.csv", tmp_path / "ballots.csv")
        assert totals == {"Question 1": (1, 1)}
        assert ("1 ballot with the status “Rejected”" in told) is told_of


@pytest.mark.parametrize("block", [False, True], ids=["one by one", "in blocks"])
def test_a_mark_for_a_choice_that_the_contest_has_not_is_refused(
    block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if block:
        monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)
    (path,) = vote_files.nist_json(tmp_path, vote_files.cards(8))
    text = path.read_text()
    chosen = text.split('"ContestSelectionId": "', 1)[1].split('"', 1)[0]
    path.write_text(text.replace(f'"ContestSelectionId": "{chosen}"', '"ContestSelectionId": "elsewhere"', 1))
    done = CliRunner().invoke(APP, ["vote", "count", str(path)])
    assert isinstance(done.exception, InputError)
    assert "selection elsewhere of a record is none of" in str(done.exception)
