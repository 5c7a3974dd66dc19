"""The machine's weights of the lines that can be drawn, as a text without a name: what `proposals` commits to.

One line a line, in the frame's order: its id, its weight from 0.000000 to 1.000000, and a number that the lines
share which the machine takes for one signer (0 for a line linked to none), parted by tabs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from ballotworthy.errors import Refused


@dataclass(frozen=True)
class Weights:
    """The weight of each line, as it is written, and the lines linked to its signer."""

    of: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]

    @property
    def total(self) -> str:
        """Give what the weights add up to, exactly."""
        return str(sum(map(Decimal, self.of.values()), Decimal("0.000000")))


def weights_text(lines: Sequence[str], weights: Sequence[float], signers: Sequence[int]) -> str:
    """Give the text for lines in the frame's order."""
    rows = zip(lines, weights, signers, strict=True)
    return "".join(f"{line}\t{weight:.6f}\t{signer}\n" for line, weight, signer in rows)


def read_weights(text: str, digest: str) -> Weights:
    """Read the text to which a case is committed by a digest.

    Raises:
        Refused: it is another text, or is not written so.
    """
    if sha256(text.encode()).hexdigest() != digest:
        raise Refused("the machine's weights are not those that were committed before the seed. Put the file back.")
    rows = [row.split("\t") for row in text.removesuffix("\n").split("\n")]
    if any(len(row) != 3 for row in rows):
        raise Refused("what was committed is not a text of weights, so no check can be run with it.")
    of_signer: dict[str, list[str]] = {}
    for line, _, signer in rows:
        if signer != "0":
            of_signer.setdefault(signer, []).append(line)
    links = {line: tuple(each for each in of_signer.get(signer, ()) if each != line) for line, _, signer in rows}
    return Weights({line: weight for line, weight, _ in rows}, links)
