"""The result of a check as plain data: everything the report says, for machines (`result.json`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

import polars as pl

from ballotworthy import __version__
from ballotworthy.check.asked import asked_data
from ballotworthy.check.check import Check
from ballotworthy.check.circulators import by_circulator, screen_data
from ballotworthy.check.columns import columns_data
from ballotworthy.check.corrected import Corrected, corrected_data
from ballotworthy.check.duplicates import times_signed
from ballotworthy.check.few_found import few_found_notes
from ballotworthy.check.signing_days import outside_notes, undated_notes
from ballotworthy.check.span import KIND, span
from ballotworthy.check.standing import unnamed_notes
from ballotworthy.files.quantities import were
from ballotworthy.law import REASONS, UNRESOLVED, Rules
from ballotworthy.law.elsewhere import elsewhere_data, elsewhere_words
from ballotworthy.law.second_sources import resting_words
from ballotworthy.match.weigh import VERSION
from ballotworthy.petition import NOT_STATED, stated_strata
from ballotworthy.stats.risk.heavy import over_deducted
from ballotworthy.sufficiency import assessment_data

LOOK_FIRST = 60
LONG_AFTER = 180
"""Days after the filing from which a roll is told to be late; an office takes one within weeks."""
NOT_READ = {"valid": "one voter is probably the signer and nothing stands against it"}


def result(check: Check, corrected: Corrected | None = None) -> dict[str, Any]:
    """Give the result; its keys stand in the reference of the docs. No name of a signer or voter is in it.

    Args:
        check: what the machine made of the lines.
        corrected: the count put right by people's rulings, where there are any.
    """
    rules, lines = check.rules, check.lines
    return {
        "ballotworthy": __version__,
        "place_name": rules.place_name,
        "title": rules.title,
        **assessment_data(check.assessment),
        "asked": asked_data(rules, check.required),
        "looked_up_elsewhere": elsewhere_data(rules),
        "corrected": corrected_data(corrected) if corrected else None,
        "machine": _machine(lines),
        "draws": _draws(check),
        "by_reason": _by_reason(lines, rules),
        "by_stratum": _groups(lines, "stratum"),
        "stratum_word": rules.stratum.value,
        "by_circulator": by_circulator(
            _groups(lines.filter(pl.col("circulator").is_not_null()), "circulator"), check.screen
        ),
        "screen": screen_data(check.screen),
        "duplicates": _duplicates(lines),
        "look_first": _look_first(lines),
        "columns": columns_data(check.petition, check.roll, rules),
        "inputs": _inputs(check),
        "notes": _notes(check),
    }


def _machine(lines: pl.DataFrame) -> dict[str, Any]:
    found = span(lines)
    numbers = dict(lines.group_by("outcome").len().iter_rows())
    return {
        "expected": round(found.expected, 1),
        "low": floor(found.low),
        "high": ceil(found.high),
        "span": {"kind": KIND, "why": list(found.why)},
        **{outcome: numbers.get(outcome, 0) for outcome in ("valid", "invalid", "unresolved")},
    }


def _draws(check: Check) -> dict[str, Any] | None:
    draws = check.draws
    if draws is None:
        return None
    estimates, pairs = pl.Series(draws.estimates), pl.Series(draws.pairs)
    return {
        "seed": draws.seed,
        "runs": len(draws.estimates),
        "sample_size": draws.sample_size,
        "mean": round(float(estimates.mean()), 1),  # type: ignore[arg-type]  # a series of whole numbers has a mean
        "sd": round(float(estimates.std() or 0.0), 1),  # type: ignore[arg-type]  # as above
        "low": int(estimates.quantile(0.025, "nearest") or 0),
        "high": int(estimates.quantile(0.975, "nearest") or 0),
        "histogram": [list(each) for each in draws.histogram()],
        "probability": draws.probability,
        "pairs": {
            "mean": round(float(pairs.mean()), 1),  # type: ignore[arg-type]  # as above
            "sd": round(float(pairs.std() or 0.0), 1),  # type: ignore[arg-type]  # as above
            "low": round(float(pairs.quantile(0.025, "nearest") or 0.0), 1),
            "high": round(float(pairs.quantile(0.975, "nearest") or 0.0), 1),
        },
    }


def _by_reason(lines: pl.DataFrame, rules: Rules) -> list[dict[str, Any]]:
    rows = []
    grouped = lines.group_by("outcome", "reason").len().sort("outcome", "len", "reason", descending=[True, True, False])
    for outcome, reason, number in grouped.iter_rows():
        known = rules.reasons.get(reason)
        words = known.words if known else REASONS.get(reason) or UNRESOLVED.get(reason) or NOT_READ.get(outcome, "")
        rows.append(
            {
                "outcome": outcome,
                "reason": reason,
                "code": known.code if known else None,
                "words": words,
                "lines": number,
                "cite": known.source.cite if known else None,
                "url": (known.source.url or None) if known else None,
            }
        )
    return rows


def _groups(lines: pl.DataFrame, by: str) -> list[dict[str, Any]]:
    """Give the groups, the largest first; `low` and `high` are a span, as that of the whole petition is."""
    rows = []
    for (name,), part in lines.group_by(by, maintain_order=True):
        found, count = span(part), part.height
        rows.append(
            {
                "name": name,
                "lines": count,
                **{each: int((part["outcome"] == each).sum()) for each in ("valid", "invalid", "unresolved")},
                "duplicates": int((part["reason"] == "duplicate").sum()),
                "validity": round(found.expected / count, 4),
                "low": round(found.low / count, 4),
                "high": round(found.high / count, 4),
            }
        )
    return sorted(rows, key=lambda row: (-row["lines"], row["name"]))


def _duplicates(lines: pl.DataFrame) -> dict[str, Any]:
    times = times_signed(lines)
    return {
        "voters": sum(voters for _, voters in times),
        "lines": sum((count - 1) * voters for count, voters in times),
        "most": max((count for count, _ in times), default=1),
        "times": [list(pair) for pair in times],
        "over_deducted": over_deducted(times),
    }


def _look_first(lines: pl.DataFrame) -> list[dict[str, Any]]:
    """Give the lines on which a person's look tells most: those whose probability is nearest to a half."""
    undecided = lines.filter(pl.col("outcome") != "invalid").with_columns(
        (pl.col("probability") - 0.5).abs().alias("far")
    )
    unsure = undecided.filter((pl.col("outcome") == "unresolved") | (pl.col("probability") < 0.95)).sort("far", "id")
    return [
        {
            "sheet": row["sheet"],
            "line": row["line"],
            "outcome": row["outcome"],
            "probability": row["probability"],
            "why": _why(row),
        }
        for row in unsure.head(LOOK_FIRST).iter_rows(named=True)
    ]


