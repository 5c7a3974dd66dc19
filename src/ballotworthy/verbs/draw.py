"""Draw a sample: the lines that a public seed names, by hash order, as many as asked for or as the law wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.files.frames import Frame, polars_of
from ballotworthy.files.notebook import as_table
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, given_table
from ballotworthy.law import Rules
from ballotworthy.petition import fingerprint
from ballotworthy.petition.framed_file import Frame as Framed
from ballotworthy.petition.given_lines import Lines
from ballotworthy.stats import draw
from ballotworthy.sufficiency import sample_size
from ballotworthy.sufficiency.framed import frame_by_law

SHOWN = 50
"""Lines that a notebook shows of a sample."""


@dataclass(frozen=True)
class Sample:
    """The drawn lines by stratum, each in the order drawn, the frame they were drawn from, and what it left out."""

    seed: str
    file: str
    lines: int
    sha256: str
    rule: Mapping[str, str] | None
    by_stratum: Mapping[str, Sequence[str]]
    remarks: Sequence[str] = ()

    @property
    def ids(self) -> list[str]:
        """The drawn line ids, stratum after stratum."""
        return [line for ids in self.by_stratum.values() for line in ids]

    def __repr__(self) -> str:
        """Give how many lines were drawn, and of how many."""
        return f"Sample({len(self.ids):,} of {quantity(self.lines, 'line')}, seed {self.seed!r})"

    def _repr_html_(self) -> str:
        """Give the drawn lines as a table for a notebook, in the order drawn."""
        drawn = [(name, line) for name, ids in self.by_stratum.items() for line in ids]
        rows = [(f"{at}", line, name) for at, (name, line) in enumerate(drawn[:SHOWN], 1)]
        rows += [("...", f"{len(drawn) - SHOWN:,} more", "")] * (len(drawn) > SHOWN)
        return as_table(repr(self), rows, ("", "line", "stratum"))

    def to_dict(self) -> dict[str, Any]:
        """Give the sample as `draw --json` prints it."""
        return {
            "seed": self.seed,
            "frame": {"file": self.file, "lines": self.lines, "sha256": self.sha256},
            "n": len(self.ids),
            "rule": self.rule,
            "sample": [{"id": line, "stratum": name} for name, ids in self.by_stratum.items() for line in ids],
            "remarks": list(self.remarks),
        }


def draw_sample(
    frame: str | Path | Frame | Lines, *, seed: str, n: int | None = None, rules: Rules | None = None
) -> Sample:
    """Give the sample of a frame for a seed; anybody with both draws the same.

    Args:
        frame: a table with sheet and line columns (a path, a frame in memory, or what `read_lines` gave), or a text of
            line ids, one to a line.
        seed: the public seed, as text: 0123 is another seed than 123.
        n: how many lines; the size that `rules` want, in each stratum, if absent; all lines if there are no rules.
        rules: the law of the place on the governing day, which says how many and of which strata.

    Raises:
        InputError: the frame cannot be read or holds no ids, or the seed is empty.
        FileFaults: cells of the frame that are missing.
    """
    given = frame.map if isinstance(frame, Lines) else {}
    source = frame.source if isinstance(frame, Lines) else frame
    lines = Path(source) if isinstance(source, str | Path) else _table_of(source)
    read = frame_by_law(lines, rules, given=given)
    order = draw(seed, read.ids, len(read.ids) if n is None else n)
    return Sample(
        seed,
        lines.name if isinstance(lines, Path) else lines.path.name,
        len(read.ids),
        fingerprint(read.ids),
        _cited(rules),
        _by_law(rules, read, order) if rules and n is None else {"": order},
        read.remarks,
    )


def _table_of(frame: Frame | Table) -> Table:
    return frame if isinstance(frame, Table) else given_table(polars_of(frame))


def _by_law(rules: Rules, lines: Framed, order: Sequence[str]) -> dict[str, list[str]]:
    """Give the beginning of `order` in each stratum, as long as the law wants; strata by name."""
    names = lines.strata or (rules.place_name,) * len(lines.ids)
    stratum_of = dict(zip(lines.ids, names, strict=True))
    sample: dict[str, list[str]] = {name: [] for name in sorted(set(names))}
    for line in order:
        sample[stratum_of[line]].append(line)
    return {name: ids[: sample_size(rules, len(ids))] for name, ids in sample.items()}


def _cited(rules: Rules | None) -> dict[str, str] | None:
    cited = (rules.sample_share or rules.sample_least) if rules else None
    return {"source": cited.source.cite, "url": cited.source.url} if cited else None
