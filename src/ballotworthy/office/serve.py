"""The server: a process or several with some threads each, until it is stopped; its worker does what takes long.

Pages come from waitress, or from gunicorn where the office speaks TLS itself (`secured.py`).
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from ballotworthy.errors import InputError
from ballotworthy.office.benches import forget_purged, warm
from ballotworthy.office.rooms import keep_checkpoints, tend
from ballotworthy.office.settings import Site
from ballotworthy.office.siblings import keep_secured, keep_siblings
from ballotworthy.office.started import hold_all
from ballotworthy.office.tls import has_own_tls
from ballotworthy.office.workers import Workers

THREADS = 8
BACKLOG = 1024
MOST_BYTES = 5_100_000_000
"""Of one request; what is larger is refused before it is read."""
IDENT = "office"
LOADED = ("match", "match.kept", "match.waterfall", "roll", "roll.lookup", "check", "verbs.case_expected")
"""Rooms that pages load when they first need them: loaded before any thread runs, so that no two load the same."""
PROXY = {
    "trusted_proxy": "*",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    "clear_untrusted_proxy_headers": True,
}
"""What the proxy in front is believed: by TLS or not, and for whom; nobody else reaches the port then."""


def serve(site: Site, host: str, port: int, told: Callable[[int], None], *, processes: int = 1) -> None:
    """Answer requests until the process is stopped.

    Args:
        site: the office, which was started.
        host, port: where; port 0 takes any that is free.
        told: called with the port once requests are taken.
        processes: so many take requests, this one among them.

    Raises:
        InputError: the port is taken, or may not be used, or this system hands none on to other processes.
    """
    if processes > 1 and sys.platform == "win32":
        raise InputError("on Windows one process answers: leave --processes out.")
    if site.certificate is not None and not has_own_tls():
        raise InputError(
            "the office speaks TLS itself by gunicorn, which is not here (it runs on no Windows). Install it: pip "
            "install 'ballotworthy[office]'; or put a proxy with TLS in front and say --behind-tls."
        )
    try:
        listening = socket.create_server((host, port), family=_family_of(host, port), backlog=BACKLOG)
    except OSError as error:
        raise InputError(
            f"port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
        ) from error
    load()
    told(int(listening.getsockname()[1]))
    hold_all()
    Workers(Path(settings.OFFICE_FOLDER)).start()
    if site.certificate is not None:
        tend(keep_checkpoints, forget_purged)
        keep_secured(processes, site, listening)
        return
    server = taking(listening, behind_tls=site.behind_proxy)
    keep_siblings(processes - 1, site, listening)
    warm()
    tend(keep_checkpoints, forget_purged)
    server.run()


def taking(listening: socket.socket, *, behind_tls: bool) -> Any:
    """Give waitress's server, which takes requests from a port once it runs."""
    return create_server(
        get_wsgi_application(), sockets=[listening], threads=THREADS, ident=IDENT, max_request_body_size=MOST_BYTES,
        **(PROXY if behind_tls else {}),
    )  # fmt: skip


def load() -> None:
    """Load what pages need, before any thread runs."""
    for room in LOADED:
        import_module(f"ballotworthy.{room}")


def _family_of(host: str, port: int) -> socket.AddressFamily:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
