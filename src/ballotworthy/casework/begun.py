"""What a verb of a case has begun: its events, its papers and what it deletes stand or fall together, whatever happens.

Before an event is written, everything that goes with it lies ready in the hidden folder `.begun`: the papers, the
events themselves, and last the plan, flushed to the disk. Then the events are added to the record. Then the papers are
moved to their places, files are deleted, and the folder goes. Who comes next, with the record's pen, finds the folder
where a process died or a disk was full, and settles it: where all events stand in the record, the rest is done; where
some or none do, they were never acknowledged, so they are cut off and the papers thrown away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError, OutputError
from ballotworthy.files.flushed import flush
from ballotworthy.record import Kept
from ballotworthy.record.batches import place_of

BEGUN = ".begun"
OLDEST = b'"record":"ballotworthy-record/1"'
FARTHEST = 1 << 62
"""No file is so long."""
EVENTS, PLAN = "events", "plan.json"
FINISHED = "what was begun before and broken off was finished: its events stand, and its papers are in their places."
CLEARED = "what was begun before and broken off was cleared away: nothing of it stands, so do it again."

Papers = Mapping[str, Callable[[Path], object]]
"""Files that go with events: the name within the case's folder, and what writes it."""


@contextmanager
def begun(record: Kept, lines: Sequence[bytes], papers: Papers, doomed: Sequence[Path], private: str) -> Iterator[None]:
    """Make ready what goes with events, let the block add them, and settle; the caller has the record's pen.

    Args:
        record: the case's record; its folder is the case's.
        lines: the events as they will be added, without line feeds.
        papers: the files to write; those below `private` are readable for the office alone.
        doomed: files to delete once the events stand.
        private: the name of the private folder.

    Raises:
        OutputError: something could not be written; the case is as it was.
    """
    if not papers and not doomed and len(lines) == 1:  # one line is whole or cut off without more ado
        yield
        return
    try:
        _make_ready(record, lines, papers, doomed, private)
        yield
    except BaseException as error:
        with suppress(Exception):  # else the next one that enters settles it, or is told
            settle(record)
        if isinstance(error, OSError) and _is_in(record.folder, error):
            raise OutputError(
                f"{record.folder} could not be written: {error.strerror}. The case is as it was before; free some "
                "space and do it again."
            ) from error
        raise
    try:
        settle(record)
    except OSError as error:
        raise OutputError(
            f"the events stand in {record.folder}, but what goes with them could not all be put in its place: "
            f"{error.strerror}. Free some space; the next verb of this case finishes it."
        ) from error


def _is_in(folder: Path, error: OSError) -> bool:
    return error.filename is None or Path(str(error.filename)).absolute().is_relative_to(folder.absolute())


def settle(record: Kept) -> str:
    """Finish or clear what was begun, under the record's pen; give a word about it, "" where there was nothing.

    Raises:
        InputError: what was begun does not fit the record, as where one of the two was brought from elsewhere.
    """
    folder, work = record.folder, record.folder / BEGUN
    if not os.path.lexists(work):
        return ""
    if work.is_symlink() or not work.is_dir():
        raise InputError(f"{work} is no folder; it did not come from this program. Remove it.")
    if not (work / PLAN).is_file():  # nothing was added to the record yet
        was_empty = not any(work.iterdir())
        shutil.rmtree(work)
        return "" if was_empty else CLEARED
    plan, events = _planned(record, work)
    added = record.behind(plan["after"], len(events) + 1)
    if added == events:
        for at, name in enumerate(plan["papers"]):
            if (work / str(at)).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (work / str(at)).replace(folder / name)
        for name in plan["doomed"]:
            (folder / name).unlink(missing_ok=True)
        _remove(work)
        return FINISHED
    if not events.startswith(added):
        raise InputError(
            f"{work} tells of events that were begun, and the record {folder.name} has others in their place. If the "
            f"record was brought back from a copy, remove {work}; else bring both back."
        )
    record.cut(plan["after"])
    _remove(work)
    return CLEARED


def _leads_out(folder: Path, name: Path) -> bool:
    """Whether a name leads out of a case's folder, by a link below its first part too: `private` may be one itself."""
    first = (folder / name.parts[0]).resolve() if len(name.parts) > 1 else folder.resolve()
    linked = not (folder / name).parent.resolve().is_relative_to(first)
    return name.is_absolute() or ".." in name.parts or linked


def _planned(record: Kept, work: Path) -> tuple[dict[str, Any], bytes]:
    """Give the plan of what was begun, and its events."""
    try:
        plan = json.loads((work / PLAN).read_bytes())
        papers, doomed = ([Path(name) for name in plan[key]] for key in ("papers", "doomed"))
        if any(_leads_out(work.parent, name) for name in (*papers, *doomed)) or not 0 <= plan["after"] < FARTHEST:
            raise ValueError("a plan names files of its case only")
        events = (work / EVENTS).read_bytes()
        if not _is_one_act(events, record):
            raise ValueError("what is begun is one act; anything else would be cut off though it was acknowledged")
        return plan, events
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{work} tells of something that was begun, and is damaged itself. Keep a copy of it and of the record, "
            "then remove it: events that were never acknowledged may stand at the end of the record."
        ) from error


def _is_one_act(events: bytes, record: Kept) -> bool:
    """Whether lines are one act: a single event, or a batch from its first event to its last."""
    lines = events.splitlines()
    places = [place_of(line) for line in lines]
    if len(lines) == 1 and places == [None]:
        return True
    if OLDEST in next(record.read(), b""):  # version 1 has no batches
        return True
    return bool(lines) and places == [(at, len(lines)) for at in range(1, len(lines) + 1)]


def _make_ready(record: Kept, lines: Sequence[bytes], papers: Papers, doomed: Sequence[Path], private: str) -> None:
    folder, work = record.folder, record.folder / BEGUN
    for path in (*(folder / name for name in papers), *doomed):
        if path.is_dir() and not path.is_symlink():
            raise OutputError(
                f"{path} is a folder, where a file of the case must stand. Move it away; nothing was done."
            )
    work.mkdir(mode=0o700)
    for at, (name, write) in enumerate(papers.items()):
        write(work / str(at))
        if Path(name).parts[0] == private:
            (work / str(at)).chmod(0o600)
        flush(work / str(at))
    (work / EVENTS).write_bytes(b"".join(line + b"\n" for line in lines))
    flush(work / EVENTS)
    after = record.end()
    names = [str(path.relative_to(folder)) for path in doomed]
    plan = json.dumps({"after": after, "papers": list(papers), "doomed": names})
    (work / "plan").write_text(plan, "utf-8")
    flush(work / "plan")
    (work / "plan").replace(work / PLAN)
    flush(work)


def _remove(work: Path) -> None:
    """Remove what is settled, the plan first of all, so that nobody settles it again."""
    flush(work.parent)
    (work / PLAN).unlink()
    shutil.rmtree(work)
