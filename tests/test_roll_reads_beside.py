"""What stands beside a name when the roll reads it: who else lives there, and what the rest of the sheet shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ballotworthy.check.seen_names import LEAD
from ballotworthy.match import find
from ballotworthy.match.written.lexicon import lexicon_of
from ballotworthy.match.written.towns import believed, rare_beside
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import class_of
from conftest import SmallRoll
from pictured import folder_of, picture
from test_roll_reads import DATED, FILED, OTHERS, SMITH, TOWN, checked, line, roll_of


def faint(text: str, *may_be: tuple[int, str, float]) -> np.ndarray:
    """Give a picture of a text in which at some places other letters may stand, each as probable as is said."""
    steps = picture(text).astype(np.float64)
    for at, letter, share in may_be:
        steps[2 * at + 1, class_of(letter)] = share
    return steps.astype(np.float16)


def test_of_a_household_none_is_far_behind_because_the_picture_fits_none_well(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    """Of Dorothy the picture is some 24 bits off, of Mildred some 29: she counted as if it said nothing of her."""
    dorothy, mildred = ({**SMITH, "first_name": name} for name in ("Dorothy", "Mildred"))
    roll = roll_of(small_roll, dorothy, mildred, *OTHERS)
    shared = [(8 + at, letter, 0.5) for at, letter in enumerate("SMITH")]
    likelier = [(at, letter, 0.18) for at, letter in enumerate("DOROTHY")]
    likely = [(at, letter, 0.11) for at, letter in enumerate("MILDRED")]
    seen = faint("QXQXQXQ ZQXZQ", *shared, *likelier, *likely)
    row = {"name": "Qxqxqxq Zqxzq", "address": "567 Pine Ave", **TOWN}
    petition = lines_of(folder_of(tmp_path / "read", [row], {(1, "name"): seen})).read(FILED)
    first, second = find(petition.frame, roll, pictures=petition.pictures).weights[0, :2]
    assert first - second < LEAD


def test_a_zip_code_that_the_rest_of_the_sheet_shows_counts_for_the_voter_of_it(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, SMITH, *({**each, "zip": "94026"} for each in OTHERS))
    row = {"name": "James Smith", "address": "567 Pine Ave", "city": "Salem", "zip": "94016"}
    unclear = {(1, "zip"): faint("94016", (3, "1", 0.5), (3, "2", 0.5))}
    weights = []
    for code in ("94016", "94026"):
        others = [{"name": "Ann Kerr", "address": "1 Main St", "city": "Salem", "zip": code}] * 5
        weights.append(line(checked(folder_of(tmp_path / code, [row, *others], unclear), roll))["weight"])
    assert weights[0] > weights[1] + 2


def test_a_sheet_filled_far_and_wide_rules_no_zip_code_out(small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *({**each, "zip": "94026"} for each in OTHERS))
    towns = lexicon_of(roll).towns
    clear, unseen = (believed(each, towns.bits) for each in (np.array([-200.0, 0.0]), None))
    alone, one = rare_beside([], towns), rare_beside([clear], towns)
    np.testing.assert_allclose(alone, towns.bits)
    assert 2.0**-one == pytest.approx([(2.0 ** -towns.bits[0]) / 2, (2.0 ** -towns.bits[1] + 1) / 2], rel=1e-3)
    assert rare_beside([unseen], towns) == pytest.approx(alone)  # a line without a picture says nothing


def test_a_stranger_clearly_written_at_the_home_of_a_rare_name_is_nobody_there(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    """The picture is so far from the voter's name that its doubt, which is kept to 32 bits, would count too little."""
    rare = {**SMITH, "first_name": "Zebulon", "last_name": "Quackenbush"}
    row = {"name": "Winifred Abernathy", "address": "567 Pine Ave", **TOWN}
    petition = lines_of(folder_of(tmp_path / "read", [row])).read(FILED)
    found = find(petition.frame, roll_of(small_roll, rare, *OTHERS), pictures=petition.pictures)
    assert found.weights[0, 0] < 12  # what house and zip code alone come to; 15 where the doubt was cut


