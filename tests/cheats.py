"""What a dishonest office could write, sealed and signed as if it were honest: the cheat, its gain, who catches it.

`by` is a check that fails ("V14"), a remark that both verifiers make ("R8"), or "nobody": then what closes the gap
stands in docs/why/trust.md. At most five cheats change one field of one kind of event, but the ids of people, which can
look alike in many ways.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import record_maker as maker
from record_maker import IN_NORTH, IN_SOUTH, Event, altered, event, voter

EVENTS = maker.small_events()
KINDS = [each["kind"] for each in EVENTS]
SMALL_ORDER = {
    "0": "0" * 64, "1": "01" + "0" * 62, "-1": "ec" + "f" * 60 + "7f",
    "an eighth": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
}  # fmt: skip


@dataclass(frozen=True)
class Cheat:
    """One cheat: what is changed, what is gained, who catches it, its events, and whether they keep their times."""

    what: str
    gain: str
    by: str
    events: list[Event]
    dated: bool = False


def change(kind: str, number: int = 0, **changed: Any) -> list[Event]:
    return altered(EVENTS, kind, lambda body: body.update(changed), number)


def lacking(kind: str, key: str, number: int = 0) -> list[Event]:
    return altered(EVENTS, kind, lambda body: body.pop(key), number)


def before(kind: str, *events: Event) -> list[Event]:
    at, cured = KINDS.index(kind), KINDS.index("cured")
    changed = deepcopy(EVENTS)
    changed[KINDS.index("corrected")]["body"]["answers"] += len(events) if at <= cured else 0
    return [*changed[:at], *events, *changed[at:]]


def people(*ids: str) -> list[Event]:
    """Give the case with further people who may decide."""
    more = [{"id": each, "may": ["decide"]} for each in ids]
    return altered(EVENTS, "opened", lambda body: body["people"].extend(more))


def times(at: Callable[[int], str]) -> list[Event]:
    """Give the case with times of its own."""
    return [each | {"at": at(number)} for number, each in enumerate(deepcopy(EVENTS))]


def relisted(sheet: str, line: str) -> list[Event]:
    """Give the case with line 3-1 under another name; South then is drawn anew."""
    events, lines = deepcopy(EVENTS), deepcopy(maker.LINES)
    lines[8][:2] = sheet, line
    for each in events:
        if each["kind"] == "lines" and each["body"]["lines"][0][2] == "South":
            each["body"]["lines"] = lines[8:]
        elif each["kind"] in ("received", "counted"):
            each["body"]["sheets"] = 4
        elif each["kind"] == "frame":
            each["body"] = maker.frame(lines)["body"]
        elif each["kind"] == "sample":
            ids = [f"{cells[0]}-{cells[1]}" for cells in lines[8:]]
            south = each["body"]["strata"][1]
            south["ids"] = maker.drawn(maker.SEED, ids, 2)
            new = dict(zip(IN_SOUTH, south["ids"], strict=True))
        elif each["body"].get("line") in IN_SOUTH:
            each["body"]["line"] = new[each["body"]["line"]]
    return events


def required(value: int) -> list[Event]:
    return change("rules", required={"value": value, "source": "a letter"})


def _corrected_once_more() -> Event:
    counts = deepcopy(EVENTS[KINDS.index("counts")])
    counts["body"]["looks"][0]["corrected"] += 1
    return counts


def resolver(by: str, kind: str = "resolved") -> list[Event]:
    """Give the case with its disagreement ended by somebody else, or by an event of another kind."""
    events = altered(EVENTS, "opened", lambda body: [each["may"].append("resolve") for each in body["people"][1:]])
    event = events[KINDS.index("resolved")]
    event["by"] = by
    if kind == "corrected":
        event |= {"kind": kind, "body": event["body"] | {"why": "he insists"}}
    return altered(events, "counts", lambda body: _shift(body["looks"], by, kind))


def _insisting() -> list[Event]:
    """Give the case with its disagreement ended against bob, who then corrects that to his own look."""
    mine = maker.ruling("corrected", IN_SOUTH[0], "c", why="he insists") | {"by": "bob"}
    events = altered(before("cured", mine), "opened", lambda body: body["people"][1]["may"].append("resolve"))
    against = {"line": IN_SOUTH[0], "outcome": "invalid", "reason": "not-registered"}
    events[KINDS.index("resolved")]["body"] = against
    return altered(events, "counts", lambda body: body["looks"][1].update(corrected=1))


def _shift(looks: list[Event], by: str, kind: str) -> None:
    looks[0]["resolved"] -= 1
    next(each for each in looks if each["person"] == by)[kind] += 1


def step(name: str, value: str, stratum: str = "") -> list[Event]:
    odd = {"stratum": stratum, "name": name, "value": value} | maker.SOURCE
    return altered(EVENTS, "verdict", lambda body: body["steps"].insert(-1, odd))


def address(url: str, where: str = "source") -> list[Event]:
    if where == "step":
        return altered(EVENTS, "verdict", lambda body: body["steps"][0].update(url=url))
    return change("verdict", **{where: {"cite": "Const. art. II", "url": url}})


def nested(depth: int) -> list[Event]:
    deep: Any = "x"
    for _ in range(depth):
        deep = [deep]
    return change("noted", what=deep)


ROUND = {"kind": "chain", "chain": "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
         "round": 30_000_000}  # fmt: skip
COMING = ROUND | {"round": 99_000_000}
VALUE = "5e" * 32


def by_beacon(named: Event | None = None) -> list[Event]:
    """Give the case with its seed from a beacon, named or not, and the sample that this seed gives."""
    events = before("seed", event("beacon_named", **named)) if named else deepcopy(EVENTS)
    return seeded(events, {"seed": VALUE, "how": "beacon", "source": "drand", "present": []})


def seeded(events: list[Event], seed: Event) -> list[Event]:
    """Give the case with another seed, and the sample that it gives."""
    events = altered(events, "seed", lambda body: (body.clear(), body.update(seed)))
    north = [f"{line[0]}-{line[1]}" for line in maker.NORTH if not line[4]]
    south = [f"{line[0]}-{line[1]}" for line in maker.SOUTH]
    drawn = maker.drawn(seed["seed"], north, 4), maker.drawn(seed["seed"], south, 2)
    new = dict(zip((*IN_NORTH, *IN_SOUTH), (*drawn[0], *drawn[1]), strict=True))
    for each in events:
        if each["kind"] == "sample":
            for stratum, ids in zip(each["body"]["strata"], drawn, strict=True):
                stratum["ids"] = ids
        elif each["body"].get("line") in new:
            each["body"]["line"] = new[each["body"]["line"]]
        elif each["kind"] == "assigned":
            each["body"]["lines"] = [new[line] for line in each["body"]["lines"]]
    return events


def thrown(*numbers: str) -> list[Event]:
    """Give the case with its seed of other dice."""
    said = {"how": "dice", "source": "a die", "present": ["Mx Witness"], "throws": len(numbers)}
    return seeded(EVENTS, {"seed": "".join(numbers), **said})


def named_stratum(old: str, new: str) -> list[Event]:
    """Give the case with a stratum under another name, in the frame and all that follows."""
    lines = [[new if cell == old else cell for cell in line] for line in maker.LINES]
    events: list[Event] = json.loads(json.dumps(EVENTS).replace(json.dumps(old), json.dumps(new)))
    return altered(events, "frame", lambda body: body.update(maker.frame(lines)["body"]))


def greater() -> list[Event]:
    """Give the case with one line more drawn in South, which is a voter's."""
    events, ids = deepcopy(EVENTS), [f"{line[0]}-{line[1]}" for line in maker.SOUTH]
    ids = maker.drawn(maker.SEED, ids, 3)
    events.insert(KINDS.index("cured"), maker.decision(ids[2], "e", by="cyd"))
    events = altered(events, "sample", lambda body: body["strata"][1].update(size=3, ids=ids))
    events = altered(events, "corrected", lambda body: body.update(answers=body["answers"] + 1))
    events = altered(events, "counts", lambda body: body["looks"][2].update(first=2))
    events = altered(events, "counts", lambda body: body["rows"][1].update(sample=3, valid=3))
    return altered(events, "verdict", lambda body: [
        each.update(value=value) for each, value in zip(body["steps"][8:10], ("1.3333", "0.4444"), strict=True)
    ])  # fmt: skip


