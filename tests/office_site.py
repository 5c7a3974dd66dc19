"""The office under test: one a process, its demo brought back to how it was filled before every test."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.core.cache import caches
from django.test import Client
from django.test.utils import setup_test_environment

from ballotworthy.casework import Case, replay
from ballotworthy.casework.room import Room
from ballotworthy.office import started
from ballotworthy.office.settings import TABLES, Site
from office_tables import DATABASE, InDatabase, InFile, Tables

VOTERS, LINES = 4_000, 420
SEED = "27182818284590452353"  # its first lines are of many kinds


LEFT = ("rolls", "invented", TABLES)
"""What no test changes, and the tables, which SQLite copies: names begin so."""


@dataclass(frozen=True)
class Office:
    """An office and its folder; `filled` holds cases and keys as the demo left them; `rolls` are its own."""

    folder: Path
    filled: Path
    rolls: frozenset[Path]
    tables: Tables

    def as_filled(self) -> None:
        """Bring everything back to how the demo left it, so that no test sees what another did."""
        from ballotworthy.office import benches, rooms

        for thread in threading.enumerate():
            if thread.name in ("bench", "benches"):  # what lays lines out would enter a case that is gone
                thread.join(60)
        rooms._open.clear()
        benches._laid.clear()
        for path in (*self.folder.iterdir(), *(self.folder / "rolls").iterdir()):
            if not path.name.startswith(LEFT) and path not in self.rolls:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.filled, self.folder, ignore=shutil.ignore_patterns(TABLES), dirs_exist_ok=True)
        self.tables.bring_back()
        for each in caches.all():
            each.clear()

    def fill(self) -> None:
        """Keep how it is now as what every test begins with."""
        shutil.copytree(self.folder, self.filled, ignore=self._left)
        self.tables.keep()

    def _left(self, folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name.startswith(LEFT)] if folder == str(self.folder) else []

    def client(self, name: str = "") -> Client:
        """Give a browser, signed in as somebody."""
        from ballotworthy.office.models import Account

        client = Client(raise_request_exception=False)
        if name:
            client.force_login(Account.objects.get(name=name))
        return client

    def room(self, slug: str = "demo") -> Room:
        """Give the room of a case as the pages see it."""
        from ballotworthy.office.models import HeldCase
        from ballotworthy.office.rooms import entered

        with entered(HeldCase.objects.get(slug=slug)) as room:
            return room

    def record(self, slug: str = "demo") -> bytes:
        """Give the record of a case as the database has it, as a file would have it."""
        return b"".join(line + b"\n" for line in self.room(slug).record.read())

    def truth(self) -> dict[str, tuple[str, str]]:
        """Give, by line, the voter who signed and the ground on which it does not count; either may be empty."""
        rows = pl.read_csv(self.folder / "invented" / "truth.csv", infer_schema=False).fill_null("")
        return {f"{row['sheet']}-{row['line']}": (row["voter_id"], row["reason"]) for row in rows.iter_rows(named=True)}


def opened(folder: Path) -> Office:
    """Make an office and fill it with a small demo."""
    from django.conf import settings

    site = Site(folder / "office", hosts=("testserver", "127.0.0.1"), database=os.environ.get(DATABASE, ""))
    assert not settings.configured
    started.start(site)
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from ballotworthy.office import benches, queue, worker
    from ballotworthy.office.demo import fill
    from ballotworthy.office.models import HeldCase

    benches.bench_of.__defaults__ = (60.0,)  # a busy machine is waited for, where a page would ask to come back
    queue.woken = lambda: worker.work_off("test")  # no process beside this one
    fill(site.folder, voters=VOTERS, lines=LINES, sheets=0, seed=SEED)
    benches.bench_of(HeldCase.objects.get(slug="demo"), patience=600)  # compiled, and matched once for all tests
    filled = folder / "filled"
    tables = InDatabase(site.database) if site.database else InFile(filled)
    office = Office(site.folder, filled, frozenset((site.folder / "rolls").iterdir()), tables)
    office.fill()
    return office


def case_in(folder: Path) -> Case:
    """Give the case of an office that another process served, replayed from the record in its tables."""
    case = Case()
    with closing(sqlite3.connect(folder / TABLES, timeout=10)) as tables:
        replay(case, (line for (line,) in tables.execute("SELECT line FROM office_recordline ORDER BY number")))
    return case


def take_in(client: Client, slug: str, said: dict[str, Any], **confirmed: str) -> Any:
    """Upload lines and have them taken in, as the page of the first look does; give the last answer."""
    answer = client.post(f"/cases/{slug}/lines", said)
    return client.post(answer.headers["Location"], confirmed) if answer.status_code == 302 else answer


def fix_frame(client: Client, slug: str) -> int:
    """Look at the frame and fix it, as its page does; give the answer's status."""
    address = f"/cases/{slug}/frame"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    return int(client.post(address, {"seen": seen[1] if seen else ""}).status_code)


def name_register(client: Client, slug: str, snapshot: str = "demo.roll") -> int:
    """Look at a snapshot and name it, as the page of the first look does; give the answer's status."""
    address = f"/cases/{slug}/register"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address, {"snapshot": snapshot}).content.decode())
    assert seen
    return int(client.post(address, {"snapshot": snapshot, "seen": seen[1]}).status_code)
