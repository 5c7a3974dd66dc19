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
    place: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Give the heading that holds each field, for the fields that are there.

    What the user maps wins over what the place's `roll.toml` says, that over a field's own name, and that over
    common names; a heading serves one field only. "Birth Date", "BirthDate" and "BIRTHDATE" are one name here.

    Raises:
        UnknownName: the user maps a field that does not exist.
        FileFaults: the user maps to a heading that the file does not have.
    """
    for field in given:
        if field not in aliases:
            raise UnknownName("field", field, sorted(aliases))
    lost = [h for h in given.values() if h not in headings]
    if lost:
        remedy = headings_told(headings)
        raise FileFaults(str(path), [Fault(1, h, "there is no such column", remedy) for h in lost])
    found = dict(given)
    by_letters = {_letters(h): h for h in reversed(headings)}
    for names in (place or {}, {field: field for field in aliases}, aliases):
        for field in aliases:
            for name in _listed(names.get(field, ())):
                heading = by_letters.get(_letters(name))
                if field not in found and heading is not None and heading not in found.values():
                    found[field] = heading
    return found


def headings_told(headings: Sequence[str]) -> str:
    """Tell the headings of a file, unless they look like a first row of data, which may hold a person's name."""
    if any(re.match(r"\d|.*\d\s", heading) or re.search(r",|\s\S+\s\S+\s", heading) for heading in headings):
        return "Its first line seems to hold data; put a line of headings above it"
    return f"The file has: {', '.join(headings)}"


def _letters(heading: str) -> str:
    return plain_heading(heading).replace("_", "")


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names
