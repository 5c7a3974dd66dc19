"""Dominion's cast-vote records as JSON: CvrExport files of sessions, and manifests that say what the numbers mean.

San Francisco, 2024: 27,554 such files in one zip. Small ones are read together, one behind the other; a large one, and
any in which something is odd, is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.vote.formats import blocks, json_parts
from ballotworthy.vote.formats.alike import Block, NotPlain
from ballotworthy.vote.formats.blocks import Cutter, ahead
from ballotworthy.vote.formats.bundle import Member, members
from ballotworthy.vote.formats.cut_json import ENDED, cut_json
from ballotworthy.vote.formats.dominion_manifests import Names, read_names
from ballotworthy.vote.formats.dominion_sessions import said_of, take_block, take_session
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.halves import Read, in_halves, middle_of
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words

NAME = "dominion-json"
HERE = "dominion_json"
GREAT = 1 << 27
"""Bytes of sessions from which a second process is worth its start."""
LISTS = frozenset({"Sessions", "List"})
UNITS = "Contests"
HEAD = re.compile(
    rb"(\xef\xbb\xbf)?[ \t\r\n]*\{[ \t\r\n]*"
    rb'(?P<said>("(Version|ElectionId)"[ \t\r\n]*:[ \t\r\n]*"[ -!#-\[\]-~]*"[ \t\r\n]*,[ \t\r\n]*)*)'
    rb'"Sessions"[ \t\r\n]*:[ \t\r\n]*\['
)
"""What stands above the sessions of a file that is read together with others."""
NUMBERED = re.compile(r"CvrExport_([0-9]{1,9})\.json", re.IGNORECASE)
CONFIGURATION = "Configuration.json"
FILTER = re.compile(r"Include(\w{1,40})Filter")
TAIL = re.compile(rb"\][ \t\r\n]*\}[ \t\r\n]*\Z")


def is_export(base: str) -> bool:
    """Say whether a file of this name holds sessions."""
    return base.lower() == "cvrexport.json" or NUMBERED.fullmatch(base) is not None


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format, records or manifest."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and (
        b'"Sessions"' in head or (b'"List"' in head and b'"Version"' in head)
    )


@dataclass(frozen=True)
class _Export:
    members: Sequence[Member]
    exports: Sequence[Member]
    names: Names

    def gather(self, some: slice = slice(None)) -> Gatherer:
        """Read sessions, those of some of the files."""
        gatherer = Gatherer(self.exports[0].name if len(self.exports) == 1 else self.exports[0].folder)
        units = json_parts.Units(UNITS, lambda contest: said_of(contest, self.names))
        for pile in ahead(_piles(self.exports[some], units)):
            try:
                if pile.block is None:
                    raise NotPlain
                take_block(gatherer, pile.block, pile.where(), self.names)
            except NotPlain:
                for member in pile.members:
                    _one(gatherer, member, self.names, units)
        return gatherer


def _opened(paths: Sequence[Path], words: Words) -> _Export:
    given = [each for path in paths for each in members(path)]
    exports = [each for each in given if is_export(each.base)]
    if not exports:
        exports = [each for each in given if not each.base.endswith(("Manifest.json", CONFIGURATION))]
    if not exports:
        what = "no file of it holds sessions (CvrExport_0.json ...)"
        raise FileFaults(given[0].name, [Fault(None, None, what, "Give the whole export, as a folder or zip")])
    return _Export(given, exports, read_names(given, exports[0].name, words))


def second_half(path: Path, middle: int, words: Words) -> Read:
    """Read the sessions of an export that stand behind the first files."""
    return _opened([path], words).gather(slice(middle, None)), None


def read(paths: Sequence[Path], words: Words) -> Results:
    """Read an export with its manifests; a great one in two halves on two cores.

    Raises:
        FileFaults: a file is cut, a manifest is missing, a session contradicts itself, or a card stands twice.
    """
    export = _opened(paths, words)
    names, exports = export.names, export.exports
    middle = middle_of([each.size for each in exports], GREAT) if len(paths) == 1 else 0
    first = slice(middle)
    both = in_halves(HERE, paths[0], middle, words, lambda: (export.gather(first), None)) if middle else None
    gatherer = both[0] if both else export.gather()
    found = gatherer.cards(
        lambda contest, choice: words.side(names.candidates[int(contest)].get(int(choice), "")),
        lambda contest: names.contests[int(contest)],
        [str(each) for each in names.measures],
    )
    answers = {
        name: tuple(names.candidates.get(number, {}).values())
        for number, name in names.contests.items() if number not in names.measures
    }  # fmt: skip
    remarks = (*_gaps(exports), *_unseen(gatherer, names), *_in_part(export.members), *found.remarks)
    return Results(NAME, found.cards, (), (), remarks, tuple(answers), answers, says_ballots=True)


class _Pile(NamedTuple):
    """Files that are read together; without a block they are to be read one by one.

    Attributes:
        members: the files.
        block: their sessions.
        firsts: the number of each file's first session in the block.
    """

    members: Sequence[Member]
    block: Block | None = None
    firsts: np.ndarray = np.zeros(0, np.int64)

    def where(self) -> Callable[[int], str]:
        """Give what says of a session's number in the block which it is; it holds nothing of the block."""
        bases, firsts = [each.base for each in self.members], self.firsts

        def told(row: int) -> str:
            at = int(np.searchsorted(firsts, row, side="right")) - 1
            return f"session {row - int(firsts[at]) + 1} of {bases[at]}"

        return told


