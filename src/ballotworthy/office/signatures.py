"""Reference signatures of voters: from a folder, or fetched from an address of the office's; neither is ever written.

The browser asks the office and nobody else. The office asks one host, by one template, with the voter's id in it: it
follows no redirect, takes pictures alone, none that is large, and waits a few seconds. What it was given stays in
memory for some minutes, and for some seconds that the address did not answer, so that no desk waits over and over.
"""

from __future__ import annotations

import http.client
import re
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from socket import SHUT_RDWR
from threading import BoundedSemaphore, Lock, Timer
from urllib.parse import quote, urlsplit

from django.conf import settings

from ballotworthy.errors import InputError

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
BEGINNINGS = {"image/png": (b"\x89PNG\r\n\x1a\n",), "image/jpeg": (b"\xff\xd8\xff",), "image/webp": (b"RIFF",)}
VOTER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,79}\Z")
"""Ids by which a file is looked for or an address made; another cannot name one safely."""
MOST_SIGNATURES = 6
FIELD = "{voter_id}"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECONDS, IN_ALL = 4.0, 6.0
"""How long the address may be silent, and how long it may take in all."""
MOST_BYTES = 2_000_000
AT_ONCE = 3
"""So many are fetched at the same time: the other threads answer pages, whatever the address does."""
KEPT, KEPT_BYTES, KEPT_FOR, SILENT_FOR = 300, 20_000_000, 600.0, 20.0
"""How many pictures stay in memory, of how many bytes in all, for how many seconds; and that nobody answers."""
PIECE = 65_536


@dataclass(frozen=True)
class Why:
    """Why a reference signature is not shown: a sentence for whoever decides, and the status that bears it."""

    words: str
    status: HTTPStatus = HTTPStatus.BAD_GATEWAY


NOT_HELD = Why("There is no reference signature of this voter at the office's address.", HTTPStatus.NOT_FOUND)
NO_ANSWER = Why("The address of the reference signatures does not answer. Decide without, or look again in a minute.")
REFUSED = Why("The address of the reference signatures answers with an error. Tell who runs the office.")
NO_PICTURE = Why("The address of the reference signatures gave no picture, or one too large. Tell who runs the office.")
ELSEWHERE = Why(
    "The address of the reference signatures sends elsewhere; that is not followed. Tell who runs the office."
)
BUSY = Why("Many reference signatures are asked for at once. Look again in a moment.", HTTPStatus.SERVICE_UNAVAILABLE)
NOT_SHOWN = Why(
    "Reference signatures are shown beside lines on your own desk. Load the page again, if this line lies there.",
    HTTPStatus.NOT_FOUND,
)
EVERY = (NOT_HELD, NO_ANSWER, REFUSED, NO_PICTURE, ELSEWHERE, BUSY, NOT_SHOWN)


class NotShown(Exception):  # it is no fault of ours: what stands in the picture's place
    """A reference signature is not shown; it says nothing of the voter."""

    def __init__(self, why: Why) -> None:
        """Take why."""
        super().__init__(why.words)
        self.status = why.status.value


@dataclass(frozen=True)
class Asked:
    """Where reference signatures are: a folder, an address, or nowhere."""

    folder: Path | None = None
    address: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture as it was given, and what it is."""

    content: bytes
    kind: str


def read_asked(text: str) -> Asked:
    """Read where reference signatures are, as `office serve --signatures` is given it.

    Raises:
        InputError: there is no such folder, or the address is none that is asked.
    """
    if not re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        folder = Path(text)
        if not folder.is_dir():
            raise InputError(f"there is no folder {text}. Name the one that holds the reference signatures.")
        return Asked(folder.absolute())
    if fault := _fault_of(text):
        raise InputError(
            f"the address of the reference signatures {fault}. Write it as "
            "https://signatures.county.example/{voter_id}.png."
        )
    return Asked(address=text)


def _fault_of(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "cannot be read"
    if not host:
        return "names no host"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return "is not https, so ids and signatures would cross a network in the clear"
    if parts.username is not None or parts.password is not None:
        return "holds a name or a password, which would stand in the list of processes"
    if parts.fragment or any(mark.isspace() or not mark.isprintable() or not mark.isascii() for mark in text):
        return "holds a blank, a # or a letter that an address has not"
    at = f"{parts.path}?{parts.query}"
    if at.count(FIELD) != 1 or "{" in text.replace(FIELD, "") or "}" in text.replace(FIELD, ""):
        return f"does not say {FIELD} once, behind the host, and nothing else in braces"
    return ""


def how_many(voter_id: str, is_plain: Callable[[], bool]) -> int:
    """Give how many pictures stand beside a voter: those in the folder, or one, which the address may not hold.

    `is_plain` tells whether no id ends as the names of further pictures do.
    """
    if signatures_address() is not None:
        return 1 if VOTER.match(voter_id) else 0
    return len(signatures_of(voter_id, is_plain))


def signatures_of(voter_id: str, is_plain: Callable[[], bool]) -> list[Path]:
    """Give the reference signatures of a voter: ID.png, then ID-1.png, ID-2.png; none where no folder is named.

    Where ids themselves may end so, ID.png alone: the others could be another voter's.
    """
    folder: Path | None = settings.OFFICE_SIGNATURES
    if folder is None or not VOTER.match(voter_id):
        return []
    names = [voter_id, *(f"{voter_id}-{number}" for number in range(1, MOST_SIGNATURES) if is_plain())]
    files = (folder / f"{name}{ending}" for name in names for ending in KINDS)
    return [path for path in files if path.is_file()]


def signatures_address() -> Address | None:
    """Give the address of the office's reference signatures; None where it has none."""
    template: str = settings.OFFICE_SIGNATURES_AT
    return _address(template) if template else None


