"""The server: one process, some threads, until it is stopped; and its worker, which does what takes long."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from ballotworthy.errors import InputError
from ballotworthy.office.benches import warm
from ballotworthy.office.rooms import tend
from ballotworthy.office.started import hold_all
from ballotworthy.office.workers import Workers

THREADS = 8
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


def serve(
    host: str, port: int, told: Callable[[int], None], *, behind_tls: bool = False, most_bytes: int = 5_100_000_000
) -> None:
    """Answer requests until the process is stopped.

    Args:
        host, port: where; port 0 takes any that is free.
        told: called with the port once requests are taken.
        behind_tls: whether a proxy in front speaks TLS and says for whom it asks.
        most_bytes: of one request; what is larger is refused before it is read.

    Raises:
        InputError: the port is taken, or may not be used.
    """
    try:
        server = create_server(
            get_wsgi_application(), host=host, port=port, threads=THREADS, ident=IDENT,
            max_request_body_size=most_bytes, **(PROXY if behind_tls else {}),
        )  # fmt: skip
    except OSError as error:
        raise InputError(
            f"port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
        ) from error
    for room in LOADED:
        import_module(f"ballotworthy.{room}")
    told(int(server.effective_port))
    hold_all()
    Workers(Path(settings.OFFICE_FOLDER)).start()
    warm()
    tend()
    server.run()
