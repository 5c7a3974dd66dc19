"""The interval of the law's formula before a sample is ruled to its end: it holds, and is not given where it cannot."""

from __future__ import annotations

import random

import pytest

from ballotworthy.casework import Desk
from ballotworthy.casework.foreseen import foreseen_of
from ballotworthy.casework.judging import assessment_of
from ballotworthy.casework.outlook import LEAST, outlook_of
from ballotworthy.stats import california
from ballotworthy.stats.foreseen import Limits, repeats_limits, signers_limits
from cases import Clock, Memory, frame_lines, framed, judged, ruled, sampled

RISK = 0.0125


def known(number: int) -> Limits:
    return Limits(number, number)


def test_the_limits_of_a_whole_ruled_to_its_end_are_what_it_holds() -> None:
    assert signers_limits(known(210), 300, 300, RISK) == known(210)
    assert repeats_limits(known(3), 300, 300, RISK) == known(3)


def test_what_has_no_ruling_yet_counts_as_either() -> None:
    sure, open_ = signers_limits(known(70), 100, 300, RISK), signers_limits(Limits(70, 74), 100, 300, RISK)
    assert (open_.low, open_.high > sure.high) == (sure.low, True)


@pytest.mark.parametrize("ruled_of_300", [90, 150])
def test_signers_and_repeats_of_a_whole_lie_within_their_limits(ruled_of_300: int) -> None:
    """300 lines, 220 of them signed, 8 voters twice, in orders drawn by lot: each end may miss 1 in 80."""
    lines = [*(f"v{at % 212}" for at in range(220)), *[""] * 80]
    wrong = 0
    lot = random.Random(ruled_of_300)
    for _ in range(200):
        lot.shuffle(lines)
        signed = [voter for voter in lines[:ruled_of_300] if voter]
        signers = signers_limits(known(len(signed)), ruled_of_300, 300, RISK)
        repeats = repeats_limits(known(len(signed) - len(set(signed))), ruled_of_300, 300, RISK)
        wrong += not (signers.low <= 220 <= signers.high and repeats.low <= 8 <= repeats.high)
    assert wrong <= 15  # at most 10 are expected


def case_with(strata: tuple[str, ...] = ("North",)) -> tuple[Desk, list[str]]:
    desk = Desk(Memory(), Clock())
    framed(desk, frame_lines(240, strata), required=100)
    sampled(desk)
    sample = desk.case().sample
    assert sample is not None
    return desk, [line for stratum in sample.body["strata"] for line in stratum["ids"]]


def rule_some(desk: Desk, lines: list[str], begin: int, end: int) -> None:
    """Rule lines: one in four refused, and one voter on the 11th line drawn and on the 72nd."""
    desk.act(*(
        ruled(line, reason="illegible") if at % 4 == 3 else ruled(line, of="twice" if at in (10, 71) else "")
        for at, line in list(enumerate(lines))[begin:end]
    ))  # fmt: skip


def test_the_law_s_number_lies_between_what_was_foreseen() -> None:
    desk, lines = case_with()
    rule_some(desk, lines, 0, LEAST - 1)
    assert foreseen_of(desk.case()) is None
    found = []
    for begin, end in ((LEAST - 1, 50), (50, 80)):
        rule_some(desk, lines, begin, end)
        found.append(foreseen_of(desk.case()))
    early, late = found
    assert early is not None
    assert late is not None
    assert (early.lines, late.lines, late.strata) == (50, 80, 1)
    assert early.low < late.low
    assert late.high < early.high
    rule_some(desk, lines, 80, len(lines))
    assert foreseen_of(desk.case()) is None
    judged(desk)
    estimate = assessment_of(desk.case()).estimate
    assert early.low <= late.low <= estimate <= late.high <= early.high


def test_lines_without_a_ruling_among_the_first_are_left_open_while_they_are_few() -> None:
    desk, lines = case_with()
    desk.act(*(ruled(line) for at, line in enumerate(lines[:80]) if at not in (5, 50)))
    found = foreseen_of(desk.case())
    assert found is not None
    assert found.lines == 80
    desk, lines = case_with()
    desk.act(*(ruled(line) for line in lines[40:80]))
    assert foreseen_of(desk.case()) is None


def test_no_interval_is_given_where_it_would_not_hold() -> None:
    desk, lines = case_with(("Island", "North"))
    by = {
        name: [line for line in lines if desk.case().frame.line(line).stratum == name] for name in ("Island", "North")
    }
    desk.act(*(ruled(line) for some in by.values() for line in some[: LEAST + 9]))
    found = foreseen_of(desk.case())
    assert found is not None
    assert found.strata == 2
    desk.act(*(ruled(some[LEAST + 9], of="a voter of both") for some in by.values()))
    assert foreseen_of(desk.case()) is None
    every = Desk(Memory(), Clock())
    framed(every, frame_lines(240, ("North",)))
    every.act(*(ruled(line) for line in sampled(every, every=True)[:100]))
    assert foreseen_of(every.case()) is None


def test_repeats_are_carried_on_by_the_square_of_what_is_ruled() -> None:
    """A pair seen in half of a sample is one of four: in proportion it would be one of two."""
    desk, lines = case_with()
    half = len(lines) // 2
    desk.act(*(ruled(line, of="a voter who signed twice" if at < 2 else "") for at, line in enumerate(lines[:half])))
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert outlook.if_so is not None
    sample = len(lines)
    assert sample == 2 * half
    assert outlook.if_so.estimate == california(outlook.if_so.raw, sample, sample - 4, 4).estimate
