"""Hart's cast-vote records: one XML file a card, in a zip, or a zip for each machine within a zip.

Only options that were voted for stand on a card, so that the choices of a contest are those of all cards together. How
many votes a contest allows is not told; an overvoted contest says so and counts for nobody. A rank is a figure of Value
(100000 is the first), so that a contest of ranks is no measure. Elements: RCTab's account of Verity's export, 2022.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.quantities import quantity
from ballotworthy.vote.cards import Cards
from ballotworthy.vote.formats import blocks, xml_parts
from ballotworthy.vote.formats.alike import Block, Group, NotPlain
from ballotworthy.vote.formats.blocks import Cutter, ahead
from ballotworthy.vote.formats.bundle import Bunch, Member
from ballotworthy.vote.formats.cut_xml import cut_xml
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.in_bulk import Bulk, Said
from ballotworthy.vote.formats.plain_values import Wrong, listed, number, text
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, one_line

NAME = "hart-xml"
WRITE_IN = "write-in"
AGAIN = "Export the record again"
OVERVOTED = ("Overvotes", "Overvoted")
VOID = ("InvalidVote",)
"""What says that nothing of a contest counts, though an option is marked."""
SIGNATURE = ".sig.xml"
"""Ends the name of what a signed export has beside each card: 1_x.xml.sig.xml."""
DECLARED = (
    rb"(<\?xml( version=[\"']1\.0[\"'])?( encoding=[\"'][Uu][Tt][Ff]-8[\"'])?( standalone=[\"']\w+[\"'])?\s*\?>)?"
)
HEAD = re.compile(rb"(\xef\xbb\xbf)?%b\s*(?=<Cvr[\s>])" % DECLARED)
"""What may stand above a card that is read together with others."""


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    return b"<Cvr" in head and b"CVRDesign" in head


@dataclass
class Gathering:
    """What was read of cards: the cards, how each contest is spelled, and files with a code of a provisional ballot."""

    gatherer: Gatherer
    spelled: dict[str, str]
    provisional: list[str]


def gather(given: Iterable[Bunch]) -> Gathering:
    """Read cards.

    Raises:
        FileFaults: a card is no whole XML, lacks its number (CvrGuid), or contradicts itself.
    """
    gatherer = Gatherer("")
    spelled: dict[str, str] = {}
    provisional: list[str] = []
    for pile, block in ahead(_cut(ahead(_piles(given)))):
        gatherer.file = gatherer.file or pile.bunches[0].whole.partition(": ")[0]
        try:
            if block is None:
                raise NotPlain
            _pile(gatherer, pile, block, spelled, provisional)
        except NotPlain:
            for member, data in zip(pile.members(), pile.contents, strict=True):
                card = xml_parts.whole(io.BytesIO(data), member.name, "Cvr")
                try:
                    _card(gatherer, member, card, spelled, provisional)
                except Wrong as error:
                    raise FileFaults(member.name, [Fault(None, None, str(error), AGAIN)]) from error
    return Gathering(gatherer, spelled, provisional)


def results_of(read: Gathering, words: Words) -> Results:
    """Give the results of all cards of an export.

    Raises:
        FileFaults: a card stands twice, or contradicts itself on a measure.
    """
    found = read.gatherer.cards(
        lambda _, choice: words.side(choice),
        read.spelled.__getitem__,
        number=lambda contest: contest.rpartition("\0")[2],
    )
    remarks = (*found.remarks, *_provisional(read.provisional), *_apart(found.cards))
    return Results(NAME, found.cards, (), (), remarks, tuple(found.others), found.others)


def _apart(cards: Cards) -> Iterator[Remark]:
    """Tell of cards without a batch: those that a machine of a polling place read have none."""
    if number := int(cards.frame.select((pl.col("batch").is_null() | pl.col("position").is_null()).sum()).item()):
        what = f"{quantity(number, 'card')} without a batch or a number in it, as of polling places"
        yield Remark("", what, "They are counted; an audit by comparison cannot fetch them")


def _provisional(cards: Sequence[str]) -> Iterator[Remark]:
    if cards:
        shown = ", ".join(cards[:SHOWN]) + (" ..." if len(cards) > SHOWN else "")
        what = f"{quantity(len(cards), 'card')} with a code of a provisional ballot counted: {shown}"
        yield Remark("", what, "Ask whether they were accepted; leave out those that were not")


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


def _cut(piles: Iterable[Pile]) -> Iterator[tuple[Pile, Block | None]]:
    """Cut cards that stand one behind the other; None where they are to be read one by one."""
    cut = _Cut()
    for pile in piles:
        yield pile, cut.block(pile.contents)


class _Cut:
    """Cuts cards; the root's tag of the first of all is that of all."""

    def __init__(self) -> None:
        self.cutter: Cutter | None = None

    def block(self, contents: Sequence[bytes]) -> Block | None:
        if sum(map(len, contents)) < blocks.WORTH_CUTTING or (joined := _joined(contents)) is None:
            return None
        whole, begins = joined
        if self.cutter is None:
            tag = re.match(rb"<Cvr[^<>]*>", whole)
            if tag is None or tag[0].endswith(b"/>"):
                return None
            forms = xml_parts.xml_forms(tag[0], "Cvr", xml_parts.Units("Cvr", "Contest", _contest))
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


