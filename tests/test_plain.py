"""Names made comparable: marks, particles, titles, degrees, suffixes, and the parts of a name in one cell."""

from __future__ import annotations

import re
import unicodedata

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ballotworthy.files.distinct import each_distinct
from ballotworthy.roll.people import plain_people
from ballotworthy.roll.plain import SHORT, Name, name_of_parts, name_of_text, plain, plain_part, plain_suffix

words = st.text("abcdeijmnorstvO' .-,é", max_size=12)
special = st.sampled_from(
    ["Mr", "Dr.", "Jr", "V", "III", "MD", "Do", "Mac", "Mc", "O", "De", "La", "Van", "Junior", "Miss"]
)
names = st.lists(st.one_of(words, special), max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Brien-Núñez", "OBRIEN NUNEZ"),
        ("O’Brien", "OBRIEN"),
        ("O`Brien", "OBRIEN"),
        ("O´Brien", "OBRIEN"),
        ("ʻAkaka", "AKAKA"),
        ("José María", "JOSE MARIA"),
        ("Weiß", "WEISS"),
        ("Øystein Ærø", "OYSTEIN AERO"),
        ("Łukasz Đặng Ðorđe", "LUKASZ DANG DORDE"),
        ("Þórr Ħal Ŧor Œuvre", "THORR HAL TOR OEUVRE"),
        ("J.R.R. Tolkien", "JRR TOLKIEN"),
        ("J.Smith", "J SMITH"),
        ("St.Clair", "ST CLAIR"),
        ("Ph.D.", "PHD"),
        ("  a \t b\n c ", "A B C"),
        ("Smith/Jones & Co", "SMITH JONES CO"),
        ("ﬁ ² Ⅳ", "FI 2 IV"),
        ("1234-A", "1234 A"),
        ("٣٤", "34"),
        ("", ""),
    ],
)
def test_a_text_is_reduced_to_capitals_digits_and_single_spaces(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_text_holds_nothing_else_and_is_plain_already(text: str) -> None:
    once = plain(text)
    assert re.fullmatch(r"(?:[A-Z0-9]+(?: [A-Z0-9]+)*)?", once)
    assert plain(once) == once


def test_names_in_other_scripts_are_alike_only_when_they_are_written_alike() -> None:
    names = ["李明", "李鳴", "李", "Иван", "Иванов", "Ίων", "אברהם", "محمد", "한국", "हिन्दी", "さくら"]
    found = [plain(name) for name in names]
    assert len(set(found)) == len(names)
    assert all(re.fullmatch(r"[A-Z]{10}(?: [A-Z]{10})*", each) for each in found)
    assert plain("ИВАН") == plain("иван")
    assert plain("한국") == plain(unicodedata.normalize("NFD", "한국"))
    assert plain("Ann 李") == f"ANN {plain('李')}"
    assert name_of_text("Иван Петров") == Name(plain("Иван"), "", plain("Петров"))


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["C"])))
def test_case_makes_no_difference_to_latin_names(text: str) -> None:
    assert plain(text.upper()) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("John Smith", Name("JOHN", "", "SMITH")),
        ("JOHN Q. PUBLIC SMITH", Name("JOHN", "Q PUBLIC", "SMITH")),
        ("J Smith", Name("J", "", "SMITH")),
        ("J.Smith", Name("J", "", "SMITH")),
        ("Smith", Name("", "", "SMITH")),
        # comma, or an initial at the end: the last name stands first
        ("Smith, John Q. Jr.", Name("JOHN", "Q", "SMITH", "JR")),
        ("Smith,John", Name("JOHN", "", "SMITH")),
        ("Smith, John, Jr", Name("JOHN", "", "SMITH", "JR")),
        ("Smith, Jr., John", Name("JOHN", "", "SMITH", "JR")),
        ("Smith Jr, John Q", Name("JOHN", "Q", "SMITH", "JR")),
        ("Smith John Q", Name("JOHN", "Q", "SMITH")),
        ("de la Cruz, Ana María", Name("ANA", "MARIA", "DELACRUZ")),
        ("Garcia Lopez, Ana", Name("ANA", "", "GARCIA LOPEZ")),
        (", John", Name("JOHN", "", "")),
        ("Smith,", Name("", "", "SMITH")),
        # suffixes and degrees
        ("John Smith Jr.", Name("JOHN", "", "SMITH", "JR")),
        ("John Smith, Sr", Name("JOHN", "", "SMITH", "SR")),
        ("John Smith III", Name("JOHN", "", "SMITH", "III")),
        ("John Smith 2nd", Name("JOHN", "", "SMITH", "II")),
        ("John Smith V", Name("JOHN", "", "SMITH", "V")),
        ("John Smith, V", Name("JOHN", "", "SMITH", "V")),
        ("John V", Name("V", "", "JOHN")),
        ("Smith, V", Name("V", "", "SMITH")),
        ("Smith, John V", Name("JOHN", "V", "SMITH")),
        ("Smith, John Q V", Name("JOHN", "Q", "SMITH", "V")),
        ("John Senior", Name("JOHN", "", "SENIOR")),
        ("Smith Jr", Name("", "", "SMITH", "JR")),
        ("John Smith Jr MD", Name("JOHN", "", "SMITH", "JR")),
        ("John Smith, M.D.", Name("JOHN", "", "SMITH")),
        ("John Smith, Jr., Ph.D.", Name("JOHN", "", "SMITH", "JR")),
        ("John Jr. Smith", Name("JOHN", "", "SMITH", "JR")),
        ("John Smith 2d", Name("JOHN", "", "SMITH", "II")),
        ("John Smith Snr", Name("JOHN", "", "SMITH", "SR")),
        # initials with dots, which are a degree behind a whole name only
        ("J.R. Smith", Name("J", "R", "SMITH")),
        ("J.R.R. Tolkien", Name("J", "R R", "TOLKIEN")),
        ("Smith, J.D.", Name("J", "D", "SMITH")),
        ("Smith J.D.", Name("J", "D", "SMITH")),
        ("Chen X", Name("X", "", "CHEN")),
        ("O'Brien M.", Name("M", "", "OBRIEN")),
        ("M.D. Smith", Name("M", "D", "SMITH")),
        ("John Smith, J.D.", Name("JOHN", "", "SMITH")),
        ("John Smith M.D.", Name("JOHN", "", "SMITH")),
        ("Smith, John M.D.", Name("JOHN", "", "SMITH")),
        # names written short
        ("Chas. Smith", Name("CHARLES", "", "SMITH")),
        ("Smith, Geo. Wm.", Name("GEORGE", "WILLIAM", "SMITH")),
        ("Sam'l. Smith", Name("SAMUEL", "", "SMITH")),
        ("Juan Hdez.", Name("JUAN", "", "HERNANDEZ")),
        ("Ana Glez-Mtnez", Name("ANA", "", "GONZALEZ MARTINEZ")),
        ("Geo", Name("", "", "GEO")),
        # titles
        ("Mr. John Smith", Name("JOHN", "", "SMITH")),
        ("Smith, Dr. John", Name("JOHN", "", "SMITH")),
        ("Mrs Smith", Name("", "", "SMITH")),
        ("Lee Hon", Name("LEE", "", "HON")),
        # particles, Mc, Mac and O
        ("Ludwig van Beethoven", Name("LUDWIG", "", "VANBEETHOVEN")),
        ("María de la Cruz", Name("MARIA", "", "DELACRUZ")),
        ("María de la Cruz López", Name("MARIA", "DELACRUZ", "LOPEZ")),
        ("Van Morrison", Name("VAN", "", "MORRISON")),
        ("Al Smith", Name("AL", "", "SMITH")),
        ("Anh Van Nguyen", Name("ANH", "VAN", "NGUYEN")),
        ("Anh Do", Name("ANH", "", "DO")),
        ("Ian Mc Donald", Name("IAN", "", "MCDONALD")),
        ("Ian Mac Donald", Name("IAN", "", "MACDONALD")),
        ("Mac Jones", Name("MAC", "", "JONES")),
        ("Pat O'Brien", Name("PAT", "", "OBRIEN")),
        ("Pat O Brien", Name("PAT", "", "OBRIEN")),
        ("Pat O. Smith", Name("PAT", "O", "SMITH")),
        ("O Brien, Pat", Name("PAT", "", "OBRIEN")),
        ("O Smith", Name("O", "", "SMITH")),
        # two surnames
        ("Ana García-López", Name("ANA", "", "GARCIA LOPEZ")),
        ("Ana García–López", Name("ANA", "", "GARCIA LOPEZ")),
        ("Marie-Claire Dubois", Name("MARIE", "CLAIRE", "DUBOIS")),
        # nothing to go by
        ("", Name()),
        ("???", Name()),
        ("Mr.", Name()),
        ("-", Name()),
    ],
)
def test_a_whole_name_is_split_into_its_parts(text: str, expected: Name) -> None:
    assert name_of_text(text) == expected
    assert name_of_text(text.upper()) == expected


