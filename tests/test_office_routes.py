"""Who reaches which page: every route walked as every person, and a route that says nothing keeps the office shut."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_addresses import AFTER_AN_ACT, NO_PAGE, PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from office_site import Office

PEOPLE = {
    "": frozenset({"anybody"}),
    "newcomer": frozenset({"anybody", "locked", "own", "staff"}),
    "manager": frozenset(
        {"anybody", "locked", "own", "staff", "manager", "manage", "decide", "resolve", "certify", "observe"}
    ),
    "anna": frozenset({"anybody", "locked", "own", "staff", "decide", "observe"}),
    "carla": frozenset({"anybody", "locked", "own", "staff", "decide", "resolve", "observe"}),
    "dora": frozenset({"anybody", "locked", "own", "staff", "certify", "observe"}),
    "otto": frozenset({"anybody", "locked", "own", "staff", "observe"}),
}
GIVEN = {
    "<slug:slug>": "demo",
    "<str:look>": "first",
    "<str:secret>": "no-such-link",
    "<str:line>": "no-line",
    "<str:field>": "name",
    "<int:row>": "1",
    "<int:number>": "1",
    "<int:pk>": "1",
    "<str:provider_id>": "office",
}
PERHAPS_ABSENT = {
    "certificate",
    "replaced",
    "replaced-paper",
    "register",
    "picture",
    "cell",
    "signature",
    "people-link",
    "people-close",
    "bulk-act",
    "bulk-start",
    "bulk-cancel",
    "exported",
    "job",
    "job-cancel",
    "lines-look",
    "people-factors",
    "people-sign-out",
    "people-known-as",
    "openid",
    "openid_connect_callback",
    "mfa_deactivate_totp",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
NOT_HERE, NOT_YOURS, SIGN_IN = 404, 403, 302


def address_of(route: str, slug: str = "demo") -> str:
    for part, value in {**GIVEN, "<slug:slug>": slug}.items():
        route = route.replace(part, value)
    return f"/{route}"


class Walker:
    """Asks for pages as one person, who is signed in anew after each change: it may have been to sign out."""

    def __init__(self, office: Office, person: str) -> None:
        self._office, self._person = office, person
        self._client = office.client(person)

    def asks(self, address: str) -> tuple[int, str]:
        """Give a page's status, and where it sends on."""
        answer = self._client.get(address)
        if answer.status_code == 405:
            answer = self._client.post(address)
            self._client = self._office.client(self._person)
        return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize("person", PEOPLE)
def test_every_route_lets_in_those_whom_it_names_and_nobody_else(office: Office, person: str) -> None:
    from ballotworthy.office.accounts import make_account
    from ballotworthy.office.urls import ROUTES

    if person == "newcomer":
        make_account("newcomer")
    wrong, walker = [], Walker(office, person)
    for route in ROUTES:
        status, onward = walker.asks(address_of(route.address))
        refused = status in (NOT_YOURS, NOT_HERE) or (status == SIGN_IN and onward.startswith("/sign-in?"))
        lawful = bool(PEOPLE[person] & set(route.who))
        # What is not there yet is not found by those either who may have it.
        absent = route.name in PERHAPS_ABSENT and status == NOT_HERE
        if (refused is lawful and not (lawful and absent)) or status >= 500:
            wrong.append((route.name, status, onward))
    assert wrong == []


def test_every_page_is_among_those_that_a_browser_looks_at(office: Office) -> None:
    from ballotworthy.office.urls import ROUTES

    assert office.folder.is_dir()  # Django is set up
    assert sorted(route.name for route in ROUTES) == sorted([*PAGES, *AFTER_AN_ACT, *NO_PAGE])


def test_a_case_is_not_there_for_whoever_is_not_in_it(office: Office) -> None:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import folder_of, now
    from ballotworthy.office.urls import ROUTES
    from ballotworthy.verbs.case_open import Opening, open_case

    open_case(
        folder_of("other"),
        Opening(case="other", office="o", measure="m", place="zz-example", kind="initiative", on=dt.date(2024, 5, 3)),
        clock=now,
        by="manager",
    )
    HeldCase.objects.create(slug="other")
    inside = [route for route in ROUTES if "<slug:slug>" in route.address]
    assert inside
    carla = Walker(office, "carla")
    statuses = {carla.asks(address_of(route.address, "other"))[0] for route in inside}
    assert statuses == {NOT_HERE}


