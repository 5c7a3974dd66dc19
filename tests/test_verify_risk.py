"""The risk-limiting check in a record: computed again by both verifiers, exact where it can be, and hard to falsify."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cases
import record_maker as maker
from ballotworthy.casework import Act, Case, sample_body
from ballotworthy.casework.risk import examined, finding, order_of, risk_body
from ballotworthy.stats.risk.finding import finding_of
from ballotworthy.stats.risk.martingale import greatest_capital as engine_capital
from ballotworthy.stats.risk.martingale import seen_on
from ballotworthy.stats.risk.sides import Question, numbers_of, sides_of
from ballotworthy.verify import Answer, verify
from ballotworthy.verify.martingale import bets_on, greatest_capital
from record_maker import OFFICE, SEED, Event, altered, decision, drawn, event, seal
from test_verify_page import NODE, by_the_page, needs_node
from test_verify_page import failing as page_failing
from test_verify_real import leaves

SIZE, REQUIRED = 60, 40
IDS = [f"{1 + at // 5}-{1 + at % 5}" for at in range(SIZE)]
ORDER = drawn(SEED, IDS, SIZE)
WEIGHTS = {line: "1.000000" if at % 6 else "0.000000" for at, line in enumerate(ORDER)} | {
    ORDER[1]: "0.500000",
    ORDER[2]: "0.500000",
}
TEXT = "".join(f"{line}\t{WEIGHTS[line]}\t{int(WEIGHTS[line] == '0.500000')}\n" for line in IDS).encode()
TOTAL = sum(map(Fraction, WEIGHTS.values()))
TERMS = {"risk_limit": "0.1", "unlinked": 1, "unlinked_risk": "0.02", "missing": 1}
EXAMINED = 40
"""The sample; the check counts its first 30 lines, since the next one is valid and not weighed."""
COUNT = 31


def exact(numbers: Sequence[Fraction], null: Fraction, other: Fraction | None = None, machine: bool = True) -> Fraction:
    """Give the greatest capital in exact fractions: the specification's bets, textbook style."""
    small, against, seen = Fraction(1, 10**6), null if other is None else other, Fraction(0)
    shares = [(Fraction(24, 100), Fraction(2, 1000)), (Fraction(24, 100), Fraction(1, 100))]
    shares += [(Fraction(12, 100), Fraction(4, 100))]
    fixed = [Fraction(each, 100) for each in (2, 6, 20, 60)] if machine else []
    plain = [] if machine else [Fraction(each, 1000) for each in (12, 30, 70, 150, 300, 600)]
    capital = [share for share, _ in shares] * machine + [Fraction(1, 10)] * len(fixed) + [Fraction(1, 6)] * len(plain)
    greatest = Fraction(1)
    for at, x in enumerate(numbers):
        own, mean = (null - seen) / (SIZE - at), (against - seen) / (SIZE - at)
        assert seen + x <= against + small
        assert small < mean < 1
        within = min(max(own, small), 1 - small)
        margin = Fraction(1, 2) - within
        stakes = (
            [
                min(max(margin * within / (share / 4 + margin * margin), Fraction(0)), Fraction(92, 100))
                for _, share in shares
            ]
            * machine
            + fixed
            + plain
        )
        for bet, stake in enumerate(stakes):
            put = stake if other is None else min(stake * mean / max(own, small), max(stake, Fraction(999, 1000)))
            capital[bet] *= 1 + put * (x / mean - 1)
        greatest = max(greatest, sum(capital, Fraction(0)))
        seen += x
    return greatest


def rulings() -> list[Event]:
    """Give the decisions: of forty lines, those the machine refuses refused, two of one voter, one struck from it."""
    found = []
    for at, line in enumerate(ORDER[:EXAMINED]):
        if at % 6 == 0 or at == 10:
            found.append(decision(line, reason="not-registered"))
        else:
            found.append(decision(line, "pair" if at in (1, 2) else f"v{at}"))
    return found


