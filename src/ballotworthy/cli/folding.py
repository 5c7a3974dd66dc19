"""Sentences on a terminal: broken between words, where its edge would break them within; a file gets them whole."""

from __future__ import annotations

import textwrap

LEAST = 40
"""Columns below which nothing is gained by breaking between words."""


def folded(text: str, width: int) -> str:
    """Give a text whose lines are at most as wide as the terminal, each word whole and what goes on set in.

    A word that is wider itself, such as a path or an address, has a line of its own. Spaces within a line stay, so
    that columns that fit stay columns.
    """
    if width < LEAST or len(text) <= width:
        return text
    return "\n".join(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    if len(line) <= width or "\r" in line:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    pieces = textwrap.wrap(
        line, width, subsequent_indent=f"{indent}  " if indent else "", expand_tabs=False, replace_whitespace=False,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(pieces) or line
