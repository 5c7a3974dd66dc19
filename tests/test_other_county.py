"""The county on a line against the voter's: written otherwise it is the same; one that nobody knows is a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ballotworthy.check.other_county import OTHERWISE, plain_county
from checked import Checked, check_texts

STREETS = (
    "Gum",
    "Birch",
    "Elm",
    "Tulip",
    "Walnut",
    "Cherry",
    "Poplar",
    "Juniper",
    "Magnolia",
    "Hawthorn",
    "Laurel",
    "Sumac",
)
SURNAMES = ("Tarwood", "Mosswell", "Wrexley", "Ponsby", "Kilbride", "Odell")
FIRST = ("Lena", "Hugo", "Ida", "Bruno")


def checked(folder: Path, on_roll: Sequence[str], on_lines: Sequence[str]) -> Checked:
    """Check a line of each voter, at home, with the counties that roll and lines name."""
    people = [(FIRST[at % 4], SURNAMES[at // 4], f"{at * 7 + 11} {STREETS[at % 12]} St") for at in range(len(on_roll))]
    voters = [
        f"V{at},{last},{first},active,1970-01-15,2005-03-04,{home},Fairview,50001,{county}"
        for at, ((first, last, home), county) in enumerate(zip(people, on_roll, strict=True))
    ]
    lines = [
        f"{at + 1},1,{first} {last},{home},Fairview,50001,2026-05-01,{county}"
        for at, ((first, last, home), county) in enumerate(zip(people, on_lines, strict=True))
    ]
    lines.append("99,1,,,,,,")  # a blank line names no county, as a voter may have none: that is no common word
    head = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip,county"
    sheet = "sheet,line,name,address,city,zip,signed_on,county"
    return check_texts(folder, "\n".join([head, *voters]), "\n".join([sheet, *lines]))


def outcomes(found: Checked) -> list[tuple[str, str]]:
    return [each[:2] for each in found.outcomes()[:-1]]


def not_asked(found: Checked) -> list[str]:
    return [each["why"] for each in found.result["columns"]["not_asked"] if each["reason"] == "out-of-jurisdiction"]


@pytest.mark.parametrize(
    "words",
    [
        ("Kern County", "KERN CO.", "kern", "County of Kern"),
        ("007", "7", "07", "7 "),
        ("St. Louis County", "Saint Louis"),
    ],
)
def test_a_county_is_known_however_it_is_written(words: Sequence[str]) -> None:
    assert len({plain_county(word) for word in words}) == 1


def test_another_county_refuses_and_one_that_nobody_knows_is_for_a_person(tmp_path: Path) -> None:
    found = checked(tmp_path, ["Kern", "Kern", "Kern", "Inyo", ""], ["Kern County", "INYO", "Krn", "Inyo Co.", "Kern"])
    valid, elsewhere, unclear = ("valid", ""), ("invalid", "out-of-jurisdiction"), ("unresolved", "unclear")
    assert outcomes(found) == [valid, elsewhere, unclear, valid, valid]
    assert "the county is none that roll or law knows" in (found.lines[2]["evidence"] or "")
    assert float(found.lines[2]["probability"] or 0) > 0.6, "it counts as often as the others name the voter's county"
    assert not_asked(found) == []


def test_codes_on_the_roll_and_names_on_the_lines_are_not_compared_and_that_is_told(tmp_path: Path) -> None:
    found = checked(tmp_path, ["15", "15", "14", ""], ["Kern", "Kern", "Inyo", "Kern"])
    assert outcomes(found) == [("valid", "")] * 4
    assert not_asked(found) == [OTHERWISE]
    assert OTHERWISE in found.said


def test_columns_that_contradict_each_other_on_most_lines_refuse_nobody(tmp_path: Path) -> None:
    """Numbers of two lists, of counties by the alphabet and by their age, look like one."""
    found = checked(tmp_path, [str(at % 6 + 1) for at in range(24)], [str((at + 1) % 6 + 1) for at in range(24)])
    assert not any(outcome == "invalid" for outcome, _ in outcomes(found))
    assert any("the columns may not mean the same" in (line["evidence"] or "") for line in found.lines)
