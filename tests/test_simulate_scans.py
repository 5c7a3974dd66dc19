"""Sheets drawn by the simulation: filled by invented hands, read back, and checked against the roll they belong to."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from struct import unpack_from

import numpy as np
import polars as pl
import pytest

from ballotworthy.errors import InputError
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.sheets import plain_form
from ballotworthy.simulate import hands
from ballotworthy.simulate.scans import LEVELS, scanned_sheets
from ballotworthy.verbs.check import check_petition
from ballotworthy.verbs.sheets_read import read_scans
from ballotworthy.verbs.simulate import simulate_petition

for needed in ("cv2", "onnxruntime", "rapidocr", "zxingcpp", "pypdfium2", "PIL", "fontpkg_kalam"):
    pytest.importorskip(needed, reason="drawing and reading scans needs the extra scan and a font")

LINES = pl.DataFrame(
    {
        "sheet": ["1", "1"],
        "line": ["1", "2"],
        "name": ["Ann Kerr", ""],
        "address": ["12 Elm St", ""],
        "struck": [None] * 2,
    }
)


def test_sheets_of_a_simulation_are_read_back_and_find_their_signers(tmp_path: Path) -> None:
    made = simulate_petition(tmp_path / "made", voters=300, lines=10, seed="drawn", sheets=1, level="easy")
    about = json.loads((tmp_path / "made/simulation.json").read_text())
    assert (about["sheets"], about["level"]) == (1, "easy")
    assert made.about["sheets"] == 1
    scans = sorted((tmp_path / "made/scans").iterdir())
    read = read_scans(scans, tmp_path / "read")
    assert [page["remarks"] for page in read.about["pages"]] == [[]], "they were said to be printed at 97%"
    build_roll(read_voters(tmp_path / "made/roll.csv", taken_on=dt.date(2018, 5, 18)), tmp_path / "voters.roll")
    roll = open_roll(tmp_path / "voters.roll")
    done = check_petition(tmp_path / "read", roll, place="us-ca", kind="amendment", on="2018-04-20", required=1)
    truth = pl.read_csv(tmp_path / "made/truth.csv", infer_schema=False)
    found = done.check.lines.join(truth, on=["sheet", "line"], suffix="_true")
    written = pl.read_csv(tmp_path / "made/lines.csv", infer_schema=False)["name"].count()
    assert found.height == written
    taken = found.filter(pl.col("outcome") == "valid")
    assert taken.height >= written / 2
    assert taken["voter_id"].to_list() == taken["voter_id_true"].to_list()


def test_the_same_seed_draws_the_same_sheet_and_another_level_another() -> None:
    fonts = hands.fonts_in(None)
    one, again, other = (
        next(scanned_sheets(LINES, plain_form(), 1, level, "a", fonts)) for level in ("easy", "easy", "hard")
    )
    assert one == again
    assert one != other
    assert list(LEVELS) == ["easy", "middle", "hard"]


def test_no_two_letters_of_a_hand_are_alike() -> None:
    rng = np.random.default_rng(1)
    hand = hands.invent_hand(hands.fonts_in(None), 2.0, rng)
    drawn = hands.write("nnnnnn", hand, 2_000, 60, rng)
    step = drawn.shape[1] // 6
    assert not np.array_equal(drawn[:, :step], drawn[:, step : 2 * step])
    assert hands.write("a long name that has to be made small", hand, 100, 60, rng).shape[1] <= 100


def test_more_sheets_than_there_are_is_refused() -> None:
    with pytest.raises(InputError, match="has 1 sheet of lines, not 2"):
        next(scanned_sheets(LINES, plain_form(), 2, "easy", "a", hands.fonts_in(None)))


def test_without_fonts_the_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hands, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match="pip install fontpkg-kalam"):
        hands.fonts_in(None)
    with pytest.raises(InputError, match="Give a folder of handwriting fonts"):
        hands.fonts_in(tmp_path)
    (tmp_path / "broken.ttf").write_text("no font")
    with pytest.raises(InputError, match="is no font that can be read"):
        next(scanned_sheets(LINES, plain_form(), 1, "easy", "a", hands.fonts_in(tmp_path)))


def test_a_font_that_draws_no_letter_is_refused_by_name(tmp_path: Path) -> None:
    """One with Kanji alone wrote blank rows, which the truth had as written."""
    whole = bytearray((hands.fonts_in(None)[0]).read_bytes())
    for at in range(12, 12 + 16 * unpack_from(">H", whole, 4)[0], 16):
        name, _, offset, length = unpack_from(">4sIII", whole, at)
        if name == b"loca":
            whole[offset : offset + length] = bytes(length)
    (tmp_path / "kanji.ttf").write_bytes(whole)
    with pytest.raises(InputError, match=r"kanji\.ttf has no Latin letters"):
        next(scanned_sheets(LINES, plain_form(), 1, "easy", "a", hands.fonts_in(tmp_path)))
