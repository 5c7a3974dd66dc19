"""Signing in by the office's own service: who was named beside an account comes in, and nobody else."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

SERVER = "https://people.county.example"
FILE = f"""
name = "County sign-in"
server = "{SERVER}"
client_id = "ballotworthy"
client_secret = "of a test"
"""


class Service:
    """A provider that answers as OpenID Connect Discovery 1.0 and Core 1.0 say, and vouches for whom it is told."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.silent = False
        self.issuer = SERVER

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def get(self, url: str, **_: object) -> SimpleNamespace:
        import requests

        if self.silent:
            raise requests.ConnectionError
        found = {
            f"{SERVER}/.well-known/openid-configuration": {
                "issuer": self.issuer, "authorization_endpoint": f"{SERVER}/authorize",
                "token_endpoint": f"{SERVER}/token", "userinfo_endpoint": f"{SERVER}/userinfo",
                "jwks_uri": f"{SERVER}/keys",
            },
            f"{SERVER}/userinfo": self.person,
        }  # fmt: skip
        return SimpleNamespace(json=lambda: found[url], raise_for_status=lambda: None)

    def request(self, _method: str, _url: str, **sent: Any) -> SimpleNamespace:
        self.sent = sent["data"]
        answer = {"access_token": "t", "token_type": "Bearer"}
        return SimpleNamespace(status_code=200, headers={"content-type": "application/json"}, json=lambda: answer)


@pytest.fixture
def service(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Service:
    from django.conf import settings

    from ballotworthy.office.adapters import ProviderAdapter
    from ballotworthy.office.openid import read_openid

    assert office.folder.is_dir()
    (tmp_path / "openid.toml").write_text(FILE, "utf-8")
    openid = read_openid(tmp_path)
    assert openid
    provider = Service()
    monkeypatch.setattr(settings, "OFFICE_OPENID", openid)
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", openid.provider())
    monkeypatch.setattr(ProviderAdapter, "get_requests_session", lambda _self: provider)
    return provider


def come(office: Office, person: dict[str, Any], service: Service) -> tuple[Client, int]:
    """Go there by the link and come back as a person; give the browser and the answer's status."""
    client = office.client()
    there = client.get("/openid/begin").headers["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert (there.startswith(f"{SERVER}/authorize?"), asked["code_challenge_method"]) == (True, ["S256"])
    assert asked["redirect_uri"] == ["http://testserver/openid/office/callback"]
    service.person = person
    back = client.get("/openid/office/callback", {"code": "c", "state": asked["state"][0]})
    return client, back.status_code


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def named(office: Office, known_as: str) -> None:
    office.client("manager").post("/people/known-as", {"name": "anna", "known_as": known_as})


def test_whom_a_manager_named_comes_in_and_afterwards_the_subject_counts(office: Office, service: Service) -> None:
    anna = {"sub": "s-1", "preferred_username": "anna.sharp", "email": "a@county.example"}
    assert not is_in(come(office, anna, service)[0])
    named(office, "anna.sharp")
    client, status = come(office, anna, service)
    assert (status, is_in(client)) == (302, True)
    assert "code_verifier" in service.sent
    assert is_in(come(office, {**anna, "preferred_username": "anna.wed"}, service)[0])
    another = {"sub": "s-2", "preferred_username": "anna.sharp"}
    assert come(office, another, service)[1] == 403


def test_who_is_no_longer_known_or_whose_account_is_closed_does_not_come_in(office: Office, service: Service) -> None:
    anna = {"sub": "s-1", "preferred_username": "anna.sharp"}
    named(office, "anna.sharp")
    assert is_in(come(office, anna, service)[0])
    office.client("manager").post("/people/close", {"name": "anna"})
    assert not is_in(come(office, anna, service)[0])


def test_what_is_kept_of_a_person_is_who_he_is_and_no_more(office: Office, service: Service) -> None:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    named(office, "anna.sharp")
    for _ in range(2):
        come(office, {"sub": "s-1", "preferred_username": "anna.sharp", "email": "a@b.example"}, service)
    assert [(kept.uid, kept.extra_data) for kept in SocialAccount.objects.all()] == [("s-1", {})]
    assert not EmailAddress.objects.exists()
    assert not SocialToken.objects.exists()


def test_an_answer_nobody_asked_for_and_a_service_that_is_silent_let_nobody_in(
    office: Office, service: Service
) -> None:
    client = office.client()
    assert client.get("/openid/office/callback", {"code": "c", "state": "made-up"}).status_code == 403
    service.issuer = "https://evil.example"
    assert office.client().get("/openid/begin").status_code == 400
    service.silent = True
    assert office.client().get("/openid/begin").status_code == 400


def test_without_a_service_there_is_no_way_over_it(office: Office) -> None:
    assert [office.client().get(f"/openid/{way}").status_code for way in ("begin", "office/callback")] == [404, 404]
    assert "openid" not in office.client().get("/sign-in").content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("name = 'x'", "says client_id, client_secret, name, server"),
        (FILE + "more = 'x'", "nothing else"),
        (FILE.replace("https", "http"), "https://"),
        (FILE + "claim = 'name'", "claim is"),
        ("= 1", "no TOML"),
    ],
)
def test_a_file_that_says_no_service_keeps_the_office_from_starting(tmp_path: Path, said: str, words: str) -> None:
    from ballotworthy.errors import InputError
    from ballotworthy.office.openid import read_openid

    (tmp_path / "openid.toml").write_text(said, "utf-8")
    with pytest.raises(InputError, match=words):
        read_openid(tmp_path)


@pytest.mark.usefixtures("office")  # the accounts' library is read once the office is set up
def test_an_address_of_mail_counts_only_where_the_service_has_verified_it() -> None:
    from ballotworthy.office.adapters import _claimed

    said = {"email": "a@b.example"}
    assert [_claimed({**said, "email_verified": each}, "email") for each in (True, False, "true")] == [
        "a@b.example",
        "",
        "",
    ]