def by_law(rule: str, value: str) -> list[Event]:
    """Give the case under a law with a rule more, and a record that has its value."""
    line = f"{rule} = [{{ from = 2000-01-01, value = {value} }}]"
    text = maker.LAW.replace("[kinds.statute]", f"{line}\n[kinds.statute]")
    pinned = {"text": text, "sha256": maker.sha256(text.encode())}
    values = maker.VALUES | {rule: int(value) if value.isdigit() else value}
    return change("rules", **pinned, values=values)


def drawn_as_one() -> list[Event]:
    """Give the case under a law that draws from the whole state."""
    text = maker.LAW.replace('value = "district"', 'value = "state"')
    values = maker.VALUES | {"stratum": "state"}
    return change("rules", text=text, sha256=maker.sha256(text.encode()), values=values)


def moved(kind: str, to: str) -> list[Event]:
    """Give the case with an event moved before the first of another kind."""
    events = deepcopy(EVENTS)
    each = events.pop(KINDS.index(kind))
    events.insert([other["kind"] for other in events].index(to), each)
    return events


def sample(**changed: Any) -> list[Event]:
    return altered(EVENTS, "sample", lambda body: body["strata"][0].update(changed))


def by_another(kind: str, by: str) -> list[Event]:
    events = deepcopy(EVENTS)
    events[KINDS.index(kind)]["by"] = by
    return events


def batched(events: int, first: int = 1, of: int = 3, *, left_out: bool = False) -> list[Event]:
    """Give the case with some of its rulings told as one commit of `of` events."""
    copy, at = deepcopy(EVENTS), KINDS.index("decision")
    for number, each in enumerate(copy[at : at + events]):
        each["batch"] = {"at": first + number, "of": of + left_out}
    if left_out:
        each = copy.pop(at + events - 1)
        copy[KINDS.index("corrected") - 1]["body"]["answers"] -= 1
    return copy


def unfinished() -> list[Event]:
    """Give the case with a purge that is the first event of two, the second of which is not there."""
    copy = deepcopy(EVENTS)
    copy[-1]["batch"] = {"at": 1, "of": 2}
    return copy


def ahead(late: str = "2031-01-01T00:00:00Z", back: str = "2026-11-03T00:01:00Z", since: int = 0, second: str = "bob",
          why: str = "the battery of the clock was flat", **more: str) -> list[Event]:  # fmt: skip
    """Give the case with an event of a clock that was ahead, then declared to be wrong."""
    at = KINDS.index("noted")
    events = [each | {"at": f"2026-11-03T00:00:{number:02}Z"} for number, each in enumerate(deepcopy(EVENTS[:at]))]
    declared = event("clock_declared", since=since or at + 1, second=second, why=why, **more)
    after = [each | {"at": f"2026-11-03T00:02:{number:02}Z"} for number, each in enumerate(deepcopy(EVENTS[at:]))]
    return [*events, event("noted", what="x", day="2026-11-03") | {"at": late}, declared | {"at": back}, *after]


def rekeyed(**changed: Any) -> list[Event]:
    """Give the case with a new key before its certificate; without changes all is as it should be."""
    body = {"key": maker.public(maker.NEW), "own": maker.UNSIGNED}
    body |= {} if "lost" in changed else {"old": maker.UNSIGNED}
    return before("noted", event("key_changed", **(body | changed)))


def lost(signed: str | None = maker.UNSIGNED) -> list[Event]:
    """Give the case with a lost key, once a key of bob's is named, who stands second; he signs the certificate too."""
    return _by_bob(rekeyed(lost={"second": "bob", "notice": "the gazette"}, **({"signed": signed} if signed else {})))


def ahead_by_bob(signed: str | None = maker.UNSIGNED) -> list[Event]:
    """Give the case with a wrong clock, once a key of bob's is named, who stands second."""
    since = 1 + KINDS.index("noted") + 1
    return _by_bob(ahead(since=since, **({"signed": signed} if signed else {})))


def _by_bob(events: list[Event]) -> list[Event]:
    own = event("second_key", person="bob", key=maker.public(maker.PERSON), own=maker.UNSIGNED)
    at = [each["kind"] for each in events].index("counts")
    dated = {"at": events[at]["at"]} if "at" in events[at] else {}
    signed = altered(events, "certified", lambda body: body.update(signed=maker.UNSIGNED))
    return [*signed[:at], own | dated, *signed[at:]]


def another_key_of_bob() -> list[Event]:
    """Give the case with a key of bob's, and another that takes its place before he signs."""
    key = event("second_key", person="bob", key=maker.public(maker.NEW), own=maker.UNSIGNED)
    events = seconded()
    at = [each["kind"] for each in events].index("second_key")
    return [*events[:at], key, *events[at:]]


def _new_key_of_a_person() -> list[Event]:
    """Give the case with a new key that cyd was named with before."""
    key = {"key": maker.public(maker.NEW), "own": maker.UNSIGNED}
    return before("noted", event("second_key", person="cyd", **key), event("key_changed", old=maker.UNSIGNED, **key))


def repetition(line: str, of: str = "a", to: str = "", *, also: bool = False) -> list[Event]:
    """Give the case with North's fourth line refused as a repetition of `line`; `also`: with South's first so too."""
    body = {"reason": "duplicate", "voter": voter(of), "repeats": line}
    events = altered(EVENTS, "decision", lambda each: each.update(body), 3)
    if also:
        back = {"outcome": "invalid", "reason": "duplicate", "voter": voter(of), "repeats": to}
        events = altered(events, "resolved", lambda each: each.update(back))
    return altered(events, "counts", lambda each: each.update(reasons=[{"reason": "duplicate", "lines": 2}]))


def marked(mark: str) -> list[Event]:
    """Give the case with another mark on the blank line of North."""
    lines = deepcopy(maker.LINES)
    lines[3][4] = mark
    events = altered(EVENTS, "lines", lambda body: body.update(lines=lines[:8]))
    return altered(events, "frame", lambda body: body.update(maker.frame(lines)["body"]))


