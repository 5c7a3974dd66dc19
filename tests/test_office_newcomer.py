"""What a newcomer trips over: wrong days, wrong files, a witness named twice, and the way onward from every page."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import NEW, SEED, SLUG, new_case, with_lines
from office_site import fix_frame, name_register

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

TO_COME = (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).date().isoformat()
AMBIGUOUS = "sheet,line,name,address,signed_on,district\n1,1,Al Bo,1 Elm St,03/04/2024,North\n"


def text_of(answer: Any) -> str:
    """Give the words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def sent(manager: Client, table: str, name: str = "lines.csv", way: str = "lines", **said: str) -> Any:
    """Send a file as the forms do, lines by way of the first look at them, and give the page to which that leads."""
    file = io.BytesIO(table.encode())
    file.name = name
    page = manager.post(f"/cases/{SLUG}/{way}", {"file": file, **said}, follow=True)
    looked = way == "lines" and page.redirect_chain
    return manager.post(page.redirect_chain[-1][0], follow=True) if looked else page


def invented(office: Office, name: str) -> pl.DataFrame:
    return pl.read_csv(office.folder / "invented" / f"{name}.csv", infer_schema=False)


def test_a_day_that_has_not_come_is_refused_before_it_stands_in_a_record(office: Office) -> None:
    manager = office.client("manager")
    for said in ({"filed": TO_COME}, {"on": TO_COME}):
        answer = manager.post("/cases/new", {**NEW, **said})
        assert (answer.status_code, "has not come" in text_of(answer)) == (400, True)
    manager = new_case(office)
    answer = sent(manager, invented(office, "lines").write_csv(), received=TO_COME)
    assert (answer.status_code, "has not come" in text_of(answer)) == (400, True)
    assert not office.room(SLUG).case().batches
    with_lines(office, manager)
    answer = sent(manager, invented(office, "roll").head(9).write_csv(), "roll.csv", "roll", taken_on=TO_COME)
    assert (answer.status_code, "has not come" in text_of(answer)) == (400, True)


def test_days_that_may_be_read_in_two_ways_come_in_only_where_the_office_says_how(office: Office) -> None:
    manager = new_case(office)
    answer = sent(manager, AMBIGUOUS)
    assert (answer.status_code, "How the file is written" in text_of(answer)) == (400, True)
    assert not office.room(SLUG).case().batches
    assert sent(manager, AMBIGUOUS, dates="either").status_code == 200
    assert office.room(SLUG).case().batches["1"].counted["lines"] == 1


def test_the_column_that_tells_the_district_is_named_where_it_is_called_otherwise(office: Office) -> None:
    manager = new_case(office)
    lines = invented(office, "lines").drop("county").rename({"district": "Where it was filed"})
    refused = sent(manager, lines.write_csv())
    assert "district=HEADING" in text_of(refused)
    assert sent(manager, lines.write_csv(), columns="district=No such").status_code == 422
    taken = sent(manager, lines.write_csv(), columns="district=Where it was filed")
    assert (taken.status_code, "Where it was filed" in text_of(taken)) == (200, False)
    strata = {line.stratum for line in office.room(SLUG).case().frame.lines}
    assert {"North", "South", "Island"} <= strata


