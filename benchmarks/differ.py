"""Puts altered records before both verifiers, the program's and the page's, and tells where they answer differently.

    python benchmarks/differ.py [COUNT] [--seed N]

Each record is an honest one with one to three changes (a value, a key, an event, an order), hashed and signed anew with
the office's key. The page leaves part of V10 to the program; apart from these, both must name the same
event and the same check in the same words, and make the same remarks wherever a record holds. Prints the seed and what
differed; ends with 1 if anything did.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import cheats  # noqa: E402 -- the makers of records stand beside the tests
import record_maker as maker  # noqa: E402 -- as above
from ballotworthy.verify import Answer, verify  # noqa: E402 -- as above

LEFT_TO_THE_PROGRAM = ("V10",)
WORDS = (
    "",
    " ",
    "x",
    "bob\u200b",
    "BOB",
    "1-1",
    "0",
    "2027-01-01",
    "http://x",
    "javascript:x",
    "\U0001f5f3",
    "blank",
    "removed",
    "\u2800",
    "\u202enna",
    "cl\ue000rk",
    "\u0301",
    "North ",
    "state",
)
BASES = (
    cheats.EVENTS,
    cheats.seconded(),
    cheats.lost(),
    cheats.keyless(),
    cheats.retyped(),
    cheats.practised(),
    cheats.overruled(),
    cheats.struck_all(),
    cheats.withdrew(),
    cheats.reopened("2026-11-03"),
    cheats.in_district("East"),
    cheats.pictured(),
)
"""The cases that are altered: the plain one as often as all others together."""
DRIVER = """
const records = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = records.map((text) => {
  const { holds, first, remarks } = recount(new Uint8Array(Buffer.from(text, "base64")));
  return { holds, first, remarks };
});
process.stdout.write(JSON.stringify(answers));
"""


def altered_record(draw: random.Random) -> bytes:
    """Give an honest record, or one that a cheat begins with, with one to three changes, sealed anew."""
    events = deepcopy(draw.choice(BASES if draw.random() < 0.5 else BASES[:1]))
    for _ in range(draw.randint(1, 3)):
        _change(events, draw)
    try:
        return maker.seal(events, maker.OFFICE)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return maker.seal(events)  # what is left of it gives no certificate that could be signed


def by_the_page(records: list[bytes]) -> list[dict[str, Any]]:
    """Give what the verifier of docs/verify.html answers, run by node."""
    page = (ROOT / "docs/verify.html").read_text("utf-8")
    found = re.search(r'<script id="verifier">(.*?)</script>', page, re.DOTALL)
    if found is None:
        raise SystemExit("docs/verify.html has no script with the id verifier")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "verifier.cjs"
        script.write_text(found[1] + DRIVER, "utf-8")
        given = json.dumps([base64.b64encode(record).decode() for record in records]).encode()
        done = subprocess.run(["node", str(script)], input=given, capture_output=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def difference(answer: Answer, page: dict[str, Any]) -> str:
    """Say how two answers to one record differ; nothing where they agree."""
    first = answer.first
    told = page["first"] and page["first"]["check"]
    if first is not None and first.check in LEFT_TO_THE_PROGRAM and told != first.check:
        return ""
    large = first and (first.check, first.event, first.says)
    small = page["first"] and (page["first"]["check"], page["first"]["event"], page["first"]["says"])
    if large != small:
        return f"the program says {large}, the page {small}"
    if answer.holds:
        remarks = [(each.number, each.event, each.says) for each in answer.remarks]
        others = [(each["remark"], each["event"], each["says"]) for each in page["remarks"]]
        if remarks != others:
            return f"the program remarks {remarks}, the page {others}"
    return ""


def differing(count: int, seed: int) -> tuple[list[tuple[int, str]], Counter[str]]:
    """Give the number and the difference of each of `count` records that differ, and how often each check was first."""
    draws = [random.Random(f"{seed}:{number}") for number in range(count)]
    records = [altered_record(draw) for draw in draws]
    answers = [verify(io.BytesIO(record)) for record in records]
    told = [difference(*pair) for pair in zip(answers, by_the_page(records), strict=True)]
    caught = Counter(answer.first.check if answer.first else "holds" for answer in answers)
    return [(number, words) for number, words in enumerate(told) if words], caught


def _change(events: list[dict[str, Any]], draw: random.Random) -> None:
    at = draw.randrange(len(events)) if events else 0
    kind = draw.choice(("value", "value", "value", "value", "key", "drop", "double", "move", "by"))
    if not events:
        return
    if kind == "drop":
        events.pop(at)
    elif kind == "double":
        events.insert(at, deepcopy(events[at]))
    elif kind == "move":
        events.insert(draw.randrange(len(events)), events.pop(at))
    elif kind == "by":
        events[at]["by"] = draw.choice(("ann", "bob", "cyd", "eve"))
    else:
        _change_within(events[at]["body"], draw, drop=kind == "key")


def _change_within(value: Any, draw: random.Random, *, drop: bool) -> None:
    """Change a leaf somewhere in a value, or take a part out of it."""
    while value:
        key = draw.choice(list(value)) if isinstance(value, dict) else draw.randrange(len(value))
        inner = value[key]
        if isinstance(inner, dict | list) and inner and draw.random() < 0.85:
            value = inner
            continue
        if drop:
            del value[key]
        else:
            value[key] = _another(inner, draw)
        return


def _another(value: Any, draw: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw.choice((-1, 1, 2, 1000))
    if isinstance(value, str):
        return draw.choice((*WORDS, value + "x", value[:-1], value.upper()))
    return value[:-1] if isinstance(value, list) else {}


def main() -> int:
    """Run it; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found, caught = differing(given.count, given.seed)
    for number, words in found[:20]:
        print(f"record {given.seed}:{number}: {words}")
    print(
        f"seed {given.seed}: {given.count:,} records, {len(found):,} answered differently; first to fail:", dict(caught)
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
