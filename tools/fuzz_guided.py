"""Let Atheris find inputs that break a reader, guided by the code that each of them reaches.

    pip install atheris                                              # no dependency of the project; CPython on Linux
    PYTHONPATH=src python tools/fuzz_guided.py law.toml --seconds 600
    PYTHONPATH=src python tools/fuzz_guided.py --readers             # the readers that may be named

It begins with the small sound files of `fuzz.py`, and takes the same ends for faults. What breaks is written into the
folder, as `crash-…`, and stops the run; what it has found of inputs is kept there, so that a further run goes on.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

MISSING = "Atheris is not installed; it is no dependency of the project. Get it: pip install atheris"


def main(given: Sequence[str] | None = None) -> int:
    """Run until the time is over or something broke; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", nargs="?", default="", help="by the name that fuzz.py gives it")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=Path("guided"), help="where inputs are kept")
    parser.add_argument("--readers", action="store_true", help="print the readers")
    asked = parser.parse_args(given)
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    import atheris

    os.environ["NUMBA_DISABLE_JIT"] = "1"  # what is instrumented does not compile
    with atheris.instrument_imports(include=["ballotworthy"]):
        import fuzz
    with tempfile.TemporaryDirectory() as sound:
        made = fuzz.seeds(Path(sound), matching=False)  # uncompiled, matching would take minutes
        files = {each.name: each for each in made if len(each.spoilt) == 1 and each.path.is_file()}
        if asked.readers or asked.reader not in files:
            print("\n".join(files), file=sys.stdout if asked.readers else sys.stderr)
            return 0 if asked.readers else 2
        seed = files[asked.reader]
        kept = asked.folder / asked.reader.replace(" ", "-")
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"sound{seed.path.suffix}").write_bytes(seed.path.read_bytes())
        target = Path(sound) / "given" / seed.path.name
        target.parent.mkdir()

        def one(data: bytes) -> None:
            target.write_bytes(data)
            end, where = fuzz.ended(seed.read, target)
            if where:
                raise RuntimeError(f"{end} ({where})")

        words = [sys.argv[0], str(kept), f"-max_total_time={asked.seconds}", f"-artifact_prefix={asked.folder}/crash-"]
        atheris.Setup(words, one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
