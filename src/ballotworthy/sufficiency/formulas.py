"""The formulas of law by their names in law.toml: rows of counts to an estimate of the whole petition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ballotworthy.errors import LawAbsent
from ballotworthy.law import Rules
from ballotworthy.stats import (
    Projection,
    Step,
    arizona,
    california,
    colorado,
    full_count,
    illinois,
    michigan,
    nevada,
    new_zealand,
    share_of_valid,
    south_dakota,
    washington,
)
from ballotworthy.stats.project.steps import Told
from ballotworthy.sufficiency.counts import Counts


@dataclass(frozen=True)
class Estimate:
    """Projected signatures: of the petition, of each row, and the steps to them.

    `parts` is None where the formula knows no estimate of a single row.
    """

    total: int
    parts: tuple[int, ...] | None
    tell: Told = field(repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give every step to the estimate, each with its stratum."""
        return self.tell()


@dataclass(frozen=True)
class Formula:
    """One formula of law.

    Attributes:
        project: rules and rows to an estimate.
        columns: the columns a counts file needs beyond the common ones.
        samples: it projects a sample; False where every signature is examined.
        one_row: it takes the sample of a whole petition, in one row.
        test_after: what it counts does not yet qualify the petition, because a test follows.
        rounds: it leaves the rounding of its estimate to the office, so that the place's rule decides.
    """

    project: Callable[[Rules, Sequence[Counts]], Estimate]
    columns: tuple[str, ...] = ()
    samples: bool = True
    one_row: bool = False
    test_after: bool = False
    rounds: bool = False


def _by_row(project: Callable[[Rules, Counts], Projection]) -> Callable[[Rules, Sequence[Counts]], Estimate]:
    """Give the formula that projects each row on its own and adds up; a row examined in full is counted."""

    def of_all(rules: Rules, counts: Sequence[Counts]) -> Estimate:
        parts = [full_count(row.population, row.valid) if row.full else project(rules, row) for row in counts]
        numbers = tuple(part.estimate for part in parts)
        return Estimate(sum(numbers), numbers, lambda: _steps(counts, parts))

    return of_all


def _steps(counts: Sequence[Counts], parts: Sequence[Projection]) -> tuple[Step, ...]:
    rows = zip(counts, parts, strict=True)
    return tuple(replace(step, stratum=row.name) for row, part in rows for step in part.steps)


def _plain(formula: Callable[[int, int, int, int], Projection]) -> Callable[[Rules, Sequence[Counts]], Estimate]:
    return _by_row(lambda _, row: formula(row.population, row.sample, row.valid, row.duplicates))


def _rounded(
    formula: Callable[[int, int, int, int, str], Projection], rounding: str
) -> Callable[[Rules, Sequence[Counts]], Estimate]:
    """Give a formula whose rounding is the office's: the place's rule, or `rounding` where it has none."""

    def project(rules: Rules, row: Counts) -> Projection:
        chosen = rules.rounding.value if rules.rounding else rounding
        return formula(row.population, row.sample, row.valid, row.duplicates, chosen)

    return _by_row(project)


def _south_dakota(rules: Rules, row: Counts) -> Projection:
    rounding = rules.rounding.value if rules.rounding else "down"
    places = rules.percent_places.value if rules.percent_places else None
    return south_dakota(row.population, row.sample, row.valid, row.duplicates, rounding, places)


def _new_zealand(_: Rules, row: Counts) -> Projection:
    seen = () if row.seen_2 is None else (row.seen_2, row.seen_3 or 0)
    return new_zealand(row.population, row.sample, row.valid, row.duplicates, seen)


def _arizona(rules: Rules, counts: Sequence[Counts]) -> Estimate:
    """Add the counties up before anything is subtracted: the rate is that of the whole random sample."""
    if all(row.full for row in counts):
        return _full(rules, counts)
    found = arizona(
        sum(row.raw for row in counts),
        sum(row.removed for row in counts),
        sum(row.sample for row in counts),
        sum(row.valid for row in counts),
        sum(row.duplicates for row in counts),
        rules.rounding.value if rules.rounding else "down",
    )
    return Estimate(found.estimate, None, found.tell)


def _oregon(rules: Rules, counts: Sequence[Counts]) -> Estimate:
    """Refuse a sample: the coefficients of OAR 165-014-0030, Appendix 1, are not in the data."""
    if all(row.full for row in counts):
        return _full(rules, counts)
    raise LawAbsent(
        f"the formula of {rules.formula.source} is not in the data: its appendix, with the coefficients of the "
        "two samples, was not found. Examine every signature, and give as many as sampled as were filed."
    )


def _share(*, weighted: bool) -> Callable[[Rules, Sequence[Counts]], Estimate]:
    def project(rules: Rules, row: Counts) -> Projection:
        law = (rules.sample_formula or rules.formula).source
        rounding = rules.rounding.value if rules.rounding else "down"
        counts = (row.population, row.sample, row.valid, row.duplicates)
        return share_of_valid(*counts, rounding, law.cite, law.url, weighted=weighted)

    return _by_row(project)


_full = _by_row(lambda _, row: full_count(row.population, row.valid))

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "full-count": Formula(_full, samples=False),
        "district-of-columbia": Formula(_full, samples=False, test_after=True),
        "share-of-valid": Formula(_share(weighted=False), rounds=True),
        "share-less-pairs": Formula(_share(weighted=True), rounds=True),
        "california": Formula(_plain(california)),
        "washington": Formula(_plain(washington), one_row=True),
        "colorado": Formula(_rounded(colorado, "nearest"), rounds=True),
        "south-dakota": Formula(_by_row(_south_dakota), rounds=True),
        "arizona": Formula(_arizona, columns=("removed",), rounds=True),
        "michigan": Formula(_rounded(michigan, "down"), columns=("removed",), rounds=True),
        "illinois": Formula(_rounded(illinois, "down"), rounds=True),
        "nevada": Formula(_rounded(nevada, "down"), rounds=True),
        "oregon": Formula(_oregon),
        "new-zealand": Formula(_by_row(_new_zealand), columns=("seen_2", "seen_3")),
    }
)


def formula_of(rules: Rules, counts: Sequence[Counts]) -> Formula:
    """Give the formula of these counts: that of samples where the office took one in place of a full count."""
    sampled = rules.sample_formula is not None and not all(row.full for row in counts)
    return FORMULAS[rules.sample_formula.value if sampled and rules.sample_formula else rules.formula.value]
