"""What a verb prints for machines: JSON, and nothing else."""

from __future__ import annotations

import sys

import typer

from ballotworthy.files.json_text import json_text


def print_json(answer: object) -> None:
    r"""Print an answer as JSON; characters that act on a terminal or hide in a line stand as \uXXXX in it."""
    print_whole(json_text(answer))


def print_whole(text: str) -> None:
    """Print a text that is safe and whose lines must stay as they are, on a terminal too."""
    typer.echo(text, file=getattr(sys.stdout, "rich_proxied_file", None))
