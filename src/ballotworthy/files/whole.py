"""Outputs that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, InputError, OutputError
from ballotworthy.files.unfinished import UNFINISHED, abandon, begin, former

DEVICES = Path("/dev")


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it replaces `path`.

    Args:
        path: of the output.
        private: it holds names, so that its owner alone may read it.

    Raises:
        InputError: `path` is a folder, a device or a pipe, in whose place a file would stand.
        OutputError: the disk is full or the folder may not be written; `path` is as it was before.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder. Name the file to write.")
    if (path.exists() and not path.is_file()) or path.absolute().parent == DEVICES:
        raise InputError(f"{path} is a device or a pipe, and a file would take its place. Name a file to write.")
    with _reported(path), _hidden(path) as folder:
        yield folder / path.name
        if private:
            (folder / path.name).chmod(0o600)
        (folder / path.name).replace(path)


@contextmanager
def whole_folder(path: Path, *, marker: str, holds: Collection[str], private: bool = False) -> Iterator[Path]:
    """Give a temporary folder beside `path`; when the block ends well it replaces `path`.

    An existing folder is replaced only if it is empty or holds `marker`, the file by which this program
    knows its own output, and nothing but what an output of this kind `holds`, so that nothing of somebody else's is
    ever removed.

    Args:
        path: of the output.
        marker: the file that every output of this kind has.
        holds: patterns of the names of all files and folders that it may have.
        private: it holds names, so that its owner alone may look into it.

    Raises:
        InputError: `path` exists and is not an output of this kind, or holds more.
        OutputError: the disk is full or the folder may not be written; `path` is as it was before.
    """
    refuse_foreign(path, marker, holds)
    with _reported(path), _hidden(path) as folder:
        made = folder / path.name
        made.mkdir(mode=0o700 if private else 0o777)
        yield made
        if path.exists():
            path.replace(former(folder))
        made.replace(path)


def refuse_foreign(path: Path, marker: str, holds: Collection[str]) -> None:
    """Refuse a folder that `whole_folder` would not replace; to be asked before any work.

    Raises:
        InputError: `path` exists and is not an output of this kind, or holds more.
    """
    if not path.exists():
        return
    names = sorted(each.name for each in path.iterdir()) if path.is_dir() else []
    if not path.is_dir() or (names and marker not in names):
        raise InputError(
            f"{path} exists and is not an earlier output (it has no {marker}). Name a new folder, or remove it first."
        )
    foreign = [name for name in names if not any(fnmatchcase(name, each) for each in (marker, *holds))]
    if foreign:
        more = f" and {len(foreign) - SHOWN} more" if len(foreign) > SHOWN else ""
        raise InputError(
            f"{path} holds an earlier output, which would be replaced, and beside it {', '.join(foreign[:SHOWN])}{more}"
            ", which would be lost. Move that elsewhere, or name a new folder."
        )


@contextmanager
def _hidden(path: Path) -> Iterator[Path]:
    """Give a hidden folder beside an output; whatever happens it is gone in the end."""
    others = set(UNFINISHED)
    try:
        yield begin(path)
    finally:
        for folder in [own for own, its in UNFINISHED.items() if its.path == path and own not in others]:
            abandon(folder)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.filename is not None and not _ours(Path(str(error.filename)).absolute(), path.absolute()):
            raise
        raise _unwritten(path, error.strerror or str(error)) from error
    except pl.exceptions.ComputeError as error:  # how Polars tells that it could not write Parquet
        system = re.search(r"os error (\d+)", str(error))
        if not system:
            raise
        raise _unwritten(path, os.strerror(int(system[1]))) from error


def _unwritten(path: Path, why: str) -> OutputError:
    return OutputError(
        f"{path} could not be written: {why}. Nothing was left half-written; "
        "free some space or choose another folder with -o, and run again."
    )


def _ours(named: Path, path: Path) -> bool:
    """Tell whether an error is about the output itself, a folder on the way to it, or what is written beside it."""
    beside = named.is_relative_to(path.parent) and named.relative_to(path.parent).parts[:1]
    return path.is_relative_to(named) or bool(beside and beside[0].startswith(f".{path.name}."))
