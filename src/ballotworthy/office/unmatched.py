"""Whether the lines of a case were not matched with its register, and why: nobody can decide a line before they are."""

from __future__ import annotations

from ballotworthy.office.benches import MATCHING, fault_of
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import Status

ASKS_LINES = frozenset({"seed", "sample", "decide"})
"""What must be done next and takes matched lines, or leads to deciding them."""
FIRST = "have the lines matched with the register: that was refused, and until then nobody can decide a line"


def unmatched(held: HeldCase) -> str:
    """Give why the last matching was refused, in words of a page; "" where it was done, is under way or not asked."""
    job = Job.objects.filter(held=held, kind=MATCHING).exclude(state=Job.CANCELLED).order_by("pk").last()
    told = job.told if job is not None and job.state == Job.REFUSED else fault_of(held)
    return on_page(told)


def next_on_page(held: HeldCase, status: Status) -> str:
    """Give what must be done next, in words of a page."""
    return on_page(FIRST if status.next.verb in ASKS_LINES and unmatched(held) else status.next.what)
