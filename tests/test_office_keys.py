"""Keys at the desk: as they come, one's own, or none at all; what is no key of its own is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

ADDRESS = "/account/desk-keys"
LAWS = sorted((Path(__file__).parent.parent / "src/ballotworthy/places").glob("*/law.toml"))


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


def test_ones_own_keys_are_kept_while_all_are_off_until_one_wants_them_as_they_come(office: Office) -> None:
    anna = office.client("anna")
    assert anna.post(ADDRESS, {**usual(), "refuse": "x", "off": "on"}).status_code == 302
    assert (shown_for(anna, "refuse"), keys_on(anna)) == ("x", {"Escape"})
    assert anna.post(ADDRESS, {**usual(), "refuse": shown_for(anna, "refuse")}).status_code == 302
    assert "x" in keys_on(anna)
    assert anna.post(ADDRESS, {**usual(), "refuse": "y", "usual": "usual"}).status_code == 302
    assert (shown_for(anna, "refuse"), "r" in keys_on(anna)) == ("r", True)


def test_no_ground_of_any_place_lacks_a_key_or_has_one_that_acts_on_the_desk(office: Office) -> None:
    from ballotworthy.office.keys import DIGITS, chosen_by
    from ballotworthy.office.models import Account

    assert office.folder.is_dir()  # Django is set up
    laws = [tomllib.loads(each.read_text("utf-8")) for each in LAWS]
    assert len(laws) > 20
    assert max(len(law.get("reasons", {})) for law in laws) <= len(DIGITS)
    assert set(DIGITS).isdisjoint(usual().values())
    anna = Account.objects.get(name="anna")
    anna.keys = {"refuse": "b", "search": "r"}  # kept before it was known that a ground has it
    kept = chosen_by(anna)
    assert (kept["refuse"], kept["search"]) == ("", "r")
    anna.keys = {"refuse": "b"}
    assert chosen_by(anna)["refuse"] == "r"


def shown_for(client: Client, action: str) -> str:
    """Give the key that the page of one's keys shows for an action."""
    found = re.search(rf'name="{action}" value="([^"]*)"', client.get(ADDRESS).content.decode())
    assert found
    return found[1]


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
        ({"lock": "b"}, "Take a capital"),
        *(({"refuse": key}, "is the key of a ground in some places: pressed twice") for key in "cfj"),
    ],
)
def test_what_is_no_key_of_its_own_is_refused(office: Office, said: dict[str, str], words: str) -> None:
    anna = office.client("anna")
    answer = anna.post(ADDRESS, {**usual(), **said})
    assert (answer.status_code, words in text_of(answer)) == (400, True)
    assert "r" in keys_on(anna)
