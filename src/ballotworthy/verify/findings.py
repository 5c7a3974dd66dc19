"""What each numbered check of the written specification found, and the first event that fails one."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

NO_EVENT, OF_DICE = "the record has no such event", "the seed is of dice"
"""What is found where a check does not apply."""
ABOUT = MappingProxyType(
    {
        "V1": "the file is whole",
        "V2": "every line is written as it must be",
        "V3": "the events are numbered without a gap",
        "V4": "every event follows the one before",
        "V5": "every event has its own hash",
        "V6": "time never goes back",
        "V7": "every event says what its kind must say",
        "V8": "everybody who acted was admitted to it",
        "V9": "the events came in the legal order",
        "V10": "the rules are those of the pinned law",
        "V11": "what came in was counted and listed",
        "V12": "the frame is the list of lines",
        "V13": "the sample follows from the seed and the frame",
        "V14": "every ruling is on a drawn line and on a lawful ground",
        "V15": "every line had its ruling before the count",
        "V16": "the counts follow from the decisions",
        "V17": "no voter counts more than once",
        "V18": "the estimate follows from the counts",
        "V19": "the verdict follows from the estimate",
        "V20": "every step shows its number",
        "V21": "the office signed the certificate",
        "V22": "the certificate is the one the record gives",
        "V23": "the signed head is of this record",
        "V24": "the key is the office's",
        "V25": "the case ends with a certificate",
        "V26": "the risk-limiting check has lawful terms and lines",
        "V27": "the risks follow from the rulings",
        "V28": "the seed is the value of the beacon that was named",
    }
)
"""The checks in their order: what holds where each holds."""

SAYS = MappingProxyType(
    {
        "V1": "The record is not whole: line {e} does not end as every line must. Ask for the file again.",
        "V2": "Line {e} is not written as the record's form demands, so it was altered or damaged.",
        "V3": "Event {e} is missing, doubled or out of place.",
        "V4": "Event {e} does not follow the event before it: something was altered, taken out, put in or moved.",
        "V5": "Event {e} was altered after it was written: its content does not give its hash.",
        "V6": "Event {e} is dated before the event that precedes it.",
        "V7": "Event {e} is of no known kind, or says too much or too little.",
        "V8": "Event {e} was written by somebody who was not admitted to do this.",
        "V9": "Event {e} came at the wrong time.",
        "V10": "The rules in event {e} are not those of the law text that it pins.",
        "V11": "The lines listed are not those counted at intake (event {e}).",
        "V12": "The frame in event {e} is not the list of lines before it.",
        "V13": "The sample in event {e} does not follow from the seed and the frame.",
        "V14": "Event {e} rules on a line that was not drawn or not filed, or in a way that the rules do not allow.",
        "V15": "The counts in event {e} were made while lines were still open.",
        "V16": "The counts in event {e} do not follow from the decisions.",
        "V17": "The counts in event {e} count a voter more than once.",
        "V18": "The estimate in event {e} does not follow from the counts by the pinned law.",
        "V19": "The verdict in event {e} does not follow from the estimate by the pinned law.",
        "V20": "A step of the estimate in event {e} shows another number than the arithmetic gives.",
        "V21": "The office's signature in event {e} is not of this record: a wrong key, or a record that was changed.",
        "V22": "The certificate signed in event {e} is not the one that this record gives.",
        "V23": "The signed head is not of this record.",
        "V24": "The record was signed with another key than the office's.",
        "V25": "The record ends without a certificate: the case is not finished, or the record was cut short.",
        "V26": "Event {e} gives the risk-limiting check terms, lines or weights that it may not have.",
        "V27": "The risks or the interval in event {e} do not follow from the rulings by the terms of the check.",
        "V28": "The seed in event {e} is not of the beacon that was named before it.",
    }
)
"""The sentence of each check where it fails; `{e}` is the number of the event."""

CHAIN = frozenset({"V1", "V2", "V3", "V4", "V5", "V6"})
"""The checks that need no more than the lines themselves; all others need every line before to be readable."""

AT_ONCE = frozenset({"V10", "V11", "V12"})
"""The checks of one event that comes once: what was found there stays found, whatever follows."""


@dataclass(frozen=True)
class Failure:
    """Where a check first fails.

    `line` is the line of the file and `event` the number that stands in it, both None where the fault is of no event;
    `says` is the sentence of the check and `detail` what exactly is wrong.
    """

    check: str
    line: int | None
    event: int | None
    says: str
    detail: str

    def __str__(self) -> str:
        """Give both sentences."""
        return f"{self.says} {self.detail}".strip()


@dataclass
class Findings:
    """What was found so far.

    line, event: where the reading stands; failures are told there. `failures` holds the first of each check, `more` how
    many followed. `found` is what a check that holds has seen. `unreadable` is the first line that could not be read,
    from which on nothing that needs its content can be checked.
    """

    line: int = 0
    event: int | None = None
    failures: dict[str, Failure] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)
    unmade: dict[str, str] = field(default_factory=dict)
    unreadable: int | None = None

    def fail(self, check: str, detail: str = "", *, says: str = "", of_event: bool = True) -> None:
        """Note that a check fails here; only the first place of each is kept in words."""
        if check in self.failures:
            self.more[check] = self.more.get(check, 0) + 1
            return
        where = self.line if self.event is None else self.event
        told = says or SAYS[check].format(e=where)
        self.failures[check] = Failure(
            check, self.line if of_event else None, self.event if of_event else None, told, _sentence(detail)
        )

    @property
    def first(self) -> Failure | None:
        """The first event that fails, by its line in the file; of one event, its first check."""
        order = list(ABOUT)
        return min(
            self.failures.values(),
            key=lambda failure: (failure.line is None, failure.line or 0, order.index(failure.check)),
            default=None,
        )


def number(count: int, noun: str) -> str:
    """Give a count with its noun: "1 line", "2 lines", "3 batches"."""
    ending = "" if count == 1 else "es" if noun.endswith("ch") else "s"
    return f"{count:,} {noun}{ending}"


def _sentence(detail: str) -> str:
    if not detail:
        return ""
    return f"{detail[0].upper()}{detail[1:]}{'' if detail.endswith('.') else '.'}"