def true_weights(count: int = COUNT) -> list[Fraction]:
    return [
        Fraction(0) if at % 6 == 0 or at == 10 else Fraction(1, 2) if at in (1, 2) else Fraction(1)
        for at in range(count)
    ]


def up(number: Fraction) -> str:
    """Give six decimals, rounded up."""
    return f"{ceil(number * 10**6) / 10**6:.6f}"


def stated(count: int = COUNT) -> Event:
    """Give the statement of the check: its risks in exact fractions, its interval by trying every number."""
    weights = true_weights(count)
    machine = [Fraction(WEIGHTS[line]) for line in ORDER[:count]]
    low_xs = [(1 - a + w) / 2 for a, w in zip(machine, weights, strict=True)]
    high_xs = [(1 + a - w) / 2 for a, w in zip(machine, weights, strict=True)]

    def below(signers: int) -> Fraction:
        return (SIZE - TOTAL + signers + 1) / 2

    def above(signers: int) -> Fraction:
        return (TOTAL + SIZE + 1 - signers) / 2

    low_null, high_null = below(REQUIRED - 1), above(REQUIRED)
    short, enough = 1 / exact(low_xs, low_null), 1 / exact(high_xs, high_null)
    least = max(0, ceil(sum(weights, Fraction(0)) - Fraction(1, 10**6)) - 1)
    low = least
    while exact(low_xs, low_null, below(low)) >= Fraction(100, 8):
        low += 1
    high = int(SIZE + 1 - sum((1 - w for w in weights), Fraction(0)))
    while exact(high_xs, high_null, above(high)) >= 10:
        high -= 1
    return event(
        "risk",
        lines=count,
        machine=[WEIGHTS[line] for line in ORDER[:count]],
        sufficient=up(short + Fraction(2, 100)),
        insufficient=up(enough),
        low=low,
        high=high,
        decided="sufficient",
        statement="Sufficient, at a risk limit of 10%.",
    )


def events() -> list[Event]:
    """Give a case of sixty lines in one stratum, forty of them examined, with its check, up to the statement."""
    lines = [[*line.split("-"), "A", "", "", ""] for line in IDS]
    sample = [{"stratum": "A", "of": SIZE, "size": EXAMINED, "ids": ORDER[:EXAMINED]}]
    weighed = [
        event("weighed", "bob", line=line, further=int(at == 1))
        for at, line in enumerate(ORDER[:COUNT])
        if true_weights()[at]
    ]
    return [
        maker.opened(),
        maker.rules(maker.LAW, maker.VALUES, ["duplicate", "not-registered", "withdrawn"],
                    required={"value": REQUIRED, "source": "the test"}),
        *maker.intake(SIZE // 5, SIZE),
        event("lines", lines=lines),
        maker.frame(lines),
        event("roll", roll=maker.ROLL, day="2026-10-01", voters=500),
        event("proposals", sha256=maker.sha256(TEXT), lines=SIZE, made_with="a machine"),
        event("risk_terms", **TERMS, machine={"total": f"{float(TOTAL):.6f}"}),
        event("seed", seed=SEED, how="dice", source="four red dice", present=["Mx Witness"], throws=4),
        event("sample", scope="sample", why="the act, s. 4", strata=sample),
        *rulings(),
        *weighed,
        stated(),
    ]  # fmt: skip


EVENTS = events()
OPEN = {"V25"}
"""The record ends with the statement, so that it has no certificate; nothing else may fail in it."""


def failing(answer: Answer) -> dict[str, str]:
    return {check.number: check.found for check in answer.checks if check.state == "fails" and check.number not in OPEN}


def recount(record: bytes, **more: Any) -> Answer:
    return verify(io.BytesIO(record), **more)


def test_a_statement_worked_out_in_exact_fractions_holds() -> None:
    answer = recount(seal(EVENTS), proposals=TEXT)
    assert failing(answer) == {}
    found = {check.number: check.found for check in answer.checks}
    assert found["V26"] == (
        "31 of 60 lines in the seed's order, 24 weighings; the machine's weights are those of the proposals given"
    )
    assert found["V27"].startswith("sufficient: risk 0.0")


@pytest.mark.parametrize("machine", [True, False])
@given(data=st.data())
def test_office_and_verifier_and_textbook_have_the_same_capital(machine: bool, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]), min_size=1, max_size=15))
    proposed = [data.draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])) for _ in weights]
    other = data.draw(st.integers(20, 40))
    numbers = [(1 - a + w) / 2 for a, w in zip(proposed, weights, strict=True)] if machine else weights
    null, against = ((SIZE - Fraction(35) + each) / 2 if machine else Fraction(each) for each in (29, other))
    expected = exact(numbers, null, against, machine)
    floats = [float(each) for each in numbers]
    bets = bets_on(machine, None, 0.0)
    assert greatest_capital(floats, SIZE, float(null), bets, float(against)) == pytest.approx(float(expected), rel=1e-9)
    side = sides_of(Question(SIZE, 30, 35.0 if machine else None)).sufficient
    assert engine_capital(seen_on(side, floats), float(against)) == pytest.approx(float(expected), rel=1e-9)


