"""`ballotworthy vote audit`: a risk-limiting audit of a vote, from its terms to a confirmed outcome or a full count."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.vote_words import ties_words
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.report.audit_page import audit_page

if TYPE_CHECKING:
    from ballotworthy.vote.audit import Audit
    from ballotworthy.vote.plan import Plan

app = typer.Typer(no_args_is_help=True, help="A risk-limiting audit of a vote under its own rule.")
FolderArgument = Annotated[Path, typer.Argument(help="The audit's folder.", show_default=False)]
COUNT = {"min": 0, "show_default": False}
SHOWN = 10
CONFIRMED_IN_PART = (
    "CONFIRMED as far as the cards tell: were a claim above false, this would be said at most as often as the risk "
    "limit."
)
REFUTED = (
    "EVERY CARD OF {} WAS SEEN, and the district is not as reported: what was committed is not confirmed. Count all "
    "districts by hand."
)
NEXT = {
    "seed": "Publish the commitment. Then throw the seed before witnesses, and give it with `vote audit seed`.",
    "draw": "Next: `ballotworthy vote audit next` draws the cards to fetch.",
    "enter": "Next: fetch the cards of the list, write what stands on each, and give it with `vote audit enter`.",
    "confirmed": "CONFIRMED: were the reported outcome wrong, this would be said at most as often as the risk limit.",
    "full-count": "EVERY CARD WAS SEEN, and the outcome is not confirmed: the count by hand is the result.",
}


@app.command()
def start(
    folder: FolderArgument,
    manifest: Annotated[Path, typer.Option(help="Cards by batch, as people counted them.", show_default=False)],
    rule: Annotated[str, typer.Option(help="The rule of the vote, as `vote judge` reads it.", show_default=False)],
    yes: Annotated[int, typer.Option(help="Reported votes for it.", **COUNT)],
    no: Annotated[int, typer.Option(help="Reported votes against it.", **COUNT)],
    registered: Annotated[int | None, typer.Option(help="People on the register.", **COUNT)] = None,
    cast: Annotated[int | None, typer.Option(help="Ballots cast; the cards if absent.", **COUNT)] = None,
    districts_for: Annotated[str | None, typer.Option(help="Districts for it.", show_default=False)] = None,
    districts_against: Annotated[str | None, typer.Option(help="Districts against it.", show_default=False)] = None,
    districts_tied: Annotated[
        str | None, typer.Option(help="Districts with as many yes as no; none if absent.", show_default=False)
    ] = None,
    districts: Annotated[
        Path | None,
        typer.Option(help="District, yes, no and weight of each, for a majority of districts.", show_default=False),
    ] = None,
    records: Annotated[
        list[Path] | None, typer.Option(help="Cast-vote records, to compare cards with; without them it polls.")
    ] = None,
    measure: Annotated[str | None, typer.Option(help="Its name in the records.")] = None,
    risk: Annotated[float, typer.Option(help="The risk limit.")] = 0.05,
    as_json: JsonOption = False,
) -> None:
    """Commit rule, reported numbers, risk limit and all cards, before anybody knows the seed."""
    from ballotworthy.verbs.vote_audit import start_audit
    from ballotworthy.vote import Numbers
    from ballotworthy.vote.audit_data import audit_data

    numbers = Numbers(
        registered, cast, yes, no, None, None, _number(districts_for, "--districts-for"),
        _number(districts_against, "--districts-against"), _number(districts_tied, "--districts-tied"),
    )  # fmt: skip
    audit, remarks = start_audit(
        folder, manifest, rule, numbers, risk=risk, records=records or (), measure=measure, districts=districts
    )
    if as_json:
        print_json({**audit_data(audit), "mismatches": [vars(each) for each in remarks]})
        return
    for each in remarks[:SHOWN]:
        typer.echo(f"Warning: {each}")
    if len(remarks) > SHOWN:
        typer.echo(f"Warning: and {len(remarks) - SHOWN:,} more that do not fit (--json lists all).")
    _say(audit)


@app.command()
def seed(
    folder: FolderArgument,
    seed: Annotated[str, typer.Argument(help="The public seed, such as the digits of dice.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Give the public seed, once."""
    from ballotworthy.verbs.vote_audit import seed_audit

    _tell(seed_audit(folder, seed), as_json=as_json)


