"""A look into the law does not wait for the libraries that other verbs need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("polars", "numba", "numpy", "altair", "holidays")


def loaded_by(*asked: tuple[str, ...]) -> set[str]:
    """Give what a process has loaded that answered these, one after the other: what one loads stays."""
    code = (
        "import sys\n"
        "from ballotworthy.cli.main import main\n"
        f"for words in {asked!r}:\n"
        "    sys.argv[1:] = words\n"
        "    try: main()\n"
        "    except SystemExit as end: assert not end.code, words\n"
        f"print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_the_law_and_a_convention_load_no_tables_and_no_plots() -> None:
    assert (
        loaded_by(
            ("law",),
            ("law", "us-ca"),
            ("law", "changes", "us-ca", "2020-01-01", "2026-01-01"),
            ("convention", "count", "--subject", "balanced-budget", "--on", "2025-01-01"),
        )
        == set()
    )


def test_deadlines_load_the_holidays_alone() -> None:
    assert loaded_by(("law", "calendar", "us-ca", "--kind", "statute", "--filed", "2026-08-03")) == {"holidays"}
