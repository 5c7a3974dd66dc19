"""Which reference signatures a page shows, and to whom: each address holds for one account, and for a while.

A page gives addresses of voters alone who stand beside a line on somebody's desk, or whom he found there by a search,
which is counted and kept. Nobody makes one up: no row of the register is looked at one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import polars as pl
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from ballotworthy.casework.bench import Bench
from ballotworthy.office.leases import HOLD
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.signatures import MOST_SIGNATURES, how_many
from ballotworthy.verbs.case_bench import Candidate

GIVEN = "by"
"""What an address has behind the question mark."""
ENDS = rf"-[1-{MOST_SIGNATURES - 1}]$"
_signer = TimestampSigner(salt="reference signature")
_plain: dict[str, bool] = {}


def shown_to(held: HeldCase, account: Account, bench: Bench) -> Callable[[Candidate], list[str]]:
    """Give what tells the addresses of a candidate's reference signatures, for one account."""

    def addresses(candidate: Candidate) -> list[str]:
        if not (number := how_many(candidate.voter_id, lambda: is_plain(bench))):
            return []
        given = urlencode({GIVEN: _signer.sign(_said(held, account, bench.digest, candidate.row)).partition("\n")[2]})
        return [f"{reverse('signature', args=(held.slug, candidate.row, at))}?{given}" for at in range(1, number + 1)]

    return addresses


def was_shown(held: HeldCase, account: Account, roll: str, row: int, given: str) -> bool:
    """Tell whether a page showed the voter in that row of a register to an account, no longer ago than lines lie there.

    `roll` is the register's digest: an address holds for no other one.
    """
    try:
        _signer.unsign(f"{_said(held, account, roll, row)}{given}", max_age=HOLD)
    except BadSignature:
        return False
    return True


def is_plain(bench: Bench) -> bool:
    """Tell whether no voter's id ends as the names of further signatures do: 12-1 beside 12 could be either's."""
    if bench.digest not in _plain:
        ends = pl.col("voter_id").cast(pl.String).str.contains(ENDS).any()
        _plain[bench.digest] = not bench.roll.voters.select(ends).collect().item()
    return _plain[bench.digest]


def _said(held: HeldCase, account: Account, roll: str, row: int) -> str:
    return f"{held.pk} {account.pk} {roll} {row}\n"
