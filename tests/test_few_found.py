"""A petition checked against a roll that its signers are not on is told so, and one against its own is not."""

from __future__ import annotations

import json
from pathlib import Path

from checked import run

TOLD = "lines with a name find a voter on this roll"


def noted(lines: Path, roll: Path, out: Path) -> list[str]:
    """Check lines against a roll as an amendment of 20 April 2018, and give the notes of the result."""
    law = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")
    code, said = run("check", lines, "--roll", roll, *law, "--out", out)
    assert code == 0, said
    notes = json.loads((out / "result.json").read_text("utf-8"))["notes"]
    assert TOLD not in said or any(TOLD in note for note in notes)
    return list(notes)


def test_anothers_roll_is_told_and_ones_own_is_not(tmp_path: Path) -> None:
    for seed in ("one", "two"):
        folder = tmp_path / seed
        assert run("simulate", "--voters", 1_500, "--lines", 60, "--seed", seed, "-o", folder)[0] == 0
        assert run("roll", "build", folder / "roll.csv", "-o", folder / "x.roll")[0] == 0
    own = noted(tmp_path / "one/lines.csv", tmp_path / "one/x.roll", tmp_path / "own")
    assert not [note for note in own if TOLD in note]
    other = noted(tmp_path / "one/lines.csv", tmp_path / "two/x.roll", tmp_path / "other")
    assert len([note for note in other if TOLD in note]) == 1


def test_a_handful_of_lines_says_too_little(tmp_path: Path) -> None:
    assert run("simulate", "--voters", 500, "--lines", 60, "--seed", "one", "-o", tmp_path / "one")[0] == 0
    assert run("roll", "build", tmp_path / "one/roll.csv", "-o", tmp_path / "x.roll")[0] == 0
    few = tmp_path / "few.csv"
    rows = "".join(f"1,{at},Nobody Atall,{at} Nowhere Street,Fresno,93701\n" for at in range(1, 20))
    few.write_text("sheet,line,name,address,city,zip\n" + rows, "utf-8")
    assert not [note for note in noted(few, tmp_path / "x.roll", tmp_path / "out") if TOLD in note]
