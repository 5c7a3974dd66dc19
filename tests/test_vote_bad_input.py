"""Every kind of bad input of a vote, a convention and polls, by the command: refused or told, nothing half-written."""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.vote.formats import blocks
from vote_files import CARDS, MEASURES, cards, expected, manifest

APP = build_app(["law", "vote", "convention", "support"])
GIVEN = cards()
SUMS = (
    "county,precinct,office,district,candidate,votes,total_ballots\n"
    "Alder,1,Amendment,64,Yes,14,30\nAlder,1,Amendment,64,No,7,30\n"
    "Alder,2,Amendment,64,Yes,5,12\nAlder,2,Amendment,64,No,6,12\n"
)
POLLS = "house,start,end,n,support,oppose,undecided,question_type\nOne,2020-01-01,2020-01-03,1000,52,41,7,vote\n"
ACTS = "state,day,precision,after,kind,subject,scope,expires,text,source,doubt\n"
ACT = "TX,2017-05-08,day,,application,convention-of-states,,,SJR2,https://example.org,\n"
CONVENTION = ("--subject", "convention-of-states", "--on", "2025-01-01", "--csv", "out/days.csv")


def run(folder: Path, *words: str) -> tuple[str, str]:
    """Run a command in a folder; give what it printed, and what it refused with."""
    out = folder / "out"
    made = [str(folder / each) if (folder / each.split("/")[0]).exists() or each.startswith("out") else each
            for each in words]  # fmt: skip
    found = CliRunner().invoke(APP, made)
    if found.exception is None or isinstance(found.exception, SystemExit):
        assert found.exit_code in (0, 1), found.output
        return found.output, ""
    assert isinstance(found.exception, InputError), found.exception
    assert found.exception.exit_code == 2
    assert not out.exists()
    assert not [each for each in folder.rglob("*") if each.name.startswith(".")]
    return found.output, str(found.exception)


def count(folder: Path, *files: str, more: tuple[str, ...] = ()) -> tuple[str, str]:
    return run(folder, "vote", "count", *files, *more, "-o", "out")


def sums(folder: Path, old: str, new: str) -> None:
    assert old in SUMS
    (folder / "sums.csv").write_text(SUMS.replace(old, new, 1))


def dominion(folder: Path, pattern: str, new: str) -> None:
    (path,) = CARDS["dominion-csv"](folder, GIVEN)
    worse = re.sub(pattern, new, path.read_text(), count=1)
    assert worse != path.read_text()
    path.write_text(worse)


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("Alder,2,Amendment,64,Yes", "Alder,1,Amendment,64,Yes", "line 4", "again"),
        ("Alder,2,Amendment,64,Yes,5,12\n", "", "line 4", "yes"),
        ("Yes,14,30", "Yes,44,30", "precinct Alder 1", "51 votes, blanks and overvotes, and 30 ballots"),
        ("Yes,14,30", "Yes,-4,30", "line 2", "no number"),
        ("Yes,14,30", 'Yes,"=""14""",30', "", "19 yes"),
        ("Yes,14,30", "Yes,fourteen,30", "line 2", "no number"),
        ("Yes,14,30", "Yes,14", "line 2", "cells"),
        ("Yes,5,12\n", "Yes,5,12\nAlder,2,AMENDMENT,64,Yes,5,12\n", "line 5", "again"),
    ],
)  # fmt: skip
def test_totals(old: str, new: str, place: str, told: str, tmp_path: Path) -> None:
    sums(tmp_path, old, new)
    output, refused = count(tmp_path, "sums.csv")
    assert place in refused + output
    assert told in refused + output
    assert "out" not in [each.name for each in tmp_path.iterdir()] or not refused


def test_a_precinct_that_is_missing_is_told_by_the_register(tmp_path: Path) -> None:
    (tmp_path / "sums.csv").write_text(SUMS)
    (tmp_path / "register.csv").write_text("county,precinct,registered\nAlder,1,50\nAlder,2,20\nAlder,3,9\n")
    output, refused = count(tmp_path, "sums.csv", more=("--registered", "register.csv"))
    assert not refused
    assert "precinct alder 3 has 9 voters and no results" in output


@pytest.mark.parametrize(
    ("pattern", "new", "told"),
    [
        (r"(?m)^3,101,1,3", r'="3",="101",="1",="3"', "To look at|yes"),  # guarded cells are the same
        (rf"{MEASURES[1]} \(Vote For=1\)", f'"{MEASURES[1]}\n (Vote For=1)"', "line break"),
        (rf"{MEASURES[1]} \(Vote For=1\)", f"{MEASURES[1].upper()} (Vote For=1)", "two ways that differ only by case"),
        (r"(?s)\n(?=1,101)", "\r", "4 yes|10 yes|yes"),
        (r"(?m)^2,101,1,2,101-1-2,", "2,101,1,2,", "line 6: 13 cells where 14 should stand"),
        (r"(?m)^2,101,1,2,", "1,101,1,1,", "stands here again"),
    ],
)
def test_records(pattern: str, new: str, told: str, tmp_path: Path) -> None:
    dominion(tmp_path, pattern, new)
    output, refused = count(tmp_path, "cvr.csv")
    assert re.search(told, refused or output)


