"""An audit in its folder: terms and cards committed, then the seed, then rounds; everything follows from these files.

    start.json        what is asked: rule, reported numbers, districts, risk limit, method; digest of cards.csv
    cards.csv         every card, with what its record says where there are records, and its district where these decide
    seed.json         the public seed, and the digest of start.json
    round-1.csv       the cards to fetch, in the order drawn, with a column for what people find
    entered-1.csv     what they found, card after card
    *.link.json       beside each round and each list entered: its digest, and that of the step before (`chain.py`)

Each file appears whole or not at all and is never replaced. A card's place in the order is its place by the SHA-256 of
seed, ":" and card, as in `draw`: a shell redraws it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.stats import draw
from ballotworthy.vote.assorters import Assorter
from ballotworthy.vote.cards import MARKS, Mark
from ballotworthy.vote.chain import Chain, read_chain
from ballotworthy.vote.districts import DistrictsPlan
from ballotworthy.vote.evidence import Found, comparison_risk, overstatements, polling_risk
from ballotworthy.vote.plan import NotAuditable, Plan
from ballotworthy.vote.samples import Sample, are_drawn, beginning, samples_of
from ballotworthy.vote.terms import NOT_FOUND, START, Terms, read_terms

CARDS, SEED = "cards.csv", "seed.json"


@dataclass(frozen=True)
class Standing:
    """A claim with the risk measured so far.

    Attributes:
        district: of which it is, "" of all.
        claim: what is to be confirmed.
        risk: as measured.
        seen: the cards on which it rests.
        overstated, understated: records that do so.
    """

    district: str
    claim: Assorter
    risk: float
    seen: int
    overstated: int
    understated: int


@dataclass(frozen=True)
class Audit:
    """An audit as its folder has it.

    Attributes:
        folder: where it is.
        terms: what it asks; `commitment` is the digest of start.json.
        plan: of the first round.
        districts: their plan, None where none decides.
        population: the rows of cards.csv.
        seed: None before it is given.
        drawn: all cards in the order of the seed, empty without one.
        order: the cards of all rounds so far, as they were listed.
        rounds: how many cards each round has; the last may not be entered yet.
        found: what people read on the cards entered, in that order.
        chain: the steps after the seed, each with its digest; None before the seed.
    """

    folder: Path
    terms: Terms
    commitment: str
    plan: Plan
    districts: DistrictsPlan | None
    population: pl.DataFrame
    seed: str | None = None
    drawn: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    found: tuple[Found, ...] = ()
    chain: Chain | None = None

    @property
    def head(self) -> str:
        """Give the digest that binds all that was done so far: of the last step, the commitment before the seed."""
        return self.chain.head if self.chain else self.commitment

    @property
    def waiting(self) -> int:
        """Give how many cards are drawn and not entered."""
        return len(self.order) - len(self.found)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The sample of all cards, and those of districts."""
        return samples_of(self.plan, self.districts)

    @property
    def beside(self) -> tuple[NotAuditable, ...]:
        """Give the conditions of which no card tells."""
        planned = self.districts.condition if self.districts else ""
        return tuple(each for each in self.plan.not_auditable if each.condition != planned)

    def order_of(self, sample: Sample) -> tuple[str, ...]:
        """Give the cards of a sample's population in the order of the seed."""
        return _order_of(sample, self.drawn, self.population)

    @cached_property
    def seen(self) -> dict[str, tuple[str, ...]]:
        """The cards that each sample has seen, by its district: the longest beginning of its order."""
        entered = set(self.order[: len(self.found)])
        return {each.district: beginning(self.order_of(each), entered) for each in self.samples}

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
        return [self._standing(sample, claim) for sample in self.samples for claim in sample.claims]

    def _standing(self, sample: Sample, claim: Assorter) -> Standing:
        cards = self.seen[sample.district]
        if claim.certain or claim.bound is None:
            return Standing(sample.district, claim, 0.0 if claim.certain else 1.0, len(cards), 0, 0)
        by_card = dict(zip(self.order, self.found, strict=False))
        found = [by_card[card] for card in cards]
        if self.terms.method == "polling":
            return Standing(sample.district, claim, polling_risk(claim, found), len(cards), 0, 0)
        counted = _of(sample, self.population).group_by("recorded").len().iter_rows()
        mean = sum(claim.value(MARKS[name]) * number for name, number in counted) / sample.of
        said = dict(zip(self.order, self.recorded, strict=False))
        recorded = [said[card] for card in cards]
        over = overstatements(claim, recorded, found)
        risk = comparison_risk(claim, mean, recorded, found)
        above, below = sum(each > 0 for each in over), sum(each < 0 for each in over)
        return Standing(sample.district, claim, risk, len(cards), above, below)

    def is_confirmed(self, sample: Sample) -> bool:
        """Say whether every claim of a sample is confirmed at the risk limit."""
        return all(each.risk <= self.terms.risk for each in self.standings if each.district == sample.district)

    @property
    def confirmed(self) -> bool:
        """Say whether every claim that proves the outcome is confirmed at the risk limit."""
        return bool(self.standings) and all(each.risk <= self.terms.risk for each in self.standings)

    @property
    def refuted(self) -> str | None:
        """Give a district of which every card was seen and that is not confirmed; "" of all cards, None where none."""
        ended = (each for each in self.samples if len(self.seen[each.district]) >= each.of)
        return next((each.district for each in ended if not self.is_confirmed(each)), None)

    @property
    def state(self) -> str:
        """Give `seed`, `draw` or `enter`, what is next; `confirmed`; or `full-count`, as all cards say otherwise."""
        if self.seed is None:
            return "seed"
        if self.waiting:
            return "enter"
        if self.confirmed:
            return "confirmed"
        return "draw" if self.refuted is None else "full-count"


