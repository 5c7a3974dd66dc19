"""The record of a case in the office's database: kept as every storage keeps it, with the tables, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.casework import Act
from ballotworthy.errors import BallotworthyError, OutputError, RecordBroken, RecordBusy

if TYPE_CHECKING:
    from ballotworthy.casework.room import Room
    from ballotworthy.office.models import HeldCase
    from office_site import Office

RECORD, TAKEN = "case.record", "case.record.taken-in"


@pytest.fixture
def held(office: Office) -> HeldCase:
    """Give the demo's case as the tables have it."""
    from ballotworthy.office.models import HeldCase

    assert office.folder.is_dir()
    return HeldCase.objects.get(slug="demo")


def another(held: HeldCase) -> Room:
    """Give the room as another process has it."""
    from ballotworthy.office.rooms import enter_held, now

    return enter_held(held, now)


def ruled(room: Room, line: str, by: str = "anna") -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines

    decide_lines(room, [RuledLine(line, "invalid", "illegible")], by=by)


def desk_of(office: Office, name: str = "anna") -> str:
    from ballotworthy.office.models import Lease

    assert office.client(name).get("/cases/demo/work/first").status_code == 200
    return str(Lease.objects.filter(account__name=name, look="first").order_by("pk").first().line)


def test_a_ruling_and_the_line_gone_from_its_desk_are_one_transaction(
    office: Office, held: HeldCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office import record_table
    from ballotworthy.office.models import LastRuled, Lease, RecordLine

    line, room, before = desk_of(office), another(held), RecordLine.objects.count()

    done_together = record_table.done_together

    def broken(statements: Any) -> None:
        done_together(statements)
        assert RecordLine.objects.count() == before + 1
        assert not Lease.objects.filter(line=line, look="first").exists()
        raise ZeroDivisionError

    monkeypatch.setattr(record_table, "done_together", broken)
    with pytest.raises(ZeroDivisionError):
        ruled(room, line)
    assert RecordLine.objects.count() == before
    assert Lease.objects.filter(line=line, look="first").exists()
    assert not LastRuled.objects.exists()
    assert line not in room.case().looks
    monkeypatch.undo()
    ruled(room, line)
    assert RecordLine.objects.count() == before + 1
    assert not Lease.objects.filter(line=line, look="first").exists()
    assert LastRuled.objects.get(account__name="anna").line == line


def test_whoever_ruled_elsewhere_takes_nothing_back_here(office: Office, held: HeldCase) -> None:
    from ballotworthy.office.models import LastRuled, Lease

    line = desk_of(office)
    ruled(another(held), line, by="carla")
    assert not Lease.objects.filter(line=line).exists()
    assert not LastRuled.objects.exists()


def broken_by(error: Exception, cause: BaseException | None) -> Callable[..., None]:
    def follow(*_given: object) -> None:
        raise error from cause

    return follow


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("said in English")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), OutputError),
        (sqlite_error(sqlite3.SQLITE_BUSY), RecordBusy),
        (None, None),
    ],
)
def test_a_database_that_takes_nothing_leaves_the_case_as_it_was(
    held: HeldCase, monkeypatch: pytest.MonkeyPatch, cause: BaseException | None, expected: type[Exception] | None
) -> None:
    from django.db import OperationalError

    from ballotworthy.office import record_table

    room = another(held)
    line, before = next(iter(room.case().frame.at)), room.at()
    monkeypatch.setattr(record_table, "follow", broken_by(OperationalError(), cause))
    with pytest.raises(expected or OperationalError):
        room.write(lambda _: [Act("manager", "noted", {"what": line, "day": "2024-05-04"})])
    assert room.at() == before
    monkeypatch.undo()
    room.write(lambda _: [Act("manager", "noted", {"what": line, "day": "2024-05-04"})])
    assert room.at().events == before.events + 1


def test_a_full_disk_leaves_the_case_as_it_was(held: HeldCase) -> None:
    from django.db import connection

    room = another(held)
    before, note = room.at(), {"day": "2024-05-04", "what": "heard"}
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OutputError, match="free some space where the database lies"):
            room.write(lambda _: [Act("manager", "noted", {**note, "what": "x" * 5_000_000})])
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert room.at() == before
    room.write(lambda _: [Act("manager", "noted", note)])
    assert room.at().events == another(held).at().events == before.events + 1


