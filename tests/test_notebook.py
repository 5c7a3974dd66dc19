"""The notebook runs from its first cell to its last, and each cell shows what it is there to show."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

import ballotworthy as bw

NOTEBOOK = Path(__file__).resolve().parent.parent / "docs/notebooks/from-simulation-to-report.ipynb"
CELLS = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]


def shown(source: str, space: dict[str, Any]) -> Any:
    """Run a cell as a notebook does; give the value of its last expression, None where it ends otherwise."""
    tree = ast.parse(source, str(NOTEBOOK))
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), space)  # noqa: S102 # the notebook's own cells are what is tested
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), space)  # noqa: S307 # as above


def test_the_notebook_runs_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    values = [shown("".join(cell["source"]), space) for cell in CELLS if cell["cell_type"] == "code"]
    pages = [value._repr_html_() for value in values if hasattr(value, "_repr_html_")]
    assert sum("<svg" in page for page in pages) == 4
    assert sum(page.startswith("<iframe") for page in pages) == 2
    low, high = space["checked"].interval
    assert low <= space["made"].about["valid"] <= high
    score = space["scored"].score
    assert score.first >= 0.97 * score.on_roll
    assert (tmp_path / "out/report.html").is_file()
    told = capsys.readouterr().out
    assert "Splink is not installed" in told or "Splink:       Scored(300 lines" in told


def test_the_notebook_is_kept_without_what_a_run_leaves() -> None:
    assert [cell["id"] for cell in CELLS] == sorted({cell["id"] for cell in CELLS})
    code = [cell for cell in CELLS if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_every_verb_that_the_notebook_names_is_there() -> None:
    words = "".join("".join(cell["source"]) for cell in CELLS)
    assert set(re.findall(r"\bbw\.(\w+)\(", words)) <= set(bw.__all__)


def test_what_python_gives_shows_itself_and_obeys_no_text_in_it(tmp_path: Path) -> None:
    head = "voter_id,last_name,first_name,address,status,registration_date"
    (tmp_path / "r.csv").write_text(f"{head}\n1,<b>Quill,Ann,1 Elm St,A,2010-01-01\n", "utf-8")
    (tmp_path / "frame.csv").write_text("sheet,line\n<i>1,1\n2,1\n", "utf-8")
    (tmp_path / "counts.csv").write_text(
        "stratum,raw,sample,valid,duplicates\n<b>Kern,900000,900000,700000,0\n", "utf-8"
    )
    asked = {"kind": "amendment", "on": "2018-04-20"}
    roll = bw.build_roll(tmp_path / "r.csv", tmp_path / "x.roll", taken_on="2018-04-20", place="us-ca")
    shows = {
        "roll": (roll, "<td>voters</td><td>1</td>", "last_name from last_name"),
        "sample": (bw.draw_sample(tmp_path / "frame.csv", seed="1"), "2 of 2 lines", "&lt;i&gt;1-1"),
        "projected": (bw.project_counts(tmp_path / "counts.csv", place="us-ca", **asked), "700,000", "&lt;b&gt;Kern"),
        "rules": (bw.rules_in_force("us-ca", **asked), "signatures required", "Elec. Code"),
    }
    for name, (value, *words) in shows.items():
        page = value._repr_html_()
        assert page.startswith("<table>"), name
        assert not {"<b>", "<i>"} & set(re.findall(r"<\w>", page)), name
        assert [word for word in words if word not in page] == [], name
    assert "Quill" not in roll._repr_html_()
