"""A case as plain values and back: what a checkpoint holds; long lists as columns, lines by place, to read fast."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from itertools import count
from typing import Any

from ballotworthy.casework.case import Batch, Case, Retyping, Sample, Standing
from ballotworthy.casework.framed import Frame
from ballotworthy.casework.kept_looks import KeptLooks, KeptRulings
from ballotworthy.casework.listed_lines import ListedLines
from ballotworthy.casework.pinned import pinned_rules
from ballotworthy.casework.plain_columns import is_column, plain_column, texts_of
from ballotworthy.casework.rulings import Looks, Ruling
from ballotworthy.record import Event, Link

KINDS: Mapping[str, Any] = {kind.__name__: kind for kind in (Batch, Retyping, Standing, Event, Link, Ruling)}
OWN = ("frame", "looks", "rules", "sample")
"""Parts of a case that are written in a way of their own; its rules are read again from the law pinned."""
WRITTEN = {each.name for each in fields(Case)} - {"rules"}
LOOKS = ("first", "second", "resolved", "corrected")
SAID = ("outcome", "reason", "voter", "by")
"""What every ruling says; which line it repeats is said of few."""
LONG = 50
KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


def to_plain(case: Case) -> dict[str, Any]:
    """Give a case, its frame fixed, as values that JSON holds.

    Raises:
        TypeError: a part of it is of a kind that this room does not know.
    """
    found = {each.name: _plain(getattr(case, each.name)) for each in fields(case) if each.name not in OWN}
    cells = [plain_column(column) for column in case.frame.lines.columns]
    at = case.frame.at
    sample = case.sample and {
        "body": _plain(case.sample.body),
        "at": _plain_places(sorted(map(at.__getitem__, case.sample.lines)), len(at)),
    }
    return {
        **found,
        "frame": {"cells": cells, "fixed": _plain(case.frame.fixed)},
        "sample": sample,
        "looks": _plain_looks(case.looks, at),
    }


def from_plain(given: Mapping[str, Any]) -> Case:
    """Give the case that `to_plain` gave.

    Raises:
        ArithmeticError, AttributeError, LookupError, TypeError, ValueError, BallotworthyError: it is none.
    """
    if given.keys() != WRITTEN:
        raise ValueError("a part is missing, or there is one more")
    case = Case(**{name: _given(value) for name, value in given.items() if name not in OWN})
    if case.pinned is not None:
        case.rules = pinned_rules(case.pinned, *(case.opened[part] for part in ("place", "kind", "on")))
    lines = ListedLines([texts_of(column) for column in given["frame"]["cells"]])
    blank_lines = case.rules is None or case.rules.blank_lines_count
    case.frame = Frame.of(lines, _given(given["frame"]["fixed"]), blank_lines=blank_lines)
    if sample := given["sample"]:
        case.sample = Sample(_given(sample["body"]), frozenset(_at_places(case.frame.at, sample["at"])))
    case.looks = _looks(given["looks"], case.frame.at)
    return case


def _plain_places(places: list[int], among: int) -> Any:
    return "all" if places == list(range(among)) else places


def _at_places(ids: Collection[str], places: Any) -> Collection[str]:
    return ids if places == "all" else list(map(list(ids).__getitem__, places))


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
    if is_column(value):
        return texts_of(value)
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
    """Give a list: as a column where it is all of texts, as columns where it is of plain rows."""
    listed = list(values)
    if listed and all(type(each) is tuple and len(each) == len(listed[0]) > 0 for each in listed):
        return {"$rows": [_column(column) for column in zip(*listed, strict=True)]}
    if listed and all(type(each) is str for each in listed):
        return plain_column(listed)
    return [_plain(each) for each in listed]


def _plain_looks(looks: Mapping[str, Looks], at: Mapping[str, int]) -> dict[str, Any]:
    """Give rulings by look: of which lines, and as columns what each says; few lines repeat another."""
    found: dict[str, Any] = {"at": _plain_places([at[line] for line in looks], len(at))}
    for which in LOOKS:
        rulings = [getattr(look, which) for look in looks.values()]
        of = [place for place, ruling in enumerate(rulings) if ruling is not None]
        rulings = [rulings[place] for place in of]
        found[which] = {
            "of": _plain_places(of, len(looks)),
            "said": [plain_column([getattr(each, part) for each in rulings]) for part in SAID],
            "repeats": [[place, each.repeats] for place, each in enumerate(rulings) if each.repeats],
        }
    return found


def _looks(given: Mapping[str, Any], at: Mapping[str, int]) -> KeptLooks:
    places = at if given["at"] == "all" else dict(zip(_at_places(at, given["at"]), count(), strict=False))
    return KeptLooks(places, [_rulings(given[which]) for which in LOOKS])


def _rulings(given: Mapping[str, Any]) -> KeptRulings:
    places = None if given["of"] == "all" else dict(zip(given["of"], count(), strict=False))
    return KeptRulings(places, [texts_of(column) for column in given["said"]], dict(given["repeats"]))
