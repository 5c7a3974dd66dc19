"""A case's small verbs: voters looked up on the roll, lines shown, sheets listed, orders of a court, the purge."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from ballotworthy.casework import Case
from ballotworthy.casework.room import enter
from ballotworthy.errors import Refused
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.verbs.case_export import KEY
from ballotworthy.verbs.case_purge import purge_case, refuse_early
from test_cli_case import bw, rulings, to_certificate, to_sample

__all__ = ["bw"]  # the fixture, used by name
Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parent.parent


def test_a_voter_who_is_not_on_the_roll_is_refused_by_his_line(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    before = (case / "case.record").read_bytes()
    words = ("--line", lines[0], "--outcome", "valid", "--voter", "stranger-7")
    told = bw("case", "decide", case, *words, code=2)
    assert f"the roll of 2026-11-01 does not have the voter of line {lines[0]}" in told
    assert "stranger-7" not in told
    table = rulings(tmp_path, lines)
    table.write_text(table.read_text().replace(",v5,", ",stranger-7,"), "utf-8")
    assert "does not have the voter of line" in bw("case", "decide", case, table, code=2)
    assert (case / "case.record").read_bytes() == before
    assert bw("case", "decide", case, *words, "--no-lookup")["looked_up"] == 0


def test_a_withdrawal_of_nobody_on_the_roll_is_refused_and_names_nobody(bw: Run, tmp_path: Path) -> None:
    case, _ = to_sample(bw, tmp_path)
    words = ("case", "enter", case, "withdrawn", "day=2026-11-03", "ground=a letter")
    told = bw(*words, "voter=stranger-7", code=2)
    assert ("does not have this voter" in told, "stranger-7" in told) == (True, False)
    assert "knows no withdrawal as a ground" in bw(*words, "voter=v5", code=2)  # found, and refused by this law


def test_a_roll_named_once_the_seed_is_known_is_told_to_be_late(bw: Run, tmp_path: Path) -> None:
    case, _ = to_sample(bw, tmp_path)
    voters = tmp_path / "later.csv"
    voters.write_text("voter_id,last_name\nv1,Signer\n", "utf-8")
    build_roll(read_voters(voters, taken_on=dt.date(2026, 11, 2)), tmp_path / "later.roll")
    assert "The seed was known already" in bw("case", "roll", case, "--roll", tmp_path / "later.roll", plain=True)


def test_a_snapshot_that_was_moved_is_asked_for(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    shutil.move(tmp_path / "x.roll", tmp_path / "y.roll")
    words = ("--line", lines[0], "--outcome", "valid", "--voter", "v1")
    assert "is not at" in bw("case", "decide", case, *words, code=2)
    assert bw("case", "decide", case, *words, "--snapshot", tmp_path / "y.roll")["looked_up"] == 1
    refused = ("--line", lines[1], "--outcome", "invalid", "--reason", "illegible")
    assert bw("case", "decide", case, *refused)["looked_up"] == 0  # nobody is named, so nothing is looked up


def test_both_rulings_of_a_line_are_shown(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    bw("case", "decide", case, rulings(tmp_path, lines))
    second = ("--line", lines[0], "--outcome", "invalid", "--reason", "illegible", "--look", 2)
    bw("case", "decide", case, *second, by="bob")
    assert bw("case", "work", case, "--differing", plain=True) == (
        f"{lines[0]}  ann: valid; bob: invalid (illegible)\n"
    )
    assert "zed has not been admitted" in bw("case", "work", case, by="zed", code=2)
    (both,) = bw("case", "work", case, "--differing")["rulings"]
    assert (both["first"]["by"], both["second"]["reason"]) == ("ann", "illegible")
    shown = bw("case", "show", case, "--line", lines[0])
    assert shown["sampled"]
    assert shown["ruling"] is None
    assert set(shown["rulings"]) == {"first", "second"}
    told = bw("case", "show", case, "--line", lines[0], plain=True)
    assert "Second look: invalid (illegible), by bob\nNo ruling holds yet.\n" in told
    assert "v1" not in told
    assert "is not in the frame" in bw("case", "show", case, "--line", "99-9", code=2)


def test_sheets_are_listed_once_each_in_the_order_in_which_they_lie(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    out = tmp_path / "sheets.csv"
    found = bw("case", "sheets", case, "-o", out)
    assert [each["sheet"] for each in found["sheets"]] == [str(sheet) for sheet in range(1, 9)]
    listed = {f"{each['sheet']}-{line}" for each in found["sheets"] for line in each["lines"]}
    assert listed == set(lines)
    assert pl.read_csv(out)["number"].sum() == len(lines) == found["lines"]
    bw("case", "decide", case, "--line", lines[0], "--outcome", "valid", "--voter", "v1")
    assert bw("case", "sheets", case, "--undecided")["lines"] == len(lines) - 1


def test_a_court_reopens_and_restores_lines_with_and_without_a_voter(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    before = json.loads((case / "certificate.json").read_text())
    refused = pl.read_csv(tmp_path / "rulings.csv").filter(pl.col("outcome") == "invalid")["line"].to_list()
    order = ("--order", "Court of Wells, No. 7", "--day", "2026-11-20")
    restore = ("case", "restore", case, *order, "--line", f"{refused[0]}=v39", "--line", refused[1])
    early = [word.replace("2026-11-20", "2126-11-20") if isinstance(word, str) else word for word in restore]
    assert "the day 2126-11-20 is still to come" in bw(*early, code=2)
    assert "only once a court has reopened it" in bw(*restore, code=2)
    assert "is still to come" in bw("case", "reopen", case, *order[:-1], "2126-11-20", code=2)
    assert bw("case", "reopen", case, *order)["day"] == "2026-11-20"
    nobody = bw("case", "restore", case, *order, "--line", f"{refused[0]}=nobody", code=2)
    assert "does not have the voter of line" in nobody
    assert bw(*restore)["without_voter"] == 1
    bw("case", "count", case)
    bw("case", "certify", case)
    after = json.loads((case / "certificate.json").read_text())
    valid = [sum(row["valid"] for row in twin["counts"]["rows"]) for twin in (before, after)]
    assert valid[1] == valid[0] + 2
    assert after["reopenings"] == [{"order": "Court of Wells, No. 7", "day": "2026-11-20"}]
    assert b"; no voter of the roll is named" in (case / "case.record").read_bytes()
    assert bw("verify", case / "case.record", "--certificate", case / "certificate.json")["holds"]


def test_lines_to_restore_are_read_from_a_table(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    bw("case", "decide", case, rulings(tmp_path, lines))
    table = tmp_path / "restored.csv"
    table.write_text(f"line,voter_id\n{lines[6]},\n0{lines[13]}.0,v39\n", "utf-8")
    words = ("case", "restore", case, "--order", "the recorder", "--day", "2026-11-09")
    assert bw(*words, table)["lines"] == 2
    table.write_text(f"line\n{lines[6]}\n0{lines[6]}\n", "utf-8")
    assert "the line is named twice" in bw(*words, table, code=2)
    assert "either a table" in bw(*words, code=2)
    assert "each line once" in bw(*words, "--line", "1-1", "--line", "1-1=v1", code=2)


def test_a_purge_asks_and_waits_for_its_day(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    before = sorted(case.rglob("*"))
    words = ("case", "purge", case, "--ground", "two years", "--lawful-from")
    assert "say --yes if it is meant" in bw(*words, "2020-01-01", code=2)
    assert "may be deleted from 2999-01-01 on" in bw(*words, "2999-01-01", "--yes", code=2)
    assert sorted(case.rglob("*")) == before
    early = enter(case, lambda: dt.datetime(2026, 11, 2, 23, tzinfo=dt.UTC))
    with pytest.raises(Refused, match="may be deleted from 2026-11-03 on, and today is 2026-11-02 in UTC"):
        purge_case(early, by="ann", ground="two years", lawful_from=dt.date(2026, 11, 3), second="bob")
    for place, hour, why in (
        ("us-ca", 23, "and today is 2026-11-02"),
        (
            "nz",
            23,
            "both at the place, where it is 2026-11-03, and in UTC, by which the record tells time, where it is ",
        ),
        (
            "us-ca",
            26,
            "both at the place, where it is 2026-11-02, and in UTC, by which the record tells time, where it ",
        ),
    ):
        there = cast("Case", SimpleNamespace(opened={"place": place}))
        with pytest.raises(Refused, match=why):
            refuse_early(there, early.clock() + dt.timedelta(hours=hour - 23), dt.date(2026, 11, 3))
    bw(*words, "2020-01-01", "--yes")
    assert b'"ground":"two years","lawful_from":"2020-01-01"' in (case / "case.record").read_bytes()


def test_an_export_carries_the_public_key_and_the_page_that_verifies(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    out = tmp_path / "out"
    files = bw("case", "export", case, "--to", "public", "-o", out)["files"]
    assert {KEY, "verify.html"} <= set(files)
    assert (out / "verify.html").read_bytes() == (ROOT / "docs/verify.html").read_bytes()
    assert bw("verify", out / "case.record", "--key", out / KEY)["holds"]


def test_status_loads_neither_the_compiler_nor_the_typesetter(bw: Run, tmp_path: Path) -> None:
    case, _ = to_sample(bw, tmp_path)
    look = (
        "import sys; from ballotworthy.cli.main import main\n"
        f"sys.argv = ['ballotworthy', 'case', 'status', {str(case)!r}]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        "print(sorted({'numba', 'llvmlite', 'typst', 'segno', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
