"""The roll reads handwriting: pictures weighed against its voters, what people type, and what is left to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from ballotworthy.check import Check, check
from ballotworthy.check.seen_days import spellings
from ballotworthy.check.seen_names import may_take
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.law import Days, read_law, rules_on
from ballotworthy.match import Beliefs, Matches
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import GAP, SKIPS, labels_of, seen_of
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import CLASSES, pictures_in
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import LINE
from conftest import SmallRoll
from pictured import folder_of, picture

FILED = dt.date(2018, 4, 20)
TOWN = {"city": "Salem", "zip": "94016"}
SMITH = {"first_name": "James", "last_name": "Smith", "address": "567 Pine Ave", **TOWN}
OTHERS = (
    {"first_name": "Sarah", "last_name": "Williams", "address": "890 Oak Rd", **TOWN},
    {"first_name": "Emily", "last_name": "Brown", "address": "765 Cedar Ln", **TOWN},
    {"first_name": "Michael", "last_name": "Johnson", "address": "432 Elm St", **TOWN},
)
READ = {"name": "Janes Smith", "address": "867 PINE AVE", **TOWN}
ALSO = {
    (1, "name"): picture("Janes Smith", {2: ("m", 0.03)}),
    (1, "address"): picture("867 PINE AVE", {0: ("5", 0.02)}),
}


def roll_of(small_roll: SmallRoll, *voters: dict[str, str]) -> Roll:
    known = [
        {"voter_id": str(at), "status": "active", "registration_date": "2010-01-01", **voter}
        for at, voter in enumerate(voters, 1)
    ]
    return small_roll(known)


def checked(folder: Path, roll: Roll) -> Check:
    rules = rules_on(read_law("us-ca"), "amendment", Days(FILED))
    petition = lines_of(folder).read(FILED + dt.timedelta(days=366), FILED, "us-ca")
    return check(petition, roll, rules, required=1)


def line(done: Check, row: int = 0) -> dict[str, Any]:
    return done.lines.row(row, named=True)


def slow_weight(steps: np.ndarray, text: np.ndarray) -> float:
    """CTC's forward pass as in the textbook, one text and the whole table, with missing labels and nothing given up."""
    shown, nothing = np.zeros((len(text) + 1, len(steps))), np.zeros((len(text) + 1, len(steps)))
    nothing[0] = np.cumprod(steps[:, 0])
    for at, label in enumerate(text, 1):
        again = at > 1 and text[at - 2] == label
        for step, seen in enumerate(steps):
            come = np.prod(SKIPS[text[: at - 1]]) if step == 0 else nothing[at - 1, step - 1]
            come += 0 if step == 0 or again else shown[at - 1, step - 1]
            stay, rest = (shown[at, step - 1], nothing[at, step - 1]) if step else (0, 0)
            shown[at, step] = seen[label] * (come + stay)
            left_out = SKIPS[label] * (shown[at - 1, step] + nothing[at - 1, step])
            nothing[at, step] = seen[0] * (stay + rest) + left_out
    return float(np.log2(shown[-1, -1] + nothing[-1, -1]))


def test_texts_weigh_what_the_textbook_says() -> None:
    rng = np.random.default_rng(5)
    seen = seen_of(rng.random((7, CLASSES)) ** 6)
    texts = np.array([[*b"ANNA"], [*b"ANN\0"], [*b"AN N"], [*b"BOB\0"], [*b"B\0\0\0"]], np.uint8)
    labels = labels_of(texts)
    steps = seen.with_gap(0.2)
    tail = np.zeros(len(steps) + 1)
    tail[-1] = 1  # all is explained, or nothing is
    expected = [slow_weight(steps, row[row > 0]) for row in labels]
    np.testing.assert_allclose(weigh_texts(steps, tail, labels), expected, rtol=1e-6)


def test_a_clear_picture_costs_its_text_nothing_and_a_middle_initial_little() -> None:
    seen = seen_of(picture("ANN M KERR"))
    steps, tail = seen.with_gap(0.2), seen.tail(0.1)
    whole, short, other = weigh_texts(
        steps, tail, labels_of(np.array([[*b"ANN M KERR"], [*b"ANN \x01KERR\0"], [*b"ANN M KEEP"]], np.uint8))
    )
    assert whole == pytest.approx(0, abs=0.1)
    assert -8 < short < 1
    assert other < -12
    assert GAP == CLASSES


