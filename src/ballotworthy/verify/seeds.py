"""The seed and the beacon that was named for it: one spelling, named before its value existed (V28)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .findings import NO_EVENT, OF_DICE, Findings
from .form import Event

CHAINS = {
    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": (1_595_431_050, 30),
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": (1_692_803_367, 3),
}
"""Chains whose times the specification knows: when the first round came, and the seconds between two."""
END = "9999-12-31T23:59:59Z"
BYTES = re.compile(r"([0-9a-f]{2}){16,128}")
FALLEN = re.compile(r"0|[1-9]\d{0,2}", re.ASCII)


@dataclass
class Seeded:
    """The beacon named and the seed drawn, each with the number of its event; 0 and None before it."""

    named: int = 0
    beacon: Mapping[str, Any] | None = None
    seeded: int = 0
    seed: Mapping[str, Any] | None = None

    def name(self, event: Event, findings: Findings) -> None:
        """Take in the beacon that is named; note if its value existed."""
        self.named, self.beacon = event.seq, event.body
        if due := self.due(event.at):
            told = f"Event {event.seq} names a beacon whose value was known."
            findings.fail("V28", f"its value came on {due}, and it was named on {event.at}", says=told)

    def draw(self, event: Event, findings: Findings) -> None:
        """Take in the seed; note if it is not of the beacon named."""
        self.seeded, self.seed = event.seq, event.body
        if self.beacon is None:
            return
        lottery = self.beacon["kind"] == "lottery"
        if event.body["how"] != "beacon":
            findings.fail("V28", f"event {self.named:,} named a beacon, and the seed is of dice")
        elif lottery != ("throws" in event.body):
            findings.fail("V28", f"it is not written as the value of a {self.beacon['kind']}")
        elif not self.due(event.at, drawn=True):
            findings.fail("V28", "the value of the beacon had not come")

    def due(self, at: str, *, drawn: bool = False) -> str:
        """Give when the value of the beacon came, if it had come at a time; `drawn`: on the day of a lottery too."""
        if self.beacon is None:
            return ""
        if self.beacon["kind"] == "lottery":
            day = str(self.beacon["day"])
            return day if day < at[:10] or (drawn and day == at[:10]) else ""
        if self.beacon["chain"] not in CHAINS:
            return at if drawn else ""
        time = time_of(self.beacon["chain"], self.beacon["round"])
        return time if time <= at else ""

    def finish(self, given: str | None, findings: Findings) -> None:
        """Compare the seed with the value given of the beacon."""
        seed = self.seed
        where = f"{words_of(self.beacon)}, named in event {self.named:,}" if self.beacon else "no beacon was named"
        if seed is None:
            findings.unmade["V28"] = f"{where}, and no seed was drawn" if self.beacon else NO_EVENT
        elif seed["how"] != "beacon":
            findings.unmade["V28"] = OF_DICE
        elif given is None:
            findings.unmade["V28"] = f"{where}; look its value up, and give it"
        elif spelling(given) != seed["seed"]:
            told = f"The seed in event {self.seeded} is not the value given of the beacon."
            findings.fail(
                "V28", f"the seed is {seed['seed']}, and {spelling(given)} was given", says=told, of_event=False
            )
        else:
            findings.found["V28"] = f"{where}; the value given is the seed"


def time_of(chain: str, number: int) -> str:
    """Give when a round of a known chain comes."""
    begun, period = CHAINS[chain]
    try:
        return dt.datetime.fromtimestamp(begun + (number - 1) * period, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return END


def words_of(beacon: Mapping[str, Any]) -> str:
    """Give a beacon in words."""
    if beacon["kind"] == "lottery":
        return f"{beacon['lottery']} of {beacon['day']}"
    return f"round {beacon['round']:,} of the chain {beacon['chain']}"


def is_beacon(body: Mapping[str, Any]) -> bool:
    """Whether a beacon is a chain and a round, or a lottery and a day, and nothing else."""
    parts = {"chain", "round"} if body["kind"] == "chain" else {"lottery", "day"}
    return body.keys() == {"kind", *parts}


def is_seed(body: Mapping[str, Any]) -> bool:
    """Whether a seed has its one spelling: so many numbers, or hexadecimal digits."""
    if "throws" not in body:
        return body["how"] == "beacon" and BYTES.fullmatch(body["seed"]) is not None
    seed, throws = body["seed"], body["throws"]
    numbers = seed.split(" ") if " " in seed or throws == 1 else list(seed)
    return len(numbers) == throws and all(map(FALLEN.fullmatch, numbers)) and together(numbers) == seed


def together(numbers: Sequence[str]) -> str:
    """Give the one spelling of numbers: together where each has one digit, else with a blank between."""
    return ("" if all(len(each) == 1 for each in numbers) else " ").join(numbers)


def spelling(given: str) -> str:
    """Give the spelling of a value that somebody looked up."""
    parts = given.replace(",", " ").lower().split()
    if len(parts) > 1 and all(part.isascii() and part.isdigit() for part in parts):
        return together([part.lstrip("0") or "0" for part in parts])
    return "".join(parts)
