"""docs/verify.html, the small verifier for the browser: it answers as the large one does, and it looks right."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import record_maker as maker
from ballotworthy.safe_text import safe_line
from ballotworthy.verify import ABOUT, SAYS, verify
from cheats import struck_all
from record_maker import OFFICE, STRANGER, altered, seal
from test_verify_attacks import ATTACKS, EVENTS

PAGE = (Path(__file__).resolve().parent.parent / "docs/verify.html").read_text("utf-8")
VERIFIER = re.search(r'<script id="verifier">(.*?)</script>', PAGE, re.DOTALL)
NODE, CHROMIUM = shutil.which("node"), shutil.which("chromium")
needs_node = pytest.mark.skipif(NODE is None, reason="there is no node to run the page's verifier")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open the page")
SMALL, TINY = maker.small(), maker.tiny()
NOT_MADE_BY_THE_PAGE = {"V10"}

DRIVER = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const bytes = (text) => (text ? new Uint8Array(Buffer.from(text, "base64")) : undefined);
const answers = cases.map(({ record, head, certificate, key, beacon }) => {
  const given = { head: bytes(head), certificate: bytes(certificate), key, beacon };
  const { holds, first, checks, remarks } = recount(bytes(record), given);
  return { holds, first, checks, remarks };
});
process.stdout.write(JSON.stringify(answers));
"""


AS_TEXT = ("key", "beacon")


