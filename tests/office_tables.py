"""The tables of the office under test, kept as the demo left them and brought back, by SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.db import connection

from ballotworthy.office.settings import TABLES

DATABASE = "BALLOTWORTHY_TEST_OFFICE"
"""In the environment: the address of an empty database of PostgreSQL for the tests; else they have SQLite."""


class Tables(Protocol):
    """What keeps the tables and brings them back."""

    def keep(self) -> None:
        """Keep them as they are."""

    def bring_back(self) -> None:
        """Bring back what was kept."""


class InFile:
    """Tables of SQLite, kept in another folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / TABLES

    def keep(self) -> None:
        """Keep them as they are."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self._file)) as tables:
            connection.connection.backup(tables)

    def bring_back(self) -> None:
        """Bring back what was kept."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self._file)) as tables:
            tables.backup(connection.connection)


class InDatabase:
    """Tables of PostgreSQL, kept in a second database beside the one at the address."""

    def __init__(self, address: str) -> None:
        self._server, _, self._name = address.rpartition("/")

    def keep(self) -> None:
        """Keep them as they are."""
        self._made(kept(self._name), self._name)

    def bring_back(self) -> None:
        """Bring back what was kept."""
        self._made(self._name, kept(self._name))

    def _made(self, name: str, like: str) -> None:
        import psycopg

        connection.close()
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [like])
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


def kept(name: str) -> str:
    """Give the name of the database in which one is kept."""
    return f"{name}_filled"
