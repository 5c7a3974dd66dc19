"""Rolls: the voter file read with all its faults, packed, indexed, kept as a snapshot that opens as it was built."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.match.readings import pack_lines
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, Voters, build_roll, open_roll, read_voters
from ballotworthy.roll.directory import FACTS
from ballotworthy.roll.index import RECORD as RECORD_OF_ENTRY
from ballotworthy.roll.index import Index
from ballotworthy.roll.keys import KINDS, MOST, NAMES, voter_keys
from ballotworthy.roll.one_by_one import OneByOne
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.place_format import place_format
from ballotworthy.roll.snapshot import FORMAT, MARKER
from ballotworthy.roll.towns import plain_town
from checks import born, person
from conftest import TAKEN_ON, SmallRoll

PEOPLE = [
    person("Ann Lee", "12 Oak St", birth_date="1950-01-02", zip="94016"),
    person("José García López", "40 Elm Ave Apt 3", zip="94016"),
    person("Bo", ""),
    person("Cy Young Jr", "PO Box 7", birth_date="1999-12-31"),
]


ARRAYS = ("filed.npy", "owners.npy", "records.npy", "starts.npy")


def read(folder: Path, text: str, **options: Any) -> Voters:
    (folder / "voters.csv").write_text(text)
    return read_voters(folder / "voters.csv", **{"taken_on": TAKEN_ON, **options})


def faults_of(folder: Path, text: str, **options: Any) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(FileFaults) as caught:
        read(folder, text, **options)
    return [(fault.line, fault.column, fault.what) for fault in caught.value.faults]


# reading


def test_voters_without_ids_are_numbered_by_row(tmp_path: Path) -> None:
    assert read(tmp_path, "name\nAnn\n\nBo\n").frame["voter_id"].to_list() == ["1", "2"]


def test_ids_stay_texts(tmp_path: Path) -> None:
    assert read(tmp_path, "voter_id,name\n007,Ann\n7,Bo\n").frame["voter_id"].to_list() == ["007", "7"]


def test_a_voter_id_that_repeats_is_told_with_both_lines(tmp_path: Path) -> None:
    text = 'RegID,name\n1,"Ann\nLee"\n2,Bo\n1,Cy\n,Dee\n1,Eve\n'
    what = "the voter id of line 2 stands here again"
    assert faults_of(tmp_path, text) == [
        (5, "RegID", what),
        (6, "RegID", "the voter id is missing"),
        (7, "RegID", what),
    ]


def test_ids_that_a_spreadsheet_rounded_are_told(tmp_path: Path) -> None:
    text = "voter_id,name,status\n1.23457E+11,Ann,A\n1.23457E+11,Bo,C\n12E4,Cy,A\n"
    what = "a spreadsheet has rounded the voter id there, and several voters may share it"
    assert faults_of(tmp_path, text) == [(2, "voter_id", what), (3, "voter_id", what)]


def test_all_faults_of_ids_and_days_are_told_at_once(tmp_path: Path) -> None:
    text = "id,name,dob,reg_date\n1,Ann,2018-02-30,x\n1,Bo,99,2018-04-31\n"
    assert [(line, column) for line, column, _ in faults_of(tmp_path, text)] == [
        (2, "dob"), (2, "reg_date"), (3, "dob"), (3, "id"), (3, "reg_date"),
    ]  # fmt: skip


def test_a_day_after_the_roll_was_taken_is_a_fault(tmp_path: Path) -> None:
    text = "name,registration_date\nAnn,2018-04-30\nBo,2018-05-01\n"
    assert faults_of(tmp_path, text) == [(3, "registration_date", "the day there lies after 2018-04-30")]
    assert read(tmp_path, text, taken_on=dt.date(2018, 5, 1)).set_aside == 0
    lenient = read(tmp_path, text, lenient=True)
    assert lenient.set_aside == 1
    assert lenient.frame["registration_date"].to_list() == [dt.date(2018, 4, 30), None]


def test_a_file_without_names_is_told_with_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=r"last names\. The file has: id, shoe size\."):
        read(tmp_path, "id,shoe size\n1,7\n")


def test_headings_come_from_the_user_then_from_the_place_then_from_common_names(tmp_path: Path) -> None:
    text = "LastName,Surname,FirstName\nLee,Li,Ann\n"
    assert read(tmp_path, text).frame["last_name"].to_list() == ["Lee"]
    assert read(tmp_path, text, place="us-ca").frame["last_name"].to_list() == ["Lee"]
    assert read(tmp_path, text, place="us-ca", given={"last_name": "Surname"}).frame["last_name"].to_list() == ["Li"]


HOUSES = "Last,Born,Number,Address\nAmes,1960-01-02,4471,14 Rose St\nBrace,1960-01-03,4472,15 Rose St\n"


def test_a_number_beside_addresses_that_begin_with_others_is_no_house_number_unasked(tmp_path: Path) -> None:
    what = "its numbers are not those with which the cells of Address begin, so they may be no house numbers"
    assert faults_of(tmp_path, HOUSES) == [(1, "Number", what)]
    assert read(tmp_path, HOUSES, given={"voter_id": "Number"}).columns["voter_id"] == "Number"
    assert read(tmp_path, HOUSES, given={"house_number": "Number"}).columns["house_number"] == "Number"
    same = HOUSES.replace("4471", "14").replace("4472", "15")
    assert read(tmp_path, same).columns["house_number"] == "Number"


def test_whole_addresses_under_the_heading_of_house_numbers_are_addresses(tmp_path: Path) -> None:
    voters = read(tmp_path, "Last,Born,Street Number,Street Name\nAmes,1960-01-02,14 ROSE ST,\n")
    assert (voters.columns["address"], voters.unused) == ("Street Number", ("Street Name",))
    assert not any("address" in each for each in voters.remarks)


def test_an_unknown_place_or_field_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no place 'us-xx'"):
        read(tmp_path, "name\nAnn\n", place="us-xx")
    with pytest.raises(UnknownName, match="no field 'shoe'"):
        read(tmp_path, "name\nAnn\n", given={"shoe": "name"})


@pytest.mark.parametrize(
    ("status", "expected"),
    [("", "active"), ("A", "active"), ("Active", "active"), ("Registered", "active"),
     ("I", "inactive"), ("inactive", "inactive"), ("C", "cancelled"), ("Cancelled", "cancelled"),
     ("canceled", "cancelled"), ("Purged", "cancelled"), ("REMOVED", "cancelled"), ("Deceased", "cancelled")],
)  # fmt: skip
def test_a_status_is_active_inactive_or_cancelled(tmp_path: Path, status: str, expected: str) -> None:
    assert read(tmp_path, f"name,status\nAnn,{status}\n").frame["status"].to_list() == [expected]


def test_all_districts_of_the_file_are_kept_each_under_its_own_heading(tmp_path: Path) -> None:
    voters = read(tmp_path, "name,Ward,School District,school-district,Precinct #,Shoe\nAnn,3,9,8,12,7\n")
    assert {"district", "school_district", "precinct"} <= set(voters.frame.columns)
    assert voters.frame["school_district"].to_list() == ["9"]
    assert "Shoe" not in voters.frame.columns


def test_the_source_is_named_without_its_folder_and_with_its_digest(tmp_path: Path) -> None:
    voters = read(tmp_path, "name\nAnn\n")
    assert (voters.source, voters.sha256) == ("voters.csv", hashlib.sha256(b"name\nAnn\n").hexdigest())


# packing


def test_a_record_fills_one_cache_line() -> None:
    assert RECORD.itemsize == 64


def test_letters_are_cut_and_filled_with_zeros() -> None:
    table = letters(pl.Series(["ABC", "", "ABCDEFG"]), 5)
    assert [bytes(row) for row in table] == [b"ABC\0\0", b"\0\0\0\0\0", b"ABCDE"]
    assert letters(pl.Series([], dtype=pl.String), 5).shape == (0, 5)


def test_a_voter_is_packed_in_plain_form(small_roll: SmallRoll) -> None:
    voter = person("José María García-López Jr.", "0012 N Oak Street Apt 4", birth_date="1950-01-02")
    (packed,) = small_roll([voter]).records
    words = {name: bytes(packed[name]).rstrip(b"\0").decode() for name in ("last", "first", "middle", "street")}
    assert words == {"last": "GARCIA LOPEZ", "first": "JOSE", "middle": "MARIA", "street": "OAK"}
    assert (packed["number"], packed["birth"], packed["suffix"]) == (12, born(1950, 1, 2), 1)
    assert (packed["unit"] > 0, packed["direction"] > 0, packed["type"] > 0) == (True, True, True)
    assert (packed["zip"], packed["city"]) == (0, 0)


def test_of_two_long_surnames_both_fit_a_record(small_roll: SmallRoll) -> None:
    (packed,) = small_roll([{"first_name": "Ana", "last_name": "Montenegro-Villalobos"}]).records
    assert bytes(packed["last"]) == b"MONTENEG VILLALO"


def test_a_birth_date_comes_before_a_birth_year_and_either_may_be_missing(small_roll: SmallRoll) -> None:
    roll = small_roll(
        [
            {"name": "A", "birth_date": "1950-01-02", "birth_year": "1951"},
            {"name": "B", "birth_date": None, "birth_year": "1951"},
            {"name": "C", "birth_date": None, "birth_year": None},
        ]
    )
    assert roll.records["birth"].tolist() == [born(1950, 1, 2), born(1951), 0]


def test_people_with_nothing_in_common_share_no_small_code(small_roll: SmallRoll) -> None:
    towns = ["Oakland", "Fresno", "Bakersfield", "San Francisco", "San Jose", "Los Angeles", "Sacramento"]
    roll = small_roll([person("Ann Lee", f"1 Oak St Apt {at}", city=town) for at, town in enumerate(towns, 1)])
    assert len(set(roll.records["city"].tolist())) == len(towns)
    assert len(set(roll.records["unit"].tolist())) == len(towns)


# former names


def test_a_former_name_gets_a_record_of_its_own_with_the_same_owner(small_roll: SmallRoll) -> None:
    roll = small_roll(
        [
            {"first_name": "Ann", "last_name": "Lee", "former_last_name": None, "address": "1 Oak St"},
            {"first_name": "Bea", "last_name": "Ray", "former_last_name": "de la Cruz", "address": "2 Oak St"},
            {"first_name": "Cy", "last_name": "Roe", "former_last_name": "ROE", "address": "3 Oak St"},
        ]
    )
    assert (roll.size, roll.owners.tolist()) == (3, [0, 1, 2, 1])
    assert bytes(roll.records[3]["last"]).rstrip(b"\0") == b"DELACRUZ"
    for name in ("first", "number", "street"):
        assert (roll.records[3][name] == roll.records[1][name]).all()


def test_a_former_name_beside_a_whole_name_keeps_the_first_name(small_roll: SmallRoll) -> None:
    roll = small_roll([{"name": "Bea Ray", "former_last_name": "Garcia Lopez"}])
    assert [bytes(each["first"]).rstrip(b"\0") for each in roll.records] == [b"BEA", b"BEA"]
    assert [bytes(each["last"]).rstrip(b"\0") for each in roll.records] == [b"RAY", b"GARCIA LOPEZ"]


# keys and index


def keys_of(record: np.void) -> list[tuple[int, int]]:
    kinds, keys = np.empty(MOST + 5, np.uint8), np.empty(MOST + 5, np.uint64)
    count = voter_keys(record, kinds, keys)
    return [(int(kind), int(key)) for kind, key in zip(kinds[:count], keys[:count], strict=True)]


def filed_under(index: Index, key: int) -> list[int]:
    bucket = key >> (64 - (len(index.starts) - 1).bit_length() + 1)
    entries = index.filed[index.starts[bucket] : index.starts[bucket + 1]]
    return [int(entry & RECORD_OF_ENTRY) for entry in entries]


def crowd(count: int) -> list[dict[str, str]]:
    """Give voters who share names, houses and birthdays in every way."""
    rng = np.random.default_rng(20_180_420)
    first = ["Ann", "Bo", "Cy", "Dee", "Eve"]
    last = ["Lee", "Li", "Garcia Lopez", "O'Neil", "van Dyke", "Montenegro-Villalobos"]
    return [
        person(
            f"{rng.choice(first)} {rng.choice(last)}",
            f"{rng.integers(1, 30)} {rng.choice(['Oak', 'Elm', '5th'])} St",
            birth_date=f"19{rng.integers(50, 60)}-01-0{rng.integers(1, 9)}",
        )
        for _ in range(count)
    ]


def test_a_voter_with_everything_has_every_kind_of_key_and_no_more_than_fit(small_roll: SmallRoll) -> None:
    name = {"first_name": "Ana", "last_name": "Garcia Lopez"}
    home = {"address": "12 Oak St", "zip": "94016", "city": "Fresno", "birth_date": "1950-01-02"}
    (packed,) = small_roll([{**name, **home}]).records
    kinds = [kind for kind, _ in keys_of(packed)]
    assert set(kinds) == set(range(KINDS)) == set(range(len(NAMES)))
    assert len(kinds) == len(set(keys_of(packed))) == MOST


def test_what_is_missing_gives_no_key(small_roll: SmallRoll) -> None:
    name_and_year = {"name": "Bo", "birth_year": "1950", "address": None}
    roll = small_roll([name_and_year, {"name": None, "birth_year": None, "address": "12 Oak St"}])
    assert keys_of(roll.records[0]) == []
    assert [NAMES[kind].words for kind, _ in keys_of(roll.records[1])] == ["house number + street"]


def test_every_voter_is_found_under_each_of_its_keys(small_roll: SmallRoll) -> None:
    """What the index files in a bucket is what a search through all voters finds there, in their order."""
    roll = small_roll(crowd(300))
    shift = 64 - (len(roll.index.starts) - 1).bit_length() + 1
    expected: dict[int, list[int]] = {}
    for at, packed in enumerate(roll.records):
        for _, key in keys_of(packed):
            expected.setdefault(key >> shift, []).append(at)
    assert {bucket: filed_under(roll.index, bucket << shift) for bucket in expected} == expected
    assert int(roll.index.starts[-1]) == len(roll.index.filed) == sum(map(len, expected.values()))


def test_voters_who_share_two_facts_share_a_key(small_roll: SmallRoll) -> None:
    roll = small_roll([person("Ann Lee", "12 Oak St"), person("Anna Lee", "12 Elm St"), person("Bo Lee", "40 Oak St")])
    one, two, three = ({(NAMES[kind].words, key) for kind, key in keys_of(each)} for each in roll.records)
    assert {words for words, _ in one & two} == {
        "house number + name",
        "house number + last name",
        "house number + first name",
        "sound of last name + first name",
        "end of last name + first name",
    }
    assert {words for words, _ in one & three} == {"street + last name"}


# the snapshot


def test_a_snapshot_opens_as_it_was_built(tmp_path: Path, small_roll: SmallRoll) -> None:
    roll = small_roll(PEOPLE, county="Kern", status="A")
    source = tmp_path / "voters-1.csv"
    assert (roll.size, roll.place, roll.taken_on, roll.source) == (4, None, TAKEN_ON, source.name)
    assert roll.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert roll.voters.collect().equals(read_voters(source, taken_on=TAKEN_ON).frame)
    assert roll.owners.tolist() == [0, 1, 2, 3]
    facts = json.loads((roll.path / MARKER).read_text())
    assert facts["columns"]["birth_date"] == "birth_date"


def test_an_open_snapshot_is_mapped_not_read(small_roll: SmallRoll) -> None:
    roll = small_roll(PEOPLE)
    for array in (roll.records, roll.owners, roll.index.starts, roll.index.filed):
        assert isinstance(array, np.memmap)
        assert not array.flags.writeable


@pytest.mark.parametrize("mapped", [True, False])
def test_a_few_voters_are_read_where_they_lie(
    mapped: bool, small_roll: SmallRoll, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ballotworthy.roll.snapshot.READ_AT_ONCE", 7)
    if mapped:
        pytest.importorskip("pyarrow", reason="the extra office is not installed")
    else:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
    roll = small_roll(crowd(40))
    rows = [39, 0, 6, 7, 13, 14, 39]
    whole = roll.voters.collect().to_dicts()
    assert OneByOne(roll).read(rows) == [whole[row] for row in rows]
    with pytest.raises(FileFaults, match="Build it again from the voter file"):
        OneByOne(replace(roll, path=tmp_path / "elsewhere", voters=pl.scan_ipc(tmp_path / "gone"))).read([0])


def test_one_file_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    pl.DataFrame([{**each, "former_last_name": "Roe"} for each in crowd(200)]).write_csv(tmp_path / "voters.csv")
    built = []
    for name in ("one.roll", "two.roll"):
        build_roll(read_voters(tmp_path / "voters.csv", taken_on=TAKEN_ON), tmp_path / name, place="us-ca")
        built.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert built[0] == built[1]
    lists = {f"by-{fact}{end}.npy" for fact in FACTS for end in ("", "-starts")}
    assert set(built[0]) == {*ARRAYS, *lists, "frequencies.parquet", MARKER, "voters.arrow"}


def test_building_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_roll(read(tmp_path, "name\nAnn\n"), tmp_path / "x.roll", progress=lambda *step: told.append(step))
    assert told[-1][1:] == (4, 4)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_what_is_no_snapshot_is_refused_with_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is not a roll snapshot .*ballotworthy roll build"):
        open_roll(tmp_path)
    with pytest.raises(InputError, match="is not a roll snapshot"):
        open_roll(tmp_path / "none.roll")


def turned(path: Path) -> None:
    """Make an array one of two dimensions, as its header may say."""
    array = np.load(path)
    np.save(path, array.reshape(-1, 1))


@pytest.mark.parametrize("part", ARRAYS)
def test_an_array_of_two_dimensions_is_refused(small_roll: SmallRoll, part: str) -> None:
    path = small_roll(PEOPLE).path
    turned(path / part)
    with pytest.raises(FileFaults, match="missing or damaged"):
        open_roll(path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("part", [*ARRAYS, "voters.arrow", "frequencies.parquet", MARKER])
@pytest.mark.parametrize("damage", [cut, empty, Path.unlink], ids=["cut", "empty", "gone"])
def test_a_damaged_snapshot_is_refused(small_roll: SmallRoll, part: str, damage: Callable[[Path], None]) -> None:
    path = small_roll(PEOPLE).path
    damage(path / part)
    with pytest.raises(InputError, match=r"missing or damaged|is not a roll snapshot"):
        open_roll(path)


@pytest.mark.parametrize("part", [*ARRAYS, "voters.arrow"])
def test_parts_of_two_snapshots_are_refused_together(small_roll: SmallRoll, part: str) -> None:
    one, two = small_roll(PEOPLE).path, small_roll(crowd(50)).path
    (two / part).replace(one / part)
    with pytest.raises(FileFaults, match="missing or damaged"):
        open_roll(one)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", f'{{"format": {FORMAT}}}', f'{{"format": {FORMAT}, "place": null, "taken_on": 5}}']
)
def test_a_snapshot_that_does_not_say_what_it_is_is_refused(small_roll: SmallRoll, text: str) -> None:
    path = small_roll(PEOPLE).path
    (path / MARKER).write_text(text)
    with pytest.raises(FileFaults, match=r"damaged .*Build it again"):
        open_roll(path)


def test_a_snapshot_of_another_format_is_refused(small_roll: SmallRoll) -> None:
    path = small_roll(PEOPLE).path
    facts = json.loads((path / MARKER).read_text())
    (path / MARKER).write_text(json.dumps({**facts, "format": FORMAT + 1}))
    with pytest.raises(FileFaults, match=rf"has format {FORMAT + 1}, this version reads {FORMAT}\. Build it again"):
        open_roll(path)


def test_a_snapshot_never_replaces_a_folder_of_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("ten years of work")
    with pytest.raises(InputError, match="not an earlier output"):
        build_roll(read(tmp_path, "name\nAnn\n"), tmp_path / "mine")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_an_earlier_snapshot_is_replaced(tmp_path: Path) -> None:
    for count in (1, 3):
        build_roll(read(tmp_path, "name\n" + "Ann\n" * count), tmp_path / "x.roll")
        roll: Roll = open_roll(tmp_path / "x.roll")
        assert (roll.size, len(roll.records)) == (count, count)


@pytest.mark.parametrize(("place", "agrees"), [("us-ca", True), ("us-wa", False), (None, False)])
@pytest.mark.parametrize(
    ("known", "written"),
    [
        ({"city": "Van Nuys"}, {"city": "Los Angeles"}),
        ({"city": "Los Angeles"}, {"city": "L.A."}),
        ({"city": "San Francisco"}, {"city": None, "address": "12 Oak St, S.F."}),
        ({"city": "Hollywood"}, {"city": "Encino, CA"}),
    ],
)
def test_other_names_of_a_town_are_those_of_the_place(
    tmp_path: Path, place: str | None, agrees: bool, known: dict[str, str], written: dict[str, str | None]
) -> None:
    voter = {"last_name": "Lee", "address": "12 Oak St", **known}
    pl.DataFrame([voter]).write_csv(tmp_path / "voters.csv")
    build_roll(read_voters(tmp_path / "voters.csv", taken_on=TAKEN_ON, place=place), tmp_path / "x.roll")
    roll = open_roll(tmp_path / "x.roll")
    line = pl.DataFrame([{"last_name": "Lee", "address": "12 Oak St", **written}], schema_overrides={"city": pl.String})
    packed = pack_lines(line, roll).main["who"]
    assert packed["city"][0] != 0
    assert (packed["city"][0] == roll.records["city"][0]) == agrees


@pytest.mark.parametrize("place", [place for place in place_codes() if place_format(place).towns])
def test_a_town_has_one_name_that_is_meant(place: str) -> None:
    towns = tomllib.loads(place_file(place, "roll.toml").read_text("utf-8"))["towns"]
    others = [plain_town(other) for each in towns.values() for other in each]
    assert len(others) == len(set(others))
    assert not set(others) & {plain_town(town) for town in towns}


@pytest.mark.parametrize(("written", "lost"), [("9.52E+04", 1), ("9.5249E+04", 0)])
def test_zip_codes_that_a_spreadsheet_rounded_are_told_of_roll_and_lines(
    tmp_path: Path, written: str, lost: int
) -> None:
    (tmp_path / "people.csv").write_text(f"last_name,address,zip\nAmes,4 Old Rd,{written}\nBrace,5 Old Rd,95249\n")
    of_roll = read_voters(tmp_path / "people.csv", taken_on=TAKEN_ON).remarks
    of_lines = read_lines(tmp_path / "people.csv", latest=TAKEN_ON).remarks
    told = "Warning: 1 zip code rounded by a spreadsheet, such as 9.52E+04: read as none."
    assert [sum(each.startswith(told) for each in remarks) for remarks in (of_roll, of_lines)] == [lost, lost]


@pytest.mark.parametrize(
    ("heads", "home"),
    [
        ("Address,City,Residence Street,Residence City", {"address": "Residence Street", "city": "Residence City"}),
        ("Address,Res House Number,Res Street,City", {"house_number": "Res House Number", "street_name": "Res Street"}),
        ("Residence Address,City,Street", {"address": "Residence Address"}),
    ],
)
def test_a_plain_address_beside_the_street_of_a_residence_is_mails(
    tmp_path: Path, heads: str, home: dict[str, str]
) -> None:
    cells = {"Address": "9 Mail Rd", "Residence Street": "4 Old Rd", "Res House Number": "4", "Res Street": "Old Rd"}
    text = f"id,last_name,status,{heads}\n1,Ames,A,{','.join(cells.get(each, '') for each in heads.split(','))}\n"
    voters = read(tmp_path, text)
    found = {field: voters.columns[field] for field in ("address", "house_number", "street_name", "city")
             if field in voters.columns and voters.columns[field] != "City"}  # fmt: skip
    assert found == home
