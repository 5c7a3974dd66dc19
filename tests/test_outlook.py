"""How a case may end, held against every way in which the rest of a small sample can be ruled."""

from __future__ import annotations

from itertools import product

import pytest

from ballotworthy.casework import Act, Desk
from ballotworthy.casework.judging import assessment_of
from ballotworthy.casework.outlook import LEAST, outlook_of
from cases import Clock, Memory, decided, frame_lines, framed, judged, ruled, sampled


def case_with(required: int, valid: int, refused: int, lines: int = 10) -> tuple[Memory, Desk, list[str]]:
    memory = Memory()
    desk = Desk(memory, Clock())
    framed(desk, frame_lines(lines, ("North",)), required=required)
    left = sampled(desk, every=True)
    desk.act(*(ruled(line) for line in left[:valid]))
    desk.act(*(ruled(line, reason="illegible") for line in left[valid : valid + refused]))
    return memory, desk, left[valid + refused :]


@pytest.mark.parametrize("required", [3, 5, 7, 9])
@pytest.mark.parametrize(("valid", "refused"), [(5, 2), (3, 3), (7, 0)])
def test_the_verdicts_that_are_possible_are_those_that_come_of_ruling_the_rest(
    required: int, valid: int, refused: int
) -> None:
    memory, desk, rest = case_with(required, valid, refused)
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert (outlook.ruled, outlook.left) == (valid + refused, len(rest))
    possible = set()
    for way in product(("valid", "refused", "repeated"), repeat=len(rest)):
        again = Memory()
        again.rows = list(memory.rows)
        clock = Clock()
        clock.now = clock.now.replace(hour=20)
        other = Desk(again, clock)
        said = {"refused": {"reason": "illegible"}, "repeated": {"of": "a voter"}, "valid": {}}
        other.act(*(ruled(line, **said[kind]) for line, kind in zip(rest, way, strict=True)))
        judged(other)
        possible.add(assessment_of(other.case()).verdict)
    assert set(outlook.verdicts) == possible
    assert outlook.settled == (len(possible) == 1)


def test_how_many_lines_settle_it_is_found_by_ruling_them() -> None:
    _, desk, rest = case_with(required=40, valid=28, refused=7, lines=80)
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert outlook.more is not None
    assert 0 < outlook.more < outlook.left
    refused = outlook.more * 7 // 35
    desk.act(*(ruled(line, reason="illegible") for line in rest[:refused]))
    desk.act(*(ruled(line) for line in rest[refused : outlook.more]))
    then = outlook_of(desk.case())
    assert then is not None
    assert then.settled


def test_a_sample_is_filled_up_in_the_proportions_of_what_is_ruled() -> None:
    desk = Desk(Memory(), Clock())
    framed(desk, frame_lines(240))
    lines = sampled(desk)
    decided(desk, lines[: len(lines) // 2])
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert outlook.if_so is not None
    decided_all = outlook.ruled + outlook.left
    assert decided_all == len(lines)
    assert 0 < outlook.if_so.estimate < 240


def test_what_is_ruled_of_one_stratum_is_not_carried_to_another() -> None:
    desk = Desk(Memory(), Clock())
    framed(desk, frame_lines(240))
    lines = sampled(desk, every=True)
    case = desk.case()
    by = {name: [line for line in lines if case.frame.line(line).stratum == name] for name in ("Island", "North")}
    desk.act(*(ruled(line, reason="illegible") for line in by["Island"][:37]))
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert (outlook.ruled, outlook.lacking, outlook.if_so, outlook.more) == (37, {"North": LEAST}, None, None)
    desk.act(*(ruled(line) for line in by["North"][: LEAST - 1]))
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert (outlook.lacking, outlook.if_so) == ({"North": 1}, None)
    desk.act(ruled(by["North"][LEAST - 1]))
    outlook = outlook_of(desk.case())
    assert outlook is not None
    assert outlook.if_so is not None
    assert (outlook.lacking, outlook.if_so.estimate) == ({}, len(by["North"]))


def test_nothing_is_said_before_anything_is_ruled() -> None:
    desk = Desk(Memory(), Clock())
    framed(desk)
    assert outlook_of(desk.case()) is None
    sampled(desk)
    assert outlook_of(desk.case()) is None
    desk.act(Act("ann", "noted", {"what": "election", "day": "2026-11-30"}))
    assert outlook_of(desk.case()) is None


@pytest.mark.parametrize("required", [100, 150, 200])
def test_a_full_check_between_two_verdicts_of_a_sample_is_possible_too(required: int) -> None:
    memory = Memory()
    desk = Desk(memory, Clock())
    framed(desk, frame_lines(240, ("North",)), required=required)
    lines = sampled(desk)
    done = len(lines) // 4
    desk.act(*(ruled(line) for line in lines[:done]))
    outlook = outlook_of(desk.case())
    assert outlook is not None
    possible = set()
    for valid in range(len(lines) - done + 1):
        again = Memory()
        again.rows = list(memory.rows)
        clock = Clock()
        clock.now = clock.now.replace(hour=20)
        other = Desk(again, clock)
        other.act(
            *(ruled(line, **({} if at < valid else {"reason": "illegible"})) for at, line in enumerate(lines[done:]))
        )
        judged(other)
        possible.add(assessment_of(other.case()).verdict)
    assert "full-check" in possible
    assert set(outlook.verdicts) == possible
