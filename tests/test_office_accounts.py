"""Accounts: no password exists before a person sets his own, links work once, and guessing has to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from office_site import Office

PASSWORD = "correct horse battery"  # noqa: S105 # of an invented clerk


def link_of(name: str = "anna") -> str:
    from ballotworthy.office.accounts import invite
    from ballotworthy.office.models import Account

    return f"/invited/{invite(Account.objects.get(name=name))}"


def test_nobody_can_sign_in_before_he_has_set_a_password(office: Office) -> None:
    for password in ("", "manager", "admin", "!"):
        answer = office.client().post("/sign-in", {"name": "manager", "password": password})
        assert answer.status_code == 403


def test_a_link_sets_a_password_once(office: Office) -> None:
    link = link_of()
    words = {"password": PASSWORD, "again": PASSWORD}
    assert office.client().post(link, words).status_code == 302
    assert office.client().post(link, words).status_code == 400
    assert office.client().post("/sign-in", {"name": "anna", "password": PASSWORD}).headers["Location"] == "/"


def test_of_two_who_use_a_link_at_once_one_is_told_that_it_was_used(office: Office) -> None:
    from ballotworthy.errors import InputError
    from ballotworthy.office.accounts import accept, invited_by

    secret = link_of().rpartition("/")[2]
    one, other = invited_by(secret), invited_by(secret)  # both ask before either answers
    assert one is not None
    assert other is not None
    accept(one, PASSWORD)
    with pytest.raises(InputError, match="used already"):
        accept(other, "another " + PASSWORD)
    assert office.client().post("/sign-in", {"name": "anna", "password": PASSWORD}).headers["Location"] == "/"


@pytest.mark.parametrize("address", ["/sign-in", "/cases/demo/work/first/search", "/people"])
def test_a_sign_that_no_database_takes_is_refused_in_words(office: Office, address: str) -> None:
    client = office.client() if address == "/sign-in" else office.client("manager" if address == "/people" else "anna")
    answer = client.post(address, {"name": "an\0na", "words": "a\0b", "password": PASSWORD})
    assert (answer.status_code, "(NUL)" in answer.text) == (400, True)


def test_a_new_link_ends_the_one_before(office: Office) -> None:
    first, second = link_of(), link_of()
    assert [office.client().get(link).status_code for link in (first, second)] == [400, 200]


def test_a_link_is_dead_after_three_days(office: Office) -> None:
    from ballotworthy.office.models import Invitation
    from ballotworthy.office.rooms import now

    link = link_of()
    Invitation.objects.update(until=now())
    assert office.client().get(link).status_code == 400


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("password1234", "password1234"), (PASSWORD, PASSWORD + "!"),
     ("Petition-County-1", "Petition-County-1"), ("anna-anna-anna1", "anna-anna-anna1")],
)  # fmt: skip
def test_a_weak_or_mistyped_password_is_not_set(office: Office, password: str, again: str) -> None:
    link = link_of()
    assert office.client().post(link, {"password": password, "again": again}).status_code == 200
    assert office.client().get(link).status_code == 200


def test_after_five_failures_a_name_has_to_wait_even_with_the_right_password(office: Office) -> None:
    office.client().post(link_of(), {"password": PASSWORD, "again": PASSWORD})
    tried = [
        office.client().post("/sign-in", {"name": "anna", "password": f"wrong {at}"}).status_code for at in range(6)
    ]
    assert tried == [403] * 5 + [429]
    assert office.client().post("/sign-in", {"name": "anna", "password": PASSWORD}).status_code == 429


def test_signing_in_leads_to_no_other_site(office: Office) -> None:
    office.client().post(link_of(), {"password": PASSWORD, "again": PASSWORD})
    said = {"name": "anna", "password": PASSWORD, "next": "https://evil.example/"}
    assert office.client().post("/sign-in", said).headers["Location"] == "/"


def test_a_closed_account_is_out_at_once(office: Office) -> None:
    anna = office.client("anna")
    assert anna.get("/").status_code == 200
    assert office.client("manager").post("/people/close", {"name": "anna"}).status_code == 302
    assert anna.get("/").headers["Location"].startswith("/sign-in")


def test_a_person_signs_out_everywhere_but_here_and_a_manager_signs_him_out_everywhere(office: Office) -> None:
    here, there = office.client("anna"), office.client("anna")
    here.post("/account/elsewhere")
    assert [each.get("/").status_code for each in (here, there)] == [200, 302]
    office.client("manager").post("/people/sign-out", {"name": "anna"})
    assert here.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(office: Office) -> None:
    office.client().post(link_of(), {"password": PASSWORD, "again": PASSWORD})
    here, there = office.client("anna"), office.client("anna")
    changed = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    assert here.post("/account/password", {**changed, "oldpassword": "wrong"}).status_code == 200
    assert here.post("/account/password", changed).status_code == 302
    assert [each.get("/").status_code for each in (here, there)] == [200, 302]


def test_who_is_refused_at_a_page_is_kept_with_the_page(office: Office) -> None:
    from ballotworthy.office.models import AccountAct

    assert office.client("anna").get("/cases/demo/count").status_code == 403
    assert [(act.account.name, act.why) for act in AccountAct.objects.filter(what="refused")] == [
        ("anna", "page count")
    ]


def test_a_name_is_not_used_twice_and_markup_is_no_name(office: Office) -> None:
    manager = office.client("manager")
    assert manager.post("/people", {"name": "new.one"}).status_code == 200
    assert 'title="2 to 40 small letters' in manager.get("/people").text  # the browser shows it beside its refusal
    for name in ("new.one", "<b>new</b>", "new one", "=new", ""):
        assert manager.post("/people", {"name": name}).status_code == 400


def test_the_first_of_an_office_chooses_the_name_that_records_will_have(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office.models import Account
    from ballotworthy.office.pages import accept_invitation

    words = {"password": PASSWORD, "again": PASSWORD}
    assert 'name="name"' not in office.client().get(link_of("manager")).text  # the demo's record names the manager
    monkeypatch.setattr(accept_invitation, "may_choose_name", lambda account: account.manages)
    link = link_of("manager")
    assert "small letters" in office.client().post(link, {**words, "name": "Ada <b>"}).text
    assert office.client().post(link, {**words, "name": "ada.l"}).status_code == 302
    assert Account.objects.get(manages=True).name == "ada.l"
    assert office.client().post("/sign-in", {"name": "ada.l", "password": PASSWORD}).headers["Location"] == "/"
