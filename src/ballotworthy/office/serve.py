"""The server: one process, some threads, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable

from django.core.wsgi import get_wsgi_application
from waitress import create_server

from ballotworthy.errors import InputError
from ballotworthy.office.bulk import go_on
from ballotworthy.office.rooms import tend, warm

THREADS = 8
IDENT = "office"


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
    told(int(server.effective_port))
    warm()
    tend()
    go_on()
    server.run()
