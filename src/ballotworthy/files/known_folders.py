"""What a folder is that this program wrote, by the file that marks it: said where another one is asked for."""

from __future__ import annotations

from pathlib import Path

KNOWN = {
    "snapshot.json": "a snapshot of the voter register, as `roll build` writes it",
    "sheets.json": "a folder of sheets, as `sheets read` writes it",
    "result.json": "the folder of a check, as `check` writes it",
    "simulation.json": "a simulation, with the lines in its lines.csv and the voters in its roll.csv",
    "case.record": "the folder of a case",
}
"""What a folder is that holds the file of this name."""


def folder_told(folder: Path) -> str:
    """Say what a folder of this program is; "" for any other, and for what is no folder."""
    return next((what for name, what in KNOWN.items() if (folder / name).is_file()), "")
