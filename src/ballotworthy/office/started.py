"""An office made ready: its folder, Django's settings, its tables, and the first manager's link."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.office.settings import CASES, TABLES, Site, settings_of

if TYPE_CHECKING:
    from ballotworthy.office.models import Account, HeldCase

MANAGER = "manager"


def start(site: Site) -> None:
    """Make the folder, open the tables, and make sure that every route says who may use it.

    Raises:
        InputError: the folder holds something else, a route says nothing, or the database cannot be reached.
    """
    folder = site.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / CASES).is_dir():
        raise InputError(f"{folder} holds something that is no office. Name a new folder, or an office's own.")
    for each in (folder, folder / CASES):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    join(site)
    faults = [fault for fault in run_checks() if fault.is_serious()]
    if faults:
        raise InputError("the office does not start: " + "; ".join(str(fault.msg) for fault in faults) + ".")
    _open_tables(site)


def join(site: Site) -> None:
    """Work with the tables of an office that another process has started."""
    settings.configure(
        **settings_of(site), OFFICE_FOLDER=str(site.folder), OFFICE_SIGNATURES=site.signatures,
        OFFICE_SIGNATURES_AT=site.signatures_at,
        CSRF_FAILURE_VIEW=NO_CSRF,
    )  # fmt: skip
    django.setup()


NO_CSRF = "ballotworthy.office.refusals.no_csrf"


def first_link() -> str | None:
    """Give the secret of the first manager's link; None once somebody can sign in as manager.

    The link of an earlier start stops working.
    """
    from ballotworthy.office.accounts import invite
    from ballotworthy.office.models import Account

    managers = Account.objects.filter(manages=True, is_active=True)
    if any(account.has_usable_password() for account in managers):
        return None
    return invite(managers.first() or _first_manager())


def _first_manager() -> Account:
    """Give who manages an office in which nobody does: a new account, or the one of that name that a record brought."""
    from ballotworthy.office.accounts import make_account
    from ballotworthy.office.models import Account

    found: Account | None = Account.objects.filter(name=MANAGER).first()
    if found is None:
        return make_account(MANAGER, manages=True)
    if found.is_active:  # the tables were made again from the records, which do not say who manages the office
        found.manages = True
        found.save(update_fields=["manages"])
        return found
    names = (f"{MANAGER}-{number}" for number in count(2))
    return make_account(next(each for each in names if not Account.objects.filter(name=each).exists()), manages=True)


def hold(slug: str, observers: tuple[str, ...] = (), *, public: bool = False) -> HeldCase:
    """Enter a case whose folder lies under `cases/` in the office's tables; from now on the office holds it.

    Raises:
        RecordBroken, InputError: its record's file cannot be taken into the database; the case is as it was.
    """
    from ballotworthy.casework.held import OFFICE
    from ballotworthy.casework.held import hold as hold_folder
    from ballotworthy.office.models import Account, HeldCase
    from ballotworthy.office.rooms import folder_of
    from ballotworthy.office.taken_in import take_in

    hold_folder(folder_of(slug), OFFICE)
    held: HeldCase
    held, is_new = HeldCase.objects.get_or_create(slug=slug, defaults={"public": public})
    try:
        take_in(held.pk, folder_of(slug))
    except BaseException:
        if is_new:
            held.delete()
        raise
    held.observers.add(*Account.objects.filter(name__in=observers))
    return held


def hold_all() -> None:
    """Hold the cases of an office that was begun before cases said who holds them."""
    from ballotworthy.casework.held import COMMAND_LINE, holder_of
    from ballotworthy.casework.room import RECORD
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import folder_of

    for slug in HeldCase.objects.values_list("slug", flat=True):
        folder = folder_of(slug)
        if (folder / RECORD).is_file() and holder_of(folder) == COMMAND_LINE:
            with suppress(BallotworthyError):  # whoever opens the case is told
                hold(slug)


def _open_tables(site: Site) -> None:
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        where = "the database at DATABASE_URL" if site.database else str(site.folder / TABLES)
        raise InputError(
            f"{where} cannot be opened: {type(error).__name__}. Is it running, and may you write?"
        ) from None
    tables = Path(site.folder / TABLES)
    if tables.exists():
        tables.chmod(0o600)