def test_a_manifest_that_disagrees_is_told_with_phantoms(tmp_path: Path) -> None:
    CARDS["dominion-csv"](tmp_path, GIVEN)
    piles = manifest(tmp_path, GIVEN)
    piles.write_text(piles.read_text().replace("101,1,4", "101,1,7"))
    output, refused = count(tmp_path, "cvr.csv", more=("--manifest", "manifest.csv"))
    assert not refused
    assert "batch 101 1 has 7 cards and 4 records" in output
    assert "Phantoms: cards without a record 3" in output


LARGE = {
    "dominion-csv": "cvr.csv", "clear-ballot-csv": "clear.csv", "ess-csv": "ess_cvr.csv",
    "dominion-json": "export/CvrExport_1.json", "nist-cvr-json": "cvr.json", "nist-cvr-xml": "cvr.xml",
    "hart-xml": "hart.zip",
}  # fmt: skip


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("name", sorted(LARGE))
def test_a_large_file_that_was_cut_in_the_middle(
    name: str, share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)  # as a million records are read
    monkeypatch.setattr(blocks, "BLOCK", 1 << 14)
    many = cards(240)
    files = CARDS[name](tmp_path, many)
    piles = manifest(tmp_path, many)
    path = tmp_path / LARGE[name]
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    output, refused = count(tmp_path, *(each.name for each in files), more=("--manifest", piles.name))
    if refused:
        assert path.name in refused
        assert re.search(r"cut|ends|should stand|damaged|no XML|missing|line \d+", refused)
    else:
        assert "without a record" in output


NIST: list[tuple[str, Callable[[dict[str, object]], object], str]] = [
    ("missing", lambda record: record.pop("CurrentSnapshotId"), "record 7: CurrentSnapshotId is missing"),
    ("empty", lambda record: record.update(CurrentSnapshotId=""), "record 7: CurrentSnapshotId is missing"),
    ("null", lambda record: record.update(CurrentSnapshotId=None), "record 7: CurrentSnapshotId is missing"),
    ("of nobody", lambda record: record.update(CurrentSnapshotId="x"), "record 7: 0 snapshots bear"),
    ("a list", lambda record: record.update(CurrentSnapshotId=["now"]), "record 7: CurrentSnapshotId is no text"),
    ("no snapshots", lambda record: record.pop("CVRSnapshot"), "record 7: 0 snapshots bear"),
]  # fmt: skip


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize(("what", "change", "told"), NIST, ids=[each[0] for each in NIST])
def test_a_snapshot_that_is_not_the_one(
    what: str, change: Callable[[dict[str, object]], object], told: str, block: bool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if block:
        monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)
    (path,) = CARDS["nist-cvr-json"](tmp_path, GIVEN)
    report = json.loads(path.read_text())
    change(report["CVR"][6])
    path.write_text(json.dumps(report))
    assert told in count(tmp_path, "cvr.json")[1], what


@pytest.mark.parametrize("block", [False, True])
def test_a_current_snapshot_that_is_named_twice(block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if block:
        monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)
    (path,) = CARDS["nist-cvr-json"](tmp_path, GIVEN)
    text = path.read_text()
    path.write_text(
        text.replace('"CurrentSnapshotId": "now"', '"CurrentSnapshotId": "now", "CurrentSnapshotId": "old"', 1)
    )
    assert "CurrentSnapshotId stands twice in one object" in count(tmp_path, "cvr.json")[1]
    path.write_text(text.replace('"@id": "old"', '"@id": "now"', 1))
    assert "record 2: 2 snapshots bear its CurrentSnapshotId" in count(tmp_path, "cvr.json")[1]


def test_contests_of_nist_whose_names_differ_by_case_are_two_and_told(tmp_path: Path) -> None:
    (path,) = CARDS["nist-cvr-json"](tmp_path, GIVEN)
    report = json.loads(path.read_text())
    contests = report["Election"][0]["Contest"]
    contests[1]["Name"] = contests[0]["Name"].upper()
    path.write_text(json.dumps(report))
    output, refused = count(tmp_path, "cvr.json")
    assert not refused
    assert "2 contests are called “Measure A: Roads”. Each is counted by itself, with its number" in output
    for measure, title in ((MEASURES[0], "Measure A: Roads (_M0)"), (MEASURES[1], "MEASURE A: ROADS (_M1)")):
        by_hand = expected(GIVEN, measure)
        assert f"{title}: {by_hand['yes']} yes, {by_hand['no']} no" in output