@given(data=st.data(), expected=st.integers(1, 60), required=st.integers(10, 50))
def test_office_and_verifier_agree_on_hopes(data: st.DataObject, expected: int, required: int) -> None:
    weights = np.array(data.draw(st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 1.0]), min_size=1, max_size=60)))
    question = Question(SIZE, required, guess=expected)
    found = finding_of(question, weights, weights, np.ones(len(weights), bool), 0.05, 0.0)
    enough, short = numbers_of(question, weights, weights, np.ones(len(weights), bool))
    for xs, null, guess, said, sure in (
        (enough, required - 1.0, expected / SIZE, found.sufficient, weights.sum() > required - 1 + 1e-6),
        (short, SIZE - required, 1 - expected / SIZE, found.insufficient, (1 - weights).sum() > SIZE - required + 1e-6),
    ):
        mine = 1 / greatest_capital(xs.tolist(), SIZE, null, bets_on(False, guess, null / SIZE))
        assert said == pytest.approx(0.0 if sure else mine, rel=1e-9, abs=1e-12)


# Attacks by an office that hashes all anew.


def body(kind: str, number: int = 0, **changed: Any) -> list[Event]:
    return altered(EVENTS, kind, lambda each: each.update(changed), number)


def without(kind: str) -> list[Event]:
    return [each for each in EVENTS if each["kind"] != kind]


def moved(kind: str, before: str) -> list[Event]:
    kinds = [each["kind"] for each in EVENTS]
    copy = deepcopy(EVENTS)
    each = copy.pop(kinds.index(kind))
    copy.insert([each["kind"] for each in copy].index(before), each)
    return copy


def before_risk(*more: Event) -> list[Event]:
    return [*deepcopy(EVENTS[:-1]), *more, deepcopy(EVENTS[-1])]


def weights(change: Callable[[list[str]], object]) -> list[Event]:
    return altered(EVENTS, "risk", lambda each: change(each["machine"]))


def swapped(told: list[str]) -> None:
    told[0], told[1] = told[1], told[0]


RISK: Mapping[str, Any] = EVENTS[-1]["body"]


def other_risk(millionths: int) -> str:
    return f"{float(RISK['sufficient']) + millionths / 10**6:.6f}"


