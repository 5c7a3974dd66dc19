"""Hart's cast-vote records: one XML file a card, in a zip, or a zip for each machine within a zip.

Only options that were voted for stand on a card, so that the choices of a contest are those of all cards together. How
many votes a contest allows is not told; an overvoted contest says so and counts for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats import xml_parts
from ballotworthy.vote.formats.bundle import Member, reading
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.plain_values import Wrong, listed, number, text
from ballotworthy.vote.results import Results
from ballotworthy.vote.words import Words, one_line

NAME = "hart-xml"
WRITE_IN = "write-in"
AGAIN = "Export the record again"


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    return b"<Cvr" in head and b"CVRDesign" in head


def read(members: Sequence[Member], words: Words) -> Results:
    """Read the cards of an export.

    Raises:
        FileFaults: a card is no whole XML, lacks its batch, contradicts itself, or stands twice.
    """
    cards = [each for each in members if each.base.lower().endswith(".xml")]
    if not cards:
        what = "no file of it is a card (XML)"
        raise FileFaults(members[0].name, [Fault(None, None, what, "Give the zip or folder of the export")])
    gatherer = Gatherer(cards[0].name.partition(": ")[0])
    spelled: dict[str, str] = {}
    for at, member in enumerate(cards):
        with reading(member) as stream:
            card = xml_parts.whole(stream, member.name, "Cvr")
        try:
            _card(gatherer, member, card, at, spelled)
        except Wrong as error:
            raise FileFaults(member.name, [Fault(None, None, str(error), AGAIN)]) from error
    found, others = gatherer.cards(lambda _, choice: words.side(choice), lambda contest: spelled[contest])
    return Results(NAME, found, (), (), (), others)


def _card(gatherer: Gatherer, member: Member, card: dict[str, Any], at: int, spelled: dict[str, str]) -> None:
    batch, sequence = text(card, "BatchNumber", needed=True), number(card, "BatchSequence")
    sheet, guid = number(card, "SheetNumber"), text(card, "CvrGuid", needed=True)
    if sequence is None:
        raise Wrong("BatchSequence is missing")
    split = listed(card, "PrecinctSplit")
    gatherer.card(
        member.base, card=guid, ballot=at, position=sequence, tabulator=member.group or None, batch=batch,
        imprinted=f"{batch}-{sequence}" + (f"-{sheet}" if sheet else ""),
        precinct=text(split[0], "Name") if split else None,
    )  # fmt: skip
    contests = listed(card, "Contests")
    for contest in listed(contests[0], "Contest") if contests else []:
        name = one_line(text(contest, "Name", needed=True))
        spelled.setdefault(name.casefold(), name)
        options = listed(contest, "Options")
        voted = []
        for option in listed(options[0], "Option") if options else []:
            value = number(option, "Value")
            if value not in (0, 1):
                raise Wrong(f"the Value of an option of {name[:60]} is neither 0 nor 1")
            if value:
                voted.append(text(option, "Name") or WRITE_IN)
        over, under = number(contest, "Overvotes") or 0, number(contest, "Undervotes") or 0
        doubt = "one option has the vote, and Overvotes or Undervotes says otherwise"
        gatherer.mark(
            member.base, name.casefold(), voted, invalid=over > 0,
            doubt=doubt if len(voted) == 1 and (over or under) else "",
        )  # fmt: skip
