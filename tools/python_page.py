"""Writes docs/reference/python.md: signature and docstring of each function that `import ballotworthy` offers."""

from __future__ import annotations

import inspect
import re

from place_pages import MADE

import ballotworthy
from ballotworthy import python

FUNCTIONS = [name for name in ballotworthy.__all__ if name != "__version__"]


def python_page() -> str:
    """Give docs/reference/python.md."""
    lines = [
        "# Python",
        "",
        MADE.format(source="src/ballotworthy/python"),
        "",
        "`import ballotworthy as bw` offers what follows; [how to use it](../how-to/python.md) shows it in order. "
        "Results are frozen;",
        "each has `to_dict()`, which gives what the command of the same name prints with `--json`. Errors are those of "
        "[the tree](errors.md), `ballotworthy.errors`.",
    ]
    for name in FUNCTIONS:
        function = getattr(python, name)
        lines += ["", f"## {name}", "", "```text", *_signature(name, function), "```", "", *_words(function)]
    return "\n".join(lines) + "\n"


def _signature(name: str, function: object) -> list[str]:
    """Give the signature, a parameter a line where it is long, annotations as they are written."""
    signature = inspect.signature(function)  # type: ignore[arg-type]  # every name offered is a function
    shown = [each for each in signature.parameters.values() if each.name != "progress"]
    signature = signature.replace(parameters=shown)
    whole = f"bw.{name}{signature}".replace("'", '"')
    if len(whole) <= 100:
        return [whole]
    parts, starred = [], False
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not starred:
            parts, starred = [*parts, "    *,"], True
        parts.append(f"    {str(each).replace(chr(39), chr(34))},")
    gives = str(signature.return_annotation).strip("'")
    return [f"bw.{name}(", *parts, f") -> {gives}"]


def _words(function: object) -> list[str]:
    """Give the docstring as Markdown: what each argument is and what is raised as lists."""
    words: list[str] = []
    for line in (inspect.getdoc(function) or "").splitlines():
        if line in ("Args:", "Raises:"):
            words += ["Takes:" if line == "Args:" else "Raises:", ""]
        elif line.startswith("    progress: "):
            continue
        elif found := re.match(r"^    (\w[\w, ]*): (.*)$", line):
            words.append(f"- `{found[1]}`: {found[2]}")
        else:
            words.append(f"  {line.strip()}" if line.startswith("     ") else line)
    return words
