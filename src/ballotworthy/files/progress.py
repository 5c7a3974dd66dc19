"""How long work tells how far it is: a callable that the library calls and the command line draws."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as work goes on, from the thread that called the library."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that `done` of `total` units of `stage` are finished."""


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
