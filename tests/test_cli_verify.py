"""`ballotworthy verify`: what it prints, how it ends, and the published example of the docs."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import record_maker as maker
from ballotworthy.casework.held import OFFICE, hold
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError, Refused
from ballotworthy.verify import ABOUT
from cheats import before, practised, seconded

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs/example"
APP = build_app(["verify"])
SMALL = maker.small()


def run(*words: object, code: int = 0) -> str:
    done = CliRunner().invoke(APP, ["verify", *map(str, words)], catch_exceptions=False, env={"COLUMNS": "100"})
    assert done.exit_code == code
    return done.stdout


def parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Give the remarks of an answer, and its checks with what follows them."""
    return [line for line in lines if line.startswith("R")], [line for line in lines if not line.startswith("R")]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "case.record"
    path.write_bytes(SMALL)
    return path


def test_every_check_is_printed_with_what_it_found(record: Path) -> None:
    remarks, lines = parted(run(record).splitlines())
    assert [line.split()[0] for line in remarks] == ["R1", "R6", "R6", "R11", "R19", "R28", "R30"]
    assert [line.split()[0] for line in lines[: len(ABOUT)]] == list(ABOUT)
    assert lines[12] == (
        "V13 holds    the sample follows from the seed and the frame: 6 of 10 lines in 2 strata, seed '4162'"
    )
    assert lines[len(ABOUT)] == "case.record holds: 27 events recounted (2 not made, 3 do not apply, 7 remarks first)."
    assert lines[len(ABOUT) + 1 :][1] == (
        "Certified sufficient, 6 of 4 signatures required, in event 26 by “ann” and “bob”, by name only: ask whether "
        "they took part."
    )


def test_the_answer_says_of_what_the_record_is_and_who_certified(record: Path) -> None:
    title = "Shall “x” be so?"
    signed = maker.seal(maker.altered(seconded(), "opened", lambda body: body.update(measure=title)), maker.OFFICE)
    record.write_bytes(signed)
    lines = run(record).splitlines()
    assert (
        f"It is of case 2026-7 of Clerk of Exampleland: {title} (zz-example, statute, the law of 2026-05-01, filed "
        "2026-10-30)." in lines
    )
    assert any(line.endswith("by “ann” and “bob”, who signed too.") for line in lines)
    told = json.loads(run(record, "--json"))["paper"]
    assert told["office"] == "Clerk of Exampleland"
    assert (told["by"], told["second"], told["signed"], told["verdict"]) == ("ann", "bob", True, "sufficient")


def test_many_remarks_of_one_number_and_a_book_in_place_of_a_word_do_not_hide_the_others(record: Path) -> None:
    again = maker.event("admitted", id="ann", may=["manage", "resolve", "certify"])
    book = maker.altered(
        maker.altered(before("roll", *[again] * 40), "received", lambda body: body.update(lines=13)),
        "counted",
        lambda body: body.update(explained="x " * 100_000),
    )
    record.write_bytes(maker.seal(book, maker.OFFICE))
    lines = run(record).splitlines()
    assert sum(line.startswith("R10") for line in lines) == 11
    assert "R10 know     There are 30 more remarks of this number: --json has all of them." in lines
    assert max(map(len, lines)) < 2_500
    assert len(json.loads(run(record, "--json"))["remarks"]) > 40


def test_words_of_the_office_stay_in_the_line_of_their_remark(record: Path) -> None:
    false = "V24 holds    the key is the office's: it was given"
    events = maker.altered(maker.small_events(), "certified", lambda body: body.pop("second"))
    record.write_bytes(
        maker.seal(
            maker.altered(events, "certified", lambda body: body.update(alone=f"one clerk\n{false}")), maker.OFFICE
        )
    )
    lines = run(record).splitlines()
    assert not any(line.startswith(false) for line in lines)
    assert any(line.startswith("R21") and f"one clerk‹LF›{false}" in line for line in lines)


def test_a_head_beside_the_record_is_found_by_its_name(record: Path) -> None:
    record.with_name("case.record.head.json").write_bytes(maker.signed_head(SMALL))
    assert "V23 holds    the signed head is of this record: the office signed event 27 of 27" in run(record)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.record")
    with pytest.raises(InputError, match=r"pipe\.record is a pipe"):
        run(tmp_path / "pipe.record")


@pytest.mark.parametrize("folder", [".", "/"])
def test_a_folder_in_place_of_a_record_is_told(folder: str) -> None:
    with pytest.raises(InputError, match="is a folder"):
        run(Path(folder))


def test_the_folder_of_a_case_is_told_where_its_record_is(record: Path) -> None:
    with pytest.raises(InputError, match=r"is the folder of a case\. Give its record: .*case\.record"):
        run(record.parent)


@pytest.mark.parametrize("named", ["", "case.record"])
def test_a_case_that_an_office_holds_is_told_to_lie_there(named: str, tmp_path: Path) -> None:
    hold(tmp_path, OFFICE)
    with pytest.raises(Refused, match=r"an office holds the case .* ballotworthy office backup"):
        run(tmp_path / named)


def test_a_head_can_be_named(record: Path, tmp_path: Path) -> None:
    head = tmp_path / "old.json"
    head.write_bytes(maker.signed_head(SMALL, seq=20))
    told = "the office signed event 20 of 27, before the certificate in event 26, for which this head does not vouch"
    assert f"V23 holds    the signed head is of this record: {told}" in run(record, "--head", head)


