"""The pages of docs/reference/ on places: what is held of each, and every rule with its days and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ballotworthy.cli.law_rules import in_words
from ballotworthy.files.places import place_codes
from ballotworthy.law import RULES, Dated, Kind, Law, Source, read_law
from ballotworthy.law.coverage import Coverage, Span, coverage

MADE = "<!-- Made by tools/reference.py from {source}. Change that, then run `make reference`. -->"


def places_page() -> str:
    """Give docs/reference/places.md: the coverage table."""
    laws = [read_law(place) for place in place_codes()]
    held = [each for law in laws for each in coverage(law)]
    lines = [
        "# Places and what is held of each",
        "",
        MADE.format(source="the law.toml of each place"),
        "",
        f"{len(laws)} places, {len(held)} kinds of petition, {_values(laws):,} dated values, each with its source. "
        "The page of a place has all of them.",
        "",
        "A requirement is a number published for some years. Where none is held for your day, the tool says so, and "
        "you give the number with `--required`. What was looked for and not found is counted under *missing* and "
        "named, with the reason, on the place's page.",
        "",
        "`ballotworthy law` prints this table, `ballotworthy law PLACE --on DAY` the rules in force on a day.",
        "",
        "| place | kind | rules known | requirement known | formula | rules | checked on | missing |",
        "|---|---|---|---|---|---:|---|---:|",
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
        held.read_on.isoformat(),
        str(held.missing),
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _days(held: Sequence[Span]) -> str:
    return "; ".join(map(str, held))


def place_page(place: str) -> str:
    """Give docs/reference/places/<place>.md: every value ever held, with its days and its source."""
    law = read_law(place)
    lines = [
        f"# {law.name} (`{place}`)",
        "",
        MADE.format(source=f"src/ballotworthy/places/{place}/law.toml"),
        "",
        f"Sources last compared on {law.read_on}. The official text decides. [All places](../places.md).",
        "",
        *(f"- [`{kind.name}`](#{kind.name}): {kind.title}" for kind in law.kinds.values()),
    ]
    for kind in law.kinds.values():
        lines += ["", f"## {kind.name}", "", f"{kind.title[:1].upper()}{kind.title[1:]}.", "", *_rules(law, kind)]
    lines += ["", "## Grounds to refuse a signature", "", *_reasons(law)]
    if law.missing:
        lines += ["", "## Not in the data", "", *(f"- **{each.what}**: {each.why}." for each in law.missing)]
    lines += ["", "## Sources", "", *(f"- {_cited(law, source)}" for source in dict.fromkeys(law.sources.values()))]
    lines += ["", *(f"[{key}]: {source.url}" for key, source in law.sources.items())]
    return "\n".join(lines) + "\n"


def _rules(law: Law, kind: Kind) -> Iterator[str]:
    yield from ("| rule | value | in force | source |", "|---|---|---|---|")
    for name in RULES:
        for dated in kind.rules.get(name, ()):
            yield _line(law, RULES[name].meaning, in_words(name, dated.value), dated)


def _reasons(law: Law) -> Iterator[str]:
    """Give the grounds once: they are those of every kind of the place."""
    reasons = next(iter(law.kinds.values())).reasons
    if not reasons:
        yield "None is in the data."
        return
    yield from ("| ground | words of the law | in force | source |", "|---|---|---|---|")
    for key, lines in reasons.items():
        for dated in lines:
            yield _line(law, key, in_words(key, dated.value), dated)


def _line(law: Law, name: str, value: str, dated: Dated[Any]) -> str:
    days = str(Span(dated.since, dated.until))
    if dated.governs:
        days += f", by the day of {dated.governs}"
    if dated.ended_by:
        days += f", ended by {_cited(law, dated.ended_by)}"
    return f"| {_cell(name)} | {_cell(value)} | {_cell(days)} | {_cell(_cited(law, dated.source))} |"


def _cited(law: Law, source: Source) -> str:
    """Give a citation as a link by the source's name in the file; its address stands once, at the foot."""
    key = next(key for key, held in law.sources.items() if held == source)
    return f"[{source.cite.replace('[', '(').replace(']', ')')}][{key}]"


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


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
