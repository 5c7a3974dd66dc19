"""Cases handed over between the command line and the office: the whole folder, the same bytes, one holder at a time."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from ballotworthy.casework.begun import BEGUN
from ballotworthy.casework.held import COMMAND_LINE, HELD, MOVED, OFFICE, check_held, hand_over, holder_of
from ballotworthy.casework.held import hold as give_to
from ballotworthy.casework.room import RECORD, RecordAt, Room, enter, record_at, write_record
from ballotworthy.errors import InputError, OutputError, UnknownName
from ballotworthy.files.whole import whole_folder
from ballotworthy.office import practice
from ballotworthy.office.accounts import make_account
from ballotworthy.office.leases import closed_accounts
from ballotworthy.office.models import Account, Bulk, HeldCase, RecordLine
from ballotworthy.office.rooms import enter_held, folder_of, now
from ballotworthy.office.started import hold
from ballotworthy.office.taken_in import TAKEN, alike
from ballotworthy.record import FileStorage

SLUG = re.compile("[^a-z0-9]+")
OWN_PAGES = frozenset({"new"})
"""What stands behind `cases/` in the address of a page that is no case's."""
NOT_COPIED = (HELD, BEGUN, TAKEN, RECORD)
"""What belongs to the one who held the case; and the record, which is written line by line."""


@dataclass(frozen=True)
class Handed:
    """A case that changed hands: how far its record is, and its folder now.

    Attributes:
        accounts: made for its people.
        closed: people whom the record still admits, though the office has closed their accounts.
        second_share, second_kinds: of how many lines in a hundred two people look, and of which rulings at every line.
            No record holds it: an office that takes the case in begins anew with the usual share and no kind.
    """

    record: RecordAt
    folder: Path
    accounts: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    second_share: int = 0
    second_kinds: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give it as `office import --json` and `office export --json` print it."""
        more = {"folder": str(self.folder), "accounts": list(self.accounts), "closed": list(self.closed)}
        second = {"second_share": self.second_share, "second_kinds": list(self.second_kinds)}
        return {**self.record.to_dict(), **more, **second}


def slug_of(name: str) -> str:
    """Give the folder's name of a case.

    Raises:
        InputError: it has neither letter nor digit, or the office has such a case.
    """
    slug = SLUG.sub("-", name.lower()).strip("-")[:60]
    if slug in OWN_PAGES:
        slug = f"case-{slug}"
    if not slug:
        raise InputError(
            "give the case a number or name with a digit in it, or a letter from a to z: its address is made of them."
        )
    if folder_of(slug).exists():
        raise InputError(f"the office has a case {slug} already. Give this one a number or name of its own.")
    return slug


def bring_in(case: Path) -> Handed:
    """Take a case of the command line into the office; its own folder stays as it is, and refuses to be worked in.

    Raises:
        InputError: there is no case, or the office has one of its name.
        Refused: it is not the command line's.
        RecordBroken: an event of the record does not hold.
        RecordBusy: another program is writing in it.
    """
    room = enter(case, now)
    check_held(case, COMMAND_LINE)
    folded = room.case()
    slug = slug_of(folded.name)
    _copy(room, folder_of(slug), OFFICE)
    hold(slug)
    share = HeldCase.objects.get(slug=slug).second_share
    return Handed(record_at(folded), folder_of(slug), accounts_of(set(folded.people)), second_share=share)


def take_out(slug: str, out: Path) -> Handed:
    """Give a case of the office to the command line; the office has it no more.

    Raises:
        UnknownName: there is no such case.
        InputError: the folder holds something.
        RecordBusy: somebody is writing in it.
        OutputError: it could not be written; the office has it as before.
    """
    held = HeldCase.objects.filter(slug=slug).first()
    if held is None:
        raise UnknownName("case", slug, HeldCase.objects.values_list("slug", flat=True))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already, and nothing of it is overwritten. Name a new folder.")
    folder = folder_of(slug)
    room = enter_held(held, now)
    practice.check(room.case())
    at, case = room.at(), room.case()
    closed = () if case.standing.closed else tuple(sorted(closed_accounts(case.people)))
    share, kinds = held.second_share, tuple(held.second_kinds)
    _copy(room, out, COMMAND_LINE)
    with transaction.atomic():
        Bulk.objects.filter(held=held).delete()  # before the jobs that did them; the record has what they did
        RecordLine.objects.filter(held=held).delete()
        held.delete()
    shutil.rmtree(folder)
    return Handed(at, out, closed=closed, second_share=share, second_kinds=kinds)


def accounts_of(people: set[str]) -> tuple[str, ...]:
    """Make accounts, without a password, for people of a record who have none; give their names."""
    made = []
    for name in sorted(people - set(Account.objects.values_list("name", flat=True))):
        with suppress(InputError):  # a name that no account can have: another person of the case works for him
            made.append(make_account(name).name)
    return tuple(made)


def _copy(room: Room, to: Path, holder: str) -> None:
    """Copy a case's folder and record while nobody can write in it, make sure of the copy, and hand the case over."""
    case = room.folder
    with room.record.writing():
        if holder_of(case).startswith(MOVED):
            raise InputError(f"{case} was handed over before.")
        with whole_folder(to, marker=RECORD, holds=(), private=True) as made:
            shutil.copytree(case, made, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_COPIED))
            write_record(room.record, made / RECORD)
            if not alike(FileStorage(made / RECORD), room.record):
                raise OutputError(f"{to} is not what {case} is. Nothing was handed over; try again.")
            give_to(made, holder)
        hand_over(case, to.absolute())
