"""A certificate and its key from files: what they are, whether they fit each other, and for which names until when."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from ballotworthy.errors import InputError

OTHERS = 0o077
"""The rights of everybody but the owner of a file."""


@dataclass(frozen=True)
class Certified:
    """What a certificate says of itself, and what its key's file lets others do.

    Attributes:
        since, until: the times between which it holds.
        names: the names and addresses that it is for, in small letters.
        own: whether nobody else has signed it.
        open_key: whether others than its owner may read or write the file of the key.
    """

    since: dt.datetime
    until: dt.datetime
    names: tuple[str, ...]
    own: bool
    open_key: bool

    def lacks(self, names: Iterable[str]) -> list[str]:
        """Give the names under which browsers reach the office and that the certificate is not for."""
        return [name for name in names if not any(_covers(held, name.strip("[]").lower()) for held in self.names)]


def has_own_tls() -> bool:
    """Tell whether gunicorn is here, with which the office speaks TLS itself."""
    return sys.platform != "win32" and find_spec("gunicorn") is not None


def read_certificate(certificate: Path, key: Path) -> Certified:
    """Give what a certificate says, its key having been held against it.

    Args:
        certificate: a file in PEM: the office's own certificate first, then those of who issued it.
        key: the file of its private key in PEM, without a passphrase.

    Raises:
        InputError: a file is missing or cannot be read, holds something else, or they do not fit each other.
    """
    held = _certificate(_bytes(certificate, "certificate"), certificate)
    secret = _bytes(key, "key")
    try:
        private = load_pem_private_key(secret, None)
    except TypeError:
        raise InputError(
            f"the key in {key} asks for a passphrase, which nobody types when the office starts by itself. Write it "
            "without: openssl pkey -in KEY -out NEW, and let its owner alone read it."
        ) from None
    except ValueError:
        raise InputError(
            f"{key} holds no private key in PEM (-----BEGIN PRIVATE KEY-----). Name the key that the certificate was "
            "asked for with."
        ) from None
    ours, theirs = (
        each.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for each in (private.public_key(), held.public_key())
    )
    if ours != theirs:
        raise InputError(
            f"the key in {key} is not that of the certificate in {certificate}. Name the two that belong together; "
            "the office's own certificate stands first in its file."
        )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (ssl.SSLError, OSError) as error:
        raise InputError(
            f"no browser could be answered with {certificate} and {key}: {getattr(error, 'reason', None) or error}. "
            "Look whether the file is whole, and the key long enough."
        ) from None
    mode = key.stat().st_mode
    return Certified(
        held.not_valid_before_utc, held.not_valid_after_utc, _names(held), held.issuer == held.subject,
        bool(mode & OTHERS) and sys.platform != "win32",
    )  # fmt: skip


def usable(certificate: Path, key: Path, at: dt.datetime) -> Certified:
    """Give what a certificate says, if it holds at a time.

    Raises:
        InputError: as `read_certificate`, or it has ended or not begun.
    """
    found = read_certificate(certificate, key)
    if found.until <= at:
        raise InputError(
            f"the certificate in {certificate} ended on {found.until:%Y-%m-%d at %H:%M} UTC, and no browser would take "
            "it. Renew it, and start again."
        )
    if found.since > at:
        raise InputError(
            f"the certificate in {certificate} begins on {found.since:%Y-%m-%d at %H:%M} UTC. Wait until then, or look "
            "at the clock of this machine."
        )
    return found


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"there is no {what} at {path}. Name the file that holds it.") from None
    except OSError as error:
        raise InputError(
            f"the {what} at {path} cannot be read: {error.strerror}. Let the account that runs the office read it."
        ) from None


def _certificate(content: bytes, path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(content)[0]
    except (ValueError, IndexError):
        raise InputError(
            f"{path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----). A .p12 or .pfx is taken apart by "
            "openssl pkcs12."
        ) from None


def _names(held: x509.Certificate) -> tuple[str, ...]:
    try:
        said = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = (str(each) for each in said.get_values_for_type(x509.IPAddress))
    return tuple(dict.fromkeys((*(name.lower() for name in said.get_values_for_type(x509.DNSName)), *addresses)))


def _covers(held: str, name: str) -> bool:
    """Tell whether a name of a certificate is that name; a star stands for one part, the first (RFC 6125, 6.4.3)."""
    try:
        return ipaddress.ip_address(held) == ipaddress.ip_address(name)
    except ValueError:
        pass
    if held.startswith("*."):
        return name.partition(".")[2] == held[2:]
    return held == name
