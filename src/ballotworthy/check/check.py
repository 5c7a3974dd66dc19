"""The committee's check: every line of a petition judged by machine, and what the law makes of the count.

It gives an estimate and never a certificate: the office decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ballotworthy.check.again import again
from ballotworthy.check.differing import asks_home
from ballotworthy.check.draws import Draws, draw_often
from ballotworthy.check.duplicates import mark_duplicates
from ballotworthy.check.open_repeats import without_repeats
from ballotworthy.check.outcomes import outcomes
from ballotworthy.check.screen import Screen, screen
from ballotworthy.check.screen_facts import facts_of
from ballotworthy.check.seen_days import with_seen_days
from ballotworthy.check.seen_declared import with_seen_declared
from ballotworthy.check.seen_names import may_refuse
from ballotworthy.check.seen_wards import with_seen_wards
from ballotworthy.check.unnamed import unnamed
from ballotworthy.check.which_counts import which_counts
from ballotworthy.files.progress import Progress, silent
from ballotworthy.law import Rules
from ballotworthy.law.reasons import UNWRITTEN
from ballotworthy.match import Matches, find
from ballotworthy.match.moved import with_moved
from ballotworthy.petition import Petition, estimated_strata, fingerprint, line_ids
from ballotworthy.roll import Roll
from ballotworthy.sufficiency import MACHINE, Assessment, Counts, assess


@dataclass(frozen=True)
class Check:
    """A checked petition.

    Attributes:
        rules: the law it was checked by.
        petition, roll: what was checked, and against what.
        required: the requirement that the user gave in place of the law's, or None.
        lines: `id`, `sheet`, `line`, `stratum`, `circulator` and `transcriber` (null where not stated), `outcome`,
            `reason`, `voter_id`, `weight`, `probability`, `evidence`, `standing`, `undated` and `kind` (see
            `outcomes`), `duplicate_of`; one row a line, as filed.
        counts: what the machine counted in each stratum, all lines examined.
        assessment: what the law makes of these counts, taken as a sample would be.
        draws: what the office's own sample would say, None where the law orders no sample.
        frame: fingerprint of the line ids.
        seed: the seed of the draws.
        screen: what the screen of circulators found.
    """

    rules: Rules
    petition: Petition
    roll: Roll
    required: int | None
    lines: pl.DataFrame
    counts: tuple[Counts, ...]
    assessment: Assessment
    draws: Draws | None
    frame: str
    seed: str
    screen: Screen


def check(
    petition: Petition,
    roll: Roll,
    rules: Rules,
    *,
    required: int | None = None,
    seed: str = "",
    progress: Progress = silent,
) -> Check:
    """Check all lines of a petition.

    Args:
        petition: the lines as read.
        roll: an open snapshot.
        rules: the place's rules on the governing day.
        required: signatures required, in place of the law's number.
        seed: of the draws; the frame's fingerprint when empty, so that a check repeats itself.
        progress: called as work goes on.

    Raises:
        InputError: the law does not let these lines be projected.
        LawSilent: the law's requirement for the day is not held and none is given, or the data does not say
            which of several lines of a voter counts, or what a line must have.
    """
    _refuse_silence(rules)
    frame = fingerprint(line_ids(petition.frame).to_list())
    petition = with_seen_declared(with_seen_days(petition, rules), rules)
    petition = with_seen_wards(petition, roll)
    matches = find(petition.frame, roll, pictures=petition.pictures, progress=progress)
    lines = judge(petition, roll, matches, rules)
    filed = _filed(lines, rules)
    counts = count(filed)
    assessment = assess(rules, counts, required, treat_as_sample=True)
    draws = draw_often(filed, rules, required, seed or frame, progress=progress)
    screened = screen(facts_of(petition, roll, matches, lines))
    return Check(rules, petition, roll, required, lines, counts, assessment, draws, frame, seed or frame, screened)


def judge(petition: Petition, roll: Roll, matches: Matches, rules: Rules) -> pl.DataFrame:
    """Give what was found of each line, as `Check.lines` holds it; who moved signs too where no home is asked.

    Raises:
        LawSilent: the law's data does not say which of several lines of a voter counts, or what a line must have.
    """
    _refuse_silence(rules)
    if not asks_home(rules):
        matches = with_moved(matches, roll)
    return judged_together(judged_alone(petition, roll, matches, rules), petition, roll, matches, rules)


def judged_alone(petition: Petition, roll: Roll, matches: Matches, rules: Rules) -> pl.DataFrame:
    """Give what was found of each line by itself, as if no voter had signed twice; `matches` as for `outcomes`."""
    who = [_named(petition, name) for name in ("circulator", "transcriber")]
    strata = estimated_strata(petition, rules.divided_by, rules.place_name, [each.name for each in rules.strata])
    own = [line_ids(petition.frame), petition.frame["sheet"], petition.frame["line"], strata]
    return pl.DataFrame([*own, *who]).hstack(outcomes(petition, roll, matches, rules))


def judged_together(
    lines: pl.DataFrame, petition: Petition, roll: Roll, matches: Matches, rules: Rules
) -> pl.DataFrame:
    """Give lines that were judged alone with what follows where a voter signed more than one of them.

    Raises:
        LawSilent: the law's data does not say which of several lines of a voter counts.
    """
    marked = mark_duplicates(lines, rules)
    share = again(marked, matches, roll)
    known = which_counts(marked, share, rules).drop("nobody", "another")
    return without_repeats(known, matches, roll, rules, share, unnamed(petition, matches) & may_refuse(matches))


def _refuse_silence(rules: Rules) -> None:
    for rule in ("duplicates", "line_fields"):
        rules.needed(rule)


def count(filed: pl.DataFrame) -> tuple[Counts, ...]:
    """Give the counts of each stratum: valid is the sum of the lines' probabilities, rounded to whole signatures."""
    grouped = filed.group_by("stratum", maintain_order=True).agg(
        pl.len().alias("raw"),
        (pl.col("reason") == "duplicate").sum().alias("duplicates"),
        pl.col("probability").sum().alias("valid"),
    )
    return tuple(
        Counts(stratum, raw, raw, min(round(valid), raw - duplicates), duplicates, counted_by=MACHINE)
        for stratum, raw, duplicates, valid in grouped.sort("stratum").iter_rows()
    )


def _named(petition: Petition, column: str) -> pl.Series:
    """Give a column of the lines, null where the file has none."""
    if column in petition.frame.columns:
        return petition.frame[column]
    return pl.Series(column, [None], dtype=pl.String).new_from_index(0, petition.frame.height)


def _filed(lines: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Leave out blank and struck lines where the law does not count them as filed."""
    if rules.blank_lines_count:
        return lines
    return lines.filter(~pl.col("reason").is_in(UNWRITTEN))
