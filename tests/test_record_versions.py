"""Records of version 1, written before there was another, still verify; what version 2 adds is written and shown."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from ballotworthy.casework import Act, Case, replay
from ballotworthy.casework.room import Room
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.casework.seeds import seed_body
from ballotworthy.casework.twin import twin_bytes, twin_of
from ballotworthy.casework.two_people import two_people
from ballotworthy.certificate.paper import paper_data
from ballotworthy.errors import InputError, Refused
from ballotworthy.verbs.case_beacon import name_beacon
from ballotworthy.verify import verify
from cases import (
    OFFICE,
    ROLL,
    Clock,
    Memory,
    certified,
    decided,
    desk_of,
    frame_lines,
    framed,
    intake,
    judged,
    opened,
    pinned,
    ruled,
    sampled,
)
from test_verify_page import NODE, by_the_page, needs_node

OLD = Path(__file__).parent / "data/version_1"


@pytest.mark.parametrize("name", ["case", "small", "tiny"])
def test_a_record_of_version_1_holds_and_the_answer_says_what_it_lacks(name: str) -> None:
    answer = verify(io.BytesIO((OLD / f"{name}.record").read_bytes()))
    assert answer.first is None
    assert [each.says[:40] for each in answer.remarks if each.number == "R20"] == [
        "The record is of version 1, which does n"
    ]


def test_papers_of_version_1_belong_to_their_record() -> None:
    given = {
        "head": (OLD / "case.record.head.json").read_bytes(),
        "certificate": (OLD / "certificate.json").read_bytes(),
        "key": (OLD / "office-key.txt").read_text("ascii").strip(),
        "proposals": (OLD / "weights.tsv").read_bytes(),
    }
    answer = verify(io.BytesIO((OLD / "case.record").read_bytes()), **given)  # type: ignore[arg-type]  # of their kinds
    assert [each.number for each in answer.checks if each.state == "fails"] == []


@needs_node
def test_the_page_takes_records_of_version_1(tmp_path: Path) -> None:
    records = [(OLD / f"{name}.record").read_bytes() for name in ("case", "small", "tiny")]
    for record, page in zip(records, by_the_page([{"record": each} for each in records], tmp_path), strict=True):
        assert page["first"] is None
        answer = verify(io.BytesIO(record))
        assert [each["says"] for each in page["remarks"]] == [each.says for each in answer.remarks]


def test_a_case_of_version_1_is_read_and_gives_its_certificate_again() -> None:
    case = Case()
    replay(case, iter((OLD / "case.record").read_bytes().splitlines()))
    assert case.version == 1
    assert twin_bytes(twin_of(case)) == (OLD / "certificate.json").read_bytes()


# Repetitions.


def refused_as_repetition(line: str, of: str, repeats: str) -> Act:
    act = ruled(line, of=of, reason=DUPLICATE)
    return Act("ann", "decision", {**act.body, **({"repeats": repeats} if repeats else {})})


def test_a_repetition_names_the_line_that_it_repeats_and_the_counts_compare_the_voters() -> None:
    desk = desk_of()
    framed(desk, frame_lines(25), required=5)
    first, second, third, *rest = sampled(desk)
    desk.act(ruled(first, of="v"))
    wrong = {"": "does not name the line that it repeats", second: "cannot repeat itself", "9-9": "not among those"}
    for repeats, why in wrong.items():
        with pytest.raises(Refused, match=why):
            desk.act(refused_as_repetition(second, "v", repeats))
    desk.act(refused_as_repetition(second, "v", first), refused_as_repetition(third, "w", first))
    desk.act(*(ruled(line) for line in rest))
    with pytest.raises(Refused, match=f"line {third} is refused as a repetition of line {first}, which is of another"):
        judged(desk)
    desk.act(Act("ann", "corrected", {"line": third, "outcome": "invalid", "reason": "illegible", "why": "read again"}))
    judged(desk)
    counts = desk.case().standing.counts
    assert counts
    assert sum(row["duplicates"] for row in counts.body["rows"]) == 1


def test_a_line_cannot_be_refused_with_its_repetition() -> None:
    desk = desk_of()
    framed(desk, frame_lines(25), required=5)
    first, second, *rest = sampled(desk)
    desk.act(refused_as_repetition(first, "v", second), refused_as_repetition(second, "v", first))
    desk.act(*(ruled(line) for line in rest))
    with pytest.raises(Refused, match="which is ruled invalid"):
        judged(desk)


# The certificate.


def test_a_certificate_shows_every_sample_with_its_verdicts_and_who_stood_beside() -> None:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk, frame_lines(300), required=100)
    decided(desk, sampled(desk))
    judged(desk)
    ruled_before = set(desk.case().looks)
    lines = sampled(desk, every=True)
    desk.act(*(ruled(line) for line in lines if line not in ruled_before))
    judged(desk)
    certified(desk)
    twin = twin_of(desk.case())
    assert [(each["scope"], len(each["verdicts"])) for each in twin["samples"]] == [("sample", 1), ("all", 1)]
    assert (twin["second"], twin["required"]["value"]) == ("bob", 100)
    rests = paper_data(desk.case(), twin)["rests"]
    assert [each.partition(",")[0] for each in rests if each.startswith("Sample ")] == ["Sample 1", "Sample 2"]
    assert "Certified by ann, and bob beside him." in rests
    answer = verify(io.BytesIO(b"".join(row + b"\n" for row in memory.rows)), key=OFFICE.public)
    assert answer.first is None


def test_a_second_person_is_no_part_of_a_record_of_version_1() -> None:
    case = Case()
    replay(case, iter((OLD / "case.record").read_bytes().splitlines()))
    with pytest.raises(InputError, match="is of version 1, which does not hold a second person"):
        two_people(case, "bob", "")
    assert two_people(case, "", "") == {}


# The beacon and the seed.

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
VALUE = "0f" * 32


def seeded(*, named: dict[str, object] | None = None, seed: dict[str, object]) -> bytes:
    """Give the record of a case whose frame is fixed, with a beacon named and a seed."""
    memory = Memory()
    desk = desk_of(memory)
    desk.act(opened(), pinned(required=5))
    if named:
        desk.act(Act("ann", "beacon_named", named))
    desk.act(*intake(frame_lines(25)))
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    desk.act(Act("ann", "roll", {"roll": ROLL, "day": "2026-11-01", "voters": 1_000}))
    desk.act(Act("ann", "seed", {"how": "beacon", "source": "it", "present": [], **seed}))
    sampled(desk)
    return b"".join(row + b"\n" for row in memory.rows)


def of_check(record: bytes, value: str | None) -> tuple[str, str]:
    answer = verify(io.BytesIO(record), beacon=value)
    found = next(each for each in answer.checks if each.number == "V28")
    return found.state, found.found


COMING = {"kind": "chain", "chain": "our-own-chain", "round": 7}
DRAWN = {"kind": "lottery", "lottery": "Wells 6 of 49", "day": "2026-11-03"}


@pytest.mark.parametrize(
    ("named", "seed", "value", "state"),
    [
        (COMING, {"seed": VALUE}, VALUE.upper(), "holds"),
        (COMING, {"seed": VALUE}, "1f" * 32, "fails"),
        (COMING, {"seed": VALUE}, None, "not made"),
        (None, {"seed": VALUE}, VALUE, "holds"),
        (DRAWN, {"seed": "4 11 23", "throws": 3}, "04, 11, 23", "holds"),
        (DRAWN, {"seed": "417", "throws": 3}, "4 1 7", "holds"),
        (DRAWN, {"seed": "417", "throws": 3}, "4 7 1", "fails"),
    ],
)
def test_the_value_given_of_a_beacon_is_compared_with_the_seed_by_both(
    named: dict[str, object], seed: dict[str, object], value: str | None, state: str, tmp_path: Path
) -> None:
    record = seeded(named=named, seed=seed)
    assert of_check(record, value)[0] == state
    if NODE:
        (page,) = by_the_page([{"record": record, "beacon": value}], tmp_path)
        (found,) = (each for each in page["checks"] if each["check"] == "V28")
        assert (found["state"], found["found"]) == (state.replace("not made", "unmade"), of_check(record, value)[1])


@pytest.mark.parametrize(
    ("named", "seed", "why"),
    [
        ({**COMING, "chain": QUICKNET}, {"seed": VALUE}, "round 7 of this chain came at 2023-08-23T15:09:45Z"),
        ({**COMING, "chain": "A"}, {"seed": VALUE}, "small letters"),
        ({**DRAWN, "day": "2026-11-02"}, {"seed": "417", "throws": 3}, "has been drawn"),
        ({**DRAWN, "day": "2026-12-24"}, {"seed": "417", "throws": 3}, "has its value on 2026-12-24"),
        ({"kind": "lottery", "chain": "x", "round": 3}, {"seed": VALUE}, "a lottery and the day of its draw"),
        (COMING, {"seed": "417", "throws": 3}, "not written as that of a chain"),
        (COMING, {"seed": "417", "throws": 3, "how": "dice", "present": ["x"]}, "dice would be a choice"),
        (None, {"seed": VALUE.upper()}, "small hexadecimal digits"),
        (None, {"seed": "0" * 31}, "small hexadecimal digits"),
        (None, {"seed": "4 1 7", "throws": 3}, "one spelling"),
        (None, {"seed": "4 017", "throws": 2}, "one spelling"),
        (None, {"seed": "41", "throws": 3}, "one spelling"),
    ],
)
def test_a_beacon_or_a_seed_that_proves_nothing_is_refused(
    named: dict[str, object], seed: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        seeded(named=named, seed=seed)


@pytest.mark.parametrize(
    ("text", "how", "seed", "throws"),
    [
        ("4 1 6 2", "dice", "4162", 4),
        ("4162", "dice", "4162", 4),
        ("4, 01, 12", "dice", "4 1 12", 3),
        ("AB" * 16, "beacon", "ab" * 16, None),
        ("3 14 15", "beacon", "3 14 15", 3),
    ],
)
def test_a_seed_is_entered_in_its_one_spelling(text: str, how: str, seed: str, throws: int | None) -> None:
    body = seed_body(Case(), text, how, "x", ["y"])
    assert (body["seed"], body.get("throws")) == (seed, throws)


@pytest.mark.parametrize(("text", "how"), [("words", "dice"), ("", "dice"), ("4 x", "dice"), ("12", "beacon")])
def test_a_seed_that_is_neither_numbers_nor_digits_is_refused(text: str, how: str) -> None:
    with pytest.raises(InputError, match="Give them"):
        seed_body(Case(), text, how, "x", ["y"])


def test_a_beacon_is_named_by_the_verb_and_stands_on_the_certificate(tmp_path: Path) -> None:
    memory = Memory()
    desk = desk_of(memory)
    room = Room(tmp_path, desk, Clock())
    desk.act(opened(), pinned(required=5))
    for wrong in ({"chain": "x"}, {"chain": "x", "round_number": 3, "lottery": "y"}, {"lottery": "y"}):
        with pytest.raises(InputError, match="a chain and its round"):
            name_beacon(room, by="ann", **wrong)  # type: ignore[arg-type]  # one of them is missing
    named = name_beacon(room, by="ann", chain=QUICKNET.upper(), round_number=40_000_000)
    assert named.value_at == "2027-06-12T12:29:24Z"
    with pytest.raises(Refused, match="named already"):
        name_beacon(room, by="ann", lottery="Wells", day=dt.date(2026, 12, 24))
