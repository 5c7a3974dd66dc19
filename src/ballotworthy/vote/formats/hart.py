"""Hart's cast-vote records: one XML file a card, in a zip, or a zip for each machine within a zip.

Only options that were voted for stand on a card, so that the choices of a contest are those of all cards together. How
many votes a contest allows is not told; an overvoted contest says so and counts for nobody. A rank is a figure of Value
(100000 is the first), so that a contest of ranks is no measure. Elements: RCTab's account of Verity's export, 2022.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.quantities import quantity
from ballotworthy.vote.cards import Cards
from ballotworthy.vote.formats import xml_parts
from ballotworthy.vote.formats.alike import Block, Group, NotPlain
from ballotworthy.vote.formats.bundle import Bunch, Member
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.hart_piles import Pile, piles_of
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
    for pile, block in piles_of(given, _contest):
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