def alone(kind: str) -> list[Event]:
    def change(body: Event) -> None:
        del body["second"]
        body["alone"] = "the office has one clerk"

    return altered(EVENTS, kind, change)


def retyped(kind: str = "decision", line: str = IN_NORTH[0], by: str = "cyd", **changed: Any) -> list[Event]:
    """Give the case with cells of a line typed anew before the first event of a kind."""
    body = {"line": line, "fields": ["last_name"], "text": voter("text"), "why": "the machine misread it"}
    return before(kind, event("retyped", by, **(body | changed)))


def retyped_by_two() -> list[Event]:
    """Give the case with cells of a line typed anew by bob, who looks at it, and by cyd."""
    events = retyped()
    events.insert(KINDS.index("decision"), retyped(by="bob")[KINDS.index("decision")])
    return altered(events, "corrected", lambda body: body.update(answers=body["answers"] + 1))


def seconded(person: str = "bob", signed: str | None = maker.UNSIGNED, by: str = "ann", **changed: Any) -> list[Event]:
    """Give the case with the key of a person named before its certificate, which bob signs as the second."""
    body = {"person": person, "key": maker.public(maker.PERSON), "own": maker.UNSIGNED}
    events = before("noted", event("second_key", by, **(body | changed)))
    return altered(events, "certified", lambda body: body.update({"signed": signed} if signed else {}))


def keyless(*after: Event) -> list[Event]:
    """Give the case with the keys purged, then reopened, and what came after."""
    body = {"what": ["keys"], "ground": "the period", "lawful_from": "2026-11-03", "second": "bob"}
    return [*deepcopy(EVENTS), event("purged", **body), event("reopened", order="the court", day="2026-11-03"), *after]


def practised() -> list[Event]:
    """Give the case, opened for practice, up to its verdict."""
    return change("opened", practice=True)[: KINDS.index("noted") + 1]


LATER = "2027-01-01"
FAR = "2029-01-01T00:00:{:02}Z"
HIDDEN = "\u200b"


def counted(
    rows: list[Event], reasons: list[Event], looks: list[Event], verdict: Event, events: list[Event]
) -> list[Event]:
    """Give events with other counts and the verdict that follows from them."""
    body = {"rows": rows, "reasons": reasons, "looks": looks}
    events = altered(events, "counts", lambda each: each.update(body))
    return [verdict if each["kind"] == "verdict" else each for each in events]


BANDS = {"insufficient_below": 4, "sufficient_above": 5}
LOOKS = [maker.looked("ann", 0, 0, 1, 1), maker.looked("bob", 5, 0), maker.looked("cyd", 1, 1)]
TWICE, NOT_REGISTERED = {"reason": "duplicate", "lines": 1}, {"reason": "not-registered", "lines": 1}


def steps(*changed: tuple[int, str]) -> list[str]:
    """Give the steps of the case with other values at some places."""
    told = list(maker.STEPS)
    for at, value in changed:
        told[at] = f"{told[at].rpartition('|')[0]}|{value}"
    return told


def struck_all(reason: str = "not-registered", **said: Any) -> list[Event]:
    """Give the case with every line that was not drawn struck, so that nothing is projected any more."""
    ids = {"North": [], "South": []}
    for line in maker.LINES:
        if not line[4] and f"{line[0]}-{line[1]}" not in IN_NORTH + IN_SOUTH:
            ids[line[2]].append(f"{line[0]}-{line[1]}")
    out = [event("struck", line=line, reason=reason, why="x", **said) for line in ids["North"] + ids["South"]]
    rows = [
        maker.row("North", 7, 1 + len(ids["North"]), 4, 2, 1, 1),
        maker.row("South", 4, len(ids["South"]), 2, 2, 0, 0),
    ]
    all_of = [f"{name}|{step}" for name, n, v in (("North", 4, 2), ("South", 2, 2))
              for step in (f"signatures examined, all of them|{n}", f"number valid|{v}")]  # fmt: skip
    told = maker.verdict(11, 4, 4, "sufficient", [*all_of, *steps((13, "4"))[12:]], bands=BANDS)
    return counted(rows, [TWICE, NOT_REGISTERED], LOOKS, told, before("counts", *out))


ORDER = "Superior Court, 26-114, order of 3 November 2026"


def swapped(strata: list[Event]) -> None:
    """Give each of two strata the lines of the other."""
    for key in ("ids", "size"):
        strata[0][key], strata[1][key] = strata[1][key], strata[0][key]


def exchanged(kind: str) -> list[Event]:
    """Give the case with the first two events of a kind in each other's place."""
    events = deepcopy(EVENTS)
    first, second = [at for at, each in enumerate(KINDS) if each == kind][:2]
    events[first], events[second] = events[second], events[first]
    return events


def by_order(**said: Any) -> list[Event]:
    """Give the case with a line of the sample refused by a court's order."""
    events = deepcopy(EVENTS)
    at = [number for number, each in enumerate(KINDS) if each == "decision"][3]
    events[at]["body"] |= {"reason": "ordered", **said}
    reasons = [TWICE, NOT_REGISTERED | {"reason": "ordered"}]
    return altered(events, "counts", lambda body: body.update(reasons=reasons))


def withdrew() -> list[Event]:
    """Give the case with a voter of South withdrawn before the counts."""
    rows = [maker.row("North", 7, 1, 4, 2, 1, 1), maker.row("South", 4, 0, 2, 1, 0, 1)]
    told = steps((6, "50.00%"), (7, "2"), (11, "2"), (13, "4"), (17, "full-check"))
    verdict = maker.verdict(11, 4, 4, "full-check", told, bands=BANDS)
    out = event("withdrawn", voter=voter("c"), day="2026-11-01", ground="a letter")
    reasons = [TWICE, NOT_REGISTERED, {"reason": "withdrawn", "lines": 1}]
    return counted(rows, reasons, LOOKS, verdict, before("counts", out))


def overruled(back: bool = False) -> list[Event]:
    """Give the case with two looks of one mind that ann corrects before the counts; `back`: and corrects again."""
    line, reason = IN_NORTH[1], "not-registered"
    more = [
        maker.decision(line, "b", by="cyd", look=2),
        maker.ruling("corrected", line, reason=reason, why="so says ann"),
    ]
    more += [maker.ruling("corrected", line, "b", why="so said both")] * back
    events = before("cured", *more)
    looks = [maker.looked("ann", 0, 0, 1, 2 + back), maker.looked("bob", 5, 0), maker.looked("cyd", 1, 2)]
    if back:
        return altered(events, "counts", lambda body: body.update(looks=looks))
    rows = [maker.row("North", 7, 1, 4, 1, 1, 2), maker.row("South", 4, 0, 2, 2, 0, 0)]
    told = maker.verdict(11, 5, 4, "sufficient", steps((0, "25.00%"), (1, "2"), (5, "1"), (13, "5")), bands=BANDS)
    return counted(rows, [TWICE, NOT_REGISTERED | {"lines": 2}], looks, told, events)


