"""The whole way over a real provider, a process that signs its tokens: there, signed in, back, and into the office."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")
requests = pytest.importorskip("requests")

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

PROVIDER = Path(__file__).parent / "openid_provider.py"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Give the address of a provider that runs."""
    with subprocess.Popen([sys.executable, str(PROVIDER)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture
def client(office: Office, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """Give a browser of an office that goes by the provider, in which nobody is signed in; anna is known there."""
    from django.conf import settings

    from ballotworthy.office.openid import read_openid

    said = {"name": "County", "server": server, "client_id": "ballotworthy", "client_secret": "of a test"}
    (tmp_path / "openid.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in said.items()), "utf-8")
    openid = read_openid(tmp_path)
    assert openid
    monkeypatch.setattr(settings, "OFFICE_OPENID", openid)
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", openid.provider())
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    office.client("manager").post("/people/known-as", {"name": "anna", "known_as": "anna.sharp"})
    return office.client()


def come_back(client: Client, person: str, **wrong: str) -> int:
    """Go to the provider by the link, sign in there as a person, and come back; give the office's answer."""
    there = client.get("/openid/begin").headers["Location"]
    assert requests.get(there, timeout=30).status_code == 200  # its form
    back = requests.post(there, {"person": person, **wrong}, allow_redirects=False, timeout=30).headers["Location"]
    assert back.startswith("http://testserver/openid/office/callback?")
    return int(client.get("/openid/office/callback", dict(parse_qsl(urlsplit(back).query))).status_code)


def test_who_signs_in_at_the_provider_comes_into_the_office(client: Client) -> None:
    assert come_back(client, "anna.sharp") == 302
    page = client.get("/").text
    assert "An invented initiative of Exampleland" in page
    assert "anna" in page


@pytest.mark.parametrize(
    ("person", "wrong"),
    [
        ("somebody.else", {}),
        ("anna.sharp", {"audience": "another office"}),
        ("anna.sharp", {"end": "2"}),
    ],
)
def test_who_is_not_known_or_whose_token_is_for_another_or_has_ended_stays_outside(
    client: Client, person: str, wrong: dict[str, str]
) -> None:
    assert come_back(client, person, **wrong) == 403
    assert client.get("/").status_code == 302


def test_a_code_is_good_once_and_for_the_browser_that_asked(client: Client, office: Office) -> None:
    there = client.get("/openid/begin").headers["Location"]
    back = requests.post(there, {"person": "anna.sharp"}, allow_redirects=False, timeout=30).headers["Location"]
    answer = dict(parse_qsl(urlsplit(back).query))
    assert office.client().get("/openid/office/callback", answer).status_code == 403
    assert client.get("/openid/office/callback", answer).status_code == 302
    again = office.client()
    assert again.get("/openid/office/callback", answer).status_code == 403
    assert again.get("/").status_code == 302
