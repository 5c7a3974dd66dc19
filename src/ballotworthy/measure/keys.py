"""What a measure.toml may have: its keys, table by table, and the words of a verdict."""

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
VERDICTS = ("sufficient", "insufficient", "full-check", "undecided")
"""What published numbers of signatures can come to."""
LONGEST_ANSWER = 300
"""Letters of an answer: a short quotation, never a text."""
