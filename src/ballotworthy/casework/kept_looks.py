"""What people ruled on a million lines, kept as columns: the rulings on a line are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ballotworthy.casework.rulings import Looks, Ruling


@dataclass(frozen=True)
class KeptRulings:
    """The rulings of one look.

    Attributes:
        places: by the place of a line among those ruled on, where its ruling stands; None where every line has one.
        said: outcomes, reasons, voters and persons.
        repeats: by where a ruling stands, the line that it repeats.
    """

    places: Mapping[int, int] | None
    said: Sequence[Sequence[str]]
    repeats: Mapping[int, str]

    def of(self, line: int) -> Ruling | None:
        """Give the ruling on the line at this place; None where there is none."""
        at = line if self.places is None else self.places.get(line)
        if at is None:
            return None
        outcome, reason, voter, by = (column[at] for column in self.said)
        return Ruling(outcome, reason, voter, by, self.repeats.get(at, ""))


class KeptLooks(MutableMapping[str, Looks]):
    """Looks by line, as a dictionary of them would give them.

    Args:
        places: of each line ruled on, in the order of its first look, its place.
        rulings: of the first and the second look, the resolution and the correction.
    """

    def __init__(self, places: Mapping[str, int], rulings: Sequence[KeptRulings]) -> None:
        self._places = places
        self._rulings = rulings
        self._made: dict[str, Looks] = {}
        self._further: dict[str, Looks] = {}

    def __getitem__(self, line: str) -> Looks:
        if line not in self._places:
            return self._further[line]
        if (found := self._made.get(line)) is None:
            place = self._places[line]
            found = self._made[line] = Looks(*(each.of(place) for each in self._rulings))
        return found

    def __setitem__(self, line: str, looks: Looks) -> None:
        (self._made if line in self._places else self._further)[line] = looks

    def __delitem__(self, line: str) -> None:
        raise TypeError("a ruling is never taken out of a case")

    def __contains__(self, line: object) -> bool:
        return line in self._places or line in self._further

    def __iter__(self) -> Iterator[str]:
        return chain(self._places, self._further)

    def __len__(self) -> int:
        return len(self._places) + len(self._further)
