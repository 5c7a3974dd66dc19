"""Records to be written in by tests, in files and in an office's database; little is imported, for other processes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from ballotworthy.record import FIRST, Draft, Storage, read_chain, seal

Opened = Callable[[], Storage]
TABLES = "BALLOTWORTHY_TABLES"
"""The office whose database keeps the records, and PostgreSQL's address: `test_storage_tables.py` runs the suite so."""


def table_in(folder: Path, slug: str = "") -> Opened:
    """Give a function that opens the record of a case in an office's database; a new case where none is named."""
    from ballotworthy.office.settings import Site
    from ballotworthy.office.started import join, start

    office, _, database = os.environ[TABLES].partition(" ")
    from django.conf import settings

    if not settings.configured:
        (join if slug else start)(Site(Path(office), database=database))
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.record_table import TableStorage

    held, _ = HeldCase.objects.get_or_create(slug=slug or secrets.token_hex(8))
    return lambda: TableStorage(held.pk, folder, patience=600)


def add(storage: Storage, number: int = 1, what: str = "thing") -> None:
    """Add chained events, as a desk does."""
    with storage.writing() as pen:
        at = FIRST
        for event in read_chain(storage.read()):
            at = event.link
        lines = []
        for each in range(number):
            event, line = seal(Draft("2026-11-03T09:00:00Z", "ann", "noted", {"what": f"{what} {each}"}), at)
            lines.append(line)
            at = event.link
        pen.append(lines)