def _pile(gatherer: Gatherer, pile: Pile, block: Block, spelled: dict[str, str], provisional: list[str]) -> None:
    """Read cards together.

    Raises:
        NotPlain: they are to be read one by one; nothing was gathered.
    """
    bulk = Bulk(gatherer)
    coded: list[int] = []
    try:
        for group in block.groups():
            coded += _group(bulk, group, pile)
    except Wrong as error:
        raise NotPlain from error
    titles = {said.contest: said.title for said in bulk.said if isinstance(said, _Titled)}
    told = pile.told()
    bulk.done(told, [])
    provisional += map(told, sorted(coded))
    for contest, title in titles.items():
        spelled.setdefault(str(contest), title)


def _group(bulk: Bulk, group: Group, pile: Pile) -> list[int]:
    """Take cards of one form; give the rows of those with a provisional code."""
    form = group.form
    if not isinstance(form, dict):
        raise NotPlain
    split = listed(form, "PrecinctSplit")
    texts = {name: group.column(form.get(name)) for name in ("BatchNumber", "BatchSequence", "SheetNumber", "CvrGuid")}
    if texts["CvrGuid"].null_count():
        raise NotPlain
    if not all(
        texts[name].drop_nulls().str.contains("^[0-9]{1,9}$").all() for name in ("BatchSequence", "SheetNumber")
    ):
        raise NotPlain
    numbers = pl.DataFrame({name: texts[name].cast(pl.Int64) for name in ("BatchSequence", "SheetNumber")})
    sheet = pl.when(pl.col("SheetNumber") > 0).then(pl.concat_str(pl.lit("-"), "SheetNumber"))
    imprinted = pl.concat_str(pl.lit(texts["BatchNumber"]), pl.lit("-"), "BatchSequence", sheet.fill_null(""))
    bulk.cards(group.rows, {
        "id": texts["CvrGuid"], "position": numbers["BatchSequence"], "batch": texts["BatchNumber"],
        "imprinted": numbers.select(imprinted=pl.coalesce(imprinted, pl.lit(texts["CvrGuid"])))["imprinted"],
        "tabulator": pile.groups(group.rows),
        "precinct": group.column(split[0].get("Name") if split else None),
    })  # fmt: skip
    contests = listed(form, "Contests")
    units = contests[0].get("Contest") or [] if contests else []
    for unit in units if isinstance(units, list) else [units]:
        bulk.contest(group.rows, group.unit(unit))
    coded = group.column(form.get("ProvisionalCode")).is_not_null().to_numpy()
    rows: list[int] = group.rows[coded].tolist()
    return rows


@dataclass(frozen=True)
class _Titled(Said):
    """What stands there, and how the contest is spelled."""

    title: str = ""


def _card(
    gatherer: Gatherer, member: Member, card: dict[str, Any], spelled: dict[str, str], provisional: list[str]
) -> None:
    batch, sequence = text(card, "BatchNumber") or None, number(card, "BatchSequence")
    sheet, guid = number(card, "SheetNumber"), text(card, "CvrGuid", needed=True)
    told = f"{batch}-{sequence}" + (f"-{sheet}" if sheet else "")
    split = listed(card, "PrecinctSplit")
    gatherer.card(
        member.base, card=guid, ballot=gatherer.ballots, position=sequence, tabulator=member.group or None, batch=batch,
        imprinted=guid if batch is None or sequence is None else told,
        precinct=text(split[0], "Name") or None if split else None,
    )  # fmt: skip
    if text(card, "ProvisionalCode"):
        provisional.append(member.base)
    contests = listed(card, "Contests")
    for contest in listed(contests[0], "Contest") if contests else []:
        said = _contest(contest)
        name = str(said.contest)
        spelled.setdefault(name, said.title)
        gatherer.mark(member.base, name, said.chosen, invalid=said.invalid, doubt=said.doubt)


def _contest(contest: Any) -> _Titled:
    if not isinstance(contest, dict):
        raise Wrong("Contest is no object")
    name = one_line(text(contest, "Name", needed=True))
    options = listed(contest, "Options")
    voted = []
    doubt = ""
    for option in listed(options[0], "Option") if options else []:
        value = text(option, "Value")
        if value not in ("0", "1"):
            doubt = "the Value of an option is neither 0 nor 1"  # ranks, as 100000, where it is no measure
        if value.strip("0"):
            voted.append(text(option, "Name") or WRITE_IN)
    under = number(contest, "Undervotes") or 0
    over, void = (any(_said(contest, name) for name in names) for names in (OVERVOTED, VOID))
    if len(voted) == 1 and (over or under):
        doubt = "one option has the vote, and the overvote or the undervotes say otherwise"
    key = f"{name.casefold()}\0{text(contest, 'Id')}"
    return _Titled(key, tuple(voted), over or void, doubt, title=name)


def _said(contest: dict[str, Any], name: str) -> bool:
    """Say whether a mark of a contest is set: a number above 0, true, or there without a text."""
    return name in contest and str(contest[name] or "true").strip().lower() not in ("0", "false")
