"""What is no plain file, is too large, or changes while it is read is refused before it costs anything."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.files.given import LIMITS, Limits, given_bytes, set_limits
from ballotworthy.files.tables import read_table
from checked import run

LINES = "sheet,line,name\n1,1,Ann Kerr\n1,2,Bo Lee\n"


@pytest.fixture(autouse=True)
def limits_as_they_were() -> Iterator[None]:
    """Put the limits back."""
    before = LIMITS.set(Limits())
    yield
    LIMITS.reset(before)


@pytest.mark.parametrize(("name", "said"), [("/dev/zero", "a device"), ("/dev/null", "a device"), ("/tmp", "a folder")])  # noqa: S108
def test_what_is_no_file_is_refused_by_verbs_that_read_one(tmp_path: Path, name: str, said: str) -> None:
    for words in (["draw", name, "--seed", "1", "-n", "1"], ["roll", "build", name, "-o", tmp_path / "x.roll"]):
        code, told = run(*words)
        assert code == 2
        assert said in told
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_that_nobody_writes_into_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lines.csv")
    with pytest.raises(InputError, match="is a pipe"):
        given_bytes(tmp_path / "lines.csv")


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(LINES, "utf-8")
    real = os.fstat

    def grown(handle: int) -> Any:
        facts = real(handle)
        path.write_text(LINES + "1,3,Cy Poe\n", "utf-8")
        return facts

    monkeypatch.setattr("ballotworthy.files.given.os.fstat", grown)
    with pytest.raises(InputError, match="was changed while it was read"):
        given_bytes(path)


@pytest.mark.parametrize(
    ("limit", "said"),
    [("rows=2", "3 rows, and 2 are"), ("cells=5", "9 cells, and 5 are"), ("columns=2", "3 columns, and 2 are"),
     ("bytes=10", "bytes, and 10 are")],
)  # fmt: skip
def test_a_table_beyond_a_limit_is_refused_and_read_once_the_limit_is_raised(
    tmp_path: Path, limit: str, said: str
) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(LINES, "utf-8")
    code, told = run("--limit", limit, "draw", path, "--seed", "1", "-n", "1")
    assert (code, said in told) == (2, True), told
    assert f"--limit {limit.partition('=')[0]}=" in told
    again = told.partition("--limit ")[2].split()[0]
    assert run("--limit", again, "draw", path, "--seed", "1", "-n", "1")[0] == 0


def test_the_limits_hold_for_parquet_before_it_is_unpacked(tmp_path: Path) -> None:
    pl.DataFrame({"name": ["Ann"] * 100_000}).write_parquet(tmp_path / "f.parquet")
    set_limits(["rows=1000"])
    with pytest.raises(InputError, match="100,000 rows, and 1,000 are"):
        read_table(tmp_path / "f.parquet")


@pytest.mark.parametrize(
    "wrong", ["rows", "rows=", "rows=-1", "rows=1.5", "lines=3", "bytes=99999999999999999999", "=1"]
)
def test_a_limit_of_another_form_is_refused(wrong: str) -> None:
    code, told = run("--limit", wrong, "draw", "none.csv", "--seed", "1")
    assert (code, "NAME is one of rows, cells, columns, bytes" in told) == (2, True)


def test_a_damaged_parquet_is_told(tmp_path: Path) -> None:
    whole = io.BytesIO()
    pl.DataFrame({"name": [f"Ann {at}" for at in range(500)], "line": range(500)}).write_parquet(whole)
    data = whole.getvalue()
    for at in range(0, len(data), max(1, len(data) // 16)):
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        (tmp_path / "f.parquet").write_bytes(bytes(damaged) if at % 2 else data[:at])
        with suppress(FileFaults):  # any other end fails the test
            assert read_table(tmp_path / "f.parquet").frame.height == 500


def test_a_rule_that_the_law_does_not_hold_is_given_and_one_that_it_holds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text("voter_id,name\n1,Ann Quill\n", "utf-8")
    (tmp_path / "lines.csv").write_text("sheet,line,name\n1,1,Ann Quill\n", "utf-8")
    assert run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2018-04-20", "-o", tmp_path / "x.roll")[0] == 0
    asked = [
        "check",
        tmp_path / "lines.csv",
        "--roll",
        tmp_path / "x.roll",
        "--kind",
        "amendment",
        "--on",
        "2018-04-20",
    ]
    asked += ["-o", tmp_path / "out", "--place", "us-ca", "--rule"]
    code, told = run(*asked, "insufficient_below=0.95")
    assert code == 2
    assert "holds insufficient_below already" in told
    code, told = run(*asked, "sample_rule=nonsense")
    assert code == 2
    assert "sample_rule" in told
    assert run(*asked, "districts_needed=3")[0] == 0


def test_a_map_the_wrong_way_round_and_a_file_in_place_of_a_roll_are_told_how(tmp_path: Path) -> None:
    file = tmp_path / "voters.csv"
    file.write_text("Nr,Familie\n1,Quill\n", "utf-8")
    code, told = run(
        "roll", "build", file, "--taken-on", "2018-04-20", "-o", tmp_path / "x.roll", "--map", "Familie=last_name"
    )
    assert code == 2
    assert "The field comes first: --map last_name=Familie." in told
    assert f"Build one: ballotworthy roll build {file}" in run("roll", "find", file, "quill")[1]
