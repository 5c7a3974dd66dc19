"""Sentences on a terminal: broken between words, where its edge would break them within; a file gets them whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST = 40
"""Columns below which nothing is gained by breaking between words."""


def folded(text: str, width: int) -> str:
    """Give a text whose lines are at most as wide as the terminal, each word whole and what goes on set in.

    A word that is wider itself, such as a path or an address, has a line of its own. Spaces within a line stay, so
    that columns that fit stay columns.
    """
    if width < LEAST or len(text) <= width:
        return text
    return "\n".join(" " * setting + text[begin:end] for setting, begin, end in lines_of(text, width))


def lines_of(text: str, width: int, hang: int = 0) -> Iterator[tuple[int, int, int]]:
    """Give for each line on the terminal how far it is set in, and which part of the text it shows.

    What goes on behind an edge is set in by two more than its beginning, if that is set in, and by `hang` at least.
    """
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if width < LEAST or len(line) <= width or "\r" in line:
            yield 0, begin, end
        else:
            indent = len(line) - len(line.lstrip())
            yield from _broken(text, begin, end, width, max(hang, indent + 2 if indent else 0))
        begin = end + 1


def _broken(text: str, begin: int, end: int, width: int, hang: int) -> Iterator[tuple[int, int, int]]:
    setting, at = 0, begin
    for word in re.compile(r"\S+").finditer(text, begin, end):
        if setting + word.end() - begin > width and at > begin:
            yield setting, begin, at
            setting, begin = hang, word.start()
        at = word.end()
    yield setting, begin, at
