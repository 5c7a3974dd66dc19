"""A ward or district on the line that is not the voter's: a near address is for a person then, a whole one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import check_texts

HEAD = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
VOTERS = (
    ("LENA", "TARWOOD", "65 Gum St", 3),
    ("IDA", "MOSSWELL", "1205 Birch St", 1),
    ("HUGO", "WREXLEY", "84 Elm St", 12),
)
LINES = (
    ("Lena Tarwood", "65 Gum St", "Ward 5", "valid"),  # a whole address is the voter's, whatever the cell says
    ("Ida Mosswell", "1206 Birch St", "Ward 7", "address-differs"),
    ("Ida Mosswell", "1206 Birch St", "01", "duplicate or valid"),
    ("Hugo Wrexley", "84 Ulm St", "CD 2", "address-differs"),
)


@pytest.mark.parametrize(
    ("roll_heading", "line_heading", "compared"),
    [
        ("ward", "Ward", True),
        ("WARD", "ward number", True),
        ("congressional_district", "Congressional District", True),
        ("precinct", "ward", False),
        ("congressional_district", "ward", False),
    ],
)
def test_another_district_makes_a_near_address_a_question(
    tmp_path: Path, roll_heading: str, line_heading: str, compared: bool
) -> None:
    rest = "active,1970-01-15,2005-03-04"
    voters = [
        f"V{at},{last},{first},{rest},{address},Fairview,50001,{district}"
        for at, (first, last, address, district) in enumerate(VOTERS)
    ]
    lines = [
        f"{at},1,{name},{address},Fairview,50001,2026-05-01,{district}"
        for at, (name, address, district, _) in enumerate(LINES)
    ]
    head = f"sheet,line,name,address,city,zip,signed_on,{line_heading}"
    checked = check_texts(tmp_path, "\n".join([f"{HEAD},{roll_heading}", *voters]), "\n".join([head, *lines]))
    told = checked.result["columns"]
    assert (line_heading in told["read"].values()) == (compared or line_heading == "ward")
    found = checked.outcomes()
    assert found[0][0] == "valid"
    asked = [at for at, (*_, wanted) in enumerate(LINES) if wanted == "address-differs"]
    for at in asked:
        assert (found[at][:2] == ("unresolved", "address-differs")) == compared, found[at]
    assert found[2][1] != "address-differs"
