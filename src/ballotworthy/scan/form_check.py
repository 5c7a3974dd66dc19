"""What the law would object to in a form: words that it must bear, in their order, in the type that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ballotworthy.files.quantities import quantity
from ballotworthy.scan.drawn_type import Drawn, Letter
from ballotworthy.scan.form_between import between_texts
from ballotworthy.scan.form_fields import FIELD_WORDS, county_named, lacking_on_pages, not_asked
from ballotworthy.scan.form_headed import each_page
from ballotworthy.scan.form_look import MISWORDED, Look, look_at
from ballotworthy.scan.form_numbers import numbered
from ballotworthy.scan.form_order import order_of
from ballotworthy.scan.form_own import own_words
from ballotworthy.scan.form_paper import blank_corner, paper_of
from ballotworthy.scan.form_places import occupied, placed_texts
from ballotworthy.scan.form_rest import full_text, not_attested, says, serial_number
from ballotworthy.scan.form_rows import in_each_row, unless_another_form
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
from ballotworthy.scan.form_words import Asked, Place, places_in, plain, short, stream_of
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.reading_order import lines_of, words_of
from ballotworthy.sheets.form import Form

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

    def take(self, found: Iterable[Found]) -> None:
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
    drawn: Drawn,
    form: Form,
    source: Source,
    read: Callable[[], Sequence[Letter]],
    likeness: Callable[[Place], float],
    own: Mapping[str, str] | None = None,
) -> Findings:
    """Give what the law would object to, what could not be measured, and what was.

    `read` reads the pages as pictures; `likeness` gives the share of a text's letters that are read where it stands;
    `own` are the words of the measure by name, if they are to be compared.

    Raises:
        InputError: it bears nothing of what this form must, or nothing at all.
    """
    look, done = look_at(drawn, form, source, read), Findings()
    _texts(done, look, likeness)
    done.take(order_of(look.asked, look.found, lines_of(look.seen, drawn.pages)))
    _summary(done, look)
    done.take(_fields(look))
    done.take(in_each_row(form, look.found, look.lines))
    done.take(_of_pages(look))
    done.take(_beside(look))
    done.take(not_attested(look))
    done.take(own_words(look, own or {}))
    done.objections[:0] = _scaled(done.measured)
    return done


def _texts(done: Findings, look: Look, likeness: Callable[[Place], float]) -> None:
    """Add what is found of each prescribed text by itself."""
    for each in look.asked:
        _judge(done, each, look.found[each.words], look.nearest[each.words], look.drawn)
        first = look.found[each.words][:1]
        if any(place.share == 1 and not place.pictured and likeness(place) < LIKE for place in first):
            done.leave(Unmeasured("what is drawn: it does not read as the file says that it does", each.section))


def _summary(done: Findings, look: Look) -> None:
    """Add what is found of the title and summary."""
    for told in title_and_summary(look.form, look.asked, look.found, look.orders, look.pages):
        if isinstance(told, Measured):
            done.measured.append(told)
            _faint(done, told.words, told.contrast)
        else:
            done.take([told])


def _fields(look: Look) -> Iterator[Found]:
    """Give what the form does not ask its signers for, on any page or on one of those that they sign."""
    parts = [lines_of(look.beside_of(each), look.drawn.pages) for each in (look.seen, look.pictured)]
    gone = dict(not_asked(look.form, [words_of(line) for lines in parts for line in lines]))
    for name, section in gone.items():
        yield Objection(f"nothing on it asks for the signer's {FIELD_WORDS.get(name, name)}", section)
    yield from each_page(look)
    yield from lacking_on_pages(look.form, look.pages, look.lines, list(gone))


def _of_pages(look: Look) -> Iterator[Found]:
    """Give what is found of the pages with signatures: county, numbers of rows, room for the official, paper."""
    form = look.form
    if not look.pages:
        said = "what a page with signatures must bear: no page was found that asks for signature, name and address"
        yield Unmeasured(said, next(iter(form.data["field_sections"].values())))
        return
    between = summary_letters(form, look.asked, look.found, look.orders)
    rest = [each for each in look.beside if id(each) not in between and each.page in look.pages]
    lines = lines_of(rest, look.drawn.pages)
    yield from county_named(form, look.pages, lines)
    for rule in form.data.get("numbered", ()):
        yield from numbered(rule, look.pages, lines)
    if "official_space" in form.data:
        yield from official_space(form.data["official_space"], look.source, lines)
    yield from paper_of(form, look.drawn, look.pages, look.source.sized)
    yield from blank_corner(form, look.source, look.pages)


def _beside(look: Look) -> Iterator[Found]:
    """Give what is found of places that are prescribed, of what stands between texts, and of the full text."""
    yield from placed_texts(look)
    yield from occupied(look)
    yield from between_texts(look)
    yield from full_text(look)
    yield from serial_number(look)
    yield from says(look)


def _judge(done: Findings, asked: Asked, places: Sequence[Place], nearest: Place | None, drawn: Drawn) -> None:
    what = f'"{short(asked.words)}" is set'
    done.measured.append(measured_of(asked, [_decisive(asked, places)] if places else []))
    if not places:
        done.take([unless_another_form(asked, drawn.letters) or _missing(asked, nearest, drawn)])
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
