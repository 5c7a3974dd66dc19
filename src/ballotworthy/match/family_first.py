"""Family names of several words that stand first in a name of one cell: "De la Cruz Elena", "Diaz Garcia Maria Elena".

`roll.orders` takes the first word for the family's name. Where that is a particle it takes what belongs to it too here,
and a second surname behind it; without a particle two surnames are taken so, if both words are rather surnames on this
roll, and before one given name alone if it has both as one voter's. What such a reading is worth hangs on the names
themselves, as of any other.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.files.distinct import each_distinct
from ballotworthy.roll.frequencies import WIDTH, Frequencies, both_surnames
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.plain import PARTICLES, first_and_middle, last_name, plain, words_of_text

FIRST = r"^\s*([^\s-]+)"
LEAST = 3
"""Words of such a name at least."""
PARTS = ("first", "middle", "last", "one", "two")


def led_names(texts: pl.Series, frequencies: Frequencies) -> tuple[np.ndarray, np.ndarray]:
    """Give which of these names may begin with such a family's name, int64, repeated, and those names so read.

    The names are `packed.RECORD` with nothing but first, middle and last name.
    """
    several = texts.str.count_matches("[ -]") >= LEAST - 1
    first = _plainly(texts.str.extract(FIRST, 1).fill_null(""))
    led = several & (first.is_in(list(PARTICLES)) | _rather_surnames(first, frequencies))
    asked = led.fill_null(value=False)
    rows, names = list[int](), list[tuple[str, ...]]()
    for row in asked.arg_true().to_list():
        for name in _read(texts[row]):
            rows.append(row)
            names.append(name)
    read = pl.DataFrame(names, schema=dict.fromkeys(PARTS, pl.String), orient="row")
    rather = _rather_surnames(read["one"], frequencies) & _rather_surnames(read["two"], frequencies)
    read = read.with_columns(both_surnames(read["last"]).str.slice(0, WIDTH["last"]).alias("last"))
    known = read["last"].is_in(frequencies.last["name"].implode()) | (read["one"] == "") | (read["middle"] != "")
    kept = (rather & known).to_numpy()
    read = read.filter(kept)
    found = np.zeros(read.height, RECORD)
    for part in PARTS[:3]:
        found[part] = letters(read[part], RECORD[part].shape[0])
    return np.array(rows, np.int64)[kept], found


def _read(text: str) -> list[tuple[str, ...]]:
    """Give first, middle and last name of each such reading, and the words that must be surnames for it."""
    if "," in text:
        return []
    words = " ".join(words_of_text(text)[0]).split()
    begins = [at for at in range(len(words)) if at == 0 or words[at - 1] not in PARTICLES]
    if len(begins) < 2 or len(words[-1]) == 1:
        return []
    found = list[tuple[str, ...]]()
    led = begins[1] > 1
    if led:
        found.append((*first_and_middle(words[begins[1] :]), last_name(words[: begins[1]]), "", ""))
    if len(begins) >= LEAST:
        one = "" if led else words[0]
        two = last_name(words[begins[1] : begins[2]])
        found.append((*first_and_middle(words[begins[2] :]), last_name(words[: begins[2]]), one, two))
    return found


def _plainly(words: pl.Series) -> pl.Series:
    """Give single words in plain form: those that are not bare letters read once for each distinct one."""
    odd = words.str.contains("[^A-Za-z]")
    return words.str.to_uppercase().scatter(odd.arg_true(), each_distinct(words.filter(odd), plain))


def _rather_surnames(words: pl.Series, frequencies: Frequencies) -> pl.Series:
    """Tell which words are borne on this roll rather as a last name than as a first one, and the empty ones."""
    last, first = frequencies.last_bits(words), frequencies.first_bits(words)
    return pl.Series((last < first) & (last < frequencies.unseen[0])) | (words == "")
