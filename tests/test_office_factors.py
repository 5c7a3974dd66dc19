"""Second factors: set up by a person, asked at every sign-in, required by role, and taken away when they are lost."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")
pytest.importorskip("allauth", reason="the extra office is not installed")

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

PASSWORD = "correct horse battery"  # noqa: S105 # of an invented clerk


def code_now(secret: str, steps: int = 0) -> str:
    """Give the code that an app shows; RFC 6238 with its defaults, by allauth's own arithmetic."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def with_password(office: Office, name: str) -> Client:
    from ballotworthy.office.models import Account

    account = Account.objects.get(name=name)
    account.set_password(PASSWORD)
    account.save()
    return signed_in(office, name)


def signed_in(office: Office, name: str) -> Client:
    client = office.client()
    client.post("/sign-in", {"name": name, "password": PASSWORD})
    return client


def asked_for_app(office: Office, name: str) -> tuple[Client, str]:
    """Open the page that sets an authenticator app up; give the browser and the app's secret."""
    client = with_password(office, name)
    assert client.get("/account/app").headers["Location"].startswith("/account/again")
    client.post("/account/again", {"password": PASSWORD, "next": "/account/app"})
    page = client.get("/account/app").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found
    return client, found[1]


def with_app(office: Office, name: str) -> tuple[Client, str, list[str]]:
    """Set an authenticator app up by the pages; give the browser, the app's secret and the recovery codes."""
    client, secret = asked_for_app(office, name)
    answer = client.post("/account/app", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/account/codes"
    codes = re.findall(r"<code>(\d+)</code>", client.get("/account/codes").content.decode())
    assert len(codes) == 10
    return client, secret, codes


def test_the_code_that_set_an_app_up_signs_nobody_in(office: Office) -> None:
    client, secret = asked_for_app(office, "anna")
    code = code_now(secret)
    assert client.post("/account/app", {"code": code}).headers["Location"] == "/account/codes"
    other = signed_in(office, "anna")
    other.post("/sign-in/factor", {"code": code})
    assert other.get("/cases/demo").status_code == 302


def test_whoever_has_an_app_comes_in_by_its_code_or_by_each_recovery_code_once(office: Office) -> None:
    from allauth.mfa.models import Authenticator

    elsewhere = with_password(office, "anna")
    _, secret, codes = with_app(office, "anna")
    assert elsewhere.get("/cases/demo").headers["Location"].startswith("/sign-in")  # it never showed the app
    assert "by passkey" not in office.client().get("/sign-in").text  # no browser makes one for this address
    held = Authenticator.objects.get(user__name="anna", type="totp").data["secret"]
    assert secret not in held

    def tried(code: str) -> bool:
        client = signed_in(office, "anna")
        assert client.get("/cases/demo").headers["Location"].startswith("/sign-in")
        client.post("/sign-in/factor", {"code": code})
        return bool(client.get("/cases/demo").status_code == 200)

    later = code_now(secret, 1)
    assert [tried(code) for code in ("000000", later, later, codes[3], codes[3])] == [False, True, False, True, False]


def test_a_new_link_sets_a_password_and_still_asks_for_the_second_factor(office: Office) -> None:
    from ballotworthy.office.accounts import invite
    from ballotworthy.office.models import Account

    with_app(office, "anna")
    client, link = office.client(), f"/invited/{invite(Account.objects.get(name='anna'))}"
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).headers["Location"] == "/sign-in/factor"
    assert client.get("/").headers["Location"].startswith("/sign-in")


def test_a_role_that_needs_a_second_factor_leads_to_setting_one_up(office: Office) -> None:
    manager, anna, otto = office.client("manager"), office.client("anna"), office.client("otto")
    assert anna.get("/cases/demo").status_code == 200
    manager.post("/people/rules", {"decide": "on", "lock_after": "15"})
    assert anna.get("/cases/demo").headers["Location"] == "/account"
    part = anna.post("/cases/demo/work/first/skip", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/account"
    assert (anna.get("/account").status_code, otto.get("/cases/demo").status_code) == (200, 200)
    client, _, _ = with_app(office, "anna")
    assert client.get("/cases/demo").status_code == 200


def test_a_manager_who_needs_one_still_reaches_the_page_that_sets_it_up_and_no_other(office: Office) -> None:
    manager = office.client("manager")
    manager.post("/people/rules", {"manager": "on", "lock_after": "15"})
    assert [manager.get(page).status_code for page in ("/people", "/", "/cases/demo", "/account")] == [302] * 3 + [200]


def test_a_lost_factor_is_taken_away_by_a_manager_with_a_reason_that_is_kept(office: Office) -> None:
    from ballotworthy.office.factors import has_factor
    from ballotworthy.office.models import Account, AccountAct

    with_app(office, "anna")
    manager, anna = office.client("manager"), Account.objects.get(name="anna")
    assert manager.post("/people/factors", {"name": "anna", "why": " "}).status_code == 400
    assert has_factor(anna)
    manager.post("/people/factors", {"name": "anna", "why": "came in person"})
    assert not has_factor(anna)
    kept = AccountAct.objects.get(account=anna, what="second factors taken away")
    assert (kept.by, kept.why) == ("manager", "came in person")


def test_the_last_manager_is_let_in_again_at_the_server_and_it_is_kept(office: Office) -> None:
    from ballotworthy.errors import InputError
    from ballotworthy.office.accounts import recover
    from ballotworthy.office.models import Account, AccountAct

    manager = Account.objects.get(name="manager")
    with_app(office, "manager")
    secret = recover("manager", why="phone drowned")
    client = office.client()
    assert client.post(f"/invited/{secret}", {"password": PASSWORD, "again": PASSWORD}).headers["Location"] == "/"
    assert client.get("/people").status_code == 200
    kept = AccountAct.objects.get(account=manager, what="second factors taken away")
    assert (kept.by, kept.why) == ("server", "phone drowned")
    for name, why in (("nobody", "x"), ("manager", "")):
        with pytest.raises(InputError):
            recover(name, why=why)


def test_who_came_in_and_who_failed_is_kept_for_managers_alone(office: Office) -> None:
    with_password(office, "anna")
    office.client().post("/sign-in", {"name": "anna", "password": "wrong"})
    text = office.client("manager").get("/people").content.decode()
    assert "sign-in failed" in text
    assert office.client("carla").get("/people").status_code == 403


@pytest.mark.usefixtures("office")  # Django is set up
@pytest.mark.parametrize(
    ("host", "secure", "works"),
    [("localhost:8790", False, True), ("127.0.0.1:8790", True, False), ("office.example", True, True),
     ("office.example", False, False), ("[::1]:80", True, False)],
)  # fmt: skip
def test_passkeys_are_offered_where_browsers_make_them(host: str, secure: bool, works: bool) -> None:
    from types import SimpleNamespace

    from ballotworthy.office.pages.own_account import keys_work

    assert keys_work(SimpleNamespace(get_host=lambda: host, is_secure=lambda: secure)) is works
