"""Error rates by kind of name, in short: few wrong voters, few questions, hardly a signer refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from name_errors import Row, rows, run
from name_kinds import KINDS

RIGHT = {"Jr., Sr., III": 0.55}
"""Share of registered signers found, at least, where it is not 0.9: father and son who write no suffix are not told."""
WRONG = {"Jr., Sr., III": 0.06}
"""Share of lines accepted for somebody else, at most, where it is not 0.04: sons not registered who write no suffix."""


@pytest.fixture(scope="module")
def counted() -> dict[str, Row]:
    return {row.kind: row for row in rows(run(voters=2_000, lines=300, homes=60, seed=5))}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "two people, agents"])
def test_names_of_each_kind_are_read(counted: dict[str, Row], kind: str) -> None:
    row = counted[kind]
    assert row.right >= RIGHT.get(kind, 0.9) * row.registered
    assert row.wrong <= WRONG.get(kind, 0.04) * row.lines
    assert row.refused <= 0.05 * row.registered


def test_a_line_of_two_people_or_an_agent_is_never_accepted(counted: dict[str, Row]) -> None:
    row = counted["two people, agents"]
    assert row.wrong == 0
    assert row.unresolved >= 0.98 * row.lines
