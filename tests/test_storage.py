"""What every storage of a record must keep; one suite for all of them, and what only a file can suffer."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ballotworthy.casework import Act, Desk
from ballotworthy.errors import InputError, OutputError, RecordBusy
from ballotworthy.record import FileStorage, read_chain
from cases import Clock, Memory, opened, whole_case
from storages import TABLES, Opened, add, table_in

only_files = pytest.mark.skipif(TABLES in os.environ, reason="of files")


@pytest.fixture(params=["tables"] if TABLES in os.environ else ["file", "memory"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Give a function that opens the same record again, as another program would."""
    if request.param == "tables":
        return table_in(tmp_path)
    if request.param == "file":
        return lambda: FileStorage(tmp_path / "x.record")
    memory = Memory()
    return lambda: memory


def test_a_new_record_is_empty(opener: Opened) -> None:
    assert list(opener().read()) == []


def test_what_was_added_is_there_for_everybody_in_order(opener: Opened) -> None:
    mine, other = opener(), opener()
    add(mine, 3)
    assert len(list(other.read())) == 3
    add(other, 2)
    assert [event.seq for event in read_chain(mine.read())] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("after", [0, 1, 4, 5, 9])
def test_reading_goes_on_where_one_stands(opener: Opened, after: int) -> None:
    storage = opener()
    add(storage, 5)
    everything = list(storage.read())
    assert list(storage.read(after)) == everything[after:]
    assert list(storage.read(2)) == everything[2:]


def test_nothing_to_add_adds_nothing(opener: Opened) -> None:
    with opener().writing() as pen:
        pen.append([])
    assert list(opener().read()) == []


def test_two_writers_never_interleave(opener: Opened) -> None:
    def write() -> None:
        for _ in range(20):
            add(opener(), 3)
        if TABLES in os.environ:
            from django.db import connection

            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(read_chain(opener().read()))) == 240


def test_lines_are_known_again_by_their_mark_and_no_others(opener: Opened) -> None:
    storage = opener()
    if isinstance(storage, Memory):
        pytest.skip("nobody keeps a checkpoint of what is in memory")
    add(storage, 5)
    lines = list(storage.read())
    mark = storage.mark(len(lines))
    assert mark is not None
    add(storage)
    assert opener().stands(5, mark)
    assert not opener().stands(5, {**mark, "record": "0" * 64})
    assert not opener().stands(5, {**mark, "lines": 4, "bytes": 9_999})


@pytest.mark.skipif("postgresql" not in os.environ.get(TABLES, ""), reason="of PostgreSQL")
def test_a_database_that_was_restarted_has_what_was_acknowledged_and_work_goes_on(opener: Opened) -> None:
    import psycopg
    from django.db import DatabaseError, connection

    desk = Desk(opener(), Clock())
    desk.act(opened())
    note = Act("ann", "noted", {"what": "heard", "day": "2026-11-03"})
    with psycopg.connect(os.environ[TABLES].partition(" ")[2], autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(DatabaseError):
        desk.act(note)
    connection.close()  # as at the end of a request
    desk.act(note)
    assert [event.kind for event in read_chain(opener().read())] == ["opened", "noted"]


def test_two_desks_at_one_record_see_each_others_events(opener: Opened) -> None:
    first, second = Desk(opener(), Clock()), Desk(opener(), Clock())
    first.act(opened())
    assert second.case().name == "Exampleland 2026-1"


def test_a_whole_case_is_read_back(opener: Opened) -> None:
    _, case = whole_case(opener())
    assert Desk(opener(), Clock()).case().link == case.link


@only_files
def test_a_pen_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "x.record"
    hasty = FileStorage(path, patience=0.05)
    with (
        FileStorage(path).writing(),
        pytest.raises(RecordBusy, match="another program is writing"),
        hasty.writing(),
    ):
        pass


@only_files
@pytest.mark.parametrize("torn", [b"x", b'{"at":"2026', b"\0" * 5_000, b"y" * 3_000_000])
def test_a_torn_line_is_cut_off_by_the_next_writer(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "x.record"
    add(FileStorage(path), 2)
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert len(list(FileStorage(path).read())) == 2
    add(FileStorage(path))
    assert path.read_bytes().startswith(whole)
    assert len(list(read_chain(FileStorage(path).read()))) == 3


@only_files
@pytest.mark.parametrize("other", [b"x", b"a picture without a line feed" * 99])
def test_a_file_that_holds_no_event_at_all_is_left_alone(tmp_path: Path, other: bytes) -> None:
    path = tmp_path / "x.record"
    path.write_bytes(other)
    with pytest.raises(InputError, match="holds no event at all"):
        add(FileStorage(path))
    assert path.read_bytes() == other


@only_files
def test_a_torn_first_line_leaves_an_empty_record(tmp_path: Path) -> None:
    path = tmp_path / "x.record"
    path.write_bytes(b'{"at"')
    add(FileStorage(path))
    assert len(list(read_chain(FileStorage(path).read()))) == 1


@only_files
def test_a_full_disk_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.record"
    add(FileStorage(path), 2)
    whole = path.read_bytes()
    real = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) < 200:
            raise OSError(28, "No space left on device")
        return real(handle, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OutputError, match="as it was before"):
        add(FileStorage(path), 5)
    assert path.read_bytes() == whole


@only_files
def test_a_record_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), FileStorage(tmp_path).writing():
        pass


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ballotworthy.record import FileStorage
from storages import add, table_in
path = Path(sys.argv[1])
storage = table_in(path.parent, sys.argv[4])() if sys.argv[4] else FileStorage(path, patience=600)
at = 0
while True:
    add(storage, 3, sys.argv[3])
    at += 3
    print(at, flush=True)
"""


@pytest.mark.skipif(
    os.environ.get(TABLES, "").endswith(" "), reason="test_office_killed.py kills whole offices on SQLite"
)
def test_a_process_killed_at_any_moment_leaves_all_that_was_acknowledged(tmp_path: Path) -> None:
    path, slug = tmp_path / "x.record", secrets.token_hex(8) if TABLES in os.environ else ""
    opened = table_in(tmp_path, slug) if slug else lambda: FileStorage(path)
    before = 0
    for attempt in range(1 if slug else 3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent), f"{attempt} {each}", slug],
                stdout=subprocess.PIPE,
                text=True,
            )
            for each in range(2)
        ]
        for writer in writers:
            assert writer.stdout
            writer.stdout.readline()
        time.sleep(0.02 + 0.037 * attempt)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        acknowledged = 0
        for writer in writers:
            said = writer.communicate()[0].split("\n")
            acknowledged += int(said[-2]) if len(said) > 1 else 3
        there = len(list(read_chain(opened().read())))
        assert there >= before + acknowledged
        add(opened())
        before = len(list(read_chain(opened().read())))
        assert before > there - 3


def test_where_files_cannot_be_locked_a_record_is_read_and_its_writing_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FileStorage(tmp_path / "x.record")
    add(storage)
    monkeypatch.setattr(sys, "platform", "win32")
    assert len(list(storage.read())) == 1
    for each in (storage, FileStorage(tmp_path / "new.record")):
        with pytest.raises(OutputError, match="a lock that Windows does not have; nothing was written"):
            add(each)
    assert [path.name for path in tmp_path.iterdir()] == ["x.record"]


def test_records_and_logs_load_without_the_locks_of_unix() -> None:
    script = (
        "import sys; sys.platform = 'win32'; sys.modules['fcntl'] = None;"
        "from ballotworthy.files import locked, unfinished; from ballotworthy.record import file;"
        "from ballotworthy.risk_check import log"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
