"""Project counts: the estimate and the verdict that the law draws from the counts of a checked petition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ballotworthy.check.asked import Asked, read_asked
from ballotworthy.errors import InputError
from ballotworthy.files.frames import Frame, polars_of
from ballotworthy.files.notebook import as_table
from ballotworthy.files.tables import given_table
from ballotworthy.law import Days, Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.law.elsewhere import elsewhere_data, elsewhere_words
from ballotworthy.law.given import read_given, with_given
from ballotworthy.law.second_sources import resting_on_one, resting_words
from ballotworthy.sufficiency import (
    BY_USER,
    MACHINE,
    Assessment,
    Beside,
    Challenge,
    Counts,
    assess,
    assessment_data,
    beside,
    beside_data,
    beside_words,
    challenge,
    challenge_data,
    challenge_words,
    on_its_day,
    read_counts,
    read_struck,
    strike,
)

BY_MACHINE = (
    "A machine counted these lines and no person ruled on them: they are judged as a sample is, as check judges them. "
    "That is no examination of every signature."
)


@dataclass(frozen=True)
class Projected:
    """What the law says of counts.

    Attributes:
        rules: the law they were judged by.
        rows: the counts, those that a challenge removed left out.
        before: the assessment before the challenge; the same where there is none.
        assessment: the assessment.
        beside: the statistics beside the law.
        required_given: whether the requirement was given in place of the law's.
        challenged: whether lines were removed.
        stood: how the count stands a challenge of the number of lines asked about.
    """

    rules: Rules
    rows: Sequence[Counts]
    before: Assessment
    assessment: Assessment
    beside: Beside
    required_given: bool
    challenged: bool
    stood: Challenge | None = None

    @property
    def by_machine(self) -> bool:
        """Whether a machine counted, and no person ruled on the lines: as a sample, whatever the number of lines."""
        return _by_machine(self.rows)

    @property
    def verdict(self) -> str:
        """`sufficient`, `insufficient`, `full-check` or `undecided`."""
        return self.assessment.verdict

    @property
    def estimate(self) -> int:
        """Signatures estimated valid by the law's formula."""
        return self.assessment.estimate

    @property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers, in sentences."""
        one_source = resting_words(self.rules, required_given=self.required_given)
        stood = [challenge_words(self.stood)] if self.stood else []
        machine = [BY_MACHINE] if self.by_machine else []
        return [*machine, *stood, *beside_words(self.beside), *elsewhere_words(self.rules), *one_source]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `project --json` prints it."""
        before = {"before": {"estimate": self.before.estimate, "verdict": self.before.verdict}}
        return {
            **assessment_data(self.assessment),
            **beside_data(self.beside),
            "by_machine": self.by_machine,
            "looked_up_elsewhere": elsewhere_data(self.rules),
            "one_source": list(resting_on_one(self.rules, required_given=self.required_given)),
            **(before if self.challenged else {}),
            **({"challenge": challenge_data(self.stood)} if self.stood else {}),
        }

    def _repr_html_(self) -> str:
        """Give verdict, rule and numbers as a table for a notebook, and what a reader must know beside them."""
        found = self.assessment
        rows = [
            ("verdict", self.verdict), ("rule", found.verdict_rule), ("source", found.verdict_source),
            ("estimate", f"{self.estimate:,}"), *((row.stratum or "lines", f"{row.raw:,} filed") for row in self.rows),
            *(("note", words) for words in self.notes),
        ]  # fmt: skip
        return as_table(f"{self.rules.place_name}: {self.rules.title}", rows)

    def __repr__(self) -> str:
        """Give the verdict, the estimate and the rule."""
        return f"Projected({self.verdict}: {self.estimate:,}; {self.assessment.verdict_rule})"


