"""What stands above the rows of a sheet, paragraph by paragraph: a form's words with those of the measure in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.measure_text import KEYS, TABLE, MeasureText

ROOM = re.compile(r"\{(\w+)\}")
"""Where words of the measure stand in a paragraph of a form: `{title}`."""

FOOT = 10
"""The type of what stands under the rows, in points, where the form's file has no other."""


def front_of(form: Form, measure: MeasureText) -> list[dict[str, Any]]:
    """Give the paragraphs above the rows: `text`, `points`, `bold`, `align`, and `lead`, a line of its own before it.

    A form whose file has `front` is set as that has it; others as heading, measure, notices and statement.
    A paragraph with `lead` is framed; one that is `down` stands with all after it right above the rows.
    """
    if "front" in form.data:
        return _set(form.data["front"], measure)
    points = form.data["title_points"]
    told = [(each["text"], points, each.get("bold", False)) for each in form.data["heading"]]
    told += [(measure.identifier, points, True)] if measure.identifier else []
    told += [(measure.title.upper(), points, True), (measure.summary, points, False)]
    told += [(each["text"], each["points"], each.get("bold", False)) for each in form.data["notices"]]
    told += [(form.data["statement"], points, False)] if form.data["statement"] else []
    names = ("text", "points", "bold")
    return [{**dict(zip(names, each, strict=True)), "align": "left", "lead": "", "down": False} for each in told]


def cover_of(form: Form, measure: MeasureText) -> list[dict[str, Any]] | None:
    """Give the paragraphs of a section's first page, before its text; None for a sheet, which has no such page."""
    return repeated(form, measure) + _set(form.data["cover"], measure) if "cover" in form.data else None


def repeated(form: Form, measure: MeasureText) -> list[dict[str, Any]]:
    """Give the paragraphs that stand on every page of a section."""
    return _set([each for each in form.data.get("front", ()) if each.get("every_page")], measure)


def _set(paragraphs: Sequence[Mapping[str, Any]], measure: MeasureText) -> list[dict[str, Any]]:
    return [
        {
            "text": filled(each["text"], measure),
            "points": each["points"],
            "bold": each.get("bold", False),
            "align": each.get("align", "left"),
            "lead": each.get("lead", ""),
            "down": each.get("down", False),
        }
        for each in paragraphs
    ]


def filled(text: str, measure: MeasureText) -> str:
    """Give a text of a form with the measure's words where it has room for them."""
    words = measure.words
    return ROOM.sub(lambda found: words.get(found[1], ""), text)


def require_asked(form: Form, measure: MeasureText) -> None:
    """See that the measure has what the form asks for, and nothing that it does not.

    Raises:
        InputError: something is missing, told with its section, or the table has what this form has no room for.
    """
    asked = {each["name"]: each for each in form.data.get("asks", ())}
    words = measure.words
    missing = [
        f"{each['name']} under [{TABLE}]: {each['what']} ({each['section']})"
        if each["name"] not in KEYS
        else f"{each['name']}: {each['what']} ({each['section']})"
        for each in asked.values()
        if not words.get(each["name"], "").strip()
    ]
    if missing:
        raise InputError(f"the measure's file lacks what the form {form.name} asks for. Write {'; '.join(missing)}.")
    asked |= {each["name"]: each for each in [form.data.get("draft")] if each}
    strange = [name for name, _ in measure.more if name not in asked]
    if strange:
        has = ", ".join(name for name in asked if name not in KEYS) or "nothing"
        raise InputError(
            f"the form {form.name} has no room for {', '.join(strange)} under [{TABLE}]. It takes there: {has}."
        )


def foot_of(form: Form, measure: MeasureText) -> dict[str, Any]:
    """Give what stands under the rows: that it is a draft, until the measure says otherwise; else what the file has.

    It has `text` and `points`.
    """
    draft = form.data.get("draft")
    if draft and not measure.words.get(draft["name"]):
        return {"text": draft["text"], "points": FOOT}
    foot = form.data.get("foot") or form.data.get("county", {"text": ""})
    return {"text": filled(foot["text"], measure), "points": foot.get("points", FOOT)}
