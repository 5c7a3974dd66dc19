"""What casework writes, the independent verifier accepts: two readings of one specification, for every formula."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.casework import Act, Desk, sample_body, twin_bytes, twin_of
from ballotworthy.errors import LawAbsent
from ballotworthy.record import head_file, sign
from ballotworthy.verify import verify
from cases import (
    OFFICE,
    ROLL,
    Clock,
    Memory,
    certified,
    desk_of,
    frame_lines,
    framed,
    judged,
    ruled,
    sampled,
    voter,
    whole_case,
)

EXAMINES_ALL = ("full-count", "district-of-columbia", "oregon")
PLACES = [
    ("zz-example", "initiative", ("Island", "North"), 150),
    ("us-ca", "amendment", ("Alpine", "Inyo"), 900),
    ("us-co", "statute", ("state",), 700),
    ("us-az", "statute", ("state",), 900),
    ("us-wa", "initiative", ("state",), 600),
    ("us-sd", "statute", ("state",), 700),
    ("us-nv", "statute", ("Clark", "Washoe"), 700),
    ("us-mi", "statute", ("state",), 700),
    ("us-il", "amendment", ("Cook", "Lake"), 700),
    ("us-wy", "statute", ("state",), 40),
    ("us-dc", "initiative", ("1", "2"), 40),
    ("nz", "referendum", ("state",), 700),
]


def is_accepted(memory: Memory, desk: Desk) -> None:
    case = desk.case()
    answer = verify(
        [row + b"\n" for row in memory.rows],
        head=head_file(sign(OFFICE, case.name, case.link)),
        key=OFFICE.public,
        certificate=twin_bytes(twin_of(case)),
    )
    assert answer.first is None
    assert answer.holds
    assert answer.head == case.link.sha256


def drawn(desk: Desk) -> list[str]:
    """Draw by law; where it gives no size, draw a third; where it draws none, take every line."""
    case = desk.case()
    try:
        return sampled(desk, every=case.rules is not None and case.rules.formula.value in EXAMINES_ALL)
    except LawAbsent:
        sizes = {name: len(ids) // 3 for name, ids in case.frame.drawable.items()}
        desk.act(Act("ann", "sample", sample_body(case, sizes, "the office's choice")))
        return [line for stratum in desk.case().sample.body["strata"] for line in stratum["ids"]]  # type: ignore[union-attr]  # drawn above


@pytest.mark.parametrize(("place", "kind", "strata", "required"), PLACES, ids=[row[0] for row in PLACES])
def test_a_case_of_every_formula_is_accepted(place: str, kind: str, strata: tuple[str, ...], required: int) -> None:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk, frame_lines(1_200 if required > 200 else 300, strata), required=required, place=place, kind=kind)
    lines = drawn(desk)
    assert desk.case().pinned
    reasons = desk.case().pinned["reasons"]  # type: ignore[index]  # pinned above
    ground = next(each for each in reasons if each != "duplicate")
    refused = range(4, len(lines), 6)
    desk.act(
        *(
            ruled(line, reason=ground) if at in refused else ruled(line, of="twice" if at in (1, 2) else "")
            for at, line in enumerate(lines)
        )
    )
    judged(desk)
    certified(desk)
    is_accepted(memory, desk)


CHOICES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 11)), min_size=24, max_size=24)


@settings(max_examples=40)
@given(CHOICES, CHOICES, st.sampled_from([4, 12, 18]), st.booleans())
def test_any_decisions_are_counted_alike(
    first: list[tuple[int, int]], second: list[tuple[int, int]], required: int, every: bool
) -> None:
    """Duplicates, disagreements, resolutions, corrections and strikes, as they fall."""
    memory = Memory()
    desk = desk_of(memory)
    framed(desk, frame_lines(25), required=required)
    lines = sampled(desk, every=every)
    once = {who: line for line, (outcome, who) in list(zip(lines, first, strict=True))[::-1] if outcome < 2}
    for line, (outcome, who) in zip(lines, first, strict=True):
        desk.act(_as_it_falls(line, "ann", 1, outcome, who, once))
    for line, (outcome, who) in list(zip(lines, second, strict=True))[::3]:
        desk.act(_as_it_falls(line, "bob", 2, outcome, who, once))
        if desk.case().ruling(line) is None:
            body = {"line": line, "outcome": "valid", "voter": voter(f"v{who}"), "roll": ROLL}
            desk.act(Act("dee", "resolved", body))
    body = {"line": lines[0], "outcome": "invalid", "reason": "illegible", "why": "a court said so"}
    desk.act(Act("ann", "corrected", body))
    case = desk.case()
    for line in lines:  # what repeats a line that is not valid any more is no repetition
        ruling = case.ruling(line)
        if ruling is None or not ruling.repeats:
            continue
        other = case.ruling(ruling.repeats)
        if other is None or (other.reason, other.voter) != ("", ruling.voter):
            desk.act(Act("ann", "corrected", {**body, "line": line}))
    judged(desk)
    certified(desk)
    is_accepted(memory, desk)


def _as_it_falls(line: str, by: str, look: int, outcome: int, who: int, once: dict[int, str]) -> Act:
    """Give a ruling: valid, illegible, or a repetition where the voter has another line that is valid."""
    repeats = once.get(who, line) if outcome == 3 else line
    reason = ("", "", "illegible", "illegible" if repeats == line else "duplicate")[outcome]
    act = ruled(line, by, look, of=f"v{who}", reason=reason)
    return Act(by, "decision", {**act.body, "repeats": repeats}) if reason == "duplicate" else act


def test_a_case_that_a_court_reopened_is_accepted() -> None:
    memory = Memory()
    desk, _ = whole_case(memory)
    line = next(iter(desk.case().sample.lines))  # type: ignore[union-attr]  # the case is whole
    desk.act(Act("ann", "reopened", {"order": "Superior Court, 12-345", "day": "2026-12-01"}))
    desk.act(Act("ann", "corrected", {"line": line, "outcome": "invalid", "reason": "illegible", "why": "the court"}))
    outside = next(each for each in desk.case().frame.filed if each not in desk.case().sample.lines)  # type: ignore[union-attr]  # as above
    desk.act(Act("ann", "struck", {"line": outside, "reason": "illegible", "why": "the court"}))
    judged(desk)
    certified(desk)
    is_accepted(memory, desk)


def test_a_struck_line_is_passed_over_by_a_greater_sample() -> None:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk, frame_lines(300))
    lines = set(sampled(desk))
    later = sample_body(desk.case(), {"Island": 120, "North": 120})
    outside = next(line for stratum in later["strata"] for line in stratum["ids"] if line not in lines)
    desk.act(Act("ann", "struck", {"line": outside, "reason": "illegible", "why": "a challenge"}))
    desk.do(lambda case: [Act("ann", "sample", sample_body(case, {"Island": 120, "North": 120}))])
    assert outside not in desk.case().sample.lines  # type: ignore[union-attr]  # drawn above
    desk.act(*(ruled(line) for line in sorted(desk.case().sample.lines)))  # type: ignore[union-attr]  # as above
    judged(desk)
    certified(desk)
    is_accepted(memory, desk)


def test_a_storage_says_what_was_written_and_the_verifier_reads_it() -> None:
    memory = Memory()
    desk, case = whole_case(memory)
    assert Desk(memory, Clock()).case().link == case.link
    is_accepted(memory, desk)
