"""What signers and typists write in place of a thing: nothing, a ditto mark, a word that voids the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from ballotworthy.petition.frame import line_ids

NOTHING = (
    r"(?i)^(?:n/a|n\.a\.?|null|nil|\\n|-+|[–—]+|\.+|[(\[<]\s*(?:blank|empty)(?: line)?\s*[)\]>]|(?:blank|empty) line)$"
)
BROKEN = r"(?i)^#(?:ref!|value!|name\?|n/a|div/0!|num!|null!|spill!|calc!|getting_data)$"
"""What a spreadsheet shows in place of a cell that it lost: nobody knows what stood there."""
VOID = r"(?i)^(?:void(?:ed)?(?: line)?|line void(?:ed)?|x{3,}|deleted|stricken|struck(?: out)?|crossed out|cancel+ed)$"
PERHAPS_STRUCK = r"(?i)^(?:\?+|maybe|perhaps|possibly|unclear|unsure|not sure|doubtful|partly|part(?:ial)?(?:ly)?)\??$"
NOT_STRUCK = (
    r"(?i)^(?:0(?:[.,]0+)?|n|no|nein|non|f|false|falsch|none|null|nil|n/?a|-+|[–—]+|\.|ok|clean|unstruck"
    r"|(?:not|un|never)[ -]?(?:struck|crossed|stricken)(?:[ -](?:out|off|through))?)$"
)
"""What says in the column `struck` that a line is not; anything else there says that it is."""
MARK = r"(?:[\"“”„″〃]|''|,,|´´|``|’’)"
SAME = r"same(?: (?:address|street|town|city|date|day))?(?: as)?(?: (?:the )?(?:one |line )?(?:above|before))?"
DITTO = rf"(?i)^(?:-*\s*{MARK}(?:\s*-*\s*{MARK})*\s*-*|\(?(?:ditto|{SAME}|as above|see above)\)?)$"
SHORT_DITTO = r"(?i)^(?:do\.?|d°|id\.?|idem|saa)$"
"""Written for ditto as well, where it cannot be a name."""
NUMBER_AND_DITTO = rf"(?i)^(\d+[A-Z]?)\s*-*\s*(?:{MARK}[\s-]*)+$"
GIVEN_AND_DITTO = rf"(?i)^(\S.*?)\s+-*\s*(?:{MARK}|ditto)\s*-*$"
REPEATED = ("last_name", "house_number", "pre_direction", "street_name", "street_type", "post_direction", "unit",
            "address", "city", "zip", "signed_on", "county", "ward", "circulator")  # fmt: skip
"""Fields in which a ditto mark means the cell above."""
DECIDING = frozenset({"last_name", "first_name", "name", "house_number", "street_name", "address", "signed_on"})
"""Fields without which a line cannot be decided; for a mark with nothing above it, a person must look."""


def as_meant(frame: pl.DataFrame) -> pl.DataFrame:
    """Give what was meant: signs for nothing as empty cells, ditto marks as the cell above on the same sheet.

    Takes lines with `sheet` and `line`; gives them with `above`, which says what was taken from another line, and
    `doubt`, why a person must look at the line, both empty for most. The cell above is that of the line before on the
    sheet, if their numbers follow each other; where there is none, the cell is empty and a person must look.
    """
    ids = line_ids(frame)
    frame = without_signs(frame, [name for name in frame.columns if name not in ("sheet", "line", "struck")])
    above, doubt = [""] * frame.height, [""] * frame.height
    marked = {name: _dittoed(frame[name]) for name in (*REPEATED, "name", "first_name") if name in frame.columns}
    marked = {name: rows for name, rows in marked.items() if len(rows)}
    if marked:
        before = _before(frame)
        for name, rows in marked.items():
            cells = frame[name].to_list()
            for row in rows:
                found = _from_above(name, cells, row, before[row])
                cells[row] = found
                if found is not None:
                    above[row] += f"{name.replace('_', ' ')} taken from line {ids[before[row]]} above; "
                elif name in DECIDING:
                    doubt[row] = f"{name.replace('_', ' ')} is a ditto mark with nothing above it to repeat; "
            frame = frame.with_columns(pl.Series(name, cells, dtype=pl.String))
    return _with_zip(frame.with_columns(pl.Series("above", above, pl.String), pl.Series("doubt", doubt, pl.String)))


def without_signs(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Give the frame with an empty cell where N/A, dashes or the like say that there is nothing."""
    return frame.with_columns(
        pl.when(~pl.col(name).str.contains(NOTHING).fill_null(value=False)).then(pl.col(name)).alias(name)
        for name in columns
    )


