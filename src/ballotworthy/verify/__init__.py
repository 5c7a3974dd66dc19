"""A published record recounted from its written specification, with no code of those who keep records.

One table is shared: which characters Unicode 14.0 assigns (`ballotworthy.unicode_14`), data that tests compare with the
standard and with the page's copy. Were it wrong, keeper and verifier would be wrong alike about ids with such
characters (V8, R7) and about texts that are blank to the eye (V7), and about nothing else.
"""

from .answer import FAILS, HOLDS, PRACTICE, UNMADE, Answer, Check, answer_data, verify
from .findings import ABOUT, SAYS, Failure
from .paper import paper_said
from .recognise import START, is_record, what_else
from .remarks import Remark

__all__ = [
    "ABOUT",
    "FAILS",
    "HOLDS",
    "PRACTICE",
    "SAYS",
    "START",
    "UNMADE",
    "Answer",
    "Check",
    "Failure",
    "Remark",
    "answer_data",
    "is_record",
    "paper_said",
    "verify",
    "what_else",
]
