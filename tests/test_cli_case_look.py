"""`case intake --look` and `case fix --look`: what would come in or be fixed is said, and nothing is entered."""

from __future__ import annotations

import json
from pathlib import Path

from test_cli_case_new import refused, run

WHERE = ("--place", "zz-example", "--kind", "initiative", "--on", "2024-05-03", "--by", "ann")
LINES = "Sheet,Line,Name,District,Date Signed,Shoe\n1,1,Al Bo,North,2024-04-01,x\n3,1,Cy Do,South,2024-04-02,y\n"


def opened(folder: Path) -> Path:
    run("new", folder, "--case", folder.name, "--office", "O", "--measure", "M", *WHERE)
    return folder


def test_lines_are_looked_at_without_a_name_and_nothing_is_entered(tmp_path: Path) -> None:
    case, lines = opened(tmp_path / "c"), tmp_path / "lines.csv"
    lines.write_text(LINES, "utf-8")
    before = (case / "case.record").read_bytes()
    said = run("intake", case, lines, "--by", "ann", "--look", "--lines", 3)
    for words in ("2 sheets, 2 lines", "North 1, South 1", "missing sheet numbers: 2", "3 lines promised", "Shoe"):
        assert words in said
    assert "1 | 1 | Aa Aa |" in said
    assert ("Bo" in said, "Do " in said) == (False, False)
    assert (case / "case.record").read_bytes() == before
    assert not list((case / "private").glob("lines-*"))
    found = json.loads(run("intake", case, lines, "--by", "ann", "--look", "--json"))
    assert (found["lines"], found["unused"], found["refused"]) == (2, ["Shoe"], "")


def test_a_promise_that_no_petition_keeps_is_refused_at_once(tmp_path: Path) -> None:
    case, lines = opened(tmp_path / "c"), tmp_path / "lines.csv"
    lines.write_text(LINES, "utf-8")
    before = (case / "case.record").read_bytes()
    for said in (("--lines", 10**9), ("--sheets", 10**30), ("--lines", 10**30, "--look")):
        assert "look at the number that the filer wrote again" in refused("intake", case, lines, "--by", "ann", *said)
    assert (case / "case.record").read_bytes() == before


def test_a_district_that_the_law_does_not_have_is_told_before_it_is_sampled_apart(tmp_path: Path) -> None:
    case, lines = opened(tmp_path / "c"), tmp_path / "lines.csv"
    lines.write_text(LINES + "3,2,Ed Foe,Nroth,2024-04-02,y\n", "utf-8")
    words = "Exampleland (invented) has no district of this name: Nroth (1 line)."
    assert words in " ".join(run("intake", case, lines, "--by", "ann", "--look").split())
    assert words in " ".join(run("intake", case, lines, "--by", "ann").split())


def sheets_read(folder: Path) -> Path:
    """Write a folder as `sheets read` does."""
    (folder / "rows").mkdir(parents=True)
    (folder / "lines.csv").write_text(LINES.replace("Sheet,Line", "sheet,line"), "utf-8")
    for line in ("1-1", "3-1"):
        (folder / "rows" / f"{line}.png").write_bytes(f"a picture of {line}".encode())
    return folder


def test_scans_that_were_not_read_are_told_before_their_lines_come_in(tmp_path: Path) -> None:
    read = sheets_read(tmp_path / "read")
    pages = [{"file": "a.pdf", "page_of_file": 2, "not_read": "it is folded"}]
    (read / "sheets.json").write_text(json.dumps({"pages": pages}), "utf-8")
    said = run("intake", opened(tmp_path / "c"), read, "--by", "ann", "--look")
    assert "1 page of the scans not read, so their lines are not here: page 2 of a.pdf: it is folded." in said


def test_what_is_said_of_several_pages_is_said_once_before_all_of_them(tmp_path: Path) -> None:
    read = sheets_read(tmp_path / "read")
    numbers = [("a.pdf", each) for each in (2, 3, 4, 7)] + [(f"{each}.jpg", 1) for each in range(1, 7)]
    pages = [{"file": file, "page_of_file": number, "remarks": ["it is small"]} for file, number in numbers]
    pages[1]["remarks"].append("a streak runs")
    (read / "sheets.json").write_text(json.dumps({"pages": pages}), "utf-8")
    said = run("intake", opened(tmp_path / "c"), read, "--by", "ann", "--look")
    small = (
        "pages 2 to 4, 7 of a.pdf, page 1 of 1.jpg, page 1 of 2.jpg, page 1 of 3.jpg, page 1 of 4.jpg and 2 pages more"
    )
    assert f"Look at the scans again: {small}: it is small; page 3 of a.pdf: a streak runs." in said


def test_the_same_scans_in_another_case_are_told_by_the_look(tmp_path: Path) -> None:
    read = sheets_read(tmp_path / "read")
    run("intake", opened(tmp_path / "c"), read, "--by", "ann")
    said = run("intake", opened(tmp_path / "d"), read, "--by", "ann", "--look")
    assert "taken in by another case: c" in said


def test_what_keeps_a_file_from_coming_in_is_said_by_the_look(tmp_path: Path) -> None:
    case, other, lines = opened(tmp_path / "c"), opened(tmp_path / "d"), tmp_path / "lines.csv"
    lines.write_text(LINES, "utf-8")
    assert "another case" not in run("intake", case, lines, "--by", "ann")
    assert "taken in by another case: c" in run("intake", other, lines, "--by", "ann")
    said = run("intake", case, lines, "--by", "ann", "--look")
    assert "2 lines of it stand in the case" in said
    assert "batch 1 was received already" in said
    assert "taken in by another case: d" in said
    lines.write_text(LINES.replace("Shoe", "removed").replace(",y", ",no such ground"), "utf-8")
    said = run("intake", opened(tmp_path / "e"), lines, "--by", "ann", "--look")
    assert "line 3-1 is no line of a frame: its mark is not known" in said


def test_the_frame_is_looked_at_and_says_the_way_out_of_a_mistake(tmp_path: Path) -> None:
    case, lines = opened(tmp_path / "c"), tmp_path / "lines.csv"
    lines.write_text(LINES, "utf-8")
    assert "It cannot be fixed: the frame is refused: no line" in run("fix", case, "--by", "ann", "--look")
    run("intake", case, lines, "--by", "ann")
    before = (case / "case.record").read_bytes()
    said = run("fix", case, "--by", "ann", "--look")
    seen = json.loads(run("fix", case, "--by", "ann", "--look", "--json"))
    for words in ("2 lines on 2 sheets", "2 sheets, 2 lines.", "missing sheet numbers: 2", "case new"):
        assert words in said
    assert (case / "case.record").read_bytes() == before
    assert json.loads(run("fix", case, "--by", "ann", "--json"))["fingerprint"] == seen["fingerprint"]
    assert "by mistake" not in run("fix", case, "--by", "ann", "--look")
