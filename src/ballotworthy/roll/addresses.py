"""Street addresses made comparable: number, direction, street, type and unit, whatever way they are written.

`quick_streets.py` reads the usual ones the same in compiled code; `quick_names.py` says why there are two.
"""

from __future__ import annotations

import polars as pl

from ballotworthy.roll.address_forms import usual_form
from ballotworthy.roll.house_numbers import house_number, unit_behind
from ballotworthy.roll.street_words import OTHER_UNITS, SURE_UNITS, UNIT_WORDS, words
from ballotworthy.roll.streets import Street, corner_of_text, street_of_text

UNIT = (
    rf"(?:\b(?:{SURE_UNITS})\b\.?\s*#?\s*|#\s*)([A-Z0-9][A-Z0-9-]*(?:\s+[A-Z0-9])?)\s*(?:,|$)"
    rf"|\b(?:{OTHER_UNITS})\b\.?\s*#?\s*([A-Z]?-?\d{{1,4}}-?[A-Z]?|[A-Z])\s*(?:,|$)"
    r"|\b(\d{1,2})(?:ST|ND|RD|TH)\s+FL(?:OOR|R)?\s*(?:,|$)"
)
NUMBER = r"^0*(\d{1,7})(?:\.0\b|-(\d{1,4}))?(?:-([A-Z])|[A-Z])?\b(?:\s*([½¼¾])|\s+\d/\d\b)?[\s,.]*"
STATES = (
    "AK|AL|AR|AZ|CA|CO|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|AA|AE|AP"
)
ZIP = rf"[\s,]+(?:(?:{STATES})\.?[\s,]+)?(\d{{5}})(?:-\d{{4}})?$"
NO_ZIP = rf"(?:#|\b(?:{SURE_UNITS}|HIGHWAY|HWY|ROUTE|RTE|COUNTY R(?:OA)?D|CO RD|CR|SR))\.?\s*#?\s*\d{{5}}$"
BOX = r"\b(?:P\.?\s*O\.?\s*(?:BOX|BX)|P\.?O\.?B|POST\s+OFFICE\s+(?:BOX|BX))\b"
BOX_NUMBER = rf"{BOX}\.?\s*#?\s*\d*[A-Z]?\b[\s,;/&]*"
BARE_BOX = r"^(?:BOX|BX)\.?\s*#?\s*\d+[A-Z]?\s*(?:,|$)"
ALIKE = r"^(?:[OILSBZ]+\d[\dOILSBZ]*|\d+[OILSBZ]+\d[\dOILSBZ]*|\d+[OI])[\s,]+\S"
"""A house number with letters that are digits miswritten: l2, 1O4, 5O; 12S stays a number with a letter."""
GLUED, COUNTED = r"^(\d{1,6})([A-Z]{3,})\b", r"^\d*(?:1ST|2ND|3RD|\dTH|\dBIS\b|\dTER\b)"
"""A house number with the street's first word run on to it, 730JEFFERSON BLVD; not 3RD, 12TH or 12 bis."""
UNIT_AND_TOWN = (
    rf"^(.*[^\s#]\s+(?:(?:{SURE_UNITS})\b\.?\s*#?\s*|#\s*)(?:[A-Z]?\d+-?[A-Z]?|[A-Z]))\s+([A-Z]{{3}}[A-Z .']*)$"
)
FLOOR = r"^(\d{1,2})(?:ST|ND|RD|TH)?F(?:L|LR|LOOR)?$"
"""A unit that is a floor, without its blanks: 1F, 1FL, 1STFLOOR."""
CORNER = "&"
"""What stands before the text of an address that has no number and may be a corner."""
CORNERED = (
    r"[&@]|[A-Z.]\s*/|\b(?:AND|AT)\b|^(?:AT\s+)?(?:THE\s+)?(?:(?:[NS]?[EW]|[NSEW])\.?\s+)?(?:CORNER|COR|INTERSECTION)\b"
)


