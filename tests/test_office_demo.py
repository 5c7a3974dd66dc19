"""The demo's pictures: sheets of its petition drawn and cut, bound to the frame; and what is said where none can be."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.casework.work import order_of_work
from office_opened import SLUG, new_case
from office_site import SEED, fix_frame, name_register

if TYPE_CHECKING:
    from pathlib import Path

    from ballotworthy.casework import Case
    from office_site import Office


def counted(case: Case) -> list[int]:
    return [batch.counted["lines"] for batch in case.batches.values() if batch.counted]


def test_the_lines_that_the_desk_shows_first_have_pictures_of_what_was_typed(office: Office) -> None:
    for needed in ("cv2", "rapidocr", "zxingcpp", "fontpkg_kalam"):
        pytest.importorskip(needed, reason="drawing sheets needs the extra scan and a font")
    from ballotworthy.office import demo

    manager = new_case(office)
    filled = demo._take_in(office.room(SLUG), office.folder / "invented", sheets=1, seed=SEED)
    assert (filled.sheets, filled.without) == (1, "")
    assert fix_frame(manager, SLUG) == 302
    assert name_register(manager, SLUG) == 302
    room = office.room(SLUG)
    case = room.case()
    pictured = [line for line in case.frame.lines if line.image]
    assert len(pictured) == filled.lines > 5
    assert counted(case) == [420 - filled.lines, filled.lines]
    first = order_of_work(office.room("demo").case())[0]
    assert first in {line.id for line in pictured}, "it is drawn first by the demo's seed"
    row = b"".join(manager.get(f"/cases/{SLUG}/picture/{first}").streaming_content)
    assert hashlib.sha256(row).hexdigest() == case.frame.line(first).image
    written = [line.id for line in pictured if not line.mark]
    cells = office.folder / "cases" / SLUG / "private" / "images" / "cells"
    assert all((cells / f"{each}-{field}.png").is_file() for each in written for field in ("name", "signature"))
    jobs = manager.get(f"/cases/{SLUG}/jobs").content.decode()
    assert "went wrong" not in jobs, "lines of two batches are judged"
    assert len(re.findall("Matching lines", jobs)) == 1


@pytest.mark.parametrize("missing", ["require_extra", "fonts_in"])
def test_what_is_missing_for_pictures_is_said_and_the_lines_come_in(
    office: Office, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    from ballotworthy.cli.office import _of_pictures
    from ballotworthy.errors import InputError
    from ballotworthy.office import demo, demo_pictures

    def refuse(*_: object) -> None:
        raise InputError("it is not installed. Install it: pip install x")

    monkeypatch.setattr(demo_pictures, missing, refuse)
    new_case(office)
    filled = demo._take_in(office.room(SLUG), office.folder / "invented", sheets=1, seed=SEED)
    assert _of_pictures(filled) == "No line has a picture: it is not installed. Install it: pip install x"
    case = office.room(SLUG).case()
    assert counted(case) == [420]
    assert not any(line.image for line in case.frame.lines)


@pytest.mark.parametrize("day", ["2010-12-30", "2999-01-01"])
def test_a_demo_is_filed_on_no_day_whose_register_is_to_come_and_nothing_is_made(tmp_path: Path, day: str) -> None:
    from ballotworthy.cli.office import demo
    from ballotworthy.errors import InputError

    with pytest.raises(InputError, match="four weeks after that day"):
        demo(tmp_path / "office", filed=day)
    assert not (tmp_path / "office").exists()
