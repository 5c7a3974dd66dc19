"""Where a case stands: what the order requires next, and what the law allows until when."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.days_of_case import days_of
from ballotworthy.casework.law_days import times_of
from ballotworthy.casework.work import Work, work_of
from ballotworthy.files.quantities import quantity
from ballotworthy.law.days_off import days_off_known
from ballotworthy.law.deadlines import Due, Waiting, due_days
from ballotworthy.sufficiency import FORMULAS


@dataclass(frozen=True)
class Next:
    """What must be done next: the verb of `ballotworthy case` that does it (empty if none does), and why."""

    verb: str
    what: str


def next_of(case: Case, work: Work | None = None) -> Next:
    """Give what the order requires next; `work` is how much is done, where the caller has counted."""
    if not case.opened:
        return Next("new", "open the case")
    if case.pinned is None or case.rules is None:
        return Next("new", "pin the law")
    if case.frame.fixed is None:
        return _before_frame(case)
    if case.sample is None:
        return _before_sample(case)
    return _with_sample(case, work or work_of(case))


def _before_frame(case: Case) -> Next:
    if not case.frame.lines:
        return Next("intake", "take in the petition: batches, sheets and lines, promised and counted")
    return Next("fix", f"fix the frame of {len(case.frame.lines):,} lines, or take in what is still missing")


def projects_sample(case: Case) -> bool:
    """Tell whether the pinned law projects a sample; where it does not, every line is examined, without a seed."""
    return case.rules is not None and FORMULAS[case.rules.formula.value].samples


def _before_sample(case: Case) -> Next:
    if not case.rolls:
        return Next("roll", "name the snapshot of the voter register")
    if not projects_sample(case):
        return Next("sample", "order the examination of every line (--all): the law projects no sample")
    if case.seed is None:
        return Next("seed", "draw the seed before witnesses; the frame is fixed, and no line has been decided")
    return Next("sample", "draw the sample")


def _with_sample(case: Case, work: Work) -> Next:
    standing = case.standing
    verdict = standing.verdict.body["verdict"] if standing.verdict else ""
    all_examined = case.sample is not None and case.sample.body["scope"] == "all"
    if verdict == "full-check" and not all_examined:
        return Next("sample", "examine every line (--all): the sample does not decide")
    if verdict == "undecided" and not all_examined and not standing.closed:
        return Next("sample", "examine every line (--all), or certify that it is undecided: a rule is not held")
    if verdict == "undecided" and not all_examined:
        return Next("", "nothing: the case is certified as undecided. Every line may still be examined (--all)")
    if standing.closed:
        return Next("", "nothing: the case is certified. A court may reopen it")
    if standing.verdict and case.risk_terms is not None and not standing.risk:
        if case.risk is None:
            return Next("risk record", "state what the risk-limiting check says: its terms stand in the record")
        return Next("risk record", "state the risk again: something has changed since")
    if standing.verdict:
        return Next("certify", f"certify the verdict: {verdict}")
    if work.open:
        return _to_decide(work)
    return Next("count", "count the decisions and draw the verdict")


def _to_decide(work: Work) -> Next:
    """Put lines on which nobody has ruled before those that two people see differently: there is most of the work."""
    fresh, differing = work.open - work.differing, work.differing
    if not fresh:
        return Next("decide", f"resolve {quantity(differing, 'line')} that two people see differently (--resolve)")
    some = f"{fresh:,} more of {work.lines:,} lines" if fresh < work.lines else quantity(fresh, "line")
    if not differing:
        return Next("decide", f"decide {some}")
    meanwhile = f"{quantity(differing, 'line')} that two people see differently can be resolved meanwhile"
    return Next("decide", f"decide {some}; {meanwhile}")


def deadlines_of(case: Case) -> tuple[tuple[Due, ...], tuple[Waiting, ...]]:
    """Give the days that the pinned law allows, counted from the days of this case, and those that still wait."""
    if case.rules is None:
        return (), ()
    return due_days(times_of(case), days_of(case), days_off_known(case.rules.place))
