"""The day a voter file was taken: given, or told by its name for certain, or today with a warning; never silently."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballotworthy.roll.taken_day import day_in_name
from checked import whole_app

TODAY = dt.date(2026, 11, 28)
VOTERS = "voter_id,last_name,first_name,address,zip\n1,QUILL,ANNA,12 MAIN ST,98101\n"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("VoterList_2024-06-01.csv", dt.date(2024, 6, 1)),
        ("ncvoter_20240601.txt", dt.date(2024, 6, 1)),
        ("20240601_VRDB_Extract.txt", dt.date(2024, 6, 1)),
        ("voters 06-17-2024.csv", dt.date(2024, 6, 17)),
        ("voters_06172024.csv", dt.date(2024, 6, 17)),
        ("voters_05052024.csv", dt.date(2024, 5, 5)),
        ("voters_06-01-2024.csv", None),
        ("voters_2024-06-01_to_2024-07-01.csv", None),
        ("voters_2031-01-01.csv", None),
        ("voters_20241301.csv", None),
        ("precinct_123456789.csv", None),
        ("voters.csv", None),
    ],
)
def test_a_name_tells_a_day_or_none(name: str, day: dt.date | None) -> None:
    assert day_in_name(name, TODAY) == day


def test_a_register_of_a_day_to_come_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "voters.csv").write_text(VOTERS)
    words = ["roll", "build", str(tmp_path / "voters.csv"), "-o", str(tmp_path / "x.roll"), "--taken-on", "2099-06-01"]
    done = CliRunner().invoke(whole_app(), words)
    told = " ".join(str(done.exception or done.output).split())
    assert (done.exit_code != 0, "cannot have been taken on 2099-06-01: that day has not come" in told) == (True, True)
    assert not (tmp_path / "x.roll").exists()


@pytest.mark.parametrize(
    ("name", "options", "day", "said"),
    [
        ("voters_20240601.csv", [], "2024-06-01", "The file's name says that it was taken on 2024-06-01"),
        ("voters.csv", [], None, "Warning: nothing says on which day"),
        ("voters_20240601.csv", ["--taken-on", "2024-06-03"], "2024-06-03", None),
    ],
)
def test_the_day_that_stands_is_said(
    tmp_path: Path, name: str, options: list[str], day: str | None, said: str | None
) -> None:
    (tmp_path / name).write_text(VOTERS)
    words = ["roll", "build", str(tmp_path / name), "-o", str(tmp_path / "x.roll"), "--json", *options]
    about = json.loads(CliRunner().invoke(whole_app(), words).stdout)
    assert day is None or about["taken_on"] == day
    found = [remark for remark in about["remarks"] if "taken" in remark]
    assert not found if said is None else found[0].startswith(said)


def test_without_a_folder_named_the_snapshot_is_named_after_the_file_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "voters.csv").write_text(VOTERS)
    words = ["roll", "build", "voters.csv", "--taken-on", "2024-06-01"]
    assert "voters.roll: 1 voter, taken on 2024-06-01." in CliRunner().invoke(whole_app(), words).output
    again = CliRunner().invoke(whole_app(), words)
    assert "voters.roll is there already" in str(again.exception)
    assert CliRunner().invoke(whole_app(), [*words, "-o", "voters.roll"]).exit_code == 0
