"""How many signatures to file: what `ballotworthy law PLACE --needed` prints and draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.law import Rules
from ballotworthy.sufficiency.goal import Curve, Goal, Row

ENDINGS = (".html", ".png")


def districts_of(given: Sequence[str]) -> Mapping[str, int] | None:
    """Read the districts from the command line, None if there are none.

    Raises:
        InputError: one is not NAME=NUMBER, or stands twice.
    """
    numbers: dict[str, int] = {}
    for each in given:
        name, _, number = each.rpartition("=")
        if not name.strip() or not (number.isascii() and number.isdigit()):
            raise InputError(f"--district {each} is not NAME=NUMBER; write it as --district 'Ward 1=1200'.")
        if name.strip() in numbers:
            raise InputError(f"--district {name.strip()} is given twice; give it once.")
        numbers[name.strip()] = int(number)
    return numbers or None


def needed_answer(rules: Rules, goal: Goal) -> dict[str, Any]:
    """Give the answer as plain data."""
    return {
        "place": rules.place,
        "kind": rules.kind,
        "on": rules.on.isoformat(),
        "requirement": goal.required.value,
        "requirement_source": {"cite": goal.required.source.cite, "url": goal.required.source.url},
        "formula": rules.formula.value,
        "formula_source": {"cite": rules.formula.source.cite, "url": rules.formula.source.url},
        "validity": goal.quality.validity,
        "duplicates": goal.quality.duplicates,
        "chance": goal.chance,
        "needed": goal.asked.end,
        "needed_on_sample": goal.asked.sample,
        "sample": goal.drawn,
        "chances": {
            "sufficient_on_sample": round(goal.chances.sample, 4),
            "not_insufficient_on_sample": round(goal.chances.open, 4),
            "sufficient_in_the_end": round(goal.chances.end, 4),
        },
        "by_validity": [
            {"validity": row.validity, "needed": row.end, "needed_on_sample": row.sample} for row in goal.rows
        ],
        "districts_needed": goal.districts_needed,
        "districts": [
            {"district": each.name, "requirement": each.required, "needed": each.raw} for each in goal.districts
        ],
        "notes": list(goal.notes),
    }


def show_needed(rules: Rules, goal: Goal, console: Console) -> None:
    """Print the answer for people."""
    law = f"{goal.required.value:,} required ({goal.required.source})"
    console.print(
        f"{rules.place_name}: {rules.title} ({rules.kind}) on {rules.on}, {law}", style="bold", highlight=False
    )
    console.print(*sentences(goal), sep="\n", markup=False, highlight=False)
    console.print(_by_validity(goal))
    if goal.districts:
        console.print(_districts(goal))
    for note in goal.notes:
        console.print(f"Note: {note}.", style="yellow", markup=False, highlight=False)


def sentences(goal: Goal) -> list[str]:
    """Say the answer in sentences."""
    valid, repeats, chance = (
        f"{each * 100:g}" for each in (goal.quality.validity, goal.quality.duplicates, goal.chance)
    )
    found = [f"File {goal.asked.end:,} signatures to pass in the end with a chance of {chance}%."]
    if goal.asked.sample is not None:
        found.append(
            f"File {goal.asked.sample:,} to pass on the sample alone with that chance, so that no full check follows."
        )
        found.append(
            f"With {goal.asked.end:,} filed, {goal.drawn:,} are drawn: the sample passes the petition with a chance of "
            f"{goal.chances.sample * 100:.1f}% and fails it with {(1 - goal.chances.open) * 100:.1f}%."
        )
    found.append(
        f"Of 100 lines {valid} are valid, {repeats} of them repeats. The chance is that of the lot alone: it takes "
        "these two shares as true."
    )
    return found


def _by_validity(goal: Goal) -> Table:
    table = Table("valid, repeats included", title="If the lines are better or worse", title_justify="left")
    table.add_column("file, to pass in the end", justify="right")
    sampled = goal.asked.sample is not None
    if sampled:
        table.add_column("to pass on the sample alone", justify="right")
    for row in goal.rows:
        table.add_row(f"{row.validity:.0%}", *_numbers(row))
    return table


def _numbers(row: Row) -> list[str]:
    return [f"{number:,}" for number in (row.end, row.sample) if number is not None]


def _districts(goal: Goal) -> Table:
    where = "each" if goal.districts_needed == len(goal.districts) else f"{goal.districts_needed}"
    table = Table("district", title=f"By district: {where} must be reached", title_justify="left")
    table.add_column("required", justify="right")
    table.add_column("file", justify="right")
    for each in goal.districts:
        table.add_row(each.name, f"{each.required:,}", f"{each.raw:,}")
    return table


def write_plot(rules: Rules, goal: Goal, curve: Curve, path: Path) -> None:
    """Draw the chance by the number filed, as a page or a picture by the ending of the name.

    Raises:
        InputError: the name has another ending.
        OutputError: the file could not be written.
    """
    # Altair takes most of a second to load, which the verb need not wait for without a plot.
    from ballotworthy.report.needed_plot import needed_page, needed_picture

    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"--plot {path} ends neither in .html nor in .png; choose one of them.")
    title = f"{rules.place_name}: {rules.title}, {goal.required.value:,} signatures required"
    with whole_file(path) as file:
        if path.suffix.lower() == ".png":
            file.write_bytes(needed_picture(title, curve, goal))
        else:
            file.write_text(needed_page(title, sentences(goal), curve, goal), "utf-8")