LAST = len(EVENTS)
ATTACKS: dict[str, tuple[list[Event], str, int, str]] = {
    "the terms come after the seed": (moved("seed", "risk_terms"), "V9", 10, "it may not follow an event 'seed'"),
    "the terms come twice": (
        [*EVENTS[:9], EVENTS[8], *EVENTS[9:]], "V9", 10, "one event 'risk_terms' only",
    ),
    "the terms come before the frame": (moved("risk_terms", "frame"), "V9", 6, "an event 'frame' must stand before"),
    "there are no terms": (without("risk_terms"), "V9", 51, "an event 'risk_terms' must stand before it"),
    "a line is weighed before the sample": (moved("weighed", "sample"), "V9", 11, "an event 'sample' must stand"),
    "a clerk states the risk": (
        [*EVENTS[:-1], EVENTS[-1] | {"by": "bob"}], "V8", LAST, "but not to certify",
    ),
    "a risk limit that leaves nothing": (body("risk_terms", unlinked_risk="0.1"), "V26", 9, "not above the part"),
    "a requirement out of reach": (
        body("rules", required={"value": 62, "source": "x"}), "V26", 9, "62 signatures are required of 60 lines",
    ),
    "a machine that committed to nothing": (without("proposals"), "V26", 8, "were not committed before it"),
    "a machine and a hope": (body("risk_terms", expected=40), "V26", 9, "cannot be expected"),
    "more weights than lines": (body("risk_terms", machine={"total": "60.000001"}), "V26", 9, "add up to more"),
    "a line weighed that is not in the sample": (
        body("weighed", line=ORDER[EXAMINED]), "V26", 52, f"line {ORDER[EXAMINED]}, which is weighed",
    ),
    "more further lines than were filed": (body("weighed", further=60), "V26", 52, "more further lines"),
    "a line is left out": (body("risk", lines=COUNT - 1), "V26", LAST, "31 lines of the order count, not 30"),
    "a line is counted that nobody weighed": (body("risk", lines=COUNT + 1), "V26", LAST, "31 lines of the order"),
    "a ruling was left out": (
        [each for each in EVENTS if each["kind"] != "decision" or each["body"]["line"] != ORDER[20]],
        "V26", LAST - 1, "20 lines of the order count, not 31",
    ),
    "a weighing was left out": (
        [each for each in EVENTS if each["kind"] != "weighed" or each["body"]["line"] != ORDER[20]],
        "V26", LAST - 1, "20 lines of the order count, not 31",
    ),
    "a line was corrected after it was weighed": (
        before_risk(maker.ruling("corrected", ORDER[20], "v20", why="x")),
        "V26", LAST + 1, "20 lines of the order count, not 31",
    ),
    "the machine's weights are left out": (
        altered(EVENTS, "risk", lambda each: each.pop("machine")), "V26", LAST, "does not tell the machine's weight",
    ),
    "one weight too few": (weights(list.pop), "V26", LAST, "does not tell the machine's weight of each"),
    "a weight is another": (weights(lambda told: told.__setitem__(3, "0.000000")), "V27", LAST, "the risk of saying"),
    "weights are exchanged": (weights(swapped), "V27", LAST, "the risk of saying"),
    "a weight is another than it was before": (
        [*EVENTS, weights(lambda told: told.__setitem__(3, "0.000000"))[-1]],
        "V26", LAST + 1, f"the machine's weight of line {ORDER[3]} was 1.000000 before",
    ),
    "weights that cannot add up": (
        body("risk_terms", machine={"total": "23.000000"}), "V26", LAST, "cannot be of those that add up to its total",
    ),
    "the total is another": (body("risk_terms", machine={"total": "50.500000"}), "V27", LAST, "the risk of saying"),
    "a ruling is another": (
        body("decision", 3, outcome="invalid", reason="not-registered"), "V27", LAST, "the risk of saying sufficient",
    ),
    "a signer is one where he is two": (
        body("decision", 2, voter=maker.voter("other")), "V27", LAST, "the risk of saying",
    ),
    "a further line is not told": (body("weighed", 2, further=1), "V27", LAST, "the risk of saying sufficient"),
    "a smaller risk of saying sufficient": (
        body("risk", sufficient=other_risk(-2)), "V27", LAST, "the risk of saying sufficient",
    ),
    "a greater risk of saying sufficient": (
        body("risk", sufficient=other_risk(2)), "V27", LAST, "the risk of saying sufficient",
    ),
    "a smaller risk of saying insufficient": (
        body("risk", insufficient="0.000000"), "V27", LAST, "the risk of saying insufficient",
    ),
    "another decision": (body("risk", decided="insufficient"), "V27", LAST, "by the risks it is 'sufficient'"),
    "no decision where there is one": (body("risk", decided="not decided"), "V27", LAST, "by the risks it is"),
    "a higher lower end": (body("risk", low=RISK["low"] + 1), "V27", LAST, "signers to be the least"),
    "a useless lower end": (body("risk", low=0), "V27", LAST, "show 0 valid signers to be the least"),
    "a lower upper end": (body("risk", high=RISK["high"] - 1), "V27", LAST, "signers to be the most"),
    "an upper end beyond all lines": (body("risk", high=62), "V27", LAST, "show 62 valid signers to be the most"),
    "another risk limit": (body("risk_terms", risk_limit="0.03"), "V27", LAST, "by the risks it is 'not decided'"),
    "wrong acceptances that leave nothing": (
        body("risk_terms", misread={"lines": 0, "risk": "0.08"}), "V26", 9, "not above the part"
    ),
    "wrong acceptances allowed for afterwards": (
        body("risk_terms", misread={"lines": 2, "risk": "0.0"}), "V27", LAST, "the risk of saying sufficient"
    ),
    "by strata afterwards": (body("risk_terms", by_strata=True), "V27", LAST, "the risk of saying sufficient"),
    "more lines unlinked": (body("risk_terms", unlinked=2), "V27", LAST, "the risk of saying sufficient"),
    "more lines missing": (body("risk_terms", missing=3), "V27", LAST, "signers to be the most"),
    "another requirement": (
        body("rules", required={"value": 29, "source": "the test"}), "V27", LAST, "the risk of saying",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_office_that_falsifies_its_check_is_found_out(attack: str) -> None:
    changed, check, at, says = ATTACKS[attack]
    answer = recount(seal(changed))
    assert answer.first is not None
    assert (answer.first.check, answer.first.event) == (check, at), str(answer.first)
    assert says.lower() in answer.first.detail.lower()


@needs_node
def test_the_page_finds_the_same(tmp_path: Path) -> None:
    known = {"honest": seal(EVENTS)}
    known |= {name: seal(changed) for name, (changed, *_) in ATTACKS.items()}
    answers = by_the_page([{"record": record} for record in known.values()], tmp_path)
    for (name, record), answer in zip(known.items(), answers, strict=True):
        first = recount(record).first
        assert first is not None
        found = {key: answer["first"][key] for key in ("check", "line", "event", "says", "detail")}
        assert found == {key: getattr(first, key) for key in found}, name


def test_no_number_of_a_check_can_be_changed_alone() -> None:
    """But `further` of a signer who is seen twice, as the record knows of both, and an end wider by a thousandth."""
    unseen = set()
    for at, each in enumerate(EVENTS):
        if each["kind"] not in ("risk_terms", "weighed", "risk"):
            continue
        for path in leaves(each["body"]):
            changed = deepcopy(EVENTS)
            place = changed[at]["body"]
            for key in path[:-1]:
                place = place[key]
            value = place[path[-1]]
            place[path[-1]] = other_number(value) if isinstance(value, str) else value + 1
            if not failing(recount(seal(changed), proposals=TEXT)):
                unseen.add((each["kind"], path[-1], each["body"].get("line")))
    assert unseen == {("risk", "statement", None), ("risk", "high", None), ("weighed", "further", ORDER[2])}


def other_number(text: str) -> str:
    """Give a decimal with another digit at the end but one, or another text."""
    return f"{text[:-1]}{(int(text[-1]) + 5) % 10}" if text[-1].isdigit() and "." in text else f"{text}x"


PROPOSALS = {
    "other weights": (TEXT.replace(b"0.500000", b"0.400000"), "are not those that the record commits to"),
    "a line less": (TEXT[: TEXT.rindex(b"\n", 0, -1) + 1], "are not those that the record commits to"),
}


@pytest.mark.parametrize("case", PROPOSALS)
def test_proposals_that_were_not_committed_are_refused(case: str) -> None:
    given, says = PROPOSALS[case]
    assert says in failing(recount(seal(EVENTS), proposals=given))["V26"]


COMMITTED = {
    "a weight that is none": (TEXT.replace(b"0.500000", b"a half"), "not one weight for each line"),
    "no text": (b"\xff\n", "not one weight for each line"),
    "a line less": (TEXT[: TEXT.rindex(b"\n", 0, -1) + 1], "not one weight for each line"),
    "another sum": (TEXT.replace(b"0.500000", b"0.400000"), "do not add up to the total"),
    "weights exchanged": (
        TEXT.replace(f"{ORDER[0]}\t0.000000".encode(), f"{ORDER[0]}\t1.000000".encode()).replace(
            f"{ORDER[3]}\t1.000000".encode(), f"{ORDER[3]}\t0.000000".encode()
        ),
        "another weight",
    ),
}


@pytest.mark.parametrize("case", COMMITTED)
def test_proposals_that_say_something_else_than_the_record_are_refused(case: str) -> None:
    given, says = COMMITTED[case]
    changed = altered(EVENTS, "proposals", lambda each: each.update(sha256=maker.sha256(given)))
    assert says in failing(recount(seal(changed), proposals=given))["V26"]


def test_proposals_without_a_check_are_refused() -> None:
    assert "counts on none" in failing(recount(maker.small(), proposals=TEXT))["V26"]


def test_a_certificate_over_a_statement_that_is_no_longer_current_is_refused() -> None:
    """The small record with a check of all its lines, stated and then overtaken by a weighing."""
    small = maker.small_events()
    terms = event("risk_terms", **TERMS | {"missing": 0})
    weighed = event("weighed", "bob", line=maker.IN_NORTH[0], further=0)
    nothing = {"lines": 0, "sufficient": "1.000000", "insufficient": "1.000000", "low": 0, "high": 10}
    said = event("risk", **nothing, decided="not decided", statement="nothing was looked at")
    started = [*small[:9], terms, *small[9:-3]]
    known = seal([*started, said, *small[-3:]], OFFICE)
    assert "V9" not in failing(recount(known))
    assert "stated anew" in failing(recount(seal([*started, said, weighed, *small[-3:]], OFFICE)))["V9"]


# What the office states, whatever happened before.

PLACES = {
    "first-valid": {"place": "zz-example", "kind": "initiative"},
    "none": {"place": "us-mi", "kind": "statute"},
}
MACHINE = ("0.000000", "0.250000", "0.500000", "1.000000")


def worked_case(policy: str, machine: bool, number: int, *, strata: bool = False) -> bytes:
    """Give the record of a case that many things happened to by chance, its risk stated time and again."""
    chance = Random(f"{policy} {machine} {number}")
    memory = cases.Memory()
    desk = cases.desk_of(memory)
    desk.act(cases.opened(**PLACES[policy]), cases.pinned(**PLACES[policy], required=chance.choice([3, 14, 30])))
    desk.act(*cases.intake(cases.frame_lines(40)))
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    ids = [line for line in desk.case().frame.at if desk.case().frame.can_be_drawn(line)]
    weights = {line: chance.choice(MACHINE) for line in ids}
    text = "".join(f"{line}\t{weights[line]}\t0\n" for line in ids).encode()
    terms: Event = {"risk_limit": "0.1", "unlinked": chance.choice([0, 2]), "unlinked_risk": "0.02", "missing": 1}
    desk.act(Act("ann", "roll", {"roll": cases.ROLL, "day": "2026-11-01", "voters": 1_000}))
    if machine:
        body = {"sha256": maker.sha256(text), "lines": len(ids), "made_with": "chance"}
        desk.act(Act("ann", "proposals", body))
        terms["machine"] = {"total": f"{sum(map(Fraction, weights.values())).__float__():.6f}"}
    elif chance.random() < 0.5:
        terms["expected"] = chance.randint(1, 39)
    if chance.random() < 0.3:
        terms["misread"] = {"lines": chance.choice([0, 1, 3]), "risk": "0.01"}
    terms |= {"by_strata": True} if strata else {}
    seed = {"seed": str(number), "throws": 1, "how": "dice", "source": "dice", "present": ["the press"]}
    desk.act(Act("ann", "risk_terms", terms), Act("ann", "seed", seed))
    sizes = {name: len(lines) - 3 for name, lines in desk.case().frame.drawable.items()}
    if policy == "none":
        desk.do(lambda case: [Act("ann", "sample", sample_body(case, sizes, "as ordered"))])
    else:
        cases.sampled(desk)
    lines = order_of(desk.case())
    drawn_lines = [line for line in lines if line in desk.case().sample.lines]  # type: ignore[union-attr]
    outside = [line for line in lines if line not in drawn_lines]
    for line in drawn_lines:
        kind = chance.random()
        voter = chance.choice(["a", "b", "c", ""]) if chance.random() < 0.3 else ""
        if kind < 0.2:
            desk.act(cases.ruled(line, reason="not-registered"))
        elif kind < 0.4 and voter:
            again = cases.ruled(line, reason="duplicate", of=voter)
            desk.act(Act("ann", "decision", {**again.body, "repeats": next(each for each in lines if each != line)}))
        else:
            desk.act(cases.ruled(line, of=voter))
        if chance.random() < 0.97:
            desk.act(Act("bob", "weighed", {"line": line, "further": chance.choice([0, 0, 0, 1, 3])}))
    acts = [
        Act("ann", "corrected", {**cases.ruled(drawn_lines[-1], of="a").body, "why": "x"}),
        Act("ann", "withdrawn", {"voter": cases.voter("b"), "day": "2026-11-03", "ground": "a letter"}),
        *(Act("ann", "struck", {"line": line, "reason": "not-registered", "why": "x"}) for line in outside[:2]),
    ]
    acts[0] = Act("ann", "corrected", {key: value for key, value in acts[0].body.items() if key != "look"})
    for act in (None, *acts):
        if act is not None and not (act.kind == "withdrawn" and "withdrawn" not in desk.case().pinned["reasons"]):  # type: ignore[index]
            desk.act(act)
        desk.do(lambda case: [Act("ann", "risk", risk_said(case, weights if machine else {}))])
    return b"".join(row + b"\n" for row in memory.rows)


def risk_said(case: Case, weights: Mapping[str, str]) -> Event:
    found = examined(case, order_of(case))
    machine = [weights[line] for line in found.lines] if weights else []
    return risk_body(case, found, finding(case, found, machine), machine, "said")


@pytest.mark.parametrize("strata", [False, True])
@pytest.mark.parametrize("machine", [True, False])
@pytest.mark.parametrize("policy", PLACES)
def test_what_the_office_states_holds_in_both_verifiers(
    policy: str, machine: bool, strata: bool, tmp_path: Path
) -> None:
    several = 4 if strata else 8  # a statement by strata takes ten times as long
    records = [worked_case(policy, machine, number, strata=strata) for number in range(several)]
    assert [failing(recount(record)) for record in records] == [{}] * several
    said = [json.loads(line)["body"] for record in records for line in record.splitlines() if b'"kind":"risk"' in line]
    assert len({each["lines"] for each in said}) > 4
    assert len({each["decided"] for each in said}) > 1
    if NODE:
        answers = by_the_page([{"record": record} for record in records], tmp_path)
        assert [page_failing(answer) for answer in answers] == [["V25"]] * several
