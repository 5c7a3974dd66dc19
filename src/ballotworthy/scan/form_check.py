"""What the law would object to in a form: words that it must bear, in their order, in the type that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.scan.drawn_type import Drawn, Letter
from ballotworthy.scan.form_attests import attested, not_attested, without_declaration
from ballotworthy.scan.form_fields import (
    FIELD_WORDS,
    county_named,
    each_page,
    lacking_on_pages,
    not_asked,
    signed_pages,
)  # fmt: skip
from ballotworthy.scan.form_numbers import numbered
from ballotworthy.scan.form_order import order_of
from ballotworthy.scan.form_paper import paper_of
from ballotworthy.scan.form_rows import beside_texts, in_each_row, unless_another_form
from ballotworthy.scan.form_space import official_space
from ballotworthy.scan.form_summary import summary_letters, title_and_summary
from ballotworthy.scan.form_type import (
    LEGIBLE,
    SLACK,
    Found,
    Measured,
    Objection,
    Unmeasured,
    judge_type,
    measured_of,
    other_capitals,
    size_of,
)  # fmt: skip
from ballotworthy.scan.form_words import (
    Asked,
    Place,
    asked_of,
    longest_in,
    nearest_in,
    places_in,
    plain,
    short,
    stream_of,
)  # fmt: skip
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.reading_order import Placed, as_placed, as_rows, lines_of, once, words_of
from ballotworthy.sheets.form import Form

PART, MISWORDED = 0.5, 0.3
"""The share of a text in one piece by which a form is known; and from which a text is misworded, not missing."""
READ, PARTLY = 0.6, 0.45
"""The share of a text's letters from which it is taken to stand on a picture, if not to the letter, and from which it
may stand there; any text of a page has some letters of another's in their order."""
LIKE = 0.5
"""The share of a text's letters that must be read where the file says that it stands, for it to be what people see."""
EVENLY = 0.012
"""How far the shares of the type that is asked for may differ where a form was printed at another scale."""


@dataclass
class Findings:
    """What a check found: objections and what could not be measured in the order of the form, and remarks."""

    objections: list[Objection] = field(default_factory=list)
    unmeasured: list[Unmeasured] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take(self, found: Iterator[Found]) -> None:
        """Add what was found about one text."""
        for each in found:
            if isinstance(each, Objection):
                self.objections.append(each)
            else:
                self.leave(each)

    def leave(self, open_: Unmeasured) -> None:
        """Add what could not be measured; the same thing under several sections once."""
        for at, each in enumerate(self.unmeasured):
            if each.what == open_.what:
                sections = each.section if open_.section in each.section else f"{each.section}, {open_.section}"
                self.unmeasured[at] = Unmeasured(each.what, sections)
                return
        self.unmeasured.append(open_)


