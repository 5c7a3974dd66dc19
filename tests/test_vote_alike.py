"""Records that were cut apart and read together say what they say one by one, and odd ones are left to that reader."""

from __future__ import annotations

import json
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.errors import Fault, InputError
from ballotworthy.vote.formats import alike, blocks, ess_ballots, json_parts, read_results, xml_parts
from ballotworthy.vote.results import Results
from vote_files import CARDS, cards

NAMES = ("nist-cvr-json", "nist-cvr-xml", "dominion-json", "hart-xml")
GIVEN = cards(60)
CUT = {"dominion-json": "CvrExport_1.json", "hart-xml": "0003.xml"}


def told(path: Path) -> tuple[Results | str, Any]:
    """Give what a reader says, and all of its cards as plain values."""
    try:
        (found,) = read_results([path])
    except InputError as error:
        return str(error), None
    assert found.cards is not None
    votes = {name: marks.tolist() for name, marks in found.cards.votes.items()}
    return found, (found.cards.frame.to_dicts(), votes, found.remarks, found.others)


def both(path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> tuple[Any, Any]:
    """Read a file record by record, and in blocks."""
    monkeypatch.setattr(blocks, "WORTH_CUTTING", 1 << 40)
    slow = told(path)
    monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)
    monkeypatch.setattr(blocks, "BLOCK", block)
    return slow, told(path)


@pytest.mark.parametrize("block", [1000, 5000, 1 << 20])
@pytest.mark.parametrize("name", NAMES)
def test_blocks_say_what_records_say(name: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = CARDS[name](tmp_path, GIVEN)
    one_by_one = []
    monkeypatch.setattr(json_parts._Text, "items", lambda *_: one_by_one.append(1) or iter(()))
    monkeypatch.setattr(xml_parts, "_items", lambda *_: one_by_one.append(1) or iter(()))
    cut = []
    groups = alike.Block.groups
    monkeypatch.setattr(alike.Block, "groups", lambda self: cut.append(len(self)) or groups(self))
    one = xml_parts.whole
    monkeypatch.setattr(xml_parts, "whole", lambda *given: one_by_one.append(1) or one(*given))
    slow, fast = both(files[0], monkeypatch, block)
    assert sum(cut) == len(GIVEN)
    assert not isinstance(slow[0], str)
    assert fast[1] == slow[1]
    assert len(one_by_one) == (len(GIVEN) if name == "hart-xml" else 0)  # of the reading one by one itself


JUNK = [
    b'"', b"\0", b"\xff", b",,", b"}", b"]", b"[", b"{", b"<", b">", b"\n", b"\\", b"\\u00e9", b"-1", b"1.5", b"null",
    b"true", b'"@id": "now", ', "\u00e9".encode(), "\ue0000\ue000".encode(), b"&amp;", b"<!-- -->", b" ",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_told_alike(name: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = CARDS[name](tmp_path, GIVEN[:12])
    if name == "hart-xml":
        files = [tmp_path / "unpacked"]
        with zipfile.ZipFile(tmp_path / "hart.zip") as archive, zipfile.ZipFile(archive.open("101.zip")) as inner:
            inner.extractall(files[0])
    path = files[0] if files[0].is_file() else files[0] / CUT[name]
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        data[at : at + chance.choice([0, 0, 1, 5])] = chance.choice(JUNK)
    path.write_bytes(bytes(data))
    slow, fast = both(files[0], monkeypatch, chance.choice([300, 2000, 1 << 20]))
    assert fast[1] == slow[1]
    if slow[1] is None and not name.endswith("xml"):  # a record by itself is told in other words than a file
        assert re.sub(r"line \d+", "line", fast[0]) == re.sub(r"line \d+", "line", slow[0])


def test_ids_of_snapshots_that_differ_by_record_are_read_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = CARDS["nist-cvr-json"](tmp_path, GIVEN)
    report = json.loads(path.read_text())
    for at, record in enumerate(report["CVR"]):
        record["CurrentSnapshotId"] = f"{at}-now"
        for snapshot in record["CVRSnapshot"]:
            snapshot["@id"] = f"{at}-{snapshot['@id']}"
    path.write_text(json.dumps(report))
    monkeypatch.setattr(json_parts._Text, "items", lambda *_: pytest.fail("read one by one"))
    slow, fast = both(path, monkeypatch, 1 << 20)
    assert fast[1] == slow[1]
    assert pl.DataFrame(fast[1][0]).height == len(GIVEN)


BALLOTS = [
    ("", ""), ("Undervote, Overvote", "Undervote"), ("Total : 24", "Total : 23"), ("\n4,", "\n4x,"), ("\n4,", '\n"4",'),
    ("\n4,", "\n\n4,"), ("\n4,", "\n 4 ,"), ("\n5,", "\n4,"), (",Machine", ",Else"), ("Total : 24", "24"),
    ("Not Reviewed", ""), ("Total : 24,", "Total : 24,\n25,1"), (",Original Ballot Exception", ",Original"),
    ("\n4,", "\n4,,,"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), BALLOTS)
def test_a_list_of_ballots_of_ess_is_read_alike(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = CARDS["ess-csv"](tmp_path, cards(24))
    text = files[1].read_text()
    assert old in text
    files[1].write_text(text.replace(old, new, 1))
    faults: list[Fault] = []
    fast = ess_ballots._rows(files[1], faults)
    monkeypatch.setattr(ess_ballots, "_together", lambda *_: None)
    slow_faults: list[Fault] = []
    assert fast.equals(ess_ballots._rows(files[1], slow_faults))
    assert faults == slow_faults