def _why(row: Mapping[str, Any]) -> str:
    if row["reason"] == "ambiguous":
        return str(row["evidence"]).split(":")[0]
    doubts = [part for part in str(row["evidence"]).split(", ") if "(-" in part]
    return "; ".join(doubts) or UNRESOLVED.get(str(row["reason"]), "several voters fit")


def _inputs(check: Check) -> dict[str, Any]:
    petition, roll = check.petition, check.roll
    return {
        "lines": {"file": petition.source, "sha256": petition.sha256, "cells_set_aside": petition.set_aside},
        "roll": {
            "file": roll.source,
            "sha256": roll.sha256,
            "taken_on": roll.taken_on.isoformat(),
            "voters": roll.size,
        },
        "frame": check.frame,
        "weights": VERSION,
        "seed": check.seed,
    }


def _strata_notes(check: Check) -> Sequence[str]:
    by = check.rules.divided_by
    if by is None:
        return ()
    if stated_strata(check.petition, by) is None:
        return (f"The lines name no {by}, so all were projected together; the law projects each {by} on its own.",)
    silent = sum(each.raw for each in check.counts if each.stratum == NOT_STATED)
    if not silent:
        return ()
    if silent == 1:
        return (f"1 line names no {by} and was projected as one of its own; the law knows none such.",)
    return (f"{silent:,} lines name no {by} and were projected together as one of their own; the law knows none such.",)


def _notes(check: Check) -> Sequence[str]:
    one_source = resting_words(check.rules, required_given=check.required is not None)
    notes = [*check.assessment.warnings, *elsewhere_words(check.rules), *one_source]
    notes += few_found_notes(check.lines)
    notes += unnamed_notes(check.lines["standing"], check.lines["reason"], check.rules)
    if check.required is not None:
        notes.append("The requirement was given on the command line, not by law.")
    if check.petition.set_aside:
        notes.append(f"In the lines file {were(check.petition.set_aside, 'cell')} no day, and treated as empty.")
    notes += check.petition.remarks
    if check.roll.place not in (None, check.rules.place):
        notes.append(
            f"The roll was read with the columns and towns of {check.roll.place}, and the law is that of "
            f"{check.rules.place}."
        )
    filed = check.rules.days.of("filing")
    if check.roll.taken_on < filed:
        notes.append(
            f"The roll was taken on {check.roll.taken_on.isoformat()}, before {filed.isoformat()}: "
            "voters who registered in between are missing. "
            "In Washington's R-71 of 2009 that was one in eight of the lines not found."
        )
    if (check.roll.taken_on - filed).days > LONG_AFTER:
        notes.append(
            f"The roll was taken on {check.roll.taken_on.isoformat()}, long after {filed.isoformat()}: voters who left "
            "it or moved in between are missing, or stand with another address than they had."
        )
    notes += outside_notes(check.petition.frame, check.rules)
    notes += undated_notes(check.petition.frame, check.rules)
    notes += _strata_notes(check)
    notes.append(
        f"The span of the machine's count holds {KIND}; it is no confidence interval. It does not cover faults of the "
        "transcription or of the roll, and no signature was compared. For an interval that holds, have people rule "
        "lines drawn at random: check --to-rule."
    )
    return notes
