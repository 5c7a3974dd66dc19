"""Reference signatures from an address of the office's: what is asked, what is shown, what is told instead."""

from __future__ import annotations

import http.server
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.errors import InputError
from ballotworthy.office.signatures import (
    BUSY,
    ELSEWHERE,
    MOST_BYTES,
    NO_ANSWER,
    NO_PICTURE,
    NOT_HELD,
    REFUSED,
    SILENT_FOR,
    Address,
    NotShown,
    Why,
    read_asked,
)

if TYPE_CHECKING:
    from pathlib import Path

    from office_site import Office

PNG = b"\x89PNG\r\n\x1a\n" + b"signature"
GIVES: dict[str, tuple[int, str, bytes]] = {
    "none": (404, "text/html", b"none"),
    "gone": (410, "text/html", b"none"),
    "broken": (500, "text/html", b"a fault"),
    "locked": (403, "text/html", b"no"),
    "moved": (302, "text/html", b""),
    "page": (200, "text/html", b"<script>"),
    "drawing": (200, "image/svg+xml", b"<svg onload=alert(1)>"),
    "false": (200, "image/png", b"<html>"),
    "huge": (200, "image/png", PNG + b"x" * MOST_BYTES),
}


class Signatures(http.server.BaseHTTPRequestHandler):
    """A county's server of signatures; it notes what was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer as the id wants it."""
        self.asked.append(self.path)
        status, kind, body = GIVES.get(self.path.removeprefix("/s/").removesuffix(".png"), (200, "image/png", PNG))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Location", "http://127.0.0.1:1/s/other.png")
        if "cut" in self.path:
            self.send_header("Content-Length", str(len(body) + 9))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def county() -> Iterator[tuple[str, list[str]]]:
    """Give the template of a county's server, and what is asked of it."""
    asked: list[str] = []
    handler = type("Handler", (Signatures,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/s/{{voter_id}}.png", asked
        server.shutdown()


def why(address: Address, voter: str) -> str:
    with pytest.raises(NotShown) as told:
        address.picture_of(voter)
    assert voter not in str(told.value)
    return str(told.value)


def test_a_picture_is_fetched_once_and_kept_for_some_minutes(county: tuple[str, list[str]]) -> None:
    template, asked = county
    time = [0.0]
    address = Address(template, clock=lambda: time[0])
    assert [address.picture_of("A 1-b").content for _ in range(3)] == [PNG] * 3
    assert asked == ["/s/A%201-b.png"]
    time[0] = 1e6
    assert address.picture_of("A 1-b").kind == "image/png"
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("voter", "told"),
    [
        ("none", NOT_HELD), ("gone", NOT_HELD), ("broken", REFUSED), ("locked", REFUSED), ("moved", ELSEWHERE),
        ("page", NO_PICTURE), ("drawing", NO_PICTURE), ("false", NO_PICTURE), ("huge", NO_PICTURE),
        ("cut", NO_PICTURE),
    ],
)  # fmt: skip
def test_what_is_no_picture_of_the_voter_is_told_and_not_asked_again_at_once(
    county: tuple[str, list[str]], voter: str, told: Why
) -> None:
    template, asked = county
    address = Address(template, clock=lambda: 1.0)
    assert [why(address, voter) for _ in range(2)] == [told.words] * 2
    assert asked == [f"/s/{voter}.png"]


@pytest.mark.parametrize("voter", ["../x", "a/b", "", ".hidden", "a\nb", "a?b=c", "a#b", "x" * 99, "é"])
def test_an_id_that_could_lead_elsewhere_is_never_asked(county: tuple[str, list[str]], voter: str) -> None:
    template, asked = county
    with pytest.raises(NotShown):
        Address(template).picture_of(voter)
    assert asked == []


def test_an_address_that_answers_byte_by_byte_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballotworthy.office.signatures.IN_ALL", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=(server,), daemon=True).start()
        address = Address(f"http://127.0.0.1:{server.getsockname()[1]}/{{voter_id}}.png")
        assert why(address, "A1") == NO_ANSWER.words


def _drip(server: socket.socket) -> None:
    """Answer with a header that has no end."""
    link, _ = server.accept()
    with link, suppress(OSError):
        link.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            link.sendall(b"x")
            threading.Event().wait(0.05)


def test_an_address_that_does_not_answer_is_left_alone_for_a_while() -> None:
    time = [1.0]
    address = Address("http://127.0.0.1:1/{voter_id}.png", clock=lambda: time[0])
    assert why(address, "one") == NO_ANSWER.words
    address._fetch = lambda _: BUSY  # type: ignore[method-assign] # it is not to be reached
    assert why(address, "two") == NO_ANSWER.words
    time[0] += SILENT_FOR
    assert why(address, "two") == BUSY.words


@pytest.mark.parametrize(
    "text",
    [
        "http://signatures.example/{voter_id}.png", "https://signatures.example/x.png",
        "https://{voter_id}.example/x.png", "https://a:b@signatures.example/{voter_id}.png",
        "https://signatures.example/{voter_id}/{voter_id}.png", "https://signatures.example/{voter_id}#x",
        "https://signatures.example/{voter_id}/{county}.png", "https://signatures.example/ {voter_id}.png",
        "https:///{voter_id}.png", "file:///tmp/{voter_id}.png", "https://signatures.example:x/{voter_id}.png",
        "ftp://signatures.example/{voter_id}.png", "http://127.0.0.1.example/{voter_id}.png", "/no/such/folder",
    ],
)  # fmt: skip
def test_an_address_that_is_not_one_host_by_tls_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_asked(text)


def test_addresses_and_folders_are_told_apart(tmp_path: Path) -> None:
    assert read_asked(str(tmp_path)).folder == tmp_path
    for text in ("https://signatures.county.example:8443/s?id={voter_id}", "http://localhost:9/{voter_id}"):
        assert (read_asked(text).address, read_asked(text).folder) == (text, None)


def test_the_desk_shows_what_the_address_gives_and_the_browser_asks_the_office_alone(
    office: Office, county: tuple[str, list[str]]
) -> None:
    from django.test import override_settings

    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_bench import voter_of

    template, asked = county
    anna = office.client("anna")
    with override_settings(OFFICE_SIGNATURES_AT=template):
        page = anna.get("/cases/demo/work/first")
        row = int(re.findall(r'name="row" value="(\d+)"', page.text)[0])
        (address,) = re.findall(rf'src="(/cases/demo/signature/{row}/1\?by=[^"]+)"', page.text)
        assert (template[:20] in page.text, asked) == (False, [])
        assert "img-src 'self'" in page.headers["Content-Security-Policy"]
        shown = anna.get(address)
        assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")
        assert shown.headers["Cache-Control"] == "private, no-store"
        voter = voter_of(bench_of(HeldCase.objects.get(slug="demo")), row)
        assert asked == [f"/s/{voter}.png"]
        assert office.client("otto").get(address).status_code == 403
    with override_settings(OFFICE_SIGNATURES_AT="http://127.0.0.1:1/{voter_id}.png"):
        told = anna.get(address, headers={"Accept-Language": "es"})
        assert (told.status_code, told.headers["Content-Type"]) == (502, "text/plain; charset=utf-8")
        assert told.text.startswith("La dirección de las firmas de referencia no ")
        assert told.headers["Cache-Control"] == "no-store, private"
