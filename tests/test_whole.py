"""Outputs appear whole or not at all: errors, full disks and interruptions leave what was there before."""

from __future__ import annotations

import errno
import signal
import stat
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
    return whole_folder(path, marker="mark.json")


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
        with whole_folder(tmp_path / "out", marker="mark.json") as folder:
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
