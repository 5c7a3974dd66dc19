"""Words by which people say beside a line, or in its cells, that it is struck, void, another's or nobody's.

In the cell of a name they are `check.signers.REMARK`'s; here they are those of a home, where "Minor", "Estate" or
"Trust" are streets. "12 Void St" is one as well: only what stands alone, in brackets, behind a sign or last is said of
the line.
"""

from __future__ import annotations

import polars as pl

from ballotworthy.petition.void_words import VOID

APART = rf"(?:{VOID}|dup|crossed|scratched|strike)"
"""What says so only where a bracket or a sign sets it apart."""
ALONE = rf"^\W*{APART}\W*$"
SET_APART = rf"[(\[{{][^)\]}}]*\b{APART}\b|(?:[,;/*]|\s[-–—:])\s*{APART}\W*$"
LAST, LAST_OF_ADDRESS = rf"\S\s+{VOID}\W*$", rf"\S\s+\S+\s+{VOID}\W*$"
SAYS_SO = rf"{ALONE}|^\W*{VOID}\b"
"""What a cell is, or begins with, that says so where nothing else is asked of it."""
SEEN = (
    r"void|drawn|drew|struck|stri|cross|scratch|lined|marked|delete|cancel|dup|line|not\W|unreg|unsign|elig|invalid|"
    r"reject|refuse|moved|no\W|live|out\W|illeg|unread|read|cipher|ma[dk]e\W|deceas|address"
)
"""What any such cell has; nearly all cells have nothing of it."""
HOME = ("address", "street_name", "street_type", "unit", "city", "zip")
NO_SIGNER = r"(?i)^[(\[<]?\s*(?:no (?:sig(?:nature)?|signer|name)|unsigned|not signed|nobody signed)\s*[)\]>]?\.?$"
"""In place of a name: nobody signed there, so that the line is blank unless it has an address."""
NOT_SIGNED = (
    r"(?i)^[(\[<]?\s*(?:n|no|none|false|0|missing|absent|blank|not signed|unsigned|no sig(?:nature)?)\s*[)\]>]?\.?$"
)


def said_at_home(frame: pl.DataFrame) -> pl.DataFrame:
    """Give `row` and `said` of each cell of a home that says such a thing, in the order of the fields; no other cell.

    `said` is what says so, the whole cell where it stands in brackets.
    """
    found = [pl.DataFrame(schema={"row": pl.UInt32, "said": pl.String})]
    for name in HOME:
        if name in frame.columns:
            last = LAST_OF_ADDRESS if name == "address" else LAST
            found.append(saying(frame[name], rf"{ALONE}|{SET_APART}|{last}"))
    return pl.concat(found)


def saying(cells: pl.Series, pattern: str) -> pl.DataFrame:
    """Give `row` and `said` of the cells in which the pattern is found, of those that have a word of `SEEN`."""
    rows = cells.str.contains(f"(?i){SEEN}").fill_null(value=False).arg_true()
    some = pl.DataFrame({"row": rows, "said": cells.gather(rows)})
    return some.filter(pl.col("said").str.contains(f"(?i){pattern}"))
