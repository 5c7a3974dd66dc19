"""Cells of a line typed anew: matched by the new text, kept with the names, and fixed in the record by a keyed hash."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from ballotworthy.casework.batch import read_batch
from ballotworthy.casework.bench import Bench, brought_up, lay_out, read_parts, to_lay_out
from ballotworthy.casework.case import Case
from ballotworthy.casework.listed_apart import refuse_alike
from ballotworthy.casework.listing import HOW
from ballotworthy.casework.retyped import read_cells
from ballotworthy.casework.room import Room, enter
from ballotworthy.casework.ruled import RuledLine
from ballotworthy.errors import BallotworthyError, FileFaults, InputError, Refused
from ballotworthy.petition import line_ids
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.verbs.case_bench import cells_of, line_at_hand, standing_in
from ballotworthy.verbs.case_decide import decide_lines
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_retype import retype_lines
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_show import show_line

VOTERS = """\
voter_id,first_name,last_name,house_number,street_name,city
v1,Ada,Lovelace,12,Elm St,Salem
v2,Grace,Hopper,7,Oak Ave,Salem
v3,Emmy,Noether,31,Main St,Dover
v4,Mary,Somerville,5,Main St,Dover
"""
LINES = """\
sheet,line,first_name,last_name,address,signed_on
1,1,Ada,Lovelace,12 Elm St,2026-10-01
1,2,Grocc,Hqqqqr,7 Oak Ave,2026-10-02
1,3,Emmy,Noether,31 Main St,do.
02,1.0,Mary,Somerville,5 Main St,2026-10-04
"""
MISREAD = "1-2"
GRACE = {"first_name": "Grace", "last_name": "Hopper"}


def noon() -> dt.datetime:
    """Give a time that does not move."""
    return dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a case of four lines, its roll named."""
    folder = tmp_path_factory.mktemp("retyped")
    (folder / "voters.csv").write_text(VOTERS, "utf-8")
    (folder / "lines.csv").write_text(LINES, "utf-8")
    build_roll(read_voters(folder / "voters.csv", taken_on=dt.date(2026, 11, 1)), folder / "x.roll")
    open_case(
        folder / "case",
        Opening(case="EX-1", office="o", measure="m", place="zz-example", kind="initiative", on=dt.date(2026, 11, 2)),
        clock=noon,
        by="ann",
        people={"bob": ["decide"]},
        required=(2, "the test"),
    )
    room = enter(folder / "case", noon)
    take_in(room, folder / "lines.csv", by="ann", stratum="North")
    fix_frame(room, by="ann")
    name_roll(room, folder / "x.roll", by="ann")
    return folder / "case"


@pytest.fixture(scope="module")
def bench(framed: Path) -> Bench:
    """Give its bench, before anything was typed anew."""
    return lay_out(to_lay_out(enter(framed, noon)))


@pytest.fixture
def room(framed: Path, tmp_path: Path) -> Room:
    """Give a copy of the case."""
    shutil.copytree(framed, tmp_path / "case")
    return enter(tmp_path / "case", noon)


def test_one_line_has_one_name_in_record_and_bench_however_its_file_writes_it(framed: Path, bench: Bench) -> None:
    assert set(enter(framed, noon).case().frame.at) == set(bench.rows) == {"1-1", "1-2", "1-3", "2-1"}


def test_a_line_that_the_case_has_is_not_taken_in_under_a_number_written_otherwise(
    framed: Path, tmp_path: Path
) -> None:
    (tmp_path / "again.csv").write_text("sheet,line,first_name,last_name\n01,1.0,Ada,Lovelace\n", "utf-8")
    room = enter(framed, noon)
    [listed] = read_batch(room, tmp_path / "again.csv", name="2", stratum="North").lines
    assert listed[:2] == ["1", "1"]
    before = cast("Case", SimpleNamespace(batches=(), rules=None, frame=SimpleNamespace(at={"01-1": 0}, rows=())))
    with pytest.raises(InputError, match="line “1-1” looks like line “01-1”"):
        refuse_alike(before, "2", [listed])


def test_lines_that_a_record_names_as_their_file_did_are_found_by_that_name(room: Room) -> None:
    [kept] = (room.folder / "private").glob("lines-*.parquet")
    said = json.loads(pl.read_parquet_metadata(kept)[HOW])
    said.pop("numbers")
    pl.read_parquet(kept).write_parquet(kept, metadata={HOW: json.dumps(said)})
    assert room.case().rules is not None
    [part] = read_parts([kept], room.case().rules, noon().date())  # type: ignore[arg-type]  # a case has its law
    assert line_ids(part.petition.frame).to_list() == ["1-1", "1-2", "1-3", "02-1.0"]


