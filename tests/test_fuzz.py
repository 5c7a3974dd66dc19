"""A short form of tools/fuzz.py: a thousand spoilt files of every kind, and each reader answers or refuses."""

from __future__ import annotations

import hashlib
import json
import random
import re
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import fuzz
import fuzz_guided
from case_by_verbs import noon
from fuzz_seed import TODAY, Seed

import vote_files
from ballotworthy.casework.room import enter
from ballotworthy.errors import InputError
from ballotworthy.law.reading import read_law_file
from ballotworthy.match.told import read_beliefs
from ballotworthy.measure.reading import read_measure
from ballotworthy.risk_check.asked import Asked
from ballotworthy.risk_check.running import open_check
from ballotworthy.sheets.foreign import read_form
from ballotworthy.sheets.measure_text import read_measure as read_words
from ballotworthy.sufficiency.counts import read_counts
from ballotworthy.sufficiency.strike import read_struck
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_second import name_second_key
from ballotworthy.verbs.risk_start import start_risk_check
from ballotworthy.verbs.vote_audit import start_audit
from ballotworthy.verbs.vote_count import count_vote
from ballotworthy.vote import Numbers
from ballotworthy.vote.audit import open_audit
from ballotworthy.vote.terms import START


def test_what_is_spoilt_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz.blocks, "WORTH_CUTTING", fuzz.blocks.WORTH_CUTTING)  # put back afterwards
    broken, told = fuzz.fuzz(0, 1000)
    assert not broken, "\n".join(map(str, broken))
    assert all(sum(ends.values()) > 5 for ends in told.values())
    assert sum(ends["refused"] for ends in told.values()) > 400


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
    "form.toml": (read_form, "a = " + "9" * 5000),
    "parts.toml": (read_form, f"{'.'.join('a' * 20_000)} = 1"),
    "nested.toml": (read_form, "a = " + "[" * 5000),
    "struck.csv": (read_struck, "stratum,line,Stratum,was\nall,1-1,all,valid\n"),
    "counts.csv": (read_counts, "stratum,raw,sample,valid,duplicates,Raw\nall,10,5,4,0,10\n"),
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


def test_a_log_of_a_check_whose_last_event_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "frame.txt").write_text("".join(f"1-{at}\n" for at in range(20)))
    start_risk_check(tmp_path / "check", tmp_path / "frame.txt", Asked(unlinked=0, expected_valid=15), required=8)
    log = tmp_path / "check/log.jsonl"
    before = hashlib.sha256(log.read_bytes().rstrip(b"\n")).hexdigest()
    for event in ({}, {"event": "next"}, {"event": "next", "lines": [7]}, {"event": "tell", "rulings": [[]]}):
        log.write_text(log.read_text().splitlines()[0] + "\n" + json.dumps({"before": before, **event}) + "\n")
        with pytest.raises(InputError, match=r"log\.jsonl holds what no check writes"):
            open_check(tmp_path / "check")


def test_a_record_whose_first_batch_lacks_its_end_holds_no_case(tmp_path: Path) -> None:
    opening = Opening(case="1", office="o", measure="m", place="zz-example", kind="initiative", on=TODAY)
    open_case(tmp_path / "case", opening, clock=noon, by="ann")
    record = tmp_path / "case/case.record"
    record.write_bytes(record.read_bytes().splitlines(keepends=True)[0])
    room = enter(tmp_path / "case", noon)
    for asked in (room.case, room.at, lambda: name_second_key(room, "bob", tmp_path / "bob.key", by="ann")):
        with pytest.raises(InputError, match="holds no whole event"):
            asked()


@pytest.mark.skipif(find_spec("pypdfium2") is None, reason="reading scans needs the extra scan")
def test_a_page_that_is_broken_is_told_with_its_number(tmp_path: Path) -> None:
    from PIL import Image

    from ballotworthy.scan.pages import pages_of

    pdf, tif = tmp_path / "page.pdf", tmp_path / "page.tif"
    for path in (pdf, tif):
        Image.new("L", (60, 80), 255).save(path)
    pdf.write_bytes(pdf.read_bytes().replace(b"/Kids", b"/Kidz"))
    data = bytearray(tif.read_bytes())
    (first,) = struct.unpack_from("<I", data, 4)
    (entries,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * entries, len(data))  # a second page, of which nothing is told
    tif.write_bytes(data + b"\0" * 6)
    told = {path.name: [(page.number, page.fault) for page in pages_of(path)] for path in (pdf, tif)}
    assert told["page.pdf"] == [(1, "it is a broken page; scan it again")]
    assert [number for number, fault in told["page.tif"] if fault] == [1]
    assert "broken" in told["page.tif"][-1][1]


def test_the_guided_runs_say_how_to_get_what_they_need(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz_guided, "find_spec", lambda _: None)
    assert fuzz_guided.main(["law.toml"]) == 2
    assert "pip install atheris" in capsys.readouterr().err
