"""How rare a name is: the roll's own counts, steadied by the census where the roll is small."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.roll.frequencies import (
    EIGHTHS,
    PSEUDO_VOTERS,
    Frequencies,
    census,
    count_names,
    open_frequencies,
    save_frequencies,
)
from ballotworthy.roll.records import pack_people


def counted(last: list[str], first: list[str] | None = None) -> Frequencies:
    names = zip(last, first or [""] * len(last), strict=True)
    frame = pl.DataFrame(list(names), schema={"last_name": pl.String, "first_name": pl.String}, orient="row")
    return count_names(pack_people(frame))


def last_bits(frequencies: Frequencies, *names: str) -> list[int]:
    return [int(bits) for bits in frequencies.last_bits(pl.Series(names))]


def test_the_census_gives_shares_of_all_people() -> None:
    last, first = (dict(census(part).iter_rows()) for part in ("last", "first"))
    assert last["SMITH"] == pytest.approx(0.01006)
    assert first["JAMES"] == pytest.approx((0.03318 + 0.00015) / 2, abs=0.000_2)
    assert 0.75 < sum(last.values()) <= 1
    assert 0.85 < sum(first.values()) <= 1
    assert max(map(len, last)) <= 16
    assert max(map(len, first)) <= 10


@pytest.mark.parametrize(
    ("voters", "bearers", "name"), [(10, 1, "SMITH"), (10_000, 500, "SMITH"), (10_000, 7, "ZZYZX"), (5, 0, "SMITH")]
)
def test_a_name_weighs_by_the_rolls_share_steadied_by_the_census(voters: int, bearers: int, name: str) -> None:
    """The share is (count + A x census share) / (voters + A), and its information -log2 of it, in eighths of a bit."""
    found = last_bits(counted([name] * bearers + ["OTHER"] * (voters - bearers)), name)
    share = (bearers + PSEUDO_VOTERS * dict(census("last").iter_rows()).get(name, 0)) / (voters + PSEUDO_VOTERS)
    assert found == [round(-math.log2(share) * EIGHTHS)]


def test_common_names_weigh_less_than_rare_ones_and_those_less_than_unseen_ones() -> None:
    bits = last_bits(counted(["ZZYZX", "SMITH"]), "SMITH", "BAKER", "ZZYZX", "QQQQQ")
    assert bits == sorted(bits)
    assert len(set(bits)) == 4


@pytest.mark.parametrize(
    ("once", "twice", "many", "named"), [(0, 0, 500, 100), (300, 0, 0, 44_850), (300, 100, 0, 444), (40, 9, 900, 100)]
)
def test_an_unseen_name_is_as_rare_as_those_seen_once_suggest(once: int, twice: int, many: int, named: int) -> None:
    """Good's estimate of how many bear unseen names, over Chao's of how many such names there are."""
    strange = [f"QX{letter}{other}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for other in "ABCDEFGHIJKLMNOPQRSTU"]
    names = strange[:once] + 2 * strange[once : once + twice] + ["SMITH"] * many
    share = (once + 1) / (len(names) + PSEUDO_VOTERS) / named
    assert last_bits(counted(names), "ZZYZX") == [round(-math.log2(share) * EIGHTHS)]


def test_an_empty_name_weighs_nothing() -> None:
    frequencies = counted(["SMITH", "", ""])
    assert last_bits(frequencies, "", "SMITH")[0] == 0
    assert "" not in frequencies.last["name"].to_list()


def test_names_count_by_the_letters_that_a_record_holds() -> None:
    frequencies = counted(["WOLFESCHLEGELSTEINHAUSEN"] * 3, ["CHRISTOPHERSON"] * 3)
    assert "WOLFESCHLEGELSTE" in frequencies.last["name"].to_list()
    assert "CHRISTOPHE" in frequencies.first["name"].to_list()
    assert last_bits(frequencies, "WOLFESCHLEGELSTEINHAUSEN") == last_bits(frequencies, "WOLFESCHLEGELSTE")


@given(st.lists(st.text("ABC", max_size=3), max_size=30), st.text("ABCD", max_size=3))
def test_information_is_a_byte_and_no_name_is_rarer_than_an_unseen_one(names: list[str], asked: str) -> None:
    frequencies = counted(names)
    (bits,) = last_bits(frequencies, asked)
    assert 0 <= bits <= frequencies.unseen[0] <= 255


def test_what_is_saved_is_what_is_opened(tmp_path: Path) -> None:
    frequencies = counted(["SMITH", "ZZYZX"], ["ANN", "QQQ"])
    save_frequencies(frequencies, tmp_path / "frequencies.parquet")
    opened = open_frequencies(tmp_path / "frequencies.parquet")
    assert opened.unseen == frequencies.unseen
    assert opened.last.equals(frequencies.last)
    assert opened.first.equals(frequencies.first)
