"""The small verifier as a file: one page for the browser, which an export carries."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ballotworthy.errors import OutputError

PAGE = "verify.html"


def verifier_page() -> bytes:
    """Give the page: it is shipped beside this module, and stands in docs/ where the program runs from its source.

    Raises:
        OutputError: it is in neither place.
    """
    shipped = Path(str(files("ballotworthy"))) / "certificate" / PAGE
    source = Path(__file__).parents[3] / "docs" / PAGE
    for path in (shipped, source):
        if path.is_file():
            return path.read_bytes()
    raise OutputError(f"{PAGE} is missing from this installation. Install Ballotworthy again.")
