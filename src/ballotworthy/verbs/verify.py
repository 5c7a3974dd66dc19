"""Verify a published record: recounted check by check, with no code of those who keep records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.given import given_bytes, given_file
from ballotworthy.files.quantities import quantity
from ballotworthy.verify import START, Answer, answer_data, is_record, verify, what_else

KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Recount:
    """What a recount of a record found."""

    file: str
    answer: Answer

    @property
    def holds(self) -> bool:
        """Whether no check fails."""
        return self.answer.holds

    def __repr__(self) -> str:
        """Give whether it holds, and how many events were recounted."""
        first = self.answer.first
        said = "holds" if first is None else f"fails at {first.check}"
        return f"Recount({self.file!r} {said}: {quantity(self.answer.events, 'event')})"

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as `verify --json` prints it."""
        return answer_data(self.answer)


def verify_record(
    record: Path,
    *,
    head: Path | None = None,
    key: Path | str | None = None,
    certificate: Path | None = None,
    proposals: Path | None = None,
    beacon: str | None = None,
) -> Recount:
    """Give every numbered check of a record's specification, and the first event that fails.

    Args:
        record: the published record.
        head: a signed head; RECORD.head.json beside the record if that is there.
        key: the office's public key as it publishes it: a file with a text of 64 digits, or that text.
        certificate: the certificate's JSON, to be compared.
        proposals: the machine's weights, to be compared with what the risk-limiting check says.
        beacon: the value of the seed's beacon, as you looked it up.

    Raises:
        InputError: a file cannot be opened, is no record, or holds no key; a folder is given.
        Refused: it is of a case that an office holds.
    """
    _refuse_folder(record)
    with _opened(record) as lines:
        beside = record.with_name(record.name + ".head.json")
        signed = head or (beside if beside.is_file() else None)
        answer = verify(
            lines,
            head=_read(signed),
            key=_read_key(key) if key else None,
            certificate=_read(certificate),
            proposals=_read(proposals),
            beacon=beacon,
        )
    return Recount(record.name, answer)


def _refuse_folder(path: Path) -> None:
    """Say of the folder of a case where its record is, which is what can be verified."""
    if path.is_file():
        return
    from ballotworthy.casework.held import HELD, check_in_reach  # here, since who verifies a record needs no case
    from ballotworthy.casework.room import RECORD

    folder = path if path.is_dir() else path.parent
    if (folder / HELD).is_file():
        check_in_reach(folder)
    if (path / RECORD).is_file():
        raise InputError(f"{path} is the folder of a case. Give its record: ballotworthy verify {path / RECORD}")


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader[FileIO]]:
    with given_file(path) as (file, _), BufferedReader(file, START) as lines:
        start = lines.peek(START)
        if not is_record(start):
            raise InputError(
                f"{path} is no record of a case; it is {what_else(start)}. Give the record, such as case.record; "
                "a certificate, a head, a key or weights go behind --certificate, --head, --key, --proposals."
            )
        yield lines


def _read(path: Path | None) -> bytes | None:
    return None if path is None else given_bytes(path)


def _read_key(key: Path | str) -> str:
    if isinstance(key, str) and KEY.fullmatch(key):
        return key
    path = Path(key)
    text = (_read(path) or b"").decode("ascii", errors="replace").strip()
    if not KEY.fullmatch(text):
        raise InputError(f"{path} holds no public key; give a text of sixty-four digits 0-9 and a-f.")
    return text
