"""Change the office's key of a case: signed by both keys, or by two people and a notice where the old is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.begun import Papers
from ballotworthy.casework.room import OFFICE_KEY, PRIVATE, RecordAt, Room
from ballotworthy.casework.two_people import signed_second
from ballotworthy.errors import InputError
from ballotworthy.record import new_office_key, open_office_key, open_person_key, sign_key, write_office_key


@dataclass(frozen=True)
class Changed:
    """The new public key, to be published, and where its secret half is."""

    record: RecordAt
    key: str
    file: Path

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case key --json` prints it."""
        return {**self.record.to_dict(), "key": self.key, "file": str(self.file)}


def change_key(
    room: Room,
    *,
    by: str,
    new_key: Path | None = None,
    old_key: Path | None = None,
    second: str = "",
    notice: str = "",
    second_key: Path | None = None,
) -> Changed:
    """Change the key with which the office signs; nothing that was signed before is touched.

    Args:
        room: the case.
        by: who changes it.
        new_key: the file of the new key; one is made in private/ if absent, and the old one kept beside.
        old_key: the file of the old key; the one of the case if absent.
        second: where the old key is lost: who stands for the change with him.
        notice: where the old key is lost: where and when the change was published.
        second_key: the file of the second person's own key, where one is named in the case (`case second`).

    Raises:
        InputError: a key cannot be read, or only half is said of a lost one.
        Refused: the key is none, or not a new one; the old one, or the second person, has not signed.
    """
    if bool(second) != bool(notice) or (second and old_key) or (second_key and not second):
        raise InputError("of a lost key give a second person and the published notice; else neither.")
    own = room.folder / PRIVATE / OFFICE_KEY
    key = open_office_key(new_key) if new_key else new_office_key()
    old = None if second else room.office_key(old_key)
    beside = open_person_key(second_key) if second_key else None

    def changed(case: Case) -> list[Act]:
        body: dict[str, Any] = {"key": key.public, "own": sign_key(key, case.name, case.link, key.public)}
        if old is None:
            body["lost"] = {"second": second, "notice": notice}
        else:
            body["old"] = sign_key(old, case.name, case.link, key.public)
        return [Act(by, "key_changed", signed_second(case, "key_changed", body, beside))]

    def papers(case: Case) -> Papers:
        if new_key:
            return {}
        kept: Papers = {}
        if own.exists():
            kept = {f"{PRIVATE}/office-{case.keys[-2][1][:8]}.key": partial(_copied, own)}
        return {**kept, f"{PRIVATE}/{OFFICE_KEY}": partial(write_office_key, key)}

    room.write(changed, papers)
    return Changed(room.at(), key.public, new_key or own)


def _copied(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())
