"""What a verb prints for machines: JSON, and nothing else."""

from __future__ import annotations

import json

import typer

from ballotworthy.files.safe_text import safe_json


def print_json(answer: object) -> None:
    r"""Print an answer as JSON; characters that act on a terminal or hide in a line stand as \uXXXX in it."""
    typer.echo(safe_json(json.dumps(answer, indent=2, ensure_ascii=False, default=str)))
