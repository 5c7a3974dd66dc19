"""Arrays are read by many threads at once: by those who weigh pictures, and by those who answer clerks."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ballotworthy.files.arrays import array, arrays, mapped


@pytest.fixture
def others_run_while_a_head_is_parsed() -> Iterator[None]:
    """Let the collector run at almost every object, and other threads while it runs, as it may at any time."""
    before = gc.get_threshold()

    def leave(_phase: str, _of: dict[str, int]) -> None:
        time.sleep(0)

    gc.set_threshold(5)
    gc.callbacks.append(leave)
    yield
    gc.callbacks.remove(leave)
    gc.set_threshold(*before)


def deeper(by: int, done: Callable[[], object]) -> object:
    return deeper(by - 1, done) if by else done()


@pytest.mark.usefixtures("others_run_while_a_head_is_parsed")
def test_threads_at_unlike_depths_read_at_the_same_time(tmp_path: Path) -> None:
    held = np.arange(120, dtype=np.float16).reshape(3, 40)
    np.save(tmp_path / "one.npy", held)
    np.savez(tmp_path / "more.npz", said=held, other=held)
    readers: list[Callable[[], np.ndarray]] = [
        lambda: array(tmp_path / "one.npy"),
        lambda: mapped(tmp_path / "one.npy"),
        lambda: arrays(tmp_path / "more.npz")["other"],
        lambda: arrays(tmp_path / "more.npz", "said")["said"],
    ]

    def often(at: int) -> bool:
        return all(np.array_equal(readers[at](), held) for _ in range(150))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda at: deeper(9 * at, lambda: often(at)), range(4)))


def test_only_the_arrays_that_are_named_are_given(tmp_path: Path) -> None:
    np.savez(tmp_path / "more.npz", a=np.zeros(1), b=np.ones(2))
    assert list(arrays(tmp_path / "more.npz", "b")) == ["b"]
    assert sorted(arrays(tmp_path / "more.npz")) == ["a", "b"]