def test_what_was_committed_is_acknowledged_though_the_answer_of_the_database_was_lost(
    held: HeldCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import contextmanager

    from django.db import OperationalError, transaction

    from ballotworthy.office import record_table

    class Lost:
        @contextmanager
        def atomic(self, **given: Any) -> Iterator[None]:
            with transaction.atomic(**given):
                yield
            raise OperationalError

    room = another(held)
    before = room.at().events
    monkeypatch.setattr(record_table, "transaction", Lost())
    room.write(lambda _: [Act("manager", "noted", {"what": "x", "day": "2024-05-04"})])
    assert (room.at().events, another(held).at()) == (before + 1, room.at())


def test_nothing_is_added_to_a_record_that_is_not_the_one_that_was_read(held: HeldCase) -> None:
    from ballotworthy.office.models import RecordLine

    room = another(held)
    before = room.at().events
    RecordLine.objects.filter(held=held, number=before).delete()  # as where an older copy of the database was put back
    with pytest.raises(RecordBusy, match="not the one that was read"):
        room.desk.act(Act("manager", "noted", {"what": "x", "day": "2024-05-04"}))
    assert another(held).at().events == before - 1


def test_within_a_request_others_are_looked_for_once_and_before_anything_is_written(
    held: HeldCase, django_queries: Callable[[], int]
) -> None:
    from ballotworthy.office.rooms import entered

    other = another(held)
    note = Act("manager", "noted", {"what": "x", "day": "2024-05-04"})
    with entered(held) as room:
        before = room.at().events
        asked = django_queries()
        for _ in range(9):
            room.case()
        assert django_queries() == asked
        other.desk.act(note)
        assert room.at().events == before
        room.desk.act(note)
        assert room.at().events == before + 2
        other.desk.act(note)
    with entered(held) as room:
        assert room.at().events == before + 3


@pytest.fixture
def django_queries(held: HeldCase) -> Iterator[Callable[[], int]]:
    """Give how many times the database was asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert held
    with CaptureQueriesContext(connection) as asked:
        yield lambda: len(asked)


def test_a_checkpoint_of_a_record_in_the_database_fits_it_and_hides_no_alteration(
    held: HeldCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.casework import checkpoint
    from ballotworthy.casework.room import keep_checkpoint
    from ballotworthy.office.models import RecordLine

    monkeypatch.setattr(checkpoint, "WORTH", 1)
    room = another(held)
    assert keep_checkpoint(room)
    read: list[int] = []
    with monkeypatch.context() as watched:
        watched.setattr("ballotworthy.casework.desk.read_chain", lambda lines, _: [*map(read.append, lines)] and [])
        assert (another(held).at(), read) == (room.at(), [])
    third = RecordLine.objects.get(held=held, number=3)
    RecordLine.objects.filter(held=held, number=3).update(line=bytes(third.line).replace(b"a", b"b", 1))
    with pytest.raises(RecordBroken):
        another(held).case()


def test_papers_that_go_with_events_stand_or_fall_with_them_in_the_database_too(
    office: Office, held: HeldCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.casework.begun import BEGUN
    from ballotworthy.office import record_table
    from ballotworthy.office.rooms import folder_of

    room, folder = another(held), folder_of("demo")
    acts = [Act("manager", "noted", {"what": "x", "day": "2024-05-04"})] * 2
    papers = {"minutes.txt": lambda path: path.write_text("heard", "utf-8")}
    before = room.at().events

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("ballotworthy.casework.begun.settle", lambda _: "")  # nobody is left to clear anything away
        patched.setattr(record_table.TablePen, "append", killed)
        with pytest.raises(KeyboardInterrupt):
            room.write(lambda _: acts, lambda _: papers)
    assert (folder / BEGUN).is_dir()
    other = another(held)
    assert "cleared away" in other.told
    assert ((folder / BEGUN).exists(), (folder / "minutes.txt").exists(), other.at().events) == (False, False, before)
    with monkeypatch.context() as patched:
        patched.setattr("ballotworthy.casework.begun.settle", lambda _: "")
        other.write(lambda _: acts, lambda _: papers)
    other = another(held)
    assert "was finished" in other.told
    assert ((folder / "minutes.txt").read_text("utf-8"), other.at().events) == ("heard", before + 2)
    assert office.room().at() == other.at()
    (folder / "minutes.txt").unlink()


def test_no_case_with_a_record_is_deleted_by_the_way(held: HeldCase) -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        held.delete()
    assert isinstance(RecordBusy(""), BallotworthyError)
