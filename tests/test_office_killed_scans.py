"""Scans while they are read: pages are told, they can be cancelled, and a worker that is killed is gone on from."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")
pytest.importorskip("cv2", reason="the extra scan is not installed")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import filled
from ballotworthy.sheets import plain_form
from checked import run
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from office_site import Office

PAGES = 6


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Give a PDF of printed sheets on which nobody signed, as scanned."""
    (tmp_path / "measure.toml").write_text('title = "Wells."\nsummary = "On wells."\nidentifier = "(26-0001.)"')
    blank = tmp_path / "blank.pdf"
    run("sheets", "print", "--measure", tmp_path / "measure.toml", "-n", PAGES, "-o", blank)
    pages = [filled.scanned(filled.blank_page(blank, at), dpi=100) for at in range(PAGES)]
    return filled.save_pdf(pages, tmp_path / "scan.pdf")


def test_after_kill_9_of_the_worker_scans_are_read_on_from_the_page_it_was_at(
    office: Office, scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import office_load as load
    from ballotworthy.office import queue
    from ballotworthy.office.backup import back_up
    from ballotworthy.office.models import Account, HeldCase

    monkeypatch.setattr(queue, "woken", lambda: None)
    said = {"folder": "0123456789abcdef", "name": "scan.pdf", "place": "", "kind": "", "out": "demo-abcdef"}
    queue.add(HeldCase.objects.get(slug="demo"), "sheets", Account.objects.get(name="manager"), said)
    folder = back_up(office.folder, tmp_path / "office").folder
    staged = folder / "uploads" / said["folder"]
    staged.mkdir(parents=True, mode=0o700)
    scans.rename(staged / said["name"])
    begun, read = folder / "sheets" / f".{said['out']}.begun", folder / "sheets" / said["out"]
    until = time.monotonic() + 300

    def waited_for(pages: int) -> Path:
        while True:
            found = next((each for each in begun.glob("*.jsonl") if each.read_bytes().count(b"\n") >= pages), None)
            if found is not None:
                return found
            assert time.monotonic() < until
            assert not read.exists()
            time.sleep(0.01)

    def worker() -> int:
        words = ["pgrep", "-f", f"ballotworthy.office {folder} "]
        found = subprocess.run(words, capture_output=True, text=True).stdout.split()
        return int(found[0]) if found else 0

    server = load.Server(folder, "")
    try:
        waited_for(2)
        os.kill(killed := worker(), signal.SIGKILL)
        journal = waited_for(2)
        before, file = journal.read_bytes(), journal.stat().st_ino
        journal = waited_for(before.count(b"\n") + 1)
        assert (journal.stat().st_ino, journal.read_bytes().startswith(before[: before.rfind(b"\n") + 1])) == (
            file,
            True,
        )
        assert worker() not in (0, killed)
        while not read.exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        state = ""
        while state != "done":
            assert time.monotonic() < until
            with closing(sqlite3.connect(folder / "office.sqlite3", timeout=10)) as tables:
                ((state, told),) = tables.execute("SELECT state, told FROM office_job WHERE kind = 'sheets'")
    finally:
        server.stop()
    lines = pl.read_csv(read / "lines.csv", infer_schema=False)
    rows = PAGES * plain_form().rows
    assert (lines.height, lines.select("sheet", "line").is_duplicated().any()) == (rows, False)
    assert json.loads((read / "sheets.json").read_text("utf-8"))["not_read"] == 0
    assert told.startswith(f"{rows} rows were read into sheets/{said['out']}.")
    assert (begun.exists(), staged.exists()) == (False, False)


def test_how_many_pages_of_scans_are_read_is_told_and_cancelling_leaves_nothing_of_them(
    office: Office, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office import queue, worker
    from ballotworthy.office.models import Job

    manager, seen, tell = office.client("manager"), list[str](), queue.tell

    def told(job: Job, stage: str, done: int, total: int) -> None:
        tell(job, stage, done, total)
        seen.append(text_of(manager.get(f"/cases/demo/jobs/{job.pk}")))
        if 2 <= done < total:
            assert manager.post(f"/cases/demo/jobs/{job.pk}/cancel").status_code == 302

    monkeypatch.setattr(queue, "tell", told)
    monkeypatch.setattr(worker, "TELLS_EVERY", 0.0)
    with scans.open("rb") as file:
        assert manager.post("/cases/demo/scans", {"file": file}).status_code == 302
    job = Job.objects.filter(kind="sheets").get()
    assert job.state == Job.CANCELLED
    assert any(f"2 of {PAGES}" in page for page in seen)
    assert "cancelled" in text_of(manager.get(f"/cases/demo/jobs/{job.pk}"))
    left = [path.name for folder in ("sheets", "uploads") if (office.folder / folder).is_dir()
            for path in (office.folder / folder).iterdir()]  # fmt: skip
    assert left == []
