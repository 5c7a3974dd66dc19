"""Which column holds which field: what the user says, then the place, then the field's own name, then common names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.files.columns import find_columns, headings_told, parse_map, plain_heading
from ballotworthy.petition.lines import FIELDS as LINE_FIELDS
from ballotworthy.roll.fields import FIELDS as VOTER_FIELDS

ALIASES = {"number": ("no", "house"), "last_name": ("last", "name"), "name": ("full_name",), "zip": ("zip5",)}


def found(*headings: str, place: dict[str, str] | None = None, **given: str) -> dict[str, str]:
    return find_columns(Path("roll.csv"), headings, ALIASES, given, place or {})


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Birth Date ", "birth_date"),
        ("birthDate", "birth_date"),
        ("BIRTHDATE", "birthdate"),
        ("Zip-Code (5)", "zip_code_5"),
        ("__last__name__", "last_name"),
        ("ZIP5", "zip5"),
        ("???", ""),
    ],
)
def test_a_heading_is_reduced_to_small_letters_and_underscores(heading: str, expected: str) -> None:
    assert plain_heading(heading) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Last", "ZIP5"], {"last_name": "Last", "zip": "ZIP5"}),
        (["LAST_NAME", "name"], {"last_name": "LAST_NAME", "name": "name"}),
        (["Name", "Last Name"], {"last_name": "Last Name", "name": "Name"}),
        (["Name"], {"name": "Name"}),
        (["LastName"], {"last_name": "LastName"}),
        (["LASTNAME", "FULLNAME"], {"last_name": "LASTNAME", "name": "FULLNAME"}),
        (["last-name (1)", "Zip 5"], {"zip": "Zip 5"}),
        (["last", "Last"], {"last_name": "last"}),
        (["shoe size"], {}),
        ([], {}),
    ],
)
def test_common_names_are_known_and_a_fields_own_name_comes_first(
    headings: list[str], expected: dict[str, str]
) -> None:
    assert found(*headings) == expected


def test_what_the_place_says_wins_over_common_names_of_any_field() -> None:
    place = {"zip": "house", "last_name": "nachname"}
    assert found("house", "last", "zip") == {"number": "house", "last_name": "last", "zip": "zip"}
    assert found("house", "last", "zip", place=place) == {"zip": "house", "last_name": "last"}
    assert found("NACHNAME", "last", place=place) == {"last_name": "NACHNAME"}


def test_what_the_user_says_wins_over_everything() -> None:
    assert found("house", "last", "zip", place={"number": "house"}, zip="house") == {
        "zip": "house",
        "last_name": "last",
    }


def test_a_mapped_field_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"no field 'nmae'\. Did you mean name"):
        found("last", nmae="last")


def test_a_mapped_heading_that_the_file_lacks_is_told_with_all_that_it_has() -> None:
    with pytest.raises(
        FileFaults, match=r"2 faults(.|\n)*column ZIP: there is no such column. The file has: last, Zip"
    ) as caught:
        found("last", "Zip", zip="ZIP", name="NAME")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(1, "ZIP"), (1, "NAME")]


def test_map_options_are_read() -> None:
    assert parse_map([]) == {}
    assert parse_map(["zip=ZIP5", " name = Full Name ", "city=a=b"]) == {
        "zip": "ZIP5",
        "name": "Full Name",
        "city": "a=b",
    }


@pytest.mark.parametrize(
    "pairs", [["zip"], ["zip="], ["zip= "], ["=ZIP"], ["zip=A", "zip=B"], ["zip=A", " zip=B"], [""]]
)
def test_map_options_of_another_form_are_refused(pairs: list[str]) -> None:
    with pytest.raises(InputError, match="FIELD=HEADING, each field once"):
        parse_map(pairs)


@pytest.mark.parametrize("fields", [LINE_FIELDS, VOTER_FIELDS], ids=["lines", "voters"])
def test_no_common_name_stands_for_two_fields(fields: dict[str, tuple[str, ...]]) -> None:
    letters = {
        field: {plain_heading(name).replace("_", "") for name in (field, *names)} for field, names in fields.items()
    }
    everywhere = [name for names in letters.values() for name in names]
    assert {name for name in everywhere if everywhere.count(name) > 1} == set()


@pytest.mark.parametrize(
    "headings", [["John Q Smith", "12 Oak St"], ["1", "Mary Jones"], ["Smith, Ann", "x"], ["1001", "SMITH"]]
)
def test_a_first_row_of_data_is_not_quoted_as_headings(headings: list[str]) -> None:
    assert headings_told(headings) == "Its first line seems to hold data; put a line of headings above it"


def test_headings_are_told() -> None:
    assert headings_told(["Voter ID", "Last Name", "Address 1"]) == "The file has: Voter ID, Last Name, Address 1"
