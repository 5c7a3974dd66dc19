"""NumPy arrays of files, read by one thread at a time.

The head of such a file is a literal of Python, which NumPy parses. CPython before 3.11.8 counts how deep its parser is
once for all threads (cpython issue 106905): where two parse at the same time, one ends in a SystemError.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np

_PARSING = Lock()


def array(path: Path) -> np.ndarray:
    """Give the array of a `.npy` file.

    Raises:
        OSError, ValueError, EOFError: there is none, or it is damaged.
    """
    with _PARSING:
        return np.asarray(np.load(path, allow_pickle=False))


def mapped(path: Path) -> np.ndarray:
    """Give the array of a `.npy` file as it lies on the disk; a page of it is read when it is looked at.

    Raises:
        OSError, ValueError, EOFError: there is none, or it is damaged.
    """
    with _PARSING:
        return np.asanyarray(np.load(path, mmap_mode="r"))


def arrays(path: Path, *names: str) -> dict[str, np.ndarray]:
    """Give the arrays of a `.npz` file by their names, only those named where any are.

    Raises:
        OSError, ValueError, EOFError, KeyError, BadZipFile: there are none, or they are damaged.
    """
    with _PARSING, path.open("rb") as given, np.load(given, allow_pickle=False) as file:
        return {name: file[name] for name in names or file.files}