@pytest.mark.parametrize("name", ["nist-cvr-json", "dominion-json", "ess-csv", "clear-ballot-csv", "nist-cvr-xml"])
def test_a_file_with_line_ends_of_old_macs_is_the_same_or_told(name: str, tmp_path: Path) -> None:
    files = CARDS[name](tmp_path, GIVEN)
    plain = count(tmp_path, *(each.name for each in files))[0]
    for path in [each for file in files for each in (file.iterdir() if file.is_dir() else [file])]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    output, refused = count(tmp_path, *(each.name for each in files))
    for measure in MEASURES:
        line = next(each for each in plain.splitlines() if each.startswith(measure))
        assert line in output or refused


@pytest.mark.parametrize(
    ("rows", "place", "told"),
    [
        (ACT.replace("TX", "XX"), "line 2, column state", "no such state"),
        ("TX,2016-05-08,day,,rescission,convention-of-states,convention-of-states,,,https://example.org,\n" + ACT,
         "line 2", "rescinds what had not been made yet"),
        (ACT.replace("2017-05-08", "2017-15-08"), "line 2, column day", "."),
        (ACT.replace("application", "song"), "line 2, column kind", "kind"),
    ],
)  # fmt: skip
def test_applications(rows: str, place: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "acts.csv").write_text(ACTS + rows)
    _, refused = run(tmp_path, "convention", "count", *CONVENTION, "--applications", "acts.csv")
    assert place in refused
    assert told in refused


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("52,41,7", "52,58,7", "line 2, column support: the percentages add up to 117"),
        ("1000", "0", "line 2, column n: nobody was asked"),
        ("2020-01-03", "2999-01-03", "line 2, column end"),
        ("2020-01-01", "2020-01-07", "before it begins"),
        ("vote\n", "vote\nO.N.E.,2020-02-01,2020-02-03,1000,52,41,7,vote\n", "column house"),
    ],
)
def test_polls(old: str, new: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "polls.csv").write_text(POLLS.replace(old, new, 1))
    _, refused = run(tmp_path, "support", "polls.csv", "--csv", "out.csv")
    assert told in refused
    assert sorted(each.name for each in tmp_path.iterdir()) == ["polls.csv"]


def test_a_poll_after_the_vote(tmp_path: Path) -> None:
    (tmp_path / "polls.csv").write_text(POLLS)
    assert "after the vote" in run(tmp_path, "support", "polls.csv", "--vote", "2019-12-01")[1]


def test_a_zip_in_the_wrong_hands(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("notes.txt", "nothing")
    assert "x.zip" in count(tmp_path, "x.zip")[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("card,tabulator,batch,position,recorded\n1-1-1,1,1,1,yes\n", "all cards that an audit keeps"),
        (
            "Order,Container,Tabulator,Batch Name,Ballot Number,Imprinted ID,Card,Found\n1,,,A,1,,A-1,yes\n",
            "a list of cards to fetch",
        ),
        ("RowNumber,BoxID,BoxPosition,BallotID\n1,1,1,1\n", "a file of cast-vote records"),
        (SUMS, "a table of results"),
        ("county,precinct,registered\nAlder,1,50\n", "a table of the register"),
    ],
)
def test_another_file_in_the_manifests_place(text: str, told: str, tmp_path: Path) -> None:
    CARDS["dominion-csv"](tmp_path, GIVEN)
    (tmp_path / "manifest.csv").write_text(text)
    _, refused = count(tmp_path, "cvr.csv", more=("--manifest", "manifest.csv"))
    assert "manifest.csv cannot be used" in refused
    assert told in refused
    assert "Batch Name" in refused


def test_cards_of_a_round_that_were_not_entered_are_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("Batch Name,Number of Ballots\nA,40\n")
    audit = str(tmp_path / "kept")
    numbers = ("--rule", "yes_of_valid:>1/2", "--yes", "35", "--no", "5")
    run(tmp_path, "vote", "audit", "start", audit, "--manifest", "manifest.csv", *numbers)
    run(tmp_path, "vote", "audit", "seed", audit, "12345")
    run(tmp_path, "vote", "audit", "next", audit, "-n", "4")
    drawn = [line.split(",")[-2] for line in (tmp_path / "kept/round-1.csv").read_text().splitlines()[1:]]
    (tmp_path / "found.csv").write_text(f"card,found\n{drawn[0]},yes\n{drawn[2]},yes\n")
    _, refused = run(tmp_path, "vote", "audit", "enter", audit, "found.csv")
    assert f"2 of the round's 4 cards have no row: {drawn[1]}, {drawn[3]}" in refused
    assert "or not-found if it was looked for" in refused
    assert not (tmp_path / "kept/entered-1.csv").exists()


def test_a_zip_of_many_small_files_that_all_grow(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(12):
            archive.writestr(f"{at}.xml", b" " * (4 << 20))
    assert "its files grow to 50,331,648 bytes" in count(tmp_path, "x.zip")[1]


def test_a_zip_whose_files_lie_over_one_another(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(9):
            archive.writestr(f"{at}.xml", random.Random(at).randbytes(5000))
        for each in archive.infolist():
            each.header_offset, each.compress_size, each.file_size = 0, 9000, 9000
    assert "its files lie over one another" in count(tmp_path, "x.zip")[1]
