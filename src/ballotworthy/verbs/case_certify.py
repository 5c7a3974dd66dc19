"""Certify a case: the paper and its twin, the signed head of the record, and the event that holds their digests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case, certified_body
from ballotworthy.casework.begun import Papers
from ballotworthy.casework.room import HEAD, RecordAt, Room, head_bytes
from ballotworthy.certificate import CERTIFICATE, certificate_files, form_of
from ballotworthy.files.whole import whole_file
from ballotworthy.record import open_person_key


@dataclass(frozen=True)
class Certified:
    """A certified case: the form, the verdict, the files written; of a case certified before, those that lacked."""

    record: RecordAt
    form: str
    verdict: str
    files: Sequence[Path]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case certify --json` prints it."""
        return {
            **self.record.to_dict(),
            "form": self.form,
            "verdict": self.verdict,
            "files": [str(path) for path in self.files],
        }


def certify_case(
    room: Room,
    *,
    by: str,
    form: str = "",
    key_file: Path | None = None,
    second: str = "",
    second_key: Path | None = None,
    alone: str = "",
) -> Certified:
    """Sign the verdict that stands; of a case that is certified already, write the paper and the head that lack.

    Args:
        room: the case.
        by: who certifies.
        form: the paper to sign; the form that the place prescribes, or the plain one, if absent.
        key_file: the office's signing key; the one made for the case if absent.
        second: the second person, who certifies with him.
        second_key: the file of the second person's own key, where one is named in the case (`case second`).
        alone: why there is no second person; it stands on the certificate.

    Raises:
        UnknownName: the place has no such form.
        Refused: there is no verdict, something has changed since, the key is another, or nobody is named as the second.
    """
    key = room.office_key(key_file)
    beside = open_person_key(second_key) if second_key else None
    paper = form_of(room.case().opened["place"], form)

    def papers(case: Case) -> Papers:
        return {**certificate_files(case), HEAD: partial(Path.write_bytes, data=head_bytes(case, key))}

    written: Sequence[str] = (*CERTIFICATE, HEAD)
    case = room.case()
    if case.standing.closed and (lacking := [name for name in written if not (room.folder / name).is_file()]):
        ready = papers(case)
        for name in lacking:
            with whole_file(room.folder / name) as path:
                ready[name](path)
        written = lacking
        paper = case.standing.certified.body["form"] if case.standing.certified else paper
    else:

        def certified(case: Case) -> list[Act]:
            return [
                Act(by, "certified", certified_body(case, paper, key, second=second, alone=alone, second_key=beside))
            ]

        room.write(certified, papers)
    standing = room.case().standing
    verdict = standing.verdict.body["verdict"] if standing.verdict else ""
    return Certified(room.at(), paper, verdict, [room.folder / name for name in written])
