"""What kinds of jobs are called on pages."""

from __future__ import annotations

WORDS = {
    "bulk": "Bulk act",
    "export": "Export",
    "intake": "Taking lines in",
    "look": "First look at lines",
    "matching": "Matching lines with the register",
    "register": "Naming the register",
    "sheets": "Reading sheets",
    "snapshot": "Reading a voter file",
}
