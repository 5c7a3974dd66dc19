"""`ballotworthy law PLACE`: the rules in force on a day; without a place, the places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.table import Table

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.held import complete_place
from ballotworthy.cli.law_places import show_places
from ballotworthy.cli.options import AnyKindOption, GoverningOption, JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError, LawAbsent
from ballotworthy.law import RULES, Cited, Rules, Source
from ballotworthy.law.elsewhere import elsewhere_words
from ballotworthy.law.passed import passed_rows
from ballotworthy.law.plain import law_values
from ballotworthy.law.second_sources import one_source
from ballotworthy.law.words import checks_of, in_words
from ballotworthy.verbs.law_places import list_places
from ballotworthy.verbs.law_rules import RulesOnDay, look_up_rules

PlaceArgument = Annotated[
    str | None,
    typer.Argument(
        help="The place, such as us-ca; lists the places if absent.", show_default=False, autocompletion=complete_place
    ),
]


def rules(
    place: PlaceArgument = None,
    kind: AnyKindOption = None,
    on: GoverningOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the rules of a place on a day with their sources: `law PLACE` in short; the places if none is named."""
    acts = (registered, signed, filed, certified)
    if place is None:
        if kind or on or any(acts):
            raise InputError("that is asked of a place; name one, such as us-ca. `ballotworthy law` lists them.")
        places = list_places()
        if as_json:
            print_json(places.to_dict())
        else:
            show_places(places, SafeConsole())
        return
    found = look_up_rules(place, days_of(on, *acts), kind)
    if as_json:
        print_json(found.to_dict())
    else:
        show_rules(found, SafeConsole())


def show_rules(found: RulesOnDay, console: SafeConsole) -> None:
    """Print the rules for people, each with its source."""
    for rules in found.kinds:
        console.print(f"{found.law.name}: {rules.title} ({rules.kind}) on {rules.on}", style="bold", highlight=False)
        table = Table("rule", "value", "source")
        for name, cited in law_values(rules).items():
            words = in_words(name, cited.value) + _governed(rules, cited.governs)
            table.add_row(RULES[name].meaning, words, _compared(name, cited))
        for time, then, cite in passed_rows(rules):
            table.add_row(f"when the day has passed: {time}", then, cite)
        for reason in rules.reasons.values():
            words = in_words(reason.key, reason) + _governed(rules, reason.governs)
            table.add_row(f"ground to refuse: {reason.key}", words, reason.source.cite)
        console.print(table)
        for words in elsewhere_words(rules):
            console.print(words, markup=False, highlight=False)
        for error in rules.silence.values():
            if not isinstance(error, LawAbsent):
                console.print(f"{error}", style="yellow", markup=False, highlight=False)
    for error in found.ended:
        console.print(f"{error}", style="yellow", markup=False, highlight=False)
    console.print("Sources", style="bold")
    for source in _sources(found.kinds):
        quoted = f" says: {source.says}" if source.says else ""
        console.tell(f"  {source.cite}: {source.url}{quoted}")
    if found.law.missing:
        console.print("Not in the data", style="bold")
    for entry in found.law.missing:
        console.print(f"  {entry.what}: {entry.why}.", markup=False, highlight=False)
    console.print(f"Sources last compared on {found.law.read_on}. The official text decides.", highlight=False)


def _compared(name: str, cited: Cited[Any]) -> str:
    """Give a value's source, with those that it was compared with, or the mark that there is one only."""
    checks = dict.fromkeys(source.cite for source in checks_of(cited))
    with_others = f"; checked: {', '.join(checks)}" if checks else ""
    return f"{cited.source.cite}{with_others}{' (one source)' if one_source(name, cited) else ''}"


def _governed(rules: Rules, governs: str | None) -> str:
    """Say by which day a rule goes, and that day where it is another than the governing one."""
    if governs is None:
        return ""
    day = rules.days.of(governs)
    return f" (as on the day of {governs}{'' if day == rules.on else f', {day}'})"


def _sources(kinds: Sequence[Rules]) -> list[Source]:
    """Give every source of the rules shown, once each, in the order met."""
    values = [cited for rules in kinds for cited in law_values(rules).values()]
    met = [source for cited in values for source in (cited.source, *checks_of(cited))]
    told = [time.passed for rules in kinds if rules.deadlines for time in rules.deadlines.value if time.passed]
    met += [source for each in told for source in (each.source, *each.checked)]
    met += [reason.source for rules in kinds for reason in rules.reasons.values()]
    return list(dict.fromkeys(met))
