"""Each comparison: what all must keep, and the level of pairs that people know."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from ballotworthy.match.comparisons import (
    birth,
    first_name,
    house_number,
    last_name,
    middle_name,
    street,
    suffix,
    town,
    unit,
)
from ballotworthy.match.comparisons.house_number import one_slip
from ballotworthy.match.pair import FIELDS as KERNEL_FIELDS
from ballotworthy.match.pair import OF_ROLL, levels_of, weights_of
from ballotworthy.match.weigh import COMPARISONS, FIELDS, LEVELS, weights
from ballotworthy.roll.house_numbers import house_number as numbered
from ballotworthy.roll.packed import SUFFIX_CODES
from checks import born, check_comparison, level_of, line, record, sought_of


@pytest.mark.parametrize("module", COMPARISONS, ids=lambda module: module.FIELD)
def test_a_comparison_keeps_what_all_must_keep(module: ModuleType) -> None:
    check_comparison(module)


def words(module: ModuleType, mine: dict[str, str | int], theirs: dict[str, str | int]) -> str:
    return str(module.LEVELS[level_of(module, line(**mine), record(**theirs))].words)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"last": "SMITH"}, {"last": "SMITH"}, "agrees"),
        ({"last": "SMITH"}, {"last": "SMYTH"}, "differs by a look-alike letter"),
        ({"last": "BURNS"}, {"last": "BUMS"}, "differs by a look-alike letter"),
        ({"last": "SMITH"}, {"last": "SMIT"}, "differs by one slip"),
        ({"last": "SMITH"}, {"last": "SIMTH"}, "differs by one slip"),
        ({"last": "ANDERSEN"}, {"last": "ANDERSON"}, "differs by one slip"),
        ({"last": "SHEPHERD"}, {"last": "SHEPARD"}, "differs by two slips"),
        ({"last": "SMITH"}, {"last": "JONES"}, "differs"),
        ({"last": "LEE"}, {"last": "LEA"}, "differs by a look-alike letter"),
        ({"last": "KIM"}, {"last": "TIM"}, "is partly alike"),
        ({"last": "KIM"}, {"last": "TOM"}, "is partly alike"),
        ({"last": "KIM"}, {"last": "TOD"}, "differs"),
        ({"last": "LI"}, {"last": "LU"}, "differs"),
        ({"last": "GARCIA LOPEZ"}, {"last": "GARCIA"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ"}, {"last": "GARCIA LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ GARCIA"}, {"last": "GARCIA LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "GARCIA RUIZ"}, {"last": "GARCIA LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "GARSIA"}, {"last": "GARCIA LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "RUIZ"}, {"last": "GARCIA LOPEZ"}, "differs"),
        ({"last": "MONTGOMERY"}, {"last": "MONTGOME HERNAND"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ", "middle": "GARCIA"}, {"last": "GARCIA LOPEZ"}, "agrees"),
        ({"last": "LOPEZ", "middle": "RUIZ"}, {"last": "GARCIA LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ", "middle": "ISABEL GA", "before": "GARCIA"}, {"last": "GARCIA LOPEZ"}, "agrees"),
        ({"last": "LOPEZ", "before": "GARCIA"}, {"last": "GARCIA"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ", "before": "GARCIA"}, {"last": "LOPEZ"}, "agrees in one of two surnames"),
        ({"last": "LOPEZ", "before": "GARCIA"}, {"last": "LOPEZ", "middle": "G"}, "agrees"),
        ({"last": "LOPEZ", "before": "GARCIA"}, {"last": "RUIZ"}, "differs"),
        ({"last": "JOHN", "first": "SMITH"}, {"last": "SMITH", "first": "JOHN"}, "stands where the first name should"),
        ({"last": "JOHN", "first": "SMITT"}, {"last": "SMITH", "first": "JOHN"}, "stands where the first name should"),
        ({"last": "JOHN", "first": "JONES"}, {"last": "SMITH", "first": "JOHN"}, "differs"),
        ({"last": ""}, {"last": "SMITH"}, "is missing"),
    ],
)
def test_last_names(mine: dict[str, str | int], theirs: dict[str, str | int], expected: str) -> None:
    assert words(last_name, mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"first": "ROBERT"}, {"first": "ROBERT"}, "agrees"),
        ({"first": "BOB"}, {"first": "ROBERT"}, "is a nickname"),
        ({"first": "ROBERT"}, {"first": "BOB"}, "is a nickname"),
        ({"first": "PEGGY"}, {"first": "MARGARET"}, "is a nickname"),
        ({"first": "R"}, {"first": "ROBERT"}, "is the initial"),
        ({"first": "ROBERT"}, {"first": "R"}, "is the initial"),
        ({"first": "R"}, {"first": "BOB"}, "differs"),
        ({"first": "JR"}, {"first": "JAMES", "middle": "ROBERT"}, "is the initial"),
        ({"first": "JAMES", "middle": "R"}, {"first": "JR"}, "is the initial"),
        ({"first": "JR"}, {"first": "JAMES", "middle": "LEE"}, "differs"),
        ({"first": "MEI", "middle": "LING"}, {"first": "MEILING"}, "agrees"),
        ({"first": "MEILING"}, {"first": "MEI", "middle": "LING"}, "agrees"),
        ({"first": "HSIENLOONG"}, {"first": "HSIEN", "middle": "LOONG"}, "agrees"),
        ({"first": "MEILI"}, {"first": "MEI", "middle": "LING"}, "is partly alike"),
        ({"first": "VAN"}, {"first": "ANH", "middle": "VAN THI"}, "is the middle name"),
        ({"first": "JUNWEI"}, {"first": "JENNY", "middle": "JUN WEI"}, "is the middle name"),
        ({"first": "JUN", "middle": "HOE", "turned": 1}, {"first": "JUN", "middle": "HOE"}, "agrees"),
        ({"first": "JUN", "middle": "HOE", "turned": 1}, {"first": "JUN", "middle": "WEI"}, "differs"),
        ({"first": "JUN", "middle": "HOE", "turned": 1}, {"first": "JUN"}, "agrees"),
        ({"first": "JUN", "turned": 1}, {"first": "JUN", "middle": "HOE"}, "agrees"),
        ({"first": "LEE"}, {"first": "ROBERT", "middle": "LEE"}, "is the middle name"),
        ({"first": "KATHERINE"}, {"first": "ANN", "middle": "KATHERI"}, "is the middle name"),
        ({"first": "LEE"}, {"first": "ROBERT", "middle": "L"}, "differs"),
        ({"first": "SMITH", "last": "JOHN"}, {"first": "JOHN", "last": "SMITH"}, "stands where the last name should"),
        ({"first": "SMITH", "last": "LEE"}, {"first": "JOHN", "last": "SMITH"}, "differs"),
        ({"first": "MARLA"}, {"first": "MARIA"}, "differs by a look-alike letter"),
        ({"first": "MARTHA"}, {"first": "MARTA"}, "differs by one slip"),
        ({"first": "TIM"}, {"first": "KIM"}, "differs by one slip"),
        ({"first": "STEPHANY"}, {"first": "STEFANY"}, "differs by two slips"),
        ({"first": "JO"}, {"first": "AL"}, "differs"),
        ({"first": ""}, {"first": "JOHN"}, "is missing"),
    ],
)
def test_first_names(mine: dict[str, str | int], theirs: dict[str, str | int], expected: str) -> None:
    assert words(first_name, mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"middle": "LEE"}, {"middle": "LEE"}, "agrees"),
        ({"middle": "L"}, {"middle": "LEE"}, "agrees in the initial"),
        ({"middle": "L"}, {"middle": "L"}, "agrees in the initial"),
        ({"middle": "LOU"}, {"middle": "LEE"}, "differs"),
        ({"middle": "LOUISE"}, {"middle": "LOUISA"}, "agrees in the initial"),
        ({"middle": "THI"}, {"middle": "THANH"}, "differs"),
        ({"middle": "A"}, {"middle": "LEE"}, "differs"),
        ({"middle": "GARCIA"}, {"middle": "LUISA", "last": "GARCIA LOPEZ"}, "is missing on one side"),
        ({"middle": "G"}, {"middle": "LUISA", "last": "GARCIA LOPEZ"}, "is missing on one side"),
        ({"middle": "G"}, {"middle": "LUISA", "last": "GARCIA"}, "differs"),
        ({"middle": "GOMEZ", "before": "GOMEZ"}, {"middle": "LUISA"}, "is missing on one side"),
        ({"middle": "GOMEZ", "before": "GOMEZ"}, {"middle": "G"}, "agrees in the initial"),
        ({"first": "LEE", "middle": "ROBERT"}, {"first": "ROBERT", "middle": "LEE"}, "is missing on one side"),
        ({"first": "LEE", "middle": "JOHN"}, {"first": "ROBERT", "middle": "LEE"}, "differs"),
        ({"first": "TSE", "middle": "CHI"}, {"first": "GRACE", "middle": "TSE CHI"}, "is missing on one side"),
        ({"first": "TSE", "middle": "LI"}, {"first": "GRACE", "middle": "TSE CHI"}, "differs"),
        ({"middle": "LEE"}, {"middle": ""}, "is missing on one side"),
    ],
)
def test_middle_names(mine: dict[str, str | int], theirs: dict[str, str | int], expected: str) -> None:
    assert words(middle_name, mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("JR", "JR", "agrees"),
        ("JR", "II", "agrees"),
        ("II", "JR", "agrees"),
        ("JR", "SR", "differs"),
        ("SR", "II", "differs"),
        ("III", "IV", "differs"),
        ("", "SR", "stands on one side only"),
        ("JR", "", "stands on one side only"),
        ("", "", "is on neither side"),
    ],
)
def test_suffixes(mine: str, theirs: str, expected: str) -> None:
    assert words(suffix, {"suffix": SUFFIX_CODES.get(mine, 0)}, {"suffix": SUFFIX_CODES.get(theirs, 0)}) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (1234, 1234, "agrees"),
        (1234, 1235, "differs by one slip"),
        (1234, 124, "differs by one slip"),
        (1234, 12344, "differs by one slip"),
        (1234, 1324, "differs by one slip"),
        (1234, 2134, "differs by one slip"),
        (1234, 3214, "differs"),
        (12, 21, "differs by one slip"),
        (12, 13, "differs by one slip"),
        (12, 2, "differs"),
        (1, 2, "differs"),
        (1000, 10, "differs"),
        (9_999_999, 999_999, "differs by one slip"),
        (0, 12, "is missing"),
    ],
)
def test_house_numbers(one: int, two: int, expected: str) -> None:
    assert words(house_number, {"number": one}, {"number": two}) == expected
    assert words(house_number, {"number": two}, {"number": one}) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("37-12", "37-12", "agrees"),
        ("37-12", "37-14", "differs by one slip"),
        ("37-12", "37-41", "differs"),
        ("37-05", "3705", "agrees"),
        ("37-5", "37-05", "agrees"),
        ("37-12", "38-12", "differs by one slip"),
        ("37-12", "37", "differs by one slip"),
        ("116-01", "116-07", "differs by one slip"),
        ("23-6", "23-16", "differs by one slip"),
        ("01-28", "61-28", "differs by one slip"),
        ("98-05", "9806", "differs by one slip"),
        ("146-14", "146614", "differs by one slip"),
        ("58-55", "53-56", "differs"),
        ("12-3", "12-4", "differs"),
        ("8-10", "8", "agrees"),
        ("8-10", "9", "agrees"),
        ("8-10", "10", "agrees"),
        ("8-10", "11", "differs"),
        ("8-10", "810", "differs by one slip"),
        ("12-3", "12", "agrees"),
        ("12-3", "123", "differs"),
        ("4-210", "210", "agrees"),
        ("4-210", "100", "differs"),
        ("91-1023", "911023", "agrees"),
    ],
)
def test_house_numbers_with_a_hyphen(one: str, two: str, expected: str) -> None:
    numbers = [numbered(*(text.split("-") if "-" in text else (text, ""))) for text in (one, two)]
    for mine, theirs in (numbers, numbers[::-1]):
        assert words(house_number, {"number": mine}, {"number": theirs}) == expected


def test_one_slip_of_a_number_is_one_edit_of_its_digits() -> None:
    """Every number that a slip makes of 1203 is known, and no other below 100,000."""
    text = "1203"
    made = {text[:at] + text[at + 1 :] for at in range(4)}
    made |= {text[:at] + digit + text[at:] for at in range(5) for digit in "0123456789"}
    made |= {text[:at] + digit + text[at + 1 :] for at in range(4) for digit in "0123456789"}
    made |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(3)}
    made -= {each for each in made if each.startswith("0")}
    assert {number for number in range(1, 100_000) if one_slip(1203, number)} - {1203} == {
        int(each) for each in made
    } - {1203}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"street": "OAK", "type": 1}, {"street": "OAK", "type": 1}, "agrees"),
        ({"street": "OAK", "type": 1}, {"street": "OAK"}, "agrees"),
        ({"street": "OAK", "direction": 1}, {"street": "OAK"}, "agrees"),
        ({"street": "OAK", "type": 1}, {"street": "OAK", "type": 2}, "agrees in name, not in type or direction"),
        (
            {"street": "OAK", "direction": 1},
            {"street": "OAK", "direction": 2},
            "agrees in name, not in type or direction",
        ),
        ({"street": "MAPLE"}, {"street": "MAPEL"}, "differs by a slip"),
        ({"street": "OAK"}, {"street": "OAKS"}, "differs by a slip"),
        ({"street": "MARTINLUTH"}, {"street": "MARTIN"}, "begins alike"),
        ({"street": "OAKRIDGE"}, {"street": "OAK"}, "begins alike"),
        ({"street": "OAK"}, {"street": "ELM"}, "differs"),
        ({"street": "B"}, {"street": "D"}, "differs"),
        ({"street": "42"}, {"street": "42"}, "agrees"),
        ({"street": "42"}, {"street": "43"}, "differs by one slip in its number"),
        ({"street": "42"}, {"street": "142"}, "differs by one slip in its number"),
        ({"street": "1"}, {"street": "2"}, "differs"),
        ({"street": "42"}, {"street": "OAK"}, "differs"),
        ({"street": ""}, {"street": "OAK"}, "is missing"),
    ],
)
def test_streets(mine: dict[str, str | int], theirs: dict[str, str | int], expected: str) -> None:
    assert words(street, mine, theirs) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"), [(7, 7, "agrees"), (7, 8, "differs"), (7, 0, "is missing on one side")]
)
def test_units(one: int, two: int, expected: str) -> None:
    assert words(unit, {"unit": one}, {"unit": two}) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"zip": 94016, "city": 1}, {"zip": 94016, "city": 2}, "agrees in the zip code"),
        ({"zip": 94016, "city": 1}, {"zip": 94110, "city": 1}, "agrees in the city, not in the zip code"),
        ({"city": 1}, {"zip": 94110, "city": 1}, "agrees in the city, not in the zip code"),
        ({"zip": 94016, "city": 1}, {"zip": 94061, "city": 2}, "differs by one slip in the zip code"),
        (
            {"zip": 94016, "city": 1},
            {"zip": 94061, "city": 1},
            "agrees in the city, and in the zip code but for one slip",
        ),
        ({"zip": 94016}, {"zip": 94110}, "differs"),
        ({"city": 1}, {"city": 2}, "differs"),
        ({"zip": 94016}, {"city": 2}, "is missing"),
        ({}, {"zip": 94016, "city": 2}, "is missing"),
    ],
)
def test_towns(mine: dict[str, str | int], theirs: dict[str, str | int], expected: str) -> None:
    assert words(town, mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ((1950, 4, 20), (1950, 4, 20), "agrees"),
        ((1950, 4, 20), (1950, 4, 21), "agrees but for one part"),
        ((1950, 4, 20), (1950, 5, 20), "agrees but for one part"),
        ((1950, 4, 20), (1951, 4, 20), "agrees but for one part"),
        ((1950, 4, 5), (1950, 5, 4), "agrees but for one part"),
        ((1950, 4, 5), (1951, 5, 4), "differs"),
        ((1950, 4, 20), (1950, 5, 21), "differs"),
        ((1950,), (1950, 4, 20), "agrees in the year"),
        ((1950, 4, 20), (1950,), "agrees in the year"),
        ((1950,), (1951, 4, 20), "differs"),
        ((0,), (1950, 4, 20), "is missing on one side"),
    ],
)
def test_births(mine: tuple[int, ...], theirs: tuple[int, ...], expected: str) -> None:
    assert words(birth, {"birth": born(*mine)}, {"birth": born(*theirs)}) == expected


MINE = {"last": "SMITH", "first": "BOB", "middle": "L", "suffix": 1, "number": 12, "street": "OAK", "unit": 4,
        "zip": 94016, "birth": born(1950), "last_bits": 56, "first_bits": 40}  # fmt: skip
THEIRS = {**MINE, "first": "ROBERT", "middle": "LEE", "number": 21, "birth": born(1950, 4, 20), "first_bits": 48}


def weighed(mine: dict[str, str | int], theirs: dict[str, str | int]) -> dict[str, tuple[str, float]]:
    """Give the words and the weight of each field, as the kernel finds them."""
    levels, bits = np.zeros(KERNEL_FIELDS, np.uint8), np.zeros(KERNEL_FIELDS)
    table = weights()
    levels_of(line(**mine), record(**theirs), sought_of(line(**mine)), levels)
    weights_of(line(**mine), record(**theirs), levels, table.bits, table.by_name, bits)
    return {
        field: (ordered[level].words, weight)
        for field, ordered, level, weight in zip(FIELDS, LEVELS, levels, bits, strict=True)
    }


def test_the_kernel_compares_the_fields_in_the_order_of_the_table() -> None:
    assert len(COMPARISONS) == KERNEL_FIELDS
    assert {field: words for field, (words, _) in weighed(MINE, THEIRS).items()} == {
        "last name": "agrees",
        "first name": "is a nickname",
        "middle name": "agrees in the initial",
        "suffix": "agrees",
        "house number": "differs by one slip",
        "street": "agrees",
        "unit": "agrees",
        "town": "agrees in the zip code",
        "birth date": "agrees in the year",
    }


def test_levels_of_a_name_weigh_more_the_rarer_the_name() -> None:
    found = weighed(MINE, THEIRS)
    assert found["last name"][1] == pytest.approx(last_name.LEVELS[last_name.AGREES].weight + 56 / 8)
    assert found["first name"][1] == pytest.approx(first_name.LEVELS[first_name.NICKNAME].weight + 40 / 8)
    assert found["town"][1] == pytest.approx(town.LEVELS[town.ZIP].weight)
    rarer = weighed({**MINE, "last_bits": 80}, {**THEIRS, "last_bits": 80})
    assert rarer["last name"][1] == pytest.approx(found["last name"][1] + 3)


@pytest.mark.parametrize(
    ("last", "own", "weight"), [("GARCIX", 200, None), ("GARCIX", 40, 5.0), ("GARCIX", 8, 1.0), ("GARCIA", 8, 1.0)]
)
def test_a_miswritten_name_weighs_at_most_what_the_name_would(last: str, own: int, weight: float | None) -> None:
    """Whoever else bears the voter's name may have miswritten it so too; or the roll has, as seldom as one in eight."""
    found = weighed({**MINE, "last": last, "last_bits": 200}, {**THEIRS, "last": "GARCIA", "last_bits": own})
    free = last_name.LEVELS[last_name.SLIP].weight + 200 / 8 + np.log2(1 + OF_ROLL)
    assert found["last name"][1] == pytest.approx(free if weight is None else weight)


