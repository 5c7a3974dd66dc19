"""The risk-limiting check of a record, computed again: its terms and lines (V26), its risks and interval (V27)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .findings import Findings, number
from .frame import DRAWABLE, DRAWN, STRUCK, Frame
from .martingale import SMALL, Bet, bets_on, greatest_capital
from .rulings import Ruling, Rulings
from .sample import hashed
from .shapes import is_part
from .strata import Stratum, least_capital

NOISE = 1e-9
AS_TOLD = "the machine's weights as the record tells them: the proposals were not given"
AS_GIVEN = "the machine's weights are those of the proposals given"


@dataclass(frozen=True)
class Asked:
    """What the check asks: N, R, U, P of the specification, and how many lines of a pair are lost."""

    lines: int
    required: int
    unlinked: int
    missing: int
    lost: int


@dataclass(frozen=True)
class Drawn:
    """The lines that count, in the seed's order.

    `weights` is w and `machine` a of each, `begins` how many begin the order over all strata; `home` the stratum of
    each, None unless the check goes by strata, and `sizes` how many lines each stratum has.
    """

    weights: Sequence[float]
    machine: Sequence[float]
    begins: int
    home: Sequence[str] | None
    sizes: Mapping[str, int]

    def apart(self, xs: Sequence[float]) -> list[Stratum]:
        """Give the numbers stratum by stratum."""
        of: dict[str, list[float]] = {name: [] for name in self.sizes}
        for name, x in zip(self.home or (), xs, strict=True):
            of[name].append(x)
        return [(self.sizes[name], seen) for name, seen in of.items()]


@dataclass
class Risk:
    """The risk-limiting check so far.

    `terms` is the body of `risk_terms`; `weighings` how many further lines were found of the signer of a line;
    `order` all lines that can be drawn in the seed's order; `claimed` the machine's weight told of a line.
    """

    terms: dict[str, Any] | None = None
    weighings: dict[int, int] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    claimed: dict[int, str] = field(default_factory=dict)

    def begin(
        self, body: dict[str, Any], frame: Frame, rules: Mapping[str, Any], proposals: bool, findings: Findings
    ) -> None:
        """Take in the terms of the check, and note what is not lawful in them."""
        self.terms = body
        asked = _asked(body, frame, rules)
        limit, machine = Fraction(body["risk_limit"]), body.get("machine")
        if not asked.lines:
            findings.fail("V26", "no line can be drawn")
        if limit == 0 or _apart(body) >= limit:
            findings.fail("V26", "the risk limit is not above the part that the lines allowed for take of it")
        if not 1 <= asked.required <= asked.lines + asked.missing:
            findings.fail("V26", f"{asked.required:,} signatures are required of {number(asked.lines, 'line')}")
        if "expected" in body and (machine or not 1 <= body["expected"] <= asked.lines):
            findings.fail("V26", f"{number(body['expected'], 'valid line')} cannot be expected")
        if machine and not proposals:
            findings.fail("V26", "it counts on a machine whose proposals were not committed before it")
        if machine and Fraction(machine["total"]) > asked.lines:
            findings.fail("V26", "the machine's weights add up to more than the lines")

    def weigh(self, body: Mapping[str, Any], frame: Frame, findings: Findings) -> None:
        """Take in how many further lines of a line's signer were found."""
        line = frame.at.get(body["line"])
        if line is None or not frame.state[line] & DRAWN:
            findings.fail("V26", f"line {body['line']}, which is weighed, is not in the sample")
            return
        if body["further"] >= len(frame.ids):
            findings.fail("V26", f"line {body['line']} is said to have more further lines than were filed")
        self.weighings[line] = body["further"]

    def state(
        self,
        body: Mapping[str, Any],
        frame: Frame,
        rulings: Rulings,
        rules: Mapping[str, Any],
        seed: str,
        findings: Findings,
    ) -> None:
        """Compare a statement of risk with the one that follows from the rulings."""
        asked = _asked(self.terms, frame, rules) if self.terms else None
        if self.terms is None or asked is None or not asked.lines:
            return
        known, begins = self._known(frame, rulings, asked.lost, seed)
        told = body.get("machine", [])
        if body["lines"] != len(known):
            findings.fail("V26", f"{number(len(known), 'line')} of the order count, not {body['lines']:,}")
            return
        if ("machine" in body) != ("machine" in self.terms) or len(told) != ("machine" in body) * len(known):
            findings.fail("V26", "it does not tell the machine's weight of each line that counts")
            return
        self._compare_weights([at for at, _ in known], told, asked.lines, frame, findings)
        home = [frame.strata[at] for at, _ in known] if self.terms.get("by_strata") else None
        drawn = Drawn([weight for _, weight in known], [float(each) for each in told], begins, home, self._sizes(frame))
        _compare(body, self.terms, asked, drawn, findings)
        weighed = number(len(self.weighings), "weighing")
        findings.found["V26"] = f"{len(known):,} of {number(asked.lines, 'line')} in the seed's order, {weighed}"
        if "machine" in body:
            findings.found["V26"] += f"; {AS_TOLD}"
        findings.found["V27"] = (
            f"{body['decided']}: risk {body['sufficient']} of saying sufficient, {body['insufficient']} of saying "
            f"insufficient, {body['low']:,} to {body['high']:,} valid signers"
        )

    def _sizes(self, frame: Frame) -> Counter[str]:
        """Count the lines that can be drawn of each stratum."""
        return Counter(frame.strata[at] for at in self.order)

    def _known(self, frame: Frame, rulings: Rulings, lost: int, seed: str) -> tuple[list[tuple[int, float]], int]:
        """Give the lines that count, in the seed's order, each with its weight w, and how many begin that order."""
        if not self.order:
            start = hashlib.sha256(f"{seed}:".encode())
            drawable = [at for at, state in enumerate(frame.state) if state & DRAWABLE]
            self.order = sorted(drawable, key=lambda at: hashed(start, frame.ids[at]))
        voters = Counter(
            ruling.voter for at in rulings.first if (ruling := rulings.of(at)) and _is_voters(ruling, rulings)
        )
        known: list[tuple[int, float]] = []
        begins, ended, by_strata = None, set(), self.terms and self.terms.get("by_strata")
        for at in self.order:
            stratum = frame.strata[at]
            if stratum in ended:
                continue
            ruling, weight, counts = rulings.of(at), 0.0, True
            if not frame.state[at] & STRUCK:
                if not frame.state[at] & DRAWN or ruling is None:
                    counts = False
                elif _is_voters(ruling, rulings):
                    counts = at in self.weighings
                    times = max(1 + self.weighings.get(at, 0), voters[ruling.voter])
                    weight = 1 / times if (lost == 1 if times > 1 else ruling.valid) else 0.0
            if counts:
                known.append((at, weight))
                continue
            begins = len(known) if begins is None else begins
            ended.add(stratum)
            if not by_strata:
                break
        return known, len(known) if begins is None else begins

    def _compare_weights(
        self, known: Sequence[int], told: Sequence[str], lines: int, frame: Frame, findings: Findings
    ) -> None:
        if self.terms is None or "machine" not in self.terms:
            return
        for at, weight in zip(known, told, strict=False):
            if self.claimed.setdefault(at, weight) != weight:
                findings.fail("V26", f"the machine's weight of line {frame.ids[at]} was {self.claimed[at]} before")
        rest = Fraction(self.terms["machine"]["total"]) - sum(map(Fraction, told))
        if not 0 <= rest <= lines - len(told):
            findings.fail("V26", "the machine's weights told cannot be of those that add up to its total")

    def check_proposals(self, given: bytes, committed: str | None, frame: Frame, findings: Findings) -> None:
        """Compare the machine's proposals, where they are given, with what the record says of them."""
        if committed is None or self.terms is None or "machine" not in self.terms:
            findings.fail("V26", says="Proposals were given, and the record counts on none.", of_event=False)
            return
        if hashlib.sha256(given).hexdigest() != committed:
            findings.fail("V26", says="The proposals given are not those that the record commits to.", of_event=False)
            return
        rows = [row.split("\t") for row in given.decode("utf-8", "replace").removesuffix("\n").split("\n")]
        drawable = [name for at, name in enumerate(frame.ids) if frame.state[at] & DRAWABLE]
        if [row[0] for row in rows] != drawable or not all(len(row) == 3 and is_part(row[1]) for row in rows):
            fault = "they have not one weight for each line that can be drawn, in the frame's order"
        elif sum(Fraction(row[1]) for row in rows) != Fraction(self.terms["machine"]["total"]):
            fault = "their weights do not add up to the total"
        else:
            of = {row[0]: row[1] for row in rows}
            wrong = [frame.ids[at] for at, weight in self.claimed.items() if of[frame.ids[at]] != weight]
            fault = f"they give line {wrong[0]} another weight" if wrong else ""
        if fault:
            findings.fail("V26", fault, says="The proposals are not what the record says of them.", of_event=False)
        elif "V26" in findings.found:
            findings.found["V26"] = findings.found["V26"].replace(AS_TOLD, AS_GIVEN)


