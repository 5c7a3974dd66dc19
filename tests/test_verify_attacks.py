"""Whoever alters a record is found out: the event is named, in a sentence for a judge."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

import record_maker as maker
from ballotworthy.verify import SAYS, Answer, verify
from ballotworthy.verify.form import read_event
from ballotworthy.verify.quick import quick_decision
from ballotworthy.verify.shapes import KINDS
from ballotworthy.verify.shapes_two import KINDS_2
from record_maker import IN_NORTH, OFFICE, STRANGER, Event, altered, decision, event, seal, voter

SMALL, TINY = maker.small(), maker.tiny()
EVENTS = maker.small_events()
KEY = maker.public(OFFICE)


def recount(record: bytes, **given: Any) -> Answer:
    return verify(io.BytesIO(record), **given)


def holds(record: bytes) -> bool:
    return verify(io.BytesIO(record)).holds


def first(answer: Answer) -> tuple[str, int | None]:
    assert answer.first is not None
    return answer.first.check, answer.first.event


# The two honest records, without which the tests below would show nothing.


@pytest.mark.parametrize("record", [SMALL, TINY], ids=["small", "tiny"])
def test_an_honest_record_holds_in_every_check(record: bytes) -> None:
    answer = recount(record, head=maker.signed_head(record), key=KEY, certificate=maker.certificate_of(record))
    assert [check.number for check in answer.checks if check.state != "holds"] == maker.OF_RISK


# Every byte of a record.

SLICES = 4
WITHIN = re.compile(rb"(?<=[0-9a-f]{8})[0-9a-f]{48,}(?=[0-9a-f]{8})")
"""The digits within a digest or signature: each is flipped; where length or order change, the eight at each end are."""
PLACES = sorted(set(range(len(TINY))) - {at for run in WITHIN.finditer(TINY) for at in range(*run.span())})


@pytest.mark.parametrize("part", range(SLICES))
def test_a_record_with_any_byte_flipped_fails(part: int) -> None:
    for at in range(part, len(TINY), SLICES):
        changed = bytearray(TINY)
        changed[at] ^= 1 << (at * 5 + at // 8) % 8
        assert not holds(bytes(changed)), at


@pytest.mark.parametrize("part", range(SLICES))
def test_a_record_with_any_byte_removed_fails(part: int) -> None:
    for at in PLACES[part::SLICES]:
        if TINY[at] != TINY[at - 1]:  # or it is the record without the byte before
            assert not holds(TINY[:at] + TINY[at + 1 :]), at


@pytest.mark.parametrize("part", range(SLICES))
def test_a_record_with_any_byte_doubled_fails(part: int) -> None:
    for at in PLACES[part::SLICES]:
        if TINY[at] != TINY[at - 1]:
            assert not holds(TINY[: at + 1] + TINY[at:]), at


@pytest.mark.parametrize("part", range(SLICES))
def test_a_record_with_any_two_neighbours_swapped_fails(part: int) -> None:
    for at in PLACES[part:-1:SLICES]:
        if TINY[at] != TINY[at + 1]:
            assert not holds(TINY[:at] + TINY[at + 1 : at + 2] + TINY[at : at + 1] + TINY[at + 2 :]), at


def test_a_record_cut_at_any_byte_fails() -> None:
    for at in PLACES:
        assert not holds(TINY[:at]), at


def test_a_record_with_a_byte_behind_it_fails() -> None:
    assert [byte for byte in range(256) if holds(TINY + bytes([byte]))] == []


# Whole events, by somebody who cannot hash anew.


def test_a_record_with_any_event_removed_fails_there() -> None:
    lines = maker.lines_of(SMALL)
    for at in range(len(lines) - 1):
        answer = recount(b"".join(lines[:at] + lines[at + 1 :]))
        assert answer.first is not None
        assert answer.first.line == at + 1


def test_a_record_with_any_event_doubled_fails_there() -> None:
    lines = maker.lines_of(SMALL)
    for at in range(len(lines)):
        answer = recount(b"".join(lines[: at + 1] + lines[at:]))
        assert answer.first is not None
        assert (answer.first.check, answer.first.line) == ("V3", at + 2)


def test_a_record_with_any_two_events_swapped_fails_there() -> None:
    lines = maker.lines_of(SMALL)
    for at in range(len(lines) - 1):
        answer = recount(b"".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]))
        assert answer.first is not None
        assert answer.first.line == at + 1


def test_an_altered_event_is_named_though_all_others_hold() -> None:
    answer = recount(SMALL.replace(b'"estimate":6', b'"estimate":9'))
    assert first(answer) == ("V5", 24)
    assert str(answer.first).startswith(
        "Event 24 was altered after it was written: its content does not give its hash."
    )


# Events, by somebody who hashes the whole chain anew and who, as the office, can sign: only the meaning gives him away.


def without(kind: str) -> list[Event]:
    return [each for each in EVENTS if each["kind"] != kind]


def moved(kind: str, before: str) -> list[Event]:
    """Give the events with the first of a kind moved before the first of another."""
    kinds = [each["kind"] for each in EVENTS]
    events = deepcopy(EVENTS)
    each = events.pop(kinds.index(kind))
    events.insert([each["kind"] for each in events].index(before), each)
    return events


def with_events(before: str, *events: Event) -> list[Event]:
    at = [each["kind"] for each in EVENTS].index(before)
    return [*deepcopy(EVENTS[:at]), *events, *deepcopy(EVENTS[at:])]


def body(kind: str, number: int = 0, **changed: Any) -> list[Event]:
    return altered(EVENTS, kind, lambda body: body.update(changed), number)


def rows(change: Callable[[list[Event]], object]) -> list[Event]:
    return altered(EVENTS, "counts", lambda body: change(body["rows"]))


def by(person: str, kind: str, number: int = 0) -> list[Event]:
    events = deepcopy(EVENTS)
    [each for each in events if each["kind"] == kind][number]["by"] = person
    return events


def step(name: str, value: str) -> list[Event]:
    def change(body: Event) -> None:
        next(each for each in body["steps"] if each["name"] == name)["value"] = value

    return altered(EVENTS, "verdict", change)


def ids(change: Callable[[list[str]], object]) -> list[Event]:
    return altered(EVENTS, "sample", lambda body: change(body["strata"][0]["ids"]))


def swapped(names: list[str]) -> None:
    names[0], names[1] = names[1], names[0]


OTHER = next(f"{line[0]}-{line[1]}" for line in maker.NORTH if f"{line[0]}-{line[1]}" not in IN_NORTH and not line[4])
SECOND = decision(IN_NORTH[0], "a", by="cyd", look=2)
STRUCK = event("struck", line=OTHER, reason="not-registered", why="court")
DISAGREED = decision(IN_NORTH[0], reason="not-registered", by="cyd", look=2)

ATTACKS: dict[str, tuple[list[Event], str, int | None, str]] = {
    # order
    "the case is opened twice": (with_events("noted", maker.opened()), "V9", 25, "by no other"),
    "the first event is left out": (EVENTS[1:25], "V9", 1, "a case is opened by its first event"),
    "the rules come twice": (with_events("received", EVENTS[1]), "V9", 3, "one event 'rules' only"),
    "the rules come after the lines": (moved("rules", "frame"), "V9", 2, "an event 'rules' must stand before it"),
    "a line is listed after the frame": (moved("frame", "lines"), "V9", 5, "an event 'lines' must stand before it"),
    "a batch comes after the frame": (with_events("roll", *maker.intake(1, 1)), "V9", 8, "not follow an event 'frame'"),
    "the seed comes before the frame": (moved("seed", "frame"), "V9", 7, "an event 'frame' must stand before it"),
    "the seed comes after the sample": (moved("seed", "assigned"), "V9", 10, "the seed must stand before the sample"),
    "the seed is left out": (without("seed"), "V9", 10, "the seed must stand before the sample"),
    "a second seed is drawn": (with_events("sample", EVENTS[9]), "V9", 11, "one event 'seed' only"),
    "a decision stands before the seed": (moved("decision", "seed"), "V9", 10, "'sample' must stand before it"),
    "a decision stands before the sample": (moved("decision", "sample"), "V9", 11, "'sample' must stand before it"),
    "proposals are made known after the seed": (moved("proposals", "sample"), "V9", 10, "not follow an event 'seed'"),
    "a decision changes after the counts": (with_events("verdict", SECOND), "V9", 25, "there must be new counts"),
    "a decision changes after the verdict": (with_events("certified", SECOND), "V9", 27, "a new verdict"),
    "a decision changes after the certificate": (with_events("purged", SECOND), "V9", 27, "certified and not reopened"),
    "a roll is named twice": (with_events("seed", EVENTS[7]), "V9", 10, "that roll was named before"),
    "nobody who may manage remains": (with_events("noted", event("dismissed", id="ann")), "V9", 25, "nobody who may"),
    "the case is reopened that was never closed": (
        with_events("noted", event("reopened", order="court", day="2026-11-03")),
        "V9",
        25,
        "an event 'certified' must stand before it",
    ),
    # people
    "a stranger decides": (by("eve", "decision"), "V8", 13, "'eve' was not among the people"),
    "a clerk certifies": (by("bob", "certified"), "V8", 26, "'bob' was admitted, but not to certify"),
    "a dismissed clerk decides": (
        with_events("counts", event("dismissed", id="cyd"), SECOND),
        "V8",
        24,
        "'cyd' was not among the people",
    ),
    "the case is opened by a stranger": (by("eve", "opened"), "V8", 1, "'eve' was not among the people"),
    # the law
    "the text of the law is another": (body("rules", text=maker.LAW + "# later\n"), "V10", 2, "not give the digest"),
    "a rule has another value than its text": (
        body("rules", values=maker.VALUES | {"requirement": 3}),
        "V10",
        2,
        "'requirement' has another value in the text",
    ),
    "a decimal lost a digit": (
        body("rules", values=maker.VALUES | {"sample_share": "0.5"}),
        "V10",
        2,
        "'sample_share' has another value",
    ),
    "a rule is left out": (
        body("rules", values={key: maker.VALUES[key] for key in maker.VALUES if key != "duplicates"}),
        "V10",
        2,
        "has a rule 'duplicates' in force, which is left out",
    ),
    "a rule is invented": (
        body("rules", values=maker.VALUES | {"raw_must_reach": False}),
        "V10",
        2,
        "no rule 'raw_must_reach' in force",
    ),
    "a ground that has ended is used": (
        body("rules", reasons=["duplicate", "illegible", "not-registered", "withdrawn"]),
        "V10",
        2,
        "the grounds of refusal differ from those of the text: illegible",
    ),
    # what came in
    "a batch is never counted": (without("counted"), "V11", 6, "batch '1' was received and never counted"),
    "no batch came in": (
        [each for each in EVENTS if each["kind"] not in ("received", "counted")],
        "V11",
        5,
        "no batch",
    ),
    "a difference is not explained": (body("received", lines=13), "V11", 4, "nobody explained it"),
    "a difference is explained that is none": (body("counted", explained="x"), "V11", 4, "and there is none"),
    "more lines are listed than were counted": (
        altered(body("received", lines=11), "counted", lambda body: body.update(lines=11)),
        "V11",
        7,
        "3 sheets and 11 lines; 3 sheets and 12 lines are listed",
    ),
    # the frame
    "a line is left out of the frame": (
        altered(EVENTS, "lines", lambda body: body["lines"].pop()),
        "V11",
        7,
        "3 sheets and 11 lines are listed",
    ),
    "a line is listed twice": (
        altered(EVENTS, "lines", lambda body: body["lines"].append(body["lines"][0])),
        "V12",
        5,
        "line 1-1 is listed twice",
    ),
    "a line is moved to another stratum": (
        altered(EVENTS, "lines", lambda body: body["lines"][0].__setitem__(2, "South")),
        "V12",
        7,
        "the lines do not give its fingerprint",
    ),
    "an image is exchanged": (
        altered(EVENTS, "lines", lambda body: body["lines"][0].__setitem__(5, "0" * 64), 1),
        "V12",
        7,
        "the lines do not give its fingerprint",
    ),
    "the frame is fixed for other lines": (body("frame", ids="0" * 64), "V12", 7, "not give its digest of ids"),
    # the sample
    "the sample has another line": (ids(lambda names: names.__setitem__(0, OTHER)), "V13", 11, f"{OTHER} stands there"),
    "the sample is in another order": (ids(swapped), "V13", 11, "line 1 drawn in 'North'"),
    "the seed is another": (body("seed", seed="4163"), "V13", 11, "by the seed"),
    "the sample is smaller than the law wants": (
        altered(EVENTS, "sample", lambda body: body["strata"][0].update(size=2, ids=body["strata"][0]["ids"][:2])),
        "V13",
        11,
        "the law asks for 3 lines of 'North', and 2 were drawn",
    ),
    "the sample is drawn from fewer lines": (
        altered(EVENTS, "sample", lambda body: body["strata"][0].update(of=5)),
        "V13",
        11,
        "6 lines of 'North' can be drawn, not 5",
    ),
    "a stratum is left out of the sample": (
        altered(EVENTS, "sample", lambda body: body["strata"].pop()),
        "V13",
        11,
        "its strata are not those",
    ),
    # rulings
    "a line is ruled on that is not in the frame": (
        with_events("counts", decision("9-9", "z")),
        "V14",
        23,
        "line 9-9 is not in the frame",
    ),
    "a line is ruled on that was not drawn": (
        with_events("counts", decision(OTHER, "z")),
        "V14",
        23,
        f"line {OTHER} is not in the sample",
    ),
    "a ground is used that the law does not know": (
        body("decision", 3, reason="ugly"),
        "V14",
        16,
        "'ugly' is no ground",
    ),
    "a roll is used that was never named": (body("decision", roll="0" * 64), "V14", 13, "it names a roll"),
    "both looks are of one person": (by("bob", "decision", 5), "V14", 18, "both looks at line"),
    "a line is decided twice": (with_events("counts", decision(IN_NORTH[0], "z")), "V14", 23, "looked at before"),
    "a second look comes without a first": (
        with_events("decision", SECOND),
        "V14",
        13,
        "there was no first look",
    ),
    "a resolution without a disagreement": (
        with_events("counts", maker.ruling("resolved", IN_NORTH[0], "a")),
        "V14",
        23,
        "no two looks at line",
    ),
    "a correction of nothing": (
        with_events("decision", maker.ruling("corrected", IN_NORTH[0], "a", why="x")),
        "V14",
        13,
        "there is no ruling",
    ),
    "a correction answers what was never asked": (
        body("corrected", answers=20),
        "V14",
        22,
        "event 20, which it answers",
    ),
    "a drawn line is struck": (
        with_events("counts", event("struck", line=IN_NORTH[0], reason="duplicate", why="x")),
        "V14",
        23,
        "cannot be struck",
    ),
    "a voter withdraws twice": (
        with_events("counts", *2 * [event("withdrawn", voter=voter("z"), day="2026-11-01", ground="a letter")]),
        "V14",
        24,
        "withdrew before",
    ),
    "lines are given to somebody who may not decide": (
        body("assigned", person="ann"),
        "V14",
        12,
        "not admitted to decide",
    ),
    # counts
    "a line is counted that nobody looked at": (
        [each for at, each in enumerate(body("corrected", answers=20)) if at != 15],
        "V15",
        22,
        f"1 line of the sample has no ruling: {IN_NORTH[3]}",
    ),
    "a disagreement is left open": (with_events("counts", DISAGREED), "V15", 24, IN_NORTH[0]),
    "a count does not follow from the decisions": (
        rows(lambda rows: rows[0].update(valid=3, invalid=0)),
        "V16",
        23,
        "valid of 'North' is 2 by the rulings, and 3 stands there",
    ),
    "a line is counted that was not filed": (
        rows(lambda rows: rows[0].update(raw=8)),
        "V16",
        23,
        "raw of 'North' is 7",
    ),
    "a stratum is left out of the counts": (rows(lambda rows: rows.pop()), "V16", 23, "its rows are not the 2"),
    "a voter is counted twice": (
        rows(lambda rows: rows[0].update(valid=3, duplicates=0)),
        "V17",
        23,
        "valid of 'North' is 2 by the rulings, and 3 stands there",
    ),
    "a ground is told for too many lines": (
        altered(EVENTS, "counts", lambda body: body["reasons"][0].update(lines=2)),
        "V16",
        23,
        "1 line fell for 'duplicate', and 2 stand there",
    ),
    "work is told of somebody who did it not": (
        altered(EVENTS, "counts", lambda body: body["looks"][1].update(first=6)),
        "V16",
        23,
        "who looked at how many lines",
    ),
    # estimate, verdict, steps
    "the estimate is another": (body("verdict", estimate=7), "V18", 24, "the estimate is 6, and 7 stands there"),
    "the requirement is another": (body("verdict", requirement=3), "V18", 24, "the requirement is 4"),
    "fewer are said to be filed": (body("verdict", raw=10), "V18", 24, "the raw is 11"),
    "the bands are others": (
        body("verdict", bands={"insufficient_below": 3, "sufficient_above": 5}),
        "V18",
        24,
        "insufficient below 3",
    ),
    "districts are told where there are none": (body("verdict", districts=[]), "V18", 24, "the districts are told"),
    "the verdict is another": (body("verdict", verdict="full-check"), "V19", 24, "the law says 'sufficient'"),
    "a step shows another number": (
        step("weight of each duplicate", "0.7000"),
        "V20",
        24,
        "the step 'weight of each duplicate' of 'North' is 0.7500, and 0.7000 stands there",
    ),
    "a step is left out": (
        altered(EVENTS, "verdict", lambda body: body["steps"].pop(3)),
        "V20",
        24,
        "the step 'weight of each duplicate' of 'North' should stand",
    ),
    # what an event may say
    "an event is of no kind": (with_events("noted", event("approved")), "V7", 25, "its kind is 'approved'"),
    "an event says too much": (body("noted", voter_name="x"), "V7", 25, ""),
    "a valid line is without its voter": (altered(EVENTS, "decision", lambda body: body.pop("voter")), "V7", 13, ""),
    "a day is none of the calendar": (body("noted", day="2026-02-30"), "V7", 25, ""),
    # the end
    "the case is not certified": (EVENTS[:25], "V25", None, ""),
    "the case is reopened and left open": (
        [*EVENTS, event("reopened", order="court", day="2026-11-09")],
        "V25",
        None,
        "",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_office_that_hashes_and_signs_a_false_record_is_found_out(attack: str) -> None:
    events, check, number, detail = ATTACKS[attack]
    answer = recount(seal(events, OFFICE))
    assert answer.first is not None
    assert (answer.first.check, answer.first.event) == (check, number)
    assert detail.lower() in answer.first.detail.lower()
    assert answer.first.says.strip().endswith(".")
    assert answer.first.says == SAYS[check].format(e=number) or "twice" in answer.first.says


def test_every_check_but_those_of_the_chain_and_of_signatures_has_an_attack() -> None:
    assert {check for _, check, _, _ in ATTACKS.values()} == {f"V{number}" for number in [*range(7, 21), 25]}


def test_time_that_goes_back_is_found_out() -> None:
    events = maker.events_of(SMALL)
    events[12]["at"] = "2026-11-02T23:59:59Z"
    answer = recount(seal(events, OFFICE, honest=False))
    assert first(answer) == ("V6", 13)
    assert answer.first is not None
    assert answer.first.detail == "2026-11-02T23:59:59Z comes after 2026-11-03T00:00:12Z."


# Somebody who hashes anew and has not the office's key.


def test_a_chain_hashed_anew_without_the_key_fails_at_the_signature() -> None:
    events = maker.events_of(SMALL)
    events[12]["body"]["voter"] = voter("z")
    events[22]["body"]["rows"][0] |= {"valid": 3, "duplicates": 0}
    events[22]["body"]["reasons"] = [{"reason": "not-registered", "lines": 1}]
    answer = recount(seal(events))
    assert [check.number for check in answer.checks if check.state == "fails"] == ["V18", "V20", "V21", "V22"]
    certified = next(check for check in answer.checks if check.number == "V21")
    assert certified.found.startswith("The office's signature in event 26 is not of this record: a wrong key, or")


def test_a_record_signed_with_a_strangers_key_fails() -> None:
    answer = recount(seal(EVENTS, STRANGER))
    assert first(answer) == ("V21", 26)


def test_a_record_that_a_stranger_made_whole_fails_against_the_offices_key_alone() -> None:
    false = seal(altered(EVENTS, "opened", lambda body: body.update(key=maker.public(STRANGER))), STRANGER)
    assert recount(false).holds
    answer = recount(false, key=KEY)
    assert answer.first is not None
    assert answer.first.says == "The record was signed with another key than the office's."


# Signed heads.


def told(record: bytes, head: bytes) -> str:
    answer = recount(record, head=head)
    assert answer.first is not None
    assert answer.first.check == "V23"
    return str(answer.first)


def test_a_record_cut_short_is_told_by_the_signed_head() -> None:
    cut = b"".join(maker.lines_of(SMALL)[:26])
    assert recount(cut).holds
    assert told(cut, maker.signed_head(SMALL)) == (
        "The record is cut short: the office signed event 27, and the record ends with event 26."
    )


def test_a_head_published_before_the_certificate_is_of_the_record_and_vouches_for_no_more() -> None:
    """Whoever kept the head of the fixed frame compares it with the record that is published in the end."""
    answer = recount(SMALL, head=maker.signed_head(SMALL, seq=20))
    assert answer.holds
    assert next(check.found for check in answer.checks if check.number == "V23") == (
        "the office signed event 20 of 27, before the certificate in event 26, for which this head does not vouch"
    )


def test_a_head_of_the_fixed_frame_tells_a_history_that_was_written_anew_after_it_was_published() -> None:
    rewritten = seal(altered(EVENTS, "received", lambda body: body.update(day="2026-10-29")), OFFICE)
    assert recount(rewritten).holds
    assert told(rewritten, maker.signed_head(SMALL, seq=7)) == (
        "The signed head is not of this record. The office signed another event 7 than stands in the record."
    )


def test_a_signed_head_outlives_a_rewritten_history() -> None:
    rewritten = seal(altered(EVENTS, "noted", lambda body: body.update(what="another")), OFFICE)
    assert recount(rewritten).holds
    assert told(rewritten, maker.signed_head(SMALL)) == (
        "The signed head is not of this record. The office signed another event 27 than stands in the record."
    )


def test_a_head_signed_by_a_stranger_fails() -> None:
    assert "It is of another key." in told(SMALL, maker.signed_head(SMALL, STRANGER))
    forged = maker.signed_head(SMALL, STRANGER).replace(maker.public(STRANGER).encode(), KEY.encode())
    assert "Its signature is not the office's." in told(SMALL, forged)


def test_a_head_of_another_case_fails() -> None:
    other = seal(altered(EVENTS, "opened", lambda body: body.update(case="2026-8")), OFFICE)
    assert "It is of another case." in told(SMALL, maker.signed_head(other))


@pytest.mark.parametrize(
    "head", [b"", b"{}\n", b"no\n", maker.signed_head(SMALL)[:-1], maker.signed_head(SMALL) + b" "]
)
def test_a_damaged_head_fails(head: bytes) -> None:
    assert told(SMALL, head).startswith("The signed head is not written as it must be.")


# Certificates.


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b'"estimate":6', b'"estimate":9', "It differs in samples."),
        (b'"valid":2', b'"valid":3', "It differs in counts."),
        (b'"form"', b'"from"', "It differs in form, from."),
        (b'"cures":1,', b'"cures":1, ', "It says the same, and is written in another way."),
        (b"{", b"", "It is not even JSON of a certificate."),
    ],
)
def test_a_certificate_with_other_numbers_fails(before: bytes, after: bytes, says: str) -> None:
    certificate = maker.certificate_of(SMALL).replace(before, after, 1)
    answer = recount(SMALL, certificate=certificate)
    assert answer.first is not None
    assert answer.first.says == "The certificate given is not the one that this record gives."
    assert answer.first.detail == says


def test_a_certificate_signed_with_other_numbers_fails() -> None:
    events = maker.events_of(SMALL)
    events[25]["body"]["certificate"] = maker.sha256(
        maker.certificate_of(SMALL).replace(b'"estimate":6', b'"estimate":9')
    )
    answer = recount(seal(events, honest=False))
    assert first(answer) == ("V22", 26)
    assert answer.first is not None
    assert answer.first.says == "The certificate signed in event 26 is not the one that this record gives."


def test_a_certificate_for_a_record_without_one_fails() -> None:
    answer = recount(seal(EVENTS[:25]), certificate=maker.certificate_of(SMALL))
    assert [check.number for check in answer.checks if check.state == "fails"] == ["V22", "V25"]


# The quick reading of decisions.

DECISIONS = [
    decision("12-3", "a"),
    decision("é-3", "a", searches=["name", "former-name"]),
    decision("12-3", reason="not-registered"),
    decision("12-3", "a", reason="not-registered", look=2, searches=["signature"]),
    decision("12-3", "a", reason="duplicate", repeats="1-1"),
    decision("12-3", "a", reason="duplicate"),
    decision("12-3", reason="ordered", order="an order"),
    decision("12-3", reason="ordered"),
    decision('1"-3', "a"),
    decision("1\\-3", "a"),
    decision("1 2-3", "a"),
    decision("12-3", "a", searches=[]),
    decision("12-3", "a", searches=["name", "name"]),
    decision("12-3", "a", searches=["guess"]),
    decision("12-3", "a", look=3),
    decision("12-3", reason="ugly one"),
    decision("12-3", "a") | {"by": "ann marie"},
]


@pytest.mark.parametrize("each", DECISIONS, ids=str)
def test_a_decision_read_quickly_is_the_one_read_in_full_and_fits_its_shape(each: Event) -> None:
    raw = seal([each]).rstrip(b"\n")
    quick, full = quick_decision(raw), read_event(raw)
    assert quick in (None, full)
    assert quick is None or (KINDS["decision"][1](full.body) and KINDS_2["decision"][1](full.body))


def test_common_decisions_are_read_quickly_and_no_altered_one_is() -> None:
    for each in DECISIONS[:4]:
        raw = seal([each]).rstrip(b"\n")
        assert quick_decision(raw) is not None
        for at in range(len(raw)):
            for changed in (raw[:at] + raw[at + 1 :], raw[:at] + b'"' + raw[at:], raw[:at] + b"\\" + raw[at + 1 :]):
                quick = quick_decision(changed)
                assert quick is None or quick == read_event(changed)