@lru_cache(maxsize=1)
def _address(template: str) -> Address:
    return Address(template)


class Address:
    """One address of reference signatures, and what it gave of late; threads share it."""

    def __init__(self, template: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the template, with the field for the voter's id, and a clock that only goes forward."""
        self._template, self._clock = template, clock
        self._gave: OrderedDict[str, tuple[float, Picture | Why]] = OrderedDict()
        self._silent_until = 0.0
        self._lock, self._at_once = Lock(), BoundedSemaphore(AT_ONCE)

    def picture_of(self, voter_id: str) -> Picture:
        """Give the reference signature of a voter.

        Raises:
            NotShown: there is none, the address does not answer, or gives what is not shown.
        """
        if not VOTER.match(voter_id):
            raise NotShown(NOT_HELD)
        found = self._kept(voter_id) or self._asked(voter_id)
        if isinstance(found, Picture):
            return found
        raise NotShown(found)

    def _kept(self, voter_id: str) -> Picture | Why | None:
        with self._lock:
            until, found = self._gave.get(voter_id, (0.0, None))
            if found is None or self._clock() >= until:
                return None
            self._gave.move_to_end(voter_id)
            return found

    def _asked(self, voter_id: str) -> Picture | Why:
        if self._clock() < self._silent_until:
            return NO_ANSWER
        if not self._at_once.acquire(timeout=SECONDS):
            return BUSY
        try:
            found = self._fetch(voter_id)
        except (OSError, http.client.HTTPException, ValueError):  # its words name the address, and so the voter
            self._silent_until = self._clock() + SILENT_FOR
            return NO_ANSWER
        finally:
            self._at_once.release()
        self._keep(voter_id, found, SILENT_FOR if isinstance(found, Why) and found is not NOT_HELD else KEPT_FOR)
        return found

    def _keep(self, voter_id: str, found: Picture | Why, seconds: float) -> None:
        with self._lock:
            self._gave[voter_id] = (self._clock() + seconds, found)
            self._gave.move_to_end(voter_id)
            while len(self._gave) > KEPT or self._bytes() > KEPT_BYTES:
                self._gave.popitem(last=False)

    def _bytes(self) -> int:
        return sum(len(found.content) for _, found in self._gave.values() if isinstance(found, Picture))

    def _fetch(self, voter_id: str) -> Picture | Why:
        """Ask the host for one picture."""
        until = self._clock() + IN_ALL
        parts = urlsplit(self._template)
        host = str(parts.hostname)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        link = (
            http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=_trusting())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
        )
        end = Timer(IN_ALL, _hang_up, [link])
        end.daemon = True
        end.start()
        try:
            link.request("GET", target.replace(FIELD, quote(voter_id, safe="")), headers={"Accept": "image/*"})
            answer = link.getresponse()
            if self._clock() > until:
                raise TimeoutError
            if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                return NOT_HELD
            if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
                return ELSEWHERE
            if answer.status != HTTPStatus.OK:
                return REFUSED
            kind = answer.headers.get_content_type()
            content = self._read(answer, until) if kind in BEGINNINGS else b""
            if not content.startswith(BEGINNINGS.get(kind, ())):
                return NO_PICTURE
            return Picture(content, kind)
        finally:
            end.cancel()
            link.close()

    def _read(self, answer: http.client.HTTPResponse, until: float) -> bytes:
        """Read a picture; nothing where it is too large."""
        read = b""
        while piece := answer.read1(PIECE):
            read += piece
            if len(read) > MOST_BYTES:
                return b""
            if self._clock() > until:
                raise TimeoutError
        return b"" if answer.length else read  # what was promised did not come whole


def _hang_up(link: http.client.HTTPConnection) -> None:
    """End a connection whose answer does not come to its end, even where single bytes of it do."""
    with suppress(OSError):
        if link.sock is not None:
            link.sock.shutdown(SHUT_RDWR)


@lru_cache(maxsize=1)
def _trusting() -> ssl.SSLContext:
    """Give TLS that trusts what this machine trusts (SSL_CERT_FILE names others), for the host's name alone."""
    return ssl.create_default_context()
