"""A snapshot cut short or scratched, and signers and voters with the oddest names: an error or a sound answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.match import Matches, find, ranked
from ballotworthy.roll import Roll, build_roll, look_up, open_roll, read_voters
from ballotworthy.roll.digests import PARTS
from ballotworthy.roll.directory import FACTS
from ballotworthy.roll.snapshot import MARKER
from checks import person, signers
from conftest import TAKEN_ON

PEOPLE = [
    person("Ann Lee", "12 Oak St", birth_date="1950-01-02", zip="94016", city="Oakland"),
    person("José García López", "40 Elm Ave Apt 3", zip="94016"),
    person("李小龍", "7 松 St"),
    person("שרה כהן", "9 رحلة Ave"),
    person("A" * 300 + " " + "B" * 300, "12 " + "C" * 300 + " St"),
    person("Bo", ""),
]
LINES = signers([*PEOPLE, person("Anne Lee", "21 Oak St")])
HEADER = 128
"""Bytes of the heading of an array's file."""


def parts_of(roll: Roll) -> list[Path]:
    return sorted(roll.path.iterdir())


def sound(found: Matches, roll: Roll) -> None:
    """Check that an answer is one."""
    there = found.records >= 0
    assert (found.records < len(roll.records)).all()
    assert np.isfinite(found.weights[there]).all()
    assert ((found.on_roll >= 0) & (found.on_roll <= 1)).all()
    assert ((found.chances >= 0) & (found.chances <= 1)).all()
    assert (found.chances.sum(axis=1) <= found.on_roll + 1e-9).all()


@pytest.fixture(scope="module")
def people_roll(tmp_path_factory: pytest.TempPathFactory) -> Roll:
    folder = tmp_path_factory.mktemp("people")
    pl.DataFrame(PEOPLE).write_csv(folder / "voters.csv")
    build_roll(read_voters(folder / "voters.csv", taken_on=TAKEN_ON), folder / "people.roll")
    return open_roll(folder / "people.roll")


@pytest.fixture
def spoiled(people_roll: Roll, tmp_path: Path) -> tuple[Roll, Path]:
    """Give a roll, and the folder of a copy that a test may spoil."""
    shutil.copytree(people_roll.path, tmp_path / "spoiled.roll")
    return people_roll, tmp_path / "spoiled.roll"


def opened(path: Path) -> Roll | None:
    """Open a spoiled snapshot; None where it was refused as it should be."""
    try:
        return open_roll(path)
    except InputError as error:
        told = str(error)
    if "Build it again" not in told and "is not a roll snapshot" not in told:
        pytest.fail(told)
    return None


def test_a_part_cut_anywhere_is_refused(spoiled: tuple[Roll, Path]) -> None:
    roll, folder = spoiled
    for part in parts_of(roll):
        whole, path = part.read_bytes(), folder / part.name
        size = len(whole)
        for cut in sorted({0, 1, 6, 10, 64, 127, 128, 129, size // 3, size // 2, size - 64, size - 4, size - 1}):
            if 0 <= cut < size:
                path.write_bytes(whole[:cut])
                assert opened(path.parent) is None or (part.name == MARKER and cut == size - 1), (part.name, cut)
        path.write_bytes(whole)
    assert opened(folder) is not None


def test_a_scratched_heading_is_refused_or_does_no_harm(spoiled: tuple[Roll, Path]) -> None:
    roll, folder = spoiled
    expected = find(LINES, roll)
    for part in parts_of(roll):
        whole, path = part.read_bytes(), folder / part.name
        for at in range(0, min(len(whole), HEADER), 5):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ (0x80 if at % 2 else 1)]) + whole[at + 1 :])
            again = opened(folder)
            if again is not None and part.stem in ("filed", "owners", "records", "starts"):
                assert np.array_equal(find(LINES, again).records, expected.records), (part.name, at)
        path.write_bytes(whole)


