"""Which column of a file holds which field: by what the user says, by what the place says, by common names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults, InputError, UnknownName

Aliases = Mapping[str, Sequence[str]]


def plain_heading(heading: str) -> str:
    """Give a heading in small letters with single underscores: "Birth Date " and "BIRTHDATE" stay two names."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", heading)
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")


def parse_map(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--map FIELD=HEADING` options.

    Raises:
        InputError: one has no equals sign, or a field is named twice.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        field, equals, heading = (part.strip() for part in pair.partition("="))
        if not (field and equals and heading) or field in given:
            raise InputError(
                f"--map {pair} is not of the form FIELD=HEADING, each field once. Example: --map zip=ZIP5."
            )
        given[field] = heading
    return given


def find_columns(
    path: Path,
    headings: Sequence[str],
    aliases: Aliases,
    given: Mapping[str, str],
    *known: Mapping[str, str | Sequence[str]],
) -> dict[str, str]:
    """Give the heading that holds each field, for the fields that are there.

    What the user maps wins over what is `known` of the file (its place's data, its register's, headings that say more
    than a field's own name), one after the other, that over a field's own name, and that over common names; a heading
    serves one field only. "Birth Date", "BirthDate" and "BIRTHDATE" are one name here, and `#9` is the ninth column.

    Raises:
        UnknownName: the user maps a field that does not exist.
        FileFaults: the user maps to a heading that the file does not have.
    """
    for field in given:
        if field not in aliases:
            raise UnknownName("field", field, sorted(aliases))
    found = {field: _by_number(heading, headings) for field, heading in given.items()}
    lost = [h for h in found.values() if h not in headings]
    if lost:
        remedy = headings_told(headings, aliases)
        raise FileFaults(str(path), [Fault(1, h, "there is no such column", remedy) for h in lost])
    by_letters = {_letters(h): h for h in reversed(headings)}
    for names in (*known, {field: field for field in aliases}, aliases):
        for field in aliases:
            for name in _listed(names.get(field, ())):
                heading = name if name in headings else by_letters.get(_letters(name))
                if field not in found and heading is not None and heading not in found.values():
                    found[field] = heading
    return found


def _by_number(heading: str, headings: Sequence[str]) -> str:
    """Give the heading that `#9` stands for; a heading of that very name comes first."""
    number = re.fullmatch(r"#(\d{1,4})", heading)
    if number is None or heading in headings or not 1 <= int(number[1]) <= len(headings):
        return heading
    return headings[int(number[1]) - 1]


ALSO_NAMES = {"ward", "street", "page", "given", "first", "last", "town", "type", "number", "city", "house", "row",
              "section", "born", "line", "middle", "residence", "direction", "apartment", "date", "registered"}  # fmt: skip
"""Headings that are surnames or places too: one of them alone does not make a heading line."""
NO_HEADINGS = (
    "The first line is no heading line that is known here. Put a line of headings above the data; or give "
    "--no-heading and say by number which column holds what, such as --map last_name=#1"
)


def looks_like_headings(headings: Sequence[str], aliases: Aliases) -> bool:
    """Tell whether a first line is one of headings, and not of data, which may hold a person's name."""
    if any(re.match(r"\d|.*\d\s", heading) or re.search(r",|\s\S+\s\S+\s", heading) for heading in headings):
        return False
    known = {_letters(name): name for field, names in aliases.items() for name in (field, *names)}
    met = [known[_letters(heading)] for heading in headings if _letters(heading) in known]
    return len(met) > 1 or any(name not in ALSO_NAMES for name in met)


def headings_told(headings: Sequence[str], aliases: Aliases) -> str:
    """Tell the headings of a file, unless they may be a first row of data, which may hold a person's name."""
    return f"The file has: {', '.join(headings)}" if looks_like_headings(headings, aliases) else NO_HEADINGS


def _letters(heading: str) -> str:
    return plain_heading(heading).replace("_", "")


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names
