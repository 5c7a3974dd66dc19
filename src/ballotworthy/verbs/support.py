"""Ask what polls say: the course of support for each kind of question, and whether it passes by the measure's rule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.choices import MAJORITY
from ballotworthy.files.dated_rows import DatedRow
from ballotworthy.support import Poll, Support, over, read_polls, repeated, support_data, support_of
from ballotworthy.support.passing import passing_of
from ballotworthy.support.support import COMMON, Undecided
from ballotworthy.vote import share_asked


@dataclass(frozen=True)
class Asked:
    """What is asked of a table of polls.

    Attributes:
        today, vote, houses, mapped: as `read_polls` takes them.
        kind, place: the kind of question, and the place, where the table has several.
        on: the day of the forecast; the last poll's of each kind if absent.
        rule: the measure's own; turnout: the part of the register that is supposed to vote, if any.
        common: the standard deviation of the error that all polls share, as a share.
        undecided: split as the decided are, or left with the status quo.
        over: a share of which is asked whether any poll is over it.
    """

    today: dt.date
    vote: dt.date | None = None
    houses: Mapping[str, str] = field(default_factory=dict)
    mapped: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    place: str | None = None
    on: dt.date | None = None
    rule: str = MAJORITY
    turnout: Fraction | None = None
    common: float = COMMON
    undecided: Undecided = "proportional"
    over: Fraction | None = None


@dataclass(frozen=True)
class Answer:
    """What polls say until the day.

    Attributes:
        asked: what was asked.
        polls: of every kind that has a course.
        courses: one a kind; against: the same of all who were asked, whoever is not for it being against.
        told: each course as plain values, with its chance of passing.
    """

    asked: Asked
    polls: tuple[Poll, ...]
    courses: tuple[Support, ...]
    against: tuple[Support, ...]
    told: tuple[Mapping[str, Any], ...]

    def __repr__(self) -> str:
        """Give the kinds of question and how many polls there are of them."""
        kinds = ", ".join(course.kind for course in self.courses)
        return f"Answer({len(self.polls):,} polls: {kinds})"

    @property
    def drawn(self) -> tuple[Support, ...]:
        """Give the courses as they are drawn: several stand on one scale, of all who were asked."""
        return self.courses if len(self.courses) == 1 else self.against

    @property
    def limit(self) -> Fraction | None:
        """Give the share of the valid votes that the rule asks for, None where it asks for none that votes can give."""
        limit = share_asked(self.asked.rule, self.asked.turnout).limit
        return limit if limit is not None and 0 < limit < 1 else None

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as `support --json` prints it: the one course, or a list of them under `kinds`."""
        numbers = sorted(Counter(course.kind for course in self.courses for _ in course.polls).items())
        data: dict[str, Any]
        if len(self.told) == 1:
            data = {**self.told[0], "kinds": [{"kind": kind, "polls": number} for kind, number in numbers]}
        else:
            data = {"kinds": [dict(each) for each in self.told], "series": [], "houses": [], "forecast": None}
            data |= {"p_pass": None, "change": None}
        data["repeated"] = [
            {"kind": each.kind, "house": each.house, "from": str(each.first.when), "to": str(each.last.when),
             "points": round(each.points, 2)} for each in repeated(self.polls)
        ]  # fmt: skip
        if self.asked.over is not None:
            found, highest = over(self.polls, float(self.asked.over))
            data["over"] = {
                "limit": round(100 * float(self.asked.over), 4), "polls": [poll.id for poll in found],
                "highest": {"poll": highest.id, "support": highest.support} if highest else None,
            }  # fmt: skip
        return data


def ask_support(path: Path, asked: Asked) -> Answer:
    """Give what the polls of a table say of each kind of question, or of the one named.

    Raises:
        InputError: the table cannot be read; these are polls of several places and none is named; the rule cannot be
            read; the day is before the first poll.
        FileFaults: what is wrong in the table, all at once.
        UnknownName: there is no such kind or place.
    """
    share = share_asked(asked.rule, asked.turnout)
    polls = _of_place(
        read_polls(path, today=asked.today, vote=asked.vote, houses=asked.houses, mapped=asked.mapped), asked.place
    )
    kinds = sorted({poll.kind for poll in polls if poll.support is not None})
    if asked.kind is not None:
        if asked.kind not in kinds:
            raise UnknownName("kind of question", asked.kind, kinds)
        kinds = [asked.kind]
    if not kinds:
        raise InputError(f"{path} has no poll with a share for it. Give at least one.")
    day = asked.on
    held = {kind: [poll for poll in polls if poll.kind == kind] for kind in kinds}
    begun = {
        kind: own
        for kind, own in held.items()
        if day is None or any(poll.support is not None and poll.when.first <= day for poll in own)
    }
    begun = begun or held  # so that the first of them says that the day is too early
    courses, others, told = [], [], []
    for kind, own in begun.items():
        last = max(poll.when.last for poll in own if poll.support is not None)
        until = day or min(last, max(asked.today, own[0].when.first))
        course = support_of(own, kind, until, common=asked.common, undecided=asked.undecided)
        against = support_of(own, kind, until, common=asked.common, undecided="status-quo")
        courses.append(course)
        others.append(against)
        told.append({
            **support_data(course), "left_with_status_quo": support_data(against)["forecast"],
            **passing_of(course, against, share.limit), "rule": asked.rule, "assumed": list(share.others),
        })  # fmt: skip
    shown = tuple(poll for own in begun.values() for poll in own if day is None or poll.when.first <= day)
    return Answer(asked, shown, tuple(courses), tuple(others), tuple(told))


def _of_place(polls: Sequence[Poll], place: str | None) -> Sequence[Poll]:
    places = sorted({poll.place for poll in polls})
    if place is None:
        if len(places) > 1:
            raise InputError(f"these are polls of {len(places)} places ({', '.join(places)}): name one with --place.")
        return polls
    if place not in places:
        raise UnknownName("place of polls", place, places)
    return [poll for poll in polls if poll.place == place]


def support_days(found: Answer) -> list[DatedRow]:
    """Give the days of every course, and the days on which each poll ended, as rows."""
    rows = []
    for told in found.told:
        kind = told["kind"]
        for each in told["series"]:
            row = {"series": "support", "kind": kind, **{key: each[key] for key in ("support", "low", "high")}}
            rows.append(DatedRow(dt.date.fromisoformat(each["day"]), row))
    for course in found.courses:
        for poll, share in zip(course.polls, course.shares, strict=True):
            title = f"{poll.house}: {100 * share:.1f}% ({course.question or course.kind or 'for it'})"
            row = {
                "series": "poll",
                "kind": course.kind,
                "house": poll.house,
                "n": poll.n,
                "support": round(100 * share, 2),
                "source": poll.source,
            }
            rows.append(DatedRow(poll.when.last, row, when=poll.when, title=title, text=title, url=poll.source))
    return rows
