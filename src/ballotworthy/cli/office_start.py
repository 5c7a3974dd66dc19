"""An office opened and served by the command line: its options, what is refused, and the sentences it begins with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.printed import print_json
from ballotworthy.cli.sure_clock import now
from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.office.settings import Site

NEEDED = ("django", "allauth", "django_htmx", "csp", "whitenoise", "waitress")
OWN = ("127.0.0.1", "localhost", "::1")
HTTPS = 443
"""The port that an address with TLS need not say."""

FolderArgument = Annotated[Path, typer.Argument(help="The office's own folder; made where there is none.")]
HostOption = Annotated[str, typer.Option(help="The address to answer at.")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="HOST",
        help="A name under which browsers reach it, such as office.county.example; repeatable.",
    ),
]
TlsOption = Annotated[
    bool, typer.Option("--behind-tls", help="A proxy in front speaks TLS and sets X-Forwarded-Proto, as Caddy does.")
]

CertificateOption = Annotated[
    Path | None,
    typer.Option("--tls-cert", help="The office's own certificate in PEM: it speaks TLS itself, without a proxy."),
]
KeyOption = Annotated[Path | None, typer.Option("--tls-key", help="The key of that certificate in PEM.")]
SignaturesOption = Annotated[
    str | None,
    typer.Option(
        metavar="DIR|ADDRESS",
        help="Reference signatures, shown beside candidates: a folder of ID.png or .jpg, several as ID-1.png, "
        "ID-2.png; or an address such as https://signatures.county.example/{voter_id}.png.",
    ),
]

ProcessesOption = Annotated[
    int, typer.Option(min=1, max=64, help="Processes that answer; a second serves forty people on two processors.")
]


def start_office(
    folder: Path,
    host: str,
    names: Sequence[str] = (),
    *,
    behind_tls: bool = False,
    signatures: str | None = None,
    own_tls: tuple[Path, Path] | None = None,
) -> Site:
    """Open an office's tables, its folder made where there is none.

    Args:
        folder: the office's own.
        host: the address to answer at.
        names: those under which browsers reach it.
        behind_tls: a proxy in front speaks TLS.
        signatures: folder or address of the reference signatures.
        own_tls: files of the certificate and of the key with which it speaks TLS itself.

    Raises:
        InputError: something is missing, would cross a network in the clear, or does not fit.
    """
    require_office()
    if host not in OWN and not behind_tls and own_tls is None:
        raise InputError(
            f"at {host} passwords and names would cross the network unencrypted. Name a certificate (--tls-cert, "
            "--tls-key), put a proxy with TLS in front and say --behind-tls, or answer at 127.0.0.1."
        )
    if host not in OWN and own_tls is not None and not names:
        raise InputError("say under which name browsers reach the office, such as --name office.county.example.")
    from ballotworthy.office.settings import Site
    from ballotworthy.office.signatures import Asked, read_asked
    from ballotworthy.office.started import start
    from ballotworthy.office.tls import usable

    if own_tls is not None:
        usable(*own_tls, now())
    asked = read_asked(signatures) if signatures else Asked()
    certificate, key = (each.absolute() for each in own_tls) if own_tls else (None, None)
    site = Site(
        folder.absolute(), tuple(dict.fromkeys((*names, "127.0.0.1", "localhost", "[::1]"))),
        behind_tls or own_tls is not None, os.environ.get("DATABASE_URL", ""), asked.folder, asked.address,
        certificate, key,
    )  # fmt: skip
    start(site)
    return site


def require_office() -> None:
    """Refuse where the extra is not installed.

    Raises:
        InputError: it is not.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise InputError("the office needs more than the rest: pip install 'ballotworthy[office]'.")


def pair_of(certificate: Path | None, key: Path | None, *, behind_tls: bool) -> tuple[Path, Path] | None:
    """Give the certificate and its key; None where neither is named.

    Raises:
        InputError: one is named without the other, or a proxy speaks TLS already.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise InputError("--tls-cert and --tls-key go together: name both files.")
    if behind_tls:
        raise InputError("--behind-tls says that a proxy speaks TLS, --tls-cert that the office does: leave one out.")
    return certificate, key


def serve_office(site: Site, host: str, port: int, name: str, *, processes: int = 1, as_json: bool) -> None:
    """Answer requests until the process is stopped, and say where as soon as they are taken."""
    from ballotworthy.office.reached import Reached, keep_reached
    from ballotworthy.office.serve import serve as serve_forever
    from ballotworthy.office.started import first_link

    def told(port: int) -> None:
        shown = f"[{name}]" if ":" in name else name
        at = "" if site.behind_proxy or (site.tls and port == HTTPS) else f":{port}"
        base = f"{'https' if site.tls else 'http'}://{shown}{at}"
        keep_reached(site.folder, Reached(name, port, site.tls, str(site.certificate or ""), str(site.key or "")))
        secret = first_link()
        link = f"{base}/invited/{secret}" if secret else None
        if as_json:
            print_json({"address": base, "first_manager": link})
            return
        typer.echo(f"The office is open: {base}")
        if link:
            typer.echo(f"First manager, for three days and one use: {link}")

    serve_forever(site, host, port, told, processes=processes)
