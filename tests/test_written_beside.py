"""What the lines above and below say of a line: the people of a household mostly sign one after the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballotworthy.match import Matches, find
from ballotworthy.match.written.beside import AGAIN, STATED, beside_of
from ballotworthy.match.written.seen import seen_of
from ballotworthy.match.written.signed import signed, usual_ways, ways_of
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import RECORD
from conftest import SmallRoll
from pictured import folder_of, picture
from test_roll_reads import FILED, OTHERS, SMITH, TOWN, checked, roll_of

BLOT = np.full((20, 40), 1 / 40, np.float16)
JAMES, MARY = ({"name": f"{name} Smith", "address": "567 Pine Ave", **TOWN} for name in ("James", "Mary"))
EMILY = {"name": "Emily Brown", "address": "765 Cedar Ln", **TOWN}
CROWD = [
    {**SMITH, "first_name": first, "last_name": last, "address": f"{number} {street}"}
    for first, last, number, street in zip(
        ["Ann", "Carl", "Rosa", "Omar"] * 10, ["Kerr", "Lopez", "Haas", "Tran", "Bell"] * 8,
        range(100, 900, 20), ["Hill Rd", "Lake Ave", "Mill St", "Cedar Ln"] * 10, strict=True,
    )
]  # fmt: skip


@pytest.fixture
def roll(small_roll: SmallRoll) -> Roll:
    """Give a roll on which James and Mary Smith live together."""
    return roll_of(small_roll, SMITH, {**SMITH, "first_name": "Mary"}, *OTHERS, *CROWD)


def found(folder: Path, roll: Roll, rows: list[dict[str, str]], *blots: tuple[int, str]) -> Matches:
    petition = lines_of(folder_of(folder, rows, dict.fromkeys(blots, BLOT))).read(FILED)
    return find(petition.frame, roll, pictures=petition.pictures)


@pytest.mark.parametrize("away", [1, 2, 3])
def test_a_line_that_nobody_can_read_is_rather_of_who_lives_with_the_signer_beside_it(
    tmp_path: Path, roll: Roll, away: int
) -> None:
    rows = [JAMES, *[EMILY] * (away - 1), {**MARY, "name": "x", "address": "x"}]
    matches = found(tmp_path / "read", roll, rows, (away + 1, "name"), (away + 1, "address"))
    best = roll.voter_ids[int(roll.owners[matches.records[-1, 0]])]
    assert (best == "2") == (away <= len(STATED))  # farther off nothing is said


def test_that_the_best_voter_lives_with_one_of_a_line_beside_is_told(tmp_path: Path, roll: Roll) -> None:
    folder = folder_of(tmp_path / "read", [JAMES, {**MARY, "address": "x"}], {(2, "address"): BLOT})
    told = checked(folder, roll).lines["evidence"]
    assert ["lives with the voter of line" in each for each in told] == [False, True]
    assert "lives with the voter of line 1; " in told[1]


def test_who_signed_the_line_above_hardly_signs_again(tmp_path: Path, roll: Roll) -> None:
    blotted = {**MARY, "name": "x"}
    alone = found(tmp_path / "alone", roll, [EMILY, blotted], (2, "name"))
    beside = found(tmp_path / "beside", roll, [JAMES, blotted], (2, "name"))
    assert alone.weights[1, 0] == pytest.approx(alone.weights[1, 1])
    assert roll.voter_ids[int(roll.owners[beside.records[1, 0]])] == "2"
    assert beside.weights[1, 0] - beside.weights[1, 1] > 3
    again = found(tmp_path / "again", roll, [JAMES, JAMES])
    assert [int(roll.owners[each]) for each in again.records[:, 0]] == [0, 0]
    assert again.chances[1, 0] > 0.9  # a clear name is believed all the same
    assert 0 < AGAIN < 0.1


def test_what_is_said_hangs_on_how_often_neighbours_of_this_petition_live_together(tmp_path: Path, roll: Roll) -> None:
    blot = {"name": "x", "address": "x", **TOWN}
    others = [{**each, "name": f"{each['first_name']} {each['last_name']}"} for each in CROWD]
    told = []
    for name, rows in (("alone", others[:10]), ("together", [JAMES, MARY] * 5)):
        matches = found(tmp_path / name, roll, [*rows, JAMES, blot], (12, "name"), (12, "address"))
        ids = [("1", str(at + 1)) for at in range(12)]
        told.append(beside_of(matches, ids, [11], roll)[11])
    assert told[0].shares.sum() < told[1].shares.sum()
    assert told[0].bits.max() < told[1].bits.max()


def test_a_line_without_a_number_and_a_sheet_by_itself_hear_nothing(tmp_path: Path, roll: Roll) -> None:
    matches = found(tmp_path / "read", roll, [JAMES, MARY])
    assert not beside_of(matches, [("1", "1"), ("2", "2")], [0, 1], roll)
    assert not beside_of(matches, [("1", "1"), ("1", "1a")], [0, 1], roll)


def test_a_signature_speaks_by_its_first_letters_too() -> None:
    people = np.zeros(4, RECORD)
    for at, (first, last) in enumerate((("MARY", "SMITH"), ("JOHN", "SMITH"), ("ROSA", "HAAS"), ("CARL", "TRAN"))):
        people["first"][at, : len(first)], people["last"][at, : len(last)] = (
            np.frombuffer(each.encode(), np.uint8) for each in (first, last)
        )
    begun, whole, blot = (seen_of(each) for each in (picture("Mxx Sxzx"), picture("Mary Smith"), BLOT))
    ways = ways_of(people["first"], people["last"])
    bits = [signed(each, ways, usual_ways(each, ways)) for each in (begun, whole, blot)]
    assert bits[0].argmax() == bits[1].argmax() == 0
    assert bits[1][0] > bits[0][0] > bits[0][1] + 1
    assert bits[1].min() > -2.1  # a signature may be of no use: it counts at most 2 bits against a name
    assert np.ptp(bits[2]) < 2
