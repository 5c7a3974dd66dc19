"""What a challenge leaves: every struck line is taken off once, and a file of them is told all its faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import FileFaults
from ballotworthy.sufficiency import Counts, Struck, read_struck, strike

ROW = Counts("X", 24_034, 722, 516, 2, invalid=204)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("struck", "expected"),
    [
        (Struck("X", valid=6), Counts("X", 24_034, 722, 510, 2, invalid=210)),
        (Struck("X", duplicates=1), Counts("X", 24_034, 722, 516, 1, invalid=205)),
        (Struck("X", invalid=200), ROW),
        (Struck("X", unsampled=34), Counts("X", 24_034, 722, 516, 2, removed=34, invalid=204)),
    ],
)
def test_a_struck_line_is_taken_off_where_it_stood(struck: Struck, expected: Counts) -> None:
    assert strike([ROW], [struck]) == (expected,)


def test_other_strata_stay_as_they_are() -> None:
    other = Counts("Y", 100, 50, 40)
    assert strike([ROW, other], [Struck("X", valid=1)])[1] == other


@given(st.integers(0, 516), st.integers(0, 2), st.integers(0, 204), st.integers(0, 23_312))
def test_no_line_is_counted_twice(valid: int, duplicates: int, invalid: int, unsampled: int) -> None:
    left = strike([ROW], [Struck("X", valid, duplicates, invalid, unsampled)])[0]
    assert (left.raw, left.sample) == (ROW.raw, ROW.sample)
    assert left.valid + left.duplicates + (left.invalid or 0) == ROW.sample
    assert left.population == ROW.population - unsampled


@pytest.mark.parametrize(
    ("struck", "words"),
    [
        (Struck("X", valid=517), "517 valid struck of 516"),
        (Struck("X", invalid=205), "205 invalid struck of 204"),
        (Struck("X", unsampled=23_313), "23,313 unsampled struck of 23,312"),
        (Struck("Z", valid=1), "'Z' is not among the counts"),
    ],
)
def test_more_than_there_was_cannot_be_struck(struck: Struck, words: str) -> None:
    with pytest.raises(FileFaults, match=words):
        strike([ROW], [struck])


def test_lines_are_read_and_a_line_named_twice_counts_once(tmp_path: Path) -> None:
    text = "stratum,line,was\nX,3-1,valid\nX,03-1.0,valid\nX,3-2,invalid\nX,9-9,unsampled\nY,3-1,duplicate\n"
    found = read_struck(write(tmp_path / "s.csv", text))
    assert found == (Struck("X", valid=1, invalid=1, unsampled=1), Struck("Y", duplicates=1))


def test_sums_are_read_and_what_is_in_no_column_was_unsampled(tmp_path: Path) -> None:
    text = "stratum,valid,duplicates,invalid,raw\nX,3,1,2,10\n"
    assert read_struck(write(tmp_path / "s.csv", text)) == (Struck("X", 3, 1, 2, 4),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stratum,line\nX,1\n", "line 1: the columns are others. The file has: stratum, line. Name them"),
        ("stratum,line,was\nX,1,good\n", "line 2, column was: the text there is not known"),
        ("stratum,line,was\nX,1,valid\nX,1,invalid\n", "line 3, column was: line '1' stands here again"),
        ("stratum,line,was\nX,,valid\n", "line 2, column line: the cell is empty"),
        ("stratum,valid,duplicates,invalid,raw\nX,3,1,2,5\n", "line 2, column raw: 6 struck in the sample of 5"),
        ("stratum,valid,duplicates,invalid,raw\nX,3,-1,2,5\n", "line 2, column duplicates: '-1' is not a whole"),
        ("stratum,valid,duplicates,invalid,raw\nX,1,0,0,1\nX,1,0,0,1\n", "line 3, column stratum: 'X' stands twice"),
    ],
)
def test_fault_of_a_struck_file_is_told_with_line_and_column(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileFaults) as caught:
        read_struck(write(tmp_path / "s.csv", text))
    assert words in str(caught.value)
