"""What a spreadsheet takes for a formula, and a cell's text with an apostrophe before it."""

from __future__ import annotations

import re

SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, full-width signs too, which a Japanese or Chinese spreadsheet takes alike."""
FORMULA = rf"^[{SIGNS}\t\r\n|;]"
BEHIND = rf"[;|\t]\s*[{SIGNS}]"
CUT = rf"(?s)(.[;|\t]\s*)([{SIGNS}])"
"""A formula behind what another country's spreadsheet takes for the end of a cell."""


def neutral_text(text: str) -> str:
    """Give a cell's text with an apostrophe before all that a spreadsheet may take for a formula."""
    return ("'" if re.match(FORMULA, text) else "") + re.sub(CUT, r"\1'\2", text)
