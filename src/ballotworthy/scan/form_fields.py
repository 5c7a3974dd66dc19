"""What a form asks its signers for, by its captions, and whether every page with their lines bears the heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.form_words import Asked, Place, short
from ballotworthy.scan.reading_order import Placed, words_of
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.labels import field_of

CAPTION = 70
"""Letters and spaces up to which a line may ask for something: longer ones tell."""
FIELD_WORDS = {"name": "printed name", "address": "residence address", "signed_on": "date of signing"}


def not_asked(form: Form, lines: Sequence[str]) -> list[tuple[str, str]]:
    """Give the fields that the law asks for and no line of text does, with their sections."""
    captions = {line for line in lines if len(line) <= CAPTION}
    spaced = {line.replace(" ", "") for line in captions}  # letters set apart, or closely, as one word
    there = {field for line in captions | spaced for field in _asked_by(line)}
    if {"first_name", "last_name"} <= there:
        there.add("name")
    return [each for each in form.data.get("field_sections", {}).items() if each[0] not in there]


def each_page(
    form: Form, heading: Asked, found: Mapping[str, Sequence[Place]], lines: Sequence[Sequence[Placed]]
) -> list[Objection]:
    """Give the pages that ask for signatures and lack the heading, which the section wants on each."""
    section = form.data.get("each_page")
    if not section or not found[heading.words] or found[heading.words][0].pictured:
        return []
    pages = {each[0].letter.page for each in lines} - {each.page for each in found[heading.words]}
    return [
        Objection(f'page {page} asks for signatures, and "{short(heading.words)}" is not on it', section, page)
        for page in sorted(pages)
        if not not_asked(form, [words_of(each) for each in lines if each[0].letter.page == page])
    ]


def _asked_by(line: str) -> set[str]:
    field, written = field_of(line)
    return {"address", "city", "zip"} if written == "address-city-zip" else {field}
