"""Pictures: of a line and its cells from the case's private folder; reference signatures from the office's."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.casework.ruled import named_roll
from ballotworthy.office.benches import bench_of
from ballotworthy.office.languages import say
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.shown_signatures import GIVEN, is_plain, was_shown
from ballotworthy.office.signatures import KINDS, NOT_SHOWN, NotShown, signatures_address, signatures_of
from ballotworthy.verbs.case_bench import voter_of
from ballotworthy.verbs.case_scans import ORDER, cells_pictured

Answer = TypeVar("Answer", HttpResponse, FileResponse)


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str) -> HttpResponse:  # noqa: ARG001
    """Give the picture of a line; a browser may keep it for the session, and nobody else may."""
    with entered(held) as room:
        return _answer(picture_of(room.case(), room.folder, line))


def cell(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str, field: str) -> HttpResponse:  # noqa: ARG001
    """Give the picture of a cell of a line."""
    with entered(held) as room:
        known = field in ORDER and line in room.case().frame.at
        return _answer(cells_pictured(room, line, (field,)).get(field) if known else None)


def signature(request: HttpRequest, held: HeldCase, may: frozenset[str], row: int, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a reference signature of the voter in a row of the roll, to whom a page showed him; nobody judges it here.

    One that the address of the office does not give is told in a sentence: the desk shows it in the picture's place.
    """
    roll = named_roll(case_of(held))
    bench = bench_of(held) if was_shown(held, request.user, roll, row, request.GET.get(GIVEN, "")) else None
    if bench is None or bench.digest != roll:
        return _why(NotShown(NOT_SHOWN))
    voter = voter_of(bench, row)
    if (address := signatures_address()) is None:
        found = signatures_of(voter, lambda: is_plain(bench))
        return _unkept(_answer(found[number - 1] if 0 < number <= len(found) else None, "signature"))
    try:
        picture = address.picture_of(voter)
    except NotShown as error:
        return _why(error)
    return _unkept(HttpResponse(picture.content, content_type=picture.kind))


def _why(error: NotShown) -> HttpResponse:
    return HttpResponse(say(str(error)), status=error.status, content_type="text/plain; charset=utf-8")


def picture_of(case: Case, folder: Path, line: str) -> Path | None:
    """Give the file named by the digest that the frame says of a line; None where there is none."""
    if line not in case.frame.at or not (digest := case.frame.line(line).image):
        return None
    images = (folder / PRIVATE / IMAGES / f"{digest}{ending}" for ending in KINDS)
    return next((path for path in images if path.is_file()), None)


def shown_first(room: Room, case: Case, slug: str, line: str) -> list[str]:
    """Give the addresses of the pictures that stand on the page of a line at once: of its cells, or of all of it."""
    if picture_of(case, room.folder, line) is None:
        return []
    cells = cells_pictured(room, line)
    return [reverse("cell", args=(slug, line, each)) for each in cells] or [reverse("picture", args=(slug, line))]


def _answer(found: Path | None, called: str = "picture") -> HttpResponse:
    """Give a picture under a plain name: that of a file may be a voter's id."""
    if found is None:
        raise Http404
    ending = found.suffix.lower()
    return _private(FileResponse(found.open("rb"), filename=f"{called}{ending}", content_type=KINDS[ending]))


def _unkept(answer: Answer) -> Answer:
    """Let no browser keep a reference signature: the desk asks anew, and gets what the office has by then."""
    answer["Cache-Control"] = "private, no-store"
    return answer


def _private(answer: Answer) -> Answer:
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
