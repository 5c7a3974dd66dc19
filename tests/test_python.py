"""Python's door: what it offers is listed and loads late, its page runs, and a frame is read as its file would be."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy import python
from ballotworthy.errors import FileFaults, InputError

PAGE = Path(__file__).resolve().parent.parent / "docs/how-to/python.md"
HEAVY = ("polars", "numba", "typer", "numpy", "altair", "typst", "rich")
LINES = pl.DataFrame(
    {"page": [1, 1, 2], "row": [1, 2, 1], "Signer's": ["Ann Ash", "Bo Birch", None], "date": ["2018-02-01", "", "x"]}
)


def test_what_is_offered_is_sorted_and_stands_in_both_lists() -> None:
    verbs = bw.__all__[1:]
    assert bw.__all__ == sorted(bw.__all__)
    assert verbs == [name for name in python.__all__ if name[0].islower()]
    assert python.__all__ == sorted(python.__all__)
    assert all(getattr(bw, name) is getattr(python, name) for name in verbs)
    assert all((getattr(python, name).__doc__ or "").strip() for name in verbs)
    with pytest.raises(AttributeError, match="no attribute 'Linker'"):
        bw.Linker  # noqa: B018 # the look is the test


def test_import_alone_loads_nothing_heavy() -> None:
    script = f"import sys, ballotworthy; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_page_runs_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text("utf-8"))
    assert len(blocks) >= 8
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), space)  # noqa: S102 # the page's own blocks are what is tested
    assert Path("out/report.html").is_file()
    done = space["done"]
    assert isinstance(done, python.Checked)
    assert done._repr_html_().startswith("<iframe")
    assert len(repr(done)) < 120


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
    with pytest.raises(InputError, match="cannot be opened"):
        bw.verify_record(example / "none.record")
