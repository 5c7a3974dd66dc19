"""A validity learned from a check of so many lines: the chance counts how far the check may be off."""

from __future__ import annotations

import json
import sys
from contextlib import suppress

import numpy as np
import pytest

from ballotworthy.cli.main import main
from ballotworthy.errors import InputError
from ballotworthy.stats.chances import normal, reached
from ballotworthy.stats.checked import over_validity


@pytest.mark.parametrize(("validity", "checked"), [(0.74, 400), (0.6, 60), (0.9, 2_000), (0.74, 100_000)])
@pytest.mark.parametrize(("raw", "share"), [(1_000, 0.70), (100_000, 0.70), (1_000, 0.76)])
def test_the_integral_is_that_of_petitions_drawn_from_the_validities_left(
    validity: float, checked: int, raw: int, share: float
) -> None:
    least = round(raw * share * validity / 0.74)
    found = over_validity(lambda v: reached(raw, v, least), validity, checked)
    draw = np.random.default_rng(20261128)
    possible = draw.beta(checked * validity + 0.5, checked * (1 - validity) + 0.5, 200_000)
    assert found == pytest.approx(float((draw.binomial(raw, possible) >= least).mean()), abs=0.01)


def test_a_check_of_very_many_lines_is_a_validity_that_is_known() -> None:
    def chance_of(validity: float) -> float:
        return normal((validity - 0.70) / 0.02)

    assert over_validity(chance_of, 0.74, 10**8) == pytest.approx(chance_of(0.74), abs=1e-3)


def test_a_check_of_nine_lines_says_too_little() -> None:
    with pytest.raises(InputError, match="check 10 or more"):
        over_validity(lambda v: v, 0.5, 9)


def test_whoever_checked_fewer_lines_has_to_file_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def needed(*options: str) -> int:
        words = [
            "law",
            "needed",
            "us-oh",
            "--kind",
            "amendment",
            "--on",
            "2024-04-20",
            "--required",
            "400000",
            "--json",
        ]
        monkeypatch.setattr(sys, "argv", ["ballotworthy", *words, "--required", "400000", *options])
        capsys.readouterr()
        with suppress(SystemExit):
            main()
        answer = json.loads(capsys.readouterr().out)
        return int(answer["needed"])

    known, four_thousand, four_hundred = needed(), needed("--checked", "4000"), needed("--checked", "400")
    assert known < four_thousand < four_hundred
    # of 400 lines 296 valid: the 5th percentile of the validity is 0.703, less 3 repeats is 0.673
    assert four_hundred == pytest.approx(400_000 / 0.673, rel=0.003)
