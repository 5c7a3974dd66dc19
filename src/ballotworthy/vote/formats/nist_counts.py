"""The counts of one thing in a NIST results report, each once: totals and their parts, devices, units within units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.vote.formats.plain_values import Wrong, number, text

PARTS = {"absentee": ("absentee-mail", "absentee-in-person", "absentee-fwab")}
"""Types that others are parts of; `total` is the sum of all that are no parts."""
DEEPEST = 30
NO_VOTES = ("seats", "write-in")
TYPES = frozenset({
    "absentee", "absentee-fwab", "absentee-in-person", "absentee-mail", "early", "election-day", "provisional", "total",
    "uocava", *NO_VOTES,
})  # fmt: skip
"""CountItemType of the schema; beside them `other`, which says in words what it is."""


@dataclass(frozen=True)
class Counted:
    """Numbers by unit, each vote in one of them.

    Attributes:
        by_unit: the number of each of the smallest units that have one.
        by_mode: the same by mode of voting, where that is told.
        hidden: units whose number is kept back for privacy.
        differ: sentences, where two numbers for the same do not agree.
    """

    by_unit: Mapping[str, int]
    by_mode: Mapping[str, Mapping[str, int]]
    hidden: frozenset[str]
    differ: tuple[str, ...]


def counted(
    counts: Sequence[dict[str, Any]], field: str, inside: Mapping[str, set[str]], names: Mapping[str, str], what: str
) -> Counted:
    """Take counts apart.

    Args:
        counts: as they stand, with GpUnitId, perhaps Type and DeviceClass.
        field: that holds the number.
        inside: the units that each unit is composed of.
        names: of units.
        what: is counted, for sentences.

    Raises:
        Wrong: a number is none, or one unit, type and device have two.
    """
    by_type: dict[str, dict[str, dict[str, int]]] = {}
    hidden = set()
    for each in counts:
        unit, mode = text(each, "GpUnitId", needed=True), text(each, "Type") or "total"
        if mode == "other":
            mode = text(each, "OtherType") or mode
        elif mode not in TYPES:
            raise Wrong(f"{what}: unit {unit[:40]} has a count of type {mode[:40]}, which there is not")
        device = "|".join(f"{key}={value}" for key, value in sorted((each.get("DeviceClass") or {}).items())) \
            if isinstance(each.get("DeviceClass"), dict) else ""  # fmt: skip
        if mode in NO_VOTES:
            continue
        if str(each.get("IsSuppressedForPrivacy", "")).lower() == "true":
            hidden.add(unit)
            continue
        value = number(each, field)
        if value is None:
            raise Wrong(f"{what}: {field} is missing in unit {unit[:40]}")
        devices = by_type.setdefault(unit, {}).setdefault(mode, {})
        if device in devices:
            raise Wrong(f"{what}: unit {unit[:40]} has two numbers of type {mode}")
        devices[device] = value
    differ: list[str] = []
    totals, modes = {}, {}
    for unit, types in by_type.items():
        if unit not in hidden:
            told = f"{what} in {names.get(unit, unit)}"
            modes[unit] = {mode: _devices(devices, f"{told}, {mode}", differ) for mode, devices in types.items()}
            totals[unit] = _total(modes[unit], told, differ)
            modes[unit].pop("total", None)
    within: dict[str, set[str]] = {}
    below = {unit: _below(unit, inside, within, 0) & (totals.keys() | hidden) for unit in totals}
    closed = {unit for unit in totals if below[unit] & hidden}  # the sum with a hidden part is known here only
    for unit, smaller in below.items():
        smallest = {each for each in smaller if not below.get(each)}
        if smaller and not smaller & hidden and (apart := sum(totals[each] for each in smallest)) != totals[unit]:
            silent = [each for each in within[unit] if not inside.get(each) and each not in totals]
            if silent:
                closed.add(unit)
            counts_ = f"its own counts, since {len(silent):,} of them have none" if silent else "the parts count"
            said = f"{what}: {names.get(unit, unit)} has {totals[unit]:,}, its parts add up to {apart:,}"
            differ.append(f"{said} ({counts_})")
    covered = set().union(*(below[unit] for unit in closed))
    counts_once = [unit for unit in totals if unit not in covered and (not below[unit] or unit in closed)]
    return Counted(
        {unit: totals[unit] for unit in counts_once},
        {unit: modes[unit] for unit in counts_once if modes[unit]},
        frozenset(hidden - covered),
        tuple(differ),
    )


def _devices(devices: Mapping[str, int], told: str, differ: list[str]) -> int:
    """Give the number for all devices: the one without a device where there is one."""
    apart = sum(number for device, number in devices.items() if device)
    if "" not in devices:
        return apart
    if len(devices) > 1 and apart != devices[""]:
        differ.append(f"{told}: {devices['']:,}, and its devices add up to {apart:,} (the former counts)")
    return devices[""]


def _total(modes: dict[str, int], told: str, differ: list[str]) -> int:
    for whole, parts in PARTS.items():
        there = [each for each in parts if each in modes]
        if whole in modes and there:
            if (apart := sum(modes[each] for each in there)) != modes[whole]:
                differ.append(
                    f"{told}: {whole} has {modes[whole]:,}, its parts add up to {apart:,} (the former counts)"
                )
            for each in there:
                del modes[each]
    apart = sum(number for mode, number in modes.items() if mode != "total")
    if "total" not in modes:
        return apart
    if len(modes) > 1 and apart != modes["total"]:
        differ.append(f"{told}: the total is {modes['total']:,}, its parts add up to {apart:,} (the total counts)")
    return modes["total"]


def _below(unit: str, inside: Mapping[str, set[str]], known: dict[str, set[str]], depth: int) -> set[str]:
    """Give all units within a unit; `known` keeps those that were asked.

    Raises:
        Wrong: a unit is within itself.
    """
    if depth > DEEPEST:
        raise Wrong(f"unit {unit[:40]} is composed of itself, or units stand {DEEPEST} deep in each other")
    if unit not in known:
        found: set[str] = set()
        for part in inside.get(unit, ()):
            found |= {part} | _below(part, inside, known, depth + 1)
        known[unit] = found
    return known[unit]
