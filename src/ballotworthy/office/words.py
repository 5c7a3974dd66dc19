"""The command line's words as the pages call them: a message that names an option names a field here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ballotworthy.errors import InputError

WRITTEN = "“How the file is written”"
SAID = (
    (r" \(--(?:all|resolve)\)", ""),
    (r"--rule (\S+) is not NAME=VALUE", r"\1 is not name=value"),
    (r"write it as --rule ", "write it as "),
    (
        r"Say where it is \(--snapshot FOLDER\), or that nobody looks them up \(--no-lookup\)",
        "Bring it back into the office's folder `rolls`",
    ),
    (r", and say where a snapshot is \(--snapshot FOLDER\)", ""),
    (r"the verdict: full-check", "the verdict: full check"),
    (r" \(case clock\)", " (“Orders and repairs” of the case has the commands)"),
    (r" \(case risk record\)", " on “Risk-limiting check”"),
    (r" \(--second ID, --alone WHY\)", ""),
    (r": --required N --required-source TEXT, or the office's fields", " in the fields for it"),
    (
        r"there is no key file \S*office\.key\. It stands where the case or the office made it",
        "the office's key of this case is not in its place. Bring it back from a backup; if none has it, “Orders and "
        "repairs” of the case says how another takes its place",
    ),
    (r"Give a later --on if it is too early, or w", "W"),
    (r"read it with that form's --place and --kind", "read it with that form"),
    (r", and name it with --measure", ""),
    (r"a later --taken-on", "a later day under “Taken from the register on”"),
    (r": give --taken-on", ": say it under “Taken from the register on”"),
    (r"--taken-on says otherwise", "“Taken from the register on” says otherwise"),
    (
        r"give --no-heading and say by number which column holds what, such as --map (\S+) --map (\S+) --map (\S+)",
        rf"open {WRITTEN}, tick “The first line holds a voter and no headings” and write by number which column holds "
        r"what, one a line: \1, \2, \3",
    ),
    (r" with --stratum NAME", " in the field “Stratum”"),
    (r"pass --lenient to treat all such cells as empty", "tick “Cells that are no day count as empty”"),
    (r"with --dates month-first or --dates day-first", f"under {WRITTEN}: month-first or day-first"),
    (r"--dates says otherwise", f"{WRITTEN} says otherwise"),
    (r"case intake --map (\S+)", rf"{WRITTEN}, \1"),
    (r"with --map (\S+)", rf"under {WRITTEN}: \1"),
    (r"such as --map ([^\s,.]+)", rf"such as \1 under {WRITTEN}"),
    (r"--map ([^\s,.]+)", rf"\1 under {WRITTEN}"),
    (r"with --status (\S+?)([,.]|$)", rf"under {WRITTEN}: status \1\2"),
    (r"--status (\S+)", r"status \1"),
    (r" \(--second-key(?: \S+)?\)", ""),
    (r"--second-key(?: [A-Z]\S*)?", "“Your own key”"),
    (r"--explained(?: \S+)?", "“Why other numbers were counted than promised”"),
)
"""Patterns of the command line's messages, each with what stands on the page in its place."""
_SAID = tuple((re.compile(pattern), words) for pattern, words in SAID)


def on_page(text: str) -> str:
    """Give a message of the floors below in the words of the pages."""
    for pattern, words in _SAID:
        text = pattern.sub(words, text)
    return text


def chance_said(chance: float) -> str:
    """Give a probability in two places; none is said to be certain."""
    return ">0.99" if chance > 0.99 else "<0.01" if chance < 0.01 else f"{chance:.2f}"


def pairs(text: str, what: str, names: Iterable[str] = ()) -> dict[str, str]:
    """Give the pairs that somebody wrote, one `name=value` a line.

    Raises:
        InputError: a line is no pair, or its name is none of `names`, where there are some.
    """
    found: dict[str, str] = {}
    known = set(names)
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, equals, value = (part.strip() for part in line.partition("="))
        if not (name and equals and value) or (known and name not in known) or name in found:
            allowed = f" The names are {', '.join(sorted(known))}." if known else ""
            raise InputError(f"{what}: write one name=value a line, each name once.{allowed}")
        found[name] = value
    return found


def split_status(said: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Give columns and statuses apart, where a line `status CODE=standing` says what a code means."""
    columns = {name: value for name, value in said.items() if not name.startswith("status ")}
    statuses = {name.removeprefix("status ").strip(): value for name, value in said.items() if name not in columns}
    return columns, statuses
