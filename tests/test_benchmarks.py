"""What the benchmarks count is counted right: recall at a precision, and who is identifiable."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from curves import recalls
from identifiable import EXACT, KINDS, identifiable
from readers import wrong

ANSWERS = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from(["a", "b", None])),
    min_size=1,
    max_size=12,
)


@given(answers=ANSWERS, precision=st.sampled_from([0.5, 0.75, 0.95]))
def test_recall_is_the_best_that_one_threshold_reaches(
    answers: list[tuple[str | None, float, str | None]], precision: float
) -> None:
    best = 0.0
    for threshold in (0.1, 0.5, 0.9):
        taken = [(voter, true) for voter, score, true in answers if voter is not None and score >= threshold]
        right = sum(voter == true for voter, true in taken)
        if taken and right / len(taken) >= precision:
            best = max(best, right / max(sum(true is not None for *_, true in answers), 1))
    frame = pl.DataFrame(answers, schema={"voter": pl.String, "score": pl.Float64, "true": pl.String}, orient="row")
    assert recalls(frame, frame["true"], (precision,)) == [best]


def person(**parts: str) -> dict[str, str]:
    usual = {"first": "MARY", "last": "SMITH", "number": "12", "street": "OAK", "zip": "90210"}
    return dict.fromkeys((*EXACT, *KINDS), "") | usual | parts


@pytest.mark.parametrize(
    ("line", "other", "told"),
    [
        (person(), person(first="MARK"), True),  # a housemate whose name is a slip away
        (person(), person(), False),  # a namesake in the same house
        (person(first="MARX"), person(first="MARK"), False),  # miswritten: as near to one as to the other
        (person(first="MARTY"), person(first="MARK"), True),
        (person(first="M"), person(first="MARK"), False),  # an initial fits both
        (person(first="M"), person(first="JOHN"), True),
        (person(number=""), person(number="99"), False),  # what would tell them apart is left out
        (person(number="21"), person(number="99"), False),  # two digits off, as the other is
        (person(number="13"), person(number="99"), True),
        (person(), person(suffix="JR"), False),  # nothing on the line speaks against the son
        (person(suffix="JR"), person(suffix="JR"), False),  # the son fits better
        (person(birth="1970-01-02"), person(birth="1970-01-03"), False),  # the signer's own is not on the roll
    ],
)
def test_a_signer_is_identifiable_unless_another_voter_is_as_near_in_every_part(
    line: dict[str, str], other: dict[str, str], told: bool
) -> None:
    voters = pl.DataFrame([person(), other])
    assert identifiable(pl.DataFrame([line]), voters, np.array([0])).tolist() == [told]


def test_a_signer_who_is_on_no_roll_is_not_identifiable() -> None:
    frame = pl.DataFrame([person()])
    assert identifiable(frame, frame, np.array([-1])).tolist() == [False]


def test_lines_wrongly_accepted_do_to_a_check_what_the_certificate_says() -> None:
    none, some, many = (wrong(share, 200, 5, machine=True) for share in (0.01, 0.015, 0.02))
    assert none < 0.01 < some < 0.1
    assert many > 0.9
