"""A flat left out is the less the voter's own, the more of those who give theirs give another than the roll has."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

from checked import check_texts

FLATS = 60
NAMES = [f"{first} {last}" for last in ("ACKERBY", "BELLING", "CORWIN", "DUNHAM", "EKLUND", "FARROW")
         for first in ("ANN", "BEN", "CARL", "DORA", "EVE", "FINN", "GAIL", "HUGO", "IDA", "JOEL")]  # fmt: skip


def sureness(folder: Path, movers: int) -> tuple[float, str]:
    """Give the mean probability of lines without their flat, of which so many others give another; and an outcome."""
    head = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
    roll = [
        f"V{at},{last},{first},active,1970-01-15,2005-03-04,65 Gum St Apt {101 + at},Fairview,50001"
        for at, (first, last) in enumerate(name.split() for name in NAMES)
    ]
    flats = [
        f" Apt {501 + at}" if at < movers else f" Apt {101 + at}" if at < FLATS // 2 else "" for at in range(FLATS)
    ]
    lines = [
        f"{1 + at // 10},{1 + at % 10},{name.title()},65 Gum St{flat},Fairview,50001,2026-05-01"
        for at, (name, flat) in enumerate(zip(NAMES, flats, strict=True))
    ]
    head_of_lines = "sheet,line,name,address,city,zip,signed_on"
    found = check_texts(folder, "\n".join([head, *roll]), "\n".join([head_of_lines, *lines]))
    rest = found.lines[FLATS // 2 :]
    return fmean(float(line["probability"] or 0) for line in rest), rest[0]["outcome"] or ""


def test_the_share_who_give_another_flat_is_the_doubt_of_those_who_give_none(tmp_path: Path) -> None:
    for name in ("few", "many"):
        (tmp_path / name).mkdir()
    few, many = sureness(tmp_path / "few", 0), sureness(tmp_path / "many", 15)
    assert few[0] > 0.98
    assert 0.9 < many[0] < few[0] - 0.02
    assert few[1] == many[1] == "valid"
