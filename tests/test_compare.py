"""The comparison viewer: weights add up beside the cells they come from, and a page without names holds none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError

APP = build_app(("compare",))
HEADINGS = "sheet,line,name,address,city,zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an invented petition and its roll."""
    made = tmp_path_factory.mktemp("compare")
    about = bw.simulate_petition(made / "invented", voters=1_500, lines=300, seed="compare").about
    bw.build_roll(made / "invented/roll.csv", made / "x.roll", place="us-ca", taken_on=about["roll_taken_on"])
    return made


def run(folder: Path, *more: str, lines: str = "invented/lines.csv") -> Result:
    return CliRunner().invoke(
        APP, ["compare", str(folder / lines), "--roll", str(folder / "x.roll"), "-o", str(folder / "page.html"), *more]
    )


def page(folder: Path, *more: str, lines: str = "invented/lines.csv") -> str:
    done = run(folder, *more, lines=lines)
    assert done.exit_code == 0, done.output
    return (folder / "page.html").read_text("utf-8")


def cells(folder: Path, name: str) -> set[str]:
    """Give what of persons stands in a file, as words long enough not to be found by chance."""
    table = pl.read_csv(folder / "invented" / name, infer_schema=False)
    own = [column for column in table.columns if column not in ("sheet", "line", "county", "status", "circulator")]
    return {cell for column in own for cell in table[column].drop_nulls() if len(cell) >= 4}


def test_patterns_hold_every_line_once(folder: Path) -> None:
    told = json.loads(run(folder, "--json").stdout)
    shown = told["patterns"]
    assert sum(each["lines"] for each in shown) + told["left_out"]["lines"] == told["lines"] == 300
    assert len({tuple(each["compared"].items()) for each in shown}) == len(shown)
    assert all(1 <= len(each["shown"]) == min(each["lines"], 3) for each in shown)
    found = [each["weight"] for each in shown if each["compared"]]
    assert found == sorted(found, reverse=True)
    assert not cells(folder, "lines.csv") & set(re.findall(r'"([^"]+)"', json.dumps(told))) - {"none"}


def test_weights_of_fields_add_up_to_the_weight_of_the_voter(folder: Path) -> None:
    sheet, line = pl.read_csv(folder / "invented/truth.csv", infer_schema=False).row(0)[:2]
    html = page(folder, "--line", f"{sheet}-{line}")
    heads = [float(weight) for weight in re.findall(r"<small>[^<]*, ([+-][\d.]+) bits</small>", html)]
    columns: list[list[float]] = [[] for _ in heads]
    for row in re.findall(r"(?s)<tr><td>.*?</tr>", html):
        for column, cell in zip(columns, re.findall(r"(?s)<td[^>]*>(.*?)</td>", row)[2:], strict=True):
            column += [float(bits) for bits in re.findall(r"<b>([+-][\d.]+)</b>", cell)]
    assert heads
    assert [sum(column) for column in columns] == [pytest.approx(weight, abs=0.5) for weight in heads]
    voter = re.search(r"voter (\S+?)<small>", html)
    assert voter is not None
    assert voter[1] in pl.read_csv(folder / "invented/roll.csv", infer_schema=False).to_series(0).to_list()


def test_a_page_without_names_holds_nothing_of_a_person(folder: Path) -> None:
    whole, nameless = page(folder), page(folder, "--without-names")
    assert sum(cell in whole for cell in cells(folder, "lines.csv")) > 50
    text = re.sub(r"(?s)<style>.*?</style>|<[^>]+>", "\n", nameless)
    words = set(re.findall(r"[^\s,]+", text)) | {each.strip() for each in text.splitlines()}
    persons = cells(folder, "lines.csv") | cells(folder, "roll.csv")
    assert not persons & words - {"street", "name", "none", "unit", "last", "first"}
    assert nameless.count("<details") == whole.count("<details")


@pytest.mark.parametrize("more", [(), ("--without-names",)])
def test_the_page_stands_alone_and_runs_nothing(folder: Path, more: tuple[str, ...]) -> None:
    html = page(folder, *more)
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|src=|https?://", html)


def test_a_page_with_names_is_for_its_owner_alone(folder: Path) -> None:
    page(folder)
    assert (folder / "page.html").stat().st_mode & 0o077 == 0
    page(folder, "--without-names")
    assert (folder / "page.html").stat().st_mode & 0o044


def test_a_hostile_cell_is_shown_and_does_nothing(folder: Path) -> None:
    (folder / "hostile.csv").write_text(f"{HEADINGS}\n1,1,<b>Ann\u202e Ash</b>\x1b,1 Elm St,Kern,90001\n", "utf-8")
    html = page(folder, lines="hostile.csv")
    assert "&lt;b&gt;Ann‹U+202E› Ash&lt;/b&gt;‹ESC›" in html
    assert not set("\u202e\x1b") & set(html)


def test_lines_of_whom_nobody_is_found_are_shown_last(folder: Path) -> None:
    (folder / "empty.csv").write_text(f"{HEADINGS}\n1,1,,,,\n1,2,,,,\n", "utf-8")
    assert "nobody was found" in page(folder, lines="empty.csv")


def test_a_line_that_is_not_there_is_refused_and_nothing_is_written(folder: Path) -> None:
    (folder / "page.html").unlink(missing_ok=True)
    refused = run(folder, "--line", "1-1", "--line", "999-9").exception
    assert isinstance(refused, InputError)
    assert "there is no line 999-9" in str(refused)
    assert not (folder / "page.html").exists()


def test_a_folder_is_no_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for out in (".", "invented"):
        refused = CliRunner().invoke(
            APP, ["compare", "invented/lines.csv", "--roll", "x.roll", "-o", out]
        ).exception  # fmt: skip
        assert isinstance(refused, InputError)
        assert "is a folder. Name the file to write." in str(refused)


def test_python_gives_the_same_page(folder: Path) -> None:
    done = bw.compare_lines(folder / "invented/lines.csv", folder / "x.roll", names=False)
    assert done.page() == page(folder, "--without-names")
    assert done.to_dict() == json.loads(run(folder, "--json", "--without-names").stdout)
    assert repr(done).startswith("Compared(300 lines in ")
    assert "<iframe" in done._repr_html_()
