r"""The sample, by hash order: anybody with the seed and the list of lines redraws it with a shell.

Each line id gets the SHA-256 of "seed:id" in hexadecimal; the ids are sorted by it and the first n are the
sample. With the ids one to a line in `ids.txt`:

    while IFS= read -r id; do
      printf '%s  %s\n' "$(printf '%s:%s' "$SEED" "$id" | sha256sum | cut -c1-64)" "$id"
    done < ids.txt | LC_ALL=C sort | head -n "$N" | cut -c67-

The seed has to be public and drawn after the list of lines is fixed and before any line is examined: dice in
public, a published hash of the morning paper. A seed that one side chose proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from ballotworthy.errors import InputError

SHOWN = 5


def draw(seed: str, ids: Sequence[str], n: int) -> list[str]:
    """Give the n sampled ids in the order drawn.

    The order of `ids` does not matter, and a smaller sample of one seed is the beginning of a greater one.

    Args:
        seed: any text that is not blank.
        ids: the ids of all lines, each once.
        n: how many to draw, from 0 to the number of ids.

    Raises:
        InputError: the seed is blank, an id repeats or has a line break, or n cannot be drawn.
    """
    if not seed.strip():
        raise InputError("the seed is empty; give the public seed, such as the digits of dice thrown before witnesses.")
    if "\n" in seed or any("\n" in line for line in ids):
        raise InputError("a seed or a line id has a line break in it; a shell could not redraw this sample. Remove it.")
    repeated = [line for line, times in Counter(ids).items() if times > 1]
    if repeated:
        ids_alike = [line for line in repeated if any(letter.isdigit() for letter in line)]  # others may be names
        names = ", ".join(ids_alike[:SHOWN]) + (", ..." if len(repeated) > SHOWN else "")
        which = f" ({names})" if ids_alike else ""
        raise InputError(f"{len(repeated):,} line ids occur more than once{which}; number every line once.")
    if not 0 <= n <= len(ids):
        raise InputError(f"cannot draw {n:,} of {len(ids):,} lines; ask for 0 to {len(ids):,}.")
    return sorted(ids, key=lambda line: (_digest(seed, line), line))[:n]


def _digest(seed: str, line: str) -> str:
    """Hash the bytes as the shell has them, also where an argument is not UTF-8."""
    return sha256(f"{seed}:{line}".encode(errors="surrogateescape")).hexdigest()
