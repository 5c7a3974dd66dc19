"""The verbs of the command line, each loaded when it is asked for: one does not wait for the libraries of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

NAMES = ("demo", "simulate", "law", "match", "check", "draw", "project", "roll")
"""In the order of the help. `cli/<name>.py` holds a function of that name, or an `app` with verbs of its own."""


class Verbs(TyperGroup):
    """The command `ballotworthy`, which loads a verb as it is looked up."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Loaded()  # type: ignore[assignment] # it is only read


class _Loaded(Mapping[str, Any]):
    """The commands of click by name; looking one up imports its module."""

    def __getitem__(self, name: str) -> Any:
        if name not in NAMES:
            raise KeyError(name)
        return _verb(name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __contains__(self, name: object) -> bool:
        return name in NAMES


@cache
def _verb(name: str) -> Any:
    module = import_module(f"ballotworthy.cli.{name}")
    program = typer.Typer(add_completion=False)
    if hasattr(module, "app"):
        program.add_typer(module.app, name=name)
    else:
        program.command(name)(getattr(module, name))
    return typer.main.get_group(program).commands[name]
