"""A look into the law does not wait for the libraries that other verbs need."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("polars", "numba", "numpy", "altair", "holidays")


def loaded_by(*arguments: str) -> set[str]:
    code = (
        f"import sys; sys.argv[1:] = {list(arguments)!r}\n"
        "from ballotworthy.cli.main import main\n"
        "try: main()\n"
        f"except SystemExit: print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "arguments", [("law",), ("law", "us-ca"), ("law", "changes", "us-ca", "2020-01-01", "2026-01-01")], ids=" ".join
)
def test_the_law_loads_no_tables_and_no_plots(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) == set()


def test_deadlines_load_the_holidays_alone() -> None:
    assert loaded_by("law", "calendar", "us-ca", "--kind", "statute", "--filed", "2026-08-03") == {"holidays"}


def test_a_convention_is_counted_without_the_libraries_of_great_tables() -> None:
    words = ("convention", "count", "--subject", "balanced-budget", "--on", "2025-01-01")
    assert loaded_by(*words) == set()
