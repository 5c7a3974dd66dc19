"""Matching: the lines of a case beside its register, found once, kept in a file, laid out by whoever needs them."""

from __future__ import annotations

from collections.abc import Iterator

from ballotworthy.casework.bench import Bench, lay_out, to_lay_out
from ballotworthy.files.compiled_ahead import compile_if_cold
from ballotworthy.files.progress import Progress
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.office.second_looks import MOST_WEIGHED
from ballotworthy.office.uploads import rolls
from ballotworthy.verbs.case_bench import line_at_hand, standing_in, voters_found
from ballotworthy.verbs.case_expected import weighed_of

LIKELY = 0.5


def step(job: Job, tell: Progress) -> Step:
    """Match all lines; then do once what a desk does, so that the server finds all of it compiled."""
    tell("getting ready; the first time on a machine the matcher is compiled first", 0, 0)
    compile_if_cold(tell)
    with entered(job.held) as room:
        asked = to_lay_out(room, rolls())
        bench = lay_out(asked, tell)
        line = next(iter(bench.rows))
        case, standing = room.case(), standing_in(room)
        line_at_hand(bench, case, line, standing)
        voters_found(bench, case, line, "10 a", standing)
        voters_found(bench, case, line, "zzzzz qqqqq", standing)
    if len(bench.rows) <= MOST_WEIGHED:
        weighed_of(bench, asked.rules)
    return Step(len(bench.rows), len(bench.rows), told="\n".join(_told(bench)))


def _told(bench: Bench) -> Iterator[str]:
    """Say for how many lines a voter is likely: for few where the register is another place's, or another year's."""
    yield f"{len(bench.rows):,} lines were matched with the register."
    written = ~(bench.lines["blank"] | bench.lines["struck"]).to_numpy()
    likely, lines = int((bench.matches.on_roll[written] > LIKELY).sum()), int(written.sum())
    if likely < lines * LIKELY:
        yield (
            f"Warning: the machine finds a likely voter for {likely:,} of {lines:,} lines. "
            "Is this the register of the place, and of the day?"
        )
