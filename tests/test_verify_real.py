"""The same attacks on a record that the `case` commands wrote, and each value an office could falsify alone."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

import cases
import record_maker as maker
from ballotworthy.casework import Act
from ballotworthy.cli.main import build_app
from ballotworthy.cli.verify import headline
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.record.keys import open_office_key
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.verify import SAYS, Answer, verify
from ballotworthy.verify.rules import in_force, parsed
from conftest import TAKEN_ON
from record_maker import Event, altered, events_of, lines_of, seal
from test_verify_page import NODE, by_the_page, by_the_script, failing, needs_node

LINES = 260
ME = ("--by", "ann")


class Real(NamedTuple):
    """A real case: record, certificate, signed head and the machine's weights as published, and the office's key."""

    record: bytes
    certificate: bytes
    head: bytes
    weights: bytes
    key: Ed25519PrivateKey


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    folder = tmp_path_factory.mktemp("real")
    app, case = build_app(["case"]), folder / "case"

    def run(verb: str, *words: object) -> Any:
        verbs, rest = ((verb, words[0]), words[1:]) if verb == "risk" else ((verb,), words)
        by = () if verbs[-1] in ("export", "status", "next") else ME
        done = CliRunner().invoke(app, ["case", *map(str, (*verbs, case, *rest)), *by, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    petition(folder / "lines.csv")
    what = (
        "--case",
        "EX-9",
        "--office",
        "Office of Exampleland",
        "--measure",
        "A law on wells",
        "--disclosure",
        "public",
    )
    law = ("--place", "zz-example", "--kind", "initiative", "--on", "2026-11-02", "--required", "150")
    run("new", *what, *law, "--required-source", "the test", "--person", "bob=decide,resolve")
    run("intake", folder / "lines.csv")
    run("fix")
    pl.DataFrame([{"voter_id": f"v{at}", "last_name": "Signer"} for at in range(LINES)]).write_csv(
        folder / "voters.csv"
    )
    build_roll(read_voters(folder / "voters.csv", taken_on=TAKEN_ON), folder / "x.roll")
    run("roll", "--roll", folder / "x.roll")
    pl.read_csv(folder / "lines.csv").select("sheet", "line", weight=0.9).write_csv(folder / "machine.csv")
    run("risk", "terms", "--proposals", folder / "machine.csv", "--unlinked", "1")
    run("seed", "4 5 1", "--how", "dice", "--source", "three dice", "--present", "the press")
    rulings(folder / "rulings.csv", run("sample")["sample"])
    run("decide", folder / "rulings.csv")
    wanted = run("risk", "next", "-n", 260)["next"]
    pl.DataFrame([{"line": each["line"], "further": 0} for each in wanted]).write_csv(folder / "further.csv")
    run("risk", "weigh", folder / "further.csv")
    run("count")
    run("risk", "record")
    run("certify", "--second", "bob")
    run("export", "--to", "public", "-o", folder / "out")
    names = ("case.record", "certificate.json", "case.record.head.json", "weights.tsv")
    published = [(folder / "out" / name).read_bytes() for name in names]
    keys = [
        path for path in (case / "private").rglob("*") if path.is_file() and b"office key" in path.read_bytes()[:40]
    ]
    return Real(*published, open_office_key(keys[0]).private)


def petition(path: Path) -> None:
    rows = [
        {"sheet": at // 5 + 1, "line": at % 5 + 1, "name": f"Signer N{at}", "district": ("North", "South")[at % 2]}
        for at in range(LINES)
    ]
    pl.DataFrame(rows).write_csv(path)


def rulings(path: Path, lines: list[str]) -> None:
    rows = [
        {
            "line": line,
            "outcome": "invalid" if at % 7 == 6 else "valid",
            "reason": "not-registered" if at % 7 == 6 else "",
            "voter_id": "" if at % 7 == 6 else f"v{at // 2 if at < 8 else at}",
            "searches": "name address",
        }
        for at, line in enumerate(lines)
    ]
    pl.DataFrame(rows).write_csv(path)


def recount(record: bytes, **given: Any) -> Answer:
    return verify(io.BytesIO(record), **given)


def test_a_real_record_holds_in_every_check(real: Real) -> None:
    given = {"head": real.head, "certificate": real.certificate, "key": maker.public(real.key)}
    answer = recount(real.record, proposals=real.weights, **given)
    assert [check.number for check in answer.checks if check.state != "holds"] == ["V28"]


@needs_node
def test_the_page_accepts_a_real_record(real: Real, tmp_path: Path) -> None:
    given = {"record": real.record, "head": real.head, "certificate": real.certificate, "key": maker.public(real.key)}
    answer = by_the_page([given], tmp_path)[0]
    assert failing(answer) == []
    assert [check["check"] for check in answer["checks"] if check["state"] == "unmade"] == ["V28"]


def test_sealing_a_real_record_anew_changes_nothing_but_its_times(real: Real) -> None:
    """So the attacks below are on real records: maker and program write the same bytes."""
    assert seal(events_of(real.record), real.key, honest=False) == real.record


def test_a_real_record_with_bytes_altered_fails(real: Real) -> None:
    record = real.record
    for at in range(0, len(record), len(record) // 25):
        flipped = bytearray(record)
        flipped[at] ^= 1 << at % 8
        swapped = record[:at] + record[at + 1 : at + 2] + record[at : at + 1] + record[at + 2 :]
        changes = [bytes(flipped), record[:at] + record[at + 1 :], record[: at + 1] + record[at:], record[:at], swapped]
        assert [change for change in changes if change != record and recount(change).holds] == []


def test_a_real_record_with_an_event_removed_doubled_or_swapped_fails_there(real: Real) -> None:
    lines = lines_of(real.record)
    for at in range(0, len(lines) - 1, len(lines) // 15):
        removed = recount(b"".join(lines[:at] + lines[at + 1 :]))
        doubled = recount(b"".join(lines[: at + 1] + lines[at:]))
        swapped = recount(b"".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]))
        found = [answer.first and answer.first.line for answer in (removed, doubled, swapped)]
        assert found == [at + 1, at + 2, at + 1]


def moved(events: list[Event], kind: str, before: str) -> list[Event]:
    kinds = [each["kind"] for each in events]
    copy = deepcopy(events)
    each = copy.pop(kinds.index(kind))
    copy.insert([each["kind"] for each in copy].index(before), each)
    return copy


def by_a_stranger(events: list[Event]) -> list[Event]:
    copy = deepcopy(events)
    next(each for each in copy if each["kind"] == "decision")["by"] = "eve"
    return copy


def counted_twice(events: list[Event]) -> list[Event]:
    def change(body: Event) -> None:
        for row in body["rows"]:
            row.update(valid=row["valid"] + row["duplicates"], duplicates=0)

    return altered(events, "counts", change)


Attack = Callable[[list[Event]], list[Event]]
REAL_ATTACKS: dict[str, tuple[Attack, str]] = {
    "a decision before the seed": (lambda events: moved(events, "decision", "seed"), "V9"),
    "the seed after the sample": (lambda events: moved(events, "seed", "decision"), "V9"),
    "the frame after the seed": (lambda events: moved(events, "seed", "frame"), "V9"),
    "a decision by a stranger": (by_a_stranger, "V8"),
    "a line that is not in the frame": (
        lambda events: altered(events, "decision", lambda body: body.update(line="999-9")),
        "V14",
    ),
    "a voter counted twice": (counted_twice, "V17"),
    "a sample that does not follow from the seed": (
        lambda events: altered(events, "seed", lambda body: body.update(seed="416")),
        "V13",
    ),
    "a sample in another order": (
        lambda events: altered(events, "sample", lambda body: body["strata"][0]["ids"].reverse()),
        "V13",
    ),
    "a count that does not follow from the decisions": (
        lambda events: altered(
            events, "counts", lambda body: body["rows"][0].update(valid=body["rows"][0]["valid"] + 1)
        ),
        "V16",
    ),
    "an estimate that does not follow from the counts": (
        lambda events: altered(events, "verdict", lambda body: body.update(estimate=body["estimate"] + 1)),
        "V18",
    ),
    "a verdict that does not follow from the estimate": (
        lambda events: altered(events, "verdict", lambda body: body.update(verdict="insufficient")),
        "V19",
    ),
    "terms of the risk-limiting check after the seed": (lambda events: moved(events, "seed", "risk_terms"), "V9"),
    "another risk limit": (
        lambda events: altered(events, "risk_terms", lambda body: body.update(risk_limit="0.000001")),
        "V26",
    ),
    "another total of the machine": (
        lambda events: altered(events, "risk_terms", lambda body: body["machine"].update(total="200.000000")),
        "V27",
    ),
    "a signer weighed as of two lines": (
        lambda events: altered(events, "weighed", lambda body: body.update(further=1)),
        "V27",
    ),
    "a line weighed that was not drawn": (
        lambda events: altered(events, "weighed", lambda body: body.update(line="999-9")),
        "V26",
    ),
    "a smaller risk": (lambda events: altered(events, "risk", lambda body: body.update(sufficient="0.009999")), "V27"),
    "a law that was changed": (
        lambda events: altered(events, "rules", lambda body: body["values"].update(requirement=1)),
        "V10",
    ),
}


@pytest.mark.parametrize("attack", REAL_ATTACKS)
def test_an_office_that_falsifies_a_real_record_is_found_out(attack: str, real: Real) -> None:
    change, check = REAL_ATTACKS[attack]
    answer = recount(seal(change(maker.apart(real.record)), real.key))
    assert answer.first is not None
    assert answer.first.check == check


LAWS = {
    "another number required": lambda body: body["values"].update(requirement=1),
    "a rule left out": lambda body: body["values"].pop("sample_least"),
    "a rule of no law": lambda body: body["values"].update(bonus=1),
    "a number in words": lambda body: body["values"].update(sample_least="few"),
    "a ground more": lambda body: body.update(reasons=sorted([*body["reasons"], "ugly"])),
}


@needs_node
def test_the_page_compares_the_rules_pinned_with_a_law_that_is_shipped(long: bytes, tmp_path: Path) -> None:
    records = [seal(altered(maker.apart(long), "rules", change)) for change in LAWS.values()]
    records.append(seal(altered(maker.apart(long), "opened", lambda body: body.update(on="1990-01-01"))))
    for record, page in zip(records, by_the_page([{"record": each} for each in records], tmp_path), strict=True):
        first = recount(record).first
        assert first is not None
        assert (page["first"]["check"], page["first"]["event"], page["first"]["says"]) == ("V10", 2, first.says)


@needs_node
def test_the_page_knows_what_is_in_force_of_every_law_on_every_day(tmp_path: Path) -> None:
    draw, asked, right = random.Random(7), [], []
    for place in place_codes():
        law = parsed(place_file(place, "law.toml").read_text("utf-8"))
        for kind in law["kinds"]:
            for _ in range(4):
                day = dt.date.fromordinal(
                    draw.randint(dt.date(1900, 1, 1).toordinal(), dt.date(2030, 1, 1).toordinal())
                )
                values, reasons = in_force(law, kind, day)
                asked.append([place, kind, day.isoformat()])
                right.append(maker.sha256(maker.canonical({"reasons": reasons, "values": values}))[:32])
    script = "process.stdout.write(JSON.stringify(given.map((each) => digestInForce(...each))));"
    assert by_the_script(script, asked, tmp_path) == right


def test_a_real_record_cut_short_or_rewritten_is_told_by_its_signed_head(real: Real) -> None:
    lines = lines_of(real.record)
    cut = recount(b"".join(lines[:-1]), head=real.head)
    assert [check.number for check in cut.checks if check.state == "fails"] == ["V23", "V25"]
    later = seal(events_of(real.record), real.key)
    assert recount(later).holds
    rewritten = recount(later, head=real.head)
    assert rewritten.first is not None
    assert rewritten.first.check == "V23"


# A long case: a sample, a strike, a withdrawal, a challenge, a full check, a court.


@pytest.fixture(scope="module")
def long() -> bytes:
    memory = cases.Memory()
    desk = cases.desk_of(memory)
    cases.framed(desk, cases.frame_lines(700, ("Alpine",)), required=550, place="us-ca", kind="statute")
    lines = cases.sampled(desk)
    desk.act(
        *(
            cases.ruled(line, reason="not-registered" if at % 5 == 4 else "", of="twice" if at in (1, 2) else "")
            for at, line in enumerate(lines)
        )
    )
    desk.act(cases.ruled(lines[3], "bob", 2, reason="no-address"))
    desk.act(Act("dee", "resolved", {"line": lines[3], "outcome": "invalid", "reason": "no-address"}))
    outside = next(line for line in desk.case().frame.filed if line not in lines and line != "3-5")
    ann: list[tuple[str, Event]] = [
        ("challenged", {"line": lines[0], "side": "opponents", "claim": "invalid", "day": "2026-11-03"}),
        ("withdrawn", {"voter": cases.voter(f"voter of {lines[5]}"), "day": "2026-11-03", "ground": "a letter"}),
        ("struck", {"line": outside, "reason": "not-registered", "why": "a challenge"}),
        ("admitted", {"id": "cyd", "may": ["decide"]}),
    ]
    desk.act(*(Act("ann", kind, body) for kind, body in ann))
    challenge = next(json.loads(row)["seq"] for row in memory.rows if b'"kind":"challenged"' in row)
    answer = {
        "line": lines[0],
        "outcome": "invalid",
        "reason": "not-registered",
        "why": "so it is",
        "answers": challenge,
    }
    desk.act(Act("bob", "corrected", answer))
    cases.judged(desk)
    cases.certified(desk)
    assert json.loads(memory.rows[-2])["body"]["verdict"] == "full-check"
    every = set(cases.sampled(desk, every=True)) - set(lines)
    desk.act(*(cases.ruled(line, "cyd") for line in sorted(every)))
    desk.act(Act("ann", "dismissed", {"id": "cyd"}))
    cases.judged(desk)
    cases.certified(desk)
    desk.act(Act("ann", "reopened", {"order": "Superior Court, 12-345", "day": "2026-12-01"}))
    refused = {"line": lines[7], "outcome": "invalid", "reason": "not-registered", "why": "the court"}
    desk.act(Act("ann", "corrected", refused))
    cases.judged(desk)
    cases.certified(desk)
    return b"".join(row + b"\n" for row in memory.rows)


def test_a_long_case_holds_in_every_check(long: bytes) -> None:
    answer = recount(long, key=cases.OFFICE.public)
    assert [check.number for check in answer.checks if check.state != "holds"] == ["V23", *maker.OF_RISK]


@needs_node
def test_a_record_cut_behind_a_certificate_that_did_not_decide_names_it(long: bytes, tmp_path: Path) -> None:
    rows = long.splitlines(keepends=True)
    at = next(at for at, row in enumerate(rows) if b'"scope":"all"' in row)
    before = max(at for at, row in enumerate(rows[:at]) if b'"kind":"certified"' in row) + 1
    cut = b"".join(rows[: at + 1])
    answer, page = recount(cut), by_the_page([{"record": cut}], tmp_path)[0]
    assert answer.first is not None
    assert (answer.first.check, answer.first.says) == (page["first"]["check"], page["first"]["says"])
    assert answer.first.says == (
        f"The certificate in event {before:,} decided nothing, and every line is examined since: the case is not "
        "finished, or the record was cut short."
    )
    assert headline(answer.first, "It") == "It has no certificate that decides."
    reopened = max(at for at, row in enumerate(rows) if b'"kind":"reopened"' in row)
    answer = recount(b"".join(rows[: reopened + 1]))
    assert (answer.first and answer.first.says) == SAYS["V25"]


@needs_node
def test_the_page_accepts_a_long_case(long: bytes, tmp_path: Path) -> None:
    answer = by_the_page([{"record": long, "key": cases.OFFICE.public}], tmp_path)[0]
    assert failing(answer) == []
    unmade = [check["check"] for check in answer["checks"] if check["state"] == "unmade"]
    assert unmade == ["V23", *maker.OF_RISK]


WITHOUT = {
    "challenged": "V14",  # the correction then answers nothing
    "withdrawn": "V16",
    "struck": "V16",
    "corrected": "V16",
    "resolved": "V15",
    "reopened": "V9",
    "admitted": "V8",
    "seed": "V9",
    "roll": "V14",
    "received": "V11",
    "frame": "V9",
}


def without(kind: str, record: bytes) -> bytes:
    """Give a record without its first event of a kind, hashed anew, and signed anew where a certificate can be made."""
    events = maker.apart(record)
    at = next(at for at, each in enumerate(events) if each["kind"] == kind)
    for each in events:
        if each["body"].get("answers", 0) > at + 1:
            each["body"]["answers"] -= 1
    return seal(events[:at] + events[at + 1 :], None if kind in ("frame", "received") else cases.OFFICE.private)


def test_a_long_case_without_one_event_is_found_out_though_it_is_signed_anew(long: bytes, tmp_path: Path) -> None:
    records = {kind: without(kind, long) for kind in WITHOUT}
    first = {kind: recount(record).first for kind, record in records.items()}
    assert {kind: failure and failure.check for kind, failure in first.items()} == WITHOUT
    if NODE:
        answers = by_the_page([{"record": record} for record in records.values()], tmp_path)
        assert [answer["first"]["says"] for answer in answers] == [
            failure.says for failure in first.values() if failure
        ]


# Every single value of a record, altered by an office that signs what it altered.


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of every value that holds no other."""
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(below, (*path, key))
    else:
        yield path


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return ("1" if value[0] == "0" else "0") + value[1:] if len(value) == 64 else f"{value}x"


