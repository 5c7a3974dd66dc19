"""Compiled code is loaded only from a folder that nobody else may write to; what it fetches early changes nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from ballotworthy.errors import InputError
from ballotworthy.files.compiled import cache_folder, fetch_early


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled code below an empty folder."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_the_folder_is_made_for_its_owner_alone(here: Path) -> None:
    folder = cache_folder.__wrapped__()
    assert folder.is_relative_to(here)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_may_write_to_is_refused(here: Path, mode: int) -> None:
    (here / "ballotworthy").mkdir()
    (here / "ballotworthy").chmod(mode)
    with pytest.raises(InputError, match=r"chmod -R go-w"):
        cache_folder.__wrapped__()


def test_a_cache_that_cannot_be_made_is_left_to_numba(here: Path) -> None:
    (here / "ballotworthy").write_text("a file in the way")
    assert cache_folder.__wrapped__().name


def test_what_is_fetched_early_is_not_read_so_that_an_index_outside_does_no_harm() -> None:
    """A damaged index points anywhere."""
    numbers = np.arange(4, dtype=np.uint32)
    assert _fetched(numbers, 2**40) == _fetched(numbers, -(2**40)) == numbers.sum()


@njit
def _fetched(numbers: np.ndarray, place: int) -> int:
    fetch_early(numbers, place)
    return int(numbers.sum())
