"""`ballotworthy draw`: the sample for a public seed, by hash order, sized by number or by law."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import read_table
from ballotworthy.law import Rules, read_law, rules_on
from ballotworthy.petition import fingerprint, line_ids, stratum_headings
from ballotworthy.petition.lines import CONTENT, FIELDS, marked, numbered
from ballotworthy.petition.written import without_totals
from ballotworthy.stats import draw as drawn
from ballotworthy.sufficiency import sample_size

FrameArgument = Annotated[
    Path,
    typer.Argument(
        help="A table with sheet and line columns, or a text of line ids, one to a line.", show_default=False
    ),
]
SeedOption = Annotated[str, typer.Option(help="The public seed.", show_default=False)]
NumberOption = Annotated[int | None, typer.Option("-n", min=0, help="How many lines to draw.")]
PlaceOption = Annotated[str | None, typer.Option(help="Let the law of this place say how many, with --kind and --on.")]
KindOption = Annotated[str | None, typer.Option(help="The kind of petition, such as amendment.")]
OnOption = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The governing day.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

TABLES = (".csv", ".tsv", ".parquet")


@dataclass(frozen=True)
class Frame:
    """The ids of all lines, and the stratum of each where the law draws by strata."""

    ids: tuple[str, ...]
    strata: tuple[str, ...] | None = None


def draw(
    frame: FrameArgument,
    seed: SeedOption,
    number: NumberOption = None,
    place: PlaceOption = None,
    kind: KindOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the sampled line ids in the order drawn; anybody with the seed and the frame draws the same."""
    rules = _rules(number, place, kind, on)
    divided = rules.divided_by if rules else None
    lines = read_frame(frame, divided, written_only=rules is not None and not rules.blank_lines_count)
    order = drawn(seed, lines.ids, len(lines.ids) if number is None else number)
    sample = _by_law(rules, lines, order) if rules else {"": order}
    total = sum(len(ids) for ids in sample.values())
    sha256 = fingerprint(lines.ids)
    if as_json:
        answer = {
            "seed": seed,
            "frame": {"file": frame.name, "lines": len(lines.ids), "sha256": sha256},
            "n": total,
            "rule": _cited(rules),
            "sample": [{"id": line, "stratum": name} for name, ids in sample.items() for line in ids],
        }
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    typer.echo(f"{total:,} of {len(lines.ids):,} lines; fingerprint of the frame {sha256}", err=True)
    for ids in sample.values():
        for line in ids:
            typer.echo(line)


def read_frame(path: Path, divided: str | None, *, written_only: bool = False) -> Frame:
    """Give the line ids of a frame: "sheet-line" from a table, or each line of a plain text.

    Args:
        path: CSV, TSV or Parquet with sheet and line columns, or else a text of ids.
        divided: the column that tells each line's stratum, such as county; None for one stratum.
        written_only: leave out lines of a table that are blank or struck.

    Raises:
        InputError: the file cannot be opened, holds no ids, or is a text that tells no stratum.
        FileFaults: a column is missing, or a cell is empty.
    """
    if path.suffix.lower() in TABLES:
        return _from_table(path, divided, written_only)
    if divided:
        raise InputError(f"{path} tells no {divided}; give a table with sheet, line and {divided}, or use -n.")
    return Frame(_from_text(path))


def _from_table(path: Path, divided: str | None, written_only: bool) -> Frame:
    table = read_table(path)
    needed = ("sheet", "line", divided) if divided else ("sheet", "line")
    wanted = {name: FIELDS.get(name, ()) for name in (*needed, "struck", *CONTENT)}
    if divided:
        wanted[divided] = stratum_headings(divided)
    columns = find_columns(path, table.frame.columns, wanted, {})
    if divided and divided not in columns:
        raise FileFaults(
            str(path),
            [Fault(1, divided, "there is no such column", f"{headings_told(table.frame.columns)}. Add {divided}")],
        )
    table, _ = without_totals(table, columns)
    cells = pl.DataFrame([table.frame[heading].alias(name) for name, heading in columns.items()])
    lines = marked(pl.DataFrame({"row": table.lines}).hstack(cells))
    kept = lines.filter(~pl.col("blank") & ~pl.col("struck")) if written_only else lines
    faults = [
        Fault(int(at), columns[name], "the cell is empty", "Number every line, and say where it belongs")
        for name in needed
        if name in columns
        for at in kept.filter(pl.col(name).is_null())["row"]
    ]
    if faults:
        raise FileFaults(str(path), faults)
    kept = numbered(lines).filter(pl.col("row").is_in(kept["row"].implode()))
    return Frame(tuple(line_ids(kept)), tuple(kept[divided]) if divided else None)


def _from_text(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}. Check its name.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; give a text of line ids, or a table ending in .csv.") from error
    ids = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not ids:
        raise InputError(f"{path} holds no line ids; give one to a line, such as 12-3 for sheet 12, line 3.")
    return ids


def _rules(number: int | None, place: str | None, kind: str | None, on: str | None) -> Rules | None:
    if number is not None and place is None and kind is None and on is None:
        return None
    if number is None and place and kind and on:
        return rules_on(read_law(place), kind, parse_day(on, "--on"))
    raise InputError("say how many lines to draw: either -n N, or --place, --kind and --on together.")


def _by_law(rules: Rules, lines: Frame, order: Sequence[str]) -> dict[str, list[str]]:
    """Give the beginning of `order` in each stratum, as long as the law wants; strata by name."""
    names = lines.strata or (rules.stratum.value,) * len(lines.ids)
    stratum_of = dict(zip(lines.ids, names, strict=True))
    sample: dict[str, list[str]] = {name: [] for name in sorted(set(names))}
    for line in order:
        sample[stratum_of[line]].append(line)
    return {name: ids[: sample_size(rules, len(ids))] for name, ids in sample.items()}


def _cited(rules: Rules | None) -> dict[str, str] | None:
    cited = (rules.sample_share or rules.sample_least) if rules else None
    return {"source": cited.source.cite, "url": cited.source.url} if cited else None
