"""Cast-vote records of every vendor: one invented vote has one count, and damage is refused or told."""

from __future__ import annotations

import json
import random
import re
import zipfile
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.verbs.vote_count import CountedVote, count_vote
from vote_files import CARDS, MEASURES, cards, expected, manifest

NAMES = sorted(CARDS)
GIVEN = cards()
LARGEST = {
    "dominion-csv": "cvr.csv", "clear-ballot-csv": "clear.csv", "ess-csv": "ess_cvr.csv",
    "dominion-json": "export/CvrExport_1.json", "hart-xml": "hart.zip", "nist-cvr-json": "cvr.json",
    "nist-cvr-xml": "cvr.xml",
}  # fmt: skip


def totals(counted: CountedVote) -> dict[str, dict[str, int | None]]:
    return {
        name: {side: getattr(count, side) for side in ("yes", "no", "blank", "invalid")}
        for name, count in counted.canvass.totals.items()
    }


def counted_or_refused(files: list[Path], piles: Path | None) -> CountedVote | str:
    try:
        return count_vote(files, manifest=piles)
    except InputError as error:
        return str(error)


TRUE = {name: expected(GIVEN, name) for name in MEASURES}


@pytest.mark.parametrize("name", NAMES)
def test_one_vote_has_one_count_in_every_format(name: str, tmp_path: Path) -> None:
    counted = count_vote(CARDS[name](tmp_path, GIVEN), manifest=manifest(tmp_path, GIVEN))
    assert totals(counted) == TRUE
    assert counted.canvass.ballots == len(GIVEN)
    assert counted.phantoms is not None
    assert (counted.phantoms.without_record, counted.phantoms.without_card) == (0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_tables_by_precinct_and_batch_add_up_to_the_total(name: str, tmp_path: Path) -> None:
    counts = count_vote(CARDS[name](tmp_path, GIVEN), measure=MEASURES[1]).canvass
    for table in (counts.precincts, counts.batches, counts.modes):
        assert {side: table[side].sum() for side in TRUE[MEASURES[1]]} == TRUE[MEASURES[1]]
    assert set(counts.precincts["precinct"]) == {card.precinct for card in GIVEN if MEASURES[1] in card.marks}


@pytest.mark.parametrize("name", ["dominion-csv", "dominion-json", "clear-ballot-csv", "nist-cvr-json"])
def test_ballots_of_a_local_measure_are_those_of_its_styles(name: str, tmp_path: Path) -> None:
    (count,) = count_vote(CARDS[name](tmp_path, GIVEN), measure="Question 2").canvass.totals.values()
    assert count.cast == sum(card.style == "S2" for card in GIVEN)


@pytest.mark.parametrize("share", [0.03, 0.31, 0.5, 0.77, 0.93, 0.995, 0.9999])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_was_cut_is_refused_or_told(name: str, share: float, tmp_path: Path) -> None:
    files = CARDS[name](tmp_path, GIVEN)
    piles = manifest(tmp_path, GIVEN)
    path = tmp_path / LARGEST[name]
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    counted = counted_or_refused(files, piles)
    (tmp_path / "whole").mkdir()
    whole = CARDS[name](tmp_path / "whole", GIVEN)
    if isinstance(counted, str):
        assert path.name in counted
    else:
        assert totals(counted) == TRUE or set(counted.mismatches) - set(count_vote(whole, manifest=piles).mismatches)


@pytest.mark.parametrize("name", NAMES)
def test_a_doubled_record_is_refused(name: str, tmp_path: Path) -> None:
    files = CARDS[name](tmp_path, [*GIVEN, GIVEN[3]])
    if name in ("ess-csv", "hart-xml", "nist-cvr-json", "nist-cvr-xml"):  # these are known by a number of their own
        path = tmp_path / LARGEST[name]
        if name == "hart-xml":
            with zipfile.ZipFile(path) as archive:
                inner = archive.read("101.zip")
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr("999.zip", inner)
        else:
            old, new = {"ess-csv": ("\n25,", "\n4,"), "nist-cvr-json": ('Id": "25"', 'Id": "4"'),
                        "nist-cvr-xml": ("Id>25<", "Id>4<")}[name]  # fmt: skip
            path.write_text(path.read_text().replace(old, new))
    with pytest.raises(InputError, match=r"stands here again|stand in two"):
        count_vote(files)


FIRST = r"(?m)^1,(.*),0,0$"
WRONG = {
    "dominion-csv": [
        (r"(?m)1,0,,$", "2,0,,"),
        (FIRST, r"1,\1,NaN,0"),
        (FIRST, r"1,\1,-1,0"),
        (FIRST, r"1,\1,99999999999999999999,0"),
        (FIRST, r"1,\1,,0"),
        (r"(?m)^3,101,1,3", "3,,1,3"),
        (r"(?m)^3,101,1,3", "3,101,1,x\n3,101,1,3"),
        (r"CvrNumber", "Number"),
    ],
    "clear-ballot-csv": [
        (FIRST, r"1,\1,NaN,0"),
        (FIRST, r"1,\1,-1,0"),
        (FIRST, r"1,\1,,0"),
        (r"(?m)^2,1,2", "2,1,two"),
        (r"BoxID", "Box"),
        (r"Vote For 1:Yes", "Yes"),
    ],
    "ess-csv": [(r"(?m)^5,", "-5,"), (r"(?m)^5,", "NaN,"), (r"(?m)^5,", ","), (r"Cast Vote Record", "Record")],
    "dominion-json": [
        (r'"TabulatorId": 101', '"TabulatorId": -101'),
        (r'"RecordId": 1,', '"RecordId": NaN,'),
        (r'"RecordId": 1,', '"RecordId": 1e400,'),
        (r'"IsCurrent": true', '"IsCurrent": false'),
        (r'"CandidateId": 20', '"CandidateId": 77'),
        (r'(?s)("CandidateId": 20,.{,90})"IsVote": true', r'\1"IsVote": "true"'),
        (r'"Id": 2,', '"Id": 99,'),
        (r'"Id": 2,', '"Id": [2],'),
        (r'(?s)("Id": 2,.{,80})"Marks": \[', r'\1"Mark": ['),
        (r'"BatchId": 1,', '"BatchId": 1, "BatchId": 2,'),
        (r'("Id": 2,\s+)"Overvotes": 0', r'\1"Overvotes": 1'),
        (r'"Sessions": \[', '"Sessions": [3, '),
    ],
    "nist-cvr-json": [
        (r'"CurrentSnapshotId": "now"', '"CurrentSnapshotId": "gone"'),
        (r'"@id": "old"', '"@id": "now"'),
        (r'"HasIndication": "yes"', '"HasIndication": true'),
        (r'"BatchSequenceId": 2', '"BatchSequenceId": -2'),
        (r'"BatchSequenceId": 2', '"BatchSequenceId": NaN'),
        (r'"ContestId": "_M0"', '"ContestId": "_X"'),
        (r'"TotalNumberVotes": 1', '"TotalNumberVotes": 2'),
        (r'"Undervotes": 1', '"Undervotes": "one"'),
        (r'"UniqueId": "3"', '"UniqueId": "3", "UniqueId": "33"'),
    ],
    "nist-cvr-xml": [
        (r"<CurrentSnapshotId>now", "<CurrentSnapshotId>gone"),
        (r'ObjectId="old"', 'ObjectId="now"'),
        (r"<HasIndication>yes", "<HasIndication>maybe"),
        (r"<Undervotes>1", "<Undervotes>-1"),
        (r"<CastVoteRecordReport", '<!DOCTYPE x [<!ENTITY a "b">]><CastVoteRecordReport'),
        (r"<BatchSequenceId>2", "<BatchSequenceId>2e9"),
        (r"<CVRSnapshot", "<CVRSnap"),
    ],
}


@pytest.mark.parametrize(
    ("name", "pattern", "new"), [(name, *each) for name, listed in WRONG.items() for each in listed]
)
def test_a_wrong_value_is_refused_with_its_place(name: str, pattern: str, new: str, tmp_path: Path) -> None:
    files = CARDS[name](tmp_path, GIVEN)
    path = tmp_path / LARGEST[name].replace("_1.json", "_0.json")
    text = path.read_text()
    worse = re.sub(pattern, new, text, count=1)
    assert worse != text
    path.write_text(worse)
    with pytest.raises(InputError) as caught:
        count_vote(files)
    assert path.name in str(caught.value)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", NAMES)
def test_noise_is_an_input_error_or_a_count_and_nothing_else(name: str, seed: int, tmp_path: Path) -> None:
    files = CARDS[name](tmp_path, GIVEN)
    path = tmp_path / LARGEST[name]
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        junk = chance.choice([b'"', b"\0\0", b"\xff", b",,", b"}", b"]", b"<", b"\n", b"99999999999999999999", b"null"])
        data[at : at + chance.randint(0, 30)] = junk
    path.write_bytes(bytes(data))
    counted = counted_or_refused(files, None)
    assert counted if isinstance(counted, str) else counted.canvass.totals


def test_a_dominion_file_as_excel_and_others_leave_it_is_the_same(tmp_path: Path) -> None:
    (path,) = CARDS["dominion-csv"](tmp_path, GIVEN)
    text = path.read_text()
    text = re.sub(r"(?m)^(\d+),(\d+),(\d+),(\d+),([\d-]+),", r'="\1",="\2",="\3",="\4",="\5",', text)
    text = text.replace(f"{MEASURES[0]} (Vote For=1)", f'"{MEASURES[0]}\n (Vote For=1)"', 1)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    counted = count_vote([path], manifest=manifest(tmp_path, GIVEN))
    assert totals(counted) == TRUE
    assert counted.phantoms is not None
    assert counted.phantoms.without_record == 0


def test_names_that_differ_by_case_are_counted_as_one_and_told(tmp_path: Path) -> None:
    other = tmp_path / "b"
    other.mkdir()
    first = CARDS["dominion-csv"](tmp_path, GIVEN[:12])
    second = CARDS["dominion-csv"](other, GIVEN[12:])
    second[0].write_text(second[0].read_text().replace(MEASURES[1], MEASURES[1].upper()))
    counted = count_vote([*first, *second])
    assert totals(counted) == TRUE
    assert any("differ only by case" in each.what for each in counted.mismatches)


def test_rows_that_hide_records_in_a_sum_are_counted_and_leave_ballots_unknown(tmp_path: Path) -> None:
    (path,) = CARDS["dominion-csv"](tmp_path, GIVEN)
    path.write_text(path.read_text() + 'Redacted and Aggregated,,,,,,,S1,5,6,"1,010",20,,\n')
    count = count_vote([path]).canvass.totals[MEASURES[0]]
    assert (count.yes, count.no) == (TRUE[MEASURES[0]]["yes"] + 1010, TRUE[MEASURES[0]]["no"] + 20)
    assert (count.blank, count.invalid, count.cast) == (None, None, None)


def test_a_manifest_that_disagrees_makes_phantoms_and_no_refusal(tmp_path: Path) -> None:
    files = CARDS["dominion-csv"](tmp_path, GIVEN)
    piles = manifest(tmp_path, GIVEN)
    text = piles.read_text().replace("101,1,4", "101,1,7").replace("101,2,4", "101,2,3").replace("102,3,4", "102,9,5")
    piles.write_text(text)
    counted = count_vote(files, manifest=piles)
    assert totals(counted) == TRUE
    assert counted.phantoms is not None
    assert (counted.phantoms.without_record, counted.phantoms.without_card) == (3 + 5, 1 + 4)
    assert counted.phantoms.population == 24 + 3 - 1 + 1 + 5
    told = "\n".join(map(str, counted.mismatches))
    for part in ("line 2: batch 101 1 has 7 cards and 4 records: 3 without a record", "batch 101 2 has 3 cards and 4",
                 "batch 102 9 has 5 cards, and no record", "batch 102 3 has 4 records and is not"):  # fmt: skip
        assert part in told


@pytest.mark.parametrize("name", ["dominion-json", "hart-xml"])
def test_a_damaged_or_growing_zip_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        inner = "CvrExport_0.json" if name == "dominion-json" else "0001.xml"
        archive.writestr(inner, b" " * (40 << 20))
    with pytest.raises(InputError, match="grows to"):
        count_vote([path])


@pytest.mark.parametrize("attack", ['<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
                                    '<!DOCTYPE x SYSTEM "file:///etc/hostname">'])  # fmt: skip
def test_xml_that_declares_entities_is_refused_unread(attack: str, tmp_path: Path) -> None:
    path = tmp_path / "cvr.xml"
    path.write_text(f'<?xml version="1.0"?>{attack}<Cvr xmlns="http://tempuri.org/CVRDesign.xsd">&b;</Cvr>')
    with pytest.raises(InputError, match="declares a document type"):
        count_vote([path])


def test_cards_and_totals_together_are_refused(tmp_path: Path) -> None:
    files = CARDS["dominion-csv"](tmp_path, GIVEN)
    sums = tmp_path / "sums.csv"
    sums.write_text("county,precinct,office,district,candidate,votes\nX,1,Measure A,,Yes,4\nX,1,Measure A,,No,4\n")
    with pytest.raises(InputError, match="count the same votes"):
        count_vote([*files, sums])


def test_an_export_whose_every_record_is_wrong_says_what_is_wrong_with_them(tmp_path: Path) -> None:
    files = CARDS["dominion-json"](tmp_path, GIVEN)
    for path in files[0].glob("CvrExport*.json"):
        path.write_text(path.read_text().replace('"IsCurrent": true', '"IsCurrent": false'))
    with pytest.raises(FileFaults, match="0 versions of it are current, not one"):
        count_vote(files)


@pytest.mark.parametrize("text", ["", "hello\n", "a,b\n1,2\n", "{}", "<a/>", "%PDF-1.7\n"])
def test_an_unknown_format_is_told_which_ones_are_known(text: str, tmp_path: Path) -> None:
    path = tmp_path / "results.txt"
    path.write_text(text)
    with pytest.raises(InputError, match=r"no format that is known here\. Known are: NIST"):
        count_vote([path])


def test_a_word_for_yes_of_the_users_own_is_taken(tmp_path: Path) -> None:
    (path,) = CARDS["dominion-csv"](tmp_path, GIVEN)
    path.write_text(path.read_text().replace(",Yes,No,", ",Leave,Remain,", 1))
    assert set(count_vote([path]).canvass.totals) == {MEASURES[1]}
    assert totals(count_vote([path], yes="leave", no="remain")) == TRUE


def test_a_hidden_record_id_of_json_is_read_from_its_image(tmp_path: Path) -> None:
    counted = count_vote(CARDS["dominion-json"](tmp_path, GIVEN), manifest=manifest(tmp_path, GIVEN))
    assert json.loads((tmp_path / "export/CvrExport_0.json").read_text())["Sessions"][5]["RecordId"] == "X"
    assert totals(counted) == TRUE
