"""Write the list of the functions that a first use compiles: `python tools/compiled.py`, two minutes.

It walks the demo and an office's demo in a new folder of compiled code, and lists what is there then.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ballotworthy.files.compiled_kinds import functions, records, told

LIST = Path(__file__).parent.parent / "src" / "ballotworthy" / "files" / "compiled.json"
WALKS = (("demo",), ("office", "demo", "--fill-only"))


def walked(folder: Path) -> Path:
    """Walk through what a newcomer does, with nothing compiled; give the folder of what was."""
    for at, walk in enumerate(WALKS):
        words = [sys.executable, "-m", "ballotworthy", *walk, str(folder / f"walk-{at}")]
        kept = os.environ | {"NUMBA_CACHE_DIR": str(folder)}
        subprocess.run(words, check=True, env=kept, stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)
    return folder / "ballotworthy"


def found(folder: Path) -> dict[str, list[list[Any]]]:
    """Give the functions of a folder of compiled code, and with what they were called."""
    named, by_place = records(), {}
    for name, function in functions():
        code = function.py_func.__code__
        by_place[Path(code.co_filename).stem, function.py_func.__qualname__, code.co_firstlineno] = name
    kinds: dict[str, list[list[Any]]] = {}
    for index in folder.rglob("*.nbi"):
        stem, line = index.name.split(".py")[0].rsplit("-", 1)
        module, function = stem.split(".", 1)
        name = by_place[module, function, int(line)]
        with index.open("rb") as file:
            pickle.load(file)  # Numba's version  # noqa: S301 (this process had it written)
            _, overloads = pickle.loads(file.read())  # noqa: S301 (as above)
        kinds[name] = sorted(([told(each, named) for each in key[0]] for key in overloads), key=str)
    return dict(sorted(kinds.items()))


def main() -> None:
    """Write the list."""
    with TemporaryDirectory() as folder:
        listed = found(walked(Path(folder)))
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(kinds)}" for name, kinds in listed.items())
    LIST.write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
