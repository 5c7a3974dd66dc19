"""Who may act at each moment of a record (V8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .alike import first_alike, first_odd, skeleton
from .form import Event
from .shapes import FORMATS
from .shapes_two import KINDS_2


@dataclass
class People:
    """The people who are admitted, and their roles.

    `ever` are all who were, by what their ids look like; `old` tells whether the record is of version 1.
    """

    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    ever: dict[str, set[str]] = field(default_factory=dict)
    old: bool = False

    def fault(self, event: Event) -> str:
        """Give why the writer of an event was not admitted to it, or nothing."""
        if event.kind == "opened":
            names = [each["id"] for each in event.body["people"]]
            self._admit({each["id"]: frozenset(each["may"]) for each in event.body["people"]})
            self.old = event.body["record"] == FORMATS[0]
            if pair := first_alike(names):
                return _ALIKE.format(*pair)
            if not self.old and (odd := first_odd(names)):
                return "“{}” {}".format(*odd)
        if event.kind == "admitted" and (fault := self._look_fault(event.body["id"])):
            return fault
        role = KINDS_2[event.kind][0]
        roles = self.roles.get(event.by)
        if roles is None:
            return f"{event.by!r} was not among the people who may act"
        if role not in roles and not _of_himself(event):
            return f"{event.by!r} was admitted, but not to {role}"
        return ""

    def change(self, event: Event) -> str:
        """Take in who is admitted or dismissed; give what is wrong with that, or nothing."""
        if event.kind == "admitted":
            self._admit({event.body["id"]: frozenset(event.body["may"])})
        elif event.kind == "dismissed":
            if event.body["id"] not in self.roles:
                return f"{event.body['id']!r}, who is dismissed, was not admitted"
            del self.roles[event.body["id"]]
        else:
            return ""
        return "" if any("manage" in roles for roles in self.roles.values()) else "nobody who may manage remains"

    def second_fault(self, first: str, second: str) -> str:
        """Give why somebody may not stand beside the writer of an act of two people, or nothing."""
        if second not in self.roles:
            return f"{second!r}, the second person, was not among the people who may act"
        return f"{second!r} is no second person beside {first!r}" if skeleton(first) == skeleton(second) else ""

    def may(self, person: str, role: str) -> bool:
        """Whether somebody is admitted and has a role."""
        return role in self.roles.get(person, ())

    def _look_fault(self, name: str) -> str:
        if before := self._like(name):
            return _ALIKE.format(name, before)
        odd = None if self.old else first_odd([name])
        return "“{}” {}".format(*odd) if odd else ""

    def _like(self, name: str) -> str | None:
        """Give somebody admitted before whose id looks like `name` and is another."""
        return min(self.ever.get(skeleton(name), set()) - {name}, default=None)

    def _admit(self, roles: dict[str, frozenset[str]]) -> None:
        self.roles.update(roles)
        for name in roles:
            self.ever.setdefault(skeleton(name), set()).add(name)


def _of_himself(event: Event) -> bool:
    """Whether somebody names a key of his own, for which he needs no role."""
    return event.kind == "second_key" and bool(event.body["person"] == event.by)


_ALIKE = "“{}” and “{}” cannot be told apart by looking"