@pytest.mark.usefixtures("office")
def test_a_route_that_does_not_say_who_keeps_the_office_from_starting() -> None:
    from django.core.checks import run_checks
    from django.test import override_settings
    from django.urls import path

    class Careless:
        urlpatterns = (path("cases/<slug:slug>/all-names", lambda _request, **_given: None),)

    assert [fault.id for fault in run_checks() if fault.is_serious()] == []
    with override_settings(ROOT_URLCONF=Careless):
        assert [fault.id for fault in run_checks() if fault.is_serious()] == ["office.E001"]


def test_what_observers_see_names_no_signer(office: Office) -> None:
    from ballotworthy.office.urls import ROUTES

    names = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False)["name"].drop_nulls().to_list()
    pages = [route for route in ROUTES if "observe" in route.who]
    assert len(pages) >= 2
    for route in pages:
        text = office.client("otto").get(address_of(route.address)).content.decode(errors="replace")
        assert [name for name in names if name in text] == []


def test_pages_allow_no_script_but_the_offices_own_files(office: Office) -> None:
    answer = office.client("manager").get("/cases/demo/work/first")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    text = answer.content.decode()
    assert text.count("<script") == text.count('<script src="/static/')
    assert "style=" not in text
    assert "onclick" not in text


def test_a_form_of_another_site_changes_nothing(office: Office) -> None:
    from django.test import Client

    from ballotworthy.office.models import Account

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(name="manager"))
    before = office.room().at().events
    answer = strict.post("/cases/demo/admit", {"was:anna": "decide", "may:anna": "certify"})
    assert (answer.status_code, office.room().at().events) == (403, before)


def test_two_offices_of_one_machine_share_a_browser_and_none_of_its_cookies(office: Office, tmp_path: Path) -> None:
    from django.conf import settings

    from ballotworthy.office.settings import Site, settings_of

    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")
    ours, theirs = ([settings_of(Site(folder))[name] for name in names] for folder in (office.folder, tmp_path))
    assert len({*ours, *theirs}) == 6
    assert ours == [getattr(settings, name) for name in names]  # of an office that starts anew, they stay


@pytest.mark.parametrize("tls", [True, False])
def test_djangos_own_deployment_check_is_clean_behind_tls(office: Office, tls: bool) -> None:
    from django.core.checks import run_checks
    from django.test import override_settings

    from ballotworthy.office.settings import Site, settings_of

    given = settings_of(Site(office.folder, ("office.example",), tls=tls))
    chosen = {
        name: value for name, value in given.items() if name.startswith(("SECURE", "SESSION", "CSRF", "X_", "DEBUG"))
    }
    with override_settings(**chosen):
        faults = {fault.id for fault in run_checks(include_deployment_checks=True)}
    assert given.get("SESSION_COOKIE_NAME", "").startswith("__Host-") is tls
    assert faults == (set() if tls else {"security.W004", "security.W008", "security.W012", "security.W016"})


CODES = re.compile(
    r"\b(?:zz-example|us-[a-z]{2}|full-check|not-registered|registered-late|different-address|first-valid)\b"
)
"""Words of the record and of the law's data that are for programs."""


def test_pages_call_places_kinds_and_grounds_by_their_names(office: Office) -> None:
    manager = office.client("manager")
    pages = {address: re.sub(r"<code.*?</code>", "", manager.get(address).text, flags=re.DOTALL)
             for addresses in PAGES.values() for address in addresses}  # fmt: skip
    shown = {address: CODES.findall(re.sub(r"<[^>]*>", " ", page)) for address, page in pages.items()}
    assert {address: codes for address, codes in shown.items() if codes} == {}
    assert "Exampleland (invented), initiative for a law, law of " in pages["/cases/demo"]
    refused = manager.post("/cases/demo/share", {"person": "nobody"}).text
    assert "autofocus>Choose who is given the lines" in refused
