"""Days as an iCalendar file (RFC 5545), which any calendar program takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from unicodedata import category

OCTETS = 75
PRODUCT = "-//Ballotworthy//Deadlines//EN"


@dataclass(frozen=True)
class Event:
    """Something that takes a whole day: the day, its title, a text, and a page to read."""

    day: date
    summary: str
    description: str
    url: str = ""


def calendar_text(events: Iterable[Event], stamp: date, name: str) -> str:
    """Give the file's text, lines ended by CR LF and folded at 75 octets.

    The same events give the same text: `stamp` is the day it is said to be made, not the clock's, and the
    identifiers are hashes, so that a calendar that takes the file in twice holds each event once.

    Args:
        events: what to write, in this order.
        stamp: DTSTAMP of every event (section 3.8.7.2).
        name: the calendar's name, also part of every identifier.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for event in events:
        lines += _event(event, stamp, name)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, stamp: date, name: str) -> Iterator[str]:
    digest = sha256(f"{name}\n{event.day}\n{event.summary}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{digest}@ballotworthy"
    yield f"DTSTAMP:{_day(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"  # a deadline does not make anybody busy
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Escape a TEXT value; control characters, which it may not hold, are left out (section 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join("".join(letter for letter in line if category(letter) != "Cc") for line in text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Cut a line into parts of at most 75 octets, never inside a letter (section 3.1)."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
