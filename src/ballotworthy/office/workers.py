"""The server's side of the worker: started, started again if it ends, told what waits, ended with the server."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from django.db import DatabaseError, connection

from ballotworthy.office import queue

AGAIN = 1.0
"""Seconds before another worker is started for one that ended."""


class Workers:
    """One worker at a time, for as long as this process lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and see to it."""
        queue.woken = self.wake
        Thread(target=self._keep, name="worker", daemon=True).start()

    def wake(self) -> None:
        """Tell it that something waits."""
        with self._lock, suppress(OSError):
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()

    def _keep(self) -> None:
        while True:
            name = secrets.token_hex(8)
            words = [sys.executable, "-m", "ballotworthy.office", str(self._folder), name]
            process = subprocess.Popen(  # noqa: S603 # our own command
                words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
            )
            with self._lock:
                self._process = process
            process.wait()
            with self._lock, suppress(OSError):
                self._process = None
                if process.stdin is not None:
                    process.stdin.close()
            with suppress(DatabaseError):
                queue.give_back(name)
            connection.close()
            time.sleep(AGAIN)
