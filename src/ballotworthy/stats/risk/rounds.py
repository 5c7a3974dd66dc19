"""Evidence from several rounds: e-values multiply, and one over their product is a p-value.

The capital at the end of a round is an e-value: on average at most 1 if the hypothesis is true. A later round
that draws from what the former left, with a seed of its own, may begin with that capital; the product is an
e-value again. Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 49
(2021) 1736-1754, section 4; Grunwald, de Heide and Koolen, "Safe testing", JRSS B 86 (2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, prod

from ballotworthy.errors import InputError


def product_of(e_values: Sequence[float]) -> float:
    """Give the e-value of all rounds together; 1 for none.

    Raises:
        InputError: an e-value is negative or no number.
    """
    if any(isnan(each) or each < 0 for each in e_values):
        raise InputError("an e-value is 0 or more; give the capital at the end of each round.")
    return 0.0 if 0.0 in e_values else prod(e_values)


def p_value_of(e_values: Sequence[float]) -> float:
    """Give the p-value of all rounds together, at most 1 (Markov's inequality)."""
    product = product_of(e_values)
    return 1.0 if product <= 1 else 1 / product
