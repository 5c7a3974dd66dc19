"""Connections under TLS that are waited for only so long, and of which strangers hold only so many threads."""

from __future__ import annotations

import errno
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

GREETED, HEARD, TOLD, SILENT = 5.0, 3.0, 5.0, 30.0
"""Longest time in all in which TLS begins, in which the head of a request comes, and the body of one who is not signed
in; longest silence of one who is."""
MOST_WAITED_FOR = 24
"""Of strangers at once; with one more, the one waited for longest is cut off. A process has some threads more, so that
who says what he wants at once is answered meanwhile."""
UNHURRIED = "ballotworthy.unhurried"
"""In a request's environment, where the server bounds the time of a body: what lifts that."""

_waited_for: set[Spoken] = set()
_lock = Lock()


class Spoken(ssl.SSLSocket):
    """A connection under TLS that waits only so long for the other side.

    Attributes:
        until: the time by which what is being read must have come; None where each silence is bounded, not the whole.
        since: the time since when it is waited for.
        in_body: whether the body of a request is being read, whose end must not be taken for the end of what was sent.
    """

    until: float | None = None
    since = 0.0
    in_body = False

    def setblocking(self, flag: bool) -> None:  # as sockets have it
        """Wait for a while where gunicorn would wait for ever."""
        self.settimeout(SILENT if flag else 0.0)

    def begin_head(self) -> None:
        """Wait from now on for the head of a request."""
        self.since, self.in_body = time.monotonic(), False
        self.until = self.since + HEARD

    def begin_body(self) -> None:
        """Wait for the rest of a request whose head was read."""
        self.in_body, self.until = True, time.monotonic() + TOLD
        self.settimeout(SILENT)

    def unhurried(self) -> None:
        """Let the rest of a request take its time, as an upload does: somebody is signed in who can be asked."""
        self.until = None
        self.settimeout(SILENT)

    def greet(self) -> None:
        """Begin TLS."""
        self.since = time.monotonic()
        self.settimeout(GREETED)
        with self._waited_for():
            self.do_handshake()
        self.settimeout(SILENT)

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """Read, until the time is over.

        Raises:
            TimeoutError: it is over, or the other side was silent for too long.
            ConnectionResetError: the other side went in the midst of a body: half a form would be read as a whole one.
        """
        if self.until is None:
            return self._read(buflen, flags)
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, SILENT))
        with self._waited_for():
            return self._read(buflen, flags)

    def _read(self, buflen: int, flags: int) -> bytes:
        read = super().recv(buflen, flags)
        if not read and self.in_body:
            raise ConnectionResetError(errno.ECONNRESET, "the rest of the body did not come")
        return read

    @contextmanager
    def _waited_for(self) -> Iterator[None]:
        with _lock:
            _waited_for.add(self)
            if len(_waited_for) > MOST_WAITED_FOR:
                longest = min(_waited_for, key=lambda each: each.since)
                _waited_for.discard(longest)
                with suppress(OSError):  # it went by itself
                    socket.socket.shutdown(longest, socket.SHUT_RDWR)  # TLS is left to the thread that reads
        try:
            yield
        finally:
            with _lock:
                _waited_for.discard(self)


class Timed(ssl.SSLContext):
    """TLS that waits only so long for whoever opens a connection."""

    sslsocket_class = Spoken

    def wrap_socket(self, sock: Any, *words: Any, **more: Any) -> Any:
        """Give the socket under TLS."""
        spoken: Any = super().wrap_socket(sock, *words, **{**more, "do_handshake_on_connect": False})
        try:
            spoken.greet()
        except BaseException:
            spoken.close()
            raise
        return spoken
