"""What docs/verify.html knows of the laws that are shipped: the digest of each, and of its kinds by day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ballotworthy.verify.rules import in_force, parsed
from ballotworthy.verify.shipped import texts

LENGTH = 32
"""Digits of the digest of what is in force: 128 bits, since nobody can choose the text that they are of."""
BEGIN = dt.date(1, 1, 1)


def law_row(place: str, path: Path) -> str:
    """Give the row of a place: the SHA-256 of its law.toml, by kind the days from which a digest holds, its texts."""
    data = path.read_bytes()
    law = parsed(data.decode("utf-8"))
    kinds = {kind: " ".join(_spans(law, kind)) for kind in law["kinds"]}
    had = " ".join(row.replace("-", "") for row in texts().get(place, ()))
    return f"  {json.dumps(place)}: {json.dumps([hashlib.sha256(data).hexdigest(), kinds, had])},"


def _spans(law: Mapping[str, Any], kind: str) -> Iterator[str]:
    last = ""
    for day in sorted({BEGIN, *_changes(law)}):
        values, reasons = in_force(law, kind, day)
        plain = json.dumps(
            {"reasons": reasons, "values": values}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        digest = hashlib.sha256(plain.encode()).hexdigest()[:LENGTH]
        if digest != last:
            yield f"{day.isoformat().replace('-', '')} {digest}"
        last = digest


def _changes(law: Any) -> Iterator[dt.date]:
    """Give every day on which a line of a law begins, or has just ended."""
    for key, held in law.items() if isinstance(law, dict) else enumerate(law) if isinstance(law, list) else ():
        if type(held) is dt.date and key in ("from", "until"):
            yield held + dt.timedelta(days=key == "until")
        else:
            yield from _changes(held)
