"""The verbs of a case from Python: from opening to purge without a word of the command line."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ballotworthy.casework import Act, Case
from ballotworthy.casework.desk import Batch
from ballotworthy.casework.room import enter
from ballotworthy.errors import InputError, OutputError, Refused
from ballotworthy.verbs.case_open import Opening, open_case
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


@pytest.mark.parametrize("broken", ["papers", "second act"])
def test_what_cannot_be_written_whole_leaves_the_case_as_it_was(tmp_path: Path, broken: str) -> None:
    def clock() -> dt.datetime:
        return dt.datetime(2026, 11, 3, tzinfo=dt.UTC)

    open_case(
        tmp_path / "case",
        Opening(case="1", office="o", measure="m", place="zz-example", kind="initiative", on=dt.date(2026, 11, 2)),
        clock=clock,
        by="ann",
    )
    room = enter(tmp_path / "case", clock)
    before = {path: path.read_bytes() for path in room.folder.rglob("*") if path.is_file()}

    def full(path: Path) -> None:
        path.write_text("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def acts(case: Case) -> Iterator[Act]:
        yield Act("ann", "noted", {"what": "received", "day": "2026-11-03"})
        assert case.days["received"] == "2026-11-03"  # the second act is made of what the first one left
        yield Act("ann" if broken == "papers" else "eve", "noted", {"what": "heard", "day": "2026-11-03"})

    with pytest.raises(OutputError if broken == "papers" else Refused):
        room.write(lambda case: Batch(acts(case), 2), lambda _: {"paper.txt": full})
    assert {path: path.read_bytes() for path in room.folder.rglob("*") if path.is_file()} == before
    assert "received" not in room.case().days


def ends_well(script: str) -> None:
    """Run a script that calls the project's tools, in a process that has started no threads."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["tools", *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_verb_broken_off_anywhere_leaves_the_case_as_before_or_as_after_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    """The short form of `tools/kill_runs.py`: every verb, each way, at one place or two."""
    script = (
        "import sys; from pathlib import Path; from kill_runs import runs\n"
        f"done = list(runs(Path({str(tmp_path)!r}), 30))\n"
        "assert len(done) > 30 and len({run.verb for run in done}) > 7, len(done)\n"
        "sys.exit('\\n'.join(f'{run.verb}, {run.way}, {run.place}: {run.wrong}' for run in done if run.wrong) or None)"
    )
    ends_well(script)


def test_two_who_act_on_a_case_at_once_end_as_one_after_the_other(tmp_path: Path) -> None:
    """The short form of `tools/race_runs.py`."""
    script = (
        "import sys; from pathlib import Path; from race_runs import races\n"
        f"done = list(races(Path({str(tmp_path)!r}), 4, office=False))\n"
        "assert len(done) == 4, len(done)\n"
        "sys.exit('\\n'.join(f'{race.pair}: {race.wrong}' for race in done if race.wrong) or None)"
    )
    ends_well(script)


def test_what_was_begun_and_does_not_fit_the_record_is_refused_and_kept(tmp_path: Path) -> None:
    open_case(
        tmp_path / "case",
        Opening(case="1", office="o", measure="m", place="zz-example", kind="initiative", on=dt.date(2026, 11, 2)),
        clock=lambda: dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
        by="ann",
    )
    work = tmp_path / "case/.begun"
    work.mkdir()
    (work / "events").write_bytes(b"another event\n")
    (work / "plan.json").write_text('{"after": 0, "papers": [], "doomed": []}')
    before = (tmp_path / "case/case.record").read_bytes()
    with pytest.raises(InputError, match="others in their place"):
        enter(tmp_path / "case", lambda: dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    assert (tmp_path / "case/case.record").read_bytes() == before
