"""The files by which an office is installed: they parse, call what there is, and open nothing but TLS."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from ballotworthy.cli.office import app

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted(DEPLOY.glob("ballotworthy-*"))


def understood(words: list[str]) -> None:
    """Have the command line read what somebody would type, without doing it."""
    assert words[0] == "office"
    office = typer.main.get_command(app)
    context = office.make_context("office", [words[1]])
    office.get_command(context, words[1]).make_context(words[1], words[2:], parent=context)


@pytest.mark.parametrize("unit", [each for each in UNITS if each.suffix == ".service"], ids=lambda each: each.name)
def test_a_unit_calls_a_command_that_is_there(unit: Path) -> None:
    called = re.findall(r"(?m)^ExecStart=/opt/ballotworthy/bin/ballotworthy (.+)$", unit.read_text("utf-8"))
    assert len(called) == 1
    understood(shlex.split(called[0]))


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze")
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/ballotworthy/bin/ballotworthy", "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    paths = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, timeout=60)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_the_container_calls_a_command_that_is_there_and_is_nobody_of_power() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    begun, given = (json.loads(found) for found in re.findall(r"(?m)^(?:ENTRYPOINT|CMD) (\[.+\])$", text))
    understood([*begun[1:], *given])
    assert re.findall(r"(?m)^USER (\w+)$", text) == ["office"]


def test_of_the_composed_services_tls_alone_is_reached() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    made = yaml.safe_load(text)
    services = made["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["tls"]
    assert [name for name, each in services.items() if "outside" in each["networks"]] == ["tls"]
    assert made["networks"]["inside"] == {"internal": True}
    assert all("no-new-privileges:true" in each["security_opt"] for each in services.values())
    understood(["office", *services["office"]["command"]])
    named = {volume.partition(":")[0] for each in services.values() for volume in each["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(made["volumes"])
    assert all(":?" in found for found in re.findall(r"\$\{[^}]+\}", text)), "a secret has no value by default"
    assert "office:8790" in (DEPLOY / "Caddyfile").read_text("utf-8")
