"""What a petition asks, as its sponsors have it: identifier, title, summary and full text, from a small TOML file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.toml_text import read_toml

KEYS = ("title", "summary", "identifier", "text")
NEEDED = ("title", "summary")


@dataclass(frozen=True)
class MeasureText:
    """The words of a measure that stand on its sheets; `identifier` and `text` may be empty."""

    title: str
    summary: str
    identifier: str = ""
    text: str = ""

    @property
    def code(self) -> str:
        """Eight hexadecimal digits that tell this measure's sheets from those of another."""
        words = json.dumps([self.title, self.summary, self.identifier, self.text], ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()[:8]


def read_measure(path: Path) -> MeasureText:
    """Read a measure's words from `title`, `summary`, `identifier` and `text` of a TOML file.

    Raises:
        InputError: there is no such file.
        FileFaults: it is no TOML, a key is unknown, or one that is needed is missing or no text; all at once.
    """
    data = read_toml(path, remedy='Write title = "..."')
    faults = [Fault(None, key, "this key is not known", f"Known: {', '.join(KEYS)}") for key in data if key not in KEYS]
    for key in KEYS:
        if not isinstance(data.get(key, ""), str) or (key in NEEDED and not str(data.get(key, "")).strip()):
            faults.append(Fault(None, key, "there is no text", f'Write {key} = "..."'))
    if faults:
        raise FileFaults(path.name, faults)
    return MeasureText(**data)
