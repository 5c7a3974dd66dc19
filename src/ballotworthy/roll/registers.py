"""The registers whose files are known: how each is recognised, where its fields stand, what its codes mean.

A register is a file of data, `registers/CODE.toml`; nothing about a single register stands in code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ballotworthy.files.columns import plain_heading
from ballotworthy.files.day_order import Order
from ballotworthy.files.fixed_width import Widths
from ballotworthy.files.tables import Layouts

UNPUBLISHED = "layout not published; read off files of users"
"""How the source of a register begins whose layout was found nowhere."""


@dataclass(frozen=True)
class Headless:
    """A file without a heading line: its cells a row, the column number of each field, the shape of some cells."""

    cells: int
    numbers: Mapping[str, int]
    shapes: Mapping[str, str]


@dataclass(frozen=True)
class Fixed:
    """Lines of a fixed length: first and last character of each field, counted from 1, the shape of some."""

    length: int
    fields: Mapping[str, tuple[int, int]]
    shapes: Mapping[str, str]
    fraction: tuple[int, int] | None = None


@dataclass(frozen=True)
class Register:
    """A register's file.

    Attributes:
        code: the name of its data file.
        name: in words, as in "this looks like Ohio's statewide voter file".
        recognised_by: headings that only this file has together; none where it has no heading line.
        columns: heading of each field, or several of which the first that is there counts.
        apart: headings whose cells are put behind those of a field where that does not tell voters apart.
        joined: headings whose cells always belong behind those of a field.
        values: for a field, the meaning of its codes.
        day_order: the order of days and months, where the register has one.
        fractions: headings, or names of columns without one, that hold the half of a house number, as in "7 1/2".
        headless, fixed: how it comes without headings, if it does.
        masked: what a cell holds that the law protects; "" where none does.
        note: what a user must know before it is taken for a roll; "" where it is a register.
        published: False where no published layout was found, so that its columns were read off files of users.
    """

    code: str
    name: str
    recognised_by: tuple[str, ...]
    columns: Mapping[str, str | Sequence[str]]
    apart: Mapping[str, Sequence[str]] = field(default_factory=dict)
    joined: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    day_order: Order | None = None
    fractions: tuple[str, ...] = ()
    headless: Headless | None = None
    fixed: Fixed | None = None
    masked: str = ""
    note: str = ""
    published: bool = True


@cache
def registers() -> tuple[Register, ...]:
    """Give all registers, by code."""
    folder = Path(str(files("ballotworthy"))) / "registers"
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def by_headings(headings: Sequence[str]) -> Register | None:
    """Give the register whose file has these headings; of several the one that asks for the most."""
    have = {_letters(heading) for heading in headings}
    fitting = [
        one for one in registers() if one.recognised_by and {_letters(name) for name in one.recognised_by} <= have
    ]
    return max(fitting, key=lambda one: len(one.recognised_by), default=None)


def by_rows(rows: Sequence[Sequence[str]]) -> Register | None:
    """Give the register whose file without a heading line has rows of this shape, the first line among them."""
    for one in registers():
        layout = one.headless
        if layout is not None and rows and {len(row) for row in rows} == {layout.cells}:
            cells = {name: [row[at - 1].strip() for row in rows] for name, at in layout.numbers.items()}
            if _fit(cells, layout.shapes):
                return one
    return None


def by_lines(lines: Sequence[str]) -> Register | None:
    """Give the register whose lines of fixed length have this shape."""
    for one in registers():
        layout = one.fixed
        if layout is not None and lines and {len(line) for line in lines} == {layout.length}:
            cells = {
                name: [line[first - 1 : last].strip() for line in lines]
                for name, (first, last) in layout.fields.items()
            }
            if _fit(cells, layout.shapes):
                return one
    return None


def _fit(cells: Mapping[str, Sequence[str]], shapes: Mapping[str, str]) -> bool:
    return all(re.fullmatch(shape, cell) for name, shape in shapes.items() for cell in cells[name])


def widths_of(lines: Sequence[str]) -> Widths | None:
    """Give where to cut lines of a fixed length, by heading, if their register is known."""
    register = by_lines(lines)
    if register is None or register.fixed is None:
        return None
    halves = [register.fixed.fraction] if register.fixed.fraction else []
    return {heading_of(span): span for span in (*register.fixed.fields.values(), *halves)}


def heading_of(span: tuple[int, int]) -> str:
    """Give the name by which a column of fixed width is told."""
    return f"characters {span[0]} to {span[1]}"


NOT_KNOWN = (
    "its first line seems to hold data and no headings, and its layout is not known here",
    "Put a line of headings above the data; if it is one in other words, say what is what with "
    "--map last_name=HEADING; or give --no-heading and say by number which column holds what, such as "
    "--map last_name=#1 --map first_name=#2 --map status=#9",
)
LAYOUTS = Layouts(headless=lambda rows: by_rows(rows) is not None, fixed=widths_of, unknown=NOT_KNOWN)


def _read(path: Path) -> Register:
    data = tomllib.loads(path.read_text("utf-8"))
    headless, fixed = data.get("headless"), data.get("fixed")
    layout = None
    if fixed:
        half = fixed.get("fraction")
        spans = {name: (first, last) for name, (first, last) in fixed["fields"].items()}
        layout = Fixed(fixed["length"], spans, fixed["shapes"], (half[0], half[1]) if half else None)
    halves = data.get("fraction", [])
    fractions = [halves] if isinstance(halves, str) else list(halves)
    fractions += [f"#{headless['fraction']}"] if headless and "fraction" in headless else []
    fractions += [heading_of(layout.fraction)] if layout and layout.fraction else []
    return Register(
        code=path.stem,
        name=data["name"],
        recognised_by=tuple(data["recognised_by"]),
        columns=data["columns"],
        apart=data.get("apart", {}),
        joined=data.get("joined", {}),
        values={name: _meanings(meanings) for name, meanings in data.get("values", {}).items()},
        day_order=data.get("day_order"),
        fractions=tuple(fractions),
        headless=Headless(headless["cells"], headless["numbers"], headless["shapes"]) if headless else None,
        fixed=layout,
        masked=data.get("masked", ""),
        note=data.get("note", ""),
        published=not any(source.startswith(UNPUBLISHED) for source in data["sources"]),
    )


def _meanings(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Give meanings by code; `numbered` lists those of 1, 2, 3, ..., however many zeros stand before."""
    numbered = {
        str(at).zfill(width): name for at, name in enumerate(data.get("numbered", ()), 1) for width in (1, 2, 3)
    }
    return numbered | {code: str(meaning) for code, meaning in data.items() if code != "numbered"}


def _letters(heading: str) -> str:
    return plain_heading(heading).replace("_", "")
