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
from .martingale import SMALL, bets_on, greatest_capital
from .rulings import Ruling, Rulings
from .sample import hashed
from .shapes import is_part

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
        if limit == 0 or Fraction(body["unlinked_risk"]) >= limit:
            findings.fail("V26", "the risk limit is not above the part that the unlinked lines take of it")
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
        known = self._known(frame, rulings, asked.lost, seed)
        told = body.get("machine", [])
        if body["lines"] != len(known):
            findings.fail("V26", f"{number(len(known), 'line')} of the order count, not {body['lines']:,}")
            return
        if ("machine" in body) != ("machine" in self.terms) or len(told) != ("machine" in body) * len(known):
            findings.fail("V26", "it does not tell the machine's weight of each line that counts")
            return
        self._compare_weights(told, asked.lines, frame, findings)
        _compare(body, self.terms, asked, [weight for _, weight in known], [float(each) for each in told], findings)
        weighed = number(len(self.weighings), "weighing")
        findings.found["V26"] = f"{len(known):,} of {number(asked.lines, 'line')} in the seed's order, {weighed}"
        if "machine" in body:
            findings.found["V26"] += f"; {AS_TOLD}"
        findings.found["V27"] = (
            f"{body['decided']}: risk {body['sufficient']} of saying sufficient, {body['insufficient']} of saying "
            f"insufficient, {body['low']:,} to {body['high']:,} valid signers"
        )

    def _known(self, frame: Frame, rulings: Rulings, lost: int, seed: str) -> list[tuple[int, float]]:
        """Give the lines that count, in the seed's order, each with its weight w."""
        if not self.order:
            start = hashlib.sha256(f"{seed}:".encode())
            drawable = [at for at, state in enumerate(frame.state) if state & DRAWABLE]
            self.order = sorted(drawable, key=lambda at: hashed(start, frame.ids[at]))
        voters = Counter(
            ruling.voter for at in rulings.first if (ruling := rulings.of(at)) and _is_voters(ruling, rulings)
        )
        known = []
        for at in self.order:
            ruling, weight = rulings.of(at), 0.0
            if not frame.state[at] & STRUCK:
                if not frame.state[at] & DRAWN or ruling is None:
                    break
                if _is_voters(ruling, rulings):
                    if at not in self.weighings:
                        break
                    times = max(1 + self.weighings[at], voters[ruling.voter])
                    counts = lost == 1 if times > 1 else ruling.valid
                    weight = 1 / times if counts else 0.0
            known.append((at, weight))
        return known

    def _compare_weights(self, told: Sequence[str], lines: int, frame: Frame, findings: Findings) -> None:
        if self.terms is None or "machine" not in self.terms:
            return
        for at, weight in zip(self.order, told, strict=False):
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
    return Asked(lines, required, terms["unlinked"] * lost, terms["missing"], lost)


def _is_voters(ruling: Ruling, rulings: Rulings) -> bool:
    """Whether a line is its voter's and valid, but perhaps for a repetition."""
    return (
        (ruling.valid or ruling.reason == "duplicate") and bool(ruling.voter) and ruling.voter not in rulings.withdrawn
    )


def _compare(
    body: Mapping[str, Any],
    terms: Mapping[str, Any],
    asked: Asked,
    weights: Sequence[float],
    machine: Sequence[float],
    findings: Findings,
) -> None:
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
    limit, apart = Fraction(terms["risk_limit"]), Fraction(terms["unlinked_risk"])
    short = 0.0 if surely[0] >= asked.required else 1 / greatest_capital(low_xs, n, low_null, low_bets)
    enough = 0.0 if surely[1] < asked.required else 1 / greatest_capital(high_xs, n, high_null, high_bets)
    for name, risk in (("sufficient", min(1.0, short + float(apart))), ("insufficient", enough)):
        if not -NOISE <= float(body[name]) - risk <= SMALL + NOISE:
            findings.fail("V27", f"the risk of saying {name} is {risk:.6f}, and {body[name]} stands there")
    stated = Fraction(body["sufficient"]), Fraction(body["insufficient"])
    decided = "sufficient" if stated[0] <= limit else "insufficient" if stated[1] <= limit else "not decided"
    if body["decided"] != decided:
        findings.fail("V27", f"by the risks it is {decided!r}, and {body['decided']!r} stands there")

    def too_few(signers: int, noise: float) -> bool:
        """Whether "at most so many" is disproved."""
        capital = greatest_capital(low_xs, n, low_null, low_bets, at_most(signers))
        return signers < surely[0] or capital * float(limit - apart) >= 1 + noise

    def too_many(signers: int, noise: float) -> bool:
        capital = greatest_capital(high_xs, n, high_null, high_bets, at_least(signers))
        return signers > surely[1] or capital * float(limit) >= 1 + noise

    low, high, step = body["low"], body["high"], ceil(Fraction(most, 1000))
    if (low > 0 and not too_few(low - 1, -SMALL)) or too_few(low + step, SMALL):
        findings.fail("V27", f"the rulings do not show {low:,} valid signers to be the least")
    if (high < most and not too_many(high + 1, -SMALL)) or too_many(high - step, SMALL) or high > most:
        findings.fail("V27", f"the rulings do not show {high:,} valid signers to be the most")
