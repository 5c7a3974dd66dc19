"""A published record recounted from its written specification, with no code of those who keep records."""

from .answer import FAILS, HOLDS, PRACTICE, UNMADE, Answer, Check, answer_data, verify
from .findings import ABOUT, SAYS, Failure
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
    "verify",
    "what_else",
]
