"""A voter is the same in the roll whatever register the file is of, and a line of that voter finds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy.roll import read_voters
from ballotworthy.roll.records import pack_people
from ballotworthy.roll.registers import Register
from invented_registers import DAY, FIXED, HEADED, HEADLESS, fixed, headed, unheaded

Make = Callable[[Register], str]
FORMS: list[tuple[Register, Make]] = [
    *((one, headed) for one in HEADED),
    *((one, unheaded) for one in HEADLESS),
    *((one, fixed) for one in FIXED),
]
PLAIN = "last_name,first_name,address,city,zip,birth_date\nQUILL,ANNA,12 MAIN ST APT 3,MILLBROOK,98101,1980-02-03\n"
WHERE = {"unit": "unit", "city": "city", "zip": "zip", "birth": "birth_date"}
"""Parts of a record that some registers do not hold, by the field they are of."""
ELSEWHERE = {"mi": {"zip"}}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    path = tmp_path_factory.mktemp("plain") / "roll.csv"
    path.write_text(PLAIN, "utf-8")
    return read_voters(path, taken_on=DAY).frame


@pytest.mark.parametrize(
    ("register", "make"), FORMS, ids=lambda one: getattr(one, "code", getattr(one, "__name__", ""))
)
def test_a_voter_is_the_same_whatever_register_the_file_is_of(
    tmp_path: Path, plain: pl.DataFrame, register: Register, make: Make
) -> None:
    (tmp_path / "roll.txt").write_text(make(register), "utf-8")
    voters = read_voters(tmp_path / "roll.txt", taken_on=DAY)
    expected, found = pack_people(plain)[0], pack_people(voters.frame)[0]
    parts = {"last", "first", "number", "street", "type"}
    parts |= {part for part, field in WHERE.items() if field in voters.columns} - ELSEWHERE.get(register.code, set())
    if "street_name" in voters.columns and "street_type" not in voters.columns:
        parts -= {"type"}  # such as Maine's, which writes it behind the name
    assert {part for part in parts if found[part].tobytes() != expected[part].tobytes()} == set()


def test_lines_of_its_voters_are_found_in_a_roll_of_a_register(tmp_path: Path) -> None:
    register, make = next(form for form in FORMS if form[0].code == "ny-2025")
    (tmp_path / "roll.txt").write_text(make(register), "utf-8")
    with pytest.warns(UserWarning, match="voters cancelled without a day of cancellation: 1"):
        roll = bw.build_roll(tmp_path / "roll.txt", tmp_path / "x.roll", taken_on=DAY)
    lines = pl.DataFrame(
        {"name": ["Anna Quill", "Boris Tarn", "Zed Nobody"], "address": ["12 Main St #3", "7 Main St", "9 Elm Rd"]}
    )
    done = bw.check_petition(lines, roll, place="us-wa", kind="initiative", on="2026-06-20", required=1)
    assert done.lines["outcome"].to_list() == ["valid", "unresolved", "invalid"]
    assert done.lines["reason"].to_list()[1:] == ["unclear", "not-registered"]
