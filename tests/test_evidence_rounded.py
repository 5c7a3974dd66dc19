"""What a move adds, in words: rounded as Python rounds, in the middle between two tenths too."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.match.evidence import moved_told

weights = st.one_of(
    st.floats(0.05, 80),
    st.integers(1, 640).map(lambda each: each / 8),
    st.integers(1, 1600).map(lambda each: each / 20),
)


@given(st.lists(st.one_of(st.just(0.0), weights), max_size=30))
def test_each_weight_is_told_to_one_digit(bits: list[float]) -> None:
    told = [f"may have moved (+{each:.1f})" if each else None for each in bits]
    assert moved_told("may have moved", np.array(bits)).to_list() == told
