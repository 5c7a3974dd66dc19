"""Tell what each package costs that an installation brings: on disk, with what it alone brings, and at import.

`python tools/install_cost.py` writes them into docs/why/dependencies.md, for the packages that are needed to run.
Disk is of the files in this environment, in MB of 1,000,000 bytes, without compiled Python files; import is the user
and system time of a fresh interpreter above that of one that imports nothing, the least of five.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
PAGE = Path(__file__).parents[1] / "docs/why/dependencies.md"
RUNS = 5


def needed() -> list[str]:
    """Give the packages that pyproject.toml asks for, without extras."""
    return sorted(map(_plain, tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]))


def brings(packages: Iterable[str]) -> set[str]:
    """Give packages with all that they bring."""
    found: set[str] = set()
    left = list(packages)
    while left:
        name = left.pop()
        if name in found:
            continue
        try:
            asked = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # asked for on other systems or other versions of Python
        found.add(name)
        left += [_plain(one) for one in asked if "extra ==" not in one]
    return found


def size(package: str) -> int:
    """Give the bytes of a package's files."""
    paths = [file.locate() for file in distribution(package).files or () if file.suffix != ".pyc"]
    return sum(os.path.getsize(path) for path in paths if os.path.isfile(path))  # noqa: PTH113, PTH202 # SimplePath


def import_time(package: str) -> float:
    """Give the seconds that importing a package takes, above an empty interpreter."""
    modules = [module for module, owners in packages_distributions().items() if package in map(_plain, owners)]
    chosen = min((m for m in modules if not m.startswith("_")), key=len)
    return max(0.0, _seconds(f"import {chosen}") - _seconds("pass"))


def _seconds(code: str) -> float:
    return min(_once(code) for _ in range(RUNS))


def _once(code: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 # the code is of this file
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _plain(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else ""


def costs(packages: Iterable[str]) -> dict[str, tuple[int, float]]:
    """Give the bytes that each package and what it alone brings take, and the seconds of its import."""
    every = list(packages)
    everything = brings(every)
    alone = {one: everything - brings(other for other in every if other != one) | {one} for one in every}
    return {one: (sum(map(size, names)), import_time(one)) for one, names in alone.items()}


def written(page: str) -> str:
    """Give the page with the costs of the packages that are needed to run, and their sum, as they are here."""
    found = costs(needed())
    for package, (total, seconds) in found.items():
        row = rf"(?m)^(\| `{re.escape(package)}` \| .+?) \| [^|\n]* \| [^|\n]* \|$"
        page = re.sub(row, rf"\1 | {total / 1e6:.1f} | {seconds:.2f} |", page)
    everything = brings(needed())
    told = f"Together they are {len(everything)} packages of {sum(map(size, everything)) / 1e6:.0f} MB."
    return re.sub(r"(?m)^Together they are .*$", told, page)


def main() -> None:
    """Write the costs into the page."""
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
