"""What `import ballotworthy` offers: the verbs of the command line as functions, with the same words.

Paths are text or `Path`, days text (YYYY-MM-DD) or `date`, tables a path or a frame of Polars, pandas or Arrow. Every
result is frozen, has `to_dict()` with what the command prints with `--json`, and a short `repr`. Errors are those of
`ballotworthy.errors`. `import ballotworthy` loads nothing of this: a name does, when it is first used.
"""

from __future__ import annotations

from ballotworthy.files.keywords import keywords_told
from ballotworthy.python.petition import build_roll, open_roll, read_lines, rules, rules_in_force, verify_record
from ballotworthy.python.votes import (
    blocking_bloc,
    count_applications,
    count_vote,
    judge_vote,
    plan_audit,
    ratification_of,
    read_measure,
    support_of,
)
from ballotworthy.verbs import check, compare, draw, explain, match, project, score, simulate

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

_told = keywords_told()
check_petition = _told(check.check_petition)
compare_lines = _told(compare.compare_lines)
draw_sample = _told(draw.draw_sample)
explain_line = _told(explain.explain_line)
match_lines = _told(match.match_lines)
project_counts = _told(project.project_counts)
score_matches = _told(score.score_matches)
simulate_petition = _told(simulate.simulate_petition)
