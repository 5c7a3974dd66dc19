"""Compare lines with their candidates field by field: patterns of agreement, each with examples, as one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.frames import Frame
from ballotworthy.files.notebook import in_a_frame
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity
from ballotworthy.files.whole import whole_file
from ballotworthy.match import find
from ballotworthy.match.moved import with_moved
from ballotworthy.match.patterns import Candidate, Pattern, candidates, patterns
from ballotworthy.petition import line_ids
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.report.compare_page import Example, Shown, compare_page
from ballotworthy.roll import Roll, open_roll

VOTERS = 3
"""Voters shown beside a line at most."""
PATTERNS, EXAMPLES = 60, 3
"""Patterns shown, the commonest, and lines of each."""


@dataclass(frozen=True)
class Compared:
    """Lines compared with their candidates.

    Attributes:
        shown: patterns of agreement with the lines shown of each, the heaviest pattern first.
        lines: how many lines were looked at.
        left_out: how many rarer patterns are not shown, and how many lines have them.
        beliefs: what the weights rest on, in words.
        names: whether what stands on lines and roll is shown.
    """

    shown: Sequence[Shown]
    lines: int
    left_out: tuple[int, int]
    beliefs: str
    names: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the patterns as `compare --json` prints them: how many lines have each, and which are shown."""
        return {
            "lines": self.lines,
            "patterns": [
                {
                    "lines": each.lines,
                    "weight": each.weight,
                    "compared": dict(each.words),
                    "shown": [example.line for example in each.examples],
                }
                for each in self.shown
            ],
            "left_out": {"patterns": self.left_out[0], "lines": self.left_out[1]},
            "beliefs": self.beliefs,
        }

    def page(self) -> str:
        """Give the page; it loads nothing."""
        return compare_page(
            self.shown, lines=self.lines, left_out=self.left_out, beliefs=self.beliefs, names=self.names
        )

    def write(self, path: str | Path) -> None:
        """Write the page, whole or not at all; unless names are left out it holds what stands on lines and roll.

        Raises:
            OutputError: it could not be written.
        """
        with whole_file(Path(path), private=self.names) as file:
            file.write_text(self.page(), "utf-8")

    def __repr__(self) -> str:
        """Give how many lines agree in how many ways."""
        return f"Compared({quantity(self.lines, 'line')} in {len(self.shown) + self.left_out[0]:,} patterns)"

    def _repr_html_(self) -> str:
        """Give the page in a frame, for a notebook."""
        return in_a_frame(self.page(), "Comparisons")


def compare_lines(
    lines: str | Path | Frame | Lines,
    roll: str | Path | Roll,
    *,
    only: Sequence[str] | None = None,
    names: bool = True,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    progress: Progress = silent,
) -> Compared:
    """Show lines beside the voters proposed for them, field by field, gathered by how they agree.

    Args:
        lines: a path, a frame, or what `read_lines` gave.
        roll: a snapshot made by `build_roll`, or its folder.
        only: the lines to show, such as `["12-3"]`; examples of the commonest patterns of agreement if absent.
        names: show what stands on the line and on the roll; else nothing of a person but the line's number.
        map: which column holds a field, such as `{"Signature Name": "name"}`.
        progress: called as work goes on.

    Raises:
        InputError: there is no such line.
        FileFaults: the lines are faulty; all faults are named.
    """
    petition = lines_of(lines, map=map).read()
    ids = line_ids(petition.frame)
    rows = np.arange(len(ids)) if only is None else _rows(ids.to_list(), only)
    snapshot = roll if isinstance(roll, Roll) else open_roll(Path(roll), whole=True)
    matches = with_moved(find(petition.frame, snapshot, pictures=petition.pictures, progress=progress), snapshot)
    every = patterns(matches, snapshot, rows)
    kept = every if only is not None else _commonest(every)
    examples = None if only is not None else EXAMPLES
    chosen = np.array([row for pattern in kept for row in pattern.rows[:examples]], np.int64)
    found = candidates(matches, snapshot, chosen, VOTERS)
    cells = _voters(snapshot, found) if names else {}
    many = (matches.records >= 0).sum(axis=1)

    def example(row: int) -> Example:
        voters = found[row]
        line = petition.frame.row(row, named=True) if names else {}
        beside = tuple((each, cells.get(each.owner, {})) for each in voters)
        return Example(ids[row], line, beside, int(many[row]) - len(voters))

    shown = [
        Shown(each.words, len(each.rows), each.weight, tuple(example(row) for row in each.rows[:examples]))
        for each in kept
    ]
    left_out = (len(every) - len(kept), sum(len(each.rows) for each in every) - sum(each.lines for each in shown))
    return Compared(shown, len(rows), left_out, matches.beliefs.source, names)


def _rows(ids: Sequence[str], only: Sequence[str]) -> np.ndarray:
    place = {line: row for row, line in enumerate(ids)}
    missing = [line for line in only if line not in place]
    if missing:
        raise InputError(
            f"there is no line {', '.join(missing[:5])}. Write sheet and line with a hyphen, such as 12-3."
        )
    return np.array(sorted({place[line] for line in only}), np.int64)


def _commonest(every: Sequence[Pattern]) -> list[Pattern]:
    """Give the commonest patterns in their order, that of lines of whom nobody was found among them."""
    kept = sorted(every, key=lambda pattern: (-len(pattern.rows), pattern.rows))[:PATTERNS]
    return [pattern for pattern in every if pattern in kept or not pattern.levels]


def _voters(roll: Roll, found: Mapping[int, Sequence[Candidate]]) -> dict[int, dict[str, Any]]:
    """Give what stands on the roll of each voter proposed, by row."""
    rows = sorted({each.owner for voters in found.values() for each in voters})
    held = roll.voters.select(pl.all().gather(rows)).collect()
    return dict(zip(rows, held.iter_rows(named=True), strict=True))
