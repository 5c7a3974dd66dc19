"""Records of version 1, written before there was another, still verify; what version 2 adds is written and shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

import record_maker as maker
from ballotworthy.casework import Act, Case, Desk, replay
from ballotworthy.casework.days_of_case import days_of
from ballotworthy.casework.room import Room, head_bytes
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.casework.seeds import seed_body
from ballotworthy.casework.twin import certified_body, twin_bytes, twin_of
from ballotworthy.casework.two_people import two_people
from ballotworthy.certificate.paper import paper_data
from ballotworthy.errors import InputError, RecordBroken, Refused
from ballotworthy.record import FileStorage, is_key, open_office_key, open_person_key, write_office_key
from ballotworthy.record.batches import place_of
from ballotworthy.verbs.case_beacon import name_beacon
from ballotworthy.verbs.case_clock import declare_clock
from ballotworthy.verbs.case_key import change_key
from ballotworthy.verbs.case_second import name_second_key
from ballotworthy.verify import verify
from ballotworthy.verify.signed import is_weak, vouches
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
    whole_case,
)
from cheats import SMALL_ORDER, ahead, ahead_by_bob, lost, rekeyed
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
    assert (
        "Certified by ann on 2026-11-03 (UTC), with bob as the second person, by name only, without a signature."
        in rests
    )
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
        ({**DRAWN, "day": "2026-11-02"}, {"seed": "417", "throws": 3}, "has been drawn: by UTC it is 2026-11-03"),
        ({**DRAWN, "day": "2026-12-24"}, {"seed": "417", "throws": 3}, "2026-12-24, and by UTC it is 2026-11-03"),
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


# A clock that was ahead, and a key that was changed.


def at_desk(folder: Path) -> tuple[Room, Clock]:
    """Give the room of a case in a folder, with the office's key in its place, and its clock."""
    clock = Clock()
    (folder / "private").mkdir(mode=0o700)
    write_office_key(OFFICE, folder / "private/office.key")
    room = Room(folder, Desk(FileStorage(folder / "case.record"), clock), clock)
    room.desk.act(opened(), pinned(required=5))
    return room, clock


def test_a_case_whose_clock_was_ahead_goes_on_once_two_people_say_so(tmp_path: Path) -> None:
    room, clock = at_desk(tmp_path)
    right = clock.now
    clock.now = right + dt.timedelta(days=900)
    room.desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    clock.now = right + dt.timedelta(minutes=1)
    noted = Act("ann", "noted", {"what": "y", "day": "2026-11-03"})
    with pytest.raises(Refused, match="declare that with a second person"):
        room.desk.act(noted)
    for words, why in (
        ({"second": "ann"}, "ann, the second person, is the one who acts"),
        ({"second": "bob", "since": 1}, "begin with one from 2 to 3"),
    ):
        with pytest.raises(Refused, match=why):
            declare_clock(room, by="ann", why="flat", **words)  # type: ignore[arg-type]  # of their kinds
    declared = declare_clock(room, by="ann", second="bob", why="the battery was flat")
    assert (declared.since, declared.until) == (3, 3)
    room.desk.act(noted)
    with pytest.raises(Refused, match="nothing to declare"):
        declare_clock(room, by="ann", second="bob", why="flat")
    answer = verify(io.BytesIO((tmp_path / "case.record").read_bytes()))
    assert {each.number for each in answer.checks if each.state == "fails"} == {"V25"}
    assert [each.says for each in answer.remarks if each.number == "R23"] == [
        "Events 3 to 3 have wrong times, say “ann” and “bob”, by name only, without a signature: "
        "“the battery was flat”."
    ]


def test_lines_counted_by_a_clock_that_was_ahead_were_counted_on_the_day_of_the_declaration_at_the_latest(
    tmp_path: Path,
) -> None:
    room, clock = at_desk(tmp_path)
    right = clock.now
    clock.now = right + dt.timedelta(days=900)
    room.desk.act(*intake(frame_lines(25)))
    room.desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    assert days_of(room.case())["counted"] == clock.now.date()
    clock.now = right + dt.timedelta(minutes=1)
    declare_clock(room, by="ann", second="bob", why="the battery was flat")
    assert days_of(room.case())["counted"] == right.date()


