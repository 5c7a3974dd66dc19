"""The lines of a record as they come in: batches (V11), the frame and its fingerprint (V12), what can be drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from .findings import Findings, number

UNWRITTEN = ("blank", "struck")
FILED, DRAWABLE, REMOVED, STRUCK, DRAWN = 1, 2, 4, 8, 16


@dataclass
class Frame:
    """Every line filed, by its place in the frame's order.

    `ids`, `strata`, `districts`: of each line. `state`: of each line, FILED if it counts as filed, DRAWABLE if it can
    be drawn, REMOVED if it is marked so, STRUCK if an event took it out, DRAWN if it is in the sample. `at` gives the
    place of a line by its id. `bare` is how many are marked and no ground is told; `unwritten` how many are marked
    blank or struck with a ground, the first of them `ground`; `removed` how many are removed on a ground of the law,
    the first of them `removal`. `pictured` has the sheet of each image, `shared` the images of more than one sheet,
    with two of them.
    """

    ids: list[str] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    strata: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    state: bytearray = field(default_factory=bytearray)
    sheets: set[str] = field(default_factory=set)
    batches: dict[str, tuple[int, int]] = field(default_factory=dict)
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    bare: int = 0
    unwritten: int = 0
    ground: str = ""
    removed: int = 0
    removal: str = ""
    pictured: dict[bytes, str] = field(default_factory=dict)
    shared: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    text: Any = field(default_factory=hashlib.sha256)
    listed: Any = field(default_factory=hashlib.sha256)

    def receive(self, body: Mapping[str, Any], findings: Findings) -> None:
        """Take in a batch that is announced."""
        if body["batch"] in self.batches:
            findings.fail("V11", f"batch {body['batch']!r} was received before")
        self.batches[body["batch"]] = body["sheets"], body["lines"]

    def count(self, body: Mapping[str, Any], findings: Findings) -> None:
        """Take in what was found in a batch."""
        name, found = body["batch"], (body["sheets"], body["lines"])
        if name not in self.batches:
            findings.fail("V11", f"batch {name!r} was counted and never received")
        elif name in self.counted:
            findings.fail("V11", f"batch {name!r} was counted before")
        elif (self.batches[name] == found) == ("explained" in body):
            findings.fail(
                "V11",
                f"batch {name!r} has other numbers than were promised, and nobody explained it"
                if "explained" not in body
                else f"a difference of batch {name!r} is explained, and there is none",
            )
        self.counted[name] = found

    def list_lines(self, lines: list[list[str]], rules: Mapping[str, Any], findings: Findings) -> None:
        """Take in lines of the frame."""
        blanks_count = rules["values"].get("blank_lines_raw") is not False
        reasons = rules["reasons"]
        for cells in lines:
            sheet, row, stratum, district, mark, image = cells
            name = f"{sheet}-{row}"
            if name in self.at:
                findings.fail("V12", f"line {name} is listed twice", says=_TWICE.format(e=findings.event))
            if mark.startswith("removed:") and mark[8:] not in reasons:
                findings.fail("V12", f"line {name} is removed for {mark[8:]!r}, which is no ground in the pinned law")
            self.at[name] = len(self.ids)
            self.ids.append(name)
            self.strata.append(intern(stratum))
            self.districts.append(intern(district))
            self.sheets.add(sheet)
            head, colon, words = mark.partition(":")
            filed = blanks_count or head not in UNWRITTEN
            if colon and head in UNWRITTEN:
                self.unwritten += 1
                self.ground = self.ground or words
            removed = mark.startswith("removed")
            if removed and colon:
                self.removed += 1
                self.removal = self.removal or words
            if image:
                digest = bytes.fromhex(image)
                other = self.pictured.setdefault(digest, sheet)
                if other != sheet:
                    self.shared.setdefault(digest, (other, sheet))
            self.bare += mark in ("blank", "struck", "removed")
            self.state.append(FILED * filed | REMOVED * removed | DRAWABLE * (filed and not removed))
        self.text.update("".join("\t".join(cells) + "\n" for cells in lines).encode())
        self.listed.update("".join(f"{cells[0]}-{cells[1]}\n" for cells in lines).encode())

    def fix(self, body: Mapping[str, Any], findings: Findings) -> None:
        """Compare the frame's event with the lines listed and the batches counted."""
        sheets, lines = len(self.sheets), len(self.ids)
        waiting = sorted(self.batches.keys() - self.counted.keys())
        if waiting:
            findings.fail("V11", f"batch {waiting[0]!r} was received and never counted")
        elif not self.counted:
            findings.fail("V11", "no batch was received")
        else:
            found = sum(sheets for sheets, _ in self.counted.values()), sum(lines for _, lines in self.counted.values())
            if found != (sheets, lines):
                findings.fail(
                    "V11",
                    f"the batches have {number(found[0], 'sheet')} and {number(found[1], 'line')}; "
                    f"{number(sheets, 'sheet')} and {number(lines, 'line')} are listed",
                )
        if (body["sheets"], body["lines"]) != (sheets, lines):
            findings.fail(
                "V12",
                f"it tells {body['sheets']:,} sheets and {body['lines']:,} lines; {sheets:,} and {lines:,} are listed",
            )
        if body["fingerprint"] != self.text.hexdigest():
            findings.fail("V12", "the lines do not give its fingerprint")
        if body["ids"] != self.listed.hexdigest():
            findings.fail("V12", "the lines do not give its digest of ids")
        findings.found["V11"] = ", ".join(
            (number(len(self.counted), "batch"), number(sheets, "sheet"), number(lines, "line"))
        )
        findings.found["V12"] = f"{number(lines, 'line')}, fingerprint {self.text.hexdigest()[:16]}..."


_TWICE = "The frame lists a line twice (event {e})."
