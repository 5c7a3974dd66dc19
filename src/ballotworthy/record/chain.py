"""The chain: each event holds the hash of the one before, and its own.

A line ends in `,"sha256":"..."}`, since that key sorts last; its hash is that of the line without those 76
characters, so an event is hashed without being written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from ballotworthy.errors import RecordBroken
from ballotworthy.record.batches import TAIL, follows
from ballotworthy.record.canonical import canonical, decode

NOTHING = "0" * 64
TYPES = (int, str, str, str, dict, str, str)
KEYS = {"at", "body", "by", "kind", "prev", "seq", "sha256"}


class Link(NamedTuple):
    """Where a chain stands: number and hash of its last event."""

    seq: int
    sha256: str


FIRST = Link(0, NOTHING)
"""Where a chain stands before its first event."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written: who did what, when (UTC, "2026-11-03T16:48:21Z"), and the particulars."""

    at: str
    by: str
    kind: str
    body: Mapping[str, Any]


class Event(NamedTuple):
    """One event of a record; the keys are explained in docs/reference/record.md."""

    seq: int
    at: str
    by: str
    kind: str
    body: Mapping[str, Any]
    prev: str
    sha256: str
    batch: Mapping[str, int] | None = None

    @property
    def place(self) -> tuple[int, int] | None:
        """Give the place of the event in its batch, and the batch's length; None where it is of none."""
        return None if self.batch is None else (self.batch["at"], self.batch["of"])

    @property
    def link(self) -> Link:
        """Give where the chain stands after this event."""
        return Link(self.seq, self.sha256)


def seal(draft: Draft, after: Link, place: tuple[int, int] | None = None) -> tuple[Event, bytes]:
    """Give the event that a draft makes behind `after`, at a place of its batch, and its line without the line feed.

    Raises:
        ValueError: the draft holds what no record may hold, see `canonical`.
    """
    plain: dict[str, Any] = {
        "at": draft.at,
        "body": draft.body,
        "by": draft.by,
        "kind": draft.kind,
        "prev": after.sha256,
    }
    batch = None if place is None else {"at": place[0], "of": place[1]}
    if batch:
        plain["batch"] = batch
    hashed = canonical({**plain, "seq": after.seq + 1})
    own = sha256(hashed).hexdigest()
    event = Event(after.seq + 1, draft.at, draft.by, draft.kind, draft.body, after.sha256, own, batch)
    return event, hashed[:-1] + b',"sha256":"' + own.encode() + b'"}'


def read_event(line: bytes, after: Link) -> Event:
    """Give the event that a line holds, if it belongs behind `after`.

    The hash is of the line's own bytes, so a line that was written in canonical form still is. That a stranger
    wrote it so from the first is for a verifier to check, who has all the time that takes.

    Raises:
        RecordBroken: it is no event, not next, not chained, or not what its hash says.
    """
    at = after.seq + 1
    try:
        found = decode(line)
    except ValueError as error:
        raise RecordBroken(at, f"its line was altered or damaged: {error}") from error
    batch = found.pop("batch", None) if type(found) is dict else None
    if type(found) is not dict or found.keys() != KEYS or not _is_batch(batch):
        raise RecordBroken(at, "its line does not have the seven parts of an event")
    event = Event(**found, batch=batch)
    if tuple(map(type, event[:7])) != TYPES:
        raise RecordBroken(at, "a part of it is not of the kind it must be")
    if event.seq != at:
        raise RecordBroken(at, f"event {event.seq} stands in its place; one is missing, doubled or moved")
    if event.prev != after.sha256:
        raise RecordBroken(at, "it does not follow the event before it: something was altered, taken out or put in")
    if event.sha256 != sha256(line[:-TAIL] + b"}").hexdigest():
        raise RecordBroken(at, "it was altered after it was written: its content does not give its hash")
    return event


def read_chain(lines: Iterable[bytes], after: Link = FIRST) -> Iterator[Event]:
    """Give the events of lines, each checked against the one before.

    Raises:
        RecordBroken: a line does not hold; it names the event.
    """
    before: tuple[int, int] | None = None
    for line in lines:
        event = read_event(line, after)
        if not follows(event.place, before):
            raise RecordBroken(event.seq, "it is not the next of its batch: one is missing, doubled or moved")
        yield event
        after, before = event.link, event.place


def _is_batch(batch: Any) -> bool:
    return batch is None or (
        type(batch) is dict and batch.keys() == {"at", "of"} and {*map(type, batch.values())} == {int}
    )
