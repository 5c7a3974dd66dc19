"""Export a case: what its disclosure setting lets an audience have; never a name, an image or a secret key.

The office's public key and the page that verifies in a browser go with every export.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballotworthy.casework import Case
from ballotworthy.casework.claims import Claims, ruled_on
from ballotworthy.casework.room import HEAD, RECORD, WEIGHTS, RecordAt, Room, head_bytes, record_at, write_record
from ballotworthy.certificate import (
    CERTIFICATE,
    certificate_files,
    challenges_of,
    objections,
    objections_pdf,
    objections_table,
    packet_pdf,
    packet_table,
)
from ballotworthy.certificate.page import PAGE, verifier_page
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.cells import write_table
from ballotworthy.files.whole import whole_folder
from ballotworthy.petition import frame_text
from ballotworthy.safe_text import safe_line

MARKER = "EXPORT.txt"
KEY = "office-key.txt"
PACKET = ("challenge.csv", "challenge.parquet", "challenge.pdf")
OBJECTIONS = ("objections.csv", "objections.parquet", "objections.pdf")
FRAME = "frame.tsv"
OUTPUTS = (*CERTIFICATE, HEAD, KEY, PAGE, RECORD, FRAME, WEIGHTS, *PACKET, *OBJECTIONS)
AUDIENCES = ("proponents", "public")


@dataclass(frozen=True)
class Exported:
    """What was written for an audience under a disclosure setting, by file name; the last is the list itself."""

    record: RecordAt
    disclosure: str
    audience: str
    files: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case export --json` prints it."""
        more = {"disclosure": self.disclosure, "to": self.audience, "files": list(self.files)}
        return {**self.record.to_dict(), **more}


def allowed(disclosure: str, audience: str) -> Sequence[str]:
    """Give what an export may carry beside certificate and head."""
    if disclosure == "closed" or (disclosure == "proponents" and audience == "public"):
        return ()
    return ("record", "packet") if audience == "proponents" else ("record",)


def export_case(room: Room, out: Path, *, audience: str, key_file: Path | None = None, objector: str = "") -> Exported:
    """Write a folder for an audience, whole or not at all.

    Args:
        room: the case.
        out: the folder.
        audience: proponents or public.
        key_file: the office's signing key, which signs the head; the one made for the case if absent.
        objector: whose challenges go with it, with what was ruled on each; as they say who they are, or the part of
            that before a comma.

    Raises:
        InputError: there is no such audience, the folder is somebody else's, or the objector challenged no line.
        Refused: the disclosure lets this audience have nothing of single lines.
    """
    if audience not in AUDIENCES:
        raise InputError(f"{audience} is nobody who gets an export; write proponents or public.")
    case = room.case()
    key = room.office_key(key_file)
    parts = allowed(case.disclosure, audience)
    if objector and "record" not in parts:
        raise Refused(
            f"the case's disclosure is {case.disclosure}, so an export for {audience} carries nothing of single lines, "
            "and no objections. Change the disclosure first, where the law allows it."
        )
    with whole_folder(out, marker=MARKER, holds=OUTPUTS) as made:
        for name, write in _papers(room, case).items():
            write(made / name)
        (made / HEAD).write_bytes(head_bytes(case, key))
        (made / KEY).write_text(case.key + "\n", "utf-8")
        (made / PAGE).write_bytes(verifier_page())
        if "record" in parts:
            write_record(room.record, made / RECORD)
            (made / FRAME).write_text(frame_text(case.frame.lines), "utf-8")
            if (room.folder / WEIGHTS).is_file():
                shutil.copyfile(room.folder / WEIGHTS, made / WEIGHTS)
        if "packet" in parts and case.standing.closed:
            csv, parquet, pdf = (made / name for name in PACKET)
            for table in (csv, parquet):
                write_table(packet_table(case), table)
            pdf.write_bytes(packet_pdf(case))
        if objector:
            _objections(room, case, objector, made)
        listed = sorted(path.name for path in made.iterdir())
        (made / MARKER).write_text(_told(case, audience, sorted([*listed, MARKER])), "utf-8")
    return Exported(record_at(case), case.disclosure, audience, [*listed, MARKER])


def _papers(room: Room, case: Case) -> Mapping[str, Callable[[Path], object]]:
    """Give what writes the certificate: that in force, or as kept the one behind which every line is examined."""
    if case.standing.closed:
        return certificate_files(case)
    kept = {name: room.folder / name for name in CERTIFICATE}
    if case.left_open is None or not all(path.is_file() for path in kept.values()):
        return {}
    if sha256(kept[CERTIFICATE[0]].read_bytes()).hexdigest() != case.left_open.body["certificate"]:
        return {}
    return {name: partial(shutil.copyfile, path) for name, path in kept.items()}


def _objections(room: Room, case: Case, objector: str, made: Path) -> None:
    found = challenges_of(Claims(room.record).follow(), objector)
    rows = objections(case, found, ruled_on(room.record, {each.body["line"] for each in found}))
    csv, parquet, pdf = (made / name for name in OBJECTIONS)
    for table in (csv, parquet):
        write_table(objections_table(rows), table)
    pdf.write_bytes(objections_pdf(case, objector, rows))


def _recounted(files: Sequence[str]) -> str:
    """Say how the record is recounted, with every file here that is compared with it; or that it is not here."""
    if RECORD not in files:
        return f"The record is not among them, so nobody can recount it; whoever has it can open it with {PAGE}.\n"
    beside = (("--certificate", CERTIFICATE[0]), ("--proposals", WEIGHTS))
    more = "".join(f" {option} {name}" for option, name in beside if name in files)
    return (
        f"To recount it, in this folder: ballotworthy verify {RECORD} --key {KEY}{more}\n"
        f"or open {PAGE} in a browser and drop the files on it.\n"
    )


def _left_open(case: Case, files: Sequence[str]) -> str:
    """Say of a certificate that is here without being in force that it did not decide."""
    if case.left_open is None or CERTIFICATE[0] not in files:
        return ""
    return f"The certificate of event {case.left_open.seq} did not decide; every line is examined since.\n"


def _told(case: Case, audience: str, files: Sequence[str]) -> str:
    return (
        f"{safe_line(case.opened['case'])}: {safe_line(case.opened['measure'])}\n"
        f"For {audience}; the case's disclosure is {case.disclosure}. Head {case.link.sha256}, event {case.link.seq}.\n"
        f"Files: {', '.join(files)}.\n"
        f"{_left_open(case, files)}"
        f"{_recounted(files)}"
        f"Compare {KEY} with the key that the office published; a forger's export would carry his own.\n"
    )
