"""Every cheat of cheats.py is caught by both verifiers in the way the table says, and they make the same remarks."""

from __future__ import annotations

import io
import random
import sys
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import record_maker as maker
from ballotworthy.casework import Act
from ballotworthy.casework.alike import fault_of_look, like
from ballotworthy.casework.alike import skeleton as of_a_case
from ballotworthy.casework.shapes import is_text as is_text_of_a_case
from ballotworthy.errors import Refused
from ballotworthy.unicode_14 import NOT_ASSIGNED, RUNS
from ballotworthy.verify import PRACTICE, Answer, verify
from ballotworthy.verify.alike import UNSEEN, look_fault, skeleton
from ballotworthy.verify.shipped import texts
from ballotworthy.verify.values import is_text
from cases import desk_of, opened, pinned
from cheats import (
    CHEATS,
    EVENTS,
    KINDS,
    Cheat,
    change,
    overruled,
    practised,
    reopened,
    retyped,
    struck_all,
    withdrew,
)
from record_maker import OFFICE, seal
from test_verify_page import by_the_page, by_the_script, failing, needs_node
from test_verify_risk import EVENTS as RISKY

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
import differ

HONEST = seal(EVENTS, OFFICE)
CALLED = [each.what for each in CHEATS]
ALWAYS = {"R1", "R6", "R11", "R19", "R28", "R30"}
"""What is said of the honest record too: its law is invented, and so on."""


@cache
def sealed(at: int) -> bytes:
    """Give the record of a cheat, by its place in the table."""
    return seal(CHEATS[at].events, OFFICE, honest=not CHEATS[at].dated)


@cache
def recount(record: bytes) -> Answer:
    return verify(io.BytesIO(record))


@pytest.mark.parametrize(("at", "cheat"), list(enumerate(CHEATS)), ids=CALLED)
def test_a_cheat_is_caught_as_the_table_says(at: int, cheat: Cheat) -> None:
    answer = recount(sealed(at))
    remarks = {each.number for each in answer.remarks}
    if cheat.by.startswith("V"):
        assert cheat.by in {each.number for each in answer.checks if each.state == "fails"}
    elif cheat.by.startswith("R"):
        assert answer.holds, answer.first
        assert cheat.by in remarks
    else:
        assert answer.holds, answer.first
        assert remarks <= ALWAYS


def test_the_table_has_as_many_cheats_as_it_says() -> None:
    assert len({each.what for each in CHEATS}) == len(CHEATS) == 270


def test_a_record_of_practice_is_said_to_be_one_before_all_else() -> None:
    answer = recount(seal(practised(), OFFICE))
    assert (answer.remarks[0].number, answer.first and answer.first.says) == ("R0", PRACTICE)
    assert {each.number for each in answer.checks if each.state == "fails"} == {"V25"}


@needs_node
def test_the_page_answers_every_cheat_as_the_large_verifier_does(tmp_path: Path) -> None:
    records = [sealed(at) for at in range(len(CHEATS))]
    pages = by_the_page([{"record": each} for each in records], tmp_path)
    for cheat, record, page in zip(CHEATS, records, pages, strict=True):
        answer = recount(record)
        assert said(page) == [(each.number, each.event, each.says) for each in answer.remarks], cheat.what
        found = None if answer.first is None else (answer.first.check, answer.first.event, answer.first.says)
        told = page["first"] and (page["first"]["check"], page["first"]["event"], page["first"]["says"])
        assert told == found, cheat.what


@needs_node
def test_records_of_two_cases_put_together_are_refused_alike_by_both(tmp_path: Path) -> None:
    other = seal(change("opened", case="2026-8"), OFFICE).splitlines(keepends=True)
    mine = HONEST.splitlines(keepends=True)
    head = maker.signed_head(HONEST)
    made = {
        "one behind the other": mine + other,
        "the tail of another": mine[:14] + other[14:],
        "one event of another": [*mine[:14], other[14], *mine[15:]],
        "the certificate replayed": [*mine, mine[25]],
        "cut, with the head of before": mine[:20],
    }
    cases = [{"record": b"".join(lines), "head": head} for lines in made.values()]
    for case, page in zip(cases, by_the_page(cases, tmp_path), strict=True):
        answer = verify(io.BytesIO(case["record"]), head=head)
        fails = [each.number for each in answer.checks if each.state == "fails"]
        assert (failing(page), said(page)) == (fails, [(each.number, each.event, each.says) for each in answer.remarks])
        assert set(fails) & {"V3", "V4", "V23"}


def test_a_lottery_drawn_on_the_day_on_which_it_was_named_is_asked_for_its_hour() -> None:
    record = sealed(CALLED.index("a beacon of a lottery has hexadecimal digits"))
    says = next(each.says for each in recount(record).remarks if each.number == "R11")
    assert says.endswith("The draw was of that day too: ask whether it came after 00:00 UTC.")


