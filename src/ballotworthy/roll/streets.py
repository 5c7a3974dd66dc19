"""A street line without its number made comparable: direction, name, type and unit, whatever way it is written.

`quick_street_names.py` reads the usual ones the same in compiled code; `quick_names.py` says why there are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ballotworthy.roll.plain import plain
from ballotworthy.roll.street_words import ENDING, QUADRANTS, Words, words

GLUED = re.compile(r"\b(FM|CR|SR|HWY|HIGHWAY|RT|RTE|ROUTE|US|SH|RR|CTH|STH|USH)(\d+)\b")
"""A road and its number written as one word: FM1234."""
DIGITS = str.maketrans("ZOILSB", "201158")


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
    (highways, county roads, rural routes) have the type HWY; of two directions, "W 800 S", both are kept, with a
    zero between; a name is never left empty while a word is there.
    """
    known = words()
    tokens = _with_tens([_token(word, known) for word in re.sub(GLUED, r"\1 \2", plain(text)).split()], known)
    road = [word for word in tokens if word not in known.directions]
    if route := _route(road, known):
        return Street(name=route, type="HWY")
    tokens = _without_town(tokens, known)
    tokens, unit = _without_unit(tokens, known)
    before = behind = ""
    if len(tokens) > 1 and tokens[-1] in known.directions:
        behind = known.directions[tokens.pop()]
    if (len(tokens) > 2 or (len(tokens) == 2 and tokens[1] not in known.types)) and tokens[0] in known.directions:
        before = known.directions[tokens.pop(0)]
    kind = ""
    if len(tokens) > 1 and tokens[-1] in known.types:
        kind = known.types[tokens.pop()]
    elif len(tokens) == 2 and known.types.get(tokens[0]) == "AVE" and (len(tokens[1]) == 1 or tokens[1].isdigit()):
        kind = known.types[tokens.pop(0)]
    elif len(tokens) > 1 and tokens[0] in known.leading:
        kind = known.leading[tokens.pop(0)]
    if len(tokens) > 1:
        tokens[0] = known.words.get(tokens[0], tokens[0])
    direction = f"{before}0{behind}" if before and behind and before != behind else before or behind
    return Street(direction, "".join(tokens), kind, unit)


def corner_of_text(text: str) -> Street | None:
    """Give a corner of two streets, "Main & 3rd" or "Corner of Cave and Zerkel Sts", None where it is none.

    It has no number; its name is that of both, the first by the alphabet first, five letters of each.
    """
    rest = re.sub(
        r"^(?:AT\s+)?(?:THE\s+)?(?:(?:[NS]?[EW]|[NSEW])\.?\s+)?(?:CORNER|COR|INTERSECTION)\.?(?:\s+OF)?\s+", "", text
    )
    parts = re.split(r"\s*[&@]\s*|\s+(?:AND|AT)\s+|(?<=[A-Z.])\s*/\s*", rest)
    if len(parts) != 2 or not all(re.search(r"[A-Z]", plain(part)) for part in parts):
        return None
    names = sorted(street_of_text(re.sub(r"\bSTS\b\.?|\bAVES\b\.?", "ST", part)).name for part in parts)
    return Street(name="".join(name[:5] for name in names)) if all(names) else None


def _with_tens(tokens: list[str], known: Words) -> list[str]:
    """Join "TWENTY 1" (from "Twenty First") to "21"."""
    joined: list[str] = []
    for each in tokens:
        if joined and joined[-1] in known.tens and re.fullmatch("[1-9]", each):
            joined[-1] = f"{known.tens[joined[-1]][0]}{each}"
        else:
            joined.append(each)
    return joined


def _route(tokens: list[str], known: Words) -> str:
    """Give the number that a road is known by ("STATE HWY 49", "NJ 35", "COUNTY ROAD KK"), or nothing."""
    if len(tokens) < 2:
        return ""
    head, number = tokens[:-1], known.cardinals.get(tokens[-1], tokens[-1])
    for size in (2, 1):
        state, rest = " ".join(head[:size]), head[size:]
        named = state in known.states or state in known.state_codes
        alone = state in known.state_codes and not rest
        way = all(word in known.routes for word in rest) and not {"RD", "ROAD"}.issuperset(rest)
        if number.isdigit() and named and (alone or way):
            return number
    kinds = {known.routes.get(word, "") for word in head}
    if "" in kinds:
        return ""
    if re.fullmatch(r"\d+[A-Z]?", number):
        return number if kinds != {"OWNER"} or head in (["CA"], ["US"]) else ""
    lettered = re.fullmatch(r"([A-Z])\1?", number) and ({"OWNER", "WAY"} == kinds or head == ["CTH"])
    return number if lettered and number not in known.directions else ""


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
