"""Letters of short texts, counted eight at a time: the same as one by one, of every width a record has."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.roll.keys import length, second_surname

letters = st.integers(1, 255)
names = st.sampled_from(b"AB ")


@st.composite
def texts(draw: st.DrawFn, each: st.SearchStrategy[int]) -> np.ndarray:
    width = draw(st.integers(1, 16))
    written = draw(st.lists(each, max_size=width))
    return np.array(written + [0] * (width - len(written)), np.uint8)


@given(texts(letters))
def test_the_letters_of_a_text_are_counted_up_to_its_first_zero(text: np.ndarray) -> None:
    assert length(text) == np.count_nonzero(text)
    assert isinstance(length(text), int), "unsigned and signed numbers make a float"


@given(texts(names))
def test_a_second_surname_begins_behind_the_first_blank_that_has_a_letter_on_either_side(text: np.ndarray) -> None:
    blanks = [at for at in range(1, np.count_nonzero(text) - 1) if text[at] == ord(" ")]
    assert second_surname(text) == (blanks[0] + 1 if blanks else 0)
