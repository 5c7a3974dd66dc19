"""One rule tells the stratum of a line: draw, check and case read the same from the same file, or say why not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy.casework.listing import listing
from ballotworthy.errors import FileFaults
from ballotworthy.petition import NOT_STATED
from ballotworthy.petition.strata import spellings

ROWS = 12
PLACES = {"county": ("us-ca", "amendment", "2018-04-20"), "": ("us-wa", "initiative", "2014-07-03")}


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a roll with one voter, since a check asks for one."""
    made = tmp_path_factory.mktemp("strata")
    heading = "voter_id,last_name,first_name,address,zip,status,registration_date,birth_date"
    (made / "v.csv").write_text(f"{heading}\n1,QUILL,ANNA,12 MAIN ST,98101,A,2012-05-06,1980-01-01\n", "utf-8")
    bw.build_roll(made / "v.csv", made / "x.roll", taken_on="2014-01-01")
    return made / "x.roll"


def lines(folder: Path, heading: str, cells: list[str]) -> Path:
    frame = pl.DataFrame(
        {"sheet": [1] * len(cells), "line": range(1, len(cells) + 1), "name": "Anna Quill", heading: cells}
    )
    frame.write_csv(folder / "lines.csv")
    return folder / "lines.csv"


def of_three(path: Path, roll: Path, by: str) -> list[dict[str, str]]:
    """Give the stratum of each line as draw, check and case have it."""
    place, kind, on = PLACES[by]
    law = bw.rules(place, kind=kind, on=on)
    sample = bw.draw_sample(path, seed="1", rules=law)
    checked = bw.check_petition(path, roll, rules=law, required=3)
    frame = listing(bw.read_lines(path).read(), law)
    return [
        {line: name for name, ids in sample.by_stratum.items() for line in ids},
        dict(checked.check.lines.select("id", "stratum").iter_rows()),
        {each.id: each.stratum for each in frame},
    ]


@pytest.mark.parametrize(
    "heading",
    ["county", "County", "COUNTY_NAME", "County of Residence", "Signer's County", "Residence County (please print)"],
)
def test_a_column_is_known_by_the_same_headings_to_all(tmp_path: Path, roll: Path, heading: str) -> None:
    cells = ["Kern", " Yolo ", "Kern", "Inyo"] * 3
    drawn, checked, filed = of_three(lines(tmp_path, heading, cells), roll, "county")
    assert checked == filed == {f"1-{at + 1}": cell.strip() for at, cell in enumerate(cells)}
    assert drawn == filed


def test_one_whole_bears_the_name_of_the_place_whatever_columns_there_are(tmp_path: Path, roll: Path) -> None:
    path = lines(tmp_path, "county", ["King", "", "Kitsap"])
    drawn, checked, filed = of_three(path, roll, "")
    assert set(checked.values()) == set(filed.values()) == {"Washington"}
    assert set(drawn.values()) == {"Washington"}


def test_a_line_that_tells_none_is_apart_in_an_estimate_and_refused_where_it_counts(tmp_path: Path, roll: Path) -> None:
    path = lines(tmp_path, "county", ["Kern", "", "Yolo"])
    law = bw.rules("us-ca", kind="amendment", on="2018-04-20")
    checked = bw.check_petition(path, roll, rules=law, required=3).check.lines
    assert checked["stratum"].to_list() == ["Kern", NOT_STATED, "Yolo"]
    with pytest.raises(FileFaults, match="line 3, column county: the cell is empty"):
        bw.draw_sample(path, seed="1", rules=law)
    petition = bw.read_lines(path).read()
    with pytest.raises(FileFaults, match="line 3, column county: the cell is empty"):
        listing(petition, law)
    assert [each.stratum for each in listing(petition, law, "Inyo")] == ["Kern", "Inyo", "Yolo"]


def test_without_a_column_an_estimate_is_of_the_whole_and_the_others_are_refused(tmp_path: Path, roll: Path) -> None:
    path = lines(tmp_path, "notes", ["a", "b", "c"])
    law = bw.rules("us-ca", kind="amendment", on="2018-04-20")
    checked = bw.check_petition(path, roll, rules=law, required=3).check.lines
    assert set(checked["stratum"]) == {"California"}
    with pytest.raises(FileFaults, match="column county: there is no such column"):
        bw.draw_sample(path, seed="1", rules=law)
    with pytest.raises(FileFaults, match="no column tells the county of a line"):
        listing(bw.read_lines(path).read(), law)


def test_a_stratum_in_two_spellings_is_one_to_a_check_and_refused_by_draw_and_case(tmp_path: Path, roll: Path) -> None:
    path = lines(tmp_path, "county", ["Kern", "KERN", "kern ", "Kern", "Inyo"])
    law = bw.rules("us-ca", kind="amendment", on="2018-04-20")
    checked = bw.check_petition(path, roll, rules=law, required=3)
    assert checked.check.lines["stratum"].to_list() == ["Kern"] * 4 + ["Inyo"]
    with pytest.raises(FileFaults, match="other capitals or blanks, or but for the word county, Kern"):
        bw.draw_sample(path, seed="1", rules=law)


def test_the_word_county_makes_no_stratum_of_its_own(tmp_path: Path, roll: Path) -> None:
    path = lines(tmp_path, "county", ["Kern", "KERN COUNTY", "County of Kern", "Kern", "Inyo Co.", "Yolo"])
    law = bw.rules("us-ca", kind="amendment", on="2018-04-20")
    checked = bw.check_petition(path, roll, rules=law, required=3)
    assert checked.check.lines["stratum"].to_list() == ["Kern"] * 4 + ["Inyo Co.", "Yolo"]
    assert [row.stratum for row in checked.check.counts] == ["Inyo Co.", "Kern", "Yolo"]
    with pytest.raises(FileFaults, match="but for the word county, Kern"):
        bw.draw_sample(path, seed="1", rules=law)


def test_a_city_and_the_county_of_its_name_are_two_and_a_name_of_both_is_refused(tmp_path: Path, roll: Path) -> None:
    law = bw.rules("us-ca", kind="amendment", on="2018-04-20")
    cells = ["Baltimore City", "Baltimore County", "BALTIMORE CO"]
    checked = bw.check_petition(lines(tmp_path, "county", cells), roll, rules=law, required=3)
    assert checked.check.lines["stratum"].to_list() == ["Baltimore City", "BALTIMORE CO", "BALTIMORE CO"]
    path = lines(tmp_path, "county", ["City of Baltimore", "Baltimore County", "Baltimore"])
    with pytest.raises(FileFaults, match="line 4, column county: Baltimore may be Baltimore County or City of Balt"):
        bw.check_petition(path, roll, rules=law, required=3)


def test_names_that_the_law_has_both_of_are_two_strata() -> None:
    stated = pl.Series(["St. Louis", "St. Louis County", "ST. LOUIS", "St. Louis"])
    assert set(spellings(stated).values()) == {"St. Louis"}
    assert set(spellings(stated, ["St. Louis", "St. Louis County"]).values()) == {"St. Louis", "St. Louis County"}
