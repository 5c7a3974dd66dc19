"""The decorator for compiled functions: Numba, without the GIL, cached on disk by the text of all of them.

Numba's own cache looks at the file of one function only: a change in a function that it calls, after an
upgrade for instance, would go on running the old code. So the cache's folder is named after a digest of every
file that has a compiled function, or one marked "# compiled elsewhere"; another text is another folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from ballotworthy.errors import InputError

Function = TypeVar("Function", bound=Callable[..., Any])
WRITING: Any = cgutils
MARKS = (b"\n@compiled\n", b"\n@allocating\n", b"\n@inlined\n")
ELSEWHERE = b"\n# compiled elsewhere\n"


def compiled(function: Function) -> Function:
    """Compile a function at its first call, or load it where it was compiled before.

    It may make no arrays. So it need not count who uses those it is given, which takes up to a third of its time.
    """
    return _compiled(function, counts=False)


def allocating(function: Function) -> Function:
    """Compile a function that makes arrays, as `compiled` does others."""
    return _compiled(function, counts=True)


def inlined(function: Function) -> Function:
    """Put a function's text in place of each call from a compiled one: the way to give a part of an array back."""
    return cast(Function, njit(inline="always")(function))


# compiled elsewhere
def _early(_typing: Any, array: Any, index: Any) -> Any:
    """Give what Numba asks of an instruction of its own: its signature, and how it is written."""

    def written(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        kind = signature.args[0]
        made = context.make_array(kind)(context, builder, given[0])
        where = context.cast(builder, given[1], signature.args[1], types.intp)
        place = WRITING.get_item_pointer(context, builder, kind, made, [where], wraparound=False)
        byte, number = WRITING.voidptr_t, WRITING.int32_t
        shape = WRITING.ir.FunctionType(WRITING.ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], shape)
        read, near, data = number(0), number(3), number(1)
        builder.call(fetch, [builder.bitcast(place, byte), read, near, data])
        return context.get_dummy_value()

    return types.void(array, index), written


fetch_early = cast(Callable[[np.ndarray, object], None], intrinsic(_early))
"""Have the processor bring one element of a flat array near, without waiting for it; an index outside does no harm."""


# compiled elsewhere
def _word(_typing: Any, array: Any, index: Any) -> Any:
    """As `_early`, for `word`."""

    def written(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        kind = signature.args[0]
        made = context.make_array(kind)(context, builder, given[0])
        where = context.cast(builder, given[1], signature.args[1], types.intp)
        place = WRITING.get_item_pointer(context, builder, kind, made, [where], wraparound=False)
        eight = WRITING.ir.IntType(64)
        return builder.load(builder.bitcast(place, eight.as_pointer()), align=1)

    return types.uint64(array, index), written


word = cast(Callable[[np.ndarray, int], np.uint64], intrinsic(_word))
"""Give eight bytes of a flat array that stand together, from an index on, as one number; all must lie within it."""


def _compiled(function: Function, *, counts: bool) -> Function:
    settings: Any = numba.config
    before = settings.CACHE_DIR
    options: dict[str, Any] = {"cache": True, "nogil": True}
    if not counts:
        options["_nrt"] = False  # Numba's own switch for its reference counts; its manual does not name it
    settings.CACHE_DIR = str(cache_folder())
    try:
        return cast(Function, njit(**options)(function))
    finally:
        settings.CACHE_DIR = before


@cache
def cache_folder() -> Path:
    """Give the folder of the compiled code, made for its owner alone; `NUMBA_CACHE_DIR` and `XDG_CACHE_HOME` count.

    Raises:
        InputError: others may write there. Numba loads what it finds as pickles, which may hold any program.
    """
    base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    own = Path(base) / "ballotworthy"
    folder = own / _digest()
    with suppress(OSError):  # Numba itself finds another place, or says that there is none
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (own, folder):
        if sys.platform != "win32" and each.exists() and _others_write(each):
            raise InputError(
                f"{each} holds compiled code and may be written by others, who could put any program there. "
                f"Run: chmod -R go-w {each}, or remove it if it is not yours; or name another with XDG_CACHE_HOME."
            )
    return folder


def _others_write(folder: Path) -> bool:
    facts = folder.stat()
    return bool(facts.st_mode & 0o022) or facts.st_uid not in (os.geteuid(), 0)


def is_cold() -> bool:
    """Tell whether nothing is compiled yet, so that the first use can say why it takes longer.

    Where nothing can be kept, or Numba is told to compile nothing, no use is the first.
    """
    folder, settings = cache_folder(), cast(Any, numba.config)
    return os.access(folder, os.W_OK) and not settings.DISABLE_JIT and not any(folder.glob("**/*.nbi"))


def is_kernel(text: bytes) -> bool:
    """Tell whether the text of a module has compiled functions."""
    return any(mark in text for mark in MARKS)


def _digest() -> str:
    root = Path(str(files("ballotworthy")))  # Numba believes what it compiled of a file of the same path alone
    whole = hashlib.sha256(f"{numba.__version__} {sys.version} {root.resolve()}".encode())
    for path in sorted(root.glob("**/*.py")):
        text = path.read_bytes()
        if is_kernel(text) or ELSEWHERE in text:
            whole.update(text)
    return whole.hexdigest()[:16]