def plain_addresses(
    number: pl.Series,
    street: pl.Series,
    unit: pl.Series,
    direction: pl.Series,
    kind: pl.Series,
    behind: pl.Series,
) -> pl.DataFrame:
    """Give columns `number` (int, 0 unknown), `direction`, `street`, `type`, `unit` from address cells.

    Any cell may be null, and `street` may hold the whole line: what the other cells do not give is looked
    for in it. A post office box gives no street, a corner a street and no number; `number` is as in `house_numbers`.
    """
    line = pl.select(pl.concat_str(_once(number, street), street.fill_null(""), separator=" ")).to_series()
    upper = line.str.to_uppercase().str.strip_chars()
    beside = upper.str.replace_all(BOX_NUMBER, "").str.strip_chars(" ,;/&")
    boxed = upper.str.contains(rf"^{BOX}") & ~beside.str.contains(r"^\d+[A-Z]?\s+\S*[A-Z]")
    upper = pl.select(pl.when(upper.str.contains(BOX) & ~boxed).then(beside).otherwise(upper)).to_series()
    upper = _with_digits(usual_form(_apart(upper)))
    boxed |= upper.str.contains(BARE_BOX)
    upper = pl.select(pl.when(upper.str.contains(NO_ZIP)).then(upper).otherwise(upper.str.replace(ZIP, ""))).to_series()
    split = _split(upper)
    rest = split["rest"].str.replace(UNIT_AND_TOWN, "$1, $2")
    found = pl.select(pl.coalesce(*(rest.str.extract(UNIT, group) for group in (1, 2, 3)))).to_series()
    core = rest.str.replace(UNIT, ",").str.replace(UNIT, ",").str.replace(r",.*$", "")
    own = unit.str.to_uppercase().str.replace(rf"^(?:{UNIT_WORDS})?\b\.?\s*#?\s*", "").str.strip_chars("# ")
    whole = pl.select(
        pl.concat_str(
            direction.fill_null(""), core, kind.fill_null(""), behind.fill_null(""), separator=" "
        ).str.strip_chars()
    ).to_series()
    corner = (split["number"] == 0) & upper.str.contains(CORNERED)
    whole = pl.select(pl.when(corner).then(pl.concat_str(pl.lit(CORNER), whole)).otherwise(whole)).to_series()
    known = pl.DataFrame(
        [split["number"], split["letter"], boxed.alias("boxed"), own.alias("own"), found.alias("found")]
    )
    house = pl.col("number"), pl.lit(0, pl.UInt32)
    street_texts = [(pl.col(name), pl.lit("")) for name in ("direction", "street", "type")]
    unit_text = (
        pl.coalesce("own", "found", "letter", "behind")
        .str.replace_all(r"[^A-Z0-9]", "")
        .str.replace(r"^0+", "")
        .str.replace(FLOOR, "$1")
    )
    return known.with_columns(_street_columns(whole)).select(
        pl.when("boxed").then(empty).otherwise(value).alias(name)
        for name, (value, empty) in zip(
            ("number", "direction", "street", "type", "unit"),
            (house, *street_texts, (unit_text, pl.lit(""))),
            strict=True,
        )
    )


def _once(number: pl.Series, street: pl.Series) -> pl.Series:
    """Give the numbers, but where the street's cell begins with the same one: 12 beside "12 Oak St"."""
    repeats = pl.DataFrame({"number": number, "street": street.str.to_uppercase()}).select(
        pl.col("street").str.starts_with(pl.concat_str("number", pl.lit(" ")))
        & ~pl.col("street").str.extract(r"^\S+\s+(.*)$", 1).str.strip_chars(" .").is_in(list(words().types))
    )
    return pl.select(pl.when(~repeats.to_series().fill_null(value=False)).then(number).fill_null("")).to_series()


def _split(lines: pl.Series) -> pl.DataFrame:
    """Give `number` of each line, the `rest` of it, and in `letter` a unit behind the number: 12-B, 12-3, 12 ½."""
    parts = [lines.str.extract(NUMBER, group) for group in (1, 2, 3, 4)]
    number = parts[0].cast(pl.UInt32, strict=False).fill_null(0)
    letter = parts[2]
    rows = (parts[1].is_not_null() | parts[3].is_not_null()).arg_true().to_list()
    if rows:
        firsts, seconds = parts[0][rows].to_list(), [each or "" for each in parts[1][rows]]
        numbers = [house_number(one, two) for one, two in zip(firsts, seconds, strict=True)]
        units = [
            unit_behind(one, two) or ("HALF" if half == "½" else None)
            for one, two, half in zip(firsts, seconds, parts[3][rows], strict=True)
        ]
        number = number.scatter(rows, numbers)
        letter = letter.scatter(rows, [unit or own for unit, own in zip(units, letter[rows], strict=True)])
    rest = lines.str.replace(NUMBER, "")
    return pl.DataFrame([number.alias("number"), letter.alias("letter"), rest.alias("rest")])


def _apart(lines: pl.Series) -> pl.Series:
    """Write a house number apart from the word that was run on to it."""
    glued = lines.str.contains(GLUED) & ~lines.str.contains(COUNTED)
    return pl.select(pl.when(glued).then(lines.str.replace(GLUED, "$1 $2")).otherwise(lines)).to_series()


def _with_digits(lines: pl.Series) -> pl.Series:
    """Write the digits that were meant at the beginning of lines: "l2 OAK", "1O4 OAK"."""
    alike = lines.str.contains(ALIKE)
    if not alike.any():
        return lines
    head, rest = lines.str.extract(r"^([^\s,]+)"), lines.str.replace(r"^[^\s,]+", "")
    digits = head.str.replace_many(list("ZOILSB"), list("201158"))
    return pl.select(pl.when(alike).then(digits + rest).otherwise(lines)).to_series()


def _street_columns(whole: pl.Series) -> list[pl.Series]:
    distinct = whole.unique()
    streets = [_street(text) for text in distinct]
    places = whole.replace_strict(distinct, pl.int_range(len(distinct), eager=True), return_dtype=pl.Int64)
    columns = {
        "direction": [each.direction for each in streets],
        "street": [each.name for each in streets],
        "type": [each.type for each in streets],
        "behind": [each.unit for each in streets],
    }
    return [pl.Series(name, texts, dtype=pl.String)[places] for name, texts in columns.items()]


def _street(text: str) -> Street:
    if text.startswith(CORNER):
        return corner_of_text(text[1:]) or street_of_text(text[1:])
    return street_of_text(text) if text else Street()
