"""The span is narrow where a petition's own signs are good, wide where they are not, and says why."""

from __future__ import annotations

import polars as pl
import pytest

from ballotworthy.check.kinds import NOT_ASKED
from ballotworthy.check.measured import EDGE, MANY, MEASURED, OPEN, limits_of
from ballotworthy.check.signs import SIGNS, signs
from ballotworthy.check.span import TOO_HIGH, TOO_LOW, WORLDS, span


def lines(**kinds: int) -> pl.DataFrame:
    """Give so many lines of each kind ("none_own" is "none, own"), all on sheets of twenty; the whole are valid."""
    of = [kind.replace("_", ", ") for kind, count in kinds.items() for _ in range(count)]
    return pl.DataFrame(
        {
            "kind": of,
            "sheet": [str(at // 20) for at in range(len(of))],
            "transcriber": [None] * len(of),
            "outcome": ["valid" if kind.startswith("whole") else "invalid" for kind in of],
            "reason": ["" if kind.startswith("whole") else "not-registered" for kind in of],
            "probability": [0.999 if kind.startswith("whole") else 0.003 for kind in of],
        },
        {"kind": pl.String, "sheet": pl.String, "transcriber": pl.String, "outcome": pl.String, "reason": pl.String,
         "probability": pl.Float64},
    )  # fmt: skip


def width(some: pl.DataFrame) -> float:
    found = span(some)
    return (found.high - found.low) / some.height


def test_a_tidy_petition_has_a_span_of_less_than_two_percent() -> None:
    assert width(lines(whole_own=9_000, none_other=1_000)) < 0.02


def test_addresses_that_could_not_be_compared_make_it_wider_and_stand_first_among_the_reasons() -> None:
    tidy, unread = lines(whole_own=9_000, none_other=1_000), lines(whole_own=6_000, none_unread=4_000)
    assert width(unread) > width(tidy)
    assert SIGNS["unread"] in span(unread).why[0]


def test_numbers_a_digit_away_leave_room_for_all_but_few_of_them_to_be_moves() -> None:
    tidy = lines(whole_own=9_000, none_other=1_000)
    digits = lines(whole_own=8_700, whole_digit=300, none_other=1_000)
    assert span(digits).low < span(tidy).low - 0.5 * 300
    assert SIGNS["digits"] in span(digits).why[0]


def test_digits_that_other_slips_do_not_explain_leave_more_room() -> None:
    hands = lines(whole_own=8_000, near_own=1_000, whole_digit=300, none_other=700)
    moved = lines(whole_own=9_000, whole_digit=300, none_other=700)
    assert signs(hands)["beyond"] == pytest.approx(0.0)
    assert signs(moved)["beyond"] == pytest.approx(0.03)
    assert span(moved).low < span(moved).expected - 0.8 * 300


def test_every_sign_has_words_and_a_share() -> None:
    found = signs(lines(whole_own=50, none_own=10, one_own=10, initial_own=10, near_own=10, none_other=10))
    assert set(found) == set(SIGNS) >= set(TOO_LOW) | set(TOO_HIGH)
    assert found["strangers"] == found["relatives"] == found["initials"] == found["slips"] == 0.1


def test_a_sheet_whose_lines_fit_far_worse_than_the_rest_is_a_sign() -> None:
    even = pl.concat([lines(whole_own=24, near_own=6).with_columns(sheet=pl.lit(str(at))) for at in range(20)])
    bad = lines(near_own=30).with_columns(sheet=pl.lit("bad"))
    assert signs(even)["uneven"] == 0
    assert signs(pl.concat([even, bad]))["uneven"] > 0.02


def test_a_group_of_few_lines_has_room_for_a_rare_error() -> None:
    found = span(lines(whole_own=40))
    assert found.high <= 40
    assert found.expected - found.low >= 1


def test_no_lines_have_a_span_of_nothing() -> None:
    assert span(lines()).high == span(lines()).expected == 0


def test_the_limit_of_a_kind_is_what_was_measured_and_never_a_certainty() -> None:
    assert WORLDS >= 80
    assert limits_of("no such kind") == (EDGE, 1 - EDGE)
    for kind, (below, valid, above, wrong) in MEASURED.items():
        least, greatest = limits_of(kind)
        least_of, most_of = (OPEN if kind.endswith(NOT_ASKED) and seen >= MANY else EDGE for seen in (below, above))
        assert 0 < least <= least_of
        assert least == least_of or abs(least - valid / max(below, 1)) <= 1 / (below + 1)
        assert 1 - most_of <= greatest < 1
        assert greatest == 1 - most_of or abs(1 - greatest - wrong / max(above, 1)) <= 1 / (above + 1)
