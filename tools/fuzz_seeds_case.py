"""A small sound case's own folder, keys, backup and tables of rulings, and a check's folder: more for `fuzz.py`."""

from __future__ import annotations

from pathlib import Path

from case_by_verbs import noon
from fuzz_seed import Seed, seed_of, written

from ballotworthy.casework import sealed
from ballotworthy.casework.retyped import read_cells
from ballotworthy.casework.room import enter
from ballotworthy.casework.ruled import read_restored, read_rulings
from ballotworthy.record.keys import make_office_key, open_office_key
from ballotworthy.risk_check.asked import Asked
from ballotworthy.risk_check.proposals import read_proposals
from ballotworthy.risk_check.rulings_file import read_rulings as read_looks
from ballotworthy.risk_check.running import open_check
from ballotworthy.sufficiency.strike import read_struck
from ballotworthy.verbs.case_recover import recover_case
from ballotworthy.verbs.case_risk_weigh import read_weighings
from ballotworthy.verbs.case_status import status_of_case
from ballotworthy.verbs.risk_seed import seed_risk_check
from ballotworthy.verbs.risk_start import start_risk_check

PASSPHRASE = "six words of an invented tale"  # noqa: S105 # of an invented backup
IDS = ["1-1", "1-2"]
TABLES = {
    "rulings": ("line,outcome,reason,voter_id,repeats\n1-1,valid,,7,\n1-2,invalid,duplicate,7,1-1\n", read_rulings),
    "restored": ("sheet,line,voter_id\n1,1,7\n1,2,\n", read_restored),
    "weighings": ("sheet,line,further\n1,1,0\n1,2,3\n", read_weighings),
    "cells": ("sheet,line,field,text\n1,1,name,Ann Lee\n1,2,name,\n", read_cells),
    "struck": ("stratum,line,was\nall,1-1,valid\n", read_struck),
    "looks": ("sheet,line,ruling,links\n1,1,valid,\n1,2,invalid,\n", read_looks),
    "proposals": ("sheet,line,weight,signer\n1,1,0.9,a\n1,2,0.5,a\n", lambda path: read_proposals(path, IDS)),
}  # fmt: skip


def case_folders(folder: Path, case: Path) -> list[Seed]:
    """Make the seeds in a folder, from a case that has gone its way."""
    folder.mkdir()
    found = [seed_of(name, written(folder / f"{name}.csv", text), read) for name, (text, read) in TABLES.items()]
    key = folder / "office.key"
    make_office_key(key)
    sealed.COST = 1 << 8  # a thousandth of the work; the cost stands in the file
    with (folder / "case.backup").open("wb") as out:
        names = [str(path.relative_to(case)) for path in sorted(case.rglob("*")) if path.is_file()]
        sealed.seal_folder(case, names, out, PASSPHRASE)
    return [
        *found,
        seed_of("office key", key, open_office_key),
        seed_of("backup", folder / "case.backup", _recovered),
        seed_of("case folder", case, _status),
        seed_of("risk check", _check(folder / "risk"), open_check),
    ]


def _recovered(path: Path) -> object:
    return recover_case(path, path.parent / "recovered", passphrase=PASSPHRASE, clock=noon)


def _status(path: Path) -> object:
    return status_of_case(enter(path, noon))


def _check(folder: Path) -> Path:
    folder.mkdir()
    lines = written(folder / "frame.txt", "".join(f"1-{at}\n" for at in range(1, 21)))
    start_risk_check(folder / "check", lines, Asked(unlinked=0, expected_valid=15), required=8)
    seed_risk_check(folder / "check", "4 1 5")
    return folder / "check"
