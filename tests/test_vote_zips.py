"""Zips of many small files are read by their directory, as Python's own reader reads them, or refused."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ballotworthy.errors import InputError
from ballotworthy.vote.formats import blocks, zip_directory, zips
from ballotworthy.vote.formats.bundle import members
from ballotworthy.vote.results import Results
from test_vote_alike import both, told
from vote_files import CARDS, cards

GIVEN = cards(12)


def packed(*, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = comment
        archive.writestr("folder/", "")
        for at in range(5):
            archive.writestr(f"folder/{5 - at}.xml", f"<a>{at}</a>" * (3000 * at))
        archive.writestr("__MACOSX/folder/1.xml", "no")
    return buffer.getvalue()


def contents(path: Path) -> list[tuple[str, str, str, bytes]] | str:
    try:
        return [(each.name, each.base, each.group, each.read()) for each in members(path)]
    except InputError as error:
        return str(error)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (packed(), True),
        (packed(method=zipfile.ZIP_STORED), True),
        (packed(method=zipfile.ZIP_BZIP2), False),
        (packed(comment=b"made by a machine"), False),
        (b"PK\3\4 before" + packed(), False),
    ],
    ids=["deflated", "stored", "bzip2", "comment", "data before it"],
)
def test_files_are_those_that_python_finds(
    given: bytes, plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(given)
    assert (zips.directory_of(lambda at, size: given[at : at + size], len(given)) is not None) == plain
    found = contents(path)
    monkeypatch.setattr(zips, "directory_of", lambda *_: None)
    assert found == contents(path)
    assert not isinstance(found, str)
    assert [base for _, base, _, _ in found] == [f"{at}.xml" for at in range(1, 6)]


def test_more_than_65535_files_are_counted_in_a_record_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here seven are as many as that: six, and a folder."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    monkeypatch.setattr(zip_directory, "FULL", 7)
    given = packed()
    assert b"PK\6\7" in given
    found = zips.directory_of(lambda at, size: given[at : at + size], len(given))
    assert found is not None
    assert found.names == zipfile.ZipFile(io.BytesIO(given)).namelist()


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_zip_is_read_as_python_reads_it_or_refused(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    data = bytearray(packed(method=chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])))
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) - 400, len(data)) if chance.random() < 0.6 else chance.randrange(len(data))
        data[at : at + chance.choice([1, 1, 1, 0, 4])] = bytes([chance.choice([0, 1, 8, 47, 80, 127, 255])])
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = contents(path)
    monkeypatch.setattr(zips, "directory_of", lambda *_: None)
    slow = contents(path)
    if isinstance(found, str):
        return  # a size in the directory that is too large is refused here, and forgiven there
    assert found == slow


def test_a_file_that_swells_beyond_what_its_zip_says_is_refused_before_it_fills_the_memory() -> None:
    data = bytearray(packed())
    directory = zips.directory_of(lambda at, size: bytes(data[at : at + size]), len(data))
    assert directory is not None
    row = directory.numbers[-2].tolist()
    begin = zip_directory.begins_of(bytes(data), directory)[-2]
    row[zip_directory.SIZE] = 10
    with pytest.raises(ValueError, match="not as long"):
        zip_directory.unpacked(bytes(data[begin : begin + row[zip_directory.PACKED]]), row)


def exported(tmp_path: Path, change: Callable[[dict[str, str]], None]) -> Path:
    """Write an export of six files of two sessions each, changed."""
    (folder,) = CARDS["dominion-json"](tmp_path, GIVEN)
    sessions = [
        each for half in (0, 1) for each in json.loads((folder / f"CvrExport_{half}.json").read_text())["Sessions"]
    ]
    texts = {f"CvrExport_{at}.json": json.dumps({"Version": "5", "Sessions": sessions[2 * at : 2 * at + 2]})
             for at in range(6)}  # fmt: skip
    change(texts)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def over_two(texts: dict[str, str]) -> None:
    """Let a session begin in one file and end in the next: together they are well formed, and neither is."""
    one, two = "CvrExport_2.json", "CvrExport_3.json"
    texts[one] = texts[one].removesuffix("}]}") + ', "More": [{}]}'
    texts[two] = texts[two].replace('"Sessions": [', '"Sessions": [{}]}, ')


CHANGES: dict[str, tuple[Callable[[dict[str, str]], object], str]] = {
    "as it is": (dict.copy, ""),
    "an empty file": (lambda texts: texts.update({"CvrExport_2.json": '{"Version": "5", "Sessions": [ ]}'}), ""),
    "a key twice": (lambda texts: texts.update({"CvrExport_1.json": texts["CvrExport_1.json"].replace(
        '"Version"', '"Version": "4", "Version"')}), "the key Version stands twice"),
    "a comma behind the last": (lambda texts: texts.update({"CvrExport_1.json": texts["CvrExport_1.json"].replace(
        "}]}", "}, ]}")}), "CvrExport_1.json"),
    "a session over two files": (over_two, "CvrExport_2.json"),
    "a doubled session": (lambda texts: texts.update({"CvrExport_4.json": texts["CvrExport_1.json"]}),
                          "session 1 of CvrExport_4.json: the card of session 1 of CvrExport_1.json stands here again"),
    "something behind the end": (lambda texts: texts.update({"CvrExport_5.json": texts["CvrExport_5.json"] + "]}"}),
                                 "CvrExport_5.json"),
}  # fmt: skip


@pytest.mark.parametrize("block", [1500, 1 << 20])
@pytest.mark.parametrize("name", CHANGES)
def test_small_files_of_sessions_are_read_together_as_one_by_one(
    name: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, refused = CHANGES[name]
    slow, fast = both(exported(tmp_path, change), monkeypatch, block)
    assert fast[1] == slow[1]
    if refused:
        assert refused in str(fast[0])
        assert re.sub(r"line \d+", "", str(fast[0])) == re.sub(r"line \d+", "", str(slow[0]))
    else:
        assert not isinstance(fast[0], str)


def test_a_file_that_lacks_by_its_number_is_told(tmp_path: Path) -> None:
    folder = exported(tmp_path, dict.copy)
    for at in (1, 3):
        (folder / f"CvrExport_{at}.json").unlink()
    found, _ = told(folder)
    assert isinstance(found, Results)
    assert ["CvrExport_1.json, CvrExport_3.json" in each.what for each in found.remarks] == [True]


def test_a_fault_of_one_file_of_many_names_their_folder_and_that_file(tmp_path: Path) -> None:
    folder = exported(tmp_path, dict.copy)
    path = folder / "CvrExport_1.json"
    path.write_text(path.read_text().replace('"TabulatorId": 101', '"TabulatorId": "101"', 1))
    said = str(told(folder)[0])
    assert said.startswith(f"{folder} cannot be used")
    assert "session 1 of CvrExport_1.json" in said


def test_cards_of_hart_that_are_whole_only_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file lacks its end and another holds two cards: the number of cards is that of the files."""
    monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)
    CARDS["hart-xml"](tmp_path, GIVEN)
    folder = tmp_path / "cards"
    with zipfile.ZipFile(tmp_path / "hart.zip") as archive, zipfile.ZipFile(archive.open("101.zip")) as inner:
        inner.extractall(folder)
    texts = [each.read_text() for each in sorted(folder.iterdir())]
    (folder / "0002.xml").write_text(texts[2].rstrip().removesuffix("</Cvr>"))
    (folder / "0003.xml").write_text(texts[3] + "</Cvr>")
    (folder / "0004.xml").write_text(texts[4] + re.sub("(?s)<\\?.*?>", "", texts[3]).replace("guid-", "guid-x"))
    found, _ = told(folder)
    assert "0002.xml" in str(found)
