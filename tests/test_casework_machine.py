"""Any calls in any order: what is written is lawful by a textbook reading of the order, and reads back as it was."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ballotworthy.casework import Act, Desk, all_body, certified_body, counts_body, sample_body, verdict_body
from ballotworthy.errors import BallotworthyError
from ballotworthy.record import read_chain
from cases import OFFICE, ROLL, Clock, Memory, frame_lines, intake, opened, pinned, ruled

LINES = frame_lines(12)
IDS = [f"{line[0]}-{line[1]}" for line in LINES]
SEED = {"seed": "7", "throws": 1, "how": "dice", "source": "a die", "present": ["the press"]}
people = st.sampled_from(["ann", "ann", "bob", "eve"])
lines = st.sampled_from([*IDS[:6], "9-9"])


class AnyOrder(RuleBasedStateMachine):
    """Somebody presses every button at every time."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory()
        self.clock = Clock()
        self.desk = Desk(self.memory, self.clock)
        self.accepted = 0

    def attempt(self, *acts: Act) -> None:
        before = len(self.memory.rows)
        with suppress(BallotworthyError):
            self.desk.act(*acts)
            self.accepted += len(acts)
            assert len(self.memory.rows) == before + len(acts)

    def made(self, kind: str, make: Any) -> None:
        with suppress(BallotworthyError):
            self.desk.do(lambda case: [Act("ann", kind, make(case))])
            self.accepted += 1

    @initialize(far=st.integers(0, 7))
    def start(self, far: int) -> None:
        """Begin somewhere on the straight way, so that the end of it is met often enough."""
        way = (
            self.begin,
            self.take_in,
            self.fix,
            self.name_roll,
            lambda: self.throw("ann"),
            lambda: self.sample(False),
            lambda: self.decide_all("ann"),
        )
        for step in way[:far]:
            step()

    @rule()
    def begin(self) -> None:
        self.attempt(opened(), pinned(required=3))

    @rule()
    def take_in(self) -> None:
        self.attempt(*intake(LINES))

    @rule()
    def fix(self) -> None:
        self.made("frame", lambda case: case.frame.body())

    @rule()
    def name_roll(self) -> None:
        self.attempt(Act("ann", "roll", {"roll": ROLL, "day": "2026-11-01", "voters": 9}))

    @rule(by=people)
    def throw(self, by: str) -> None:
        self.attempt(Act(by, "seed", SEED))

    @rule(every=st.booleans())
    def sample(self, every: bool) -> None:
        self.made("sample", (lambda case: all_body(case, "x")) if every else sample_body)

    @rule(line=lines, by=people, look=st.sampled_from([1, 1, 2]), refuse=st.booleans())
    def decide(self, line: str, by: str, look: int, refuse: bool) -> None:
        self.attempt(ruled(line, by, look, reason="illegible" if refuse else ""))

    @rule(by=people)
    def decide_all(self, by: str) -> None:
        for line in IDS:
            self.attempt(ruled(line, by))

    @rule(line=lines, kind=st.sampled_from(["resolved", "corrected"]))
    def overrule(self, line: str, kind: str) -> None:
        why = {"why": "x"} if kind == "corrected" else {}
        self.attempt(Act("dee", kind, {"line": line, "outcome": "invalid", "reason": "illegible", **why}))

    @rule()
    def count(self) -> None:
        self.made("counts", counts_body)

    @rule()
    def judge(self) -> None:
        self.made("verdict", verdict_body)

    @rule()
    def certify(self) -> None:
        self.made("certified", lambda case: certified_body(case, "plain", OFFICE, second="bob"))

    @rule()
    def reopen(self) -> None:
        self.attempt(Act("ann", "reopened", {"order": "x", "day": "2026-12-01"}))

    @rule()
    def purge(self) -> None:
        self.attempt(
            Act("ann", "purged", {"what": ["names"], "ground": "x", "lawful_from": "2026-11-03", "second": "bob"})
        )

    @invariant()
    def nothing_else_was_written(self) -> None:
        assert len(self.memory.rows) == self.accepted

    def teardown(self) -> None:
        events = list(read_chain(self.memory.rows))
        check_order([event.kind for event in events])
        looks = [(event.body["line"], event.body["look"]) for event in events if event.kind == "decision"]
        assert len(set(looks)) == len(looks)
        first = {
            event.body["line"]: event.by for event in events if event.kind == "decision" and event.body["look"] == 1
        }
        assert all(
            first[event.body["line"]] != event.by
            for event in events
            if event.kind == "decision" and event.body["look"] == 2
        )
        assert all(event.by in ("ann", "bob", "dee") for event in events)
        again = Desk(self.memory, self.clock).case()
        assert (again.link, again.looks, again.standing) == (
            self.desk.case().link,
            self.desk.case().looks,
            self.desk.case().standing,
        )


def check_order(kinds: list[str]) -> None:
    """Read the table of docs/reference/record.md as a person would: line by line, looking back."""
    for at, kind in enumerate(kinds):
        before = kinds[:at]
        closings = [each for each in before if each in ("certified", "reopened")]
        assert (at == 0) == (kind == "opened")
        if kind in ("rules", "frame", "seed"):
            assert kind not in before
        if kind in ("received", "counted", "lines"):
            assert "rules" in before
            assert "frame" not in before
        if kind == "frame":
            assert "lines" in before
        if kind == "seed":
            assert "frame" in before
            assert not {"sample", "decision"} & set(before)
        if kind == "sample":
            assert "frame" in before
        if kind in ("decision", "resolved", "corrected", "counts"):
            assert "sample" in before
            assert not closings or closings[-1] == "reopened" or "sample" in before[before.index("certified") :]
        if kind == "verdict":
            since = before[len(before) - before[::-1].index("counts") :]
            assert not {"sample", "decision", "resolved", "corrected", "withdrawn", "struck"} & set(since)
        if kind == "certified":
            since = before[len(before) - before[::-1].index("verdict") :]
            assert not {"sample", "decision", "resolved", "corrected", "withdrawn", "struck", "counts"} & set(since)
        if kind == "reopened":
            assert closings[-1] == "certified"
        if kind == "purged":
            assert "certified" in before


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_the_machine_can_reach_a_certificate() -> None:
    machine = AnyOrder()
    for step in (machine.begin, machine.take_in, machine.fix, machine.name_roll):
        step()
    machine.throw("ann")
    machine.sample(False)
    machine.decide_all("ann")
    machine.count()
    machine.judge()
    machine.certify()
    assert [event.kind for event in read_chain(machine.memory.rows)][-1] == "certified"
    machine.teardown()
