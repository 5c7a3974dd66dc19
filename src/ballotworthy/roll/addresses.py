"""Street addresses made comparable: number, direction, street, type and unit, whatever way they are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from ballotworthy.roll.plain import plain

SURE_UNITS = "APARTMENT|APT|UNIT|SUITE|STE"
OTHER_UNITS = "SPACE|SPC|SP|LOT|ROOM|RM|FLOOR|FL|TRAILER|TRLR|BUILDING|BLDG|PENTHOUSE|PH|NO|NUM"
UNIT_WORDS = f"{SURE_UNITS}|{OTHER_UNITS}"
UNIT = (
    rf"(?:\b(?:{SURE_UNITS})\b\.?\s*#?\s*|#\s*)([A-Z0-9][A-Z0-9-]*(?:\s+[A-Z0-9])?)\s*(?:,|$)"
    rf"|\b(?:{OTHER_UNITS})\b\.?\s*#?\s*([A-Z]?-?\d{{1,4}}-?[A-Z]?|[A-Z])\s*(?:,|$)"
    r"|\b(\d{1,2})(?:ST|ND|RD|TH)\s+FL(?:OOR|R)?\s*(?:,|$)"
)
NUMBER = r"^0*(\d{1,7})(?:\.0\b|-(\d{1,4}))?(?:-?[A-Z])?\b(?:\s*[½¼¾]|\s+\d/\d\b)?[\s,.]*"
STATES = (
    "AK|AL|AR|AZ|CA|CO|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
ZIP = rf"[\s,]+(?:(?:{STATES})\.?[\s,]+)?(\d{{5}})(?:-\d{{4}})?$"
NO_ZIP = rf"(?:#|\b(?:{SURE_UNITS}|HIGHWAY|HWY|ROUTE|RTE|COUNTY R(?:OA)?D|CO RD|CR|SR))\.?\s*#?\s*\d{{5}}$"
BOX = r"\b(?:P\.?\s*O\.?\s*|POST\s+OFFICE\s+)BOX\b"
BOX_NUMBER = rf"{BOX}\.?\s*#?\s*\d*[A-Z]?\b[\s,;/&]*"
ROUTE_BOX = (
    r"^(?:(?:RURAL|STAR|HIGHWAY\s+CONTRACT)\s+(?:ROUTE|RTE?)|R\.?\s*R\.?|R\.?\s*F\.?\s*D\.?|H\.?\s*C\.?)\s*#?\s*(\d+)"
    r"[\s,]+(?:BOX|BX)\.?\s*#?\s*(\d+)"
)
ALIKE = r"^(?:[OILSBZ]+\d[\dOILSBZ]*|\d+[OILSBZ]+\d[\dOILSBZ]*|\d+[OI])[\s,]+\S"
"""A house number with letters that are digits miswritten: l2, 1O4, 5O; 12S stays a number with a letter."""
ENDING = frozenset({"ST", "AVE", "RD", "DR", "LN", "BLVD", "CT", "CIR", "PL", "WAY", "TER", "PKWY"})
"""Types that hardly ever stand inside the name of a street."""
QUADRANTS = frozenset({"NE", "NW", "SE", "SW"})
UNIT_AND_TOWN = (
    rf"^(.*[^\s#]\s+(?:(?:{SURE_UNITS})\b\.?\s*#?\s*|#\s*)(?:[A-Z]?\d+-?[A-Z]?|[A-Z]))\s+([A-Z]{{3}}[A-Z .']*)$"
)
DIGITS = str.maketrans("ZOILSB", "201158")


@dataclass(frozen=True)
class Words:
    """The street words of `street_words.toml`: each spelling to its standard form."""

    types: dict[str, str]
    directions: dict[str, str]
    ordinals: dict[str, str]
    words: dict[str, str]
    routes: dict[str, str]


@cache
def words() -> Words:
    """Read the street words once."""
    data = tomllib.loads(files("ballotworthy.roll").joinpath("street_words.toml").read_text("utf-8"))

    def spellings(table: str) -> dict[str, str]:
        return {spelling: word for word, others in data[table].items() for spelling in (word, *others)}

    return Words(
        spellings("types"),
        spellings("directions"),
        spellings("ordinals"),
        spellings("words"),
        spellings("routes"),
    )


@dataclass(frozen=True)
class Street:
    """A street line without its number, in plain form; each part may be empty."""

    direction: str = ""
    name: str = ""
    type: str = ""
    unit: str = ""


@cache
def street_of_text(text: str) -> Street:
    """Give direction, name, type and unit of "North 1st Street", "HWY 49", "Avenue B", "Oak St NW", "7th Ave 203".

    Ordinals become digits ("First", "1st" and a slip such as "1sf" are "1"); roads known by a number only
    (highways, county roads, rural routes) have the type HWY; a name is never left empty while a word is there.
    """
    known = words()
    tokens = [_token(word, known) for word in plain(text).split()]
    road = [word for word in tokens if word not in known.directions]
    if _is_route(road, known):
        return Street(name=road[-1], type="HWY")
    tokens = _without_town(tokens, known)
    tokens, unit = _without_unit(tokens, known)
    direction = ""
    if len(tokens) > 1 and tokens[-1] in known.directions:
        direction = known.directions[tokens.pop()]
    before = len(tokens) > 2 or (len(tokens) == 2 and tokens[1] not in known.types)
    if before and tokens[0] in known.directions:
        direction = known.directions[tokens.pop(0)] or direction
    kind = ""
    if len(tokens) > 1 and tokens[-1] in known.types:
        kind = known.types[tokens.pop()]
    elif len(tokens) == 2 and known.types.get(tokens[0]) == "AVE" and (len(tokens[1]) == 1 or tokens[1].isdigit()):
        kind = known.types[tokens.pop(0)]
    if len(tokens) > 1:
        tokens[0] = known.words.get(tokens[0], tokens[0])
    return Street(direction, "".join(tokens), kind, unit)


def _is_route(tokens: list[str], known: Words) -> bool:
    """Tell whether these words and a number name a road known by its number."""
    head, number = tokens[:-1], tokens[-1:]
    kinds = {known.routes.get(word, "") for word in head}
    return (
        bool(head)
        and number[0].isdigit()
        and "" not in kinds
        and (kinds != {"OWNER"} or head == ["CA"] or head == ["US"])
    )


def _without_town(tokens: list[str], known: Words) -> list[str]:
    """Take off a town that stands behind the street with no comma: "ASH ST SPRINGFIELD", "ELM DR NW GRASS VALLEY".

    A town is one to four words of letters behind a type that nearly always ends a street. When the last of them
    is a type too, it must be one found in names of towns, and not stand alone: "OAK LN ESTATES" is a street.
    """
    for at in range(len(tokens) - 2, 0, -1):
        if known.types.get(tokens[at]) not in ENDING or all(word in known.directions for word in tokens[:at]):
            continue
        behind = tokens[at + 1 :]
        saint = tokens[at] in known.words and at > 1 and known.types.get(tokens[at - 1]) in ENDING
        quadrant = int(behind[0] in QUADRANTS)
        town = behind[quadrant:]
        last = known.types.get(town[-1], "") if town else ""
        if (
            not saint
            and 1 <= len(town) <= 4
            and all(word.isalpha() and (len(word) > 1 or word in known.directions) for word in town)
            and not all(word in known.directions for word in town)
            and town[-1] not in known.directions
            and known.types.get(town[0]) not in ENDING - {"ST"}
            and (not last or (len(town) > 1 and last not in ENDING))
        ):
            return tokens[: at + 1 + quadrant]
    return tokens


def _without_unit(tokens: list[str], known: Words) -> tuple[list[str], str]:
    """Take off a unit that stands behind the street with no word before it: "93RD ST C", "POPLAR 301"."""
    if len(tokens) < 2 or not re.fullmatch(r"[A-Z]?\d{1,5}[A-Z]?|[A-Z]", tokens[-1]) or tokens[-1] in known.directions:
        return tokens, ""
    if tokens[-2] in known.types and all(word in known.directions for word in tokens[:-2]):
        return tokens, ""
    if len(tokens) > 2 and (tokens[-2] in known.types or tokens[-2] in known.directions):
        return tokens[:-1], tokens[-1]
    if re.fullmatch(r"[A-Z]?\d{2,5}[A-Z]?", tokens[-1]) and tokens[-2] not in known.types:
        return tokens[:-1], tokens[-1]
    return tokens, ""


def _token(word: str, known: Words) -> str:
    number = re.fullmatch(r"([\dZOILSB]*\d[\dZOILSB]*?)(ST|ND|RD|TH|[SNRTF][A-Z]{1,3})", word)
    if number:
        return number[1].translate(DIGITS)
    return known.ordinals.get(word, word)


def plain_addresses(
    number: pl.Series,
    street: pl.Series,
    unit: pl.Series,
    direction: pl.Series,
    kind: pl.Series,
    behind: pl.Series,
) -> pl.DataFrame:
    """Give columns `number` (int, 0 unknown), `direction`, `street`, `type`, `unit` from address cells.

    Any cell may be null, and `street` may hold the whole line: what the other cells do not give is looked
    for in it. A post office box gives no street.
    """
    line = pl.select(pl.concat_str(number.fill_null(""), street.fill_null(""), separator=" ")).to_series()
    upper = line.str.to_uppercase().str.strip_chars().str.replace(r"^#\s*", "").str.replace_all(r"[\r\n]+", ", ")
    upper = upper.str.replace(ROUTE_BOX, "$2 RURAL ROUTE $1")
    beside = upper.str.replace_all(BOX_NUMBER, "").str.strip_chars(" ,;/&")
    boxed = upper.str.contains(rf"^{BOX}") & ~beside.str.contains(r"^\d+[A-Z]?\s+\S*[A-Z]")
    upper = pl.select(pl.when(upper.str.contains(BOX) & ~boxed).then(beside).otherwise(upper)).to_series()
    upper = _with_digits(upper)
    upper = pl.select(pl.when(upper.str.contains(NO_ZIP)).then(upper).otherwise(upper.str.replace(ZIP, ""))).to_series()
    split = pl.DataFrame({"line": upper}).select(
        pl.concat_str(pl.col("line").str.extract(NUMBER, 1), pl.col("line").str.extract(NUMBER, 2), ignore_nulls=True)
        .cast(pl.UInt32, strict=False)
        .fill_null(0)
        .alias("number"),
        pl.col("line").str.replace(NUMBER, "").alias("rest"),
    )
    rest = split["rest"].str.replace(UNIT_AND_TOWN, "$1, $2")
    found = pl.select(pl.coalesce(*(rest.str.extract(UNIT, group) for group in (1, 2, 3)))).to_series()
    core = rest.str.replace(UNIT, ",").str.replace(UNIT, ",").str.replace(r",.*$", "")
    own = unit.str.to_uppercase().str.replace(rf"^(?:{UNIT_WORDS})?\b\.?\s*#?\s*", "").str.strip_chars("# ")
    whole = pl.select(
        pl.concat_str(
            direction.fill_null(""), core, kind.fill_null(""), behind.fill_null(""), separator=" "
        ).str.strip_chars()
    ).to_series()
    known = pl.DataFrame([split["number"], boxed.alias("boxed"), own.alias("own"), found.alias("found")])
    house = pl.col("number"), pl.lit(0, pl.UInt32)
    street_texts = [(pl.col(name), pl.lit("")) for name in ("direction", "street", "type")]
    unit_text = pl.coalesce("own", "found", "behind").str.replace_all(r"[^A-Z0-9]", "").str.replace(r"^0+", "")
    return known.with_columns(_street_columns(whole)).select(
        pl.when("boxed").then(empty).otherwise(value).alias(name)
        for name, (value, empty) in zip(
            ("number", "direction", "street", "type", "unit"),
            (house, *street_texts, (unit_text, pl.lit(""))),
            strict=True,
        )
    )


def _with_digits(lines: pl.Series) -> pl.Series:
    """Write the digits that were meant at the beginning of lines: "l2 OAK", "1O4 OAK"."""
    alike = lines.str.contains(ALIKE)
    if not alike.any():
        return lines
    head, rest = lines.str.extract(r"^([^\s,]+)"), lines.str.replace(r"^[^\s,]+", "")
    digits = head.str.replace_many(list("ZOILSB"), list("201158"))
    return pl.select(pl.when(alike).then(digits + rest).otherwise(lines)).to_series()


def _street_columns(whole: pl.Series) -> list[pl.Series]:
    distinct = whole.unique()
    streets = [street_of_text(text) if text else Street() for text in distinct]
    places = whole.replace_strict(distinct, pl.int_range(len(distinct), eager=True), return_dtype=pl.Int64)
    columns = {
        "direction": [each.direction for each in streets],
        "street": [each.name for each in streets],
        "type": [each.type for each in streets],
        "behind": [each.unit for each in streets],
    }
    return [pl.Series(name, texts, dtype=pl.String)[places] for name, texts in columns.items()]
