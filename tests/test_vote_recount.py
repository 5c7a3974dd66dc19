"""What recount law says at a margin: each side of the limit, and where none is held."""

from __future__ import annotations

from datetime import date

import pytest

from ballotworthy.errors import InputError
from ballotworthy.verbs.vote_judge import judge_vote
from ballotworthy.vote import Numbers

DAY = date(2024, 11, 5)
NOW = date(2026, 11, 3)


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


@pytest.mark.parametrize(
    ("place", "kind", "day", "numbers", "automatic"),
    [
        # Oregon's Measure 92 of 2014 was recounted: a fifth of a percent of all votes on it.
        ("us-or", "statute", date(2014, 11, 4), Numbers(yes=749_505, no=750_989), True),
        ("us-or", "statute", date(2014, 11, 4), Numbers(yes=500_999, no=499_000), True),  # 1,999 of 999,999
        ("us-or", "statute", date(2014, 11, 4), Numbers(yes=501_000, no=498_999), False),
        # Michigan: 2,000 votes until April 2025, then 0.1 percent, of which votes is open.
        ("us-mi", "amendment", DAY, Numbers(yes=501_000, no=499_000), True),
        ("us-mi", "amendment", DAY, Numbers(yes=501_001, no=499_000), False),
        ("us-mi", "amendment", NOW, Numbers(cast=1_500_000, yes=500_500, no=499_500), True),
        ("us-mi", "amendment", NOW, Numbers(cast=1_500_000, yes=500_700, no=499_300), None),
        ("us-mi", "amendment", NOW, Numbers(cast=1_500_000, yes=500_751, no=499_249), False),
        ("us-mi", "amendment", NOW, Numbers(yes=600_000, no=400_000), None),
        # Florida: half a percent around the 60 that adopt, not around yes as no.
        ("us-fl", "amendment", DAY, Numbers(yes=604_999, no=395_001), True),
        ("us-fl", "amendment", DAY, Numbers(yes=605_001, no=394_999), False),
        ("us-fl", "amendment", DAY, Numbers(yes=500_000, no=500_000), False),
        # Colorado: of the votes of the winning side.
        ("us-co", "statute", DAY, Numbers(yes=100_000, no=99_500), True),
        ("us-co", "statute", DAY, Numbers(yes=100_000, no=99_499), False),
    ],
)
def test_laws_that_measure_otherwise(
    place: str, kind: str, day: date, numbers: Numbers, automatic: bool | None
) -> None:
    recount = judge_vote("majority=valid", numbers, place=place, kind=kind, on=day).recount
    assert recount is not None
    assert recount.automatic is automatic


def test_a_margin_from_the_threshold_is_told_so() -> None:
    judged = judge_vote("yes_of_valid:>=3/5", Numbers(yes=604_999, no=395_001), place="us-fl", kind="amendment", on=DAY)
    assert "4,999 votes from 3/5 of the votes" in judged.to_dict()["recount"]["said"]


def test_place_without_a_day_is_refused() -> None:
    with pytest.raises(InputError, match="all three"):
        judge_vote("majority=valid", Numbers(yes=2, no=1), place="us-wa")
