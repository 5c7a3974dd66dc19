"""The documentation is true: pages made from the code are up to date, links lead somewhere, printed commands run."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.dom import minidom

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.files.places import place_codes, place_file
from ballotworthy.law import read_law
from ballotworthy.verify.shipped import texts

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WRITTEN = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
sys.path.insert(0, str(ROOT / "tools"))

import console  # noqa: E402 -- tools/ is no package; it is found by the line above
import reference  # noqa: E402 -- as above

APP = build_app()
VERBS = list(reference.verbs())
PRINTING = [page for page in sorted(DOCS.rglob("*.md")) if console.blocks(page.read_text("utf-8"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"(?ms)^```.*?^```$|^ {4}.*?$|`[^`\n]*`")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", sorted(reference.PAGES))
def test_a_made_page_is_what_make_reference_would_write(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == reference.PAGES[page](), "run `make reference`"


def test_the_present_text_of_every_law_is_the_last_that_the_program_has_had() -> None:
    last = {place: rows[-1].split()[1] for place, rows in texts().items()}
    now = {place: sha256(place_file(place, "law.toml").read_bytes()).hexdigest()[:32] for place in place_codes()}
    assert last == now, "run `make reference`"


@pytest.mark.parametrize("width", ["40", "200"])
def test_the_reference_does_not_depend_on_the_terminal(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert reference.cli_page() == (DOCS / "reference/cli.md").read_text("utf-8")


@pytest.mark.parametrize("verb", [verb for verb, _ in VERBS])
def test_a_verb_explains_itself_and_each_option(verb: str) -> None:
    command = dict(VERBS)[verb]
    assert command.help
    unexplained = [each.name for each in command.params if each.name != "help" and not each.help]
    assert unexplained == []
    done = CliRunner().invoke(APP, [*verb.split()[1:], "-h"])
    assert done.exit_code == 0


@pytest.mark.parametrize("verb", [verb for verb, _ in VERBS])
def test_a_verb_answers_in_json_if_asked(verb: str) -> None:
    assert "--json" in [option for each in dict(VERBS)[verb].params for option in each.opts]


def test_the_reference_knows_every_verb_of_the_program() -> None:
    commands: Any = typer.main.get_command(APP)
    page = (DOCS / "reference/cli.md").read_text("utf-8")
    assert [verb for verb in commands.commands if f"## ballotworthy {verb}" not in page] == []


def headings(page: Path) -> list[str]:
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))
    return [anchor_of(heading) for heading in re.findall(r"(?m)^#+ (.+)$", text)]


def anchor_of(heading: str) -> str:
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in headings(there)):
            broken.append(link)
    assert broken == []


def linked(page: Path) -> set[Path]:
    links = LINK.findall(FENCED.sub("", page.read_text("utf-8")))
    return {(page.parent / link.partition("#")[0]).resolve() for link in links if ":" not in link}


@pytest.mark.parametrize("picture", sorted(DOCS.rglob("*.svg")), ids=lambda path: path.name)
def test_a_drawing_is_one_that_browsers_show(picture: Path) -> None:
    assert minidom.parse(str(picture)).documentElement.tagName == "svg"  # noqa: S318 -- a file of our own


def test_every_page_can_be_reached_from_the_first() -> None:
    first = linked(DOCS / "start/index.md") | {DOCS / "start/index.md"}
    reached = first | linked(DOCS / "reference/places.md")
    assert [name(page) for page in sorted(DOCS.rglob("*.md")) if page not in reached] == []


def test_every_place_has_its_page_and_no_other() -> None:
    assert sorted(page.stem for page in (DOCS / "reference/places").iterdir()) == sorted(place_codes())


@pytest.mark.parametrize("place", place_codes())
def test_every_citation_of_a_place_leads_to_its_address(place: str) -> None:
    page = (DOCS / f"reference/places/{place}.md").read_text("utf-8")
    used = set(re.findall(r"\]\[([^\]]+)\]", page))
    defined = dict(re.findall(r"(?m)^\[([^\]]+)\]: (https?://\S+)$", page))
    assert used == set(defined)
    assert defined == {key: source.url for key, source in read_law(place).sources.items()}


def test_every_place_has_its_rows() -> None:
    page = (DOCS / "reference/places.md").read_text("utf-8")
    assert [place for place in place_codes() if f"| [`{place}`]" not in page] == []


def test_every_dependency_has_its_reason_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    wanted += project["build-system"]["requires"]
    names = {re.split(r"[\s\[<>=!~;]", each)[0].lower() for each in wanted}
    rows = re.findall(r"(?m)^\| `([^`]+)` \| .+ \| .+ \|$", (DOCS / "why/dependencies.md").read_text("utf-8"))
    assert sorted(set(rows)) == sorted(names)  # a package that two extras need has a row in both


@pytest.mark.parametrize("page", PRINTING, ids=name)
def test_commands_run_and_print_what_the_page_prints(page: Path, tmp_path: Path) -> None:
    """Numbers may differ from machine to machine, words may not; `make reference` prints both anew."""
    folder = tmp_path / "here"
    folder.mkdir()
    for block in console.blocks(page.read_text("utf-8")):
        for printed in block:
            assert console.run(printed.command, folder).shape() == printed.shape(), printed.command


def test_the_shell_redraws_the_sample() -> None:
    page = (DOCS / "how-to/redraw-a-sample.md").read_text("utf-8")
    shown = [each for block in console.blocks(page) for each in block]
    assert shown[-1].command.startswith("cmp sample.txt redrawn.txt")
    assert shown[-1].output == "the same sample\n"


def keys(value: object, path: str = "") -> Iterator[str]:
    """Give the path of each key, "steps[].source.url", lists by their first table."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{path}{key}"
            # The keys below are the fields of the file, and the tests that were asked.
            if f"{path}{key}" not in ("columns.read", "by_circulator[].tests"):
                yield from keys(below, f"{path}{key}.")
    elif isinstance(value, list):
        for below in value:
            yield from keys(below, f"{path.removesuffix('.')}[].")