@app.command("next")
def next_(
    folder: FolderArgument,
    number: Annotated[int | None, typer.Option("-n", min=1, help="Cards of this round.", show_default=False)] = None,
    columns: Annotated[str, typer.Option(help="Columns of the list as in arlo or colorado.")] = "arlo",
    as_json: JsonOption = False,
) -> None:
    """Draw the cards of the next round: a retrieval list by container, tabulator, batch and number in it."""
    from ballotworthy.verbs.vote_audit import next_round
    from ballotworthy.vote.audit_data import audit_data

    audit, path = next_round(folder, number, columns)
    if as_json:
        print_json({**audit_data(audit), "list": str(path)})
        return
    typer.echo(f"{quantity(audit.waiting, 'card')} to fetch, in {path}.")
    _say(audit)


@app.command()
def enter(
    folder: FolderArgument,
    found: Annotated[Path, typer.Argument(help="The list with the column Found filled in.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Enter what people found on the cards of the round: yes, no, blank, invalid, absent or not-found."""
    from ballotworthy.verbs.vote_audit import enter_round

    _tell(enter_round(folder, found), as_json=as_json)


@app.command()
def status(
    folder: FolderArgument,
    page: Annotated[Path | None, typer.Option("--page", help="Write a page with all of it, to publish.")] = None,
    head: Annotated[
        str | None, typer.Option(help="The chain's head as it was published: refuse if it is another now.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say where an audit stands: each claim with its measured risk, every discrepancy, and what is next."""
    from ballotworthy.files.whole import whole_file
    from ballotworthy.vote.audit import open_audit
    from ballotworthy.vote.audit_data import audit_data

    audit = open_audit(folder)
    if head is not None and head.strip().lower() != audit.head:
        raise InputError(
            f"the head of this audit is {audit.head}, not the one given: a step was added or changed after it was "
            "published. Compare with the published files."
        )
    if page:
        with whole_file(page) as file:
            file.write_text(audit_page(audit_data(audit)), "utf-8")
    _tell(audit, as_json=as_json)


def _tell(audit: Audit, *, as_json: bool) -> None:
    from ballotworthy.vote.audit_data import audit_data

    if as_json:
        print_json(audit_data(audit))
        return
    _say(audit)


def _say(audit: Audit) -> None:
    from ballotworthy.vote.audit_data import discrepancies

    terms = audit.terms
    by = "compared with their records" if terms.method == "comparison" else "read without records (polling)"
    typer.echo(f"{outcome_told(audit.plan)}, under {terms.rule}.")
    typer.echo(f"{quantity(terms.cards, 'card')}, {by}; risk limit {terms.risk:g}.")
    if audit.chain is not None:
        typer.echo(f"Head of the chain, to be published: {audit.head}")
    if audit.seed is None:
        first = sum(each.first for each in audit.samples)
        most = "at most " if len(audit.samples) > 1 else ""
        typer.echo(
            f"Commitment {audit.commitment}; the first round has {most}{quantity(first, 'card')} if none differs."
        )
    for each in audit.standings:
        mark = "confirmed" if each.risk <= terms.risk else "open"
        over = f", {each.overstated} over, {each.understated} under" if each.overstated or each.understated else ""
        name = f"{each.district}: " if each.district else ""
        seen = quantity(each.seen, "card")
        typer.echo(f"  {name}{each.claim.claim}: measured risk {each.risk:.4f} after {seen}, {mark}{over}")
    for line in ties_words(audit.terms.ties):
        typer.echo(f"  {line}")
    for other in audit.beside:
        typer.echo(f"  {other.condition}: not on the cards; {other.why}")
    apart = discrepancies(audit)
    for row in apart[:SHOWN]:
        typer.echo(f"  {row['card']}: recorded {row['recorded']}, found {row['found']}")
    if len(apart) > SHOWN:
        typer.echo(f"  and {len(apart) - SHOWN:,} more discrepancies")
    if audit.state == "confirmed" and audit.beside:
        beside = "; ".join(each.condition for each in audit.beside)
        typer.echo(f"{CONFIRMED_IN_PART} Of {beside} it says nothing.")
    elif audit.state == "full-count" and audit.refuted:
        typer.echo(REFUTED.format(audit.refuted))
    else:
        typer.echo(NEXT[audit.state])


def outcome_told(plan: Plan) -> str:
    """Give the outcome in words, never more than the numbers given tell."""
    if plan.open:
        return f"{plan.outcome} as far as the cards tell (not known from the numbers given: {'; '.join(plan.open)})"
    return f"{plan.outcome}, as reported"


def _number(text: str | None, option: str) -> Fraction | None:
    from ballotworthy.vote.rule import NUMBER

    if text is None:
        return None
    if not NUMBER.fullmatch(text):
        raise InputError(f"{option} {text} is no number of districts; write it as 8, 8.5 or 17/2.")
    return Fraction(text)
