"""What the shell completes: the places, the kinds of petition of a place, and the days on which its numbers change."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ballotworthy.errors import BallotworthyError
from ballotworthy.files.places import place_codes
from ballotworthy.law import read_law
from ballotworthy.law.coverage import coverage


def kinds_held(place: str) -> Sequence[str]:
    """Give the kinds of petition of a place; none where the place is not known or its file cannot be used."""
    try:
        return tuple(read_law(place).kinds)
    except BallotworthyError:
        return ()


def complete_place(incomplete: str) -> list[str]:
    """Give the places that begin so."""
    return [code for code in place_codes() if code.startswith(incomplete)]


def complete_kind(ctx: Any, incomplete: str) -> list[str]:
    """Give the kinds that begin so: those of the place already named, else those of every place."""
    place = _place_of(ctx)
    places = [place] if place else place_codes()
    return sorted({kind for each in places for kind in kinds_held(each) if kind.startswith(incomplete)})


def complete_day(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Give the first and last days on which the number required is held, of the place and the kind named."""
    place, kind = _place_of(ctx), ctx.params.get("kind")
    if not place or not kinds_held(place):
        return []
    spans = [span for each in coverage(read_law(place)) if kind in (None, each.kind) for span in each.requirement]
    days = {span.since.isoformat(): "a number is held from this day" for span in spans}
    days |= {span.until.isoformat(): "the last day on which a number is held" for span in spans if span.until}
    return sorted((day, words) for day, words in days.items() if day.startswith(incomplete))


def complete_subject(incomplete: str) -> list[tuple[str, str]]:
    """Give the subjects of a convention that begin so, each in words."""
    from ballotworthy.convention.events import SUBJECTS  # loads tables

    return [(code, words) for code, words in SUBJECTS.items() if code.startswith(incomplete)]


def complete_question(ctx: Any, incomplete: str) -> list[str]:
    """Give the kinds of question that begin so, of the table of polls that is named."""
    return _of_polls(ctx, "kind", incomplete)


def complete_polled(ctx: Any, incomplete: str) -> list[str]:
    """Give the places that begin so, of the table of polls that is named."""
    return _of_polls(ctx, "place", incomplete)


def _of_polls(ctx: Any, column: str, incomplete: str) -> list[str]:
    named = ctx.params.get("polls") or next((word for word in ctx.args if Path(word).is_file()), None)
    if not named:
        return []
    try:
        with Path(named).open(encoding="utf-8-sig", newline="") as file:
            held = {(row.get(column) or "").strip() for row in csv.DictReader(file)}
    except (OSError, ValueError, csv.Error):
        return []
    return sorted(text for text in held if text and text.startswith(incomplete))


def complete_toml(incomplete: str) -> list[str]:
    """Give the TOML files, and the folders, that begin so."""
    typed = Path(incomplete)
    folder, begin = (typed, "") if not incomplete or incomplete.endswith("/") else (typed.parent, typed.name)
    try:
        found = sorted(each for each in folder.iterdir() if each.name.startswith(begin) and each.name[0] != ".")
    except OSError:
        return []
    return [f"{each}/" if each.is_dir() else f"{each}" for each in found if each.is_dir() or each.suffix == ".toml"]


def complete_undecided(incomplete: str) -> list[str]:
    """Give the ways to read the undecided that begin so."""
    return [way for way in ("proportional", "status-quo") if way.startswith(incomplete)]


def _place_of(ctx: Any) -> str | None:
    """Give the place named; behind an option that still lacks its value it stands among the words not yet read."""
    named = ctx.params.get("place") or next((word for word in ctx.args if word in place_codes()), None)
    return None if named is None else str(named)
