"""What a verb prints for machines: JSON, and nothing else."""

from __future__ import annotations

import typer

from ballotworthy.files.json_text import json_text


def print_json(answer: object) -> None:
    r"""Print an answer as JSON; characters that act on a terminal or hide in a line stand as \uXXXX in it."""
    typer.echo(json_text(answer))
