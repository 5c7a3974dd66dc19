"""What a check read from which heading, what it did not use, and which grounds it therefore could not ask."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from ballotworthy.check.other_county import OTHERWISE, counties_unlike
from ballotworthy.check.other_district import district_column
from ballotworthy.check.standing import GROUNDS
from ballotworthy.files.columns import columns_told
from ballotworthy.law import Rules
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll

Need = tuple[Set[str], Set[str], str]
"""The fields there are, those of which one is needed, and what to say where none is there."""
ADDRESS = frozenset({"address", "street_name"})
"""Fields of which one must be there for a line, or a voter, to have an address at all."""


def columns_data(petition: Petition, roll: Roll, rules: Rules) -> dict[str, Any]:
    """Give `read` (heading by field of the lines file), `unused` headings, and `not_asked` (`reason`, `why`)."""
    asked = [{"reason": reason, "why": why} for reason, why in _not_asked(petition, roll, rules)]
    read, district = dict(petition.columns), district_column(petition, roll)
    if district is not None and district not in read.values():
        read["district"] = district
    unused = [heading for heading in petition.unused if heading != district]
    return {"read": dict(sorted(read.items())), "unused": unused, "not_asked": asked}


def columns_words(columns: dict[str, Any]) -> list[str]:
    """Tell the same in sentences."""
    told = columns_told(columns["read"], columns["unused"])
    by_why: dict[str, list[str]] = {}
    for each in columns["not_asked"]:
        by_why.setdefault(each["why"], []).append(each["reason"])
    return told + [f"Not asked, since {why}: {', '.join(reasons)}." for why, reasons in by_why.items()]


def _not_asked(petition: Petition, roll: Roll, rules: Rules) -> Iterator[tuple[str, str]]:
    """Give each ground, of the place's law or of the roll, that a missing column keeps from being asked, and why."""
    lines, voters = frozenset(petition.columns), frozenset(roll.columns)
    days, counties = (lines - {field} if _blank(petition, field) else lines for field in ("signed_on", "county"))
    dated = rules.as_of is not None and rules.as_of.value == "signing"
    no_address = (lines, ADDRESS, "no column of the lines holds addresses")
    no_day = (lines, {"signed_on"}, "no column of the lines holds the day of signing")
    no_status = (voters, {"status"}, "no column of the roll holds the status")
    by_filing = (days, {"signed_on"}, "no column holds the day of signing, so all are judged as of the day of filing")
    wanted: dict[str, list[Need]] = {
        "struck": [(lines, {"struck"}, "no column of the lines says which are crossed out")],
        "no-address": [no_address],
        "different-address": [no_address, (voters, ADDRESS, "no column of the roll holds addresses")],
        "no-date": [no_day],
        "date-outside": [no_day],
        "registered-late": [
            (voters, {"registration_date"}, "no column of the roll holds the day of registration"),
            *([by_filing] if dated else []),
        ],
        "cancelled": [no_status],
        "inactive": [no_status],
        "out-of-jurisdiction": [
            (counties, {"county"}, "no column of the lines names the county"),
            (voters, {"county"}, "no column of the roll names the county"),
        ],
    }
    for reason, needs in wanted.items():
        if reason in rules.reasons or reason in GROUNDS or reason == "struck":
            why = next((words for have, fields, words in needs if not fields & have), "")
            if why:
                yield reason, why
            elif reason == "out-of-jurisdiction" and counties_unlike(petition, roll, rules):
                yield reason, OTHERWISE


def _blank(petition: Petition, field: str) -> bool:
    """Tell whether a field has a column in which no line has anything."""
    cells = petition.frame
    return field in cells.columns and cells[field].null_count() == cells.height
