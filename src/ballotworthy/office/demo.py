"""An office filled with an invented petition, ready to be decided: lines in, frame fixed, seed thrown, sample drawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ballotworthy.office.accounts import make_account
from ballotworthy.office.rooms import enter_held, folder_of, now
from ballotworthy.office.started import MANAGER, hold
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_seed import enter_seed
from ballotworthy.verbs.roll import build_snapshot
from ballotworthy.verbs.simulate import simulate_petition

SLUG = "demo"
PLACE, KIND, FILED = "zz-example", "initiative", dt.date(2024, 5, 3)
VOTERS, LINES = 20_000, 1_500
SEED = "27182818284590452353"
PEOPLE = {"anna": ("decide",), "ben": ("decide",), "carla": ("decide", "resolve"), "dora": ("certify",)}
OBSERVER = "otto"


def fill(folder: Path, *, voters: int = VOTERS, lines: int = LINES) -> None:
    """Invent a petition and take it as far as the sample; accounts of five colleagues wait for their links.

    The truth of the invention lies beside the cases, in `invented/truth.csv`.
    """
    for name in (MANAGER, *PEOPLE, OBSERVER):
        make_account(name, manages=name == MANAGER)
    invented = folder / "invented"
    about = simulate_petition(
        invented, voters=voters, lines=lines, seed="office", place=PLACE, on=FILED, dates_required=True
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
            on=FILED,
            disclosure="public",
        ),
        clock=now,
        by=MANAGER,
        people=PEOPLE,
    )
    room = enter_held(hold(SLUG, (OBSERVER,), public=True), now)
    take_in(room, invented / "lines.csv", by=MANAGER)
    fix_frame(room, by=MANAGER)
    name_roll(room, roll, by=MANAGER)
    enter_seed(room, SEED, by=MANAGER, how="dice", source="20 throws of an invented die", present=["anna", "ben"])
    choose_sample(room, by=MANAGER)
