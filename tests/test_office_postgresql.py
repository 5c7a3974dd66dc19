"""The office on PostgreSQL: its tables, the same clerks as on SQLite, and a database that goes away amid decisions."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra office is not installed")
pytest.importorskip("psycopg", reason="psycopg is not installed")

import psycopg

from office_tables import DATABASE, kept
from test_office_serve import page_at, served

SERVER = "postgresql://postgres@127.0.0.1:5432/"
HERE = Path(__file__).parent
SAME = ("machine", "desk", "share")
"""Files of tests that hold on both databases; each could: `BALLOTWORTHY_TEST_OFFICE=ADDRESS pytest tests/...`."""


@pytest.fixture
def database() -> Iterator[str]:
    """Give the name of an empty database, gone afterwards with what was made beside it."""
    try:
        server = psycopg.connect(f"{SERVER}postgres", connect_timeout=2, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    name = f"ballotworthy_{secrets.token_hex(6)}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            for each in (name, kept(name)):
                server.execute(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')


def run(*words: str, **more: str) -> str:
    """Run a program, and give what it printed."""
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, timeout=900, env={**os.environ, **more}
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_its_tables_lie_in_postgresql(database: str, tmp_path: Path) -> None:
    with served(tmp_path / "office", DATABASE_URL=f"{SERVER}{database}") as (told, _):
        assert "You are the first here" in page_at(str(told["first_manager"]))
    assert not (tmp_path / "office" / "office.sqlite3").exists()
    with psycopg.connect(f"{SERVER}{database}") as tables:
        assert tables.execute("SELECT name, manages FROM office_account").fetchall() == [("manager", True)]


def test_whatever_clerks_do_on_sqlite_holds_on_postgresql(database: str) -> None:
    files = [str(HERE / f"test_office_{each}.py") for each in SAME]
    told = run("-m", "pytest", "-q", "-p", "no:cacheprovider", *files, **{DATABASE: SERVER + database})
    assert " passed" in told
    assert "skipped" not in told


def test_when_postgresql_starts_again_amid_decisions_none_is_lost_and_pages_say_so(
    database: str, tmp_path: Path
) -> None:
    told = run(str(HERE / "office_on_postgresql.py"), str(tmp_path / "office"), SERVER, database)
    found = json.loads(told.splitlines()[-1])
    assert "each in the record once" in found["holds"]
    assert found["after"] >= 20
    page, part = found["pages"]
    for text in (page, part):
        assert "database does not answer just now" in text
    assert ("<h1>" in page, "<h1>" in part) == (True, False)
