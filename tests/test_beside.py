"""The statistics beside the legal estimate, for every published petition whose counts are held."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from ballotworthy.errors import LawSilent
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.law import read_law, rules_on
from ballotworthy.sufficiency import Counts, assess, beside, beside_data, beside_words


@pytest.mark.parametrize("place", place_codes())
def test_every_published_sample_has_an_interval_and_chances_that_agree_with_it(place: str) -> None:
    law = read_law(place)
    for case in tomllib.loads(place_file(place, "cases.toml").read_text("utf-8"))["cases"]:
        if "counts" not in case:
            continue
        try:
            rules = rules_on(law, case["kind"], case["on"])
        except LawSilent:
            continue
        counts = tuple(Counts(**row) for row in case["counts"])
        assessment = assess(rules, counts, case.get("required"))
        found = beside(rules, counts, assessment)
        full = all(row.full for row in counts)
        if found.interval is not None:
            assert found.interval.low <= assessment.pair_estimate + 1 <= found.interval.high + 2, case["title"]
            assert not full or found.interval.low == found.interval.high
        assert not full or found.probability is None
        if found.probability is not None:
            assert sum(found.probability.values()) == pytest.approx(1)
            assert min(found.probability.values()) >= -1e-9
            assert "Another such sample" in " ".join(beside_words(found))
        assert set(beside_data(found)) == {"pair_interval", "pair_condition", "probability"}


def test_a_sample_of_one_line_says_nothing() -> None:
    rules = rules_on(read_law("us-ca"), "statute", date(2018, 4, 20))
    counts = (Counts("all", 100, 1, 1),)
    found = beside(rules, counts, assess(rules, counts, 50))
    assert (found.interval, found.probability) == (None, None)
    assert beside_words(found) == []
    assert beside_data(found) == {
        "pair_interval": None,
        "pair_condition": "if nobody signed more than twice",
        "probability": None,
    }


def test_a_condition_that_the_counts_deny_is_not_said_to_hold() -> None:
    """Michigan counts no line of a repeated signer, so those seen three times are in no term of the estimate."""
    rules = rules_on(read_law("us-mi"), "amendment", date(2018, 8, 1))
    counts = (Counts("all", 200_000, 20_000, 15_000, 300, seen_2=280, seen_3=10),)
    condition = beside(rules, counts, assess(rules, counts, 100_000)).condition
    assert condition.startswith(
        "if nobody signed more than twice; which is not so: the counts tell of 10 seen three times"
    )