def _asked(terms: Mapping[str, Any], frame: Frame, rules: Mapping[str, Any]) -> Asked:
    values = rules["values"]
    lost = 2 if values.get("duplicates") == "none" else 1
    required = rules["required"]["value"] if "required" in rules else values.get("requirement", 0)
    lines = sum(bool(state & DRAWABLE) for state in frame.state)
    too_many = terms["unlinked"] * lost + terms.get("misread", {"lines": 0})["lines"]
    return Asked(lines, required, too_many, terms["missing"], lost)


def _apart(terms: Mapping[str, Any]) -> Fraction:
    """Give the part of the risk limit that the allowances take."""
    return Fraction(terms["unlinked_risk"]) + Fraction(terms.get("misread", {"risk": "0"})["risk"])


def _is_voters(ruling: Ruling, rulings: Rulings) -> bool:
    """Whether a line is its voter's and valid, but perhaps for a repetition."""
    return (
        (ruling.valid or ruling.reason == "duplicate") and bool(ruling.voter) and ruling.voter not in rulings.withdrawn
    )


def _compare(
    body: Mapping[str, Any],
    terms: Mapping[str, Any],
    asked: Asked,
    drawn: Drawn,
    findings: Findings,
) -> None:
    weights, machine = drawn.weights, drawn.machine
    n, most = asked.lines, asked.lines + asked.missing
    total = float(terms["machine"]["total"]) if "machine" in terms else None
    if total is None:
        low_xs, high_xs = list(weights), [1 - weight for weight in weights]
    else:
        pairs = list(zip(machine, weights, strict=True))
        low_xs, high_xs = [(1 - a + w) / 2 for a, w in pairs], [(1 + a - w) / 2 for a, w in pairs]

    def at_most(signers: int) -> float:
        return signers + asked.unlinked if total is None else (n - total + signers + asked.unlinked) / 2

    def at_least(signers: int) -> float:
        return most - signers if total is None else (total + most - signers) / 2

    guess = terms["expected"] / n if "expected" in terms else None
    low_null, high_null = at_most(asked.required - 1), at_least(asked.required)
    low_bets = bets_on(total is not None, guess, low_null / n)
    high_bets = bets_on(total is not None, None if guess is None else 1 - guess, high_null / n)
    surely = max(0, ceil(sum(weights) - SMALL) - asked.unlinked), floor(most - sum(1 - w for w in weights) + SMALL)
    limit, apart = Fraction(terms["risk_limit"]), _apart(terms)

    def capital(xs: Sequence[float], null: float, bets: Sequence[Bet], other: float | None = None) -> float:
        """Give the greatest capital, by strata half of the greater of two."""
        begun = greatest_capital(xs[: drawn.begins], n, null, bets, other)
        if drawn.home is None:
            return begun
        return max(begun, least_capital(drawn.apart(xs), null if other is None else other)) / 2

    short = 0.0 if surely[0] >= asked.required else min(1.0, 1 / capital(low_xs, low_null, low_bets))
    enough = 0.0 if surely[1] < asked.required else min(1.0, 1 / capital(high_xs, high_null, high_bets))
    for name, risk in (("sufficient", min(1.0, short + float(apart))), ("insufficient", enough)):
        if not -NOISE <= float(body[name]) - risk <= SMALL + NOISE:
            findings.fail("V27", f"the risk of saying {name} is {risk:.6f}, and {body[name]} stands there")
    stated = Fraction(body["sufficient"]), Fraction(body["insufficient"])
    decided = "sufficient" if stated[0] <= limit else "insufficient" if stated[1] <= limit else "not decided"
    if body["decided"] != decided:
        findings.fail("V27", f"by the risks it is {decided!r}, and {body['decided']!r} stands there")

    def too_few(signers: int, noise: float) -> bool:
        """Whether "at most so many" is disproved."""
        money = capital(low_xs, low_null, low_bets, at_most(signers))
        return signers < surely[0] or money * float(limit - apart) >= 1 + noise

    def too_many(signers: int, noise: float) -> bool:
        money = capital(high_xs, high_null, high_bets, at_least(signers))
        return signers > surely[1] or money * float(limit) >= 1 + noise

    low, high, step = body["low"], body["high"], ceil(Fraction(most, 1000))
    if (low > 0 and not too_few(low - 1, -SMALL)) or too_few(low + step, SMALL):
        findings.fail("V27", f"the rulings do not show {low:,} valid signers to be the least")
    if (high < most and not too_many(high + 1, -SMALL)) or too_many(high - step, SMALL) or high > most:
        findings.fail("V27", f"the rulings do not show {high:,} valid signers to be the most")