def test_a_beacon_of_a_chain_that_nobody_knows_is_told_to_be_one() -> None:
    record = sealed(CALLED.index("the beacon is a chain of the office's own"))
    says = next(each.says for each in recount(record).remarks if each.number == "R11")
    assert says.endswith("Nothing is known of the times of that chain: ask who runs it, and when its round came.")


def test_a_law_that_is_one_name_of_many_parts_keeps_nobody_busy() -> None:
    text = f"{'.'.join('a' * 100_000)} = 1\n"
    answer = recount(seal(change("rules", text=text, sha256=maker.sha256(text.encode())), OFFICE))
    assert answer.first is not None
    assert (answer.first.check, answer.first.detail) == ("V10", "The text of the law is not TOML.")


@pytest.mark.parametrize(
    ("share", "least", "says"),
    [
        ("0.50", 2, "The first sample is of 6 lines, and the law pinned asks for 5"),
        (None, None, "The first sample is of 6 lines, and the law pinned tells no size"),
        ("0.60", 0, ""),
    ],
)
def test_a_first_sample_greater_than_the_law_asks_is_told(share: str | None, least: int | None, says: str) -> None:
    values = {name: value for name, value in maker.VALUES.items() if not name.startswith("sample_")}
    values |= {} if share is None else {"sample_share": share, "sample_least": least}
    found = told(seal(change("rules", values=values), OFFICE), "R30")
    assert [each.partition(":")[0] for each in found] == ([says] if says else [])


@pytest.mark.parametrize(
    ("typists", "says"),
    [
        (("bob",), "1 line were typed anew, 1 of which nobody looked at who had not typed in them."),
        (("bob", "cyd"), "1 line were typed anew, 1 of which nobody looked at who had not typed in them."),
        (("cyd",), "1 line were typed anew."),
    ],
)
def test_who_looks_at_cells_that_he_typed_himself_is_told_though_others_typed_in_them_too(
    typists: tuple[str, ...], says: str
) -> None:
    events = EVENTS
    for by in typists:
        at = [each["kind"] for each in events].index("decision")
        typed = retyped(by=by)[KINDS.index("decision")]
        events = [*events[:at], typed, *events[at:]]
    assert told(seal(events, OFFICE), "R26") == [f"The cells of {says}"]


def told(record: bytes, number: str) -> list[str]:
    return [each.says for each in recount(record).remarks if each.number == number]


def test_lines_removed_before_the_draw_are_told_beside_those_that_are_blank_or_struck() -> None:
    assert told(HONEST, "R6") == [
        "1 of 12 lines listed are marked blank or struck, on grounds that are the office's word, first “nothing is "
        "written”.",
        "1 of 12 lines listed are marked removed, by the word of the office, first for “not-registered”.",
    ]


def test_an_order_older_than_the_certificate_that_it_opens_is_told_to_be_so() -> None:
    says = "The case was reopened by an order of {}, by the word of the office: “a call”."
    assert told(seal(reopened("2026-11-03"), OFFICE), "R37") == [says.format("2026-11-03")]
    more = " That day is before the certificate in event 26, of 2026-11-03 (UTC)."
    assert told(seal(reopened("1850-01-01"), OFFICE), "R37") == [says.format("1850-01-01") + more]


def test_what_was_taken_out_once_the_sample_was_known_is_counted() -> None:
    says = "Taken out once the sample was known, by the word of the office: "
    assert told(seal(struck_all(), OFFICE), "R33") == [f"{says}4 lines not drawn."]
    assert told(seal(withdrew(), OFFICE), "R33") == [f"{says}the lines of 1 voter."]


@needs_node
@pytest.mark.parametrize(
    ("kind", "on", "filed", "other"),
    [
        ("recall", "2020-06-30", "2020-07-01", True),  # the invented law has another number from that day on
        ("recall", "2020-07-01", "2020-06-30", True),
        ("recall", "2020-06-29", "2020-06-30", False),
        ("recall", "2020-07-01", "2020-07-01", False),
        ("initiative", "2020-06-30", "2020-07-01", False),
        ("of no such kind", "2020-06-30", "2020-07-01", False),
    ],
)
def test_a_law_that_was_another_on_the_day_of_filing_is_told(
    kind: str, on: str, filed: str, other: bool, tmp_path: Path
) -> None:
    """Whoever chooses the day that governs chooses the number required; a law of the office's own is told as R1."""
    text = (Path(__file__).parents[1] / "src/ballotworthy/places/zz-example/law.toml").read_text("utf-8")
    begun = maker.opened(place="zz-example", kind=kind, on=on, filed=filed)
    rules = [maker.rules(law, {}, []) for law in (text, f"{text}# mine\n")]
    records = [seal([begun, each], OFFICE) for each in rules]
    says = f"The law pinned is that of {on}; on the day of filing, {filed}, it had other rules or grounds."
    assert [told(record, "R40") for record in records] == [[says] * other, []]
    for record, page in zip(records, by_the_page([{"record": each} for each in records], tmp_path), strict=True):
        assert said(page) == [(each.number, each.event, each.says) for each in recount(record).remarks]


