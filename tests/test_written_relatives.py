"""A relative who is on no roll: how far a picture that allows several first names speaks for the voter of the house."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballotworthy.match import find
from ballotworthy.match.written import relatives
from ballotworthy.petition.given_lines import lines_of
from conftest import SmallRoll
from pictured import folder_of, picture
from test_roll_reads import FILED, OTHERS, SMITH, TOWN, roll_of

RARE = {**SMITH, "last_name": "Quackenbush"}
ROW = {"name": "James Quackenbush", "address": "567 Pine Ave", **TOWN}


def faint_first() -> np.ndarray:
    """Give a name whose surname is clear, and of whose first name each letter may be any, the voter's a little more."""
    steps = picture(ROW["name"]).astype(np.float64)
    for at in range(5):
        steps[2 * at + 1] = 0.97 * np.full(40, 1 / 40) + 0.03 * steps[2 * at + 1]
    return steps.astype(np.float16)


def on_roll(folder: Path, small_roll: SmallRoll, seen: dict[tuple[int, str], np.ndarray]) -> float:
    """Give how probable it is that the voter of the house signed."""
    petition = lines_of(folder_of(folder, [ROW], seen)).read(FILED)
    return float(find(petition.frame, roll_of(small_roll, RARE, *OTHERS), pictures=petition.pictures).chances[0, 0])


def test_of_a_first_name_that_cannot_be_read_a_relative_has_his_share(
    tmp_path: Path, small_roll: SmallRoll, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {(1, "name"): faint_first()}
    now = on_roll(tmp_path / "now", small_roll, seen)
    monkeypatch.setattr(relatives, "HOUSEHOLDS", 0)
    before = on_roll(tmp_path / "before", small_roll, seen)
    assert 1 - now > 2 * (1 - before)


def test_a_first_name_that_is_clear_leaves_nothing_to_relatives(
    tmp_path: Path, small_roll: SmallRoll, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = on_roll(tmp_path / "now", small_roll, {})
    monkeypatch.setattr(relatives, "HOUSEHOLDS", 0)
    assert now == pytest.approx(on_roll(tmp_path / "before", small_roll, {}), abs=1e-3)
    assert now > 0.99
