"""The chain of events: numbers, hashes, batches and times, each compared with the event before (V3 to V6)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter

from .findings import Findings
from .form import Event, own_hash
from .values import is_time

NONE = "0" * 64


@dataclass
class Chain:
    """Where the chain stands: the number, hash and time of the event before; `hashes` of the numbers asked for."""

    seq: int = 0
    head: str | None = NONE
    at: str = ""
    began: str = ""
    times: list[tuple[int, str]] = field(default_factory=list)
    batch: tuple[int, int] | None = None
    wanted: int = 0
    wanted_hash: str | None = None

    def take(self, event: Event, raw: bytes, findings: Findings) -> None:
        """Compare an event with the one before (V3 to V6)."""
        if event.seq != self.seq + 1:
            findings.fail("V3", f"number {self.seq + 1:,} is due, and {event.seq:,} stands there")
        if not self._in_batch(event):
            findings.fail("V3", "it is not the next of its batch")
        self.batch = event.batch
        if self.head is not None and event.prev != self.head:
            findings.fail("V4", f"it names {event.prev[:16]}..., and the event before is {self.head[:16]}...")
        if own_hash(raw) != event.sha256:
            findings.fail("V5")
        if event.at != self.at:
            if not is_time(event.at):
                findings.fail("V6", "its time is none", says=f"Event {event.seq} has no time.")
            elif event.kind == "clock_declared":
                self._turned_back(event, findings)
            elif event.at < self.at:
                findings.fail("V6", f"{event.at} comes after {self.at}")
            self.began = self.began or event.at
            self.at = event.at
            self.times.append((event.seq, event.at))
        elif event.kind == "clock_declared":
            self._turned_back(event, findings)
        self.seq, self.head = event.seq, event.sha256
        if event.seq == self.wanted:
            self.wanted_hash = event.sha256

    def _in_batch(self, event: Event) -> bool:
        """Whether an event is the next of its batch, or the first of another, or of none."""
        if self.batch is not None and self.batch[0] < self.batch[1]:
            return event.batch == (self.batch[0] + 1, self.batch[1])
        return event.batch is None or event.batch[0] == 1

    def _turned_back(self, event: Event, findings: Findings) -> None:
        """Compare the time of an event that declares a wrong clock with the last that is held right (V6)."""
        since = event.body.get("since")
        if type(since) is not int or not 2 <= since < event.seq:
            findings.fail("V6", "it does not declare events before it, the first excepted")
            return
        before = self.times[bisect_right(self.times, since - 1, key=itemgetter(0)) - 1][1]
        if not before <= event.at < self.at:
            findings.fail(
                "V6", f"it declares a clock ahead from event {since:,} on, and comes {event.at} after {before}"
            )
