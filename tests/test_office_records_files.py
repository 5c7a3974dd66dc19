"""Records that lie in files: taken into the office's database once a case is opened, and given out of it as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.errors import InputError, Refused
from ballotworthy.record import FileStorage, read_chain
from test_office_records import another, held

if TYPE_CHECKING:
    from ballotworthy.casework.room import Room
    from ballotworthy.office.models import HeldCase
    from office_site import Office

__all__ = ["held"]

RECORD, TAKEN = "case.record", "case.record.taken-in"


def as_of_old(office: Office) -> Path:
    """Give the folder of the demo as an office had it that kept records in files, whose tables know of none."""
    from ballotworthy.office import rooms
    from ballotworthy.office.models import RecordLine

    folder, record = rooms.folder_of("demo"), office.record()
    (folder / RECORD).write_bytes(record)
    (folder / TAKEN).unlink()
    RecordLine.objects.all().delete()
    rooms._open.clear()
    return folder


def test_an_office_that_kept_records_in_files_has_them_in_its_database_once_a_case_is_opened(office: Office) -> None:
    record, folder = office.record(), as_of_old(office)
    assert office.client("anna").get("/cases/demo").status_code == 200
    assert (office.record(), (folder / TAKEN).read_bytes(), (folder / RECORD).exists()) == (record, record, False)
    (folder / TAKEN).rename(folder / RECORD)  # a process was killed before it put the file aside
    assert (another_of(office).record.end(), (folder / RECORD).exists()) == (len(record.splitlines()), False)


def another_of(office: Office) -> Room:
    from ballotworthy.office.models import HeldCase

    assert office.folder.is_dir()
    return another(HeldCase.objects.get(slug="demo"))


def test_a_file_that_does_not_hold_or_is_another_record_is_left_and_told_about(office: Office) -> None:
    from ballotworthy.office.models import RecordLine

    record, folder = office.record(), as_of_old(office)
    (folder / RECORD).write_bytes(record.replace(b'"kind":"frame"', b'"kind":"Frame"', 1))
    answer = office.client("anna").get("/cases/demo")
    assert (answer.status_code, "does not hold" in answer.text) == (422, True)
    assert not RecordLine.objects.exists()
    (folder / RECORD).write_bytes(record)
    assert office.client("anna").get("/cases/demo").status_code == 200
    (folder / RECORD).write_bytes(b"".join(record.splitlines(keepends=True)[:-1]))  # of an older backup
    with pytest.raises(InputError, match="holds another of this case"):
        another_of(office)
    assert (folder / RECORD).is_file()


def test_without_its_record_a_case_is_said_to_be_lost(office: Office) -> None:
    (as_of_old(office) / RECORD).unlink()
    with pytest.raises(InputError, match="neither in the office's database nor"):
        another_of(office)


def test_the_command_line_is_told_where_the_record_of_an_office_lies(office: Office) -> None:
    from ballotworthy.casework.room import enter
    from ballotworthy.office.rooms import folder_of, now

    with pytest.raises(Refused, match="lies in the office's database"):
        enter(folder_of("demo"), now)
    assert office.room().case().opened


def test_an_export_to_the_command_line_has_the_record_of_the_database_as_a_file(
    office: Office, held: HeldCase, tmp_path: Path
) -> None:
    from ballotworthy.office.handover import take_out
    from ballotworthy.office.models import HeldCase, RecordLine

    assert held
    record = office.record()
    out = take_out("demo", tmp_path / "case").folder
    assert (out / RECORD).read_bytes() == record
    assert [json.loads(line)["seq"] for line in record.splitlines()] == [
        event.seq for event in read_chain(FileStorage(out / RECORD).read())
    ]
    assert (RecordLine.objects.exists(), HeldCase.objects.exists(), (out / TAKEN).exists()) == (False, False, False)
