"""Family names of three words in a name of one cell: "Rosalie Has No Horse" where the roll has HAS NO HORSE.

The usual reading takes the last word for the family's name. Where the roll has the last three words as a last name the
line may be read so as well, and with initials or given names before them.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.roll.frequencies import WIDTH, Frequencies, both_surnames
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.plain import first_and_middle, words_of_text

WORDS = 3


def long_names(texts: pl.Series, frequencies: Frequencies) -> tuple[np.ndarray, np.ndarray]:
    """Give which of these names end in a last name of three words that the roll has, int64, and those names so read.

    The names are `packed.RECORD` with nothing but first, middle and last name.
    """
    known = frequencies.last["name"]
    known = known.filter(known.str.count_matches(" ", literal=True) == WORDS - 1)
    if not len(known):
        return np.zeros(0, np.int64), np.zeros(0, RECORD)
    rows, names = list[int](), list[tuple[str, str, str]]()
    several = texts.str.count_matches("[ -]") >= WORDS
    for row in several.fill_null(value=False).arg_true().to_list():
        words = [] if "," in texts[row] else " ".join(words_of_text(texts[row])[0]).split()
        if len(words) > WORDS:
            rows.append(row)
            names.append((*first_and_middle(words[:-WORDS]), " ".join(words[-WORDS:])))
    parts = pl.DataFrame(names, schema=dict.fromkeys(("first", "middle", "last"), pl.String), orient="row")
    parts = parts.with_columns(both_surnames(parts["last"]).str.slice(0, WIDTH["last"]).alias("last"))
    kept = parts["last"].is_in(known.implode())
    found = np.zeros(int(kept.sum()), RECORD)
    for part in parts.columns:
        found[part] = letters(parts[part].filter(kept), RECORD[part].shape[0])
    return np.array(rows, np.int64)[kept.to_numpy()], found
