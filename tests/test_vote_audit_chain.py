"""The files of an audit are a chain: what is changed, taken away or put in is found when it is read again."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from test_vote_audit import asked, begin, fill, records, run, truth

STANDS = truth(1040, 960)


def change(path: Path) -> None:
    """Turn the first yes or no of a list into the other."""
    text = path.read_text()
    path.write_text(text.replace(",yes", ",no", 1) if ",yes" in text else text.replace("B1", "B2", 1))


def swap(folder: Path) -> None:
    """Put two cards of the first list in another order."""
    path = folder / "round-1.csv"
    head, one, two, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([head, two, one, *rest]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit with one round entered and a second one drawn."""
    base = tmp_path_factory.mktemp("made")
    folder = begin(base, STANDS, "yes_of_valid:>1/2")
    listed = Path(asked("next", folder, "-n", 20)["list"])
    asked("enter", folder, fill(listed, STANDS, base / "filled.csv"))
    asked("next", folder, "-n", 20)
    return folder


@pytest.fixture
def audit(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "audit"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: change(folder / "entered-1.csv"), "entered-1.csv is not the file that was written"),
        (swap, "round-1.csv is not the file that was written"),
        (lambda folder: (folder / "round-1.csv").unlink(), "round-1.csv is not the file that was written"),
        (lambda folder: (folder / "entered-1.link.json").unlink(), "entered-1.link.json is missing"),
        (lambda folder: (folder / "round-1.link.json").write_text("{}"), "round-1.link.json cannot be read"),
        (
            lambda folder: (folder / "round-2.link.json").write_text((folder / "round-1.link.json").read_text()),
            "round-2.link.json does not follow",
        ),
        (lambda folder: change(folder / "seed.json") or (folder / "seed.json").write_text(
            (folder / "seed.json").read_text().replace("31415926", "31415927")), "does not follow the step before"),
        (lambda folder: change(folder / "cards.csv"), "cards.csv is not the file that was committed"),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(audit: Path, spoil: Callable[[Path], object], told: str) -> None:
    spoil(audit)
    for verb in (["status", audit], ["next", audit], ["enter", audit, audit / "round-2.csv"]):
        assert told in str(run(*verb).exception)


def test_a_chain_mended_throughout_has_another_head(audit: Path) -> None:
    published = asked("status", audit)["head"]
    assert asked("status", audit, "--head", published)["state"] == "enter"
    change(audit / "entered-1.csv")
    before = sha256((audit / "round-1.link.json").read_bytes()).hexdigest()
    for step in ("entered-1", "round-2"):
        link = audit / f"{step}.link.json"
        link.write_text(
            f'{{"sha256": "{sha256((audit / f"{step}.csv").read_bytes()).hexdigest()}", "before": "{before}"}}'
        )
        before = sha256(link.read_bytes()).hexdigest()
    assert asked("status", audit)["head"] != published
    assert "a step was added or changed" in str(run("status", audit, "--head", published).exception)


def test_a_list_of_other_cards_is_found_though_its_link_is_right(audit: Path) -> None:
    change(audit / "round-2.csv")
    link = audit / "round-2.link.json"
    before = sha256((audit / "entered-1.link.json").read_bytes()).hexdigest()
    swapped = (audit / "round-2.csv").read_text().splitlines(keepends=True)
    (audit / "round-2.csv").write_text("".join([swapped[0], *reversed(swapped[1:])]))
    digest = sha256((audit / "round-2.csv").read_bytes()).hexdigest()
    link.write_text(f'{{"sha256": "{digest}", "before": "{before}"}}')
    assert "other cards than the seed draws" in str(run("status", audit).exception)


def test_a_step_that_was_cut_off_is_made_again(audit: Path) -> None:
    drawn = (audit / "round-2.csv").read_text()
    (audit / "round-2.link.json").unlink()
    (audit / "round-2.csv").write_text(drawn[:40])
    assert asked("status", audit)["state"] == "draw"
    asked("next", audit, "-n", 20)
    assert (audit / "round-2.csv").read_text() == drawn


def test_the_list_has_the_columns_of_colorado_where_they_are_asked_for(tmp_path: Path) -> None:
    folder = begin(tmp_path, STANDS, "yes_of_valid:>1/2", "--records", records(tmp_path, STANDS))
    told = run("next", folder, "--columns", "georgia")
    assert "georgia" in str(told.exception)
    listed = Path(asked("next", folder, "-n", 5, "--columns", "colorado")["list"])
    with listed.open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:8] == [
        "scanner_id", "batch_id", "record_id", "imprinted_id", "ballot_type", "storage_location", "cvr_number",
        "audited",
    ]  # fmt: skip
    assert all(row["Card"] == f"{row['batch_id']}/{row['record_id']}" for row in rows)
    assert all(row["imprinted_id"] == f"1-{row['batch_id']}-{row['record_id']}" for row in rows)
    assert asked("enter", folder, fill(listed, STANDS, tmp_path / "filled.csv"))["entered"] == 5
