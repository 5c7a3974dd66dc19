"""The sample of a case: its size by the law, its lines by the seed; and a sample of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.errors import LawAbsent, Refused
from ballotworthy.law import Rules
from ballotworthy.stats import draw
from ballotworthy.sufficiency import FORMULAS, sample_size


def law_sizes(case: Case, rules: Rules) -> dict[str, int]:
    """Give how many lines of each stratum the law orders to be drawn.

    Raises:
        LawAbsent: it orders no sample, or gives its size in words.
    """
    return {name: sample_size(rules, len(ids)) for name, ids in left(case).items()}


def left(case: Case) -> dict[str, list[str]]:
    """Give the lines that can still be drawn, by stratum: without those that were struck."""
    return {
        name: [line for line in ids if line not in case.struck] if case.struck else ids
        for name, ids in sorted(case.frame.drawable.items())
    }


def sample_body(case: Case, sizes: Mapping[str, int] | None = None, why: str = "") -> dict[str, Any]:
    """Give the body of a `sample` event for lines drawn by the seed.

    Args:
        case: the frame is fixed, the seed drawn.
        sizes: lines by stratum, where the office chooses or draws more than the law orders; the law's for the rest.
        why: the rule in words; the law's citation if absent.

    Raises:
        Refused: there is no seed yet, or the law projects no sample.
        LawAbsent: the law fixes no size, and none is given.
        InputError: more are asked for than there are.
    """
    if case.rules is None or case.seed is None:
        raise Refused("a sample follows the seed, and the seed has not been drawn. Draw it before witnesses first.")
    if not FORMULAS[case.rules.formula.value].samples:
        raise Refused(
            f"the law of {case.rules.place} projects no sample ({case.rules.full_count.source}): examine every line."
        )
    wanted = _wanted(case, case.rules, sizes or {})
    seed = case.seed["seed"]
    of = case.frame.drawable
    strata = [
        {"stratum": name, "of": len(of[name]), "size": wanted[name], "ids": draw(seed, ids, wanted[name])}
        for name, ids in left(case).items()
    ]
    return {"scope": "sample", "why": why or _rule(case.rules), "strata": strata}


def _wanted(case: Case, rules: Rules, sizes: Mapping[str, int]) -> dict[str, int]:
    missing = [name for name in case.frame.drawable if name not in sizes]
    return {**(law_sizes(case, rules) if missing else {}), **sizes}


def all_body(case: Case, why: str) -> dict[str, Any]:
    """Give the body of a `sample` event for an examination of every line."""
    of = case.frame.drawable
    strata = [{"stratum": name, "of": len(of[name]), "size": len(ids)} for name, ids in left(case).items()]
    return {"scope": "all", "why": why, "strata": strata}


def fault_of_sample(case: Case, body: Mapping[str, Any]) -> str | None:
    """Say why a sample does not follow from seed, frame and law; None if it does."""
    if body["scope"] == "all":
        return None if body == all_body(case, body["why"]) else "it is not of all lines that can be drawn"
    given = {stratum["stratum"]: stratum["size"] for stratum in body["strata"]}
    before = {each["stratum"]: each["size"] for each in case.sample.body["strata"]} if case.sample else {}
    if any(given.get(name, 0) < size for name, size in before.items()):
        return "it is smaller than the sample before it"
    if any(not 0 <= given.get(name, -1) <= len(ids) for name, ids in left(case).items()):
        return "it does not say a possible size for each stratum"
    try:
        least = law_sizes(case, case.rules) if case.rules else {}
    except LawAbsent:
        least = {name: min(1, len(ids)) for name, ids in left(case).items()}
    short = next((name for name, size in least.items() if given[name] < size), None)
    if short is not None:
        return f"the law orders {least[short]:,} lines of {short}, and it has {given[short]:,}"
    try:
        expected = sample_body(case, given, body["why"])
    except Refused as error:
        return str(error)
    return None if body == expected else "its lines are not the first of the seed's order"


def _rule(rules: Rules) -> str:
    cited = rules.sample_share or rules.sample_least or rules.sample_rule or rules.formula
    return str(cited.source)
