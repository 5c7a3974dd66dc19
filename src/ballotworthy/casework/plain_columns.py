"""A long column of texts as few values that JSON reads fast: by runs, by a letter for each text, or as one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, groupby, repeat
from typing import Any

LETTERS = "".join(map(chr, range(0x20, 0x7F))).translate({ord('"'): None, ord("\\"): None})
"""What JSON writes as it is: one letter stands for one of few texts."""
BETWEEN = "\x7f"
"""What stands between texts that are written as one: JSON writes it as it is, and hardly any text holds it."""
FEWER = 4
"""Runs are written where there are so many times fewer of them than texts."""


def plain_column(texts: Sequence[str]) -> Any:
    """Give a column of texts as values that JSON holds; `texts_of` gives it back."""
    if not texts:
        return []
    runs = [(text, sum(1 for _ in run)) for text, run in groupby(texts)]
    if len(runs) * FEWER <= len(texts):
        return {"$runs": plain_column([text for text, _ in runs]), "times": [times for _, times in runs]}
    few: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        if len(few) == len(LETTERS):
            break
        few[text] = LETTERS[len(few)]
    else:
        return {"$few": list(few), "letters": "".join(map(few.__getitem__, texts))}
    text = BETWEEN.join(texts)
    return {"$text": text} if text.count(BETWEEN) == len(texts) - 1 else list(texts)


def is_column(given: Mapping[str, Any]) -> bool:
    """Tell whether this is what `plain_column` gave of texts, unless it gave a list."""
    return "$text" in given or "$few" in given or "$runs" in given


def texts_of(given: Any) -> list[str]:
    """Give the column that `plain_column` gave.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it is none.
    """
    if isinstance(given, list):
        return given
    if "$runs" in given:
        return list(chain.from_iterable(map(repeat, texts_of(given["$runs"]), given["times"])))
    if "$few" in given:
        return list(map(dict(zip(LETTERS, given["$few"], strict=False)).__getitem__, given["letters"]))
    found: list[str] = given["$text"].split(BETWEEN)
    return found
