"""Hart's cards in piles: as many as fit a block, unpacked together and cut apart together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats import blocks, xml_parts
from ballotworthy.vote.formats.alike import Block
from ballotworthy.vote.formats.blocks import Cutter, ahead
from ballotworthy.vote.formats.bundle import Bunch, Member
from ballotworthy.vote.formats.cut_xml import cut_xml

SIGNATURE = ".sig.xml"
"""Ends the name of what a signed export has beside each card: 1_x.xml.sig.xml."""
DECLARED = (
    rb"(<\?xml( version=[\"']1\.0[\"'])?( encoding=[\"'][Uu][Tt][Ff]-8[\"'])?( standalone=[\"']\w+[\"'])?\s*\?>)?"
)
HEAD = re.compile(rb"(\xef\xbb\xbf)?%b\s*(?=<Cvr[\s>])" % DECLARED)
"""What may stand above a card that is read together with others."""


class Pile(NamedTuple):
    """Cards that are read together: where they stand, and what they hold."""

    bunches: Sequence[Bunch]
    contents: Sequence[bytes]

    def members(self) -> Iterator[Member]:
        """Give each card's file."""
        for bunch in self.bunches:
            yield from bunch.members()

    def told(self) -> Callable[[int], str]:
        """Give what says of a card's number how its file is called; it holds nothing of what the files hold."""
        names = [name for bunch in self.bunches for name in bunch.names]
        return lambda row: names[row].rpartition("/")[2]

    def groups(self, rows: np.ndarray) -> pl.Series:
        """Give of cards the inner zip, null where there is none."""
        numbers = np.repeat(np.arange(len(self.bunches)), [len(bunch.files) for bunch in self.bunches])
        groups = pl.Series([bunch.group or None for bunch in self.bunches], dtype=pl.String())
        return groups.gather(numbers[rows])


def piles_of(given: Iterable[Bunch], read: Callable[[Any], Any]) -> Iterator[tuple[Pile, Block | None]]:
    """Give cards in piles, cut apart by one thread while another unpacks the next; None where they cannot be cut.

    Args:
        given: the files of an export.
        read: reads a contest of a card.

    Raises:
        FileFaults: a zip is damaged, or no file is a card.
    """
    return ahead(_cut(ahead(_piles(given)), read))


def _piles(given: Iterable[Bunch]) -> Iterator[Pile]:
    pile: list[Bunch] = []
    contents: list[bytes] = []
    size, found, whole = 0, False, ""
    for bunch in given:
        whole = bunch.whole
        for part in _parts(bunch):
            found = True
            pile.append(part)
            contents += part.read()
            size += sum(part.sizes)
            if size >= blocks.BLOCK:
                yield Pile(pile, contents)
                pile, contents, size = [], [], 0
    if pile:
        yield Pile(pile, contents)
    if not found:
        what = "no file of it is a card (XML)"
        raise FileFaults(whole, [Fault(None, None, what, "Give the zip or folder of the export")])


def _parts(bunch: Bunch) -> Iterator[Bunch]:
    """Give the cards of a bunch, no more at once than a block has bytes."""
    names = bunch.names
    small = "\n".join([*names, ""]).lower()
    cards = bunch.files
    if SIGNATURE in small or small.count(".xml\n") < len(names):
        cards = [at for at, name in zip(cards, names, strict=True) if _is_card(name.lower())]
    some = bunch._replace(files=cards)
    ends = np.searchsorted(np.cumsum(some.sizes), np.arange(blocks.BLOCK, sum(some.sizes), blocks.BLOCK)) + 1
    for begin, end in pairwise([0, *ends.tolist(), len(cards)]):
        if begin < end:
            yield some._replace(files=cards[begin:end])


def _is_card(small: str) -> bool:
    """Say of a name in small letters whether it is XML and no signature."""
    return small.endswith(".xml") and not small.endswith(SIGNATURE)


def _cut(piles: Iterable[Pile], read: Callable[[Any], Any]) -> Iterator[tuple[Pile, Block | None]]:
    cut = _Cut(read)
    for pile in piles:
        yield pile, cut.block(pile.contents)


class _Cut:
    """Cuts cards; the root's tag of the first of all is that of all."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self.read = read
        self.cutter: Cutter | None = None

    def block(self, contents: Sequence[bytes]) -> Block | None:
        if sum(map(len, contents)) < blocks.WORTH_CUTTING or (joined := _joined(contents)) is None:
            return None
        whole, begins = joined
        if self.cutter is None:
            tag = re.match(rb"<Cvr[^<>]*>", whole)
            if tag is None or tag[0].endswith(b"/>"):
                return None
            forms = xml_parts.xml_forms(tag[0], "Cvr", xml_parts.Units("Cvr", "Contest", self.read))
            self.cutter = Cutter(cut_xml, (b"Cvr", b"Contest"), forms)
        block, stop, _ = self.cutter.block(whole, lambda *_: iter(()))
        apart = block is not None and np.array_equal(block.records[:-1, 0], begins) and not whole[stop:].strip()
        return block if apart else None


def _joined(contents: Sequence[bytes]) -> tuple[bytes, np.ndarray] | None:
    """Give cards one behind the other without what stands above them, and where each begins; None if one is unusual."""
    first = HEAD.match(contents[0])
    if first is None:
        return None
    head, end = first[0], b" " * 20
    lengths = np.fromiter(map(len, contents), np.int64, len(contents)) - len(head)
    whole = b"\n".join([*contents, end])
    if whole.count(head + b"<Cvr") == len(contents):  # as those of one machine are: one head, at the beginning of each
        whole = whole.replace(head + b"<Cvr", b"<Cvr")
        return whole, np.cumsum(lengths + 1) - lengths - 1
    heads = list(map(HEAD.match, contents))
    if not all(heads):
        return None
    cards = [data[each.end() :] for each, data in zip(heads, contents, strict=True) if each]
    return b"\n".join([*cards, end]), np.cumsum([0, *(len(card) + 1 for card in cards)])[:-1]
