"""Wards read from pictures: one of the roll's, which speaks for whoever lives there; a misread one speaks for none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballotworthy.match import Matches, find, ranked
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.roll import Roll
from conftest import SmallRoll
from pictured import folder_of, picture
from test_roll_reads import FILED, OTHERS, SMITH, TOWN, checked, line, roll_of

HOME = {key: each for key, each in SMITH.items() if key not in TOWN}
TWINS = ({**HOME, "ward": "Ward 2"}, {**HOME, "ward": "06"})
"""Two of one name at one number of one street, in two wards."""
CROWD = [
    {**{key: cell for key, cell in each.items() if key not in TOWN}, "voter_id": f"{ward}{at}", "ward": str(ward)}
    for ward in (2, 5, 6, 12)
    for at, each in enumerate(OTHERS)
]
ROW = {"name": "James Smith", "address": "567 Pine Ave", "ward": "2"}
BLOT = np.full((12, 40), 1 / 40, np.float16)


def found(folder: Path, roll: Roll, row: dict[str, str], seen: np.ndarray | None = None) -> Matches:
    pictures = {} if seen is None else {(1, "ward"): seen}
    petition = lines_of(folder_of(folder, [row], pictures)).read(FILED)
    return find(petition.frame, roll, pictures=petition.pictures)


def lead(matches: Matches, roll: Roll, voter: str) -> float:
    """Give the bits by which a voter leads the next, or is behind the first."""
    ids = [str(roll.voter_ids[int(each)]) for each in matches.records[0] if each >= 0]
    other = max(matches.weights[0, at] for at, each in enumerate(ids) if each != voter)
    return float(matches.weights[0, ids.index(voter)] - other)


@pytest.mark.parametrize(("written", "voter"), [("2", "1"), ("WARD 2", "1"), ("6", "2"), ("06", "2")])
def test_of_two_alike_the_ward_decides(tmp_path: Path, small_roll: SmallRoll, written: str, voter: str) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    assert 3 < lead(found(tmp_path / "x", roll, {**ROW, "ward": written}), roll, voter) < 6


def test_a_ward_that_cannot_be_read_or_is_none_of_the_rolls_decides_nothing(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    assert abs(lead(found(tmp_path / "blot", roll, ROW, BLOT), roll, "1")) < 0.5
    assert abs(lead(found(tmp_path / "none", roll, {**ROW, "ward": "9"}), roll, "1")) < 0.5


def test_a_ward_is_read_beside_those_of_its_sheet(tmp_path: Path, small_roll: SmallRoll) -> None:
    """A figure that may be 5 or 6 is that of the sheet's other lines."""
    roll = roll_of(small_roll, *TWINS, *CROWD)
    others = [{"name": "Sarah Williams", "address": "890 Oak Rd", "ward": "6"}] * 7
    either = {(1, "ward"): picture("5", {0: ("6", 0.5)})}
    evidence = [
        str(
            line(checked(folder_of(tmp_path / str(len(more)), [{**ROW, "ward": "5"}, *more], either), roll))["evidence"]
        )
        for more in ([], others)
    ]
    assert 'ward read "5", which is not clear' in evidence[0]
    assert 'ward read "5", taken as 6' in evidence[1]


def test_beside_a_zip_code_a_ward_only_speaks_against_a_voter(tmp_path: Path, small_roll: SmallRoll) -> None:
    voters = [{**each, **TOWN} for each in (*TWINS, *CROWD)]
    roll = roll_of(small_roll, *voters)
    plain = found(tmp_path / "plain", roll, {key: ROW[key] for key in ("name", "address")} | TOWN)
    with_ward = found(tmp_path / "ward", roll, ROW | TOWN)
    assert with_ward.weights[0, 0] == pytest.approx(plain.weights[0, 0], abs=0.01)
    assert lead(with_ward, roll, "1") == pytest.approx(2.3, abs=0.2)


def test_what_a_ward_adds_is_told_and_is_no_move(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    petition = lines_of(folder_of(tmp_path / "x", [ROW])).read(FILED)
    matches = find(petition.frame, roll, pictures=petition.pictures)
    evidence = ranked(petition.frame, roll, matches)["evidence"].to_list()
    assert "ward as the picture shows it (+" in evidence[0]
    assert "ward as the picture shows it (-" in evidence[1]
    assert not any("moved" in (each or "") for each in evidence)


def test_a_ward_that_was_typed_or_is_clear_stays_as_it_is(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, *TWINS, *CROWD)
    folder = folder_of(tmp_path / "x", [{**ROW, "ward": "Z"}], {(1, "ward"): picture("Z", {0: ("2", 0.4)})})
    assert 'ward read "Z", taken as 2' in str(line(checked(folder, roll))["evidence"])
    lines = folder / "lines.csv"
    lines.write_text(lines.read_text().replace(",Z", ",6"))
    assert "ward read" not in str(line(checked(folder, roll))["evidence"])
    assert "ward read" not in str(line(checked(folder_of(tmp_path / "y", [ROW]), roll))["evidence"])
