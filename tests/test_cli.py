"""The command line as a user meets it: the main job from files to report, and what it says of nonsense."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.cli.main import main
from checked import run as in_process

CHECK = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")


class Run:
    """What a command returned, printed, and complained about."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def bw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command line in this process."""

    def run(*words: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["ballotworthy", *map(str, words)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return Run(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an invented roll and petition by the commands themselves, once."""
    folder = tmp_path_factory.mktemp("world")
    made = ("simulate", "--voters", 5000, "--lines", 600, "-o", folder / "made", "--seed", "cli", "--json")
    built = ("roll", "build", folder / "made/roll.csv", "--place", "us-ca", "-o", folder / "x.roll", "--json")
    for words in (made, built):
        code, said = in_process(*words)
        assert code == 0, said
        json.loads(said)
    return folder


def checked(bw, world: Path, out: Path, *more: str) -> Run:
    lines, roll = world / "made/lines.csv", world / "x.roll"
    return bw("check", lines, "--roll", roll, *CHECK, "--required", 440, "-o", out, "--json", *more)


def test_check_writes_report_lines_and_result_and_repeats_itself_to_the_byte(bw, world: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    done = checked(bw, world, out)
    assert done.code == checked(bw, world, again).code == 0
    for name in ("lines.csv", "result.json", "report.html"):
        assert (out / name).read_bytes() == (again / name).read_bytes(), name
    answer = json.loads(done.out)
    assert answer == json.loads((out / "result.json").read_text("utf-8"))
    assert answer["verdict"] in {"sufficient", "insufficient", "full-check"}
    assert (out / "report.html").read_text("utf-8").startswith("<!doctype html>")
    lines = pl.read_csv(out / "lines.csv", infer_schema=False)
    own = pl.read_csv(world / "made/lines.csv", infer_schema=False).columns
    added = ["outcome", "reason", "voter_id", "weight", "probability", "evidence", "duplicate_of"]
    assert lines.columns == [*own, *added]
    assert pl.read_parquet(out / "lines.parquet").height == lines.height == 600


def test_check_may_be_run_again_into_its_own_folder_but_not_into_another(bw, world: Path, tmp_path: Path) -> None:
    assert checked(bw, world, tmp_path / "a").code == 0
    assert checked(bw, world, tmp_path / "a").code == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("dear diary")
    refused = checked(bw, world, tmp_path / "mine")
    assert refused.code == 2
    assert "not an earlier output" in refused.err
    assert (tmp_path / "mine" / "diary.txt").read_text() == "dear diary"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_match_ranks_candidates_and_keeps_a_row_for_who_found_nobody(
    bw, world: Path, tmp_path: Path, ending: str
) -> None:
    done = bw("match", world / "made/lines.csv", "--roll", world / "x.roll", "-o", tmp_path / f"m.{ending}")
    assert done.code == 0
    read = pl.read_csv if ending == "csv" else pl.read_parquet
    table = read(tmp_path / f"m.{ending}")
    assert table.columns == ["sheet", "line", "rank", "voter_id", "weight", "probability", "evidence", "searches"]
    assert table.select("sheet", "line").unique().height == 600
    nobody = table.filter(pl.col("voter_id").is_null())
    assert nobody.height > 0
    assert nobody["rank"].unique().to_list() == [1]
    ranked = table.filter(pl.col("voter_id").is_not_null())
    falling = ranked.select((pl.col("weight").diff().over("sheet", "line").fill_null(0) <= 0).all())
    assert falling.item()


def test_roll_find_answers_the_keys_a_clerk_types(bw, world: Path) -> None:
    voter = (
        pl.read_csv(world / "made/roll.csv", infer_schema=False)
        .filter(pl.col("house_number").is_not_null())
        .row(7, named=True)
    )
    for typed in (
        f"{voter['house_number']} {voter['last_name'][:3]}",
        f"{voter['last_name']} {voter['first_name']}".lower(),
        f"{voter['house_number']}{voter['last_name'][:4]}",
    ):
        done = bw("roll", "find", world / "x.roll", typed, "-n", 50, "--json")
        assert voter["voter_id"] in {found["voter_id"] for found in json.loads(done.out)}, typed


def test_project_gives_the_answer_of_the_regulation(bw, tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("stratum,raw,sample,valid,duplicates\nCounty X,24034,722,516,2\n")
    done = bw("project", counts, *CHECK, "--required", 15000, "--json")
    answer = json.loads(done.out)
    assert (answer["raw"], answer["estimate"], answer["requirement"]) == (24034, 15028, 15000)
    assert {"place", "kind", "on", "raw", "requirement", "estimate", "verdict", "steps"} <= set(answer)
    assert all({"name", "value", "source"} <= set(step) for step in answer["steps"])


def test_what_a_machine_counted_is_judged_by_project_as_by_the_check_that_counted_it(
    bw, world: Path, tmp_path: Path
) -> None:
    check = json.loads(checked(bw, world, tmp_path / "out").out)
    assert (check["verdict"], check["estimate"] >= 440) == ("full-check", True)  # examined by people, it would reach
    for counts in (tmp_path / "out", tmp_path / "out/counts.csv"):
        told = json.loads(bw("project", counts, *CHECK, "--required", 440, "--strike-lines", 0, "--json").out)
        assert (told["verdict"], told["estimate"], told["by_machine"]) == ("full-check", check["estimate"], True)
        assert told["challenge"]["by_lot"]["verdict"] == "full-check"
        assert "no person ruled on them" in bw("project", counts, *CHECK, "--required", 440).out
    text = (tmp_path / "out/counts.csv").read_text()
    (tmp_path / "people.csv").write_text(text.replace("machine", "people"))
    told = json.loads(bw("project", tmp_path / "people.csv", *CHECK, "--required", 440, "--json").out)
    assert (told["verdict"], told["by_machine"]) == ("sufficient", False)
    (tmp_path / "who.csv").write_text(text.replace("machine", "nobody", 1))
    assert "column counted_by: this is nobody who counts" in bw("project", tmp_path / "who.csv", *CHECK).err


def test_project_asks_the_folder_of_a_check_by_the_law_of_the_check(bw, world: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = ("--signed", "2018-03-01", "--rule", "districts_needed=3")
    check = json.loads(checked(bw, world, out, *given).out)
    said = {"days": {"signing": "2018-03-01"}, "required": 440, "rules": ["districts_needed=3"]}
    assert check["asked"] == said
    told = json.loads(bw("project", out, "--strike-lines", 30, "--json").out)
    same = json.loads(bw("project", out, *CHECK, *given, "--required", 440, "--strike-lines", 30, "--json").out)
    assert told == same
    assert (told["requirement"], told["looked_up_elsewhere"]) == (440, check["looked_up_elsewhere"])
    assert json.loads(bw("project", out, "--required", 900, "--json").out)["requirement"] == 900
    counts = (out / "counts.csv").read_text()
    (out / "counts.csv").write_text(counts[: counts.rstrip().rindex("\n") + 1])
    refused = bw("project", out)
    assert (refused.code, "signatures filed, and the check says" in refused.err) == (2, True)
    (out / "counts.csv").write_text(counts)
    (out / "result.json").write_text(json.dumps({**check, "estimate": check["estimate"] + 1}))
    refused = bw("project", out)
    assert (refused.code, "estimated valid, and the check says" in refused.err) == (2, True)
    (out / "result.json").write_text("{}")
    refused = bw("project", out)
    assert (refused.code, refused.err.count("give --place, --kind and --on")) == (2, 1)
    refused = bw("project", out / "counts.csv", "--place", "us-ca")
    assert (refused.code, "kind, on not given" in refused.err, "amendment" in refused.err) == (2, True, True)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", b"name,address\n", "no rows"),
        ("columns.csv", b"a,b\n1,2\n", "no column holds the signers' names"),
        ("ragged.csv", b"name,address\nA B,1 Oak St\nC D\n", "line 3"),
        ("quote.csv", b'name,address\n"A B,1 Oak St\n', "line 2"),
        ("feb30.csv", b"name,signed_on\nA B,2018-02-30\n", "line 2, column signed_on: the text there"),
        ("year2099.csv", b"name,signed_on\nA B,2099-01-01\n", "the day there lies after"),
        ("again.csv", b"sheet,line,name\n1,1,A B\n1,1,C D\n", "stand here again"),
        ("birth.csv", b"name,birth_year\nA B,18\n", "column birth_year"),
    ],
)
def test_a_file_at_fault_is_refused_with_its_place_and_leaves_nothing(
    bw, world: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = bw("check", tmp_path / name, "--roll", world / "x.roll", *CHECK, "-o", tmp_path / "out")
    assert done.code == 2
    assert name in done.err
    assert says in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_forty_faults_are_told_as_twenty_and_a_count(bw, world: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,signed_on\n" + "A B,2018-02-30\n" * 40)
    done = bw("check", tmp_path / "bad.csv", "--roll", world / "x.roll", *CHECK, "-o", tmp_path / "out")
    assert done.err.count("column signed_on") == 20
    assert "40 faults" in done.err
    assert "20 more" in done.err


@pytest.mark.parametrize(
    "content",
    [
        b"name,address,zip\nJos\xe9 N\xfa\xf1ez,12 Oak St,93701\n",
        "name,address,zip\nJosé Núñez,12 Oak St,93701\n".encode("utf-16"),
        b"\xef\xbb\xbfname,address,zip\r\nJOSE NUNEZ,12 Oak St,93701\r\n",
        b"name;address;zip\nJose Nunez;12 Oak St;93701\n",
        b"name\nJose Nunez\n",
        b"name,address\nJose Nunez,Oak Street\n",
        b"sheet,line,name,address\n1,1,,\n1,2,Jose Nunez,12 Oak St\n",
        b'name,address\n"Jose ""Pepe"" Nunez",12 Oak St',
        b'name,address\nJose 5" Nunez,12 Oak St\n',
    ],
)
def test_files_that_are_odd_but_clear_are_read(bw, world: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lines.csv").write_bytes(content)
    done = bw("check", tmp_path / "lines.csv", "--roll", world / "x.roll", *CHECK, "-o", tmp_path / "out")
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--place", "us-cx", "--kind", "amendment", "--on", "2018-04-20"), "there is no place 'us-cx'"),
        (("--place", "us-ca", "--kind", "amendmnt", "--on", "2018-04-20"), "Did you mean amendment?"),
        (("--place", "us-ca", "--kind", "amendment", "--on", "1950-04-20"), "not yet in force on 1950-04-20"),
        (("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-31"), "--on 2018-04-31 is not a day"),
    ],
)
def test_nonsense_in_options_is_answered_with_what_to_do(bw, world: Path, tmp_path: Path, words, says: str) -> None:
    done = bw("check", world / "made/lines.csv", "--roll", world / "x.roll", *words, "-o", tmp_path / "out")
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "out").exists()


def test_cells_that_begin_like_formulas_are_neutralised_in_csv(bw, world: Path, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(
        'name,address,note\nA B,1 Oak St,=HYPERLINK("x")\nC D,2 Oak St,+1\nE F,3 Oak St,@x\n'
    )
    assert bw("check", tmp_path / "lines.csv", "--roll", world / "x.roll", *CHECK, "-o", tmp_path / "out").code == 0
    notes = pl.read_csv(tmp_path / "out/lines.csv", infer_schema=False)["note"]
    assert notes.to_list() == ['\'=HYPERLINK("x")', "'+1", "'@x"]


def test_duplicate_voter_ids_are_told_with_both_lines(bw, tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text("voter_id,last_name\n7,A\n8,B\n7,C\n")
    done = bw("roll", "build", tmp_path / "roll.csv", "-o", tmp_path / "x.roll")
    assert done.code == 2
    assert "line 4, column voter_id: the voter id of line 2 stands here again" in done.err
    assert not (tmp_path / "x.roll").exists()


def test_messages_never_name_a_signer(bw, world: Path, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("name,signed_on\n2018-01-01,Zebediah Quark\n")
    done = bw("check", tmp_path / "lines.csv", "--roll", world / "x.roll", *CHECK, "-o", tmp_path / "out")
    assert done.code == 2
    assert "Quark" not in done.err + done.out


def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "ballotworthy", "simulate", "--voters", "400000", "--lines", "40000", "-o", "big"]
    work = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not list(tmp_path.iterdir()) and work.poll() is None:
        pass
    work.terminate()
    _, err = work.communicate(timeout=60)
    assert work.returncode in (0, 130), err  # 0 when it was done before the signal came
    assert [path.name for path in tmp_path.iterdir()] == ([] if work.returncode else ["big"])


def test_progress_is_silent_in_a_pipe(world: Path, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "ballotworthy",
        "match",
        str(world / "made/lines.csv"),
        "--roll",
        str(world / "x.roll"),
    ]
    done = subprocess.run(
        [*words, "-o", str(tmp_path / "m.csv")], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stderr == ""
