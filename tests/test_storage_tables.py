"""An office's database keeps a record as every storage does: the suite of `test_storage.py`, in its own process."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from storages import TABLES

HERE = Path(__file__).parent
SERVER = "postgresql://postgres@127.0.0.1:5432/"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database of its own, "" for SQLite."""
    if request.param == "sqlite":
        yield ""
        return
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    try:
        server = psycopg.connect(f"{SERVER}postgres", connect_timeout=2, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    name = f"ballotworthy_{secrets.token_hex(6)}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{SERVER}{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_database_keeps_a_record_as_every_storage_does(tmp_path: Path, database: str) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(HERE / "test_storage.py")]
    env = {**os.environ, TABLES: f"{tmp_path / 'office'} {database}"}
    for name in [name for name in env if name.startswith("PYTEST_")]:
        del env[name]
    done = subprocess.run(words, capture_output=True, text=True, env=env, cwd=HERE.parent)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
