"""A petition's own signs of how far the machine may miss: shares of its lines in evidence that some world misjudges."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from ballotworthy.check.kinds import NOT_ASKED

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "strangers": "name nobody of the voter's home where they live",
        "relatives": "share one name with a voter of their home, and not the other",
        "initials": "give an initial for the first name",
        "slips": "come near a voter's name or home by slips only",
        "garbled": "come near a voter by slips in the name and in the home",
        "digits": "fit a voter but for a digit of the house number, a slip or a move down the street",
        "beyond": "are such lines beyond what slips in names and streets let expect",
        "unfound": "fit no voter in name or home",
        "moved": "fit a voter who may have moved here or there, where the law asks for no home",
        "unread": "give no house number or street that could be compared",
        "unresolved": "are left to a person",
        "uneven": "lie on sheets or with transcribers whose lines fit worse than chance lets them",
    }
)
"""Each sign, in words that follow "… of the lines"."""
EXPECTED = 0.3
"""Lines a digit away for each that slips elsewhere alone, where hands make them: 0.19 to 0.26 in the worlds."""
LEAST = 25
"""Lines of a group below which it tells nothing of its own."""


def signs(lines: pl.DataFrame) -> dict[str, float]:
    """Give each sign's share of the lines; `lines` has `kind`, `outcome`, `reason`, `sheet` and `transcriber`."""
    if lines.height == 0:
        return dict.fromkeys(SIGNS, 0.0)
    count = lines.height
    written = lines.filter(~pl.col("reason").is_in(["blank", "struck"]))
    counted = written.group_by("kind").len()
    parts = {str(kind): int(number) for kind, number in counted.iter_rows()}

    def of(names: tuple[str, ...], homes: tuple[str, ...], ends: tuple[str, ...] = ("", NOT_ASKED)) -> float:
        return sum(parts.get(f"{name}, {home}{end}", 0) for name in names for home in homes for end in ends) / count

    here, like, asked = ("own", "near", "digit"), ("whole", "initial", "near"), ("",)
    slips, digits = of(("near",), here) + of(("whole",), ("near", "digit")), of(like, ("digit",), asked)
    return {
        "strangers": of(("none",), here, asked),
        "relatives": of(("one",), here, asked),
        "initials": of(("initial",), here),
        "slips": slips,
        "garbled": of(("near",), ("near", "digit")),
        "digits": digits,
        "beyond": max(0.0, digits - EXPECTED * max(slips - digits, 0.0)),
        "unfound": of(("one", "none"), ("other",)),
        "moved": of(like, ("other",), (NOT_ASKED,)) + of(("one", "none"), here, (NOT_ASKED,)),
        "unread": sum(number for kind, number in parts.items() if ", unread" in kind) / count,
        "unresolved": int((lines["outcome"] == "unresolved").sum()) / count,
        "uneven": _uneven(written) / count,
    }


def _uneven(lines: pl.DataFrame) -> float:
    """Give how many lines fit a voter only by slips, or none, beyond what chance lets groups differ; 0 or more."""
    by = "transcriber" if lines["transcriber"].null_count() < lines.height else "sheet"
    rough = ~pl.col("kind").str.strip_suffix(NOT_ASKED).is_in(["whole, own", "whole, other", "initial, own"])
    groups = (
        lines.group_by(by).agg(pl.len().alias("lines"), rough.sum().alias("rough")).filter(pl.col("lines") >= LEAST)
    )
    if groups.height < 2:
        return 0.0
    size, seen = groups["lines"].to_numpy(), groups["rough"].to_numpy()
    usual = float(np.median(seen / size))
    over = seen - usual * size
    chance = 2.5 * np.sqrt(usual * (1 - usual) * size + 1)
    return float(np.maximum(over - chance, 0).sum())
