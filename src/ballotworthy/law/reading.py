"""A law.toml as Law: every fault of the file at once, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.places import own_place, place_file
from ballotworthy.files.toml_text import table_of, text_of
from ballotworthy.law.dated import Dated, Source
from ballotworthy.law.days import GOVERNS
from ballotworthy.law.events import deadline_faults
from ballotworthy.law.lines import Path as At
from ballotworthy.law.lines import line_numbers, line_of
from ballotworthy.law.model import Deadline, Kind, Law, Missing, Passed, Reason, Stratum
from ballotworthy.law.reasons import REASONS
from ballotworthy.law.shapes import RULES
from ballotworthy.law.sources import checked_by, read_source
from ballotworthy.law.values import deadline_of, frozen, shown

TOP = {"name", "read_on", "sources", "rules", "kinds", "reasons", "strata", "missing"}
LINE_KEYS = {"from", "until", "value", "source", "checked", "ended_by", "governs"}
KIND_KEYS = {"title", "shared", "reasons"}
REASON_KEYS = {"from", "until", "words", "code", "source", "checked", "ended_by", "governs"}


def read_law(place: str) -> Law:
    """Give the law of a place; one from a user's folder bears that in its name and says where it stands.

    Raises:
        UnknownName: there is no such place.
        FileFaults: its law.toml is faulty; all faults are named.
        InputError: a user's folder holds no places.
    """
    law = _read_once(place_file(place, "law.toml"))
    own = own_place(place)
    return replace(law, name=f"{law.name} (own law)", own=str(own / "law.toml")) if own else law


@cache
def _read_once(path: Path) -> Law:
    return read_law_file(path)


def read_law_file(path: Path) -> Law:
    """Give the law that a file holds; the place is the name of the folder it stands in.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: it is faulty; all faults are named, with line numbers.
    """
    return read_law_text(text_of(path), path)


@lru_cache(maxsize=64)  # each act on a case reads the text that the case keeps, and a law cannot be changed
def read_law_text(text: str, path: Path) -> Law:
    """Give the law that a text holds, as if it stood in the file `path`, whose folder names the place.

    Raises:
        FileFaults: the text is faulty; all faults are named, with line numbers.
    """
    return _Reader(path, text).law(table_of(text, str(path), remedy="Correct the line", number=Decimal))


class _Reader:
    """One reading of one file: it gathers faults while it builds, and raises them together at the end."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.cited: set[str] = set()

    @cached_property
    def numbers(self) -> dict[At, int]:
        """Give the line of each path; counted only when there is a fault to point at."""
        return line_numbers(self.text)

    def fault(self, at: At, what: str, remedy: str) -> None:
        self.faults.append(Fault(line_of(self.numbers, at), None, what, remedy))

    def law(self, data: dict[str, Any]) -> Law:
        for key in sorted(set(data) - TOP):
            self.fault((key,), f"unknown table or key {key!r}", f"Use {', '.join(sorted(TOP))}")
        name = self.words(data, "name", ())
        read_on = self.day(data, "read_on", ())
        self.read_sources(self.table(data, "sources"))
        shared = self.read_rules(self.table(data, "rules"), ("rules",))
        reasons = self.read_reasons(self.table(data, "reasons"), ("reasons",))
        kinds = {
            key: self.read_kind(key, table, shared, reasons)
            for key, table in self.table(data, "kinds").items()
            if self.table(data["kinds"], key, ("kinds",)) is table
        }
        if not kinds:
            self.fault(("kinds",), "no kind of petition", "Add a table such as [kinds.statute]")
        strata = tuple(self.read_stratum(entry, i) for i, entry in enumerate(self.entries(data, "strata")))
        missing = tuple(
            Missing(self.words(entry, "what", ("missing", i)), self.words(entry, "why", ("missing", i)))
            for i, entry in enumerate(self.entries(data, "missing"))
        )
        for key in sorted(set(self.sources) - self.cited):
            self.fault(("sources", key), f"nobody cites source {key}", "Cite it, or take it out")
        if self.faults:
            raise FileFaults(str(self.path), sorted(self.faults, key=lambda fault: fault.line or 0))
        return Law(
            self.path.parent.name,
            name,
            read_on,
            MappingProxyType(kinds),
            strata,
            MappingProxyType(self.sources),
            missing,
        )

    def table(self, data: Mapping[str, Any], key: str, at: At = ()) -> dict[str, Any]:
        value = data.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault((*at, key), f"{key} is not a table", f"Write it as [{'.'.join(map(str, (*at, key)))}]")
        return {}

    def entries(self, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        value = data.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            return value
        self.fault((key,), f"{key} is not a list of tables", f"Write it as [[{key}]]")
        return []

    def words(self, data: Mapping[str, Any], key: str, at: At) -> str:
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault((*at, key), f"{key} is missing or not text", f'Write {key} = "..."')
        return ""

    def day(self, data: Mapping[str, Any], key: str, at: At) -> date:
        value = data.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.fault((*at, key), f"{key} is missing or not a day", f"Write {key} = 2018-04-20, without quotes")
        return date.min

    def read_sources(self, tables: dict[str, Any]) -> None:
        read = {key: read_source(key, entry, self.fault) for key, entry in tables.items()}
        self.sources = {key: source or Source("", "") for key, source in read.items()}

    def read_kind(
        self,
        name: str,
        table: dict[str, Any],
        shared: dict[str, tuple[Dated[Any], ...]],
        reasons: dict[str, tuple[Dated[Reason], ...]],
    ) -> Kind:
        at: At = ("kinds", name)
        title = self.words(table, "title", at)
        takes = table.get("shared", True)
        if not isinstance(takes, bool):
            self.fault((*at, "shared"), f"shared is {shown(takes)}", "Write false, or leave it out")
        own = self.read_rules({key: value for key, value in table.items() if key not in KIND_KEYS}, at)
        grounds = self.read_reasons(self.table(table, "reasons", at), (*at, "reasons"))
        rules, reasons = (shared | own, reasons | grounds) if takes else (own, grounds)
        for rule, shape in RULES.items():
            if shape.required and rule not in rules:
                self.fault(at, f"kind {name} has no {rule}", f"Add a dated line: {shape.meaning}")
        return Kind(name, title, MappingProxyType(rules), MappingProxyType(reasons))

    def read_rules(self, table: dict[str, Any], at: At) -> dict[str, tuple[Dated[Any], ...]]:
        rules: dict[str, tuple[Dated[Any], ...]] = {}
        for name, entries in table.items():
            if name not in RULES:
                self.fault((*at, name), f"unknown rule {name!r}", f"Use one of {', '.join(RULES)}")
            elif self.is_list(entries, (*at, name)):
                rules[name] = self.in_order(
                    [self.read_line(name, entry, (*at, name, i)) for i, entry in enumerate(entries)],
                    (*at, name),
                )
        return rules

    def read_line(self, name: str, entry: dict[str, Any], at: At) -> Dated[Any]:
        for key in sorted(set(entry) - LINE_KEYS):
            self.fault(at, f"unknown key {key!r}", f"Use {', '.join(sorted(LINE_KEYS))}")
        value, shape = entry.get("value"), RULES[name]
        if not shape.fits(value):
            self.fault(at, f"the value of {name} is {shown(value)}", f"Write {shape.expected}")
            value = None
        elif name == "deadlines":
            return self.dated(self.deadlines(value, self.sources.get(str(entry.get("source"))), at), entry, at)
        return self.dated(None if value is None else frozen(value), entry, at)

    def deadlines(self, entries: Any, cited: Source | None, at: At) -> tuple[Deadline, ...] | None:
        faults = [fault for each in entries for fault in deadline_faults(each)]
        for what, remedy in faults:
            self.fault(at, what, remedy)
        if faults:
            return None
        return tuple(deadline_of(each, self.checked(each, cited, at), self.passed(each, at)) for each in entries)

    def passed(self, entry: dict[str, Any], at: At) -> Passed | None:
        if "passed" not in entry:
            return None
        source = self.source(entry["passed"], "source", at)
        return Passed(entry["passed"]["words"], source, self.checked(entry["passed"], source, at))

    def read_reasons(self, table: dict[str, Any], at: At) -> dict[str, tuple[Dated[Reason], ...]]:
        reasons: dict[str, tuple[Dated[Reason], ...]] = {}
        for key, entries in table.items():
            here = (*at, key)
            if key not in REASONS:
                self.fault(here, f"unknown reason {key!r}", f"Use one of {', '.join(REASONS)}")
            elif self.is_list(entries, here):
                lines = [self.read_reason(key, entry, (*here, i)) for i, entry in enumerate(entries)]
                reasons[key] = self.in_order(lines, here)
        return reasons

    def read_reason(self, key: str, entry: dict[str, Any], at: At) -> Dated[Reason]:
        for unknown in sorted(set(entry) - REASON_KEYS):
            self.fault(at, f"unknown key {unknown!r}", f"Use {', '.join(sorted(REASON_KEYS))}")
        words = self.words(entry, "words", at)
        code = self.words(entry, "code", at) if "code" in entry else None
        dated = self.dated(words, entry, at)
        return Dated(
            dated.since,
            dated.until,
            Reason(key, code, words, dated.source, dated.governs),
            dated.source,
            dated.ended_by,
            dated.governs,
            dated.checked,
        )

    def dated(self, value: Any, entry: dict[str, Any], at: At) -> Dated[Any]:
        since = self.day(entry, "from", at)
        until = self.day(entry, "until", at) if "until" in entry else None
        if until and until < since:
            self.fault(at, f"it ends on {until}, before it begins on {since}", "Exchange or correct the days.")
        ended_by = self.source(entry, "ended_by", at) if "ended_by" in entry else None
        governs = entry.get("governs")
        if governs is not None and governs not in GOVERNS:
            self.fault(at, f"governs is {shown(governs)}", f"Use one of {', '.join(GOVERNS)}")
        source = self.source(entry, "source", at)
        return Dated(since, until, value, source, ended_by, governs, self.checked(entry, source, at))

    def checked(self, entry: Mapping[str, Any], cited: Source | None, at: At) -> tuple[Source, ...]:
        if "checked" not in entry:
            return ()
        names = entry["checked"]
        if isinstance(names, list):
            self.cited.update(name for name in names if isinstance(name, str))
        return checked_by(names, cited or Source("", ""), self.sources, at, self.fault)

    def source(self, entry: dict[str, Any], key: str, at: At) -> Source:
        name = entry.get(key)
        if isinstance(name, str) and name in self.sources:
            self.cited.add(name)
            return self.sources[name]
        what = f"{key} {name!r} is not in [sources]" if name else "the value has no source"
        self.fault(at, what, "Name a source of the [sources] table, with citation and address")
        return Source("", "")

    def in_order(self, lines: list[Dated[Any]], at: At) -> tuple[Dated[Any], ...]:
        for i, (earlier, later) in enumerate(pairwise(lines), start=1):
            if earlier.until is None or later.since <= earlier.until:
                self.fault(
                    (*at, i),
                    f"it begins on {later.since}, before the line above has ended",
                    "Give that an until.",
                )
            if earlier.governs != later.governs:
                self.fault((*at, i), f"{at[-1]} goes by two days", "Write the same governs on all lines of a rule.")
        if lines and lines[-1].until and not lines[-1].ended_by:
            self.fault(
                (*at, len(lines) - 1),
                f"the last value ends on {lines[-1].until} by no act",
                "Name the act: ended_by.",
            )
        return tuple(lines)

    def is_list(self, entries: Any, at: At) -> bool:
        if isinstance(entries, list) and entries and all(isinstance(entry, dict) for entry in entries):
            return True
        self.fault(at, f"{at[-1]} is not a list of dated lines", "Write [{ from = ..., value = ..., source = ... }].")
        return False

    def read_stratum(self, entry: dict[str, Any], i: int) -> Stratum:
        weight = entry.get("weight")
        if weight is not None and not RULES["requirement"].fits(weight):
            self.fault(("strata", i), "the weight is not a number", "Write a whole number, or leave it out")
        return Stratum(self.words(entry, "name", ("strata", i)), weight)