def coded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def by_the_page(cases: list[dict[str, Any]], tmp_path: Path) -> list[dict[str, Any]]:
    """Give what the page's verifier answers, run by node; a case holds a record and what else is given."""
    assert VERIFIER is not None
    assert NODE is not None
    script = tmp_path / "verifier.cjs"
    script.write_text(VERIFIER[1] + DRIVER, "utf-8")
    given = [
        {
            name: value if name in ("key", "beacon") else coded(value)
            for name, value in case.items()
            if value is not None
        }
        for case in cases
    ]
    done = subprocess.run([NODE, str(script)], input=json.dumps(given).encode(), capture_output=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def by_the_script(script: str, given: list[Any], tmp_path: Path) -> Any:
    """Give what a script behind the page's verifier prints as JSON; `given` is there under that name."""
    assert VERIFIER is not None
    assert NODE is not None
    path = tmp_path / "script.cjs"
    reading = 'const given = JSON.parse(require("fs").readFileSync(0, "utf8"));\n'
    path.write_text(VERIFIER[1] + reading + script, "utf-8")
    done = subprocess.run([NODE, str(path)], input=json.dumps(given).encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def failing(answer: dict[str, Any]) -> list[str]:
    return [check["check"] for check in answer["checks"] if check["state"] == "fails"]


# The page as a file.


def test_the_page_is_one_file_that_may_open_no_connection() -> None:
    assert "default-src 'none'" in PAGE
    assert not re.search(
        r"<link|<iframe|<img|\bsrc=|@import|url\(|fetch\(|XMLHttpRequest|WebSocket|import\(|https?://", PAGE
    )


def test_the_page_sets_text_and_never_html() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", PAGE)


def test_the_page_has_the_checks_and_sentences_of_the_large_verifier() -> None:
    rows = re.findall(r'^  (V\d+): \["(.*?)", "(.*?)"\],$', PAGE, re.MULTILINE)
    assert {number: about for number, about, _ in rows} == dict(ABOUT)
    assert {number: says for number, _, says in rows} == dict(SAYS)


def test_the_specification_has_those_sentences_too() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs/reference/record.md").read_text("utf-8")
    rows = dict(re.findall(r"(?m)^\| (V\d+) \| .+? \| (.+) \|$", page))
    assert rows.keys() == SAYS.keys()
    for number, says in SAYS.items():
        begins = says.replace("{e}", "*e*").removesuffix(".")
        assert rows[number].replace("(event {e})", "(event *e*)").startswith(begins), number


# Its verifier.


@needs_node
def test_the_page_accepts_honest_records(tmp_path: Path) -> None:
    cases = [
        {
            "record": record,
            "head": maker.signed_head(record),
            "certificate": maker.certificate_of(record),
            "key": maker.public(OFFICE),
        }
        for record in (SMALL, TINY)
    ]
    for answer in by_the_page(cases, tmp_path):
        states = {check["check"]: check["state"] for check in answer["checks"]}
        assert {states.pop(check) for check in ("V10", *maker.OF_RISK)} == {"unmade"}
        assert set(states.values()) == {"holds"}


@needs_node
def test_a_full_count_has_no_bands_of_a_sample_and_one_that_tells_them_as_before_still_holds(tmp_path: Path) -> None:
    before = struck_all()

    def without(body: dict[str, Any], *names: str) -> None:
        body["steps"] = [step for step in body["steps"] if step["name"] not in names]

    bands = ("insufficient below", "sufficient from")
    none = altered(before, "verdict", lambda body: (body.pop("bands"), without(body, *bands)))
    wrong = altered(before, "verdict", lambda body: body["bands"].update(sufficient_above=6))
    half = altered(before, "verdict", lambda body: without(body, "sufficient from"))
    cases = ((before, ""), (none, ""), (wrong, "V18"), (half, "V20"))
    records = [maker.seal(events, OFFICE) for events, _ in cases]
    for record, answer, (_, fails) in zip(
        records, by_the_page([{"record": record} for record in records], tmp_path), cases, strict=True
    ):
        made = [check.number for check in verify(record.splitlines(keepends=True)).checks if check.state == "fails"]
        assert made == failing(answer) == ([fails] if fails else [])


@needs_node
def test_the_page_finds_what_the_large_verifier_finds(tmp_path: Path) -> None:
    known = {
        name: seal(events, OFFICE)
        for name, (events, check, _, _) in ATTACKS.items()
        if check not in NOT_MADE_BY_THE_PAGE
    }
    answers = by_the_page([{"record": record} for record in known.values()], tmp_path)
    for (name, record), answer in zip(known.items(), answers, strict=True):
        first = verify(io.BytesIO(record)).first
        assert first is not None
        if first.check == "V10":
            continue
        assert answer["first"] is not None, name
        found = {key: answer["first"][key] for key in ("check", "line", "event", "says")}
        assert found == {"check": first.check, "line": first.line, "event": first.event, "says": first.says}, name


@needs_node
def test_both_verifiers_say_the_same_wherever_an_event_is_moved(tmp_path: Path) -> None:
    """Removed, doubled or moved to any other place, and the chain hashed anew: the order alone can tell."""
    orders = []
    for at, each in enumerate(EVENTS):
        left = EVENTS[:at] + EVENTS[at + 1 :]
        orders += [left, EVENTS[: at + 1] + EVENTS[at:]]
        orders += [[*left[:to], each, *left[to:]] for to in range(at % 2, len(EVENTS), 2) if to != at]
    records = [seal(events) for events in orders]
    for record, answer in zip(records, by_the_page([{"record": record} for record in records], tmp_path), strict=True):
        first = verify(io.BytesIO(record)).first
        assert first is not None
        assert answer["first"] is not None
        assert (answer["first"]["says"], answer["first"]["line"]) == (first.says, first.line)


@needs_node
def test_the_page_refuses_a_record_with_any_byte_altered(tmp_path: Path) -> None:
    cases = []
    for at in range(0, len(TINY), 17):
        flipped = bytearray(TINY)
        flipped[at] ^= 1 << at % 8
        cases += [bytes(flipped), TINY[:at] + TINY[at + 1 :], TINY[: at + 1] + TINY[at:]]
    answers = by_the_page([{"record": record} for record in cases], tmp_path)
    assert [at for at, answer in enumerate(answers) if answer["holds"]] == []


@needs_node
def test_a_record_with_the_line_ends_of_another_system_is_told_how_that_comes(tmp_path: Path) -> None:
    changed = TINY.replace(b"\n", b"\r\n")
    (answer,) = by_the_page([{"record": changed}], tmp_path)
    first = verify(io.BytesIO(changed)).first
    assert first is not None
    assert (first.check, first.line, first.detail) == ("V2", 1, answer["first"]["detail"])
    assert "the line ends of another system" in first.detail


@needs_node
def test_the_page_checks_signatures_heads_keys_and_certificates(tmp_path: Path) -> None:
    stranger = seal(EVENTS, STRANGER)
    rewritten = seal(altered(EVENTS, "noted", lambda body: body.update(what="another")), OFFICE)
    cut = b"".join(maker.lines_of(SMALL)[:26])
    other = maker.certificate_of(SMALL).replace(b'"estimate":6', b'"estimate":9')
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"record": stranger}, ["V21"]),
        ({"record": rewritten, "head": maker.signed_head(SMALL)}, ["V23"]),
        ({"record": cut, "head": maker.signed_head(SMALL)}, ["V23"]),
        ({"record": SMALL, "head": maker.signed_head(SMALL, seq=20)}, []),
        ({"record": SMALL, "head": maker.signed_head(SMALL, STRANGER)}, ["V23"]),
        ({"record": SMALL, "head": b"no\n"}, ["V23"]),
        ({"record": SMALL, "key": maker.public(STRANGER)}, ["V24"]),
        ({"record": SMALL, "certificate": other}, ["V22"]),
    ]
    answers = by_the_page([case for case, _ in cases], tmp_path)
    assert [failing(answer) for answer in answers] == [checks for _, checks in cases]
    large = [
        verify(io.BytesIO(case["record"]), **{k: v for k, v in case.items() if k != "record"}) for case, _ in cases
    ]
    says = [answer["first"] and answer["first"]["says"] for answer in answers]
    assert says == [answer.first and answer.first.says for answer in large]
    heads = [{check["check"]: check["found"] for check in answer["checks"]}["V23"] for answer in answers]
    assert heads[3] == next(check.found for check in large[3].checks if check.number == "V23")


