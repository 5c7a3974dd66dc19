"""What `make demo` does before it shows anything is said first: what is downloaded, and how much."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INHERITED = ("EXTRAS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")
"""What a make that runs these tests hands down to the one that is tried here."""


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("target", "installs"), [("demo", "-e ."), ("types", '-e ".[dev]"')])
def test_a_target_says_what_it_downloads_before_it_does(tmp_path: Path, target: str, installs: str) -> None:
    words = ["make", "--dry-run", target, f"VENV={tmp_path / 'venv'}"]
    alone = {name: value for name, value in os.environ.items() if name not in INHERITED}
    said = subprocess.run(words, cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout.splitlines()
    (told,) = [at for at, line in enumerate(said) if line.startswith("echo")]
    (download,) = [at for at, line in enumerate(said) if "pip install" in line]
    assert told < download
    assert said[download].endswith(f" {installs}")
    echoed = subprocess.run(["sh", "-c", said[told]], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(r"pip downloads what the program needs, \d+ packages of [\d,]+ MB on the disk", echoed)
    assert ("for developers" in echoed) == (target != "demo")
