"""Law and counts to an estimate and a verdict, each number cited."""

from ballotworthy.sufficiency.answer import assessment_data, assessment_json
from ballotworthy.sufficiency.assess import Assessment, assess, counts_header, pairs_of, sample_size
from ballotworthy.sufficiency.beside import Beside, beside, beside_data, beside_words
from ballotworthy.sufficiency.challenge import Challenge, challenge, challenge_data, challenge_words
from ballotworthy.sufficiency.counts import HEADER, MACHINE, Counts, counts_table, read_counts
from ballotworthy.sufficiency.cure import Cure, cure_of, cure_words, on_its_day
from ballotworthy.sufficiency.decide import BY_USER, Decision, Thresholds, decide, thresholds_of
from ballotworthy.sufficiency.districts import District
from ballotworthy.sufficiency.formulas import FORMULAS
from ballotworthy.sufficiency.judge import judge
from ballotworthy.sufficiency.strike import Struck, read_struck, strike

__all__ = [
    "BY_USER",
    "FORMULAS",
    "HEADER",
    "MACHINE",
    "Assessment",
    "Beside",
    "Challenge",
    "Counts",
    "Cure",
    "Decision",
    "District",
    "Struck",
    "Thresholds",
    "assess",
    "assessment_data",
    "assessment_json",
    "beside",
    "beside_data",
    "beside_words",
    "challenge",
    "challenge_data",
    "challenge_words",
    "counts_header",
    "counts_table",
    "cure_of",
    "cure_words",
    "decide",
    "judge",
    "on_its_day",
    "pairs_of",
    "read_counts",
    "read_struck",
    "sample_size",
    "strike",
    "thresholds_of",
]
