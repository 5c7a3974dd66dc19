"""An invented roll and petition, with the truth about every line, from a printed seed.

The roll is people in households in homes on streets; the petition is sheets carried by circulators; a line is
a signer, what becomes of the signature, and how it was written and keyed. The same seed and arguments give
the same tables, byte for byte. `simulation` joins the steps, in this order: `people`, `homes`, `sheets`,
`fates`, `signers`, `register`, `identities`, `entries`, `truth`.
"""

from ballotworthy.simulate.rates import RATE_NAMES, Rates, rates_from
from ballotworthy.simulate.sheets import Birth
from ballotworthy.simulate.simulation import Simulation, simulate

__all__ = ["RATE_NAMES", "Birth", "Rates", "Simulation", "rates_from", "simulate"]