@needs_node
def test_a_law_that_the_program_had_before_is_told_with_its_days(tmp_path: Path) -> None:
    held = [(place, *row.split(), after.split()[0]) for place, rows in texts().items() for row, after in pairwise(rows)]
    longer, one_day = (next(each for each in held if (each[1] == each[3]) is same) for same in (False, True))
    for (place, _, digest, _), of in ((longer, f"{longer[1]} to {longer[3]}"), (one_day, one_day[1])):
        rules = maker.rules("x", {}, [])
        rules["body"]["sha256"] = f"{digest:0<64}"
        record = seal([maker.opened(place=place, kind="recall"), rules], OFFICE)
        (page,) = by_the_page([{"record": record}], tmp_path)
        says = f"The law pinned is this program's text for “{place}” of {of}, not its present one."
        assert told(record, "R1") == [each for name, _, each in said(page) if name == "R1"] == [says]


@needs_node
def test_the_seconds_of_a_case_are_counted_from_the_first_event_though_it_is_no_opening(tmp_path: Path) -> None:
    record = seal([maker.event("noted", what="x", day="2026-11-03"), *EVENTS])
    (page,) = by_the_page([{"record": record}], tmp_path)
    (words,) = told(record, "R19")
    assert words == "By its own clock the case went from opening to certificate in 26 seconds."
    assert words in {says for _, _, says in said(page)}


@needs_node
def test_a_ruling_that_two_had_agreed_on_and_that_stands_again_is_no_remark(tmp_path: Path) -> None:
    records = [seal(overruled(back=back), OFFICE) for back in (False, True)]
    pages = by_the_page([{"record": each} for each in records], tmp_path)
    for record, page, expected in zip(records, pages, (1, 0), strict=True):
        assert recount(record).holds
        assert len(told(record, "R34")) == expected
        assert said(page) == [(each.number, each.event, each.says) for each in recount(record).remarks]


@needs_node
@pytest.mark.parametrize(
    ("statement", "is_told"),
    [
        ("Sufficient, at a risk limit of 10%: x. Distinct valid signers: {low} to {high}, 40 required.", False),
        ("Sufficiently forged. Distinct valid signers: {low} to {high}, all of them false.", True),
        ("Insufficient, at a risk limit of 10%. Distinct valid signers: {low} to {high}, 40 required.", True),
        ("Sufficient, at a risk limit of 10%.", True),
        ("Sufficient, at a risk limit of 10%. Distinct valid signers: 1 to 2 Distinct valid signers: {low} to {high}, ",
         True),
    ],
)  # fmt: skip
def test_words_of_the_risk_that_do_not_tell_its_numbers_are_told(statement: str, is_told: bool, tmp_path: Path) -> None:
    body = RISKY[-1]["body"]
    words = statement.format(low=body["low"], high=body["high"])
    record = seal(maker.altered(RISKY, "risk", lambda each: each.update(statement=words)), OFFICE)
    (page,) = by_the_page([{"record": record}], tmp_path)
    assert [bool(told(record, "R18")), "R18" in {number for number, *_ in said(page)}] == [is_told] * 2


def said(page: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(each["remark"], each["event"], each["says"]) for each in page["remarks"]]


@needs_node
@pytest.mark.parametrize("depth", [33, 900, 20_000, 200_000])
def test_brackets_in_brackets_get_the_same_answer_from_both(depth: int, tmp_path: Path) -> None:
    deep = HONEST.replace(b'"what":"announced"', b'"what":' + b"[" * depth + b"1" + b"]" * depth)
    answer, (page,) = recount(deep), by_the_page([{"record": deep}], tmp_path)
    assert answer.first is not None
    assert answer.first.check == page["first"]["check"] == "V2"
    assert answer.first.detail == page["first"]["detail"] == "It is nested more deeply than a record may be."


# Look-alikes: three writings of one skeleton.

