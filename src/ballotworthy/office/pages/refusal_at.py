"""A refusal that is shown at the form that was sent, with what was typed in it kept; a file is chosen again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.uploads import LOOK
from ballotworthy.office.words import on_page

FORMS = {LOOK: "lines", "sheets": "scans", "snapshot": "register"}
"""The forms of a case's page, by the kind of job that each puts in the queue."""
EITHER = "either"
"""What a form says of days whose order nobody knows: both readings stay open."""


@dataclass(frozen=True)
class Refusal:
    """Why what a form asked for was refused, with which status, and what was typed in it, by the names of fields."""

    form: str
    words: str
    status: int
    typed: Mapping[str, Any]


def sent(form: str, words: str, status: int, request: HttpRequest) -> Refusal:
    """Give the refusal of a form as it was just sent."""
    return Refusal(form, words, status, request.POST.dict())


def of_job(job: Job) -> Refusal | None:
    """Give the refusal of the job that a form put in the queue; None for jobs of other forms."""
    if job.kind not in FORMS or job.state != Job.REFUSED:
        return None
    return Refusal(FORMS[job.kind], on_page(job.told), job.status, _typed(job.said))


def asked_for(request: HttpRequest, held: HeldCase) -> Refusal | None:
    """Give the refusal to which a job's page led: `?refused=` and the job, which is one's own."""
    number = request.GET.get("refused", "")
    if request.method != "GET" or not number.isdecimal():
        return None
    job = Job.objects.filter(held=held, account=request.user, pk=int(number[:18])).first()
    return of_job(job) if job else None


def _typed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a job was told as its form has it."""
    told = {name: value for name, value in said.items() if isinstance(value, str | int) and not isinstance(value, bool)}
    statuses = {f"status {code}": standing for code, standing in said.get("statuses", {}).items()}
    columns = {**said.get("columns", {}), **statuses}
    marks = {"lenient": said.get("lenient"), "headless": said.get("heading", True) is False}
    return {
        **told, "columns": "\n".join(f"{name}={value}" for name, value in columns.items()),
        "dates": EITHER if said.get("settled", True) is False else said.get("dates") or "",
        "form": "place" if said.get("place") else "",
        **{name: "on" for name, is_set in marks.items() if is_set},
    }  # fmt: skip
