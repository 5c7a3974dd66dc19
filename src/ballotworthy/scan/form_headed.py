"""The heading that a section wants on each page: those with signatures, or all; of type or on a picture."""

from __future__ import annotations

from collections.abc import Iterator

from ballotworthy.scan.form_look import PARTLY, READ, Look
from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.form_words import Asked, nearest_in, short, stream_of


def each_page(look: Look) -> Iterator[Found]:
    """Give the pages that ask for signatures and lack the heading, which the section wants on each.

    Where it wants the heading on every page of a petition, whether another page of the file belongs to it is open.
    """
    heading = look.asked[0]
    section = look.form.data.get("each_page")
    if not section or not look.found[heading.words]:
        return
    shares = _read_on(look, heading)
    headed = {each.page for each in look.found[heading.words]}
    headed |= {page for page, share in shares.items() if share >= READ}
    for page in look.pages:
        if page in headed:
            continue
        if shares.get(page, 0.0) >= PARTLY:
            said = f'whether "{short(heading.words)}" stands on page {page}: {shares[page]:.0%} of it could be read'
            yield Unmeasured(said, section)
        else:
            said = f'page {page} asks for signatures, and "{short(heading.words)}" is not on it'
            yield Objection(said, section, page)
    count = len(look.drawn.pages)
    for page in set(range(1, count + 1)) - {*look.pages, *headed} if look.form.data.get("every_page") else ():
        said = f'whether page {page} is one of the petition\'s: "{short(heading.words)}" is not on it'
        yield Unmeasured(said, section)


def _read_on(look: Look, heading: Asked) -> dict[int, float]:
    """Give the share of the heading's letters that is read on each page that was read as a picture."""
    shares = {}
    for page in {each.page for each in look.pictured}:
        letters = [each for each in look.pictured if each.page == page]
        place = nearest_in(letters, stream_of(letters), heading.words)
        shares[page] = place.share if place else 0.0
    return shares
