"""What the law lets the filers do once a petition falls short: more signatures or proof, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from ballotworthy.law import EVENTS, Deadline, Rules, Source
from ballotworthy.law.days_off import days_off_known
from ballotworthy.law.deadlines import due_day
from ballotworthy.sufficiency.decide import Decision
from ballotworthy.sufficiency.districts import District


@dataclass(frozen=True)
class Near:
    """In how many districts the share of their own number must be reached for a cure, and in how many it is.

    `unknown` is of how many that cannot be told, None where the counts do not name all districts.
    """

    needed: int
    reached: int
    unknown: int | None

    @property
    def enough(self) -> bool | None:
        """Tell whether they are enough; None where that hangs on what is not known."""
        if self.reached >= self.needed:
            return True
        return None if self.unknown is None or self.reached + self.unknown >= self.needed else False


@dataclass(frozen=True)
class Cure:
    """Time to make good an insufficient petition.

    `needs` is how many more valid signatures the total takes, 0 where only districts fall short; `deadline` says
    what may be done, in how many days, after which event and by whom; `day` is its last day, None while the day of
    that event is not known; `near` is there where the law asks for the share in districts too.
    """

    needs: int
    deadline: Deadline
    source: Source
    day: date | None = None
    near: Near | None = None


def cure_of(
    rules: Rules, decision: Decision, raw: int, estimate: int, required: int, districts: Sequence[District] = ()
) -> Cure | None:
    """Give the time to cure that follows from a verdict, None where it is another or the law gives none.

    Where fewer signatures were filed than the law lets be verified there is nothing to cure; and some laws cure
    only what came near: Arkansas from 75 percent of the number on, in the state and in 15 counties (art. 5, § 1).
    """
    if decision.verdict != "insufficient" or rules.deadlines is None:
        return None
    if rules.raw_must_reach and rules.raw_must_reach.value and raw < required:
        return None
    for deadline in rules.deadlines.value:
        if deadline.cures is not None and estimate >= ceil(Fraction(deadline.cures) * required):
            near = _near(deadline, estimate, districts)
            if near is None or near.enough is not False:
                return Cure(max(0, required - estimate), deadline, rules.deadlines.source, near=near)
    return None


def _near(deadline: Deadline, estimate: int, districts: Sequence[District]) -> Near | None:
    """Count the districts that reach the share; what rows without a district amount to may be of any."""
    if deadline.cures is None or deadline.cures_districts is None:
        return None
    share, rest = Fraction(deadline.cures), max(0, estimate - sum(district.counted for district in districts))
    reached = [None if each.required is None else each.estimate >= ceil(share * each.required) for each in districts]
    return Near(deadline.cures_districts, reached.count(True), None if rest else reached.count(None))


def on_its_day(cure: Cure | None, place: str, events: Mapping[str, date]) -> Cure | None:
    """Give it with its last day, where the day of the event from which it is counted is among `events`."""
    if cure is None or cure.deadline.event not in events:
        return cure
    since = events[cure.deadline.event]
    return replace(cure, day=due_day(cure.deadline, since, days_off_known(place), cure.source).safe)


def cure_data(cure: Cure | None) -> dict[str, Any] | None:
    """Give it as plain data; `days` or `months` is null, whichever the law does not count in."""
    if cure is None:
        return None
    deadline, months = cure.deadline, cure.deadline.unit == "months"
    return {
        "what": deadline.what,
        "needs": cure.needs,
        "days": None if months else deadline.count,
        "months": deadline.count if months else None,
        "unit": deadline.unit,
        "after": deadline.event,
        "last_day": cure.day.isoformat() if cure.day else None,
        "who": deadline.who,
        "least_share": str(deadline.cures),
        "districts": None if cure.near is None else {**asdict(cure.near), "enough": cure.near.enough},
        "source": {"cite": cure.source.cite, "url": cure.source.url},
    }


def cure_words(cure: Cure) -> str:
    """Say it in a sentence."""
    deadline = cure.deadline
    who = f", by {deadline.who}" if deadline.who else ""
    needs = f"{cure.needs:,} more valid signatures are needed" if cure.needs else "the districts are what falls short"
    time = deadline.span.removesuffix(f" after {deadline.event}")
    until = f", until {cure.day:%A} {cure.day}" if cure.day else ""
    return (
        f"It may still be cured{_if_near(cure)}: {deadline.what}{who}, within {time} after "
        f"{EVENTS[deadline.event]}{until}; {needs} ({cure.source})."
    )


def _if_near(cure: Cure) -> str:
    """Say what a cure hangs on where the counts do not tell whether enough districts came near."""
    if cure.near is None or cure.near.enough:
        return ""
    rest = f"it is known of {cure.near.reached}; counts with columns `district` and `required` tell of the others"
    share = f"{float(cure.deadline.cures or 0):.0%}"
    return f" if {share} of the number is reached in each of {cure.near.needed} districts ({rest})"
