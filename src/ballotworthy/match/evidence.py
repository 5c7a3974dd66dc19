"""Evidence in words: what agreed and what did not, with its weight, and which searches were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import polars as pl

from ballotworthy.match.blocks import SEARCHES
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.roll.keys import NAMES

TENTHS = 10_000
"""More tenths of a bit than any weight has."""
HALF = 1e-6
"""How near to the middle of two tenths a weight is looked at by itself."""


def evidence(levels: np.ndarray, bits: np.ndarray, *further: pl.Series) -> pl.Series:
    """Give, a row, "last name agrees (+9.4), first name is a nickname (+3.1)"; what cannot be compared is left out.

    `further` is what else was found, such as `moved_told` gives: text, one a row, null for nothing.
    """
    tenths = np.rint(bits * 10).astype(np.int64) + TENTHS // 2
    parts = [
        _each_code(levels[:, field].astype(np.int64) * TENTHS + tenths[:, field], partial(_weighed, field))
        for field in range(len(FIELDS))
    ]
    table = pl.DataFrame([part.alias(str(at)) for at, part in enumerate([*parts, *further])])
    return table.select(pl.concat_str(pl.all(), separator=", ", ignore_nulls=True)).to_series()


def _weighed(field: int, code: int) -> str | None:
    level, weight = code // TENTHS, (code % TENTHS - TENTHS // 2) / 10
    return f"{FIELDS[field]} {LEVELS[field][level].words} ({'+' if weight > 0 else ''}{weight})" if level else None


def further_told(name: str, words: Sequence[str], levels: np.ndarray, bits: np.ndarray) -> pl.Series:
    """Give, a row, what a comparison from outside found, "phone agrees (+13.3)", null where nothing was compared.

    Args:
        name, words: the comparison's name and the words of its levels.
        levels: from 1; 0 where nothing was compared. uint8, one a row.
        bits: weight of each level, that of 0 first.
    """
    told = [
        f"{name} {each} ({'+' if weight > 0 else ''}{weight:.1f})" for each, weight in zip(words, bits[1:], strict=True)
    ]
    return pl.Series([None, *told], dtype=pl.String).gather(levels)


def moved_told(words: str, bits: np.ndarray) -> pl.Series:
    """Give, a row, what a move of the voter adds, "may have moved (+9.1)", null where it adds nothing."""
    tenths = np.where(bits > 0, bits, 0) * 10
    near = np.rint(tenths)
    halves = np.abs(np.abs(tenths - near) - 0.5) < HALF  # between two tenths: told by all digits, one by one
    codes = np.where(bits > 0, near + 1, 0).astype(np.int64)
    told = _each_code(np.where(halves, 0, codes), lambda code: f"{words} (+{(code - 1) / 10})" if code else None)
    if not halves.any():
        return told
    return told.scatter(np.flatnonzero(halves), [f"{words} (+{each:.1f})" for each in bits[halves]])


def witness_told(words: str, bits: np.ndarray) -> pl.Series:
    """Give, a row, what a witness adds, "ward as the picture shows it (+1.4)", null where it adds nothing."""
    shown = [f"{words} ({each:+.1f})" if each else None for each in np.round(bits, 1).tolist()]
    return pl.Series(shown, dtype=pl.String)


def searches(looked: np.ndarray) -> pl.Series:
    """Give, a row, "address + last name: 2; address + first name: 0; then house number + name: 3; then ...: 12"."""
    each: list[pl.Series] = []
    for search in range(SEARCHES):
        parts = [
            _each_code(looked[:, kind], partial(_looked, kind)).alias(about.words)
            for kind, about in enumerate(NAMES)
            if about.search == search
        ]
        joined = pl.DataFrame(parts).select(
            pl.concat_str(pl.all(), separator="; ", ignore_nulls=True).replace("", None)
        )
        each.append(joined.to_series().alias(str(search)))
    return pl.DataFrame(each).select(pl.concat_str(pl.all(), separator="; then ", ignore_nulls=True)).to_series()


def _looked(kind: int, voters: int) -> str | None:
    return f"{NAMES[kind].words}: {voters}" if voters >= 0 else None


def _each_code(codes: np.ndarray, told: Callable[[int], str | None]) -> pl.Series:
    """Give the text of each code, a small number from -1 on; each distinct code is told once."""
    shifted = codes.ravel() + 1
    seen = np.flatnonzero(np.bincount(shifted))
    places = np.zeros(int(seen.max(initial=0)) + 1, np.uint32)
    places[seen] = np.arange(len(seen))
    texts = pl.Series([told(int(code) - 1) for code in seen], dtype=pl.String)
    return texts.gather(places[shifted])
