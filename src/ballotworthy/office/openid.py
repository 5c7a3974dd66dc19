"""The office's own sign-in service, by OpenID Connect: one file in the office's folder, `openid.toml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ballotworthy.errors import InputError
from ballotworthy.files.toml_text import read_toml

OPENID_FILE = "openid.toml"
PROVIDER = "office"
"""What the provider is called in addresses: its callback is `/openid/office/callback`."""
CLAIMS = ("preferred_username", "email", "sub")


@dataclass(frozen=True)
class OpenId:
    """A provider.

    Attributes:
        name: what stands on the button, such as "County sign-in".
        server: its address; what it offers is read from `.well-known/openid-configuration` below it.
        client_id, client_secret: what it gave the office.
        claim: which of its words is compared, the first time, with what a manager wrote beside the account; afterwards
            the subject's own identifier counts.
    """

    name: str
    server: str
    client_id: str
    client_secret: str
    claim: str = CLAIMS[0]

    def provider(self) -> dict[str, Any]:
        """Give it as allauth's settings want it."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.server.rstrip("/"), "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def read_openid(folder: Path) -> OpenId | None:
    """Give the provider of an office's folder; None where it has none.

    Raises:
        InputError: the file says too little, too much, or an address without TLS.
    """
    path = folder / OPENID_FILE
    if not path.exists():
        return None
    said = read_toml(path, remedy='Write each as key = "value"')
    known = {each.name for each in fields(OpenId)}
    needed = known - {"claim"}
    if not needed <= said.keys() <= known or not all(isinstance(each, str) and each for each in said.values()):
        raise InputError(f"{path} says {', '.join(sorted(needed))}, each in quotes, and perhaps claim; nothing else.")
    found = OpenId(**said)
    server = urlsplit(found.server)
    if server.scheme != "https" and server.hostname not in ("localhost", "127.0.0.1"):
        raise InputError(f"{path}: server begins with https://, since passwords depend on it.")
    if found.claim not in CLAIMS:
        raise InputError(f"{path}: claim is {', '.join(CLAIMS[:-1])} or {CLAIMS[-1]}.")
    return found
