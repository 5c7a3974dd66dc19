"""The seed: given once, after everything else is committed; the order of all lines follows from it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.risk_check.committed import read_committed
from ballotworthy.risk_check.log import add, held
from ballotworthy.risk_check.running import ORDER, Running, open_check
from ballotworthy.stats.draw import draw

ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def seed_check(folder: Path, seed: str) -> Running:
    """Give the public seed, once, after frame and proposals were committed; the order of all lines follows.

    Raises:
        InputError: the seed is blank, one was given already, or what was committed has changed.
    """
    with held(folder):
        running = open_check(folder)
        if running.seed is not None:
            raise InputError(
                "this check has its seed already; a second one would let somebody choose. Go on with `risk next`."
            )
        rows = {row[0]: row for row in read_committed(folder, running.start)}
        signers: dict[int, list[str]] = {}
        for line, _, signer in rows.values():
            if signer:
                signers.setdefault(signer, []).append(line)
        order = draw(seed, list(rows), len(rows))
        text = "".join(_ordered(rows[line], signers) for line in order).encode(errors="surrogateescape")
        with whole_file(folder / ORDER) as file:
            file.write_bytes(text)
        add(folder, {"event": "seed", "seed": seed, "order": sha256(text).hexdigest()}, running.last)
        return open_check(folder)


def _ordered(row: tuple[str, float | None, int], signers: dict[int, list[str]]) -> str:
    line, weight, signer = row
    links = [other for other in signers[signer] if other != line] if signer else []
    return ENCODE([line, weight, links]) + "\n"
