"""Words that a user chooses between, each said once for its option and its verb, so that help loads nothing else."""

from __future__ import annotations

from typing import Literal

Engines = Literal["local", "spark"]
"""What runs a matching: this machine, or a cluster."""
Birth = Literal["none", "year", "date"]
"""What a sheet asks of the signer's birth."""
Level = Literal["easy", "middle", "hard"]
"""How badly invented sheets are written and scanned."""
Method = Literal["alpha", "kaplan-markov", "polling"]
"""How an audit of a vote looks at cards: compared with their records, by one bet or another, or alone."""
MAJORITY = "majority=valid"
"""The rule of a measure that names none: more valid votes for it than against it."""
SEARCHES = ("name", "address", "birth-date", "sound", "former-name", "district", "signature")
"""Ways in which people look for a signer on the roll, as a ruling names them."""
