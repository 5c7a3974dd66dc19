"""What else `law` answers: the places, what changed, deadlines, and how many signatures to file."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError, LawAbsent, OutputError
from ballotworthy.files.places import place_codes
from ballotworthy.law import read_law, rules_on
from ballotworthy.sufficiency.goal import goal

app = build_app(["law"])
runner = CliRunner()


def run(*arguments: str) -> Result:
    return runner.invoke(app, ["law", *arguments], env={"COLUMNS": "200", "NO_COLOR": "1"})


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


CA = ("us-ca", "--kind", "amendment")
CALENDAR = ("calendar", *CA)
NEEDED = ("needed", "zz-example", "--kind", "initiative", "--on", "2018-04-20")


@pytest.mark.parametrize(
    "arguments", [(), ("us-ca", "--on", "2026-01-01"), ("changes", "us-dc", "2000-01-01", "2025-01-01")]
)
def test_on_eighty_columns_no_word_or_section_is_cut(arguments: tuple[str, ...]) -> None:
    told = runner.invoke(app, ["law", *arguments], env={"COLUMNS": "80", "NO_COLOR": "1"}).stdout
    assert "…" not in told
    rows = [row for row in told.splitlines() if row.strip(" ─")[:1] in "┃│" or not arguments]
    assert max(map(len, rows)) <= 80
    if not arguments:
        assert all(kind in told for place in place_codes() for kind in read_law(place).kinds)


def test_without_a_place_all_are_listed_with_what_is_held() -> None:
    places = {each["place"]: each for each in answer()["places"]}
    assert sorted(places) == sorted(place_codes())
    kinds = {each["kind"]: each for each in places["us-ca"]["kinds"]}
    assert kinds["amendment"]["requirement"] == [{"from": "1994-11-09", "until": "2026-11-03"}]
    assert kinds["amendment"]["formula"] == "california"
    assert places["us-ca"]["read_on"] == read_law("us-ca").read_on.isoformat()
    assert places["us-ca"]["missing"] == len(read_law("us-ca").missing)


def test_the_list_for_people_names_every_place() -> None:
    out = run().stdout
    assert [place for place in place_codes() if place not in out] == []
    assert "1994-2026" in out


def test_the_difference_tells_before_and_after_with_the_source() -> None:
    kinds = answer("changes", *CA, "2018-06-01", "2020-01-01")["kinds"]
    assert [kind["kind"] for kind in kinds] == ["amendment"]
    change = next(each for each in kinds[0]["changes"] if each["rule"] == "requirement")
    assert (change["before"], change["after"], change["on"]) == (585_407, 997_139, "2018-11-07")
    assert change["url"].startswith("https://")


def test_the_difference_of_all_kinds_is_told_kind_by_kind() -> None:
    out = run("changes", "us-ca", "2018-06-01", "2020-01-01").stdout
    assert "(statute), changes after 2018-06-01 up to 2020-01-01" in out
    assert "(amendment), changes" in out
    assert "997,139" in out


def test_of_a_list_only_what_differs_is_shown() -> None:
    out = " ".join(run("changes", *CA, "2023-12-31", "2024-01-01").stdout.split())
    assert "the same" in out
    assert "reports the raw count" not in out


def test_nothing_changed_is_said() -> None:
    out = run("changes", "zz-example", "2018-01-01", "2018-01-02", "--kind", "initiative").stdout
    assert "Nothing changed" in out


def test_deadlines_come_with_their_day_the_holidays_passed_and_the_source() -> None:
    found = answer(*CALENDAR, "--filed", "2026-08-31")
    assert found["events"] == {"filed": "2026-08-31"}
    due = found["due"][0]
    assert (due["day"], due["weekday"], due["unit"]) == ("2026-09-11", "Friday", "working")
    assert due["holidays_passed"] == [{"day": "2026-09-07", "name": "Labor Day"}]
    assert due["source"].startswith("Elec. Code § 9031(b)")
    assert {each["after"] for each in found["waiting"]} >= {"check-ordered", "circulation-start"}


def test_another_event_brings_its_own_deadlines() -> None:
    found = answer(*CALENDAR, "--filed", "2026-08-31", "--after", "check-ordered=2026-09-11")
    assert [each["after"] for each in found["due"]] == ["filed", "check-ordered"]


def test_the_time_for_gathering_is_counted_from_its_first_day() -> None:
    found = answer(*CALENDAR, "--after", "circulation-start=2026-01-05")
    assert [(each["day"], each["days"]) for each in found["due"]] == [("2026-07-04", 180)]
    assert found["due"][0]["closed"] == "Independence Day"


def test_deadlines_are_those_of_the_law_on_the_day_of_filing() -> None:
    before, after = (
        next(each for each in answer(*CALENDAR, "--filed", day)["waiting"] if each["after"] == "full-check-ordered")
        for day in ("2023-06-01", "2024-06-03")
    )
    assert (before["days"], after["days"]) == (30, 60)


def test_the_day_by_which_to_file_is_counted_back_from_the_election() -> None:
    due = answer("calendar", "us-wa", "--kind", "initiative", "--after", "election=2024-11-05")["due"]
    assert [(each["day"], each["months"], each["days"], each["before"], each["after"]) for each in due] == [
        ("2024-07-05", 4, None, "election", None)
    ]
    due = answer("calendar", "us-mi", "--kind", "amendment", "--after", "election=2018-11-06")["due"]
    assert [(each["day"], each["days"]) for each in due] == [("2018-07-09", 120)]


def test_a_day_that_governs_rules_may_go_unused_beside_another_event() -> None:
    found = answer(*CALENDAR, "--filed", "2026-08-31", "--certified", "2026-10-30")
    assert {each["after"] for each in found["due"]} == {"filed"}


def test_a_closed_office_is_told_in_plain_words() -> None:
    wa, zz = (
        " ".join(run("calendar", place, "--after", f"election={day}").stdout.replace("│", " ").split())
        for place, day in (("us-wa", "2026-11-03"), ("zz-example", "2027-03-31"))
    )
    assert "that is Independence Day (observed)" in wa
    assert "that is a Sunday" in zz


def test_the_time_for_gathering_may_be_counted_in_months() -> None:
    out = " ".join(
        run("calendar", "ch", "--kind", "amendment", "--after", "circulation-start=2024-08-31").stdout.split()
    )
    assert "Sat 2026-02-28" in out
    assert "18 months after" in out


def test_deadlines_for_people_say_how_they_were_counted() -> None:
    out = " ".join(run(*CALENDAR, "--filed", "2026-08-31").stdout.replace("│", " ").split())
    assert "Fri 2026-09-11" in out
    assert "Labor" in out
    assert "Waits for its day" in out
    assert "--after check-ordered=YYYY-MM-DD" in out


def test_what_follows_when_a_day_has_passed_is_said_with_its_source_or_said_not_to_be_held() -> None:
    law = " ".join(run("us-co", "--kind", "statute").stdout.replace("│", " ").split())
    assert law.count("when the day has passed: ") == 2
    days = run("calendar", "us-co", "--kind", "statute", "--filed", "2026-08-03", "--certified", "2026-09-01").stdout
    said = " ".join(days.split())
    assert (
        "has passed (statement of sufficiency; without one the petition is deemed sufficient): the petition is" in said
    )
    assert "the law's data does not hold what follows; ask counsel (C.R.S. 1-40-118" in said
    due = answer("calendar", "us-az", "--kind", "statute", "--after", "sample-received=2026-08-03")["due"][0]
    assert due["passed"]["source"] == "A.R.S. 19-121.03(A)"
    assert due["met_by"] == ["sample-reported", "certified"]


def test_deadlines_are_written_as_a_calendar_file(tmp_path: Path) -> None:
    file = tmp_path / "deadlines.ics"
    assert run("calendar", "us-co", "--kind", "statute", "--filed", "2026-08-03", "--ics", str(file)).exit_code == 0
    text = file.read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20260902\r\n" in text
    assert "DTSTAMP:20260803T000000Z\r\n" in text
    assert [path.name for path in tmp_path.iterdir()] == ["deadlines.ics"]


def test_where_a_holiday_is_in_doubt_the_calendar_file_has_both_days_each_named(tmp_path: Path) -> None:
    file = tmp_path / "deadlines.ics"
    asked = ("calendar", "us-ca", "--kind", "referendum", "--after", "check-ordered=2026-10-14")
    run(*asked, "--ics", str(file))
    events = file.read_bytes().decode().replace("\r\n ", "").split("BEGIN:VEVENT")
    titles = {each.partition("DATE:")[2][:8]: each.partition("SUMMARY:")[2].partition("\r\n")[0] for each in events[1:]}
    assert list(titles) == ["20261127", "20261130"]
    assert titles["20261127"].endswith("the county reports the sample (the safe day)")
    assert titles["20261130"].endswith("(the last day that it may be: a holiday is in doubt)")
    due = answer(*asked)["due"][0]
    assert (due["day"], due["weekday"], due["latest_day"]) == ("2026-11-27", "Friday", "2026-11-30")


def test_a_deadline_that_stands_in_one_source_is_marked() -> None:
    asked = (
        "calendar",
        "us-ar",
        "--kind",
        "amendment",
        "--on",
        "2020-07-01",
        "--after",
        "insufficiency-notice=2020-07-20",
    )
    told = answer(*asked)
    assert [(each["day"], each["one_source"]) for each in told["due"]] == [("2020-08-19", False)]
    assert all(each["one_source"] for each in told["waiting"] if each["after"] == "filed")
    shown = " ".join(run(*asked).stdout.split())
    assert "(Ark. Code § 7-9-111 (one source))" in shown
    assert "checked:" in shown


def test_a_calendar_file_that_cannot_be_written_is_not_half_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(*CALENDAR, "--filed", "2026-08-31", "--ics", str(tmp_path / "file" / "x.ics"))
    assert isinstance(result.exception, OutputError)


def test_how_many_to_file_is_told_with_the_law_and_the_chances() -> None:
    found = answer(*NEEDED, "--validity", "0.74", "--duplicates", "0.03", "--chance", "0.95")
    assert found["requirement"] == 1000
    assert found["requirement_source"]["cite"] == "Petition Act 2000, s. 2"
    assert 1408 < found["needed"] < found["needed_on_sample"]
    assert found["chances"]["sufficient_in_the_end"] >= 0.95
    assert [row["validity"] for row in found["by_validity"]] == [0.65, 0.7, 0.75, 0.8, 0.85]


def test_how_many_to_file_for_people() -> None:
    out = run(*NEEDED, "--required", "600", "--district", "North=100", "--district", "South=50").stdout
    assert "600 required (given by the user, not by law)" in out
    assert "to pass in the end with a chance of 95%" in out
    assert "By district" in out
    assert "North" in out


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]


def test_the_plot_as_a_page_loads_nothing_and_says_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "needed.html"
    number = f"{answer(*NEEDED, '--plot', str(file))['needed']:,}"
    text = file.read_text("utf-8")
    page = Page(text)
    assert {"svg", "table", "h1"} <= set(page.tags)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert text.count(number) >= 3
    assert f'aria-label="Signatures to file for a chance of 95%. {number}: passes in the end' in text


def test_the_plot_as_a_picture_is_a_png(tmp_path: Path) -> None:
    file = tmp_path / "needed.png"
    assert run("needed", "us-dc", "--kind", "initiative", "--required", "20000", "--plot", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--calendar",), "--calendar is now `ballotworthy law calendar PLACE`"),
        ((*CA, "--needed", "--checked", "40"), "--needed is now `ballotworthy law needed PLACE`"),
        ((*CA, "--diff=2019-01-01", "2020-01-01"), "--diff is now `ballotworthy law changes PLACE AFTER UNTIL`"),
        ((*CA, "--counts-header"), "--counts-header is now `ballotworthy law counts-header PLACE`"),
        ((*CA, "--after", "filed=2026-08-03"), "--after is now `ballotworthy law calendar PLACE --after"),
        ((*CA, "--filed", "2026-08-03", "--certified", "2026-08-01"), "certification, 2026-08-01, lies before"),
        ((*CA, "--filed", "2026-08-03", "--signed", "2026-08-04"), "correct one of them"),
        ((*CA, "--signed", "today"), "--signed today is not a day"),
        ((*CA, "--filed", "today"), "--filed today is not a day"),
        (("--signed", "2026-08-03"), "name one, such as us-ca"),
        ((*CA, "--required", "10"), "--required is now `ballotworthy law needed PLACE --required NUMBER`"),
        ((*CALENDAR,), "give --filed DAY"),
        ((*CALENDAR, "--filed", "3 August"), "--filed 3 August is not a day"),
        ((*CALENDAR, "--after", "filed"), "not EVENT=DAY"),
        ((*CALENDAR, "--filed", "2026-08-03", "--after", "filed=2026-08-03"), "given twice"),
        ((*CALENDAR, "--certified", "2026-08-03"), "known events: check-ordered, circulation-start, filed"),
        (("needed", "us-ca", "--plot", "x.png"), "--plot draws one kind of petition"),
        (("calendar", "us-ca", "--after", "posted=2026-08-03"), "known events"),
        (("calendar", "us-ca", "--after", "fild=2026-08-03"), "Did you mean filed"),
        (("changes", *CA, "2020-01-01", "2019-01-01"), "earlier day first"),
        (("changes", *CA, "2020-01-01", "soon"), "UNTIL soon is not a day"),
        ((*NEEDED, "--district", "North"), "not NAME=NUMBER"),
        ((*NEEDED, "--district", "A=1", "--district", "A=2"), "given twice"),
        ((*NEEDED, "--district", "A=0"), "less than one signature"),
        ((*NEEDED, "--sample", "1.5"), "--sample 1.5 is no share"),
        ((*NEEDED, "--plot", "x.pdf"), "neither in .html nor in .png"),
        ((*NEEDED, "--validity", "74"), "validity of 74 cannot be"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)


VERBS = ("calendar", "changes", "counts-header", "needed", "rules")


def test_no_place_has_the_name_of_a_verb_of_the_law() -> None:
    assert not set(place_codes()) & set(VERBS)


def test_a_place_alone_is_asked_for_its_rules() -> None:
    assert run(*CA, "--on", "2018-04-20").stdout == run("rules", *CA, "--on", "2018-04-20").stdout
    assert run("--kind", "amendment", "us-ca", "--on", "2018-04-20").exit_code == 0


def test_help_lists_the_verbs_of_the_law_and_each_has_its_own() -> None:
    out = run("--help").stdout
    assert [verb for verb in VERBS if verb not in out] == []
    assert "law PLACE" in out
    assert "--signed" in run("us-ca", "--help").stdout
    assert "UNTIL" in run("changes", "--help").stdout


def test_the_heading_of_a_counts_file_in_json() -> None:
    assert answer("counts-header", "us-ca")["columns"] == ["stratum", "raw", "sample", "valid", "duplicates"]


EVERY_KIND = [(place, kind) for place in place_codes() for kind in read_law(place).kinds]


@pytest.mark.parametrize(("place", "kind"), EVERY_KIND, ids=map("-".join, EVERY_KIND))
def test_every_kind_tells_how_many_to_file_or_that_its_formula_is_not_held(
    place: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ballotworthy.sufficiency.goal.VALIDITIES", ())  # five answers more, of no matter here
    last = read_law(place).kinds[kind].rules["formula"][-1]
    rules = rules_on(read_law(place), kind, min(last.until or date.max, date(2026, 11, 22)))
    if rules.formula.value == "oregon":
        with pytest.raises(LawAbsent, match="is not in the data"):
            goal(rules, 0.8, 0.01, 0.9, required=2000, sample_share=Decimal("0.1"))
        return
    found = goal(rules, 0.8, 0.01, 0.9, required=2000, sample_share=Decimal("0.1"))
    assert 2000 / 0.79 * 0.99 < found.asked.end < 3300
    assert found.asked.sample is None or found.asked.sample >= found.asked.end * 0.99


def test_without_a_kind_the_deadlines_of_all_kinds_are_told_and_written_once(tmp_path: Path) -> None:
    file = tmp_path / "all.ics"
    told = answer("calendar", "us-co", "--filed", "2026-08-03", "--ics", str(file))["kinds"]
    assert {"statute", "amendment"} <= {each["kind"] for each in told}
    days = {(due["day"], due["what"]) for each in told for due in each["due"]}
    assert file.read_text("utf-8").count("BEGIN:VEVENT") == len(days)


def test_without_a_kind_the_goals_of_all_kinds_are_told_or_why_there_is_none() -> None:
    told = answer("needed", "us-ca", "--on", "2026-06-01")
    kinds = {each["kind"]: each["requirement"] for each in told["kinds"]}
    assert kinds["statute"] == 546_651
    assert kinds["amendment"] == 874_641
    assert "no requirement" in told["silent"]["local-recall"]


def test_a_rule_says_which_day_governs_it() -> None:
    rules = answer("us-me", "--kind", "statute", "--on", "2020-01-01")["kinds"][0]["rules"]
    assert rules["requirement"]["governs"] == "filing"
    assert rules["stratum"]["governs"] is None
    assert "(as on the day of filing)" in " ".join(
        run("us-me", "--kind", "statute", "--on", "2020-01-01").stdout.split()
    )
