"""Check a petition: every line judged by machine against a roll, an estimate, and what the law makes of it.

It is the committee's check and gives no certificate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.check import Check, Ruled, check, correct, read_ruled, result
from ballotworthy.files.cells import write_table
from ballotworthy.files.frames import Frame
from ballotworthy.files.json_text import json_text
from ballotworthy.files.notebook import in_a_frame
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.whole import whole_folder
from ballotworthy.law import UNRESOLVED, Days, Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.law.given import read_given, with_given
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.petition.lines import GRACE
from ballotworthy.roll import Roll, opening
from ballotworthy.sufficiency import BY_USER, Challenge, challenge, counts_table

MARKER = "result.json"
OUTPUTS = ("lines.csv", "lines.parquet", "counts.csv", "report.html", "pictures.html")
ASKED = ("name", "address", "city", "zip", "signed_on")
"""Cells whose reading the page of pictures tells."""
SHOWN = 200
"""Lines in question that the page of pictures shows."""
ADDED = ("outcome", "reason", "voter_id", "weight", "probability", "evidence", "duplicate_of")


@dataclass(frozen=True)
class Checked:
    """A checked petition.

    Attributes:
        check: all that was found.
        ruled: lines that people ruled, or None.
    """

    check: Check
    ruled: Ruled | None = None

    @cached_property
    def answer(self) -> dict[str, Any]:
        """The result as result.json holds it; reference/files.md says what each key means."""
        return result(self.check, correct(self.check, self.ruled) if self.ruled else None)

    def to_dict(self) -> dict[str, Any]:
        """Give the result as result.json holds it."""
        return self.answer

    @property
    def verdict(self) -> str:
        """`sufficient`, `insufficient`, `full-check` or `undecided`: what the law would say of this count."""
        return str(self.answer["verdict"])

    @property
    def estimate(self) -> int:
        """Signatures estimated valid by the law's own formula."""
        return int(self.answer["estimate"])

    @property
    def interval(self) -> tuple[int, int]:
        """Between which the valid lines lie: what rulings say where there are some, else the machine's span."""
        said = self.answer["corrected"] or self.answer["machine"]
        return int(said["low"]), int(said["high"])

    @cached_property
    def lines(self) -> pl.DataFrame:
        """The file's own columns, then what was found of each line; a column of the same name gives way."""
        own = self.check.petition.given
        return own.drop([name for name in ADDED if name in own.columns]).hstack(self.check.lines.select(ADDED))

    def challenged(self, lines: int) -> Challenge:
        """Give what a challenge of so many lines would make of this count: by lot, at worst, and how many it takes.

        Raises:
            InputError: there are not so many lines.
        """
        done = self.check
        return challenge(done.rules, done.counts, lines, done.required, treat_as_sample=True)

    def write(self, folder: str | Path) -> None:
        """Write report.html, lines.csv, lines.parquet, counts.csv and result.json into a folder, whole or not at all.

        Raises:
            InputError: the folder holds what is not a check's, or cannot be written.
        """
        with whole_folder(Path(folder), marker=MARKER, holds=OUTPUTS, private=True) as made:
            self.write_into(made)

    def write_into(self, folder: Path) -> None:
        """Write the five files into a folder that is made whole elsewhere, and of scans the lines in question."""
        write_table(self.lines, folder / "lines.csv")
        write_table(self.lines, folder / "lines.parquet")
        write_table(counts_table(self.check.counts), folder / "counts.csv")
        (folder / "report.html").write_text(self.page(), "utf-8")
        if self.check.petition.pictures is not None:
            (folder / "pictures.html").write_text(self.pictured(), "utf-8")
        text = json_text(self.answer) + "\n"
        (folder / MARKER).write_text(text, "utf-8")

    def page(self) -> str:
        """Give the report; it loads nothing."""
        from ballotworthy.report.page import render_check  # what draws loads when it is drawn

        return render_check(self.answer)

    def pictured(self) -> str:
        """Give the page of the lines left to people, as scanned, with what was read and taken; "" without pictures."""
        from ballotworthy.report.pictures_page import Pictured, pictures_page  # what draws loads when it is drawn

        pictures = self.check.petition.pictures
        if pictures is None:
            return ""
        asked = self.check.lines.filter(pl.col("outcome") == "unresolved")
        asked = asked.sort((pl.col("probability") - 0.5).abs(), "id", maintain_order=True)
        shown = []
        for row in asked.head(SHOWN).iter_rows(named=True):
            picture = pictures.row(row["sheet"], row["line"])
            if picture is not None:
                read = [(field.replace("_", " "), pictures.text(row["sheet"], row["line"], field)) for field in ASKED]
                said = UNRESOLVED.get(row["reason"], row["reason"])
                told = [(field, text) for field, text in read if text]
                shown.append(Pictured(f"{row['sheet']}-{row['line']}", said, told, row["evidence"], picture))
        return pictures_page(shown, asked.height - len(shown))

    def __repr__(self) -> str:
        """Give verdict, estimate, requirement and size."""
        low, high = self.interval
        return (
            f"Checked({self.verdict}: {self.estimate:,} of {self.answer['requirement']:,} required, "
            f"{low:,} to {high:,} of {self.answer['raw']:,} lines valid)"
        )

    def _repr_html_(self) -> str:
        """Give the report in a frame, its first screen in sight."""
        return in_a_frame(self.page(), "Report")


def check_petition(
    lines: str | Path | Frame | Lines,
    roll: str | Path | Roll,
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | Days | None = None,
    rules: Rules | None = None,
    required: int | None = None,
    given: Sequence[str] = (),
    seed: str = "",
    ruled: str | Path | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    progress: Progress = silent,
) -> Checked:
    """Check all lines of a petition by machine: outcomes, an estimate and a verdict; not a certificate.

    Args:
        lines: a path, a frame, or what `read_lines` gave.
        roll: a snapshot made by `build_roll`, or its folder.
        place, kind, on: whose law, for which kind of petition, on which governing day.
        rules: the law itself, in place of the three.
        required: signatures required, in place of the law's number.
        given: rules that decide and that the data does not hold, as "insufficient_below=0.95".
        seed: of the draws; the frame's fingerprint when empty, so that a check repeats itself.
        ruled: a file of lines that people ruled, drawn by the same seed.
        map: which column holds a field, such as `{"Signature Name": "name"}`.
        progress: called as work goes on.

    Raises:
        InputError: neither the law nor its place, kind and day are given, or the law does not let these lines be
            projected.
        FileFaults: lines, rulings or law are faulty; all faults are named.
        LawSilent: the law's data does not say what is needed.
    """
    law = with_given(rules or asked_rules(place, kind, on), [read_given(each, BY_USER.cite) for each in given])
    filed = law.days.of("filing")
    opened = opening(roll)  # its digests are made while the lines are read
    petition = lines_of(lines, map=map).read(filed + GRACE, filed, law.place)
    snapshot = opened()
    rulings = read_ruled(Path(ruled), petition, snapshot, seed=seed) if ruled else None
    return Checked(check(petition, snapshot, law, required=required, seed=seed, progress=progress), rulings)
