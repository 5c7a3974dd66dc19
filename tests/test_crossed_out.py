"""A line ruled valid that was crossed out or blank as filed is listed before the count: status, board, dashboard."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ballotworthy.casework import Act
from ballotworthy.casework.work import crossed_out_valid
from cases import desk_of, frame_lines, framed, ruled, sampled
from test_cli_case import Run, bw

__all__ = ["bw"]
LINE, MICHIGAN = "3-5", {"place": "us-mi", "kind": "statute"}
"""The line that is blank as filed; a place whose law counts blank lines as filed, so that they may be drawn."""


def test_the_board_follows_a_line_ruled_valid_that_was_blank_until_it_is_corrected() -> None:
    pytest.importorskip("django", reason="the extra office is not installed")
    from ballotworthy.office.board import Board
    from ballotworthy.office.second_looks import SecondLooks

    desk = desk_of()
    framed(desk, frame_lines(strata=("Michigan",)), required=20, **MICHIGAN)
    assert LINE in sampled(desk, every=True)
    desk.act(ruled(LINE), ruled("1-1"))
    assert crossed_out_valid(desk.case()) == list(Board(desk.case(), SecondLooks(0)).crossed_out) == [LINE]
    board = Board(desk.case(), SecondLooks(0))
    back = {"line": LINE, "outcome": "invalid", "reason": "not-registered", "why": "nobody signed"}
    event = desk.act(Act("dee", "corrected", back))[-1]
    board.case = desk.case()
    board.hear(event)
    assert crossed_out_valid(desk.case()) == list(board.crossed_out) == []


def test_the_status_lists_lines_ruled_valid_that_were_crossed_out(bw: Run, tmp_path: Path) -> None:
    lines, case = tmp_path / "lines.csv", tmp_path / "case"
    pl.DataFrame({"sheet": [1, 1], "line": [1, 2], "name": ["Al Bo", "Cy Do"], "struck": ["", "yes"]}).write_csv(lines)
    new = ("--case", "M-1", "--office", "An office", "--measure", "A law on wells", "--place", "us-mi", "--kind",
           "statute", "--on", "2026-11-02", "--required", "2", "--required-source", "the test")  # fmt: skip
    bw("case", "new", case, *new, "--person", "bob=decide,resolve")
    bw("case", "intake", case, lines)
    bw("case", "fix", case)
    (case / "roll.txt").write_text("x", "utf-8")
    bw("case", "enter", case, "roll", f"roll={'0' * 64}", "day=2026-11-01", "voters=9")
    bw("case", "sample", case, "--all", "--why", "as the law says")
    for line in ("1-1", "1-2"):
        ruling = ("--line", line, "--outcome", "valid", "--voter", f"v{line}", "--no-lookup")
        bw("case", "decide", case, *ruling)
    assert bw("case", "status", case)["valid_though_crossed_out"] == ["1-2"]
    assert "Ruled valid, and crossed out or blank as filed; look again: 1-2" in bw("case", "status", case, plain=True)
