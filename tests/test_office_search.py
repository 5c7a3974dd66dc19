"""What a search at the desk shows first, and that no voter is painted as the likely one whom nothing makes so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.verbs.case_bench import Candidate
from office_desk import WORK, lines_on
from test_office_languages import SPANISH

if TYPE_CHECKING:
    from office_site import Office

LIKELY = 'class="candidate best"'


def voter(row: int, name: str, address: str = "213 VIEW ST") -> Candidate:
    sides = [
        {"what": "name", "line": "Hattie Passmore", "voter": name, "same": False},
        {"what": "address", "line": "213 View Street", "voter": address, "same": False},
        {"what": "signed, registered", "line": "2024-02-02", "voter": "2023-03-04", "same": False},
        {"what": "status", "line": "", "voter": "active", "same": False},
    ]
    return Candidate(row, sides)


def test_of_voters_searched_for_those_come_first_who_lack_the_fewest_words_of_the_line(office: Office) -> None:
    from ballotworthy.office.pages.side_by_side import nearest

    assert office.folder.is_dir()  # Django is set up
    found = [
        voter(1, "SHERRY LENORA PASSMORE"),
        voter(2, "DEBORAH AGNES PASSMORE", ""),
        voter(3, "HATTIE PASSMORE", "9 OTHER RD"),
        voter(4, "HATTIE M PASSMORE"),
    ]
    assert [each.row for each in nearest(found)] == [4, 1, 2, 3]


def test_only_a_voter_whom_one_key_accepts_is_painted_as_the_likely_one(office: Office) -> None:
    anna = office.client("anna")
    for _ in range(3):
        line, page = lines_on(anna), anna.get(f"{WORK}/first").text
        assert (LIKELY in page) is ('data-also="a"' in page)
        assert page.count(LIKELY) <= 1
        found = anna.post(f"{WORK}/first/search", {"line": line, "typed": "sm"}).text
        assert 'class="candidate"' in found
        assert LIKELY not in found
        anna.post(f"{WORK}/first/skip", {"line": line})


def test_the_standing_of_a_voter_is_in_the_language_of_the_page(office: Office) -> None:
    anna = office.client("anna")
    lines_on(anna)
    english, spanish = anna.get(f"{WORK}/first").text, anna.get(f"{WORK}/first", headers=SPANISH).text
    status = re.compile(r'<th scope="row">(?:status|estado)<td><td>(\w+)')
    assert set(status.findall(english)) <= {"active", "inactive", "cancelled"}
    assert set(status.findall(spanish)) <= {"activo", "inactivo", "cancelado"}
    assert len(status.findall(spanish)) == len(status.findall(english)) > 0
