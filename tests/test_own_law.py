"""Law of a user's own adds a place or stands for one of ours, is checked like ours, and is always named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.files.places import VARIABLE, place_codes, place_file
from ballotworthy.law import read_law
from checked import whole_app

OURS = place_file("zz-example", "law.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


def own(folder: Path, place: str, text: str = OURS) -> Path:
    (folder / place).mkdir(parents=True)
    (folder / place / "law.toml").write_text(text, "utf-8")
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(whole_app(), list(words))


def test_a_place_is_added_and_named_as_the_users_own(tmp_path: Path) -> None:
    folder = own(tmp_path / "places", "us-zz")
    result = run("--law", str(folder), "law", "us-zz", "--json")
    assert json.loads(result.stdout)["name"] == "Exampleland (invented) (own law)"
    assert "us-zz" in place_codes()


def test_a_place_of_ours_is_overlaid_and_the_notes_name_the_file(tmp_path: Path) -> None:
    folder = own(tmp_path / "places", "us-ca")
    (tmp_path / "counts.csv").write_text("stratum,raw,sample,valid,duplicates\nwhole,1000,100,80,0\n")
    where = ("--place", "us-ca", "--kind", "initiative", "--on", "2025-01-01", "--required", "500")
    result = run("--law", str(folder), "project", str(tmp_path / "counts.csv"), *where)
    assert "The law is not the program's but the user's own" in result.stdout
    assert str(folder / "us-ca" / "law.toml") in "".join(result.stdout.split())


def test_the_first_folder_that_has_the_place_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = own(tmp_path / "1", "us-zz"), own(tmp_path / "2", "us-zz", OURS.replace("Exampleland", "Otherland"))
    own(second, "us-yy")
    monkeypatch.setenv(VARIABLE, os.pathsep.join([str(first), str(second)]))
    assert read_law("us-zz").name.startswith("Exampleland")
    assert read_law("us-yy").own == str(second / "us-yy" / "law.toml")
    assert read_law("us-ca").own == ""


def test_it_is_checked_as_ours_are(tmp_path: Path) -> None:
    folder = own(tmp_path / "places", "us-zz", OURS.replace("formula", "formulae", 1))
    assert isinstance(run("--law", str(folder), "law", "us-zz").exception, FileFaults)


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_places_is_refused(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "places"
    if made:
        folder.mkdir()
    assert isinstance(run("--law", str(folder), "law", "us-ca").exception, InputError)
    assert isinstance(run("law", "us-zz").exception, UnknownName)
