"""What every comparison must keep, and people as voters, signers and packed records for the tests of lower layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import ModuleType

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.match.comparisons.slips import SOUGHT
from ballotworthy.match.nicknames import other_names
from ballotworthy.match.pair import seek_line
from ballotworthy.roll.packed import LINE, RECORD

HOLDS = {
    "last name": ("last",),
    "first name": ("first",),
    "middle name": ("middle",),
    "suffix": ("suffix",),
    "house number": ("number",),
    "street": ("street",),
    "unit": ("unit",),
    "town": ("zip", "city"),
    "birth date": ("birth",),
}
"""The fields of a record without which there is nothing to compare."""
USUAL = 6.0
"""Bits of a name or street that one in 64 has."""
LOOKS_ELSEWHERE = {"last name": ("middle",), "first name": ("middle",), "middle name": ("last", "middle")}
"""Where a comparison looks in other fields of the voter only, so that it cannot be symmetric while they are filled."""


def person(name: str, address: str = "", **cells: str) -> dict[str, str]:
    """Give a voter or a signer as a row of a file."""
    return {"name": name, "address": address, **cells}


def signers(people: Sequence[Mapping[str, str | None]]) -> pl.DataFrame:
    """Give petition lines as `find` takes them."""
    frame = pl.DataFrame(people, infer_schema_length=None).with_columns(pl.col(pl.Null).cast(pl.String))
    return frame.with_columns(pl.col("birth_date").str.to_date()) if "birth_date" in frame.columns else frame


def born(year: int, month: int = 0, day: int = 0) -> int:
    """Give a birth as records hold it."""
    return year * 512 + month * 32 + day


def record(**fields: str | int) -> np.void:
    """Give a voter's packed record from plain values."""
    made = np.zeros(1, RECORD)
    for name, value in fields.items():
        if isinstance(value, str):
            made[name][0, : len(value)] = list(value.encode())[: RECORD[name].shape[0]]
        else:
            made[name] = value
    return made[0]


def line(**fields: str | int) -> np.void:
    """Give a line's packed record from plain values, with the other names that its first name may stand for."""
    made = np.zeros(1, LINE)
    made["street_bits"] = fields.pop("street_bits", 0)
    made["turned"] = fields.pop("turned", 0)
    before = str(fields.pop("before", ""))
    made["before"][0, : len(before)] = list(before.encode())
    made["who"][0] = record(**fields)
    others = other_names(str(fields.get("first", "")))
    for at, name in enumerate(others):
        made["other"][0, at, : len(name)] = list(name.encode())[:10]
    made["others"] = len(others)
    return made[0]


def level_of(module: ModuleType, signer: np.void, voter: np.void) -> int:
    """Give the level of one comparison as the kernel does."""
    return int(module.level(signer, voter, sought_of(signer)))


def sought_of(signer: np.void) -> np.ndarray:
    """Give the texts sought for a line, as the kernel lays them out."""
    sought = np.zeros(SOUGHT, np.uint64)
    seek_line(signer, sought)
    return sought


def _names(*common: str, width: int) -> st.SearchStrategy[str]:
    letters = st.text("ABELMNORSTUVZ", max_size=width)
    return st.one_of(st.sampled_from(["", *common]), letters).map(lambda name: name[:width])


surnames = _names("SMITH", "SMYTH", "SMIT", "GARCIA", "LOPEZ", "LEE", "LI", "JOHN", "WILLIAMSON", width=16)
both_surnames = st.tuples(surnames, surnames).map(lambda pair: " ".join(filter(None, pair))[:16].strip())
births = st.one_of(
    st.just(0),
    st.integers(1900, 2000).map(born),
    st.builds(born, st.sampled_from([1950, 1951]), st.sampled_from([1, 2, 10]), st.sampled_from([1, 2, 10])),
)
facts = st.fixed_dictionaries(
    {
        "last": st.one_of(surnames, both_surnames),
        "first": _names("JOHN", "JON", "JOHNNY", "MARIA", "MARY", "J", "SMITH", "GARCIA", width=10),
        "middle": _names("Q", "LEE", "GARCIA", "JOHN", width=7),
        "street": st.one_of(
            _names("OAK", "OAKS", "ELM", "MARTINLUTH", width=10),
            st.integers(0, 200).map(str),
            st.sampled_from(["5", "15"]),
        ),
        "number": st.one_of(st.sampled_from([0, 5, 12, 21, 102, 120, 1200]), st.integers(0, 99_999)),
        "zip": st.sampled_from([0, 94016, 94061, 94110]),
        "city": st.sampled_from([0, 1, 2]),
        "birth": births,
        "unit": st.sampled_from([0, 1, 2]),
        "suffix": st.integers(0, 6),
        "direction": st.integers(0, 2),
        "type": st.integers(0, 2),
    }
)


