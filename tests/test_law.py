"""The every-place suite: each law file loads, cites every value, and reproduces its published petitions."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ballotworthy.errors import FileFaults, LawAbsent, LawNotYetInForce, UnknownName
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.law import EVENTS, REASONS, RULES, Cited, Deadline, Law, Source, read_law, read_law_file, rules_on
from ballotworthy.law.lines import line_numbers, line_of
from ballotworthy.law.reading import _Reader
from ballotworthy.law.words import checks_of
from ballotworthy.sufficiency import Counts, assess, decide, thresholds_of
from ballotworthy.sufficiency.decide import BY_USER

PLACES = place_codes()


def cases_of(place: str) -> list[dict[str, Any]]:
    text = place_file(place, "cases.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text, parse_float=Decimal)["cases"]
    assert isinstance(cases, list)
    return cases


LEFT_OPEN = {
    ("us-ca", "district-initiative", "insufficient_below"),
    ("us-ca", "district-initiative", "sufficient_above"),
    ("us-ma", "amendment", "district_most_share"),
    ("us-ma", "statute", "district_most_share"),
    ("us-ma", "statute-second", "district_most_share"),
    ("us-md", "referendum", "district_most_share"),
    ("us-mi", "statute", "sample_otherwise"),
}
"""Where a published petition is not decided: its county counts, or the cut-offs of the sample, are not held."""

ALL_CASES = [pytest.param(place, case, id=case["title"]) for place in PLACES for case in cases_of(place)]


def lines_of(law: Law) -> list[tuple[str, Any]]:
    """Give every dated line of a law with a name for messages."""
    rules = [
        (f"{kind.name}.{name}", line)
        for kind in law.kinds.values()
        for name, lines in kind.rules.items()
        for line in lines
    ]
    reasons = [
        (f"{kind.name}.{key}", line)
        for kind in law.kinds.values()
        for key, lines in kind.reasons.items()
        for line in lines
    ]
    return rules + reasons


@pytest.mark.parametrize("place", PLACES)
def test_law_loads_and_names_its_place(place: str) -> None:
    law = read_law(place)
    assert law.place == place
    assert law.kinds
    assert law.read_on <= date(2100, 1, 1)


@pytest.mark.parametrize("place", PLACES)
def test_every_value_is_cited_with_a_page(place: str) -> None:
    for name, line in lines_of(read_law(place)):
        assert line.source.cite, name
        assert line.source.url.startswith("http"), name


@pytest.mark.parametrize("place", PLACES)
def test_every_source_is_used(place: str) -> None:
    law = read_law(place)
    used = {line.source for _, line in lines_of(law)} | {line.ended_by for _, line in lines_of(law)}
    used |= {source for _, line in lines_of(law) for source in checks_of(line)}
    told = [
        each.passed for kind in law.kinds.values() for line in kind.rules.get("deadlines", ()) for each in line.value
    ]
    used |= {source for passed in told if passed for source in (passed.source, *passed.checked)}
    assert set(law.sources.values()) - used == set()


@pytest.mark.parametrize("place", PLACES)
def test_rules_of_every_kind_hold_on_the_first_and_last_day_of_their_lines(place: str) -> None:
    law = read_law(place)
    for kind in law.kinds.values():
        start = max(kind.rules[name][0].since for name, shape in RULES.items() if shape.required)
        rules = rules_on(law, kind.name, start)
        assert rules.kind == kind.name
        assert set(rules.silence) == {name for name in RULES if getattr(rules, name) is None}


@pytest.mark.parametrize("place", PLACES)
def test_grounds_are_told_under_known_keys(place: str) -> None:
    law = read_law(place)
    for kind in law.kinds.values():
        assert set(kind.reasons) <= set(REASONS)
        assert all(reason.value.words for lines in kind.reasons.values() for reason in lines)


@pytest.mark.parametrize("place", PLACES)
def test_a_share_and_its_number_agree_where_both_are_known(place: str) -> None:
    """A required share is at most all and more than nothing; bands stand on both sides of the requirement."""
    law = read_law(place)
    for kind in law.kinds.values():
        ends = [kind.rules[name][-1].until or law.read_on for name, shape in RULES.items() if shape.required]
        rules = rules_on(law, kind.name, min(*ends, law.read_on))
        if rules.insufficient_below and rules.sufficient_above:
            assert rules.insufficient_below.value <= 1
            assert rules.insufficient_below.value <= rules.sufficient_above.value
        if rules.requirement_share:
            assert rules.requirement_share.value < 1


@pytest.mark.parametrize(("place", "case"), ALL_CASES)
def test_published_answers_are_reproduced(place: str, case: dict[str, Any]) -> None:
    assert case["source"].startswith("http")
    if "older than the data" in case.get("departs", ""):
        with pytest.raises(LawNotYetInForce):
            rules_on(read_law(place), case["kind"], case["on"])
        return
    rules = rules_on(read_law(place), case["kind"], case["on"])
    if "projected" in case:
        requirement = rules.requirement or Cited(case["required"], BY_USER)
        bands = thresholds_of(rules, requirement.value)
        # The tests of these two need the counts of the samples: a number alone is compared with the requirement.
        by_number = rules.formula.value in {"washington", "oregon"}
        answer: dict[str, Any] = {
            "verdict": decide(rules, requirement, case["raw"], case["projected"], full=by_number).verdict,
            "insufficient_below": bands and bands.insufficient_below,
            "sufficient_above": bands and bands.sufficient_above,
        }
    else:
        counts = [Counts(**row) for row in case["counts"]]
        found = assess(rules, counts, case.get("required"), districts_met=case.get("districts_met"))
        bands = thresholds_of(rules, found.requirement.value)  # published of a sample, whose count was full later on
        answer = {
            "estimate": found.estimate,
            "verdict": found.verdict,
            "insufficient_below": bands and bands.insufficient_below,
            "sufficient_above": bands and bands.sufficient_above,
            "validity": f"{float(round(Fraction(100 * found.estimate, found.raw), 1)):.1f}%",
            "steps": {step.name: step.value for step in found.steps if step.name in case.get("steps", {})},
        }
        left = {(place, case["kind"], point.rule) for point in found.undecided}
        assert left <= LEFT_OPEN
        assert bool(left) == (found.verdict == "undecided")
        if left:
            del answer["verdict"]
    published = {name: value for name, value in case.items() if name in answer}
    assert published or "verdict" in case
    if "departs" in case:
        assert case["departs"].strip()
    else:
        assert {name: answer[name] for name in published} == published


def test_california_requirement_of_2018_is_that_of_the_secretary_of_state() -> None:
    rules = rules_on(read_law("us-ca"), "amendment", date(2018, 4, 20))
    assert rules.requirement
    assert rules.requirement.value == 585_407
    assert rules.requirement_share
    assert rules.requirement_share.value == Decimal("0.08")
    assert rules.stratum.value == "county"
    assert rules.line_fields.value == ("name", "address")
    assert rules.circulation_days
    assert rules.circulation_days.value == 180


def test_california_has_its_58_counties_with_published_weights() -> None:
    strata = {stratum.name: stratum.weight for stratum in read_law("us-ca").strata}
    assert len(strata) == 58
    assert strata["Los Angeles"] == 311_924
    assert strata["Alpine"] is None


def test_a_change_of_address_is_a_ground_in_california_and_not_in_washington() -> None:
    day = date(2018, 4, 20)
    assert "different-address" in rules_on(read_law("us-ca"), "statute", day).reasons
    assert "different-address" not in rules_on(read_law("us-wa"), "initiative", day).reasons


def test_day_before_the_law_names_the_act_that_begins_it() -> None:
    with pytest.raises(LawNotYetInForce, match=r"begins on 1995-01-01, with Elec\. Code § 9030"):
        rules_on(read_law("us-ca"), "amendment", date(1911, 10, 9))


def test_unknown_kind_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean amendment"):
        rules_on(read_law("us-ca"), "amendmentt", date(2018, 4, 20))


def test_every_record_of_the_workshop_that_can_be_computed_is_a_case() -> None:
    path = Path(__file__).parents[2] / "shared" / "law" / "published-results.json"
    if not path.is_file():
        pytest.skip("../shared/law/published-results.json is not here")
    for record in json.loads(path.read_text(encoding="utf-8")):
        if all(record.get(name) is not None for name in ("raw", "sample", "valid")):
            cases = cases_of(record["jurisdiction"].lower().split("/")[0])
            found = {row["valid"] for case in cases for row in case.get("counts", [])}
            assert record["valid"] in found, record["measure"]


GOOD = """\
name = "Somewhere"
read_on = 2026-01-01

