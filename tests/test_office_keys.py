"""Keys at the desk: as they come, one's own, or none at all; what is no key of its own is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

ADDRESS = "/account/desk-keys"


def keys_on(client: Client) -> set[str]:
    """Give the keys that do something at somebody's desk, on the page as it stands."""
    page = client.get(f"{WORK}/first").content.decode()
    return {key for key in re.findall(r'data-(?:key|also|lock-key)="([^"]*)"', page) if key}


def usual() -> dict[str, str]:
    from ballotworthy.office.keys import ACTIONS

    return {action: key for action, (key, _) in ACTIONS.items()}


def test_a_person_has_keys_of_his_own_and_nobody_else_has_them(office: Office) -> None:
    anna, ben = office.client("anna"), office.client("ben")
    assert {"r", "/", "e", "u", "s", "?", "L", "1", "Escape"} <= keys_on(anna)
    assert anna.post(ADDRESS, {**usual(), "refuse": "x", "undo": "", "lock": "K"}).status_code == 302
    own = keys_on(anna)
    assert {"x", "K", "s", "1"} <= own
    assert own & {"r", "u", "L"} == set()
    listed = text_of(anna.get(f"{WORK}/first")).partition("Keys 1 … 9")[2]
    assert ("x refuse: opens" in listed, "take your last" in listed) == (True, False)
    assert {"r", "u", "L"} <= keys_on(ben)
    assert anna.post(ADDRESS, usual()).status_code == 302
    assert {"r", "u", "L"} <= keys_on(anna)


def test_whoever_speaks_to_the_machine_turns_all_keys_of_one_character_off(office: Office) -> None:
    """WCAG 2.2, 2.1.4: a shortcut of one character can be turned off or given another key."""
    anna = office.client("anna")
    assert anna.post(ADDRESS, {**usual(), "off": "on"}).status_code == 302
    assert keys_on(anna) == {"Escape"}
    found = anna.post(f"{WORK}/first/search", {"line": line_of(anna), "typed": "sm"}).content.decode()
    assert set(re.findall(r'data-key="([^"]*)"', found)) == {""}
    assert anna.post(ADDRESS, usual()).status_code == 302
    assert "1" in keys_on(anna)


def line_of(client: Client) -> str:
    found = re.search(r'data-line="([^"]+)"', client.get(f"{WORK}/first").content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"refuse": "1"}, "no digit"),
        ({"refuse": "²"}, "no digit"),
        ({"refuse": "ab"}, "one letter or sign"),
        ({"refuse": "s"}, "the same key"),
        ({"lock": "b"}, "take a capital"),
    ],
)
def test_what_is_no_key_of_its_own_is_refused(office: Office, said: dict[str, str], words: str) -> None:
    anna = office.client("anna")
    answer = anna.post(ADDRESS, {**usual(), **said})
    assert (answer.status_code, words in text_of(answer)) == (400, True)
    assert "r" in keys_on(anna)
