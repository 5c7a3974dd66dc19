"""An answer as JSON text, for a file or a screen."""

from __future__ import annotations

import json

from ballotworthy.safe_text import safe_json


def json_text(answer: object) -> str:
    r"""Give an answer as indented JSON; characters that act on a terminal or hide in a line stand as \uXXXX in it."""
    return safe_json(json.dumps(answer, indent=2, ensure_ascii=False, default=str))