[sources]
act = { cite = "Act, s. 1", url = "https://example.org/act" }

[rules]
stratum = [{ from = 2000-01-01, value = "state", source = "act" }]
formula = [{ from = 2000-01-01, value = "california", source = "act" }]
full_count = [{ from = 2000-01-01, value = "counted", source = "act" }]
duplicates = [{ from = 2000-01-01, value = "first-valid", source = "act" }]
line_fields = [{ from = 2000-01-01, value = ["name"], source = "act" }]

[kinds.statute]
title = "statute"
requirement = [
    { from = 2000-01-01, until = 2009-12-31, value = 100, source = "act" },
    { from = 2010-01-01, value = 200, source = "act" },
]
"""


def faulty(tmp_path: Path, *changes: tuple[str, str]) -> FileFaults:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "law.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        read_law_file(path)
    return caught.value


def test_good_law_file_reads(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(GOOD, encoding="utf-8")
    rules = rules_on(read_law_file(tmp_path / "law.toml"), "statute", date(2010, 1, 1))
    assert rules.requirement == Cited(200, Source("Act, s. 1", "https://example.org/act"))


def rule(line: str) -> tuple[str, str]:
    """Give the change that adds a rule to the kind, before its requirement."""
    return 'title = "statute"\n', f'title = "statute"\n\n{line}\n'


def deadline(keys: str) -> tuple[str, str]:
    """Give the change that adds a deadline to the kind."""
    return rule(f'deadlines = [{{ from = 2000-01-01, value = [{{ {keys} }}], source = "act" }}]')


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('value = 100, source = "act"', "value = 100", 17, "the value has no source"),
        ('value = 100, source = "act"', 'value = 100, source = "acts"', 17, "source 'acts' is not in"),
        ("value = 100", 'value = "100"', 17, "the value of requirement is '100'"),
        ("value = 200", "value = 0.5", 18, "the value of requirement is '0.5'"),
        ("value = 200", "value = true", 18, "the value of requirement is 'True'"),
        ("value = 200,", "", 18, "the value of requirement is missing"),
        ("value = 200", "worth = 1, value = 200", 18, "unknown key 'worth'"),
        ("from = 2010-01-01", 'from = "2010-01-01"', 18, "from is missing or not a day"),
        ("from = 2010-01-01", "from = 2009-12-31", 18, "before the line above has ended"),
        (", until = 2009-12-31", "", 18, "before the line above has ended"),
        ("until = 2009-12-31", "until = 1999-12-31", 17, "before it begins"),
        ("value = 200, ", "until = 2020-12-31, value = 200, ", 18, "ends on 2020-12-31 by no act"),
        ('"first-valid"', '"second"', 11, "the value of duplicates is 'second'"),
        ('["name"]', '["nose"]', 12, "the value of line_fields"),
        ("requirement = [", "requirements = [", 16, "unknown rule 'requirements'"),
        ('title = "statute"\n', "", 14, "title is missing"),
        ("formula =", "formulae =", 9, "unknown rule 'formulae'"),
        ("https://example.org/act", "example", 5, "has no web address"),
        ('cite = "Act, s. 1", ', "", 5, "cite is missing"),
        ('name = "Somewhere"\n', "", None, "name is missing"),
        ("read_on = 2026-01-01", "read_on = 2026-01-01\nred_on = 1", 3, "unknown table or key 'red_on'"),
        ("[kinds.statute]", "[kinds]\n[kindz.statute]", 14, "no kind of petition"),
        ("read_on = 2026-01-01", "read_on = 2026-02-30", 2, "no TOML"),
        ("[rules]", "[reasons]\nsmell = []\n[rules]", 8, "unknown reason 'smell'"),
        (
            "[rules]",
            '[reasons]\nblank = [{ from = 2000-01-01, source = "act" }]\n[rules]',
            8,
            "words is missing",
        ),
        ("[rules]", "[reasons]\nblank = 1\n[rules]", 8, "blank is not a list of dated lines"),
        ("[rules]", '[[missing]]\nwhat = "x"\n[rules]', 7, "why is missing"),
        (
            'name = "Somewhere"',
            'name = "Somewhere"\nstrata = [{ name = "a", weight = "9" }]',
            2,
            "not a number",
        ),
        (
            "[rules]",
            'late = { cite = "Act, s. 2", url = "https://example.org/2" }\n[rules]',
            7,
            "cites source late",
        ),
        ("value = 100", 'value = "100"', 17, "is '100' in quotes"),
        ('"california"', '"texas"', 9, "the value of formula is 'texas'"),
        ("value = 200", 'value = 200, governs = "moonrise"', 18, "governs is 'moonrise'"),
        ("value = 200", 'value = 200, governs = "filing"', 18, "requirement goes by two days"),
        (*deadline('what = "x", days = 3, unit = "calendar", after = "moonrise"'), 17, "unknown event 'moonrise'"),
        (*deadline('what = "x", days = 3, unit = "calendar", before = 7'), 17, "unknown event '7'"),
        (*deadline('what = "x", days = 3, unit = "months", after = "filed"'), 17, "the unit of the days"),
        (
            *deadline('what = "x", days = 3, months = 3, unit = "calendar", after = "filed"'),
            17,
            "either days or months",
        ),
        (*deadline('what = "x", months = "3", after = "filed"'), 17, "months is '3'"),
        (*deadline('what = "x", months = 3, unit = "calendar", after = "filed"'), 17, "in months has a unit"),
        (*deadline('what = "x", months = 3, after = "filed", before = "election"'), 17, "either after an event or"),
        (*deadline('what = "x", months = 3'), 17, "either after an event or before it"),
        (*deadline('what = "", months = 3, after = "filed"'), 17, "what is missing"),
        (*deadline('what = "x", months = 3, after = "filed", who = 1'), 17, "who is missing or not text"),
        ('title = "statute"\n', 'title = "statute"\nshared = 1\n', 16, "shared is '1'"),
        ('title = "statute"\n', 'title = "statute"\nshared = false\n', 14, "kind statute has no formula"),
        ("[kinds.statute]", "[kinds.statute.reasons]\nsmell = []\n[kinds.statute]", 15, "unknown reason 'smell'"),
        (
            "[kinds.statute]",
            '[kinds.statute.reasons]\nblank = [{ source = "act" }]\n[kinds.statute]',
            15,
            "from is missing",
        ),
        (*deadline('what = "x", moons = 3, months = 3, after = "filed"'), 17, "unknown key 'moons'"),
        (*deadline('what = "x", months = 3, after = "filed", cures = 75'), 17, "cures is '75'"),
        (
            *deadline('what = "x", months = 3, after = "filed", cures = 0.5, cures_districts = 0.5'),
            17,
            "cures_districts is",
        ),
        (
            *deadline('what = "x", months = 3, after = "filed", cures_districts = 3'),
            17,
            "cures_districts without cures",
        ),
        *(
            (*deadline(f'what = "x", months = 3, after = "filed", {keys}'), 17, words)
            for keys, words in (
                ('met_by = "certified"', "met_by is 'certified'"),
                ("met_by = []", "met_by is '[]'"),
                ('met_by = ["certifed"]', "unknown event 'certifed'"),
                ('passed = "void"', "passed is 'void'"),
                ('passed = { source = "act" }', "words are missing"),
                ('passed = { words = "void", source = "act", says = "" }', "unknown key 'says'"),
                ('passed = { words = "void" }', "the value has no source"),
                ('passed = { words = "void", source = "none" }', "source 'none' is not in"),
                ('passed = { words = "void", source = "act", checked = ["none"] }', "checked 'none' is not in"),
            )
        ),
        (*rule('requirement_share = [{ from = 2000-01-01, value = 1.01, source = "act" }]'), 17, "'1.01'"),
        (*rule('requirement_share = [{ from = 2000-01-01, value = "0.05", source = "act" }]'), 17, "'0.05' in quotes"),
        (*rule('requirement_share = [{ from = 2000-01-01, value = 0, source = "act" }]'), 17, "is '0'"),
        (*rule('sufficient_above = [{ from = 2000-01-01, value = 2.5, source = "act" }]'), 17, "'2.5'"),
        (*rule('adoption_share = [{ from = 2000-01-01, value = 60, source = "act" }]'), 17, "'60'"),
        (
            *rule('district_requirement = [{ from = 2000-01-01, value = { A = 0.5 }, source = "act" }]'),
            17,
            "0.5",
        ),
        (*rule('may_not_refuse = [{ from = 2000-01-01, value = "nicknames", source = "act" }]'), 17, "'nicknames'"),
        (*rule('rounding = [{ from = 2000-01-01, value = "sideways", source = "act" }]'), 17, "'sideways'"),
        (
            *rule('deadlines = [{ from = 2000-01-01, value = [{ what = "x" }], source = "act" }]'),
            17,
            "either days or months",
        ),
        (
            *rule(
                'deadlines = [\n    { from = 2000-01-01, value = [\n        { what = "x", days = 3, unit = "lunar", '
                'after = "filed" },\n    ], source = "act" },\n    { from = 2001-01-01, value = 7, source = "act" },\n]'
            ),
            21,
            "the value of deadlines is '7'",
        ),
    ],
)
def test_fault_of_a_law_file_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    faults = faulty(tmp_path, (old, new)).faults
    assert any(words in fault.what and fault.line == line and fault.remedy for fault in faults), faults


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the path of everything in a parsed file."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, part in inside for found in ((*path, key), *paths_in(part, (*path, key)))]


def test_wrong_type_anywhere_is_a_fault_and_never_a_crash(tmp_path: Path) -> None:
    text = place_file("zz-example", "law.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text, parse_float=Decimal)
    for path in paths_in(whole):
        data = tomllib.loads(text, parse_float=Decimal)
        holder: Any = data
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = date(1900, 1, 1) if path[-1] not in ("from", "until", "read_on") else 1
        with pytest.raises(FileFaults, match=r"law\.toml cannot be used"):
            _Reader(tmp_path / "law.toml", text).law(data)


def test_all_faults_of_a_law_file_come_at_once(tmp_path: Path) -> None:
    error = faulty(tmp_path, ("value = 100", "value = -1"), ("value = 200", "value = -2"), ('"state"', '""'))
    assert [fault.line for fault in error.faults] == [8, 17, 18]


def test_law_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_bytes('name = "Córdoba"'.encode("latin-1"))
    with pytest.raises(FileFaults, match="UTF-8"):
        read_law_file(tmp_path / "law.toml")


def test_rules_that_may_be_absent_say_so_when_they_are_needed(tmp_path: Path) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(("duplicates", "line_fields")))
    (tmp_path / "law.toml").write_text(text, encoding="utf-8")
    rules = rules_on(read_law_file(tmp_path / "law.toml"), "statute", date(2010, 1, 1))
    assert rules.duplicates is None
    assert rules.needed("formula").value == "california"
    with pytest.raises(LawAbsent, match="duplicates"):
        rules.needed("duplicates")


def test_values_are_held_as_what_they_are(tmp_path: Path) -> None:
    more = (
        'district_requirement = [{ from = 2000-01-01, value = { A = 5, "B 2" = 6 }, source = "act" }]\n'
        'may_not_refuse = [{ from = 2000-01-01, value = ["a nickname"], governs = "signing", source = "act" }]\n'
        'deadlines = [{ from = 2000-01-01, value = [{ what = "x", days = 3, unit = "business", after = "filed" }, '
        '{ what = "y", months = 4, before = "election", who = "z" }], source = "act" }]\n'
    )
    (tmp_path / "law.toml").write_text(GOOD + more, encoding="utf-8")
    rules = rules_on(read_law_file(tmp_path / "law.toml"), "statute", date(2010, 1, 1))
    assert rules.needed("district_requirement").value == {"A": 5, "B 2": 6}
    assert rules.may_not_refuse == Cited(("a nickname",), Source("Act, s. 1", "https://example.org/act"), "signing")
    assert rules.needed("deadlines").value == (
        Deadline("x", 3, "business", "filed"),
        Deadline("y", 4, "months", "election", "z", before=True),
    )


OWN_GROUNDS = """\

