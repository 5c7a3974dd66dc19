"""The seed in the browser: its ceremony, what was struck, a beacon, and the command that redraws."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import SEED, SLUG, new_case, with_lines

if TYPE_CHECKING:
    from office_site import Office


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
        ({"seed": SEED, "present": "Ada\nBob"}, "say who throws the die"),
        ({"seed": SEED, "present": "Ada\nBob", "rolled": "Cy"}, "say who throws the die"),
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
    assert seed["source"] == "20 throws of a ten-sided die by Ada; struck: 7; struck: 3"
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 409


def test_a_seed_of_a_beacon_is_named_before_its_value_and_entered_by_two(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    enter, name, publish = (f"/cases/{SLUG}/seed/{act}" for act in ("enter", "name", "value"))
    value = {"seed": "AB" * 64, "present": "Ada\nBob"}
    named = {"chain": "nist-2", "round": "1700000", "fingerprint": "confirmed"}
    old = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
    for address, said, words, status in (
        (publish, value, "name the beacon first", 400),
        (name, {**named, "round": "next"}, "a round is a whole number", 400),
        (name, {**named, "fingerprint": ""}, "confirm before a beacon is named", 400),
        (name, {**named, "chain": old, "round": "1"}, "its value exists", 409),
    ):
        answer = manager.post(address, said)
        assert (answer.status_code, words in answer.content.decode()) == (status, True), words
    assert manager.post(name, named).status_code == 302
    assert "<code>nist-2</code>" in manager.get(f"/cases/{SLUG}/seed").content.decode()
    dice = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}
    assert manager.post(enter, dice).status_code == 409
    assert manager.post(publish, {**value, "present": "Ada"}).status_code == 400
    assert manager.post(publish, {**value, "seed": "AB"}).status_code == 400
    assert manager.post(publish, value).status_code == 302
    case = office.room(SLUG).case()
    assert case.seed is not None
    assert (case.seed["seed"], case.seed["how"], case.seed["present"]) == ("ab" * 64, "beacon", ["Ada", "Bob"])
    assert "throws" not in case.seed
