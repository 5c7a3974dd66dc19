"""The machine's clock for the verbs of a case, asked about where it is doubtful: `--yes-the-clock-is-right`."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.casework.desk import Clock

SURE: ContextVar[bool] = ContextVar("SURE", default=False)
NAME, OPTION = "the_clock_is_right", "--yes-the-clock-is-right"
ASKED = Annotated[
    bool, typer.Option(OPTION, help="Write though the clock seems wrong: you have looked, and it is not.")
]


def now() -> dt.datetime:
    """Give the time of the machine's clock: the only clock of a case on the command line."""
    return dt.datetime.now(dt.UTC)


def sure_clock(last: Callable[[], str] = str) -> Clock:
    """Give the clock by which a case is written.

    It raises InputError where it is doubtful and nobody has answered for it.

    Args:
        last: gives the time of the case's last event, "" where there is none.
    """
    from ballotworthy.casework.clock import doubt_of

    def clock() -> dt.datetime:
        time = now()
        doubt = "" if SURE.get() else doubt_of(time, last())
        if doubt:
            raise InputError(
                f"{doubt}. If the clock is wrong, set it right: an event with a wrong time can never be taken back, "
                f"and the case would wait until that day. If it is right, say so with {OPTION}."
            )
        return time

    return clock


def on_a_sure_clock(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the option by which somebody answers for the clock."""

    @wraps(verb)
    def asked(*arguments: Any, **named: Any) -> None:
        before = SURE.set(named.pop(NAME, False))
        try:
            verb(*arguments, **named)
        finally:
            SURE.reset(before)

    signature = inspect.signature(verb, eval_str=True)
    extra = inspect.Parameter(NAME, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=ASKED)
    parameters = [*signature.parameters.values(), extra]
    asked.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # Typer reads it
    asked.__annotations__ = {each.name: each.annotation for each in parameters}
    return asked