@pytest.mark.parametrize(
    ("first", "middle", "last", "suffix", "expected"),
    [
        ("John", "Q.", "Smith", "Jr.", Name("JOHN", "Q", "SMITH", "JR")),
        ("John Q", "", "Smith Jr", "", Name("JOHN", "Q", "SMITH", "JR")),
        ("John Jr", "", "Smith", "", Name("JOHN", "", "SMITH", "JR")),
        ("John", "", "Smith V", "", Name("JOHN", "", "SMITH", "V")),
        ("John V", "", "Smith", "", Name("JOHN", "V", "SMITH")),
        ("J.R.", "", "Smith", "", Name("J", "R", "SMITH")),
        ("Wm.", "Thos.", "Rdz.", "", Name("WILLIAM", "THOMAS", "RODRIGUEZ")),
        ("John", "", "Smith M.D.", "", Name("JOHN", "", "SMITH")),
        ("Mr.", "", "John Smith", "", Name("JOHN", "", "SMITH")),
        ("", "", "John Smith", "", Name("JOHN", "", "SMITH")),
        ("Mary Ann", "Lee", "de la Cruz", "", Name("MARY", "ANN LEE", "DELACRUZ")),
        ("Ana", "de la", "Garcia-Lopez", "", Name("ANA", "DELA", "GARCIA LOPEZ")),
        ("Pat", "", "O' Brien", "", Name("PAT", "", "OBRIEN")),
        ("Ian", "", "Mc Donald MD", "", Name("IAN", "", "MCDONALD")),
        ("Anh", "Van", "Do", "", Name("ANH", "VAN", "DO")),
        ("John", "", "Smith", "Esq", Name("JOHN", "", "SMITH")),
        ("", "", "", "", Name()),
    ],
)
def test_name_cells_are_joined(first: str, middle: str, last: str, suffix: str, expected: Name) -> None:
    assert name_of_parts(first, middle, last, suffix) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Jr.", "JR"), ("junior", "JR"), ("Sr", "SR"), ("I I", "II"), ("2nd", "II"), ("iii", "III"), ("IV", "IV"),
     ("V", "V"), ("I", ""), ("Esq", ""), ("", ""), ("None", "")],
)  # fmt: skip
def test_a_suffix_is_one_of_six_or_none(text: str, expected: str) -> None:
    assert plain_suffix(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mc Donald MD", "MCDONALD"),
        ("Dr. Ann", "ANN"),
        ("de la Rosa", "DELAROSA"),
        ("Ann Marie", "ANN MARIE"),
        ("", ""),
    ],
)
def test_one_part_of_a_name_loses_titles_and_degrees(text: str, expected: str) -> None:
    assert plain_part(text) == expected