def test_a_line_typed_anew_is_matched_by_the_new_text_at_once_and_by_whoever_comes_later(
    room: Room, bench: Bench
) -> None:
    before = line_at_hand(bench, room.case(), MISREAD, standing_in(room))
    assert brought_up(bench, room) is bench
    done = retype_lines(room, {MISREAD: GRACE}, by="bob", why="the machine misread it", bench=bench)
    assert (done.lines, done.cells) == (1, 2)
    live = brought_up(bench, room)
    assert brought_up(live, room) is live
    for each in (live, lay_out(to_lay_out(enter(room.folder, noon)))):
        after = line_at_hand(each, room.case(), MISREAD, standing_in(room))
        assert after.candidates[0].voter_id == "v2"
        assert (after.candidates[0].chance or 0) > max((one.chance or 0 for one in before.candidates), default=0)
        assert cells_of(each, MISREAD)["name"] == "Grace Hopper"
        assert line_at_hand(each, room.case(), "1-1", standing_in(room)).candidates[0].voter_id == "v1"
    assert cells_of(bench, MISREAD)["name"] == "Grocc Hqqqqr"


def test_only_a_hash_of_it_stands_in_the_record_and_the_text_is_private(room: Room) -> None:
    retype_lines(room, {MISREAD: GRACE, "1-3": {"last_name": ""}}, by="bob", why="misread")
    retype_lines(room, {"01-2.0": {"address": "9 Oak Ave"}}, by="bob", why="the number too")
    record = (room.folder / "case.record").read_text("utf-8")
    assert "Hopper" not in record
    assert "Oak" not in record
    kept = sorted((room.folder / "private").glob("retyped-*.json"))
    assert len(kept) == 2
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert [each.fields for each in show_line(room, MISREAD).retyped] == [("first_name", "last_name"), ("address",)]
    cells = cells_of(lay_out(to_lay_out(room)), MISREAD)
    assert (cells["name"], cells["address"]) == ("Grace Hopper", "9 Oak Ave")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({}, "no cell"),
        ({"9-9": {"last_name": "x"}}, "9-9"),
        ({MISREAD: {"last_name": "x"}, "01-2": {"first_name": "y"}}, "line 1-2 is named in two ways"),
        ({MISREAD: {"zip": "12345"}}, "called 'zip'"),
        ({MISREAD: {"sheet": "2"}}, "called 'sheet'"),
        ({MISREAD: {"last_name": "two\nlines"}}, "more than one line"),
        ({MISREAD: {"signed_on": "5/13/2026/"}}, "four digits"),
        ({MISREAD: {"signed_on": "1700-01-01"}}, "day of signing"),
    ],
)
def test_what_cannot_be_typed_is_refused_and_nothing_changes(
    room: Room, cells: dict[str, dict[str, str]], why: str
) -> None:
    before = room.case().link
    with pytest.raises(BallotworthyError, match=why) as refused:
        retype_lines(room, cells, by="bob", why="x")
    assert "5/13" not in str(refused.value)
    assert room.case().link == before


def test_once_a_line_is_ruled_on_its_ruling_is_corrected_and_not_its_cells(room: Room) -> None:
    choose_sample(room, by="ann", every=True, why="so few")
    decide_lines(room, [RuledLine(MISREAD, "invalid", "not-registered")], by="bob")
    with pytest.raises(Refused, match="was ruled on as it stood"):
        retype_lines(room, {MISREAD: GRACE}, by="bob", why="misread")
    with pytest.raises(InputError, match="case retype"):
        enter_event(room, "retyped", {}, by="bob")


@pytest.mark.parametrize("damage", ["altered", "gone", "no JSON"])
def test_a_text_that_is_not_the_one_of_the_record_is_refused(room: Room, damage: str) -> None:
    retype_lines(room, {MISREAD: GRACE}, by="bob", why="misread")
    (path,) = (room.folder / "private").glob("retyped-*.json")
    text = {"altered": json.dumps({MISREAD: {**GRACE, "last_name": "Other"}}), "no JSON": "{"}.get(damage, "")
    path.write_text(text) if text else path.unlink()
    with pytest.raises(InputError, match="Bring"):
        lay_out(to_lay_out(room))


def test_a_ditto_mark_that_was_read_stays_read(room: Room) -> None:
    retype_lines(room, {"1-3": {"last_name": "Nöther"}}, by="bob", why="misread")
    frame = lay_out(to_lay_out(room)).lines
    row = frame.row(2, named=True)
    assert (row["last_name"], row["signed_on"], row["doubt"]) == ("Nöther", dt.date(2026, 10, 2), "")


def test_cells_come_from_a_table_all_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_text("sheet,line,field,text\n1,2,last_name,Hopper\n1,2,city,\n", "utf-8")
    assert read_cells(path) == {"1-2": {"last_name": "Hopper", "city": ""}}
    path.write_text("line,field,text\n1-2,last_name,Hopper\n1-2,last_name,Hooper\n1-3,,x\n", "utf-8")
    with pytest.raises(FileFaults) as faults:
        read_cells(path)
    assert len(faults.value.faults) == 2
    assert "Hopper" not in str(faults.value)
