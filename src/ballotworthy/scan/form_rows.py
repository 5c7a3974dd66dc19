"""What each row of a form must bear: that it stands in all of them, below the printed name and above the signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ballotworthy.files.quantities import quantity
from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.form_words import Asked, Place, plain, short, stream_of
from ballotworthy.scan.reading_order import Placed, words_of
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.labels import field_of


def beside_texts(letters: Sequence[Letter], found: Mapping[str, Sequence[Place]]) -> list[Letter]:
    """Give letters without those of the prescribed texts, which ask for nothing and may stand beside a caption.

    On a picture the place of a text is not sure to the letter: there a caption could go with it, so all stays.
    """
    typed = (place for places in found.values() for place in places if not place.pictured)
    used = {id(letter) for place in typed for letter in place.letters}
    return [each for each in letters if id(each) not in used]


def unless_another_form(asked: Asked, letters: Sequence[Letter]) -> Unmeasured | None:
    """Tell of a text that is missing whether the form is of the other kind, which need not bear it and is not held."""
    if not asked.unless or plain(asked.unless) not in stream_of([each for each in letters if each.seen.contrast]):
        return None
    said = f'whether "{short(asked.words)}" must stand on it: the form itself speaks of "{asked.unless}", and the '
    return Unmeasured(said + "form that shows them is not held", asked.section)


def in_each_row(form: Form, found: Mapping[str, Sequence[Place]], lines: Sequence[Sequence[Placed]]) -> Iterator[Found]:
    """Give where the text of a row is missing in one, above the printed name or below the signature.

    Rows are told by captions that are repeated in each; where captions stand once, over all rows, nothing is told.
    """
    row = form.data.get("row_text") or {"bold": "", "plain": ""}
    places = found.get(f"{row['bold']} {row['plain']}")
    if not places or places[0].pictured or any(each.letters[0].quarter for each in places):
        return
    words, section = short(f"{row['bold']} {row['plain']}"), row["section"]
    for page in sorted({each.page for each in places}):
        tops = sorted(each.box[1] for each in places if each.page == page)
        names, signatures = (_tops(lines, page, field) for field in ("name", "signature"))
        rows = min(len(names), len(signatures))
        if len(tops) < rows:
            said = f'whether "{words}" stands in every row of page {page}: it is there {quantity(len(tops), "time")}, '
            yield Unmeasured(f"{said}and {rows} places ask for name and signature", section)
        signatures = [each for each in signatures if names and each > names[0]]
        for field, there, off in (("printed name", names, "above"), ("signature", signatures, "below")):
            if there and (tops[0] < there[0] if off == "above" else tops[0] > there[0]):
                box = next(each.box for each in places if each.page == page)
                yield Objection(f'"{words}" stands {off} the {field}', section, page, box)


def _tops(lines: Sequence[Sequence[Placed]], page: int, field: str) -> list[float]:
    """Give how far down a page the caption stands that asks for a field row after row; nothing where none repeats."""
    tops: dict[str, list[float]] = {}
    for line in lines:
        words = words_of(line)
        if line[0].letter.page == page and field_of(words)[0] == field:
            tops.setdefault(words, []).append(line[0].letter.box[1])
    most = max(tops.values(), key=len, default=[])
    return sorted(most) if len(most) > 1 else []
