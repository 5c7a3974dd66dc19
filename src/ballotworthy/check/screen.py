"""The screen of circulators: which tests were asked, what each says of whom, and who needs a person's look.

Each test gives a p-value or an e-value; p-values are calibrated, the e-values of a circulator averaged, and those
named by e-BH (Wang and Ramdas 2022, see `stats.e_values`). It says where to look and nothing of anybody's intent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ballotworthy.check import screen_counts, screen_days, screen_order
from ballotworthy.check.screen_counts import Told
from ballotworthy.check.screen_facts import Facts
from ballotworthy.stats.e_values import averaged, calibrated, discoveries_by_e

RATE = 0.05
FEWEST = 5
TELLING = 20.0
"""An e-value that is told as a reason: seen by chance once in twenty at most."""
TESTS: Mapping[str, Callable[[Facts], list[Told]]] = {
    "invalid": screen_counts.invalid,
    "few-slips": screen_counts.few_slips,
    "alphabetical": screen_order.alphabetical,
    "neighbours": screen_order.neighbours,
    "days": screen_days.days,
    "cancelled": screen_counts.cancelled,
    "shared": screen_counts.shared,
}


@dataclass(frozen=True)
class Screen:
    """What the screen found.

    Attributes:
        rate: of those named, at most this share is expected to be innocent.
        tests: of each circulator, of each test asked: `p` or `e`, and `words`.
        named: the circulators who need a person's look, each with the words of what speaks most.
        asked: the tests that were asked.
        not_asked: the tests that could not be, with why.
    """

    rate: float
    tests: Mapping[str, Mapping[str, Told]]
    named: Mapping[str, str]
    asked: tuple[str, ...]
    not_asked: Mapping[str, str]

    @property
    def expected_innocent(self) -> float:
        """Give how many innocent names are expected at most; of a petition where all are honest when nobody is named.

        By e-BH it is the rate times the number named (Wang and Ramdas 2022, theorem 2).
        """
        return self.rate * max(1, len(self.named)) if self.asked else 0.0


def screen(facts: Facts) -> Screen:
    """Ask all tests that can be asked."""
    not_asked = _not_asked(facts)
    asked = tuple(name for name in TESTS if name not in not_asked)
    found = {name: TESTS[name](facts) for name in asked}
    tests = {who: {name: _rounded(found[name][at]) for name in asked} for at, who in enumerate(facts.names)}
    needed = len(asked) * len(facts.names) / RATE
    each = [{name: _evidence(found[name][at], needed) for name in asked} for at in range(len(facts.names))]
    stand_out = discoveries_by_e([averaged(list(own.values())) for own in each], RATE)
    named = {who: _words(each[at], tests[who]) for at, who in enumerate(facts.names) if asked and stand_out[at]}
    return Screen(RATE, tests, named, asked, not_asked)


def _not_asked(facts: Facts) -> dict[str, str]:
    """Give the tests that cannot be asked of these lines, each with why."""
    if len(facts.names) < FEWEST:
        return dict.fromkeys(TESTS, f"fewer than {FEWEST} circulators are named on the lines")
    why = {}
    if not facts.dated:
        why["days"] = "the lines bear no dates"
    if not facts.marked:
        why["cancelled"] = "the roll has no status"
    if not (facts.rank >= 0).any():
        why |= dict.fromkeys(("few-slips", "neighbours", "shared"), "no voter of the roll is known to have signed")
    if not _in_file_order(facts):
        return why
    return why | {
        "alphabetical": "the file itself is sorted by name",
        "neighbours": "the file itself is sorted by name",
    }


def _in_file_order(facts: Facts) -> bool:
    """Tell whether most lines of everybody ascend, as when a file was sorted: then order says nothing of anyone."""
    step = (facts.sheet[1:] == facts.sheet[:-1]) & (facts.surname[1:] != facts.surname[:-1])
    up = step & (facts.surname[1:] > facts.surname[:-1])
    return bool(up.sum() > 0.7 * max(1, step.sum()))


def _evidence(told: Told, needed: float) -> float:
    """Give the e-value of a test; `needed` of one names its circulator, whatever the others say."""
    return float(told["e"]) if "e" in told else calibrated(float(told["p"]), needed)


def _rounded(told: Told) -> Told:
    return {key: value if isinstance(value, str) else float(f"{value:.3g}") for key, value in told.items()}


def _words(evidence: Mapping[str, float], tests: Mapping[str, Told]) -> str:
    """Give the words of the tests that speak most, three at most: those above `TELLING`, or the one that leads."""
    ranked = sorted(evidence, key=lambda name: -evidence[name])[:3]
    most = [name for name in ranked if evidence[name] >= TELLING]
    return "needs a person's look: " + "; ".join(str(tests[name]["words"]) for name in most or ranked[:1])