def test_every_key_of_a_result_is_documented_and_no_other(tmp_path: Path) -> None:
    run = CliRunner().invoke
    where = ["--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20"]
    made = run(APP, ["simulate", "--voters", "6000", "--lines", "2400", "--seed", "keys", "-o", f"{tmp_path}/in"])
    assert made.exit_code == 0, made.output
    lines = tmp_path / "in/lines.csv"
    lines.write_text(lines.read_text("utf-8").replace("struck", "office", 1), "utf-8")
    roll = f"{tmp_path}/x.roll"
    built = run(APP, ["roll", "build", f"{tmp_path}/in/roll.csv", "--taken-on", "2018-05-18", "-o", roll])
    assert built.exit_code == 0, built.output
    files = [f"{tmp_path}/in/lines.csv", "--roll", roll, "-o", f"{tmp_path}/out"]
    listed = ["--to-rule", "2400", "--to-rule-out", f"{tmp_path}/ruled.csv"]
    assert run(APP, ["check", *files, *where, "--required", "450", *listed]).exit_code == 0
    rows = pl.read_csv(tmp_path / "ruled.csv", infer_schema=False).with_columns(outcome=pl.lit("valid"))
    rows.write_csv(tmp_path / "ruled.csv")
    checked = run(APP, ["check", *files, *where, "--required", "450", "--ruled", f"{tmp_path}/ruled.csv"])
    assert checked.exit_code == 0, checked.output
    real = set(keys(json.loads((tmp_path / "out/result.json").read_text("utf-8"))))
    page = (DOCS / "reference/files.md").read_text("utf-8")
    table = page.split("### result.json")[1].split("\n###")[0]
    rows = re.findall(r"(?m)^\| (`.+?`) \|", table)
    documented = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert documented == real


@pytest.mark.parametrize("heading", ["roll build", "match", "check", "simulate"])
def test_the_page_on_files_names_every_file_that_is_written(heading: str, tmp_path: Path) -> None:
    run, page = CliRunner().invoke, (DOCS / "reference/files.md").read_text("utf-8")
    made = run(APP, ["simulate", "--voters", "300", "--lines", "60", "--seed", "x", "-o", f"{tmp_path}/in"])
    assert made.exit_code == 0
    written = {"simulate": tmp_path / "in"}.get(heading, tmp_path / "out")
    roll = f"{tmp_path}/{'out' if heading == 'roll build' else 'x.roll'}"
    run(APP, ["roll", "build", f"{tmp_path}/in/roll.csv", "--taken-on", "2018-05-18", "-o", roll])
    lines = [f"{tmp_path}/in/lines.csv", "--roll", roll]
    if heading == "check":
        law = ["--place", "zz-example", "--kind", "initiative", "--on", "2018-04-20"]
        run(APP, ["check", *lines, *law, "-o", f"{tmp_path}/out"])
    if heading == "match":
        run(APP, ["match", *lines, "-o", f"{tmp_path}/out.csv"])
        header = (tmp_path / "out.csv").read_text("utf-8").split("\n", 1)[0].split(",")
        section = page.split("### The match file")[1].split("\n###")[0]
        assert [column for column in header if f"`{column}`" not in section] == []
    else:
        assert written.is_dir()
        assert [each.name for each in written.iterdir() if f"`{each.name}`" not in page] == []
