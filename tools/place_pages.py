"""The pages of docs/reference/ on places: what is held of each, and every rule with its days and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ballotworthy.files.places import place_codes
from ballotworthy.law import EVENTS, RULES, Dated, Kind, Law, Reason, Source, read_law
from ballotworthy.law.coverage import Coverage, Span, coverage
from ballotworthy.law.events import CIRCULATION
from ballotworthy.law.second_sources import count_of, one_source
from ballotworthy.law.words import checks_of, in_words
from ballotworthy.law.zones import zone_of

Grounds = Mapping[str, tuple[Dated[Reason], ...]]

MADE = "<!-- Made by tools/reference.py from {source}. Change that, then run `make reference`. -->"


def places_page() -> str:
    """Give docs/reference/places.md: the coverage table."""
    laws = [read_law(place) for place in place_codes()]
    held = [each for law in laws for each in coverage(law)]
    deciding, checked = _decisive(laws)
    lines = [
        "# Places and what is held of each",
        "",
        MADE.format(source="the law.toml of each place"),
        "",
        f"{len(laws)} places, {len(held)} kinds of petition, {_values(laws):,} dated values, each with its source. "
        "The page of a place has all of them.",
        "",
        f"{deciding:,} values decide (the requirement, its share and basis, sample, bands, districts, duplicates, each "
        f"time allowed, adoption). {checked:,} of these were compared with a second source, of another publisher; the "
        "others stand in one: read those in the official text before you rely on them. The table counts both, kind by "
        "kind, shared rules in each.",
        "",
        "A requirement is a number published for some years. Where none is held for your day, the tool says so, and "
        "you give the number with `--required`. What was looked for and not found is counted under *missing* and "
        "named, with the reason, on the place's page.",
        "",
        "`ballotworthy law` prints this table, `ballotworthy law PLACE --on DAY` the rules in force on a day.",
        "",
        "*Days* counts the days that the law sets, filing among them, and of how many the data says what follows when "
        "they have passed. Of the others it says nothing: what is not read in a source is not told.",
        "",
        "| place | kind | rules known | number known | formula | rules | checked | one source | days | read on | "
        "missing |",
        "|---|---|---|---|---|---:|---:|---:|---:|---|---:|",
        *(_row(each) for each in held),
    ]
    return "\n".join(lines) + "\n"


def _row(held: Coverage) -> str:
    cells = (
        f"[`{held.place}`](places/{held.place}.md) {held.name}",
        f"`{held.kind}`: {held.title}",
        _days(held.held),
        _days(held.requirement) or "not held",
        held.formula,
        str(held.rules),
        str(held.checked),
        str(held.deciding - held.checked),
        f"{held.told} of {held.days}",
        held.read_on.isoformat(),
        str(held.missing),
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _days(held: Sequence[Span]) -> str:
    return "; ".join(map(str, held))


def events_page() -> str:
    """Give docs/reference/events.md: the events that deadlines are counted from, and where."""
    lines = [
        "# Events that deadlines are counted from",
        "",
        MADE.format(source="src/ballotworthy/law/events.py and the law.toml of each place"),
        "",
        "`ballotworthy law calendar PLACE` counts from the day of an event: `--filed DAY` and `--certified DAY` give "
        "two of them, `--after EVENT=DAY` any of them. The words are the same in every place, and a law file with "
        "another word is refused. Time is counted in calendar, business or working days, or in calendar months, which "
        "end on the day of the same number or on the last of a month that has none. Most of it runs after the event, "
        "some up to it: a petition filed four months `before` an election.",
        "",
        "| event | means | places that count from it |",
        "|---|---|---|",
        *(f"| `{event}` | {means} | {', '.join(_counting(event))} |" for event, means in EVENTS.items()),
    ]
    return "\n".join(lines) + "\n"


def _counting(event: str) -> Iterator[str]:
    for place in place_codes():
        for kind in read_law(place).kinds.values():
            named = {deadline.event for dated in kind.rules.get("deadlines", ()) for deadline in dated.value}
            named |= {CIRCULATION} if {"circulation_days", "circulation_months"} & set(kind.rules) else set()
            named |= {"election"} if {"filing_days", "filing_months"} & set(kind.rules) else set()
            if event in named:
                yield f"[`{place}`](places/{place}.md)"
                break


def place_page(place: str) -> str:
    """Give docs/reference/places/<place>.md: every value ever held, with its days and its source."""
    law = read_law(place)
    lines = [
        f"# {law.name} (`{place}`)",
        "",
        MADE.format(source=f"src/ballotworthy/places/{place}/law.toml"),
        "",
        f"Sources last compared on {law.read_on}. The official text decides. {_zone(place)} "
        "[All places](../places.md).",
        "",
        *(f"- [`{kind.name}`](#{kind.name}): {kind.title}" for kind in law.kinds.values()),
    ]
    for kind in law.kinds.values():
        lines += ["", f"## {kind.name}", "", f"{kind.title[:1].upper()}{kind.title[1:]}.", "", *_rules(law, kind)]
        lines += _passed(law, kind)
    for heading, reasons in _grounds(law):
        lines += ["", f"## {heading}", "", *_reasons(law, reasons)]
    if law.missing:
        lines += ["", "## Not in the data", "", *(f"- **{each.what}**: {each.why}." for each in law.missing)]
    lines += ["", "## Sources", "", *(_foot(law, source) for source in dict.fromkeys(law.sources.values()))]
    lines += ["", *(f"[{key}]: {source.url}" for key, source in law.sources.items())]
    return "\n".join(lines) + "\n"


def _zone(place: str) -> str:
    zone = zone_of(place)
    return f"A case's days are those of {zone}." if zone else "Its time zone is not held: a case's days are UTC's."


def _rules(law: Law, kind: Kind) -> Iterator[str]:
    yield from ("| rule | value | in force | source |", "|---|---|---|---|")
    for name in RULES:
        for dated in kind.rules.get(name, ()):
            mark = " (one source)" if one_source(name, dated) else ""
            yield _line(law, RULES[name].meaning, in_words(name, dated.value), dated, mark)


def _passed(law: Law, kind: Kind) -> Iterator[str]:
    """Say of each time that the law allows what follows when its day has passed."""
    times = [(dated, time) for dated in kind.rules.get("deadlines", ()) for time in dated.value]
    if not times:
        return
    yield from ("", f"When a day of `{kind.name}` has passed:", "", "| time | in force | what follows | source |")
    yield "|---|---|---|---|"
    for dated, time in times:
        then, cited = "not held", ""
        if time.passed:
            then, others = time.passed.words, "".join(f"; checked: {_cited(law, each)}" for each in time.passed.checked)
            cited = f"{_cited(law, time.passed.source)}{others}"
        yield f"| {' | '.join(map(_cell, (time.what, str(Span(dated.since, dated.until)), then, cited)))} |"


def _grounds(law: Law) -> Iterator[tuple[str, Grounds]]:
    """Give each set of grounds once, with its heading; most places have one set for all kinds."""
    sets: list[tuple[list[str], Grounds]] = []
    for kind in law.kinds.values():
        same = next((names for names, held in sets if held == kind.reasons), None)
        if same is None:
            sets.append(([kind.name], kind.reasons))
        else:
            same.append(kind.name)
    for names, held in sets:
        of = "" if len(sets) == 1 else f": {', '.join(names)}"
        yield f"Grounds to refuse a signature{of}", held


def _reasons(law: Law, reasons: Grounds) -> Iterator[str]:
    if not reasons:
        yield "None is in the data."
        return
    yield from ("| ground | words of the law | in force | source |", "|---|---|---|---|")
    for key, lines in reasons.items():
        for dated in lines:
            yield _line(law, key, in_words(key, dated.value), dated)


def _line(law: Law, name: str, value: str, dated: Dated[Any], mark: str = "") -> str:
    days = str(Span(dated.since, dated.until))
    if dated.governs:
        days += f", by the day of {dated.governs}"
    if dated.ended_by:
        days += f", ended by {_cited(law, dated.ended_by)}"
    checks = dict.fromkeys(checks_of(dated))
    cited = _cited(law, dated.source) + "".join(f"; checked: {_cited(law, source)}" for source in checks)
    return f"| {_cell(name)} | {_cell(value)} | {_cell(days)} | {_cell(cited)}{mark} |"


def _cited(law: Law, source: Source) -> str:
    """Give a citation as a link by the source's name in the file; its address stands once, at the foot."""
    key = next(key for key, held in law.sources.items() if held == source)
    return f"[{source.cite.replace('[', '(').replace(']', ')')}][{key}]"


def _foot(law: Law, source: Source) -> str:
    return f"- {_cited(law, source)}" + (f': "{source.says}"' if source.says else "")


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _decisive(laws: Sequence[Law]) -> tuple[int, int]:
    """Count the values that decide, and those of them with a second source, as they stand in the files."""
    lines = {
        id(dated): count_of(name, [dated])
        for law in laws
        for kind in law.kinds.values()
        for name, held in kind.rules.items()
        for dated in held
    }
    return sum(deciding for deciding, _ in lines.values()), sum(checked for _, checked in lines.values())


def _values(laws: Sequence[Law]) -> int:
    """Count the dated values as they stand in the files: a rule of every kind once."""
    held = {
        id(dated)
        for law in laws
        for kind in law.kinds.values()
        for lines in (*kind.rules.values(), *kind.reasons.values())
        for dated in lines
    }
    return len(held)
