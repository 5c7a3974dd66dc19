"""Records made by hand from docs/reference/record.md, honest or not, with no code of the program.

`small()` is a case with two strata, a sample, two looks, a cure and a correction; `tiny()` is the shortest that ends
with a certificate. Their numbers are worked out on paper. `seal` is what somebody does who has altered events and
wants the chain to hold: it numbers and hashes them anew, and signs if he has a key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Event = dict[str, Any]
OF_RISK = ["V26", "V27", "V28"]
"""The checks for which a record without a risk-limiting check, and without a beacon, has nothing."""
OFFICE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEW = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
"""The key that takes the place of the office's where an event says so."""
PERSON = Ed25519PrivateKey.from_private_bytes(bytes(range(3, 35)))
"""The key of a person who signs as the second."""
UNSIGNED = "0" * 128
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
CLOCK = ("since", "second", "why")
COUNTED = {
    "corrections": "corrected",
    "withdrawals": "withdrawn",
    "challenges": "challenged",
    "cures": "cured",
    "strikes": "struck",
}

LAW = """\
[rules]
stratum = [{ from = 2000-01-01, value = "district", source = "act" }]
formula = [{ from = 2000-01-01, value = "california", source = "act" }]
sample_share = [{ from = 2000-01-01, until = 2019-12-31, value = 0.10 }, { from = 2020-01-01, value = 0.50 }]
sample_least = [{ from = 2000-01-01, value = 2, source = "act" }]
insufficient_below = [{ from = 2000-01-01, value = 0.90, source = "act" }]
sufficient_above = [{ from = 2000-01-01, value = 1.10, source = "act" }]
duplicates = [{ from = 2000-01-01, value = "first-valid", source = "act" }]
blank_lines_raw = [{ from = 2000-01-01, value = false, source = "act" }]
requirement = [{ from = 2000-01-01, value = 9, source = "act" }]

[kinds.statute]
requirement = [{ from = 2000-01-01, value = 4, source = "act" }]

[reasons]
duplicate = [{ from = 2000-01-01, words = "signed before" }]
not-registered = [{ from = 2000-01-01, words = "not a voter" }]
withdrawn = [{ from = 2000-01-01, words = "withdrawn" }]
illegible = [{ from = 2000-01-01, until = 2010-12-31, words = "illegible" }]
"""
VALUES = {
    "blank_lines_raw": False,
    "duplicates": "first-valid",
    "formula": "california",
    "insufficient_below": "0.90",
    "requirement": 4,
    "sample_least": 2,
    "sample_share": "0.50",
    "stratum": "district",
    "sufficient_above": "1.10",
}
TINY_LAW = 'rules.formula = [{from=2000-01-01,value="full-count"}]\n'
SOURCE = {"cite": "the act", "url": "https://example.org"}
ROLL = hashlib.sha256(b"roll").hexdigest()


