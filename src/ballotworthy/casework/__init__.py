"""A case from its opening to its certificate: what can happen, in which order, and what follows from it.

It knows no database: events go to a `record.Storage`, and everything else is folded from them.
"""

from ballotworthy.casework.case import Case
from ballotworthy.casework.counting import counts_body, open_lines
from ballotworthy.casework.desk import Act, Desk, replay
from ballotworthy.casework.events import KINDS, fold, refusal
from ballotworthy.casework.judging import verdict_body
from ballotworthy.casework.parts import DISCLOSURES, ROLES
from ballotworthy.casework.pinned import rules_body
from ballotworthy.casework.sampling import all_body, sample_body
from ballotworthy.casework.twin import certified_body, twin_bytes, twin_of

__all__ = [
    "DISCLOSURES",
    "KINDS",
    "ROLES",
    "Act",
    "Case",
    "Desk",
    "all_body",
    "certified_body",
    "counts_body",
    "fold",
    "open_lines",
    "refusal",
    "replay",
    "rules_body",
    "sample_body",
    "twin_bytes",
    "twin_of",
    "verdict_body",
]
