"""`ballotworthy sheets`: petition sheets printed, and their scans read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.held import complete_kind, complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import shown
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.verbs.sheets_read import Read

app = typer.Typer(no_args_is_help=True, help="Petition sheets: print, learn, check and read them.")

SIDES = ("left", "top", "right", "bottom")

PlaceOption = Annotated[
    str | None,
    typer.Option(help="The place whose form it is; the plain form if absent.", autocompletion=complete_place),
]
KindOption = Annotated[
    str | None, typer.Option(help="The kind of petition there, such as amendment.", autocompletion=complete_kind)
]


@app.command("print")
def print_(
    measure: Annotated[
        Path, typer.Option(help="TOML: title, summary, identifier, text, language, [form].", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The PDF to write.", show_default=False)],
    place: PlaceOption = None,
    kind: KindOption = None,
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="How many sheets.")] = 1,
    first: Annotated[int, typer.Option(min=1, help="The number of the first sheet.")] = 1,
    fonts: Annotated[
        Path | None, typer.Option(help="A folder with fonts for letters that ours lacks: Chinese, Korean.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print sheets: the place's form with the measure's words, each with its number; same input, same bytes."""
    from ballotworthy.verbs.sheets_print import print_to

    made = print_to(out, measure, place=place, kind=kind, first=first, count=count, fonts=fonts)
    if as_json:
        print_json(made.to_dict())
        return
    typer.echo(f"{out}: {quantity(count, 'sheet')} from number {first} in the form {made.form}, SHA-256 {made.sha256}.")
    typer.echo("Print at 100%, not fitted to the page.")
    for each in made.left:
        typer.echo(f"Left to you: {each}.")


@app.command()
def scale(
    out: Annotated[Path, typer.Option("-o", "--out", help="The PDF to write.", show_default=False)],
    paper: Annotated[str, typer.Option(help="letter, legal or a4.")] = "letter",
    as_json: JsonOption = False,
) -> None:
    """Print a test page with two rulers, by which the scale of a printer is told before sheets are printed on it."""
    from ballotworthy.verbs.sheets_scale import scale_page_to

    made = scale_page_to(out, paper=paper)
    if as_json:
        print_json(made.to_dict())
        return
    typer.echo(f"{out}: a test page for {paper} paper, SHA-256 {made.sha256}.")
    typer.echo(f"Print it at 100%. Its rulers must measure {made.across} inches across and {made.down} inches down.")


