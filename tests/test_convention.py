"""`ballotworthy convention`: Article V as a fold of events, checked against published counts; no answer is typed in."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.convention import (
    Act,
    Switches,
    count_applications,
    needed_to_call,
    needed_to_ratify,
    read_applications,
    read_ratifications,
    states_on,
)
from ballotworthy.convention.coverage import coverage
from ballotworthy.convention.events import APPLICATION, COLUMNS, DISPUTES, RESCISSION, SUBJECTS
from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.files.spans import Span, span_of
from walked import untraced, walked

APP = build_app(["law", "convention"])
DATA = read_applications()
BUDGET = "balanced-budget"


def asked(*words: object) -> dict[str, Any]:
    done = CliRunner().invoke(APP, ["convention", *map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def count(on: str, *words: object, subject: str = BUDGET) -> dict[str, Any]:
    return asked("count", "--subject", subject, "--on", on, *words)


def act(kind: str, first: int, last: int, subject: str = BUDGET, expires: int | None = None) -> Act:
    start = dt.date(2000, 1, 1)

    def day(number: int) -> dt.date:
        return start + dt.timedelta(days=number)

    until = None if expires is None else Span(day(expires), day(expires))
    return Act("OH", Span(day(first), day(last)), kind, subject, until, "", "x", "")


SPANS = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(sorted)


# Published counts.

OF_2013 = [
    "AK", "AL", "AR", "CO", "DE", "FL", "IA", "IN", "KS", "MD", "MO", "MS", "NC", "NE", "NH", "NM", "NV", "PA", "TX",
]  # fmt: skip
"""The nineteen names of i2i.org and of Michigan's HJR CC (2014)."""


@pytest.mark.parametrize(
    ("on", "words", "number"),
    [
        ("1983-12-31", (), 32),  # GAO B-250287
        ("1993-03-31", (), 29),  # the same, after three rescissions
        ("2013-06-30", (), 19),
        ("2017-01-01", (), 28),  # ALEC (2017), before and after that year
        ("2017-12-31", (), 28),
        ("2022-01-01", (), 27),  # after Colorado's rescission of 2021
        ("2025-01-01", (), 27),
        ("2025-01-01", ("--no-rescissions",), 36),
        ("2025-01-01", ("--lapse", 20), 16),
        ("2025-01-01", ("--lapse", 7), 0),
        ("2025-01-05", ("--same-as", "convention-of-states"), 28),
    ],
)
def test_the_count_for_a_balanced_budget_is_the_published_one(on: str, words: tuple[object, ...], number: int) -> None:
    found = count(on, *words)
    assert (found["count"], found["count_high"], found["needed"]) == (number, number, 34)
    assert len(found["states"]) == number


def test_the_names_of_2013_are_the_published_ones() -> None:
    assert count("2013-06-30")["states"] == OF_2013


def test_the_convention_of_states_has_nineteen_until_one_expires_by_its_own_terms_and_another_renews() -> None:
    before, after = (count(on, subject="convention-of-states")["states"] for on in ("2025-01-05", "2027-07-01"))
    assert len(before) == 19
    assert set(before) - set(after) == {"NE"}
    held = [act for act in DATA if act.text != "HJR98"]  # what Texas did in May 2025 is later than the list of January
    listed = count_applications(held, "convention-of-states", dt.date(2027, 7, 1))
    assert (listed.count, set(before) - set(listed.standing)) == (17, {"NE", "TX"})


def test_an_end_that_is_known_by_its_month_leaves_the_days_of_the_month_open() -> None:
    answers = [count(f"2025-05-0{day}", subject="convention-of-states") for day in (1, 2, 7, 8)]
    assert [(each["count"], each["count_high"]) for each in answers] == [(19, 19), (18, 19), (18, 19), (19, 19)]
    assert answers[1]["doubtful"] == [{"state": "TX", "why": "perhaps expired 2025-05"}]
    for way, number in (("before", 18), ("after", 19)):
        assert count("2025-05-07", "--year-only", way, subject="convention-of-states")["count"] == number


def test_days_that_are_not_exact_are_shown_as_a_range_and_named() -> None:
    found = count("2015-01-01")
    assert (found["count"], found["count_high"]) == (19, 27)
    assert [each["state"] for each in found["doubtful"]] == ["GA", "LA", "MI", "ND", "OH", "SD", "TN", "UT"]
    assert found["doubtful"][0]["why"] == "made 2013-07-01 to 2016-12-31"
    assert [count("2015-01-01", "--year-only", way)["count"] for way in ("before", "after")] == [27, 19]


