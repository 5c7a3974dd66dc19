"""An office that speaks TLS itself: its pages by gunicorn, its certificate and key, and its doctor."""

from __future__ import annotations

import datetime as dt
import http.client
import io
import ipaddress
import json
import os
import signal
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from ballotworthy.errors import InputError
from ballotworthy.office.spoken import UNHURRIED, Spoken, Timed
from ballotworthy.office.tls import has_own_tls, read_certificate, usable
from office_desk import WORK
from test_office_serve import run, served

if TYPE_CHECKING:
    from office_site import Office

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
needs_gunicorn = pytest.mark.skipif(not has_own_tls(), reason="gunicorn of the extra office is not installed")


@dataclass(frozen=True)
class Pair:
    """A certificate and its key in files."""

    certificate: Path
    key: Path


@cache
def secret() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def made(folder: Path, until: dt.datetime = NOW + 90 * DAY, **more: Any) -> Pair:
    """Make a certificate that signs itself, and put it and its key into files."""
    key = more.get("key") or secret()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "an office")])
    names = [x509.DNSName(each) for each in more.get("names", ("localhost", "*.county.example"))]
    said = x509.SubjectAlternativeName([*names, x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    held = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(more.get("since", NOW - 400 * DAY)).not_valid_after(until).add_extension(said, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pair = Pair(folder / "office.pem", folder / "office.key")
    pair.certificate.write_bytes(held.public_bytes(Encoding.PEM))
    hidden = BestAvailableEncryption(b"secret") if more.get("sealed") else NoEncryption()
    pair.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden))
    pair.key.chmod(0o600)
    return pair


def asked(port: int, trusted: Path, path: str = "/sign-in", **headers: str) -> http.client.HTTPResponse:
    link = http.client.HTTPSConnection(
        "localhost", port, timeout=60, context=ssl.create_default_context(cafile=str(trusted))
    )
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer


def silent_at(port: int, trusted: Path, said: bytes) -> ssl.SSLSocket:
    """Open a connection, begin TLS, say this much of a request, and nothing more."""
    link = socket.create_connection(("127.0.0.1", port), timeout=20)
    spoken = ssl.create_default_context(cafile=str(trusted)).wrap_socket(link, server_hostname="localhost")
    spoken.sendall(said)
    return spoken


def ended(link: ssl.SSLSocket, until: float) -> bool:
    """Tell whether the office lets a connection go before a time."""
    link.settimeout(max(0.1, until - time.monotonic()))
    try:
        return not link.recv(1)
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.fixture(scope="module")
def over_tls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Serve a new office with its own certificate, ask it for some pages, renew the certificate, and kill it."""
    folder = tmp_path_factory.mktemp("tls")
    pair = made(folder)
    options = ("--tls-cert", str(pair.certificate), "--tls-key", str(pair.key), "--name", "localhost")
    with served(folder / "office", *options, PYTHONPATH=os.pathsep.join(sys.path)) as (told, server):
        port = int(told["address"].rpartition(":")[2])
        lies = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.7", "Forwarded": "proto=http"}
        answers = {
            "page": asked(port, pair.certificate), "lies": asked(port, pair.certificate, **lies),
            "other host": asked(port, pair.certificate, Host="other.example"),
            "large": asked(port, pair.certificate, **{"Content-Length": str(10**11)}),
        }  # fmt: skip
        half = silent_at(port, pair.certificate, b"GET /sign"), time.monotonic() + 6
        silent = [silent_at(port, pair.certificate, b"") for _ in range(33)]  # more than it has threads
        began = time.monotonic()
        answers["beside"] = asked(port, pair.certificate)
        waited = time.monotonic() - began
        made(folder, NOW + 30 * DAY, key=ec.generate_private_key(ec.SECP256R1()))
        renewed = asked(port, pair.certificate).status
        cut = ended(*half)
        form = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf="
        forms = [silent_at(port, pair.certificate, form) for _ in range(34)]
        began = time.monotonic()
        answers["beside forms"] = asked(port, pair.certificate)
        waited = max(waited, time.monotonic() - began)
        for each in (*silent, half[0], *forms):
            each.close()
        server.send_signal(signal.SIGKILL)
        server.wait(20)
        gone, until = False, time.monotonic() + 20
        while not gone and time.monotonic() < until:
            try:
                asked(port, pair.certificate)
            except OSError:
                gone = True
    return {
        "waited": waited, "cut": cut,
        "told": told, "port": port, "answers": answers, "renewed": renewed, "gone": gone, "folder": folder,
    }  # fmt: skip


@needs_gunicorn
def test_pages_come_by_tls_with_cookies_that_never_cross_a_network_in_the_clear(over_tls: dict[str, Any]) -> None:
    page = over_tls["answers"]["page"]
    assert over_tls["told"]["address"] == f"https://localhost:{over_tls['port']}"
    assert over_tls["told"]["first_manager"].startswith(f"https://localhost:{over_tls['port']}/invited/")
    assert (page.status, page.headers["Strict-Transport-Security"][:16]) == (200, "max-age=31536000")
    assert [part in page.headers["Set-Cookie"] for part in ("__Host-csrf-", "Secure", "HttpOnly")] == [True] * 3


@needs_gunicorn
def test_nobodys_word_for_who_asks_is_believed_and_what_is_too_large_is_not_read(over_tls: dict[str, Any]) -> None:
    said = {what: answer.status for what, answer in over_tls["answers"].items()}
    assert said == {"page": 200, "lies": 200, "beside": 200, "beside forms": 200, "other host": 400, "large": 413}


@needs_gunicorn
def test_who_begins_tls_and_says_no_request_keeps_nobody_waiting(over_tls: dict[str, Any]) -> None:
    assert over_tls["waited"] < 4
    assert over_tls["cut"] is True


@pytest.fixture
def spoken(tmp_path: Path) -> Iterator[tuple[Spoken, ssl.SSLSocket]]:
    """Give both ends of a connection under TLS, the office's first."""
    pair, (ours, theirs) = made(tmp_path), socket.socketpair()
    server = Timed(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pair.certificate, pair.key)
    trusting = ssl.create_default_context(cafile=str(pair.certificate))
    with ThreadPoolExecutor(1) as beside:
        said = beside.submit(trusting.wrap_socket, theirs, server_hostname="localhost")
        link = server.wrap_socket(ours, server_side=True)
        with link, said.result(timeout=20) as browser:
            yield link, browser


def test_the_time_for_a_request_ends_however_much_of_it_comes_but_not_for_who_is_signed_in(
    spoken: tuple[Spoken, ssl.SSLSocket], monkeypatch: pytest.MonkeyPatch
) -> None:
    link, browser = spoken
    for begin in (link.begin_head, link.begin_body):
        monkeypatch.undo()
        begin()
        browser.sendall(b"ab")
        assert link.recv(1) == b"a"
        later = time.monotonic() + 6
        monkeypatch.setattr("ballotworthy.office.spoken.time.monotonic", lambda at=later: at)
        with pytest.raises(TimeoutError):
            link.recv(1)
        link.unhurried()
        assert link.recv(1) == b"b"


def test_half_a_form_is_not_taken_for_a_whole_one_where_the_connection_ends(
    spoken: tuple[Spoken, ssl.SSLSocket],
) -> None:
    link, browser = spoken
    link.begin_body()
    browser.sendall(b"row=1")  # of row=14
    browser.close()
    assert link.recv(64) == b"row=1"
    with pytest.raises(ConnectionResetError):
        link.recv(64)


def test_a_form_may_take_its_time_from_who_is_signed_in_alone_and_one_cut_off_does_nothing(office: Office) -> None:
    from django.test import Client

    lifted: list[str] = []
    for name, client in (("", office.client()), ("anna", office.client("anna"))):
        client.post("/cases/demo/undo", **{UNHURRIED: lambda name=name: lifted.append(name)})
        client.get("/cases/demo", **{UNHURRIED: lambda: lifted.append("a page")})
    assert lifted == ["anna"]

    class Broken(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise TimeoutError

    anna: Client = office.client("anna")
    cut = anna.generic("POST", f"{WORK}/first/rule", "row=1", "application/x-www-form-urlencoded",
                       **{"wsgi.input": Broken()})  # fmt: skip
    assert (cut.status_code, "did not come" in cut.content.decode()) == (400, True)


@needs_gunicorn
def test_a_renewed_certificate_is_taken_without_a_start_and_no_process_outlives_the_first(
    over_tls: dict[str, Any],
) -> None:
    assert (over_tls["renewed"], over_tls["gone"]) == (200, True)


def test_a_certificate_that_no_browser_would_take_is_refused_before_the_office_begins(tmp_path: Path) -> None:
    good = made(tmp_path)
    assert usable(good.certificate, good.key, NOW).names == ("localhost", "*.county.example", "127.0.0.1")
    other = tmp_path / "other.key"
    stranger = ec.generate_private_key(ec.SECP256R1())
    other.write_bytes(stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for certificate, key, at, says in (
        (tmp_path / "none.pem", good.key, NOW, "there is no certificate at"),
        (good.certificate, tmp_path / "none.key", NOW, "there is no key at"),
        (good.key, good.key, NOW, "holds no certificate in PEM"),
        (good.certificate, good.certificate, NOW, "holds no private key in PEM"),
        (good.certificate, other, NOW, "is not that of the certificate"),
        (good.certificate, good.key, NOW + 91 * DAY, "ended on"),
        (good.certificate, good.key, NOW - 401 * DAY, "begins on"),
    ):
        with pytest.raises(InputError, match=says):
            usable(certificate, key, at)
    sealed = made(tmp_path, sealed=True)
    with pytest.raises(InputError, match="asks for a passphrase"):
        usable(sealed.certificate, sealed.key, NOW)


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("localhost", True), ("LOCALHOST", True), ("office.county.example", True), ("127.0.0.1", True),
        ("county.example", False), ("a.b.county.example", False), ("127.0.0.2", False), ("[::1]", False),
    ],
)  # fmt: skip
def test_a_certificate_is_for_its_names_alone(name: str, covered: bool, tmp_path: Path) -> None:
    pair = made(tmp_path)
    assert (read_certificate(pair.certificate, pair.key).lacks([name]) == []) is covered


def test_a_chain_that_is_cut_is_refused_before_anything_starts(tmp_path: Path) -> None:
    pair = made(tmp_path)
    begun = pair.certificate.read_bytes()[:300]
    with pair.certificate.open("ab") as file:
        file.write(begun)
    with pytest.raises(InputError, match=r"no browser could be answered|holds no certificate"):
        read_certificate(pair.certificate, pair.key)


def test_half_a_pair_and_an_office_without_a_name_are_refused(tmp_path: Path) -> None:
    pair = made(tmp_path)
    for options, says in (
        (("--tls-cert", pair.certificate), "--tls-cert and --tls-key go together"),
        (("--tls-cert", pair.certificate, "--tls-key", pair.key, "--host", "0.0.0.0"), "say under which name"),  # noqa: S104 # it is refused
    ):
        done = run("serve", tmp_path / "office", *options)
        assert (done.returncode, says in " ".join(done.stderr.split()), "Traceback" in done.stderr) == (2, True, False)
    assert not (tmp_path / "office").exists()


def test_the_doctor_looks_at_the_offices_own_certificate_and_key(office: Office, tmp_path: Path) -> None:
    from ballotworthy.office.doctor import examine
    from ballotworthy.office.reached import REACHED_FILE, Reached, keep_reached

    def said(pair: Pair, name: str = "office.county.example") -> tuple[bool, str]:
        keep_reached(office.folder, Reached(name, 443, True, str(pair.certificate), str(pair.key)))
        found = next(each for each in examine(office.folder) if each.what == "TLS")
        return found.well, found.words

    try:
        well, words = said(made(tmp_path))
        assert (well, "every station must be told to trust it" in words) == (True, True)
        pair = made(tmp_path, NOW + 3 * DAY)
        pair.key.chmod(0o644)
        well, words = said(pair, "elsewhere.example")
        parts = ("Renew it", "It is not for elsewhere.example", f"chmod 600 {pair.key}")
        assert (well, [part in words for part in parts]) == (False, [True] * 3)
        assert "ended on" in said(made(tmp_path, NOW - DAY))[1]
        pair.key.unlink()
        assert said(pair) == (False, f"there is no key at {pair.key}. Name the file that holds it.")
    finally:
        (office.folder / REACHED_FILE).unlink()


def test_the_start_says_what_is_missing_where_gunicorn_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from ballotworthy.office import serve as served_by
    from ballotworthy.office.settings import Site

    monkeypatch.setattr(served_by, "has_own_tls", lambda: False)
    pair = made(tmp_path)
    with pytest.raises(InputError, match=r"pip install 'ballotworthy\[office\]'"):
        served_by.serve(Site(tmp_path, tls=True, certificate=pair.certificate, key=pair.key), "127.0.0.1", 0, print)


def test_what_a_sibling_is_told_is_what_it_hears(tmp_path: Path) -> None:
    from ballotworthy.office.settings import Site
    from ballotworthy.office.siblings import heard, said_to

    site = Site(
        tmp_path, ("a.example",), True, "", None, "https://x.example/{voter_id}", tmp_path / "c", tmp_path / "k"
    )
    assert heard(said_to(site)) == site
    assert json.loads(said_to(site))["tls"] is True
