"""`ballotworthy law`: the rules of a place in force on a day, each with its source."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ballotworthy.errors import LawAbsent
from ballotworthy.files.asked_day import parse_day
from ballotworthy.law import RULES, Cited, Law, Rules, Source, read_law, rules_on
from ballotworthy.sufficiency import HEADER

PlaceArgument = Annotated[str, typer.Argument(help="The place, such as us-ca.", show_default=False)]
KindOption = Annotated[str | None, typer.Option(help="The kind of petition; all kinds if not given.")]
OnOption = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The governing day; today if not given.")]
HeaderOption = Annotated[
    bool, typer.Option("--counts-header", help="Print the heading of a counts file, and nothing else.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def law(
    place: PlaceArgument,
    kind: KindOption = None,
    on: OnOption = None,
    counts_header: HeaderOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the rules of a place in force on a day, each with its source."""
    found = read_law(place)
    if counts_header:
        typer.echo(",".join(HEADER))
        return
    day = parse_day(on, "--on") if on else datetime.now().astimezone().date()
    rules = [rules_on(found, name, day) for name in ([kind] if kind else found.kinds)]
    if as_json:
        typer.echo(json.dumps(_answer(found, rules), indent=2, ensure_ascii=False))
    else:
        _show(found, rules, Console())


def law_values(rules: Rules) -> dict[str, Cited[Any]]:
    """Give the rules that have a value, by name, in the order of the vocabulary."""
    return {name: cited for name in RULES if (cited := getattr(rules, name)) is not None}


def in_words(name: str, value: object) -> str:
    """Give a rule's value as people write it: 585,407; 3%; yes; name, address."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case tuple():
            return ", ".join(value)
        case _ if RULES[name].expected.startswith("a share"):
            return f"{float(str(value)) * 100:g}%"
        case _:
            return str(value)


def _answer(found: Law, kinds: list[Rules]) -> dict[str, Any]:
    return {
        "place": found.place,
        "name": found.name,
        "read_on": found.read_on.isoformat(),
        "on": kinds[0].on.isoformat(),
        "kinds": [
            {
                "kind": rules.kind,
                "title": rules.title,
                "rules": {
                    name: {"value": _plain(cited.value), "source": cited.source.cite, "url": cited.source.url}
                    for name, cited in law_values(rules).items()
                },
                "reasons": {
                    key: {
                        "code": reason.code,
                        "words": reason.words,
                        "source": reason.source.cite,
                        "url": reason.source.url,
                    }
                    for key, reason in rules.reasons.items()
                },
                "silent": {name: str(error) for name, error in rules.silence.items()},
            }
            for rules in kinds
        ],
        "missing": [{"what": entry.what, "why": entry.why} for entry in found.missing],
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (int, str)) else str(value)


def _show(found: Law, kinds: list[Rules], console: Console) -> None:
    for rules in kinds:
        console.print(f"{found.name}: {rules.title} ({rules.kind}) on {rules.on}", style="bold", highlight=False)
        table = Table("rule", "value", "source")
        for name, cited in law_values(rules).items():
            table.add_row(RULES[name].meaning, in_words(name, cited.value), cited.source.cite)
        for reason in rules.reasons.values():
            words = f"{reason.code}: {reason.words}" if reason.code else reason.words
            table.add_row(f"ground to refuse: {reason.key}", words, reason.source.cite)
        console.print(table)
        for error in rules.silence.values():
            if not isinstance(error, LawAbsent):
                console.print(f"{error}", style="yellow", markup=False, highlight=False)
    console.print("Sources", style="bold")
    for source in _sources(kinds):
        console.print(f"  {source.cite}: {source.url}", markup=False, highlight=False, soft_wrap=True)
    if found.missing:
        console.print("Not in the data", style="bold")
    for entry in found.missing:
        console.print(f"  {entry.what}: {entry.why}.", markup=False, highlight=False)
    console.print(f"Sources last compared on {found.read_on}. The official text decides.", highlight=False)


def _sources(kinds: list[Rules]) -> list[Source]:
    """Give every source of the rules shown, once each, in the order met."""
    met = [cited.source for rules in kinds for cited in law_values(rules).values()]
    met += [reason.source for rules in kinds for reason in rules.reasons.values()]
    return list(dict.fromkeys(met))
