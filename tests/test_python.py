"""Python's door: what it offers is listed and loads late, its page runs, and a frame is read as its file would be."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy import python
from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.roll import Roll
from ballotworthy.verbs.check import Checked
from cheats import VALUE, by_beacon
from record_maker import OFFICE, seal

PAGE = Path(__file__).resolve().parent.parent / "docs/how-to/python.md"
HEAVY = ("polars", "numba", "typer", "numpy", "altair", "typst", "rich")
LINES = pl.DataFrame(
    {"page": [1, 1, 2], "row": [1, 2, 1], "Signer's": ["Ann Ash", "Bo Birch", None], "date": ["2018-02-01", "", "x"]}
)


def test_what_is_offered_is_sorted_and_stands_in_both_lists() -> None:
    verbs = bw.__all__[1:]
    assert bw.__all__ == sorted(bw.__all__)
    assert verbs == python.__all__
    assert all(getattr(bw, name) is getattr(python, name) for name in verbs)
    assert all((getattr(python, name).__doc__ or "").strip() for name in verbs)
    with pytest.raises(AttributeError, match="no attribute 'Linker'"):
        bw.Linker  # noqa: B018 # the look is the test


@pytest.mark.parametrize("name", bw.__all__[1:])
def test_a_wrong_keyword_is_told_with_the_right_ones_before_any_work(name: str) -> None:
    verb = getattr(bw, name)
    known = [each for each in inspect.signature(verb).parameters if each != "kwargs"]
    with pytest.raises(UnknownName, match=rf"there is no keyword of {name} 'plaice'.* Known: {', '.join(known)}"):
        verb(plaice="us-ca")


def test_a_keyword_with_a_slip_is_told_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean districts_for"):
        bw.judge_vote("districts:>1/2", district_for=3)
    with pytest.raises(UnknownName, match="Did you mean measure"):
        bw.count_vote("none.csv", measur="x")


def test_import_alone_loads_nothing_heavy() -> None:
    script = f"import sys, ballotworthy; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_verb_loads_its_own_room_and_nothing_that_draws() -> None:
    script = (
        "import sys, ballotworthy as bw; bw.judge_vote; bw.rules;"
        "bw.match_lines; bw.check_petition; bw.explain_line; bw.score_matches; bw.compare_lines;"
        "print([name for name in ('altair', 'vl_convert', 'typst') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_page_runs_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text("utf-8"))
    assert len(blocks) >= 8
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), space)  # noqa: S102 # the page's own blocks are what is tested
    assert Path("out/report.html").is_file()
    done = space["done"]
    assert isinstance(done, Checked)
    assert done._repr_html_().startswith("<iframe")
    assert space["why"]._repr_html_().startswith("<iframe")  # type: ignore[attr-defined] # of a page's block
    assert len(repr(done)) < 120
    for name in ("made", "roll", "lines", "done", "why", "matched", "scored", "law", "sample", "said"):
        _is_short_and_plain(space[name])
    roll = space["roll"]
    assert isinstance(roll, Roll)
    names = roll.voters.select("last_name").collect()["last_name"]
    assert not any(name in repr(roll) + repr(space["lines"]) + repr(done.check.petition) for name in names)


def test_results_of_votes_conventions_and_records_are_short_and_plain() -> None:
    rule = "yes_of_valid:>1/2"
    for made in (
        bw.judge_vote(rule, yes=10, no=9),
        bw.judge_vote(rule, yes=500, no=499, place="us-wa", kind="initiative", on="2014-11-04"),
        bw.plan_audit(rule, cards=2_000, yes=1_000, no=900),
        bw.count_applications("balanced-budget", on="2025-01-01"),
        bw.ratification_of(27, on="1992-05-07"),
        bw.blocking_bloc("balanced-budget", on="2025-01-01"),
        bw.rules_in_force("us-ca", on="2018-04-20"),
        bw.verify_record(PAGE.parent.parent / "example/case.record"),
    ):
        _is_short_and_plain(made)


def _is_short_and_plain(made: Any) -> None:
    assert len(repr(made)) < 200
    assert "0x" not in repr(made)
    assert json.loads(json.dumps(made.to_dict())) == made.to_dict()
    with pytest.raises(FrozenInstanceError):
        made.anything = 1


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "arrow", "file"])
def test_a_frame_is_read_as_its_file_would_be(tmp_path: Path, kind: str) -> None:
    LINES.write_csv(tmp_path / "lines.csv")
    given = {"polars": LINES, "lazy": LINES.lazy(), "file": tmp_path / "lines.csv"}.get(kind)
    if kind == "pandas":
        given = pytest.importorskip("pandas").DataFrame(LINES.to_dict(as_series=False))
    if kind == "arrow":
        given = pytest.importorskip("pyarrow").table(LINES.to_dict(as_series=False))
    read = bw.read_lines(given, map={"Signer's": "name"}, lenient=True).read()
    assert read.frame.select("sheet", "line", "name").rows() == [
        ("1", "1", "Ann Ash"),
        ("1", "2", "Bo Birch"),
        ("2", "1", None),
    ]
    assert read.columns["name"] == "Signer's"
    assert read.set_aside == 1
    with pytest.raises(FileFaults, match="column date"):
        bw.read_lines(given, map={"Signer's": "name"})


def test_a_pandas_frame_keeps_its_index_and_its_mixed_cells() -> None:
    frame = pytest.importorskip("pandas").DataFrame(
        {"sheet": [7, 7, 9], "line": [3, "4", 1.0], "name": ["Ann Ash", "Bo Birch", "Cy Cod"]}
    )
    want = [("7", "3", "Ann Ash"), ("7", "4", "Bo Birch"), ("9", "1", "Cy Cod")]
    for given in (frame, frame.set_index(["sheet", "line"]), frame.set_index("sheet").iloc[::-1].iloc[::-1]):
        assert bw.read_lines(given).read().frame.select("sheet", "line", "name").rows() == want


def test_two_columns_of_one_name_are_refused_whatever_holds_them() -> None:
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    columns = {"sheet": [1], "line": [1], "name": ["Ann Ash"]}
    frame = pandas.DataFrame(columns)
    level = frame.set_index("name", drop=False)
    for given in (
        pandas.concat([frame, frame[["name"]]], axis=1),
        level,
        arrow.table([*map(arrow.array, columns.values()), arrow.array(["Bo"])], names=[*columns, "name"]),
    ):
        with pytest.raises(FileFaults, match="column name: two columns have this name"):
            bw.read_lines(given)


@pytest.mark.parametrize("cell", [["Ann Ash"], {"a": "Ann Ash"}, object()])
def test_a_cell_that_is_not_plain_is_refused_without_being_told(cell: object) -> None:
    frame = pytest.importorskip("pandas").DataFrame({"sheet": [1, 1], "line": [1, 2], "name": [cell, "Bo Birch"]})
    with pytest.raises(FileFaults, match="column name: it holds cells that are no plain") as told:
        bw.read_lines(frame)
    assert "Ann" not in str(told.value)
    assert "Birch" not in str(told.value)


def test_what_could_be_read_two_ways_is_refused() -> None:
    frame = pl.DataFrame({"sheet": [1], "line": [1], "name": ["a"], "zip": ["b"], "Other": ["c"]})
    with pytest.raises(InputError, match="can be read both ways"):
        bw.read_lines(frame, map={"zip": "name"})
    with pytest.raises(InputError, match="gives name two columns, 'Other' and 'More'"):
        bw.read_lines(frame, map={"Other": "name", "name": "More"})
    with pytest.raises(InputError, match="to read_lines"):
        bw.match_lines(bw.read_lines(frame), "x.roll", map={"Other": "name"})
    with pytest.raises(InputError, match=r"seed is int\. Give text, in quotation marks"):
        bw.draw_sample(frame, seed=12345, n=1)  # type: ignore[arg-type]  # what the test is about


def test_a_sample_of_lines_read_is_that_of_their_file(tmp_path: Path) -> None:
    frame = pl.DataFrame({"leaf": [1, 1, 2, 2], "line": [1, 2, 1, 2], "name": list("abcd")})
    frame.rename({"leaf": "sheet"}).write_csv(tmp_path / "lines.csv")
    want = bw.draw_sample(tmp_path / "lines.csv", seed="0123", n=3).ids
    assert bw.draw_sample(bw.read_lines(frame, map={"leaf": "sheet"}), seed="0123", n=3).ids == want
    assert bw.draw_sample(bw.read_lines(tmp_path / "lines.csv"), seed="0123", n=3).ids == want


def test_counts_in_memory_are_held_to_what_a_file_is() -> None:
    counts = pl.DataFrame({"stratum": ["Kings"], "raw": [10], "sample": [20], "valid": [5], "duplicates": [0]})
    with pytest.raises(FileFaults, match="the frame given cannot be used"):
        bw.project_counts(counts, place="us-ca", kind="amendment", on="2018-04-20")


@pytest.mark.parametrize("what", [17, [["a"]], {"name": ["a"]}])
def test_what_is_no_table_is_refused(what: object) -> None:
    with pytest.raises(InputError, match="Give a path, or a frame"):
        bw.read_lines(what)


def test_what_lacks_of_the_law_is_named_with_the_kinds() -> None:
    with pytest.raises(InputError, match=r"kind, on not given\. Kinds of us-ca: amendment"):
        bw.check_petition(LINES, "x.roll", place="us-ca")


def test_a_warning_of_the_command_line_is_a_warning(tmp_path: Path) -> None:
    heading = "voter_id,last_name,first_name,address,zip,status,registration_date,birth_date"
    (tmp_path / "v.csv").write_text(f"{heading}\n1,QUILL,ANNA,12 MAIN ST,98101,A,2012-05-06,1980-01-01\n")
    with pytest.warns(UserWarning, match="nothing says on which day"):
        bw.build_roll(tmp_path / "v.csv", tmp_path / "x.roll")


def test_a_record_is_recounted_beside_its_head() -> None:
    example = PAGE.parent.parent / "example"
    assert bw.verify_record(example / "case.record").holds
    digits = (example / "office-key.txt").read_text("utf-8").strip()
    for key in (digits, example / "office-key.txt", str(example / "office-key.txt")):
        assert bw.verify_record(str(example / "case.record"), key=key).holds
    assert not bw.verify_record(example / "case.record", key="0" * 64).holds
    with pytest.raises(InputError, match="there is no file"):
        bw.verify_record(example / "none.record")
    with pytest.raises(InputError, match="is no record of a case"):
        bw.verify_record(PAGE)


def test_the_value_of_a_beacon_is_compared_with_the_seed_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "case.record").write_bytes(seal(by_beacon(), OFFICE))
    found = [bw.verify_record(tmp_path / "case.record", beacon=value) for value in (None, VALUE, "0" * 64)]
    assert [each.holds for each in found] == [True, True, False]
    states = [check["state"] for each in found for check in each.to_dict()["checks"] if check["check"] == "V28"]
    assert states == ["not made", "holds", "fails"]


def test_one_line_and_one_candidate_are_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("voter_id,last_name,first_name,address,zip\n1,QUILL,ANNA,12 MAIN ST,98101\n")
    with pytest.warns(UserWarning, match="no column was found"):
        roll = bw.build_roll(tmp_path / "v.csv", tmp_path / "x.roll", taken_on="2024-06-01")
    lines = bw.read_lines(pl.DataFrame({"name": ["Anna Quill"], "address": ["12 Main St"], "zip": ["98101"]}))
    assert repr(roll).endswith(": 1 voter, taken on 2024-06-01)")
    assert repr(lines) == "Lines(1 row in memory)"
    assert repr(bw.match_lines(lines, roll)).startswith("Matched(1 line, ")
    assert repr(bw.explain_line(lines, roll, "1-1")) == "Explained(line 1-1: 1 candidate)"


def test_a_count_of_totals_alone_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "20241105__ca__general__precinct.csv"
    head = "county,precinct,office,district,party,candidate,votes\n"
    path.write_text(f"{head}Kern,1,Proposition 1,,,Yes,10\nKern,1,Proposition 1,,,No,7\n")
    assert repr(bw.count_vote(path)) == "CountedVote(ballots not told, 1 measure, 1 file)"
