"""The verbs of a case from Python: from opening to purge without a word of the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ballotworthy.verify import HOLDS, verify

SCRIPT = Path(__file__).parent / "data/case_by_verbs.py"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the script in a process of its own; give the folder it worked in."""
    folder = tmp_path_factory.mktemp("walked")
    done = subprocess.run([sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""  # the verbs print nothing
    return folder


def test_a_case_goes_from_opening_to_purge_without_the_command_line(walked: Path) -> None:
    case = walked / "case"
    assert sorted(path.name for path in case.iterdir() if path.name != "private") == [
        "case.record",
        "case.record.head.json",
        "certificate.json",
        "certificate.pdf",
        "weights.tsv",
    ]
    assert list((case / "private").iterdir()) == []
    with (walked / "out/case.record").open("rb") as lines:
        answer = verify(lines, certificate=(walked / "out/certificate.json").read_bytes())
    assert answer.holds
    assert sum(check.state == HOLDS for check in answer.checks) > 20


def test_the_script_imports_nothing_of_the_command_line() -> None:
    text = SCRIPT.read_text("utf-8")
    assert "assert not [name for name in sys.modules" in text  # it looks for itself, at its end
