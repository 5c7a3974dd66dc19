"""Splink 4 on DuckDB as its documentation tells a careful user to run it: train without labels, predict, best per line.

`u` by random sampling, the chance that two random records match from deterministic rules, `m` by expectation-
maximisation under blocking rules that leave each comparison free once. Both sides get the same cleaned columns.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as cll
from splink import comparison_library as cl

warnings.filterwarnings("ignore")
logging.getLogger("splink").setLevel(logging.ERROR)

SEED = 1
LEAST = 0.000_1
"""Pairs below this probability are not kept; far below any threshold that matters here."""


@dataclass(frozen=True)
class Model:
    """What a user of Splink writes down.

    Attributes:
        comparisons: comparisons or their creators.
        blocking: rules that make the pairs to be weighed.
        certain: rules that only matches fulfil, for the prior.
        recall: the share of matches those are thought to find.
        training: a blocking rule for each session of expectation-maximisation.
    """

    comparisons: Sequence[Any]
    blocking: Sequence[Any]
    certain: Sequence[Any]
    recall: float
    training: Sequence[Any]


@dataclass(frozen=True)
class Run:
    """The best candidate of each line, `unique_id` to `voter`, `score` and `shared`, and seconds by step.

    `score` is Splink's match weight. `shared` is what its user may make of it: the odds of the best candidate
    against all others of the line and against nobody, so that two voters who fit alike share one probability.
    """

    best: pl.DataFrame
    seconds: dict[str, float]


def petition_model(birth: str, *, lean: bool = False) -> Model:
    """Give the model for lines and voters in plain form; `birth` is none, year or date.

    `lean` takes six blocking rules, of which five hold the zip or the whole name: fewer pairs to weigh, so faster.

    Of five models tried on a fifth of the lines this was the best for Splink: first and last name each by
    themselves and the address as one comparison beat its `ForenameSurnameComparison` beside separate address
    parts by far, since members of one household share all but the first name.
    """
    middle = cl.CustomComparison(
        output_column_name="middle",
        comparison_levels=[
            cll.NullLevel("middle"),
            cll.ExactMatchLevel("middle"),
            cll.CustomLevel("substr(middle_l, 1, 1) = substr(middle_r, 1, 1)", "initial"),
            cll.ElseLevel(),
        ],
    )
    town = cl.CustomComparison(
        output_column_name="town",
        comparison_levels=[
            cll.And(cll.NullLevel("zip"), cll.NullLevel("city")),
            cll.ExactMatchLevel("zip", term_frequency_adjustments=True),
            cll.ExactMatchLevel("city", term_frequency_adjustments=True),
            cll.DamerauLevenshteinLevel("zip", 1),
            cll.JaroWinklerLevel("city", 0.9),
            cll.ElseLevel(),
        ],
    )
    house = cl.CustomComparison(
        output_column_name="house",
        comparison_levels=[
            cll.And(cll.NullLevel("number"), cll.NullLevel("street")),
            cll.And(cll.ExactMatchLevel("number"), cll.ExactMatchLevel("street")),
            cll.And(cll.ExactMatchLevel("number"), cll.JaroWinklerLevel("street", 0.85)),
            cll.And(cll.DamerauLevenshteinLevel("number", 1), cll.ExactMatchLevel("street")),
            cll.ExactMatchLevel("street"),
            cll.ExactMatchLevel("number"),
            cll.ElseLevel(),
        ],
    )
    comparisons: list[Any] = [
        cl.NameComparison("first"), cl.NameComparison("last"), middle, cl.ExactMatch("suffix"), house,
        cl.ExactMatch("unit"), town,
    ]  # fmt: skip
    blocking = [
        block_on("last", "first"), block_on("last", "number"), block_on("first", "number"),
        block_on("number", "street"), block_on("last", "street"), block_on("first", "zip", "substr(last, 1, 2)"),
        block_on("last", "zip", "substr(first, 1, 1)"), block_on("number", "zip"),
        block_on("street", "zip", "substr(first, 1, 1)"),
    ]  # fmt: skip
    training = [block_on("last", "first"), block_on("last", "number", "street")]
    certain = [block_on("last", "first", "number"), block_on("last", "number", "street", "substr(first, 1, 1)")]
    if birth == "date":
        comparisons.append(cl.DateOfBirthComparison("birth_date", input_is_string=True))
        blocking += [block_on("last", "birth_date"), block_on("first", "birth_date")]
        certain.append(block_on("last", "birth_date", "first"))
    elif birth == "year":
        comparisons.append(cl.ExactMatch("birth_date"))
    if lean:
        blocking = [
            block_on("last", "zip"), block_on("last", "first"), block_on("number", "street"),
            block_on("zip", "number", "first"), block_on("zip", "number", "substr(last, 1, 3)"),
            block_on("first", "street", "zip"),
        ]  # fmt: skip
    return Model(comparisons, blocking, certain, 0.85, training)


def link(lines: Any, voters: Any, model: Model, *, most_pairs: float = 1e7, base: DuckDBAPI | None = None,
         labels: pl.DataFrame | None = None) -> Run:  # fmt: skip
    """Train on lines and voters (tables Splink takes, with `unique_id`), predict, and keep the best of each line.

    With `labels` (columns `line` and `voter`: pairs a person found to match) `m` is taken from them instead of by
    expectation-maximisation.
    """
    begin = time.perf_counter()
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=list(model.comparisons),
        blocking_rules_to_generate_predictions=list(model.blocking),
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(
        [lines, voters],
        settings,
        base or DuckDBAPI(),
        input_table_aliases=["a_lines", "b_voters"],
        set_up_basic_logging=False,
    )
    linker.training.estimate_probability_two_random_records_match(list(model.certain), recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=most_pairs, seed=SEED)
    if labels is not None:
        table = labels.select(
            source_dataset_l=pl.lit("a_lines"),
            unique_id_l="line",
            source_dataset_r=pl.lit("b_voters"),
            unique_id_r="voter",
        ).to_pandas()
        linker.training.estimate_m_from_pairwise_labels(linker.table_management.register_table(table, "labels"))
    for rule in () if labels is not None else model.training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_probability=LEAST)
    predicted = time.perf_counter()
    query = f"""
        select unique_id_l as unique_id, arg_max(unique_id_r, match_weight) as voter, max(match_weight) as score,
            pow(2, greatest(least(max(match_weight), 500), -500))
                / (1 + sum(pow(2, greatest(least(match_weight, 500), -500)))) as shared
        from {pairs.physical_name} group by unique_id_l"""  # noqa: S608 -- Splink's own name of its table
    best = pl.from_pandas(linker.misc.query_sql(query))
    done = time.perf_counter()
    return Run(best, {"train": trained - begin, "predict": predicted - trained, "all": done - begin})


def in_order(run: Run, ids: pl.Series, score: str = "score") -> pl.DataFrame:
    """Give `voter` and `score`, one row for each of the line ids, in their order."""
    wanted = pl.DataFrame({"unique_id": ids})
    kept = run.best.select("unique_id", "voter", pl.col(score).alias("score"))
    return wanted.join(kept, on="unique_id", how="left", maintain_order="left").drop("unique_id")
