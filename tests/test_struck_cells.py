"""A cell that is not sure whether a line is struck leaves it to a person; one that says so strikes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import check_texts

HEAD = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"


@pytest.mark.parametrize(
    ("cell", "outcome", "reason"),
    [
        ("?", "unresolved", "unclear"),
        ("maybe?", "unresolved", "unclear"),
        ("Not sure", "unresolved", "unclear"),
        ("x", "invalid", "struck"),
        ("yes", "invalid", "struck"),
        ("no", "valid", ""),
        ("0.0", "valid", ""),
        ("1.0", "invalid", "struck"),
        ("nein", "valid", ""),
        ("", "valid", ""),
    ],
)
def test_a_struck_cell_says_what_it_says(tmp_path: Path, cell: str, outcome: str, reason: str) -> None:
    rest = "active,1970-01-15,2005-03-04"
    rest = "active,1970-01-15,2005-03-04"
    roll = f"{HEAD}\n7,QUILL,ANN,{rest},500 Oak St,Fairview,50001\n8,TARN,BO,{rest},400 Elm St,Fairview,50001"
    lines = (
        "sheet,line,name,address,city,zip,signed_on,struck\n"
        f"1,1,Ann Quill,500 Oak St,Fairview,50001,2026-05-01,{cell}\n"
        "1,2,Bo Tarn,400 Elm St,Fairview,50001,2026-05-01,"
    )
    (found, why, _), _ = check_texts(tmp_path, roll, lines).outcomes()
    assert (found, why) == (outcome, reason)
