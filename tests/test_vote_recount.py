"""What recount law says at a margin: each side of the limit, and where none is held."""

from __future__ import annotations

from datetime import date

import pytest

from ballotworthy.errors import InputError
from ballotworthy.verbs.vote_judge import judge_vote
from ballotworthy.vote import Numbers

DAY = date(2024, 11, 5)


@pytest.mark.parametrize(
    ("place", "kind", "yes", "no", "automatic"),
    [
        ("us-wa", "initiative", 501_000, 499_001, True),  # 1,999 votes, and under half a percent
        ("us-wa", "initiative", 501_000, 499_000, False),  # 2,000 are not less than 2,000
        ("us-wa", "initiative", 49_751, 50_249, True),  # 498 of 100,000
        ("us-wa", "initiative", 50_250, 49_750, False),  # 500 of 100,000 is half a percent, not less
        ("us-az", "statute", 50_250, 49_750, True),  # there as much as half a percent is enough
        ("us-az", "statute", 50_251, 49_749, False),
        ("us-oh", "amendment", 50_124, 49_876, True),
        ("us-oh", "amendment", 50_125, 49_875, False),  # 250 of 100,000 is a quarter of a percent, not less
        ("us-ca", "statute", 50_000, 50_000, False),  # the Governor may; nothing is automatic
        ("us-wa", "initiative", None, 50_000, None),
        ("us-ca", "statute", None, None, False),
    ],
)
def test_each_side_of_the_limit(place: str, kind: str, yes: int | None, no: int | None, automatic: bool | None) -> None:
    judged = judge_vote("majority=valid", Numbers(yes=yes, no=no), place=place, kind=kind, on=DAY)
    assert judged.to_dict()["recount"]["automatic"] is automatic
    assert judged.to_dict()["recount"]["url"].startswith("https://")


@pytest.mark.parametrize(("place", "kind", "day"), [("us-me", "statute", DAY), ("us-wa", "recall", DAY),
                                                    ("us-wa", "initiative", date(2010, 11, 2))])  # fmt: skip
def test_not_held(place: str, kind: str, day: date) -> None:
    judged = judge_vote("majority=valid", Numbers(yes=2, no=1), place=place, kind=kind, on=day)
    assert judged.to_dict()["recount"] is None


def test_place_without_a_day_is_refused() -> None:
    with pytest.raises(InputError, match="all three"):
        judge_vote("majority=valid", Numbers(yes=2, no=1), place="us-wa")