def first_line(*words: object) -> str:
    done = CliRunner().invoke(APP, ["convention", "count", *map(str, words)], catch_exceptions=False)
    return done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--any-subject",), "on any subject"),
        (("--same-as", "campaign-finance"), "for a balanced budget amendment or campaign finance"),
        (("--aggregate-general",), "for a balanced budget amendment or whatever convention other states ask for"),
        ((), "for a balanced budget amendment"),
    ],
)
def test_the_answer_says_what_the_states_ask_for(words: tuple[str, ...], told: str) -> None:
    assert f" states ask for a convention on 2025-01-01, {told}; 34 of 50 are needed, " in first_line(
        "--subject", BUDGET, "--on", "2025-01-01", *words
    )


@pytest.mark.parametrize(
    ("words", "far"),
    [
        (("--no-rescissions",), "which is reached"),
        (("--no-rescissions", "--on", "2015-01-01"), "which is perhaps reached"),
        (("--on", "2015-01-01"), "7 to 15 more"),
        (("--lapse", 7), "34 more"),
    ],
)
def test_the_answer_says_how_far_it_is(words: tuple[object, ...], far: str) -> None:
    assert first_line("--subject", BUDGET, "--on", "2025-01-01", *words).endswith(f" are needed, {far}.")


def test_a_range_wider_than_its_two_ends_says_why() -> None:
    """California applied by November 2026: early that has lapsed, late it is not made yet, between it counts."""
    words = ("--any-subject", "--lapse", 7, "--no-rescissions")
    found = count("2025-01-01", *words)
    ends = {way: count("2025-01-01", *words, "--year-only", way) for way in ("before", "after")}
    assert found["year_only"] == {way: each["count"] for way, each in ends.items()}
    assert found["count"] <= min(found["year_only"].values()) <= max(found["year_only"].values()) <= found["count_high"]
    done = CliRunner().invoke(APP, ["convention", "count", "--subject", BUDGET, "--on", "2025-01-01", *map(str, words)])
    (told,) = [line for line in done.stdout.splitlines() if "All of them as early as can be" in line]
    doubtful = {each["state"] for each in found["doubtful"]}
    between = doubtful - set(ends["before"]["states"]) - set(ends["after"]["states"])
    assert between == {"CA", "RI"}
    assert told.endswith("Neither way counts California, Rhode Island, but days between do, so the range is wider.")
    assert "made by 2026-11-22, so perhaps lapsed, perhaps not yet made" in done.stdout
    exact = count("2025-01-01")
    assert (exact["count"], exact["year_only"]) == (exact["count_high"], None)


@given(
    acts=st.lists(st.builds(lambda span: act(APPLICATION, *span), SPANS), min_size=1, max_size=3), on=st.integers(0, 9)
)
def test_the_range_holds_both_ends(acts: list[Act], on: int) -> None:
    day = dt.date(2000, 1, 1) + dt.timedelta(days=on)
    found = count_applications(acts, BUDGET, day)
    for way in ("before", "after"):
        end = count_applications(acts, BUDGET, day, Switches(year_only=way))
        assert found.count <= end.count <= found.high
        assert end.count == end.high


def test_each_number_of_the_page_is_a_link_or_says_that_it_is_unknown(tmp_path: Path) -> None:
    for on in ("2025-01-01", "2015-01-01"):
        path = tmp_path / f"{on}.html"
        count(on, "--plot", path)
        walk = walked(path)
        assert walk.bare == []
        assert untraced(walk) == []
        assert "What it depends on" in walk.words


def test_what_is_disputed_is_listed_and_not_counted() -> None:
    found = count("2025-01-01")
    assert {(each["state"], each["what"]) for each in found["disputes"]} == {
        (state, "a rescission that other lists do not have") for state in ("IA", "KS", "MO", "NV")
    }
    assert "KS" in found["states"]


def test_every_combination_of_the_open_questions_is_answered_by_the_same_fold() -> None:
    found = count("2025-01-01", "--same-as", "convention-of-states")
    assert len(found["answers"]) == 2 * 3 * 2 * 3
    for each in found["answers"]:
        switches = Switches(
            each["rescissions"], each["lapse"], tuple(each["same_as"]), each["aggregate_general"], each["any_subject"]
        )
        again = count_applications(DATA, BUDGET, dt.date(2025, 1, 1), switches)
        assert (each["count"], each["count_high"]) == (again.count, again.high)
        assert each["reached"] == (again.count >= 34)
    assert {each["reached"] for each in found["answers"]} == {True, False}


