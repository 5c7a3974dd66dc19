"""Outputs appear whole or not at all: errors, full disks and interruptions leave what was there before."""

from __future__ import annotations

import errno
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ballotworthy.errors import InputError, OutputError
from ballotworthy.files.whole import whole_file, whole_folder

resource = pytest.importorskip("resource", reason="limits on the size of files are set with a Unix module")


def out_file(path: Path) -> AbstractContextManager[Path]:
    return whole_file(path)


def out_folder(path: Path) -> AbstractContextManager[Path]:
    return whole_folder(path, marker="mark.json", holds=("part", "more"))


def all_in(folder: Path) -> dict[str, str]:
    """Give every file below a folder with its text, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def write(path: Path, text: str) -> None:
    """Write an output of either kind."""
    if path.is_dir():
        (path / "mark.json").write_text(text)
        (path / "part").write_text(text)
    else:
        path.write_text(text)


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let no file grow over 1,000 bytes, as on a disk that runs full."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


both = pytest.mark.parametrize("kind", [out_file, out_folder], ids=["file", "folder"])
Kind = Callable[[Path], AbstractContextManager[Path]]


@both
def test_an_output_appears_with_the_folders_above_it(tmp_path: Path, kind: Kind) -> None:
    out = tmp_path / "a" / "b" / "out"
    with kind(out) as path:
        write(path, "new")
        assert not out.exists()
    assert set(all_in(out.parent).values()) == {"new"}
    assert [each.name for each in out.parent.iterdir()] == ["out"]


@both
def test_an_earlier_output_is_replaced_as_a_whole(tmp_path: Path, kind: Kind) -> None:
    for text in ("old", "new"):
        with kind(tmp_path / "out") as path:
            write(path, text)
            if text == "old" and path.is_dir():
                (path / "more").write_text(text)
    assert set(all_in(tmp_path).values()) == {"new"}


@both
@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), KeyboardInterrupt(), SystemExit(3)], ids=lambda each: type(each).__name__
)
@pytest.mark.parametrize("old", [False, True], ids=["anew", "again"])
def test_a_run_that_breaks_off_leaves_what_was_there(
    tmp_path: Path, kind: Kind, error: BaseException, old: bool
) -> None:
    if old:
        with kind(tmp_path / "out") as path:
            write(path, "old")
    before = all_in(tmp_path)

    def broken() -> None:
        with kind(tmp_path / "out") as path:
            write(path, "half")
            raise error

    with pytest.raises(type(error)):
        broken()
    assert all_in(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == old


@both
def test_no_space_left_is_an_output_error_and_the_old_output_stays(tmp_path: Path, kind: Kind) -> None:
    with kind(tmp_path / "out") as path:
        write(path, "old")
    before = all_in(tmp_path)

    def full() -> None:
        with kind(tmp_path / "out") as path:
            write(path, "half")
            raise OSError(errno.ENOSPC, "No space left on device", str(path / "part"))

    with pytest.raises(
        OutputError, match=r"out could not be written: No space left on device\. Nothing was left half-written"
    ):
        full()
    assert all_in(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda path: path.write_text("x" * 10_000), id="text"),
        pytest.param(lambda path: pl.DataFrame({"a": ["x" * 100] * 999}).write_csv(path), id="CSV"),
        pytest.param(
            lambda path: pl.DataFrame({"a": np.random.default_rng(1).random(9_999)}).write_parquet(path), id="Parquet"
        ),
        pytest.param(lambda path: pl.DataFrame({"a": range(9_999)}).write_ipc(path), id="Arrow"),
        pytest.param(lambda path: np.save(path.with_suffix(".npy"), np.zeros(9_999)), id="NumPy"),
    ],
)
def test_a_disk_that_runs_full_is_told_whatever_was_being_written(
    tmp_path: Path, written: Callable[[Path], object]
) -> None:
    def full() -> None:
        with whole_folder(tmp_path / "out", marker="mark.json", holds=("part*",)) as folder:
            written(folder / "part")

    with pytest.raises(OutputError, match="free some space or choose another folder"):
        full()
    assert list(tmp_path.iterdir()) == []


@both
def test_a_relative_output_is_told_as_well(tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def full() -> None:
        with kind(Path("out")) as path:
            raise OSError(errno.ENOSPC, "No space left on device", str(path / "part"))

    with pytest.raises(OutputError, match=r"^out could not be written"):
        full()


@both
def test_a_file_in_the_way_is_an_output_error(tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="could not be written"), kind(tmp_path / "file" / "out"):
        pytest.fail("there is no folder to write in")
    assert all_in(tmp_path) == {"file": "mine"}


@both
@pytest.mark.parametrize("name", ["input.csv", "output.csv"])
def test_an_error_about_another_file_stays_what_it_is(tmp_path: Path, kind: Kind, name: str) -> None:
    def lost() -> None:
        with kind(tmp_path / "out"):
            (tmp_path / name).read_text()

    with pytest.raises(FileNotFoundError):
        lost()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_elses_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    with pytest.raises(InputError, match=r"not an earlier output \(it has no mark.json\)"), out_folder(tmp_path):
        pytest.fail("the folder was not refused")
    assert all_in(tmp_path) == {"thesis.txt": "ten years of work"}


def test_a_file_is_refused_where_a_folder_is_to_stand(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="exists and is not an earlier output"), out_folder(tmp_path / "out"):
        pytest.fail("the file was not refused")
    assert all_in(tmp_path) == {"out": "mine"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with out_folder(tmp_path / "out") as path:
        write(path, "new")
    assert set(all_in(tmp_path).values()) == {"new"}


def test_when_the_last_move_fails_the_old_folder_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with out_folder(out) as path:
        write(path, "old")
    move = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == out and not self.name.endswith(".old"):
            raise OSError(errno.EIO, "Input/output error", str(self))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError), out_folder(out) as path:
        write(path, "new")
    assert set(all_in(tmp_path).values()) == {"old"}
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_others_can_read_a_finished_folder(tmp_path: Path) -> None:
    with out_folder(tmp_path / "out") as path:
        write(path, "new")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o755


KILLED = """
import os, signal, sys
from pathlib import Path
from ballotworthy.files.whole import whole_file, whole_folder
out = Path(sys.argv[1])
made = whole_file(out) if sys.argv[2] == "file" else whole_folder(out, marker="mark.json", holds=("part",))
with made as path:
    (path if sys.argv[2] == "file" else path / "mark.json").write_text("half, with a name")
    print(oct(path.parent.stat().st_mode & 0o777), flush=True)
    if sys.argv[3] == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdin.read()
