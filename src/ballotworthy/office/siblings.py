"""More processes of the server beside the first: they take requests from the same port, and end with it.

One process computes one page at a time, whatever the number of its threads. Each sibling follows the records by itself
and lays its own benches out; what two must not do at once, the database and the locks of the cases' folders keep apart.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from ballotworthy.office.settings import Site

AGAIN = 1.0
"""Seconds before another sibling is started for one that ended; the worker's is not at hand before Django is set up."""


def keep_siblings(number: int, site: Site, listening: socket.socket) -> None:
    """Have so many siblings beside this process, for as long as it lives."""
    for at in range(number):
        Thread(target=_keep, args=(site, listening), name=f"sibling-{at + 1}", daemon=True).start()


def keep_secured(workers: int, site: Site, listening: socket.socket) -> None:
    """Have one sibling that speaks TLS and answers by so many workers, for as long as this process lives; it waits."""
    _keep(site, listening, "secured", str(workers))


def said_to(site: Site) -> bytes:
    """Give what a sibling is told, a line of JSON."""
    return json.dumps(asdict(site), default=str).encode() + b"\n"


def heard(line: bytes) -> Site:
    """Give what a sibling was told."""
    site = json.loads(line)
    site |= {"folder": Path(site["folder"]), "hosts": tuple(site["hosts"])}
    site |= {name: Path(site[name]) for name in ("signatures", "certificate", "key") if site[name]}
    return Site(**site)


def end_with(parent: BinaryIO | FileIO) -> None:
    """End this process once its parent is gone, however it went."""

    def wait() -> None:
        parent.read()
        os._exit(0)

    Thread(target=wait, name="parent", daemon=True).start()


def _keep(site: Site, listening: socket.socket, module: str = "sibling", *more: str) -> None:
    port = listening.fileno()
    while True:
        words = [sys.executable, "-m", f"ballotworthy.office.{module}", str(port), *more]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, pass_fds=(port,), start_new_session=True)  # noqa: S603 # our own
        assert process.stdin  # noqa: S101 # it was asked for
        process.stdin.write(said_to(site))
        process.stdin.flush()
        process.wait()
        process.stdin.close()
        time.sleep(AGAIN)
