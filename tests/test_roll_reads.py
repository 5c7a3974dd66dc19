"""The roll reads handwriting: pictures weighed against its voters, what people type, and what is left to them."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from ballotworthy.check import Check, check
from ballotworthy.check.seen_names import may_take
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.law import Days, Rules, read_law, rules_on
from ballotworthy.match import Beliefs, Matches
from ballotworthy.match.written.days import day_bits, figures_seen, spelled
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import GAP, SKIPS, labels_of, seen_of
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import CLASSES, pictures_in
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import LINE
from ballotworthy.verbs.check import Checked
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
    (1, "address"): picture("867 PINE AVE", {0: ("5", 0.2)}),
}


def roll_of(small_roll: SmallRoll, *voters: dict[str, str]) -> Roll:
    known = [
        {"voter_id": str(at), "status": "active", "registration_date": "2010-01-01", **voter}
        for at, voter in enumerate(voters, 1)
    ]
    return small_roll(known)


RULES = rules_on(read_law("us-ca"), "amendment", Days(FILED))
ASKED = RULES.needed("line_fields")
DATED = replace(
    RULES,
    line_fields=replace(ASKED, value=(*ASKED.value, "date")),
    reasons={**RULES.reasons, "date-outside": RULES.reasons["duplicate"]},
)
"""California's law, if it asked for the day."""


def checked(folder: Path, roll: Roll, rules: Rules = RULES) -> Check:
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


@pytest.mark.parametrize("cell", ["name", "address"])
def test_a_cell_that_nobody_can_read_says_nothing_against_a_voter(
    tmp_path: Path, small_roll: SmallRoll, cell: str
) -> None:
    """Before, it was 8 to 15 bits against whoever wrote it, since some text of the roll always fits a blot best."""
    roll = roll_of(small_roll, SMITH, *OTHERS)
    clear = {"name": "James Smith", "address": "567 Pine Ave", **TOWN}
    blot = np.full((20, CLASSES), 1e-4)
    blot[:, 0], blot[::4, 7] = 0.9, 0.5
    folders = (
        folder_of(tmp_path / "clear", [{**clear, cell: ""}]),
        folder_of(tmp_path / "blot", [{**clear, cell: "g"}], {(1, cell): blot.astype(np.float16)}),
    )
    without, blotted = (line(checked(folder, roll))["weight"] for folder in folders)
    assert blotted > without - 4


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


def dated(folder: Path, roll: Roll, days: list[str], seen: dict[int, np.ndarray], rules: Rules = RULES) -> Check:
    rows = [{"name": "James Smith", "address": "567 Pine Ave", **TOWN, "signed_on": day} for day in days]
    return checked(folder_of(folder, rows, {(at, "signed_on"): each for at, each in seen.items()}), roll, rules)


