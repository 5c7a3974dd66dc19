"""Law as data: what a place's rules say on a day, each value with its source.

`read_law(place)` reads `places/<place>/law.toml` with all its faults at once; `rules_on(law, kind, day)`
gives the typed rules in force on a day, or, for the `Days` of a petition, each on the day that governs it;
`value_on` gives one value, or tells apart "never held here", "not yet" and "repealed".
"""

from ballotworthy.law.dated import Cited, Dated, Source, value_on
from ballotworthy.law.days import Days
from ballotworthy.law.events import EVENTS
from ballotworthy.law.model import Deadline, Kind, Law, Missing, Passed, Reason, Stratum
from ballotworthy.law.reading import read_law, read_law_file, read_law_text
from ballotworthy.law.reasons import REASONS, UNRESOLVED
from ballotworthy.law.rules import Rules, rules_on
from ballotworthy.law.shapes import FORMULAS, RULES

__all__ = [
    "EVENTS",
    "FORMULAS",
    "REASONS",
    "RULES",
    "UNRESOLVED",
    "Cited",
    "Dated",
    "Days",
    "Deadline",
    "Kind",
    "Law",
    "Missing",
    "Passed",
    "Reason",
    "Rules",
    "Source",
    "Stratum",
    "read_law",
    "read_law_file",
    "read_law_text",
    "rules_on",
    "value_on",
]
