"""A case whose sample does not decide is taken further from its page: reopened by order, every line examined."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import NEW, SEED, SLUG, with_lines
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from office_site import Office

ORDER = {"order": "Superior Court, No. 26-114", "day": "2024-06-01"}
BY_HAND = {"signed": "manager", "alone": "one clerk"}


def decide(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines
    from ballotworthy.verbs.case_work import next_lines

    room, truth = office.room(SLUG), office.truth()
    grounds = room.case().pinned["reasons"]
    other = "illegible" if "illegible" in grounds else next(each for each in grounds if each != "duplicate")
    rulings = [
        RuledLine(line, "valid", voter_id=voter) if voter and reason in ("", "duplicate")
        else RuledLine(line, "invalid", reason if reason in grounds else other)
        for line in next_lines(room, person="manager", number=10_000).lines for voter, reason in [truth[line]]
    ]  # fmt: skip
    decide_lines(room, rulings, by="manager")


def laid(client: Client, line: str) -> Any:
    """Lay a line on the manager's desk, and give the page."""
    from ballotworthy.office.models import Account, HeldCase, Lease
    from ballotworthy.office.rooms import now

    held, account = HeldCase.objects.get(slug=SLUG), Account.objects.get(name="manager")
    Lease.objects.create(held=held, account=account, look="first", line=line, until=now() + dt.timedelta(minutes=9))
    return client.get(f"/cases/{SLUG}/work/first")


def certified(office: Office) -> Client:
    """Bring a case to the certificate of a sample that does not decide."""
    manager = office.client("manager")
    manager.post("/cases/new", {**NEW, "required": "300", "required_source": "a court", "instead": "300"})
    with_lines(office, manager)
    said = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}
    manager.post(f"/cases/{SLUG}/seed/enter", said)
    manager.post(f"/cases/{SLUG}/sample")
    decide(office)
    manager.post(f"/cases/{SLUG}/count")
    assert manager.post(f"/cases/{SLUG}/certify", BY_HAND).status_code == 302
    assert office.room(SLUG).case().standing.verdict.body["verdict"] == "full-check"
    return manager


def test_a_certified_full_check_that_a_court_reopens_goes_on_to_every_line_from_the_cases_page(office: Office) -> None:
    manager = certified(office)
    manager.post(f"/cases/{SLUG}/admit", {"was:dora": "", "may:dora": "certify"})
    old = office.room(SLUG).case().standing.certified.seq
    assert manager.post(f"/cases/{SLUG}/orders", {"act": "reopen", **ORDER}).status_code == 302
    replaced = manager.get(f"/cases/{SLUG}/certificate.pdf", follow=True)
    assert replaced.redirect_chain == [(f"/cases/{SLUG}/certificates/{old}", 302)]
    assert "The case was reopened: Superior Court, No. 26-114, 2024-06-01." in text_of(replaced)
    assert "no other certificate stands in its place" in text_of(replaced)
    assert "Whoever manages the case orders" in text_of(office.client("dora").get(f"/cases/{SLUG}"))
    refused = [line for line, looks in office.room(SLUG).case().looks.items() if looks.first.outcome == "invalid"]
    restored = manager.post(f"/cases/{SLUG}/orders", {"act": "restore", "lines": refused[0], **ORDER})
    assert restored.status_code == 302
    assert "Count, and draw the verdict" in text_of(manager.get(f"/cases/{SLUG}"))
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
    page = text_of(manager.get(f"/cases/{SLUG}"))
    assert ("Examine every line" in page, "Certify: full check" in page) == (True, True)
    assert manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "the law orders it"}).status_code == 302
    assert "First look" in text_of(manager.get(f"/cases/{SLUG}"))
    assert manager.get(f"/cases/{SLUG}/work/first").status_code == 200
    decide(office)
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
    assert "Examine every line" not in text_of(manager.get(f"/cases/{SLUG}"))
    for name in ("manager", "dora"):
        assert office.client(name).post(f"/cases/{SLUG}/certify", {"signed": name}).status_code == 302
    case = office.room(SLUG).case()
    assert (case.standing.closed, case.sample.body["scope"], len(case.replaced)) == (True, "all", 1)
    page = manager.get(f"/cases/{SLUG}/certificates/{old}")
    assert f"In its place stands the certificate of event {case.standing.certified.seq}." in text_of(page)
    assert f'href="/cases/{SLUG}/certificates/{old}"' in manager.get(f"/cases/{SLUG}").text
    papers = [b"".join(manager.get(f"/cases/{SLUG}/certificates/{old}.pdf").streaming_content) for _ in range(2)]
    assert (papers[0][:4], papers[0] == papers[1]) == (b"%PDF", True)
    marked = words_of(papers[0])
    assert "Replaced, and does not stand: reopened by Superior Court, No. 26-114, 2024-06-01." in marked
    assert manager.get(f"/cases/{SLUG}/certificates/{case.standing.certified.seq}").status_code == 404
    case.standing.verdict.body["verdict"] = "undecided"  # as where a rule that decides is not held
    del case.clocked["certified"]
    told = "rests on every line and does not decide. Whether it is the decision from which the law counts"
    assert [told in text_of(manager.get(f"/cases/{SLUG}{path}")) for path in ("", "/days")] == [True, True]
    said = {"what": "certified", "day": dt.datetime.now(dt.UTC).date().isoformat()}
    assert manager.post(f"/cases/{SLUG}/noted", said).status_code == 302
    assert told not in text_of(manager.get(f"/cases/{SLUG}/days"))