def check_form(
    drawn: Drawn, form: Form, source: Source, read: Callable[[], Sequence[Letter]], likeness: Callable[[Place], float]
) -> Findings:
    """Give what the law would object to, what could not be measured, and what was.

    `read` reads the pages as pictures; `likeness` gives the share of a text's letters that are read where it stands.

    Raises:
        InputError: it bears nothing of what this form must, or nothing at all.
    """
    seen = once([each for each in drawn.letters if each.seen.contrast])
    asked = list(asked_of(form.data))
    typed = [as_placed(seen, drawn.pages), seen, as_rows(seen, drawn.pages)]
    found = {each.words: _typed(typed, each) for each in asked}
    declared, said = _attested(form, typed)
    signers = beside_texts(without_declaration(seen, declared, drawn.pages), found)
    lines = lines_of(signers, drawn.pages)
    pictured: list[Letter] = []
    if not all(found.values()) or not_asked(form, [words_of(each) for each in lines]):
        pictured = as_placed(read(), drawn.pages)
        for each in asked:
            found[each.words] = found[each.words] or _pictured(pictured, each, seen)
        if not said:
            declared, said = _attested(form, [pictured])
    if not seen and not pictured:
        raise InputError("nothing on it could be read. Give the PDF that goes to the printer.")
    nearest = {each.words: _nearest(seen, pictured, each) for each in asked}
    if not any(found.values()) and not any(each and each.share > PART for each in nearest.values()):
        raise InputError(f"nothing that a form of {form.name} must say stands in it: it is no form of that kind.")
    done = Findings()
    for each in asked:
        _judge(done, each, found[each.words], nearest[each.words], drawn)
        if any(place.share == 1 and not place.pictured and likeness(place) < LIKE for place in found[each.words][:1]):
            done.leave(Unmeasured("what is drawn: it does not read as the file says that it does", each.section))
    done.objections += order_of(asked, found, lines_of(seen, drawn.pages))
    typed_pages = {each.page for each in seen}
    there = [*seen, *(each for each in pictured if each.page not in typed_pages)]
    beside = beside_texts(without_declaration(there, declared, drawn.pages), found)
    lines = lines_of(beside, drawn.pages)
    pages = signed_pages(form, lines)
    if pictured and not pages:  # type whose words the file does not part
        beside = without_declaration(pictured, declared, drawn.pages)
        lines = lines_of(beside, drawn.pages)
        pages = signed_pages(form, lines)
    of_picture = any(each and each[0].pictured for each in found.values())
    orders = [pictured, as_rows(pictured, drawn.pages)] if of_picture else typed
    for told in title_and_summary(form, asked, found, orders, pages):
        if isinstance(told, Measured):
            done.measured.append(told)
            _faint(done, told.words, told.contrast)
        else:
            done.take(iter([told]))
    of_signers = [beside_texts(without_declaration(each, declared, drawn.pages), found) for each in (seen, pictured)]
    gone = dict(not_asked(form, [words_of(line) for each in of_signers for line in lines_of(each, drawn.pages)]))
    done.objections += [
        Objection(f"nothing on it asks for the signer's {FIELD_WORDS.get(field, field)}", section)
        for field, section in gone.items()
    ]
    done.objections += each_page(form, asked[0], found, pages)
    done.take(in_each_row(form, found, lines))
    done.take(lacking_on_pages(form, pages, lines, list(gone)))
    between = summary_letters(form, asked, found, orders)
    rest = lines_of([each for each in beside if id(each) not in between and each.page in pages], drawn.pages)
    done.take(_of_pages(form, drawn, source, pages, rest))
    done.take(not_attested(form, said))
    done.objections[:0] = _scaled(done.measured)
    return done


def _of_pages(
    form: Form, drawn: Drawn, source: Source, pages: Sequence[int], lines: Sequence[Sequence[Placed]]
) -> Iterator[Found]:
    """Give what is found of the pages with signatures: county, numbers of rows, room for the official, paper."""
    if not pages:
        said = "what a page with signatures must bear: no page was found that asks for signature, name and address"
        yield Unmeasured(said, next(iter(form.data["field_sections"].values())))
        return
    yield from county_named(form, pages, lines)
    if "numbered" in form.data:
        yield from numbered(form.data["numbered"], pages, lines)
    if "official_space" in form.data:
        yield from official_space(form.data["official_space"], source, lines)
    yield from paper_of(form, drawn, pages, source.sized)


def _attested(form: Form, orders: Sequence[Sequence[Letter]]) -> tuple[Sequence[Letter], set[str]]:
    """Give the declaration in the order of reading in which it says most."""
    return max((attested(form, letters) for letters in orders), key=lambda each: len(each[1]))


def _nearest(seen: Sequence[Letter], pictured: Sequence[Letter], asked: Asked) -> Place | None:
    """Give what is nearest to a text that was not found: a piece of it in type, else what was read on a picture."""
    typed = longest_in(seen, stream_of(seen), asked.words)
    read = _pictured(pictured, asked, seen, PARTLY)
    return read[0] if read and (typed is None or typed.share < MISWORDED) else typed


def _typed(orders: Sequence[Sequence[Letter]], asked: Asked) -> list[Place]:
    """Give the places of a text in the order of reading in which it is found."""
    for letters in orders:
        places = places_in(letters, stream_of(letters), asked.words)
        if places:
            return places
    return []


