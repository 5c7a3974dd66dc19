"""Beliefs as a file: so that they can be printed, kept, and used for another petition or on another day."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.match.levels import Level
from ballotworthy.match.weigh import FIELDS, LEVELS, VERSION, Beliefs, Moves, Prior

SHARES = ("m", "u")


def told(beliefs: Beliefs) -> dict[str, Any]:
    """Give beliefs as `read_beliefs` takes them: the prior, and of each field how often each level is seen.

    `m` is how often between a signer's line and that signer's own record, `u` how often between strangers; a
    level without `u` is weighed by how rare the name is on the roll.
    """
    return {
        "version": VERSION,
        "source": beliefs.source,
        "prior": asdict(beliefs.prior),
        "moves": asdict(beliefs.moves),
        "fields": {
            name: {level.words: _shares(level) for level in levels[1:]}
            for name, levels in zip(FIELDS, beliefs.levels, strict=True)
        },
    }


def _shares(level: Level) -> dict[str, float]:
    return {"m": level.m} if level.u is None else {"m": level.m, "u": level.u}


def read_beliefs(path: Path) -> Beliefs:
    """Read beliefs from a JSON file.

    Raises:
        InputError: there is no such file.
        FileFaults: it does not hold beliefs of this version, or a share is not between 0 and 1.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["version"] != VERSION:
            raise _fault(path, f"these beliefs are of version {data['version']}, this program weighs by {VERSION}")
        prior = Prior(**{name: _share(path, name, share) for name, share in data["prior"].items()})
        levels = tuple(
            (ordered[0], *(_level(path, name, level, data["fields"][name]) for level in ordered[1:]))
            for name, ordered in zip(FIELDS, LEVELS, strict=True)
        )
        moves = _moves(path, data["moves"]) if "moves" in data else Moves(tenant=prior.tenant, namesake=prior.namesake)
        source = str(data["source"])
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}. `match --beliefs-out FILE` writes one.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _fault(path, "this is not a file of beliefs") from error
    if prior.shares()[-1] <= 0:
        raise _fault(path, "the shares of the prior leave nothing for signers whom the roll does not know")
    return Beliefs(prior, levels, f"{path.name}: {source}", moves)


def _moves(path: Path, given: dict[str, Any]) -> Moves:
    """Read what is believed of those who moved; the towns have a share for each level, as the fields have."""
    shares = {name: _share(path, f"moves {name}", share) for name, share in given.items() if name != "town"}
    town = tuple(_share(path, "moves town", share) for share in given["town"])
    if len(town) != len(Moves().town):
        raise ValueError(town)
    return Moves(**shares, town=town)


def _level(path: Path, field: str, level: Level, given: dict[str, dict[str, float]]) -> Level:
    shares = given[level.words]
    if set(shares) != {name for name in SHARES if name == "m" or level.u is not None}:
        raise _fault(path, f"the shares of {field} {level.words} are not those that this program weighs by")
    what = f"{field} {level.words}"
    return replace(
        level, m=_share(path, what, shares["m"]), u=None if level.by_name else _share(path, what, shares["u"])
    )


def _share(path: Path, what: str, share: object) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share < 1:
        raise _fault(path, f"the share of {what} is not a number between 0 and 1")
    return float(share)


def _fault(path: Path, what: str) -> FileFaults:
    remedy = "Take a file that `match --beliefs-out` wrote, or leave it out: then they are estimated"
    return FileFaults(str(path), [Fault(None, None, what, remedy)])
