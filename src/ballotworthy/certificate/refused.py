"""The lines that do not count, each with its ground, the rule cited, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ballotworthy.casework import Case
from ballotworthy.casework.counting import counted_lines
from ballotworthy.casework.ordered import ORDERED, WORDS
from ballotworthy.law import REASONS, Source

CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "blank": "nothing: no signature stands on it",
        "struck": "proof that it was not the signer who crossed it out",
        "not-registered": "a roll record of the signer, in force on the day by which the law asks",
        "registered-late": "a roll record that shows an earlier registration, or proof of a later day of signing",
        "cancelled": "a roll record that shows the registration in force on that day",
        "under-age": "proof of a birth date by which the signer was of age on that day",
        "inactive": "a roll record that shows the registration active on that day",
        "different-address": "a roll record with the address as it was on that day",
        "out-of-jurisdiction": "a roll record with an address inside, as it was on that day",
        "duplicate": "proof that the other line is another person's",
        "no-date": "nothing after filing, unless the law lets it be cured",
        "date-outside": "proof of the day on which it was signed",
        "no-address": "nothing after filing, unless the law lets it be cured",
        "illegible": "the signer's name, so that the roll can be searched for it",
        "no-signature": "nothing after filing, unless the law lets it be cured",
        "mismatch": "another signature of the same voter on file that agrees with it",
        "circulator": "the affidavit as the law asks, where the law lets it be cured",
        "notary": "the notary's part as the law asks, where the law lets it be cured",
        "withdrawn": "proof that the withdrawal was not the signer's, or came too late",
        "other": "what the ground itself names",
    }
)
"""What evidence would make a line count, by ground; which evidence is admitted, and until when, the law says."""


@dataclass(frozen=True)
class Refused:
    """A line of the sample that does not count: where it stands, the ground, the rule, what would change it."""

    sheet: str
    line: str
    stratum: str
    reason: str
    words: str
    cite: str
    url: str
    changes: str


def refused_lines(case: Case) -> list[Refused]:
    """Give the lines of the sample that do not count, in the order of the frame.

    Raises:
        errors.Refused: a line has no ruling yet.
    """
    found = []
    grounds = case.rules.reasons if case.rules else {}
    duplicates = case.rules.duplicates if case.rules else None
    lines = counted_lines(case)
    for name in case.frame.in_order(lines):
        reason = lines[name].reason
        if not reason:
            continue
        line, ground = case.frame.line(name), grounds.get(reason)
        words = ground.words if ground else REASONS.get(reason, reason)
        source = ground.source if ground else duplicates.source if duplicates else Source("", "")
        changes = CHANGES.get(reason, CHANGES["other"])
        if reason == ORDERED:
            words, source, changes = WORDS, Source(case.ordered[name], ""), "another order of a court"
        place = (line.sheet, line.line, line.stratum)
        found.append(Refused(*place, reason, words, source.cite, source.url, changes))
    return found
