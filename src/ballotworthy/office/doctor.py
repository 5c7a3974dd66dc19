"""The office's doctor: what is wrong with disk, clock, tables, cases, keys, people, TLS and backup, and what to do."""

from __future__ import annotations

import datetime as dt
import shutil
import ssl
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from ballotworthy.casework.room import PRIVATE
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.office.backup import last_backup
from ballotworthy.office.factors import has_factor
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.openid import OPENID_FILE
from ballotworthy.office.reached import Reached, certificate_until, last_reached
from ballotworthy.office.rooms import enter_held, now
from ballotworthy.office.settings import KEY_FILE, TABLES
from ballotworthy.office.tls import read_certificate
from ballotworthy.office.unmatched import unmatched

LEAST_FREE = 2_000_000_000
BACKUP_EVERY = dt.timedelta(days=1)
RENEWED = dt.timedelta(days=14)
"""A certificate that ends sooner should have been renewed."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and what was found; where it is not well, what to do."""

    what: str
    well: bool
    words: str

    def to_dict(self) -> dict[str, object]:
        """Give it as `office doctor --json` prints it."""
        return asdict(self)


def examine(folder: Path) -> list[Finding]:
    """Look at an office whose tables are open."""
    return [_disk(folder), _tables(), _managers(folder), _tls(folder), *_cases(), *_folders(folder), _backup(folder)]


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:,.1f} GB are free."
    return Finding(
        "disk", free >= LEAST_FREE, words if free >= LEAST_FREE else f"{words} Free some before work goes on."
    )


def _tables() -> Finding:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check")
                found = cursor.fetchone()[0]
                if found != "ok":
                    return Finding("tables", False, "the SQLite file is damaged. Bring it back from the last backup.")
            else:
                cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("tables", False, f"the database does not answer ({type(error).__name__}). Start it.")
    return Finding("tables", True, f"{connection.vendor} answers.")


def _managers(folder: Path) -> Finding:
    able = [each for each in Account.objects.filter(manages=True, is_active=True) if each.has_usable_password()]
    if not able:
        return Finding("managers", False, "nobody can sign in as manager. Start the office: it prints a link for one.")
    guarded = sum(map(has_factor, able))
    words = f"{len(able)} can sign in, {guarded} of them with a second factor."
    how = last_reached(folder)
    if how is not None and how.tls and guarded < len(able):
        return Finding("managers", False, f"{words} On a network each needs one: People, who needs a second factor.")
    return Finding("managers", True, words)


def _tls(folder: Path) -> Finding:
    how = last_reached(folder)
    if how is None:
        return Finding("TLS", True, "the office was not started yet.")
    if not how.tls:
        words = f"it answers this machine alone; passkeys work at http://localhost:{how.port}."
        return Finding("TLS", True, words)
    if how.certificate:
        return _own_tls(how)
    try:
        left = certificate_until(how.name) - now()
    except ssl.SSLCertVerificationError as error:
        words = (
            f"the certificate of {how.name} is not trusted here: {error.verify_message}. Renew it, or have this machine"
        )
        return Finding("TLS", False, f"{words} and every station trust who issued it.")
    except OSError as error:
        words = f"{how.name} does not answer at port 443 ({type(error).__name__}). Start the proxy, or mend its name;"
        return Finding("TLS", False, f"{words} without TLS browsers make no passkeys and nobody signs in.")
    words = f"the certificate of {how.name} holds for {left.days} days."
    return Finding("TLS", left > RENEWED, words if left > RENEWED else f"{words} Renew it.")


def _own_tls(how: Reached) -> Finding:
    try:
        held = read_certificate(Path(how.certificate), Path(how.key))
    except InputError as error:
        return Finding("TLS", False, str(error))
    left = held.until - now()
    words = f"the office's own certificate for {', '.join(held.names) or 'no name'} holds for {left.days} days."
    if left.total_seconds() <= 0:
        words = f"the office's own certificate ended on {held.until:%Y-%m-%d}: no browser takes it."
    todo = []
    if left <= RENEWED:
        todo.append("Renew it; the office takes the new files by itself.")
    if held.lacks([how.name]):
        todo.append(f"It is not for {how.name}, by which browsers reach the office: have it made for that name.")
    if held.open_key:
        todo.append(f"Others may read its key: chmod 600 {how.key}, and ask for a new one if they could before.")
    if held.own:
        words += " Nobody else signed it: every station must be told to trust it."
    return Finding("TLS", not todo, " ".join([words, *todo]))


def _cases() -> Iterator[Finding]:
    for held in HeldCase.objects.order_by("slug"):
        what = f"case {held.slug}"
        try:
            room = enter_held(held, now)
            case = room.case()
            if case.at > f"{now():%Y-%m-%dT%H:%M:%SZ}":
                words = f"its last event is dated {case.at}, which is to come. Set the clock right; if it was ahead"
                yield Finding(what, False, f"{words} then, “Orders and repairs” of the case has the commands.")
                continue
            if "keys" not in case.purged:
                room.voter_key()
                if room.office_key().public != case.key:
                    yield Finding(what, False, "its signing key is another's. Bring the right one back from a backup.")
                    continue
            if not case.standing.closed and (why := unmatched(held)):
                yield Finding(what, False, f"its lines were not matched with the register: {why}")
                continue
            yield Finding(what, True, f"{case.link.seq:,} events hold, and its keys fit.")
        except BallotworthyError as error:
            yield Finding(what, False, str(error))


def _folders(folder: Path) -> Iterator[Finding]:
    named = [path for path in (folder / OPENID_FILE, folder / TABLES) if path.exists()]
    private = [folder, folder / KEY_FILE, *named, *folder.glob(f"cases/*/{PRIVATE}")]
    seen = [path for path in private if path.stat().st_mode & 0o077]
    names = ", ".join(str(path) for path in seen)
    words = (
        f"others may look into {names}. Take that right away: chmod go= {names}"
        if seen
        else "only the owner reads them."
    )
    yield Finding("folders", not seen, words)


def _backup(folder: Path) -> Finding:
    last = last_backup(folder)
    if last is None:
        return Finding("backup", False, f"none was made. Make one: ballotworthy office backup {folder} -o FOLDER")
    old = now() - last > BACKUP_EVERY
    words = f"the last was made on {last:%Y-%m-%d at %H:%M} UTC."
    return Finding("backup", not old, f"{words} Make another." if old else words)
