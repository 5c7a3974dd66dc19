"""The verifier's arithmetic, written from the specification, beside the program's own and published petitions."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from ballotworthy.casework import rules_body
from ballotworthy.errors import BallotworthyError
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.law import read_law, rules_on
from ballotworthy.law.given import GIVABLE, Given, with_given
from ballotworthy.sufficiency import FORMULAS, Counts, assess, assessment_data
from ballotworthy.verify.exact import printed, root, rounded, share, whole
from ballotworthy.verify.formulas import NoEstimate
from ballotworthy.verify.rules import GIVEN, Digits, given_fault, in_force, shape_fault, text_fault, values_of
from ballotworthy.verify.verdict import Outcome, bands_of, judge
from test_verify_page import VERIFIER

NODE = shutil.which("node")
PLACES = {
    place: tomllib.loads(place_file(place, "law.toml").read_text("utf-8"), parse_float=Digits)
    for place in place_codes()
}
KINDS = [(place, kind) for place, law in PLACES.items() for kind in law["kinds"]]
SAMPLED = [
    (law.place, kind.name)
    for law in map(read_law, PLACES)
    for kind in law.kinds.values()
    if FORMULAS[kind.rules["formula"][-1].value].samples
]
Row = dict[str, Any]
Petition = tuple[str, str, dt.date, list[Row], int, list[Row]]
OFFICE = {
    "district_most_share": ["0.25", "0.5"],
    "insufficient_at": ["true", "false"],
    "insufficient_below": ["0.90", "1.00"],
    "rounding": ["nearest", "down", "up"],
    "sample_otherwise": ["full-check", "insufficient", "sufficient", "undecided"],
    "sufficient_above": ["1.00", "1.10"],
    "sufficient_at": ["true", "false"],
}
"""What an office may enter, where the law's data lacks it."""


def pinned(
    place: str,
    kind: str,
    on: dt.date,
    required: int | None,
    districts: list[Row] | None = None,
    given: list[Row] | None = None,
) -> Row:
    """Give the rules as a record pins them, with what the office gave among the values."""
    values, reasons = in_force(PLACES[place], kind, on)
    if given:
        assert given_fault({"values": values, "given": given}) == ""
        values = values_of({"values": values, "given": given})
    rules: Row = {"values": values, "reasons": reasons}
    rules |= {"required": {"value": required, "source": "given"}} if required else {}
    return rules | ({"districts": districts} if districts else {})


def as_program(row: Row) -> Counts:
    return Counts(
        stratum=row["stratum"],
        raw=row["raw"],
        sample=row["sample"],
        valid=row["valid"],
        duplicates=row["duplicates"],
        removed=row["removed"],
        invalid=row["invalid"],
        seen_2=row.get("seen_2"),
        seen_3=row.get("seen_3"),
        district=row["district"] or None,
    )


def plain(outcome: Outcome) -> Row:
    steps = [list(step) for step in outcome.steps]
    return {
        "districts": outcome.districts or [],
        "raw": outcome.raw,
        "estimate": outcome.estimate,
        "requirement": outcome.requirement,
        "verdict": outcome.verdict,
        "bands": outcome.bands,
        "open": outcome.open,
        "steps": steps,
    }


def version_of(rows: list[Row]) -> int:
    """Give the version of the record by whose rule on districts the rows are judged: one or the other, by chance."""
    return 1 + rows[0]["raw"] % 2


def by_the_program(place: str, kind: str, on: dt.date, rows: list[Row], required: int | None, given: list[Row]) -> Row:
    rules = with_given(rules_on(read_law(place), kind, on), [Given(**each) for each in given])
    found = assess(rules, [as_program(row) for row in rows], required, each_named=version_of(rows) == 1)
    data = assessment_data(found)
    bands = data["thresholds"] and {key: value for key, value in data["thresholds"].items() if value is not None}
    steps = [
        [step["stratum"], step["name"], step["value"]]
        for step in data["steps"]
        if not step["name"].startswith(("district ", "spread "))
    ]
    districts = [{key: value for key, value in each.items() if value is not None} for each in data["districts"]]
    numbers = {key: data[key] for key in ("raw", "estimate", "requirement", "verdict")}
    left = [point["rule"] for point in data["undecided"]]
    return numbers | {"districts": districts, "bands": bands, "open": left, "steps": steps}


