"""The register named: a snapshot built from a voter file that was uploaded, or one that is in the office's folder."""

from __future__ import annotations

from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.uploads import named_as_given, rolls, snapshots, staged
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.roll import build_snapshot


def step(job: Job, tell: Progress) -> Step:
    """Build it where it is not built, and name it where it is not named."""
    from ballotworthy.roll import open_roll  # here, since the worker alone compiles

    said, found = job.said, rolls() / job.said["snapshot"]
    remarks: tuple[str, ...] = ()
    if not (found / "snapshot.json").is_file():
        if "name" not in said:
            raise InputError("there is no such snapshot in the office's folder `rolls`.")
        tell("reading the voter file", 0, 0)
        with entered(job.held) as room:
            place = room.case().opened["place"]
        with named_as_given(staged(said)) as path:
            remarks = build_snapshot(
                path, found, today=now().date(), place=place, taken_on=said["taken_on"] or None, map=said["columns"],
                statuses=said["statuses"], lenient=said["lenient"], dates=said["dates"], progress=tell,
            ).remarks  # fmt: skip
    elif found not in snapshots():
        raise InputError("there is no such snapshot in the office's folder `rolls`.")
    tell("making sure of the snapshot", 0, 0)
    with entered(job.held) as room:
        known = room.case().rolls.get(open_roll(found).sha256)
        if known is not None and "name" in said:  # a second try
            return Step(1, 1, told=f"The register of {known['day']}: {known['voters']:,} voters.")
        named = name_roll(room, found, by=job.account.name)
    told = [f"The register of {named.day}: {named.voters:,} voters, digest {named.roll[:16]}…", *remarks]
    return Step(named.voters, named.voters, told="\n".join(told))
