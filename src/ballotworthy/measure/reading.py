"""measure.toml to a measure, all its faults at once, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ballotworthy.convention.events import SUBJECTS
from ballotworthy.errors import BallotworthyError, Fault, FileFaults, InputError
from ballotworthy.files.places import place_codes
from ballotworthy.files.spans import Span, span_of
from ballotworthy.files.toml_text import table_of, text_of
from ballotworthy.law import read_law
from ballotworthy.law.lines import line_numbers, line_of
from ballotworthy.measure.counted import numbers_of, published_faults
from ballotworthy.measure.facts import fact_faults
from ballotworthy.measure.keys import FACTS, KEYS, LONGEST_ANSWER, TOP
from ballotworthy.measure.model import (
    EVENTS,
    PLANNED,
    Convention,
    Dated,
    Fact,
    Measure,
    Published,
    Report,
    Source,
    Statement,
    Vote,
)
from ballotworthy.measure.order import contradictions, place_in_order
from ballotworthy.vote import Numbers, read_rule

At = tuple[str | int, ...]


def read_measure(path: Path, *, today: dt.date | None = None) -> Measure:
    """Give the measure that a file tells.

    Args:
        path: a measure.toml.
        today: nothing can have happened after it, nor been said; without it no day is too late.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: no TOML, keys that are not known, facts without a source, days that contradict each other, a rule
            that cannot be read: all at once, with their lines.
    """
    text = text_of(path)
    data = table_of(text, str(path), remedy="Write it as the shipped measures are written")
    return _Reader(path, text, data, today).measure()


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, path: Path, text: str, data: dict[str, Any], today: dt.date | None) -> None:
        self.path, self.data, self.today = path, data, today
        self.lines = line_numbers(text)
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.placed: list[tuple[At, Dated]] = []

    def fault(self, at: At, what: str, remedy: str) -> None:
        self.faults.append(Fault(line_of(self.lines, at), ".".join(map(str, at)) or None, what, remedy))

    def measure(self) -> Measure:
        for key in sorted(self.data.keys() - TOP):
            self.fault((key,), "this key is not known", f"A measure has {', '.join(sorted(TOP))}")
        self.read_sources()
        self.check_place()
        found = Measure(
            file=self.path.name,
            place=self.words("place"),
            kind=self.words("kind"),
            name=self.words("name"),
            **{name: self.fact(name) for name in FACTS},
            dates=tuple(sorted(self.dates(), key=place_in_order)),
            votes=tuple(self.votes()),
            statements=tuple(sorted(self.statements(), key=lambda each: each.when.first)),
            doubts=tuple(self.doubts()),
            polls=self.words("polls", needed=False),
            question_types=self.texts("question_types"),
            vote_types=self.texts("vote_types"),
            convention=self.convention(),
            petition=self.petition(),
        )
        self.check_order()
        if self.faults:
            raise FileFaults(str(self.path), sorted(self.faults, key=lambda fault: (fault.line or 0, fault.what)))
        return found

    def read_sources(self) -> None:
        table = self.data.get("sources", {})
        if not isinstance(table, dict):
            self.fault(("sources",), "this is no table", "Write [sources] and a line NAME = { words, url } for each")
            return
        for name, entry in table.items():
            at = ("sources", name)
            if not isinstance(entry, dict) or set(entry) != {"words", "url"}:
                self.fault(at, "a source has words and url", 'Write { words = "...", url = "https://..." }')
            elif not str(entry["url"]).startswith("http"):
                self.fault(at, "the address is none", "Write where it was read, from http on")
            else:
                self.sources[name] = Source(str(entry["words"]), str(entry["url"]))

    def check_place(self) -> None:
        place, kind = self.data.get("place"), self.data.get("kind")
        if place not in place_codes():
            self.fault(("place",), "there is no such place", f"Write one of {', '.join(place_codes())}")
            return
        try:
            kinds = list(read_law(str(place)).kinds)
        except BallotworthyError as error:
            self.fault(("place",), str(error), "Correct the law of the place")
            return
        if kind not in kinds:
            self.fault(("kind",), f"{place} has no such kind", f"Write one of {', '.join(kinds)}")

    def words(self, key: str, *, needed: bool = True) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.fault((key,), "it is missing or no text", f'Write {key} = "..."')
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fault((key,), "this is no list of texts", f'Write {key} = ["..."]')
            return ()
        return tuple(value)

    def source(self, entry: Mapping[str, Any], at: At) -> Source:
        name = entry.get("source")
        if name in self.sources:
            return self.sources[str(name)]
        told = "it has no source" if name is None else f"there is no source called {name!r}"
        self.fault(at, told, "Every fact says where it was read: source = one of [sources]")
        return Source("", "")

    def fact(self, name: str) -> Fact:
        entry = self.data.get(name)
        if not isinstance(entry, dict) or not (set(entry) <= {"is", "unknown", "source", "doubt"}):
            told = 'Write { is = "...", source = "..." }, or { unknown = "why" }'
            self.fault((name,), "it is missing, or is no fact", told)
            return Fact("", None)
        if ("is" in entry) == ("unknown" in entry):
            self.fault((name,), "a fact is known or unknown", "Give one of is and unknown")
            return Fact("", None)
        for what, remedy in fact_faults(name, entry):
            self.fault((name,), what, remedy)
        if "unknown" in entry:
            return Fact("", None, str(entry["unknown"]), str(entry.get("doubt", "")))
        known = f"{entry['is']:,}" if isinstance(entry["is"], int) else str(entry["is"])
        return Fact(known, self.source(entry, (name,)), "", str(entry.get("doubt", "")))

    def entries(self, key: str) -> Iterator[tuple[At, Mapping[str, Any]]]:
        listed = self.data.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.fault((key,), "this is no list of tables", f"Write [[{key}]] before each")
            return
        for number, entry in enumerate(listed):
            at = (key, number)
            for name in sorted(set(entry) - KEYS[key]):
                self.fault(at, f"{name} is not known here", f"An entry has {', '.join(sorted(KEYS[key]))}")
            yield at, entry

    def span(self, entry: Mapping[str, Any], at: At) -> Span | None:
        day, precision = str(entry.get("day", "")), str(entry.get("precision", "day"))
        try:
            return span_of(day, precision, str(entry.get("after", "")))
        except ValueError:
            self.fault(
                at, f"day {day!r} is no {precision}", "Write 2017-04-17, or with precision week, month, year or by"
            )
            return None

    def not_future(self, when: Span | None, at: At) -> None:
        if when and self.today and when.first > self.today:
            self.fault(
                at, f"{when} is in the future", "Correct the day; what is planned is a circulation-deadline or vote"
            )

    def needed(self, entry: Mapping[str, Any], at: At, *names: str) -> bool:
        missing = [name for name in names if not str(entry.get(name, "")).strip()]
        for name in missing:
            self.fault(at, f"{name} is missing", f'Write {name} = "..."')
        return not missing

    def dates(self) -> Iterator[Dated]:
        for at, entry in self.entries("dates"):
            what, when, source = entry.get("what"), self.span(entry, at), self.source(entry, at)
            if what not in EVENTS:
                self.fault(at, f"{what!r} is nothing that happens to a measure", f"Write one of {', '.join(EVENTS)}")
            elif when:
                if what not in PLANNED:
                    self.not_future(when, at)
                dated = Dated(str(what), when, source, str(entry.get("doubt", "")))
                self.placed.append((at, dated))
                yield dated

    def votes(self) -> Iterator[Vote]:
        for at, entry in self.entries("votes"):
            source, rule = self.source(entry, at), str(entry.get("rule", ""))
            when = self.span(entry, at) if "day" in entry else None
            self.needed(entry, at, "what", "words")
            if "counted" in entry:
                self.not_future(when, at)
            if when:
                self.placed.append((at, Dated("vote", when, source, "")))
            try:
                if rule:
                    read_rule(rule)
            except InputError as error:
                self.fault(at, str(error).removesuffix("."), "Correct the rule, or leave it empty")
            yield Vote(
                str(entry.get("what", "")), when, rule, str(entry.get("words", "")), source,
                str(entry.get("doubt", "")), *self.counted(entry, at),
            )  # fmt: skip

    def counted(self, entry: Mapping[str, Any], at: At) -> tuple[Numbers | None, Source | None]:
        given = entry.get("counted")
        if given is None:
            return None, None
        own = (*at, "counted")
        if not isinstance(given, dict):
            self.fault(own, "this is no table", 'Write counted = { yes = 1234, no = 1200, source = "..." }')
            return None, None
        source = self.source(given, own)
        try:
            return numbers_of({name: number for name, number in given.items() if name != "source"}), source
        except InputError as error:
            self.fault(own, str(error).removesuffix("."), "Compare the numbers with the source")
            return None, None

    def petition(self) -> str | Published:
        entry = self.data.get("petition")
        if not isinstance(entry, dict):
            return self.words("petition", needed=False)
        at: At = ("petition",)
        self.needed(entry, at, "verdict")
        for what, remedy in published_faults(entry, self.data.get("requirement")):
            self.fault(at, what, remedy)
        when = self.span({"day": entry["day"]}, at) if "day" in entry else None
        self.not_future(when, at)
        return Published(
            str(entry.get("verdict", "")), entry.get("valid"), entry.get("filed"), when.last if when else None,
            self.source(entry, at),
        )  # fmt: skip

    def convention(self) -> Convention | None:
        entry = self.data.get("convention")
        if entry is None:
            return None
        at: At = ("convention",)
        if not isinstance(entry, dict) or set(entry) - {"words", "subject", "source"}:
            self.fault(
                at, "this is no convention", "Write [convention] with words, source, and subject if states asked"
            )
            return None
        self.needed(entry, at, "words")
        subject = str(entry.get("subject", ""))
        if subject and subject not in SUBJECTS:
            self.fault(at, f"no state's application on {subject!r} is held", f"Write one of {', '.join(SUBJECTS)}")
        return Convention(str(entry.get("words", "")), subject, self.source(entry, at))

    def statements(self) -> Iterator[Statement]:
        for at, entry in self.entries("statements"):
            when, source = self.span(entry, at), self.source(entry, at)
            self.not_future(when, at)
            self.needed(entry, at, "who", "question", "answer", "judged_by")
            answered, answer = entry.get("answered"), str(entry.get("answer", ""))
            if answered not in ("yes", "no", "partly"):
                self.fault(at, "answered is neither yes, no nor partly", "Say whether the question was answered")
            if len(answer) > LONGEST_ANSWER:
                self.fault(at, f"the answer has {len(answer)} letters", f"Quote up to {LONGEST_ANSWER}")
            reports = tuple(
                Report(str(each.get("headline", "")), self.source(each, at))
                for each in entry.get("reports", [])
                if isinstance(each, dict)
            )
            if when and answered in ("yes", "no", "partly"):
                yield Statement(
                    when, str(entry.get("who")), str(entry.get("question")), answer, answered,
                    str(entry.get("judged_by")), source, reports,
                )  # fmt: skip

    def doubts(self) -> Iterator[tuple[str, Source | None]]:
        for at, entry in self.entries("doubts"):
            self.needed(entry, at, "text")
            yield str(entry.get("text", "")), self.source(entry, at) if "source" in entry else None

    def check_order(self) -> None:
        places = [at for at, _ in self.placed]
        for place, what, remedy in contradictions([dated for _, dated in self.placed]):
            self.fault(places[place], what, remedy)
