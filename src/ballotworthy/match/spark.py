"""The same matching on many machines: Spark carries jobs to workers and results back, and knows nothing else.

A row of Spark's table is a job: the snapshot's path, the beliefs, and the lines as an Arrow stream. `mapInArrow` hands
each row to a worker, which opens the snapshot by memory map and answers with a row: the results as an Arrow stream, or
why the input cannot be used. One row is one task, so a worker that dies costs its tasks only, and Spark gives them to
another. Jobs are sent in waves, so that the driver holds one wave and the results, never all lines once a region.

Names go over the wire and may be spilled by a worker that runs short of memory; `spark.io.encryption.enabled` has
Spark encrypt whatever it puts on a disk, and the event log and the web page are off.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.compiled import cache_folder
from ballotworthy.match.batch import Job, Work, beliefs_heard, beliefs_told

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

LINES_PER_JOB = 5_000
WAVE = 8
"""Jobs of a wave, as a multiple of the cores: enough to keep them busy, few enough to be held at once."""
SETTINGS = {
    "spark.app.name": "ballotworthy",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.eventLog.enabled": "false",
    "spark.io.encryption.enabled": "true",
    "spark.driver.maxResultSize": "0",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # a task has one core
}
JOBS = "number long, roll string, region string, beliefs string, lines binary"
ANSWERS = "number long, found binary, fault string"


@dataclass(frozen=True)
class Spark:
    """Runs jobs on the workers of a Spark session."""

    session: SparkSession
    lines_per_job: int = LINES_PER_JOB

    def run(self, work: Work, jobs: Iterable[Job]) -> Iterator[pl.DataFrame]:
        """Give the result of each job, in their order.

        Raises:
            InputError: a worker cannot use a snapshot, or runs another version of this program.
            BallotworthyError: Spark gave up.
        """
        left = iter(jobs)
        wave = max(1, self.session.sparkContext.defaultParallelism) * WAVE
        while some := list(islice(left, wave)):
            yield from self._wave(work, some)

    def _wave(self, work: Work, jobs: list[Job]) -> Iterator[pl.DataFrame]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            rows = self.session.sparkContext.parallelize([_row(*each) for each in enumerate(jobs)], len(jobs))
            answers = self.session.createDataFrame(rows, JOBS).mapInArrow(_worker(work), ANSWERS).toArrow()
        except (PySparkException, Py4JError, ConnectionError, EOFError) as error:
            raise BallotworthyError(
                f"Spark gave the work up ({type(error).__name__}). Its own log says why: look at the executors' "
                "stderr. Nothing was left half-written; run again when the cluster is well."
            ) from None  # the cause may quote what it was working on
        for answer in sorted(answers.to_pylist(), key=lambda row: int(row["number"])):
            if answer["fault"]:
                raise InputError(answer["fault"])
            yield pl.read_ipc_stream(answer["found"])


@contextmanager
def spark_engine(master: str) -> Iterator[Spark]:
    """Give an engine on the cluster at `master`, and let it go at the end.

    Settings of the cluster come from `spark-defaults.conf`, as for any Spark program.

    Raises:
        InputError: the extra or Java is missing, or there is no cluster at `master`.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError("--engine spark needs PySpark. Install it: pip install 'ballotworthy[spark]'") from error
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master)
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        with _silent():
            session = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise InputError(
            f"Spark did not start at {master!r} ({type(error).__name__}). It needs Java 17 or newer (on Debian: "
            "openjdk-17-jre-headless) and a master such as spark://HOST:7077, or local[2] to try it on this machine."
        ) from None
    try:
        yield Spark(session)
    finally:
        session.stop()


def _row(number: int, job: Job) -> tuple[int, str, str, str, bytes]:
    return number, str(job.roll.absolute()), job.region, beliefs_told(job.beliefs), _stream(job.lines)


def _worker(work: Work) -> Any:
    """Give what runs on a worker; it is sent there with the digest of this side's compiled code."""
    code = cache_folder().name

    def over(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for row in chain.from_iterable(batch.to_pylist() for batch in batches):
            found, fault = _answer(work, code, row)
            yield pa.RecordBatch.from_pydict(
                {
                    "number": [row["number"]],
                    "found": pa.array([found], pa.binary()),
                    "fault": pa.array([fault], pa.string()),
                }
            )

    return over


def _answer(work: Work, code: str, row: dict[str, Any]) -> tuple[bytes | None, str | None]:
    if cache_folder().name != code:
        return None, (
            "a worker runs another version of Ballotworthy, Numba or Python than this machine, and might give other "
            "results. Install the same on all of them, and name that Python in PYSPARK_PYTHON."
        )
    lines = pl.read_ipc_stream(row["lines"])
    job = Job(Path(row["roll"]), lines, beliefs_heard(row["beliefs"]), row["region"])
    try:
        return _stream(work(job)), None
    except BallotworthyError as error:
        return None, f"on a worker: {error}"


def _stream(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_ipc_stream(file, compression="zstd")
    return file.getvalue()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what a child that is started here prints, then and later, away from the user's screen."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for at, each in enumerate(kept, 1):
            os.dup2(each, at)
            os.close(each)
        os.close(nowhere)