def test_a_day_is_read_among_those_of_the_window_and_told(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    seen = {1: picture("1/1S/18", {3: ("5", 0.4)})}
    done = dated(tmp_path / "read", roll, ["1/1S/18", *["1/15/18"] * 3], seen)
    assert done.petition.frame.select("signed_on", "signed_or").row(0) == (dt.date(2018, 1, 15), None)
    assert 'day of signing read "1/1S/18", taken as 2018-01-15' in line(done)["evidence"]


def test_a_text_that_is_a_day_is_not_taken_for_it_where_the_sheet_shows_another(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    done = dated(tmp_path / "read", roll, ["1/14/18"] * 4 + ["1/1/18"], {5: picture("1/14/18", {3: ("/", 0.9)})})
    first, last = done.petition.frame.select("signed_on", "signed_or").row(4)
    assert first <= dt.date(2018, 1, 14) <= (last or first)


def test_columns_that_reading_wrote_are_known_and_a_day_unread_is_no_fault_of_the_file(tmp_path: Path) -> None:
    """A newcomer's own reading was told that its columns were not used and that 13 cells were no day."""
    signed = {"name": "James Smith", "address": "567 Pine Ave", **TOWN}
    folder = folder_of(tmp_path / "read", [{**signed, "signed_on": day} for day in ("1/!", "1/14/2018")])
    told = lines_of(folder).to_dict()
    assert (told["columns"]["unused"], told["cells_set_aside"]) == ([], 0)
    unread = "Of the days on the scans 1 could not be read as text; what their pictures leave open is for a person."
    assert told["remarks"] == [unread]
    table = folder / "lines.csv"
    table.write_text(table.read_text().replace("1/14/2018", "soon"))
    told = lines_of(folder).to_dict()
    assert (told["cells_set_aside"], told["remarks"]) == (1, [unread])


NOISE = np.full((20, CLASSES), 1 / CLASSES, np.float16)


def test_a_day_outside_the_window_or_none_is_for_a_person_where_the_law_asks_for_a_day(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    days = ["1/15/17", "soon", "1/1", *["1/14/18"] * 5]
    done = dated(tmp_path / "read", roll, days, {2: picture("soon"), 3: NOISE}, DATED)
    assert done.lines["reason"].to_list()[:3] == ["unclear"] * 3
    for at, words in enumerate(("outside the time for gathering", "could not be read", "could not be read")):
        assert words in line(done, at)["evidence"]
    assert done.petition.frame["doubt"][3] == ""


@pytest.mark.parametrize(
    ("read", "registered", "outcome"),
    [("1/11/18", "2017-12-31", "valid"), ("1/11/18", "2018-01-13", "unresolved"), ("soon", "2010-01-01", "valid"),
     ("soon", "2018-01-13", "unresolved")],
)  # fmt: skip
def test_where_several_days_remain_the_roll_must_say_the_same_on_all(
    tmp_path: Path, small_roll: SmallRoll, read: str, registered: str, outcome: str
) -> None:
    roll = roll_of(small_roll, {**SMITH, "registration_date": registered}, *OTHERS)
    seen = picture("1/11/18", {3: ("7", 0.4)}) if read != "soon" else NOISE
    done = dated(tmp_path / "read", roll, [read, *["1/14/18"] * 4], {1: seen})
    first, last = done.petition.frame.select("signed_on", "signed_or").row(0)
    assert first < dt.date(2018, 1, 13) < last
    assert line(done)["outcome"] == outcome
    assert f'day of signing read "{read}", which ' in line(done)["evidence"]


@pytest.mark.parametrize("text", ["1/5/18", "01/05/2018", "1-5-18", "Jan 5", "JANUARY 5 2018", "I/5/I8"])
def test_a_day_is_known_in_all_its_spellings(text: str) -> None:
    days = [dt.date(2018, 1, 1) + dt.timedelta(at) for at in range(90)]
    bits = day_bits(figures_seen(picture(text)), spelled(days, ["month-first"], [True] * 90), 90)
    assert days[int(bits.argmax())] == dt.date(2018, 1, 5)


def test_the_lines_left_to_people_are_shown_as_scanned_with_what_was_read(
    tmp_path: Path, small_roll: SmallRoll
) -> None:
    roll = roll_of(small_roll, SMITH, *OTHERS)
    seen = {(2, "name"): NOISE, (2, "address"): NOISE}
    folder = folder_of(tmp_path / "read", [READ, {"name": "<b>??", "address": "x", **TOWN}], ALSO | seen)
    (folder / "rows").mkdir()
    for number in (1, 2):
        (folder / "rows" / f"1-{number}.png").write_bytes(b"PNG %d" % number)
    page = Checked(checked(folder, roll)).pictured()
    assert b64encode(b"PNG 2").decode() in page
    assert b64encode(b"PNG 1").decode() not in page
    assert "name “&lt;b&gt;??”" in page
    assert "default-src 'none'" in page


def test_a_signature_speaks_beside_the_name(tmp_path: Path, small_roll: SmallRoll) -> None:
    joan, john = ({**SMITH, "first_name": name} for name in ("Joan", "John"))
    roll = roll_of(small_roll, joan, john, *OTHERS)
    rows = [{"name": "Joan Smith", "address": "567 Pine Ave", **TOWN}]
    unlike = {(1, "name"): picture("JOAN SMITH", {2: ("H", 0.008)})}
    folder = folder_of(tmp_path / "read", rows, unlike)
    alone = line(checked(folder, roll))
    np.save(folder / "readings" / "1-1-signature.npy", picture("Joan Smith"))
    assert (alone["outcome"], line(checked(folder, roll))["voter_id"]) == ("unresolved", "1")


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


@pytest.mark.parametrize("written", ["568", "566", "867", "67"])
def test_a_clear_number_of_another_house_is_for_a_person(tmp_path: Path, small_roll: SmallRoll, written: str) -> None:
    row = {**READ, "name": "James Smith", "address": f"{written} PINE AVE"}
    clear = {(1, "address"): picture(row["address"], {len(written) - 1: ("7", 0.004)})}
    found = line(checked(folder_of(tmp_path / "read", [row], clear), roll_of(small_roll, SMITH, *OTHERS)))
    assert (found["outcome"], found["reason"]) == ("unresolved", "ambiguous")
    assert "rather shows another house number than 567" in found["evidence"]


def test_a_reading_that_is_far_fetched_in_name_and_address_together_is_for_a_person() -> None:
    found = Matches(
        lines=np.zeros(2, LINE), readings=np.zeros(2, LINE), of=np.arange(2), read=np.full((2, 2), -1, np.int32),
        records=np.array([[0, -1], [0, -1]]), weights=np.array([[30.0, 0], [30.0, 0]]), sums=np.zeros((2, 5)),
        looked=np.zeros((2, 1)), voters=1, beliefs=Beliefs(), written=np.array([True, True]),
    )  # fmt: skip
    found.read[:, 0] = (0, 1)
    found.readings["who"]["last_bits"] = 8 * 20
    found.readings["doubt"], found.readings["home_doubt"] = 8 * 9, (8 * 20, 8 * 22)
    assert may_take(found).tolist() == [True, False]
    assert may_take(replace(found, written=None)).tolist() == [True, True]


def test_a_name_for_which_the_picture_hardly_speaks_is_for_a_person_and_a_rare_one_that_it_shows_is_not() -> None:
    """One doubt of 12 bits was for both: too much of a rare name, too little where a common one would be anybody's."""
    found = Matches(
        lines=np.zeros(3, LINE), readings=np.zeros(3, LINE), of=np.arange(3), read=np.full((3, 2), -1, np.int32),
        records=np.array([[0, -1]] * 3), weights=np.array([[30.0, 0]] * 3), sums=np.zeros((3, 5)),
        looked=np.zeros((3, 1)), voters=1, beliefs=Beliefs(), written=np.array([True] * 3),
    )  # fmt: skip
    found.read[:, 0] = (0, 1, 2)
    found.readings["who"]["first_bits"], found.readings["who"]["last_bits"] = 8 * 8, (8 * 18, 8 * 7, 0)
    found.readings["doubt"] = (8 * 15, 8 * 11, 8 * 2)  # rare and shown, common and hardly, common and clear
    assert may_take(found).tolist() == [True, False, True]
