"""Who holds a case: the command line, or an office; a file beside the record says so, and the other is refused."""

from __future__ import annotations

from pathlib import Path

from ballotworthy.errors import Refused

HELD = "held-by.txt"
COMMAND_LINE, OFFICE = "", "office"
MOVED = "moved to "


def hold(folder: Path, holder: str) -> None:
    """Have a case held by the command line or by an office."""
    if holder == COMMAND_LINE:
        (folder / HELD).unlink(missing_ok=True)
    else:
        (folder / HELD).write_text(f"{holder}\n", "utf-8")


def hand_over(folder: Path, to: Path) -> None:
    """Have a case refuse whoever would write in it: it goes on elsewhere."""
    hold(folder, f"{MOVED}{to}")


def holder_of(folder: Path) -> str:
    """Give who holds a case."""
    path = folder / HELD
    return path.read_text("utf-8", "replace").strip() if path.is_file() else COMMAND_LINE


def check_held(folder: Path, holder: str) -> None:
    """Refuse who does not hold a case.

    Raises:
        Refused: the other holds it, or it was handed over.
    """
    found = holder_of(folder)
    if found == holder:
        return
    if found.startswith(MOVED):
        raise Refused(
            f"this case was handed over to {found.removeprefix(MOVED)}, and goes on there; write nothing here."
        )
    if found == OFFICE:
        raise Refused(
            f"an office holds this case, where people decide its lines. Take it out of there first: ballotworthy "
            f"office export OFFICE --case {folder.name} -o FOLDER"
        )
    raise Refused("the command line holds this case. Bring it in first: ballotworthy office import FOLDER OFFICE")


def check_in_reach(folder: Path) -> None:
    """Refuse whoever looks for a record in the folder of a case that an office holds.

    Raises:
        Refused: it lies in the office's database.
    """
    if holder_of(folder) == OFFICE:
        raise Refused(
            f"an office holds the case {folder.name}, and its record lies in the office's database. A backup has it as "
            "a file, to be read and verified: ballotworthy office backup OFFICE -o FOLDER. To work in the case here, "
            f"take it out: ballotworthy office export OFFICE --case {folder.name} -o FOLDER"
        )
