"""The beginning of a check: frame, proposals and terms are committed, before anybody knows the seed."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from math import fsum
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.files.whole import whole_folder
from ballotworthy.petition import fingerprint
from ballotworthy.risk_check.committed import FRAME, WHERE
from ballotworthy.risk_check.log import LOG, digest, first_line
from ballotworthy.risk_check.proposals import Proposals
from ballotworthy.risk_check.terms import Terms
from ballotworthy.stats.risk.limits import check_allowance, check_limits

FORMAT = 1


def start_check(
    folder: Path, lines: Path, ids: Sequence[str], proposals: Proposals | None, terms: Terms
) -> dict[str, Any]:
    """Commit a frame, the machine's proposals and the terms into a new folder; give what to publish.

    The folder appears whole or not at all. What is committed is the first line of its log; the digest of that
    line binds all of it.

    Args:
        folder: where the check is to live; it must not be there yet.
        lines: the file of the frame.
        ids: the ids of its lines.
        proposals: the machine's proposals for them, None to go without a machine.
        terms: what is asked.

    Raises:
        InputError: the folder is there already, or requirement, risk limit or allowance cannot be.
        OutputError: the folder could not be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            f"{folder} exists, and a check that has begun is never begun again: its proposals would not have been "
            "committed before its seed. Name a new folder."
        )
    check_limits(terms.required, len(ids) + terms.phantoms, terms.risk)
    check_allowance(terms.allowance, terms.apart, terms.risk)
    if terms.phantoms < 0:
        raise InputError(f"{terms.phantoms:,} missing lines cannot be; give 0 or more.")
    if terms.guess is not None and not 0 < terms.guess <= len(ids):
        raise InputError(f"{terms.guess:,} valid signers cannot be expected of {len(ids):,} lines; correct it.")
    frame = frame_bytes(ids, proposals)
    event = {
        "event": "start",
        "format": FORMAT,
        "lines": len(ids),
        "frame": {"file": lines.name, "sha256": file_digest(lines), "fingerprint": fingerprint(ids)},
        "proposals": None
        if proposals is None
        else {"file": proposals.source, "sha256": proposals.sha256, "total": fsum(proposals.weights)},
        "committed": sha256(frame).hexdigest(),
        "terms": asdict(terms),
    }
    line = first_line(event)
    with whole_folder(folder, marker=LOG, holds=()) as made:
        (made / FRAME).write_bytes(frame)
        (made / LOG).write_bytes(line)
        given = [lines] if proposals is None else [lines, proposals.path]
        where = [os.path.relpath(path.resolve(), folder.resolve()) for path in given]
        (made / WHERE).write_text(json.dumps(where) + "\n", "utf-8")
    return {**event, "commitment": digest(line)}


def frame_bytes(ids: Sequence[str], proposals: Proposals | None) -> bytes:
    """Give the frame as it is committed: a line of JSON for each line, its id, its weight, its signer's number."""
    weights: Sequence[float | None] = proposals.weights if proposals else [None] * len(ids)
    signers: Sequence[int] = proposals.signers if proposals else [0] * len(ids)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    rows = (encode(row) + "\n" for row in zip(ids, weights, signers, strict=True))
    return "".join(rows).encode(errors="surrogateescape")
