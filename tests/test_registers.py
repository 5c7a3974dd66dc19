"""Registers: a file made to a known layout is read with no option, as what it is; no other file is taken for one."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.roll import Voters, read_voters
from ballotworthy.roll.fields import FIELDS
from ballotworthy.roll.registers import UNPUBLISHED, Register, by_headings, by_lines, by_rows, registers
from ballotworthy.roll.statuses import ASK
from checked import SHARED
from invented_registers import DAY, FIXED, HEADED, HEADLESS, fixed, headed, unheaded


def read(folder: Path, text: str) -> Voters:
    (folder / "roll.txt").write_text(text, "utf-8")
    return read_voters(folder / "roll.txt", taken_on=DAY)


def holds(voters: Voters, register: Register) -> None:
    """Make sure that the two voters were read, each with all that the layout holds of them."""
    frame = voters.frame
    assert frame["last_name"].to_list() == ["QUILL", "TARN"]
    assert frame["first_name"].to_list() == ["ANNA", "BORIS"]
    codes = register.values.get("status", {})
    gone = "cancelled" if "cancelled" in codes.values() else "active"
    assert frame["status"].to_list() == ["active", gone]
    house = frame["house_number"].to_list() == ["12", "7"] if "house_number" in frame.columns else None
    assert house or frame["address"].str.extract(r"^(\d+)").to_list() == ["12", "7"]
    if "registration_date" in voters.columns:
        assert set(frame["registration_date"]) == {dt.date(2012, 5, 6)}
    assert any(register.name in remark for remark in voters.remarks)


@pytest.mark.parametrize("register", HEADED, ids=lambda one: one.code)
def test_a_file_with_a_registers_headings_is_read_with_no_option(tmp_path: Path, register: Register) -> None:
    holds(read(tmp_path, headed(register)), register)


SPELLED = [one for one in HEADED if any(not isinstance(heading, str) for heading in one.columns.values())]


@pytest.mark.parametrize("register", SPELLED, ids=lambda one: one.code)
def test_another_spelling_of_a_heading_that_a_register_knows_reads_as_the_first(
    tmp_path: Path, register: Register
) -> None:
    rows = [line.split("\t") for line in headed(register).splitlines()]
    for first, *_, other in (each for each in register.columns.values() if not isinstance(each, str)):
        if other in rows[0]:  # by which the register is known, and which holds nothing
            at = rows[0].index(other)
            rows = [[*row[:at], *row[at + 1 :]] for row in rows]
        rows[0] = [other if cell == first else cell for cell in rows[0]]
    holds(read(tmp_path, "".join("\t".join(row) + "\n" for row in rows)), register)


def test_kansas_is_not_taken_for_an_arizona_county_that_has_many_of_its_headings(tmp_path: Path) -> None:
    head = "db_logid\tcde_registrant_status\ttext_name_first\ttext_name_last\ttext_registrant_id\ttext_res_address_nbr"
    text = f"{head}\ttext_street_name\tdate_of_birth\nJohnson\tA\tANNA\tQUILL\t001\t12\tOAK\t04/09/1961\n"
    voters = read(tmp_path, text)
    assert any("Kansas" in remark for remark in voters.remarks)
    assert voters.columns["county"] == "db_logid"
    with pytest.raises(FileFaults, match="no column holds the voters' last names"):
        read(tmp_path, text.replace("db_logid", "log"))


@pytest.mark.parametrize("register", HEADLESS, ids=lambda one: one.code)
def test_a_file_without_headings_is_known_by_its_cells(tmp_path: Path, register: Register) -> None:
    holds(read(tmp_path, unheaded(register)), register)


@pytest.mark.parametrize("register", FIXED, ids=lambda one: one.code)
def test_a_file_of_fixed_width_is_known_by_its_lines(tmp_path: Path, register: Register) -> None:
    assert register.fixed
    voters = read(tmp_path, fixed(register))
    holds(voters, register)
    assert voters.columns["last_name"] == "characters {} to {}".format(*register.fixed.fields["last_name"])


def test_a_list_that_does_not_say_who_is_registered_says_so(tmp_path: Path) -> None:
    (register,) = (one for one in registers() if one.code == "nationbuilder")
    voters = read(tmp_path, headed(register))
    assert any("nothing in it says who of them is registered" in remark for remark in voters.remarks)


def test_alaskas_list_of_the_inactive_is_refused_with_its_counts(tmp_path: Path) -> None:
    (register,) = (one for one in registers() if one.code == "ak-inactive")
    text = headed(register).replace("98101\t\t\t", "98101\t\tDD\t")
    with pytest.raises(FileFaults, match="CC"):
        read(tmp_path, text)


@pytest.mark.parametrize("register", registers(), ids=lambda one: one.code)
def test_a_register_is_data_that_holds_together(register: Register) -> None:
    fields = {*register.columns, *register.joined, *register.apart, *register.values}
    fields |= set(register.headless.numbers) if register.headless else set()
    assert fields <= set(FIELDS)
    assert register.recognised_by or register.headless or register.fixed
    data = tomllib.loads((Path(str(files("ballotworthy"))) / "registers" / f"{register.code}.toml").read_text("utf-8"))
    told = data["sources"]
    assert all(re.search(r"read 20\d\d-\d\d|\(20\d\d-\d\d-\d\d\)", source) for source in told)
    named = ("https://", "State Board", "read off files of users")
    assert all(any(word in source for word in named) for source in told)
    assert register.published or told[0].startswith(UNPUBLISHED)
    assert register.headless is None or set(register.headless.shapes) <= set(register.headless.numbers)


@pytest.mark.parametrize("register", HEADED, ids=lambda one: one.code)
def test_each_register_is_known_by_its_own_headings_and_by_no_part_of_them(register: Register) -> None:
    assert by_headings(register.recognised_by) == register
    for heading in register.recognised_by:
        assert by_headings([each for each in register.recognised_by if each != heading]) != register


def test_rows_and_lines_of_another_shape_are_no_registers() -> None:
    assert by_rows([["x"] * 38]) is None
    assert by_rows([["QUILL", "ANNA", "MAE", "MILLBROOK"]]) is None
    assert by_lines(["x" * 520]) is None
    assert by_rows([]) is None
    assert by_lines([]) is None


def test_a_code_that_two_registers_read_otherwise_is_read_as_its_own() -> None:
    asked = {one.code: one.values["status"].get("P", ASK) for one in registers() if "status" in one.values}
    assert (asked["ny"], asked["ca-dims"], asked["wa"]) == ("cancelled", "pending", ASK)


def test_the_number_of_a_county_is_put_behind_one_that_repeats_between_counties(tmp_path: Path) -> None:
    head = "county_id\tvoter_reg_num\tncid\tlast_name\tfirst_name\tstatus_cd\tregistr_dt\n"
    one, two = "1\t000001\t\tQUILL\tANNA\tA\t05/06/2012\n", "2\t000001\t\tTARN\tBORIS\tA\t05/06/2012\n"
    assert read(tmp_path, head + one + two).frame["voter_id"].to_list() == ["000001 1", "000001 2"]
    other = two.replace("000001", "000002")
    assert read(tmp_path, head + one + other).frame["voter_id"].to_list() == ["000001", "000002"]


def test_a_british_address_is_put_together_and_its_days_are_day_first(tmp_path: Path) -> None:
    head = "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector DOB,Elector Surname,Elector Forename"
    text = f"{head},PostCode,Address1,Address2,Address3\nAB1,1,0,03/02/2008,QUILL,ANNA,SY4 1AB,12,HIGH ST,MILLBROOK\n"
    voters = read(tmp_path, text)
    (row,) = voters.frame.to_dicts()
    assert (row["address"], row["city"], row["birth_date"]) == ("12 HIGH ST", "MILLBROOK", dt.date(2008, 2, 3))
    assert any("since when he has been registered" in remark for remark in voters.remarks)


@pytest.mark.parametrize(
    ("heading", "plain", "home"),
    [
        ("City", "NEWARK CITY", "Residential City"),
        ("Zip", "43055", "Res_Zip"),
        ("Address", "PO BOX 1", "ResidenceAddress"),
    ],
)
def test_a_heading_of_the_home_wins_over_a_plain_one(tmp_path: Path, heading: str, plain: str, home: str) -> None:
    voters = read(tmp_path, f"last_name\tfirst_name\t{heading}\t{home}\nQUILL\tANNA\t{plain}\t12 HEATH\n")
    field = heading.lower()
    assert (voters.columns[field], voters.frame[field].to_list()) == (home, ["12 HEATH"])


def test_a_whole_address_is_read_where_the_parts_lack_the_unit(tmp_path: Path) -> None:
    head = "Last Name\tFirst Name\tHouse Number\tStreet Name\tResidential Address"
    voters = read(tmp_path, f"{head}\nQUILL\tANNA\t12\tMAIN\t12 N MAIN ST APT 3\n")
    assert {"house_number", "street_name"}.isdisjoint(voters.columns)
    assert voters.frame["address"].to_list() == ["12 N MAIN ST APT 3"]


def test_years_in_a_column_of_birth_dates_are_years_of_birth(tmp_path: Path) -> None:
    voters = read(tmp_path, "last_name,BIRTH_DATE\nQUILL,1970\nTARN,1981.0\n")
    assert voters.columns == {"birth_year": "BIRTH_DATE", "last_name": "last_name"}
    assert voters.frame["birth_year"].to_list() == [1970, 1981]
    both = read(tmp_path, "last_name,BIRTH_DATE\nQUILL,1970\nTARN,1981-02-03\nHOLM,\n")
    assert both.frame.select("birth_year", "birth_date").rows() == [
        (1970, None), (None, dt.date(1981, 2, 3)), (None, None),
    ]  # fmt: skip
    assert "1 cell of BIRTH_DATE holds a year: read as the year of birth." in both.remarks


LAYOUTS = SHARED / "layouts"
ASKED = {"ar.csv": {"r": "cancelled"}, "pa.txt": {"c": "cancelled", "d": "pending"}, "wa.txt": {"pending": "pending"},
         "wa-tab.txt": {"p": "pending"}}  # fmt: skip
"""Codes of the handed layouts that no cited table explains: they must be asked, and then read as said."""
LACKING = {"dc.csv": {"birth"}, "uk.csv": {"suffix", "unit", "birth"}, "ma.txt": {"city"}}
"""What these layouts do not hold, or hold otherwise."""
HALF_APART = {"az.csv", "ca-dims.txt", "ok.csv"}
"""Layouts without a column for the half of a house number."""


@pytest.mark.skipif(not LAYOUTS.is_dir(), reason=f"the layouts are not at {LAYOUTS}")
@pytest.mark.parametrize("name", sorted(path.name for path in LAYOUTS.glob("*")) if LAYOUTS.is_dir() else [])
def test_the_sixty_people_of_every_handed_layout_are_the_same(name: str) -> None:
    from ballotworthy.roll.records import pack_people

    if name in ASKED:
        with pytest.raises(Exception, match=r"codes (is|are) not known"):
            read_voters(LAYOUTS / name, taken_on=DAY)
    voters = read_voters(LAYOUTS / name, taken_on=DAY, statuses=ASKED.get(name, {}))
    expected = pack_people(read_voters(LAYOUTS / "mi.csv", taken_on=DAY).frame)
    found = pack_people(voters.frame)
    apart = {"zip", *LACKING.get(name, set())} | ({"city"} if name == "dc.csv" else set())
    for part in {"last", "first", "middle", "suffix", "number", "street", "type", "city", "zip"} - apart:
        assert (found[part] == expected[part]).all(), part
    half = int((found["unit"] != expected["unit"]).sum())
    assert "unit" in LACKING.get(name, set()) or half == (1 if name in HALF_APART else 0)
    assert "birth" in apart or (found["birth"] // 512 == expected["birth"] // 512).all()
    assert int((found["direction"] != expected["direction"]).sum()) == (1 if name == "ok.csv" else 0)
    assert isinstance(voters.frame, pl.DataFrame)


def test_of_two_columns_of_one_name_that_decide_neither_is_taken_for_granted(tmp_path: Path) -> None:
    text = "Voter ID,Last Name,Status,Status\n1,QUILL,A,C\n"
    with pytest.raises(FileFaults, match=r"column Status: more than one column has this name.*--map status=#3"):
        read(tmp_path, text)
    (tmp_path / "roll.txt").write_text(text)
    for number, standing in (("#3", "active"), ("#4", "cancelled")):
        voters = read_voters(tmp_path / "roll.txt", taken_on=DAY, given={"status": number})
        assert voters.frame["status"].to_list() == [standing]


def test_the_half_of_a_house_number_in_a_column_of_its_own_is_read_with_it(tmp_path: Path) -> None:
    head = "StateVoterID|LName|FName|RegStNum|RegStFrac|RegStName|StatusCode\n"
    voters = read(tmp_path, f"{head}1|QUILL|ANNA|7|1/2|PINE|A\n2|TARN|BORIS|7||PINE|A\n3|HOLM|OTTO|9|A|PINE|A\n")
    assert voters.frame["house_number"].to_list() == ["7 1/2", "7", "9"]


UTAH = (
    "Voter ID,Last Name,First Name,Middle Name,Name Suffix,Status,Absentee,Party,DOB,Registration Date,County ID,"
    "Precinct,House Number,House Number Suffix,Direction Prefix,Street,Direction Suffix,Street Type,Unit Type,"
    'Unit Number,City,Zip,Mailing Address,"Mailing city, state  zip",Phone,Congressional,State Senate,State House,'
    "State Schoolboard\n"
    "800001,QUILL,ANNA,M,,Active,,Unaffiliated,02/13/1980,05/26/2012,18,SLC001,350,1/2,S,200,E,,APT,3,"
    "SALT LAKE CITY,84111,,,,2,9,23,5\n"
)


def test_utahs_numbers_of_counties_are_names_and_its_streets_are_of_a_grid(tmp_path: Path) -> None:
    (row,) = read(tmp_path, UTAH).frame.to_dicts()
    assert (row["county"], row["house_number"], row["birth_date"]) == ("Salt Lake", "350 1/2", dt.date(1980, 2, 13))
    assert [row[each] for each in ("pre_direction", "street_name", "post_direction", "unit")] == ["S", "200", "E", "3"]
    with pytest.raises(FileFaults, match="Purged"):
        read(tmp_path, UTAH.replace("Active", "Purged9"))


def test_idahos_list_has_ages_and_is_read_without_a_birth_date(tmp_path: Path) -> None:
    head = (
        "VoterID,LastName,FirstName,MiddleName,Suffix,Age,Gender,PartyDesc,ResHouseNumber,ResStreet,ResCityDesc,ResZip5"
    )
    text = f"{head},ResCountyDesc,RegistrationDate\n7,QUILL,ANNA,,,46,F,X,12,MAIN ST,BOISE,83702,ADA,05/26/2012\n"
    voters = read(tmp_path, text)
    assert "Age" in voters.unused
    assert "birth_date" not in voters.columns
    assert voters.frame.select("house_number", "street_name", "county").row(0) == ("12", "MAIN ST", "ADA")


@pytest.mark.parametrize(
    ("code", "number", "county"), [("ny", "24", "Kings"), ("tx", "101", "Harris"), ("mn", "39", "Lake")]
)
def test_the_number_of_a_county_is_told_by_its_name(code: str, number: str, county: str) -> None:
    (register,) = (one for one in registers() if one.code == code)
    assert {register.values["county"][text] for text in (number, number.zfill(3))} == {county}


def test_a_register_without_a_published_layout_says_so_when_it_is_used(tmp_path: Path) -> None:
    said = "Its layout is not published and was read off files of users"
    for register in HEADED:
        told = any(said in remark for remark in read(tmp_path, headed(register)).remarks)
        assert told is not register.published, register.code
    assert {one.code for one in registers() if not one.published} == {"ca-eims", "ny-2025", "uk", "van"}
