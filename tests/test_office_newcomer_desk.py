"""What a newcomer trips over at the desk and before a count: districts, repetitions, days, looks that give no line."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, now_named, roll_of, rows_of, ruled
from office_opened import NEW, SLUG, new_case
from office_site import fix_frame, name_register
from test_office_newcomer import AMBIGUOUS, invented, sent, text_of

if TYPE_CHECKING:
    from office_site import Office


def laid(office: Office, name: str, line: str) -> str:
    """Lay a line on somebody's desk, and give his page."""
    from ballotworthy.office.models import Account, HeldCase, Lease

    until = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9)
    held, account = HeldCase.objects.get(slug="demo"), Account.objects.get(name=name)
    Lease.objects.create(held=held, account=account, look="first", line=line, until=until)
    return office.client(name).get(f"{WORK}/first").content.decode()


def drawn(office: Office, reason: str) -> str:
    """Give a line of the sample that does not count on some ground."""
    truth = office.truth()
    strata = office.room().case().sample.body["strata"]
    return next(line for each in strata for line in each["ids"] if truth[line][1] == reason and truth[line][0])


def test_a_voter_of_another_district_is_marked_at_the_desk(office: Office) -> None:
    line = drawn(office, "out-of-jurisdiction")
    page = laid(office, "anna", line)
    assert f'data-line="{line}"' in page
    stratum = office.room().case().frame.line(line).stratum
    found = re.search(r'<tr class="differs"><th scope="row">district<td>(.*?)<td>(.*?)</tr>', page, re.DOTALL)
    assert found is not None
    assert (stratum in found[1], stratum in found[2]) == (True, False)
    assert "A ground to refuse it, by the law: <strong>" in page
    assert 'class="candidate best"' not in page
    assert ruled(office.client("anna"), line, reason="out-of-jurisdiction") == 302


def test_nobody_is_refused_as_a_voter_of_elsewhere_who_was_neither_shown_nor_searched(office: Office) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_bench import line_at_hand

    truth, case, bench = office.truth(), office.room().case(), bench_of(HeldCase.objects.get(slug="demo"))
    unknown = (each for each in sorted(case.sample.lines) if truth[each] == ("", "not-registered"))
    found = ((each, line_at_hand(bench, case, each, lambda _: ()).candidates) for each in unknown)
    line = next(each for each, candidates in found if not any(voter.elsewhere for voter in candidates))
    laid(office, "anna", line)
    said = {"line": line, "roll": now_named(), "reason": "out-of-jurisdiction"}
    refused = office.client("anna").post(f"{WORK}/first/rule", said)
    assert refused.status_code == 409
    assert "before he was searched for" in refused.text


def test_grounds_that_the_law_puts_alike_have_common_words_beside_them() -> None:
    from ballotworthy.law import read_law, rules_on
    from ballotworthy.office.pages.grounds import plain_words

    reasons = rules_on(read_law("us-ca"), "statute", dt.date(2026, 11, 2)).reasons
    shown = {key: plain_words(ground) for key, ground in reasons.items()}
    assert shown["not-registered"] == "the signer is not on the roll"
    assert shown["out-of-jurisdiction"] == "the signer lives elsewhere"
    assert (shown["blank"], shown["duplicate"]) == ("", "")


@pytest.mark.parametrize(("reason", "words"), [("no-date", "no date"), ("no-address", "no address")])
def test_what_a_line_lacks_by_the_law_is_said_and_no_key_accepts_its_voter_unseen(
    office: Office, reason: str, words: str
) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase

    cells = bench_of(HeldCase.objects.get(slug="demo")).lines
    field = {"no-date": "signed_on", "no-address": "address"}[reason]
    bare = {f"{row['sheet']}-{row['line']}" for row in cells.filter(cells[field].is_null()).iter_rows(named=True)}
    line = next(each for each in office.room().case().sample.lines if each in bare and office.truth()[each][0])
    page = laid(office, "anna", line)
    assert re.search(rf"A ground to refuse it, by the law: <strong>{words}</strong>", page)
    assert 'class="candidate best"' not in page


