"""Runs the ```console blocks of a page in an empty folder, and writes what the commands print below them.

A block holds commands, each after "$ ", and their output. A command goes on in the next line after a backslash,
and up to END after <<'END'. All blocks of a page run in one folder, one after the other.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from ballotworthy.cli.main import main

BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
SETTINGS = {"COLUMNS": "100", "NO_COLOR": "1"}
SHELL = re.compile(r"[|&;<>$`*?~]")
QUOTED = re.compile(r"'[^']*'|\"[^\"$`\\]*\"")
COLD = "First use on this machine"
NUMBER = re.compile(r"\b[0-9a-f]{64}\b|\d[\d,.]*")
RULES = re.compile(r"[\s\u2500-\u257f]+")


@dataclass(frozen=True)
class Shown:
    """A command of a page and the output printed below it, or the output that it gave."""

    command: str
    output: str

    def shape(self) -> list[str]:
        """Give the lines of the output sorted, numbers and digests as 0, without the rules of tables."""
        lines = (RULES.sub(" ", NUMBER.sub("0", line)).strip() for line in self.output.splitlines())
        return sorted(line for line in lines if line)


def blocks(text: str) -> list[list[Shown]]:
    """Give the blocks of a page as commands with the output printed there."""
    return [_parsed(found[1]) for found in BLOCK.finditer(text)]


def _parsed(block: str) -> list[Shown]:
    commands: list[tuple[list[str], list[str]]] = []
    open_until = ""
    for line in block.splitlines():
        if open_until:
            commands[-1][0].append(line)
            open_until = "" if line == open_until else open_until
        elif line.startswith("$ "):
            commands.append(([line[2:]], []))
            open_until = "END" if line.endswith("<<'END'") else ""
        elif commands and commands[-1][0][-1].endswith("\\"):
            commands[-1][0].append(line)
        else:
            commands[-1][1].append(line)
    return [Shown("\n".join(command), "".join(f"{line}\n" for line in output)) for command, output in commands]


def run(command: str, folder: Path) -> Shown:
    """Run one command in a folder as a user would, `ballotworthy` being this one, and give what it printed.

    One that begins with `ballotworthy`, its options without a shell's signs, runs in this process, which spares it an
    interpreter of its own; what stands behind a pipe gets what it printed.

    Raises:
        RuntimeError: it failed without a message of Ballotworthy, or with a trace.
    """
    first, _, behind = command.partition(" | ")
    words = _own(first)
    if not words:
        ended, printed = _in_shell(command, folder)
    elif behind:
        messages = io.StringIO()
        _, piped = _here(words, folder, messages)
        ended, printed = _in_shell(behind, folder, piped)
        printed = messages.getvalue() + printed
    else:
        ended, printed = _here(words, folder)
    lines = [line.rstrip() for line in printed.splitlines() if not line.startswith(COLD)]
    told = any(line.startswith("ballotworthy: ") for line in lines)
    if (ended and not told) or "Traceback (most recent call last):" in lines:
        raise RuntimeError(f"{command}\nends with {ended}:\n{printed}")
    return Shown(command, "".join(f"{line}\n" for line in lines))


def _own(command: str) -> list[str]:
    """Give the words of a command that is `ballotworthy` and nothing for a shell to do; none for any other."""
    try:
        words = shlex.split(command.replace("\\\n", " "))
    except ValueError:  # a quoted text goes on behind what was taken for a pipe
        return []
    return words if words[0] == "ballotworthy" and not SHELL.search(QUOTED.sub("", command)) else []


def _here(words: list[str], folder: Path, messages: io.StringIO | None = None) -> tuple[int, str]:
    """Run words in this process; give how it ended and what it printed, with its messages if nothing takes them."""
    printed, ended = io.StringIO(), 0
    with (
        chdir(folder),
        mock.patch.dict(os.environ, SETTINGS),
        mock.patch.object(sys, "argv", words),
        redirect_stdout(printed),
        redirect_stderr(printed if messages is None else messages),
    ):
        try:
            main()
        except SystemExit as end:
            ended = int(end.code or 0)
    return ended, printed.getvalue()


def _in_shell(command: str, folder: Path, given: str = "") -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 -- it runs the commands that our own pages print
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": f"{_program(folder)}:{os.environ['PATH']}", **SETTINGS},
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def _program(folder: Path) -> Path:
    """Put a command `ballotworthy` that is this checkout beside the folder, and give where it stands."""
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "ballotworthy"
    if not program.exists():
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ballotworthy "$@"\n', "utf-8")
        program.chmod(0o755)
    return programs


def rewritten(text: str) -> str:
    """Run the blocks of a page in an empty folder and give the page with what they print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "here"
        folder.mkdir()

        def printed(found: re.Match[str]) -> str:
            done = [run(shown.command, folder) for shown in _parsed(found[1])]
            return "```console\n" + "".join(f"$ {each.command}\n{each.output}" for each in done) + "```"

        return BLOCK.sub(printed, text)