WORDS_ONLY = {
    "certified form",
    "corrected why",
    "cured what",
    "noted what",
    "opened case",
    "opened measure",
    "opened office",
    "opened place",
    "proposals made_with",
    "purged ground",
    "sample why",
    "seed present",
    "seed source",
    "verdict requirement_source.cite",
    "verdict requirement_source.url",
    "verdict rule",
    "verdict source.cite",
    "verdict source.url",
    "verdict steps.cite",
    "verdict steps.url",
}
OUTSIDE_THE_RECORD = {"opened voters", "proposals lines", "proposals sha256", "roll voters"}
WHO_SIGNED = {"corrected voter", "decision voter", "resolved voter"}


def test_an_office_can_change_words_alone_and_no_number_unless_it_changes_all_that_follows() -> None:
    """What no recount can see without a head published before: docs/how-to/recount.md lists it."""
    events, unseen = maker.small_events(), set()
    for at, each in enumerate(events):
        for path in leaves(each["body"]):
            if each["kind"] == "certified" and path[0] != "form":
                continue  # seal makes these anew
            changed = deepcopy(events)
            place = changed[at]["body"]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = another(place[path[-1]])
            if recount(seal(changed, maker.OFFICE)).holds:
                unseen.add(f"{each['kind']} {'.'.join(key for key in path if isinstance(key, str))}")
    assert unseen == WORDS_ONLY | OUTSIDE_THE_RECORD | WHO_SIGNED
