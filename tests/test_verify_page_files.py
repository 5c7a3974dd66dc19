"""docs/verify.html knows each file by its content, in any order; what it does not use it says."""

from __future__ import annotations

import base64
import itertools
import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import record_maker as maker
from record_maker import OFFICE, STRANGER, altered, seal
from test_verify_page import CHROMIUM, EVENTS, PAGE, needs_chromium

DOCS = Path(__file__).resolve().parent.parent / "docs"
SMALL, TINY = maker.small(), maker.tiny()
Files = dict[str, bytes]

DRIVER = """<script>
(async () => {
  class Held { // a file held in memory: the browser's clock, which runs ahead of a disk, has nothing to wait for
    constructor(bytes, name) { Object.assign(this, { bytes, name, size: bytes.length }); }
    slice(from, to) { return new Held(this.bytes.slice(from, to), this.name); }
    async arrayBuffer() { return this.bytes.slice().buffer; }
    async text() { return new TextDecoder().decode(this.bytes); }
  }
  const held = ([name, text]) => new Held(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), name);
  const seen = (id) => (by(id).closest("[hidden]") ? "" : by(id).textContent.trim());
  const texts = (nodes) => [...nodes].map((each) => each.textContent);
  const pause = () => new Promise((next) => setTimeout(next, 500));
  const choose = async (at) => { by("choices").children[at].click(); await pause(); };
  const answers = [];
  for (const drops of JSON.parse(document.getElementById("drops").textContent)) {
    forget();
    for (const files of drops) await (Number.isInteger(files) ? choose(files) : receive(files.map(held)));
    answers.push({
      answer: seen("answer"), given: seen("given"), trouble: seen("trouble"), question: seen("question"),
      unused: texts(by("unused").children), choices: by("choice").hidden ? [] : texts(by("choices").children),
      holds: texts(by("checks").querySelectorAll("li.holds .number")),
    });
  }
  document.body.dataset.told = JSON.stringify(answers);
})().catch((error) => { document.body.dataset.told = JSON.stringify([{ error: String(error.stack) }]); });
</script></body>"""


def as_text(files: Files) -> list[list[str]]:
    return [[name, base64.b64encode(data).decode()] for name, data in files.items()]


def dropped(drops: Sequence[Sequence[Files | int]], tmp_path: Path) -> list[dict[str, Any]]:
    """Give what the page says after each sequence of drops, each begun anew.

    A drop is files by their names; a number presses that button of a question.
    """
    assert CHROMIUM is not None
    coded = [[each if isinstance(each, int) else as_text(each) for each in drop] for drop in drops]
    data = f'<script type="application/json" id="drops">{json.dumps(coded)}</script>'
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("</body>", data + DRIVER), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    for _ in range(3):
        done = subprocess.run(
            [CHROMIUM, *flags, "--virtual-time-budget=60000", "--dump-dom", page.as_uri()],
            capture_output=True, check=True, timeout=240,
        )  # fmt: skip
        _, found, rest = done.stdout.decode().partition('data-told="')
        if found:
            answers: list[dict[str, Any]] = json.loads(
                rest.partition('"')[0].replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")
            )
            return answers
    raise AssertionError("the page never came to an end")


def case_files() -> Files:
    """Give the files of the invented case of the docs, and what lies around a case: frame, papers, secrets."""
    example = DOCS / "example"
    own = {path.name: path.read_bytes() for path in sorted(example.iterdir()) if path.name != "README.md"}
    return {
        **own,
        "certificate.pdf": b"%PDF-1.7\n%\xe2\xe3\n",
        "frame.tsv": b"1\t1\tWard 1\t\t\t\n1\t2\tWard 1\t\t\t\n",
        "challenge.csv": b"sheet,line,reason\n1,1,not-registered\n",
        "EXPORT.txt": b"EX-1: A law on wells\n",
        "office.key": b"ballotworthy office key 1\n" + b"0" * 64 + b"\n",
        "result.json": b'{"verdict": "sufficient", "seq": 1}\n',
        "packed.zip": b"PK\x03\x04zipped",
        "empty.txt": b"",
    }


USED = ("case.record", "case.record.head.json", "certificate.json", "office-key.txt", "weights.tsv")


@needs_chromium
def test_files_of_a_case_are_known_in_any_order_and_the_rest_is_told(tmp_path: Path) -> None:
    files = case_files()
    rng = random.Random(7)
    orders = [list(files), list(reversed(files))]
    orders += [rng.sample(list(files), len(files)) for _ in range(4)]
    together = [[{name: files[name] for name in order}] for order in orders]
    one_by_one = [[{name: files[name]} for name in order] for order in orders[-2:]]
    events = files["case.record"].count(b"\n")
    for told in dropped(together + one_by_one, tmp_path):
        assert told["answer"].startswith(f"The record holds. All {events} events")
        assert sorted(each.partition(":")[0].split(": ")[-1] for each in told["unused"]) == ["not used"] * 8
        assert {each.split(": ")[1] for each in told["unused"]} == files.keys() - set(USED)
        assert {"V22", "V23", "V24", "V26"} <= set(told["holds"])
        assert (told["trouble"], told["question"]) == ("", "")


