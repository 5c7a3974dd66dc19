"""The plan of the house is true: floors and rooms as import-linter enforces them and as the folders stand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "src" / "ballotworthy"
PAGE = (ROOT / "docs" / "why" / "house.md").read_text("utf-8")
LAYERS = next(
    contract["layers"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    if contract["type"] == "layers"
)


def exists(room: str) -> bool:
    return (CODE / room).is_dir() or (CODE / f"{room}.py").is_file()


def enforced() -> list[set[str]]:
    floors = [{room.strip(" ()") for room in layer.split("|")} for layer in LAYERS]
    return [rooms for floor in floors if (rooms := {room for room in floor if exists(room)})]


def drawn() -> list[set[str]]:
    rows = re.findall(r"^\| \d+ \| ([^|]+) \|", PAGE, re.MULTILINE)
    return [set(re.findall(r"`(\w+)`", row)) for row in rows]


def test_the_floors_of_the_page_are_those_that_are_enforced() -> None:
    assert drawn() == enforced()


def test_every_folder_and_file_of_code_is_a_room_and_no_other() -> None:
    folders = {each.parent.name for each in CODE.glob("*/__init__.py")}
    files = {each.stem for each in CODE.glob("*.py") if not each.stem.startswith("__")}
    assert set().union(*drawn()) == folders | files


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:src|docs)/[\w./-]+)`", PAGE))))
def test_every_file_that_the_plan_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(\w+/[\w/-]+\.(?:py|toml))`", PAGE)) - {"src"}))
def test_every_file_on_the_way_of_a_line_and_of_a_number_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (CODE / path).exists()
