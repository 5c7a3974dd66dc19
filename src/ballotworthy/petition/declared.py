"""The day of the circulator's declaration beside those of the sheet's signers, both as they were read from scans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from ballotworthy.files.days import custom_of
from ballotworthy.files.quantities import in_runs
from ballotworthy.files.written_days import Near, readings
from ballotworthy.petition.told_pages import about_of, pages_and_lacking

DECLARATION, UNTIL = "declaration", "until"
"""What stands for the line in the name of a blank's picture, and the blank for the last day of signing."""
MADE = ("dated", "sworn_on")
"""The days of a declaration: the circulator's, and that on which a notary took the oath."""
DAYS = (*MADE, UNTIL)
EARLY = "The circulator's declaration is dated before a signer of its sheet, by the days as read: sheet "
UNREAD = "The day of the circulator's declaration could not be read: sheet "


def told_of_declarations(
    folder: Path,
    frame: pl.DataFrame,
    *,
    latest: dt.date,
    filed: dt.date | None = None,
    place: str | None = None,
    shown: Mapping[tuple[str, str], Sequence[dt.date]] | None = None,
) -> tuple[str, ...]:
    """Give, in words, which sheets' declarations are dated before a signer, and of which no day could be read.

    The signers' last day is that of their lines, and the one that the declaration itself names. Where the place has no
    order of days and months, the later day counts that a declaration may mean, and the earlier one of a signer's; a
    line's day after the filing was misread, or says nothing.

    Args:
        folder: as `sheets read` wrote it.
        frame: the petition's lines.
        latest: no line is dated later.
        filed: the governing day.
        place: whose people write the days.
        shown: by sheet and blank the days that its picture shows, which say more than its text.
    """
    near = Near(filed or latest, latest)
    early, unread = set[int](), set[int]()
    last, custom = last_signed(frame, near.filed), custom_of(place)

    def meant(sheet: int, name: str, text: object) -> Sequence[dt.date]:
        days = (shown or {}).get((str(sheet), name))
        return _days(text, near, custom) if days is None else days

    for page in pages_and_lacking(folder)[0]:
        declared, sheet = page.get("declaration"), page.get("sheet")
        if not isinstance(declared, dict) or not isinstance(sheet, int) or "not_read" in page:
            continue
        until = meant(sheet, UNTIL, declared.get(UNTIL))
        signed = [*([last[str(sheet)]] if str(sheet) in last else []), *([min(until)] if until else [])]
        for each in MADE:
            made = meant(sheet, each, declared.get(each))
            seen = (str(sheet), each) in (shown or {})
            if (declared.get(each) or seen) and not made:
                unread.add(sheet)
            elif made and signed and max(made) < max(signed):
                early.add(sheet)
            elif seen and signed and min(made) < max(signed):
                unread.add(sheet)
    told = []
    if early:
        law = about_of(folder).get("declared")
        says = law.get("early") if isinstance(law, dict) else None
        told.append(
            f"{EARLY}{in_runs(early)}. Look at both: "
            + (f"{says}." if isinstance(says, str) else "a declaration is made after the last signature.")
        )
    if unread:
        told.append(f"{UNREAD}{in_runs(unread)}. See whether it is after the last signer's.")
    return tuple(told)


def is_told(remark: str) -> bool:
    """Tell whether a remark is one that `told_of_declarations` gives."""
    return remark.startswith((EARLY, UNREAD))


def _days(text: object, near: Near, custom: str | None) -> list[dt.date]:
    """Give the days that a text may mean."""
    if not isinstance(text, str):
        return []
    read = readings(text, near)
    each = {"month-first": read.month_first, "day-first": read.day_first}
    return [day for order, day in each.items() if day is not None and custom in (None, order)]


def last_signed(frame: pl.DataFrame, filed: dt.date) -> dict[str, dt.date]:
    """Give the last day of signing of each sheet up to the filing, lines that are struck or blank left out."""
    if "signed_on" not in frame.columns:
        return {}
    days = [pl.col(each) for each in ("signed_on", "signed_or") if each in frame.columns]
    some = frame.filter(~pl.col("struck") & ~pl.col("blank")).select("sheet", day=pl.min_horizontal(days))
    some = some.filter(pl.col("day") <= filed).group_by("sheet").agg(pl.col("day").max())
    return dict(some.iter_rows())