def void_lines(frame: pl.DataFrame) -> pl.Series:
    """Tell which lines have a word such as VOID, or crosses, in place of a name."""
    names = [name for name in ("name", "first_name", "middle_name", "last_name") if name in frame.columns]
    says = [pl.col(name).str.contains(VOID) for name in names]
    if not says:
        return pl.Series([False]).new_from_index(0, frame.height)
    whole = pl.all_horizontal(each.fill_null(value=True) for each in says)
    return frame.select(whole & pl.any_horizontal(each.fill_null(value=False) for each in says)).to_series()


def _dittoed(cells: pl.Series) -> list[int]:
    name = cells.name
    forms = [DITTO]
    if name not in ("name", "first_name", "last_name"):
        forms.append(SHORT_DITTO)
    if name in ("address", "street_name"):
        forms.append(NUMBER_AND_DITTO)
    if name == "name":
        forms.append(GIVEN_AND_DITTO)
    return cells.str.contains("|".join(f"(?:{form})" for form in forms)).fill_null(value=False).arg_true().to_list()


def _before(frame: pl.DataFrame) -> list[int]:
    """Give the row of the line before each on its sheet, -1 where there is none or a number is left out between."""
    number = pl.col("line").cast(pl.Int64, strict=False)
    rows = frame.with_row_index("row").select(
        pl.col("row").cast(pl.Int64).shift().over("sheet").fill_null(-1),
        (number - number.shift()).over("sheet").fill_null(1).alias("step"),
    )
    return rows.select(pl.when(pl.col("step") == 1).then("row").otherwise(-1)).to_series().to_list()


def _from_above(name: str, cells: list[str | None], row: int, before: int) -> str | None:
    """Give what a ditto mark stands for, None where nothing can be repeated or a person must say what."""
    text, over = cells[row] or "", cells[before] if before >= 0 else None
    if over is None or name == "first_name":
        return None
    if name == "name":
        given = re.match(GIVEN_AND_DITTO, text)
        surname = re.sub(r"(?i)[\s,]+(?:jr|sr|ii|iii|iv)\.?$", "", over).split()
        return f"{given[1]} {surname[-1]}" if given and surname and "," not in over else None
    if number := re.match(NUMBER_AND_DITTO, text):
        street = re.sub(r"^\s*\d+[A-Za-z]?(?:-\d+)?\s+", "", over)
        return f"{number[1]} {street}" if street != over or name == "street_name" else None
    return over


def _with_zip(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a zip code that stands behind the town into its own cell: "Springfield IL 62701"."""
    if "city" not in frame.columns:
        return frame
    behind = r"[\s,]+(\d{5})(?:-\d{4})?$"
    if not frame["city"].str.contains(behind).any():
        return frame
    zips = pl.col("zip") if "zip" in frame.columns else pl.lit(None, pl.String)
    return frame.with_columns(
        pl.coalesce(zips, pl.col("city").str.extract(behind, 1)).alias("zip"),
        pl.col("city").str.replace(behind, "").alias("city"),
    )


def said_of(rows: int, void: int) -> Iterator[str]:
    """Tell what was left out or taken as struck."""
    if rows:
        yield f"{rows:,} {'row' if rows == 1 else 'rows'} of the lines file that only add up others were left out."
    if void == 1:
        yield "1 line has VOID, crosses or the like in place of a name and counts as struck."
    elif void:
        yield f"{void:,} lines have VOID, crosses or the like in place of a name and count as struck."
