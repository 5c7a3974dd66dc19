"""A case as its events have left it; `events.py` says which may be added, and adds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from ballotworthy.casework.framed import Frame
from ballotworthy.casework.parts import FORMATS
from ballotworthy.casework.rulings import Looks, Ruling, ruling_in
from ballotworthy.law import Rules
from ballotworthy.record import FIRST, Event, Link

Body = Mapping[str, Any]
GOES_ON = ("full-check", "undecided")
"""The verdicts that decide nothing: every line may be examined though the case is certified."""


@dataclass
class Batch:
    """What came in together: as the filer said, and as it was counted; `counted` is None until then."""

    received: Body
    counted: Body | None = None


@dataclass
class Sample:
    """The lines to examine: the last `sample` event, and all of its lines."""

    body: Body
    lines: frozenset[str]


class Retyping(NamedTuple):
    """Cells of a line typed anew: the event's number, who typed them, their fields, the keyed hash of their text."""

    seq: int
    by: str
    fields: tuple[str, ...]
    text: str


@dataclass
class Standing:
    """How far the case is: the last counts and verdict that are current, the last certificate, what was certified.

    `certified` is the last `certified` event, whether or not the case was reopened since; `closed` says that it
    was not; `numbers` and `rolls` are as they were then. `risk` says that the last statement of risk is current.
    """

    counts: Event | None = None
    verdict: Event | None = None
    certified: Event | None = None
    closed: bool = False
    risk: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    rolls: Mapping[str, Body] = field(default_factory=dict)


@dataclass
class Case:
    """A case folded from its events.

    Attributes:
        link, at: number, hash and time of the last event.
        opened: the body of `opened`; empty before it.
        people: the roles of everybody who may act.
        known: the ids of everybody who ever could.
        pinned, rules: the body of `rules` and what it says; None before it.
        batches: what came in, by name.
        frame: the lines listed, fixed or not.
        rolls, proposals, beacon, seed: the bodies of these events.
        sample: what is to be examined; None before it.
        drawn: the body of the last sample that the seed drew, also once every line is examined; None without one.
        samples: every sample drawn, with the verdicts that were drawn from it.
        retyped: what people typed anew before it was ruled on, by line.
        looks: what people ruled, by line.
        tally: by person, how many first looks, second looks, resolutions and corrections.
        withdrawn: voters who withdrew.
        struck: lines taken out, each with its ground.
        ordered: by line, the order of a court by which it is refused or struck, in its own words.
        disputes: events that a correction or a strike may answer: their number, and their line.
        numbers: how many events of each kind there are.
        firsts: of each kind the number of its first event, and whose that is.
        days: the days that deadlines count from, as somebody said them, by the word of the law.
        clocked: the times of such events that are the record's own: `counted`, `certified` for a certificate that
            decides, `sample-reported` for one of a sample that does not.
        standing: counts, verdict, certificate.
        risk_terms: what the risk-limiting check asks; None where there is none.
        weighings: by line, how many further valid lines of its signer were found.
        risk: the last statement of risk.
        reopened: the orders to reopen.
        replaced: the `certified` events that such an order undid.
        keys: the office's keys, each with the event from which on it signs.
        second_keys: keys of people, with which they sign as the second: the event from which on, whose, the key.
        own_keys: the same as a certificate shows them, with who named each.
        key_changes, clocks: what a certificate shows of changed keys and of wrong clocks.
        times: each time at which an event was written, with the first event of it.
    """

    link: Link = FIRST
    at: str = ""
    opened: Body = field(default_factory=dict)
    disclosure: str = "closed"
    people: dict[str, frozenset[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    pinned: Body | None = None
    rules: Rules | None = None
    batches: dict[str, Batch] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    rolls: dict[str, Body] = field(default_factory=dict)
    proposals: Body | None = None
    beacon: Body | None = None
    seed: Body | None = None
    sample: Sample | None = None
    drawn: Body | None = None
    samples: list[dict[str, Any]] = field(default_factory=list)
    assigned: dict[str, list[str]] = field(default_factory=dict)
    retyped: dict[str, list[Retyping]] = field(default_factory=dict)
    looks: MutableMapping[str, Looks] = field(default_factory=dict)
    tally: dict[str, dict[str, int]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    struck: dict[str, str] = field(default_factory=dict)
    ordered: dict[str, str] = field(default_factory=dict)
    disputes: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, tuple[int, str]] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    clocked: dict[str, str] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    risk_terms: Body | None = None
    weighings: dict[str, int] = field(default_factory=dict)
    risk: Body | None = None
    reopened: list[Body] = field(default_factory=list)
    replaced: list[Event] = field(default_factory=list)
    purged: set[str] = field(default_factory=set)
    keys: list[tuple[int, str]] = field(default_factory=list)
    second_keys: list[tuple[int, str, str]] = field(default_factory=list)
    own_keys: list[dict[str, Any]] = field(default_factory=list)
    key_changes: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    times: list[tuple[int, str]] = field(default_factory=list)

    @property
    def version(self) -> int:
        """Give the version of the record that the case is kept in; the newest before it is opened."""
        return 1 if self.opened.get("record") == FORMATS[0] else 2

    @property
    def left_open(self) -> Event | None:
        """Give the certificate that decided nothing and behind which every line is being examined since."""
        last, every = self.standing.certified, self.sample is not None and self.sample.body["scope"] == "all"
        return last if every and not self.standing.closed and last not in self.replaced else None

    @property
    def practice(self) -> bool:
        """Tell whether the case was opened for practice, so that it is never certified."""
        return "practice" in self.opened

    @property
    def name(self) -> str:
        """Give the case's id."""
        return str(self.opened["case"])

    @property
    def key(self) -> str:
        """Give the public key with which the office signs now."""
        return self.keys[-1][1]

    def second_key(self, person: str, seq: int) -> str:
        """Give the key with which somebody signs as the second behind an event; "" where he has none."""
        return next((key for since, whose, key in reversed(self.second_keys) if whose == person and since <= seq), "")

    def key_at(self, seq: int) -> str:
        """Give the public key that signs the head that ends with an event."""
        return next(key for since, key in reversed(self.keys) if since <= seq)

    def time_of(self, seq: int) -> str:
        """Give when an event was written."""
        return self.times[bisect_right(self.times, seq, key=itemgetter(0)) - 1][1]

    def ruling(self, line: str) -> Ruling | None:
        """Give the ruling on a line, withdrawals considered; None where there is none."""
        looks = self.looks.get(line)
        return None if looks is None else ruling_in(looks, self.withdrawn)

    def changed(self) -> None:
        """Forget counts, verdict and risk: what they were made from has changed."""
        self.standing.counts = self.standing.verdict = None
        self.standing.risk = False