# Ratification.

OFFICIAL = {
    11: "1795-02-07", 12: "1804-06-15", 13: "1865-12-06", 14: "1868-07-09", 15: "1870-02-03", 16: "1913-02-03",
    17: "1913-04-08",
    18: "1919-01-16", 19: "1920-08-18", 20: "1933-01-23", 21: "1933-12-05", 22: "1951-02-27", 23: "1961-03-29",
    24: "1964-01-23", 25: "1967-02-10", 26: "1971-07-01", 27: "1992-05-07",
}  # fmt: skip
OF_STATES = {11: 15, 12: 17, 13: 36, 14: 37, 15: 37, 16: 48, 23: 50}


@pytest.mark.parametrize("amendment", OFFICIAL)
def test_the_decisive_state_falls_on_the_official_day(amendment: int) -> None:
    found = asked("ratify", "--amendment", amendment, "--on", "2025-01-01")
    assert found["complete"] == OFFICIAL[amendment]
    assert found["decisive"]
    day_before = dt.date.fromisoformat(OFFICIAL[amendment]) - dt.timedelta(days=1)
    assert asked("ratify", "--amendment", amendment, "--on", day_before)["complete"] is None
    if amendment in OF_STATES:
        then = asked("ratify", "--amendment", amendment, "--on", OFFICIAL[amendment])
        assert then["states_then"] == OF_STATES[amendment]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ((), 35),
        (("--no-deadline",), 38),
        (("--rescissions", "--no-deadline"), 33),
        (("--rescissions",), 30),
    ],
)
def test_the_equal_rights_amendment_has_a_number_for_every_reading(words: tuple[str, ...], number: int) -> None:
    found = asked("ratify", "--amendment", "era", "--on", "2025-01-01", *words)
    assert (found["count"], found["count_high"]) == (number, number)
    assert found["complete"] == ("2020-01-27" if number == 38 else None)


def test_the_fourteenth_is_later_where_rescissions_count() -> None:
    early = asked("ratify", "--amendment", 14, "--on", "1900-01-01", "--rescissions")["complete"]
    assert early is not None
    assert early > OFFICIAL[14]


def test_the_number_needed_is_of_the_states_of_the_day() -> None:
    assert [needed_to_ratify(dt.date(year, 1, 1)) for year in (1804, 1865, 1868, 1913, 2000)] == [13, 27, 28, 36, 38]
    assert [needed_to_call(dt.date(year, 1, 1)) for year in (1791, 1913, 2000)] == [9, 32, 34]
    assert len(states_on(dt.date(1958, 12, 31))) == 48


def test_the_bloc_counts_what_is_missing_and_names_the_nearest_first() -> None:
    found = asked("bloc", "--subject", BUDGET, "--on", "2025-01-01")
    assert found["call"] == {"needed": 34, "count": 27, "count_high": 27, "further": 7}
    assert (found["ratify"], found["block"]) == (38, 13)
    assert len(found["nearest"]) == 50 - 27
    assert found["nearest"][1] == {"state": "DE", "why": "applied 1975, rescinded 2016-05-03"}


def bloc_said(*words: object) -> list[str]:
    done = CliRunner().invoke(
        APP, ["convention", "bloc", "--on", "2025-01-01", *map(str, words)], catch_exceptions=False
    )
    return done.stdout.splitlines()


def test_the_bloc_says_how_many_more_or_that_enough_ask() -> None:
    assert bloc_said("--subject", BUDGET)[1] == "Any 7 further states call a convention."
    enough = bloc_said("--subject", BUDGET, "--no-rescissions")
    assert enough[0].endswith("34 of 50 are needed, which is reached.")
    assert not [line for line in enough if "further" in line]


def test_the_bloc_names_what_a_state_asked_for_under_any_subject() -> None:
    """Delaware asked for a balanced budget and took all back: under any subject that is an application too."""
    told = bloc_said("--subject", "campaign-finance", "--any-subject")
    assert "  Delaware: applied 1975, rescinded 2016-05-03" in told
    alone = bloc_said("--subject", "campaign-finance")
    assert "  Delaware: no application is held" in alone


# The fold itself.


