"""`ballotworthy vote plan`: how many cards an audit of a vote draws first, under the vote's own rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.vote_words import ties_words
from ballotworthy.files.choices import Method
from ballotworthy.files.quantities import quantity

if TYPE_CHECKING:
    from ballotworthy.vote.districts import DistrictsPlan
    from ballotworthy.vote.plan import Plan, Planned

BY = {
    "alpha": "card comparison by ALPHA, if no errors are found",
    "kaplan-markov": "card comparison by Kaplan-Markov, if no errors are found",
    "polling": "ballot polling by BRAVO, on average",
}


def plan(
    cards: Annotated[int, typer.Option(min=1, help="Cards by the manifest.", show_default=False)],
    yes: Annotated[int, typer.Option(min=0, help="Valid votes for it.", show_default=False)],
    no: Annotated[int, typer.Option(min=0, help="Valid votes against it.", show_default=False)],
    rule: Annotated[str, typer.Option(help="The conditions, as `vote judge` reads them.", show_default=False)],
    registered: Annotated[int | None, typer.Option(min=0, help="People on the register.", show_default=False)] = None,
    cast: Annotated[
        int | None, typer.Option(min=0, help="Ballots cast, where a ballot has several cards; the cards if absent.")
    ] = None,
    risk: Annotated[float, typer.Option(help="The risk limit.")] = 0.05,
    method: Annotated[Method, typer.Option(help="Compare cards with their records, or only look at cards.")] = "alpha",
    districts: Annotated[
        Path | None,
        typer.Option(
            help="District, cards, yes, no and weight of each, for a majority of districts.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan an audit: cards to draw first to confirm that it passed or failed, under its own rule."""
    from ballotworthy.verbs.vote_plan import plan_audit
    from ballotworthy.vote import Numbers

    planned = plan_audit(rule, Numbers(registered, cast, yes, no), cards, risk, method, districts=districts)
    if as_json:
        print_json(planned.to_dict())
        return
    for line in (*sentences(planned.plan, planned.districts), *ties_words(planned.ties)):
        typer.echo(line)


def sentences(plan: Plan, districts: DistrictsPlan | None = None) -> list[str]:
    """Give a plan for people: the cards, a line a claim, the districts, and what no card tells."""
    said = [] if districts and not plan.claims else [_first(plan)]
    said += [f"  {_line(each)}" for each in plan.claims]
    if districts:
        state = "enough" if districts.holds else "too few"
        said.append(
            f"Draw {quantity(districts.cards, 'card')} in {len(districts.confirmed)} of {districts.districts} "
            f"districts, each confirmed at the same limit, to confirm that {state} are for it ({districts.condition}):"
        )
        said += [
            f"  {each.district.name}: {each.cards:,} of {quantity(each.district.cards, 'card')}, {each.claim.claim}"
            for each in districts.confirmed
        ]
    beside = [each for each in plan.not_auditable if not districts or each.condition != districts.condition]
    said += [f"Not audited by sampling these cards: {each.condition} ({each.why})." for each in beside]
    return said


def _first(plan: Plan) -> str:
    if plan.cards is None:
        return f"Nothing to draw: what decides (by the numbers given: {plan.outcome}) is not marked on the cards."
    ends = f"to confirm “{plan.outcome}” at a risk limit of {plan.risk:.4g}: {BY[plan.method]}."
    if not plan.capped:
        return f"Draw {plan.cards:,} of {quantity(plan.population, 'card')} {ends}"
    asked = "no sample is enough" if plan.uncapped is None else f"the formula asks for {plan.uncapped:,}"
    return f"Look at all {quantity(plan.population, 'card')} ({asked}) {ends}"


def _line(each: Planned) -> str:
    if each.claim.certain:
        return f"{each.claim.claim}: true whatever is marked, by the number of cards"
    margin = each.claim.margin
    tight = "" if margin is None else f", margin {float(margin):.5f}"
    return f"{each.claim.claim}: {quantity(each.cards, 'card')}{tight}"
