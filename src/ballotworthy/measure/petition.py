"""What is held of a measure's signatures: a check of ours, a published record, or numbers that somebody published."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.given import given_bytes
from ballotworthy.measure.model import Measure, Published, Source
from ballotworthy.verify import is_record, verify

CHECK, RECORD, PUBLISHED = "a check", "a record that holds when recounted, by the key in it", "published"
HEAD = ".head.json"


@dataclass(frozen=True)
class Signatures:
    """A count of signatures.

    Attributes:
        how: CHECK, RECORD or PUBLISHED.
        verdict: what it says.
        valid, raw, requirement: signatures that are valid, that were filed, that are required; None where not said.
        source: of the requirement, or of all where it was published.
        day: on which it was filed, None where nothing says.
        file, sha256: the file and its digest, "" where none.
    """

    how: str
    verdict: str
    valid: int | None
    raw: int | None
    requirement: int | None
    source: Source | None
    day: dt.date | None
    file: str = ""
    sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {
            "how": self.how, "verdict": self.verdict, "estimate": self.valid, "raw": self.raw,
            "requirement": self.requirement, "source": self.source.words if self.source else None,
            "address": self.source.address if self.source else None,
            "day": self.day.isoformat() if self.day else None, "file": self.file, "sha256": self.sha256,
        }  # fmt: skip


def signatures_of(measure: Measure, folder: Path) -> Signatures | None:
    """Give the count that a measure names; None where it names none.

    A record is recounted from its specification first, with the signed head beside it if there is one.

    Raises:
        InputError: the file cannot be opened, is neither a result of `check` nor a record, a record that does not
            hold, or one of another place or kind.
    """
    held = measure.petition
    if isinstance(held, Published):
        return Signatures(PUBLISHED, held.verdict, held.valid, held.filed, None, held.source, held.day)
    if not held:
        return None
    path = folder / held
    written = given_bytes(path)
    how, found = (RECORD, _recounted(path, written)) if is_record(written) else (CHECK, _checked(path, written))
    checked, own = (found.get("place"), found.get("kind")), (measure.place, measure.kind)
    if any(given is not None and given != mine for given, mine in zip(checked, own, strict=True)):
        raise InputError(
            f"{path} is a check of {', '.join(map(str, checked))}; {measure.file} is of {', '.join(own)}. Name the "
            "check of this measure in `petition`."
        )
    cited = found.get("requirement_source")
    cited = cited if isinstance(cited, dict) else {}
    source = Source(str(cited["cite"]), str(cited["url"])) if {"cite", "url"} <= set(cited) else None
    valid, raw, requirement = (_whole(found.get(name)) for name in ("estimate", "raw", "requirement"))
    return Signatures(
        how, str(found["verdict"]), valid, raw, requirement, source, _day(found.get("on")), path.name,
        sha256(written).hexdigest(),
    )  # fmt: skip


def _checked(path: Path, written: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as error:
        what = "no result.json of a check and no record"
        raise InputError(f"{path} is {what}. Name one of them in `petition`.") from error
    if not isinstance(found, dict) or not isinstance(found.get("verdict"), str):
        raise InputError(f"{path} has no verdict. Name a result.json of `check`, or a record, in `petition`.")
    return found


def _recounted(path: Path, written: bytes) -> Mapping[str, Any]:
    """Give the opening and the last verdict of a record that holds."""
    head = path.with_name(path.name + HEAD)
    answer = verify(BytesIO(written), head=given_bytes(head) if head.is_file() else None)
    if answer.first is not None:
        raise InputError(
            f"{path} does not hold: {answer.first.says} ({answer.first.check}). `ballotworthy verify` says more."
        )
    bodies = dict(_bodies(written))
    return {**bodies["opened"], **bodies["verdict"]}


def _bodies(written: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for line in BytesIO(written):
        event = json.loads(line)
        if event["kind"] in ("opened", "verdict"):
            yield event["kind"], event["body"]


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None
