"""What the roll does not tell of the voter who fits, a son's suffix or a protected home, is for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import Checked, check_texts

FIRST = ("Ada", "Bram", "Cleo", "Dov", "Elsa", "Faye", "Gus", "Hal")
LAST = ("Abel", "Bond", "Cole", "Dunn", "Eads", "Frye", "Gunn", "Hyde")
HEADING = "voter_id,last_name,first_name,suffix,address,city,zip,birth_date\n"
OTHERS = "".join(
    f"9{row}{at},{last},{first},{{suffix}},{row * 8 + at + 200} Cedar Ave,Reno,50001,1970-02-03\n"
    for row, last in enumerate(LAST)
    for at, first in enumerate(FIRST)
)
OURS = """\
1,Thorne,Alvin,,21 Birch St,Reno,50001,1950-03-04
2,Quarles,Basil,,22 Birch St,Reno,50001,1950-03-04
3,Rowntree,Cyril,,,{hidden},,1950-03-04
4,Stroud,Delphine,,,{hidden},{hidden},1950-03-04
5,Underhill,Edgar,,,,,1950-03-04
"""
LINES = """\
sheet,line,name,address,city,zip,birth_date
1,1,Alvin Thorne {suffix},21 Birch St,Reno,50001,{born}
1,2,Basil Quarles,22 Birch St,Reno,50001,{born}
1,3,Cyril Rowntree,31 Birch St,Reno,50001,{born}
1,4,Delphine Stroud,213 Cedar Ave,Reno,50001,{born}
1,5,Edgar Underhill,33 Birch St,Reno,50001,{born}
"""


def tried(
    folder: Path, *, suffix: str = "Jr", kept: str = "III", hidden: str = "CONFIDENTIAL", born: str = ""
) -> Checked:
    """Check a line of each of `OURS` against the roll."""
    roll = HEADING + OURS.format(hidden=hidden) + OTHERS.format(suffix="").replace(",,200", f",{kept},200")
    return check_texts(folder, roll, LINES.format(suffix=suffix, born=born))


@pytest.mark.parametrize(
    ("suffix", "kept", "born", "expected"),
    [
        ("Jr", "III", "", ("unresolved", "suffix-differs", "1")),
        ("II", "III", "", ("unresolved", "suffix-differs", "1")),
        ("Sr", "III", "", ("valid", "", "1")),  # he registered before there was a junior
        ("Jr", "", "", ("valid", "", "1")),  # no voter of this roll has a suffix
        ("Jr", "III", "1950-03-04", ("valid", "", "1")),
    ],
)
def test_a_junior_whom_a_roll_with_suffixes_has_without_one_is_for_a_person(
    tmp_path: Path, suffix: str, kept: str, born: str, expected: tuple[str, str, str]
) -> None:
    found = tried(tmp_path, suffix=suffix, kept=kept, born=born)
    assert found.outcomes()[:2] == [expected, ("valid", "", "2")]
    if expected[0] == "unresolved":
        assert float(found.lines[0]["probability"] or 1) <= 0.6


@pytest.mark.parametrize("hidden", ["CONFIDENTIAL", "Address Protected", ""])
def test_a_voter_whose_home_the_roll_does_not_tell_is_neither_taken_nor_refused_by_name(
    tmp_path: Path, hidden: str
) -> None:
    found = tried(tmp_path, hidden=hidden)
    assert {outcome for outcome, _, _ in found.outcomes()[2:]} == {"unresolved"}
    assert [outcome for outcome, _, _ in tried(tmp_path, hidden=hidden, born="1950-03-04").outcomes()[2:]] == [
        "valid"
    ] * 3
