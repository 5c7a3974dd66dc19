"""More processes beside the first: each takes requests, comes again when it dies, and ends with the first."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from test_office_serve import page_at, run, served

PROC = Path("/proc")
pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked for in /proc")


def siblings(server: int) -> list[int]:
    """Give the siblings of a server that are told all and serve, by their number."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                words, state = (folder / "cmdline").read_bytes(), (folder / "stat").read_text("utf-8")
            except OSError:
                continue
            if b"ballotworthy.office.sibling" in words and int(state.rpartition(")")[2].split()[1]) == server:
                found.append(int(folder.name))
    return found


def waited_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


def is_answered(address: str) -> bool:
    try:
        return "<form" in page_at(address)
    except OSError:
        return False


def is_free(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[str, int]]:
    with served(tmp_path / "office", "--processes", "2") as (told, server):
        yield f"{told['address']}/sign-in", server.pid


def test_a_sibling_answers_while_the_first_stands_still_and_comes_again_when_it_is_killed(two: tuple[str, int]) -> None:
    address, first = two
    waited_for(lambda: siblings(first))
    (sibling,) = siblings(first)
    os.kill(first, signal.SIGSTOP)
    try:
        waited_for(lambda: is_answered(address))
    finally:
        os.kill(first, signal.SIGCONT)
    os.kill(sibling, signal.SIGKILL)
    waited_for(lambda: siblings(first) not in ([], [sibling]))
    assert is_answered(address)


def test_siblings_end_with_the_first_however_it_goes(two: tuple[str, int]) -> None:
    address, first = two
    waited_for(lambda: siblings(first))
    os.kill(first, signal.SIGKILL)
    waited_for(lambda: is_free(urlsplit(address).port or 0))


@pytest.mark.usefixtures("office")
def test_a_one_time_password_that_was_used_is_used_for_all_processes() -> None:
    from django.core.cache import cache
    from django.db import connection

    assert cache.add("used", "y", 60)
    assert not cache.add("used", "y", 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM office_remembered")
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("office")
def test_names_that_another_process_purged_leave_the_memory_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from ballotworthy.office import benches, rooms
    from ballotworthy.office.models import HeldCase

    held = HeldCase.objects.get(slug="demo")
    folder = rooms.folder_of(held.slug)
    benches._laid[folder] = benches.Laying("of the register")
    benches.forget_purged()
    assert folder in benches._laid
    monkeypatch.setattr(benches, "case_of", lambda _: SimpleNamespace(purged={"what": ["lines"]}))
    benches.forget_purged()
    assert folder not in benches._laid


def test_a_server_without_a_process_is_none(tmp_path: Path) -> None:
    done = run("serve", tmp_path / "office", "--processes", "0")
    assert (done.returncode, "--processes" in done.stderr) == (2, True)
