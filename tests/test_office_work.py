"""The work page: lines shared out and never given twice, rulings by key, second looks blind, what may not be said."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

WORK = "/cases/demo/work"


def lines_on(client: Client, look: str = "first") -> str:
    """Give the line that lies on somebody's desk; "" where none does."""
    found = re.search(r'data-line="([^"]*)"', client.get(f"{WORK}/{look}").content.decode())
    assert found
    return found[1]


def ruled(client: Client, line: str, look: str = "first", **said: Any) -> int:
    return client.post(f"{WORK}/{look}/rule", {"line": line, **said}).status_code


def accept(client: Client, line: str, look: str = "first") -> int:
    """Accept the first candidate of a line, or refuse it as illegible where the machine found none."""
    row = rows_of(client.get(f"{WORK}/{look}").content.decode())
    return ruled(client, line, look, **({"row": row[0]} if row else {"reason": "illegible"}))


def rows_of(page: str) -> list[str]:
    return re.findall(r'name="row" value="(\d+)"', page)


def events(office: Office, kind: str) -> Iterator[dict[str, Any]]:
    for text in office.record().splitlines():
        event = json.loads(text)
        if event["kind"] == kind:
            yield event


def second_looks(share: int) -> None:
    from ballotworthy.office.models import HeldCase

    HeldCase.objects.update(second_share=share)


def test_no_line_lies_before_two_people(office: Office) -> None:
    from ballotworthy.office.models import Lease

    people = [office.client(name) for name in ("anna", "ben", "carla", "manager")]
    for turn in range(24):
        client = people[turn % 4]
        assert accept(client, lines_on(client)) == 302
        lines = list(Lease.objects.values_list("line", flat=True))
        assert len(set(lines)) == len(lines)
    decided = [event["body"]["line"] for event in events(office, "decision")]
    assert len(set(decided)) == len(decided) == 24


def test_a_line_left_lying_is_given_to_the_next_and_the_first_can_no_longer_rule_on_it(office: Office) -> None:
    from ballotworthy.office.models import Lease
    from ballotworthy.office.rooms import now

    anna, ben = office.client("anna"), office.client("ben")
    left = lines_on(anna)
    assert lines_on(ben) != left
    Lease.objects.filter(account__name="ben").delete()
    Lease.objects.update(until=now() - dt.timedelta(seconds=1))
    assert lines_on(ben) == left
    assert ruled(anna, left, reason="illegible") == 409
    assert ruled(ben, left, reason="illegible") == 302
    assert [event["by"] for event in events(office, "decision")] == ["ben"]


def test_a_line_that_lay_too_long_and_that_nobody_took_still_lies_there(office: Office) -> None:
    from ballotworthy.office.models import Lease
    from ballotworthy.office.rooms import now

    anna = office.client("anna")
    left = lines_on(anna)
    Lease.objects.update(until=now() - dt.timedelta(seconds=1))
    assert ruled(anna, left, reason="illegible") == 409
    assert lines_on(anna) == left
    assert ruled(anna, left, reason="illegible") == 302


