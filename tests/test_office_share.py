"""Lines given by name: who is handed them and who is not, giving them on, and what becomes of them when he goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import accept, lines_on
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

ADMIT, SHARE = "/cases/demo/admit", "/cases/demo/share"


def given(client: Client, **said: str) -> str:
    """Give lines, and what the page then says."""
    return text_of(client.post(SHARE, said, follow=True))


def test_lines_given_by_name_come_to_that_person_first_and_to_nobody_else(office: Office) -> None:
    from ballotworthy.casework.work import order_of_work

    manager, anna, ben = office.client("manager"), office.client("anna"), office.client("ben")
    first, second, third = order_of_work(office.room().case())[:3]
    assert "Lines given to ben: 2." in given(manager, person="ben", number="2")
    assert office.room().case().assigned == {"ben": [first, second]}
    assert (lines_on(anna), lines_on(ben)) == (third, first)
    assert accept(ben, first) == 302
    assert "ben 2 1 " in text_of(manager.get(SHARE))


def test_sheets_and_stratum_choose_the_lines_and_what_was_given_is_not_given_again(office: Office) -> None:
    manager, frame = office.client("manager"), office.room().case().frame
    line = office.room().case().sample.body["strata"][1]["ids"][0]  # type: ignore[union-attr]
    place = frame.line(line)
    said = {"person": "anna", "sheets": f"{place.sheet}-{place.sheet}", "stratum": place.stratum}
    assert "Lines given to anna" in given(manager, **said)
    (lines,) = office.room().case().assigned.values()
    assert line in lines
    assert {(frame.line(each).sheet, frame.line(each).stratum) for each in lines} == {(place.sheet, place.stratum)}
    assert "No line fits that" in given(manager, **said)
    assert "No line fits that" in given(manager, **{**said, "person": "ben"})


def test_what_is_left_with_somebody_who_may_not_decide_any_more_is_given_on(office: Office) -> None:
    manager = office.client("manager")
    given(manager, person="anna", number="3")
    manager.post(ADMIT, {"was:anna": "decide"})
    page = manager.get(SHARE)
    assert "anna does not decide any more: anybody is handed what is left, or give it to another 3 3 0" in text_of(page)
    assert "anna" not in re.findall(r"<option>(\w+)</option>", page.text)
    assert "Lines given to ben: 3." in given(manager, person="ben", of="anna")
    assert lines_on(office.client("ben")) == office.room().case().assigned["anna"][0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose who is given the lines"),
        ({"person": "dora"}, "Choose who is given the lines"),
        ({"person": "anna", "number": "0"}, "Write in digits"),
        ({"person": "anna", "number": "=1+1"}, "Write in digits"),
        ({"person": "anna", "sheets": "9999"}, "There are no such sheets in the frame: 9999."),
        ({"person": "anna", "of": "stranger"}, "No line fits that"),
    ],
)
def test_what_cannot_be_given_is_refused_with_words(office: Office, said: dict[str, str], words: str) -> None:
    assert words in given(office.client("manager"), **said)
    assert office.room().case().assigned == {}


def lying(name: str) -> list[tuple[str, str]]:
    """Give what lies on somebody's desk: lines, each with its look."""
    from ballotworthy.office.models import Lease

    return list(Lease.objects.filter(account__name=name).order_by("pk").values_list("line", "look"))


def gone_back() -> list[tuple[str, int, str, str]]:
    """Give what the office keeps of lines that went back: whose desk, how many, by whom and why."""
    from ballotworthy.office.models import WentBack

    return list(WentBack.objects.order_by("pk").values_list("account__name", "lines", "by", "why"))


def test_what_went_back_is_listed_for_managers_with_its_time_and_names_no_line(office: Office) -> None:
    manager, anna = office.client("manager"), office.client("anna")
    assert "What went back from desks" not in text_of(manager.get(SHARE))
    line, lay, before = lines_on(anna), len(lying("anna")), office.record()
    given(manager, act="back", person="anna")
    _, _, listed = text_of(manager.get(SHARE)).partition("What went back from desks")
    assert re.search(rf"\d\d:\d\d UTC anna {lay} manager put back", listed)
    assert (line in listed, office.record() == before) == (False, True)
    manager.post(ADMIT, {"was:anna": "decide"})  # nothing lies there: nothing is kept
    assert len(gone_back()) == 1


