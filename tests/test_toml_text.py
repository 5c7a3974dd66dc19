"""Whatever stands in the place of a TOML file that a user gives: each reader tells it in words, and none waits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ballotworthy.errors import InputError
from ballotworthy.law.reading import read_law_file
from ballotworthy.match.further.declared import declared
from ballotworthy.measure.reading import read_measure
from ballotworthy.roll.place_format import place_format
from ballotworthy.sheets.foreign import read_form
from ballotworthy.sheets.measure_text import read_measure as read_words

READERS = (read_law_file, declared, read_measure, read_form, read_words)
CONTENTS = {
    "a number without end": b"place = " + b"9" * 5_000,
    "depth": b"place = " + b"[" * 5_000,
    "no TOML": b'place = "us-ca',
    "no UTF-8": b'name = "\xff"',
    "nothing": b"",
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__}")
@pytest.mark.parametrize("content", CONTENTS)
def test_a_file_that_is_none_is_told(reader: Callable[[Path], object], content: str, tmp_path: Path) -> None:
    file = tmp_path / "given.toml"
    file.write_bytes(CONTENTS[content])
    with pytest.raises(InputError, match=r"given\.toml cannot be used"):
        reader(file)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__}")
def test_a_pipe_a_device_a_folder_and_a_name_of_nothing_are_told(
    reader: Callable[[Path], object], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path / "pipe", "is a pipe"), (Path("/dev/zero"), "is a device"), (tmp_path, "is a folder"),
        (tmp_path / "none.toml", "there is no file"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=words):
            reader(path)


def test_the_place_is_told_and_a_mark_at_the_beginning_is_none(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_bytes(b'\xef\xbb\xbftitle = "A"\r\nsummary = "B"\r\n')
    assert read_words(file).summary == "B"
    file.write_bytes(b'title = "A"\nsummary = B\n')
    with pytest.raises(InputError, match="line 2, column 11: it is no TOML"):
        read_words(file)


def test_a_place_of_ones_own_is_told_that_its_roll_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALLOTWORTHY_PLACES", str(tmp_path))
    (tmp_path / "us-own").mkdir()
    (tmp_path / "us-own/law.toml").write_text("")
    (tmp_path / "us-own/roll.toml").write_text("[columns]\nlast_name = Last\n")
    with pytest.raises(InputError, match=r"roll\.toml cannot be used: 1 fault\.\n  line 2, column 13"):
        place_format("us-own")