def test_the_roll_reads_what_the_recogniser_misread_and_says_so(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    found = line(checked(folder_of(tmp_path / "read", [READ], ALSO), roll))
    assert (found["outcome"], found["voter_id"]) == ("valid", "1")
    assert 'address read "867 PINE AVE", taken as 567 PINE' in found["evidence"]
    assert 'name read "Janes Smith", taken as JAMES SMITH' in found["evidence"]


def test_the_pictures_say_more_than_their_best_text(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    folder = folder_of(tmp_path / "read", [READ], ALSO)
    weight = line(checked(folder, roll))["weight"]
    for path in (folder / "readings").iterdir():
        path.unlink()
    assert weight > line(checked(folder, roll))["weight"] + 1


def test_a_typed_cell_takes_the_place_of_its_picture(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    folder = folder_of(tmp_path / "read", [READ], ALSO)
    table = pl.read_csv(folder / "lines.csv", infer_schema=False)
    table.with_columns(pl.lit("890 Oak Rd").alias("address")).write_csv(folder / "lines.csv")
    pictures = pictures_in(folder)
    assert pictures.typed == {"1-1-address"}
    assert pictures.of("1", "1", "address") is None
    found = line(checked(folder, roll))
    assert found["outcome"] != "valid"
    assert "867" not in found["evidence"]


def test_two_of_a_household_one_stroke_apart_are_for_a_person(tmp_path: Path, small_roll: SmallRoll) -> None:
    joan, john = ({**SMITH, "first_name": name} for name in ("Joan", "John"))
    roll = roll_of(small_roll, joan, john, *OTHERS)
    rows = [{"name": "Joan Smith", "address": "567 Pine Ave", **TOWN}] * 2
    unlike = {(1, "name"): picture("JOAN SMITH", {2: ("H", 0.1)}), (2, "name"): picture("JOAN SMITH")}
    done = checked(folder_of(tmp_path / "read", rows, unlike), roll)
    assert (line(done, 0)["outcome"], line(done, 0)["reason"]) == ("unresolved", "ambiguous")
    assert line(done, 1)["voter_id"] == "1"


def test_what_cannot_be_read_is_neither_valid_nor_refused(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    noise = np.full((20, CLASSES), 1 / CLASSES, np.float16)
    seen = {(1, "name"): noise, (1, "address"): noise}
    found = line(checked(folder_of(tmp_path / "read", [{"name": "??", "address": "x", **TOWN}], seen), roll))
    assert found["outcome"] == "unresolved"


def test_a_stranger_whose_name_is_clear_is_refused(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    row = {"name": "Winifred Abernathy", "address": "12 Quarry Hill Rd", **TOWN}
    found = line(checked(folder_of(tmp_path / "read", [row]), roll))
    assert (found["outcome"], found["reason"]) == ("invalid", "not-registered")


def test_blank_rows_are_no_lines_and_doubtful_ones_go_to_a_person(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    whole = {"name": "James Smith", "address": "567 Pine Ave", **TOWN, "struck": "?"}
    rows = [{**whole, "row_state": state} for state in ("struck", "no-signature", "unreadable")]
    done = checked(folder_of(tmp_path / "read", [*rows, {}, {}]), roll)
    assert done.lines.height == 3
    assert "2 blank rows of the sheets left out." in done.petition.remarks
    assert set(done.lines["outcome"]) == {"unresolved"}
    for words, told in zip(("struck", "no signature", "could not be read"), done.lines["evidence"], strict=True):
        assert words in told


def test_a_day_that_cannot_be_read_is_the_one_of_the_window_that_fits(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    row = {"name": "James Smith", "address": "567 Pine Ave", **TOWN}
    rows = [{**row, "signed_on": day} for day in ("1/1S/18", "3/2/18", "1/1S")]
    seen = {
        (1, "signed_on"): picture("1/1S/18", {3: ("5", 0.1)}),
        (3, "signed_on"): picture("1/1S", {3: ("5", 0.2), 2: ("2", 0.5)}),
    }
    folder = folder_of(tmp_path / "read", rows, seen)
    done = checked(folder, roll)
    assert done.petition.frame["signed_on"].to_list() == [dt.date(2018, 1, 15), dt.date(2018, 3, 2), None]
    assert 'day of signing read "1/1S/18", taken as 2018-01-15' in line(done)["evidence"]
    assert line(done, 2)["reason"] == "unclear"


def test_the_first_of_january_is_spelled_as_people_do() -> None:
    assert "1/5/18" in spellings(dt.date(2018, 1, 5), day_first=False)
    assert "05/01/2018" in spellings(dt.date(2018, 1, 5), day_first=True)


@pytest.mark.parametrize("missing", ["sheets.json", "lines.csv", "read.csv"])
def test_another_folder_is_refused_with_what_to_do(tmp_path: Path, missing: str) -> None:
    folder = folder_of(tmp_path / "read", [READ])
    (folder / missing).unlink()
    with pytest.raises(InputError, match=rf"no {missing}.*sheets read"):
        lines_of(folder).read()


def test_a_damaged_reading_is_told_and_no_name_with_it(tmp_path: Path, small_roll: SmallRoll) -> None:
    folder = folder_of(tmp_path / "read", [READ])
    (folder / "readings" / "1-1-name.npy").write_bytes(b"\x93NUMPY nonsense")
    with pytest.raises(FileFaults, match="damaged") as told:
        checked(folder, roll_of(small_roll, SMITH, *OTHERS))
    assert "Smith" not in str(told.value)


def test_a_reading_that_is_far_fetched_in_name_and_address_together_is_for_a_person() -> None:
    found = Matches(
        lines=np.zeros(2, LINE), readings=np.zeros(2, LINE), of=np.arange(2), read=np.full((2, 2), -1, np.int32),
        records=np.array([[0, -1], [0, -1]]), weights=np.array([[30.0, 0], [30.0, 0]]), sums=np.zeros((2, 5)),
        looked=np.zeros((2, 1)), voters=1, beliefs=Beliefs(), written=np.array([True, True]),
    )  # fmt: skip
    found.read[:, 0] = (0, 1)
    found.readings["doubt"], found.readings["home_doubt"] = 8 * 8, (8 * 11, 8 * 13)
    assert may_take(found).tolist() == [True, False]
    assert may_take(replace(found, written=None)).tolist() == [True, True]
