"""Measure the risk-limiting check: how often it is wrong when it could be, what it costs, how fast it is.

    python benchmarks/risk.py risk --runs 20000     the table of docs/why/risk.md: wrong answers
    python benchmarks/risk.py cost --runs 1000      lines to check by margin and by machine, beside two places' rules
    python benchmarks/risk.py local                 small petitions under a sample of 500 lines
    python benchmarks/risk.py speed                 20,000 petitions of a million lines
    python benchmarks/risk.py tell                  a ruling at a million lines

Every number comes from --seed. tests/test_risk_simulated.py runs the first table in a short form.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

import numpy as np

from ballotworthy.law import read_law, rules_on
from ballotworthy.risk_check.answer import answer_of
from ballotworthy.risk_check.expected import Expected, kinds_of, right_on
from ballotworthy.risk_check.plan import plan
from ballotworthy.risk_check.proposals import Proposals
from ballotworthy.risk_check.rulings import Ruling
from ballotworthy.risk_check.running import hand_out, tell
from ballotworthy.risk_check.seed import seed_check
from ballotworthy.risk_check.start import start_check
from ballotworthy.risk_check.statutory import statutory_of
from ballotworthy.risk_check.terms import Terms
from ballotworthy.stats.risk.sides import Question
from ballotworthy.stats.risk.simulate import INSUFFICIENT, SUFFICIENT, Lines, machine_total, simulate_checks
from ballotworthy.stats.risk.unlinked import unlinked_by_keys
from ballotworthy.sufficiency.goal import procedure_of

LIMIT = 0.05
LINES, REQUIRED = 1_000_000, 700_000
ON = dt.date(2026, 6, 1)
SMALL, SMALL_REQUIRED = 5_000, 3_500
BY_KEYS = -1
"""An allowance that is found anew for every fifty checks, by two keys that are drawn."""
WORDS = {SUFFICIENT: "sufficient", INSUFFICIENT: "insufficient"}


@dataclass(frozen=True)
class Setting:
    """A petition on the wrong side of the requirement by one signature, and the check that should not say so.

    Attributes:
        name: the petition and the machine.
        lines: the lines by kind, with the weights that people rule.
        truth: distinct valid signers.
        side: the answer that would be wrong.
        machine: whether the machine's weights are used.
        guess: without a machine, the distinct valid signers expected, None if unknown.
        allowance: lines allowed for unlinked duplicates, or BY_KEYS.
        allowance_risk: the part of the limit that this takes.
        breaks: whether the guarantee is broken on purpose, to show what the allowance is for.
    """

    name: str
    lines: Sequence[Lines]
    truth: int
    side: int
    machine: bool = True
    guess: int | None = None
    allowance: int = 0
    allowance_risk: float = 0.0
    breaks: bool = False

    @property
    def title(self) -> str:
        """Give the answer that would be wrong, and the name."""
        return f"{WORDS[self.side]}: {self.name}"

    @property
    def number(self) -> int:
        """Give how many lines there are."""
        return sum(each.number for each in self.lines)

    @property
    def required(self) -> int:
        """Give the signatures required: one more than there are, or just as many."""
        return self.truth + 1 if self.side == SUFFICIENT else self.truth


def petition(number: int, valid: int, pairs: int, *, kind: int = 0, harsh: int = 0, missed: float = 0.0) -> list[Lines]:
    """Give a petition and a machine that accepts `kind` bad lines, refuses `harsh` good ones, misses links."""
    singles, invalid = valid - pairs, number - valid - pairs
    unlinked = round(2 * pairs * missed)
    return [
        Lines(singles - harsh, 1.0, 1.0),
        Lines(harsh, 1.0, 0.0),
        Lines(2 * pairs - unlinked, 0.5, 0.5),
        Lines(unlinked, 0.5, 1.0),
        Lines(invalid - kind, 0.0, 0.0),
        Lines(kind, 0.0, 1.0),
    ]


def heavy(number: int, valid: int, pairs: int, often: int, times: int) -> list[Lines]:
    """Give a petition in which `often` voters sign `times` each, of whom the machine links half."""
    singles = valid - pairs - often
    invalid = number - singles - 2 * pairs - often * times
    linked = often * times // 2
    wrong = singles // 100
    return [
        Lines(singles - wrong, 1.0, 1.0),
        Lines(wrong, 1.0, 0.0),
        Lines(2 * pairs, 0.5, 0.5),
        Lines(linked, 1 / times, 1 / times),
        Lines(often * times - linked, 1 / times, 1.0),
        Lines(invalid, 0.0, 0.0),
    ]


def unseen(number: int, valid: int, pairs: int, share: float) -> tuple[list[Lines], int]:
    """Give a petition of whose pairs a share is seen by nobody, each line counting as a signer, and how many those are.

    The machine is right on 99% otherwise.
    """
    hidden = round(pairs * share)
    lines = [
        *kinds_of(
            Expected(number - 2 * hidden, valid - hidden, (pairs - hidden) / (number - 2 * hidden), right_on(0.99))
        ),
        Lines(2 * hidden, 1.0, 1.0),
    ]
    return lines, hidden


def settings(number: int = LINES, valid: int = REQUIRED) -> list[Setting]:
    """Give the settings of the table."""
    pairs, tenth = number // 40, valid // 11
    usual = kinds_of(Expected(number, valid, 0.025, right_on(0.99)))
    double = kinds_of(Expected(number, valid, 0.05, right_on(0.97)))
    found = []
    for side in (SUFFICIENT, INSUFFICIENT):
        cases: list[tuple[str, Sequence[Lines]]] = [
            ("machine right on 99%, 2.5% duplicates", usual),
            ("machine too kind by 9% of the requirement", petition(number, valid, pairs, kind=tenth)),
            ("machine too harsh by 9% of the requirement", petition(number, valid, pairs, harsh=tenth)),
            ("machine right on 97%, 5% duplicates", double),
            ("machine misses half of the links, 5% duplicates", petition(number, valid, 2 * pairs, missed=0.5)),
            ("heavy signers: 2,000 sign 50 times", heavy(number, valid, pairs, number // 500, 50)),
        ]
        found += [Setting(name, lines, valid, side) for name, lines in cases]
        wrong_way = round(valid * (1.05 if side == SUFFICIENT else 0.95))
        found += [
            Setting("no machine, a guess 5% off", usual, valid, side, machine=False, guess=wrong_way),
            Setting("no machine, nothing known", usual, valid, side, machine=False),
        ]
    lines, hidden = unseen(number, valid, 2 * pairs, 0.10)
    title = "10% of 5% duplicates seen by nobody"
    found += [
        Setting(f"{title}, no allowance", lines, valid, SUFFICIENT, breaks=True),
        Setting(f"{title}, no machine, no allowance", lines, valid, SUFFICIENT, machine=False, breaks=True),
        Setting(f"{title}, allowed for", lines, valid, SUFFICIENT, allowance=hidden),
        Setting(
            "the same, limited by two keys at a fifth of the limit", lines, valid, SUFFICIENT,
            allowance=BY_KEYS, allowance_risk=LIMIT / 5,
        ),
    ]  # fmt: skip
    return found


def wrongly(setting: Setting, runs: int, most: int, seed: int) -> float:
    """Give the share of simulated checks that end on the wrong side, looked at after every line."""
    if setting.allowance == BY_KEYS:
        return _by_keys(setting, runs, most, seed)
    question = Question(
        setting.number,
        setting.required,
        machine=machine_total(setting.lines) if setting.machine else None,
        guess=setting.guess,
        allowance=setting.allowance,
    )
    limit = LIMIT - setting.allowance_risk
    alphas = (limit, 0.0) if setting.side == SUFFICIENT else (0.0, limit)
    checks = simulate_checks(question, setting.lines, alphas=alphas, runs=runs, most=most, seed=seed)
    return checks.share(setting.side)


def _by_keys(setting: Setting, runs: int, most: int, seed: int) -> float:
    """Draw the keys' finds anew for every fifty checks: each finds its share of all repeats on its own.

    People are shown what either key found; the two miss a tenth of the repeats together.
    """
    draw = np.random.default_rng(seed)
    pairs = 2 * (setting.number // 40)
    hidden = setting.lines[-1].number // 2
    blocks = max(1, runs // 50)
    total = 0.0
    for block in range(blocks):
        # Each key misses the same share; given how many both miss, the others fall to one key or to both.
        miss = sqrt(hidden / pairs)
        both, first, second, _ = draw.multinomial(
            pairs, [(1 - miss) ** 2, miss * (1 - miss), miss * (1 - miss), miss * miss]
        )
        bound = unlinked_by_keys(int(both + first), int(both + second), int(both), setting.allowance_risk)
        here = int(pairs - both - first - second)
        lines, _ = unseen(setting.number, setting.truth, pairs, here / pairs)
        changed = replace(setting, lines=lines, allowance=bound)
        total += wrongly(changed, 50, most, seed + block + 1)
    return total / blocks


def risk_table(runs: int, most: int, seed: int) -> None:
    """Print the share of wrong answers of every setting, as docs/why/risk.md has it."""
    error = sqrt(LIMIT * (1 - LIMIT) / runs)
    print(
        f"{runs:,} checks of each, of {LINES:,} lines, looked at after every line up to {most:,}, or of {SMALL:,} lines"
    )
    print(f"to the last; seed {seed}, limit {LIMIT}, standard error of the simulation at the limit {error:.4f}.\n")
    heads = [f'"{word}"{small}' for small in ("", f", {SMALL:,} lines") for word in WORDS.values()]
    print(f"| petition and machine | {' | '.join(heads)} |\n|{'---|' * 5}")
    rows: dict[str, dict[tuple[int, int], Setting]] = {}
    for setting in settings():
        rows.setdefault(setting.name, {})[LINES, setting.side] = setting
    for setting in settings(SMALL, SMALL_REQUIRED):
        if not setting.breaks and not setting.allowance:
            rows[setting.name][SMALL, setting.side] = setting
    for name, row in rows.items():
        cells = []
        for number in (LINES, SMALL):
            for side in WORDS:
                setting = row.get((number, side))
                share = "" if setting is None else f"{wrongly(setting, runs, min(most, number), seed):.4f}"
                cells.append(f"**{share}**" if setting is not None and setting.breaks else share)
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def cost_table(runs: int, seed: int) -> None:
    """Print the lines to check by margin and by machine, beside California's and Washington's rules."""
    number, required, share = 900_000, 623_212, 0.025
    places = [rules_on(read_law(place), kind, ON) for place, kind in (("us-ca", "statute"), ("us-wa", "initiative"))]
    print(f"{number:,} lines, {required:,} required, {share:.1%} duplicates, risk 5%: mean [nine in ten at most].\n")
    accuracies = (0.999, 0.99, 0.97, 0.95)
    heads = ["valid", *(f"machine {each:.1%}" for each in accuracies), "no machine", "nothing known"]
    heads += ["California", "Washington"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for margin in (0.01, 0.02, 0.05, 0.10, 0.20, -0.02, -0.05, -0.10):
        valid = round(required * (1 + margin))
        cells = [
            _with_machine(Expected(number, valid, share, right_on(each)), required, runs, seed) for each in accuracies
        ]
        found = plan(Expected(number, valid, share, right_on(1.0)), places[0], required, runs=runs, seed=seed)
        cells += [f"{each.mean:,.0f} [{each.p90:,.0f}]" for each in (found.without, found.unknown)]
        for rules in places:
            law = statutory_of(procedure_of(rules, required), Expected(number, valid, share, right_on(1.0)), seed)
            cells.append(f"{law.mean:,.0f}")
        print(f"| R{margin:+.0%} | {' | '.join(cells)} |", flush=True)


def _with_machine(expected: Expected, required: int, runs: int, seed: int) -> str:
    kinds = kinds_of(expected)
    question = Question(expected.lines, required, machine_total(kinds))
    most = expected.lines // 20
    checks = simulate_checks(question, kinds, alphas=(LIMIT, LIMIT), runs=runs, most=most, seed=seed)
    cost = np.where(checks.ended > 0, checks.looked, expected.lines)
    return f"{cost.mean():,.0f} [{np.quantile(cost, 0.9):,.0f}]"


def local_table(seed: int) -> None:
    """Print how often a small petition that is just sufficient is failed by its sample, and what a check costs."""
    rules = rules_on(read_law("us-ca"), "city-initiative", ON)
    print(
        "| lines, required | duplicates | sample fails it at R | at R+5% | check at R+2%: mean | at R+5% | at R+10% |"
    )
    print("|---|---|---|---|---|---|---|")
    for number, required in ((2_000, 1_400), (5_000, 3_500), (10_000, 7_000), (20_000, 14_000)):
        for share in (0.025, 0.05):
            found = [
                plan(
                    Expected(number, round(required * (1 + margin)), share, right_on(0.99)), rules, required, seed=seed
                )
                for margin in (0.02, 0.05, 0.10)
            ]
            just, five = found[0].just, found[1].statutory
            cells = " | ".join(f"{each.with_machine.mean:,.0f}" for each in found)
            failed = 0.0 if just is None else just.failed
            print(
                f"| {number:,}, {required:,} | {share:.1%} | {failed:.1%} | {five.failed:.1%} | {cells} |", flush=True
            )


def speed(runs: int, most: int, seed: int) -> None:
    """Print how long so many petitions of a million lines take that are short by one signature."""
    setting = settings()[0]
    wrongly(setting, 16, 100, seed)
    began = time.perf_counter()
    share = wrongly(setting, runs, most, seed)
    print(f"{runs:,} petitions of {setting.number:,} lines, up to {most:,} looked at: ", end="")
    print(f"{time.perf_counter() - began:.1f} s, {share:.4f} wrong.")


def tell_time(rulings: Sequence[int], seed: int) -> None:
    """Print how long a ruling takes at a million lines, with so many rulings before it."""
    draw = np.random.default_rng(seed)
    ids = [f"{at // 10}-{at % 10}" for at in range(LINES)]
    weights = (draw.random(LINES) < 0.7).astype(float)
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name) / "check", Path(name) / "lines.txt"
        file.write_text("\n".join(ids))
        given = Proposals(tuple(weights.tolist()), (0,) * LINES, "lines.txt", "", Path(name) / "none")
        terms = Terms(round(weights.sum() / 1.003), "invented", LIMIT)
        _timed("start", lambda: start_check(folder, file, ids, given, terms))
        _timed("seed", lambda: seed_check(folder, "1 2 3"))
        truth = dict(zip(ids, weights.tolist(), strict=True))
        for before in rulings:
            drawn = hand_out(folder, before)
            tell(folder, [Ruling(each.line, "valid" if truth[each.line] else "invalid") for each in drawn])
            times = []
            for _ in range(21):
                line = hand_out(folder, 1)[0].line
                began = time.perf_counter()
                answer = answer_of(tell(folder, [Ruling(line, "valid" if truth[line] else "invalid")]))
                times.append(time.perf_counter() - began)
            print(f"tell after {answer.counted:,} rulings: {1000 * float(np.median(times)):.1f} ms (median of 21)")


def _timed(name: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    print(f"{name}: {time.perf_counter() - began:.1f} s")


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("risk", "cost", "local", "speed", "tell"))
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--most", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20261122)
    asked = parser.parse_args()
    match asked.what:
        case "risk":
            risk_table(asked.runs, asked.most, asked.seed)
        case "cost":
            cost_table(min(asked.runs, 1000), asked.seed)
        case "local":
            local_table(asked.seed)
        case "speed":
            speed(asked.runs, asked.most, asked.seed)
        case _:
            tell_time((200, 300, 500, 1000, 2900), asked.seed)


if __name__ == "__main__":
    main()