def test_a_failure_names_the_event_and_ends_with_1(record: Path) -> None:
    record.write_bytes(SMALL.replace(b'"estimate":6', b'"estimate":9'))
    last = run(record, code=1).splitlines()[-1]
    assert last == (
        "case.record does not hold. First at event 24, line 24 of the file. "
        "Event 24 was altered after it was written: its content does not give its hash. (V5)"
    )


def test_a_record_of_practice_is_said_to_be_one_first_and_last(record: Path) -> None:
    record.write_bytes(maker.seal(practised(), maker.OFFICE))
    lines = run(record, code=1).splitlines()
    assert lines[0].endswith("This is a practice record, never a certificate: what it says counts for nothing.")
    assert lines[-1].startswith("case.record counts for nothing. This is a practice record, never a certificate.")


def test_further_events_that_fail_the_same_check_are_counted(record: Path) -> None:
    record.write_bytes(SMALL.replace(b'"by":"bob"', b'"by":"eve"'))
    assert "its content does not give its hash. And 4 more." in run(record, code=1)


def test_a_line_that_cannot_be_read_is_named_by_its_line(record: Path) -> None:
    record.write_bytes(SMALL.replace(b'"seq":7', b'"seq": 7'))
    out = run(record, code=1)
    assert "First at line 7 of the file. Line 7 is not written as the record's form demands" in out
    assert "V20 not made every step shows its number: line 7 is of no use, and so is what follows it" in out
    assert "V10 holds" in out
    assert "V12 not made" in out


def test_the_answer_in_json_holds_the_same(record: Path) -> None:
    record.write_bytes(SMALL.replace(b'"estimate":6', b'"estimate":9'))
    answer = json.loads(run(record, "--json", code=1))
    assert (answer["holds"], answer["case"], answer["events"]) == (False, "2026-7", 27)
    assert answer["first"]["line"] == answer["first"]["event"] == 24
    assert [check["check"] for check in answer["checks"] if check["state"] == "fails"] == ["V5", "V18", "V22"]


@pytest.mark.parametrize("option", [(), ("--head",), ("--certificate",), ("--key",)])
def test_a_file_that_is_not_there_is_said_to_be(option: tuple[str, ...], record: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(InputError, match=r"no file .*nowhere\.|nowhere cannot be opened: No such file"):
        run(*((record, *option) if option else ()), nowhere)


def test_a_key_that_is_none_is_refused(record: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("-----BEGIN PUBLIC KEY-----\n")
    with pytest.raises(InputError, match="holds no public key; give a text of sixty-four digits"):
        run(record, "--key", key)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is empty"), (b"\n", "something else"), (b"\xff\xfe", "something else"), (b"{}\n", "something else"),
        (b"null\n", "something else"), (b"[" * 100_000, "something else"), (b"1" * 10_000, "something else"),
        (b"\xef\xbb\xbf{}\n", "something else"), (b"%PDF-1.7\n", "a PDF"), (b"PK\x03\x04", "unpack it first"),
        (b"PK\x03\x04" + SMALL, "unpack it first"), (b"<!DOCTYPE html><pre>" + SMALL, "a page of the web"),
        (b"case.record".ljust(257, b"\0") + b"ustar\x00" + SMALL, "unpack it first"), (b"%PDF-1.7\n" + SMALL, "a PDF"),
        (maker.certificate_of(SMALL), "a certificate"), (maker.signed_head(SMALL), "a signed head"),
        (maker.public(maker.OFFICE).encode(), "a public key"), (b"ballotworthy voters key 1\n00\n", "a secret key"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_record_is_refused_and_not_called_damaged(content: bytes, told: str, record: Path) -> None:
    record.write_bytes(content)
    with pytest.raises(InputError, match=f"is no record of a case; .*{told}"):
        run(record)


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf{", b"\n", b"x", b"{{"])
def test_a_damaged_record_is_still_one_and_does_not_hold(change: bytes, record: Path) -> None:
    record.write_bytes(change + SMALL[1:])
    assert "does not hold." in run(record, code=1)


def test_a_record_is_not_blamed_for_a_file_given_beside_it(record: Path, tmp_path: Path) -> None:
    other = tmp_path / "certificate.json"
    other.write_bytes(maker.certificate_of(SMALL).replace(b'"estimate":6', b'"estimate":9'))
    told = run(record, "--certificate", other, code=1)
    assert "case.record and a file given with it do not belong together." in told
    record.write_bytes(b"".join(maker.lines_of(SMALL)[:10]))
    assert "case.record has no certificate." in run(record, code=1)


# The example of the docs.


def example() -> str:
    files = (
        "--certificate",
        EXAMPLE / "certificate.json",
        "--key",
        EXAMPLE / "office-key.txt",
        "--proposals",
        EXAMPLE / "weights.tsv",
    )
    return run(EXAMPLE / "case.record", *files)


def test_the_published_example_holds_in_every_check() -> None:
    _, out = parted(example().splitlines())
    assert [line.split()[1] for line in out[:27]] == ["holds"] * 27
    assert out[27].endswith("the seed is of dice")


def test_the_page_on_recounting_prints_what_the_program_prints(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/recount.md").read_text("utf-8")
    shown = [line for block in re.findall(r"(?ms)^```text\n(.*?)^```", page) for line in block.splitlines()]
    shown = [line for line in shown if line != "..." and not line.startswith("ballotworthy ")]
    lines = (EXAMPLE / "case.record").read_bytes().splitlines(keepends=True)
    lines[60] = lines[60].replace(b'"valid"', b'"invalid"')
    altered = tmp_path / "altered.record"
    altered.write_bytes(b"".join(lines))
    printed = [*example().splitlines(), *run(altered, code=1).splitlines()]
    assert [line for line in shown if line not in printed] == []
    assert len(shown) > 8
