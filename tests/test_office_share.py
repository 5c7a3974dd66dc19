"""Lines given by name: who is handed them and who is not, what is open of them, and giving them on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from test_office_newcomer import text_of
from test_office_work import accept, lines_on

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

SHARE = "/cases/demo/share"


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
    assert "ben 2 1" in text_of(manager.get(SHARE))


def test_sheets_and_stratum_choose_the_lines_and_what_was_given_is_not_given_again(office: Office) -> None:
    manager, frame = office.client("manager"), office.room().case().frame
    line = office.room().case().sample.body["strata"][1]["ids"][0]  # type: ignore[union-attr]
    place = frame.line(line)
    said = {"person": "anna", "sheets": f"{place.sheet}-{place.sheet}", "stratum": place.stratum}
    assert "Lines given to anna" in given(manager, **said)
    (lines,) = office.room().case().assigned.values()
    assert line in lines
    assert {(frame.line(each).sheet, frame.line(each).stratum) for each in lines} == {(place.sheet, place.stratum)}
    assert "no line fits that" in given(manager, **said)
    assert "no line fits that" in given(manager, **{**said, "person": "ben"})


def test_what_is_left_with_somebody_who_may_not_decide_any_more_is_given_on(office: Office) -> None:
    manager = office.client("manager")
    given(manager, person="anna", number="3")
    manager.post("/cases/demo/admit", {"was:anna": "decide"})
    page = manager.get(SHARE)
    assert "anna may not decide any more: give what is left to another 3 3" in text_of(page)
    assert "anna" not in re.findall(r"<option>(\w+)</option>", page.text)
    assert "Lines given to ben: 3." in given(manager, person="ben", of="anna")
    assert lines_on(office.client("ben")) == office.room().case().assigned["anna"][0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "choose who is given the lines"),
        ({"person": "dora"}, "choose who is given the lines"),
        ({"person": "anna", "number": "0"}, "write in digits"),
        ({"person": "anna", "number": "=1+1"}, "write in digits"),
        ({"person": "anna", "sheets": "9999"}, "there are no such sheets in the frame: 9999."),
        ({"person": "anna", "of": "stranger"}, "no line fits that"),
    ],
)
def test_what_cannot_be_given_is_refused_with_words(office: Office, said: dict[str, str], words: str) -> None:
    assert words in given(office.client("manager"), **said)
    assert office.room().case().assigned == {}
