"""What many tests need: small rolls, built from voters as they would stand in a file."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

# Workers share the cores: Polars' own threads cost them a quarter of packing. The first keeps them, so that what
# depends on the order in which threads end is found.
if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
    os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl
import pytest
import typer.main
import typer.testing
from hypothesis import settings

from ballotworthy.files.compiled_ahead import compile_if_cold
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from ballotworthy.simulate import Simulation
from simulated import make

if TYPE_CHECKING:
    from office_browser import Served
    from office_site import Office

settings.register_profile("ballotworthy", deadline=None, derandomize=True, max_examples=50)
# first calls compile; every run is alike, so more of the same examples would find nothing that fewer do not
settings.load_profile("ballotworthy")
typer.main.get_command = typer.testing._get_command = cache(typer.main.get_command)  # type: ignore[attr-defined]
# it would make all verbs of an app anew for each call of one: 90 ms for the whole command line, 33 for a case's
TAKEN_ON = dt.date(2018, 4, 30)
SmallRoll = Callable[..., Roll]


def pytest_configure(config: pytest.Config) -> None:
    """Compile before the first test what no machine has yet: workers would all do it at the same time."""
    if config.getoption("numprocesses", None):
        compile_if_cold()


@pytest.fixture
def small_roll(tmp_path: Path) -> SmallRoll:
    """Give a function from voters, and facts that all share, to an open roll: `small_roll([{...}], zip="94016")`."""
    numbers = count(1)

    def build(voters: Sequence[Mapping[str, str | None]], **shared: str) -> Roll:
        file = tmp_path / f"voters-{next(numbers)}.csv"
        pl.DataFrame([{**shared, **voter} for voter in voters], infer_schema_length=None).write_csv(file)
        build_roll(read_voters(file, taken_on=TAKEN_ON), file.with_suffix(".roll"))
        return open_roll(file.with_suffix(".roll"))

    return build


@pytest.fixture(scope="session")
def made() -> Simulation:
    """Give the simulated petition of `simulated.make`."""
    return make()


@pytest.fixture(scope="session")
def joined(made: Simulation) -> pl.DataFrame:
    """Each line with its truth and its voter, if any; columns of the same name end in `_roll`."""
    lines = made.lines.join(made.truth, on=["sheet", "line"], maintain_order="left")
    return lines.join(made.roll, on="voter_id", how="left", suffix="_roll", maintain_order="left")


@pytest.fixture(scope="session")
def office_site(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give the office of this process, filled with its demo; Django can be set up once only."""
    pytest.importorskip("django", reason="the extra office is not installed")
    from office_site import opened

    return opened(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(office_site: Office) -> Office:
    """Give the office with its demo as it was filled, whatever the tests before did in it."""
    office_site.as_filled()
    return office_site


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give the office that browsers of this process meet."""
    from office_browser import serving

    with serving(tmp_path_factory.mktemp("served") / "office") as served:
        yield served
