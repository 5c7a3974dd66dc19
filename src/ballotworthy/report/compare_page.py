"""The comparison viewer: lines and the voters proposed for them side by side, gathered by how they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.match.patterns import Candidate
from ballotworthy.report.explain_page import SIDES, joined
from ballotworthy.report.templates import rendered

COMPARED = {
    "name": ("last name", "first name", "middle name", "suffix"),
    "address": ("house number", "street", "unit"),
    "town, zip": ("town",),
    "born": ("birth date",),
}
"""Which comparisons belong to what is set side by side (`explain_page.SIDES`)."""
DEEP = 8.0
"""Bits from which a weight has the deepest colour."""


@dataclass(frozen=True)
class Example:
    """A line as it is shown.

    Attributes:
        line: its id.
        cells: what stands on it, by field; empty without names.
        voters: each candidate with what stands on the roll of him, empty without names.
        more: further candidates that are not shown.
    """

    line: str
    cells: Mapping[str, Any]
    voters: tuple[tuple[Candidate, Mapping[str, Any]], ...]
    more: int


@dataclass(frozen=True)
class Shown:
    """A pattern of agreement: fields with results in words, how many lines have it, their mean weight, examples."""

    words: tuple[tuple[str, str], ...]
    lines: int
    weight: float
    examples: tuple[Example, ...]


def compare_page(shown: Sequence[Shown], *, lines: int, left_out: tuple[int, int], beliefs: str, names: bool) -> str:
    """Give the page; it loads nothing.

    Args:
        shown: patterns with their examples.
        lines: how many lines were looked at.
        left_out: how many patterns are not shown, and how many lines have them.
        beliefs: what the weights rest on, in words.
        names: whether what stands on lines and roll is shown.
    """
    groups = [
        {
            "words": _chips(each),
            "lines": each.lines,
            "weight": each.weight,
            "examples": [_side_by_side(example, names=names) for example in each.examples],
        }
        for each in shown
    ]
    return rendered("compare.html.j2", groups=groups, lines=lines, left_out=left_out, beliefs=beliefs, names=names)


def _chips(pattern: Shown) -> list[dict[str, str]]:
    """Give the comparisons of a pattern, what agrees by its field alone, coloured as they weigh in its first line."""
    best = pattern.examples[0].voters[0][0].compared if pattern.words else ()
    return [
        {"words": each.field if each.words == "agrees" else f"{each.field} {each.words}", "shade": _shade(each.bits)}
        for each in best
    ]


def _side_by_side(example: Example, *, names: bool) -> dict[str, Any]:
    """Give a line as a table: a row a kind of cell, a column a voter; rows of which nothing is known left out."""
    rows = []
    for what, parts in SIDES.items():
        voters = [
            {
                "text": joined(cells, parts),
                "chips": [
                    {"words": f"{each.field} {each.words}", "bits": f"{each.bits:+.1f}", "shade": _shade(each.bits)}
                    for each in candidate.compared
                    if each.field in COMPARED.get(what, ())
                ],
            }
            for candidate, cells in example.voters
        ]
        line = joined(example.cells, parts)
        if line or any(voter["text"] or voter["chips"] for voter in voters):
            rows.append({"what": what, "line": line, "voters": voters})
    heads = [
        {
            "who": f"voter {cells.get('voter_id')}" if names else f"voter {at + 1}",
            "chance": _chance(candidate.chance),
            "weight": f"{candidate.weight:+.1f}",
        }
        for at, (candidate, cells) in enumerate(example.voters)
    ]
    return {"line": example.line, "heads": heads, "rows": rows, "more": example.more}


def _shade(bits: float) -> str:
    """Give the class of a weight's colour: for or against, from one to four deep."""
    depth = min(4, 1 + int(4 * min(abs(bits), DEEP) / (DEEP + 0.001)))
    return f"{'for' if bits > 0 else 'against'}-{depth}"


def _chance(chance: float) -> str:
    """Give a probability that is never told as certain."""
    return "under 0.01%" if chance < 0.0001 else "over 99.99%" if chance > 0.9999 else f"{100 * chance:.2f}%"
