"""The rows of a result, sorted and gathered as the page's tables show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.report.words import OUTCOMES, known

Row = Mapping[str, Any]

_GROUP: Row = dict.fromkeys(
    ("lines", "valid", "invalid", "unresolved", "duplicates", "validity", "low", "high", "review")
)
"""What stands for the parts of a group that are absent."""


@dataclass(frozen=True)
class Groups:
    """Validity by stratum or by circulator.

    `word` is what one group is called, `order` says in words how `rows` are sorted, and `overall` is the
    share of valid lines among all of them, None where it is not known.
    """

    word: str
    order: str
    rows: tuple[Row, ...]
    overall: float | None


@dataclass(frozen=True)
class Outcome:
    """The lines of one outcome: its label, how many they are, and its reasons, the most frequent first."""

    label: str
    lines: int
    reasons: tuple[Row, ...]


def strata(rows: Sequence[Row], word: str) -> Groups:
    """Give the strata, the one with most lines first."""
    return _groups(rows, word, "the largest first", lambda row: (-(row["lines"] or 0), str(row["name"])))


def circulators(rows: Sequence[Row]) -> Groups:
    """Give the circulators: those to review first, then those of the lowest validity."""

    def rank(row: Row) -> tuple[bool, float, str]:
        return not row["review"], row["validity"] if known(row["validity"]) else 1.0, str(row["name"])

    return _groups(rows, "circulator", "those to review first, then the lowest validity", rank)


def outcomes(rows: Sequence[Row]) -> list[Outcome]:
    """Give the reasons gathered by outcome: valid, not valid, not resolved, then any other."""
    keys = [*OUTCOMES, *sorted({row["outcome"] for row in rows} - set(OUTCOMES))]
    gathered = []
    for key in keys:
        reasons = sorted((row for row in rows if row["outcome"] == key), key=lambda row: -row["lines"])
        if reasons:
            lines = sum(row["lines"] for row in reasons)
            gathered.append(Outcome(OUTCOMES.get(key, key), lines, tuple(reasons)))
    return gathered


def by_stratum(steps: Sequence[Row]) -> dict[str, list[Row]]:
    """Give the steps by the stratum they belong to; "" has those of the whole petition, and comes first."""
    gathered: dict[str, list[Row]] = {"": []}
    for step in steps:
        gathered.setdefault(step.get("stratum") or "", []).append(step)
    return gathered


def sources(result: Row) -> dict[str, list[str]]:
    """Give the addresses of a result's sources, each with the citations that stand there, in their order."""
    cited = [result["requirement_source"], result["verdict_source"], *result["by_reason"]]
    cited += [{"cite": step["source"], "url": step["url"]} for step in result["steps"]]
    pairs = {(each["cite"], each["url"]) for each in cited if each and each["url"]}
    gathered: dict[str, list[str]] = {}
    for citation, url in sorted(pairs):
        gathered.setdefault(url, []).append(citation)
    return gathered


def _groups(rows: Sequence[Row], word: str, order: str, rank: Callable[[Row], Any]) -> Groups:
    whole = sorted(({**_GROUP, **row} for row in rows), key=rank)
    lines = sum(row["lines"] or 0 for row in whole)
    overall = sum(row["valid"] or 0 for row in whole) / lines if lines else None
    return Groups(word, order, tuple(whole), overall)
