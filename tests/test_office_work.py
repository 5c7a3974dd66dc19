"""The work page: rulings by key, searches, which voter is offered how, and what may not be said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, accept, events, lines_on, rows_of, ruled

if TYPE_CHECKING:
    from office_site import Office


def test_nobody_is_called_not_registered_before_he_was_searched_for(office: Office) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase

    anna = office.client("anna")
    line = lines_on(anna)
    assert ruled(anna, line, reason="not-registered") == 409
    search = f"{WORK}/first/search"
    signer = bench_of(HeldCase.objects.get(slug="demo")).voters.read([0])[0]
    both = f"{signer['house_number']} {signer['last_name']}"
    for typed in (both, "smi"):  # both at once find only whom both fit
        assert anna.post(search, {"line": line, "typed": typed}).status_code == 200
        assert ruled(anna, line, reason="not-registered") == 409
    assert anna.post(search, {"line": line, "typed": "704"}).status_code == 200
    assert ruled(anna, line, reason="not-registered") == 302
    (event,) = events(office, "decision")
    assert (event["body"]["reason"], event["body"]["searches"]) == ("not-registered", ["address", "name"])


def test_where_nobody_fits_name_and_address_those_whom_one_fits_are_searched_and_shown(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    page = anna.post(f"{WORK}/first/search", {"line": line, "typed": "98765 smi"}).text
    assert ("Nobody fits both" in page, rows_of(page) != [], 'data-key="10"' in page) == (True, True, False)
    assert ruled(anna, line, reason="not-registered") == 302


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("smi", "name"), ("ann smi", "name"), ("704", "address"), ("704 oak", "address"), ("oak", "address"),
        ("704 smi", "address name"), ("park", "name"), ("704 park", "address name"), ("elm", "name"), ("?", ""),
    ],
)  # fmt: skip
def test_a_street_of_the_line_is_no_name_and_whatever_else_is_written_in_letters_is_one(
    office: Office, typed: str, kinds: str
) -> None:
    from ballotworthy.office.pages import searched

    assert office.folder.is_dir()  # Django is set up
    found = searched.kinds(typed, {"name": "Ann Parker Smith", "address": "704 Oak Park Av"})
    assert " ".join(found) == kinds


def test_of_a_search_only_its_kind_and_a_keyed_hash_are_kept(office: Office) -> None:
    from ballotworthy.office.models import Search

    anna = office.client("anna")
    line = lines_on(anna)
    anna.post(f"{WORK}/first/search", {"line": line, "typed": "704 Smi"})
    kept = list(Search.objects.values())  # by both, and where nobody fits both by each
    assert kept[0]["digest"] == office.room().voter_key().hashed("search 704 smi")
    assert [word for each in kept for word in ("smi", "704") if word in str({**each, "digest": "", "roll": ""})] == []


@pytest.mark.parametrize(
    "said", [{}, {"row": "-1"}, {"row": "99999999"}, {"row": "x"}, {"reason": "ugly"}, {"reason": "no-signature"}]
)
def test_what_is_no_ruling_enters_nothing(office: Office, said: dict[str, str]) -> None:
    anna = office.client("anna")
    before = office.room().at()
    assert ruled(anna, lines_on(anna), **said) in (400, 409)
    assert office.room().at() == before


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
        ("", "2024-03-06", "active", "which day"),
        ("", "2024-01-01", "active", ""),
        ("", "2024-05-04", "active", "not then"),
    ],
)
def test_a_voter_who_was_not_registered_on_the_day_is_not_accepted_by_the_key_of_a_clear_line(
    signed: str, registered: str, status: str, barred: str
) -> None:
    from ballotworthy.office.pages.side_by_side import keyed, why_none
    from ballotworthy.verbs.case_bench import Candidate

    sides = [
        {"what": "signed, registered", "line": signed, "voter": registered},
        {"what": "status", "line": "", "voter": status},
    ]
    days = None if signed else ("2024-01-01", "2024-05-03")
    (shown,) = keyed([Candidate(7, sides, 0.99, days=days)], 1, lambda _: (), lambda _: False, lambda _: ())
    assert (shown["barred"], shown["first"]) == (barred, barred == "")
    assert why_none([shown], unclear=False) == ("doubtful" if barred else "")
    (shown,) = keyed([Candidate(7, sides, 0.99)], 1, lambda _: (), lambda _: True, lambda _: ())
    assert (shown["withdrew"], shown["first"]) == (True, False)
    (shown,) = keyed([Candidate(7, sides, 0.4)], 1, lambda _: (), lambda _: False, lambda _: ())
    assert [why_none([shown], unclear=True), why_none([shown], unclear=False)] == ["doubtful", "unlikely"]
    (shown,) = keyed([Candidate(7, sides, None)], 1, lambda _: (), lambda _: False, lambda _: ())
    assert why_none([shown], unclear=False) == "untold", "a second look"
    assert why_none([], unclear=False) == "nobody"


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
    assert ruled(anna, line, reason="illegible") == 302
    assert anna.post(retype, said).status_code == 409
