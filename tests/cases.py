"""A small case for the tests of record, casework and certificate: its acts, and a storage that forgets nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotworthy.casework import (
    Act,
    Case,
    Desk,
    all_body,
    certified_body,
    counts_body,
    rules_body,
    sample_body,
    verdict_body,
)
from ballotworthy.errors import RecordBusy
from ballotworthy.files.places import place_file
from ballotworthy.record import OfficeKey, Storage, VoterKey

OFFICE = OfficeKey(Ed25519PrivateKey.from_private_bytes(b"office key of the tests, 32 byte"))
VOTERS = VoterKey(b"voter key of the tests, 32 bytes")
ROLL = sha256(b"an invented roll").hexdigest()
IMAGE = sha256(b"an invented scan").hexdigest()
START = dt.datetime(2026, 11, 3, 9, 0, 0, tzinfo=dt.UTC)
ALL = ["manage", "decide", "resolve", "certify"]


class Memory:
    """A storage in memory, as the office's database will be one: rows, and one pen."""

    def __init__(self) -> None:
        self.rows: list[bytes] = []
        self._lock = Lock()

    def read(self, after: int = 0) -> Iterator[bytes]:
        return iter(self.rows[after:])

    @contextmanager
    def writing(self) -> Iterator[Memory]:
        if not self._lock.acquire(timeout=5):
            raise RecordBusy("somebody else is writing")
        try:
            yield self
        finally:
            self._lock.release()

    def append(self, lines: Sequence[bytes]) -> None:
        self.rows += lines


class Clock:
    """A clock that goes on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def opened(**changes: object) -> Act:
    """Give the act that opens a case of the invented place."""
    body = {
        "record": "ballotworthy-record/2",
        "case": "Exampleland 2026-1",
        "office": "Secretary of Exampleland",
        "measure": "A law on invented things",
        "place": "zz-example",
        "kind": "initiative",
        "on": "2026-11-02",
        "filed": "2026-11-02",
        "key": OFFICE.public,
        "voters": VOTERS.commitment,
        "disclosure": "public",
        "people": [
            {"id": "ann", "may": ALL},
            {"id": "bob", "may": ["decide", "resolve"]},
            {"id": "dee", "may": ["resolve"]},
        ],
    }
    return Act("ann", "opened", {**body, **changes})


def pinned(place: str = "zz-example", kind: str = "initiative", on: str = "2026-11-02", required: int = 0) -> Act:
    """Give the act that pins a place's law."""
    text = place_file(place, "law.toml").read_text("utf-8")
    given = (required, "set for this test") if required else None
    return Act("ann", "rules", rules_body(text, place, kind, on, required=given))


def frame_lines(number: int = 40, strata: Sequence[str] = ("Island", "North")) -> list[list[str]]:
    """Give lines, five a sheet: the strata in turn by sheet, the last line of the third sheet blank."""
    lines = []
    for at in range(number):
        sheet, line = at // 5 + 1, at % 5 + 1
        mark = "blank:nobody signed" if (sheet, line) == (3, 5) else ""
        lines.append([str(sheet), str(line), strata[sheet % len(strata)], "", mark, IMAGE])
    return lines


def intake(lines: Sequence[Sequence[str]]) -> list[Act]:
    """Give the acts that take lines in and fix the frame, except the frame itself."""
    sheets = len({line[0] for line in lines})
    numbers = {"sheets": sheets, "lines": len(lines)}
    return [
        Act("ann", "received", {"batch": "1", "day": "2026-11-02", **numbers}),
        Act("ann", "counted", {"batch": "1", **numbers}),
        *(Act("ann", "lines", listed(lines[at : at + 1000])) for at in range(0, len(lines), 1000)),
    ]


def listed(lines: Sequence[Sequence[str]]) -> dict[str, object]:
    """Give the body of lines, with the day of their marks where one has a mark."""
    marked = {"marked": "2026-11-02"} if any(line[4] for line in lines) else {}
    return {"lines": list(map(list, lines)), **marked}


def voter(name: str) -> str:
    """Give a voter as a record holds one."""
    return VOTERS.hashed(name)


def ruled(line: str, by: str = "ann", look: int = 1, *, reason: str = "", of: str = "") -> Act:
    """Give a decision: valid for the voter `of` (one of his own for each line if not told), or refused."""
    outcome = {"outcome": "invalid", "reason": reason} if reason else {"outcome": "valid"}
    who = {"voter": voter(of or f"voter of {line}"), "roll": ROLL} if of or not reason else {}
    return Act(by, "decision", {"line": line, "look": look, **outcome, **who})


def desk_of(storage: Storage | None = None) -> Desk:
    """Give a desk at an empty storage."""
    return Desk(Memory() if storage is None else storage, Clock())


def framed(desk: Desk, lines: Sequence[Sequence[str]] | None = None, *, required: int = 20, kind: str = "initiative",
           place: str = "zz-example") -> None:  # fmt: skip
    """Bring a case to its fixed frame, with a roll and a seed."""
    desk.act(opened(place=place, kind=kind), pinned(place, kind, required=required))
    desk.act(*intake(frame_lines() if lines is None else lines))
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    desk.act(Act("ann", "roll", {"roll": ROLL, "day": "2026-11-01", "voters": 1_000}))
    body = {"seed": "426113", "throws": 6, "how": "dice", "source": "six dice in the hall", "present": ["the press"]}
    desk.act(Act("ann", "seed", body))


def sampled(desk: Desk, *, every: bool = False) -> list[str]:
    """Draw the sample by law, or take every line; give its lines in the order drawn, strata by name."""
    desk.do(lambda case: [Act("ann", "sample", all_body(case, "as ordered") if every else sample_body(case))])
    case = desk.case()
    assert case.sample is not None
    return sorted(case.sample.lines, key=case.frame.at.__getitem__)


def decided(desk: Desk, lines: Sequence[str]) -> None:
    """Decide lines: every fifth refused, the second and third of one voter, the fourth looked at twice."""
    acts = []
    for at, line in enumerate(lines):
        if at % 5 == 4:
            acts.append(ruled(line, reason="not-registered"))
        else:
            acts.append(ruled(line, of="a voter who signed twice" if at in (1, 2) else ""))
    desk.act(*acts)
    desk.act(ruled(lines[3], "bob", 2, reason="illegible"))
    body = {"line": lines[3], "outcome": "invalid", "reason": "illegible"}
    desk.act(Act("dee", "resolved", body))


def judged(desk: Desk) -> None:
    """Count and judge."""
    desk.do(lambda case: [Act("ann", "counts", counts_body(case))])
    desk.do(lambda case: [Act("ann", "verdict", verdict_body(case))])


def certified(desk: Desk, form: str = "plain") -> None:
    """Certify."""
    desk.do(lambda case: [Act("ann", "certified", certified_body(case, form, OFFICE, second="bob"))])


def whole_case(storage: Storage | None = None, number: int = 240) -> tuple[Desk, Case]:
    """Give a case from its opening to its certificate: lines in two strata, sampled by law."""
    desk = desk_of(storage)
    framed(desk, frame_lines(number), required=20)
    decided(desk, sampled(desk))
    judged(desk)
    certified(desk)
    return desk, desk.case()


def record_file(folder: Path) -> Path:
    """Write the record of `whole_case` to a file and give its path."""
    memory = Memory()
    whole_case(memory)
    path = folder / "case.record"
    path.write_bytes(b"".join(row + b"\n" for row in memory.rows))
    return path
