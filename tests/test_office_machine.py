"""Two clerks in any order of acts: no line before both, each acknowledged ruling in the record once, by its clerk."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import roll_of

if TYPE_CHECKING:
    from office_site import Office

CLERKS = st.sampled_from(["anna", "ben"])
LOOKS = st.sampled_from(["first", "first", "second"])
ACTS = st.sampled_from(["accept", "refuse", "not-registered", "nonsense"])


def machine(office: Office) -> type[RuleBasedStateMachine]:
    """Give a machine of clerks at an office."""
    from ballotworthy.office import rooms
    from ballotworthy.office.models import HeldCase, Lease

    class Clerks(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            office.as_filled()
            HeldCase.objects.update(second_share=100)
            self.browsers = {name: office.client(name) for name in ("anna", "ben")}
            self.pages: dict[tuple[str, str], str] = {}
            self.acknowledged: list[tuple[str, int, str, str]] = []

        @rule(name=CLERKS, look=LOOKS)
        def loads_the_desk(self, name: str, look: str) -> None:
            answer = self.browsers[name].get(f"/cases/demo/work/{look}")
            assert answer.status_code == 200
            self.pages[name, look] = answer.content.decode()
            self.is_his_alone(name, look)

        @rule(name=CLERKS, look=LOOKS, act=ACTS)
        def rules_on_what_he_sees(self, name: str, look: str, act: str) -> None:
            page = self.pages.get((name, look), "")
            line = line_of(page)
            if not line:
                return
            row = re.search(r'name="row" value="(\d+)"', page)
            said = {"accept": {"row": row[1]} if row else {"reason": "illegible"}, "refuse": {"reason": "cancelled"},
                    "not-registered": {"reason": "not-registered"}, "nonsense": {"row": "12345678"}}[act]  # fmt: skip
            before = office.room().at().events
            answer = self.browsers[name].post(
                f"/cases/demo/work/{look}/rule",
                {"line": line, "roll": roll_of(page), **said},
                headers={"hx-request": "true"},
            )
            entered = office.room().at().events - before
            assert answer.status_code in (200, 400, 409)
            assert entered == (answer.status_code == 200)
            if answer.status_code == 200:
                outcome = "valid" if "row" in said else "invalid"
                self.acknowledged.append((line, 1 if look == "first" else 2, name, outcome))
                self.pages[name, look] = answer.content.decode()
                self.is_his_alone(name, look)

        @rule(name=CLERKS, look=LOOKS)
        def puts_it_back(self, name: str, look: str) -> None:
            if line := line_of(self.pages.get((name, look), "")):
                self.browsers[name].post(f"/cases/demo/work/{look}/skip", {"line": line})

        @rule(name=CLERKS)
        def leaves_for_lunch(self, name: str) -> None:
            Lease.objects.filter(account__name=name).update(until=rooms.now() - dt.timedelta(seconds=1))

        @rule()
        def another_process_answers_from_now_on(self) -> None:
            rooms._open.clear()

        @rule()
        def somebody_decides_by_command_line(self) -> None:
            from ballotworthy.casework.ruled import RuledLine
            from ballotworthy.verbs.case_decide import decide_lines
            from ballotworthy.verbs.case_work import next_lines

            room = rooms.enter_held(HeldCase.objects.get(slug="demo"), rooms.now)
            (line,) = next_lines(room, person="carla", number=1).lines
            decide_lines(room, [RuledLine(line, "invalid", "illegible")], by="carla")

        def is_his_alone(self, name: str, look: str) -> None:
            """See that the line drawn lies before him and nobody else, and that his second look is another's line."""
            if not (line := line_of(self.pages[name, look])):
                return
            lying = Lease.objects.filter(line=line, look=look, until__gt=rooms.now())
            assert list(lying.values_list("account__name", flat=True)) == [name]
            first = office.room().case().looks.get(line)
            assert (look == "second") == (first is not None)
            assert look == "first" or (first is not None and first.first is not None and first.first.by != name)

        def teardown(self) -> None:
            texts = office.record().splitlines()
            decisions = [
                (event["body"]["line"], event["body"]["look"], event["by"], event["body"]["outcome"])
                for event in map(json.loads, texts)
                if event["kind"] == "decision"
            ]
            assert Counter(self.acknowledged) == Counter(each for each in decisions if each[2] != "carla")
            assert max(Counter(each[:2] for each in decisions).values(), default=0) <= 1
            rooms._open.clear()
            assert office.room().at().events == len(texts)  # it is replayed, each event against the chain and the order

    return Clerks


def line_of(page: str) -> str:
    found = re.search(r'data-line="([^"]*)"', page)
    return found[1] if found else ""


def test_whatever_two_clerks_do_nothing_is_lost_or_given_twice(office: Office) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase

    bench_of(HeldCase.objects.get(slug="demo"), patience=300)
    few: Any = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine(office), settings=few)