# Opened in a browser.


def opened(record: bytes, tmp_path: Path, *, width: int = 1000) -> str:
    """Give the page's markup after a record was dropped on it, in a browser without a network."""
    assert CHROMIUM is not None
    drop = f"""<script>
    const data = Uint8Array.from(atob("{coded(record)}"), (letter) => letter.charCodeAt(0));
    receive([new File([data], "case.record")]).then(() => {{
      document.body.dataset.wide = document.documentElement.scrollWidth > innerWidth ? "yes" : "no";
    }});
    </script></body>"""
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("</body>", drop), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    size = [f"--window-size={width},900", "--virtual-time-budget=20000", "--dump-dom"]
    for _ in range(5):  # its clock runs ahead of the file's reading on a busy machine, so that it stops too early
        done = subprocess.run([CHROMIUM, *flags, *size, page.as_uri()], capture_output=True, check=True, timeout=120)
        markup = done.stdout.decode()
        if "data-wide=" in markup:
            return markup
    raise AssertionError("the page never came to an end")


def words(markup: str, name: str) -> str:
    found = re.search(rf'id="{name}"[^>]*>(.*?)</(?:p|ul|ol|dl|section)>', markup, re.DOTALL)
    assert found is not None
    return html.unescape(re.sub(r"<[^>]+>", " ", found[1])).strip()


@needs_chromium
def test_a_browser_shows_that_a_record_holds(tmp_path: Path) -> None:
    markup = opened(SMALL, tmp_path)
    answer = " ".join(words(markup, "answer").split())
    assert answer.startswith("The record holds. All 27 events follow from one another: 22 of 28 checks were made,")
    assert "each holds. Not checked: the rules are those of the pinned law (V10); the signed head" in answer
    assert "Does not apply to this record: the risk-limiting check" in answer
    assert "The law pinned is no text that this program ships for “zz-example”" in words(markup, "know")
    assert "Clerk of Exampleland" in words(markup, "facts")
    assert "sufficient: 6 of 4 signatures required" in words(markup, "facts")
    assert len(re.findall(r'<li class="(?:holds|unmade)"', markup)) == len(ABOUT)


@needs_chromium
def test_a_browser_names_the_line_that_does_not_hold_and_fits_a_phone(tmp_path: Path) -> None:
    markup = opened(SMALL.replace(b'"estimate":6', b'"estimate":9'), tmp_path, width=500)
    assert "Event 24 was altered after it was written: its content does not give its hash." in words(markup, "answer")
    assert words(markup, "where") == "Where: line 24 of the file, event 24 (check V5)."
    assert 'data-wide="no"' in markup


@needs_chromium
def test_a_browser_says_of_a_record_of_practice_that_it_is_one(tmp_path: Path) -> None:
    at = [each["kind"] for each in EVENTS].index("certified")
    markup = opened(seal(altered(EVENTS[:at], "opened", lambda body: body.update(practice=True))), tmp_path)
    assert " ".join(words(markup, "answer").split()).startswith("The record counts for nothing. This")
    assert words(markup, "know").startswith("This is a practice record, never a certificate")


@needs_node
def test_the_page_shows_by_name_what_the_program_does(tmp_path: Path) -> None:
    texts = [chr(code) for code in (*range(0x3000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0100)) if code < 0xD800
             or code > 0xDFFF]  # fmt: skip
    texts += ["a\nb\tc", "in\u202etneiciffus", "plain"]
    told = by_the_script("process.stdout.write(JSON.stringify(given.map(shown)));", texts, tmp_path)
    assert told == [safe_line(each) for each in texts]


@needs_chromium
def test_a_browser_turns_no_line_around_for_a_record(tmp_path: Path) -> None:
    evil = altered(EVENTS, "opened", lambda body: body.update(office="Clerk\u202e tneiciffusni", measure="a\nb"))
    evil = altered(evil, "seed", lambda body: body.update(source="a \u202e die"))
    markup = opened(seal(evil, OFFICE), tmp_path)
    assert "\u202e" not in markup
    assert "Clerk‹U+202E› tneiciffusni" in words(markup, "facts")
    assert "a‹LF›b" in words(markup, "facts")
    assert "a ‹U+202E› die" in words(markup, "know")


@needs_chromium
def test_a_browser_shows_markup_in_a_record_as_text(tmp_path: Path) -> None:
    evil = altered(EVENTS, "opened", lambda body: body.update(measure="<img src=x onerror=document.title='taken'>"))
    markup = opened(seal(evil, OFFICE), tmp_path)
    assert "<title>Recount a determination</title>" in markup
    assert "&lt;img src=x" in markup
