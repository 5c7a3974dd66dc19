"""What `import ballotworthy` offers: the verbs of the command line as functions, with the same words.

Paths are text or `Path`, days text (YYYY-MM-DD) or `date`, tables a path or a frame of Polars, pandas or Arrow. Every
result is frozen, has `to_dict()` with what the command prints with `--json`, and a short `repr`. Errors are those of
`ballotworthy.errors`. `import ballotworthy` loads nothing of this: a name loads the room that it needs, when it is
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ballotworthy.files.keywords import keywords_told

if TYPE_CHECKING:
    from ballotworthy.python.petition import build_roll, open_roll, read_lines, rules, rules_in_force, verify_record
    from ballotworthy.python.questions import (
        blocking_bloc,
        count_applications,
        ratification_of,
        read_measure,
        support_of,
    )
    from ballotworthy.python.votes import count_vote, judge_vote, plan_audit
    from ballotworthy.verbs.check import check_petition
    from ballotworthy.verbs.compare import compare_lines
    from ballotworthy.verbs.draw import draw_sample
    from ballotworthy.verbs.explain import explain_line
    from ballotworthy.verbs.match import match_lines
    from ballotworthy.verbs.project import project_counts
    from ballotworthy.verbs.score import score_matches
    from ballotworthy.verbs.simulate import simulate_petition

__all__ = [
    "blocking_bloc",
    "build_roll",
    "check_petition",
    "compare_lines",
    "count_applications",
    "count_vote",
    "draw_sample",
    "explain_line",
    "judge_vote",
    "match_lines",
    "open_roll",
    "plan_audit",
    "project_counts",
    "ratification_of",
    "read_lines",
    "read_measure",
    "rules",
    "rules_in_force",
    "score_matches",
    "simulate_petition",
    "support_of",
    "verify_record",
]

_ROOM = {
    "blocking_bloc": "python.questions",
    "build_roll": "python.petition",
    "check_petition": "verbs.check",
    "compare_lines": "verbs.compare",
    "count_applications": "python.questions",
    "count_vote": "python.votes",
    "draw_sample": "verbs.draw",
    "explain_line": "verbs.explain",
    "judge_vote": "python.votes",
    "match_lines": "verbs.match",
    "open_roll": "python.petition",
    "plan_audit": "python.votes",
    "project_counts": "verbs.project",
    "ratification_of": "python.questions",
    "read_lines": "python.petition",
    "read_measure": "python.questions",
    "rules": "python.petition",
    "rules_in_force": "python.petition",
    "score_matches": "verbs.score",
    "simulate_petition": "verbs.simulate",
    "support_of": "python.questions",
    "verify_record": "python.petition",
}


def __getattr__(name: str) -> object:
    """Load a function with its room when it is first used (PEP 562); a wrong keyword of it is told by name."""
    if name not in _ROOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = _ROOM[name]
    function = getattr(import_module(f"ballotworthy.{room}"), name)
    globals()[name] = function if room.startswith("python.") else keywords_told()(function)
    return globals()[name]


def __dir__() -> list[str]:
    """Give what is offered, for completion."""
    return sorted(__all__)
