"""What a file of results holds, the same for every format: cards, or totals of units, and what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ballotworthy.vote.cards import Cards


@dataclass(frozen=True)
class Remark:
    """Something that does not fit, or that must be known: where, what, and what to do."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Give it as a line."""
        return f"{self.where}: {self.what}. {self.remedy}." if self.where else f"{self.what}. {self.remedy}."


def contests_called(names: Sequence[str]) -> Remark:
    """Tell of several contests of one name that a file tells apart by their numbers."""
    what = f"{len(names)} contests are called “{names[0]}”"
    return Remark("", what, "Each is counted by itself, with its number behind its name")


@dataclass(frozen=True)
class Tally:
    """The votes on one measure in one unit, by one mode of voting or by all together.

    Attributes:
        measure: its name.
        county, precinct: the unit, "" where it is not divided.
        mode: of voting (election day, mail), "" for all modes together.
        yes, no, blank, invalid: votes; None where the file does not say, or hides the number.
        where: file and line.
    """

    measure: str
    county: str
    precinct: str
    mode: str
    yes: int | None
    no: int | None
    blank: int | None
    invalid: int | None
    where: str


@dataclass(frozen=True)
class Unit:
    """What is known of a county or precinct beside its votes; None is "nobody says"."""

    county: str
    precinct: str
    registered: int | None
    cast: int | None
    where: str


@dataclass(frozen=True)
class Results:
    """What one reader gives.

    Attributes:
        format: its name.
        cards: the cast-vote records, None where the files hold totals.
        tallies: totals by unit; beside cards those of records that are published only as a sum.
        units: registered voters and ballots by unit.
        remarks: all that is odd and no reason to refuse.
        others: contests that are no yes/no question, and so are not counted.
        answers: of such contests the answers found, as far as they are known.
        says_ballots: whether the file tells which cards are of one ballot, or has one record a ballot.
    """

    format: str
    cards: Cards | None = None
    tallies: tuple[Tally, ...] = ()
    units: tuple[Unit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    others: tuple[str, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    says_ballots: bool = False
