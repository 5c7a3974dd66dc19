"""The lines file: what stands on each line once it has been signed, kept or spoilt, and keyed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from ballotworthy.files.choices import Birth
from ballotworthy.simulate.draws import Draw, Ints, stream, uniforms, weighted
from ballotworthy.simulate.fates import CODE
from ballotworthy.simulate.identities import WHO
from ballotworthy.simulate.mistakes import scrawl
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.sheets import Lines
from ballotworthy.simulate.signers import Signatures
from ballotworthy.simulate.written import write_address, write_city, write_name, write_zip

WRITTEN = ("name", "address", "city", "zip")
KEYED_ALONG = ("birth_date", "signed_on", "county", "circulator")  # nothing of them on a blank line either
KEYED = {
    "": 0.76,
    "upper": 0.2,
    "lower": 0.04,
}  # how sheets are keyed: as written, in capitals, in small letters


def write_lines(
    seed: str,
    who: pl.DataFrame,
    signed: Signatures,
    counties: tuple[str, ...],
    rates: Rates,
    birth: Birth,
    window: int,
) -> pl.DataFrame:
    """Give the lines file: one row per line, null where nothing stands; of a blank line only its numbers.

    Args:
        seed: the printed seed.
        who: the signer of each line (columns of `WHO`), null for a blank line.
        signed: the signatures.
        counties: the names of the counties.
        rates: how people write and slip.
        birth: what the sheet asks of the signer's birth.
        window: the days of circulation.
    """
    lines = signed.lines
    frame = _entries(seed, who, signed, rates).with_columns(
        sheet=lines.sheet,
        line=lines.line,
        birth_date=_births(seed, who["birth_date"], rates),
        signed_on=_dates(seed, signed, window),
        county=pl.Series(counties, dtype=pl.String).gather(lines.county),
        circulator=pl.format("C{}", pl.Series(lines.circulator + 1).cast(pl.String).str.zfill(3)),
        struck=pl.when(pl.Series(signed.fated("struck"))).then(pl.lit("x")),
    )
    filled = pl.Series(~signed.fated("blank"))
    frame = frame.with_columns(pl.when(filled).then(name).alias(name) for name in KEYED_ALONG)
    asked = {
        "none": [],
        "year": [pl.col("birth_date").dt.year().alias("birth_year")],
        "date": [pl.col("birth_date")],
    }
    return frame.select("sheet", "line", *WRITTEN, *asked[birth], "signed_on", "county", "circulator", "struck")


def _entries(seed: str, who: pl.DataFrame, signed: Signatures, rates: Rates) -> pl.DataFrame:
    """Give name, address, city and ZIP code as keyed from each line.

    Who copies names from a list makes no slips: "there aren't enough mistakes" (North Dakota 2012).
    """
    draw = uniforms(stream(seed, "handwriting"))
    fair = replace(rates, name_slip=0, street_slip=0, number_slip=0, city_slip=0, zip_wrong=0)
    keyed = _keyed(seed, signed.lines)
    rows: list[tuple[str | None, ...]] = []
    for fate, copied, how, signer in zip(
        signed.fate.tolist(), signed.copied.tolist(), keyed, who.select(WHO).iter_rows(), strict=True
    ):
        if fate == CODE["blank"]:
            rows.append((None,) * len(WRITTEN))
            continue
        texts = _spoilt(_signed(signer, fair if copied else rates, draw), fate, signer[-1], draw)
        rows.append(tuple((getattr(text, how)() if how else text) or None for text in texts))
    return pl.DataFrame(rows, schema=dict.fromkeys(WRITTEN, pl.String), orient="row")


def _signed(signer: tuple[Any, ...], rates: Rates, draw: Draw) -> tuple[str, ...]:
    """Give name, address, city and ZIP code as the signer writes them."""
    first, middle, last, suffix, former, number, pre, street, kind, post, unit, city, code, *_ = signer
    return (
        write_name(first, middle, last, suffix, former, rates, draw),
        write_address(number, pre, street, kind, post, unit, rates, draw),
        write_city(city, rates, draw),
        write_zip(code, rates, draw),
    )


def _spoilt(texts: tuple[str, ...], fate: int, mailing: str, draw: Draw) -> tuple[str, ...]:
    """Give the texts of a line without a residence, or of one that cannot be read; any other as it is."""
    name, address, city, code = texts
    if fate == CODE["no_address"]:
        return (name, "", city, code) if draw() < 0.5 else (name, "", "", "")
    if fate == CODE["po_box"]:
        box = mailing.partition(",")[0].replace("BOX", "Box") or f"PO Box {10 + int(draw() * 9_000)}"
        return name, box, city, code
    if fate == CODE["illegible"]:
        return scrawl(name, draw), scrawl(address, draw), city, code
    return texts


def _keyed(seed: str, lines: Lines) -> list[str]:
    """Give how each line's sheet was keyed: "upper", "lower", or "" as written."""
    way = weighted(stream(seed, "keyed"), tuple(KEYED.values()), int(lines.sheet.max(initial=0)) + 1)
    return [tuple(KEYED)[at] for at in way[lines.sheet].tolist()]


def _dates(seed: str, signed: Signatures, window: int) -> pl.Series:
    """Give the dates written: none, or before circulation began, where that is the line's fate."""
    years = stream(seed, "dates").choice((1, 1, 1, 1, 10), len(signed.fate)) * (1 + window // 365)
    days = _shifted(pl.Series(signed.lines.day).cast(pl.Date), -years * signed.fated("date_outside"))
    return days.zip_with(pl.Series(~signed.fated("no_date")), pl.Series([None], dtype=pl.Date))


def _births(seed: str, birth: pl.Series, rates: Rates) -> pl.Series:
    """Give the birth dates written: some a year or ten off."""
    rng = stream(seed, "births")
    years = rng.choice((-10, -1, 1, 10), len(birth))
    return _shifted(birth, years * (rng.random(len(birth)) < rates.birth_slip))


def _shifted(days: pl.Series, years: Ints) -> pl.Series:
    """Give the days so many years later; 29 February becomes the 28th where need be."""
    return pl.select(pl.lit(days).dt.offset_by(pl.format("{}y", pl.Series(years)))).to_series()
