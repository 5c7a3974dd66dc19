"""`ballotworthy case new`, `intake`, `fix`, `roll`: from the opening to the fixed frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, room_in, say
from ballotworthy.cli.days import today
from ballotworthy.cli.options import (
    DatesOption,
    JsonOption,
    KindOption,
    LenientOption,
    LinesArgument,
    MapOption,
    OnOption,
    PlaceOption,
    RequiredOption,
    RollOption,
    RuleOption,
)
from ballotworthy.cli.sure_clock import sure_clock
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day, refuse_to_come
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.quantities import quantity
from ballotworthy.law.given import Given, read_given
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.casework.room import Room


def new(
    folder: CaseArgument,
    case: Annotated[str, typer.Option("--case", help="The case's number or name.", show_default=False)],
    office: Annotated[str, typer.Option(help="The office that decides.", show_default=False)],
    measure: Annotated[str, typer.Option(help="The title of the measure.", show_default=False)],
    place: PlaceOption,
    kind: KindOption,
    on: OnOption,
    by: ByOption,
    people: Annotated[
        list[str] | None,
        typer.Option(
            "--person",
            metavar="ID=ROLES",
            help="Who may act, repeatable: roles are manage, decide, resolve, certify. "
            "Example: --person bob=decide,resolve. Whoever opens the case has all of them.",
        ),
    ] = None,
    filed: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of filing; the governing day if absent.")
    ] = None,
    required: RequiredOption = None,
    source: Annotated[str, typer.Option("--required-source", help="Who set that number, and where it stands.")] = "",
    rule: RuleOption = None,
    rule_source: Annotated[
        list[str] | None,
        typer.Option(
            "--rule-source",
            metavar="TEXT",
            help="Where such a rule stands: one source for all, or one for each, in order.",
        ),
    ] = None,
    disclosure: Annotated[str, typer.Option(help="What an export may carry: closed, proponents or public.")] = "closed",
    key_file: Annotated[
        Path | None,
        typer.Option("--office-key", help="The office's signing key; made in private/ of the case if absent."),
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="A case to learn on: its record says so, and it is never certified.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Open a case: its folder, its keys, its record, and the law as it stands, pinned."""
    from ballotworthy.verbs.case_open import Opening, open_case

    if required is not None and not source:
        raise InputError("--required is not in the law's data; say who set it with --required-source.")
    governing, filing = parse_day(on, "--on"), parse_day(filed, "--filed") if filed else None
    refuse_to_come(filing or governing, today(), "a petition cannot have been filed")
    opened = open_case(
        folder,
        Opening(
            case=case,
            office=office,
            measure=measure,
            place=place,
            kind=kind,
            on=governing,
            filed=filing,
            disclosure=disclosure,
            practice=practice,
        ),
        clock=sure_clock(),
        by=by,
        people=_people(people or [], by),
        required=None if required is None else (required, source),
        given=given_of(rule or [], rule_source or []),
        key_file=key_file,
    )
    told = f"Opened {case} in {folder}. The office's public key, to be published: {opened.key}"
    told = f"Opened {case} in {folder}, for practice: it is never certified." if practice else told
    say(opened, told, as_json=as_json)


def given_of(rules: list[str], sources: list[str]) -> tuple[Given, ...]:
    """Give the rules that the office enters, each with its source.

    Raises:
        InputError: a rule has no source, or is none that can be given.
    """
    if len(sources) == 1:
        sources = sources * len(rules)
    if len(sources) != len(rules) or not all(map(str.strip, sources)):
        raise InputError(
            f"{len(rules)} rules are given and {len(sources)} sources; say where each stands with --rule-source, "
            "once for all or once for each, in the order of --rule."
        )
    return tuple(read_given(each, source) for each, source in zip(rules, sources, strict=True))


