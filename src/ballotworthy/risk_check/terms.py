"""The terms of a check: what is asked, fixed before the seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What is asked, fixed before the seed.

    Attributes:
        required: signatures required.
        source: who says so.
        risk: the risk limit of either side.
        allowance: lines that may repeat a signer without having been linked.
        allowance_risk: the chance that there are more, taken from the risk limit of "sufficient".
        allowance_words: how the allowance was found; empty where none was made.
        misread: lines that people may accept wrongly.
        misread_risk: the chance that there are more, taken from the risk limit of "sufficient".
        misread_words: how that was found; empty where no allowance was made.
        phantoms: lines filed that are not in the frame.
        lost: how many lines of a pair do not count: 1, or 2 where the law counts neither.
        guess: distinct valid signers expected beforehand, None if unknown.
        law: the place's own procedure, in words; empty where no place was named.
        spread: what the law asks of districts, in words; empty where it asks nothing.
    """

    required: int
    source: str
    risk: float
    allowance: int = 0
    allowance_risk: float = 0.0
    allowance_words: str = ""
    phantoms: int = 0
    lost: int = 1
    guess: int | None = None
    law: str = ""
    spread: str = ""
    misread: int = 0
    misread_risk: float = 0.0
    misread_words: str = ""

    @property
    def apart(self) -> float:
        """Give the part of the risk limit that the allowances take from "sufficient"."""
        return self.allowance_risk + self.misread_risk
