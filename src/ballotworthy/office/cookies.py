"""Names of an office's cookies: a browser keeps one jar for all ports of a machine, and two offices may share it."""

from __future__ import annotations

from hashlib import sha256


def cookie_names(key: str, *, tls: bool) -> dict[str, str]:
    """Give the settings that name the cookies of the office with that secret key; its digest tells them from others'.

    Under TLS their names begin as RFC 6265bis wants it of cookies that are sent to this host alone.
    """
    own = sha256(f"cookies of {key}".encode()).hexdigest()[:8]
    begin = "__Host-" if tls else ""
    return {f"{what.upper()}_COOKIE_NAME": f"{begin}{what}-{own}" for what in ("session", "csrf", "language")}
