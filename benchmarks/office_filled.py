"""An office filled with a petition of which every line is to be examined, and a session of each of its clerks."""

from __future__ import annotations

import argparse
import random
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.files.tables import read_table
from ballotworthy.verbs.case_scans import CELLS, keep_pictures

CASE = "load"
COMMIT = 5_000
ROWS, ROW_BYTES, CELL_BYTES = 500, 30_000, 8_000
"""Pictures of rows that differ; what one of a row and one of a cell weighs. What they show does not matter here."""


def pictured(room: Room, lines: Path, work: Path) -> Path:
    """Take in pictures of all rows, as `sheets read` writes them; give the lines that say which is whose."""
    for part in ("rows", "cells", "pool"):
        (work / part).mkdir(parents=True)
    shutil.copyfile(lines, work / "lines.csv")
    chance = random.Random("rows")
    for at in range(ROWS):
        (work / "pool" / f"{at}.png").write_bytes(chance.randbytes(ROW_BYTES))
    for at, (sheet, line) in enumerate(read_table(lines).frame.select("sheet", "line").iter_rows()):
        (work / "rows" / f"{sheet}-{line}.png").hardlink_to(work / "pool" / f"{at % ROWS}.png")
    return keep_pictures(room, work, work / "pool").lines


def cut(room: Room, lines: Sequence[str]) -> None:
    """Write pictures of three cells of each of some lines, where `keep_pictures` has them."""
    chance = random.Random("cells")
    for line in lines:
        for name in ("name", "signature", "address"):
            (room.folder / PRIVATE / IMAGES / CELLS / f"{line}-{name}.png").write_bytes(chance.randbytes(CELL_BYTES))


def made(folder: Path, given: argparse.Namespace) -> dict[str, str]:
    """Fill an office, and give a session of each clerk."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.casework.work import order_of_work
    from ballotworthy.office.accounts import make_account
    from ballotworthy.office.demo import FILED, KIND, PLACE
    from ballotworthy.office.rooms import enter_held, folder_of, now
    from ballotworthy.office.started import hold
    from ballotworthy.verbs.case_decide import decide_lines
    from ballotworthy.verbs.case_frame import fix_frame
    from ballotworthy.verbs.case_intake import take_in
    from ballotworthy.verbs.case_open import Opening, open_case
    from ballotworthy.verbs.case_roll import name_roll
    from ballotworthy.verbs.case_sample import choose_sample
    from ballotworthy.verbs.roll import build_snapshot
    from ballotworthy.verbs.simulate import simulate_petition

    names = [f"clerk{at}" for at in range(given.clerks)]
    accounts = [make_account(name, manages=name == "manager") for name in ("manager", *names)]
    for account in accounts:
        account.set_password(secrets.token_urlsafe())
        account.save()
    invented = folder / "invented"
    about = simulate_petition(
        invented, voters=given.voters, lines=given.lines, seed="load", place=PLACE, on=FILED
    ).about
    roll = folder / "rolls" / "load.roll"
    roll.parent.mkdir(mode=0o700)
    build_snapshot(invented / "roll.csv", roll, today=now().date(), taken_on=about["roll_taken_on"])
    people = dict.fromkeys(names, ("decide",))
    open_case(
        folder_of(CASE),
        Opening(case=CASE, office="o", measure="A measure under load", place=PLACE, kind=KIND, on=FILED),
        clock=now,
        by="manager",
        people=people,
    )
    held = hold(CASE)
    room = enter_held(held, now)
    lines = invented / "lines.csv"
    take_in(room, pictured(room, lines, folder / "read") if given.pictured else lines, by="manager")
    fix_frame(room, by="manager")
    name_roll(room, roll, by="manager")
    choose_sample(room, by="manager", every=True, why="the benchmark orders it")
    work = order_of_work(room.case())
    before = work[: given.decided]
    cut(room, work[given.decided :][: given.pictured])
    for at in range(0, len(before), COMMIT):
        decide_lines(room, [RuledLine(line, "invalid", "illegible") for line in before[at : at + COMMIT]], by="manager")
    sessions = {}
    for account in accounts:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        sessions[account.name] = session.session_key
    return sessions
