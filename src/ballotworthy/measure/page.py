"""The page of a measure: one file that loads nothing, prints on paper and reads on a phone; an index of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ballotworthy.measure.pictures import Pictures
from ballotworthy.report.templates import rendered

STATIONS = (
    ("filed", "Filed"),
    ("title-and-summary", "Titled"),
    ("filed-with-signatures", "Signed"),
    ("qualified", "On the ballot"),
    ("vote", "Voted"),
)


def measure_page(data: Mapping[str, Any], pictures: Pictures) -> str:
    """Give the page of a measure from `measure_data`; every number in it links to its source or says it is unknown."""
    return rendered("measure.html.j2", m=data, stations=_stations(data), pictures=pictures)


def index_page(pages: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Give the index of several measures: the name of each page's file, and the measure's data."""
    rows = [(name, data, _stations(data)) for name, data in pages]
    return rendered("measures.html.j2", rows=rows)


def _stations(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the stations of the road with their place, whether they were reached, and the day."""
    ended = data["stands"] in ("withdrawn", "did not qualify") or data["stands"].startswith("the time")
    reached = [name for name, _ in STATIONS if name in data["reached"]]
    last = max((index for index, (name, _) in enumerate(STATIONS) if name in reached), default=-1)
    days = {each["what"]: each for each in data["dates"]}
    for vote in data["votes"]:
        if vote["day"] and vote["counted_address"]:
            days["vote"] = {"day": vote["day"], "address": vote["counted_address"]}
    return [
        {
            "x": 60 + 130 * index,
            "words": words,
            "reached": name in data["reached"],
            "day": days[name]["day"] if name in data["reached"] and name in days else "",
            "address": days[name]["address"] if name in days else None,
            "here": index == last,
            "closed": ended and index > last,
        }
        for index, (name, words) in enumerate(STATIONS)
    ]
