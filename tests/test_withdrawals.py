"""Where the law says how a signer withdraws, a withdrawal is a ground: else no line could fall by one."""

from __future__ import annotations

import datetime as dt

import pytest

import ballotworthy as bw
from ballotworthy.verbs.law_places import list_places

ON = dt.date(2026, 11, 1)
NEVER = ("none", "by crossing out, obliterating or defacing one's own signature")
"""The law lets nobody withdraw, or only on the sheet itself before it is filed."""
KINDS = [(each.place, each.kind, each.held[-1].until or ON) for each in list_places().held]


@pytest.mark.parametrize(("place", "kind", "on"), KINDS)
def test_a_law_that_lets_signers_withdraw_has_the_ground(place: str, kind: str, on: dt.date) -> None:
    rules = bw.rules(place, kind=kind, on=on.isoformat())
    if rules.withdrawal is not None and not rules.withdrawal.value.startswith(NEVER):
        assert "withdrawn" in rules.reasons