@needs_chromium
def test_what_a_file_is_does_not_follow_from_its_name(tmp_path: Path) -> None:
    files = case_files()
    names = dict(zip(USED, ("a.txt", "b.record", "c.record", "d.json", "e.json"), strict=True))
    (told,) = dropped([[{names[name]: files[name] for name in USED}]], tmp_path)
    assert "The record holds." in told["answer"]
    assert told["unused"] == []
    assert told["given"].split(" · ") == [
        "record: a.txt",
        "signed head: b.record",
        "certificate: c.record",
        "public key: d.json",
        "machine\u2019s weights: e.json",
    ]


@needs_chromium
def test_papers_of_other_cases_are_set_aside_and_blame_nobody(tmp_path: Path) -> None:
    files = case_files()
    strange = {
        "other.json": maker.certificate_of(SMALL), "other.head.json": maker.signed_head(SMALL),
        "case.record": files["case.record"],
    }  # fmt: skip
    for told in dropped([[strange], [{name: strange[name]} for name in strange]], tmp_path):
        assert "The record holds." in told["answer"]
        assert [each.split(": it is of another case")[0] for each in told["unused"]] == [
            "not used: other.json", "not used: other.head.json",
        ]  # fmt: skip


@needs_chromium
def test_foreign_files_alone_are_no_damaged_record(tmp_path: Path) -> None:
    foreign: list[tuple[str, bytes]] = [
        ("certificate.json", maker.certificate_of(SMALL)), ("head.json", maker.signed_head(SMALL)),
        ("key.txt", maker.public(OFFICE).encode()), ("weights.tsv", b"1-1\t0.980000\t0\n"),
        ("lines.csv", b"sheet,line\n1,1\n"), ("log.ndjson", b'{"kind":"visit","seq":1}\n{"kind":"visit","seq":2}\n'),
        ("photo.jpg", bytes(range(256)) * 40), ("deep.json", b"[" * 20_000), ("null.json", b"null\n"),
        ("stored.zip", b"PK\x03\x04" + SMALL), ("case.tar", b"case.record".ljust(257, b"\0") + b"ustar  \0" + SMALL),
        ("saved.html", b"<!doctype html><pre>" + SMALL), ("attached.pdf", b"%PDF-1.7\n" + SMALL),
    ]  # fmt: skip
    for told in dropped([[dict([each])] for each in foreign], tmp_path):
        assert told["answer"] == ""
        assert told["trouble"] == "Now drop the record as well: without it there is nothing to count."


@needs_chromium
def test_two_records_are_asked_about_and_one_twice_is_one(tmp_path: Path) -> None:
    both = {"a.record": SMALL, "b.record": TINY}
    asked, again, chosen = dropped(
        [[both], [{"a.record": SMALL, "copy.record": SMALL}], [{"a.record": SMALL}, {"b.record": TINY}]], tmp_path
    )
    for told in (asked, chosen):
        assert told["question"] == "2 different files are there as the record. Which one is meant?"
        assert [each.partition(",")[0] for each in told["choices"]] == ["a.record", "b.record"]
        assert told["answer"] == ""
    assert "The record holds." in again["answer"]
    assert again["question"] == ""


@needs_chromium
def test_a_file_that_does_not_belong_to_the_record_is_blamed_with_it_and_not_the_record_alone(tmp_path: Path) -> None:
    forged = maker.certificate_of(SMALL).replace(b'"estimate":6', b'"estimate":9')
    honest = case_files()["weights.tsv"]
    weights = honest.replace(b"\t0.9", b"\t0.8", 1)
    assert weights != honest
    record = case_files()["case.record"]
    open_case = b"".join(maker.lines_of(SMALL)[:10])
    drops: list[Files] = [
        {"r": SMALL, "c": forged},
        {"r": SMALL, "k": maker.public(STRANGER).encode()},
        {"r": record, "w": weights},
        {"r": open_case},
        {"r": seal(altered(EVENTS, "noted", lambda body: body.update(what="another")), None)},
        {"r": SMALL.replace(b'"estimate":6', b'"estimate":9')},
    ]
    together = "The record and a file given with it do not belong together."
    altered_record = "The record does not hold."
    assert [told["answer"].partition(".")[0] + "." for told in dropped([[each] for each in drops], tmp_path)] == [
        *[together] * 3,
        "The record has no certificate.",
        *[altered_record] * 2,
    ]


@needs_chromium
@pytest.mark.parametrize("pick", range(2))
def test_a_choice_between_two_heads_is_the_persons(pick: int, tmp_path: Path) -> None:
    rewritten = SMALL.replace(maker.events_of(SMALL)[19]["sha256"].encode(), b"0" * 64)
    heads = {"old.json": maker.signed_head(rewritten, seq=20), "new.json": maker.signed_head(SMALL)}
    names = list(heads)
    order = list(itertools.permutations(["r", *names]))[pick]
    files = {"r": SMALL, **heads}
    drops: list[Files | int] = [{name: files[name]} for name in order]
    asked, new, old = dropped(
        [drops, [*drops, order_of_heads(order).index("new.json")], [*drops, order_of_heads(order).index("old.json")]],
        tmp_path,
    )
    assert asked["question"] == "2 different files are there as the signed head. Which one is meant?"
    assert "The record holds." in new["answer"]
    assert new["unused"] == ["not used: old.json: you chose new.json"]
    assert old["answer"].startswith("The record and a file given with it do not belong together.")


def order_of_heads(order: Sequence[str]) -> list[str]:
    return [name for name in order if name != "r"]
