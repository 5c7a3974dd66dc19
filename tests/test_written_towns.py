"""Towns read from pictures: what the city tells beside the zip code, and where it tells nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballotworthy.match import Matches, find
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.roll import Roll
from conftest import SmallRoll
from pictured import folder_of, picture
from test_roll_reads import FILED, OTHERS, SMITH, checked, line, roll_of

TWINS = tuple({**SMITH, "city": city, "zip": code} for city, code in (("Salem", "94023"), ("Truro", "94032")))
"""Two of one name at one number of one street, in two towns."""
CROWD = [
    {**each, "voter_id": f"{town}{at}", "city": town, "zip": code}
    for town, code in (("Salem", "94023"), ("Truro", "94032"))
    for at, each in enumerate(OTHERS)
]
ROW = {"name": "James Smith", "address": "", "city": "Salem", "zip": "94023"}
BLOT = np.full((12, 40), 1 / 40, np.float16)


def found(folder: Path, roll: Roll, row: dict[str, str], pictures: dict[tuple[int, str], np.ndarray]) -> Matches:
    petition = lines_of(folder_of(folder, [row], pictures)).read(FILED)
    return find(petition.frame, roll, pictures=petition.pictures)


def lead(matches: Matches, roll: Roll, voter: str) -> float:
    """Give the bits by which a voter leads the next, or is behind the first."""
    ids = [str(roll.voter_ids[int(each)]) for each in matches.records[0] if each >= 0]
    weights = matches.weights[0]
    other = max(weights[at] for at, each in enumerate(ids) if each != voter)
    return float(weights[ids.index(voter)] - other)


@pytest.mark.parametrize("voter", [0, 1])
def test_where_the_zip_code_is_a_blot_the_city_decides_between_two_homes(
    tmp_path: Path, small_roll: SmallRoll, voter: int
) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    row = {**ROW, "city": TWINS[voter]["city"], "zip": "?????"}
    matches = found(tmp_path / "x", roll, row, {(1, "zip"): BLOT})
    assert lead(matches, roll, str(voter + 1)) > 1.5
    without = found(tmp_path / "y", roll, {**row, "city": "??"}, {(1, "zip"): BLOT, (1, "city"): BLOT})
    assert abs(lead(without, roll, str(voter + 1))) < 1


def test_a_city_counts_hardly_beside_a_clear_zip_code(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    both = found(tmp_path / "both", roll, ROW, {})
    alone = found(tmp_path / "alone", roll, {**ROW, "city": ""}, {})
    assert both.weights[0, 0] == pytest.approx(alone.weights[0, 0], abs=0.3)


def test_another_city_counts_some_bits_against_a_voter_and_no_more(tmp_path: Path, small_roll: SmallRoll) -> None:
    """Signers write the town of their post office: a city that is not the roll's own rules nobody out."""
    roll = roll_of(small_roll, *TWINS, *CROWD)
    row = {**ROW, "zip": "?????"}
    weights = []
    for city in ("", "Truro", "Dublin"):
        matches = found(tmp_path / f"x{city}", roll, {**row, "city": city}, {(1, "zip"): BLOT})
        (place,) = np.flatnonzero(matches.records[0] == 0)
        weights.append(float(matches.weights[0, place]))
    none, another, nobodys = weights
    assert 1.0 < none - another < 4.0
    assert nobodys == pytest.approx(none, abs=1.0)


def test_a_zip_code_that_a_person_typed_is_more_than_a_picture_of_the_city(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    folder = folder_of(tmp_path / "x", [{**ROW, "zip": "94O23", "city": "Truro"}])
    lines = folder / "lines.csv"
    lines.write_text(lines.read_text().replace("94O23", "94023"))
    petition = lines_of(folder).read(FILED)
    matches = find(petition.frame, roll, pictures=petition.pictures)
    assert lead(matches, roll, "1") > 1.5


def test_a_roll_without_cities_is_read_by_its_zip_codes_and_one_without_zip_codes_by_its_cities(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    for field in ("city", "zip"):
        voters = [{key: each[key] for key in each if key != field} for each in (*TWINS, *CROWD)]
        roll = roll_of(small_roll, *voters)
        assert lead(found(tmp_path / field, roll, ROW, {}), roll, "1") > 1.5


def test_what_was_read_and_taken_is_told_with_the_city(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    unclear = {(1, "zip"): picture("94023", {4: ("0", 0.4)})}
    done = checked(folder_of(tmp_path / "x", [{**ROW, "zip": "94020"}], unclear), roll)
    assert 'zip code and city read "94020" and "Salem", taken as 94023' in str(line(done)["evidence"])


@pytest.mark.parametrize("written", ["North Salem", "N Salem"])
def test_a_city_is_known_as_the_roll_writes_it_and_shortened(
    tmp_path: Path, small_roll: SmallRoll, written: str
) -> None:
    roll = roll_of(small_roll, TWINS[0], {**TWINS[1], "city": "North Salem"}, *CROWD)
    matches = found(tmp_path / "x", roll, {**ROW, "city": written, "zip": "?????"}, {(1, "zip"): BLOT})
    assert lead(matches, roll, "2") > 1.5
