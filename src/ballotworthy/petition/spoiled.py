"""Words by which people say beside a line, or in its cells, that it is struck, void, another's or nobody's.

In the cell of a name they are `check.signers.REMARK`'s; here they are those of a home, where "Minor", "Estate" or
"Trust" are streets. "12 Void St" is one as well: only what stands alone, in brackets, behind a sign or last is said of
the line.
"""

from __future__ import annotations

import polars as pl

SAID = (
    r"(?:void(?:ed)?|with(?:drawn|drew)|struck(?: (?:out|off|through|by)\b.*)?|stricken"
    r"|(?:crossed|scratched|lined|marked) (?:out|off|through)|deleted|cancel+ed|dupes?|duplicates?"
    r"|(?:dup|dupe|duplicate)s? (?:of|with|line|see)\b.*|(?:same as|see) line \d+|line \d+ again"
    r"|not (?:an? )?(?:reg\w*|resident|valid|eligible|here|found|citizen|signed|on (?:the )?\w+)"
    r"|unregistered|unsigned|ineligible|invalid(?:ated)?|rejected|refused|moved(?: (?:away|out|to|from|since)\b.*)?"
    r"|no longer\b.*|no (?:match|signature|sig)|(?:does not|doesn.?t) live\b.*"
    r"|out of (?:state|county|town|city|district)"
    r"|illegible|unreadable|(?:can ?not|can.?t|unable to) read|deceased|(?:wrong|bad|old|former|new) address)"
)
APART = rf"(?:{SAID}|dup|crossed|scratched|strike)"
"""What says so only where a bracket or a sign sets it apart."""
ALONE = rf"^\W*{APART}\W*$"
SET_APART = rf"[(\[{{][^)\]}}]*\b{APART}\b|(?:[,;/*]|\s[-–—:])\s*{APART}\W*$"
LAST, LAST_OF_ADDRESS = rf"\S\s+{SAID}\W*$", rf"\S\s+\S+\s+{SAID}\W*$"
SEEN = (
    "void|drawn|drew|struck|stri|cross|scratch|lined|marked|delete|cancel|dup|line|not |unreg|unsign|elig|invalid|"
    "reject|refuse|moved|no |live|out of|illeg|unread|read|deceas|address"
)
"""What any such cell has; nearly all cells have nothing of it."""
HOME = ("address", "street_name", "street_type", "unit", "city", "zip")
NO_SIGNER = r"(?i)^[(\[<]?\s*(?:no (?:sig(?:nature)?|signer|name)|unsigned|not signed|nobody signed)\s*[)\]>]?\.?$"
"""In place of a name: nobody signed there, so that the line is blank unless it has an address."""
NOT_SIGNED = r"(?i)^(?:n|no|none|false|0|missing|absent|blank|not signed|unsigned|no sig(?:nature)?)$"


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