def test_a_manager_puts_back_what_somebody_left_lying_and_the_next_is_handed_it(office: Office) -> None:
    manager, anna, ben = office.client("manager"), office.client("anna"), office.client("ben")
    line = lines_on(anna)
    (held,) = {len(lying("anna"))}
    assert lines_on(ben) != line
    assert "Put back what lies on the desk of anna" in text_of(manager.get(SHARE))
    assert f"Lines put back from the desk of anna: {held}." in given(manager, act="back", person="anna")
    assert "Nothing lies on the desk of anna any more." in given(manager, act="back", person="anna")
    assert gone_back() == [("anna", held, "manager", "put back")]
    assert (lying("anna"), len(lying("ben")) > 0) == ([], True)
    assert accept(anna, line) == 302  # her page lays lines anew: nobody had taken it
    given(manager, act="back", person="ben")
    given(manager, act="back", person="anna")
    left = lines_on(ben)
    assert (
        "was decided, put back, or lay"
        in anna.post("/cases/demo/work/first/rule", {"line": left, "reason": "illegible"}).text
    )
    assert manager.post(SHARE, {"act": "back", "person": "nobody"}).status_code == 404
    assert office.client("ben").post(SHARE, {"act": "back", "person": "anna"}).status_code == 403


def test_who_is_dismissed_leaves_no_line_on_the_desk_and_what_was_given_by_name_is_anybodys(office: Office) -> None:
    manager, anna, ben = office.client("manager"), office.client("anna"), office.client("ben")
    given(manager, person="anna", number="3")
    first = office.room().case().assigned["anna"][0]
    assert lines_on(anna) == first
    lay, others = len(lying("anna")), lines_on(ben)
    assert others not in office.room().case().assigned["anna"]
    told = text_of(manager.post(ADMIT, {"was:anna": "decide"}, follow=True))
    assert f"Lines that went back from the desk of anna: {lay}." in told
    assert "Lines given to anna by name that have no first look: 3." in told
    assert (lying("anna"), gone_back()) == ([], [("anna", lay, "manager", "role lost")])
    given(manager, act="back", person="ben")
    assert lines_on(ben) == first  # as drawn, at once and with nothing given on
    assert office.room().case().assigned == {"anna": [first, *office.room().case().assigned["anna"][1:]]}


def test_a_role_that_is_taken_away_takes_its_lines_from_the_desk_and_leaves_those_of_another(office: Office) -> None:
    from ballotworthy.office.models import Account, HeldCase, Lease
    from ballotworthy.office.rooms import now

    manager, carla = office.client("manager"), office.client("carla")
    roles = " ".join(each for each in ("manage", "decide", "resolve", "certify") if each in
                     office.room().case().people["carla"])  # fmt: skip
    assert {"decide", "resolve"} <= set(roles.split())
    line, left = lines_on(carla), [each for each in roles.split() if each != "decide"]
    held, account = HeldCase.objects.get(slug="demo"), Account.objects.get(name="carla")
    Lease.objects.create(held=held, account=account, line=line, look="again", until=now())
    manager.post(ADMIT, {"was:carla": roles, "may:carla": left})
    assert lying("carla") == [(line, "again")]
    ((who, _, by, why),) = gone_back()
    assert (who, by, why) == ("carla", "manager", "role lost")


def test_closing_an_account_frees_its_desk_and_says_what_the_records_still_hold_of_it(office: Office) -> None:
    manager, anna, ben = office.client("manager"), office.client("anna"), office.client("ben")
    given(manager, person="anna", number="2")
    first = lines_on(anna)
    assert lines_on(ben) not in office.room().case().assigned["anna"]
    given(manager, act="back", person="ben")
    lay = len(lying("anna"))
    told = text_of(manager.post("/people/close", {"name": "anna"}, follow=True))
    assert gone_back()[-1] == ("anna", lay, "manager", "account closed")
    for words in (
        "Lines that went back from the desk of anna: ", "The record of demo still admits anna.",
        "Lines of demo given to anna by name that have no first look: 2.",
    ):  # fmt: skip
        assert words in told
    assert lines_on(ben) == first
    page = manager.get(SHARE)
    assert "anna account closed does not decide any more" in text_of(page)
    assert "anna" not in re.findall(r"<option>(\w+)</option>", page.text)
    assert "anna account closed" in text_of(manager.get(ADMIT))
    more = manager.post(ADMIT, {"was:anna": "decide", "may:anna": ["decide", "certify"]})
    assert (more.status_code, "no role can be given to it" in more.text) == (400, True)
    assert manager.post(ADMIT, {"was:anna": "decide"}).status_code == 302
    assert "anna" not in office.room().case().people
    assert "account closed" not in text_of(manager.get(ADMIT))
