"""An office filled with an invented petition, ready to be decided: lines in, frame fixed, seed thrown, sample drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from ballotworthy.casework.bound_lines import LINES as LINES_FILE
from ballotworthy.casework.bound_lines import ROWS
from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError
from ballotworthy.office.accounts import make_account
from ballotworthy.office.demo_pictures import TYPED, cut_sheets
from ballotworthy.office.rooms import enter_held, folder_of, now
from ballotworthy.office.started import MANAGER, hold
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import Promise, take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_scans import keep_pictures
from ballotworthy.verbs.case_seed import enter_seed
from ballotworthy.verbs.roll import build_snapshot
from ballotworthy.verbs.simulate import simulate_petition

SLUG = "demo"
PLACE, KIND, FILED = "zz-example", "initiative", dt.date(2024, 5, 3)
VOTERS, LINES = 20_000, 1_500
SHEETS = 6
"""Of which pictures are drawn, a second each: the first lines of the desk stand on them."""
INVENTED_BY = "office"
SEED = "14142135623730950488"
"""Digits of the root of two: the first lines that it draws are clear ones, and the fourth is to be refused."""
PEOPLE = {"anna": ("decide",), "ben": ("decide",), "carla": ("decide", "resolve"), "dora": ("certify",)}
OBSERVER = "otto"


@dataclass(frozen=True)
class Filled:
    """What has pictures: so many sheets, and lines on them; `without` says why none has, where none has."""

    sheets: int
    lines: int
    without: str = ""


def fill(
    folder: Path,
    *,
    voters: int = VOTERS,
    lines: int = LINES,
    sheets: int = SHEETS,
    filed: dt.date = FILED,
    seed: str = SEED,
) -> Filled:
    """Invent a petition and take it as far as the sample; accounts of five colleagues wait for their links.

    The truth of the invention lies beside the cases, in `invented/truth.csv`.

    Args:
        folder: the office's.
        voters, lines: how many are invented.
        sheets: so many of its sheets have pictures, where they can be drawn.
        filed: the filing day, around which all days of the invention lie.
        seed: of the draw.
    """
    for name in (MANAGER, *PEOPLE, OBSERVER):
        make_account(name, manages=name == MANAGER)
    invented = folder / "invented"
    about = simulate_petition(
        invented, voters=voters, lines=lines, seed=INVENTED_BY, place=PLACE, on=filed, dates_required=True
    ).about
    roll = folder / "rolls" / "demo.roll"
    roll.parent.mkdir(mode=0o700, exist_ok=True)
    build_snapshot(invented / "roll.csv", roll, today=now().date(), taken_on=about["roll_taken_on"])
    open_case(
        folder_of(SLUG),
        Opening(
            case="demo",
            office="The invented office of the demo",
            measure="An invented initiative of Exampleland",
            place=PLACE,
            kind=KIND,
            on=filed,
            disclosure="public",
        ),
        clock=now,
        by=MANAGER,
        people=PEOPLE,
    )
    room = enter_held(hold(SLUG, (OBSERVER,), public=True), now)
    filled = _take_in(room, invented, sheets, seed)
    fix_frame(room, by=MANAGER)
    name_roll(room, roll, by=MANAGER)
    enter_seed(room, seed, by=MANAGER, how="dice", source="20 throws of an invented die", present=["anna", "ben"])
    choose_sample(room, by=MANAGER)
    return filled


def _take_in(room: Room, invented: Path, sheets: int, seed: str) -> Filled:
    """Take the lines in: in one batch, or those of sheets with pictures in a second one."""
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        work, done, without = Path(folder), 0, "none was asked for."
        if sheets:
            try:
                done = cut_sheets(invented, work, seed=INVENTED_BY, drawn_by=seed, sheets=sheets)
                without = "" if done else "of no sheet that was drawn were the rows found."
            except InputError as error:  # something that drawing needs is not installed
                without = str(error)
        if not done:
            take_in(room, invented / LINES_FILE, by=MANAGER)
            return Filled(0, 0, without)
        take_in(room, work / TYPED, by=MANAGER)
        scans = keep_pictures(room, work, work / ROWS)
        taken = take_in(room, scans.lines, by=MANAGER, promise=Promise(batch="2"))
        return Filled(done, taken.lines)
