"""A published record recounted from its written specification, with no code of those who keep records."""

from .answer import FAILS, HOLDS, UNMADE, Answer, Check, answer_data, verify
from .findings import ABOUT, SAYS, Failure

__all__ = ["ABOUT", "FAILS", "HOLDS", "SAYS", "UNMADE", "Answer", "Check", "Failure", "answer_data", "verify"]
