"""What a petition asks, as its sponsors have it: identifier, title, summary and full text, from a small TOML file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.toml_text import read_toml
from ballotworthy.sheets.fonts import LANGUAGES

KEYS = ("title", "summary", "identifier", "text")
NEEDED = ("title", "summary")
TABLE = "form"
"""The table of the file with what a place's form asks for besides: the day of the election, who pays."""


@dataclass(frozen=True)
class MeasureText:
    """The words of a measure that stand on its sheets; `identifier`, `text` and `language` may be empty.

    `more` is what the form of a place asks for besides, by its name there: `("election", "3rd day of November, 2026")`.
    """

    title: str
    summary: str
    identifier: str = ""
    text: str = ""
    more: tuple[tuple[str, str], ...] = ()
    language: str = ""

    @property
    def words(self) -> dict[str, str]:
        """All its words by name."""
        return {**{key: getattr(self, key) for key in KEYS}, **dict(self.more)}

    @property
    def code(self) -> str:
        """Eight hexadecimal digits that tell this measure's sheets from those of another."""
        said = [self.title, self.summary, self.identifier, self.text, *([dict(self.more)] if self.more else [])]
        words = json.dumps(said, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()[:8]


def read_measure(path: Path) -> MeasureText:
    """Read a measure's words from `title`, `summary`, `identifier`, `text` and the table `form` of a TOML file.

    Raises:
        InputError: there is no such file.
        FileFaults: it is no TOML, a key is unknown, or one that is needed is missing or no text; all at once.
    """
    data = read_toml(path, remedy='Write title = "..."')
    more = data.pop(TABLE, {})
    language = data.pop("language", "")
    known = f"Known: {', '.join(KEYS)}, language, [{TABLE}]"
    faults = [Fault(None, key, "this key is not known", known) for key in data if key not in KEYS]
    for key in KEYS:
        if not isinstance(data.get(key, ""), str) or (key in NEEDED and not str(data.get(key, "")).strip()):
            faults.append(Fault(None, key, "there is no text", f'Write {key} = "..."'))
    if language and language not in LANGUAGES:
        faults.append(Fault(None, "language", "it is not known", f"One of: {', '.join(LANGUAGES)}"))
    if not isinstance(more, dict):
        faults.append(Fault(None, TABLE, "it is no table", f"Write [{TABLE}] over what the form asks for"))
        more = {}
    for key, said in more.items():
        if key in KEYS or not isinstance(said, str) or not said.strip():
            remedy = f'Write {key} = "..." above [{TABLE}]' if key in KEYS else f'Write {key} = "..."'
            faults.append(Fault(None, f"{TABLE}.{key}", "there is no text of the form", remedy))
    if faults:
        raise FileFaults(path.name, faults)
    words = {key: normalize("NFC", said) for key, said in data.items()}
    further = tuple(sorted((key, normalize("NFC", said)) for key, said in more.items()))
    return MeasureText(**words, more=further, language=language)