def check_comparison(module: ModuleType) -> None:
    """Check what every comparison of `match.weigh.COMPARISONS` must keep."""
    check_levels(module)
    check_level(module)


def check_levels(module: ModuleType) -> None:
    """Levels begin with missing, which weighs nothing, and end with different, which weighs least."""
    missing, *others, different = module.LEVELS
    assert module.MISSING == 0
    assert len(module.LEVELS) - 1 == module.DIFFERENT
    assert missing.words.startswith("is ")
    assert missing.weight == 0
    assert different.words == "differs"
    assert different.weight < 0
    assert len({level.words for level in module.LEVELS}) == len(module.LEVELS)
    for level in (*others, different):
        assert 0 < level.m < 1
        assert level.u is None or 0 < level.u < 1
        assert level.spread >= 1
    agreeing = [level for level in module.LEVELS if level.words.startswith("agrees")]
    assert agreeing[0].words in ("agrees", "agrees in the zip code")
    for level in agreeing:
        assert level.weight + level.by_name * USUAL > different.weight, level.words
    best = agreeing[0]
    for level in (*others, different):
        assert level is best or level.by_name != best.by_name or level.weight <= best.weight, level.words


def check_level(module: ModuleType) -> None:
    """Any two records have a level; a record agrees with itself; nothing is compared with nothing."""
    seen = set()
    for mine, theirs in _pairs():
        try:
            seen.add(_level_of_any(module, mine, theirs))
        except AssertionError as error:
            error.add_note(f"{mine} beside {theirs}")
            raise
    assert {module.MISSING, module.DIFFERENT} <= seen


@cache
def _pairs() -> list[tuple[dict[str, str | int], dict[str, str | int]]]:
    """Draw records in pairs, once for all comparisons: to draw them takes longer than to compare them."""
    drawn = []

    @settings(max_examples=300, deadline=None)
    @given(facts, facts)
    def draw(mine: dict[str, str | int], theirs: dict[str, str | int]) -> None:
        drawn.append((mine, theirs))

    draw()
    return drawn


def _level_of_any(module: ModuleType, mine: dict[str, str | int], theirs: dict[str, str | int]) -> int:
    held = HOLDS[module.FIELD]
    level = level_of(module, line(**mine), record(**theirs))
    assert 0 <= level < len(module.LEVELS)
    itself = module.LEVELS[level_of(module, line(**mine), record(**mine))]
    assert itself is module.LEVELS[0] or itself.words.startswith(("agrees", "is the initial"))
    assert (itself is module.LEVELS[0]) == all(not mine[name] for name in held)
    no_mine, no_theirs = ({**each, **_empty(each, held)} for each in (mine, theirs))
    assert level_of(module, line(**no_mine), record(**no_theirs)) == module.MISSING
    if "neither" not in module.LEVELS[0].words:
        assert level_of(module, line(**no_mine), record(**theirs)) == module.MISSING
        assert level_of(module, line(**mine), record(**no_theirs)) == module.MISSING
    elsewhere = LOOKS_ELSEWHERE.get(module.FIELD, ())
    one, two = ({**each, **_empty(each, elsewhere)} for each in (mine, theirs))
    assert _level_of_spelling(module, one, two) == _level_of_spelling(module, two, one)
    return level


def _empty(facts: dict[str, str | int], names: Sequence[str]) -> dict[str, str | int]:
    return {name: type(facts[name])() for name in names}


def _level_of_spelling(module: ModuleType, mine: dict[str, str | int], theirs: dict[str, str | int]) -> int:
    """Compare without the nicknames, which a line has and a voter has not."""
    alone = line(**mine)
    alone["others"] = 0
    return level_of(module, alone, record(**theirs))
