"""Who disputes lines: which names are one objector's, and which are refused because they look like another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ballotworthy.casework.alike import fault_of_look, skeleton, with_unseen
from ballotworthy.casework.claims import Claim
from ballotworthy.errors import InputError
from ballotworthy.safe_text import safe_line

_SHOWN = re.compile("‹(?:U\\+[0-9A-F]{4,6}|[A-Z]{2,3})›")


def parts_of(name: str) -> tuple[str, ...]:
    """Give the skeletons of what stands between a name's commas: those of one objector begin with the same.

    Small letters, blanks, accents composed or not, and what nobody sees make no difference, nor do letters of one shape
    in two alphabets: a packet holds too much rather than too little. A character shown by name (`shown`) is unseen.
    """
    parts = [skeleton(part) for part in _between_commas(_SHOWN.sub("", name))]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def is_of(objector: str, side: str) -> bool:
    """Tell whether words that say who disputes a line name an objector: wholly, or before a comma."""
    asked = parts_of(objector)
    return bool(asked) and parts_of(side)[: len(asked)] == asked


def shown(name: str) -> str:
    """Give a name in one line, with what nobody sees in it shown by name: ‹U+3164›."""
    return with_unseen(safe_line(name))


def refuse_alike(side: str, before: Iterable[Claim]) -> None:
    """Refuse a name that holds what nobody sees, or looks like that of an earlier challenge and is another.

    Small letters, and blanks before, behind and beside others, make no other name.

    Raises:
        InputError: it does; it names the character, or the event and the name.
    """
    if fault := fault_of_look(side) or _fault_of_halves(side):
        raise InputError(
            f"who disputes the line may look like another: {fault}. Type it anew, without copying it: papers of "
            "objectors bear it."
        )
    mine, plain = parts_of(side), _plain(side)
    for each in before:
        if each.kind != "challenged" or (other := str(each.body["side"])) == side:
            continue
        for one, two, own, its in zip(mine, parts_of(other), plain, _plain(other), strict=False):
            if one != two:
                break
            if own != its:
                raise InputError(
                    f"“{side}” looks like “{shown(other)}” of event {each.seq}, and is written otherwise. If they are "
                    "one objector, copy the name from there; if they are two, write them unlike."
                )


def _between_commas(name: str) -> list[str]:
    return unicodedata.normalize("NFKC", name).split(",")


def _plain(name: str) -> list[str]:
    return [" ".join(part.casefold().split()) for part in _between_commas(name)]


def _fault_of_halves(name: str) -> str:
    half = next((each for each in name if unicodedata.category(each) == "Cs"), "")
    return f"it holds U+{ord(half):04X}, which has no look of its own" if half else ""
