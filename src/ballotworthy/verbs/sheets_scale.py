"""Print the test page that shows a printer's scale."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.sheets.scale_page import ACROSS, DOWN, PAPERS, scale_page


@dataclass(frozen=True)
class ScalePage:
    """A test page: the file, its SHA-256, its paper, and how long its rulers are, in inches, printed at 100%."""

    file: Path
    sha256: str
    paper: str
    across: int = ACROSS
    down: int = DOWN

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets scale --json` prints."""
        return {**vars(self), "file": str(self.file)}


def scale_page_to(file: Path, *, paper: str = "letter") -> ScalePage:
    """Write the PDF of a page by which a printer's scale is told, whole or not at all.

    Raises:
        InputError: there is no paper of that name.
        OutputError: the file could not be written.
    """
    if paper not in PAPERS:
        raise InputError(f"no paper is called {paper}. Give one of: {', '.join(PAPERS)}.")
    made = scale_page(paper)
    with whole_file(file) as unfinished:
        unfinished.write_bytes(made)
    return ScalePage(file, hashlib.sha256(made).hexdigest(), paper)
