"""Outputs that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from ballotworthy.errors import InputError, OutputError
from ballotworthy.files.unfinished import UNFINISHED, abandon, former


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it replaces `path`.

    Raises:
        OutputError: the disk is full or the folder may not be written; `path` is as it was before.
    """
    with _reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = _beside(path)
        UNFINISHED[folder] = path
        try:
            folder.mkdir(mode=0o700)
            yield folder / path.name
            (folder / path.name).replace(path)
        finally:
            abandon(folder)


@contextmanager
def whole_folder(path: Path, *, marker: str) -> Iterator[Path]:
    """Give a temporary folder beside `path`; when the block ends well it replaces `path`.

    An existing folder is replaced only if it is empty or holds `marker`, the file by which this program
    knows its own output, so that no folder of somebody else's is ever removed.

    Raises:
        InputError: `path` exists and is not an output of this kind.
        OutputError: the disk is full or the folder may not be written; `path` is as it was before.
    """
    if path.exists() and not (path.is_dir() and (not any(path.iterdir()) or (path / marker).is_file())):
        raise InputError(
            f"{path} exists and is not an earlier output (it has no {marker}). Name a new folder, or remove it first."
        )
    with _reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = _beside(path)
        UNFINISHED[folder] = path
        try:
            folder.mkdir()
            yield folder
            if path.exists():
                path.replace(former(folder))
            folder.replace(path)
        finally:
            abandon(folder)


def _beside(path: Path) -> Path:
    """Name a folder that is not there yet; it is made inside the `try`, so that no moment is left without clean-up."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


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
