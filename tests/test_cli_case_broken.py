"""A case's folder that is damaged, half copied or strange is told about; no verb stumbles over it or makes it worse."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ballotworthy.record import finished
from checked import run

SCRIPT = Path(__file__).parent / "data/case_by_verbs.py"
READING = (["status"], ["show", "--line", "1-1"], ["work", "--by", "ann"], ["sheets"], ["risk", "status"])
WRITING = (
    ["fix", "--by", "ann"], ["seed", "1", "--by", "ann", "--how", "dice", "--source", "x", "--present", "y"],
    ["sample", "--by", "ann"], ["count", "--by", "ann"], ["certify", "--by", "ann", "--alone", "x"],
    ["reopen", "--by", "ann", "--order", "x", "--day", "2026-11-05"], ["export", "--to", "public", "-o", "OUT"],
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a case that went from opening to purge."""
    folder = tmp_path_factory.mktemp("whole")
    subprocess.run([sys.executable, str(SCRIPT), str(folder)], capture_output=True, check=True)
    return folder / "case"


def flipped(data: bytes, chance: random.Random) -> bytes:
    some = bytearray(data or b"x")
    for _ in range(chance.randrange(1, 5)):
        some[chance.randrange(len(some))] = chance.randrange(256)
    return bytes(some)


def lines_changed(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice([[], [lines[at]] * 2, [b"{}"], [b"[]"], [b"null"], [b"1"], [b'"x"']])
    return b"\n".join(lines)


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "empty": lambda _data, _chance: b"",
    "cut": lambda data, chance: data[: chance.randrange(len(data) + 1)],
    "flipped": flipped,
    "noise": lambda _data, chance: chance.randbytes(200),
    "lines": lines_changed,
    "longer": lambda data, _chance: data + b"\x00\xff junk",
}


def contents(case: Path) -> dict[str, bytes]:
    """Give all files of a case, the record without what a writer cuts off: a torn line, an unfinished batch."""
    files = {str(path.relative_to(case)): path.read_bytes() for path in case.rglob("*") if path.is_file()}
    record = files.get("case.record", b"")
    lines = record[: record.rfind(b"\n") + 1].split(b"\n")[:-1]
    return {**files, "case.record": b"".join(line + b"\n" for line in finished(lines))}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(2))
def test_no_verb_stumbles_over_a_damaged_folder(tmp_path: Path, whole: Path, damage: str, seed: int) -> None:
    """Any refusal of the tree is an answer; `run` raises whatever else a verb ends with."""
    chance = random.Random(f"{damage} {seed}")
    for at in range(2):
        case = tmp_path / str(at) / "case"
        shutil.copytree(whole, case)
        files = sorted(path for path in case.rglob("*") if path.is_file())
        file = chance.choice([case / "case.record", *files])
        file.write_bytes(DAMAGES[damage](file.read_bytes(), chance))
        for words in (chance.choice(READING), chance.choice(WRITING)):
            before = contents(case)
            verb, *rest = [str(tmp_path / str(at) / "out") if word == "OUT" else word for word in words]
            asked = [verb, rest[0], case, *rest[1:]] if verb == "risk" else [verb, case, *rest]
            code, said = run("case", *asked)
            assert code in (0, 2, 3), said
            if words in READING or code == 2:
                assert contents(case) == before


@pytest.mark.parametrize("name", ["case.record", "case.record.head.json", "weights.tsv", "private"])
@pytest.mark.parametrize("way", ["gone", "a folder", "a file"])
def test_no_verb_stumbles_over_what_is_missing_or_of_another_kind(
    tmp_path: Path, whole: Path, name: str, way: str
) -> None:
    case = tmp_path / "case"
    shutil.copytree(whole, case)
    path = case / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if way == "a folder":
        path.mkdir()
    elif way == "a file":
        path.write_bytes(b"\x00")
    signing = ["certify", "--by", "ann", "--alone", "x"]
    for words in (["status"], signing, ["export", "--to", "public", "-o", str(tmp_path / "out")]):
        code, said = run("case", words[0], case, *words[1:])
        assert code in (0, 2, 3), said
