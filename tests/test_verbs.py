"""The verbs are loaded one by one, so that a light one answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ballotworthy.cli.main import app
from ballotworthy.cli.verbs import NAMES

HEAVY = ("polars", "numba", "numpy", "altair", "holidays")


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import sys; from ballotworthy.cli.main import app\n"
        f"try: app({list(arguments)!r})\n"
        f"except SystemExit: print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "arguments",
    [("law", "us-ca"), ("law",), ("law", "us-ca", "--diff", "2020-01-01", "2026-01-01"), ("--version",)],
    ids=" ".join,
)
def test_the_law_is_read_without_waiting_for_what_other_verbs_need(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) == set()


def test_deadlines_wait_for_the_holidays_alone() -> None:
    assert loaded_by("law", "us-ca", "--kind", "statute", "--calendar", "--filed", "2026-08-03") == {"holidays"}


def test_every_verb_is_there_and_no_module_of_one_is_forgotten() -> None:
    commands: Any = typer.main.get_command(app)
    assert tuple(commands.commands) == NAMES
    assert [name for name in NAMES if commands.commands[name].name != name] == []
    assert "law" in commands.commands
    assert "nonsense" not in commands.commands
    assert len(commands.commands) == len(NAMES)
    folder = Path(sys.modules["ballotworthy.cli.main"].__file__ or "").parent
    helpers = {"__init__", "main", "options", "progress", "verbs"}
    assert {path.stem for path in folder.glob("*.py") if not path.stem.startswith("law_")} - helpers == set(NAMES)


def test_a_verb_misspelt_is_told_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["lwa"])
    assert result.exit_code == 2
    assert "Did you mean" in result.output
