"""What a form asks its signers for, by its captions, on each page and in each row; and the county that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.reading_order import Placed, words_of
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.labels import fields_of

CAPTION = 110
"""Letters and spaces up to which a line may ask for something: longer ones tell."""
FIELD_WORDS = {
    "name": "printed name",
    "address": "residence address",
    "signed_on": "date of signing",
    "zip": "zip code",
}
COUNTY = "county"
"""Looked for without spaces, which letters set apart have too many of, and a recogniser loses."""


def not_asked(form: Form, lines: Sequence[str]) -> list[tuple[str, str]]:
    """Give the fields that the law asks for and no line of text does, with their sections."""
    captions = {line for line in lines if len(line) <= CAPTION}
    spaced = {line.replace(" ", "") for line in captions}  # letters set apart, or closely, as one word
    there = {field for line in captions | spaced for field in fields_of(line)}
    if {"first_name", "last_name"} <= there:
        there.add("name")
    return [each for each in form.data.get("field_sections", {}).items() if each[0] not in there]


def signed_pages(form: Form, lines: Sequence[Sequence[Placed]]) -> list[int]:
    """Give the pages that ask for a signature and for most of what the law asks of a signer."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        pages.setdefault(line[0].letter.page, []).append(words_of(line))
    asked = form.data.get("field_sections", {})
    lacking = {page: {field for field, _ in not_asked(form, words)} for page, words in pages.items()}
    return sorted(
        page for page, fields in lacking.items() if "signature" not in fields and 2 * len(fields) < len(asked)
    )


def lacking_on_pages(
    form: Form, pages: Sequence[int], lines: Sequence[Sequence[Placed]], gone: Sequence[str]
) -> Iterator[Found]:
    """Give the fields that a page with signatures lacks, and those that fewer of its rows ask for than for a signature.

    `gone` are the fields that nothing on the form asks for, which are told once.
    Rows are told by captions that are repeated in each; where captions stand once, over all rows, nothing is told.
    """
    for page in pages:
        here = [words_of(line) for line in lines if line[0].letter.page == page]
        fields = [field for words in here if len(words) <= CAPTION for field in fields_of(words)]
        missing = dict(not_asked(form, here))
        for field, section in form.data.get("field_sections", {}).items():
            name, count = FIELD_WORDS.get(field, field), fields.count(field)
            if field in gone:
                continue
            if field in missing:
                yield Objection(f"nothing on page {page} asks for the signer's {name}", section, page)
            elif 0 < count < fields.count("signature"):
                said = f"whether every row of page {page} asks for the signer's {name}: {count} of its places do, and "
                yield Unmeasured(f"{said}{fields.count('signature')} ask for the signature", section)


def county_named(form: Form, pages: Sequence[int], lines: Sequence[Sequence[Placed]]) -> Iterator[Found]:
    """Give the pages with signatures that neither name a county nor leave room for one.

    `lines` are those without the prescribed texts, the title and summary, and the declaration.
    """
    rule = form.data.get("county")
    for page in pages:
        if rule and not any(COUNTY in _close(line) for line in lines if line[0].letter.page == page):
            said = f"page {page} neither names a county nor leaves room for its name"
            yield Objection(said, rule["section"], page)


def _close(line: Sequence[Placed]) -> str:
    return words_of(line).replace(" ", "").casefold()
