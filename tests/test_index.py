"""The index of a roll against the textbook's dictionary of keys, on any number of records."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.roll.index import RECORD, build_index, tag_of
from ballotworthy.roll.keys import MOST, voter_keys
from ballotworthy.roll.packed import RECORD as VOTER
from checks import facts, record


def some(count: int, seed: int) -> np.ndarray:
    """Give records that share names, houses and towns in every way; some of them are empty."""
    rng = np.random.default_rng(seed)
    made = np.zeros(count, VOTER)
    for name, width in (("last", 4), ("first", 3), ("street", 5)):
        made[name][:, :width] = rng.integers(65, 68, (count, width))
    made["number"], made["birth"] = rng.integers(0, 40, count), rng.integers(0, 3, count) * 1_000_033
    made["zip"], made["city"] = rng.integers(0, 5, count), rng.integers(0, 3, count)
    made["last"][: count // 2, 2] = 32
    made[count // 3 : count // 2] = np.zeros((), VOTER)
    return made


def check(records: np.ndarray) -> None:
    """Check what is filed under every bucket, and that no tag hides a voter from one of its own keys."""
    index = build_index(records)
    shift = 64 - (len(index.starts) - 1).bit_length() + 1
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    expected: dict[int, list[tuple[int, int]]] = {}
    for at, voter in enumerate(records):
        for key in keys[: voter_keys(voter, kinds, keys)]:
            expected.setdefault(int(key) >> shift, []).append((int(key) >> (shift - 4) & 15, at))
            bucket = int(key) >> shift
            entries = index.filed[index.starts[bucket] : index.starts[bucket + 1]]
            assert tag_of(key, shift) | np.uint32(at) in entries
    assert (np.diff(index.starts.astype(np.int64)) >= 0).all()
    assert (index.starts[0], index.starts[-1]) == (0, len(index.filed))
    filled = np.flatnonzero(np.diff(index.starts.astype(np.int64)))
    filed = {
        int(bucket): [
            (int(entry >> 28), int(entry & RECORD))
            for entry in index.filed[index.starts[bucket] : index.starts[bucket + 1]]
        ]
        for bucket in filled
    }
    assert {bucket: sorted(entries, key=lambda entry: entry[1]) for bucket, entries in filed.items()} == {
        bucket: sorted(entries, key=lambda entry: entry[1]) for bucket, entries in expected.items()
    }
    for entries in filed.values():
        numbers = [at for _, at in entries]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 31, 32, 33, 64, 65, 1_000, 4_097])
def test_what_is_filed_is_what_the_textbook_files(count: int) -> None:
    check(some(count, seed=count))


@settings(max_examples=40)
@given(st.lists(facts, max_size=12))
def test_any_records_are_filed(people: list[dict[str, str | int]]) -> None:
    records = np.zeros(len(people), VOTER)
    for at, each in enumerate(people):
        records[at] = record(**each)
    check(records)


def test_all_voters_alike_stand_in_one_list_each_in_their_order() -> None:
    one = record(last="SMITH", first="JOHN", street="OAK", number=12, zip=94016)
    records = np.zeros(5_000, VOTER)
    records[:] = one
    index = build_index(records)
    sizes = np.diff(index.starts.astype(np.int64))
    assert set(sizes.tolist()) <= {0, *(5_000 * copies for copies in range(1, 5))}
    check(records[:50])


def test_more_records_than_an_entry_can_number_are_refused() -> None:
    far_too_many = np.broadcast_to(np.zeros((), VOTER), (int(RECORD) + 1,))
    with pytest.raises(InputError, match="at most"):
        build_index(far_too_many)
