"""A snapshot built from a voter file that was uploaded; nobody has named it yet."""

from __future__ import annotations

from ballotworthy.files.columns import columns_told
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.uploads import named_as_given, rolls, staged
from ballotworthy.verbs.roll import build_snapshot


def step(job: Job, tell: Progress) -> Step:
    """Build it; a second try builds it anew."""
    said = job.said
    tell("reading the voter file", 0, 0)
    with entered(job.held) as room:
        place = room.case().opened["place"]
    with named_as_given(staged(said)) as path:
        built = build_snapshot(
            path, rolls() / said["snapshot"], today=now().date(), place=place, taken_on=said["taken_on"] or None,
            map=said["columns"], statuses=said["statuses"], lenient=said["lenient"], dates=said["dates"],
            heading=said.get("heading", True), progress=tell,
        )  # fmt: skip
    voters, unused = built.voters.frame.height, columns_told(built.voters.columns, built.voters.unused)[1:]
    told = [f"{voters:,} voters were read from {said['name']}.", *unused, *built.remarks]
    return Step(voters, voters, told="\n".join(told))
