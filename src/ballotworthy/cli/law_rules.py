"""The rules in force on a day, in words and as plain data: what `ballotworthy law PLACE` prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.errors import LawAbsent, LawSilent
from ballotworthy.law import RULES, Cited, Dated, Days, Deadline, Law, Reason, Rules, Source, rules_on
from ballotworthy.law.elsewhere import elsewhere_data, elsewhere_words
from ballotworthy.law.model import MONTHS
from ballotworthy.law.second_sources import one_source


def kinds_in_force(found: Law, day: date | Days) -> tuple[list[Rules], list[LawSilent]]:
    """Give the rules of the kinds in force, and why the others are not.

    Raises:
        LawSilent: none is.
    """
    rules, ended = [], []
    for name in found.kinds:
        try:
            rules.append(rules_on(found, name, day))
        except LawSilent as error:
            ended.append(error)
    if not rules:
        raise ended[0]
    return rules, ended


def law_values(rules: Rules) -> dict[str, Cited[Any]]:
    """Give the rules that have a value, by name, in the order of the vocabulary."""
    return {name: cited for name in RULES if (cited := getattr(rules, name)) is not None}


def in_words(name: str, value: object) -> str:
    """Give a rule's value as people write it: 585,407; 3%; yes; name, address."""
    match value:
        case Reason():
            return f"{value.code}: {value.words}" if value.code else value.words
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case tuple():
            return ("; " if name in ("deadlines", "may_not_refuse") else ", ").join(_entry(entry) for entry in value)
        case Mapping():
            return ", ".join(f"{district} {number:,}" for district, number in value.items())
        case _ if RULES[name].expected.startswith("a share"):
            return f"{float(str(value)) * 100:g}%"
        case _:
            return str(value)


def _entry(entry: Deadline | str) -> str:
    if isinstance(entry, str):
        return entry
    who = f" ({entry.who})" if entry.who else ""
    return f"{entry.what}: {entry.span}{who}"


def deadline_answer(deadline: Deadline) -> dict[str, Any]:
    """Give a deadline as plain data, with the words of the law files; what it has not is null."""
    in_months = deadline.unit == MONTHS
    return {
        "what": deadline.what,
        "who": deadline.who,
        "days": None if in_months else deadline.count,
        "unit": None if in_months else deadline.unit,
        "months": deadline.count if in_months else None,
        "after": None if deadline.before else deadline.event,
        "before": deadline.event if deadline.before else None,
        "checked": _quoted(deadline.checked),
    }


def rules_answer(found: Law, kinds: list[Rules], ended: list[LawSilent]) -> dict[str, Any]:
    """Give the rules as plain data."""
    return {
        "place": found.place,
        "name": found.name,
        "read_on": found.read_on.isoformat(),
        "on": kinds[0].on.isoformat(),
        "kinds": [
            {
                "kind": rules.kind,
                "title": rules.title,
                "looked_up_elsewhere": elsewhere_data(rules),
                "rules": {
                    name: {
                        "value": plain(cited.value),
                        "governs": cited.governs,
                        "source": cited.source.cite,
                        "url": cited.source.url,
                        "checked": _quoted(cited.checked),
                        "one_source": one_source(name, cited),
                    }
                    for name, cited in law_values(rules).items()
                },
                "reasons": {
                    key: {
                        "code": reason.code,
                        "words": reason.words,
                        "governs": reason.governs,
                        "source": reason.source.cite,
                        "url": reason.source.url,
                    }
                    for key, reason in rules.reasons.items()
                },
                "silent": {name: str(error) for name, error in rules.silence.items()},
            }
            for rules in kinds
        ],
        "not_in_force": [str(error) for error in ended],
        "missing": [{"what": entry.what, "why": entry.why} for entry in found.missing],
    }


def _quoted(sources: tuple[Source, ...]) -> list[dict[str, str]]:
    return [{"source": source.cite, "url": source.url, "says": source.says} for source in sources]


def plain(value: object) -> object:
    """Give a rule's value as JSON holds it; shares as text, since JSON has no exact decimals."""
    if isinstance(value, Reason):
        return {"code": value.code, "words": value.words}
    if isinstance(value, tuple):
        return [deadline_answer(entry) if isinstance(entry, Deadline) else entry for entry in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value if value is None or isinstance(value, (int, str)) else str(value)


def show_rules(found: Law, kinds: list[Rules], ended: list[LawSilent], console: Console) -> None:
    """Print the rules for people, each with its source."""
    for rules in kinds:
        console.print(f"{found.name}: {rules.title} ({rules.kind}) on {rules.on}", style="bold", highlight=False)
        table = Table("rule", "value", "source")
        for name, cited in law_values(rules).items():
            words = in_words(name, cited.value) + _governed(rules, cited.governs)
            table.add_row(RULES[name].meaning, words, _compared(name, cited))
        for reason in rules.reasons.values():
            words = in_words(reason.key, reason) + _governed(rules, reason.governs)
            table.add_row(f"ground to refuse: {reason.key}", words, reason.source.cite)
        console.print(table)
        for words in elsewhere_words(rules):
            console.print(words, markup=False, highlight=False)
        for error in rules.silence.values():
            if not isinstance(error, LawAbsent):
                console.print(f"{error}", style="yellow", markup=False, highlight=False)
    for error in ended:
        console.print(f"{error}", style="yellow", markup=False, highlight=False)
    console.print("Sources", style="bold")
    for source in _sources(kinds):
        quoted = f" says: {source.says}" if source.says else ""
        console.print(f"  {source.cite}: {source.url}{quoted}", markup=False, highlight=False, soft_wrap=True)
    if found.missing:
        console.print("Not in the data", style="bold")
    for entry in found.missing:
        console.print(f"  {entry.what}: {entry.why}.", markup=False, highlight=False)
    console.print(f"Sources last compared on {found.read_on}. The official text decides.", highlight=False)


def _compared(name: str, cited: Cited[Any]) -> str:
    """Give a value's source, with those that it was compared with, or the mark that there is one only."""
    checks = dict.fromkeys(source.cite for source in checks_of(cited))
    with_others = f"; checked: {', '.join(checks)}" if checks else ""
    return f"{cited.source.cite}{with_others}{' (one source)' if one_source(name, cited) else ''}"


def checks_of(cited: Cited[Any] | Dated[Any]) -> list[Source]:
    """Give the second sources of a value and of each time in it."""
    entries = cited.value if isinstance(cited.value, tuple) else ()
    each = [source for entry in entries if isinstance(entry, Deadline) for source in entry.checked]
    return [*cited.checked, *each]


def _governed(rules: Rules, governs: str | None) -> str:
    """Say by which day a rule goes, and that day where it is another than the governing one."""
    if governs is None:
        return ""
    day = rules.days.of(governs)
    return f" (as on the day of {governs}{'' if day == rules.on else f', {day}'})"


def _sources(kinds: list[Rules]) -> list[Source]:
    """Give every source of the rules shown, once each, in the order met."""
    values = [cited for rules in kinds for cited in law_values(rules).values()]
    met = [source for cited in values for source in (cited.source, *checks_of(cited))]
    met += [reason.source for rules in kinds for reason in rules.reasons.values()]
    return list(dict.fromkeys(met))