def words_of(paper: bytes) -> str:
    import pypdfium2

    return " ".join(pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range().split())


def test_behind_a_certificate_that_does_not_decide_every_line_may_be_examined_without_an_order(
    office: Office, tmp_path: Path
) -> None:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_export import export_case

    manager = certified(office)
    page = text_of(manager.get(f"/cases/{SLUG}"))
    assert ("Examine every line" in page, "The certificate" in page) == (True, True)
    assert "the petition may be challenged: counted from a day that is not known yet: the office decided" in page
    paths = (f"/cases/{SLUG}/days", f"/public/{SLUG}")
    HeldCase.objects.filter(slug=SLUG).update(public=True)
    assert "not known yet the petition may be challenged" in text_of(manager.get(paths[0]))
    assert "may be challenged" not in text_of(manager.get(paths[1]))
    assert "counts the signatures filed" not in text_of(manager.get(paths[1]))  # done with
    second = text_of(manager.get(f"/cases/{SLUG}/days/2"))
    assert "what the sample shows was reported" in second.lower()
    assert "the office decided whether the petition suffices" not in second.lower().partition("days that the record")[2]
    drawn = re.search(r"<ol>.*?</ol>", manager.get(f"/cases/{SLUG}/seed").text)
    assert drawn
    assert manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "the law orders it"}).status_code == 302
    case = office.room(SLUG).case()
    assert not case.standing.closed
    assert "counts the signatures filed" in text_of(manager.get(paths[1]))
    seed = manager.get(f"/cases/{SLUG}/seed").text
    assert (drawn[0] in seed, "sha256sum" in seed, "nothing is drawn" in seed) == (True, True, False)
    assert f"Every line was ordered to be examined after it, by event {case.link.seq};" in seed
    told = f"The certificate of event {case.standing.certified.seq} did not decide; every line is examined since."
    page = manager.get(f"/cases/{SLUG}").text
    assert (told in page, told in manager.get(paths[1]).text, f"/cases/{SLUG}/exports" in page) == (True,) * 3
    assert b"".join(manager.get(f"/cases/{SLUG}/certificate.pdf").streaming_content).startswith(b"%PDF")
    files = export_case(office.room(SLUG), tmp_path / "out", audience="public").files
    assert {"certificate.json", "certificate.pdf"} < set(files)
    assert told in (tmp_path / "out/EXPORT.txt").read_text("utf-8")


def test_where_the_law_projects_no_sample_every_line_is_examined_without_a_seed(office: Office) -> None:
    manager = office.client("manager")
    law = {"what": "us-ok statute", "on": "2026-05-04", "filed": "2026-05-04"}
    law |= {"required": "30", "required_source": "a court", "instead": "30"}
    assert manager.post("/cases/new", {**NEW, **law}).status_code == 302
    with_lines(office, manager)
    page = manager.get(f"/cases/{SLUG}").text
    assert ("Examine every line" in text_of(manager.get(f"/cases/{SLUG}")), '/seed"' in page) == (True, False)
    orders = re.search(r'name="why" value="([^"]+)"', page)
    assert orders
    assert manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": orders[1]}).status_code == 302
    case = office.room(SLUG).case()
    assert (case.sample.body["scope"], case.seed) == ("all", None)
    crossed_out = [
        each.id for each in case.frame.lines if each.mark.startswith("struck") and each.id in case.sample.lines
    ]
    page = laid(manager, crossed_out[0])
    assert ("this line is crossed out" in text_of(page), 'data-also="a"' in page.text) == (True, False)
    decide(office)
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
    assert manager.post(f"/cases/{SLUG}/certify", BY_HAND).status_code == 302
    assert office.room(SLUG).case().standing.closed


def test_where_the_law_samples_every_line_may_be_examined_all_the_same(office: Office) -> None:
    manager = office.client("manager")
    manager.post("/cases/new", NEW)
    with_lines(office, manager)
    page = text_of(manager.get(f"/cases/{SLUG}"))
    assert ("To the seed ceremony" in page, "Examine every line, and draw none" in page) == (True, True)
    assert manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "fewer than 500 lines"}).status_code == 302
    assert office.room(SLUG).case().sample.body["scope"] == "all"


@pytest.mark.usefixtures("office")
def test_every_line_is_offered_where_a_verdict_leaves_it_open_and_the_sample_was_a_part() -> None:
    from ballotworthy.office.pages.dashboard import may_examine_all
    from cases import decided, desk_of, framed, judged, sampled

    desk = desk_of()
    framed(desk)
    decided(desk, sampled(desk))
    assert not may_examine_all(desk.case())
    judged(desk)
    case = desk.case()
    for verdict, offered in (("undecided", True), ("full-check", True), ("sufficient", False)):
        case.standing.verdict.body["verdict"] = verdict
        assert may_examine_all(case) is offered
