"""The first look at lines, from which they are taken in, or thrown away while the record knows nothing of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.errors import InputError, Refused
from ballotworthy.office import queue
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.pages.job import answer
from ballotworthy.office.rooms import case_of
from ballotworthy.office.uploads import LOOK, discard, is_staged, is_wanted, sheets_folder, sheets_read
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_intake_look import unlike


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:
    """Show what would come in, without a name; have it taken in or thrown away.

    Raises:
        InputError: the file is not there any more, or other numbers were counted than promised and nobody says why;
            the reading to be thrown away is not this case's own, or was taken in.
        Refused: they are being taken in.
    """
    job = Job.objects.filter(held=held, kind=LOOK, state=Job.DONE, pk=number).first()
    if job is None:
        raise Http404
    look, read = job.said["look"], job.said["sheets"]
    here = any(path.name == read for path in sheets_read()) if read else is_staged(job.said)
    differs = unlike(look, job.said)
    same = Job.objects.filter(kind="intake", state=Job.DONE, said__digest=look["digest"])
    taken = same.filter(held=held).exists()
    if request.method == "POST" and is_wanted(job.said):
        raise Refused("these lines are being taken in. See under “Jobs” how far that is.")
    if request.method == "POST" and "discard" in request.POST:
        _throw_away(request, held, job)
        return redirect("case", slug=held.slug)
    if request.method == "POST" and taken and not here:  # pressed a second time, as after going back
        messages.info(request, "These lines were taken in. Nothing was entered twice.")
        return redirect("case", slug=held.slug)
    if request.method == "POST":
        explained = request.POST.get("explained", "").strip()
        if differs and not explained:
            raise InputError("other numbers were counted than the filer promised: say why.")
        given: dict[str, Any] = {name: value for name, value in job.said.items() if name != "look"}
        asked = {**given, "explained": explained if differs else "", "digest": look["digest"]}
        return answer(request, queue.add(held, "intake", request.user, asked))
    return render(request, "lines_look.html", {
        "held": held, "may": may, "said": job.said, "look": look, "differs": differs, "here": here, "taken": taken,
        "elsewhere": not taken and (same.exists() or look.get("beside")),
        "remarks": on_page("\n".join(look["remarks"])).split("\n") if look["remarks"] else [],
        "open": case_of(held).frame.fixed is None, "own": bool(read) and _is_own(held, read), "scans": _scans(read),
    })  # fmt: skip


def _throw_away(request: HttpRequest, held: HeldCase, job: Job) -> None:
    """Delete a file that was looked at, or a reading of scans; the job of its first look says by whom."""
    if read := job.said["sheets"]:
        if not _is_own(held, read):
            raise InputError("this reading was not made for this case alone, or was taken in. It stays.")
        shutil.rmtree(sheets_folder() / read, ignore_errors=True)
        messages.info(request, "The reading is thrown away. Nothing of it stands in the record.")
    else:
        discard(job.said)
        messages.info(request, "The file is thrown away. Nothing of it stands in the record.")
    job.told = f"{job.told}\nThrown away by {request.user.name}."
    job.save(update_fields=["told"])


def _scans(read: str) -> Sequence[str]:
    """Give the names of the files that a reading of scans was made of; none where no job of this office read them."""
    made = Job.objects.filter(kind="sheets", state=Job.DONE, said__out=read).last() if read else None
    said = made.said if made else {}
    return said.get("names") or ([said["name"]] if "name" in said else ())


def _is_own(held: HeldCase, read: str) -> bool:
    """Tell whether scans were read here for this case, and no case has taken the reading in, or is at it."""
    intakes = Job.objects.filter(kind="intake", said__sheets=read, state__in=(*queue.OPEN, Job.DONE))
    made = Job.objects.filter(held=held, kind="sheets", state=Job.DONE, said__out=read)
    return made.exists() and not intakes.exists()
