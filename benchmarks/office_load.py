"""How the office answers when many clerks decide at once, and that no line is given twice and no decision is lost.

    python benchmarks/office_load.py [--clerks 40] [--every 6] [--seconds 120] [--voters 100000] [--lines 100000]
                                     [--decided 0] [--postgresql postgresql://postgres@127.0.0.1:5432/] [--kill 30]
                                     [--pictured 100000] [--processes 2]

It invents a petition of which every line is to be examined, starts `office serve` as its own process, and lets that
many clerks decide a line each so often; after every fourth line a clerk types a search. A decision's time is from the
key to the next line, which comes in the same answer. `--decided` lines are decided beforehand, so that the case is
large. With `--pictured` every line has a picture of its row, and so many have one of three cells each, which a browser
gets with the page of the line before. `--kill` ends the server by kill -9 every so many seconds and starts it again;
clerks go on. At the end the record is read: each decision that was acknowledged stands in it once, by the clerk who was
told so. Load and server share the machine's processors.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode

from ballotworthy.office.cookies import cookie_names
from ballotworthy.office.settings import KEY_FILE
from office_filled import CASE, made

ADDRESS = f"/cases/{CASE}/work/first"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Told:
    """What clerks were told and how long it took, in seconds."""

    rulings: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)


class Server:
    """The office as its own process."""

    def __init__(self, folder: Path, database: str, processes: int = 1) -> None:
        self.folder, self.database, self.processes, self.port = folder, database, processes, 0
        self.start()

    def start(self) -> None:
        """Start it, at the port it had before."""
        words = [sys.executable, "-u", "-m", "ballotworthy", "office", "serve", str(self.folder), "--json"]
        self.process = subprocess.Popen(
            [*words, "--port", str(self.port), "--processes", str(self.processes)], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "DATABASE_URL": self.database},
        )  # fmt: skip
        assert self.process.stdout  # noqa: S101 # it was asked for
        text = ""
        while "}" not in text:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("the office did not start")
            text += line
        self.port = int(json.loads(text)["address"].rsplit(":", 1)[1])

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it; at once is kill -9."""
        (self.process.kill if at_once else self.process.terminate)()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


class Browser:
    """What a browser does for one clerk: a session, a token against forged forms, and an answer's seconds."""

    def __init__(self, server: Server, session: str) -> None:
        self.server, self.token = server, secrets.token_hex(16)
        self.held: set[str] = set()
        names = cookie_names((Path(server.folder) / KEY_FILE).read_text("utf-8"), tls=False)
        said = {"SESSION_COOKIE_NAME": session, "CSRF_COOKIE_NAME": self.token}
        self.cookies = "; ".join(f"{names[name]}={value}" for name, value in said.items())

    def ask(self, address: str, **said: str) -> tuple[int, str, float]:
        """Get a page, or send a form; give status, text and seconds.

        Raises:
            OSError: the server is away, or went in the midst of its answer.
        """
        began = time.perf_counter()
        ask = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            headers = {"Cookie": self.cookies}
            if said:
                headers |= {"X-CSRFToken": self.token, "HX-Request": "true", "Content-Type": FORM}
            ask.request("POST" if said else "GET", address, urlencode(said) if said else None, headers)
            answer = ask.getresponse()
            text = answer.read().decode(errors="replace")
            return answer.status, text, time.perf_counter() - began
        except http.client.HTTPException as error:  # the server went in the midst of its answer
            raise ConnectionError(f"the answer was cut off ({type(error).__name__})") from error
        finally:
            ask.close()

    def patient(self, address: str) -> str:
        """Get a page, however long the office is away or lays lines out.

        Raises:
            RuntimeError: whoever asks may not have it, or it is not there.
        """
        while True:
            try:
                status, text, _ = self.ask(address)
            except OSError:
                status, text = 0, ""
            if status == 200:
                return text
            if 300 <= status < 500:
                raise RuntimeError(f"{address} was answered {status}")
            time.sleep(0.3)


def clerk(name: str, browser: Browser, every: float, over: Event, told: Told) -> None:
    """Decide lines until it is over: the likeliest candidate, or illegible where there is none."""
    chance = random.Random(name)
    over.wait(chance.random() * every)
    page, turn = browser.patient(ADDRESS), chance.randrange(4)
    while not over.is_set():
        line = _line(page)
        if not line:
            return
        began = time.monotonic()
        row = re.search(r'name="row" value="(\d+)"', page)
        roll = re.search(r'name="roll" value="(\w+)"', page)
        said = {"row": row[1]} if row else {"reason": "illegible"}
        said["roll"] = roll[1] if roll else ""
        try:
            if turn % 4 == 3:
                for typed in ("7", "70", "704 s", "704 sm"):
                    status, _, took = browser.ask(f"{ADDRESS}/search", line=line, typed=typed)
                    if status == 200 and len(typed) > 1:
                        with told.lock:
                            told.searches.append(took)
            status, text, took = browser.ask(f"{ADDRESS}/rule", line=line, **said)
        except OSError:
            status, text, took = 0, "", 0.0
        with told.lock:
            if status == 200:
                told.acknowledged.append((line, name))
                told.rulings.append(took)
            else:
                told.refused[f"{status}"] += 1
        page = text if status == 200 else browser.patient(ADDRESS)
        look_at(browser, page, told)
        turn += 1
        over.wait(max(0.0, every - (time.monotonic() - began)))