@pytest.mark.parametrize("kind", [0, 1])
def test_the_same_street_weighs_more_the_fewer_live_there(kind: int) -> None:
    voter = {**THEIRS, "type": 1}
    common, rare = (weighed({**MINE, "type": 1 + kind, "street_bits": bits}, voter)["street"] for bits in (40, 64))
    assert rare[0] == ("agrees in name, not in type or direction" if kind else "agrees")
    assert rare[1] == pytest.approx(common[1] + 3)


def test_a_rare_nickname_weighs_no_more_than_the_name_it_stands_for() -> None:
    assert weighed({**MINE, "first_bits": 200}, THEIRS)["first name"][1] == pytest.approx(48 / 8)


def test_one_of_two_surnames_weighs_as_the_commoner_of_the_two_sides() -> None:
    both = {**THEIRS, "last": "SMITH GARCIA", "last_bits": 160}
    alone = last_name.LEVELS[last_name.PART].weight + 56 / 8
    assert weighed(MINE, both)["last name"] == ("agrees in one of two surnames", pytest.approx(alone))
    assert weighed(both, MINE)["last name"] == ("agrees in one of two surnames", pytest.approx(alone))


@pytest.mark.parametrize(("mine", "theirs"), [("ANDERSON", "HENDERSON"), ("SMITH", "SMITT"), ("SMITH", "SMYTH")])
def test_being_alike_never_weighs_less_than_being_different(mine: str, theirs: str) -> None:
    common = {**MINE, "last": mine, "last_bits": 8, "first": "MARIA", "first_bits": 8}
    different = weighed(common, {**MINE, "last": "ZUKOWSKI", "first": "PETRA"})
    alike = weighed(common, {**MINE, "last": theirs, "first": "MARTHA"})
    assert different["last name"][0] == different["first name"][0] == "differs"
    assert alike["last name"][1] >= different["last name"][1]
    assert alike["first name"][1] >= different["first name"][1]
    everybodys = {**MINE, "type": 1, "street_bits": 0}
    alike, different = (weighed(everybodys, {**THEIRS, **each})["street"] for each in ({"type": 2}, {"street": "ELM"}))
    assert alike[1] >= different[1]