"""


def start(out: Path, kind: str, fate: str) -> subprocess.Popen[str]:
    """Begin an output in a process of its own, up to where it dies or waits."""
    command = [sys.executable, "-c", KILLED, str(out), kind, fate]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "0o700"  # what it holds is for its owner alone
    return process


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_process_left_the_next_one_sweeps_and_a_living_ones_stays(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    dead, alive = start(out, kind, "dies"), start(out, kind, "lives")
    dead.communicate()
    assert len(list(tmp_path.iterdir())) >= 1
    with {"file": out_file, "folder": out_folder}[kind](out) as path:
        write(path, "new")
    assert sorted(each.name.partition(".out.")[0] for each in tmp_path.iterdir()) == ["", "out"]
    alive.communicate("")  # it ends well and replaces the output
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_former_output_that_a_killed_process_was_replacing_comes_back(tmp_path: Path) -> None:
    hidden = tmp_path / ".out.0123abcd"
    (hidden / "former.old").mkdir(parents=True)
    (hidden / "former.old/mark.json").write_text("old")

    def broken() -> None:
        with out_folder(tmp_path / "out"):
            raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        broken()
    assert all_in(tmp_path) == {"out/mark.json": "old"}


def test_an_output_beside_which_something_of_somebody_elses_lies_is_refused(tmp_path: Path) -> None:
    with out_folder(tmp_path / "out") as path:
        write(path, "old")
    (tmp_path / "out/my notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"beside it my notes\.txt, which would be lost"), out_folder(tmp_path / "out"):
        pytest.fail("it began")
    assert set(all_in(tmp_path).values()) == {"old", "mine"}


def test_what_holds_names_is_for_its_owner_alone(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out", marker="m", holds=(), private=True) as path:
        (path / "m").touch()
    with whole_file(tmp_path / "file", private=True) as path:
        path.touch()
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("out", "file")] == [0o700, 0o600]
