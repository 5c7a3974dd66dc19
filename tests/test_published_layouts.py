"""Files made after published layouts alone, with all their headings, are read with no option but the day."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ballotworthy as bw
from ballotworthy.roll import read_voters
from ballotworthy.roll.records import pack_people
from ballotworthy.roll.registers import registers
from invented_registers import DAY
from published_layouts import CITY, LAYOUTS, PEOPLE, made

NAMES = {one.code: one.name for one in registers()}
WHOLE_BIRTHS = {"va", "ia", "ks", "ct", "nj"}
"""Layouts that hold the day of birth; the others have its year or nothing."""
NO_CITY = {"wi"}
COUNTIES = {"va": "FAIRFAX COUNTY", "ga-2022": "Fulton", "mn": "Ramsey", "wi": "DANE COUNTY", "ia": "Polk",
            "ks": "Johnson", "nj": "Bergen"}  # fmt: skip
LAST = {"va": "cancelled", "ia": "pending", "nj": "pending", "ri": "pending", "mn": "active", "ak": "active"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    """Give the same ten people as a plain table packs them."""
    path = tmp_path_factory.mktemp("plain") / "roll.csv"
    rows = [f"{one.last},{one.first},{one.middle},{one.suffix},{one.home},{CITY},{one.zip}" for one in PEOPLE]
    heading = "last_name,first_name,middle_name,suffix,address,city,zip,birth_date"
    path.write_text("\n".join([heading, *(f"{row},1980-02-13" for row in rows)]) + "\n", "utf-8")
    return pack_people(read_voters(path, taken_on=DAY).frame)


@pytest.mark.parametrize("code", LAYOUTS)
def test_ten_people_of_a_published_layout_are_those_of_a_plain_table(
    tmp_path: Path, plain: np.ndarray, code: str
) -> None:
    path = tmp_path / "voters.txt"
    path.write_text(made(LAYOUTS[code]), "utf-8", newline="")
    voters = read_voters(path, taken_on=DAY)
    assert any(NAMES[code] in remark for remark in voters.remarks)
    left_out = {"birth": code not in WHOLE_BIRTHS, "city": code in NO_CITY}
    found = pack_people(voters.frame)
    parts = [part for part in plain.dtype.names or () if not left_out.get(part)]
    assert [part for part in parts if not np.array_equal(found[part], plain[part])] == []
    standing = voters.frame["status"].to_list()
    assert standing[:8] == ["active"] * 8
    assert standing[9] == LAST.get(code, "inactive")
    if code in COUNTIES:
        assert set(voters.frame["county"]) == {COUNTIES[code]}


def test_a_snapshot_of_a_published_layout_finds_its_people(tmp_path: Path) -> None:
    (tmp_path / "voters.txt").write_text(made(LAYOUTS["va"]), "utf-8", newline="")
    roll = bw.build_roll(tmp_path / "voters.txt", tmp_path / "x.roll", taken_on=DAY)
    assert roll.size == len(PEOPLE)
