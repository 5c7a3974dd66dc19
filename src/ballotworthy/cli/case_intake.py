"""`ballotworthy case intake`, `fix`, `roll`: from filed lines to the fixed frame and the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, room_in, say
from ballotworthy.cli.days import today
from ballotworthy.cli.options import (
    DatesOption,
    JsonOption,
    LenientOption,
    MapOption,
    RollOption,
)
from ballotworthy.cli.scans_given import FormOption, LinesOrScansArgument, MeasureOption, ReadIntoOption, lines_read
from ballotworthy.files.asked_day import parse_day, refuse_to_come
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_line

if TYPE_CHECKING:
    from ballotworthy.casework.room import Room
    from ballotworthy.verbs.case_frame import Batch, FrameLook
    from ballotworthy.verbs.case_intake import Promise
    from ballotworthy.verbs.case_intake_look import LinesLook


BY_MISTAKE = (
    "If a batch came in by mistake: nothing takes it out again. Leave this case without a frame, open another with "
    "`case new` (its --office-key may be this one's), and take in there only what was received. The files of the right "
    "batches, folders of sheets that were read and the snapshot of the roll can be used again."
)


def intake(
    folder: CaseArgument,
    lines: LinesOrScansArgument,
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
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would come in, read as what; nothing is entered.")
    ] = False,
    form: FormOption = None,
    measure: MeasureOption = None,
    read_into: ReadIntoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in a batch: promised and counted, and its lines listed. Names stay in private/, the record has none.

    What came in cannot be taken out again: look at it first, with --look.

    Scans are read first, into CASE-read-BATCH beside the case: with --look, then see and correct there what was read.
    Of such a folder the pictures of rows and cells are kept in private/; each line names its own.
    """
    from ballotworthy.verbs.case_intake import Promise, take_in

    room = room_in(folder)
    came = parse_day(received, "--received") if received else None
    if came:
        refuse_to_come(came, today(), "a batch cannot have been received")
    promise = Promise(batch, came, sheets_promised, lines_promised, explained)
    beside = (room.folder, f"-read-{batch}")
    lines = lines_read(
        lines, beside, of=lambda: _asked(room), form=form, measure=measure, into=read_into, as_json=as_json
    )
    how: dict[str, Any] = {"stratum": stratum, "mapping": parse_map(mapping or ()), "lenient": lenient, "dates": dates}
    if look:
        _look(room, lines, by, promise, how, as_json=as_json)
        return
    with _file_of(lines, room) as (file, of_scans):
        on = parse_day(marked, "--marked") if marked else None
        done = take_in(room, file, by=by, promise=promise, marked=on, **how)
    done = replace(done, remarks=(*done.remarks, *of_scans))
    told = f"Batch {batch}: {quantity(done.sheets, 'sheet')}, {quantity(done.lines, 'line')} taken in."
    say(
        done,
        "\n".join([told, *columns_told(done.columns, done.unused), *map(safe_line, done.remarks)]),
        as_json=as_json,
    )


def _asked(room: Room) -> tuple[str, str]:
    opened = room.case().opened
    return opened["place"], opened["kind"]


def _look(room: Room, lines: Path, by: str, promise: Promise, how: dict[str, Any], *, as_json: bool) -> None:
    from ballotworthy.casework.bound_lines import LINES
    from ballotworthy.casework.faults_of_scans import told_by_page
    from ballotworthy.verbs.case_intake_look import look_at_lines

    file, scans = (lines / LINES, lines) if lines.is_dir() else (lines, None)
    with told_by_page(lines, file) if scans else nullcontext():
        found = look_at_lines(room, file, by=by, name=promise.batch, scans=scans, **how)
    say(found, "\n".join(map(safe_line, _looked(found, promise))), as_json=as_json)


def _looked(found: LinesLook, promise: Promise) -> Iterator[str]:
    """Say what would come in, and last what stands against it."""
    yield f"Batch {found.batch} would be {quantity(found.sheets, 'sheet')}, {quantity(found.lines, 'line')}."
    if found.days:
        yield f"Signed {found.days[0]} to {found.days[1]}."
    yield f"Strata: {', '.join(f'{name} {lines:,}' for name, lines in found.strata)}."
    if found.marks:
        yield f"Marked: {', '.join(f'{lines:,} {mark}' for mark, lines in found.marks)}."
    yield from columns_told({field: heading for field, heading, _ in found.columns if heading}, found.unused)
    yield f"Lines that have it: {', '.join(f'{field} {lines:,}' for field, _, lines in found.columns)}."
    yield "The first lines, in which a letter is an a and a digit a 9:"
    yield from ("  " + " | ".join(row) for row in found.rows)
    yield from (*found.remarks, *found.doubts, *_against(found, promise))
    yield "Nothing is entered. To take it in, do the same without --look."


