"""The process that reads Parquet, kept for the next file: to start one costs more than to read most files.

Another is started for the next file where it has broken down, after a large file (its memory goes back) and where a
read was stopped; it ends with us. It shares nothing with us but two pipes.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, cast

from ballotworthy.files import parquet_apart
from ballotworthy.files.parquet_apart import DAMAGED, NUMBER, READ

LARGE = 1 << 26
"""Bytes of a file, or of its table, after which the process is not kept."""
PIPE = 1 << 20
_ONE_AT_A_TIME = threading.RLock()
_kept: dict[int, subprocess.Popen[bytes]] = {}
"""The process that waits, by the number of ours: one that we were forked from is not for us."""


def read_apart(data: bytes, most: int) -> tuple[int | None, bytes]:
    """Give how the read of a Parquet file ended, None where the process broke down, and what was answered.

    Args:
        data: the file.
        most: how many bytes the texts of its table may have.

    Raises:
        OSError: no process can be started.
    """
    with _ONE_AT_A_TIME:
        waiting = _kept.pop(os.getpid(), None)
        code, answer = _read_by(waiting, data, most) if waiting else (None, b"")
        if code is None:  # none waited, or the one that did is gone: whether the file breaks it a new one tells
            code, answer = _read_by(_start(), data, most)
        return code, answer


def _read_by(process: subprocess.Popen[bytes], data: bytes, most: int) -> tuple[int | None, bytes]:
    """Give what a process makes of a file; it waits for the next, or is ended."""
    try:
        code, answer = _asked(process, data, most)
    except BaseException:
        process.kill()  # the rest of its answer stands in the pipe
        _end(process)
        raise
    if code in (READ, DAMAGED) and max(len(data), len(answer)) <= LARGE:
        _kept[os.getpid()] = process
    else:
        _end(process)
    return code, answer


def _start() -> subprocess.Popen[bytes]:
    words = [sys.executable, "-P", parquet_apart.__file__]
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # it finds Polars where we did
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 # our own file
        words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=known, pipesize=PIPE
    )


def _asked(process: subprocess.Popen[bytes], data: bytes, most: int) -> tuple[int | None, bytes]:
    """Give the code, None where it ended before it gave one, and the answer."""
    given, answered = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    with suppress(BrokenPipeError):  # where it has ended at once
        given.write(len(data).to_bytes(NUMBER, "little") + most.to_bytes(NUMBER, "little"))
        given.write(data)  # it reads all before it answers
        given.flush()
    answer = bytearray()
    while len(head := answered.read(NUMBER)) == NUMBER and any(head):
        answer += answered.read(int.from_bytes(head, "little"))
    code = answered.read(1)
    return (code[0] if code else None), bytes(answer)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process: it ends when its input does."""
    with suppress(BrokenPipeError):
        cast(IO[bytes], process.stdin).close()
    cast(IO[bytes], process.stdout).close()
    process.wait()


@atexit.register
def _end_kept() -> None:
    process = _kept.pop(os.getpid(), None)
    if process is not None:
        _end(process)
