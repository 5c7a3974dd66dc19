"""Progress on a terminal, silence in a pipe; and the first use, which compiles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.files.progress import Progress as Callback


@contextmanager
def shown() -> Iterator[Callback]:
    """Give a callback that draws one bar a stage on standard error, if that is a terminal."""
    console = SafeConsole(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
        TimeRemainingColumn(), console=console, disable=not console.is_terminal, transient=True,
    ) as bars:  # fmt: skip
        stages: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield tell


def compile_if_cold() -> None:
    """Where nothing is compiled yet, say so on standard error, and compile what a first use needs on all cores."""
    from ballotworthy.files.compiled import is_cold
    from ballotworthy.files.compiled_ahead import compile_ahead

    if is_cold():
        SafeConsole(stderr=True).print(
            "First use on this machine: the matcher is compiled once, which takes about half a minute."
        )
        with shown() as progress:
            compile_ahead(progress)
