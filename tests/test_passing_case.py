"""What came out right before must stay so: the handed case of lines that passed, each with what a clerk accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import SHARED, check_files

CASE = SHARED / "00-passing"


def accepted() -> dict[str, set[str]]:
    """Give what is accepted of each line, "sheet-line": voters, and U for a line left to a person."""
    rows = [line.split("|") for line in (CASE / "expected.txt").read_text("utf-8").splitlines() if line.count("|") >= 3]
    return {row[0].strip(): {part.strip() for part in row[1:-2]} for row in rows if row[0].strip() != "line"}


@pytest.mark.skipif(not CASE.is_dir(), reason=f"the case is not at {CASE}")
def test_lines_that_came_out_right_still_do(tmp_path: Path) -> None:
    found = check_files(tmp_path, CASE / "roll.csv", CASE / "lines.csv")
    came = {
        f"{line['sheet']}-{line['line']}": line["voter_id"] if line["outcome"] == "valid" else line["outcome"]
        for line in found.lines
    }
    wanted = accepted()
    assert len(wanted) == 53
    wrong = {
        line: (came[line], voters)
        for line, voters in wanted.items()
        if not (came[line] in voters or (came[line] == "unresolved" and "U" in voters))
    }
    assert wrong == {}
