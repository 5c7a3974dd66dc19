"""Lines read from pictures: when the machine may decide one, and what is told of how it was read.

A voter is taken only where the next one is far behind and the picture speaks for his name and house number; a line is
refused only where its text as read is by far the likeliest. Everything between is for a person.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from ballotworthy.check.other_address import text_of
from ballotworthy.check.seen_beside import told_of_neighbours
from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS

LEAD = 7.0
"""Bits by which a voter must lead the next: Joan and John of one household are one stroke apart."""
SURE = 0.95
"""Probability that a voter whom a picture shows must have to be taken. Of 619 right takings on fourteen draws at hard
noise 6 lie between 0.8 and it, and so does one of the three wrong ones."""
FAR_FETCHED, BOTH = 20.0, 30.0
"""Doubt of a name, in bits, above which it is not taken, however well the address fits; and that of name and address
together."""
GAINED = 10.0
"""Bits by which a picture that is not clear must speak for the voter's name, beside people at random. A doubt alone
does not tell: a rare name begins with 25 bits of it. Of 208 signers whose own registration was taken off the roll, 8
bits gave one to a housemate, and 10 bits none (two draws at hard noise made for choosing)."""
OTHER_NUMBER = 3.0
"""Bits by which the picture may rather show another house number on the voter's street. On one of these draws it was
the only limit that kept 16 of 83 sure and right voters from being taken. At 1.5 bits 55 of 104 signers are taken, and 2
where all are moved to the number next door; at 3 bits 65 and 8, at 4 bits 69 and 13, without a limit 77 and 74."""
CLEAR = 3.0
"""Doubt of name and address as read, in bits, up to which a line may be refused because nobody of the roll fits it; and
of a name up to which its picture is clear, so that a common one need not gain more than it can."""


def as_taken(matches: Matches) -> Matches:
    """Give the matches with each line that was read from a picture as it reads for its best voter."""
    if matches.written is None or not matches.written.any():
        return matches
    rows = np.flatnonzero(matches.written)
    lines = matches.lines.copy()
    lines[rows] = matches.line_of(rows, np.zeros(len(rows), np.int64))
    return replace(matches, lines=lines)


def may_take(matches: Matches) -> np.ndarray:
    """Tell of which lines the best voter may be taken for the signer; bool (lines,), true for typed lines."""
    if matches.written is None:
        return np.ones(len(matches.records), np.bool_)
    rows = np.arange(len(matches.records))
    behind = np.where(matches.records[:, 1] >= 0, matches.weights[:, 1], -np.inf)
    lead = matches.weights[:, 0] - behind
    lines = matches.line_of(rows, np.zeros(len(rows), np.int64))
    name, home = (lines[part] / EIGHTHS for part in ("doubt", "home_doubt"))
    rare = (lines["who"]["first_bits"].astype(float) + lines["who"]["last_bits"]) / EIGHTHS
    shown = (name <= CLEAR) | (rare - name >= GAINED)
    likely = (matches.chances[:, 0] >= SURE) & (lead >= LEAD) & shown & (name <= FAR_FETCHED) & (name + home <= BOTH)
    return np.asarray(~matches.written | (likely & (lines["number_off"] <= OTHER_NUMBER * EIGHTHS)))


def other_house(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell on which lines a picture shows another house number than the best voter's; bool (lines,).

    A typed number may be a slip of whoever typed it. What a picture clearly shows the signer wrote.
    """
    found = np.zeros(len(matches.records), np.bool_)
    if matches.written is None or petition.pictures is None:
        return found
    rows = np.flatnonzero(matches.written & (matches.records[:, 0] >= 0))
    mine = matches.line_of(rows, np.zeros(len(rows), np.int64))["who"]["number"]
    theirs = roll.records["number"][matches.records[rows, 0]]
    ids = petition.frame.select("sheet", "line")[rows].iter_rows()
    shown = np.array([petition.pictures.shows(sheet, line, "address") for sheet, line in ids], np.bool_)
    found[rows] = shown & (mine != theirs) & (mine > 0) & (theirs > 0)
    return found


def may_refuse(matches: Matches) -> np.ndarray:
    """Tell which lines the machine may refuse for what is written on them; bool (lines,), true for typed ones."""
    if matches.written is None:
        return np.ones(len(matches.records), np.bool_)
    clear = (matches.lines["doubt"] <= CLEAR * EIGHTHS) & (matches.lines["home_doubt"] <= CLEAR * EIGHTHS)
    return np.asarray(~matches.written | clear)


def told_of_reading(petition: Petition, matches: Matches, roll: Roll) -> pl.Series:
    """Give, a line, what was read and what was taken: `name read "Janes Smith", taken as JAMES SMITH (5.4 bits); `.

    Behind it stands with whom of a line beside it the voter lives.
    """
    texts = np.full(petition.frame.height, "", dtype=object)
    if petition.pictures is not None:
        frame = petition.frame
        for row in np.flatnonzero(matches.read[:, 0] >= 0):
            if matches.written is None or not matches.written[row]:
                continue
            one = matches.readings[matches.read[row, 0]]
            mine, theirs = matches.lines[row]["who"], one["who"]
            parts = []
            if text_of(mine["first"]) != text_of(theirs["first"]) or text_of(mine["last"]) != text_of(theirs["last"]):
                taken = f"{text_of(theirs['first'])} {text_of(theirs['last'])}"
                parts.append(_told("name", _cell(frame, int(row), "name"), taken, one["doubt"] / EIGHTHS))
            if mine["number"] != theirs["number"] or text_of(mine["street"]) != text_of(theirs["street"]):
                taken = f"{theirs['number']} {text_of(theirs['street'])}"
                parts.append(_told("address", _cell(frame, int(row), "address"), taken, one["home_doubt"] / EIGHTHS))
            if one["number_off"] > OTHER_NUMBER * EIGHTHS:
                off = one["number_off"] / EIGHTHS
                parts.append(f"the picture rather shows another house number than {theirs['number']} ({off:.1f} bits)")
            if mine["zip"] != theirs["zip"]:
                what, read = "zip code", f'"{_cell(frame, int(row), "zip")}"'
                if petition.pictures.shows(frame["sheet"][int(row)], frame["line"][int(row)], "city"):
                    what, read = "zip code and city", f'{read} and "{_cell(frame, int(row), "city")}"'
                parts.append(f"{what} read {read}, taken as {theirs['zip']:05}")
            texts[row] = "".join(f"{part}; " for part in parts)
    return pl.Series(texts.tolist(), dtype=pl.String) + told_of_neighbours(petition, matches, roll)


def _told(what: str, read: str, taken: str, doubt: float) -> str:
    return f'{what} read "{read}", taken as {taken} (doubt {doubt:.1f} bits)'


def _cell(frame: pl.DataFrame, row: int, field: str) -> str:
    return str(frame[field][row] or "") if field in frame.columns else ""
