"""Addresses of other forms, from a line to an outcome: the cases of real registers, and invented ones like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import SHARED, check_files, check_texts

here = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")
VALID = "valid"


@here
@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("19-number-hyphen-unit", ["HU1"]),
        ("29-unit-before-number", ["AF1"]),
        ("30-building-name-first", ["B01"]),
        ("32-street-corner", ["C01"]),
        ("38-utah-two-directions", ["UG1", "UG2", "UG3"]),
        ("39-state-highway", ["SH1"]),
        ("51-number-range", ["RG1"]),
    ],
)
def test_the_cases_of_addresses_find_their_voter(tmp_path: Path, case: str, expected: list[str]) -> None:
    found = check_files(tmp_path, SHARED / case / "roll.csv", SHARED / case / "lines.csv")
    assert found.outcomes() == [(VALID, "", voter) for voter in expected]


OTHERS = [f"9{at:03},{last},{first},{at * 7 + 100} {street},Reno,50001" for at, (last, first, street) in enumerate(
    (last, first, street)
    for last in ("SMITH", "BROWN", "RICE", "LYONS", "GARCIA", "LEE", "MOSS", "HOLMES")
    for first in ("JOHN", "MARY", "ANN", "PETER")
    for street in ("HOLLY RD", "CANAL ST", "MILL AVE", "2ND ST")
)]  # fmt: skip
PAIRS = [
    # the address on the roll, and another of the same name; how the line says the first
    ("37-12 35TH AVE", "37-14 35TH AVE", "37-12 35th Avenue"),
    ("37-12 35TH AVE", "37-21 35TH AVE", "3712 35th Ave"),
    ("91-1023 KUHINA ST", "91-1053 KUHINA ST", "91-1023 Kuhina Street"),
    ("12 OAK ST APT 3", "123 OAK ST", "12-3 Oak St"),
    ("12 OAK ST APT B", "12 OAK ST APT C", "12-B Oak St"),
    ("10-12 OAK ST", "1012 OAK ST", "12 Oak St"),
    ("10 OAK ST", "101 ELM ST", "10-12 Oak St"),
    ("210 SIMPSON PKWY APT 4", "210 SIMPSON PKWY APT 9", "Apt 4, 210 Simpson Parkway"),
    ("210 SIMPSON PKWY APT B", "210 SIMPSON PKWY APT C", "Tower B 210 Simpson Pkwy"),
    ("210 SIMPSON PKWY", "44 LAKE RD", "Cedar Manor, 210 Simpson Pkwy"),
    ("MAIN ST & 3RD ST", "44 LAKE RD", "Corner of 3rd and Main"),
    ("150 N 300 W", "150 N 300 E", "150 North 300 West"),
    ("12 STATE HWY 12", "12 STATE HWY 14", "12 SR 12"),
    ("12 COUNTY ROAD 5", "12 COUNTY ROAD 7", "12 Co. Rd. 5"),
    ("12 FARM TO MARKET ROAD 1234", "12 FM 1243", "12 FM 1234"),
    ("12 5TH AVE", "12 6TH AVE", "12 Fifth Avenue"),
    ("12 21ST ST", "12 22ND ST", "12 Twenty-first Street"),
    ("RT 3 BX 582", "RT 3 BX 285", "Rural Route 3, Box 582"),
    ("HC 61 BOX 12", "HC 61 BOX 44", "Highway Contract 61 Box 12"),
    ("PSC 3 BOX 120 APO AE", "PSC 3 BOX 411 APO AE", "PSC 3, Box 120"),
    ("N95W16915 RICHMOND DR", "N95W17811 RICHMOND DR", "N95 W16915 Richmond Drive"),
    ("12 ST MARYS ST", "12 MARY ST", "12 Saint Mary's Street"),
    ("12 CALLE OCHO", "12 CALLE LUNA", "12 Cll Ocho"),
    ("12 AVENIDA JUAREZ", "12 AVENIDA REFORMA", "12 Avda. Juárez"),
    ("12 RUE ROYALE", "12 RUE DAUPHINE", "12 rue Royale"),
    ("12 OAK ST", "44 LAKE RD", "12 Oak St, Reno, Nevada 50001"),
    ("12 OAK ST", "44 LAKE RD", "12 Oak St PMB 7"),
    ("12 1/2 OAK ST", "120 OAK ST", "12½ Oak Street"),
    ("101 BIRCH ST APT 9", "109 ELM ST", "9/101 Birch St"),
    ("60 QUAY ST APT 7", "7 QUAY ST", "7/60 Quay St"),
    ("101 BIRCH ST APT 9", "101 BIRCH ST APT 3", "101/9 Birch St"),
    ("12 1/2 OAK ST", "120 OAK ST", "12 1/2 Oak Street"),
    ("RR 2 BOX 15", "44 LAKE RD", "RFD #2 Box 15"),
]  # fmt: skip
SURNAMES = (
    "QUILL", "TARN", "PELL", "DRISCOLL", "VOSSLER", "HUDDLE", "BENSON", "ARDEN", "LODGE", "FINCH", "ABBOTT",
    "CRANE", "DUNLOP", "EVERS", "FOLEY", "GRANT", "HOLT", "INGRAM", "JARVIS", "KEANE", "LOMAX", "MERCER",
    "NORTON", "OAKES", "PRYOR", "QUIGLEY", "RHODES", "SUTTON", "TRAVIS",
    "UPTON", "VICKERS", "WALDEN", "YARROW"
)  # fmt: skip


def test_each_form_finds_the_voter_at_the_address_and_not_the_namesake_elsewhere(tmp_path: Path) -> None:
    roll = ["voter_id,last_name,first_name,address,city,zip", *OTHERS]
    lines = ["sheet,line,name,address,city,zip,signed_on"]
    for at, ((right, wrong, written), last) in enumerate(zip(PAIRS, SURNAMES, strict=True), 1):
        roll += [f"R{at},{last},AMOS,{right},Reno,50001", f"W{at},{last},AMOS,{wrong},Reno,50001"]
        lines.append(f'1,{at},Amos {last.title()},"{written}",Reno,50001,2026-05-01')
    found = check_texts(tmp_path, "\n".join(roll) + "\n", "\n".join(lines) + "\n")
    wrongly = [
        (PAIRS[at], outcome, line["evidence"])
        for at, (outcome, line) in enumerate(zip(found.outcomes(), found.lines, strict=True))
        if outcome != (VALID, "", f"R{at + 1}")
    ]
    assert wrongly == []
