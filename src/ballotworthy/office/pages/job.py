"""A job as people see it: how far it is, what came of it, and a button that cancels it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ballotworthy.office import queue
from ballotworthy.office.jobs.words import WORDS
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.pages.refusal_at import of_job
from ballotworthy.office.refusals import refused
from ballotworthy.office.uploads import LOOK
from ballotworthy.office.words import on_page

PATIENCE = 3.0
"""Seconds that a form waits for its job; what takes longer has a page."""
SHOWN = 50
WAITED = "waited"
"""In the address of a job's page to which a form led: it goes on to what came of it."""


def answer(request: HttpRequest, job: Job) -> HttpResponse:
    """Answer the form that put a job in the queue: with what came of it, or with the job's page where it takes long."""
    job = queue.waited(job, PATIENCE)
    if job.state not in (Job.DONE, Job.REFUSED):
        return redirect(f"{reverse('job', kwargs={'slug': job.held.slug, 'number': job.pk})}?{WAITED}")
    return _told(request, job)


def first_look(held: HeldCase, snapshot: str) -> HttpResponse:
    """Lead to the first look at a snapshot."""
    return redirect(f"{reverse('register', kwargs={'slug': held.slug})}?{urlencode({'snapshot': snapshot})}")


def _told(request: HttpRequest, job: Job) -> HttpResponse:
    if job.state == Job.REFUSED:
        return refused(request, on_page(job.told), job.status)
    if job.kind == "snapshot":
        return first_look(job.held, job.said["snapshot"])  # which shows what came of it
    if job.kind == LOOK:
        return redirect("lines-look", slug=job.held.slug, number=job.pk)
    first, *remarks = on_page(job.told).split("\n")
    messages.success(request, first)
    for remark in remarks:
        messages.info(request, remark)
    return redirect("exports" if job.kind == "export" else "case", slug=job.held.slug)


def listing(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List the case's jobs, the newest first."""
    jobs = Job.objects.filter(held=held).select_related("account").order_by("-pk")[:SHOWN]
    listed = [(WORDS[job.kind], job, on_page(job.told)) for job in jobs]
    return render(request, "jobs.html", {"held": held, "may": may, "listed": listed, "shown": SHOWN})


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:
    """Show how far a job is; the page asks again by itself until it has ended."""
    job = _job(held, number)
    if WAITED in request.GET and of_job(job) and job.account == request.user:
        return redirect(f"{reverse('case', kwargs={'slug': held.slug})}?refused={job.pk}")
    if WAITED in request.GET and job.state in (Job.DONE, Job.REFUSED):
        return _told(request, job)
    context = {
        "held": held, "may": may, "job": job, "what": WORDS[job.kind], "told": on_page(job.told).split("\n"),
        "waits": Job.objects.filter(state__in=queue.OPEN, pk__lt=job.pk).count(),
    }  # fmt: skip
    shown = render(request, "job.html", context)
    if job.state in queue.OPEN:
        shown["Refresh"] = "2"
    return shown


@require_POST
def cancel(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:  # noqa: ARG001
    """Cancel it."""
    job = _job(held, number)
    queue.cancel(job)
    messages.info(request, "Cancelled. What was done before stands.")
    return redirect("job", slug=held.slug, number=number)


def _job(held: HeldCase, number: int) -> Job:
    found: Job | None = Job.objects.filter(held=held, pk=number).select_related("account").first()
    if found is None:
        raise Http404
    return found
