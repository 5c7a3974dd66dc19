"""`ballotworthy vote plan`: published sizes, every outcome by its own rule, no card drawn that is not there."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from math import ceil, log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.vote import Numbers, plan_audit

APP = build_app(["law", "vote"])
ROAD = Path(__file__).parents[2] / "shared" / "road"
COLORADO = ROAD / "samples/rlauxe/corla_2024audit_round1_contest.csv"
absent = pytest.mark.skipif(not COLORADO.is_file(), reason="the samples handed to the makers are not beside it")


def planned(rule: str, cards: int, yes: int, no: int, **options: object) -> dict[str, Any]:
    given = {"rule": rule, "cards": cards, "yes": yes, "no": no, **options}
    words = [word for name, value in given.items() for word in (f"--{name}", str(value))]
    done = CliRunner().invoke(APP, ["vote", "plan", *words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


MONTENEGRO = ("yes_of_valid:>=11/20; turnout:>1/2", 419236, 230711, 184954)


@pytest.mark.parametrize(("method", "cards"), [("alpha", 611), ("kaplan-markov", 623)])
def test_montenegro_is_audited_at_its_55_percent(method: str, cards: int) -> None:
    answer = planned(*MONTENEGRO, method=method)
    assert (answer["cards"], answer["uncapped"], answer["capped"]) == (cards, cards, False)
    assert (answer["method"], answer["assertion"]) == (method, "yes is over 11/20 of the valid votes")
    assert planned("majority=valid", *MONTENEGRO[1:])["cards"] == 54


@pytest.mark.parametrize(
    ("cards", "yes", "no", "share", "outcome", "alpha", "markov", "plurality"),
    [
        (4746866, 1920589, 1178869, "11/20", "passed", 65, 69, 37),  # Colorado 2024, Amendment 79
        (4743138, 1504484, 1546531, "11/20", "failed", 81, 86, 690),  # Colorado 2024, Amendment 80
        (11004209, 6070758, 4548379, "3/5", "failed", 109, 114, 42),  # Florida 2024, Amendment 4
        (1749339, 981419, 719716, "3/5", "failed", 133, 139, 39),  # British Columbia 2005
        (1000, 800, 200, "2/3", "passed", 21, 24, 9),  # the shape of SHANGRLA's test
    ],
)
def test_a_super_majority_is_audited_whether_it_passed_or_failed(
    cards: int, yes: int, no: int, share: str, outcome: str, alpha: int, markov: int, plurality: int
) -> None:
    rule = f"yes_of_valid:>={share}"
    answer = planned(rule, cards, yes, no)
    assert (answer["outcome"], answer["cards"]) == (outcome, alpha)
    assert planned(rule, cards, yes, no, method="kaplan-markov")["cards"] == markov
    assert planned("majority=valid", cards, yes, no)["cards"] == plurality


@absent
def test_every_handed_vector_of_super_majorities_comes_out() -> None:
    table = list(csv.DictReader((ROAD / "supermajority_vectors.csv").read_text("utf-8").splitlines()))
    assert len(table) == 11
    for row in table:
        share = Fraction(row["threshold"]).limit_denominator(100)
        numbers = Numbers(yes=int(row["yes"]), no=int(row["no"]))
        by = [
            plan_audit(rule, numbers, int(row["cards"]), float(row["alpha"]), method)
            for rule, method in (
                (f"yes_of_valid:>={share}", "alpha"),
                (f"yes_of_valid:>={share}", "kaplan-markov"),
                ("majority=valid", "alpha"),
            )
        ]
        wanted = ("n_shangrla_alpha_p2_1e-4", "n_kaplan_markov_g1.03905", "n_if_audited_as_plurality")
        assert [each.uncapped for each in by] == [int(row[name]) for name in wanted], row["case"]
        assert by[0].outcome == {"pass": "passed", "fail": "failed"}[row["outcome"]]
        (planned,) = by[0].claims
        assert float(planned.claim.mean or 0) == pytest.approx(float(row["assorter_mean"]), abs=1e-9)
        assert float(planned.claim.bound or 0) == pytest.approx(float(row["assorter_upper"]), abs=1e-9)
        assert float(planned.claim.share or 0) == pytest.approx(float(row["v_over_u"]), abs=1e-9)


@absent
def test_colorado_2024_gives_the_number_of_the_state_in_all_613_contests() -> None:
    rows = [row for row in csv.DictReader(COLORADO.read_text("utf-8").splitlines()) if int(row["min_margin"] or 0) > 0]
    assert len(rows) == 613
    for row in rows:
        cards = int(row["ballot_card_count"])
        plan = plan_audit("majority=valid", Numbers(yes=int(row["min_margin"]), no=0), cards, 0.03, "kaplan-markov")
        assert plan.uncapped == int(row["optimistic_samples_to_audit"]), row["contest_name"]
        assert plan.capped == (plan.uncapped > cards)
        assert plan.cards == min(plan.uncapped, cards)


@pytest.mark.parametrize(
    ("margin", "cards"),
    [  # Orange County, November 2020, published with SHANGRLA; two sizes differ by one: theirs is without replacement
        ("0.0763618", 78),
        ("0.2030893", 29),
        ("0.2927544", 19),
        ("0.0042213", 1489),  # published 1,488
        ("0.2750258", 21),
        ("0.0760983", 78),
        ("0.2037965", 28),
        ("0.0877621", 67),
        ("0.4459222", 12),
        ("0.1383697", 42),
        ("0.1902411", 31),  # published 30
        ("0.4846548", 11),
    ],
)
def test_orange_county_2020_comes_out(margin: str, cards: int) -> None:
    assert planned("majority=valid", 10**7, int(Fraction(margin) * 10**7), 0)["cards"] == cards


@pytest.mark.parametrize(
    ("risk", "yes", "cards"),
    [  # r2b2, asn_tests.json: 10,000 ballots
        *[(0.1, yes, cards) for yes, cards in ((9000, 8), (8000, 14), (7000, 31), (6000, 119), (5500, 470))],
        *[(0.05, yes, cards) for yes, cards in ((9000, 9), (8000, 17), (7000, 39), (6000, 154), (5500, 608))],
        *[(0.1, yes, cards) for yes, cards in ((5050, 46151), (5100, 11562), (5200, 2902), (5300, 1295))],  # rlacalc
    ],
)
def test_ballot_polling_takes_what_bravo_takes_on_average(risk: float, yes: int, cards: int) -> None:
    answer = planned("majority=valid", 10000, yes, 10000 - yes, risk=risk, method="polling")
    assert answer["uncapped"] == cards
    assert (answer["cards"], answer["capped"]) == (min(cards, 10000), cards > 10000)


def test_a_share_of_the_register_is_audited_both_ways() -> None:
    """Scotland 1979: 40 percent of the register was not reached, though yes led."""
    rule, scotland = "majority=valid; yes_of_registered:>=2/5", (2384439, 1230937, 1153502)
    answer = planned(rule, *scotland, registered=3747112)
    assert (answer["outcome"], answer["assertion"]) == ("failed", "yes is under 2/5 of the registered voters")
    over = Fraction(2, 5) * 3747112 / 2384439
    share = (2 * Fraction(1153502, 2384439) / (2 * (1 - over)) - 1) * 2 * (1 - over)
    assert answer["assertions"][0]["margin_over_bound"] == pytest.approx(float(share), abs=1e-12)
    low = planned("yes_of_registered:>=3/10", *scotland, registered=3747112)
    (claim,) = low["assertions"]
    assert low["outcome"] == "passed"
    assert claim["mean"] == pytest.approx(1230937 / (2 * 0.3 * 3747112), abs=1e-12)


def test_where_the_cards_are_too_few_to_reach_the_limit_none_is_needed() -> None:
    answer = planned("yes_of_registered:>=2/5", 30, 30, 0, registered=100)
    assert (answer["outcome"], answer["cards"], answer["capped"]) == ("failed", 0, False)


@pytest.mark.parametrize(
    ("rule", "yes", "no", "outcome", "assertions"),
    [
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", 700, 100, "passed", ["yes is over 3/5 of the valid votes"]),
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", 520, 400, "passed", ["yes is over 1/2 of the ballots cast"]),
        (
            "any(yes_of_valid:>=3/5, yes_of_cast:>1/2)",
            450,
            400,
            "failed",
            ["yes is under 3/5 of the valid votes", "yes is under 1/2 of the ballots cast"],
        ),
        (
            "majority=valid; yes_of_cast:>2/5",
            500,
            400,
            "passed",
            ["yes is over 1/2 of the valid votes", "yes is over 2/5 of the ballots cast"],
        ),
        ("majority=valid; yes_of_cast:>2/5", 100, 200, "failed", ["yes is under 2/5 of the ballots cast"]),
        (
            "no_majority=valid; no_of_registered:>=1/5",
            100,
            400,
            "rejected",
            ["no is over 1/2 of the valid votes", "no is over 1/5 of the registered voters"],
        ),
        ("no_majority=valid; no_of_registered:>=1/2", 400, 300, "passed", ["no is under 1/2 of the registered voters"]),
    ],
)
def test_the_claims_are_those_that_prove_the_outcome(
    rule: str, yes: int, no: int, outcome: str, assertions: list[str]
) -> None:
    answer = planned(rule, 1000, yes, no, registered=1200)
    assert answer["outcome"] == outcome
    assert [each["assertion"] for each in answer["assertions"]] == assertions
    assert answer["cards"] == max(each["cards"] for each in answer["assertions"])


MAJORITY = planned("majority=valid", 1000, 600, 267)["cards"]


@pytest.mark.parametrize(
    ("rule", "options", "outcome", "cards", "named"),
    [
        ("majority=valid; turnout:>1/2", {}, "passed", MAJORITY, [("turnout:>1/2", None)]),
        ("majority=valid; turnout:>1/2", {"registered": 1500}, "passed", MAJORITY, [("turnout:>1/2", True)]),
        ("majority=valid; turnout:>1/2", {"registered": 2500}, "invalid", None, [("turnout:>1/2", False)]),
        ("majority=valid; districts_weighted:>23/2", {}, "passed", MAJORITY, [("districts_weighted:>23/2", None)]),
    ],
)
def test_what_is_not_audited_by_sampling_cards_is_named(
    rule: str, options: dict[str, int], outcome: str, cards: int | None, named: list[tuple[str, bool | None]]
) -> None:
    answer = planned(rule, 1000, 600, 267, **options)
    assert (answer["outcome"], answer["cards"]) == (outcome, cards)
    assert [(each["condition"], each["holds"]) for each in answer["not_auditable"]] == named
    assert all(each["why"] for each in answer["not_auditable"])


@pytest.mark.parametrize("method", ["alpha", "kaplan-markov", "polling"])
@pytest.mark.parametrize("rule", ["majority=valid", "yes_of_valid:>1/2", "yes_of_valid:>=1/2", "yes_of_cast:>=1/2"])
def test_of_a_tie_every_card_is_looked_at(method: str, rule: str) -> None:
    answer = planned(rule, 10, 5, 5, method=method)
    assert (answer["cards"], answer["uncapped"], answer["capped"]) == (10, None, True)


def test_a_sample_larger_than_the_cards_is_capped_and_says_so() -> None:
    answer = planned("majority=valid", 1000, 501, 498, method="kaplan-markov")
    assert (answer["cards"], answer["uncapped"], answer["capped"]) == (
        1000,
        ceil(2 * 1.03905 * log(20) * 1000 / 3),
        True,
    )
    words = ["vote", "plan", "--rule", "majority=valid", "--cards", "1000", "--yes", "501", "--no", "498"]
    said = CliRunner().invoke(APP, [*words, "--method", "kaplan-markov"]).stdout
    assert said.startswith("Look at all 1,000 cards (the formula asks for 2,076) to confirm “passed”")


@pytest.mark.parametrize(
    ("rule", "cards", "options", "told"),
    [
        ("majority=valid", 900, {}, "yes and no are 1,000 together, and there are 900 cards"),
        ("yes_of_registered:>1/2", 1000, {}, "nobody gave: registered"),
        ("any(yes_of_valid:>=3/4, turnout:>1/2)", 1000, {}, "nobody gave: registered"),
        ("majority=valid", 1000, {"risk": 0}, "the risk limit is 0.0"),
        ("majority=valid", 1000, {"risk": "nan"}, "the risk limit is nan; write a number between 0 and 1"),
        ("majority=valid", 1000, {"cast": 2000}, "a ballot has a card or more"),
        ("majority=valid", 1000, {"cast": 900}, "900 ballots were cast"),
        ("majority=valid", 2000, {"registered": 1500}, "(--cast)"),
        ("majority=valid", 1000, {"registered": 500}, "500 people are registered"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_words(
    rule: str, cards: int, options: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as caught:
        planned(rule, cards, 600, 400, **options)
    assert told in str(caught.value)


def test_votes_that_nobody_gave_are_asked_for() -> None:
    with pytest.raises(InputError, match="nobody gave yes and no"):
        plan_audit("majority=valid", Numbers(), 10)
    done = CliRunner().invoke(APP, ["vote", "plan", "--rule", "majority=valid", "--cards", "10", "--yes", "5"])
    assert isinstance(done.exception, InputError)
    assert "--no" in str(done.exception)


RULES = st.sampled_from(
    [
        "majority=valid",
        "yes_of_valid:>=11/20",
        "yes_of_valid:>2/3",
        "yes_of_cast:>1/2",
        "yes_of_registered:>=2/5",
        "yes_of_valid:>=0",
        "yes_of_valid:>=1",
        "no_majority=valid; no_of_registered:>=1/5",
        "any(yes_of_valid:>=3/5, yes_of_cast:>1/2)",
    ]
)


@given(
    RULES,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["alpha", "kaplan-markov", "polling"]),
)
def test_every_claim_holds_on_the_reported_votes_and_no_plan_draws_more_than_there_is(
    rule: str, yes: int, no: int, blank: int, stayed: int, method: str
) -> None:
    cards = yes + no + blank
    plan = plan_audit(rule, Numbers(registered=cards + stayed, yes=yes, no=no), cards, 0.05, method)
    assert plan.claims
    assert plan.cards is not None
    assert 0 <= plan.cards <= cards
    for each in plan.claims:
        assert each.claim.mean is None or each.claim.mean >= Fraction(1, 2)
        assert each.uncapped is None or each.uncapped > 0 or each.claim.certain


@pytest.mark.parametrize(
    ("registered", "outcome", "claim"),
    [
        (1500, "passed", "valid votes are over 1/2 of the registered voters"),
        (1900, "invalid", "valid votes are under 1/2 of the registered voters"),
    ],
)
def test_a_quorum_of_valid_votes_is_sampled_whether_it_holds_or_fails(
    registered: int, outcome: str, claim: str
) -> None:
    answer = planned("valid_of_registered:>=1/2", 1000, 600, 267, registered=registered, method="kaplan-markov")
    assert (answer["outcome"], answer["assertion"], answer["not_auditable"]) == (outcome, claim, [])
    over = Fraction(867, 1000), Fraction(registered, 2000)  # the share of the cards with a valid vote, and that asked
    mean, share = over if outcome == "passed" else (1 - over[0], 1 - over[1])
    margin = 2 * (mean / (2 * share)) - 1
    assert answer["cards"] == ceil(-2 * 1.03905 * log(0.05) / float(margin * 2 * share))


def test_a_failed_vote_is_confirmed_with_its_quorum() -> None:
    answer = planned("majority=valid; valid_of_registered:>=1/2", 1000, 267, 600, registered=1500)
    assert answer["outcome"] == "failed"
    assert [each["assertion"] for each in answer["assertions"]] == [
        "yes is under 1/2 of the valid votes", "valid votes are over 1/2 of the registered voters",
    ]  # fmt: skip
    by_districts = Numbers(yes=600, no=267, registered=1500, districts_for=Fraction(3), districts_against=Fraction(4))
    plan = plan_audit("majority=valid; valid_of_registered:>=1/2; districts:>1/2", by_districts, 1000)
    assert (plan.outcome, plan.claims) == ("failed", ())
