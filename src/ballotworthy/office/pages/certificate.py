"""What leaves the office: the certificate, and exports as the case's disclosure allows, each with its purpose."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.certificate import CERTIFICATE, Replaced, objectors_of, replaced_in, replaced_pdf
from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.office import practice, queue
from ballotworthy.office.claims import claims_of
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.pages.job import answer
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.uploads import packed, paper_replaced
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_export import AUDIENCES

EXPORT = "export"


def paper(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> FileResponse | HttpResponse:  # noqa: ARG001
    """Give the certificate that was signed last, also while every line is examined behind one that decided nothing.

    Of a case that is open again it leads to what says so of the certificate that was replaced.

    Raises:
        Http404: the case was never certified, or its paper is not there.
    """
    with entered(held) as room:
        pdf, case = room.folder / next(name for name in CERTIFICATE if name.endswith(".pdf")), case_of(held)
        if case.replaced and not case.standing.closed and not case.left_open:
            return redirect("replaced", slug=held.slug, number=case.replaced[-1].seq)
        if not (case.standing.closed or case.left_open) or not pdf.is_file():
            raise Http404
        return FileResponse(pdf.open("rb"), filename=f"{held.slug}-certificate.pdf")


def replaced(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:
    """Say of a certificate that it was replaced, by what order, and what stands in its place.

    Raises:
        Http404: no certificate of this case that was replaced has that number.
    """
    with entered(held):
        case = case_of(held)
        context = {"held": held, "may": may, "case": case, "replaced": _replaced(case, number)}
    return render(request, "replaced.html", context)


def replaced_paper(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> FileResponse:  # noqa: ARG001
    """Give the paper of such a certificate, marked on every page; it is made of the record once, and kept.

    Raises:
        Http404: as above.
    """
    with entered(held) as room:
        found = _replaced(room.case(), number)
        pdf = paper_replaced(held.slug, found.event.body["certificate"])
        if not pdf.is_file():
            with whole_file(pdf) as path:
                path.write_bytes(replaced_pdf(room.record, found))
    return FileResponse(pdf.open("rb"), filename=f"{held.slug}-certificate-{number}-replaced.pdf")


def _replaced(case: Case, number: int) -> Replaced:
    found = next((each for each in replaced_in(case) if each.event.seq == number), None)
    if found is None:
        raise Http404
    return found


def exports(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List the exports, by whom, when and for what; have another made, or change what they may carry.

    Raises:
        InputError: it says no audience or no purpose, or not why another disclosure holds.
    """
    if request.POST.get("act") == "disclose":
        return _disclose(request, held)
    if request.method == "POST":
        practice.check(case_of(held))
        said = {name: request.POST.get(name, "").strip() for name in ("audience", "purpose", "objector")}
        if said["audience"] not in AUDIENCES or not said["purpose"]:
            raise InputError("say for whom the export is, and for what: the list below keeps it.")
        return answer(request, queue.add(held, EXPORT, request.user, said))
    made = Job.objects.filter(held=held, kind=EXPORT).select_related("account").order_by("-pk")
    case = case_of(held)
    certified = case.standing.certified
    since = dt.datetime.fromisoformat(certified.at) if certified else None
    listed = [
        (job, job.state == Job.DONE and packed(job).is_file(), since is not None and job.at < since) for job in made
    ]
    objectors = objectors_of(claims_of(held)) if case.disputes else {}
    context = {
        "held": held, "may": may, "listed": listed, "audiences": AUDIENCES, "case": case, "objectors": objectors,
    }  # fmt: skip
    return render(request, "exports.html", context)


def _disclose(request: HttpRequest, held: HeldCase) -> HttpResponse:
    """Enter what exports may carry from now on, and why."""
    said = {name: request.POST.get(name, "").strip() for name in ("disclosure", "why")}
    if not all(said.values()):
        raise InputError("say what exports may carry, and what orders it: the record keeps it.")
    with entered(held) as room:
        enter_event(room, "disclosed", said, by=request.user.name)
    messages.success(request, "From now on exports carry that; what was exported before stays as it is.")
    return redirect("exports", slug=held.slug)


def exported(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> FileResponse:  # noqa: ARG001
    """Give the folder of an export as one ZIP file; never a name, an image or a secret key."""
    job = Job.objects.filter(held=held, kind=EXPORT, pk=number, state=Job.DONE).first()
    if job is None or not packed(job).is_file():
        raise Http404
    return FileResponse(packed(job).open("rb"), as_attachment=True, filename=packed(job).name)
