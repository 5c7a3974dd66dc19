"""A line that fits one voter is for a person where its middle name differs, its address lacks, or a remark stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.check.signers import names_more
from checked import check_texts

HEAD = "voter_id,last_name,first_name,middle_name,status,birth_date,registration_date,address,city,zip"
CASES = (
    # the voter's middle name and address; the line, 0 and 1 for first and last name; its reason where it is open
    ("", "65 Gum St", "{0} {1}", "Gum St", "", "address-incomplete"),
    ("", "65 Gum St", "{0} {1}", "65", "", "address-incomplete"),
    ("", "RFD 2 Box 40", "{0} {1}", "RFD 2", "", "address-incomplete"),
    ("", "RFD 2 Box 40", "{0} {1}", "RFD 2 Box 40", "", ""),
    ("", "County Road 7", "{0} {1}", "County Road 7", "", ""),
    ("", "65 Gum St Apt 3", "{0} {1}", "65 Gum St", "", ""),
    ("MAE", "65 Gum St", "{0} K. {1}", "65 Gum St", "", "middle-differs"),
    ("MAE", "65 Gum St", "{0} Kate {1}", "65 Gum St", "", "middle-differs"),
    ("M", "65 Gum St", "{0} K {1}", "65 Gum St", "", "middle-differs"),
    ("MAE", "65 Gum St", "{0} K. {1}", "65 Gum St", "1970-01-15", ""),
    ("MAE", "65 Gum St", "{0} M. {1}", "65 Gum St", "", ""),
    ("MAE", "65 Gum St", "{0} {1}", "65 Gum St", "", ""),
    ("", "65 Gum St", "{0} {1}, minor", "65 Gum St", "", "remark"),
    ("", "65 Gum St", "{0} {1} - moved", "65 Gum St", "", "remark"),
    ("", "65 Gum St", "{0} {1} VOID", "65 Gum St", "", "remark"),
    ("", "65 Gum St", "{0} {1} Estate", "65 Gum St", "", "remark"),
    ("", "65 Gum St", "{1}", "65 Gum St", "", "name-incomplete"),
    ("", "65 Gum St", "{1}", "65 Gum St", "1970-01-15", ""),
    ("LYNN", "65 Gum St", "{0} Vann", "65 Gum St", "", "name-differs"),
    ("", "88 Old Mill Rd", "{0} {1}", "88 New Mill Rd", "", "address-differs"),
    ("", "88 Old Mill Rd", "{0} {1}", "88 Oldd Mill Rd", "", ""),
    ("", "2100 County Road 14E", "{0} {1}", "2100 CR 14E", "", ""),
    ("", "2100 County Road 14E", "{0} {1}", "2100 Co Rd 15E", "", "address-differs"),
    ("", "2100 County Road 14E", "{0} {1}", "2100 CR 14W", "", "address-differs"),
    ("", "Mile 42 Parks Hwy", "{0} {1}", "MP 42 Parks Highway", "", ""),
    ("", "Mile 42.5 Parks Hwy", "{0} {1}", "Milepost 42.5, Parks Hwy", "", ""),
    ("", "Lot 9 Shady Acres", "{0} {1}", "Shady Acres, Lot 9", "", ""),
    ("", "Lot 9 Shady Acres", "{0} {1}", "Shady Acres", "", "address-incomplete"),
    ("", "Parkview Apt 3", "{0} {1}", "Parkview", "", "address-incomplete"),
    ("MARY", "65 Gum St", "{0} Hall Dobbs", "65 Gum St", "", ""),
)
FIRST = ("LENA", "IDA", "ROSE", "HUGO", "MAE", "TIM", "ZOE", "KAI", "UMA", "VIC", "WES", "GIL", "NEIL", "OLA", "PIA",
         "RUTH", "SVEN", "TESS", "GRETA", "VERA", "WALT", "XENIA", "YURI", "ZANE", "ALMA", "BORIS", "CLARA", "DORA",
         "EDITH", "FLORA")  # fmt: skip
LAST = ("TARWOOD", "MOSSWELL", "QUILLAN", "WREXLEY", "YARDLEY", "ZEBROWSKI", "PAXTON", "STRAND", "ULMER", "VOSSLER",
        "ANSEL", "BRACKEN", "CORMIER", "DUNMORE", "EASTLAND", "FENWICK", "GALLOWAY", "HARGROVE", "ABERNATHY", "JESSUP",
        "KITTREDGE", "LANGLEY", "MERRIWEATHER", "NORCROSS", "OVERSTREET", "PICKERING", "QUIMBY", "ROCKWELL",
        "STODDARD", "HALL-DOBBS")  # fmt: skip


def test_what_differs_or_lacks_is_left_to_a_person_and_the_rest_is_valid(tmp_path: Path) -> None:
    people = list(zip(CASES, FIRST, LAST, strict=True))
    roll = [
        f"V{at},{last},{first},{middle},active,1970-01-15,2005-03-04,{address},Fairview,50001"
        for at, ((middle, address, *_), first, last) in enumerate(people)
    ]
    roll.append("N1,NEWMAN,NORA,,active,1970-01-15,2005-03-04,12 New Mill Rd,Fairview,50001")
    lines = [
        f'{at},1,"{name.format(first.title(), last.title())}","{address}",Fairview,50001,2026-05-01,{born}'
        for at, ((_, _, name, address, born, _), first, last) in enumerate(people)
    ]
    found = check_texts(
        tmp_path, "\n".join([HEAD, *roll]), "\n".join(["sheet,line,name,address,city,zip,signed_on,birth_date", *lines])
    )
    expected = [("unresolved" if reason else "valid", reason) for *_, reason in CASES]
    assert [(outcome, reason) for outcome, reason, _ in found.outcomes()] == expected


def test_a_street_that_is_there_is_another_one_however_many_lines_name_it(tmp_path: Path) -> None:
    homes = {"KERR,ANN": "88 Old Mill Rd", "NEWMAN,NORA": "12 New Mill Rd"}
    roll = [HEAD, *(f"{name[:4]},{name},,active,,2005-03-04,{home},Fairview,50001" for name, home in homes.items())]
    lines = [f"{at},1,Ann Kerr,88 New Mill Rd,Fairview,50001,2026-05-01" for at in range(256)]
    found = check_texts(tmp_path, "\n".join(roll), "\n".join(["sheet,line,name,address,city,zip,signed_on", *lines]))
    assert {reason for _, reason, _ in found.outcomes()} == {"address-differs"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Kerr (minor)", "remark"), ("Ann Kerr, age 16", "remark"), ("Ann Kerr 17 yrs", "remark"),
        ("Ann Kerr not registered", "remark"), ("Ann Kerr (dup)", "remark"), ("Ann Kerr - out of county", "remark"),
        ("Ann Kerr, no longer here", "remark"), ("Ann Kerr's mother", "for-another"), ("Ann Kerr unsigned", "remark"),
        ("Ann, unsigned", "remark"), ("Ann Minor", ""), ("Minor, Ann", ""), ("Notley, Ann", ""), ("Ann Voight", ""),
        ("Ann Kerr rejected", "remark"), ("Ann Kerr (stricken)", "remark"), ("Ann Kerr unreadable", "remark"),
        ("Ann Dupree", ""), ("Ann Moved", ""), ("Ann Kerr moved", "remark"), ("Void, Ann", ""),
        ("Ann Kerr, void", "remark"), ("Ann O'Neill", ""), ("Ann Kerr 3rd", ""), ("Ann Outlaw", ""), ("Nona Age", ""),
    ],
)  # fmt: skip
def test_remarks_beside_a_name_are_known_and_names_are_none(name: str, expected: str) -> None:
    assert names_more(name) == expected
