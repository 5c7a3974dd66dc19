"""The files by which an office is installed: they parse, call what there is, and open nothing but TLS."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer

from ballotworthy.cli.office import app

DEPLOY = Path(__file__).parent.parent / "deploy"
SAID_BESIDE = r"\$\{(\w+):\?[^}]*\}"
"""How compose.yaml names what `.env` says."""
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


def test_units_write_where_systemd_gives_them_folders_and_the_timer_starts_the_backup() -> None:
    for unit in (each for each in UNITS if each.suffix == ".service"):
        said = dict(re.findall(r"(?m)^(\w+)=(.*)$", unit.read_text("utf-8")))
        words = shlex.split(said["ExecStart"])
        state, cache = f"/var/lib/{said['StateDirectory']}", f"/var/cache/{said['CacheDirectory']}"
        assert all(word.startswith(f"{state}/") for word in words[1:] if word.startswith("/"))
        assert said["Environment"] == f"NUMBA_CACHE_DIR={cache}"
    assert {each.with_suffix(".service") for each in UNITS} <= set(UNITS)  # what a timer starts


def test_the_container_is_asked_for_a_page_that_is_there_and_installs_extras_that_are() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    asked = json.loads(re.findall(r"(?m)^HEALTHCHECK .* CMD (\[.+\])$", text)[0])
    assert asked[:2] == ["python", "-c"]
    compile(asked[2], "HEALTHCHECK", "exec")
    port, page = re.findall(r"http://127\.0\.0\.1:(\d+)/([\w-]+)", asked[2])[0]
    routes = (DEPLOY.parent / "src/ballotworthy/office/urls.py").read_text("utf-8")
    assert page in re.findall(r'Route\("([^"]*)", .* \(ANYBODY,\)\)', routes)
    assert re.findall(r"(?m)^EXPOSE (\d+)$", text) == [port] == [str(served_at())]
    given = re.findall(r'pip install .*"\.\[(.+)\]"', text)[0].split(",")
    project = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(given) <= set(project["optional-dependencies"])
    made = re.findall(r"install -d .* (/\S+) (/\S+)", text)[0]
    assert list(made) == json.loads(re.findall(r"(?m)^VOLUME (\[.+\])$", text)[0])
    assert set(re.findall(r"--from=(\w+)", text)) == set(re.findall(r"(?m)^FROM \S+ AS (\w+)", text))


def served_at() -> int:
    """Give the port at which an office is served where nothing else is said."""
    office = typer.main.get_command(app)
    return next(each.default for each in office.commands["serve"].params if each.name == "port")


def composed() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    made: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return made


def test_what_the_composed_services_name_of_each_other_is_there() -> None:
    made = composed()
    services = made["services"]
    for each in services.values():
        assert set(each.get("depends_on", ())) <= set(services)
        assert set(each["networks"]) <= set(made["networks"])
        for host in (volume.partition(":")[0] for volume in each["volumes"] if volume.startswith(".")):
            assert (DEPLOY / host).is_file()
    built = services["office"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).resolve() == (DEPLOY / "Dockerfile").resolve()
    tables = services["database"]["environment"]
    database = urlsplit(re.sub(SAID_BESIDE, r"\1", services["office"]["environment"]["DATABASE_URL"]))
    assert (database.hostname, database.port, database.path) == ("database", 5432, f"/{tables['POSTGRES_DB']}")
    assert database.username == tables["POSTGRES_USER"]
    assert database.password == re.sub(SAID_BESIDE, r"\1", tables["POSTGRES_PASSWORD"])
    asked = services["database"]["healthcheck"]["test"][-1]
    assert asked == f"pg_isready -U {tables['POSTGRES_USER']} -d {tables['POSTGRES_DB']}"
    caddy = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert caddy.count("{") == caddy.count("}")
    assert set(re.findall(r"\{\$(\w+)\}", caddy)) <= set(services["tls"]["environment"])
    assert re.findall(r"(?m)^\treverse_proxy (\S+)$", caddy) == [f"office:{served_at()}"]


def test_of_the_composed_services_tls_alone_is_reached() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    made = composed()
    services = made["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["tls"]
    assert [name for name, each in services.items() if "outside" in each["networks"]] == ["tls"]
    assert made["networks"]["inside"] == {"internal": True}
    assert all("no-new-privileges:true" in each["security_opt"] for each in services.values())
    understood(["office", *services["office"]["command"]])
    named = {volume.partition(":")[0] for each in services.values() for volume in each["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(made["volumes"])
    assert all(":?" in found for found in re.findall(r"\$\{[^}]+\}", text)), "a secret has no value by default"
