"""What a first use would compile one by one as it comes to it, compiled before, on all cores.

`compiled.json` lists the functions with what they are called with, as `tools/compiled.py` found them; one is compiled
when those that it calls are. A function that the list lacks is compiled when it is called.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from graphlib import TopologicalSorter
from importlib.resources import files
from threading import Thread
from typing import Any

from ballotworthy.files.progress import Progress, silent

MOST = 6
"""Processes that compile; functions that call one another leave more of them nothing to do, and each takes 0.3 GB."""
STAGE = "compiling, once on a machine"


def listed() -> dict[str, list[list[Any]]]:
    """Give the functions that a first use compiles, by name, and with what each is called."""
    found: dict[str, list[list[Any]]] = json.loads((files("ballotworthy.files") / "compiled.json").read_bytes())
    return found


def compile_ahead(progress: Progress = silent) -> None:
    """Compile all functions that a first use needs; those that are compiled already cost little.

    Where the system gives no process, or ends one, the rest is left: what needs it will do it.
    """
    from ballotworthy.files.compiled_kinds import called_by

    asked = listed()
    order = TopologicalSorter({name: called_by(name) & asked.keys() for name in asked})
    order.prepare()
    ended = 0
    spawned = multiprocessing.get_context("spawn")
    processes = min(MOST, os.cpu_count() or 1)
    with suppress(OSError, BrokenProcessPool), ProcessPoolExecutor(processes, spawned, end_with_parent) as pool:
        begun: dict[Future[None], str] = {}
        while order.is_active():
            begun |= {pool.submit(compile_one, name, asked[name]): name for name in order.get_ready()}
            for each in wait(begun, return_when=FIRST_COMPLETED).done:
                each.result()
                order.done(begun.pop(each))
                ended += 1
                progress(STAGE, ended, len(asked))


def compile_if_cold(progress: Progress = silent) -> None:
    """Compile all functions that a first use needs where nothing is compiled yet."""
    from ballotworthy.files.compiled import is_cold

    if is_cold():
        compile_ahead(progress)


def end_with_parent() -> None:
    """Have this process end when the one that began it is gone, even if it was killed."""

    def wait_for_it() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait_for_it, name="parent", daemon=True).start()


def compile_one(name: str, kinds: list[list[Any]]) -> None:
    """Compile one function for what it is called with, or load what was compiled."""
    from ballotworthy.files.compiled_kinds import held_as, signature

    for each in kinds:
        held_as(name).compile(signature(each))
