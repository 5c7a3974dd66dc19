"""Ballotworthy: from signed petition sheets to a decided vote.

```python
import ballotworthy as bw
```

offers the verbs of the command line as functions: docs/how-to/python.md shows them, docs/reference/python.md lists all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ballotworthy.python import (
        blocking_bloc,
        build_roll,
        check_petition,
        compare_lines,
        count_applications,
        count_vote,
        draw_sample,
        explain_line,
        judge_vote,
        match_lines,
        open_roll,
        plan_audit,
        project_counts,
        ratification_of,
        read_lines,
        read_measure,
        rules,
        rules_in_force,
        score_matches,
        simulate_petition,
        support_of,
        verify_record,
    )

__version__ = "0.1.0"
__all__ = [
    "__version__",
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


def __getattr__(name: str) -> object:
    """Load the verbs when the first of them is used: a look at the version need not wait for them (PEP 562)."""
    if name in __all__:
        return getattr(import_module("ballotworthy.python"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Give what is offered, for completion."""
    return sorted(__all__)