@given(names)
def test_no_letter_of_a_name_is_invented_and_parts_are_plain(text: str) -> None:
    name = name_of_text(text)
    for part in (name.first, name.middle, name.last):
        assert plain(part) == part
    assert name.suffix in {"", "JR", "SR", "II", "III", "IV", "V"}
    letters = sorted((name.first + name.middle + name.last).replace(" ", ""))
    given_letters = sorted(plain(text).replace(" ", ""))
    assume(not SHORT & set(plain(text).split()))
    assert len(letters) <= len(given_letters)
    assert all(letters.count(letter) <= given_letters.count(letter) for letter in letters)


@pytest.mark.parametrize("first", ["Ann", "J", "Maria"])
@pytest.mark.parametrize("middle", ["", "Q", "Lee"])
@pytest.mark.parametrize("last", ["Smith", "O'Neil", "de la Cruz"])
@pytest.mark.parametrize("suffix", ["", "Jr", "III"])
def test_every_way_to_write_a_name_gives_the_same_parts(first: str, middle: str, last: str, suffix: str) -> None:
    expected = name_of_parts(first, middle, last, suffix)
    assert name_of_text(f"{first} {middle} {last} {suffix}") == expected
    assert name_of_text(f"{first} {middle} {last}, {suffix}.") == expected
    assert name_of_text(f"{last}, {first} {middle} {suffix}") == expected
    assert name_of_text(f"{last} {suffix}, {first} {middle}") == expected
    assert name_of_text(f"MR. {first.upper()} {middle.upper()} {last.upper()} {suffix.upper()}") == expected


@given(st.lists(st.tuples(names, names, names, st.sampled_from(["", "Jr", "Sr."])), min_size=1, max_size=8))
def test_a_table_of_people_gives_what_each_person_alone_gives(people: list[tuple[str, str, str, str]]) -> None:
    cells = [tuple(cell or None for cell in person) for person in people]
    frame = pl.DataFrame(
        cells, schema=dict.fromkeys(("first_name", "middle_name", "last_name", "suffix"), pl.String), orient="row"
    )
    alone = [name_of_parts(*person) for person in people]
    assert plain_people(frame).select("first", "middle", "last", "suffix").rows() == [
        (name.first, name.middle, name.last, name.suffix) for name in alone
    ]


def test_a_function_of_texts_is_called_once_for_each_distinct_text() -> None:
    called: list[str] = []

    def note(text: str) -> str:
        called.append(text)
        return text.upper()

    column = pl.Series("city", ["a", None, "b", "a", "a", None, "b", "a"])
    assert each_distinct(column, note).to_list() == ["A", "", "B", "A", "A", "", "B", "A"]
    assert sorted(called) == ["", "a", "b"]
    assert each_distinct(column.clear(), note).to_list() == []
