"""An audit in its folder: terms and cards committed, then the seed, then rounds; everything follows from these files.

    start.json        what is asked: rule, reported numbers, risk limit, method; digest of cards.csv
    cards.csv         every card, with what its record says where there are records
    seed.json         the public seed, and the digest of start.json
    round-1.csv       the cards to fetch, in the order drawn, with a column for what people find
    entered-1.csv     what they found, card after card
    *.link.json       beside each round and each list entered: its digest, and that of the step before (`chain.py`)

Each file appears whole or not at all and is never replaced. A card's place in the order is its place by the SHA-256 of
seed, ":" and card, as in `draw`: a shell redraws it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.stats import draw
from ballotworthy.vote.assorters import Assorter
from ballotworthy.vote.cards import MARKS, Mark
from ballotworthy.vote.chain import Chain, read_chain
from ballotworthy.vote.evidence import Found, comparison_risk, overstatements, polling_risk
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.plan import Plan, plan_audit

START, CARDS, SEED = "start.json", "cards.csv", "seed.json"
NOT_FOUND = "not-found"


@dataclass(frozen=True)
class Terms:
    """What an audit asks, as committed.

    Attributes:
        rule: of the vote.
        numbers: as reported; districts as text.
        risk: the risk limit.
        method: `comparison` with the records of the machines, or `polling` without.
        measure: its name in the records, "" without.
        manifest: the manifest's file name and digest.
        cards: the population: all cards, phantoms among them.
        cards_sha256: digest of cards.csv.
        without_record, without_card: phantoms of either kind.
    """

    rule: str
    numbers: Mapping[str, int | str]
    risk: float
    method: str
    measure: str
    manifest: Mapping[str, str]
    cards: int
    cards_sha256: str
    without_record: int
    without_card: int

    def plan(self) -> Plan:
        """Give the plan of the first round and the claims that prove the outcome."""
        numbers = {name: Fraction(value) if isinstance(value, str) else value for name, value in self.numbers.items()}
        by = "alpha" if self.method == "comparison" else "polling"
        return plan_audit(self.rule, Numbers(**numbers), self.cards, self.risk, by)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Standing:
    """A claim with the risk measured so far, and how many records overstate and understate it."""

    claim: Assorter
    risk: float
    overstated: int
    understated: int


@dataclass(frozen=True)
class Audit:
    """An audit as its folder has it.

    Attributes:
        folder: where it is.
        terms: what it asks; `commitment` is the digest of start.json.
        plan: of the first round.
        population: the rows of cards.csv.
        seed: None before it is given.
        drawn: all cards in the order of the seed, empty without one.
        rounds: how many cards each round has; the last may not be entered yet.
        found: what people read on the cards entered, in the order drawn.
        chain: the steps after the seed, each with its digest; None before the seed.
    """

    folder: Path
    terms: Terms
    commitment: str
    plan: Plan
    population: pl.DataFrame
    seed: str | None
    drawn: tuple[str, ...]
    rounds: tuple[int, ...]
    found: tuple[Found, ...]
    chain: Chain | None

    @property
    def order(self) -> tuple[str, ...]:
        """Give the cards of all rounds so far, in the order drawn."""
        return self.drawn[: sum(self.rounds)]

    @property
    def head(self) -> str:
        """Give the digest that binds all that was done so far: of the last step, the commitment before the seed."""
        return self.chain.head if self.chain else self.commitment

    @property
    def waiting(self) -> int:
        """Give how many cards are drawn and not entered."""
        return sum(self.rounds) - len(self.found)

    @cached_property
    def recorded(self) -> list[Mark]:
        """What the records say of the cards entered, in the order drawn."""
        entered = self.order[: len(self.found)]
        seen = self.population.filter(pl.col("card").is_in(list(entered))).select("card", "recorded")
        said = dict(seen.iter_rows())
        return [MARKS[said[card]] for card in entered]

    @cached_property
    def standings(self) -> list[Standing]:
        """Each claim with its measured risk; one that the number of cards alone proves has none."""
        return [self._standing(each.claim) for each in self.plan.claims]

    def _standing(self, claim: Assorter) -> Standing:
        if claim.certain or claim.bound is None:
            return Standing(claim, 0.0 if claim.certain else 1.0, 0, 0)
        if self.terms.method == "polling":
            return Standing(claim, polling_risk(claim, self.found), 0, 0)
        counted = self.population.group_by("recorded").len().iter_rows()
        mean = sum(claim.value(MARKS[name]) * number for name, number in counted) / self.terms.cards
        over = overstatements(claim, self.recorded, self.found)
        risk = comparison_risk(claim, mean, self.recorded, self.found)
        return Standing(claim, risk, sum(each > 0 for each in over), sum(each < 0 for each in over))

    @property
    def confirmed(self) -> bool:
        """Say whether every claim that proves the outcome is confirmed at the risk limit."""
        return bool(self.standings) and all(each.risk <= self.terms.risk for each in self.standings)

    @property
    def state(self) -> str:
        """Give `seed`, `draw` or `enter`, what is next; `confirmed`; or `full-count`, all cards having been seen."""
        if self.seed is None:
            return "seed"
        if self.waiting:
            return "enter"
        if self.confirmed:
            return "confirmed"
        return "full-count" if len(self.found) >= self.terms.cards else "draw"


def open_audit(folder: Path) -> Audit:
    """Read an audit from its folder, all that follows from its files worked out again.

    Raises:
        InputError: no audit has begun there, or a file of it was changed.
    """
    terms, commitment = _terms(folder)
    try:
        digest = file_digest(folder / CARDS)
    except OSError as error:
        raise InputError(f"{folder / CARDS} cannot be read. Go back to a copy that is not touched.") from error
    if digest != terms.cards_sha256:
        raise InputError(f"{folder / CARDS} is not the file that was committed. Go back to a copy that is not touched.")
    population = pl.read_csv(folder / CARDS, schema_overrides=dict.fromkeys(("card", "recorded"), pl.String))
    population = population.with_columns(pl.col("recorded").fill_null(""))
    seed = _seed(folder, commitment)
    if seed is None:
        return Audit(folder, terms, commitment, terms.plan(), population, None, (), (), (), None)
    chain = read_chain(folder, folder / SEED)
    drawn = in_order(seed, population)
    rounds: list[int] = []
    found: list[Found] = []
    for path in chain.files:
        step = pl.read_csv(path, infer_schema=False)
        lists = "Card" in step.columns
        start = sum(rounds) if lists else len(found)
        if tuple(step["Card" if lists else "card"]) != drawn[start : start + step.height]:
            raise InputError(f"{path} has other cards than the seed draws. Go back to a copy that is not touched.")
        if lists:
            rounds.append(step.height)
        else:
            found += [None if each == NOT_FOUND else MARKS[each] for each in step["found"]]
    return Audit(folder, terms, commitment, terms.plan(), population, seed, drawn, tuple(rounds), tuple(found), chain)


def in_order(seed: str, population: pl.DataFrame) -> tuple[str, ...]:
    """Give all cards in the order of the seed."""
    return tuple(draw(seed, population["card"].to_list(), population.height))


def _terms(folder: Path) -> tuple[Terms, str]:
    try:
        data = (folder / START).read_bytes()
        terms = Terms(**json.loads(data)["terms"])
    except FileNotFoundError as error:
        raise InputError(f"no audit has begun in {folder}; begin one with `ballotworthy vote audit start`.") from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{folder / START} cannot be read. Go back to a copy that is not touched.") from error
    return terms, sha256(data).hexdigest()


def _seed(folder: Path, commitment: str) -> str | None:
    if not (folder / SEED).is_file():
        return None
    try:
        held = json.loads((folder / SEED).read_bytes())
        seed, before = str(held["seed"]), held["before"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{folder / SEED} cannot be read. Go back to a copy that is not touched.") from error
    if before != commitment:
        raise InputError(
            f"{folder / START} was changed after the seed was given: nothing can be said from this audit. "
            "Go back to a copy that is not touched."
        )
    return seed


def audit_data(audit: Audit) -> dict[str, Any]:
    """Give an audit as plain values, for JSON and for the page."""
    counted = {name: sum(each == mark for each in audit.found) for name, mark in MARKS.items()}
    return {
        "state": audit.state,
        "commitment": audit.commitment,
        "head": audit.head,
        "terms": asdict(audit.terms),
        "outcome": audit.plan.outcome,
        "open": list(audit.plan.open),
        "seed": audit.seed,
        "cards": audit.terms.cards,
        "rounds": list(audit.rounds),
        "drawn": len(audit.order),
        "entered": len(audit.found),
        "found": {**counted, NOT_FOUND: sum(each is None for each in audit.found)},
        "claims": [
            {
                "claim": each.claim.claim,
                "risk": round(each.risk, 6),
                "confirmed": each.risk <= audit.terms.risk,
                "overstated": each.overstated,
                "understated": each.understated,
            }
            for each in audit.standings
        ],
        "discrepancies": discrepancies(audit),
        "not_auditable": [vars(each) for each in audit.plan.not_auditable],
    }


def discrepancies(audit: Audit) -> list[dict[str, str]]:
    """Give the cards on which people found another thing than the record says, in the order drawn."""
    if audit.terms.method == "polling":
        return []
    told = []
    for card, said, seen in zip(audit.order, audit.recorded, audit.found, strict=False):
        if said != seen:
            read = NOT_FOUND if seen is None else seen.name.lower()
            told.append({"card": card, "recorded": said.name.lower(), "found": read})
    return told