def pictured() -> list[Event]:
    """Give the case with one image of the first lines of sheets 1 and 2."""
    lines = deepcopy(maker.LINES)
    lines[0][5] = lines[4][5] = maker.sha256(b"one picture")
    events = altered(EVENTS, "lines", lambda body: body.update(lines=lines[:8]))
    return altered(events, "frame", lambda body: body.update(maker.frame(lines)["body"]))


def in_district(name: str, rules: list[Event] | None = None) -> list[Event]:
    """Give the case with all lines in one district."""
    lines = [[*line[:3], name, *line[4:]] for line in maker.LINES]
    events = altered(EVENTS, "lines", lambda body: body.update(lines=lines[:8]))
    events = altered(events, "lines", lambda body: body.update(lines=lines[8:]), 1)
    events = altered(events, "frame", lambda body: body.update(maker.frame(lines)["body"]))
    events = altered(events, "counts", lambda body: [each.update(district=name) for each in body["rows"]])
    told = [f"{step.partition('|')[0]}, {name}|{step.partition('|')[2]}" if step[0] != "|" else step
            for step in maker.STEPS]  # fmt: skip
    verdict = maker.verdict(11, 6, 4, "sufficient", told, bands=BANDS)
    events = [verdict if each["kind"] == "verdict" else each for each in events]
    return altered(events, "rules", lambda body: body.update(districts=rules)) if rules else events


def reopened(day: str) -> list[Event]:
    """Give the case reopened by an order, and certified once more with no change."""
    return [*deepcopy(EVENTS[:-1]), event("reopened", order="a call", day=day), maker.certified(second="cyd")]


