"""Street addresses made comparable: number, direction, street, type and unit, whatever way they are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from ballotworthy.roll.plain import each_distinct, plain

UNIT_WORDS = "APARTMENT|APT|UNIT|SUITE|STE|SPACE|SPC|SP|LOT|ROOM|RM|FLOOR|FL|TRAILER|TRLR|BUILDING|BLDG|PENTHOUSE|PH|NO|NUM"
UNIT = rf"(?:\b(?:{UNIT_WORDS})\b\.?\s*#?\s*|#\s*)([A-Z0-9][A-Z0-9-]*)\s*(?:,|$)"
NUMBER = r"^\s*0*(\d{1,7})(?:-?[A-Z])?\b(?:\s+\d/\d\b)?\s*"
BOX = r"^\s*(?:P\.?\s*O\.?\s*|POST\s+OFFICE\s+)BOX\b"
ROUTES = frozenset({"HWY", "RTE"})


@dataclass(frozen=True)
class Words:
    """The street words of `street_words.toml`: each spelling to its standard form."""

    types: dict[str, str]
    directions: dict[str, str]
    ordinals: dict[str, str]
    words: dict[str, str]


@cache
def words() -> Words:
    """Read the street words once."""
    data = tomllib.loads(files("ballotworthy.roll").joinpath("street_words.toml").read_text("utf-8"))

    def spellings(table: str) -> dict[str, str]:
        return {spelling: word for word, others in data[table].items() for spelling in (word, *others)}

    return Words(spellings("types"), spellings("directions"), spellings("ordinals"), spellings("words"))


@dataclass(frozen=True)
class Street:
    """A street line without number and unit, in plain form; each part may be empty."""

    direction: str = ""
    name: str = ""
    type: str = ""


@cache
def street_of_text(text: str) -> Street:
    """Give direction, name and type of "North 1st Street", "STATE HWY 49", "Avenue B", "Oak St NW".

    Ordinals become digits ("First" and "1st" are "1"); a name is never left empty while a word is there.
    """
    known = words()
    tokens = [_token(word, known) for word in plain(text).split()]
    direction = ""
    if len(tokens) > 1 and tokens[-1] in known.directions:
        direction = known.directions[tokens.pop()]
    if len(tokens) > 1 and tokens[0] in known.directions and (len(tokens) > 2 or tokens[1] not in known.types):
        direction = known.directions[tokens.pop(0)] or direction
    if len(tokens) > 2 and tokens[0] in {"STATE", "COUNTY", "US"} and _is_route(tokens[1], known):
        tokens.pop(0)
    if len(tokens) > 1 and tokens[-1].isdigit() and _is_route(tokens[0], known):
        return Street(direction, "".join(tokens[1:]), "HWY")
    kind = ""
    if len(tokens) > 1 and tokens[-1] in known.types:
        kind = known.types[tokens.pop()]
    elif len(tokens) == 2 and tokens[0] in {"AVENUE", "AVE", "CALLE"} and len(tokens[1]) == 1:
        kind = "AVE" if tokens.pop(0) != "CALLE" else ""
    if len(tokens) > 1:
        tokens[0] = known.words.get(tokens[0], tokens[0])
    return Street(direction, "".join(tokens), kind)


def _is_route(word: str, known: Words) -> bool:
    return known.words.get(word) == "HWY" or known.types.get(word) in ROUTES


def _token(word: str, known: Words) -> str:
    if word[0].isdigit() and re.fullmatch(r"\d+(ST|ND|RD|TH)", word):
        return word[:-2]
    return known.ordinals.get(word, word)


def plain_addresses(
    number: pl.Series, street: pl.Series, unit: pl.Series, direction: pl.Series, kind: pl.Series, behind: pl.Series
) -> pl.DataFrame:
    """Give columns `number` (int, 0 unknown), `direction`, `street`, `type`, `unit` from address cells.

    Any cell may be null, and `street` may hold the whole line: what the other cells do not give is looked
    for in it. A post office box gives no street.
    """
    line = pl.select(pl.concat_str(number.fill_null(""), street.fill_null(""), separator=" ")).to_series()
    upper = line.str.to_uppercase().str.strip_chars().str.replace(r"^#\s*", "")
    boxed = upper.str.contains(BOX)
    split = pl.DataFrame({"line": upper}).select(
        pl.col("line").str.extract(NUMBER, 1).cast(pl.UInt32, strict=False).fill_null(0).alias("number"),
        pl.col("line").str.replace(NUMBER, "").alias("rest"),
    )
    found = split["rest"].str.extract(UNIT, 1)
    core = split["rest"].str.replace(UNIT, ",").str.replace(r",.*$", "")
    own = unit.str.to_uppercase().str.replace(rf"^(?:{UNIT_WORDS})?\b\.?\s*#?\s*", "").str.strip_chars("# ")
    whole = pl.select(
        pl.concat_str(
            direction.fill_null(""), core, kind.fill_null(""), behind.fill_null(""), separator=" "
        ).str.strip_chars()
    ).to_series()
    parts = _street_columns(whole)
    blank = pl.lit("")
    return pl.DataFrame({"number": split["number"], "boxed": boxed, "own": own, "found": found}).with_columns(parts).select(
        pl.when("boxed").then(0).otherwise("number").cast(pl.UInt32).alias("number"),
        pl.when("boxed").then(blank).otherwise("direction").alias("direction"),
        pl.when("boxed").then(blank).otherwise("street").alias("street"),
        pl.when("boxed").then(blank).otherwise("type").alias("type"),
        pl.coalesce("own", "found", blank).str.replace_all(r"[^A-Z0-9]", "").str.replace(r"^0+", "").alias("unit"),
    )  # fmt: skip


def _street_columns(whole: pl.Series) -> list[pl.Series]:
    return [
        each_distinct(whole, lambda text: street_of_text(text).direction if text else "").rename("direction"),
        each_distinct(whole, lambda text: street_of_text(text).name if text else "").rename("street"),
        each_distinct(whole, lambda text: street_of_text(text).type if text else "").rename("type"),
    ]
