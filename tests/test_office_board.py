"""The board says what counting the case through says, however often events are heard."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.casework import Act, Desk
from ballotworthy.casework.work import for_second_look, order_of_work, to_resolve, waiting_for, work_of
from ballotworthy.errors import Refused
from ballotworthy.office.board import Board, Sum
from ballotworthy.office.second_looks import SecondLooks
from ballotworthy.verbs.case_bench import lines_by_voter
from cases import ROLL, Clock, Memory, frame_lines, framed, sampled, voter

NONE = SecondLooks(0)


def agrees(board: Board, desk: Desk) -> None:
    case = desk.case()
    looks = case.looks

    def wants(line: str) -> bool:
        return board.second.wants(case, line, looks[line].first)  # type: ignore[arg-type] # for a second look

    assert board.work == work_of(case)
    for person in ("ann", "bob", "cid"):
        assert board.firsts(person, 5) == waiting_for(case, person, 5)
        assert set(board.seconds(person, 999)) == {line for line in for_second_look(case, person, 999) if wants(line)}
    assert board.lack_second == sum(map(wants, for_second_look(case, "", 999)))
    ended = {line for line in to_resolve(case) if "ann" not in (looks[line].first.by, looks[line].second.by)}  # type: ignore[union-attr]
    assert set(board.thirds("ann", 999)) == ended
    assert {hashed: sorted(lines) for hashed, lines in board.standing.items()} == {
        hashed: sorted(lines) for hashed, lines in lines_by_voter(case).items()
    }
    strata: dict[str, Sum] = {}
    for line in order_of_work(case):
        each = strata.setdefault(case.frame.line(line).stratum, Sum())
        ruling = case.ruling(line)
        each.lines += 1
        each.ruled += ruling is not None
        each.valid += ruling is not None and ruling.outcome == "valid"
    assert board.strata == strata
    assert sum((+board.reasons).values()) == sum(each.refused for each in board.sheets.values())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("second", [NONE, SecondLooks(40), SecondLooks(100), SecondLooks(0, frozenset({"refused"}))])
def test_a_board_that_heard_every_event_says_what_the_case_says(seed: int, second: SecondLooks) -> None:
    desk, chance = Desk(Memory(), Clock()), random.Random(seed)
    framed(desk, frame_lines(30))
    lines = sampled(desk, every=True)
    desk.act(
        Act("ann", "admitted", {"id": "cid", "may": ["decide", "resolve"]}),
        Act("ann", "assigned", {"person": "cid", "lines": lines[4:9]}),
    )
    board = Board(desk.case(), second)
    desk.heard = board.hear
    for turn in range(120):
        body = {"line": chance.choice(lines), "outcome": "invalid", "reason": chance.choice(["illegible", "cancelled"])}
        if chance.random() < 0.5:
            who = voter(chance.choice(["one", "two", "three"]))
            body = {"line": body["line"], "outcome": "valid", "voter": who, "roll": ROLL}
        kind = chance.choices(["decision", "resolved", "corrected"], [8, 2, 1])[0]
        more = {"decision": {"look": chance.choice([1, 2])}, "corrected": {"why": "a wrong key"}}.get(kind, {})
        try:
            desk.act(Act(chance.choice(["ann", "bob", "cid", "dee"]), kind, {**body, **more}))
        except Refused:
            continue
        if turn == 60:  # what was given to him by name is anybody's now
            desk.act(Act("ann", "admitted", {"id": "cid", "may": ["resolve"]}))
        if turn % 10 == 0:
            agrees(board, desk)
    agrees(board, desk)
    assert not board.stale
    assert board.work.second > 2


def test_what_a_board_does_not_follow_makes_it_stale() -> None:
    desk = Desk(Memory(), Clock())
    framed(desk, frame_lines(240))
    lines = sampled(desk)
    board = Board(desk.case(), SecondLooks(10))
    desk.heard = board.hear
    left = next(line for line in desk.case().frame.filed if line not in lines)
    desk.act(Act("ann", "struck", {"line": left, "reason": "illegible", "why": "a court's order"}))
    assert board.stale