ACTS = st.lists(
    st.builds(
        lambda kind, span, all_of: act(kind, *span, "" if kind == RESCISSION and all_of else BUDGET),
        st.sampled_from([APPLICATION, RESCISSION]), SPANS, st.booleans(),
    ),
    max_size=4,
)  # fmt: skip


@given(acts=ACTS, on=st.integers(0, 9))
def test_a_state_is_certain_only_if_every_choice_of_days_says_so(acts: list[Act], on: int) -> None:
    """The slow oracle places each event on each day of its span."""
    day = dt.date(2000, 1, 1) + dt.timedelta(days=on)
    worlds: list[list[Act]] = [[]]
    for each in acts:
        days = range(each.when.first.toordinal(), each.when.last.toordinal() + 1)
        placed = [replace(each, when=Span(dt.date.fromordinal(one), dt.date.fromordinal(one))) for one in days]
        worlds = [[*world, one] for world in worlds for one in placed]
    answers = {bool(count_applications(world, BUDGET, day).standing) for world in worlds}
    found = count_applications(acts, BUDGET, day)
    if found.standing:
        assert answers == {True}
    if True in answers:
        assert found.standing or found.doubtful


def test_a_later_application_revives_a_state_and_an_expired_one_does_not_stand() -> None:
    day = dt.date(2000, 1, 9)
    first, back, again = act(APPLICATION, 0, 0), act(RESCISSION, 2, 2, ""), act(APPLICATION, 4, 4)
    assert count_applications([first, back], BUDGET, day).count == 0
    assert count_applications([first, back, again], BUDGET, day).count == 1
    assert count_applications([act(APPLICATION, 0, 0, expires=8)], BUDGET, day).count == 1
    assert count_applications([act(APPLICATION, 0, 0, expires=7)], BUDGET, day).count == 0
    other = act(RESCISSION, 2, 2, "campaign-finance")
    assert count_applications([first, other], BUDGET, day).count == 1


# The data, and bad input.


def test_every_event_has_an_address_and_every_subject_has_words() -> None:
    assert all(each.source.startswith("http") for each in DATA)
    assert {each.subject for each in DATA if each.subject} <= set(SUBJECTS)
    ratified = read_ratifications()
    assert all("http" in each.source for each in ratified)
    assert not [each for each in (*DATA, *ratified) if "memory" in each.doubt]


HEAD = ",".join(COLUMNS["applications"])


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n")
    return path


def test_a_table_of_ones_own_is_counted(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "OH,2020-05-01,day,,application,wells,,,HJR 1,http://x,",
        "CA,2021,year,,application,wells,,,,http://x,",
    )
    found = count("2021-06-01", "--applications", path, subject="wells")
    assert (found["states"], found["count_high"]) == (["OH"], 2)


