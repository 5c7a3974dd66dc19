"""A clock that may be wrong is asked about before it locks a case; who answers for it goes on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ballotworthy.casework.clock import AFTER, AHEAD, BEFORE, RELEASED, doubt_of
from ballotworthy.cli import sure_clock
from checked import run

DAY = dt.timedelta(days=1)
NEW = ["--case", "1", "--office", "O", "--measure", "M", "--place", "zz-example", "--kind", "initiative", "--on",
       "2026-11-20", "--by", "ann", "--required", "5", "--required-source", "test"]  # fmt: skip
NOTE = ["--stratum", "North", "--by", "ann"]


def at(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    """Set the machine's clock to noon of a day."""
    time = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
    monkeypatch.setattr(sure_clock, "now", lambda: time)


@pytest.mark.parametrize("day", [RELEASED - BEFORE - DAY, RELEASED + AFTER + DAY, dt.date(1999, 1, 1)])
def test_a_case_is_not_opened_on_a_day_far_from_the_programs_own_unless_somebody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: dt.date
) -> None:
    at(monkeypatch, day)
    code, said = run("case", "new", tmp_path / "c", *NEW)
    assert (code, "--yes-the-clock-is-right" in said, list(tmp_path.iterdir())) == (2, True, [])
    assert f"the clock says {day}" in said
    code, said = run("case", "new", tmp_path / "c", *NEW, "--yes-the-clock-is-right")
    assert (code, (tmp_path / "c/case.record").is_file()) == (0, True)


def test_a_clock_far_ahead_of_the_last_event_writes_nothing_unless_somebody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lines.csv").write_text("name\nAnn Kerr\n", "utf-8")
    at(monkeypatch, RELEASED)
    assert run("case", "new", tmp_path / "c", *NEW)[0] == 0
    before = (tmp_path / "c/case.record").read_bytes()
    at(monkeypatch, RELEASED + AHEAD + DAY)
    code, said = run("case", "intake", tmp_path / "c", tmp_path / "lines.csv", *NOTE)
    assert (code, f"{AHEAD.days + 1} days after the last event" in said) == (2, True)
    assert (tmp_path / "c/case.record").read_bytes() == before
    assert run("case", "status", tmp_path / "c")[0] == 0
    code, said = run("case", "intake", tmp_path / "c", tmp_path / "lines.csv", *NOTE, "--yes-the-clock-is-right")
    assert code == 0, said


def test_the_limits_themselves_are_believed() -> None:
    noon = dt.datetime(RELEASED.year, RELEASED.month, RELEASED.day, 12, tzinfo=dt.UTC)
    assert doubt_of(noon - BEFORE) == doubt_of(noon + AFTER) == doubt_of(noon + AHEAD, noon.isoformat()) == ""
    assert "says" in doubt_of(noon + AHEAD + DAY, noon.isoformat())
