"""An invented roll and petition, with the truth about every line, from a printed seed.

The roll is people in households in homes on streets; the petition is sheets carried by circulators; a line is
a signer, what becomes of the signature, and how it was written and keyed. The same seed and arguments give
the same tables, byte for byte. `simulation` joins the steps, in this order: `people`, `homes`, `sheets`,
`fates`, `signers`, `register`, `identities`, `entries`, `truth`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballotworthy.simulate.rates import RATE_NAMES, Rates, rates_from

if TYPE_CHECKING:
    from ballotworthy.simulate.simulation import Simulation, simulate

__all__ = ["RATE_NAMES", "Rates", "Simulation", "rates_from", "simulate"]


def __getattr__(name: str) -> object:
    """Load what invents when it is first used: the help of `simulate` names the rates alone (PEP 562)."""
    if name in ("Simulation", "simulate"):
        from ballotworthy.simulate import simulation

        return getattr(simulation, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
