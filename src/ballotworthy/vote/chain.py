"""The chain of an audit's files: each step names the digest of what it wrote, and of the step before.

Beside round-1.csv stands round-1.link.json, {"sha256": of the CSV, "before": of the last link, or of seed.json}. Who
changes a file breaks its link; who mends the links changes the head, the digest of the last one, which is published
after each step. A CSV without a link is a step that was cut off, and is made again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.files.whole import whole_file


@dataclass(frozen=True)
class Chain:
    """The steps of an audit that are whole.

    Attributes:
        files: the CSV files, round-1, entered-1, round-2 and so on.
        head: the digest of the last link, of the seed's file before the first.
    """

    files: tuple[Path, ...]
    head: str


def read_chain(folder: Path, begun: Path) -> Chain:
    """Give the steps of an audit, every digest of them worked out again; `begun` is the file before the first.

    Raises:
        InputError: a file or link was changed, or one is missing before a later one.
    """
    files: list[Path] = []
    head = file_digest(begun)
    for path in _steps(folder):
        link = _link(path)
        if not link.is_file():
            break
        try:
            held = json.loads(link.read_bytes())
            sealed, before = held["sha256"], held["before"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(f"{link} cannot be read. Go back to a copy that is not touched.") from error
        if before != head:
            raise InputError(f"{link} does not follow the step before it. Go back to a copy that is not touched.")
        if not path.is_file() or file_digest(path) != sealed:
            raise InputError(f"{path} is not the file that was written. Go back to a copy that is not touched.")
        files.append(path)
        head = file_digest(link)
    _refuse_later(folder, len(files))
    return Chain(tuple(files), head)


def extend(chain: Chain, path: Path, text: str) -> Chain:
    """Write the next step, first its CSV, then its link; give the chain with it.

    Raises:
        InputError: the step was written already.
    """
    link = _link(path)
    if link.exists():
        raise InputError(f"{path} is there already; what was written of an audit is never replaced.")
    with whole_file(path) as file:
        file.write_text(text, "utf-8")
    with whole_file(link) as file:
        file.write_text(json.dumps({"sha256": file_digest(path), "before": chain.head}) + "\n", "utf-8")
    return Chain((*chain.files, path), file_digest(link))


def _steps(folder: Path) -> list[Path]:
    """Give the steps that may be there, in order: one more than there are files of any kind."""
    last = sum(1 for _ in folder.glob("*.csv")) + 1
    return [folder / f"{kind}-{number}.csv" for number in range(1, last + 1) for kind in ("round", "entered")]


def _refuse_later(folder: Path, whole: int) -> None:
    """Refuse a folder in which something stands after the first step that is not whole."""
    for path in _steps(folder)[whole + 1 :]:
        if path.exists() or _link(path).exists():
            missing = _link(_steps(folder)[whole])
            raise InputError(f"{missing} is missing, and {path.name} is there. Go back to a copy that is not touched.")


def _link(path: Path) -> Path:
    return path.with_suffix(".link.json")
