"""What a certificate rests on and how far it goes, in sentences that stand on every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ballotworthy.casework import Case
from ballotworthy.files.quantities import quantity
from ballotworthy.law.zones import day_told
from ballotworthy.risk_check.by_law import spread_of

SIMULATED = (
    "That it takes rulings as true matters: in simulated checks of a petition that is 2% short, with a machine "
    "committed beforehand and a risk limit of 5%, 1% of all lines wrongly accepted by people left the risk of saying "
    "sufficient below 1%, 1.5% made it 4%, 2% made it 98%."
)
"""benchmarks/readers.py, seed 1; docs/why/risk.md has the table."""
UNSTATED = "The terms of a risk-limiting check stand in the record, and what it says was never stated."

UNSEEN = (
    "No record can show that every sheet filed was listed, that the seed was not chosen, that a voter stands behind "
    "each hash, that two ids are two people, or that the times are true. Whoever doubts it asks for the heads that "
    "were published, the witnesses of the draw, the sheets and the roll."
)
"""docs/why/trust.md has every value of every event."""


def rests_on(case: Case, twin: Mapping[str, Any]) -> list[str]:
    """Give what the paper takes for granted, what was changed on the way, and which paper it replaces."""
    return [
        *_required(case),
        _rulings(twin),
        *_wrongly_accepted(twin),
        *_retyped(twin),
        _lines(case, twin),
        *_ordered(twin),
        *_samples(case, twin),
        *_risk(case, twin),
        *_mended(twin),
        *_own_keys(twin),
        *_signed(case, twin),
        *_later(twin),
        *_replaced(case, twin),
        UNSEEN,
    ]


def _required(case: Case) -> list[str]:
    """Say that the office gave the number required itself, and what the pinned law holds instead."""
    given = case.pinned.get("required") if case.pinned else None
    if case.pinned is None or given is None:
        return []
    held = case.pinned["values"].get("requirement")
    instead = "holds none" if held is None else f"says {held:,}"
    return [f"The office gave the number required, {given['value']:,} ({given['source']}); the law pinned {instead}."]


def _samples(case: Case, twin: Mapping[str, Any]) -> list[str]:
    """Say that the sample was drawn more than once, with the verdicts that were drawn from each."""
    if "samples" in twin:
        several = len(twin["samples"]) > 1 or any(len(each["verdicts"]) > 1 for each in twin["samples"])
        return [_sample(at, each) for at, each in enumerate(twin["samples"], 1)] if several else []
    numbers = case.standing.numbers if case.standing.closed else case.numbers
    drawn, verdicts = (numbers.get(kind, 0) for kind in ("sample", "verdict"))
    return [f"The sample was drawn {drawn:,} times, and {verdicts:,} verdicts were drawn from it."] if drawn > 1 else []


def _sample(number: int, sample: Mapping[str, Any]) -> str:
    verdicts = [
        f"{each['verdict']}, estimate {each['estimate']:,} (event {each['event']:,})" for each in sample["verdicts"]
    ]
    size = "every line" if sample["scope"] == "all" else quantity(sample["lines"], "line")
    said = "; ".join(verdicts) or "no verdict was drawn from it"
    return f"Sample {number:,}, {size} (event {sample['event']:,}): {said}."


def _signed(case: Case, twin: Mapping[str, Any]) -> list[str]:
    """Say who certified and when, with whom, or why alone; a record of version 1 does not tell the latter."""
    event = case.standing.certified
    if event is None:
        return []
    said = f"Certified by {event.by} on {day_told(case.opened['place'], event.at)}"
    if "second" in twin:
        return [f"{said}, with {twin['second']} as the second person, {_how(twin)}."]
    return [f"{said}, with nobody: {twin['alone']}." if "alone" in twin else f"{said}."]


def _how(said: Mapping[str, Any]) -> str:
    """Say whether the second person of an act signed it."""
    if "second_key" in said:
        return f"who signed with the key {said['second_key']}"
    return "by name only, without a signature"


def _mended(twin: Mapping[str, Any]) -> list[str]:
    """Say which events had a wrong time, and how the office's key was changed."""
    said = [
        f"The times of events {each['since']:,} to {each['event'] - 1:,} are wrong, by the word of two people, one "
        f"of them {each['second']}, {_how(each)}: {each['why']}."
        for each in twin.get("clocks", ())
    ]
    for each in twin.get("keys", ()):
        how = "signed with the old one"
        if "lost" in each:
            how = (
                f"the old one being lost, by two people, one of them {each['lost']['second']}, {_how(each)}: "
                f"{each['lost']['notice']}"
            )
        said.append(f"The office's key was changed in event {each['event']:,}, {how}.")
    return said


