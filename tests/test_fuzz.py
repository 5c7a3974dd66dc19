"""A short form of tools/fuzz.py: a thousand spoilt files of every kind, and each reader answers or refuses."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import fuzz
from fuzz_seeds import Seed

import vote_files
from ballotworthy.errors import InputError
from ballotworthy.law.reading import read_law_file
from ballotworthy.match.told import read_beliefs
from ballotworthy.measure.reading import read_measure
from ballotworthy.sheets.measure_text import read_measure as read_words
from ballotworthy.verbs.vote_audit import start_audit
from ballotworthy.verbs.vote_count import count_vote
from ballotworthy.vote import Numbers
from ballotworthy.vote.audit import open_audit
from ballotworthy.vote.terms import START


def test_what_is_spoilt_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz.blocks, "WORTH_CUTTING", fuzz.blocks.WORTH_CUTTING)  # put back afterwards
    broken, told = fuzz.fuzz(0, 2000)
    assert not broken, "\n".join(map(str, broken))
    assert all(sum(ends.values()) > 10 for ends in told.values())
    assert sum(ends["refused"] for ends in told.values()) > 800


@pytest.mark.parametrize(
    ("error", "told"),
    [(ValueError("five"), "ValueError: five"), (RecursionError(), "RecursionError"), (InputError(" "), "refused")],
)
def test_what_breaks_is_told_with_its_seed(
    error: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Path) -> None:
        raise error

    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(fuzz, "seeds", lambda _: [Seed("x", path, (path,), breaks)])
    monkeypatch.setattr(fuzz.blocks, "WORTH_CUTTING", 1)
    broken, _ = fuzz.fuzz(7, 1)
    assert [(each.seed, each.name) for each in broken] == [(7, "x")]
    assert told in str(broken[0])


def test_a_seed_spoils_the_same_bytes_alike() -> None:
    data = b"sheet,line,name\n1,1,Ann Lee\n" * 20
    assert [fuzz.spoilt(data, random.Random(at)) for at in range(50)] == [
        fuzz.spoilt(data, random.Random(at)) for at in range(50)
    ]
    assert len({fuzz.spoilt(data, random.Random(at)) for at in range(50)}) > 40


READERS = {
    "law.toml": (read_law_file, "a = " + "9" * 5000),
    "measure.toml": (read_measure, "a = " + "9" * 5000),
    "weights.json": (read_beliefs, "[" * 100_000),
    "text.toml": (read_words, "a = " + "9" * 5000),
    "clear.csv": (
        lambda path: count_vote([path]),
        "RowNumber,BoxID,BoxPosition,BallotID,ScanComputerName,"
        "Choice_1_1:A:Vote For 1:Yes:X,Choice_1_2:A:Vote For 1:No:X\n"
        "1,1,\u0663,1-1-3,101,1,0\n",
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_what_broke_once_is_refused(name: str, tmp_path: Path) -> None:
    read, text = READERS[name]
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape(name)):
        read(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match=re.escape(name)):
        read(path)


def test_a_contest_of_a_number_of_votes_of_thousands_of_digits_is_no_measure(tmp_path: Path) -> None:
    (path,) = vote_files.CARDS["dominion-csv"](tmp_path, vote_files.cards(4))
    path.write_text(path.read_text("utf-8").replace("Roads (Vote For=1)", f"Roads (Vote For={'9' * 5000})"), "utf-8")
    with pytest.raises(InputError, match="Known: Question 2"):
        count_vote([path], measure="Measure A: Roads")


@pytest.mark.parametrize(("name", "value"), [("yes", "many"), ("no", "1/0"), ("yes", []), ("of", 4)])
def test_an_audit_whose_terms_hold_no_number_where_one_must_be_is_refused(
    name: str, value: object, tmp_path: Path
) -> None:
    numbers = Numbers(yes=6, no=2)
    start_audit(tmp_path / "audit", vote_files.manifest(tmp_path, vote_files.cards(8)), "yes_of_valid:>1/2", numbers)
    terms = tmp_path / "audit" / START
    said = json.loads(terms.read_text("utf-8"))
    said["terms"]["numbers"][name] = value
    terms.write_text(json.dumps(said), "utf-8")
    with pytest.raises(InputError, match=re.escape(START)):
        open_audit(tmp_path / "audit")