NAMES = [
    "bob", "b\u200bob", "B0B", "\uff22\uff4f\uff42", "b\u043eb", "clerk01", "clerk1", "clerkl", "Clerk|", "007", "7",
    "0", "00", "\u0391\u039d\u039d", "ann", "arn", "am", "vv", "w", "\u0130", "\u0131", "\ufb01n", "e\u0301", "\u00e9",
    "x\u00ady", "\u2028", "1-1", "01-1", "1\u20111", "\U0001f5f3", "\u03a3\u03a3", "\u1e9e", "\ud55c",
    "\U000e0100z", "o\ufe0fk", "\u0661", "\u2460", "rnn", "vvv",
    "ann\u2065", "ann\ufff0", "ann\U0001d159", "ann\U000e0200", "\u202enna", "\ue000", "\ue001", "\U000f0000",
    "\u0301", "q\u0323", "q\u0323\u0323", "a b", "\u00e4 b", "a\u00a0b", "\u2800", "\u3164", "\u20dd", "",
    "x\U0001ccf0", "xo", "\U00010d50", "\U00010d70", "\U00011f00n",
    "\U00013439", "\ua7da", "\u0378", "\uffff", "\U0010ffff", "\U00011f36" * 2,
    "\ua4ee\ua4e0\ua4e0", "\u0299o\u0299", "\u13a2", "a\U00010297", "\u02bb\u018f\u0259\ua78c",
]  # fmt: skip


def test_the_page_has_the_programs_table_of_characters() -> None:
    page = Path(__file__).parents[1] / "docs/verify.html"
    assert f"const RUNS = `{RUNS.strip()}" in page.read_text("utf-8")


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="this Python knows another version of Unicode")
def test_the_table_of_characters_that_keeper_and_verifier_share_is_that_of_the_standard() -> None:
    every = [chr(code) for code in range(0x110000)]
    of_the_standard = [each for each in every if unicodedata.category(each) == "Cn" and not UNSEEN.match(each)]
    assert [each for each in every if NOT_ASSIGNED.match(each)] == of_the_standard


@needs_node
def test_the_three_skeletons_of_a_name_are_one(tmp_path: Path) -> None:
    draw = random.Random(7)
    names = [*NAMES, *("".join(draw.choices("".join(NAMES), k=draw.randint(1, 6))) for _ in range(2_000))]
    each = "[skeleton(name), isText(name), lookFault(name)]"
    told = by_the_script(f"process.stdout.write(JSON.stringify(given.map((name) => {each})));", names, tmp_path)
    assert told == [[skeleton(name), is_text(name), look_fault(name)] for name in names]
    of_cases = [[of_a_case(name), is_text_of_a_case(name), fault_of_look(name).removeprefix("it ")] for name in names]
    assert told == of_cases


@needs_node
def test_the_page_adds_up_two_hundred_thousand_voters_who_repeat(tmp_path: Path) -> None:
    script = """
    const run = new Recount(), many = 400000;
    run.rules = { values: { formula: "new-zealand" } };
    for (let at = 0; at < many; at++) {
      run.ids.push(`1-${at + 1}`); run.strata.push("A"); run.districts.push(""); run.filed.push(true);
      run.removed.push(false); run.struck.push(false); run.drawn.push(true); run.looks[0].set(at, `${at >> 1} `);
    }
    const { rows, most } = run.addUp();
    process.stdout.write(JSON.stringify([rows[0].valid, rows[0].duplicates, rows[0].seen_2, most]));
    """
    assert by_the_script(script, [], tmp_path) == [200_000, 200_000, 200_000, 2]


def test_a_case_admits_nobody_who_looks_like_somebody_else() -> None:
    assert like("bob\u200b", ["ann", "bob"]) == "bob"
    assert like("bob", ["bob"]) is None
    assert [like(f"bob{unseen}", ["bob"]) for unseen in "\u2065\ufff0\U0001d159\U000e0200"] == ["bob"] * 4


@pytest.mark.parametrize("odd", ["\u202enna", "cl\ue000rk", "\u0301bob", "\ua4ee\ua4e0\ua4e0", "\u0299o\u0299"])
def test_a_case_takes_no_id_in_which_something_cannot_be_told_by_looking(odd: str) -> None:
    desk = desk_of()
    desk.act(opened(), pinned(required=5))
    with pytest.raises(Refused, match="may look like another"):
        desk.act(Act("ann", "admitted", {"id": odd, "may": ["decide"]}))
    with pytest.raises(Refused, match="may look like another"):
        desk.act(Act("ann", "lines", {"lines": [[odd, "1", "North", "", "", ""]]}))
    for stratum in ("\u2800", "\u200b", "\ue000", "\u0301"):
        with pytest.raises(Refused, match="its sheet, line or stratum is blank"):
            desk.act(Act("ann", "lines", {"lines": [["1", "1", stratum, "", "", ""]]}))
    with pytest.raises(Refused, match="a text that is not blank"):
        desk.act(Act("ann", "disclosed", {"disclosure": "closed", "why": "\u2800\u3164"}))


@needs_node
def test_the_two_verifiers_do_not_differ_on_altered_records() -> None:
    found, caught = differ.differing(150, 20_261_103)
    assert found == []
    assert len(caught) > 6