def test_parts_of_another_length_or_kind_are_refused(spoiled: tuple[Roll, Path]) -> None:
    _, folder = spoiled
    for name in ("filed", "owners", "starts", "by-last", "by-zip-starts", "records"):
        whole = (folder / f"{name}.npy").read_bytes()
        array = np.load(folder / f"{name}.npy")
        np.save(folder / f"{name}.npy", array[:-1])
        assert opened(folder) is None, name
        np.save(folder / f"{name}.npy", array.view("u1"))
        assert opened(folder) is None, name
        (folder / f"{name}.npy").write_bytes(whole)


DIRECTORY = [f"by-{fact}{end}" for fact in FACTS for end in ("", "-starts")]


@pytest.mark.parametrize("part", ["filed", "starts", "records", *DIRECTORY])
def test_scratched_contents_never_stop_the_program(spoiled: tuple[Roll, Path], part: str) -> None:
    """Which voters are found may change; that nothing outside the roll is looked at may not."""
    _, folder = spoiled
    whole = (folder / f"{part}.npy").read_bytes()
    random = np.random.default_rng(7)
    for share in (0.001, 0.05, 1.0):
        scratched = np.frombuffer(whole, np.uint8).copy()
        hit = np.flatnonzero(random.random(len(whole) - HEADER - 4) < share) + HEADER
        scratched[hit] = random.integers(0, 256, len(hit))
        (folder / f"{part}.npy").write_bytes(scratched.tobytes())
        again = opened(folder)
        if again is not None:
            found = find(LINES, again)
            assert (found.records < len(again.records)).all()
            assert (found.on_roll >= 0).all()
            for typed in ("lee ann", "leeann", "12 lee", "94016 oak", "garcia", "b 1", "lopezz jose"):
                assert all(0 <= one.row < again.size for one in look_up(again, typed))


@pytest.mark.parametrize("part", PARTS)
def test_a_scratch_is_noticed_before_lines_are_matched(spoiled: tuple[Roll, Path], part: str) -> None:
    _, folder = spoiled
    open_roll(folder, whole=True)
    whole = (folder / part).read_bytes()
    for at in {len(whole) - 1, len(whole) // 2, HEADER, len(whole) * 9 // 10}:
        (folder / part).write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(FileFaults, match=r"damaged .*Build it again"):
            open_roll(folder, whole=True)
    (folder / part).write_bytes(whole)
    open_roll(folder, whole=True)


odd = st.one_of(
    st.text(max_size=30),
    st.text("אבגדهوز李王한글Ⅷİß\0\n\t\u200b\u202eé", max_size=20),
    st.text("ABC -'.,", min_size=250, max_size=300),
    st.lists(st.sampled_from(["JR", "SR", "DE LA", "O'", "Mc", "12", "#", "APT", "PO BOX", "1/2", "Ann", "Lee"])).map(
        " ".join
    ),
)
lines = st.fixed_dictionaries(
    {"name": odd, "address": odd, "city": odd, "zip": st.one_of(odd, st.just("94016"))},
    optional={"unit": odd, "suffix": odd},
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])  # few tables of many rows: a table costs alike
@given(st.lists(lines, min_size=12, max_size=24))
@example([{"name": "\0", "address": "\0 \0", "city": "\0", "zip": "\0"}])
@example([{"name": "A" * 300, "address": "9" * 300, "city": "", "zip": "9" * 300}])
@example([{"name": "٣ ٤", "address": "١٢ Oak St", "city": "", "zip": "٩٤٠١٦"}])
def test_any_text_gets_a_sound_answer(people_roll: Roll, people: list[dict[str, str]]) -> None:
    frame = signers([{"unit": None, "suffix": None, **each} for each in people])
    found = find(frame, people_roll)
    sound(found, people_roll)
    numbered = frame.with_columns(pl.lit("1").alias("sheet"), pl.int_range(pl.len()).alias("line"))
    table = ranked(numbered, people_roll, found)
    assert table["line"].unique().sort().to_list() == list(range(len(people)))


def test_voters_with_odd_names_are_found_where_letters_are_known(people_roll: Roll) -> None:
    found = find(LINES, people_roll)
    sound(found, people_roll)
    assert people_roll.owners[found.records[[0, 1, 4, 6], 0]].tolist() == [0, 1, 4, 0]
