"""The keys of the work page: one table, shown on `?`."""

from __future__ import annotations

ACCEPT, REFUSE, SEARCH, RETYPE, UNDO, SKIP, HELP, LEAVE = "a", "r", "/", "e", "u", "s", "?", "Escape"
ROW, SHEET = "z", "Z"
LOCK = "L"
KEYS = {
    ACCEPT: "accept the first candidate",
    "1 … 9": "accept the candidate of that number; after r, refuse on the ground of that number",
    REFUSE: "refuse: opens the grounds of this place, by number",
    SEARCH: "search the roll as you type, begun with what stands on the line",
    RETYPE: "type cells anew that were misread; the line is matched anew at once",
    UNDO: "take your last ruling back; whoever only decides leaves it to somebody who resolves",
    SKIP: "put this line behind the others on your desk",
    ROW: "the whole row as it was scanned, and away again",
    SHEET: "all rows of its sheet, and away again",
    LOCK: "lock this station until your password or PIN; on every page",
    HELP: "these keys",
    LEAVE: "close what is open",
}
DIGITS = "123456789bcdefghijklmnopqtvwxyz"
"""Keys of grounds: digits first, then letters that mean nothing else."""
