"""What a record is of and what it says in the end, in the office's own words: nothing of it is a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .form import Event

OPENED = ("office", "measure", "place", "kind", "on", "filed")
JUDGED = ("estimate", "requirement", "verdict")


def paper_of(
    opened: Mapping[str, Any] | None, verdict: Mapping[str, Any] | None, certified: Event | None
) -> dict[str, Any]:
    """Give what the opening tells, the last verdict, and who certified, with whom beside them and how; as plain values.

    Args:
        opened: the body of the opening.
        verdict: that of the last verdict.
        certified: the last certificate.
    """
    paper = {key: opened[key] for key in OPENED} if opened else {}
    paper |= {key: verdict[key] for key in JUDGED} if verdict else {}
    if certified is None:
        return paper
    paper |= {"event": certified.seq, "by": certified.by}
    if "second" in certified.body:
        paper |= {"second": certified.body["second"], "signed": "signed" in certified.body}
    return paper


def paper_said(paper: Mapping[str, Any], case: str | None) -> list[str]:
    """Give the same in sentences: of what the record is, and what was certified by whom."""
    if "office" not in paper:
        return []
    law = f"{paper['place']}, {paper['kind']}, the law of {paper['on']}, filed {paper['filed']}"
    said = [f"It is of case {case} of {paper['office']}: {paper['measure']} ({law})."]
    if "verdict" in paper and "by" in paper:
        numbers = f"{paper['estimate']:,} of {paper['requirement']:,} signatures required"
        said.append(f"Certified {paper['verdict']}, {numbers}, in event {paper['event']:,} by {_signers(paper)}.")
    return said


def _signers(paper: Mapping[str, Any]) -> str:
    if "second" not in paper:
        return f"“{paper['by']}” and nobody else"
    how = "who signed too" if paper["signed"] else "by name only: ask whether they took part"
    return f"“{paper['by']}” and “{paper['second']}”, {how}"