def canonical(value: Any) -> bytes:
    """Give the one form in which an object may be written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def voter(name: str) -> str:
    """Give a voter as a record has him."""
    return sha256(f"voter {name}".encode())


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def signature(key: Ed25519PrivateKey, case: str, seq: int, digest: str) -> str:
    return key.sign(f"ballotworthy head 1\n{case}\n{seq}\n{digest}\n".encode()).hex()


def event(kind: str, by: str = "ann", /, **body: Any) -> Event:
    """Give an event that `seal` will number, date and hash."""
    return {"kind": kind, "by": by, "body": body}


def events_of(record: bytes) -> list[Event]:
    """Give the events of a record, to be altered."""
    return [json.loads(line) for line in record.splitlines()]


def apart(record: bytes) -> list[Event]:
    """Give the events of a record, none of them in a batch, as an office could have written them."""
    return [{key: value for key, value in each.items() if key != "batch"} for each in events_of(record)]


def lines_of(record: bytes) -> list[bytes]:
    return record.splitlines(keepends=True)


def seal(events: Iterable[Event], key: Ed25519PrivateKey | None = None, *, honest: bool = True) -> bytes:
    """Give the record of some events, numbered, dated and hashed anew.

    With a key, certificates are made and signed anew; without, they stay as they are. `honest=False` leaves `at` alone.
    """
    written, lines, prev, signing = [], [], "0" * 64, key
    for seq, given in enumerate(events, 1):
        each = deepcopy(given)
        if honest or "at" not in each:
            each["at"] = f"2026-11-03T{seq // 3600:02}:{seq // 60 % 60:02}:{seq % 60:02}Z"
        each |= {"seq": seq, "prev": prev}
        each.pop("sha256", None)
        if each["kind"] == "key_changed" and signing:
            told = f"ballotworthy key 1\n{written[0]['body']['case']}\n{seq - 1}\n{prev}\n{each['body']['key']}\n"
            for name, by in (("own", NEW), ("old", signing)):
                if each["body"].get(name) == UNSIGNED:
                    each["body"][name] = by.sign(told.encode()).hex()
            signing = NEW
        if each["kind"] == "second_key" and key and each["body"].get("own") == UNSIGNED:
            body = each["body"]
            case, whose = written[0]["body"]["case"], f"{body['person']}\n{body['key']}"
            told = f"ballotworthy second key 1\n{case}\n{seq - 1}\n{prev}\n{whose}\n"
            body["own"] = (NEW if body["key"] == public(NEW) else PERSON).sign(told.encode()).hex()
        if each["kind"] == "certified" and signing:
            each["body"]["signature"] = signature(signing, written[0]["body"]["case"], seq - 1, prev)
            each["body"]["certificate"] = sha256(certificate(written, each))
        if key and each["body"].get("signed") == UNSIGNED:
            rest = {name: said for name, said in each["body"].items() if name != "signed"}
            told = f"{written[0]['body']['case']}\n{seq - 1}\n{prev}\n{each['kind']}\n{sha256(canonical(rest))}\n"
            each["body"]["signed"] = PERSON.sign(f"ballotworthy second 1\n{told}".encode()).hex()
        each["sha256"] = prev = sha256(canonical(each))
        written.append(each)
        lines.append(canonical(each) + b"\n")
    return b"".join(lines)


def certificate(before: list[Event], certified: Event) -> bytes:
    """Give the JSON twin of a certificate, folded from the events before it."""
    last = {each["kind"]: each["body"] for each in before}
    found = {each["body"]["batch"]: each["body"] for each in before if each["kind"] == "counted"}
    opened, sample = last["opened"], last["sample"]
    twin = {key: opened[key] for key in ("case", "office", "measure", "place", "kind", "on", "filed")}
    twin |= {kind: last[kind] for kind in ("proposals", "seed", "risk") if kind in last}
    twin |= {name: sum(each["kind"] == kind for each in before) for name, kind in COUNTED.items()}
    twin |= {
        "certificate": opened["record"].replace("record", "certificate"),
        "form": certified["body"]["form"],
        "rules": {key: last["rules"][key] for key in ("sha256", "given") if key in last["rules"]},
        "intake": [
            {
                "batch": each["body"]["batch"],
                "day": each["body"]["day"],
                **{key: found.get(each["body"]["batch"], each["body"])[key] for key in ("sheets", "lines")},
            }
            for each in before
            if each["kind"] == "received"
        ],
        "frame": last["frame"],
        "rolls": [each["body"] for each in before if each["kind"] == "roll"],
        "sample": {
            "scope": sample["scope"],
            "why": sample["why"],
            "strata": [{key: each[key] for key in each if key != "ids"} for each in sample["strata"]],
        },
        "counts": last["counts"],
        "verdict": last["verdict"],
        "reopenings": [each["body"] for each in before if each["kind"] == "reopened"],
        "head": {
            "seq": certified["seq"] - 1,
            "sha256": certified["prev"],
            "key": last.get("key_changed", opened)["key"],
            "signature": certified["body"]["signature"],
        },
    }
    if opened["record"].endswith("/2"):
        twin |= {key: certified["body"][key] for key in ("second", "alone") if key in certified["body"]}
        twin |= {"samples": samples(before)}
        for each in before:
            if each["kind"] == "second_key" and each["body"]["person"] == certified["body"].get("second"):
                twin["second_key"] = each["body"]["key"]
        retypings = sum(each["kind"] == "retyped" for each in before)
        twin |= {"retypings": retypings} if retypings else {}
        for name, kind, kept in (("keys", "key_changed", ("key", "lost")), ("clocks", "clock_declared", CLOCK)):
            told = [mended(each, before, kept) for each in before if each["kind"] == kind]
            twin |= {name: told} if told else {}
        named = [each for each in before if each["kind"] == "second_key"]
        shown = [{"event": each["seq"], "by": each["by"], **each["body"]} for each in named]
        twin |= {"own_keys": [{key: each[key] for key in each if key != "own"} for each in shown]} if shown else {}
        twin |= {"orders": orders(before)} if orders(before) else {}
        twin |= {"beacon": last["beacon_named"]} if "beacon_named" in last else {}
        twin |= {key: last["rules"][key] for key in ("required",) if key in last["rules"]}
    return canonical(twin) + b"\n"


def mended(act: Event, before: list[Event], kept: Iterable[str]) -> Event:
    """Give a wrong clock or a changed key as a certificate shows it, with the key of its second person."""
    body, second = act["body"], act["body"].get("lost", act["body"]).get("second")
    named = [each["body"] for each in before if each["kind"] == "second_key" and each["seq"] < act["seq"]]
    own = [each["key"] for each in named if each["person"] == second][-1:]
    shown = {key: body[key] for key in kept if key in body}
    return {"event": act["seq"], **shown, **({"second_key": own[0]} if own else {})}


def orders(before: list[Event]) -> list[Event]:
    """Give the orders by which lines are out at the end, with how many."""
    of: dict[str, str] = {}
    for body in (each["body"] for each in before if each["kind"] in ("decision", "resolved", "corrected", "struck")):
        if body.get("look") != 2 or (body.get("order") and body["line"] not in of):
            of[body["line"]] = body.get("order", "")
    found = list(filter(None, of.values()))
    return [{"order": order, "lines": found.count(order)} for order in sorted(set(found))]


def samples(before: list[Event]) -> list[Event]:
    """Give every sample with its verdicts, as a certificate of version 2 shows them."""
    found: list[Event] = []
    for each in before:
        body = each["body"]
        if each["kind"] == "sample":
            size = sum(stratum["size"] for stratum in body["strata"])
            found.append({"event": each["seq"], "scope": body["scope"], "lines": size, "verdicts": []})
        elif each["kind"] == "verdict" and found:
            told = {"event": each["seq"], "estimate": body["estimate"], "verdict": body["verdict"]}
            found[-1]["verdicts"].append(told)
    return found


def certificate_of(record: bytes) -> bytes:
    """Give the last certificate of a record."""
    events = events_of(record)
    at = max(at for at, each in enumerate(events) if each["kind"] == "certified")
    return certificate(events[:at], events[at])


def signed_head(record: bytes, key: Ed25519PrivateKey = OFFICE, seq: int | None = None) -> bytes:
    """Give a signed head of a record: of its last event, or of event `seq`."""
    events = events_of(record)
    at = events[(seq or len(events)) - 1]
    case = events[0]["body"]["case"]
    head = {
        "case": case,
        "head": "ballotworthy-head/1",
        "key": public(key),
        "seq": at["seq"],
        "sha256": at["sha256"],
        "signature": signature(key, case, at["seq"], at["sha256"]),
    }
    return canonical(head) + b"\n"


def frame(lines: list[list[str]]) -> Event:
    """Give the event that fixes lines."""
    return event(
        "frame",
        sheets=len({line[0] for line in lines}),
        lines=len(lines),
        fingerprint=sha256("".join("\t".join(line) + "\n" for line in lines).encode()),
        ids=sha256("".join(f"{line[0]}-{line[1]}\n" for line in lines).encode()),
    )


def drawn(seed: str, ids: Iterable[str], size: int) -> list[str]:
    """Give the sample by hash order."""
    return sorted(ids, key=lambda line: sha256(f"{seed}:{line}".encode()))[:size]


def opened(**other: Any) -> Event:
    body = {
        "record": "ballotworthy-record/2",
        "case": "2026-7",
        "office": "Clerk of Exampleland",
        "measure": 'Shall "x" be\tso? \u2028é\u20ac𝄞',
        "place": "zz-example",
        "kind": "statute",
        "on": "2026-05-01",
        "filed": "2026-10-30",
        "key": public(OFFICE),
        "voters": sha256(b"voters"),
        "disclosure": "public",
        "people": [
            {"id": "ann", "may": ["manage", "resolve", "certify"]},
            {"id": "bob", "may": ["decide"]},
            {"id": "cyd", "may": ["decide"]},
        ],
    }
    return event("opened", **(body | other))


def rules(text: str, values: Event, reasons: list[str], **other: Any) -> Event:
    return event("rules", text=text, sha256=sha256(text.encode()), values=values, reasons=reasons, **other)


def intake(sheets: int, lines: int) -> list[Event]:
    return [
        event("received", batch="1", day="2026-10-30", sheets=sheets, lines=lines),
        event("counted", batch="1", sheets=sheets, lines=lines),
    ]


def decision(line: str, name: str = "", *, reason: str = "", by: str = "bob", look: int = 1, **other: Any) -> Event:
    """Give a decision: valid for a voter, or invalid for a reason."""
    body: Event = {"line": line, "look": look, "outcome": "invalid" if reason else "valid", "roll": ROLL}
    body |= {"reason": reason} if reason else {}
    body |= {"voter": voter(name)} if name else {}
    return event("decision", by, **(body | other))


def ruling(kind: str, line: str, name: str = "", *, reason: str = "", **other: Any) -> Event:
    """Give an event of another kind that rules on a line."""
    each = decision(line, name, reason=reason, by="ann", **other)
    del each["body"]["look"]
    return each | {"kind": kind}


def row(stratum: str, raw: int, removed: int, sample: int, valid: int, twins: int, invalid: int) -> Event:
    return {
        "stratum": stratum,
        "district": "",
        "raw": raw,
        "removed": removed,
        "sample": sample,
        "valid": valid,
        "duplicates": twins,
        "invalid": invalid,
    }


def looked(person: str, first: int, second: int, resolved: int = 0, corrected: int = 0) -> Event:
    return {"person": person, "first": first, "second": second, "resolved": resolved, "corrected": corrected}


def verdict(raw: int, estimate: int, requirement: int, says: str, steps: Iterable[str], **other: Any) -> Event:
    """Give a verdict; a step is "stratum|name|value"."""
    told = [dict(zip(("stratum", "name", "value"), step.split("|"), strict=True)) | SOURCE for step in steps]
    return event(
        "verdict",
        raw=raw,
        estimate=estimate,
        requirement=requirement,
        verdict=says,
        rule="the act says so",
        source=SOURCE,
        requirement_source=SOURCE,
        steps=told,
        **other,
    )


def certified(**more: Any) -> Event:
    said = more or {"second": "bob"}
    return event("certified", form="plain", signature="0" * 128, certificate="0" * 64, **said)


def listed(lines: list[list[str]]) -> Event:
    """Give the event that lists lines, with the day of their marks where one has a mark."""
    return event("lines", lines=lines, **({"marked": "2026-11-01"} if any(line[4] for line in lines) else {}))


NORTH = [[str(1 + at // 4), str(1 + at % 4), "North", "", "", ""] for at in range(8)]
NORTH[3][4] = "blank:nothing is written"
NORTH[5][4] = "removed:not-registered"
SOUTH = [["3", str(1 + at), "South", "", "", sha256(b"image")] for at in range(4)]
LINES = NORTH + SOUTH
SEED = "4162"
IN_NORTH = drawn(SEED, (f"{line[0]}-{line[1]}" for line in NORTH if not line[4]), 4)
IN_SOUTH = drawn(SEED, (f"{line[0]}-{line[1]}" for line in SOUTH), 2)
OUTSIDE = next(f"{line[0]}-{line[1]}" for line in NORTH if not line[4] and f"{line[0]}-{line[1]}" not in IN_NORTH)
"""A line of North that can be drawn and was not."""
STEPS = (
    "North|percentage valid in the sample|50.00%",
    "North|uncorrected number valid|3",
    "North|value of each signature|1.5000",
    "North|weight of each duplicate|0.7500",
    "North|estimated duplicates|1",
    "North|projected number valid|2",
    "South|percentage valid in the sample|100.00%",
    "South|uncorrected number valid|4",
    "South|value of each signature|2.0000",
    "South|weight of each duplicate|2.0000",
    "South|estimated duplicates|0",
    "South|projected number valid|4",
    "|signatures filed|11",
    "|estimate|6",
    "|requirement|4",
    "|insufficient below|4",
    "|sufficient from|5",
    "|verdict|sufficient",
)


def small_events() -> list[Event]:
    """Give a case of twelve lines in two strata, six of them drawn, whose estimate is 6 of 4 required."""
    seed_event = event("seed", seed=SEED, how="dice", source="four red dice", present=["Mx Witness"], throws=4)
    strata = [
        {"stratum": "North", "of": 6, "size": 4, "ids": IN_NORTH},
        {"stratum": "South", "of": 4, "size": 2, "ids": IN_SOUTH},
    ]
    return [
        opened(),
        rules(LAW, VALUES, ["duplicate", "not-registered", "withdrawn"]),
        *intake(3, 12),
        listed(NORTH),
        listed(SOUTH),
        frame(LINES),
        event("roll", roll=ROLL, day="2026-10-01", voters=500),
        event("proposals", sha256=sha256(b"proposals"), lines=12, made_with="a machine"),
        seed_event,
        event("sample", scope="sample", why="the act, s. 4", strata=strata),
        event("assigned", person="bob", lines=IN_NORTH),
        decision(IN_NORTH[0], "a", searches=["name", "address"]),
        decision(IN_NORTH[1], "b"),
        decision(IN_NORTH[2], "a"),
        decision(IN_NORTH[3], reason="not-registered"),
        decision(IN_SOUTH[0], "c"),
        decision(IN_SOUTH[0], reason="not-registered", by="cyd", look=2),
        ruling("resolved", IN_SOUTH[0], "c"),
        decision(IN_SOUTH[1], reason="not-registered", by="cyd"),
        event("cured", line=IN_SOUTH[1], what="a card of registration", day="2026-11-02"),
        ruling("corrected", IN_SOUTH[1], "d", why="the card shows it", answers=21),
        event(
            "counts",
            rows=[row("North", 7, 1, 4, 2, 1, 1), row("South", 4, 0, 2, 2, 0, 0)],
            reasons=[{"reason": "duplicate", "lines": 1}, {"reason": "not-registered", "lines": 1}],
            looks=[looked("ann", 0, 0, 1, 1), looked("bob", 5, 0), looked("cyd", 1, 1)],
        ),
        verdict(11, 6, 4, "sufficient", STEPS, bands={"insufficient_below": 4, "sufficient_above": 5}),
        event("noted", what="announced", day="2026-11-03"),
        certified(),
        event("purged", what=["images"], ground="one year has passed", lawful_from="2026-11-03", second="cyd"),
    ]


def small() -> bytes:
    return seal(small_events(), OFFICE)


def tiny_events() -> list[Event]:
    """Give the shortest case that ends with a certificate: two lines, both examined."""
    lines = [["1", "1", "A", "", "", ""], ["1", "2", "A", "", "", ""]]
    steps = ("A|signatures examined, all of them|2", "A|number valid|1")
    of_all = ("|signatures filed|2", "|estimate|1", "|requirement|1", "|verdict|sufficient")
    return [
        opened(people=[{"id": "a", "may": ["manage", "decide", "certify"]}], measure="M\u00e9"),
        rules(TINY_LAW, {"formula": "full-count"}, [], required={"value": 1, "source": "act"}),
        *intake(1, 2),
        event("lines", lines=lines),
        frame(lines),
        event("roll", roll=ROLL, day="2026-10-01", voters=5),
        event("sample", scope="all", why="act", strata=[{"stratum": "A", "of": 2, "size": 2}]),
        decision("1-1", "a"),
        decision("1-2", "a"),
        event(
            "counts",
            rows=[row("A", 2, 0, 2, 1, 1, 0)],
            reasons=[{"reason": "duplicate", "lines": 1}],
            looks=[looked("a", 2, 0)],
        ),
        verdict(2, 1, 1, "sufficient", steps + of_all),
        certified(alone="the office has one clerk"),
    ]


def tiny() -> bytes:
    return seal([each | {"by": "a"} for each in tiny_events()], OFFICE)


def altered(events: list[Event], kind: str, change: Callable[[Event], object], number: int = 0) -> list[Event]:
    """Give the events with the body of one of them changed: the one of a kind with that number."""
    copy = deepcopy(events)
    change([each for each in copy if each["kind"] == kind][number]["body"])
    return copy
