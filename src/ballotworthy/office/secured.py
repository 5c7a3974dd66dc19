"""The server where the office speaks TLS itself: `python -m ballotworthy.office.secured PORT WORKERS`.

It is gunicorn, started as a sibling is and told the rest on its input. Its first process only watches over the workers
and knows neither Django nor a case, so that nothing is shared where it forks; each worker then joins the office.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from ballotworthy.office.settings import Site
from ballotworthy.office.siblings import end_with, heard
from ballotworthy.office.spoken import UNHURRIED, Timed

THREADS = 32
"""More than waitress has: a connection holds one of these while TLS begins and its request is read (`spoken.py`)."""
UNSAID = 0.05
"""Seconds for which a connection that says nothing holds a thread; it then waits without. Browsers open such ahead."""
KEPT = 75
"""Seconds in which a connection may be used again, so that not each request begins TLS anew."""
STUCK = 300
"""Seconds after which a worker that does nothing at all is started anew; compiling the matcher takes some ten."""

Start = Callable[..., Any]
App = Callable[[Mapping[str, Any], Start], Iterable[bytes]]


class Contexts:
    """The TLS of new connections: made once, and again when the file of the certificate has changed."""

    def __init__(self, certificate: Path, key: Path) -> None:
        """Keep the files in mind; they are read with the first connection."""
        self._files, self._changed = (certificate, key), 0
        self._context: Timed | None = None

    def __call__(self, _conf: object, _default: object) -> Timed:
        """Give the context as gunicorn asks for it; one that was renewed wrongly leaves the old one in use."""
        changed = self._stamp()
        if self._context is None or changed != self._changed:
            try:
                fresh = Timed(ssl.PROTOCOL_TLS_SERVER)
                fresh.minimum_version = ssl.TLSVersion.TLSv1_2
                fresh.load_cert_chain(*self._files)
            except (OSError, ssl.SSLError):
                if self._context is None:
                    raise
            else:
                self._context, self._changed = fresh, changed
        return self._context

    def _stamp(self) -> int:
        try:
            return max(each.stat().st_mtime_ns for each in self._files)
        except OSError:  # it is being renewed
            return self._changed


class Patient(ThreadWorker):
    """Gunicorn's worker with threads, in which no connection holds a thread before it says something under TLS too."""

    def handle(self, conn: Any) -> Any:
        """Answer a request; give whether the connection goes on, or waits without a thread.

        What does not go on is closed here: gunicorn would wait for its end in the one thread that takes connections.
        """
        try:
            goes_on = self._began(conn) or super().handle(conn)
        except OSError:  # it speaks no TLS, or breaks off
            goes_on = False
        if not goes_on:
            conn.close(graceful=True)
            conn.close = _closed_already
        return goes_on

    def _began(self, conn: Any) -> Any:
        """Begin TLS on a new connection; give that it waits, where it says nothing before or after."""
        if conn.initialized:
            conn.sock.begin_head()
            return None
        if not conn.wait_for_data(UNSAID):
            return _DEFER
        conn.init()
        conn.data_ready = False
        if not conn.sock.pending() and not conn.wait_for_data(UNSAID):
            return _DEFER
        conn.sock.begin_head()
        return None

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose head was read."""
        conn.sock.begin_body()
        return super().handle_request(req, conn)


def _closed_already(*, graceful: bool = False) -> None:
    """Stand where gunicorn closes a connection once more."""


class Secured(BaseApplication):
    """Gunicorn for one office."""

    def __init__(self, site: Site, port: int, workers: int) -> None:
        """Take the office, the number of the socket that listens, and how many workers answer."""
        self._site, self._port, self._workers = site, port, workers
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn is to do: nobody's word for who asks is believed, for no proxy stands in front."""
        site = self._site
        for name, value in {
            "bind": f"fd://{self._port}", "workers": self._workers, "worker_class": Patient, "threads": THREADS,
            "certfile": str(site.certificate), "keyfile": str(site.key),
            "ssl_context": Contexts(Path(str(site.certificate)), Path(str(site.key))),
            "forwarded_allow_ips": "", "proxy_allow_ips": "", "secure_scheme_headers": {}, "keepalive": KEPT,
            "timeout": STUCK, "graceful_timeout": 5, "loglevel": "critical", "control_socket_disable": True,
        }.items():  # fmt: skip
            self.cfg.set(name, value)

    def load(self) -> App:
        """Give the pages, in a worker that has joined the office."""
        from ballotworthy.office.started import join

        join(self._site)
        from django.core.wsgi import get_wsgi_application  # Django's tables are there only now

        from ballotworthy.office.benches import forget_purged, warm
        from ballotworthy.office.rooms import tend
        from ballotworthy.office.serve import MOST_BYTES, load

        load()
        warm()
        tend(forget_purged)
        return limited(get_wsgi_application(), MOST_BYTES)


def limited(pages: App, most: int) -> App:
    """Give the pages for requests of so many bytes; what is larger is refused before it is read."""

    def answer(environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        said = str(environ.get("CONTENT_LENGTH") or "0")
        if said.isdecimal() and int(said) <= most:
            return pages({**environ, UNHURRIED: environ["gunicorn.socket"].unhurried}, start)
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if said.isdecimal() else HTTPStatus.BAD_REQUEST
        start(f"{status.value} {status.phrase}", [("Content-Type", "text/plain"), ("Connection", "close")])
        return [status.phrase.encode()]

    return answer


if __name__ == "__main__":
    site = heard(sys.stdin.buffer.readline())
    end_with(open(0, "rb", buffering=0, closefd=False))  # noqa: SIM115 # a buffer would be locked where a worker forks
    sys.argv, (port, workers) = sys.argv[:1], sys.argv[1:]
    Secured(site, int(port), int(workers)).run()
