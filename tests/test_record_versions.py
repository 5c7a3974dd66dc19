"""Records of version 1, written before there was another, still verify; what version 2 adds is written and shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ballotworthy.casework import Act, Case, replay
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.casework.twin import twin_bytes, twin_of
from ballotworthy.casework.two_people import two_people
from ballotworthy.certificate.paper import paper_data
from ballotworthy.errors import InputError, Refused
from ballotworthy.verify import verify
from cases import OFFICE, Memory, certified, decided, desk_of, frame_lines, framed, judged, ruled, sampled
from test_verify_page import by_the_page, needs_node

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