def open_audit(folder: Path) -> Audit:
    """Read an audit from its folder, all that follows from its files worked out again.

    Raises:
        InputError: no audit has begun there, or a file of it was changed.
    """
    terms, commitment = read_terms(folder)
    try:
        digest = file_digest(folder / CARDS)
    except OSError as error:
        raise InputError(f"{folder / CARDS} cannot be read. Go back to a copy that is not touched.") from error
    if digest != terms.cards_sha256:
        raise InputError(f"{folder / CARDS} is not the file that was committed. Go back to a copy that is not touched.")
    texts = dict.fromkeys(("card", "recorded", "district"), pl.String)
    population = pl.read_csv(folder / CARDS, schema_overrides=texts)
    population = population.with_columns(pl.col("recorded").fill_null(""))
    try:
        plan, districts = terms.plan()
    except (InputError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise InputError(f"{folder / START} cannot be read. Go back to a copy that is not touched.") from error
    audit = Audit(folder, terms, commitment, plan, districts, population)
    seed = _seed(folder, commitment)
    if seed is None:
        return audit
    audit = replace(audit, seed=seed, drawn=in_order(seed, population), chain=read_chain(folder, folder / SEED))
    orders = [audit.order_of(each) for each in audit.samples]
    order: list[str] = []
    rounds: list[int] = []
    found: list[Found] = []
    for path in audit.chain.files if audit.chain else ():
        step = pl.read_csv(path, infer_schema=False)
        if "Card" in step.columns:
            new = set(step["Card"])
            right = step["Card"].to_list() == [card for card in audit.drawn if card in new] and not new & set(order)
            order += step["Card"].to_list()
            rounds.append(step.height)
            right = right and are_drawn(set(order), orders)
        else:
            right = order[len(found) : len(found) + step.height] == step["card"].to_list()
            found += [None if each == NOT_FOUND else MARKS[each] for each in step["found"]]
        if not right:
            raise InputError(f"{path} has other cards than the seed draws. Go back to a copy that is not touched.")
    return replace(audit, order=tuple(order), rounds=tuple(rounds), found=tuple(found))


def in_order(seed: str, population: pl.DataFrame) -> tuple[str, ...]:
    """Give all cards in the order of the seed."""
    return tuple(draw(seed, population["card"].to_list(), population.height))


def _of(sample: Sample, population: pl.DataFrame) -> pl.DataFrame:
    return population.filter(pl.col("district") == sample.district) if sample.district else population


def _order_of(sample: Sample, drawn: Sequence[str], population: pl.DataFrame) -> tuple[str, ...]:
    if not sample.district:
        return tuple(drawn)
    own = set(_of(sample, population)["card"])
    return tuple(card for card in drawn if card in own)


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
