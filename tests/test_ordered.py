"""Lines taken out by a court's order: it stands in record, certificate and both verifiers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ballotworthy.casework import Act, Desk, twin_of
from ballotworthy.casework.ordered import ORDERED
from ballotworthy.casework.plain_case import from_plain, to_plain
from ballotworthy.certificate import paper_data
from ballotworthy.errors import Refused
from ballotworthy.verify import verify
from cases import Memory, certified, decided, desk_of, frame_lines, framed, judged, opened, pinned, ruled, sampled
from test_verify_page import by_the_page, needs_node

ORDER, OTHER = "Superior Court, 26-114, 3 November 2026", "Court of Appeal, B-77, 5 November 2026"
REFUSED = {"outcome": "invalid", "reason": ORDERED}


def at_work() -> tuple[Memory, Desk, list[str], list[str]]:
    """Give a case whose lines are decided: its storage, desk, sample, and the lines outside it that could be drawn."""
    storage = Memory()
    desk = desk_of(storage)
    framed(desk, frame_lines(240), required=20)
    lines = sampled(desk)
    decided(desk, lines)
    frame = desk.case().frame
    outside = [each.id for each in frame.lines if frame.can_be_drawn(each.id) and each.id not in lines]
    return storage, desk, lines, outside


def struck(line: str, **said: str) -> Act:
    return Act("dee", "struck", {"line": line, "why": "by that order", "reason": ORDERED, **said})


def corrected(line: str, **said: str) -> Act:
    return Act("dee", "corrected", {"line": line, "why": "by that order", **REFUSED, **said})


@needs_node
def test_an_order_takes_lines_out_and_stands_on_the_certificate_that_both_accept(tmp_path: Path) -> None:
    storage, desk, lines, others = at_work()
    desk.act(corrected(lines[0], order=ORDER), corrected(lines[5], order=OTHER), corrected(lines[6], order=OTHER))
    desk.act(struck(others[0], order=ORDER), struck(others[1], reason="illegible"))
    back = {"line": lines[6], "outcome": "invalid", "reason": "illegible", "why": "that order named another"}
    desk.act(Act("dee", "corrected", back))
    judged(desk)
    certified(desk)
    case, record = desk.case(), b"".join(row + b"\n" for row in storage.rows)
    orders = [{"order": OTHER, "lines": 1}, {"order": ORDER, "lines": 2}]
    assert twin_of(case)["orders"] == orders
    assert {"reason": ORDERED, "lines": 2} in twin_of(case)["counts"]["reasons"]
    paper = paper_data(case, twin_of(case))
    assert "taken out by a court's order: 2" in paper["grounds"]
    assert {each["cite"] for each in paper["refused"] if each["reason"] == ORDERED} == {ORDER, OTHER}
    assert f"By order, and on no other ground, 2 lines taken out: {ORDER}." in paper["rests"]
    assert from_plain(to_plain(case)).ordered == case.ordered
    answer = verify(io.BytesIO(record))
    assert answer.holds, answer.first
    (remark,) = [each.says for each in answer.remarks if each.number == "R41"]
    assert remark == f"3 lines taken out by 2 orders of a court, by the word of the office, first “{OTHER}”."
    (page,) = by_the_page([{"record": record}], tmp_path)
    assert remark in str(page["remarks"])
    assert page["holds"]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (corrected, "the order is not named"),
        (struck, "the order is not named"),
        (lambda line: corrected(line, reason="illegible", order=ORDER), "its ground is then ordered"),
        (lambda line: struck(line, reason="illegible", order=ORDER), "its ground is then ordered"),
        (lambda line: corrected(line, order=" "), "order"),
        (lambda line: corrected(line, reason="ugly"), r"line \S+: ugly is no ground .* its grounds: blank, "),
    ],
)
def test_an_order_is_named_with_its_ground_and_with_no_other(act: object, words: str) -> None:
    _, desk, lines, others = at_work()
    assert callable(act)
    strikes = act is struck or act(lines[0]).kind == "struck"
    with pytest.raises(Refused, match=words):
        desk.act(act(others[0] if strikes else lines[0]))


def test_a_valid_line_and_a_challenge_name_no_order() -> None:
    _, desk, lines, _ = at_work()
    line = lines[0]
    valid = {name: said for name, said in ruled(line).body.items() if name != "look"}
    with pytest.raises(Refused, match="names an order that takes it out"):
        desk.act(Act("dee", "corrected", {**valid, "why": "x", "order": ORDER}))
    said = {"line": line, "side": "opponents", "claim": "invalid", "reason": ORDERED, "day": "2026-11-03"}
    with pytest.raises(Refused, match="no ground"):
        desk.act(Act("dee", "challenged", said))


def test_two_looks_agree_whatever_words_each_has_for_the_order() -> None:
    desk = desk_of()
    framed(desk, frame_lines(240), required=20)
    line, *_ = sampled(desk)
    desk.act(Act("ann", "decision", {"line": line, "look": 1, **REFUSED, "order": ORDER}))
    desk.act(Act("bob", "decision", {"line": line, "look": 2, **REFUSED, "order": OTHER}))
    case = desk.case()
    assert (case.looks[line].differ, case.ordered) == (False, {line: ORDER})


def test_a_record_of_version_1_knows_no_order() -> None:
    desk = desk_of()
    desk.act(opened(record="ballotworthy-record/1"), pinned())
    assert desk.case().version == 1
    with pytest.raises(Refused):
        desk.act(struck("1-1", order=ORDER))
