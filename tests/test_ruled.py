"""Rulings of lines drawn at random: listed for people, read back with every fault, and what the count becomes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
from typer.testing import CliRunner

from ballotworthy.check import Check, Ruled, correct, read_ruled, to_rule
from ballotworthy.check.corrected import counted
from ballotworthy.cli.main import build_app
from ballotworthy.errors import BallotworthyError, FileFaults, InputError
from ballotworthy.files.cells import write_table
from ballotworthy.petition import Petition, read_lines
from ballotworthy.report.page import render_check
from ballotworthy.roll import Roll, open_roll
from ballotworthy.stats import draw
from test_check import LATER, SIGNER
from test_check import run as small_check

APP = build_app()
WHERE = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20", "--required", "700")
LINES = 1_000


def call(*words: object) -> str:
    done = CliRunner().invoke(APP, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


class World(NamedTuple):
    """An invented petition checked once, with all its lines listed to be ruled; `truth` rules each by itself."""

    folder: Path
    petition: Petition
    roll: Roll
    list: pl.DataFrame
    truth: pl.DataFrame
    valid: int

    def check(self, out: Path, *words: object) -> str:
        roll = self.folder / "x.roll"
        return call("check", self.folder / "in/lines.csv", "--roll", roll, *WHERE, "-o", out, *words)

    def ruled(self, path: Path, number: int, *changes: tuple[int, dict[str, Any]]) -> Path:
        """Write the first lines of the list, ruled as the truth is, save for some cells."""
        rows = self.truth[:number].to_dicts()
        for row, changed in changes:
            rows[row] |= changed
        pl.DataFrame(rows, schema=self.truth.schema).write_csv(path)
        return path

    def read(self, path: Path, **seed: str) -> Ruled:
        return read_ruled(path, self.petition, self.roll, **seed)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    call("simulate", "--voters", 4000, "--lines", LINES, "--seed", "ruled", "-o", folder / "in")
    call("roll", "build", folder / "in/roll.csv", "--place", "us-ca", "-o", folder / "x.roll", "--json")
    petition = read_lines(folder / "in/lines.csv", latest=LATER)
    made = World(folder, petition, open_roll(folder / "x.roll"), pl.DataFrame(), pl.DataFrame(), 0)
    made.check(folder / "out", "--to-rule", LINES, "--to-rule-out", folder / "list.csv")
    listed = pl.read_csv(folder / "list.csv", infer_schema=False)
    truth = pl.read_csv(folder / "in/truth.csv", infer_schema=False).rename({"outcome": "is", "voter_id": "who"})
    alone = (pl.col("is") == "valid") | (pl.col("reason") == "duplicate")
    ruled = listed.join(truth, on=["sheet", "line"], how="left", maintain_order="left").with_columns(
        pl.when(alone).then(pl.lit("valid")).otherwise(pl.lit("invalid")).alias("outcome"),
        pl.when(alone).then("who").alias("voter_id"),
    )
    valid = (truth["is"] == "valid").sum()
    return made._replace(list=listed, truth=ruled.select(listed.columns), valid=valid)


def test_lines_to_rule_stand_in_the_seeds_order_with_their_own_cells_and_nothing_of_the_machine(
    world: World, tmp_path: Path
) -> None:
    world.check(tmp_path / "out", "--seed", "dice", "--to-rule", 40, "--to-rule-out", tmp_path / "r.csv")
    listed = pl.read_csv(tmp_path / "r.csv", infer_schema=False)
    own = pl.read_csv(world.folder / "in/lines.csv", infer_schema=False)
    assert listed.columns == ["order", *own.columns, "outcome", "voter_id"]
    ids = own.select(pl.concat_str("sheet", pl.lit("-"), "line")).to_series().to_list()
    told = listed.select(pl.concat_str("sheet", pl.lit("-"), "line")).to_series().to_list()
    assert told == draw("dice", ids, 40)
    assert listed["order"].to_list() == [str(each) for each in range(1, 41)]
    cells = listed.drop("order", "outcome", "voter_id")
    assert cells.equals(listed.select("sheet", "line").join(own, on=["sheet", "line"], maintain_order="left"))
    assert listed.select("outcome", "voter_id").null_count().row(0) == (40, 40)


def test_rulings_lead_the_output_and_the_report_and_hold_the_truth(world: World, tmp_path: Path) -> None:
    said = world.check(tmp_path / "out", "--ruled", world.ruled(tmp_path / "ruled.csv", 300))
    assert said.startswith("By 300 lines that people ruled, drawn at random,")
    answer = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    corrected = answer["corrected"]
    assert corrected["lines"] == 300
    assert corrected["low"] <= world.valid <= corrected["high"]
    assert corrected["low"] <= corrected["valid"] <= corrected["high"]
    assert corrected["high"] - corrected["low"] < 0.06 * LINES
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert page.index("By 300 lines that people ruled") < page.index("The petition")


def test_without_rulings_nothing_is_said_of_them(world: World) -> None:
    assert json.loads((world.folder / "out/result.json").read_text("utf-8"))["corrected"] is None
    assert "ruled" not in (world.folder / "out/report.html").read_text("utf-8")


def test_people_may_stop_early_go_on_later_and_sort_the_file(world: World, tmp_path: Path) -> None:
    unruled = [(row, {"outcome": None, "voter_id": None}) for row in range(35, 60)]
    some = world.read(world.ruled(tmp_path / "some.csv", 60, *unruled))
    assert some.lines["outcome"].to_list() == world.truth["outcome"][:35].to_list()
    more = to_rule(world.petition, 90, ruled=some)
    assert more["outcome"].to_list() == [*some.lines["outcome"], *[None] * 55]
    assert more.drop("order", "outcome", "voter_id").equals(world.list[:90].drop("order", "outcome", "voter_id"))
    other = world.truth[:35].sort("sheet", "line").select("voter_id", "line", "outcome", "sheet")
    other.rename(str.upper).write_csv(tmp_path / "sorted.csv")
    assert world.read(tmp_path / "sorted.csv").lines.equals(some.lines)
    with pytest.raises(InputError, match="35 lines are ruled already; ask for as many or more"):
        to_rule(world.petition, 34, ruled=some)


def test_all_lines_ruled_are_the_truth(world: World, tmp_path: Path) -> None:
    world.check(tmp_path / "out", "--ruled", world.ruled(tmp_path / "ruled.csv", LINES))
    corrected = json.loads((tmp_path / "out/result.json").read_text("utf-8"))["corrected"]
    assert (corrected["valid"], corrected["low"], corrected["high"]) == (world.valid,) * 3
    lines = pl.read_csv(world.folder / "in/lines.csv", infer_schema=False).select("sheet", "line", "county")
    truth = pl.read_csv(world.folder / "in/truth.csv", infer_schema=False).join(lines, on=["sheet", "line"])
    counties = truth.group_by("county").agg(pl.len(), (pl.col("outcome") == "valid").sum().alias("valid"))
    expected = [(row[0], row[2], row[2], row[2], row[1]) for row in counties.sort("county").iter_rows() if row[1] >= 30]
    assert [tuple(each[key] for key in ("name", "valid", "low", "high", "lines")) for each in corrected["strata"]] == (
        expected
    )
    assert "Valid lines by people’s rulings" in (tmp_path / "out/report.html").read_text("utf-8")


FAULTS = [
    ("a line of another petition", 4, {"sheet": "999"}, "line 6, column sheet, line: the petition has no line 999-"),
    ("a line without its number", 5, {"line": None}, "line 7, column sheet, line: the sheet or line number is missing"),
    ("a word that is no outcome", 7, {"outcome": "ok"}, "line 9, column outcome: this is no outcome. Write valid,"),
    ("a voter of another roll", 9, {"voter_id": "Nobody"}, "line 11, column voter_id: no voter of the roll has"),
    ("a list of another seed", 11, {"order": "77"}, "is number 12 in the seed's order, and here it has another number"),
]


@pytest.mark.parametrize(("row", "changed", "says"), [fault[1:] for fault in FAULTS], ids=[each[0] for each in FAULTS])
def test_each_fault_is_told_with_its_line(
    world: World, tmp_path: Path, row: int, changed: dict[str, Any], says: str
) -> None:
    with pytest.raises(FileFaults) as error:
        world.read(world.ruled(tmp_path / "ruled.csv", 20, (row, changed)))
    assert says in str(error.value)
    assert f"line {row + 2}" in str(error.value)
    assert "Nobody" not in str(error.value)


def test_rulings_that_stand_beside_another_lines_name_are_refused(world: World, tmp_path: Path) -> None:
    names = world.list["name"].to_list()
    changed = [(0, {"name": names[1]}), (2, {"name": f" {names[2].upper()} "})]
    with pytest.raises(FileFaults, match="bears another name in the petition") as caught:
        read_ruled(world.ruled(tmp_path / "ruled.csv", 20, *changed), world.petition, world.roll)
    assert [fault.line for fault in caught.value.faults] == [2]
    assert names[1] not in str(caught.value)


def test_all_faults_are_told_at_once(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as error:
        world.read(world.ruled(tmp_path / "ruled.csv", 20, *(fault[1:3] for fault in FAULTS)))
    assert [says for *_, says in FAULTS if says not in str(error.value)] == []


def test_a_gap_is_refused_with_the_line_that_is_missing(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as error:
        world.read(world.ruled(tmp_path / "ruled.csv", 20, (12, {"outcome": None})))
    line = world.list.row(12, named=True)
    says = (
        f"line {line['sheet']}-{line['line']}, number 13 in the seed's order, has no ruling, and later lines have one"
    )
    assert f"line 14, column outcome: {says}" in str(error.value)
    assert error.value.total == 1


def test_a_line_that_stands_twice_is_refused(world: World, tmp_path: Path) -> None:
    pl.concat([world.truth[:20], world.truth[3:4]]).write_csv(tmp_path / "ruled.csv")
    with pytest.raises(FileFaults, match=r"line 22, column sheet, line: line .+ stands here again"):
        world.read(tmp_path / "ruled.csv")


def test_rulings_under_another_seed_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="drawn by another seed or from another petition"):
        world.read(world.ruled(tmp_path / "ruled.csv", 20), seed="two")
    world.truth[:20].drop("order").write_csv(tmp_path / "ruled.csv")
    with pytest.raises(FileFaults, match="has no ruling, and later lines have one"):
        world.read(tmp_path / "ruled.csv", seed="two")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["sheet", "line"], "column outcome: there is no such column"),
        (["order", "outcome"], "column sheet: there is no such column"),
    ],
)
def test_a_file_without_its_columns_is_refused(world: World, tmp_path: Path, columns: list[str], says: str) -> None:
    world.truth[:20].select(columns).write_csv(tmp_path / "ruled.csv")
    with pytest.raises(FileFaults, match=says):
        world.read(tmp_path / "ruled.csv")


def test_a_list_that_nobody_has_ruled_yet_is_refused(world: World, tmp_path: Path) -> None:
    world.list[:20].write_csv(tmp_path / "ruled.csv")
    with pytest.raises(FileFaults, match="no line is ruled"):
        world.read(tmp_path / "ruled.csv")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to-rule", "30"), "belong together"),
        (("--to-rule-out", "r.csv"), "belong together"),
        (("--to-rule", "30", "--to-rule-out", "r.txt"), "ends in .txt"),
        (("--to-rule", "30", "--to-rule-out", "out/r.csv"), "a check replaces with all that is in it"),
        (("--ruled", "out/r.csv"), "a check replaces with all that is in it"),
        (("--to-rule", "9999", "--to-rule-out", "r.csv"), "cannot draw 9,999 of 1,000 lines"),
        (("--ruled", "absent.csv"), "there is no file absent.csv"),
    ],
)
def test_options_that_cannot_be_are_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BallotworthyError, match=says):
        world.check(Path("out"), *words)
    assert list(tmp_path.iterdir()) == []


def test_rulings_are_never_written_over(world: World, tmp_path: Path) -> None:
    ruled = world.ruled(tmp_path / "r.csv", 5)
    before = ruled.read_bytes()
    with pytest.raises(BallotworthyError, match="holds rulings already"):
        world.check(tmp_path / "out", "--to-rule", 20, "--to-rule-out", ruled)
    assert ruled.read_bytes() == before


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """A check of ten lines."""
    return small_check(tmp_path_factory.mktemp("small"), [SIGNER] * 10)


def checked(done: Check, linked: dict[str, str | None], policy: str = "first-valid") -> Check:
    """Give a check in which the machine links some lines to voters, by line."""
    voters = [linked.get(line) for line in done.lines["id"]]
    first = [voter is not None and voter not in voters[:at] for at, voter in enumerate(voters)]
    later = [voter is not None and not one for one, voter in zip(first, voters, strict=True)]
    table = done.lines.with_columns(
        pl.Series("voter_id", voters, dtype=pl.String),
        pl.Series("outcome", ["valid" if is_first else "invalid" for is_first in first]),
        pl.Series("reason", ["duplicate" if is_later else "" for is_later in later]),
        pl.Series("probability", [0.9 if is_first else 0.0 for is_first in first]),
    )  # fmt: skip
    duplicates = replace(done.rules.needed("duplicates"), value=policy)
    return replace(done, lines=table, rules=replace(done.rules, duplicates=duplicates))


def rulings(*rows: tuple[str, str, str | None]) -> Ruled:
    return Ruled(pl.DataFrame(list(rows), schema=dict.fromkeys(Ruled.COLUMNS, pl.String), orient="row"), "s")


@pytest.mark.parametrize(
    ("name", "linked", "ruled", "counts"),
    [
        ("the first of two linked lines counts", {"1-1": "A", "1-2": "A"}, [("1-1", "valid", "A")], [1]),
        ("the second is a repeat", {"1-1": "A", "1-2": "A"}, [("1-2", "valid", "A")], [0]),
        ("a voter who is not named is the machine's", {"1-1": "A", "1-2": "A"}, [("1-2", "valid", None)], [0]),
        ("unless it is another voter's", {"1-1": "A", "1-2": "A"}, [("1-2", "valid", "B")], [1]),
        ("a line that the machine missed repeats one it has", {"1-2": "A"}, [("1-1", "valid", "A")], [0]),
        ("of two that it missed one counts", {}, [("1-2", "valid", "A"), ("1-1", "valid", "A")], [1, 0]),
        (
            "a first line that does not hold makes room for the second",
            {"1-1": "A", "1-2": "A"},
            [("1-2", "valid", "A"), ("1-1", "invalid", None)],
            [1, 0],
        ),
        (
            "and so does one of another voter",
            {"1-1": "A", "1-2": "A"},
            [("1-2", "valid", "A"), ("1-1", "valid", "B")],
            [1, 1],
        ),
        ("nobody's line counts", {}, [("1-1", "valid", None), ("1-2", "valid", None)], [1, 1]),
        ("what cannot be read does not", {"1-1": "A"}, [("1-1", "unreadable", None)], [0]),
    ],
)
def test_a_repeat_is_found_by_its_voter(
    small: Check,
    name: str,
    linked: dict[str, str | None],
    ruled: list[tuple[str, str, str | None]],
    counts: list[float],
) -> None:
    assert counted(checked(small, linked), rulings(*ruled))["counts"].to_list() == counts, name


def test_a_sure_line_takes_the_one_of_its_voter_whether_or_not_an_open_one_above_is_ruled(small: Check) -> None:
    done = checked(small, {"1-2": "A", "1-3": "A"})
    second = pl.col("id") == "1-2"
    changed = {"outcome": "unresolved", "reason": "perhaps-repeat"}
    opened = done.lines.with_columns(
        pl.when(second).then(pl.lit(to)).otherwise(name).alias(name) for name, to in changed.items()
    )
    done = replace(done, lines=opened)
    said = {line: counted(done, rulings((line, "valid", "A")))["counts"].item() for line in ("1-1", "1-2", "1-3")}
    assert said == {"1-1": 0, "1-2": 1, "1-3": 0}
    every = rulings(*((line, "valid", "A") for line in ("1-3", "1-1", "1-2")))
    assert counted(done, every)["counts"].to_list() == [0, 0, 1]


def test_where_no_line_of_a_repeated_signer_counts_none_does(small: Check) -> None:
    done = checked(small, {"1-1": "A", "1-2": "A", "1-3": "B"}, policy="none")
    rows = rulings(("1-1", "valid", "A"), ("1-2", "valid", "A"), ("1-3", "valid", "B"), ("1-4", "valid", "B"))
    assert counted(done, rows)["counts"].to_list() == [0, 0, 0, 0]


def test_the_estimate_is_the_difference_estimator(small: Check) -> None:
    done = checked(small, {"1-1": "A", "1-2": "B", "1-3": "C"})
    found = correct(done, rulings(("1-1", "invalid", None), ("1-9", "valid", "Z"))).whole.found
    assert found.estimate == pytest.approx(3 * 0.9 + 10 / 2 * ((0 - 0.9) + (1 - 0.0)))


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (8_000, 9_000, "That is enough: 8,000 are"),
        (7_000, 7_999, "That is not enough"),
        (7_999, 8_000, "leave it open"),
    ],
)
def test_the_report_says_where_the_requirement_lies(low: int, high: int, says: str) -> None:
    sample = json.loads((Path(__file__).parent / "data" / "report.json").read_text())
    corrected = {"valid": (low + high) / 2, "low": low, "high": high, "lines": 300, "strata": []}
    page = render_check({**sample, "requirement": 8_000, "corrected": corrected})
    assert says in page


def test_a_sheet_whose_name_begins_like_a_formula_is_read_back(world: World, tmp_path: Path) -> None:
    lines = pl.read_csv(world.folder / "in/lines.csv", infer_schema=False)[:40]
    lines.with_columns(pl.concat_str(pl.lit("-"), "sheet").alias("sheet")).write_csv(tmp_path / "lines.csv")
    petition = read_lines(tmp_path / "lines.csv", latest=LATER)
    write_table(to_rule(petition, 5).with_columns(outcome=pl.lit("valid")), tmp_path / "r.csv")
    assert pl.read_csv(tmp_path / "r.csv", infer_schema=False)["sheet"].str.starts_with("'-").all()
    assert read_ruled(tmp_path / "r.csv", petition, world.roll).lines.height == 5
