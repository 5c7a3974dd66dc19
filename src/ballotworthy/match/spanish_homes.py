"""Homes of lines written as in Spanish, "Calle Olvera No. 1593, Depto 27": put as the roll has them, number first.

The roll may have that street as the line does, as Calle Olvera, or as Olvera St; the first of these that some voter
lives in is what the line says, and where none does, the last.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.roll import Roll
from ballotworthy.roll.keys_there import keys_there
from ballotworthy.roll.name_table import letter_keys
from ballotworthy.roll.records import pack_people

SPANISH_UNITS = "DEPTO|DPTO|DEPARTAMENTO|APTO|APARTAMENTO|INT|INTERIOR|PISO|UNIDAD"
UNITS = r"\b\.?\s*#?\s*([A-Z]?\d+-?[A-Z]?|[A-Z])"
UNIT, SPANISH_UNIT = rf"(?:{SPANISH_UNITS}|APT){UNITS}", rf"(?:{SPANISH_UNITS}){UNITS}"
NUMBER = rf"(?:(?:NO|N[UÚ]M|N[UÚ]MERO)\b\.?\s*)?(\d{{1,5}}[A-Z]?)(?:[\s,]+{UNIT})?"
NAME = r"([^\W\d][^,\d]*?)"
LEADING = r"(CALLE|CLL|CALLEJON|CALLEJÓN|CAMINO|PASEO|VIA|VÍA)"
FORMS = (
    (rf"^(?:BULEVAR|BOULEVARD|BLVD|BLVR)\.?\s+{NAME}[\s,]+{NUMBER}$", "$2 $1 BLVD, APT $3"),
    (rf"^(?:AVENIDA|AVDA|AV)\.?\s+{NAME}[\s,]+{NUMBER}$", "$2 AVENIDA $1, APT $3"),
    (rf"^{LEADING}\.?\s+{NAME}[\s,]+{NUMBER}$", "$3 $1 $2, APT $4"),
    (rf"^(\d+)\s+(?:BULEVAR|BLVR)\.?\s+{NAME}(?:[\s,]+{UNIT})?$", "$1 $2 BLVD, APT $3"),
    (rf"^(\d+\s+.*?\S)[\s,]+{SPANISH_UNIT}$", "$1, APT $2"),
)
"""Each form in capitals, and what it is written as; a unit that is not there is left out."""
STREETS = ((r"^(\d+[A-Z]?) (?:CALLE|CLL)\.? ([^,]+?)(, APT .*)?$", "$1 $2 ST$3"),)
"""What a street is called in English that stands with its number first by now."""
ANY = (
    r"(?i)\b(?:bulevar|boulevard|blvr|avenida|avda|calle|cll|callej[oó]n|camino|paseo|v[ií]a|depto|dpto|departamento|"
    r"apto|apartamento|int|interior|piso|unidad)\b|^\s*(?:blvd|av)\b"
)
"""What all of them have, and hardly any other line."""
BARE, TYPE = np.uint64(16), np.uint64(48)
"""Where it stands in the second number of a street that a home has no number, and the type: behind the name's ten
letters."""


def number_first(lines: pl.DataFrame, roll: Roll) -> pl.DataFrame:
    """Give the lines with such homes written with the number first, but where the roll has the street as written."""
    column = next((name for name in ("street_name", "address") if name in lines.columns), "")
    if not column:
        return lines
    alone = pl.col("house_number").is_null() if "house_number" in lines.columns else pl.lit(value=True)
    asked = (pl.col(column).str.contains(ANY) & alone).fill_null(value=False)
    rows = lines.select(asked.alias("asked")).to_series().arg_true().to_numpy()
    written = lines[column].gather(rows)
    put = _put(written, FORMS)
    english = _put(put, STREETS)
    changed = (english != written).to_numpy()
    if not changed.any():
        return lines
    rows, keep = rows[changed], pl.Series(changed)
    some, put, english = lines[rows], put.filter(keep), english.filter(keep)
    each = [pack_people(some.with_columns(homes.alias(column)), roll.frequencies) for homes in (some[column], put)]
    streets = np.concatenate([_streets(homes) for homes in each])
    as_written, as_put = np.split(keys_there(roll.records, streets, _streets).has(streets), 2)
    chosen = pl.when(pl.Series(as_put)).then(put).otherwise(english)
    meant = pl.select(pl.when(pl.Series(as_written)).then(some[column]).otherwise(chosen)).to_series()
    return lines.with_columns(lines[column].scatter(rows, meant))


def _put(homes: pl.Series, forms: tuple[tuple[str, str], ...]) -> pl.Series:
    """Give homes that have one of the forms as it is written, the others as they are."""
    capitals = homes.str.strip_chars().str.to_uppercase()
    put = capitals
    for pattern, written in forms:
        put = put.str.replace(pattern, written)
    changed = put != capitals
    put = put.str.replace(r", APT $", "")
    return pl.select(pl.when(changed).then(put).otherwise(homes)).to_series()


def _streets(homes: np.ndarray) -> np.ndarray:
    """Give the street of each home by name and type, and by whether it has no number, as two numbers; (homes, 2)."""
    keys = letter_keys(homes["street"])
    keys[:, 1] |= ((homes["number"] == 0).astype(np.uint64) << BARE) | (homes["type"].astype(np.uint64) << TYPE)
    return keys