@app.command()
def read(
    scans: Annotated[
        list[Path], typer.Argument(help="Scans: PDF, TIFF, JPEG, PNG, or a folder of them.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.", show_default=False)],
    place: PlaceOption = None,
    kind: KindOption = None,
    form: Annotated[
        Path | None, typer.Option(help="form.toml of a form that is not ours; `sheets learn` makes one.")
    ] = None,
    measure: Annotated[
        Path | None, typer.Option(help="The TOML that our sheets were printed from: sheets of other measures are told.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read scans of sheets: lines.csv, pictures of rows and cells, and what the recogniser saw in each.

    Ends with exit code 2 if no row of a sheet was read.
    """
    from ballotworthy.files.scan_files import scans_given
    from ballotworthy.verbs.sheets_read import read_scans

    each = [scan for given in scans for scan in scans_given(given) or [given]]
    with shown() as progress:
        done = read_scans(each, out, place=place, kind=kind, form=form, measure=measure, progress=progress)
    about = done.about
    if as_json:
        print_json(done.to_dict())
    else:
        _tell_read(done, out)
    if not about["rows"]:
        raise InputError(f"no row of a sheet was read. Why stands with each page, here and in {out}/sheets.json.")


def _tell_read(done: Read, out: Path) -> None:
    """Print what was read, what is missing, and each page that was not read or is to be looked at."""
    from ballotworthy.petition.told_pages import by_remark

    about = done.about
    if done.went_on:
        typer.echo(f"An earlier run was stopped after {quantity(done.went_on, 'page')}; this one went on from there.")
    states = ", ".join(f"{count:,} {state}" for state, count in about["states"].items())
    typer.echo(
        f"{out}: {quantity(len(about['pages']), 'page')}, {quantity(about['rows'], 'row')}"
        + (f": {states}." if states else ".")
    )
    for each in about["lacking"]:
        typer.echo(f"Missing: {each}.")
    for each in about.get("not_looked_at", ()):
        typer.echo(f"Not looked at: {each}.")
    lost = [(page, page["not_read"]) for page in about["pages"] if page.get("not_read")]
    odd = [(page, remark) for page in about["pages"] for remark in page.get("remarks", ())]
    for told in by_remark(lost):
        typer.echo(f"Not read: {safe_line(told)}.")
    for told in by_remark(odd):
        typer.echo(f"Look at {safe_line(told)}.")


@app.command()
def learn(
    page: Annotated[Path, typer.Argument(help="A scan of the form, blank or filled.", show_default=False)],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The form to write, a .toml; its picture goes beside it.")
    ] = Path("form.toml"),
    number: Annotated[int, typer.Option("--page", min=1, help="The page of the scan to learn from.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Learn a form that is not ours: propose form.toml from one page, and draw it over the page to be corrected."""
    from ballotworthy.verbs.sheets_learn import learn_form

    made = learn_form(page, out, number=number)
    if as_json:
        print_json(made.to_dict())
        return
    typer.echo(f"{made.form}: {quantity(made.rows, 'row')} a page, {quantity(len(made.columns), 'column')}.")
    for label, field in made.columns:
        typer.echo(f"  {field or 'not read':<14} {safe_line(label)}")
    if made.back:
        typer.echo(f"The page behind is its back, known by: {'; '.join(map(safe_line, made.back))}.")
    if made.guessed:
        typer.echo("No lines stand between the columns: their edges were set by the headings. Look at them first.")
    if made.beyond:
        typer.echo(
            f"{quantity(made.beyond, 'band')} of the table above or below these rows, of another height: if people "
            "sign there, this form cannot be read, since all rows must be of one height. Else take beyond out of "
            f"{made.form}."
        )
    if made.shaded:
        typer.echo("Rows are told by shading: a white one before the first or behind the last is not seen. Count them.")
    if made.unknown:
        typer.echo(
            f'{quantity(made.unknown, "column")} with the field "?": write what is asked there into {made.form}.'
        )
    typer.echo(f"Look at {made.picture}, and correct {made.form} where it is wrong.")


@app.command()
def check(
    form: Annotated[
        Path,
        typer.Argument(help="The PDF of the form, as it goes to the printer, or a scan of it.", show_default=False),
    ],
    place: Annotated[
        str, typer.Option(help="The place whose law it must keep.", autocompletion=complete_place, show_default=False)
    ],
    kind: Annotated[
        str,
        typer.Option(help="The kind of petition, such as amendment.", autocompletion=complete_kind, show_default=False),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A PNG to write: the pages with the places marked.")
    ] = None,
    measure: Annotated[
        Path | None,
        typer.Option(help="TOML with the measure's words, as for `print`: title, summary and text are compared."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a form that is not ours: its words, their order, type and face, and its fields, by the law of a place."""
    from ballotworthy.verbs.sheets_check import check_form_file

    done = check_form_file(form, place=place, kind=kind, picture=out, measure=measure)
    if as_json:
        print_json(done.to_dict())
        return
    left = f", {quantity(len(done.unmeasured), 'thing')} not measured" if done.unmeasured else ""
    objected = quantity(len(done.objections), "objection")
    typer.echo(f"{safe_line(str(form))} against {done.form}: {objected}{left}.")
    for number, each in enumerate(done.objections, 1):
        where = f"page {each.page}: " if each.page else ""
        typer.echo(f"{number}. {where}{each.what}." + (f" ({each.section})" if each.section else ""))
    for open_ in done.unmeasured:
        typer.echo(f"Not measured: {open_.what}. ({open_.section})")
    for remark in done.remarks:
        typer.echo(f"Look: {remark}.")
    margins = [each for each in done.margins if each]
    if margins:
        least = zip(SIDES, (min(points) for points in zip(*margins, strict=True)), strict=True)
        sides = ", ".join(f"{side} {points / 72:.2f}" for side, points in least)
        asked = "" if done.margins_by else " No section held here asks for a margin."
        typer.echo(f"Free of print on every page, in inches: {sides}.{asked}")
    for never in done.not_checked:
        typer.echo(f"Not checked: {never}.")
