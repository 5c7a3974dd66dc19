"""Simulate a petition: an invented roll and lines, with the truth about every line."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import BallotworthyError
from ballotworthy.files.asked_day import as_day
from ballotworthy.files.cells import write_table
from ballotworthy.files.choices import Birth, Level
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.whole import whole_folder
from ballotworthy.law import Law, Rules, read_law, rules_on
from ballotworthy.law.months import first_within
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets import plain_form
from ballotworthy.simulate import Rates, Simulation, simulate
from ballotworthy.simulate.hands import fonts_in
from ballotworthy.simulate.scans import scanned_sheets
from ballotworthy.simulate.simulation import WINDOW

MARKER, SCANS = "simulation.json", "scans"


@dataclass(frozen=True)
class Simulated:
    """An invented petition: its folder, with roll.csv, lines.csv and truth.csv, and what simulation.json says."""

    folder: Path
    about: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give what simulation.json says: the arguments, the seed and what came of them."""
        return dict(self.about)

    def __repr__(self) -> str:
        """Give the folder and how much was invented."""
        said = self.about
        size = f"{said['voters']:,} voters, {said['lines']:,} lines, {said['valid']:,} valid"
        return f"Simulated({str(self.folder)!r}: {size})"


def simulate_petition(
    folder: str | Path,
    *,
    voters: int,
    lines: int,
    seed: str = "",
    place: str = "us-ca",
    on: str | dt.date = "2018-04-20",
    rates: Rates | None = None,
    dates_required: bool = False,
    birth: Birth = "none",
    sheets: int = 0,
    level: Level = "middle",
    fonts: str | Path | None = None,
) -> Simulated:
    """Write an invented roll and petition into a folder, whole or not at all.

    Args:
        folder: to write; what a simulation wrote there before is replaced, anything else is refused.
        voters, lines: how many; blank lines included.
        seed: any text; the same gives the same files. Made, and told, if empty.
        place: whose counties hold the voters; where its law divides by something else, such as a district, both files
            name that too, beside the county.
        on: the filing day.
        rates: how often each thing happens.
        dates_required: a line without a date inside the window is lost, also where the place's law does not say so.
        birth: what the sheet asks of the signer's birth.
        sheets: of how many sheets scans are drawn, into the folder `scans`: our plain form, filled by invented hands.
        level: how badly these are written and scanned: `easy`, `middle` or `hard`.
        fonts: a folder of handwriting fonts; those of the packages that are installed if absent.

    Raises:
        InputError: numbers or rates that cannot be, or a folder that holds something else.
        UnknownName: there is no such place.
    """
    filed, seed, chosen = as_day(on, "--on"), seed or secrets.token_hex(8), rates or Rates()
    law = read_law(place)
    rules = _rules_of(law, filed)
    dates_required = dates_required or any(map(_loses_undated, rules))
    hands = _hands(sheets, fonts)
    strata = [(stratum.name, stratum.weight) for stratum in law.strata] or [(law.name, None)]
    with whole_folder(Path(folder), marker=MARKER, holds=("roll.csv", "lines.csv", "truth.csv", SCANS)) as into:
        made = simulate(
            place,
            voters,
            lines,
            seed,
            filed,
            chosen,
            strata=strata,
            dates_required=dates_required,
            birth=birth,
            window=max(WINDOW, *(_window(each, filed) for each in rules)),
        )
        about = _about(made, place, filed, chosen, dates_required=dates_required, birth=birth)
        by = _divided_by(rules)
        roll, petition = _also_as(made.roll, "district" if by else ""), _also_as(made.lines, plain_heading(by))
        for name, frame in (("roll", roll), ("lines", petition), ("truth", made.truth)):
            write_table(frame, into / f"{name}.csv")
        if sheets:
            (into / SCANS).mkdir()
            for number, page in scanned_sheets(made.lines, plain_form(), sheets, level, seed, hands):
                (into / SCANS / f"{number:05}.jpg").write_bytes(page)
            about |= {"sheets": sheets, "level": level, "hands": [each.stem for each in hands]}
        (into / MARKER).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    return Simulated(Path(folder), about)


def _rules_of(law: Law, day: dt.date) -> list[Rules]:
    """Give the rules of all kinds of a place on a day; of a kind that has none then, none."""
    found = []
    for kind in law.kinds:
        with suppress(BallotworthyError):
            found.append(rules_on(law, kind, day))
    return found


def _loses_undated(rules: Rules) -> bool:
    """Tell whether a line without a date is lost by law."""
    fields = rules.line_fields
    return fields is not None and "date" in fields.value and "no-date" in rules.reasons


def _window(rules: Rules, filed: dt.date) -> int:
    """Give the days of circulation by law, 0 where it does not say."""
    if rules.circulation_days is not None:
        return rules.circulation_days.value
    months = rules.circulation_months
    return (filed - first_within(filed, months.value)).days if months else 0


def _divided_by(rules: Sequence[Rules]) -> str:
    """Give what all kinds of the place divide by where it is no county, such as district; "" else."""
    names = {each.divided_by for each in rules if each.divided_by}
    return names.pop() if len(names) == 1 and names != {"county"} else ""


def _also_as(frame: pl.DataFrame, heading: str) -> pl.DataFrame:
    """Give the counties a second time, under the heading by which the law divides."""
    if not heading:
        return frame
    at = frame.columns.index("county") + 1
    return frame.clone().insert_column(at, frame["county"].alias(heading))


def _hands(sheets: int, fonts: str | Path | None) -> list[Path]:
    if not sheets:
        return []
    require_extra()
    return fonts_in(Path(fonts) if fonts else None)


def _about(
    made: Simulation, place: str, on: dt.date, rates: Rates, *, dates_required: bool, birth: Birth
) -> dict[str, Any]:
    """Give the arguments and what came of them."""
    reasons = (
        made.truth.filter(pl.col("reason").is_not_null())
        .group_by("reason")
        .len()
        .sort("len", "reason", descending=True)
    )
    valid = int((made.truth["outcome"] == "valid").sum())
    return {
        "place": place,
        "on": on.isoformat(),
        "roll_taken_on": made.taken_on.isoformat(),
        "seed": made.seed,
        "voters": made.roll.height,
        "lines": made.lines.height,
        "valid": valid,
        "invalid": made.lines.height - valid,
        "reasons": dict(reasons.iter_rows()),
        "dates_required": dates_required,
        "birth": birth,
        "rates": asdict(rates),
    }