def test_an_address_that_says_nothing_counts_for_nobody(tmp_path: Path, small_roll: SmallRoll) -> None:
    """Every address fits a blot; the few that were thought of took all its probability."""
    crowd = [
        {**SMITH, "first_name": first, "last_name": last, "address": f"{number} {street}"}
        for first, last, number, street in zip(
            ["Ann", "Carl", "Rosa", "Omar"] * 10, ["Kerr", "Lopez", "Haas", "Tran", "Bell"] * 8,
            range(100, 900, 20), ["Hill Rd", "Lake Ave", "Mill St", "Cedar Ln"] * 10, strict=True,
        )
    ]  # fmt: skip
    roll = roll_of(small_roll, SMITH, *crowd)
    blot = np.full((30, 40), 1 / 40, np.float16)
    weights = []
    for name, address in (("without", None), ("blot", blot)):
        row = {"name": "James Smith", "address": "x" if address is not None else "", **TOWN}
        folder = folder_of(tmp_path / name, [row], {} if address is None else {(1, "address"): address})
        petition = lines_of(folder).read(FILED)
        weights.append(find(petition.frame, roll, pictures=petition.pictures).weights[0, 0])
    assert weights[1] < weights[0] + 2


def test_of_one_name_the_middle_initial_that_the_picture_shows_counts(tmp_path: Path, small_roll: SmallRoll) -> None:
    """All voters of a name were weighed with the initial of one of them, who so led by 8 bits whatever was written."""
    david, peter = (
        {**SMITH, "middle_name": middle, "address": f"{number} Pine Ave"}
        for middle, number in (("David", "567"), ("Peter", "12"))
    )
    roll = roll_of(small_roll, peter, david, *OTHERS)
    row = {"name": "JAMES DSMITN", "address": "", **TOWN}
    seen = {(1, "name"): faint("JAMES DSMITN", (11, "H", 0.4))}
    petition = lines_of(folder_of(tmp_path / "read", [row], seen)).read(FILED)
    found = find(petition.frame, roll, pictures=petition.pictures)
    assert roll.voter_ids[int(found.records[0, 0])] == "2"
    assert found.weights[0, 0] > found.weights[0, 1] + 4


@pytest.mark.parametrize("end", ["Ave Apt 558", "Hollow"])
def test_type_and_unit_that_the_picture_shows_tell_who_lives_behind_them(
    tmp_path: Path, small_roll: SmallRoll, end: str
) -> None:
    """Number and street are as unclear for both; before, what stood behind the street was looked at as text alone."""
    mine, other = ({**SMITH, "address": f"{home} {kind}"} for home, kind in (("567 Pine", end), ("561 Pike", "Rd")))
    roll = roll_of(small_roll, mine, {**other, "first_name": "Jane"}, *OTHERS)
    seen = faint(f"567 Pine {end}", (2, "1", 0.9), (6, "K", 0.9))
    seen[:5] = seen[:5] / 2
    row = {"name": "", "address": "5 P", **TOWN}
    petition = lines_of(folder_of(tmp_path / "read", [row], {(1, "address"): seen})).read(FILED)
    found = find(petition.frame, roll, pictures=petition.pictures)
    assert roll.owners[found.records[0, 0]] == 0
    assert found.weights[0, 0] - found.weights[0, 1] > 3


def test_a_voter_is_found_by_the_house_number_and_one_name_where_the_rest_is_a_blot(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, {**SMITH, "last_name": "Quackenbush"}, *OTHERS)
    row = {"name": "James Xzxzx", "address": "567 Zxzx", **TOWN}
    petition = lines_of(folder_of(tmp_path / "read", [row])).read(FILED)
    assert roll.owners[find(petition.frame, roll, pictures=petition.pictures).records[0, 0]] == 0


@pytest.mark.parametrize("lacks", ["name", "address", "signed_on"])
def test_what_a_machine_does_not_see_on_a_row_refuses_no_line_and_what_a_person_typed_does(
    tmp_path: Path, small_roll: SmallRoll, lacks: str
) -> None:
    """A faint address on a coarse scan was no ink to the reader, and the line was refused for having none."""
    roll = roll_of(small_roll, SMITH, *OTHERS)
    row = {"name": "James Smith", "address": "567 Pine Ave", **TOWN, "signed_on": "1/14/18"}
    folder = folder_of(tmp_path / "read", [{**row, lacks: ""}, *[row] * 3])
    found = line(checked(folder, roll, DATED))
    assert (found["outcome"], found["reason"]) == ("unresolved", "unclear")
    assert "was seen on the scan" in found["evidence"]
    if lacks == "address":
        read = pl.read_csv(folder / "read.csv", infer_schema=False)
        read.with_columns(address=pl.lit("x")).write_csv(folder / "read.csv")
        assert line(checked(folder, roll, DATED))["reason"] == "no-address"
