"""What a measure.toml may have: its keys, table by table, and which event cannot come before which."""

from __future__ import annotations

from collections.abc import Mapping

FACTS = ("title", "group", "docket", "number", "asks", "requirement")
TOP = {
    "place", "kind", "name", *FACTS, "sources", "dates", "votes", "statements", "doubts", "polls", "question_types",
    "vote_types", "convention", "petition",
}  # fmt: skip
WHEN = ("day", "precision", "after")
PUBLISHED = {"verdict", "valid", "filed", "day", "source"}
"""Keys of published numbers of signatures."""
KEYS: Mapping[str, set[str]] = {
    "dates": {"what", *WHEN, "source", "doubt"},
    "votes": {"what", "day", "precision", "rule", "words", "counted", "source", "doubt"},
    "statements": {*WHEN, "who", "question", "answer", "answered", "judged_by", "source", "reports"},
    "doubts": {"text", "source"},
}
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "amended": ("filed",),
    "title-and-summary": ("filed",),
    "circulation-deadline": ("title-and-summary",),
    "filed-with-signatures": ("title-and-summary",),
    "qualified": ("filed-with-signatures", "title-and-summary"),
    "withdrawn": ("filed",),
    "failed": ("filed", "title-and-summary"),
    "vote": ("title-and-summary", "qualified"),
}
"""What each event cannot come before."""
LONGEST_ANSWER = 300
"""Letters of an answer: a short quotation, never a text."""
