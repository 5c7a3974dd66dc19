"""How an office was last started: written beside its tables, so that its doctor knows what to look at."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
from dataclasses import asdict, dataclass
from pathlib import Path

REACHED_FILE = "reached.json"
SECONDS = 5.0


@dataclass(frozen=True)
class Reached:
    """By which name and port browsers reach it, whether through TLS, and its own certificate and key, if any."""

    name: str
    port: int
    tls: bool
    certificate: str = ""
    key: str = ""


def keep_reached(folder: Path, how: Reached) -> None:
    """Write down how the office is reached now."""
    path = folder / REACHED_FILE
    path.write_text(json.dumps(asdict(how)) + "\n", "utf-8")
    path.chmod(0o600)


def last_reached(folder: Path) -> Reached | None:
    """Give how the office was last started; None where it never was, or the file is damaged."""
    try:
        return Reached(**json.loads((folder / REACHED_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def certificate_until(name: str, port: int = 443) -> dt.datetime:
    """Give until when the certificate holds that answers under a name.

    Raises:
        OSError: nobody answers, or with a certificate that this machine does not trust for the name.
    """
    with (
        socket.create_connection((name, port), timeout=SECONDS) as reached,
        ssl.create_default_context().wrap_socket(reached, server_hostname=name) as spoken,
    ):
        told = spoken.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), dt.UTC)
