"""`ballotworthy convention ratify`: what it says of a finished amendment, of an open one, and of one not held."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.convention import needed_to_ratify, ratification_of, read_ratifications, states_on
from ballotworthy.errors import InputError, UnknownName

APP = build_app(["law", "convention"])


def said(*words: object) -> list[str]:
    done = CliRunner().invoke(APP, ["convention", "ratify", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def asked(*words: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads("\n".join(said(*words, "--json")))
    return answer


@pytest.mark.parametrize("amendment", range(11, 28))
def test_a_finished_amendment_is_told_with_the_states_of_its_own_day(amendment: int) -> None:
    told, found = said("--amendment", amendment, "--on", "2026-12-01"), bw.ratification_of(amendment, on="2026-12-01")
    day = found.complete
    assert day is not None
    then = ratification_of(read_ratifications(), str(amendment), day)
    assert told[0].endswith(
        f" Amendment became part of the Constitution on {day}: {len(then.states)} of the {len(states_on(day))} states "
        f"of that day had ratified, and {needed_to_ratify(day)} were needed."
    )
    assert told[1].endswith(f"; by 2026-12-01 {len(found.states)} states have.")
    assert "38 of 50" not in told[0]


def test_the_same_numbers_are_in_the_json() -> None:
    found = asked("--amendment", 14, "--on", "2026-01-01")
    assert (found["complete"], found["count_when_complete"]) == ("1868-07-09", 28)
    assert (found["states_when_complete"], found["needed_when_complete"]) == (37, 28)
    early = asked("--amendment", 14, "--on", "1867-01-01")
    assert (early["complete"], early["count_when_complete"], early["states_when_complete"]) == (None, None, None)
    assert early["rejected"] == ["GA", "NC", "SC", "TX"]


def test_an_open_amendment_says_how_many_more_and_by_which_day() -> None:
    told = said("--amendment", "era", "--on", "2025-01-01")
    assert told[0] == (
        "35 of 50 states have ratified the Equal Rights Amendment (proposed 1972) by 2025-01-01; 38 are needed, 3 more."
    )
    assert told[1] == "Congress set 1982-06-30 as the last day (first 1979-03-22, then moved)."
    assert len([line for line in told if line.startswith("  rescissions")]) == 4


def test_a_reading_that_no_court_has_settled_is_never_told_as_the_constitution() -> None:
    for words in (("era", "--no-deadline"), (14, "--rescissions")):
        assert said("--amendment", *words, "--on", "2025-01-01")[0].startswith("Under this reading enough states")


@pytest.mark.parametrize(("written", "meant"), [("14th", "14"), ("ERA", "era"), (" 23rd ", "23")])
def test_an_amendment_may_be_written_as_people_do(written: str, meant: str) -> None:
    assert asked("--amendment", written, "--on", "2025-01-01") == asked("--amendment", meant, "--on", "2025-01-01")


def test_readings_that_cannot_differ_are_not_listed() -> None:
    assert not [line for line in said("--amendment", 27, "--on", "2025-01-01") if line.startswith("  ")]
    told = [line for line in said("--amendment", 14, "--on", "2025-01-01") if line.startswith("  ")]
    assert told == [
        "  rescissions do not count: 37, complete on 1868-07-09",
        "  rescissions count: 37, complete on 1868-07-21",
    ]


def test_a_ratification_is_not_taken_back_from_what_is_complete() -> None:
    """Oregon rescinded in October 1868; the amendment was complete in July, whichever way New Jersey is read."""
    for day in ("1868-10-15", "1868-10-17"):
        assert "OR" in asked("--amendment", 14, "--on", day, "--rescissions")["states"]


def test_the_fifteenth_is_complete_with_nebraska_where_new_york_took_its_own_back() -> None:
    """House Rules and Manual, footnote: 3 February 1870, or 17 February "when ratified by Nebraska"."""
    plain, back = (asked("--amendment", 15, "--on", "1870-03-01", *words) for words in ((), ("--rescissions",)))
    assert plain["complete"] == "1870-02-03"
    assert (back["complete"], back["decisive"]) == ("1870-02-17", ["NE"])


def test_amendments_that_are_not_held_are_told_so_and_why() -> None:
    for amendment in range(1, 11):
        with pytest.raises(InputError, match=f"amendment {amendment} are not held.*No page was read.*11 to 27, or"):
            said("--amendment", amendment, "--on", "2025-01-01")
    with pytest.raises(UnknownName, match="27"):
        said("--amendment", 28, "--on", "2025-01-01")


def test_states_that_one_list_lacks_are_held_with_their_doubt() -> None:
    later = {
        (each.subject, each.state): each for each in read_ratifications() if "not in the House Manual" in each.doubt
    }
    assert {("18", "IL"), ("18", "IN"), ("26", "SD"), ("17", "DE")} <= set(later)
    assert len(asked("--amendment", 18, "--on", "2025-01-01")["states"]) == 47
    assert len(asked("--amendment", 12, "--on", "2025-01-01")["states"]) == 15


def test_what_is_held_of_an_amendment_stands_below_its_answer() -> None:
    assert said("--amendment", 23, "--on", "2025-01-01")[-1].startswith("The table is complete to 1961-12-31, by day:")
    assert "Alabama" in said("--amendment", 23, "--on", "2025-01-01")[-1]
    assert said("--amendment", "child-labor", "--on", "2025-01-01")[-1].startswith("The table is not known to be")
    assert asked("--amendment", 11, "--on", "2025-01-01")["coverage"]["complete_to"] == "2025-01-01"
