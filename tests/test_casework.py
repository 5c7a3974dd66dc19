"""A case: what may happen when, what follows from decisions, and that nothing else is ever written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotworthy.casework import (
    Act,
    Case,
    Desk,
    all_body,
    certified_body,
    counts_body,
    open_lines,
    sample_body,
    twin_bytes,
    twin_of,
    verdict_body,
)
from ballotworthy.casework.rulings import Ruling, counted
from ballotworthy.errors import RecordBroken, Refused
from ballotworthy.record import Link, OfficeKey
from ballotworthy.stats import draw
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
    voter,
    whole_case,
)

SEED = Act("ann", "seed", {"seed": "7", "throws": 1, "how": "dice", "source": "a die", "present": ["the press"]})
ROLL_NAMED = Act("ann", "roll", {"roll": ROLL, "day": "2026-11-01", "voters": 9})
BAD = "f" * 64
RISK = {
    "lines": 0,
    "sufficient": "1.000000",
    "insufficient": "1.000000",
    "low": 0,
    "high": 30,
    "decided": "not decided",
}
RISK |= {"low": 0, "high": 30, "statement": "x"}
RISK_TERMS = {"risk_limit": "0.05", "unlinked": 0, "unlinked_risk": "0.0", "missing": 20}
PURGED = {"what": ["names"], "ground": "x", "lawful_from": "2026-11-03", "second": "bob"}
SIGNED = {"form": "plain", "signature": "0" * 128, "certificate": BAD, "second": "bob"}


def a(kind: str, by: str = "ann", **body: Any) -> Act:
    return Act(by, kind, body)


def empty() -> Desk:
    return desk_of()


def just_opened() -> Desk:
    desk = desk_of()
    desk.act(opened())
    return desk


def just_pinned() -> Desk:
    desk = just_opened()
    desk.act(pinned(required=20))
    return desk


def listed() -> Desk:
    desk = just_pinned()
    desk.act(*intake(frame_lines(10)))
    return desk


def fixed() -> Desk:
    desk = listed()
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    desk.act(ROLL_NAMED)
    return desk


def seeded() -> Desk:
    desk = fixed()
    desk.act(SEED)
    return desk


def drawn() -> Desk:
    desk = seeded()
    sampled(desk)
    return desk


def checked() -> Desk:
    desk = fixed()
    desk.act(Act("ann", "risk_terms", RISK_TERMS), SEED)
    sampled(desk)
    return desk


def looked() -> Desk:
    desk = drawn()
    desk.act(ruled("1-1"), ruled("1-2"), ruled("1-2", "bob", 2, reason="illegible"))
    return desk


def done() -> Desk:
    desk = drawn()
    decided(desk, sorted(desk.case().sample.lines))  # type: ignore[union-attr]  # it was drawn
    return desk


def counted_up() -> Desk:
    desk = done()
    desk.do(lambda case: [Act("ann", "counts", counts_body(case))])
    return desk


def with_verdict() -> Desk:
    desk = done()
    judged(desk)
    return desk


def finished() -> Desk:
    desk = with_verdict()
    certified(desk)
    return desk


def reopened() -> Desk:
    desk = finished()
    desk.act(a("reopened", order="the court", day="2026-11-03"))
    return desk


LINES = frame_lines(10)
NUMBERS = {"sheets": 2, "lines": 10}
REFUSED: list[tuple[Callable[[], Desk], Act, str]] = [
    (empty, SEED, "has not been opened"),
    (empty, opened(people=[{"id": "bob", "may": ["manage"]}]), "ann opens the case and is not among those"),
    (empty, opened(people=[{"id": "ann", "may": ["decide"]}]), "not among those who may manage"),
    (empty, opened(people=[{"id": "ann", "may": ["manage"]}] * 2), "named twice"),
    (empty, opened(people=[]), "its people is not a list of people"),
    (empty, opened(on="2026-02-30"), "its on is not a day"),
    (empty, opened(color="red"), "it says too much: color"),
    (just_opened, opened(), "is open already"),
    (just_opened, a("sung", line="1-1"), "no kind of event called 'sung'"),
    (just_opened, a("noted", by="eve", what="x", day="2026-11-03"), "eve has not been admitted"),
    (just_opened, a("noted", by="bob", what="x", day="2026-11-03"), "bob has not been admitted to manage"),
    (just_opened, a("dismissed", id="ann"), "last who may manage"),
    (just_opened, a("dismissed", id="eve"), "eve is not admitted"),
    (just_opened, a("received", batch="1", day="2026-11-02", **NUMBERS), "law has not been pinned"),
    (just_opened, ROLL_NAMED, "law has not been pinned"),
    (just_opened, replace(pinned(required=20), body={**pinned().body, "sha256": BAD}), "digest is not that of the law"),
    (just_opened, pinned(kind="recall", on="2010-01-01"), "values are not those of the law's text"),
    (just_pinned, pinned(required=20), "pinned already"),
    (just_pinned, a("counted", batch="1", **NUMBERS), "batch 1 was not received"),
    (just_pinned, a("frame", sheets=0, lines=0, fingerprint=BAD, ids=BAD), "no line has been listed"),
    (just_pinned, a("lines", lines=[["1", "1", "North", "", "odd", ""]]), "its mark is not known"),
    (just_pinned, a("lines", lines=[["1", "1", "", "", "", ""]]), "stratum is empty"),
    (just_pinned, a("lines", lines=[["1", "1\t", "North", "", "", ""]]), "a tab"),
    (just_pinned, a("lines", lines=[["1", "1", "North", "", "", "scan.png"]]), "not given by a SHA-256"),
    (just_pinned, a("lines", lines=[["1", "1", "N", "", "", ""]] * 2), "line 1-1 is listed twice"),
    (just_pinned, a("lines", lines=[["1", "1", "N"]]), "lines of six texts"),
    (just_pinned, SEED, "the frame is not fixed"),
    (just_pinned, a("proposals", sha256=BAD, lines=1, made_with="x"), "the frame is not fixed"),
    (just_pinned, ruled("1-1"), "a decision before the seed"),
    (just_pinned, a("challenged", line="1-1", side="x", claim="invalid", day="2026-11-03"), "frame is not fixed"),
    (listed, a("received", batch="1", day="2026-11-02", **NUMBERS), "received already"),
    (listed, a("counted", batch="1", **NUMBERS), "counted already"),
    (listed, a("lines", lines=[LINES[0]]), "listed twice"),
    (listed, a("frame", sheets=2, lines=10, fingerprint=BAD, ids=BAD), "not those of the lines listed"),
    (fixed, a("lines", lines=[["99", "1", "North", "", "", ""]]), "frame is fixed"),
    (fixed, ROLL_NAMED, "named already"),
    (fixed, a("seed", seed="7", throws=1, how="dice", source="a die", present=[]), "Say who was present"),
    (
        fixed,
        a("seed", seed="7\n8", throws=1, how="dice", source="a die", present=["x"]),
        "its seed is not a text of one line",
    ),
    (fixed, ruled("1-1"), "a decision before the seed"),
    (fixed, a("sample", scope="sample", why="x", strata=[]), "seed has not been drawn"),
    (seeded, SEED, "a second one would be a choice"),
    (seeded, a("proposals", sha256=BAD, lines=1, made_with="x"), "could be fitted to it"),
    (seeded, a("sample", scope="sample", why="x", strata=[]), "possible size"),
    (drawn, ruled("9-9"), "line 9-9 is not in the sample"),
    (drawn, ruled("1-1", by="eve"), "eve has not been admitted"),
    (drawn, ruled("1-1", look=2), "no first look"),
    (drawn, a("decision", line="1-1", look=3, outcome="valid"), "its look is not 1 or 2"),
    (drawn, a("decision", line="1-1", look=1, outcome="valid"), "without the voter"),
    (drawn, a("decision", line="1-1", look=1, outcome="invalid"), "without a ground"),
    (drawn, a("decision", line="1-1", look=1, outcome="invalid", reason="ugly"), "ugly is no ground"),
    (drawn, a("decision", line="1-1", look=1, outcome="invalid", reason="illegible", roll=BAD), "does not name"),
    (drawn, a("decision", line="1-1", look=1, outcome="valid", voter=BAD, roll=ROLL, reason="x"), "has a ground"),
    (drawn, a("decision", line="1-1", look=1, outcome="valid", voter="Ann Smith", roll=ROLL), "its voter is not"),
    (drawn, a("resolved", line="1-1", outcome="invalid", reason="illegible"), "nothing to resolve"),
    (drawn, a("corrected", line="1-1", outcome="invalid", reason="illegible", why="x"), "has not been decided"),
    (drawn, a("withdrawn", voter=BAD, day="2026-11-03", ground="a letter"), "knows no withdrawal"),
    (drawn, a("struck", line="1-1", reason="illegible", why="x"), "is in the sample"),
    (drawn, a("struck", line="77-1", reason="illegible", why="x"), "not among those that can be drawn"),
    (drawn, a("assigned", person="eve", lines=["1-1"]), "eve has not been admitted to decide"),
    (drawn, a("assigned", person="bob", lines=["9-9"]), "not in the sample"),
    (drawn, a("challenged", line="9-9", side="x", claim="invalid", day="2026-11-03"), "not in the frame"),
    (drawn, a("cured", line="9-9", what="x", day="2026-11-03"), "not in the frame"),
    (drawn, a("counts", rows=[], reasons=[], looks=[]), "10 lines of the sample have no ruling"),
    (drawn, a("certified", **SIGNED), "there is no verdict"),
    (fixed, a("risk_terms", **RISK_TERMS | {"risk_limit": "0.0"}), "a risk limit of 0 cannot be"),
    (fixed, a("risk_terms", **RISK_TERMS | {"unlinked_risk": "0.05"}), "must leave something"),
    (fixed, a("risk_terms", **RISK_TERMS | {"expected": 0}), "0 lines cannot be expected"),
    (fixed, a("risk_terms", **RISK_TERMS, machine={"total": "1.000000"}), "proposals are not committed"),
    (drawn, a("risk_terms", **RISK_TERMS), "the seed has been drawn: terms made after it"),
    (drawn, a("weighed", line="1-1", further=0), "no risk-limiting check was begun"),
    (drawn, a("risk", **RISK), "no risk-limiting check was begun"),
    (checked, a("risk_terms", **RISK_TERMS), "are fixed already"),
    (checked, a("weighed", line="9-9", further=0), "is not in the sample"),
    (checked, a("weighed", line="1-1", further=99), "more than the petition has"),
    (checked, a("risk", **RISK | {"lines": 1}), "0 lines of the seed's order are known, not 1"),
    (checked, a("risk", **RISK | {"machine": []}), "does not say the machine's weight"),
    (checked, a("risk", **RISK | {"sufficient": "0.900000"}), "risk of saying sufficient is 1.000000, not 0.900000"),
    (checked, a("risk", **RISK | {"decided": "sufficient"}), "does not follow from the risks"),
    (checked, a("risk", **RISK | {"low": 5}), "the valid signers are 0 to "),
    (drawn, a("reopened", order="x", day="2026-11-03"), "not certified"),
    (drawn, a("purged", **PURGED), "never certified"),
    (looked, ruled("1-1"), "decided already"),
    (looked, ruled("1-1", look=2), "the second look is another person's"),
    (looked, ruled("1-2", "bob", 2), "two looks already"),
    (looked, a("corrected", line="1-1", outcome="invalid", reason="illegible", why="x", answers=3), "is no challenge"),
    (done, a("counts", rows=[], reasons=[], looks=[]), "do not follow from the decisions"),
    (done, a("resolved", line="1-1", outcome="invalid", reason="illegible"), "nothing to resolve"),
    (finished, ruled("1-1"), "only once a court has reopened it"),
    (finished, a("counts", rows=[], reasons=[], looks=[]), "the case is certified"),
    (finished, a("certified", **SIGNED), "the case is certified"),
    (finished, a("risk", **RISK), "no risk-limiting check was begun"),
    (finished, a("purged", what=["shoes"], ground="x"), "its what is not a list"),
    (reopened, a("purged", **PURGED), "until it is certified anew"),
    (finished, a("purged", **{**PURGED, "lawful_from": "2027-01-01"}), "by its own words it is lawful from 2027-01-01"),
    (with_verdict, a("certified", **SIGNED), "not signed with the office's key"),
    (with_verdict, a("certified", **{**SIGNED, "second": "ann"}), "ann, the second person, is the one who acts"),
    (with_verdict, a("certified", **{**SIGNED, "second": "cyd"}), "cyd, the second person, has not been admitted"),
    (with_verdict, a("certified", **SIGNED, alone="x"), "names a second person, and says why there is none"),
    (with_verdict, a("certified", form="plain", signature="0" * 128, certificate=BAD), "an act of two people"),
]


@pytest.mark.parametrize(("desk", "act", "why"), REFUSED, ids=[f"{row[0].__name__}: {row[2]}" for row in REFUSED])
def test_what_may_not_happen_now_is_refused_with_the_reason(desk: Callable[[], Desk], act: Act, why: str) -> None:
    made = desk()
    before = made.case().link
    with pytest.raises(Refused, match=why.replace("(", r"\(")) as refused:
        made.act(act)
    assert str(refused.value).endswith(".")
    assert made.case().link == before


def test_what_holds_for_no_event_holds_for_none_of_the_call() -> None:
    desk = drawn()
    before = desk.case().link
    with pytest.raises(Refused):
        desk.act(ruled("1-1"), ruled("9-9"))
    assert (desk.case().link, desk.case().looks) == (before, {})


def test_a_clock_that_goes_back_is_not_believed() -> None:
    memory = Memory()
    late = Clock()
    late()
    Desk(memory, late).act(opened())
    with pytest.raises(Refused, match="Set the clock right"):
        Desk(memory, Clock()).act(pinned(required=20))


@pytest.mark.parametrize("at", [2, 5, 9, 30])
def test_a_record_with_an_event_out_of_order_does_not_open(at: int) -> None:
    """Whoever forges a record hashes it anew; what he cannot forge is what must follow from what."""
    from ballotworthy.record import Draft, read_chain, seal

    memory = Memory()
    whole_case(memory, 60)
    events = list(read_chain(memory.rows))
    events[at - 1], events[at] = events[at], events[at - 1]
    forged, link = Memory(), Link(0, "0" * 64)
    for event in events:
        made, line = seal(Draft("2026-11-03T09:00:00Z", event.by, event.kind, event.body), link)
        forged.append([line])
        link = made.link
    if at == 30:  # two decisions on two lines may come in either order; what follows is then signed by nobody
        with pytest.raises(RecordBroken, match=f"event {len(events)} "):
            Desk(forged, Clock()).case()
    else:
        with pytest.raises(RecordBroken):
            Desk(forged, Clock()).case()


def test_the_law_is_pinned_with_what_decides() -> None:
    body = pinned("us-ca", "amendment", "2018-04-20").body
    assert body["values"]["formula"] == "california"
    assert (body["values"]["sample_share"], body["values"]["sample_least"]) == ("0.03", 500)
    assert body["sha256"] == sha256(body["text"].encode()).hexdigest()
    assert body["reasons"] == sorted(body["reasons"])


def test_the_fingerprint_is_that_of_the_text_of_the_frame() -> None:
    case = fixed().case()
    text = "".join("\t".join(line) + "\n" for line in frame_lines(10))
    assert case.frame.fixed
    assert case.frame.fixed["fingerprint"] == sha256(text.encode()).hexdigest()
    assert case.frame.fixed["ids"] == sha256("".join(f"{x[0]}-{x[1]}\n" for x in frame_lines(10)).encode()).hexdigest()


def test_a_difference_at_intake_is_explained_or_refused() -> None:
    desk = just_pinned()
    desk.act(a("received", batch="1", day="2026-11-02", sheets=3, lines=11))
    with pytest.raises(Refused, match="Explain the difference"):
        desk.act(a("counted", batch="1", **NUMBERS))
    desk.act(a("counted", batch="1", explained="one empty sheet was promised", **NUMBERS))
    desk.act(a("lines", lines=LINES[:9]))
    with pytest.raises(Refused, match="9 lines are listed and 10 were counted"):
        desk.do(lambda case: [Act("ann", "frame", case.frame.body())])


def test_the_sample_is_of_the_laws_size_and_in_the_seeds_order() -> None:
    desk = desk_of()
    framed(desk, frame_lines(300))
    body = sample_body(desk.case())
    for stratum in body["strata"]:
        ids = [f"{x[0]}-{x[1]}" for x in frame_lines(300) if x[2] == stratum["stratum"] and not x[4]]
        assert stratum["of"] == len(ids)
        assert stratum["size"] == 100
        assert stratum["ids"] == draw("426113", ids, 100)
    assert sum(stratum["of"] for stratum in body["strata"]) == 299  # the blank line is not filed


def test_a_sample_may_grow_and_keeps_its_beginning_but_never_shrinks() -> None:
    desk = desk_of()
    framed(desk, frame_lines(300))
    sampled(desk)
    more = sample_body(desk.case(), {"Island": 120, "North": 100}, "the office wants to know")
    desk.act(Act("ann", "sample", more))
    with pytest.raises(Refused, match="smaller than the sample before"):
        desk.do(lambda case: [Act("ann", "sample", sample_body(case))])
    desk.do(lambda case: [Act("ann", "sample", all_body(case, "a full check"))])
    with pytest.raises(Refused, match="every line is examined already"):
        desk.act(Act("ann", "sample", more))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda strata: strata[0].update(size=99, ids=strata[0]["ids"][:99]), "the law orders 100 lines of Island"),
        (lambda strata: strata[0]["ids"].reverse(), "not the first of the seed's order"),
        (lambda strata: strata[0].update(of=7), "not the first of the seed's order"),
        (lambda strata: strata.pop(), "possible size for each stratum"),
        (lambda strata: strata[0].pop("ids"), "does not say the lines drawn"),
    ],
)
def test_a_sample_that_does_not_follow_is_refused(change: Callable[[list[Any]], object], why: str) -> None:
    desk = desk_of()
    framed(desk, frame_lines(300))
    body = sample_body(desk.case())
    change(body["strata"])
    with pytest.raises(Refused, match=why):
        desk.act(Act("ann", "sample", body))


def test_a_law_without_a_sample_examines_every_line() -> None:
    desk = desk_of()
    framed(desk, place="us-wy", kind="statute", lines=frame_lines(20, ["state"]))
    with pytest.raises(Refused, match="projects no sample"):
        sampled(desk)
    assert len(sampled(desk, every=True)) == len(desk.case().frame.filed)


def test_a_disagreement_stays_open_until_somebody_resolves_it() -> None:
    desk = looked()
    assert desk.case().ruling("1-2") is None
    assert "1-2" in open_lines(desk.case())
    body = {"line": "1-2", "outcome": "invalid", "reason": "illegible"}
    for act in (Act("ann", "resolved", body), Act("bob", "corrected", {**body, "why": "x"})):
        with pytest.raises(Refused, match="a third person ends"):
            desk.act(act)
    desk.act(Act("dee", "resolved", body))
    assert desk.case().ruling("1-2") == Ruling("invalid", "illegible", "", "dee")


def test_a_correction_wins_and_erases_nothing() -> None:
    desk = looked()
    number = desk.case().link.seq
    desk.act(
        a(
            "challenged",
            line="1-1",
            side="the opponents",
            claim="invalid",
            reason="illegible",
            day="2026-11-03",
        )
    )
    answer = {"why": "on a third look", "answers": number + 1}
    desk.act(a("corrected", line="1-1", outcome="invalid", reason="illegible", **answer))
    case = desk.case()
    assert case.looks["1-1"].first == Ruling("valid", "", voter("voter of 1-1"), "ann")
    assert case.ruling("1-1") == Ruling("invalid", "illegible", "", "ann")


VALID, TWICE = Ruling("valid", "", "v", "ann"), Ruling("invalid", "duplicate", "v", "ann")
OTHER = Ruling("valid", "", "w", "ann")
LATE = Ruling("invalid", "illegible", "v", "ann")


@pytest.mark.parametrize(
    ("rulings", "policy", "expected"),
    [
        ([VALID, OTHER], "first-valid", ["valid", "valid"]),
        ([VALID, VALID, OTHER], "first-valid", ["valid", "duplicate", "valid"]),
        ([VALID, VALID, VALID], "all-but-one", ["valid", "duplicate", "duplicate"]),
        ([VALID, VALID, OTHER], "none", ["invalid", "invalid", "valid"]),
        ([TWICE, VALID], "first-valid", ["duplicate", "valid"]),
        ([TWICE, OTHER], "first-valid", ["invalid", "valid"]),
        ([LATE, VALID], "first-valid", ["invalid", "valid"]),
        ([VALID, TWICE], "none", ["invalid", "invalid"]),
    ],
)
def test_a_voter_counts_once_by_the_places_policy(rulings: list[Ruling], policy: str, expected: list[str]) -> None:
    lines = [f"1-{at}" for at in range(len(rulings))]
    found = counted(dict(zip(lines, rulings, strict=True)), lines, policy)
    assert [found[line].outcome for line in lines] == expected


def test_withdrawn_signers_count_no_more() -> None:
    desk = desk_of()
    framed(desk, place="us-ca", kind="state-recall", lines=frame_lines(20, ["Alpine"]))
    for line in sampled(desk, every=True):
        desk.act(ruled(line))
    desk.act(a("withdrawn", voter=voter("voter of 1-1"), day="2026-11-03", ground="a letter"))
    assert desk.case().ruling("1-1") == Ruling("invalid", "withdrawn", voter("voter of 1-1"), "ann")


def test_a_struck_line_leaves_what_the_sample_speaks_for() -> None:
    desk = desk_of()
    framed(desk, frame_lines(300))
    lines = sampled(desk)
    outside = next(line for line in desk.case().frame.drawable["North"] if line not in lines)
    decided(desk, lines)
    desk.act(a("struck", line=outside, reason="illegible", why="the court"))
    rows = {row["stratum"]: row for row in counts_body(desk.case())["rows"]}
    assert (rows["North"]["removed"], rows["Island"]["removed"]) == (1, 0)


def test_rows_add_up() -> None:
    _, case = whole_case()
    assert case.standing.counts
    for row in case.standing.counts.body["rows"]:
        assert row["valid"] + row["duplicates"] + row["invalid"] == row["sample"] <= row["raw"]


def test_what_changes_after_the_count_must_be_counted_again() -> None:
    desk = with_verdict()
    desk.act(a("corrected", line="1-1", outcome="invalid", reason="illegible", why="misread"))
    with pytest.raises(Refused, match="something has changed since"):
        certified(desk)
    with pytest.raises(Refused, match="something has changed since"):
        desk.do(lambda case: [Act("ann", "verdict", verdict_body(case))])
    judged(desk)
    certified(desk)


def test_a_verdict_with_another_number_is_refused() -> None:
    desk = counted_up()
    body = verdict_body(desk.case())
    with pytest.raises(Refused, match="does not follow from the counts"):
        desk.act(Act("ann", "verdict", {**body, "estimate": body["estimate"] + 1}))


def test_a_certificate_with_other_numbers_is_refused() -> None:
    desk = with_verdict()
    body = certified_body(desk.case(), "plain", OFFICE, second="bob")
    with pytest.raises(Refused, match="not the one that the record gives"):
        desk.act(Act("ann", "certified", {**body, "certificate": BAD}))


def test_another_key_than_the_offices_certifies_nothing() -> None:
    other = OfficeKey(Ed25519PrivateKey.from_private_bytes(b"another key of these tests, 32 b"))
    with pytest.raises(Refused, match="not the office's key of this case"):
        certified_body(with_verdict().case(), "plain", other)


def test_the_certificate_has_the_digest_that_was_signed_whatever_happens_later() -> None:
    desk, case = whole_case()
    assert case.standing.certified
    first = twin_bytes(twin_of(case))
    assert sha256(first).hexdigest() == case.standing.certified.body["certificate"]
    desk.act(a("challenged", line="1-1", side="x", claim="invalid", day="2026-12-01"))
    desk.act(a("roll", roll=BAD, day="2026-11-20", voters=3))
    desk.act(a("purged", what=["names"], ground="a year has passed", lawful_from="2026-11-03", alone="one clerk"))
    assert twin_bytes(twin_of(desk.case())) == first


def test_a_court_reopens_a_case_and_it_is_certified_anew() -> None:
    desk = finished()
    desk.act(a("reopened", order="Superior Court, 12-345", day="2026-12-01"))
    desk.act(a("corrected", line="1-1", outcome="invalid", reason="illegible", why="the court"))
    judged(desk)
    certified(desk)
    assert twin_of(desk.case())["reopenings"] == [{"order": "Superior Court, 12-345", "day": "2026-12-01"}]
    (replaced,) = desk.case().replaced
    assert replaced.kind == "certified"


def test_a_certified_full_check_goes_on_to_every_line() -> None:
    desk = desk_of()
    framed(desk, frame_lines(240), required=189)
    decided(desk, sampled(desk))
    judged(desk)
    assert desk.case().standing.verdict.body["verdict"] == "full-check"  # type: ignore[union-attr]  # it was judged
    certified(desk)
    first, clocked = desk.case().standing.certified, set(desk.case().clocked)
    assert ({"certified", "sample-reported"} & clocked, desk.case().left_open) == ({"sample-reported"}, None)
    sampled(desk, every=True)
    assert desk.case().left_open == first
    desk.act(*(ruled(line) for line in open_lines(desk.case())))
    judged(desk)
    certified(desk)
    assert twin_of(desk.case())["sample"]["scope"] == "all"
    assert ("certified" in desk.case().clocked, desk.case().left_open) == (True, None)


def test_no_event_holds_a_name_of_a_voter() -> None:
    memory = Memory()
    whole_case(memory)
    assert not any(b"voter of" in row for row in memory.rows)


def test_a_case_starts_from_nothing() -> None:
    assert Case().link == Link(0, "0" * 64)