def _own_keys(twin: Mapping[str, Any]) -> list[str]:
    """Say who named each key with which a person signs as the second, and which took the place of another."""
    said, named = [], set()
    for each in twin.get("own_keys", ()):
        by = "that person" if each["by"] == each["person"] else each["by"]
        instead = ", in place of the one before" if each["person"] in named else ""
        said.append(f"The key {each['key']} of {each['person']} was named by {by} in event {each['event']:,}{instead}.")
        named.add(each["person"])
    return said


def _rulings(twin: Mapping[str, Any]) -> str:
    looks: Sequence[Mapping[str, int]] = twin["counts"]["looks"]
    first, second = (sum(each[look] for each in looks) for look in ("first", "second"))
    resolved = sum(each["resolved"] for each in looks)
    again = (
        f"{second:,} of {first:,} lines were ruled a second time by somebody else, "
        f"{quantity(resolved, 'difference')} resolved."
    )
    if not second:
        again = f"None of the {first:,} lines was ruled a second time by somebody else: nothing here measures mistakes."
    return f"Rulings are taken as true: no recount can show whether a person ruled rightly on a line. {again}"


def _wrongly_accepted(twin: Mapping[str, Any]) -> list[str]:
    """Say what wrong acceptances would take from the estimate, beside how far that is from the requirement."""
    verdict = twin["verdict"]
    one, two, three = (round(verdict["raw"] * percent / 100) for percent in (1, 2, 3))
    over = verdict["estimate"] - verdict["requirement"]
    far = f"{abs(over):,} {'above' if over >= 0 else 'below'} the requirement"
    return [
        f"Were 1, 2 or 3% of the lines wrongly accepted by people, about {one:,}, {two:,} or {three:,} signatures of "
        f"the estimate would be none; it is {far}."
    ]


def _retyped(twin: Mapping[str, Any]) -> list[str]:
    """Say how often cells of lines were typed anew before they were ruled on."""
    times = twin.get("retypings", 0)
    return [f"Before anybody ruled on them, cells of lines were typed anew {quantity(times, 'time')}."] if times else []


def _lines(case: Case, twin: Mapping[str, Any]) -> str:
    missing = case.risk_terms["missing"] if case.risk_terms else 0
    lost = f"{missing:,} lines filed were found by nobody and are not in the frame." if missing else ""
    unwritten = sum(line.mark != "" for line in case.frame.lines)
    listed = f"The frame has {twin['frame']['lines']:,} lines, {unwritten:,} of them blank, struck or removed."
    return f"{listed} {lost or 'Lines that were filed and never listed cannot be seen from the record.'}"


def _risk(case: Case, twin: Mapping[str, Any]) -> list[str]:
    if "risk" not in twin:
        return [UNSTATED] if case.risk_terms else []
    spread = spread_of(case.rules) if case.rules else ""
    more = f"; the law also asks for {spread}" if spread else ""
    return [f"The risk-limiting check tests the total alone{more}. {SIMULATED}"]


def _later(twin: Mapping[str, Any]) -> list[str]:
    named = (
        ("corrections", "rulings corrected afterwards"), ("withdrawals", "signers withdrew"),
        ("challenges", "lines challenged"), ("cures", "lines cured"), ("strikes", "lines struck"),
    )  # fmt: skip
    said = [f"{words}: {twin[name]:,}" for name, words in named]
    return [f"After the first rulings: {'; '.join(said)}."]


def _ordered(twin: Mapping[str, Any]) -> list[str]:
    """Say by which orders of courts lines were taken out, each in its own words."""
    orders = twin.get("orders", ())
    return [
        f"By order, and on no other ground, {quantity(e['lines'], 'line')} taken out: {e['order']}." for e in orders
    ]


def _replaced(case: Case, twin: Mapping[str, Any]) -> list[str]:
    orders = [f"Reopened by {each['order']}, {each['day']}." for each in twin["reopenings"]]
    papers = [
        f"This certificate replaces the one of event {event.seq:,}, {day_told(case.opened['place'], event.at)}, "
        f"whose data has the digest {event.body['certificate']}."
        for event in case.replaced[-1:]
    ]
    return [*orders, *papers]
