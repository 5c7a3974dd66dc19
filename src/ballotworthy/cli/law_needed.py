"""How many signatures to file: what `ballotworthy law PLACE --needed` prints and draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.errors import InputError, LawSilent
from ballotworthy.files.whole import whole_file
from ballotworthy.law import Days, Law, Rules, rules_on
from ballotworthy.sufficiency.goal import Curve, Goal, Row, curve_of, goal

ENDINGS = (".html", ".png")


def goal_of(
    rules: Rules,
    validity: float,
    duplicates: float,
    chance: float,
    *,
    required: int | None,
    sample: float | None,
    districts: Sequence[str],
    plot: Path | None,
    checked: int | None = None,
) -> Goal:
    """Give how many signatures to file, as asked on the command line, and draw the plot if one is asked for.

    Raises:
        InputError: an option cannot be.
        LawSilent: the data lacks the requirement, the size of the sample or the formula.
        OutputError: the plot could not be written.
    """
    if plot and plot.suffix.lower() not in ENDINGS:
        raise InputError(f"--plot {plot} ends neither in .html nor in .png; choose one of them.")
    if sample is not None and not 0 < sample <= 1:
        raise InputError(f"--sample {sample:g} is no share; give one above 0 and up to 1, like 0.05.")
    share = None if sample is None else Decimal(str(sample))
    numbers = districts_of(districts)
    found = goal(
        rules, validity, duplicates, chance, required=required, sample_share=share, districts=numbers, checked=checked
    )
    if plot:
        write_plot(rules, found, curve_of(rules, found, share), plot)
    return found


def goals_of(
    law: Law,
    kind: str | None,
    day: date | Days,
    validity: float,
    duplicates: float,
    chance: float,
    asked: Mapping[str, Any],
) -> tuple[list[tuple[Rules, Goal]], dict[str, str]]:
    """Give the goal of one kind of petition, or of every kind that has one, and why the others have none.

    Raises:
        LawSilent: the kind asked for, or every kind, lacks what is needed.
        InputError: an option cannot be, see `goal_of`.
    """
    found: list[tuple[Rules, Goal]] = []
    silent: dict[str, LawSilent] = {}
    for name in [kind] if kind else law.kinds:
        try:
            rules = rules_on(law, name, day)
            found.append((rules, goal_of(rules, validity, duplicates, chance, **asked)))
        except LawSilent as error:
            silent[name] = error
    if not found:
        raise next(iter(silent.values()))
    return found, {name: str(error) for name, error in silent.items()}


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


def needed_answer(rules: Rules, answer: Goal) -> dict[str, Any]:
    """Give the answer as plain data."""
    return {
        "place": rules.place,
        "kind": rules.kind,
        "on": rules.on.isoformat(),
        "requirement": answer.required.value,
        "requirement_source": {"cite": answer.required.source.cite, "url": answer.required.source.url},
        "formula": rules.formula.value,
        "formula_source": {"cite": rules.formula.source.cite, "url": rules.formula.source.url},
        "validity": answer.quality.validity,
        "duplicates": answer.quality.duplicates,
        "checked": answer.checked,
        "chance": answer.chance,
        "needed": answer.asked.end,
        "needed_on_sample": answer.asked.sample,
        "sample": answer.drawn,
        "chances": {
            "sufficient_on_sample": round(answer.chances.sample, 4),
            "not_insufficient_on_sample": round(answer.chances.open, 4),
            "sufficient_in_the_end": round(answer.chances.end, 4),
        },
        "by_validity": [
            {"validity": row.validity, "needed": row.end, "needed_on_sample": row.sample} for row in answer.rows
        ],
        "districts_needed": answer.districts_needed,
        "districts": [
            {"district": each.name, "requirement": each.required, "needed": each.raw} for each in answer.districts
        ],
        "notes": list(answer.notes),
    }


def show_needed(rules: Rules, answer: Goal, console: Console) -> None:
    """Print the answer for people."""
    law = f"{answer.required.value:,} required ({answer.required.source})"
    console.print(
        f"{rules.place_name}: {rules.title} ({rules.kind}) on {rules.on}, {law}", style="bold", highlight=False
    )
    console.print(*sentences(answer), sep="\n", markup=False, highlight=False)
    console.print(_by_validity(answer))
    if answer.districts:
        console.print(_districts(answer))
    for note in answer.notes:
        console.print(f"Note: {note}.", style="yellow", markup=False, highlight=False)


def sentences(answer: Goal) -> list[str]:
    """Say the answer in sentences."""
    valid, repeats, chance = (
        f"{each * 100:g}" for each in (answer.quality.validity, answer.quality.duplicates, answer.chance)
    )
    found = [f"File {answer.asked.end:,} signatures to pass in the end with a chance of {chance}%."]
    if answer.asked.sample is not None:
        found.append(
            f"File {answer.asked.sample:,} to pass on the sample alone with that chance, so that no full check follows."
        )
        found.append(
            f"With {answer.asked.end:,} filed, {answer.drawn:,} are drawn: the sample passes the petition with a "
            f"chance of {answer.chances.sample * 100:.1f}% and fails it with {(1 - answer.chances.open) * 100:.1f}%."
        )
    shares = f"Of 100 lines {valid} are valid, {repeats} of them repeats."
    if answer.checked is None:
        shares += " The chance is that of the lot alone: it takes these two shares as true. If they come from a check "
        shares += "of your own, say of how many lines: --checked N."
    else:
        shares += (
            f" {answer.checked:,} lines were checked, drawn at random: the chance counts how far such a check may "
        )
        shares += "be off in the first share. The second it takes as true, and the table below takes both so."
    found.append(shares)
    return found


def _by_validity(answer: Goal) -> Table:
    table = Table("valid, repeats included", title="If the lines are better or worse", title_justify="left")
    table.add_column("file, to pass in the end", justify="right")
    sampled = answer.asked.sample is not None
    if sampled:
        table.add_column("to pass on the sample alone", justify="right")
    for row in answer.rows:
        table.add_row(f"{row.validity:.0%}", *_numbers(row))
    return table


def _numbers(row: Row) -> list[str]:
    return [f"{number:,}" for number in (row.end, row.sample) if number is not None]


def _districts(answer: Goal) -> Table:
    where = "each" if answer.districts_needed == len(answer.districts) else f"{answer.districts_needed}"
    table = Table("district", title=f"By district: {where} must be reached", title_justify="left")
    table.add_column("required", justify="right")
    table.add_column("file", justify="right")
    for each in answer.districts:
        table.add_row(each.name, f"{each.required:,}", f"{each.raw:,}")
    return table


def write_plot(rules: Rules, answer: Goal, curve: Curve, path: Path) -> None:
    """Draw the chance by the number filed, as a page or a picture by the ending of the name.

    Raises:
        OutputError: the file could not be written.
    """
    # Altair takes most of a second to load, which the verb need not wait for without a plot.
    from ballotworthy.report.needed_plot import needed_page, needed_picture

    title = f"{rules.place_name}: {rules.title}, {answer.required.value:,} signatures required"
    with whole_file(path) as file:
        if path.suffix.lower() == ".png":
            file.write_bytes(needed_picture(title, curve, answer))
        else:
            file.write_text(needed_page(title, sentences(answer), curve, answer), "utf-8")
