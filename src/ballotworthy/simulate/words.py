"""The words of `words.toml`: for addresses, for names spelled in two ways, and for slips."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))

STREET_NAMES: tuple[str, ...] = tuple(_WORDS["streets"]["names"])
ORDINALS: tuple[str, ...] = tuple(_WORDS["streets"]["ordinals"])

# By the spelling of the roll: what signers write, and how common the type is.
TYPES: dict[str, tuple[str, ...]] = {key: tuple(entry["spellings"]) for key, entry in _WORDS["types"].items()}
TYPE_SHARES: tuple[float, ...] = tuple(entry["share"] for entry in _WORDS["types"].values())
DIRECTIONS: dict[str, tuple[str, ...]] = {key: tuple(value) for key, value in _WORDS["directions"].items()}
ROADS: dict[str, tuple[str, ...]] = {key: tuple(value) for key, value in _WORDS["roads"].items()}
UNITS: tuple[str, ...] = tuple(_WORDS["units"]["spellings"])

TOWN_FRONTS: tuple[str, ...] = tuple(_WORDS["towns"]["fronts"])
TOWN_STEMS: tuple[str, ...] = tuple(_WORDS["towns"]["stems"])
TOWN_ENDS: tuple[str, ...] = tuple(_WORDS["towns"]["ends"])

SPANISH_LAST = frozenset(_WORDS["names"]["spanish_last"])
SPANISH_MEN: tuple[str, ...] = tuple(_WORDS["names"]["spanish_men"])
SPANISH_WOMEN: tuple[str, ...] = tuple(_WORDS["names"]["spanish_women"])

APOSTROPHES: dict[str, str] = {name.replace("'", ""): name for name in _WORDS["names"]["apostrophes"]}


def _unaccented(name: str) -> str:
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode("ascii")


ACCENTS: dict[str, str] = {_unaccented(name): name for name in _WORDS["names"]["accents"]}


def _both_ways(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        left, right = pair.split("/")
        table[left] = (*table.get(left, ()), right)
        table[right] = (*table.get(right, ()), left)
    return table


LOOKALIKES: dict[str, tuple[str, ...]] = _both_ways(_WORDS["slips"]["lookalikes"])
BESIDE: dict[str, str] = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in _WORDS["slips"]["keyboard"]
    for at, key in enumerate(row)
}
