"""Whether the texts of a form stand where their sections say: above the rows, at the right, over so much paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballotworthy.scan.form_look import Look
from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.form_words import Place, around, short
from ballotworthy.scan.reading_order import placed, words_of
from ballotworthy.sheets.labels import fields_of


def placed_texts(look: Look) -> Iterator[Found]:
    """Give the texts that stand elsewhere on a page with signatures than their section says."""
    for asked in look.asked:
        for page in look.pages if asked.where else ():
            here = [each for each in look.found[asked.words] if each.page == page]
            what = f'"{short(asked.words)}"'
            if here and "above" in asked.where and not any(_above(look, each) for each in here):
                said = f"{what} stands under the beginning of the rows, above which it must"
                yield Objection(said, asked.section, page, here[0].box)
            if here and "right" in asked.where and not any(_right(look, each) for each in here):
                yield Objection(f"{what} does not stand at the right of page {page}", asked.section, page, here[0].box)


def occupied(look: Look) -> Iterator[Found]:
    """Give where texts cover less of the page than their section says, be a line around them counted in or not."""
    rule = look.form.data.get("occupies")
    texts = [look.found[each.words][:1] for each in look.asked if rule and each.section == rule["section"]]
    if not rule or not texts or not all(texts) or look.drawn.scaled or not look.source.sized:
        return
    letters = [letter for places in texts for place in places for letter in place.letters]
    box = around([each for each in letters if each.page == letters[0].page])
    width, height, free = box[2] - box[0], box[3] - box[1], 2 * max(each.size for each in letters)
    least, covers = rule["square_inches"], f"{rule['what']} covers {width * height / 72**2:.1f} square inches"
    if (width + free) * (height + free) < least * 72**2:
        said = f"{covers}, where {least:g} at least are asked for"
        yield Objection(said, rule["section"], letters[0].page, box)
    elif width * height < least * 72**2:
        said = f"whether {rule['what']} covers {least:g} square inches, for letter to letter {covers}"
        yield Unmeasured(said, rule["section"])


def _above(look: Look, place: Place) -> bool:
    """Say whether a text begins above the first caption for a signature; so it is taken to where there is none."""
    signs: Sequence[float] = [
        line[0].base
        for line in look.lines
        if line[0].letter.page == place.page and fields_of(words_of(line)) == {"signature"}
    ]
    return not signs or placed(place.letters[0], look.drawn.pages).base <= min(signs)


def _right(look: Look, place: Place) -> bool:
    there = [placed(each, look.drawn.pages) for each in place.letters]
    width, height = look.drawn.pages[place.page - 1]
    across = height if place.letters[0].quarter % 2 else width
    return (min(each.left for each in there) + max(each.right for each in there)) / 2 > across / 2
