"""With one row of data removed the answer moves by it: no number of the road is typed in, and no row lies idle."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.convention import (
    Act,
    Reading,
    Switches,
    count_applications,
    ratification_of,
    read_applications,
    read_ratifications,
)
from ballotworthy.convention.events import APPLICATION, RESCISSION
from ballotworthy.convention.ratify import GIVING, REJECTED, TAKING
from ballotworthy.errors import UnknownName
from ballotworthy.files.spans import years_later
from ballotworthy.verbs.measure import shipped_measures

APP = build_app(["law", "convention", "support"])
APPLICATIONS, RATIFICATIONS = read_applications(), read_ratifications()
POLLS = shipped_measures()[0].parent / "polls.csv"
DAY = dt.date(2025, 1, 1)


def asked(*words: object) -> dict[str, Any]:
    done = CliRunner().invoke(APP, list(map(str, (*words, "--json"))), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def counts(acts: Sequence[Act], subjects: Sequence[str], last: dt.date) -> list[object]:
    """Every answer that acts of one state can change: on its day, on a day of ours, and years later."""
    told: list[object] = []
    for subject in subjects:
        for on in (last, DAY, years_later(last, 4)):
            for switches in (Switches(), Switches(any_subject=True), Switches(lapse=7)):
                found = count_applications(acts, subject, on, switches)
                told.append((sorted(found.standing), found.doubtful, found.disputes))
    return told


def test_every_row_of_the_applications_moves_some_answer() -> None:
    idle = []
    for act in APPLICATIONS:
        mine = [each for each in APPLICATIONS if each.state == act.state]
        rest = [each for each in mine if each is not act]
        subjects = [act.subject] if act.subject else sorted({each.subject for each in mine if each.subject})
        if counts(mine, subjects, act.when.last) == counts(rest, subjects, act.when.last):
            idle.append((act.state, str(act.when), act.kind))
    assert idle == []


@pytest.mark.parametrize(
    ("line", "moved"),
    [("NE,1976,", -1), ("UT,2016-12-31,by,2013-07-01,application,balanced-budget", -1), ("DE,2016-05-03,", 1)],
)
def test_a_row_taken_out_of_the_file_moves_the_count_by_one(line: str, moved: int, tmp_path: Path) -> None:
    from ballotworthy.convention import events

    shipped = (Path(events.__file__).parent / "applications.csv").read_text().splitlines()
    rest = [row for row in shipped if not row.startswith(line)]
    assert len(rest) == len(shipped) - 1
    path = tmp_path / "rest.csv"
    path.write_text("\n".join(rest) + "\n")
    words = ("convention", "count", "--subject", "balanced-budget", "--on", DAY)
    whole, less = asked(*words), asked(*words, "--applications", path)
    assert less["count"] - whole["count"] == moved


def test_the_count_falls_by_the_state_and_rises_by_the_rescission() -> None:
    whole = count_applications(APPLICATIONS, "balanced-budget", DAY)
    for state in whole.standing:
        rest = [
            each
            for each in APPLICATIONS
            if (each.state, each.kind, each.subject) != (state, APPLICATION, "balanced-budget")
        ]
        assert count_applications(rest, "balanced-budget", DAY).count == whole.count - 1
    back = [each for each in APPLICATIONS if (each.state, each.kind) != ("DE", RESCISSION)]
    assert count_applications(back, "balanced-budget", DAY).count == whole.count + 1


SORTS = (GIVING, TAKING, frozenset({REJECTED}))


def test_every_row_of_the_ratifications_moves_some_answer_or_says_again_what_stood() -> None:
    readings = (Reading(), Reading(deadline=False), Reading(rescissions=True), Reading(rescissions=True, revival=False))
    for act in RATIFICATIONS:
        mine = [each for each in RATIFICATIONS if (each.state, each.subject) == (act.state, act.subject)]
        rest = [each for each in mine if each is not act]
        answers = [
            [ratification_of(rows, act.subject, act.when.last, reading) for reading in readings] if rows else []
            for rows in (mine, rest)
        ]
        if answers[0] == answers[1]:
            (sort,) = [sort for sort in SORTS if act.kind in sort]
            assert [each for each in rest if each.kind in sort and each.when.first <= act.when.last], act


def test_with_the_decisive_state_removed_the_day_moves() -> None:
    for amendment in sorted({act.subject for act in RATIFICATIONS if act.subject.isdigit()}):
        whole = ratification_of(RATIFICATIONS, amendment, DAY)
        rest = [each for each in RATIFICATIONS if not (each.subject == amendment and each.state in whole.decisive)]
        less = ratification_of(rest, amendment, DAY)
        assert len(less.states) == len(whole.states) - len(whole.decisive)
        assert whole.complete is not None
        assert less.complete is None or less.complete > whole.complete


def test_every_row_of_the_polls_moves_the_answer(tmp_path: Path) -> None:
    with POLLS.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    path, kind, share = tmp_path / "polls.csv", head.index("question_type"), head.index("support")
    for name in sorted({row[kind] for row in rows}):
        own = [row for row in rows if row[kind] == name]
        words = ("--kind", name, "--on", "2026-11-28")
        whole = asked("support", POLLS, *words)
        for row in own:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([head, *(each for each in rows if each is not row)])
            if not any(each[share] for each in own if each is not row):
                with pytest.raises(UnknownName, match=name):
                    asked("support", path, *words)
                continue
            less = asked("support", path, *words)
            (before,), (after,) = whole["kinds"], less["kinds"]
            assert before["polls"] - after["polls"] == bool(row[share]), row[0]
            moved = "series" if row[share] else "notes"
            assert less[moved] != whole[moved], row[0]