[kinds.statute.reasons]
illegible = [{ from = 2000-01-01, words = "cannot be read", source = "act" }]

[kinds.recall]
title = "recall"
shared = false
stratum = [{ from = 2000-01-01, value = "state", source = "act" }]
formula = [{ from = 2000-01-01, value = "full-count", source = "act" }]
full_count = [{ from = 2000-01-01, value = "counted", source = "act" }]

[kinds.recall.reasons]
struck = [{ from = 2000-01-01, words = "struck", source = "act", governs = "signing" }]

[reasons]
duplicate = [{ from = 2000-01-01, words = "twice", source = "act" }]
"""


def test_a_kind_takes_the_common_rules_and_grounds_or_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(GOOD + OWN_GROUNDS, encoding="utf-8")
    kinds = read_law_file(tmp_path / "law.toml").kinds
    assert set(kinds["statute"].reasons) == {"duplicate", "illegible"}
    assert "duplicates" in kinds["statute"].rules
    assert set(kinds["recall"].reasons) == {"struck"}
    assert set(kinds["recall"].rules) == {"stratum", "formula", "full_count"}
    assert kinds["recall"].reasons["struck"][0].value.governs == "signing"


def test_an_unknown_event_is_told_with_the_known_ones_and_the_nearest(tmp_path: Path) -> None:
    faults = faulty(tmp_path, deadline('what = "x", months = 3, after = "certifyed"')).faults
    assert faults[0].remedy.startswith("Did you mean certified? Use one of ")
    assert all(event in faults[0].remedy for event in EVENTS)


def test_every_event_of_the_vocabulary_is_counted_from_or_asked_for_somewhere() -> None:
    rules = [kind.rules.get("deadlines", ()) for place in PLACES for kind in read_law(place).kinds.values()]
    times = [time for lines in rules for line in lines for time in line.value]
    used = {event for time in times for event in (time.event, *time.met_by)}
    assert set(EVENTS) == used | {"circulation-start"}


def test_reading_law_loads_nothing_heavy() -> None:
    script = "import sys, ballotworthy.law; print(*sorted({'numpy', 'polars', 'numba', 'altair'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout == "\n"


def test_line_of_what_is_not_there_is_that_of_what_holds_it() -> None:
    numbers = line_numbers(GOOD)
    assert line_of(numbers, ("kinds", "statute", "requirement", 1)) == 18
    assert line_of(numbers, ("kinds", "statute", "nothing", 4)) == 14
    assert line_of(numbers, ("nowhere",)) is None
