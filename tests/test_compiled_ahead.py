"""The list of what is compiled ahead: all of it can be, and a first use calls no function with what it lacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ballotworthy.files.compiled import cache_folder, is_cold
from ballotworthy.files.compiled_ahead import compile_ahead, compile_one, listed
from ballotworthy.files.compiled_kinds import called_by, functions, records, signature, told

FIRST_USE = """
import json, sys
from ballotworthy.cli.main import main
from ballotworthy.files.compiled_ahead import listed
from ballotworthy.files.compiled_kinds import functions, records, told
sys.argv[1:] = ["office", "demo", *sys.argv[1:], "--fill-only", "--sheets", "0"]
try:
    main()
except SystemExit as ended:
    assert not ended.code
named, asked = records(), listed()
called = {name: [[told(each, named) for each in kinds] for kinds in each.signatures] for name, each in functions()}
lacking = {name: [kinds for kinds in each if kinds not in asked.get(name, [])] for name, each in called.items()}
print(json.dumps([sum(map(len, called.values())), {name: each for name, each in lacking.items() if each}]))
"""


def test_a_first_use_calls_nothing_that_is_not_compiled_ahead(tmp_path: Path) -> None:
    words = [sys.executable, "-c", FIRST_USE, str(tmp_path / "office")]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    called, lacking = json.loads(ran.stdout.splitlines()[-1])
    assert called > 10
    assert lacking == {}, "python tools/compiled.py writes the list anew"


def test_all_that_is_listed_can_be_compiled_and_is_told_as_it_is_listed() -> None:
    named, held = records(), dict(functions())
    for name, asked in listed().items():
        compile_one(name, asked)
        assert {signature(kinds) for kinds in asked} <= set(held[name].signatures), name
        assert [[told(each, named) for each in signature(kinds)] for kinds in asked] == asked


@pytest.mark.parametrize("why", ["nothing can be kept", "nothing is compiled"])
def test_no_use_is_the_first_where(why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache_folder.cache_clear()
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "new"))
    assert is_cold()
    cache_folder.cache_clear()
    if why == "nothing can be kept":
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    else:
        monkeypatch.setattr("numba.config.DISABLE_JIT", 1)
    assert not is_cold()
    monkeypatch.undo()
    cache_folder.cache_clear()


def test_what_a_function_calls_is_compiled_before_it() -> None:
    assert {"roll.keys:letters_of", "roll.keys:_put"} <= called_by("roll.keys:surname_keys")
    told_of: list[tuple[int, int]] = []
    compile_ahead(lambda _stage, done, total: told_of.append((done, total)))
    assert told_of[-1] == (len(listed()), len(listed()))