def test_a_witness_named_twice_is_one(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    for present in ("Ada", "Ada\nAda", "Ada  Bee\nada bee", "Ada\nBob\nAda"):
        said = {"seed": SEED, "present": present, "rolled": "Ada", "fingerprint": "confirmed"}
        assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 400
    assert office.room(SLUG).case().seed is None


def test_the_wall_says_which_lines_are_not_drawn_and_leads_back_to_the_case(office: Office) -> None:
    frame = office.room().case().frame
    apart = len(frame.lines) - sum(map(len, frame.drawable.values()))
    page = office.client("manager").get("/cases/demo/seed")
    assert apart > 0
    assert f"{apart} blank, struck or taken out: not drawn" in text_of(page)
    assert 'class="button" href="/cases/demo"' in page.content.decode()


def test_a_first_look_says_that_a_file_is_the_petition_and_that_it_tells_no_district(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    said = text_of(sent(manager, invented(office, "lines").write_csv(), "roll.csv", "roll", taken_on="2024-05-31"))
    assert "are those of a petition" in said
    roll = invented(office, "roll").head(50)
    said = text_of(sent(manager, roll.write_csv(), "roll.csv", "roll", taken_on="2024-05-31"))
    assert "Warning" not in said
    said = text_of(sent(manager, roll.drop("district").write_csv(), "roll.csv", "roll", taken_on="2024-05-31"))
    assert "no column was found for the district" in said
    job = text_of(manager.get(f"/cases/{SLUG}/jobs"))
    assert "--map" not in job
    assert "First look at the register" in text_of(manager.get(f"/cases/{SLUG}/jobs/{last_job()}"))


def test_a_register_called_txt_is_read_and_what_was_not_found_in_it_is_a_warning_with_the_names_of_fields(
    office: Office,
) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    form = text_of(manager.get(f"/cases/{SLUG}"))
    assert ("registration_date" in form, "status A=active" in form) == (True, True)
    roll = invented(office, "roll").head(50).rename({"status": "shoe"}).write_csv(separator=";")
    answer = sent(manager, roll, "county extract.txt", "roll", taken_on="2024-05-31")
    assert "told warning" in answer.text
    assert "no column was found for the status" in text_of(answer)


def test_what_a_code_of_the_status_means_is_said_as_the_file_writes_it(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    roll = invented(office, "roll").head(50).with_columns(status=pl.lit("CONFIRMATION")).write_csv()
    refused = sent(manager, roll, "roll.csv", "roll", taken_on="2024-05-31")
    assert "status CONFIRMATION=STANDING" in text_of(refused)
    asked = {"taken_on": "2024-05-31", "columns": "status CONFIRMATION=inactive"}
    assert "50 voters were read" in text_of(sent(manager, roll, "roll.csv", "roll", **asked))
    wrong = sent(manager, roll, "roll.csv", "roll", **{**asked, "columns": "status CONFIRMATION=purged"})
    assert (wrong.status_code, "Known: active, inactive" in text_of(wrong)) == (404, True)
    wrong = sent(manager, roll, "roll.csv", "roll", **{**asked, "columns": "votr_id=voter_id"})
    assert (wrong.status_code, "Did you mean voter_id?" in text_of(wrong)) == (404, True)


def test_a_rule_that_the_law_does_not_hold_is_given_with_its_source_when_a_case_is_opened(office: Office) -> None:
    manager = office.client("manager")
    for wrong, words in (
        ({"rules": "insufficient_at=below"}, "Say where these rules stand"),
        ({"rules": "shoe=1", "rules_source": "a court"}, "shoe=1 is not name=value"),
        ({"rules": "insufficient_below=0.9", "rules_source": "a court"}, "Only a rule that is missing"),
    ):
        answer = manager.post("/cases/new", {**NEW, **wrong})
        assert (answer.status_code, words in text_of(answer)) == (400, True), text_of(answer)[:400]
    given = {"rules": "insufficient_at=true", "rules_source": "Order 7 of the Secretary"}
    assert manager.post("/cases/new", {**NEW, **given}).status_code == 302
    assert "Order 7 of the Secretary" in text_of(manager.get(f"/cases/{SLUG}"))
    again = manager.get(f"/cases/new?like={SLUG}").text
    assert "insufficient_at=true</textarea>" in again


def last_job() -> int:
    from ballotworthy.office.models import Job

    return int(Job.objects.latest("pk").pk)


def test_roles_that_were_kept_are_said_to_be_and_a_wrong_form_says_how_to_go_back(office: Office) -> None:
    manager = office.client("manager")
    assert "Kept." in text_of(manager.post("/cases/demo/admit", {"second_share": "20"}, follow=True))
    wrong = manager.post("/cases/demo/admit", {"second_share": "many"})
    assert (wrong.status_code, "What you typed is still in the form" in text_of(wrong)) == (400, True)
    assert "What you typed" not in text_of(manager.get("/cases/no-such-case"))


def test_a_register_in_which_hardly_a_line_is_found_is_doubted_before_anybody_rules(office: Office) -> None:
    manager = new_case(office)
    assert sent(manager, invented(office, "lines").head(40).write_csv()).status_code == 200
    assert fix_frame(manager, SLUG) == 302
    voters = invented(office, "roll").head(300)
    strange = voters.with_columns(pl.col("last_name") + "OVICZ", pl.col("street_name") + "GASSE", zip=pl.lit("10115"))
    sent(manager, strange.write_csv(), "roll.csv", "roll", taken_on="2024-05-31")
    snapshot = next(path.name for path in (office.folder / "rolls").iterdir() if path.name.startswith(SLUG))
    assert name_register(manager, SLUG, snapshot) == 302
    assert "finds a likely voter for" in text_of(manager.get(f"/cases/{SLUG}"))
    assert name_register(manager, SLUG) == 302
    assert "finds a likely voter for" not in text_of(manager.get(f"/cases/{SLUG}"))


def test_a_name_that_another_case_has_is_told_apart_from_one_without_a_letter(office: Office) -> None:
    manager = new_case(office)
    assert "has a case 2026-017-b already" in text_of(manager.post("/cases/new", {**NEW, "case": "2026 017 B"}))
    assert "or a letter from a to z" in text_of(manager.post("/cases/new", {**NEW, "case": "§"}))