def test_a_repetition_is_said_in_the_words_of_the_desk(office: Office) -> None:
    line = drawn(office, "duplicate")
    page = " ".join(laid(office, "anna", line).split())
    assert ('name="reason" value="duplicate"' in page, "No key here: accept the line" in page) == (False, True)
    answer = office.client("anna").post(
        f"{WORK}/first/rule", {"line": line, "roll": now_named(), "reason": "duplicate"}
    )
    assert (answer.status_code, "accepted on each line" in text_of(answer)) == (409, True)
    assert "voter_id" not in text_of(answer)


def test_a_day_with_two_readings_is_shown_with_both_at_the_desk(office: Office) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_bench import cells_of

    manager = new_case(office)
    assert sent(manager, AMBIGUOUS, dates="either").status_code == 200
    assert fix_frame(manager, SLUG) == 302
    assert name_register(manager, SLUG) == 302
    cells = cells_of(bench_of(HeldCase.objects.get(slug=SLUG)), "1-1")
    assert "2024-03-04 / 2024-04-03" in cells.values()


def test_a_look_is_offered_only_where_a_line_would_be_given(office: Office) -> None:
    from ballotworthy.office.models import Account, HeldCase, Lease

    held, until = HeldCase.objects.get(slug="demo"), dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9)
    button = 'href="/cases/demo/work/first"'
    assert button in office.client("anna").get("/cases/demo").content.decode()
    ben = Account.objects.get(name="ben")
    lines = [line for each in office.room().case().sample.body["strata"] for line in each["ids"]]
    Lease.objects.bulk_create(Lease(held=held, account=ben, look="first", line=line, until=until) for line in lines)
    assert button not in office.client("anna").get("/cases/demo").content.decode()
    assert button in office.client("ben").get("/cases/demo").content.decode()


def test_cases_stand_in_the_order_of_their_next_day_by_law(office: Office) -> None:
    today, manager = dt.datetime.now(dt.UTC).date(), office.client("manager")
    for name, filed in (("q-later", today), ("r-sooner", today - dt.timedelta(days=7))):
        said = {"case": name, "measure": name, "on": filed.isoformat(), "filed": filed.isoformat()}
        assert manager.post("/cases/new", {**NEW, **said}).status_code == 302
    page = manager.get("/")
    listed = re.findall(r'href="/cases/([\w-]+)">', page.text)
    assert [each for each in listed if each != "new"] == ["r-sooner", "q-later", "demo"]  # the days of the demo passed
    assert "days left" in text_of(page)


def test_a_count_is_not_offered_without_a_word_while_a_second_look_is_missing_and_repetitions_are_told(
    office: Office,
) -> None:
    manager = new_case(office)
    voter = invented(office, "roll").row(0, named=True)
    signer = f"{voter['first_name']} {voter['last_name']},{voter['house_number']} {voter['street_name']}"
    assert (
        sent(manager, f"sheet,line,name,address,district\n1,1,{signer},North\n1,2,{signer},North\n").status_code == 200
    )
    assert fix_frame(manager, SLUG) == 302
    assert name_register(manager, SLUG) == 302
    manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "a court orders it"})
    manager.post(f"/cases/{SLUG}/admit", {"second_share": "100"})
    work = f"/cases/{SLUG}/work/first"
    for _ in range(2):
        page = manager.get(work).content.decode()
        found = re.search(r'data-line="([^"]+)"', page)
        assert found
        said = {"line": found[1], "roll": roll_of(page), "row": rows_of(page)[0]}
        assert manager.post(f"{work}/rule", said).status_code == 302
    case = text_of(manager.get(f"/cases/{SLUG}"))
    assert "two people are to look at, and that had one look only: 2." in case
    assert "a voter who stands on several is found when they are counted" in case
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
    case = text_of(manager.get(f"/cases/{SLUG}"))
    assert "Valid lines that repeat a voter of another: 1." in case
