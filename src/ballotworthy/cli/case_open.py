"""`ballotworthy case new`, `intake`, `fix`, `roll`: from the opening to the fixed frame."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.casework import Act, Case, Desk, rules_body
from ballotworthy.casework.listing import listing
from ballotworthy.casework.pinned import lacks_number, rules_of
from ballotworthy.cli.case_folder import (
    OFFICE_KEY,
    PRIVATE,
    RECORD,
    VOTER_KEY,
    ByOption,
    CaseArgument,
    check_begun,
    desk_in,
    now,
    say,
    standing_data,
)
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
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.places import place_file
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.law.given import Given, read_given
from ballotworthy.law.number import number_required
from ballotworthy.petition import Petition, read_lines
from ballotworthy.record import FileStorage, make_office_key, make_voter_key, open_office_key
from ballotworthy.roll import open_roll

GRACE = dt.timedelta(days=366)
"""A line may bear a wrong day up to a year after the governing day; beyond that it is a fault of the file."""
PIECE = 1_000
"""How many lines of the frame an event lists."""


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
    as_json: JsonOption = False,
) -> None:
    """Open a case: its folder, its keys, its record, and the law as it stands, pinned."""
    filed_on = (parse_day(filed, "--filed") if filed else parse_day(on, "--on")).isoformat()
    text = place_file(place, "law.toml").read_text("utf-8")
    if required is not None and not source:
        raise InputError("--required is not in the law's data; say who set it with --required-source.")
    number = None if required is None else (required, source)
    if (
        number is None
        and (least := number_required(rules_of(text, place, kind, on)))
        and lacks_number(rules_of(text, place, kind, on))
    ):
        number = (least.value, str(least.source))
    rules = rules_body(text, place, kind, on, required=number, given=given_of(rule or [], rule_source or []))
    if number is None and lacks_number(rules_of(text, place, kind, on)):
        raise InputError(
            f"the data of {place} {kind} holds no number of signatures required on {on}, so a case could never be "
            "decided. Give it and who set it: --required N --required-source TEXT."
        )
    if (folder / RECORD).exists():
        check_begun(folder)
        raise InputError(f"{folder} holds a case already. Name a new folder.")
    with whole_folder(folder, marker=RECORD) as made:
        case_now, public = _open(made, by, key_file, rules, {
            "record": "ballotworthy-record/1",
            "case": case,
            "office": office,
            "measure": measure,
            "place": place,
            "kind": kind,
            "on": on,
            "filed": filed_on,
            "disclosure": disclosure,
            "people": _people(people or [], by),
        })  # fmt: skip
    answer = {**standing_data(case_now), "key": public, "rules": rules["sha256"]}
    say(answer, f"Opened {case} in {folder}. The office's public key, to be published: {public}", as_json=as_json)


def _open(
    folder: Path, by: str, key_file: Path | None, rules: dict[str, Any], said: dict[str, Any]
) -> tuple[Case, str]:
    """Make keys and record of a new case in an empty folder; give the case and the office's public key."""
    private = folder / PRIVATE
    private.mkdir(mode=0o700)
    key = open_office_key(key_file) if key_file else make_office_key(private / OFFICE_KEY)
    voters = make_voter_key(private / VOTER_KEY)
    desk = Desk(FileStorage(folder / RECORD), now)
    body = {**said, "key": key.public, "voters": voters.commitment}
    desk.act(Act(by, "opened", body), Act(by, "rules", rules))
    return desk.case(), key.public


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
    as_json: JsonOption = False,
) -> None:
    """Take in a batch: promised and counted, and its lines listed. Names stay in private/, the record has none."""
    desk = desk_in(folder)
    case = desk.case()
    if case.rules is None:
        raise InputError(f"the case in {folder} has no law pinned; open it anew.")
    petition = read_lines(
        lines, latest=case.rules.on + GRACE, given=parse_map(mapping or ()), lenient=lenient,
        filed=dt.date.fromisoformat(case.opened["filed"]), place=case.rules.place, order=dates,
    )  # fmt: skip
    listed = [list(line) for line in listing(petition, case.rules, stratum)]
    day = parse_day(received, "--received").isoformat() if received else case.opened["filed"]
    acts = intake_acts(by, batch, listed, day, sheets=sheets_promised, lines=lines_promised, explained=explained)
    desk.act(*acts)
    keep_lines(folder, petition)
    counted = acts[1].body
    answer = {**standing_data(desk.case()), "batch": batch, "sheets": counted["sheets"], "lines": counted["lines"]}
    answer["columns"] = {"read": dict(sorted(petition.columns.items())), "unused": list(petition.unused)}
    said = f"Batch {batch}: {counted['sheets']:,} sheets, {counted['lines']:,} lines taken in."
    say(answer, "\n".join([said, *columns_told(petition.columns, petition.unused), *petition.remarks]), as_json=as_json)


def intake_acts(
    by: str,
    batch: str,
    listed: list[list[str]],
    day: str,
    *,
    sheets: int | None = None,
    lines: int | None = None,
    explained: str = "",
) -> list[Act]:
    """Give the acts that take a batch in: received as promised, counted as found, and its lines listed.

    `sheets` and `lines` are what the filer said; where they are None, what was counted.
    """
    found = {"sheets": len({line[0] for line in listed}), "lines": len(listed)}
    promised = {
        "sheets": found["sheets"] if sheets is None else sheets,
        "lines": found["lines"] if lines is None else lines,
    }
    counted: dict[str, Any] = {"batch": batch, **found}
    if explained:
        counted["explained"] = explained
    return [
        Act(by, "received", {"batch": batch, "day": day, **promised}),
        Act(by, "counted", counted),
        *(Act(by, "lines", {"lines": listed[at : at + PIECE]}) for at in range(0, len(listed), PIECE)),
    ]


def fix(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Fix the frame: the list of lines is complete, and its fingerprint stands in the record."""
    desk = desk_in(folder)
    (event,) = desk.do(lambda case: [Act(by, "frame", case.frame.body())])
    body = event.body
    answer = {**standing_data(desk.case()), **body}
    say(
        answer, f"The frame is fixed: {body['lines']:,} lines on {body['sheets']:,} sheets.\n"
        f"Fingerprint {body['fingerprint']}", as_json=as_json,
    )  # fmt: skip


def roll(folder: CaseArgument, snapshot: RollOption, by: ByOption, as_json: JsonOption = False) -> None:
    """Name the snapshot of the voter register by which the lines are decided."""
    desk = desk_in(folder)
    found = open_roll(snapshot, whole=True)
    body = {"roll": found.sha256, "day": found.taken_on.isoformat(), "voters": found.size}
    desk.act(Act(by, "roll", body))
    answer = {**standing_data(desk.case()), **body}
    say(answer, f"Roll of {body['day']}, {body['voters']:,} voters, digest {body['roll']}", as_json=as_json)


def _people(given: list[str], by: str) -> list[dict[str, Any]]:
    people = {by: ["manage", "decide", "resolve", "certify"]}
    for each in given:
        name, equals, roles = each.partition("=")
        if not (name and equals and roles) or name in people:
            raise InputError(
                f"--person {each} is not of the form ID=ROLES, each person once. Example: bob=decide,resolve."
            )
        people[name] = roles.split(",")
    return [{"id": name, "may": roles} for name, roles in people.items()]


def keep_lines(folder: Path, petition: Petition) -> None:
    """Keep the lines with their names, for the office's eyes."""
    with whole_file(folder / PRIVATE / f"lines-{petition.sha256[:12]}.parquet") as path:
        petition.given.write_parquet(path)
        path.chmod(0o600)
