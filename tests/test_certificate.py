"""The paper: the same bytes from the same record, every number from it, a form for every place that has one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import segno

from ballotworthy.casework import Act, Case, Desk, counts_body, twin_bytes, twin_of
from ballotworthy.casework.counting import rows_of
from ballotworthy.casework.judging import older_verdict_body
from ballotworthy.certificate import certificate_pdf, form_of, forms_of, packet_pdf, packet_table, paper_data
from ballotworthy.certificate.packet import effects
from ballotworthy.certificate.paper import code_rows, typeset
from ballotworthy.certificate.refused import CHANGES
from ballotworthy.certificate.rests import UNSTATED
from ballotworthy.errors import Refused, UnknownName
from ballotworthy.files.places import place_codes
from ballotworthy.law import REASONS
from ballotworthy.sufficiency import assess
from ballotworthy.verbs.case_risk_state import stated
from ballotworthy.verify import verify
from cases import (
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

FORMS = [
    ("us-az", "statute", "receipt", ("state",), 900),
    ("us-co", "statute", "statement", ("state",), 700),
    ("us-ca", "amendment", "county", ("Alpine",), 700),
    ("zz-example", "initiative", "plain", ("Island", "North"), 150),
]


def signed(place: str, kind: str, form: str, strata: tuple[str, ...], required: int) -> tuple[Memory, Case]:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk, frame_lines(1_200 if required > 200 else 300, strata), required=required, place=place, kind=kind)
    lines = sampled(desk)
    desk.act(
        *(
            ruled(line, reason="not-registered") if at % 6 == 5 else ruled(line, of="twice" if at in (1, 2) else "")
            for at, line in enumerate(lines)
        )
    )
    judged(desk)
    certified(desk, form)
    return memory, desk.case()


@pytest.fixture(scope="module", params=FORMS, ids=[row[2] for row in FORMS])
def paper(request: pytest.FixtureRequest) -> tuple[Memory, Case]:
    return signed(*request.param)


def test_the_same_record_gives_the_same_bytes(paper: tuple[Memory, Case]) -> None:
    memory, case = paper
    again = Desk(memory, Clock()).case()
    pdf = certificate_pdf(case)
    assert pdf.startswith(b"%PDF-")
    assert certificate_pdf(again) == pdf
    assert twin_bytes(twin_of(again)) == twin_bytes(twin_of(case))
    assert packet_pdf(again) == packet_pdf(case)


def test_the_paper_is_dated_by_the_record_and_not_by_the_clock(paper: tuple[Memory, Case]) -> None:
    pdf = certificate_pdf(paper[1])
    dates = set(re.findall(rb"D:(\d{8})", pdf))
    assert dates == {b"20261103"}


def test_the_paper_bears_the_day_that_it_was_at_the_place(paper: tuple[Memory, Case]) -> None:
    case = paper[1]
    event = case.standing.certified
    assert event
    late = replace(case, standing=replace(case.standing, certified=event._replace(at="2026-11-04T03:00:00Z")))
    signed = paper_data(late, twin_of(late))["signed"]
    assert signed["day"] == (4 if case.opened["place"] == "zz-example" else 3)
    zones = {"us-ca": "America/Los_Angeles", "us-co": "America/Denver", "us-az": "America/Phoenix"}
    zone = zones.get(case.opened["place"])
    day = f"2026-11-03 ({zone}; 2026-11-04 by UTC)" if zone else "2026-11-04 (UTC)"
    assert f"Certified by ann on {day}, with bob as" in " ".join(paper_data(late, twin_of(late))["rests"])


def test_the_numbers_on_the_paper_are_those_of_the_record(paper: tuple[Memory, Case]) -> None:
    case = paper[1]
    data, twin = paper_data(case, twin_of(case)), twin_of(case)
    rows = twin["counts"]["rows"]
    total = {name: sum(row[name] for row in rows) for name in ("raw", "sample", "valid", "duplicates", "invalid")}
    assert {name: data["total"][name] for name in total} == {name: f"{number:,}" for name, number in total.items()}
    assert data["estimate"] == f"{twin['verdict']['estimate']:,}"
    assert len(data["refused"]) == total["sample"] - total["valid"]
    assert [step["name"] for step in data["steps"]][-1] == "verdict"
    assert len(data["steps"]) + len(data["strata_steps"]) == len(twin["verdict"]["steps"])


def test_every_form_says_what_it_rests_on(paper: tuple[Memory, Case]) -> None:
    case = paper[1]
    data, form = paper_data(case, twin_of(case)), twin_of(case)["form"]
    assert data["rests"][0].startswith("The office gave the number required, ")
    assert data["rests"][1].startswith("Rulings are taken as true: ")
    assert "None of the" in data["rests"][1]
    lines, verdict = case.frame.lines, twin_of(case)["verdict"]
    assert f"about {len(lines) / 100:.0f}, {len(lines) / 50:.0f} or " in data["rests"][2]
    assert data["rests"][2].endswith(f"{verdict['estimate'] - verdict['requirement']:,} above the requirement.")
    assert data["rests"][-1].startswith("No record can show that every sheet filed was listed")
    begun = paper_data(replace(case, risk_terms={"missing": 0}), twin_of(case))["rests"]
    assert set(begun) - set(data["rests"]) == {UNSTATED}
    template = forms_of(case.opened["place"])[form]
    assert typeset(template, {**data, "rests": ["another sentence"]}) != typeset(template, data)


def test_a_paper_after_a_court_order_says_which_order_and_which_certificate_it_replaces() -> None:
    desk, case = whole_case()
    first = case.standing.certified
    assert first
    desk.act(Act("ann", "reopened", {"order": "Superior Court, 12-345", "day": "2026-12-01"}))
    judged(desk)
    certified(desk)
    *_, later, order, replaced, _ = paper_data(desk.case(), twin_of(desk.case()))["rests"]
    assert later.startswith("After the first rulings: rulings corrected afterwards: ")
    assert order == "Reopened by Superior Court, 12-345, 2026-12-01."
    assert replaced.startswith(f"This certificate replaces the one of event {first.seq}, ")
    assert replaced.endswith(f"{first.body['certificate']}.")


def test_another_ruling_gives_another_paper() -> None:
    _, one = whole_case()
    desk = desk_of()
    framed(desk, frame_lines(240))
    lines = sampled(desk)
    decided(desk, lines)
    desk.act(Act("ann", "corrected", {"line": lines[0], "outcome": "invalid", "reason": "illegible", "why": "x"}))
    judged(desk)
    certified(desk)
    assert certificate_pdf(desk.case()) != certificate_pdf(one)


def test_no_paper_without_a_certificate() -> None:
    desk = desk_of()
    framed(desk)
    with pytest.raises(Refused, match="not certified"):
        certificate_pdf(desk.case())


def test_every_place_has_the_plain_form_and_some_have_their_own() -> None:
    assert all("plain" in forms_of(place) for place in place_codes())
    assert [form_of(place) for place in ("us-az", "us-co", "us-ca", "us-wa")] == [
        "receipt",
        "statement",
        "county",
        "plain",
    ]
    assert form_of("us-az", "plain") == "plain"
    with pytest.raises(UnknownName, match="form in us-wa called"):
        form_of("us-wa", "receipt")


def test_the_code_holds_the_head() -> None:
    text = "ballotworthy head 1 EX-1 7 " + "a" * 64
    rows = code_rows(text)
    assert len(rows) == len(rows[0]) == segno.make(text, error="m", micro=False).symbol_size(border=0)[0]
    assert rows[0].startswith("1111111")
    assert code_rows(text) == rows


def test_every_ground_says_what_would_change_it() -> None:
    assert set(CHANGES) == set(REASONS)


def test_the_packet_names_every_refused_line_with_its_rule(paper: tuple[Memory, Case]) -> None:
    case = paper[1]
    table = packet_table(case)
    assert case.standing.counts
    by_reason = {row["reason"]: row["lines"] for row in case.standing.counts.body["reasons"]}
    assert dict(table.group_by("reason").len().iter_rows()) == by_reason
    assert not table["cite"].is_in([""]).any()
    assert table.columns[:2] == ["sheet", "line"]


def test_the_packet_says_how_many_lines_bring_another_verdict() -> None:
    _, case = signed("us-co", "statute", "statement", ("state",), 1_000)
    (effect,) = effects(case)
    assert case.standing.counts
    assert case.rules
    (row,) = rows_of(case, case.standing.counts.body)

    def verdict(number: int) -> Any:
        changed = replace(row, valid=row.valid + number, invalid=(row.invalid or 0) - number)
        return assess(case.rules, [changed], 1_000)  # type: ignore[arg-type]  # it was pinned

    now = verdict(0)
    assert effect.estimate == verdict(1).estimate - now.estimate
    assert effect.needed
    assert verdict(effect.needed - 1).verdict == now.verdict
    assert (effect.then, verdict(effect.needed).verdict) == ("sufficient", "sufficient")


def test_the_twin_is_one_line_of_canonical_json() -> None:
    _, case = whole_case()
    content = twin_bytes(twin_of(case))
    assert content.endswith(b"\n")
    assert (
        content
        == (json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()
    )


def test_the_paper_says_which_register_decides_where_another_was_named_before_it() -> None:
    desk = desk_of()
    framed(desk)
    lines = sampled(desk)
    desk.act(Act("ann", "roll", {"roll": "b" * 64, "day": "2026-11-02", "voters": 1}))
    decided(desk, lines)
    judged(desk)
    certified(desk)
    said = paper_data(desk.case(), twin_of(desk.case()))
    assert [each for each in said["about"] if each[0].startswith("roll")] == [
        ["roll of", "2026-11-02, 1 voter (named last: lines are decided by it from then on)"],
        ["roll before", "2026-11-01, 1,000 voters (replaced)"],
    ]
    assert [each for each in said["digests"] if each[0].startswith("roll")] == [
        ["roll", "b" * 64],
        ["roll before", ROLL],
    ]
    _, case = whole_case()
    assert [each for each in paper_data(case, twin_of(case))["about"] if each[0].startswith("roll")] == [
        ["roll of", "2026-11-01, 1,000 voters"]
    ]


def test_the_paper_says_where_other_numbers_were_counted_than_promised() -> None:
    _, case = whole_case()
    assert "No batch held other numbers than were entered as promised." in paper_data(case, twin_of(case))["checked"]
    name, batch = next(iter(case.batches.items()))
    more = {**batch.received, "lines": batch.received["lines"] + 2}
    counted = {**(batch.counted or batch.received), "explained": "two lines were cut off"}
    case.batches[name] = replace(batch, received=more, counted=counted)
    (said,) = (each for each in paper_data(case, twin_of(case))["checked"] if each.startswith(f"Batch {name}: "))
    assert (f"{more['lines']} lines on" in said, said.endswith("counted: two lines were cut off.")) == (True, True)


@pytest.mark.parametrize("every", [False, True])
def test_a_full_count_stands_on_the_paper_without_the_limits_of_a_sample(every: bool) -> None:
    desk = desk_of()
    framed(desk, frame_lines(240), required=44)
    decided(desk, sampled(desk, every=every))
    judged(desk)
    certified(desk)
    case = desk.case()
    twin = dict(twin_of(case))

    def told() -> bool:
        data = paper_data(case, twin)
        return "a sample decides" in dict(data["numbers"]) or any("below" in step["name"] for step in data["steps"])

    assert (told(), "bands" in twin["verdict"]) == (not every, not every)
    assert dict(paper_data(case, twin)["numbers"])["required"].startswith("44 ")
    step = {"stratum": "", "name": "insufficient below", "value": "42", "cite": "", "url": ""}
    older = {"bands": {"insufficient_below": 42, "sufficient_above": 45}, "steps": [step]}
    twin["verdict"] = {**twin["verdict"], **older}
    assert told() is not every


def test_a_full_count_judged_before_with_the_limits_of_a_sample_is_read_and_certified_as_it_stands() -> None:
    desk = desk_of(memory := Memory())
    framed(desk, frame_lines(60), required=44)
    decided(desk, sampled(desk, every=True))
    desk.do(lambda case: [Act("ann", "counts", counts_body(case))])
    desk.do(lambda case: [Act("ann", "verdict", older_verdict_body(case))])
    certified(desk)
    case = desk_of(memory).case()
    assert case.standing.verdict is not None
    assert case.standing.verdict.body["bands"] == {"insufficient_below": 40, "sufficient_above": 49}
    answer = verify(row + b"\n" for row in memory.rows)
    assert (answer.holds, case.standing.closed) == (True, True), answer.first


def test_the_risk_stands_on_the_paper_beside_the_sentence_on_the_statute() -> None:
    desk = desk_of()
    desk.act(opened(), pinned(required=20), *intake(frame_lines(40)))
    desk.do(lambda case: [Act("ann", "frame", case.frame.body())])
    terms = {"risk_limit": "0.05", "unlinked": 0, "unlinked_risk": "0.0", "missing": 0}
    seed = {"seed": "7", "throws": 1, "how": "dice", "source": "a die", "present": ["the press"]}
    roll = {"roll": ROLL, "day": "2026-11-01", "voters": 9}
    desk.act(Act("ann", "roll", roll), Act("ann", "risk_terms", terms), Act("ann", "seed", seed))
    decided(desk, sampled(desk))
    desk.do(lambda case: [Act("ann", "risk", stated(case, None))])
    judged(desk)
    certified(desk)
    case = desk.case()
    said = paper_data(case, twin_of(case))["checked"]
    assert said[-2].startswith("Not decided at a risk limit of 5%")
    assert said[-1].startswith("The sample or count that the statute orders decides")
    rests = " ".join(paper_data(case, twin_of(case))["rests"])
    assert "The risk-limiting check tests the total alone." in rests
    assert "1% of all lines wrongly accepted by people left the risk of saying sufficient below 1%" in rests
    assert certificate_pdf(case).startswith(b"%PDF-")
