"""The sample by hash order: the shell redraws it, order does not matter, bad input is refused."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ballotworthy.cli.draw import draw as draw_command
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.petition.framed_file import read_frame
from ballotworthy.stats import draw

IDS = [f"{sheet}-{line}" for sheet in range(1, 21) for line in range(1, 11)]
SHORT_LINE_IDS = st.lists(st.text("0123456789-", min_size=1, max_size=6), unique=True, max_size=30)

app = typer.Typer()
app.command()(draw_command)
runner = CliRunner()


def test_shell_command_of_the_docstring_redraws_the_sample(tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("\n".join(IDS) + "\n")
    script = "\n".join(re.findall(r"^    (.*)$", inspect.getdoc(inspect.getmodule(draw)) or "", re.MULTILINE))
    assert "sha256sum" in script
    shell = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"SEED": "31 41 59; $(x)", "N": "25"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shell.stdout.splitlines() == draw("31 41 59; $(x)", IDS, 25)


@given(st.permutations(IDS[:30]))
def test_order_of_the_frame_does_not_matter(ids: list[str]) -> None:
    assert draw("seed", ids, 10) == draw("seed", IDS[:30], 10)


@given(SHORT_LINE_IDS, st.text(min_size=1).filter(lambda text: text.strip() and "\n" not in text))
def test_smaller_sample_begins_the_greater(ids: list[str], seed: str) -> None:
    whole = draw(seed, ids, len(ids))
    assert sorted(whole) == sorted(ids)
    assert draw(seed, ids, len(ids) // 2) == whole[: len(ids) // 2]


def test_another_seed_draws_another_sample() -> None:
    assert draw("1", IDS, 20) != draw("2", IDS, 20)


def test_each_line_is_drawn_about_equally_often() -> None:
    times = dict.fromkeys(IDS[:20], 0)
    for seed in range(2_000):
        for line in draw(str(seed), IDS[:20], 5):
            times[line] += 1
    assert all(abs(count - 500) < 5 * (2_000 * 0.25 * 0.75) ** 0.5 for count in times.values())


@pytest.mark.parametrize(
    ("seed", "ids", "n", "words"),
    [
        ("", IDS, 1, "seed is empty"),
        (" \t", IDS, 1, "seed is empty"),
        ("s", ["1-1", "1-2", "1-1"], 1, r"more than once \(1-1\)"),
        ("s", IDS, 201, "cannot draw 201 of 200"),
        ("s", IDS, -1, "cannot draw -1"),
        ("s", ["1\n2"], 1, "line break"),
        ("s\n", IDS, 1, "line break"),
    ],
)
def test_what_cannot_be_drawn_is_refused(seed: str, ids: list[str], n: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        draw(seed, ids, n)


def write(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


def lines_csv(path: Path) -> str:
    rows = [f"{line.replace('-', ',')},{'Kern' if index < 150 else 'Yolo'}" for index, line in enumerate(IDS)]
    return write(path, "sheet,line,county\n" + "\n".join(rows) + "\n")


def test_command_prints_the_sample_and_nothing_else_to_stdout(tmp_path: Path) -> None:
    result = runner.invoke(app, [lines_csv(tmp_path / "f.csv"), "--seed", "s", "-n", "7"])
    assert result.stdout.splitlines() == draw("s", IDS, 7)
    assert "7 of 200 lines; fingerprint of the frame" in result.stderr


def test_table_and_text_draw_alike(tmp_path: Path) -> None:
    text = write(tmp_path / "ids.txt", "\n".join(IDS))
    from_text = runner.invoke(app, [text, "--seed", "s", "-n", "7"])
    from_table = runner.invoke(app, [lines_csv(tmp_path / "f.csv"), "--seed", "s", "-n", "7"])
    assert from_text.stdout == from_table.stdout


def test_law_sizes_the_sample_of_each_stratum(tmp_path: Path) -> None:
    rows = [f"{i},1,{'Kern' if i <= 600 else 'Yolo'}" for i in range(1, 701)]
    frame = write(tmp_path / "f.csv", "sheet,line,county\n" + "\n".join(rows))
    where = ["--place", "us-ca", "--kind", "statute", "--on", "2018-04-20"]
    answer = json.loads(runner.invoke(app, [frame, "--seed", "s", *where, "--json"]).stdout)
    of = {name: [line["id"] for line in answer["sample"] if line["stratum"] == name] for name in ("Kern", "Yolo")}
    assert (len(of["Kern"]), len(of["Yolo"]), answer["n"]) == (500, 100, 600)
    assert of["Kern"] == draw("s", [f"{i}-1" for i in range(1, 601)], 500)
    assert answer["rule"]["source"] == "Elec. Code § 9030(d)"


@pytest.mark.parametrize(("filed", "drawn"), [(500, 500), (501, 500), (5_001, 500), (5_009, 500), (5_010, 501)])
def test_illinois_draws_500_until_a_tenth_is_more(tmp_path: Path, filed: int, drawn: int) -> None:
    rows = [f"{at},1,Cook" for at in range(1, filed + 1)]
    frame = write(tmp_path / "f.csv", "sheet,line,election jurisdiction\n" + "\n".join(rows))
    where = ["--place", "us-il", "--kind", "advisory", "--on", "2024-05-01"]
    answer = json.loads(runner.invoke(app, [frame, "--seed", "s", *where, "--json"]).stdout)
    assert (answer["n"], len(answer["sample"])) == (drawn, drawn)


def test_one_statewide_sample_needs_no_column(tmp_path: Path) -> None:
    where = ["--place", "us-wa", "--kind", "initiative", "--on", "2018-04-20"]
    result = runner.invoke(app, [lines_csv(tmp_path / "f.csv"), "--seed", "s", *where])
    assert result.stdout.splitlines() == draw("s", IDS, 6)


@pytest.mark.parametrize("options", [[], ["-n", "3", "--place", "us-ca"], ["--place", "us-ca", "--kind", "statute"]])
def test_size_comes_from_one_place(tmp_path: Path, options: list[str]) -> None:
    result = runner.invoke(app, [lines_csv(tmp_path / "f.csv"), "--seed", "s", *options])
    assert isinstance(result.exception, InputError)
    assert "either -n N, or --place" in str(result.exception)


def test_missing_columns_and_cells_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="column county: there is no such column"):
        read_frame(Path(write(tmp_path / "b.csv", "sheet,line\n1,1\n")), "county")
    with pytest.raises(FileFaults, match="line 3, column line: the cell is empty"):
        read_frame(Path(write(tmp_path / "c.csv", "sheet,line\n1,1\n2,\n")), None)


def test_lines_without_numbers_are_numbered_by_row(tmp_path: Path) -> None:
    assert read_frame(Path(write(tmp_path / "a.csv", "name\nx\ny\n")), None).ids == ("1-1", "1-2")
    assert read_frame(Path(write(tmp_path / "b.csv", "sheet,name\n7,x\n8,y\n7,z\n")), None).ids == ("7-1", "8-1", "7-2")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", "sheet,line\n1,1\n01,1\n1,1.0\n2,1\n"), ("a.txt", "1-1\n01-1\n1-01.0\n2-1\n")],
)
def test_one_line_written_in_two_ways_is_not_drawn_from_twice(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(FileFaults, match="2 faults") as caught:
        read_frame(Path(write(tmp_path / name, text)), None)
    first = 3 if name == "a.csv" else 2
    assert [fault.line for fault in caught.value.faults] == [first, first + 1]


def test_a_frame_is_the_same_however_a_program_writes_its_numbers(tmp_path: Path) -> None:
    text = "sheet,line,name\n1,1.0,A\n1.0,2,B\n01,10,C\n2,1,D\nTotal,4,\n"
    assert read_frame(Path(write(tmp_path / "a.csv", text)), None).ids == ("1-1", "1-2", "1-10", "2-1")
    told = "1 row of the lines file that only add up others were left out."
    drawn = runner.invoke(app, [str(tmp_path / "a.csv"), "--seed", "s", "-n", "2"])
    assert (len(drawn.stdout.splitlines()), f"Note: {told}" in drawn.stderr) == (2, True)
    drawn = runner.invoke(app, [str(tmp_path / "a.csv"), "--seed", "s", "-n", "2", "--json"])
    assert json.loads(drawn.stdout)["remarks"] == [told]


def test_blank_lines_that_are_drawn_from_or_left_out_by_law_are_told(tmp_path: Path) -> None:
    frame = write(tmp_path / "f.csv", "sheet,line,name,county\n1,1,Ann,Kern\n1,2,,Kern\n1,3,,Kern\n")
    drawn = runner.invoke(app, [frame, "--seed", "s", "-n", "3"])
    assert "Note: 2 lines have no name and no address and are drawn from all the same." in drawn.stderr
    drawn = runner.invoke(app, [frame, "--seed", "s", "--place", "us-ca", "--kind", "statute", "--on", "2018-04-20"])
    assert "Note: 2 blank or struck lines are not in the frame: the law counts none as filed." in drawn.stderr


def test_text_without_ids_or_strata_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line ids"):
        read_frame(Path(write(tmp_path / "a.txt", "\n \n")), None)
    with pytest.raises(InputError, match="tells no county"):
        read_frame(Path(write(tmp_path / "b.txt", "1-1\n")), "county")
    with pytest.raises(InputError, match="there is no file"):
        read_frame(tmp_path / "none.txt", None)
    (tmp_path / "latin.txt").write_bytes(b"1-\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_frame(tmp_path / "latin.txt", None)


@pytest.mark.parametrize("heading", ["id", "Line ID", '"sheet","line"', "sheet,line,name", "sheet\tline"])
def test_headings_of_a_text_of_ids_are_no_line(tmp_path: Path, heading: str) -> None:
    drawn = runner.invoke(app, [write(tmp_path / "a.txt", f"{heading}\n1-1\n1-2\n"), "--seed", "s", "-n", "2"])
    assert "line 1: headings seem to stand there" in str(drawn.exception)


def test_a_text_of_ids_with_names_behind_them_is_refused_without_a_name(tmp_path: Path) -> None:
    drawn = runner.invoke(app, [write(tmp_path / "a.txt", "1-1\n1-2,Quill\n"), "--seed", "s", "-n", "2"])
    assert "line 2: more than an id seems to stand there" in str(drawn.exception)
    assert "Quill" not in str(drawn.exception)


Ticket = Callable[[str, str], str]


def by_ticket(ticket: Ticket, seed: str, ids: Sequence[str], n: int) -> list[str]:
    """Draw as both methods do: give each id a ticket, sort by it, take the first."""
    return sorted(ids, key=lambda line: ticket(seed, line))[:n]


def ours(seed: str, line: str) -> str:
    return sha256(f"{seed}:{line}".encode()).hexdigest()


def of_consistent_sampler(seed: str, line: str) -> str:
    """Give the ticket of consistent-sampler 1.0.10: SHA-256 of the seed's SHA-256 and the id, digits backwards."""
    number = int(sha256((sha256(seed.encode()).hexdigest() + line).encode()).hexdigest(), 16)
    return f"{number:064d}"[::-1]


def test_the_method_is_that_of_consistent_sampler_but_for_the_ticket() -> None:
    """Its published vector: ids b0 to b9, seed 314159, the first five without replacement, and their tickets."""
    ids = [f"b{number}" for number in range(10)]
    published = ["b8", "b1", "b6", "b2", "b0"]
    assert by_ticket(of_consistent_sampler, "314159", ids, 5) == published
    assert [of_consistent_sampler("314159", line)[:9] for line in published] == [
        "038572840",
        "089035675",
        "169142868",
        "218547891",
        "240535787",
    ]
    assert by_ticket(ours, "314159", ids, 5) == draw("314159", ids, 5) != published
