"""The office's tables made again from the records: which cases it holds, who works in them, and their checkpoints.

A record that lies in a case's folder, as a backup has it, is taken into the database.

What no record says stays as it is where the tables have it, and is as in a new office where they were lost: passwords,
the share of second looks, observers. What lies on desks goes back on the pile.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from ballotworthy.casework.checkpoint import FILE
from ballotworthy.casework.held import MOVED, holder_of
from ballotworthy.casework.room import PRIVATE, RECORD, keep_checkpoint
from ballotworthy.errors import BallotworthyError
from ballotworthy.office.handover import accounts_of
from ballotworthy.office.models import Account, Consent, HeldCase, LastRuled, Lease
from ballotworthy.office.restored import DUMPED
from ballotworthy.office.rooms import LOST, enter_held, now
from ballotworthy.office.settings import CASES
from ballotworthy.office.started import hold


@dataclass(frozen=True)
class Rebuilt:
    """What was made again.

    Attributes:
        cases: the events of each case, by its folder's name.
        accounts: made for people of the records who had none; they have no password yet.
        left: what is not the office's, or does not hold, with the reason.
    """

    cases: dict[str, int]
    accounts: tuple[str, ...]
    left: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `office rebuild --json` prints it."""
        return {"cases": self.cases, "accounts": list(self.accounts), "left": self.left}


def rebuild(office: Path) -> Rebuilt:
    """Make the tables again, while no server of this office runs; every record is replayed from its first event.

    Empty tables are filled first with those that a backup of a PostgreSQL office has brought along.
    """
    if (office / DUMPED).is_file() and not Account.objects.exists():
        call_command("loaddata", str(office / DUMPED), verbosity=0)
    cases: dict[str, int] = {}
    left: dict[str, str] = {}
    people: set[str] = set()
    for folder in sorted(path for path in (office / CASES).iterdir() if path.is_dir()):
        if holder_of(folder).startswith(MOVED):
            left[folder.name] = holder_of(folder)
            continue
        if not (folder / RECORD).is_file() and not HeldCase.objects.filter(slug=folder.name).exists():
            left[folder.name] = LOST.format(folder.name, folder)
            continue
        (folder / PRIVATE / FILE).unlink(missing_ok=True)
        try:
            held = hold(folder.name)
            room = enter_held(held, now)
            case = room.case()
            keep_checkpoint(room)
        except BallotworthyError as error:
            left[folder.name] = str(error)
            continue
        for table in (Lease, LastRuled, Consent):
            table.objects.filter(held=held).delete()
        people |= set(case.people)
        cases[folder.name] = case.link.seq
    for slug in HeldCase.objects.exclude(slug__in=[*cases, *left]).values_list("slug", flat=True):
        left[slug] = "its folder is not there; bring it back from a backup"
    return Rebuilt(cases, accounts_of(people), left)
