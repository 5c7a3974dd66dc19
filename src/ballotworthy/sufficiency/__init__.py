"""Law and counts to an estimate and a verdict, each number cited."""

from ballotworthy.sufficiency.answer import assessment_data, assessment_json
from ballotworthy.sufficiency.assess import Assessment, assess, sample_size
from ballotworthy.sufficiency.counts import HEADER, Counts, read_counts
from ballotworthy.sufficiency.decide import BY_USER, Decision, Thresholds, decide, thresholds_of

__all__ = [
    "BY_USER",
    "HEADER",
    "Assessment",
    "Counts",
    "Decision",
    "Thresholds",
    "assess",
    "assessment_data",
    "assessment_json",
    "decide",
    "read_counts",
    "sample_size",
    "thresholds_of",
]
