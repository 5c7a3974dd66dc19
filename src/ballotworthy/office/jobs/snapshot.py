"""A snapshot built from a voter file that was uploaded; nobody has named it yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ballotworthy.files.columns import columns_told, plain_heading
from ballotworthy.files.compiled_ahead import compile_if_cold
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.uploads import named_as_given, rolls, staged
from ballotworthy.verbs.roll import build_snapshot

OF_LINES = frozenset({"sheet", "line", "signed_on", "circulator", "struck"})


def step(job: Job, tell: Progress) -> Step:
    """Build it; a second try builds it anew."""
    said = job.said
    compile_if_cold(tell)
    tell("reading the voter file", 0, 0)
    with entered(job.held) as room:
        case = room.case()
    place, by = case.opened["place"], case.rules.divided_by if case.rules else None
    with named_as_given(staged(said)) as path:
        built = build_snapshot(
            path, rolls() / said["snapshot"], today=now().date(), place=place, taken_on=said["taken_on"] or None,
            map=said["columns"], statuses=said["statuses"], lenient=said["lenient"], dates=said["dates"],
            heading=said.get("heading", True), progress=tell,
        )  # fmt: skip
    voters, unused = built.voters.frame.height, columns_told(built.voters.columns, built.voters.unused)[1:]
    doubts = [*_no_register(built.voters.unused), *_undivided(built.voters.columns, by)]
    told = [f"{voters:,} voters were read from {said['name']}.", *doubts, *unused, *built.remarks]
    return Step(voters, voters, told="\n".join(told))


def _no_register(unused: Iterable[str]) -> Iterator[str]:
    """Say that a file looks like the petition itself: its columns are those of lines."""
    theirs = [heading for heading in unused if plain_heading(heading) in OF_LINES]
    if len(theirs) > 1:
        yield f"Warning: columns such as {', '.join(theirs)} are those of a petition. Is this file the register?"


def _undivided(columns: Mapping[str, str], by: str | None) -> Iterator[str]:
    """Say that the register does not tell in which part of the place a voter is registered."""
    field = "county" if by == "county" else "district"
    if by and field not in columns:
        yield (
            f"Warning: no column was found for the {by}: who is registered in another {by} is not seen. "
            f"If one holds it, say so with --map {field}=HEADING."
        )
