"""What a verb prints for machines: JSON, and nothing else."""

from __future__ import annotations

import json

import typer


def print_json(answer: object) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
