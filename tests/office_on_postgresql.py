"""The office on PostgreSQL while clerks decide and the database goes away and comes again: `FOLDER SERVER NAME`.

It prints, as JSON, how many decisions were acknowledged afterwards, and what pages said meanwhile. It is a
program of its own since a process sets Django up once, and the other tests have theirs on SQLite.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import office_load as load
from office_filled import made

AWAY = 2.0
"""Seconds in which nobody can connect."""


def cut(server: str, name: str, meanwhile: Callable[[], list[str]]) -> list[str]:
    """End all connections and take no new ones for a while, as PostgreSQL does when it is started again."""
    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        said = meanwhile()
        time.sleep(AWAY)
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    return said


def waited_for(told: load.Told, number: int) -> int:
    """Wait until so many decisions are acknowledged."""
    until = time.monotonic() + 120
    while len(told.acknowledged) < number:
        if time.monotonic() > until:
            raise SystemExit(f"only {len(told.acknowledged)} decisions were acknowledged: {told.refused}")
        time.sleep(0.02)
    return len(told.acknowledged)


def main(folder: Path, server: str, name: str) -> None:
    """Fill, serve, cut in the midst of work, and read the record."""
    from django.db import connection

    from ballotworthy.office.settings import Site
    from ballotworthy.office.started import start

    start(Site(folder, database=server + name))
    given = argparse.Namespace(clerks=3, lines=400, voters=4_000, decided=0, pictured=0)
    sessions = made(folder, given)
    connection.close()
    office, told, over = load.Server(folder, server + name), load.Told(), Event()
    manager = load.Browser(office, sessions["manager"])
    clerks = [
        Thread(target=load.clerk, args=(person, load.Browser(office, session), 0.05, over, told))
        for person, session in sessions.items()
        if person != "manager"
    ]
    try:
        for clerk in clerks:
            clerk.start()
        before = waited_for(told, 20)
        pages = cut(server, name, lambda: [manager.ask(f"/cases/{load.CASE}", **said)[1] for said in ({}, {"x": "y"})])
        after = waited_for(told, before + 20)
    finally:
        over.set()
        for clerk in clerks:
            clerk.join()
        office.stop()
    found = {"holds": load.checked(folder, told), "after": after - before, "pages": pages}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
