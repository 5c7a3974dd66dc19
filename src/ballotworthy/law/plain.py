"""Rules, deadlines and sources as plain data, as JSON holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ballotworthy.law.dated import Cited, Source
from ballotworthy.law.model import MONTHS, Deadline, Passed, Reason
from ballotworthy.law.shapes import RULES

if TYPE_CHECKING:
    from ballotworthy.law.rules import Rules


def law_values(rules: Rules) -> dict[str, Cited[Any]]:
    """Give the rules that have a value, by name, in the order of the vocabulary."""
    return {name: cited for name in RULES if (cited := getattr(rules, name)) is not None}


def plain(value: object) -> object:
    """Give a rule's value as JSON holds it; shares as text, since JSON has no exact decimals."""
    if isinstance(value, Reason):
        return {"code": value.code, "words": value.words}
    if isinstance(value, tuple):
        return [deadline_data(entry) if isinstance(entry, Deadline) else entry for entry in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value if value is None or isinstance(value, (int, str)) else str(value)


def deadline_data(deadline: Deadline) -> dict[str, Any]:
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
        "checked": quoted(deadline.checked),
        "met_by": list(deadline.met_by),
        "passed": passed_data(deadline.passed),
    }


def passed_data(passed: Passed | None) -> dict[str, Any] | None:
    """Give what follows when a day has passed, with its sources; null where the data holds nothing."""
    if passed is None:
        return None
    cited = passed.source
    return {"words": passed.words, "source": cited.cite, "url": cited.url, "checked": quoted(passed.checked)}


def quoted(sources: tuple[Source, ...]) -> list[dict[str, str]]:
    """Give sources with their words."""
    return [{"source": source.cite, "url": source.url, "says": source.says} for source in sources]