def project_counts(
    counts: str | Path | Frame | Sequence[Counts],
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | Days | None = None,
    rules: Rules | None = None,
    required: int | None = None,
    struck: str | Path | None = None,
    districts_met: int | None = None,
    given: Sequence[str] = (),
    events: Mapping[str, dt.date] | None = None,
    strike_lines: int | None = None,
) -> Projected:
    """Give the estimate and the verdict that the law draws from counts.

    Args:
        counts: a table of stratum, raw, sample, valid, duplicates (a path, or a frame in memory); the folder of a
            check; or such rows. Where a machine counted (`counted_by`), they are judged as a sample, as a check is.
        place, kind, on: whose law, for which kind of petition, on which governing day; where `counts` is
            the folder of a check and none of them is given, those of the check, with its `required` and `given`.
        rules: the law itself, in place of the three.
        required: signatures required, in place of the law's number.
        struck: a table of lines that a challenge removes.
        districts_met: districts that have their number, where only how many is known.
        given: rules that decide and that the data does not hold, as "insufficient_below=0.95".
        events: days of events from which the time to cure is counted, by their names.
        strike_lines: ask how the count stands a challenge of so many lines.

    Raises:
        InputError: the law is not named, or does not let these counts be projected, or the counts in the folder of a
            check are not those that it judged.
        FileFaults: a table is faulty; all faults are named.
        LawSilent: the law's data does not say what is needed.
    """
    checked = None if rules or place or kind or on else _asked_of(counts)
    if checked:
        place, kind, on = checked.place, checked.kind, checked.days
        required, given = checked.required if required is None else required, given or checked.rules
    law = with_given(rules or asked_rules(place, kind, on), [read_given(each, BY_USER.cite) for each in given])
    rows = _rows_of(counts)
    judged = partial(assess, treat_as_sample=_by_machine(rows), districts_met=districts_met)
    before = judged(law, rows, required)
    if checked and tuple(given) == tuple(checked.rules):
        _belongs(checked, before, counts)
    left = strike(rows, read_struck(Path(struck)), str(struck)) if struck else rows
    after = judged(law, left, required) if struck else before
    after = replace(after, cure=on_its_day(after.cure, law.place, events or {}))
    challenged = partial(challenge, treat_as_sample=_by_machine(rows), districts_met=districts_met)
    stood = challenged(law, left, strike_lines, required) if strike_lines is not None else None
    return Projected(law, left, before, after, beside(law, left, after), required is not None, bool(struck), stood)


def _by_machine(rows: Sequence[Counts]) -> bool:
    return any(row.counted_by == MACHINE for row in rows)


def _rows_of(counts: str | Path | Frame | Sequence[Counts]) -> tuple[Counts, ...]:
    if isinstance(counts, str | Path):
        return read_counts(_file(Path(counts)))
    if isinstance(counts, list | tuple) and all(isinstance(row, Counts) for row in counts):
        return tuple(counts)
    return read_counts(given_table(polars_of(counts)))


def _asked_of(counts: object) -> Asked | None:
    """Give what a check was asked, where the counts are its folder and say so; the caller's own words go before it."""
    if not isinstance(counts, str | Path) or not Path(counts).is_dir():
        return None
    return read_asked(Path(counts) / "result.json")


def _belongs(checked: Asked, found: Assessment, folder: object) -> None:
    """Refuse the folder of a check whose counts are not those that it judged: whose law they come under nobody said."""
    for what, said, gives in (
        ("signatures filed", checked.raw, found.raw),
        ("estimated valid", checked.estimate, found.estimate),
    ):
        if said != gives:
            raise InputError(
                f"{folder}: counts.csv gives {_told(gives)} {what}, and the check says {_told(said)} in result.json: "
                "one of them was changed since, or the law's data. Check the lines again, or give the counts file "
                "itself with --place, --kind and --on."
            )


def _told(number: int | None) -> str:
    return "no number" if number is None else f"{number:,}"


def _file(path: Path) -> Path:
    """Give the counts of a check's folder, or the file itself."""
    return path / "counts.csv" if path.is_dir() else path
