"""A case as plain values and back: what a checkpoint holds; long lists of texts as one text, so that it reads fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from ballotworthy.casework.case import Batch, Case, Retyping, Sample, Standing
from ballotworthy.casework.framed import Frame
from ballotworthy.casework.pinned import pinned_rules
from ballotworthy.casework.rulings import Looks, Ruling
from ballotworthy.petition import FrameLine
from ballotworthy.record import Event, Link

KINDS: Mapping[str, Any] = {kind.__name__: kind for kind in (Batch, Retyping, Sample, Standing, Event, Link, Ruling)}
OWN = ("frame", "looks", "rules")
"""Parts of a case that are written in a way of their own; its rules are read again from the law pinned."""
LOOKS = ("first", "second", "resolved", "corrected")
LONG = 50
KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


def to_plain(case: Case) -> dict[str, Any]:
    """Give a case, its frame fixed, as values that JSON holds.

    Raises:
        TypeError: a part of it is of a kind that this room does not know.
    """
    found = {each.name: _plain(getattr(case, each.name)) for each in fields(case) if each.name not in OWN}
    cells = [_column(column) for column in zip(*case.frame.lines, strict=True)]
    return {**found, "frame": {"cells": cells, "fixed": _plain(case.frame.fixed)}, "looks": _plain_looks(case.looks)}


def from_plain(given: Mapping[str, Any]) -> Case:
    """Give the case that `to_plain` gave.

    Raises:
        TypeError, ValueError, KeyError: it is none.
    """
    case = Case(**{name: _given(value) for name, value in given.items() if name not in OWN})
    if case.pinned is not None:
        case.rules = pinned_rules(case.pinned, *(case.opened[part] for part in ("place", "kind", "on")))
    lines = map(FrameLine, *(_given(column) for column in given["frame"]["cells"]))
    blank_lines = case.rules is None or case.rules.blank_lines_count
    case.frame = Frame.of(lines, _given(given["frame"]["fixed"]), blank_lines=blank_lines)
    case.looks = _looks(given["looks"])
    return case


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if kind := KINDS.get(type(value).__name__):
        parts = value if isinstance(value, tuple) else (getattr(value, each.name) for each in fields(value))
        return {"$kind": kind.__name__, "parts": [_plain(part) for part in parts]}
    if isinstance(value, set | frozenset):
        return {"$set": _plain(sorted(value)), "frozen": isinstance(value, frozenset)}
    if isinstance(value, tuple):
        return {"$tuple": [_plain(each) for each in value]}
    if isinstance(value, list):
        return _column(value) if len(value) > LONG else [_plain(each) for each in value]
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and KEY.match(key) for key in value):
            return {key: _plain(each) for key, each in value.items()}
        return {"$keys": _plain(list(value)), "values": _plain(list(value.values()))}
    raise TypeError(f"a checkpoint cannot hold {type(value).__name__}")


def _given(value: Any) -> Any:
    if isinstance(value, list):
        return [_given(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$text" in value:
        return value["$text"].split("\n")
    if "$tuple" in value:
        return tuple(_given(each) for each in value["$tuple"])
    if "$rows" in value:
        return list(zip(*map(_given, value["$rows"]), strict=True))
    if "$kind" in value:
        return KINDS[value["$kind"]](*map(_given, value["parts"]))
    if "$set" in value:
        return (frozenset if value["frozen"] else set)(_given(value["$set"]))
    if "$keys" in value:
        return dict(zip(_given(value["$keys"]), _given(value["values"]), strict=True))
    return {key: _given(each) for key, each in value.items()}


def _column(values: Iterable[Any]) -> Any:
    """Give a list: as one text where it is all of texts in which no line ends, as columns where it is of plain rows."""
    listed = list(values)
    if listed and all(type(each) is tuple and len(each) == len(listed[0]) > 0 for each in listed):
        return {"$rows": [_column(column) for column in zip(*listed, strict=True)]}
    if listed and all(type(each) is str for each in listed):
        text = "\n".join(listed)
        if text.count("\n") == len(listed) - 1:
            return {"$text": text}
    return [_plain(each) for each in listed]


def _plain_looks(looks: Mapping[str, Looks]) -> dict[str, Any]:
    """Give rulings by look: the lines, the voters, by number the outcome, reason and person, and what one repeats."""
    found: dict[str, Any] = {"lines": _column(looks)}
    for which in LOOKS:
        said = [(at, ruling) for at, each in enumerate(looks.values()) if (ruling := getattr(each, which)) is not None]
        table: dict[tuple[str, str, str], int] = {}
        numbers = [table.setdefault((each.outcome, each.reason, each.by), len(table)) for _, each in said]
        found[which] = {
            "at": "all" if len(said) == len(looks) else [at for at, _ in said],
            "voters": _column(each.voter for _, each in said),
            "said": numbers,
            "repeats": [[place, each.repeats] for place, (_, each) in enumerate(said) if each.repeats],
            "table": [list(each) for each in table],
        }
    return found


def _looks(given: Mapping[str, Any]) -> dict[str, Looks]:
    lines = _given(given["lines"])
    made: dict[str, list[Ruling]] = {}
    for which in LOOKS:
        each = given[which]
        table = [tuple(said) for said in each["table"]]
        made[which] = [
            Ruling(table[number][0], table[number][1], voter, table[number][2])
            for voter, number in zip(_given(each["voters"]), each["said"], strict=True)
        ]
        for place, repeats in each["repeats"]:
            made[which][place] = made[which][place]._replace(repeats=repeats)
    whole = given["first"]["at"] == "all"
    looks = list(map(Looks, made.pop("first"))) if whole else [Looks() for _ in lines]
    for which, rulings in made.items():
        at = given[which]["at"]
        for place, ruling in zip(range(len(looks)) if at == "all" else at, rulings, strict=True):
            setattr(looks[place], which, ruling)
    return dict(zip(lines, looks, strict=True))