def _against(found: LinesLook, promise: Promise) -> Iterator[str]:
    """Say what a person should look into before it comes in, or what keeps it from coming in."""
    from ballotworthy.casework.kept_lines import told_of

    for noun, promised, counted in (("sheet", promise.sheets, found.sheets), ("line", promise.lines, found.lines)):
        if promised not in (None, counted):
            yield f"Warning: {quantity(promised or 0, noun)} promised. Why there are others is said with --explained."
    if found.missing:
        yield f"Warning: missing sheet numbers: {found.missing}."
    yield from told_of(found.beside)
    yield from (f"Warning: {each}." for each in found.faults)
    if found.already:
        yield f"It cannot come in: {quantity(found.already, 'line')} of it stand in the case, by sheet and number."
    if found.refused:
        yield f"It cannot come in: {found.refused}"


@contextmanager
def _file_of(lines: Path, room: Room) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the file of lines; that of a folder of sheets with its pictures kept, unless the lines are not taken in.

    Beside it what must be known of the scans.
    """
    from ballotworthy.casework.faults_of_scans import told_by_page
    from ballotworthy.casework.room import PRIVATE
    from ballotworthy.verbs.case_scans import keep_pictures

    if not lines.is_dir():
        yield lines, ()
        return
    room.case()  # which says what is wrong where there is none
    with TemporaryDirectory(dir=room.folder / PRIVATE, prefix=".intake-") as work:
        scans = keep_pictures(room, lines, Path(work))
        try:
            with told_by_page(lines, scans.lines):
                yield scans.lines, scans.told
        except BaseException:
            scans.give_back()
            raise


def fix(
    folder: CaseArgument,
    by: ByOption,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would be fixed, and what is missing; nothing is entered.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fix the frame: the list of lines is complete, and its fingerprint stands in the record.

    Nothing comes in or goes out afterwards: look at it first, with --look.
    """
    from ballotworthy.verbs.case_frame import fix_frame, look_at_frame

    if look:
        found = look_at_frame(room_in(folder), by=by)
        say(found, "\n".join(map(safe_line, _frame_told(found))), as_json=as_json)
        return
    fixed = fix_frame(room_in(folder), by=by)
    told = f"The frame is fixed: {quantity(fixed.lines, 'line')} on {quantity(fixed.sheets, 'sheet')}."
    told += f"\nFingerprint {fixed.fingerprint}"
    say(fixed, told, as_json=as_json)


def _frame_told(found: FrameLook) -> Iterator[str]:
    yield f"The frame would be {quantity(found.lines, 'line')} on {quantity(found.sheets, 'sheet')}."
    yield f"That can be drawn: {quantity(found.drawable, 'line')}."
    yield from map(_batch_told, found.batches)
    yield f"Strata: {', '.join(f'{name} {lines:,}' for name, lines in found.strata)}."
    if found.marks:
        yield f"Marked: {', '.join(f'{lines:,} {mark}' for mark, lines in found.marks)}."
    if found.missing:
        yield f"Warning: missing sheet numbers: {found.missing}."
    yield f"Fingerprint {found.fingerprint}"
    yield f"It cannot be fixed: {found.refused}" if found.refused else "Nothing is entered."
    if not found.fixed:
        yield BY_MISTAKE


def _batch_told(batch: Batch) -> str:
    promised = f"{quantity(batch.sheets_promised, 'sheet')}, {quantity(batch.lines_promised, 'line')}"
    if batch.sheets is None or batch.lines is None:
        return f"Batch {batch.name}, received {batch.day}: {promised} promised, not counted yet."
    counted = f"{quantity(batch.sheets, 'sheet')}, {quantity(batch.lines, 'line')}"
    differs = f" ({promised} promised: {batch.explained})" if batch.explained else ""
    return f"Batch {batch.name}, received {batch.day}: {counted}{differs}."


def roll(folder: CaseArgument, snapshot: RollOption, by: ByOption, as_json: JsonOption = False) -> None:
    """Name the snapshot of the voter register by which the lines are decided."""
    from ballotworthy.verbs.case_roll import name_roll

    room = room_in(folder)
    named = name_roll(room, snapshot, by=by)
    told = f"Roll of {named.day}, {quantity(named.voters, 'voter')}, digest {named.roll}"
    if room.case().seed is not None:
        told += "\nThe seed was known already: whoever verifies the record is told so (R35)."
    say(named, told, as_json=as_json)