def look_at(browser: Browser, page: str, told: Told) -> None:
    """Get the pictures of a page that the browser does not hold yet, as soon as the page is there."""
    for address in (each for each in re.findall(r'<img src="([^"]*)"', page) if each not in browser.held):
        try:
            status, _, took = browser.ask(address)
        except OSError:
            status, took = 0, 0.0
        with told.lock:
            if status == 200:
                browser.held.add(address)
                told.pictures.append(took)
            else:
                told.refused[f"{status} of a picture"] += 1


def _line(page: str) -> str:
    found = re.search(r'id="desk" data-line="([^"]*)"', page)
    return found[1] if found else ""


def checked(folder: Path, told: Told) -> str:
    """Read the record again: what was acknowledged stands in it once, and nobody was given another's line."""
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import enter_held, now

    room = enter_held(HeldCase.objects.get(slug=CASE), now)
    case = room.case()  # replayed or from its checkpoint, each event held against the chain
    twice = [line for line, count in Counter(line for line, _ in told.acknowledged).items() if count > 1]
    firsts = {line: looks.first.by for line, looks in case.looks.items() if looks.first}
    lost = [line for line, by in told.acknowledged if firsts.get(line) != by]
    decisions = Counter(json.loads(text)["body"]["line"] for text in room.record.read() if b'"kind":"decision"' in text)
    doubled = sum(count > 1 for count in decisions.values())
    if twice or lost or doubled:
        raise SystemExit(f"WRONG: {len(twice)} lines ruled twice, {len(lost)} decisions lost, {doubled} doubled")
    return f"{len(told.acknowledged):,} decisions acknowledged, each in the record once; {folder.name} holds"


def spread(seconds: list[float]) -> str:
    """Give the median, the 95th and the 99th of a hundred, in milliseconds."""
    listed = sorted(seconds) or [0.0]
    at = [1000 * listed[min(len(listed) - 1, int(len(listed) * share))] for share in (0.5, 0.95, 0.99)]
    return f"p50 {at[0]:.0f} ms, p95 {at[1]:.0f} ms, p99 {at[2]:.0f} ms of {len(seconds):,}"


def warm_pages(browser: Browser, began: float) -> None:
    """Wait for the first pages after a start, and say how long they take then and warm."""
    browser.patient(f"/cases/{CASE}")
    print(f"  the case's page first answers {time.perf_counter() - began:.1f} s after the start")
    browser.patient(ADDRESS)
    print(f"  the work page first answers {time.perf_counter() - began:.1f} s after the start")
    for name, address in (("case", f"/cases/{CASE}"), ("work", ADDRESS)):
        print(f"  the {name} page, warm: {spread([browser.ask(address)[2] for _ in range(10)])}")


def run(given: argparse.Namespace, folder: Path, database: str) -> None:
    """Make, serve, load, check."""
    from ballotworthy.office.settings import Site
    from ballotworthy.office.started import start

    start(Site(folder, database=database))
    sessions = made(folder, given)
    began = time.perf_counter()
    server = Server(folder, database, given.processes)
    told, over = Told(), Event()
    try:
        print(f"{given.lines:,} lines, {given.decided:,} decided before, {given.voters:,} voters, "
              f"{'PostgreSQL' if database else 'SQLite'}")  # fmt: skip
        warm_pages(Browser(server, sessions["manager"]), began)
        threads = [
            Thread(target=clerk, args=(name, Browser(server, session), given.every, over, told))
            for name, session in sessions.items()
            if name != "manager"
        ]
        for thread in threads:
            thread.start()
        until = time.monotonic() + given.seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, given.kill or left))
            if given.kill and time.monotonic() < until:
                server.stop(at_once=True)
                server.start()
                print("  killed, and started again")
        over.set()
        for thread in threads:
            thread.join()
    finally:
        server.stop()
    print(f"  {given.clerks} clerks, a line every {given.every:g} s, {given.seconds:g} s")
    print(f"  decision and next line: {spread(told.rulings)}")
    if told.pictures:
        print(f"  pictures of the line that comes next: {spread(told.pictures)}")
    print(f"  typed search: {spread(told.searches)}")
    print(f"  not acknowledged: {dict(told.refused) or 'none'}")
    print(f"  {checked(folder, told)}")


@contextmanager
def database_at(server: str) -> Iterator[str]:
    """Give the address of a database of its own, gone afterwards; "" for SQLite."""
    if not server:
        yield ""
        return
    import psycopg

    name = f"ballotworthy_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}{name}"
        finally:
            from django.db import connections

            connections.close_all()
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers: dict[str, Any] = {
        "clerks": 40, "every": 6.0, "seconds": 120.0, "voters": 100_000, "lines": 100_000, "decided": 0, "kill": 0.0,
        "pictured": 0, "processes": 1,
    }  # fmt: skip
    for name, value in numbers.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--postgresql", default="", metavar="SERVER")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made_in, database_at(given.postgresql) as database:
        run(given, Path(made_in) / "office", database)


if __name__ == "__main__":
    main()
