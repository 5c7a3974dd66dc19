"""What stands above the rows of a sheet, paragraph by paragraph: a form's words with those of the measure in them."""

from __future__ import annotations

import re
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.measure_text import KEYS, TABLE, MeasureText

ROOM = re.compile(r"\{(\w+)\}")
"""Where words of the measure stand in a paragraph of a form: `{title}`."""


def front_of(form: Form, measure: MeasureText) -> list[dict[str, Any]]:
    """Give the paragraphs above the rows: `text`, `points`, `bold`, `align`, and `lead`, a line of its own before it.

    A form whose file has `front` is set as that has it; others as heading, measure, notices and statement.
    A paragraph with `lead` is framed.
    """
    words = measure.words
    if "front" in form.data:
        return [
            {
                "text": ROOM.sub(lambda found: words.get(found[1], ""), each["text"]),
                "points": each["points"],
                "bold": each.get("bold", False),
                "align": each.get("align", "left"),
                "lead": each.get("lead", ""),
            }
            for each in form.data["front"]
        ]
    points = form.data["title_points"]
    told = [(each["text"], points, each.get("bold", False)) for each in form.data["heading"]]
    told += [(measure.identifier, points, True)] if measure.identifier else []
    told += [(measure.title.upper(), points, True), (measure.summary, points, False)]
    told += [(each["text"], each["points"], each.get("bold", False)) for each in form.data["notices"]]
    told += [(form.data["statement"], points, False)] if form.data["statement"] else []
    names = ("text", "points", "bold")
    return [{**dict(zip(names, each, strict=True)), "align": "left", "lead": ""} for each in told]


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


def foot_of(form: Form, measure: MeasureText) -> str:
    """Give the line under the rows: that it is a draft, until the measure says who made it more; or the county."""
    draft = form.data.get("draft")
    if draft and not measure.words.get(draft["name"]):
        return str(draft["text"])
    return str(form.data.get("county", {}).get("text", ""))