def test_a_table_in_which_no_question_moves_the_answer_says_so_without_an_empty_list(tmp_path: Path) -> None:
    path, page = table(tmp_path, "OH,2020-05-01,day,,application,wells,,,HJR 1,a book,"), tmp_path / "page.html"
    words = ["convention", "count", "--subject", "wells", "--on", "2021-06-01", "--applications", str(path)]
    done = CliRunner().invoke(APP, [*words, "--plot", str(page)], catch_exceptions=False)
    assert "What it depends on" not in done.stdout
    assert "  It stays the same if no state may take its application back; " in done.stdout
    walk = walked(page)
    assert (walk.bare, untraced(walk)) == ([], ["acts"])  # a book has no address
    assert "(a book)" in walk.words
    assert "Each line answers" not in walk.words


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "XX,2020-05-01,day,,application,wells,,,,http://x,",
        "OH,2020-13-01,day,,application,wells,,,,http://x,",
        "OH,2020,day,,application,wells,,,,http://x,",
        "OH,2020-05-01,day,,sung,wells,,,,http://x,",
        "OH,2020-05-01,day,,application,,,,,http://x,",
        "OH,2020-05-01,day,,application,wells,,,,,",
        "HI,1950-05-01,day,,application,wells,,,,http://x,",
        "UT,2010-05-01,day,,rescission,wells,,,,http://x,",
        "UT,2020-05-01,day,,application,wells,,,,http://x,",
        "NY,2010-05-01,by,2012-01-01,application,wells,,,,http://x,",
    )
    with pytest.raises(FileFaults) as caught:
        read_applications(path)
    told = [(fault.line, fault.column) for fault in caught.value.faults]
    assert told == [
        (2, "state"), (3, "day"), (4, "day"), (5, "kind"), (6, "subject"), (7, "source"), (8, "day"), (9, "day"),
        (11, "day"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("OH,2020-05-01,day,,application,wells,,2019-01-01,,http://x,", "expires"),
        ("OH,2020-05-01,day,,application,wells,,someday,,http://x,", "expires"),
        ("OH,2020-05-01,day,,rescission,wells,all,,,http://x,", "scope"),
        ("OH,2020-05-01,day,,rescission,,wells,,,http://x,", "scope"),
        ("OH,2020-05-01,day,,rescission,wells,roads or all,,,http://x,", "scope"),
        ("OH,2020-05-01,by,2021-01-01,application,wells,,,,http://x,", "day"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_place(row: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        read_applications(table(tmp_path, row))
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, column)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("OH,2999-05-01,day,,application,wells,,,,http://x,", "line 2, column day: 2999-05-01 is in the future"),
        ("OH,2020-05-01,day,,application,wells,,,,http://x,a doubt, unquoted", "line 2: 12 cells where"),
        ("OH,2020-05-01,day,,application,wells,,,,http://x", "line 2: 10 cells where"),
        ("", "a heading but no rows"),
    ],
)
def test_a_table_that_cannot_be_is_refused_through_the_command(row: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        count("2021-01-01", "--applications", table(tmp_path, row), subject="wells")


def test_stray_quotes_of_a_doubt_swallow_no_state(tmp_path: Path) -> None:
    rows = [f"{state},2020-05-01,day,,application,wells,,,,http://x,{doubt}" for state, doubt in
            (("OH", '"see'), ("MI", ""), ("IA", 'x"'))]  # fmt: skip
    with pytest.raises(FileFaults, match="opens here and swallows rows"):
        count("2021-01-01", "--applications", table(tmp_path, *rows), subject="wells")
    rows = [rows[1], 'OH,2020-05-01,day,,application,wells,,,,http://x,"a doubt\nof two lines"']
    assert count("2021-01-01", "--applications", table(tmp_path, *rows), subject="wells")["states"] == ["MI", "OH"]


def test_a_rescission_that_was_perhaps_of_all_leaves_other_subjects_doubtful(tmp_path: Path) -> None:
    rows = ["OH,2000-05-01,day,,application,wells,,,,http://x,", "OH,2001-05-01,day,,application,roads,,,,http://x,"]
    for scope, wells in (("roads", (1, 1)), ("roads or all", (0, 1))):
        path = table(tmp_path, *rows, f"OH,2002-05-01,day,,rescission,roads,{scope},,,http://x,")
        found = count("2003-01-01", "--applications", path, subject="wells")
        assert (found["count"], found["count_high"]) == wells
        assert count("2003-01-01", "--applications", path, subject="roads")["count_high"] == 0
        assert count("2003-01-01", "--applications", path, "--no-rescissions", subject="wells")["count"] == 1


def test_one_open_question_at_a_time_is_answered_by_the_same_fold() -> None:
    found = count("2025-01-01")
    told = {each["change"]: (each["count"], each["reached"]) for each in found["depends_on"]}
    assert told["if no state may take its application back"] == (36, True)
    assert told["if they lapse after 20 years"] == (16, False)
    assert "if general ones join" not in told  # it moves nothing
    for words, switches in (
        ("if subjects need not match at all", Switches(any_subject=True)),
        ("if they lapse after 7 years", Switches(lapse=7)),
    ):
        again = count_applications(DATA, BUDGET, dt.date(2025, 1, 1), switches)
        assert told[words] == (again.count, again.count >= again.needed)


def test_the_days_of_the_acts_are_written_with_the_count_after_each(tmp_path: Path) -> None:
    found = count("2025-01-01", "--csv", tmp_path / "days.csv", "--ics", tmp_path / "days.ics")
    rows = list(csv.DictReader((tmp_path / "days.csv").read_text().splitlines()))
    assert (int(rows[-1]["count"]), int(rows[-1]["count_high"])) == (found["count"], found["count_high"])
    assert max(int(row["count"]) for row in rows if row["day"] < "1990") == 32
    calendar = (tmp_path / "days.ics").read_text()
    assert calendar.count("BEGIN:VEVENT") == len(rows)
    asked("ratify", "--amendment", 27, "--on", "2025-01-01", "--csv", tmp_path / "27.csv", "--ics", tmp_path / "27.ics")
    assert "1992-05-07,,MI,ratified,27" in (tmp_path / "27.csv").read_text()


def test_a_count_that_joins_subjects_says_that_their_table_is_not_known_to_be_complete() -> None:
    held = count("2025-01-01", "--any-subject")["coverage"]
    assert (held["complete_to"], held["incomplete"]) == (
        "2025-01-01",
        [name for name, each in coverage().items() if name in SUBJECTS and not each.complete_to],
    )
    done = CliRunner().invoke(APP, ["convention", "count", "--subject", BUDGET, "--on", "2025-01-01", "--any-subject"])
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("The table is complete to")]
    assert "Not known to be complete: campaign finance, " in told
    assert "Counts that join these can be too low" in told


def test_what_is_disputed_of_any_subject_is_listed_where_any_counts() -> None:
    alone, every = count("2025-01-01")["disputes"], count("2025-01-01", "--any-subject")["disputes"]
    assert (
        len(alone) < len(every) == sum(act.kind in DISPUTES and act.when.first <= dt.date(2025, 1, 1) for act in DATA)
    )


def test_what_the_tables_hold_is_told_by_subject() -> None:
    own = {"amendments", "proposals", "12", "18", "23", "era"}
    assert set(coverage()) == {each.subject for each in DATA if each.subject} | own
    assert sum(coverage()[name].rows for name in own) == len(read_ratifications())
    assert count("2025-01-01", subject="campaign-finance")["coverage"]["complete_to"] is None
    done = CliRunner().invoke(APP, ["convention", "count", "--subject", BUDGET, "--on", "2027-06-01"])
    assert "What states did after 2026-11-22 is not in it." in done.stdout


def test_what_is_not_known_is_refused_with_the_choices() -> None:
    with pytest.raises(UnknownName, match="balanced-budget"):
        count("2020-01-01", subject="balanced-budgets")
    with pytest.raises(UnknownName, match="amendment"):
        asked("ratify", "--amendment", "99", "--on", "2020-01-01")
    with pytest.raises(InputError, match="neither before nor after"):
        count("2020-01-01", "--year-only", "never")
    with pytest.raises(InputError, match="cannot lapse after 0 years"):
        count("2020-01-01", "--lapse", 0)
    for words in (("count", "--subject", BUDGET), ("bloc", "--subject", BUDGET), ("ratify", "--amendment", 12)):
        with pytest.raises(InputError, match="before the Constitution"):
            asked(*words, "--on", "1780-01-01")
    with pytest.raises(InputError, match="there is no file nowhere"):
        count("2020-01-01", "--applications", "nowhere.csv")


@given(st.dates(dt.date(1788, 1, 1), dt.date(2030, 1, 1)))
def test_a_span_holds_its_day_at_every_precision(day: dt.date) -> None:
    for precision, text in (("day", f"{day}"), ("month", f"{day:%Y-%m}"), ("year", f"{day:%Y}"), ("by", f"{day}")):
        span = span_of(text, precision)
        assert span.first <= day <= span.last


@given(st.dates())
def test_a_span_is_written_as_it_was_read_in_any_year(day: dt.date) -> None:
    for precision, length in (("day", 10), ("month", 7), ("year", 4)):
        text = day.isoformat()[:length]
        assert str(span_of(text, precision)) == text


SAID = "27 states ask for a convention on 2025-01-01, for a balanced budget amendment; 34 of 50 are needed, 7 more"


@pytest.mark.parametrize("suffix", ["svg", "html"])
def test_the_states_are_drawn_as_a_grid_with_every_state_once(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"states.{suffix}"
    count("2025-01-01", "--plot", path)
    drawn = path.read_text()
    assert f'aria-label="{SAID}"' in drawn
    drawings = 2 if suffix == "html" else 1  # for paper and desk, and for a phone
    assert all(drawn.count(f">{state}</text>") == drawings for state in states_on(dt.date(2025, 1, 1)))


def test_a_law_student_reads_the_answer_in_a_minute() -> None:
    done = CliRunner().invoke(APP, ["convention", "count", "--subject", BUDGET, "--on", "2025-01-01"])
    lines = done.stdout.splitlines()
    assert lines[0] == f"{SAID}."
    assert "        36  if no state may take its application back  REACHED" in lines
    assert "        36  no rescission counts, they never lapse  REACHED" in lines
    assert any(line.startswith("The table is complete to 2025-01-01") for line in lines)
    assert len(lines) < 45
