"""Which papers a place's cases can be signed on: the plain one, and the forms beside its law."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ballotworthy.errors import UnknownName

PLAIN = "plain"


def root() -> Path:
    """Give the folder under which templates and what they share stand."""
    return Path(str(files("ballotworthy")))


def forms_of(place: str) -> dict[str, Path]:
    """Give the templates by the names of their forms; the place's own first."""
    own = sorted((root() / "places" / place).glob("*.typ"))
    return {**{path.stem: path for path in own}, PLAIN: root() / "certificate" / "plain.typ"}


def form_of(place: str, name: str = "") -> str:
    """Give the name of a form, the place's own one if none is asked for.

    Raises:
        UnknownName: the place has no such form.
    """
    known = forms_of(place)
    if name and name not in known:
        raise UnknownName(f"form in {place} called", name, list(known))
    return name or next(iter(known))
