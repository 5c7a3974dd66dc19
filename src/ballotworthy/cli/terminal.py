"""The two streams to people: nothing from a file acts on them, and one that is closed or full ends no verb."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TextIO, cast

from ballotworthy.cli.folding import folded
from ballotworthy.safe_text import safe_text


class Patient(io.TextIOBase):
    """A stream that passes over what can no longer be written and keeps why in `lost`."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.lost: OSError | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute above
        """Give the encoding of the stream behind."""
        return self.stream.encoding

    def writable(self) -> bool:
        """Give that it can be written to."""
        return True

    def isatty(self) -> bool:
        """Tell whether somebody sits before it."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """Give its number."""
        return self.stream.fileno()

    def write(self, text: str) -> int:
        """Write a text."""
        if self.lost is None:
            try:
                self.stream.write(text)
            except OSError as error:
                self.lost = error
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        if self.lost is None:
            try:
                self.stream.flush()
            except OSError as error:
                self.lost = error


class Safe(io.TextIOBase):
    """A stream on which acting characters are shown by name, and on a terminal no word is broken at its edge.

    Rich, whose colours and tables are our own, writes behind it, and so does what a machine is to read.
    """

    def __init__(self, stream: Patient) -> None:
        self.rich_proxied_file = stream
        self.isatty, self.fileno, self.flush = stream.isatty, stream.fileno, stream.flush  # type: ignore[method-assign]

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute above
        """Give the encoding of the stream behind."""
        return self.rich_proxied_file.encoding

    def writable(self) -> bool:
        """Give that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Write a text, made safe."""
        shown = safe_text(text)
        wide = shutil.get_terminal_size().columns if self.isatty() else 0
        return self.rich_proxied_file.write(folded(shown, wide))


@contextlib.contextmanager
def guarded_streams() -> Iterator[None]:
    """Guard both streams while a verb runs.

    A reader who has gone away (`| head`) changes nothing about how the verb ends. Standard output that cannot
    be written for another reason, such as a full disk, ends it with exit code 2.
    """
    _fill_closed()
    out, err = sys.stdout, sys.stderr
    kept = Patient(out)
    told = Patient(err)
    sys.stdout, sys.stderr = cast("TextIO", Safe(kept)), cast("TextIO", Safe(told))
    try:
        yield
    finally:
        kept.flush()
        told.flush()
        sys.stdout, sys.stderr = out, err
        for each in (kept, told):
            if each.lost:  # what is still in its buffer would fail again when Python ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), each.fileno())
        if kept.lost and kept.lost.errno != errno.EPIPE:
            if not told.lost:
                err.write(f"ballotworthy: standard output could not be written: {kept.lost.strerror}.\n")
            sys.exit(2)


def _fill_closed() -> None:
    """Put /dev/null where a stream was closed, so that no file that is opened later takes its number."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 # kept
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 # kept