def _pictured(letters: Sequence[Letter], asked: Asked, typed: Sequence[Letter], least: float = READ) -> list[Place]:
    """Give the place of a text on a picture, unless type stands there that says something else."""
    place = nearest_in(letters, stream_of(letters), asked.words)
    if place is None or place.share < least:
        return []
    left, top, right, bottom = place.box
    there = [
        each
        for each in typed
        if each.page == place.page
        and left <= (each.box[0] + each.box[2]) / 2 <= right
        and top <= (each.box[1] + each.box[3]) / 2 <= bottom
    ]
    said = longest_in(there, stream_of(there), asked.words)
    return [] if said and len(there) * 2 > len(place.letters) and said.share > MISWORDED else [place]


def _judge(done: Findings, asked: Asked, places: Sequence[Place], nearest: Place | None, drawn: Drawn) -> None:
    what = f'"{short(asked.words)}" is set'
    done.measured.append(measured_of(asked, [_decisive(asked, places)] if places else []))
    if not places:
        done.take(iter([unless_another_form(asked, drawn.letters) or _missing(asked, nearest, drawn)]))
        return
    place = _decisive(asked, places)
    done.take(judge_type(what, asked, place))
    if place.share < 1:
        other = quantity(round((1 - place.share) * len(plain(asked.words))) or 1, "letter")
        said = f'whether "{short(asked.words)}" stands there word for word: {other} read otherwise on the picture'
        done.leave(Unmeasured(said, asked.section))
    if not asked.capitals and other_capitals(asked, place):
        done.remarks.append(f'"{short(asked.words)}" has other capitals than {asked.section} prints')
    points = size_of(place.letters)[0]
    if asked.larger and asked.points and not place.pictured and points > asked.points + SLACK:
        done.remarks.append(f'"{short(asked.words)}" is set in {points:.1f}-point type: {asked.larger}')
    _faint(done, f'"{short(asked.words)}"', done.measured[-1].contrast)


def _faint(done: Findings, what: str, contrast: float | None) -> None:
    if contrast is not None and contrast < LEGIBLE:
        has = "has" if what.startswith('"') else "have"
        done.remarks.append(
            f"{what} {has} a contrast of {contrast:.1f} to 1; people need {LEGIBLE:g} (WCAG 2.1, 1.4.3), "
            "and no section held here says how much"
        )


def _decisive(asked: Asked, places: Sequence[Place]) -> Place:
    """Give the place by which a text is judged: the worst of all rows; else the worst page's, by its best place there.

    The words of a notice may stand in the summary too.
    """

    def worse(place: Place) -> tuple[int, float]:
        return len(list(judge_type("", asked, place))), -size_of(place.letters)[0]

    if asked.points is None:
        return max(places, key=worse)
    pages = sorted({each.page for each in places})
    return max((min((each for each in places if each.page == page), key=worse) for page in pages), key=worse)


def _missing(asked: Asked, nearest: Place | None, drawn: Drawn) -> Found:
    hidden = places_in(drawn.letters, stream_of(drawn.letters), asked.words)
    if hidden:
        gone = sum(not each.seen.contrast for each in hidden[0].letters)
        said = (
            f'the words "{asked.words}" are in the file but not to be seen on the page ({gone} of '
            f"{len(hidden[0].letters)} letters): they are covered, cut off or in the colour of the paper"
        )
        return Objection(said, asked.section, hidden[0].page, hidden[0].box)
    if nearest is None or nearest.share < MISWORDED:
        return Objection(f'the words "{asked.words}" are not on it', asked.section)
    if nearest.pictured:
        said = f'whether "{short(asked.words)}" stands on the picture: {nearest.share:.0%} of it could be read'
        return Unmeasured(said, asked.section)
    if asked.near:
        said = (
            f'whether the words "{asked.words}" stand there in substance: {nearest.share:.0%} of them do in one piece'
        )
        return Unmeasured(said, asked.section)
    said = f'the words "{asked.words}" are not as prescribed: {nearest.share:.0%} of them stand there in one piece'
    return Objection(said, asked.section, nearest.page, nearest.box)


def _scaled(measured: Sequence[Measured]) -> list[Objection]:
    """Tell a form whose type is all smaller by one share: it was printed or saved at that scale."""
    shares = [each.points / each.asked for each in measured if each.points and each.asked and not each.off]
    if len(shares) < 3 or max(shares) > 0.99 or max(shares) - min(shares) > EVENLY:
        return []
    share = sum(shares) / len(shares)
    return [Objection(f"all prescribed type is {share:.0%} of its size: the form was scaled; print it at 100%", "")]
