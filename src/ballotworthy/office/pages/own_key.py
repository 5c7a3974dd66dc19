"""A key of one's own, with which a person signs as the second: made here, given to him once, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.errors import InputError
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.verbs.case_second import name_second_key

MOST = 4_096
"""Bytes of a file of a key."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Say what the key is for; make it, name its public half in the record and give the file to its person alone.

    Raises:
        Refused: the record has no place for it.
    """
    person = request.user.name
    if request.method != "POST":
        case = case_of(held)
        key = case.second_key(person, case.link.seq)
        return render(request, "own_key.html", {"held": held, "may": may, "key": key})
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work, entered(held) as room:
        made = Path(work) / "own.key"
        name_second_key(room, person, made, by=person)
        secret = made.read_bytes()
    answer = HttpResponse(secret, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{held.slug}-{person}.key"'
    return answer


@contextmanager
def key_given(request: HttpRequest) -> Iterator[Path | None]:
    """Give the file of the key that came with a signature; it is deleted as soon as the act is done.

    Raises:
        InputError: it is too large to be one.
    """
    given = request.FILES.get("key")
    if given is None:
        yield None
        return
    if given.size is None or given.size > MOST:
        raise InputError("that file is too large for a key. Choose the file that was given to you when it was made.")
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work:
        path = Path(work) / "own.key"
        path.touch(mode=0o600)
        path.write_bytes(given.read())
        try:
            yield path
        except InputError as error:
            raise type(error)(str(error).replace(str(path), "the file of the key")) from error
