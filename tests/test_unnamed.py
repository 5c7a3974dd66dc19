"""A line on which nobody is named is never valid, and nobody's where no voter lives at its home."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from checked import run

ROLL = """voter_id,last_name,first_name,registration_date,status,address,city,zip
1,AMES,OTTO,2001-02-03,active,4 OLD RD,Reno,89501
2,BRACE,IRIS,2001-02-03,active,5 OLD RD,Reno,89501
"""
NAMES = ("", "---", "Otto Ames", ".", "?", "??", "n/a", "illegible", "UNREADABLE", "(no name)")


@pytest.mark.parametrize(
    ("place", "kind", "wanted"),
    [
        ("us-ca", "statute", ("unresolved", "unclear")),
        ("us-mi", "amendment", ("unresolved", "unclear")),
        ("us-wa", "initiative", ("unresolved", "unclear")),
        ("zz-example", "initiative", ("invalid", "illegible")),
    ],
)
def test_a_home_signs_for_nobody(tmp_path: Path, place: str, kind: str, wanted: tuple[str, str]) -> None:
    lines = [f"1,{at},{name},4 Old Rd,Reno,89501,2026-05-01" for at, name in enumerate(NAMES, 1)]
    (tmp_path / "roll.csv").write_text(ROLL, "utf-8")
    (tmp_path / "lines.csv").write_text("\n".join(["sheet,line,name,address,city,zip,signed_on", *lines]), "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    asked = ["--roll", tmp_path / "x.roll", "--place", place, "--kind", kind, "--on", "2026-06-30", "--required", "1"]
    code, said = run("check", tmp_path / "lines.csv", *asked, "-o", tmp_path / "out", "--json")
    assert code == 0, said
    found = {(row["outcome"], row["reason"]): row["lines"] for row in json.loads(said)["by_reason"]}
    assert found == {("valid", ""): 1, wanted: len(NAMES) - 1}


def test_without_a_name_a_home_that_is_no_voters_leads_to_nobody(tmp_path: Path) -> None:
    written = (
        ("??", "4 Old Rd"),
        ("??", "77 Nowhere Ln"),
        ("illegible", ""),
        ("??", "8 Old Rd"),
        ("Iris Brace", "5 Old Rd"),
    )
    rows = [f"1,{at},{name},{home},Reno,89501,2026-05-01" for at, (name, home) in enumerate(written, 1)]
    (tmp_path / "roll.csv").write_text(ROLL, "utf-8")
    (tmp_path / "lines.csv").write_text("\n".join(["sheet,line,name,address,city,zip,signed_on", *rows]), "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    asked = ["--place", "us-ca", "--kind", "statute", "--on", "2026-06-30", "--required", "1", "-o", tmp_path / "out"]
    code, said = run("check", tmp_path / "lines.csv", "--roll", tmp_path / "x.roll", *asked)
    assert code == 0, said
    found = pl.read_csv(tmp_path / "out/lines.csv", infer_schema=False)
    assert found["outcome"].to_list() == ["unresolved", *["invalid"] * 3, "valid"]
    assert found["reason"].to_list()[1:4] == ["not-registered", "no-address", "not-registered"]
