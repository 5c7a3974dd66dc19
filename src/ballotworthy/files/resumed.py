"""Long work that a killed process may go on with: what is done is kept in a hidden folder beside the output."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.unfinished import locked

KEY = "begun.json"


@contextmanager
def resumable(path: Path, key: Mapping[str, Any]) -> Iterator[Path]:
    """Give a folder beside an output, for its owner alone, with what an earlier run of the same work left there.

    It is gone when the block ends, well or with an error; it stays where the process is killed or told to stop.

    Args:
        path: of the output.
        key: all that the work hangs on, as JSON takes it; what was begun with another key is removed.

    Raises:
        InputError: another process is at the same output.
    """
    folder = path.with_name(f".{path.name}.begun")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = locked(folder)
    if handle < 0 and sys.platform != "win32":
        raise InputError(f"another process is writing {path}. Wait until it is done, or name a new folder.")
    said = json.dumps([_boot(), key], sort_keys=True)
    try:
        if not _same(folder / KEY, said):
            for each in folder.iterdir():
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            (folder / KEY).write_text(said, "utf-8")
        yield folder
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        if handle >= 0:
            os.close(handle)


def _boot() -> str:
    """Give what is another after the machine went down, when what was not on the disk is lost."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _same(kept: Path, said: str) -> bool:
    try:
        return kept.read_text("utf-8") == said
    except (OSError, ValueError):
        return False


class Journal:
    """Entries written one by one, each whole before the next; half an entry, of a killed process, is dropped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.entries: list[Any] = []
        if path.is_file():
            whole = path.read_bytes()
            whole = whole[: whole.rfind(b"\n") + 1]
            self.entries = [json.loads(line) for line in whole.splitlines()]
            path.write_bytes(whole)

    def add(self, entry: Any) -> None:
        """Add an entry, as JSON takes it."""
        self.entries.append(entry)
        with self._path.open("ab") as file:
            file.write(json.dumps(entry).encode() + b"\n")
