"""The screen of circulators on invented petitions: who is named among honest circulators, and each kind of forger.

    python benchmarks/screen.py [PETITIONS] [CIRCULATORS] [FIRST]

FIRST is the seed of the first petition: seeds from 0 were looked at while the tests were designed, so the docs' figures
are from 5000 on. Petitions are invented as facts of lines (`check.screen_facts.Facts`), with traps for a screen in all
of them: households, an ethnic quarter, a home for the old, a careful circulator who checks the voter list, a fair where
one gathers much in a day, two who work the same streets, and a heavy-tailed spread of everybody's shares.
"""

from __future__ import annotations

import sys

import numpy as np

from ballotworthy.check.screen import RATE, screen
from ballotworthy.check.screen_facts import Facts

FORGERS = ("telephone-book", "alphabetical", "roll-order", "few-slips", "dead", "fast", "same-signers", "invented")
VOTERS, SURNAMES = 300_000, 40_000
SHEET = 10


def petition(seed: int, circulators: int = 40, forgers: tuple[str, ...] = (), *, heavy: bool = True) -> Facts:
    """Invent the facts of a petition; the first circulators are the forgers, "same-signers" being two."""
    rng = np.random.default_rng([2026, seed])
    roles = [role for kind in forgers for role in ([kind] * 2 if kind == "same-signers" else [kind])]
    roles += ["careful", "quarter", "home", "fair", "street", "street"]
    roles += [""] * max(0, circulators - len(roles))
    size = np.clip(rng.lognormal(5.2, 0.6, len(roles)), 60, 900).astype(int)
    size[np.array(roles) == "fast"] = 600
    surname_of = np.sort((SURNAMES * rng.random(VOTERS) ** 2).astype(np.int64))
    parts = [_lines(rng, role, int(count), surname_of, heavy) for role, count in zip(roles, size, strict=True)]
    pairs = [at for at, role in enumerate(roles) if role == "same-signers"]
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        _copy(rng, parts[one], parts[other], 0.4)
    street = [at for at, role in enumerate(roles) if role == "street"]
    _copy(rng, parts[street[0]], parts[street[1]], 0.04)
    who = np.repeat(np.arange(len(roles)), [len(part["bad"]) for part in parts])
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    nth = np.concatenate([np.arange(len(part["bad"])) // SHEET for part in parts])
    sheet = np.cumsum(np.r_[0, (np.diff(nth) != 0) | (np.diff(who) != 0)])
    return Facts(tuple(f"c{at}" for at in range(len(roles))), who, sheet, dated=True, marked=True, **joined)


def _share(rng: np.random.Generator, middle: float, heavy: bool) -> float:
    """Give one circulator's share; correlation 0.02, logistic-t with five degrees of freedom where heavy."""
    if not heavy:
        return float(rng.beta(middle * 49, (1 - middle) * 49))
    sd = np.sqrt(0.02 / (middle * (1 - middle))) if middle > 0.05 else 0.7
    return float(1 / (1 + np.exp(-(np.log(middle / (1 - middle)) + sd * rng.standard_t(5) / 1.29))))


def _lines(
    rng: np.random.Generator, role: str, count: int, surname_of: np.ndarray, heavy: bool
) -> dict[str, np.ndarray]:
    known = VOTERS if role != "quarter" else 3_000
    voter = rng.integers(0, known, count)
    home = rng.integers(1, 1 << 40, count).astype(np.uint64)
    same_home = np.r_[False, rng.random(count - 1) < 0.25]
    for at in np.flatnonzero(same_home):
        home[at] = home[at - 1]
        voter[at] = np.clip(voter[at - 1] + rng.integers(-20, 20), 0, VOTERS - 1)
    bad_share = {"careful": 0.02, "telephone-book": 0.03, "invented": 0.9}.get(role, _share(rng, 0.22, heavy))
    bad = rng.random(count) < bad_share
    clean_share = {"few-slips": 0.97, "telephone-book": 0.95, "roll-order": 0.95}.get(role, _share(rng, 0.5, heavy))
    gone = rng.random(count) < (0.35 if role == "dead" else _share(rng, 0.006, heavy))
    if role == "home":
        block = slice(0, count // 5)
        home[block], gone[block] = home[0], rng.random(count // 5) < 0.5
    if role in ("alphabetical", "roll-order"):
        copied = slice(0, count // 2) if role == "alphabetical" else slice(0, count)
        voter[copied] = np.sort(voter[copied]) if role == "alphabetical" else voter[0] // 2 + np.arange(count)
        home[copied] = rng.integers(1, 1 << 40, len(voter[copied])).astype(np.uint64)
    perday = {"fast": 900, "fair": 250}.get(role, max(8, int(rng.lognormal(3.4, 0.5))))
    day = 100 + np.arange(count) // perday
    day = np.where(rng.random(count) < 0.02, day - rng.integers(0, 3, count), day)
    return {
        "bad": bad.astype(float), "clean": (rng.random(count) < clean_share) & ~bad,
        "surname": (surname_of[voter] + 1).astype(np.uint64), "name": (voter + 1).astype(np.uint64),
        "family": np.where(bad, 0, surname_of[voter] + 1).astype(np.uint64),
        "rank": np.where(bad, -1, voter), "home": home,
        "day": day, "gone": gone, "voter": np.where(bad, -1, voter),
    }  # fmt: skip


def _copy(rng: np.random.Generator, one: dict[str, np.ndarray], two: dict[str, np.ndarray], share: float) -> None:
    count = min(len(one["bad"]), len(two["bad"]))
    at = np.flatnonzero(rng.random(count) < share)
    for key in ("surname", "name", "family", "rank", "home", "voter"):
        two[key][at] = one[key][at]


def named(seed: int, circulators: int, forgers: tuple[str, ...] = (), *, heavy: bool = True) -> set[int]:
    """Give the numbers of those whom the screen names."""
    return {int(who[1:]) for who in screen(petition(seed, circulators, forgers, heavy=heavy)).named}


def main(petitions: int, circulators: int, first: int) -> None:
    """Print power, innocent names, and the share of innocents among the named, which the limit is about."""
    seeds = range(first, first + petitions)
    print(f"{petitions} petitions a row, seeds from {first}, {circulators} circulators")
    print(f"of those named at most {RATE:.0%} shall be innocent\n")
    heads = ("forgers", "spread of shares", "named", "innocent names a petition", "share innocent of the named")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for forgers in ((), *((kind,) for kind in FORGERS), FORGERS):
        for heavy in (False, True):
            _print_row(forgers, seeds, circulators, heavy=heavy)


def _print_row(forgers: tuple[str, ...], seeds: range, circulators: int, *, heavy: bool) -> None:
    """Print one row; a petition that names nobody has a share of 0, as in the false discovery rate."""
    count = len(forgers) + forgers.count("same-signers")
    found = [named(seed, circulators, forgers, heavy=heavy) for seed in seeds]
    right = np.array([len(each & set(range(count))) for each in found])
    wrong = np.array([len(each) for each in found]) - right
    share = wrong / np.maximum(1, right + wrong)
    power = f"{right.mean() / count:.1%}" if count else ""
    words = ", ".join(forgers) if count < len(FORGERS) else "all at once"
    spread, error = "heavy-tailed" if heavy else "beta", share.std() / np.sqrt(len(seeds))
    told = f"{wrong.mean():.3f} | {share.mean():.1%} (error {error:.1%})"
    print(f"| {words or 'none'} | {spread} | {power} | {told} |", flush=True)


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("100", "40", "5000")[len(sys.argv) - 1 :]]))
