"""Ten invented voters in the file of every register, made after its published layout alone.

The layouts are text, `data/published_layouts.toml`; which cell holds what was decided from what was published, not
from `registers/`. The awkward voters: a unit, two words in a name, a hyphen, a half of a house number, a box for
letters with the separator in it, an address without parts, cells with blanks behind them, a protected address, every
status.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class Person(NamedTuple):
    """An invented voter; the half, directions, type, unit and suffix may be empty."""

    last: str
    first: str
    middle: str
    suffix: str
    number: str
    half: str
    pre: str
    street: str
    type: str
    post: str
    unit: str
    zip: str
    standing: str = "active"
    hidden: bool = False

    def joined(self, *names: str) -> str:
        return " ".join(filter(None, (getattr(self, name) for name in names)))

    @property
    def home(self) -> str:
        """The address in one cell, without the unit."""
        return self.joined("number", "half", "pre", "street", "type", "post")

    @property
    def line(self) -> str:
        """The address in one cell; nothing where the law protects it."""
        return "" if self.hidden else f"{self.home}{f' APT {self.unit}' if self.unit else ''}"


RURAL = "RR 2 BOX 45"
PEOPLE = (
    Person("QUILL", "ANNA", "MAE", "", "12", "", "N", "MAIN", "ST", "", "3", "55101"),
    Person("SMITH-JONES", "CARLA", "", "", "1200", "", "", "PROSPECT", "RD", "SW", "", "55105"),
    Person("O'NEIL", "SEAN", "PATRICK", "JR", "99", "1/2", "", "PINE", "ST", "", "", "55104"),
    Person("DE LA CRUZ", "MARIA", "ELENA", "", "4512", "", "", "OAK HILL", "DR", "", "", "55103"),
    Person("HOLM", "WALTER", "", "", "", "", "", RURAL, "", "", "", "55106"),
    Person("PARK", "MIN", "J", "III", "311", "", "E", "MARTIN LUTHER KING", "BLVD", "", "B", "55108"),
    Person("TARN", "BORIS", "", "", "7", "", "", "ELM", "AVE", "", "", "55102", "inactive"),
    Person("ZED", "ALVA", "", "", "45", "", "", "QUARRY", "CT", "", "", "55109", "cancelled"),
    Person("VU", "THI", "HOA", "", "8", "", "W", "5TH", "ST", "", "12B", "55107", "pending"),
    Person("LOST", "VERA", "ANN", "", "6", "", "", "ORCHARD", "WAY", "", "", "55110", hidden=True),
)
PADDED = "MARIA"
BOXED = {"SMITH-JONES": "PO BOX 7, MILLBROOK", "PARK": "PO BOX 9"}
CITY, DISTRICT, BORN, SINCE = "MILLBROOK", "0101", dt.date(1980, 2, 13), dt.date(2012, 5, 26)
OF_HOMES = ("number", "half", "pre", "street", "type", "post", "unit", "zip")


@dataclass(frozen=True)
class Layout:
    """A layout; see the head of the file of data for what each part says."""

    code: str
    register: str
    cells: Sequence[tuple[str, str]]
    sep: str = ","
    quoted: bool = False
    headed: bool = True
    widths: Sequence[int] = ()
    ends: str = ""
    bom: bool = False
    encoding: str = "utf-8"
    whole: str = ""
    hidden: str = ""
    born: str = "%m/%d/%Y"
    since: str = "%m/%d/%Y"
    status: Mapping[str, Any] | None = None
    county: str = ""
    lacks: Sequence[str] = ()

    @property
    def year_alone(self) -> bool:
        return self.born == "%Y"

    def holds(self, field: str) -> bool:
        """Tell whether a cell of the layout holds this of a voter, and the register can say which."""
        return field not in self.lacks and any(f"{{{field}}}" in cell for _, cell in self.cells)

    def standing(self, one: Person) -> str:
        """Give the standing of a voter in this file: of those that it has a code for."""
        codes = self.status or {}
        if "said" in codes:
            return str(codes["said"])
        wanted = "inactive" if one.standing == "cancelled" and "cancelled" not in codes else one.standing
        return wanted if wanted in codes else "active"


def _layout(code: str, data: Mapping[str, Any]) -> Layout:
    cells: list[tuple[str, str]] = []
    for part in data["layout"].split("|"):
        heading, _, cell = part.partition("=")
        name, _, times = heading.partition("*")
        cells += [(f"{name}_{at}", cell) for at in range(int(times))] if times else [(heading, cell)]
    rest = {name: value for name, value in data.items() if name not in ("layout", "register", "source")}
    return Layout(code, data.get("register", code), tuple(cells), **rest)


LAYOUTS: Mapping[str, Layout] = {
    code: _layout(code, data)
    for code, data in tomllib.loads(
        (Path(__file__).parent / "data" / "published_layouts.toml").read_text("utf-8")
    ).items()
}


def _filled(layout: Layout, at: int, one: Person) -> dict[str, str]:
    """Give what each word of a layout's cells stands for, of a voter."""
    words = one._asdict() | {"hidden": ""}
    whole = one.line
    if one.street == RURAL and layout.whole:
        words |= {"street": ""}
    if one.hidden:
        words |= dict.fromkeys(OF_HOMES, "")
        whole = layout.hidden
    shown = one._replace(**{name: words[name] for name in OF_HOMES})
    masked = layout.hidden if one.hidden and not layout.whole else ""
    codes = layout.status or {}
    status = codes.get("hidden", codes.get("active", "")) if one.hidden else codes.get(layout.standing(one), "")
    return words | {
        "id": f"1000{at:02}",
        "at": shown.joined("number", "half"),
        "named": shown.joined("pre", "street", "type", "post"),
        "streettype": shown.joined("street", "type"),
        "pretype": shown.joined("pre", "street", "type"),
        "home": masked or shown.home,
        "line": whole if one.street == RURAL or one.hidden else one.line,
        "whole": whole if one.street == RURAL or one.hidden else "",
        "unitline": f"APT {shown.unit}" if shown.unit else masked,
        "utype": "APT" if shown.unit else "",
        "city": "" if one.hidden else CITY,
        "zip": "" if one.hidden else one.zip,
        "mail": BOXED.get(one.last, ""),
        "born": BORN.strftime(layout.born),
        "since": SINCE.strftime(layout.since),
        "status": status,
        "district": DISTRICT,
        "exempt": "Y" if one.hidden else "N",
    }


def made(layout: Layout) -> bytes:
    """Give the file of a layout."""
    rows = [[heading for heading, _ in layout.cells]] if layout.headed and not layout.widths else []
    for at, one in enumerate(PEOPLE):
        words = _filled(layout, at, one)
        blanks = "  " if one.first == PADDED and not layout.widths else ""
        rows.append([f"{cell.format_map(words).strip()}{blanks}" for _, cell in layout.cells])
    if layout.widths:
        lines = [
            "".join(cell.ljust(wide)[:wide] for cell, wide in zip(row, layout.widths, strict=True)) for row in rows
        ]
        return "".join(f"{line}\r\n" for line in lines).encode(layout.encoding)
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if layout.quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=layout.sep, quoting=quoting, lineterminator=f"{layout.ends}\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig" if layout.bom else layout.encoding)
