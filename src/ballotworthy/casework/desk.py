"""The desk where a case is worked: a record is read, an act is judged by the order, written, and only then done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from threading import RLock
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.events import KINDS, fold, refusal
from ballotworthy.casework.many import no_collection
from ballotworthy.casework.parts import FORMATS
from ballotworthy.errors import RecordBroken, Refused
from ballotworthy.record import Draft, Event, Link, Pen, Storage, finished, read_chain, seal

Clock = Callable[[], dt.datetime]
Around = Callable[[Case, Sequence[bytes]], AbstractContextManager[object]]


@dataclass(frozen=True)
class Act:
    """What somebody wants to do: the kind of event and what it says."""

    by: str
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Batch:
    """Acts that are one commit; each may be made of the case as those before it left it, if `size` says how many."""

    acts: Iterable[Act]
    size: int = 0

    def __iter__(self) -> Iterator[Act]:
        """Give the acts in their order."""
        return iter(self.acts)

    def place(self, number: int, case: Case, act: Act) -> tuple[int, int] | None:
        """Give the place of an act, which its event carries; None where it is alone, or in a record of version 1."""
        size = self.size or (len(self.acts) if isinstance(self.acts, tuple) else 1)
        first = act.body.get("record") == FORMATS[0] if act.kind == "opened" else case.version == 1
        return None if first or size < 2 else (number, size)


class Desk:
    """A case and the storage of its record, kept in step; many desks may share one storage.

    `begin` gives the case from which reading goes on: an empty one, or that of a checkpoint which fits the record.
    `heard`, where it is set, is called with each event once it is folded; a case that is read again from `begin` is
    another object, and nothing is heard of what was folded before. Threads may use one desk at once: none reads an
    event from the storage that another is about to fold, which would stand in the case twice.
    """

    def __init__(self, storage: Storage, clock: Clock, begin: Callable[[], Case] = Case) -> None:
        self.storage = storage
        self._clock = clock
        self._begin = begin
        self._held: Case | None = None
        self._step = RLock()
        self.heard: Callable[[Event], object] | None = None

    @property
    def _case(self) -> Case:
        if self._held is None:
            self._held = self._begin()
        return self._held

    def case(self) -> Case:
        """Give the case as its record has it now; it is not to be changed.

        Raises:
            RecordBroken: an event of the record does not hold, or may not stand where it stands.
        """
        with self._step:
            try:
                replay(self._case, self.storage.read(self._case.link.seq), self.heard)
            except RecordBroken:
                self._held = None
                raise
            return self._case

    def act(self, *acts: Act) -> tuple[Event, ...]:
        """Add events, all or none of them; once this returns they are on the disk.

        Raises:
            Refused: one of them may not happen in this case now; the message says what must come first.
            RecordBusy, OutputError: they could not be written; nothing has changed.
        """
        return self.do(lambda _: acts)

    def why_not(self, act: Act, at: str = "") -> str:
        """Say why an act may not happen in this case now, or at a time, as `act` would refuse it; "" if it may."""
        case = self.case()
        try:
            event, _ = _sealed(act, at or self._now(), case.link, None)
        except Refused as error:
            return str(error)
        why = refusal(case, event)
        return _refused(act, why) if why else ""

    def do(self, made: Callable[[Case], Iterable[Act]], around: Around | None = None) -> tuple[Event, ...]:
        """Add the events that `made` makes of the case as it stands while nobody else can write; as `act`.

        Args:
            made: the acts; in a `Batch` of a generator each may be made of the case as those before it left it.
            around: entered with the case as the acts leave it and the lines to be written, before any of them is; if
                it raises, none is. It is left once they stand or were refused, while nobody else can write.
        """
        with self._step, self.storage.writing() as pen:
            case = self.case()
            return self._write(pen, case, made(case), around)

    @contextmanager
    def still(self) -> Iterator[None]:
        """See to it that nobody writes in the record meanwhile.

        Raises:
            RecordBusy: another program is writing in it for too long.
        """
        with self._step, self.storage.writing():
            yield

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _write(self, pen: Pen, case: Case, acts: Iterable[Act], around: Around | None) -> tuple[Event, ...]:
        at = self._now()
        events: list[Event] = []
        lines: list[bytes] = []
        if isinstance(acts, Iterator):
            raise TypeError("acts that are made one after the other need their number: Batch(acts, size)")
        acts = acts if isinstance(acts, Batch) else Batch(tuple(acts))
        try:
            for number, act in enumerate(acts, 1):
                event, line = _sealed(act, at, case.link, acts.place(number, case, act))
                why = refusal(case, event)
                if why:
                    raise Refused(_refused(act, why))
                fold(case, event)
                if self.heard:
                    self.heard(event)
                events.append(event)
                lines.append(line)
            with around(case, lines) if around and lines else nullcontext():
                pen.append(lines)
        except BaseException:
            if events:
                self._held = None  # it is ahead of the record, so it is read again
            raise
        return tuple(events)


def replay(case: Case, lines: Iterator[bytes], heard: Callable[[Event], object] | None = None) -> None:
    """Add the events of lines to a case, each checked against the chain and the order; `heard` is told of each.

    Raises:
        RecordBroken: one does not hold.
    """
    with no_collection():
        for event in read_chain(finished(lines), case.link):
            why = refusal(case, event)
            if why:
                raise RecordBroken(event.seq, why.removesuffix("."))
            fold(case, event)
            if heard:
                heard(event)


def _sealed(act: Act, at: str, after: Link, place: tuple[int, int] | None) -> tuple[Event, bytes]:
    try:
        return seal(Draft(at, act.by, act.kind, act.body), after, place)
    except ValueError as error:
        raise Refused(_refused(act, str(error))) from error


def _refused(act: Act, why: str) -> str:
    said = why.removeprefix(f"{act.kind}: ").removesuffix(".")
    called = KINDS[act.kind].called if act.kind in KINDS else act.kind
    return f"{called} is refused: {said}."