@st.composite
def petitions(draw: st.DrawFn) -> Petition:
    """Give a place, a kind, a day, rows that a petition could have, and a number required near the estimate."""
    place, kind = draw(st.sampled_from([*KINDS, *SAMPLED, *SAMPLED]))
    on = draw(st.sampled_from([dt.date(2014, 6, 1), dt.date(2019, 3, 1), dt.date(2024, 9, 1), dt.date(2026, 5, 1)]))
    values, _ = in_force(PLACES[place], kind, on)
    formula = values.get("formula")
    rows = []
    for at in range(1 if formula == "washington" else draw(st.integers(1, 4))):
        raw = draw(st.integers(1, 40_000))
        removed = draw(st.integers(0, raw // 3))
        of = raw - removed
        every = formula in ("full-count", "district-of-columbia", "oregon") or draw(st.integers(0, 4)) == 0
        sample = of if every else draw(st.integers(1, of))
        valid = draw(st.integers(sample // 3, sample))
        twins = draw(st.integers(0, min(valid, sample - valid, 40)))
        row: Row = {"stratum": f"S{at}", "district": draw(st.sampled_from(["", f"D{at % 2}"]))}
        row |= {"raw": raw, "removed": removed, "sample": sample, "valid": valid, "duplicates": twins}
        row["invalid"] = sample - valid - twins
        if formula == "new-zealand":
            row["seen_3"] = draw(st.integers(0, twins // 2))
            row["seen_2"] = twins - 2 * row["seen_3"]
        rows.append(row)
    near = sum(row["valid"] * (row["raw"] - row["removed"]) // row["sample"] for row in rows)
    required = max(1, near * draw(st.integers(80, 120)) // 100)
    names = draw(st.lists(st.sampled_from(sorted(OFFICE)), unique=True)) if draw(st.booleans()) else []
    entered = [
        {"rule": name, "value": draw(st.sampled_from(OFFICE[name])), "source": "the office"}
        for name in sorted(names)
        if name not in values
    ]
    return place, kind, on, rows, required, entered


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(petitions())
def test_verifier_and_program_draw_the_same_from_any_counts(case: Petition) -> None:
    place, kind, on, rows, required, entered = case
    try:
        expected = by_the_program(place, kind, on, rows, required, entered)
    except BallotworthyError:
        reject()
    rules = pinned(place, kind, on, required, given=entered) | {"version": version_of(rows)}
    assert plain(judge({"rows": rows}, rules)) == expected


JUDGE = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(([counts, rules]) => judge(counts, rules))));
"""


@pytest.mark.skipif(NODE is None, reason="there is no node to run the page's verifier")
def test_the_page_draws_the_same_too(tmp_path: Path) -> None:
    assert VERIFIER is not None
    assert NODE is not None
    script = tmp_path / "judge.cjs"
    script.write_text(VERIFIER[1] + JUDGE, "utf-8")
    asked: list[list[Row]] = []

    @settings(max_examples=300, database=None)
    @given(petitions())
    def gather(case: Petition) -> None:
        place, kind, on, rows, required, entered = case
        rules = pinned(place, kind, on, required, given=entered) | {"version": version_of(rows)}
        asked.append([{"rows": rows}, rules])

    gather()
    done = subprocess.run([NODE, str(script)], input=json.dumps(asked).encode(), capture_output=True, check=True)
    judged = 0
    for (counts, rules), answer in zip(asked, json.loads(done.stdout), strict=True):
        if isinstance(answer, str):
            with pytest.raises(NoEstimate, match=f"^{re.escape(answer)}$"):
                judge(counts, rules)
            continue
        right = judge(counts, rules)
        expected = plain(right) | {"sampled": right.sampled}
        expected["steps"] = [list(step) for step in expected["steps"]]
        assert answer | {"districts": answer.get("districts") or []} == expected
        judged += 1
    assert judged > 100


def published() -> Iterator[Any]:
    """Give the published petitions whose counts and estimate are known."""
    for place in place_codes():
        for case in tomllib.loads(place_file(place, "cases.toml").read_text("utf-8"))["cases"]:
            if "counts" in case and "estimate" in case and "departs" not in case:
                yield pytest.param(place, case, id=case["title"])


@pytest.mark.parametrize(("place", "case"), list(published()))
def test_published_petitions_come_out_as_published(place: str, case: Row) -> None:
    rows = [
        dict.fromkeys(("removed", "duplicates"), 0)
        | {"district": ""}
        | {key: value for key, value in row.items() if key not in ("required", "at_most")}
        for row in case["counts"]
    ]
    districts = [
        {key: row[key] for key in ("required", "at_most") if key in row}
        | {"name": row.get("district") or row["stratum"]}
        for row in case["counts"]
        if "required" in row or "at_most" in row
    ]
    outcome = judge({"rows": rows}, pinned(place, case["kind"], case["on"], case.get("required"), districts))
    assert outcome.estimate == case["estimate"]
    if "districts_met" not in case and outcome.verdict != "undecided":
        assert outcome.verdict == case.get("verdict", outcome.verdict)
    steps = {name: value for _, name, value in outcome.steps}
    assert {name: steps[name] for name in case.get("steps", {}) if name in steps} == {
        name: value for name, value in case.get("steps", {}).items() if name in steps
    }


def test_an_office_may_give_the_same_rules_everywhere() -> None:
    assert VERIFIER is not None
    by_page = re.search(r"const GIVEN = (\[.*?\]);", VERIFIER[1])
    assert by_page is not None
    assert GIVABLE == GIVEN == tuple(json.loads(by_page[1]))


@pytest.mark.parametrize(("place", "kind"), KINDS)
def test_the_rules_of_every_place_are_of_the_types_that_a_record_holds(place: str, kind: str) -> None:
    for year in range(2000, 2027):
        assert shape_fault(in_force(PLACES[place], kind, dt.date(year, 6, 1))[0]) == ""


# The small arithmetic, by hand.


@pytest.mark.parametrize(
    ("number", "places", "right"),
    [
        (Fraction(1, 2), 0, Fraction(1)),
        (Fraction(-1, 2), 0, Fraction(-1)),
        (Fraction(25, 1000), 2, Fraction(3, 100)),
        (Fraction(-25, 1000), 2, Fraction(-3, 100)),
        (Fraction(24999, 1000000), 2, Fraction(2, 100)),
    ],
)
def test_halves_are_rounded_away_from_zero(number: Fraction, places: int, right: Fraction) -> None:
    assert rounded(number, places) == right


@pytest.mark.parametrize(
    ("number", "nearest", "down", "up"),
    [(Fraction(5, 2), 3, 2, 3), (Fraction(-5, 2), -2, -3, -2), (Fraction(7), 7, 7, 7), (Fraction(1, 3), 0, 0, 1)],
)
def test_whole_numbers_are_rounded_as_the_rule_says(number: Fraction, nearest: int, down: int, up: int) -> None:
    assert [whole(number, rounding) for rounding in ("nearest", "down", "up")] == [nearest, down, up]


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(1234567), 0, "1,234,567"),
        (Fraction(-10445642, 10000), 4, "-1,044.5642"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_numbers_are_printed_as_the_steps_show_them(number: Fraction, places: int, text: str) -> None:
    assert printed(number, places) == text


def test_a_share_is_a_percentage_of_two_decimals() -> None:
    assert share(Fraction(5, 6)) == "83.33%"


@given(st.fractions(min_value=0, max_value=10**9))
def test_a_root_has_fifty_digits(number: Fraction) -> None:
    found = root(number)
    assert found * found <= number <= (found + Fraction(1, 10**50)) ** 2


@pytest.mark.parametrize(
    ("values", "bands"),
    [
        ({}, None),
        ({"sufficient_above": "1.10", "insufficient_below": "0.90"}, (90, 111)),
        ({"sufficient_above": "1.10", "insufficient_below": "0.90", "sufficient_at": True}, (90, 110)),
        ({"sufficient_above": "1.10", "insufficient_below": "0.90", "insufficient_at": True}, (91, 111)),
        ({"sufficient_above": "1.00", "insufficient_below": "1.00", "insufficient_at": True}, (101, 101)),
        ({"sufficient_above": "1.05"}, (None, 106)),
        ({"sufficient_above": "1.05", "sample_otherwise": "insufficient"}, (106, 106)),
        ({"insufficient_below": "0.95", "sample_otherwise": "sufficient"}, (95, 95)),
        ({"insufficient_below": "0.95"}, (95, None)),
        ({"insufficient_below": "1.00"}, (100, 100)),
    ],
)
def test_bands_stand_where_the_law_puts_them(values: Row, bands: tuple[int, int | None] | None) -> None:
    found = bands_of(100, values)
    assert (found and (found.get("insufficient_below"), found.get("sufficient_above"))) == bands


@pytest.mark.parametrize(("place", "kind"), KINDS)
def test_the_verifier_reads_the_rules_of_every_place_as_casework_pins_them(place: str, kind: str) -> None:
    text = place_file(place, "law.toml").read_text("utf-8")
    for year in (2013, 2019, 2025):
        try:
            body = rules_body(text, place, kind, f"{year}-06-01")
        except BallotworthyError:
            continue
        assert text_fault(body, kind, f"{year}-06-01") == ""
        assert shape_fault(body["values"]) == ""
