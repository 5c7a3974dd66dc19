"""The same results from a Spark cluster, byte for byte, though workers die; and what is said when there is none."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.cli.main import main
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.match import Beliefs, spark
from ballotworthy.match.batch import Engine, Job, ThisMachine, Work
from ballotworthy.match.regions import match_regions, match_roll, regions_in
from regional import Regional, build

CLUSTER = "local-cluster[{},1,2048]"
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs the extra `spark` and Java 17 (openjdk-17-jre-headless)",
)
quiet = pytest.mark.filterwarnings("ignore::ResourceWarning")  # sockets that PySpark leaves to be collected


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Regional:
    return build(tmp_path_factory.mktemp("regions"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have Spark keep all its files in one folder, where a test can look through them."""
    home = Path(next(iter(find_spec("pyspark").submodule_search_locations)))  # type: ignore[union-attr, arg-type]
    folder = tmp_path_factory.mktemp("spark")
    for each in home.iterdir():
        (folder / each.name).symlink_to(each)
    (folder / "conf").mkdir()
    (folder / "conf/spark-defaults.conf").write_text(
        "".join(
            f"spark.{each}.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n"
            for each in ("driver", "executor")
        )
    )  # Java does not compile thoroughly what runs for seconds
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(folder))
        patch.setenv("SPARK_LOCAL_DIRS", str(folder / "spills"))
        yield folder


@dataclass(frozen=True)
class Deadly:
    """Runs jobs on an engine where one kills its Python process, and another the Java process above it."""

    engine: Engine
    graves: Path
    lines_per_job: int = 250

    def run(self, work: Work, jobs: Iterable[Job]) -> Iterator[pl.DataFrame]:
        graves = str(self.graves)

        def dies(job: Job) -> pl.DataFrame:  # sent to the workers whole, since they cannot import this module
            import signal
            from pathlib import Path

            def first(name: str) -> bool:
                try:
                    os.close(os.open(f"{graves}/{name}", os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    return False
                return True

            if job.region == "Los Angeles" and job.lines["at"].max() > 100:
                above = os.getpid()
                if first("python"):
                    os.kill(above, signal.SIGKILL)
                if first("java"):
                    while Path(f"/proc/{above}/comm").read_text().strip() != "java":
                        above = int(Path(f"/proc/{above}/stat").read_text().rpartition(")")[2].split()[1])
                    os.kill(above, signal.SIGKILL)
            return work(job)

        return self.engine.run(dies, jobs)


@needs_spark
@quiet
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the process to kill in /proc")
def test_killed_workers_change_nothing_and_faults_come_back_in_words(
    split: Regional, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.is_dir()
    regions = regions_in(split.rolls)
    with spark.spark_engine(CLUSTER.format(2)) as engine:
        died = match_regions(split.frame, regions, Deadly(engine, tmp_path))
        assert (tmp_path / "python").exists()
        assert (tmp_path / "java").exists()
        whole = match_roll(split.frame, split.roll, engine)
        with pytest.raises(InputError, match=r"on a worker: .*nowhere\.roll is not a roll snapshot"):
            match_roll(split.frame, tmp_path / "nowhere.roll", engine)
        with pytest.raises(BallotworthyError, match="Spark gave the work up") as gave_up:
            list(engine.run(lambda job: 1 / job.lines["name"], [Job(split.roll, split.frame.head(1), Beliefs())]))
        assert str(split.frame["name"][0]) not in str(gave_up.value)
        monkeypatch.setattr(spark, "cache_folder", lambda: Path("another"))
        with pytest.raises(InputError, match="another version"):
            match_roll(split.frame, split.roll, engine)
    for name, here, there in (
        ("regions", match_regions(split.frame, regions, ThisMachine()), died),
        ("roll", match_roll(split.frame, split.roll, ThisMachine()), whole),
    ):
        here.write_parquet(tmp_path / f"{name}-here.parquet")
        there.rechunk().write_parquet(tmp_path / f"{name}-there.parquet")
        assert (tmp_path / f"{name}-here.parquet").read_bytes() == (tmp_path / f"{name}-there.parquet").read_bytes()


@needs_spark
@quiet
def test_the_command_writes_the_same_bytes_and_leaves_no_names_behind(
    split: Regional, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["match", str(split.lines), "--rolls", str(split.rolls)]
    run(monkeypatch, *words, "-o", str(tmp_path / "here.csv"))
    here = capfd.readouterr()
    run(monkeypatch, *words, "-o", str(tmp_path / "there.csv"), "--engine", "spark", "--master", CLUSTER.format(1))
    there = capfd.readouterr()
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    assert there.out.replace("there.csv", "here.csv") == here.out
    assert there.err == here.err
    names = {name.encode() for name in split.frame["name"].drop_nulls() if len(name) > 8}
    left = [path for root in ("work", "spills") for path in (files / root).rglob("*") if path.is_file()]
    assert any(path.name == "stderr" for path in left)
    assert [path for path in left if any(name in path.read_bytes() for name in names)] == []


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(InputError, match=r"ballotworthy\[spark\]"), spark.spark_engine("local[1]"):
        pass


@pytest.mark.parametrize("given", [[], ["--roll", "a.roll", "--rolls", "rolls"]])
def test_one_roll_or_a_folder_of_them_is_wanted(
    given: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "match", "lines.csv", *given, "-o", "x.csv") == 2
    assert "either --roll" in capfd.readouterr().err


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ballotworthy", *words])
    before = signal.getsignal(signal.SIGTERM)
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0
