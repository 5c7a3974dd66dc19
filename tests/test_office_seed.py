"""The seed in the browser: its ceremony, what was struck, a beacon, and the command that redraws."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import SEED, SLUG, new_case, with_lines

if TYPE_CHECKING:
    from office_site import Office


ADMITTED = {"was:anna": "", "may:anna": "decide", "was:otto": "", "may:otto": "observe"}


@pytest.mark.skipif(shutil.which("awk") is None, reason="there is no awk")
def test_the_command_on_the_wall_redraws_the_lines_shown(office: Office, tmp_path: Path) -> None:
    from ballotworthy.office.pages.seed import redraw_command
    from ballotworthy.petition import frame_text

    case = office.room().case()
    (tmp_path / "frame.tsv").write_text(frame_text(case.frame.lines), "utf-8")
    assert case.seed is not None
    assert case.sample is not None
    command = redraw_command(case, case.seed["seed"])
    drawn = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    first = case.sample.body["strata"][0]
    assert first["stratum"] == sorted(case.frame.drawable)[0]
    assert drawn.split() == first["ids"][:10]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"seed": "123"}, "20 digits"),
        ({"seed": SEED, "present": "Ada"}, "two people"),
        ({"seed": SEED, "present": "Ada; compared before by eve\nBob"}, "without a semicolon"),
        ({"seed": SEED, "present": "Ada\nB\u3164"}, "it holds U+3164"),
        ({"seed": SEED, "present": "Ada\nBob"}, "Say who throws the die"),
        ({"seed": SEED, "present": "Ada\nBob", "rolled": "Cy"}, "Say who throws the die"),
        ({"seed": SEED, "present": "Ada\nBob", "rolled": "bob"}, "confirm"),
        ({"seed": "³" * 20, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}, "digits"),
    ],
)
def test_a_seed_without_its_ceremony_is_refused(office: Office, said: dict[str, str], words: str) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    answer = manager.post(f"/cases/{SLUG}/seed/enter", said)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert all(name in answer.content.decode() for name in (said.get("seed", ""), said.get("present", "")))
    assert office.room(SLUG).case().seed is None


def test_what_was_struck_at_the_dice_stands_in_the_record(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    said = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed", "struck": "7 x 3"}
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 302
    seed = office.room(SLUG).case().seed
    assert seed is not None
    assert seed["source"] == (
        "20 throws of a ten-sided die by Ada; struck: 7; struck: 3; "
        "fingerprint, lines and strata compared before by two of those present, as manager has confirmed"
    )
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 409


def test_a_seed_of_a_beacon_is_named_before_its_value_and_entered_by_two(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    enter, name, publish = (f"/cases/{SLUG}/seed/{act}" for act in ("enter", "name", "value"))
    value = {"seed": "AB" * 64, "present": "Ada\nBob"}
    named = {"chain": "nist-2", "round": "1700000", "fingerprint": "confirmed"}
    old = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
    for address, said, words, status in (
        (publish, value, "Name the beacon first", 400),
        (name, {**named, "round": "next"}, "A round is a whole number", 400),
        (name, {**named, "fingerprint": ""}, "Confirm before a beacon is named", 400),
        (name, {**named, "chain": old, "round": "1"}, "its value exists", 409),
    ):
        answer = manager.post(address, said)
        assert (answer.status_code, words in answer.content.decode()) == (status, True), words
    assert manager.post(name, named).status_code == 302
    assert "<code>nist-2</code>" in manager.get(f"/cases/{SLUG}/seed").content.decode()
    dice = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}
    refused = manager.post(enter, dice)
    assert (refused.status_code, ">Ada\nBob</textarea>" in refused.content.decode()) == (409, True)
    assert manager.post(publish, {**value, "present": "Ada"}).status_code == 400
    assert manager.post(publish, {**value, "seed": "AB"}).status_code == 400
    assert manager.post(publish, value).status_code == 302
    case = office.room(SLUG).case()
    assert case.seed is not None
    assert (case.seed["seed"], case.seed["how"], case.seed["present"]) == ("ab" * 64, "beacon", ["Ada", "Bob"])
    assert "throws" not in case.seed


def test_two_accounts_compare_what_is_fixed_and_the_minutes_say_who_and_when(office: Office) -> None:
    manager, anna = new_case(office), office.client("anna")
    with_lines(office, manager)
    wall, compare, enter = (f"/cases/{SLUG}/seed{act}" for act in ("", "/compare", "/enter"))
    assert anna.post(compare, {"signed": "anna"}).status_code == 404, "she is not of this case"
    assert manager.post(f"/cases/{SLUG}/admit", ADMITTED).status_code == 302
    assert office.client("otto").post(compare, {"signed": "otto"}).status_code == 403, "the record does not know him"
    for who, name, status in (
        (manager, "anna", 400), (manager, "manager", 302), (manager, "manager", 409), (anna, "anna", 302),
        (office.client("carla"), "carla", 404),
    ):  # fmt: skip
        assert who.post(compare, {"signed": name}).status_code == status, name
    for may, said in ({"was:anna": "decide"}, 1), (ADMITTED, 1):
        assert manager.post(f"/cases/{SLUG}/admit", may).status_code == 302
        assert manager.get(wall).content.decode().count("Compared, and the same") == said, "she compares anew"
    assert anna.post(compare, {"signed": "anna"}).status_code == 302
    page = manager.get(wall).content.decode()
    assert (page.count("Compared, and the same"), 'name="fingerprint"' in page.partition("<details")[0]) == (2, False)
    assert manager.post(enter, {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada"}).status_code == 302
    assert anna.post(compare, {"signed": "anna"}).status_code == 409, "the seed stands"
    seed = office.room(SLUG).case().seed
    assert seed is not None
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"
    assert re.fullmatch(
        r"20 throws of a ten-sided die by Ada; fingerprint, lines and strata compared before by "
        rf"manager \({when}\) and anna \({when}\), each with an account of their own", seed["source"],
    )  # fmt: skip
    minutes = manager.get(wall).content.decode().partition("Minutes</h2>")[2]
    assert re.search(rf"The frame was fixed: {when}, <strong>manager</strong>", minutes)
    assert re.search(rf"The seed was entered: {when}, <strong>manager</strong>", minutes)
    assert [f'<p class="signs">{name}</p>' in minutes for name in ("Ada", "Bob", "Cy")] == [True, True, False]


def test_where_two_manage_a_case_no_die_is_thrown_before_both_have_signed(office: Office) -> None:
    manager, ben = new_case(office), office.client("ben")
    with_lines(office, manager)
    assert manager.post(f"/cases/{SLUG}/admit", {"was:ben": "", "may:ben": ["manage", "decide"]}).status_code == 302
    assert manager.post(f"/cases/{SLUG}/admit", ADMITTED).status_code == 302
    wall, compare, enter, name = (f"/cases/{SLUG}/seed{act}" for act in ("", "/compare", "/enter", "/name"))
    said = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}
    named = {"chain": "nist-2", "round": "1700000", "fingerprint": "confirmed"}
    assert office.client("anna").post(compare, {"signed": "anna"}).status_code == 409, "two manage it, and not she"
    for signs in (manager, ben):
        assert "seed/enter" not in manager.get(wall).content.decode()
        assert (manager.post(enter, said).status_code, manager.post(name, named).status_code) == (409, 409)
        assert signs.post(compare, {"signed": "manager" if signs is manager else "ben"}).status_code == 302
    assert "seed/enter" in manager.get(wall).content.decode()
    assert office.client("manager").post(enter, said).status_code == 302


def test_minutes_of_a_seed_from_elsewhere_do_not_say_that_anybody_compared(office: Office) -> None:
    page = office.client("manager").get("/cases/demo/seed").content.decode()
    assert "The record does not say who compared the fingerprint before." in page
    assert "The sample was drawn" in page
