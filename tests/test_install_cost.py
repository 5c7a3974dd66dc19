"""What an installation costs is told of every package that is needed to run, by the tool that measures it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import install_cost  # noqa: E402 # of the tools, which stand outside the package


def test_the_page_tells_what_every_package_costs_that_is_needed_to_run() -> None:
    page = install_cost.PAGE.read_text("utf-8")
    rows = dict(re.findall(r"(?m)^\| `([^`]+)` \| .+ \| .+ \| ([\d.]+) \| [\d.]+ \|$", page))
    assert sorted(rows) == install_cost.needed()
    assert all(float(cost) > 0 for cost in rows.values())


def test_a_package_costs_what_it_alone_brings_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install_cost, "import_time", lambda _: 0.5)
    found = install_cost.costs(["numba", "numpy"])
    assert found["numba"][0] == install_cost.size("numba") + install_cost.size("llvmlite")
    assert found["numpy"] == (install_cost.size("numpy"), 0.5)
