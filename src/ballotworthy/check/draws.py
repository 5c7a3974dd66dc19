"""What the office's own sample would say: the lawful sample drawn many times from the lines the machine judged.

Each draw takes, stratum by stratum, as many lines as the law orders, counts them as an office would (each
voter once under valid, further lines of a voter in the sample under duplicates) and asks the law.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from ballotworthy.errors import LawSilent
from ballotworthy.files.progress import Progress, silent
from ballotworthy.law import Rules
from ballotworthy.sufficiency import FORMULAS, Counts, judge, pairs_of, sample_size

RUNS = 400
BINS = 40
VERDICTS = ("insufficient", "full-check", "undecided", "sufficient")


@dataclass(frozen=True)
class Draws:
    """The answers of many lawful samples.

    Attributes:
        seed: the seed they come from.
        sample_size: lines in one sample, all strata together.
        estimates: the projected number of each draw; whole numbers.
        probability: share of the draws that ended in each verdict.
        pairs: the unbiased pair estimate of each draw, beside the law.
    """

    seed: str
    sample_size: int
    estimates: tuple[int, ...]
    probability: dict[str, float]
    pairs: tuple[float, ...]

    def histogram(self) -> list[tuple[float, float, int]]:
        """Give bins of equal width: left edge, right edge, number of draws."""
        counts, edges = np.histogram(self.estimates, bins=min(BINS, max(1, len(set(self.estimates)))))
        return [(float(a), float(b), int(c)) for a, b, c in zip(edges[:-1], edges[1:], counts, strict=True)]


@dataclass(frozen=True)
class _Stratum:
    name: str
    raw: int
    sample: int
    single: np.ndarray
    groups: np.ndarray


def draw_often(
    lines: pl.DataFrame,
    rules: Rules,
    required: int | None,
    seed: str,
    *,
    runs: int = RUNS,
    progress: Progress = silent,
) -> Draws | None:
    """Draw the lawful sample `runs` times; None where the law projects no sample.

    Takes `stratum`, `outcome`, `reason`, `voter_id`, `probability`. A line that is not decided counts as
    valid in a draw with its probability.
    """
    if not FORMULAS[rules.formula.value].samples:
        return None
    try:
        strata = [_stratum(str(name[0]), part, rules) for name, part in lines.group_by("stratum", maintain_order=True)]
    except LawSilent:
        return None
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big"))
    estimates: list[int] = []
    pairs: list[float] = []
    verdicts: Counter[str] = Counter()

    @cache  # a small sample, or a whole count, gives the same numbers again and again
    def answered(counts: tuple[Counts, ...]) -> tuple[int, str, float]:
        answer = judge(rules, counts, required, treat_as_sample=True)
        return answer.estimate, answer.decision.verdict, pairs_of(rules, counts)[0]

    progress("draw the lawful sample", 0, runs)
    for run in range(runs):
        estimate, verdict, pair = answered(tuple(_count(stratum, rng) for stratum in strata))
        estimates.append(estimate)
        pairs.append(pair)
        verdicts[verdict] += 1
        progress("draw the lawful sample", run + 1, runs)
    share = {each: verdicts[each] / runs for each in VERDICTS if verdicts[each] or each != "undecided"}
    return Draws(seed, sum(stratum.sample for stratum in strata), tuple(estimates), share, tuple(pairs))


def _stratum(name: str, part: pl.DataFrame, rules: Rules) -> _Stratum:
    """Set apart the lines of voters who signed here more than once from all others, of whom only numbers matter."""
    linked = part.filter((pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate"))
    often = linked.filter(pl.len().over("voter_id") > 1)
    alone = part.filter(~((pl.col("outcome") == "invalid") & (pl.col("reason") != "duplicate"))).join(
        often.select("id"), on="id", how="anti"
    )
    chances = alone.select(pl.when(pl.col("reason") == "duplicate").then(1.0).otherwise("probability")).to_series()
    groups = often["voter_id"].rank("dense").cast(pl.Int64).to_numpy() if often.height else np.empty(0, np.int64)
    return _Stratum(name, part.height, sample_size(rules, part.height), chances.to_numpy(), groups)


def _count(stratum: _Stratum, rng: np.random.Generator) -> Counts:
    """Draw without replacement: how many lines of repeated signers, which of them, how many of the others count."""
    groups = stratum.groups
    if stratum.sample == stratum.raw:
        from_groups = len(groups)
    else:
        from_groups = (
            int(rng.hypergeometric(len(groups), stratum.raw - len(groups), stratum.sample)) if len(groups) else 0
        )
    taken = rng.permutation(groups)[:from_groups]
    distinct = int(np.count_nonzero(np.bincount(taken)))
    countable = int(np.count_nonzero(rng.random(len(stratum.single)) < stratum.single))
    rest = stratum.sample - from_groups
    others = stratum.raw - len(groups) - countable
    alone = int(rng.hypergeometric(countable, others, rest)) if rest and countable else 0
    return Counts(stratum.name, stratum.raw, stratum.sample, distinct + alone, from_groups - distinct)