CHEATS = [
    # people
    Cheat("an id newer than Unicode 14", "one reader sees no look-alikes", "V8", people("x\U00010d50")),
    Cheat("bob​ with an unseen blank may decide too", "one person makes both looks", "V8", people(f"bob{HIDDEN}")),
    Cheat("Bob in capitals may decide too", "the same", "V8", people("BOB")),
    Cheat("bоb with a Cyrillic o may decide too", "the same", "V8", people("b\u043eb")),
    Cheat("bob in wide letters may decide too", "the same", "V8", people("\uff42\uff4f\uff42")),
    Cheat("b0b with a zero may decide too", "the same", "V8", people("b0b")),
    Cheat("bob is admitted again under a soft hyphen", "the same", "V8",
          before("roll", event("admitted", id="bo\u00adb", may=["decide"]))),
    Cheat("bob is dismissed and comes back as Bob", "the same", "V8",
          before("roll", event("dismissed", id="bob"), event("admitted", id="Bob", may=["decide"]))),
    Cheat("clerk1 and clerk01", "the same", "V8", people("clerk1", "clerk01")),
    Cheat("clerk1 and clerkl", "the same", "V8", people("clerk1", "clerkl")),
    Cheat("ΑΝΝ in Greek capitals", "the same", "V8", people("\u0391\u039d\u039d")),
    Cheat("nna is read backwards, as ann", "one person signs for two", "V8", people("\u202enna")),
    Cheat("the letters of an id have no look of their own", "the same", "V8", people("cl\ue000rk")),
    Cheat("ANN in letters of Lisu", "the same", "V8", people("\ua4ee\ua4e0\ua4e0")),
    Cheat("BOB in small capitals of phonetics", "the same", "V8", people("\u0299\u1d0f\u0299")),
    Cheat("an id is a mark on nothing", "the same", "V7", people("\u0301")),
    Cheat("an id begins with a mark", "the same", "V8", people("\u0301bob")),
    Cheat("somebody is admitted under a word read backwards", "the same", "V8",
          before("roll", event("admitted", id="\u2067dyc\u2069", may=["decide"]))),
    Cheat("a dot below that stands twice, and once", "the same", "V8", people("q\u0323", "q\u0323\u0323")),
    Cheat("ann admits herself to decide", "nobody else had a hand in it", "R10",
          before("roll", event("admitted", id="ann", may=["manage", "resolve", "certify", "decide"]))),
    Cheat("cyd resolves the disagreement that he made", "his look wins", "V14", resolver("cyd")),
    Cheat("bob resolves the disagreement that he made", "his look wins", "V14", resolver("bob")),
    Cheat("bob corrects the disagreement that he made", "his look wins", "V14", resolver("bob", "corrected")),
    Cheat("bob corrects what ann made of the disagreement", "his look wins", "R9", _insisting()),
    Cheat("two ids of one person who look unlike", "one person makes both looks", "nobody", people("robert")),
    # the law
    Cheat("the law is one of the office's own", "any rule at all", "R1", EVENTS),
    Cheat("an own law is pinned under the name of a state", "any rule at all", "R1", change("opened", place="us-ca")),
    Cheat("the law of a place that there is not", "any rule at all", "R1", change("opened", place="[bold]x[/bold]")),
    Cheat("the number required is lowered by the office", "fewer signatures suffice", "R2", required(4)),
    Cheat("the number required is one, and the estimate stays", "a petition of one", "V18", required(1)),
    Cheat("the numbers of districts are the office's", "a district passes", "R4",
          change("rules", districts=[{"name": "North", "required": 1}])),
    Cheat("a rule is given that the law holds", "another cut-off", "V10",
          change("rules", given=[{"rule": "sufficient_above", "value": "1.00", "source": "memo"}])),
    Cheat("a rule of rounding is given that is no rounding", "a projection of nobody's", "V10",
          change("rules", given=[{"rule": "rounding", "value": "sideways", "source": "memo"}])),
    Cheat("a value of the law is in words", "a projection of nobody's", "V10",
          altered(EVENTS, "rules", lambda body: body["values"].update(sample_least="few"))),
    Cheat("a rule of rounding is given", "a projection rounded up", "R3",
          change("rules", given=[{"rule": "rounding", "value": "up", "source": "memo"}])),
    # what came in
    Cheat("four lines are lost at intake, explained by a stop", "lines vanish", "R5",
          altered(change("received", lines=16), "counted", lambda body: body.update(explained="."))),
    Cheat("a sheet more was promised", "a sheet vanishes", "R5",
          altered(change("received", sheets=4), "counted", lambda body: body.update(explained="miscounted"))),
    Cheat("lines were lost before anything was counted", "lines vanish", "nobody", EVENTS),
    Cheat("a batch came in after it was counted", "a late batch counts", "R16", change("received", day=LATER)),
    Cheat("lines are marked with no ground", "lines fall", "R6", EVENTS),
    Cheat("a line is listed again on sheet 03", "one signer twice", "R7", relisted("03", "2")),
    Cheat("a line is listed again on a wide sheet 3", "one signer twice", "R7", relisted("\uff13", "3")),
    Cheat("a line is listed again on sheet 3 with an unseen blank", "one signer twice", "R7",
          relisted(f"3{HIDDEN}", "4")),
    Cheat("a line is listed on a sheet that is read backwards", "one signer twice", "R7",
          relisted("\u202e3", "5")),
    Cheat("a line is listed on a sheet of a letter that has no look", "one signer twice", "R7",
          relisted("3\ue000", "5")),
    Cheat("a stratum is a blank of Braille", "its lines are not looked at", "V7",
          altered(EVENTS, "lines", lambda body: body["lines"][0].__setitem__(2, "\u2800"))),
    # the draw
    Cheat("the seed was tried until the sample flattered", "a better sample", "R11", EVENTS),
    Cheat("the beacon is a word", "a better sample", "V7", change("seed", how="beacon", source="the beacon", seed="x")),
    Cheat("nobody was there", "a better sample", "V7", change("seed", present=[])),
    Cheat("the sample is enlarged after rulings", "goes on till it pleases", "R15",
          before("counts", deepcopy(EVENTS[KINDS.index("sample")]))),
    Cheat("the sample is enlarged after the verdict", "goes on till it pleases", "R15",
          before("noted", *deepcopy([EVENTS[KINDS.index(kind)] for kind in ("sample", "counts", "verdict")]))),
    Cheat("the sample is drawn twice before any ruling", "nothing by itself", "R15",
          before("assigned", deepcopy(EVENTS[KINDS.index("sample")]))),
    # rulings
    Cheat("a repetition names no voter", "a good line falls", "V7",
          altered(change("decision", 3, reason="duplicate"), "counts",
                  lambda body: body.update(reasons=[{"reason": "duplicate", "lines": 2}]))),
    Cheat("a ruling is turned after the verdict", "the verdict is mended", "R12",
          before("noted", maker.ruling("corrected", IN_NORTH[0], "a", why="x"),
                 _corrected_once_more(), deepcopy(EVENTS[KINDS.index("verdict")]))),
    Cheat("a withdrawal of next year", "a voter falls", "V14",
          before("counts", event("withdrawn", voter=voter("z"), day=LATER, ground="a letter"))),
    Cheat("a cure of next year", "a line counts", "R16", change("cured", day=LATER)),
    Cheat("a challenge of next year", "a line is opened", "R16",
          before("counts", event("challenged", line=IN_NORTH[0], side="x", claim="invalid", day=LATER))),
    Cheat("a roll of next year", "voters of later count", "R16", change("roll", day=LATER)),
    Cheat("a person rules wrongly", "a line falls", "nobody", EVENTS),
    Cheat("an invented voter", "a line counts", "nobody", change("decision", 1, voter=voter("nobody"))),
    Cheat("one voter under two hashes", "a repetition counts", "V16", change("decision", 2, voter=voter("a2"))),
    # the beacon
    Cheat("a beacon is named that nobody named before", "a round that flatters", "R22", by_beacon()),
    Cheat("the round named had come", "a round that flatters", "V28", by_beacon(ROUND)),
    Cheat("the round named had not come when its value was entered", "a value that is none", "V28",
          by_beacon(ROUND | {"round": 99_000_000})),
    Cheat("the lottery named had been drawn", "numbers that flatter", "V28",
          by_beacon({"kind": "lottery", "lottery": "Wells 6", "day": "2026-11-02"})),
    Cheat("a beacon is named, and dice are thrown", "the better of two seeds", "V28",
          before("seed", event("beacon_named", **COMING))),
    Cheat("a beacon of a lottery has hexadecimal digits", "a value that is none", "V28",
          by_beacon({"kind": "lottery", "lottery": "Wells 6", "day": "2026-11-03"})),
    Cheat("a beacon is named twice", "the better of two seeds", "V9",
          before("seed", event("beacon_named", **COMING), event("beacon_named", **COMING))),
    Cheat("a beacon is named after the seed", "a round that flatters", "V9",
          before("assigned", event("beacon_named", **COMING))),
    Cheat("a beacon of a chain has a day", "words that mean nothing", "V7",
          before("seed", event("beacon_named", **COMING, day="2026-11-03"))),
    Cheat("a value in capitals", "another sample by the same value", "V7",
          change("seed", how="beacon", seed="AB" * 16)),
    Cheat("dice with blanks between", "another sample by the same dice", "V7", change("seed", seed="4 1 6 2")),
    Cheat("dice with a zero in front", "another sample by the same dice", "V7", change("seed", seed="04 12", throws=2)),
    Cheat("one throw more than the dice", "another sample by the same dice", "V7", change("seed", throws=5)),
    Cheat("dice in words", "another sample by the same dice", "V7", lacking("seed", "throws")),
    # the order, the sample and the sums
    Cheat("the seed is drawn once lines are decided", "the sample is chosen", "V9", moved("seed", "counts")),
    Cheat("the frame is fixed once the seed is drawn", "the list is chosen", "V9", moved("frame", "sample")),
    Cheat("a ruling is turned between verdict and certificate", "another paper", "V9",
          before("certified", maker.ruling("corrected", IN_NORTH[0], "a", why="x"))),
    Cheat("evidence is destroyed before the certificate", "nobody can look", "V9", moved("purged", "counts")),
    Cheat("a line drawn is left out", "a bad line is not looked at", "V13", sample(ids=IN_NORTH[:2], size=2)),
    Cheat("another line is drawn", "a better line is looked at", "V13", sample(ids=[*IN_NORTH[:3], maker.OUTSIDE])),
    Cheat("the lines drawn are in another order", "others are looked at first", "V13", sample(ids=IN_NORTH[::-1])),
    Cheat("fewer lines are said to be there", "a smaller sample will do", "V13", sample(of=5)),
    Cheat("a stratum is not drawn from", "its lines are not looked at", "V13",
          altered(EVENTS, "sample", lambda body: body["strata"].pop())),
    Cheat("one line more is valid", "another estimate", "V16",
          altered(EVENTS, "counts", lambda body: body["rows"][0].update(valid=3, invalid=0))),
    Cheat("a repetition counts", "another estimate", "V17",
          altered(EVENTS, "counts", lambda body: body["rows"][0].update(valid=3, duplicates=0))),
    Cheat("lines fell on another ground", "the paper says another thing", "V16",
          change("counts", reasons=[{"reason": "not-registered", "lines": 2}])),
    Cheat("second looks are told that nobody made", "care that was not taken", "V16",
          altered(EVENTS, "counts", lambda body: body["looks"][2].update(second=5))),
    Cheat("the estimate is one more", "another verdict", "V18", change("verdict", estimate=7)),
    Cheat("fewer are required than the law says", "another verdict", "V18", change("verdict", requirement=3)),
    Cheat("the bands are lower", "another verdict", "V18",
          change("verdict", bands={"insufficient_below": 1, "sufficient_above": 2})),
    Cheat("the verdict is turned", "another verdict", "V19", change("verdict", verdict="insufficient")),
    Cheat("a line falls on a ground of no law", "a good line falls", "V14", change("decision", 3, reason="ugly")),
    Cheat("a line is ruled on that was not drawn", "a better line counts", "V14",
          change("decision", 1, line=maker.OUTSIDE)),
    Cheat("a voter is found in a roll that nobody named", "voters of anywhere", "V14",
          change("decision", roll="0" * 64)),
    Cheat("a correction answers what nobody said", "the verdict is mended", "V14", change("corrected", answers=20)),
    Cheat("a drawn line is struck", "a line is taken out", "V14",
          before("counts", event("struck", line=IN_NORTH[0], reason="not-registered", why="x"))),
    Cheat("somebody decides who may only manage", "one person does all", "V8", by_another("decision", "ann")),
    Cheat("somebody certifies who may only decide", "one person does all", "V8", by_another("certified", "cyd")),
    Cheat("more lines are listed than were counted", "lines come from nowhere", "V11",
          altered(change("received", lines=11), "counted", lambda body: body.update(lines=11))),
    Cheat("other lines are fixed than were listed", "another list", "V12", change("frame", fingerprint="0" * 64)),
    # batches
    Cheat("the last event of a commit is left out", "half of a commit counts", "V3", batched(4, left_out=True)),
    Cheat("a commit is longer than it is told", "an event slips in", "V3", batched(2)),
    Cheat("a commit begins in its middle", "an event is gone", "V3", batched(3, first=2)),
    Cheat("a commit of one event", "a form that nobody wrote", "V2", batched(1, of=1)),
    Cheat("the record ends within a commit", "what was never acknowledged", "R25", unfinished()),
    # repetitions
    Cheat("a good line is refused as a repetition of a line outside the sample", "a good line falls", "R8",
          repetition(maker.OUTSIDE, of="x")),
    Cheat("a good line is refused as a repetition of another voter's line", "a good line falls", "V16",
          repetition(IN_NORTH[1])),
    Cheat("a line is refused as a repetition of a line that is refused", "both lines of a voter fall", "V16",
          repetition(IN_SOUTH[0], of="c", to=IN_NORTH[3], also=True)),
    Cheat("a line is refused as a repetition of itself", "a good line falls", "V14", repetition(IN_NORTH[3])),
    Cheat("a line is refused as a repetition of a line that there is not", "a good line falls", "V14",
          repetition("9-9")),
    Cheat("a line is refused as a repetition of a removed line", "a good line falls", "V14", repetition("2-2")),
    Cheat("a repetition names no line", "a good line falls", "V7", change("decision", 3, reason="duplicate",
                                                                         voter=voter("a"))),
    Cheat("a line refused on another ground repeats one", "words that seem to say more", "V7",
          change("decision", 3, repeats=IN_NORTH[0])),
    Cheat("a valid line repeats one", "words that seem to say more", "V7", change("decision", 1, repeats=IN_NORTH[0])),
    # cells typed anew
    Cheat("cells are typed anew, so that no voter fits", "a good line falls", "R26", retyped()),
    Cheat("cells are typed anew by the only one who looks", "a good line falls", "R26", retyped(by="bob")),
    Cheat("cells are typed anew by the only one who looks, and by another", "a good line falls", "R26",
          retyped_by_two()),
    Cheat("cells are typed anew once the line is ruled on", "a ruling seems right", "V14", retyped("counts")),
    Cheat("cells of a line that there is not are typed anew", "lines come from nowhere", "V14", retyped(line="9-9")),
    Cheat("a stranger types cells anew", "anybody changes lines", "V8", retyped(by="eve")),
    Cheat("somebody who may not decide types cells anew", "anybody changes lines", "V8", retyped(by="ann")),
    Cheat("cells are typed anew once the case is certified", "a ruling seems right", "V9",
          retyped("purged", line=maker.OUTSIDE)),
    Cheat("cells are typed anew before the lines are fixed", "another list", "V9", retyped("frame")),
    Cheat("the record tells what was typed anew", "a name is published", "V7", retyped(text="Smith")),
    Cheat("no cell is typed anew", "words that mean nothing", "V7", retyped(fields=[])),
    # marks
    Cheat("a line is blank with no ground", "lines fall", "V7", marked("blank")),
    Cheat("a line is struck for a blank", "lines fall", "V7", marked("struck: ")),
    Cheat("a line is removed with no ground", "lines fall", "V7", marked("removed")),
    Cheat("a line is removed for a ground of no law", "lines fall", "V12", marked("removed:ugly")),
    Cheat("a line is struck in the office's words", "lines fall", "R6", marked("struck:it looked odd")),
    Cheat("lines are marked on no day", "lines fall at any time", "V7", lacking("lines", "marked")),
    Cheat("lines are marked next year", "lines fall after the draw", "V12", change("lines", marked=LATER)),
    Cheat("lines were marked long before the filing", "lines fall before they are filed", "V12",
          change("lines", marked="2024-10-01")),
    Cheat("a day of marks, and no mark", "a day that means nothing", "V7", change("lines", 1, marked="2026-11-01")),
    Cheat("a withdrawal on no ground", "a voter falls", "V7",
          before("counts", event("withdrawn", voter=voter("z"), day="2026-11-01"))),
    Cheat("a withdrawal of years ago", "a voter falls", "V14",
          before("counts", event("withdrawn", voter=voter("z"), day="2020-01-01", ground="a letter"))),
    # acts of two people
    Cheat("ann certifies beside herself", "one person signs for two", "V8", change("certified", second="ann")),
    Cheat("a stranger certifies beside her", "one person signs for two", "V8", change("certified", second="eve")),
    Cheat("nobody certifies beside her", "one person signs for two", "V7", lacking("certified", "second")),
    Cheat("she certifies alone", "one person signs", "R21", alone("certified")),
    Cheat("she certifies alone, for a reason that nobody sees", "one person signs", "V7",
          altered(alone("certified"), "certified", lambda body: body.update(alone="\u3164\u200b"))),
    Cheat("a correction for a mark on nothing", "the verdict is mended", "V7", change("corrected", why="\u0301")),
    Cheat("somebody beside her, and nobody", "both are said", "V7", change("certified", alone="x")),
    Cheat("the office makes a key for bob", "one person signs for two", "R27", seconded()),
    Cheat("bob has a key and did not sign", "one person signs for two", "V21", seconded(signed=None)),
    Cheat("bob's signature is of another act", "one person signs for two", "V21", seconded(signed="1" * 128)),
    Cheat("bob signs, and no key of his is named", "one person signs for two", "V21", seconded("cyd")),
    Cheat("a key that did not sign is named bob's", "one person signs for two", "V21", seconded(own="1" * 128)),
    Cheat("bob's key is the office's own", "one person signs for two", "V21",
          seconded(key=maker.public(maker.OFFICE))),
    Cheat("bob's key is weak", "anybody signs for him", "V21", seconded(key=SMALL_ORDER["1"])),
    Cheat("a key of a stranger is named", "a stranger signs", "V8", seconded("eve", signed=None)),
    Cheat("nobody signs as the second", "words that mean nothing", "V7",
          altered(alone("certified"), "certified", lambda body: body.update(signed="1" * 128))),
    Cheat("a dismissed person certifies beside her", "one person signs for two", "V8",
          before("noted", event("dismissed", id="bob"))),
    Cheat("ann purges beside herself", "one person destroys evidence", "V8", change("purged", second="ann")),
    Cheat("she purges alone", "one person destroys evidence", "R21", alone("purged")),
    Cheat("nobody purges beside her", "one person destroys evidence", "V7", lacking("purged", "second")),
    Cheat("evidence is destroyed while a court has reopened the case", "nobody can look", "V9",
          before("purged", event("reopened", order="the court", day="2026-11-03"))),
    Cheat("bob's key is named once the certificate is signed", "he seems to have signed it", "R27",
          before("purged", event("second_key", person="bob", key=maker.public(maker.PERSON), own=maker.UNSIGNED))),
    Cheat("another key takes the place of bob's before he signs", "one person signs for two", "R27",
          another_key_of_bob()),
    Cheat("evidence is destroyed before the day on which it is lawful", "nobody can look", "V9",
          change("purged", lawful_from=LATER)),
    Cheat("evidence is destroyed, lawfully on no day", "nobody can look", "V7", lacking("purged", "lawful_from")),
    Cheat("evidence is destroyed for a period that is none", "nobody can look", "R28", change("purged", ground="done")),
    Cheat("a voter is named once the key for voters is gone", "an invented voter", "V14",
          keyless(maker.ruling("corrected", IN_NORTH[3], "z", why="the court"))),
    Cheat("a voter withdraws whom nobody can name any more", "a voter falls", "V14",
          keyless(event("withdrawn", voter=voter("z"), day="2026-11-01", ground="a letter"))),
    Cheat("a voter named before the key was gone is named again", "a line counts", "V25",
          keyless(maker.ruling("corrected", IN_NORTH[3], "a", why="the court"))),
    Cheat("cells are typed anew once the key for voters is gone", "nobody can look", "V14",
          keyless(retyped(line=maker.OUTSIDE)[KINDS.index("decision")])),
    Cheat("a case of practice is certified", "a case tried out decides", "V9", change("opened", practice=True)),
    Cheat("a case of practice is shown for one that is decided", "a case tried out decides", "V25",
          practised()),
    Cheat("a case says that it is no practice", "words that mean nothing", "V7", change("opened", practice=False)),
    # words
    Cheat("a step that looks like a verdict", "the paper seems to say more", "V20",
          step("district total, verdict", "sufficient, 99,999")),
    Cheat("a district that there is not", "the paper seems to say more", "V20", step("district North", "9")),
    Cheat("a spread that there is not", "the paper seems to say more", "V20", step("spread of all", "9")),
    Cheat("a step of a district in a stratum", "the paper seems to say more", "V20", step("district x", "9", "North")),
    Cheat("a step of no formula", "the paper seems to say more", "V20", step("bonus", "9")),
    Cheat("an address that runs", "a reader is led astray", "R17", address("javascript:alert(1)")),
    Cheat("an address of a file", "a reader is led astray", "R17", address("file:///etc", "requirement_source")),
    Cheat("an address of data in a step", "a reader is led astray", "R17", address("data:text/html,x", "step")),
    Cheat("an address in capitals", "a reader is led astray", "R17", address("JAVASCRIPT:x")),
    Cheat("the rule in words says another thing", "the paper seems to say more", "nobody",
          change("verdict", rule="SUFFICIENT by any rule")),
    Cheat("the source cited says another thing", "the paper seems to say more", "nobody",
          change("verdict", source={"cite": "Const. art. II", "url": ""})),
    Cheat("the title is another", "signers signed another text", "nobody", change("opened", measure="Another")),
    Cheat("forty brackets in a text", "a verifier breaks", "V2", nested(40)),
    Cheat("two hundred brackets in a text", "a verifier breaks", "V2", nested(200)),
    # time
    Cheat("the lines were fixed before the filing", "a history written anew", "V6",
          times(lambda number: f"1999-01-01T00:00:{number:02}Z"), dated=True),
    Cheat("all in one second", "a history written anew", "R19", times(lambda _: "2026-11-03T00:00:00Z"), dated=True),
    Cheat("three years later", "a late verdict", "R14", times(lambda number: FAR.format(number)), dated=True),
    Cheat("at the end of all years", "a late verdict", "R14", times(lambda _: "9999-12-31T23:59:59Z"), dated=True),
    Cheat("a history written anew at leisure", "anything that agrees", "nobody",
          times(lambda number: f"2026-11-{3 + number // 2:02}T00:00:00Z"), dated=True),
    # a clock that was ahead
    Cheat("two people declare a wrong clock", "times written anew", "R23", ahead(), dated=True),
    Cheat("a wrong clock is declared by one person", "times written anew", "V8", ahead(second="ann"), dated=True),
    Cheat("a wrong clock is declared with a stranger", "times written anew", "V8", ahead(second="eve"), dated=True),
    Cheat("a clock was not wrong", "times written anew", "V6", ahead(late="2026-11-03T00:00:30Z"), dated=True),
    Cheat("a wrong clock is declared from an event on that was right", "times before the filing", "V6",
          ahead(back="2026-10-31T00:00:00Z"), dated=True),
    Cheat("the opening had a wrong clock", "a history written anew", "V6", ahead(since=1), dated=True),
    Cheat("the clock of events to come was wrong", "times written anew", "V6", ahead(since=99), dated=True),
    Cheat("a wrong clock is declared on no ground", "times written anew", "V7", ahead(why=" "), dated=True),
    Cheat("a wrong clock is declared with bob, who has a key and did not sign", "times written anew", "V21",
          ahead_by_bob(None), dated=True),
    Cheat("bob's signature under a wrong clock is of another act", "times written anew", "V21",
          ahead_by_bob("1" * 128), dated=True),
    Cheat("bob signs that the clock was wrong", "times written anew", "R23", ahead_by_bob(), dated=True),
    Cheat("bob signs that the clock was wrong, and no key of his is named", "words that mean nothing", "V21",
          ahead(signed="1" * 128), dated=True),
    Cheat("a wrong clock is declared on a blank of Braille", "times written anew", "V7",
          ahead(why="\u2800"), dated=True),
    # a changed key
    Cheat("the key is lost with bob, who has a key and did not sign", "another office signs", "V21", lost(None)),
    Cheat("bob's signature under a lost key is of another act", "another office signs", "V21", lost("1" * 128)),
    Cheat("bob signs that the key was lost", "another office signs", "R24", lost()),
    Cheat("bob signs a change that the old key signs", "words that mean nothing", "V7", rekeyed(signed="1" * 128)),
    Cheat("the key is changed though the old one is not lost", "another office signs", "R24",
          rekeyed(lost={"second": "bob", "notice": "the gazette of 2 November"})),
    Cheat("the key is changed without the old one's signature", "another office signs", "V21", rekeyed(old="1" * 128)),
    Cheat("the new key has not signed", "a key that nobody has", "V21", rekeyed(own="1" * 128)),
    Cheat("the new key is weak", "anybody can sign", "V21", rekeyed(key=SMALL_ORDER["an eighth"])),
    Cheat("the new key is the old one", "a change that is none", "V21", rekeyed(key=maker.public(maker.OFFICE))),
    Cheat("the new key is one with which a person stands second", "one key signs for two", "V21",
          _new_key_of_a_person()),
    Cheat("a lost key has a stranger beside it", "another office signs", "V8",
          rekeyed(lost={"second": "eve", "notice": "x"})),
    Cheat("a lost key was published nowhere", "another office signs", "V7",
          rekeyed(lost={"second": "bob", "notice": ""})),
    Cheat("the old key signs, and is lost", "another office signs", "V7",
          rekeyed(old=maker.UNSIGNED, lost={"second": "bob", "notice": "x"})),
    Cheat("bob, who may not manage, names a key for cyd", "he signs for another", "V8",
          seconded("cyd", None, by="bob")),
    Cheat("the office names a key in bob's name, as if by himself", "one person signs for two", "R27",
          seconded(by="bob")),
    Cheat("a stranger names a key of his own", "a stranger signs", "V8", seconded("eve", None, by="eve")),
    # the office's choices that are lawful, and told
    Cheat("the seed is one throw of a die", "every sample is known beforehand", "R29", thrown("4")),
    Cheat("the seed is three throws of a die", "every sample is known beforehand", "R29", thrown("4", "1", "6")),
    Cheat("one line more is drawn in the better stratum", "a sample that flatters", "R30", greater()),
    Cheat("two strata look alike", "a stratum counts twice", "R7", named_stratum("South", "N\u043erth")),
    Cheat("a stratum is read backwards", "a stratum counts twice", "R7", named_stratum("South", "Nor\u202eth")),
    Cheat("the case has an unseen blank in its id", "a published head is of another case", "R7",
          change("opened", case="2026\u200b-7")),
    Cheat("a batch has an unseen blank in its name", "a batch comes in twice", "R7",
          altered(change("received", batch="1\u200b"), "counted", lambda body: body.update(batch="1\u200b"))),
    Cheat("a roll of nobody finds four voters", "an invented voter", "R32", change("roll", voters=0)),
    Cheat("the roll is of 1850", "voters of long ago count", "R31", change("roll", day="1850-01-01")),
    Cheat("the law is that of years ago", "an easier law", "R31", change("opened", on="2020-01-01")),
    Cheat("the law is that of a day to come", "an easier law", "R31", change("opened", on="2031-01-01")),
    Cheat("a batch came in after the filing", "a late batch counts", "R31", change("received", day="2026-11-03")),
    Cheat("the beacon is a chain of the office's own", "a value that is known already", "R11",
          by_beacon(COMING | {"chain": "own"})),
    Cheat("the law rounds to more decimals than there are atoms", "a verifier never ends", "V10",
          by_law("percent_places", "9007199254740991")),
    Cheat("a rule given has five thousand digits", "a verifier breaks", "V10",
          change("rules", given=[{"rule": "insufficient_below", "value": f"0.{'9' * 5000}", "source": "x"}])),
    Cheat("a share of the law has six thousand digits", "a verifier breaks", "V10",
          by_law("district_share", f"0.{'9' * 6000}")),
    # what the office does once the sample is known, and what it keeps back
    Cheat("every line that was not drawn is struck", "a sample becomes a count", "R33", struck_all()),
    Cheat("a voter withdraws, says the office, once his line is drawn", "a voter falls", "R33", withdrew()),
    Cheat("one person turns what two had agreed on", "a good line falls", "R34", overruled()),
    Cheat("the lines drawn of two strata change places", "the better half speaks for both", "V13",
          altered(EVENTS, "sample", lambda body: swapped(body["strata"]))),
    Cheat("two parts of the list of lines change places", "another frame", "V12", exchanged("lines")),
    Cheat("a line is ruled on by the roll of another case", "voters of anywhere", "V14",
          change("decision", roll=maker.sha256(b"the roll of another case"))),
    # orders of courts
    Cheat("a line is refused by an order that there is not", "a good line falls", "R41", by_order(order=ORDER)),
    Cheat("every line that was not drawn is struck by an order that there is not", "a sample becomes a count", "R41",
          struck_all("ordered", order=ORDER)),
    Cheat("a line is refused by order, and none is named", "a good line falls", "V7", by_order()),
    Cheat("a line is refused by an order that says nothing", "a good line falls", "V7", by_order(order=" ")),
    Cheat("lines are struck by order, and none is named", "lines fall", "V7", struck_all("ordered")),
    Cheat("lines are struck on a ground of the law, with an order beside it", "an order that nobody reads", "V7",
          struck_all(order=ORDER)),
    Cheat("a line is struck by order after the certificate", "the verdict is another", "V9",
          before("purged", event("struck", line=maker.OUTSIDE, reason="ordered", why="x", order=ORDER))),
    Cheat("a line is struck by order between the verdict and the certificate", "the verdict is another", "V9",
          before("certified", event("struck", line=maker.OUTSIDE, reason="ordered", why="x", order=ORDER))),
    Cheat("a line refused by order repeats another too", "two grounds for one line", "V7",
          altered(by_order(order=ORDER), "decision", lambda body: body.update(repeats=IN_NORTH[0]), 3)),
    Cheat("a line is valid, and an order takes it out", "it counts and falls", "V7",
          altered(by_order(order=ORDER), "decision", lambda body: body.update(outcome="valid"), 3)),
    Cheat("a ground looks like that of an order", "an order that is no order", "V7",
          altered(by_order(order=ORDER), "decision", lambda body: body.update(reason="\u043erdered"), 3)),
    Cheat("a line of the sample is struck by order", "it falls out of the sample", "V14",
          before("counts", event("struck", line=IN_NORTH[0], reason="ordered", why="x", order=ORDER))),
    Cheat("a line is challenged with the ground of an order", "a challenge looks like an order", "V14",
          before("counts", event("challenged", line=IN_NORTH[0], side="x", claim="invalid", reason="ordered",
                                 day="2026-11-02"))),
    Cheat("a line is marked as taken out by order before the draw", "a line falls before anybody looks", "V12",
          marked("removed:ordered")),
    Cheat("the roll is named once the sample is known", "the roll that suits the sample", "R35",
          moved("roll", "assigned")),
    Cheat("one picture stands for two sheets", "one sheet counts twice", "R36", pictured()),
    Cheat("a call reopens the case", "rulings change without a court", "R37", reopened("2026-11-03")),
    Cheat("an order of 1850 reopens the case", "rulings change without a court", "R37", reopened("1850-01-01")),
    Cheat("a check of the risk is announced, and what it says is kept back", "nobody hears that it says too little",
          "R38", before("seed", event("risk_terms", risk_limit="0.05", unlinked=0, unlinked_risk="0.0", missing=0))),
    Cheat("lines are in strata where the law draws from all as one", "roundings that flatter", "R39",
          drawn_as_one()),
    Cheat("the case's id ends with a blank", "a published head is of another case", "R7",
          change("opened", case="2026-7 ")),
    Cheat("the case's id has two blanks in a row", "a published head is of another case", "R7",
          change("opened", case="2026  7")),
    Cheat("a district is a blank", "its lines have no district, and nobody sees it", "R7", in_district(" ")),
    Cheat("a district looks like a stratum", "a district counts twice", "R7", in_district("N\u043erth")),
    Cheat("a district looks like one that the rules name", "no cap applies", "R7",
          in_district("W\u0435st", [{"name": "West", "at_most": 3}])),
    # keys
    *(Cheat(f"a key of small order: {name}", "anybody can sign", "V21", change("opened", key=key))
      for name, key in SMALL_ORDER.items()),
    Cheat("a key that is no point", "nobody can sign", "V21", change("opened", key="f" * 64)),
]  # fmt: skip
