"""A batch's days: read at intake, and the same at every door that reads its kept copy again."""

from __future__ import annotations

import ast
import datetime as dt
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.casework.batch import read_batch
from ballotworthy.casework.bench import kept_files, lay_out, read_parts, to_lay_out
from ballotworthy.casework.how_read import filed_in
from ballotworthy.casework.listing import HOW
from ballotworthy.casework.room import Room, enter
from ballotworthy.errors import InputError
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.verbs.case_bench import cells_of, line_at_hand, standing_in, typable_of
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_retype import retype_lines
from ballotworthy.verbs.case_roll import name_roll

SOURCE = Path(__file__).parent.parent / "src/ballotworthy"
VOTERS = """\
voter_id,first_name,last_name,house_number,street_name,city,registration_date,status
v1,Ada,Lovelace,12,Elm St,Salem,2026-11-12,active
v2,Grace,Hopper,7,Oak Ave,Salem,2001-01-01,active
v3,Emmy,Noether,31,Main St,Dover,2026-11-12,active
v4,Mary,Somerville,5,Main St,Dover,2001-01-01,active
"""
LINES = """\
sheet;line;first_name;last_name;address;signed_on
1;1;Ada;Lovelace;12 Elm St;11/9/26
1;2;Grace;Hopper;7 Oak Ave;11/16
1;3;Emmy;Noether;31 Main St;{}
1;4;Mary;Somerville;5 Main St;Nov 3 2026
"""
DAYS = ["2026-11-09", "2026-11-16", None, "2026-11-03"]
NO_DAY = "soon"


def noon() -> dt.datetime:
    """Give a time that does not move."""
    return dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of a snapshot and of a case of four lines, one of which tells no day."""
    folder = tmp_path_factory.mktemp("days")
    (folder / "voters.csv").write_text(VOTERS, "utf-8")
    (folder / "lines.csv").write_text(LINES.format(NO_DAY), "utf-8")
    build_roll(read_voters(folder / "voters.csv", taken_on=dt.date(2026, 11, 23)), folder / "x.roll")
    framed(folder / "case", folder / "lines.csv", lenient=True)
    return folder


def framed(case: Path, lines: Path, *, lenient: bool) -> Room:
    """Give a case of a county's initiative with its frame and its register."""
    opening = Opening(
        case="LF-1", office="o", measure="m", place="us-ca", kind="county-initiative", on=dt.date(2026, 11, 20)
    )
    open_case(case, opening, clock=noon, by="ann", people={"bob": ["decide"]}, required=(2, "the test"))
    room = enter(case, noon)
    take_in(room, lines, by="ann", stratum="Littleford", lenient=lenient)
    fix_frame(room, by="ann")
    name_roll(room, case.parent / "x.roll", by="ann")
    return room


def test_every_door_gives_the_day_that_intake_read(folder: Path) -> None:
    room = enter(folder / "case", noon)
    case, bench = room.case(), lay_out(to_lay_out(room))
    at_intake = read_batch(room, folder / "lines.csv", name="2", stratum="Littleford", lenient=True).petition.frame
    [part] = read_parts(kept_files(room), case.rules, filed_in(case))  # type: ignore[arg-type]  # a case has its law
    for frame in (at_intake, bench.lines, part.petition.frame):
        assert frame["signed_on"].cast(pl.String).to_list() == DAYS
    for line, day in zip(bench.rows, DAYS, strict=True):
        assert typable_of(bench, line)["signed_on"] == (day or "")
        assert cells_of(bench, line).get("signed, registered") == day
        best = line_at_hand(bench, case, line, standing_in(room)).candidates[0]
        assert best.days == (None if day else ("2026-05-24", "2026-11-20"))


@pytest.mark.parametrize(("typed", "day"), [("6/23/26", "2026-06-23"), ("11/8", "2026-11-08"), ("", None)])
def test_a_day_typed_anew_is_read_as_intake_reads_one(folder: Path, tmp_path: Path, typed: str, day: str) -> None:
    shutil.copytree(folder / "case", tmp_path / "case")
    room = enter(tmp_path / "case", noon)
    retype_lines(room, {"1-1": {"signed_on": typed}}, by="bob", why="misread")
    assert lay_out(to_lay_out(room)).lines["signed_on"].cast(pl.String).to_list() == [day, *DAYS[1:]]


def test_a_file_taken_in_without_setting_days_aside_is_read_again_so(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "x.roll", tmp_path / "x.roll")
    (tmp_path / "lines.csv").write_text(LINES.format("11/12"), "utf-8")
    room = framed(tmp_path / "case", tmp_path / "lines.csv", lenient=False)
    assert lay_out(to_lay_out(room)).lines["signed_on"].null_count() == 0
    [kept] = kept_files(room)
    given = pl.read_parquet(kept).with_columns(signed_on=pl.Series(["11/9/26", "11/16", "soon", "soon"]))
    given.write_parquet(kept, metadata={HOW: json.dumps({"lenient": False, "numbers": "plain"})})
    with pytest.raises(
        InputError,
        match=r"cells at fault: 2\.[^\n]*\n  line 1-3, column signed_on: [^\n]*\n  line 1-4, column signed_on: ",
    ) as refused:
        lay_out(to_lay_out(room))
    assert "parquet" not in str(refused.value)


def test_lines_of_a_case_are_read_in_one_place() -> None:
    reads = [
        path.relative_to(SOURCE).as_posix()
        for room in ("casework", "office", "verbs")
        for path in sorted((SOURCE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and any(each.name == "read_lines" for each in node.names)
    ]
    assert reads == ["casework/how_read.py"]
