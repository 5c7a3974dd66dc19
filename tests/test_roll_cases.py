"""The handed cases about voter files, through the command line; inputs of the same kinds stand in the files beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checked import SHARED, Checked, check_files, run

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")


def build(folder: Path, case: str, *options: object) -> tuple[int, str]:
    (roll,) = (SHARED / case).glob("roll.*")
    return run("roll", "build", roll, "--taken-on", "2026-06-30", "-o", folder / "x.roll", *options)


def built(folder: Path, case: str, *options: object) -> dict[str, object]:
    code, said = build(folder, case, *options, "--json")
    assert code == 0, said
    answer: dict[str, object] = json.loads(said)
    return answer


def checked(folder: Path, case: str) -> Checked:
    (roll,) = (SHARED / case).glob("roll.*")
    return check_files(folder, roll, SHARED / case / "lines.csv", "--required", "2")


@pytest.mark.parametrize(
    ("place", "kind"),
    [("us-mi", "amendment"), ("us-wa", "initiative"), ("us-co", "statute"), ("us-fl", "amendment"),
     ("us-az", "statute"), ("us-mo", "statute"), ("us-ma", "statute"), ("us-md", "referendum"), ("us-ca", "amendment"),
     ("us-dc", "initiative"), ("zz-example", "initiative")],
)  # fmt: skip
def test_case_01_a_cancelled_voter_is_valid_in_no_place(tmp_path: Path, place: str, kind: str) -> None:
    case = SHARED / "01-cancelled-counts-as-valid"
    built(tmp_path, case.name)
    asked = ["--roll", tmp_path / "x.roll", "--place", place, "--kind", kind, "--on", "2026-06-30", "--required", "2"]
    code, said = run("check", case / "lines.csv", *asked, "-o", tmp_path / "out", "--json")
    assert code == 0, said
    rows = (tmp_path / "out/lines.csv").read_text().splitlines()[1:]
    outcomes = [next(word for word in row.split(",") if word in ("valid", "invalid", "unresolved")) for row in rows]
    assert (outcomes[0], outcomes[1]) == ("invalid", "valid")
    assert outcomes[3] != "valid"  # cancelled without a day: open where the law asks for the day of signing
    named = any("," + "cancelled" + "," in row for row in rows)
    assert named or "registration cancelled by the day (" in said


def test_case_02_five_voters_and_three_valid_lines(tmp_path: Path) -> None:
    found = checked(tmp_path, "02-stray-quote-swallows-voters")
    assert found.outcomes() == [("valid", "", "2"), ("valid", "", "3"), ("valid", "", "5")]


def test_case_04_michigans_status_is_found(tmp_path: Path) -> None:
    assert built(tmp_path, "04-status-column-not-found-mi", "--place", "us-mi")["statuses"] == {"A": 1, "C": 1}
    found = checked(tmp_path, "04-status-column-not-found-mi")
    assert found.outcomes()[0] == ("unresolved", "unclear", "1")  # nothing says since when
    assert found.outcomes()[1] == ("valid", "", "2")


def test_case_06_another_house_is_not_valid(tmp_path: Path) -> None:
    found = checked(tmp_path, "06-house-number-not-found-van")
    assert [outcome for outcome, _, _ in found.outcomes()] == ["unresolved", "valid"]


def test_case_08_the_city_of_the_home_decides(tmp_path: Path) -> None:
    assert checked(tmp_path, "08-ohio-city-column").outcomes() == [("valid", "", "OH1")]


def test_case_16_days_of_new_zealand_are_day_first_and_without_a_place_it_is_said(tmp_path: Path) -> None:
    case = "16-day-first-roll-nz"
    assert "month first or day first" in " ".join(map(str, built(tmp_path, case)["remarks"]))  # type: ignore[call-overload]
    built(tmp_path, case, "--place", "nz")
    code, said = run("roll", "find", tmp_path / "x.roll", "quill", "anna", "--json")
    assert (code, '"birth_date": "1980-02-03"' in said, '"registration_date": "2026-05-06"' in said) == (0, True, True)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("42-no-heading-prints-a-name", "--no-heading and say by number which column holds what"),
        ("44-fixed-width", "cut the lines into columns"),
    ],
)
def test_files_that_cannot_be_read_are_told_why_without_a_name(tmp_path: Path, case: str, says: str) -> None:
    code, said = build(tmp_path, case)
    assert (code, says in said) == (2, True)
    assert not {"QUILL", "ANNA", "MAE", "MILLBROOK", "TARN"} & set(said.replace(",", " ").split())


def test_case_42_is_read_when_the_columns_are_said_by_number(tmp_path: Path) -> None:
    mapped = [each for pair in ("last_name=#1", "first_name=#2", "city=#4") for each in ("--map", pair)]
    assert built(tmp_path, "42-no-heading-prints-a-name", "--no-heading", *mapped)["voters"] == 2


def test_case_46_years_are_read_as_years_of_birth(tmp_path: Path) -> None:
    read = built(tmp_path, "46-birth-year-in-birth-date", "--place", "us-or")
    assert read["columns"]["birth_year"] == "BIRTH_DATE"  # type: ignore[index]


def test_case_47_the_unit_tells_two_namesakes_of_one_house_apart(tmp_path: Path) -> None:
    assert built(tmp_path, "47-wa-unit-heading", "--place", "us-wa")["columns"]["unit"] == "RegUnitNum"  # type: ignore[index]
    assert checked(tmp_path, "47-wa-unit-heading").outcomes() == [("valid", "", "2")]


def test_case_49_the_first_of_two_columns_is_read_and_the_other_can_be_named(tmp_path: Path) -> None:
    case = "49-two-columns-of-one-name"
    assert built(tmp_path, case)["columns"]["city"] == "City"  # type: ignore[index]
    assert built(tmp_path, case, "--map", "city=#9")["columns"]["city"] == "City #9"  # type: ignore[index]
