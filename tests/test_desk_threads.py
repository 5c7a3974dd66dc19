"""One desk and several threads, as in an office's server: nothing is folded twice, no honest record called broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from threading import Event, Thread

from ballotworthy.record import Pen, Storage
from cases import Memory, desk_of, opened, pinned

LONG = 0.2
"""Seconds that another thread is given to come between; it must not, so they only pass."""


class Slow:
    """A storage whose next reader waits between where he begins to read and what he reads."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.slow, self.begun, self.on = storage, False, Event(), Event()

    def read(self, after: int = 0) -> Iterator[bytes]:
        if self.slow:
            self.slow = False
            self.begun.set()
            self.on.wait()
        return self.storage.read(after)

    def writing(self) -> AbstractContextManager[Pen]:
        return self.storage.writing()


def test_what_one_thread_writes_while_another_reads_stands_in_the_case_once() -> None:
    storage = Slow(Memory())
    desk = desk_of(storage)
    desk.act(opened())
    found: list[object] = []

    def look() -> None:
        try:
            found.append(desk.case().link.seq)
        except Exception as error:  # whatever ends the thread is what the test is about
            found.append(error)

    storage.slow = True
    reader, writer = Thread(target=look), Thread(target=desk.act, args=(pinned(),))
    reader.start()
    storage.begun.wait()
    writer.start()
    writer.join(LONG)
    storage.on.set()
    reader.join()
    writer.join()
    assert found in ([1], [2])
    assert desk.case().link.seq == 2