def test_a_case_of_practice_comes_to_a_verdict_and_never_to_a_certificate() -> None:
    memory = Memory()
    desk = desk_of(memory)
    first = opened()
    desk.act(Act(first.by, "opened", {**first.body, "practice": True}), pinned(required=5))
    desk.act(*intake(frame_lines(25)))
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    desk.act(Act("ann", "roll", {"roll": ROLL, "day": "2026-11-01", "voters": 1_000}))
    decided(desk, sampled(desk, every=True))
    judged(desk)
    assert desk.case().practice
    with pytest.raises(Refused, match="opened for practice, and is never certified"):
        certified(desk)
    answer = verify(io.BytesIO(b"".join(row + b"\n" for row in memory.rows)))
    assert (answer.remarks[0].number, answer.first and answer.first.check) == ("R0", "V25")


def test_a_key_made_for_a_person_who_is_refused_is_gone_again(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    own = tmp_path / "eve.key"
    with pytest.raises(Refused, match="eve has not been admitted"):
        name_second_key(room, "eve", own, by="ann")
    assert not own.exists()
    name_second_key(room, "bob", own, by="ann")
    with pytest.raises(Refused, match="the key was named before"):
        name_second_key(room, "bob", own, by="ann")
    assert open_person_key(own).public == room.case().second_key("bob", room.at().events)


def test_a_persons_key_is_not_kept_among_those_of_the_office(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    events = room.at().events
    with pytest.raises(InputError, match="so that the office could sign for bob"):
        name_second_key(room, "bob", room.folder / "private/bob.key", by="ann")
    assert (room.at().events, (room.folder / "private/bob.key").exists()) == (events, False)


def test_a_person_names_his_own_key_without_a_role_and_nobody_elses(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    assert "manage" not in room.case().people["bob"]
    with pytest.raises(Refused, match="bob has not been admitted to manage"):
        name_second_key(room, "ann", tmp_path / "ann.key", by="bob")
    with pytest.raises(Refused, match="eve has not been admitted"):
        name_second_key(room, "eve", tmp_path / "eve.key", by="eve")
    key = name_second_key(room, "bob", tmp_path / "bob.key", by="bob").key
    assert room.case().own_keys == [{"event": room.at().events, "by": "bob", "person": "bob", "key": key}]


def test_once_the_key_for_voters_is_purged_nobody_is_named_who_was_not_named_before() -> None:
    desk, case = whole_case()
    line, known = next((line, each.first.voter) for line, each in case.looks.items() if each.first and each.first.voter)
    gone = {"what": ["keys"], "ground": "the period", "lawful_from": "2026-11-03", "second": "bob"}
    desk.act(Act("ann", "purged", gone), Act("ann", "reopened", {"order": "a court", "day": "2026-11-03"}))
    again = {"line": line, "outcome": "valid", "roll": ROLL, "why": "the court", "voter": known}
    free = next(each for each in desk.case().frame.at if each not in desk.case().looks)
    for kind, body in (
        ("corrected", {**again, "voter": "0" * 64}),
        ("retyped", {"line": free, "fields": ["last_name"], "text": "0" * 64, "why": "misread"}),
    ):
        with pytest.raises(Refused, match="the key for voters was purged"):
            desk.act(Act("ann", kind, body))
    desk.act(Act("ann", "corrected", again))


@pytest.mark.parametrize("signs", [False, True])
def test_the_second_person_of_a_wrong_clock_and_a_lost_key_signs_where_he_has_a_key(
    signs: bool, tmp_path: Path
) -> None:
    room, clock = at_desk(tmp_path)
    right, own = clock.now, tmp_path / "bob.key"
    if signs:
        name_second_key(room, "bob", own, by="ann")
    clock.now = right + dt.timedelta(days=900)
    room.desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    clock.now = right + dt.timedelta(minutes=1)
    said = {"second": "bob", "notice": "the gazette"}
    given = {"second_key": own} if signs else {}
    if signs:
        with pytest.raises(Refused, match="bob has a key of his own in this case, and signs with it"):
            declare_clock(room, by="ann", second="bob", why="flat")
    declare_clock(room, by="ann", second="bob", why="flat", **given)
    if signs:
        with pytest.raises(Refused, match="bob has a key of his own in this case, and signs with it"):
            change_key(room, by="ann", **said)  # type: ignore[arg-type]  # of their kinds
    change_key(room, by="ann", **said, **given)  # type: ignore[arg-type]  # of their kinds
    key = open_person_key(own).public if signs else None
    assert [each.get("second_key") for each in (*room.case().clocks, *room.case().key_changes)] == [key, key]
    answer = verify(io.BytesIO((tmp_path / "case.record").read_bytes()))
    assert {each.number for each in answer.checks if each.state == "fails"} == {"V25"}
    assert ["who signed it" in each.says for each in answer.remarks if each.number in ("R23", "R24")] == [signs] * 2


@pytest.mark.parametrize("lost", [False, True])
def test_a_key_is_changed_and_heads_of_before_and_after_hold(lost: bool, tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    before = head_bytes(room.case(), OFFICE)
    said = {"second": "bob", "notice": "the gazette of 3 November"} if lost else {}
    changed = change_key(room, by="ann", **said)  # type: ignore[arg-type]  # of their kinds
    key = room.office_key()
    assert (key.public, room.case().key) == (changed.key, changed.key)
    kept = tmp_path / f"private/office-{OFFICE.public[:8]}.key"
    assert open_office_key(kept).public == OFFICE.public
    room.desk.act(Act("ann", "noted", {"what": "y", "day": "2026-11-03"}))
    record = (tmp_path / "case.record").read_bytes()
    for head in (before, head_bytes(room.case(), key)):
        answer = verify(io.BytesIO(record), head=head, key=changed.key)
        assert {each.number for each in answer.checks if each.state == "fails"} == {"V25"}
        assert ("R24" in {each.number for each in answer.remarks}) == lost
    old = verify(io.BytesIO(record), head=head_bytes(room.case(), OFFICE), key=OFFICE.public)
    assert {each.number for each in old.checks if each.state == "fails"} == {"V23", "V24", "V25"}


def test_half_of_what_a_lost_key_needs_is_refused(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    with pytest.raises(InputError, match="a second person and the published notice"):
        change_key(room, by="ann", second="bob")
    assert room.office_key().public == OFFICE.public


@needs_node
def test_a_changed_key_and_a_declared_clock_stand_on_a_certificate_that_both_accept(tmp_path: Path) -> None:
    plain, dated = [rekeyed(), lost()], [ahead(), ahead_by_bob()]
    records = [maker.seal(each, maker.OFFICE) for each in plain]
    records += [maker.seal(each, maker.OFFICE, honest=False) for each in dated]
    pages = by_the_page([{"record": each, "certificate": maker.certificate_of(each)} for each in records], tmp_path)
    for record, page in zip(records, pages, strict=True):
        answer = verify(io.BytesIO(record), certificate=maker.certificate_of(record))
        assert answer.first is None
        assert page["first"] is None


@pytest.mark.parametrize("signs", [False, True])
def test_the_paper_says_of_a_wrong_clock_whether_the_second_person_signed(signs: bool, tmp_path: Path) -> None:
    clock, own = Clock(), tmp_path / "bob.key"
    desk = Desk(Memory(), clock)
    room, right = Room(tmp_path, desk, clock), clock.now
    framed(desk, frame_lines(25), required=5)
    decided(desk, sampled(desk))
    if signs:
        name_second_key(room, "bob", own, by="ann")
    clock.now = right + dt.timedelta(days=900)
    desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    clock.now = right + dt.timedelta(hours=1)
    declare_clock(room, by="ann", second="bob", why="flat", second_key=own if signs else None)
    judged(desk)
    desk.do(lambda case: [Act("ann", "certified", certified_body(case, "plain", OFFICE, alone="one clerk"))])
    how = f"who signed with the key {open_person_key(own).public}" if signs else "by name only, without a signature"
    rests = paper_data(desk.case(), twin_of(desk.case()))["rests"]
    assert [f"one of them bob, {how}: flat." in each for each in rests if each.startswith("The times")] == [True]


def test_the_paper_says_who_named_a_persons_key_and_which_took_the_place_of_another(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(Memory(), clock)
    room = Room(tmp_path, desk, clock)
    framed(desk, frame_lines(25), required=5)
    decided(desk, sampled(desk))
    first = name_second_key(room, "bob", tmp_path / "1.key", by="bob")
    then = name_second_key(room, "bob", tmp_path / "2.key", by="ann")
    judged(desk)
    desk.do(lambda case: [Act("ann", "certified", certified_body(case, "plain", OFFICE, alone="one clerk"))])
    rests = paper_data(desk.case(), twin_of(desk.case()))["rests"]
    said = f"The key {first.key} of bob was named by that person in event {first.record.events:,}."
    replaced = (
        f"The key {then.key} of bob was named by ann in event {then.record.events:,}, in place of the one before."
    )
    assert [each for each in rests if each.startswith("The key ")] == [said, replaced]


@pytest.mark.parametrize("key", SMALL_ORDER.values(), ids=SMALL_ORDER)
def test_nobody_signs_for_a_key_of_small_order(key: str) -> None:
    """A signature that holds for the key as a point: R = sB, where the hash takes the key to the neutral point."""
    order = 2**252 + 27742317777372353535851937790883648493
    head, found = ("case", 7, "0" * 64), 0
    for number in range(64):
        seed = bytes([number]) * 32
        scalar = bytearray(hashlib.sha512(seed).digest()[:32])
        scalar[0] &= 248
        scalar[31] = scalar[31] & 63 | 64
        point = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        s = int.from_bytes(scalar, "little") % order
        forged = (point + s.to_bytes(32, "little")).hex()
        told = f"ballotworthy head 1\n{head[0]}\n{head[1]}\n{head[2]}\n".encode()
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(forged), told)
        except (InvalidSignature, ValueError):
            continue
        found += 1
        assert not vouches(key, forged, *head)
    assert is_weak(key)
    assert not is_key(key)
    assert found or key == SMALL_ORDER["0"]


# Batches.


def batches(path: Path) -> list[tuple[int, int] | None]:
    """Give the place of each event of a record in its batch."""
    return [place_of(line) for line in path.read_bytes().splitlines()]


def test_what_one_verb_writes_is_one_batch_and_a_reader_leaves_an_unfinished_one_out(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    path = tmp_path / "case.record"
    assert batches(path) == [(1, 2), (2, 2)]
    room.desk.act(*intake(frame_lines(25)))
    room.desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    assert batches(path) == [(1, 2), (2, 2), (1, 3), (2, 3), (3, 3), None]
    whole = path.read_bytes()
    room.desk.act(*(Act("ann", "noted", {"what": x, "day": "2026-11-03"}) for x in "abc"))
    lines = path.read_bytes().splitlines(keepends=True)[6:]
    for left in range(1, len(lines)):
        path.write_bytes(whole + b"".join(lines[:left]))
        assert Desk(FileStorage(path), Clock()).case().link.seq == 6
        answer = verify(io.BytesIO(path.read_bytes()))
        assert (answer.events, {each.number for each in answer.checks if each.state == "fails"}) == (6, {"V25"})
        assert [each.event for each in answer.remarks if each.number == "R25"] == [7]
        with FileStorage(path).writing():
            pass
        assert path.read_bytes() == whole
    path.write_bytes(whole + b"".join(lines))
    assert Desk(FileStorage(path), Clock()).case().link.seq == 6 + len(lines)


@pytest.mark.parametrize("change", [(b'"at":2,"of":3', b'"at":1,"of":3'), (b'"at":1,"of":3', b'"at":1,"of":4')])
def test_a_batch_that_does_not_fit_is_a_broken_record(change: tuple[bytes, bytes], tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    room.desk.act(*intake(frame_lines(25)))
    room.desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    path = tmp_path / "case.record"
    events = maker.events_of(path.read_bytes().replace(*change))
    path.write_bytes(maker.seal(events, honest=False))
    with pytest.raises(RecordBroken, match="not the next of its batch"):
        Desk(FileStorage(path), Clock()).case()


def test_a_record_of_version_1_has_no_batches_and_gets_none(tmp_path: Path) -> None:
    path = tmp_path / "case.record"
    path.write_bytes((OLD / "case.record").read_bytes())
    desk = Desk(FileStorage(path), Clock())
    clerk = next(iter(desk.case().people))
    late = Clock()
    late.now = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    Desk(FileStorage(path), late).act(*(Act(clerk, "noted", {"what": x, "day": "2026-11-03"}) for x in "ab"))
    assert {*batches(path)} == {None}
    events = maker.events_of((OLD / "small.record").read_bytes())
    for at in (10, 11):
        events[at]["batch"] = {"at": at - 9, "of": 2}
    assert "V3" in {each.number for each in verify(io.BytesIO(maker.seal(events))).checks if each.state == "fails"}


def test_a_damaged_batch_is_told_and_never_cut_off(tmp_path: Path) -> None:
    room, _ = at_desk(tmp_path)
    path = tmp_path / "case.record"
    damaged = path.read_bytes().replace(b'"at":2,"of":2', b'"at":1,"of":2')
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    with pytest.raises(RecordBroken):
        Desk(FileStorage(path), Clock()).act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    assert path.read_bytes() == damaged
    assert room.folder == tmp_path
    found = verify(io.BytesIO(damaged))
    assert {"V3", "V5"} <= {each.number for each in found.checks if each.state == "fails"}
    if NODE:
        (page,) = by_the_page([{"record": damaged}], tmp_path)
        assert page["first"]["check"] == (found.first and found.first.check)