def test_a_page_of_the_desk_asks_the_database_a_few_times_however_many_lines_there_are(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(address: str, **said: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = anna.post(address, said, headers={"HX-Request": "true"}) if said else anna.get(address)
        assert answer.status_code == 200
        return len(queries)

    anna = office.client("anna")
    line = lines_on(anna)
    ruled(anna, line, reason="illegible")  # the first of a desk writes more
    line = lines_on(anna)
    assert asked(f"{WORK}/first/search", line=line, typed="70 s") <= 12
    assert asked(f"{WORK}/first/rule", line=line, reason="illegible") <= 18
    assert asked(f"{WORK}/first") <= 10


def test_a_line_is_decided_once_however_often_the_key_arrives(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    assert [ruled(anna, line, reason="illegible") for _ in range(3)] == [302, 409, 409]
    assert len(list(events(office, "decision"))) == 1


def test_nobody_is_called_not_registered_before_he_was_searched_for(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    assert ruled(anna, line, reason="not-registered") == 409
    search = f"{WORK}/first/search"
    assert anna.post(search, {"line": line, "typed": "smi"}).status_code == 200
    assert ruled(anna, line, reason="not-registered") == 409
    assert anna.post(search, {"line": line, "typed": "704"}).status_code == 200
    assert ruled(anna, line, reason="not-registered") == 302
    (event,) = events(office, "decision")
    assert (event["body"]["reason"], event["body"]["searches"]) == ("not-registered", ["address", "name"])


def test_of_a_search_only_its_kind_and_a_keyed_hash_are_kept(office: Office) -> None:
    from ballotworthy.office.models import Search

    anna = office.client("anna")
    line = lines_on(anna)
    anna.post(f"{WORK}/first/search", {"line": line, "typed": "704 Smi"})
    (kept,) = Search.objects.values()
    assert kept["digest"] == office.room().voter_key().hashed("search 704 smi")
    assert "smi" not in str({**kept, "digest": ""}).lower()


@pytest.mark.parametrize(
    "said", [{}, {"row": "-1"}, {"row": "99999999"}, {"row": "x"}, {"reason": "ugly"}, {"reason": "no-signature"}]
)
def test_what_is_no_ruling_enters_nothing(office: Office, said: dict[str, str]) -> None:
    anna = office.client("anna")
    before = office.room().at()
    assert ruled(anna, lines_on(anna), **said) in (400, 409)
    assert office.room().at() == before


def test_the_line_of_another_desk_cannot_be_ruled_on_or_searched(office: Office) -> None:
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    assert ruled(ben, line, reason="illegible") == 409
    assert ben.post(f"{WORK}/first/search", {"line": line, "typed": "smi"}).status_code == 409


def test_a_second_look_sees_neither_the_first_ruling_nor_what_the_machine_thinks(office: Office) -> None:
    second_looks(100)
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    first = anna.get(f"{WORK}/first").content.decode()
    assert ('class="chance"' in first, "<summary>Why</summary>" in first) == (True, True)
    assert accept(anna, line) == 302
    assert lines_on(anna, "second") == ""
    assert lines_on(ben, "second") == line
    page = ben.get(f"{WORK}/second").content.decode()
    assert [word for word in ("chance", "Why</summary>", "evidence", "anna", 'data-also="a"') if word in page] == []
    assert set(rows_of(page)) == set(rows_of(first))


def test_what_two_people_see_differently_goes_to_a_third(office: Office) -> None:
    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    line = lines_on(anna)
    row = rows_of(anna.get(f"{WORK}/first").content.decode())[0]
    assert ruled(anna, line, row=row) == 302
    assert lines_on(carla, "second") == line
    assert "Lines that two people are to look at" not in manager.get("/cases/demo").content.decode()  # work is open
    assert ruled(carla, line, "second", reason="different-address") == 302
    assert lines_on(carla, "third") == ""
    assert lines_on(manager, "third") == line
    page = manager.get(f"{WORK}/third").content.decode()
    ground = office.room().case().rules.reasons["different-address"].words
    assert ("anna" in page, "carla" in page, page.count(ground)) == (True, True, 2)  # as ruled, and as a key
    assert page.count("The first look chose this voter") == 1
    assert page.index("The first look chose") < page.index(f'name="row" value="{rows_of(page)[1]}"')
    assert "chose this voter" not in carla.get(f"{WORK}/first").content.decode()
    assert ruled(manager, line, "third", row=row) == 302
    (event,) = events(office, "resolved")
    assert (event["by"], event["body"]["outcome"]) == ("manager", "valid")


def test_two_people_who_chose_different_voters_do_not_look_alike(office: Office) -> None:
    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    line = lines_on(anna)
    rows = rows_of(anna.get(f"{WORK}/first").content.decode())
    assert ruled(anna, line, row=rows[0]) == 302
    assert lines_on(carla, "second") == line
    assert ruled(carla, line, "second", row=rows[1]) == 302
    page = manager.get("/cases/demo/differing").content.decode()
    assert ("valid, one voter" in page, "valid, another voter" in page) == (True, True)
    spanish = manager.get("/cases/demo/differing", headers={"Accept-Language": "es"}).content.decode()
    assert ("decidida primero: válida" in spanish, "primera revisión: anna" in spanish) == (True, True)
    page = manager.get(f"{WORK}/third").content.decode()
    for look, row in (("first", rows[0]), ("second", rows[1])):
        after = page.index(f'name="row" value="{row}"')
        assert page.index("chose this voter", after) == page.index(f"The {look} look chose", after) + len(
            f"The {look} look "
        )
    found = manager.post(f"{WORK}/third/search", {"line": line, "typed": "sm"}).content.decode()
    assert rows_of(found)


@pytest.mark.parametrize("share", [0, 30, 100])
def test_so_many_of_a_hundred_lines_get_a_second_look(office: Office, share: int) -> None:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import board_of

    second_looks(share)
    board, case = board_of(HeldCase.objects.get(slug="demo")), office.room().case()
    chosen = sum(board.wants_second(line) for line in case.frame.at)
    assert abs(chosen / len(case.frame.at) - share / 100) <= (0.08 if 0 < share < 100 else 0)


def test_a_ruling_taken_back_is_corrected_by_a_new_event(office: Office) -> None:
    manager = office.client("manager")
    line = lines_on(manager)
    row = rows_of(manager.get(f"{WORK}/first").content.decode())[0]
    assert ruled(manager, line, reason="illegible") == 302
    assert manager.post("/cases/demo/undo").headers["Location"] == f"{WORK}/again"
    assert lines_on(manager, "again") == line
    assert ruled(manager, line, "again", row=row) == 302
    assert [event["body"]["outcome"] for kind in ("decision", "corrected") for event in events(office, kind)] == [
        "invalid",
        "valid",
    ]
    ruling = office.room().case().ruling(line)
    assert ruling is not None
    assert ruling.outcome == "valid"


def test_whoever_resolves_looks_up_a_line_and_rules_on_it_anew_and_says_what_was_wrong(office: Office) -> None:
    anna, carla = office.client("anna"), office.client("carla")
    line = lines_on(anna)
    row = rows_of(anna.get(f"{WORK}/first").content.decode())[0]
    ruled(anna, line, reason="illegible")
    ruled(anna, lines_on(anna), reason="illegible")  # it is not her last one any more
    assert anna.get("/cases/demo/line").status_code == 403
    shown = carla.get("/cases/demo/line", {"line": line}).content.decode()
    assert ("anna" in shown, "Lay it on my desk" in shown) == (True, True)
    wrong = {"line": line, "why": "a wrong key, seen by anna"}
    assert carla.post("/cases/demo/line", {**wrong, "why": " "}).status_code == 400
    assert carla.post("/cases/demo/line", {"line": "999-1", "why": "none such"}).status_code == 400
    assert carla.post("/cases/demo/line", wrong).headers["Location"] == f"{WORK}/again"
    assert office.client("manager").post("/cases/demo/line", wrong).status_code == 409
    assert (lines_on(carla, "again"), ruled(carla, line, "again", row=row)) == (line, 302)
    said = next(events(office, "corrected"))
    assert (said["by"], said["body"]["outcome"], said["body"]["why"]) == ("carla", "valid", wrong["why"])


def test_a_voter_who_stands_on_another_line_is_said_before_the_key_is_taken(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.casework.work import order_of_work
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_bench import line_at_hand, standing_in, voter_of
    from ballotworthy.verbs.case_decide import decide_lines

    room, bench = office.room(), bench_of(HeldCase.objects.get(slug="demo"))
    first, second = order_of_work(room.case())[:2]
    best = line_at_hand(bench, room.case(), second, standing_in(room)).candidates[0]
    decide_lines(room, [RuledLine(first, "valid", voter_id=voter_of(bench, best.row))], by="anna")
    ben = office.client("ben")
    assert lines_on(ben) == second
    assert f"on line {first}" in ben.get(f"{WORK}/first").content.decode()


def test_a_line_put_back_comes_after_the_rest_of_the_desk(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    assert anna.post(f"{WORK}/first/skip", {"line": line}).status_code == 302
    assert lines_on(anna) != line
    from ballotworthy.office.models import Lease

    assert list(Lease.objects.order_by("pk").values_list("line", flat=True))[-1] == line


def test_more_searches_than_a_person_makes_have_to_wait(office: Office) -> None:
    from unittest.mock import patch

    from django.core.cache import cache

    from ballotworthy.office.pages.work import SEARCHES_A_MINUTE

    anna = office.client("anna")
    line = lines_on(anna)
    with patch("ballotworthy.office.pages.work.SEARCHES_A_MINUTE", 3):
        tried = [anna.post(f"{WORK}/first/search", {"line": line, "typed": "smi"}).status_code for _ in range(8)]
    assert 409 in tried, "more than three of eight fall into one minute, even where it ends among them"
    assert SEARCHES_A_MINUTE > 3
    cache.clear()


def test_while_the_lines_are_being_laid_out_the_case_stays_open_and_the_desk_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from ballotworthy.office import benches

    gate, really = Event(), benches.lay_out
    monkeypatch.setattr(benches.bench_of, "__defaults__", (0.05,))

    def slow(asked: Any) -> Any:
        assert gate.wait(20)
        return really(asked)

    monkeypatch.setattr(benches, "lay_out", slow)
    anna = office.client("anna")
    waits = anna.get(f"{WORK}/first")
    assert (waits.status_code, waits.headers["Refresh"]) == (503, "3")
    assert anna.get("/cases/demo").status_code == 200
    gate.set()
    laying = next(iter(benches._laid.values()))
    assert laying.done.wait(20)
    assert anna.get(f"{WORK}/first").status_code == 200


@pytest.mark.usefixtures("office_site")
@pytest.mark.parametrize(
    ("line", "voter", "marked"),
    [
        ("213 View Street", "213 VIEW ST", []),
        ("12 N Oak Av.", "12 NORTH OAK AVE", []),
        ("1 Elm St", "1 ELM CT", ["St", "CT"]),
    ],
)
def test_what_only_spells_the_same_street_otherwise_is_not_marked(line: str, voter: str, marked: list[str]) -> None:
    from ballotworthy.office.pages.side_by_side import _words

    assert re.findall(r"<mark>(.*?)</mark>", _words(line, voter) + _words(voter, line)) == marked


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("signed", "registered", "status", "barred"),
    [
        ("2024-03-05", "2020-01-01", "active", ""),
        ("2024-03-05", "2020-01-01", "inactive 2023-01-01", ""),
        ("2024-03-05", "2024-03-05", "active", ""),
        ("2024-03-05", "2024-03-06", "active", "not then"),
        ("2024-03-05", "2020-01-01", "cancelled 2024-03-05", "not then"),
        ("2024-03-05", "2020-01-01", "cancelled 2024-03-06", ""),
        ("2024-03-05", "2020-01-01", "cancelled", "since when"),
        ("", "2020-01-01", "cancelled 2024-03-06", "since when"),
        ("2024-03-05", "2020-01-01", "pending", "since when"),
    ],
)
def test_a_voter_who_was_not_registered_on_the_day_is_not_accepted_by_the_key_of_a_clear_line(
    signed: str, registered: str, status: str, barred: str
) -> None:
    from ballotworthy.office.pages.side_by_side import keyed
    from ballotworthy.verbs.case_bench import Candidate

    sides = [
        {"what": "signed, registered", "line": signed, "voter": registered},
        {"what": "status", "line": "", "voter": status},
    ]
    (shown,) = keyed([Candidate(7, sides, 0.99)], 1, lambda _: (), lambda _: False)
    assert (shown["barred"], shown["first"]) == (barred, barred == "")
    (shown,) = keyed([Candidate(7, sides, 0.99)], 1, lambda _: (), lambda _: True)
    assert (shown["withdrew"], shown["first"]) == (True, False)


def test_a_line_that_was_decided_elsewhere_is_gone_from_the_desk(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import enter_held, now
    from ballotworthy.verbs.case_decide import decide_lines

    second_looks(100)
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    other = enter_held(HeldCase.objects.get(slug="demo"), now)  # another process
    decide_lines(other, [RuledLine(line, "invalid", "illegible")], by="carla")
    assert lines_on(anna) not in ("", line)
    assert lines_on(ben, "second") == line
    decide_lines(other, [RuledLine(line, "invalid", "cancelled")], by="manager", look=2)
    assert lines_on(ben, "second") == ""


def test_a_cell_typed_anew_is_matched_at_once_and_the_record_holds_no_text_of_it(office: Office) -> None:
    anna, line = office.client("anna"), ""
    while not rows_of(page := anna.get(f"{WORK}/first").content.decode()):
        accept(anna, lines_on(anna))
    line, chance = lines_on(anna), re.search(r'class="chance"[^>]*>[^<]+', page)
    right = re.search(r'name="cell-name" value="([^"]*)"', page)
    assert right
    assert chance
    retype, said = f"{WORK}/first/retype", {"line": line, "why": "misread", "cell-name": "Qwzx Vbnmtr"}
    assert anna.post(retype, {**said, "why": " "}).status_code == 400
    assert office.client("ben").post(retype, said).status_code == 409
    assert anna.post(retype, {"line": line, "why": "misread"}).status_code == 400
    assert anna.post(retype, said, headers={"HX-Request": "true"}).status_code == 200
    typed = anna.get(f"{WORK}/first").content.decode()
    assert ("Qwzx" in typed, "Typed anew by anna: name" in typed, chance[0] in typed) == (True, True, False)
    assert anna.post(retype, {**said, "cell-name": right[1]}).status_code == 302
    again = anna.get(f"{WORK}/first").content.decode()
    assert (rows_of(again), chance[0] in again) == (rows_of(page), True)
    record = office.record().decode()
    assert (record.count('"kind":"retyped"'), "Qwzx" in record) == (2, False)
    assert anna.post(f"{WORK}/first/rule", {"line": line, "reason": "illegible"}).status_code == 302
    assert anna.post(retype, said).status_code == 409
