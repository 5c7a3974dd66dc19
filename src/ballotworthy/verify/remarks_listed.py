"""Sentences of remarks on names that the eye cannot tell, on a sample of the office's size, and on odd days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .alike import first_alike, first_blank, first_odd
from .days import LONGEST_GATHERING, days_between
from .findings import number
from .frame import Frame
from .sample import least_size


def looks_of(noun: str, names: Iterable[str]) -> list[str]:
    """Give what is said of the first of some names that look alike, and of one that may look like another (R7)."""
    listed, small = list(names), noun.lower()
    told = []
    if pair := first_alike(listed):
        told.append(f"{noun} “{pair[0]}” looks like {small} “{pair[1]}”, and both are listed.")
    if odd := first_odd(listed):
        told.append(f"{noun} “{odd[0]}” {odd[1]}: it may look like another.")
    elif (blank := first_blank(listed)) is not None:
        told.append(f"{noun} “{blank}” has blanks that nobody sees: it may look like another.")
    return told


def looks_listed(lines: Frame, rules: Mapping[str, Any] | None) -> list[str]:
    """Give what is said of the names of lines, batches, strata and districts (R7), those of the rules among them."""
    named = {
        "Line": lines.ids,
        "Batch": list(lines.batches),
        "Stratum": list(dict.fromkeys(lines.strata)),
        "District": [each for each in dict.fromkeys(lines.districts) if each],
    }
    told = [says for noun, names in named.items() for says in looks_of(noun, names)]
    if told or rules is None:
        return told
    ruled = [*rules["values"].get("district_requirement", []), *rules.get("districts", [])]
    names = list(dict.fromkeys([*(each["name"] for each in ruled), *named["Stratum"], *named["District"]]))
    pair = first_alike(names)
    return [f"District or stratum “{pair[0]}” looks like “{pair[1]}”."] if pair else []


def told_of_frame(lines: Frame, values: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Give remarks on the lines as they were listed: marks (R6), images (R36), strata that the law does not know (R39).

    Args:
        lines: the frame.
        values: the rules' values, if there are any.
    """
    listed = number(len(lines.ids), "line")
    if lines.bare:
        yield "R6", f"{lines.bare:,} of {listed} listed are marked blank, struck or removed, and no ground is told."
    if lines.unwritten:
        says = (
            f"{lines.unwritten:,} of {listed} listed are marked blank or struck, on grounds that are the office's word"
        )
        yield "R6", f"{says}, first “{lines.ground}”."
    if lines.removed:
        says = f"{lines.removed:,} of {listed} listed are marked removed, by the word of the office"
        yield "R6", f"{says}, first for “{lines.removal}”."
    if lines.shared:
        first, second = next(iter(lines.shared.values()))
        says = f"{number(len(lines.shared), 'image')} of more than one sheet, first of sheets “{first}” and “{second}”"
        yield "R36", f"{says}: ask whether one picture shows both."
    strata, law = len(set(lines.strata)), (values or {}).get("stratum", "")
    if strata > 1 and (law == "state" or law.startswith("the ")):
        yield "R39", f"The law pinned draws from “{law}” as one, and the lines are listed in {strata:,} strata."


def chosen_size(body: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Give what is said of a first sample that is greater than the law asks, or nothing (R30)."""
    least = {each["stratum"]: least_size(values, each["of"]) for each in body["strata"]}
    size, of = (sum(each[key] for each in body["strata"]) for key in ("size", "of"))
    if body["scope"] == "all" or size == of or all(each["size"] <= least[each["stratum"]] for each in body["strata"]):
        return ""
    asked = f"asks for {sum(least.values()):,}"
    if "sample_share" not in values and "sample_least" not in values:
        asked = "tells no size"
    return (
        f"The first sample is of {number(size, 'line')}, and the law pinned {asked}: the office chose that once the "
        "seed was known."
    )


def is_odd(kind: str, day: str, filed: str) -> bool:
    """Whether a batch came in after the filing, or long before it, or a roll is much older than the filing (R31)."""
    return days_between(day, filed) > LONGEST_GATHERING or (kind == "received" and days_between(filed, day) > 0)


def odd_days(kind: str, days: list[str], filed: str) -> str:
    """Give what is said of such batches, or rolls, by their days (R31)."""
    if kind == "roll":
        return f"{number(len(days), 'roll')} more than two years older than the filing on {filed}, first of {days[0]}."
    return f"{number(len(days), 'batch')} came in after the filing on {filed}, or long before, first on {days[0]}."


def odd_law(on: str, filed: str) -> str:
    """Give what is said of a law of a day far from that of filing, or nothing (R31)."""
    if abs(days_between(on, filed)) <= LONGEST_GATHERING:
        return ""
    return f"The law is that of {on}, more than two years from the day of filing, {filed}."