def _piles(exports: Iterable[Member], units: json_parts.Units) -> Iterator[_Pile]:
    cutter = Cutter(cut_json, (units.key,), units.forms)
    pile: list[Member] = []
    bodies: list[bytes] = []
    for member in exports:
        body = _body(member.read()) if member.size <= blocks.BLOCK else None
        if body is None:
            if pile:
                yield _cut(cutter, pile, bodies)
                pile, bodies = [], []
            yield _Pile([member])
            continue
        pile.append(member)
        bodies.append(body)
        if sum(map(len, bodies)) >= blocks.BLOCK:
            yield _cut(cutter, pile, bodies)
            pile, bodies = [], []
    if pile:
        yield _cut(cutter, pile, bodies)


def _body(data: bytes) -> bytes | None:
    """Give the sessions of a file, as they stand between the brackets; None where anything is odd about the rest."""
    head, tail = HEAD.match(data), TAIL.search(data, max(len(data) - 64, 0))
    if not head or not tail or head.end() > tail.start():
        return None
    keys = re.findall(rb'"(\w+)"[ \t\r\n]*:', head["said"])
    if len(set(keys)) < len(keys):
        return None
    return data[head.end() : tail.start()]


def _cut(cutter: Cutter, pile: list[Member], bodies: list[bytes]) -> _Pile:
    """Cut sessions that stand one behind the other; each file must end where one of them ends."""
    full = [at for at, body in enumerate(bodies) if body.strip()]
    whole = b",".join([bodies[at] for at in full]) + b"]"
    if len(whole) < blocks.WORTH_CUTTING:
        return _Pile(pile)
    block, stop, how = cutter.block(whole, lambda *_: iter(()))
    if block is None or how != ENDED or stop != len(whole) - 1:
        return _Pile(pile)
    commas = np.cumsum([len(bodies[at]) + 1 for at in full])[:-1] - 1
    firsts = np.searchsorted(block.records[:-1, 0], commas)
    if (block.records[firsts - 1, 1] > commas).any():
        return _Pile(pile)
    return _Pile([pile[at] for at in full], block, np.concatenate([[0], firsts]))


def _one(gatherer: Gatherer, member: Member, names: Names, units: json_parts.Units) -> None:
    at = 0
    with member.opened() as stream:
        for key, session in json_parts.parts(stream, member.name, LISTS, {"Sessions": units}):
            if isinstance(session, Block):
                try:
                    take_block(gatherer, session, lambda row, at=at: f"session {at + row + 1} of {member.base}", names)  # type: ignore[misc]
                except NotPlain:
                    for row, item in enumerate(session.items(), at + 1):
                        take_session(gatherer, f"session {row} of {member.base}", item, names)
                at += len(session)
            elif key == "Sessions":
                at += 1
                take_session(gatherer, f"session {at} of {member.base}", session, names)


def _gaps(exports: Sequence[Member]) -> Iterator[Remark]:
    """Tell of files that lack between the first and the last by number."""
    numbers = {int(each[1]) for member in exports if (each := NUMBERED.fullmatch(member.base))}
    if not numbers or len(numbers) == max(numbers) - min(numbers) + 1:
        return
    lacking = max(numbers) - min(numbers) + 1 - len(numbers)
    first = islice((each for each in range(min(numbers), max(numbers)) if each not in numbers), SHOWN)
    shown = ", ".join(f"CvrExport_{each}.json" for each in first) + (" ..." if lacking > SHOWN else "")
    what = f"{lacking:,} files lack between the first and the last by number: {shown}"
    yield Remark("", what, "What they hold is not counted: give them too, or ask whether there are such files")


def _in_part(members: Sequence[Member]) -> Iterator[Remark]:
    """Tell of an export that was asked for a part of the records, as its Configuration.json says."""
    for member in members:
        if member.base != CONFIGURATION:
            continue
        with member.opened() as stream:
            said = json_parts.whole(stream, member.name)
        parts = [each[1] for key, value in said.items() if value is True and (each := FILTER.fullmatch(key))]
        if parts:
            what = f"the export was made with a filter ({', '.join(parts)}), so that it holds a part of the records"
            yield Remark(member.base, what, "Give the whole export for the whole count")


def _unseen(gatherer: Gatherer, names: Names) -> Iterator[Remark]:
    for number in sorted(names.measures):
        if str(number) not in gatherer.codes:
            what = f"“{names.contests[number]}” is in the manifest and on no card"
            yield Remark("", what, "Give all CvrExport files, if it was voted on")