def intake(
    folder: CaseArgument,
    lines: LinesArgument,
    by: ByOption,
    batch: Annotated[str, typer.Option(help="What to call this batch.")] = "1",
    received: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When it was received; the day of filing if absent.")
    ] = None,
    sheets_promised: Annotated[
        int | None, typer.Option("--sheets", min=0, help="Sheets as the filer says; as counted if absent.")
    ] = None,
    lines_promised: Annotated[
        int | None, typer.Option("--lines", min=0, help="Lines as the filer says; as counted if absent.")
    ] = None,
    explained: Annotated[str, typer.Option(help="Why other numbers were counted than promised.")] = "",
    stratum: Annotated[
        str, typer.Option(help="The stratum, such as the county, of the lines whose own cells do not say it.")
    ] = "",
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    marked: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="When lines were found blank, struck or to be removed; today if absent."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take in a batch: promised and counted, and its lines listed. Names stay in private/, the record has none.

    Of a folder that `sheets read` wrote, the pictures of rows and cells are kept in private/; each line names its own.
    """
    from ballotworthy.verbs.case_intake import Promise, take_in

    room = room_in(folder)
    came = parse_day(received, "--received") if received else None
    if came:
        refuse_to_come(came, today(), "a batch cannot have been received")
    with _file_of(lines, room) as (file, of_scans):
        done = take_in(
            room,
            file,
            by=by,
            promise=Promise(
                batch=batch,
                received=came,
                sheets=sheets_promised,
                lines=lines_promised,
                explained=explained,
            ),
            stratum=stratum,
            mapping=parse_map(mapping or ()),
            lenient=lenient,
            dates=dates,
            marked=parse_day(marked, "--marked") if marked else None,
        )
    done = replace(done, remarks=(*done.remarks, *of_scans))
    told = f"Batch {batch}: {quantity(done.sheets, 'sheet')}, {quantity(done.lines, 'line')} taken in."
    say(
        done,
        "\n".join([told, *columns_told(done.columns, done.unused), *map(safe_line, done.remarks)]),
        as_json=as_json,
    )


@contextmanager
def _file_of(lines: Path, room: Room) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the file of lines; that of a folder of sheets with its pictures kept, unless the lines are not taken in.

    Beside it what must be known of the scans.
    """
    from ballotworthy.casework.room import PRIVATE
    from ballotworthy.verbs.case_scans import keep_pictures

    if not lines.is_dir():
        yield lines, ()
        return
    room.case()  # which says what is wrong where there is none
    with TemporaryDirectory(dir=room.folder / PRIVATE, prefix=".intake-") as work:
        scans = keep_pictures(room, lines, Path(work))
        try:
            yield scans.lines, scans.told
        except BaseException:
            scans.give_back()
            raise


def fix(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Fix the frame: the list of lines is complete, and its fingerprint stands in the record."""
    from ballotworthy.verbs.case_frame import fix_frame

    fixed = fix_frame(room_in(folder), by=by)
    told = f"The frame is fixed: {quantity(fixed.lines, 'line')} on {quantity(fixed.sheets, 'sheet')}."
    told += f"\nFingerprint {fixed.fingerprint}"
    say(fixed, told, as_json=as_json)


def roll(folder: CaseArgument, snapshot: RollOption, by: ByOption, as_json: JsonOption = False) -> None:
    """Name the snapshot of the voter register by which the lines are decided."""
    from ballotworthy.verbs.case_roll import name_roll

    room = room_in(folder)
    named = name_roll(room, snapshot, by=by)
    told = f"Roll of {named.day}, {quantity(named.voters, 'voter')}, digest {named.roll}"
    if room.case().seed is not None:
        told += "\nThe seed was known already: whoever verifies the record is told so (R35)."
    say(named, told, as_json=as_json)


def _people(given: list[str], by: str) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for each in given:
        name, equals, roles = each.partition("=")
        if not (name and equals and roles) or name in people or name == by:
            raise InputError(
                f"--person {each} is not of the form ID=ROLES, each person once. Example: bob=decide,resolve."
            )
        people[name] = roles.split(",")
    return people
