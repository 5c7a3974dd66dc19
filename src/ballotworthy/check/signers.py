"""Who a line says has signed: one voter, or two people, or somebody for another, or a wife by her husband's name.

A line that names two people or an agent is for a person to decide: no rule of matching can tell whose hand it was, and
most laws let nobody sign for another. So is a line whose title or suffix contradicts the only voter who fits.
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from ballotworthy.match import Matches
from ballotworthy.match.comparisons.suffix import contradict
from ballotworthy.petition.void_words import NOBODYS, UNREADABLE_WORD, VOID_WORD
from ballotworthy.roll import Roll
from ballotworthy.roll.given_names import share_of_women
from ballotworthy.roll.plain import DEGREES, SUFFIXES, TITLES, plain

NAMES = ("name", "first_name", "middle_name", "last_name", "suffix")
FOR_A_PERSON = 0.50
"""Probability that a line which names two people or an agent counts, where its voter does; a judgement."""
CONTRADICTED = 0.10
"""Probability that a line is a voter's all the same whose suffix or title it contradicts; a judgement."""
MOSTLY = 0.9
"""Share of a first name's bearers who are of one sex, from which a title for the other contradicts it."""

ALIAS = re.compile(r"\b(?:[afn]\s*/?\s*k\s*/?\s*a|n[eé]e|formerly|born)\b", re.IGNORECASE)
AGENT = re.compile(
    r"""\b(?:by|for)\b | ^\W*\w+\W+\w+.*\b(?:per|via|obo|p\.?\s?p\.?)\W+\w
    | \bc\s*/\s*o\b | \bcare\s+of\b | \bo\s*/\s*b\s*/\s*o\b | \bon\s+behalf\b
    | \bp\s*/?\s*o\s*/?\s*a\b | \bp\.\s*o\.\s*a\b | \bpower\s+of\s+att | \batt(?:orne)?y\b | \ba\.?i\.?f\b
    | \b(?:proxy|agent|guardian|gdn|conservator|trustee|ttee|executor|executrix|administrator|caregiver)\b
    | \bestate\s+of\b | \bthe\s+late\b | \bdec'?d\b | \bdeceased\b
    | \w\W+wit(?:ness(?:ed)?|n)\b | \bwit(?:ness)?[.:]\s*\w | \bsigned\b | \bassist(?:ed|ance|ant)?\b
    | \b(?:his|her|their)\W+(?:x\W+)?mark\b | \bx\W+mark\b | \bmark\s+of\b | \(\s*x\s*\)
    | ['\u2019]s\W+(?:wife|husband|mother|father|son|daughter|sister|brother|spouse|parent|mom|dad)\b
    | \b(?:his|her)\s+(?:wife|husband|mother|father|son|daughter|sister|brother|spouse)\b
    | \b(?:wife|husband|widow|widower|mother|father|son|daughter|parent|sister|brother|spouse)\s+of\b
    | \w\W+(?:wife|spouse)\b | ^\W*\w+\W+\w+\b.*\Whusband\b
    | \(\s*(?:husband|mother|father|son|daughter|sister|brother|parent|mom|dad|niece|nephew)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
TWO = re.compile(
    r"""[&+] | \w\W+and\W+\w | \bet\W+(?:ux|uxor|vir|al)\b
    | ^\W*\w+\W+(?:or|et|und)\W+\w+\W+\w
    | \bmr\b\W*mrs\b | \bmrs\b\W*mr\b | \b(?:messrs|mmes)\b | \bfamily\W*$
    | ^\W*\w+\s*/\s*\w+\W+\w""",
    re.IGNORECASE | re.VERBOSE,
)
BESIDE = (
    r"non-?(?:citizen|resident)|dups?|strike|scratched|crossed|ditto|signature|sig|printed|above|below|error|mistake"
    r"|visitor|felon|tourist|estate|trust|heirs|llc|inc|incorporated|corp|corporation|ltd|foundation|association|assn"
    r"|forged|forgery|circulator|unclear"
)
"""Words that are remarks beside a name alone."""
REMARK = re.compile(
    rf"""[,(;/-]\W*(?:a\s+)?minor\b | \ba\s+minor\b | \bunder\W?age\b
    | \bage[d:]?\s*\d | \b\d+\s*(?:yrs?|years?|y\.?\s?o)\b
    | \b(?:{NOBODYS})
    | (?:[,(;/-]\W*|^\W*\w+\W+\w+\b.*\b)(?:{VOID_WORD}|{UNREADABLE_WORD}|{BESIDE})\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What people write beside a name; "Ann Minor", "Minor, Ann" and "Ann Void" are names."""
SHORT_AND = re.compile(r"^\W*\w+ (?:y|u\.) \w+\W+\w")
"""Spanish "Juan y Maria Lopez", German "Hans u. Maria Lang", but not "Ortega y Gasset", nor the initials Y and U."""
BETWEEN = re.compile(r"[;/\n()]|\s-\s")
"""What stands between two whole names."""
ODD = (
    r"(?i)[&+;/\n()]|\s-\s|\S\s+\S.*,\s*\S+\s+\S|\b(?:and|by|for|per|via|obo|pp|or|et|und|y|of|poa|aif|mrs?|ms|miss|sra|srta|mme|"
    r"messrs|mmes|family|proxy|agent|guardian|gdn|conservator|trustee|ttee|executor|executrix|administrator|caregiver|att\w*y|"
    rf"minor|under\W?age|aged?|not?|non|doesn.?t|out|{VOID_WORD}|{UNREADABLE_WORD}|{BESIDE}|"
    r"power|behalf|late|dec'?d|wit\w*|signed|assist\w*|mark|wife|spouse|husband|his|her)\b|['\u2019]s\b|\d|"
    r"\bu\.|\bp\.\s?[op]\.|\ba\.\s?i\.\s?f"
)
"""What any name has that `names_more` or `title_of` looks at closely; nearly all names have nothing of it."""
WIFE, HER, HIS = "MRS", "MS", "MR"
OF_TITLE = {"MRS": WIFE, "SRA": WIFE, "MME": WIFE, "MS": HER, "MISS": HER, "SRTA": HER, "MR": HIS}


def names_more(text: str) -> str:
    """Give `two-signers`, `for-another` or `remark` for a name that says so, else "".

    Names joined by a hyphen, a second surname, or a former name ("née Kerr") are one person's.
    """
    text = text.strip()
    if AGENT.search(text):
        return "for-another"
    if TWO.search(text) or SHORT_AND.search(text):
        return "two-signers"
    if REMARK.search(text):
        return "remark"
    if ALIAS.search(text):
        return ""
    return "two-signers" if _whole_names(text) else ""


def _whole_names(text: str) -> bool:
    """Tell whether two names stand in the text, each with a first and a last: "Ann Kerr (Bob Kerr)"."""
    parts = [words for part in BETWEEN.split(text) if len(words := _name_words(part)) > 1]
    if len(parts) > 1:
        return True
    before, _, behind = text.partition(",")
    one, two = _name_words(before), _name_words(behind)
    return len(one) > 1 and len(two) > 1 and one[-1] == two[-1]


def _name_words(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in TITLES | DEGREES | SUFFIXES.keys()]


def title_of(text: str) -> str:
    """Give MRS, MS or MR for the title in a name, or ""."""
    return next((OF_TITLE[word] for word in plain(text).split() if word in OF_TITLE), "")


def line_marks(frame: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give what each line's name says beside a name: that of `names_more`, and that of `title_of`; texts (lines,)."""
    more, titles = np.full(frame.height, "", dtype="U11"), np.full(frame.height, "", dtype="U3")
    written = [name for name in NAMES if name in frame.columns]
    texts = frame.select(pl.concat_str(written, separator=" ", ignore_nulls=True)).to_series()
    odd = texts.str.contains(ODD).fill_null(value=False).arg_true().to_numpy()
    for at, text in zip(odd, texts.gather(odd), strict=True):
        more[at], titles[at] = names_more(text), title_of(text)
    return more, titles


def contradictions(matches: Matches, roll: Roll, titles: np.ndarray) -> np.ndarray:
    """Give `suffix-differs` or `title-differs` for each candidate whom a line contradicts, else ""; (lines, RANKS)."""
    found = np.full(matches.records.shape, "", dtype="U14")
    suffix = matches.lines["who"]["suffix"]
    rows = np.flatnonzero((suffix > 0) | (titles != ""))
    there = matches.records[rows] >= 0
    voters = roll.records[np.maximum(matches.records[rows], 0)]
    told = [
        [_other_sex(title, bytes(first).rstrip(b"\0").decode("ascii")) for first in firsts]
        for title, firsts in zip(titles[rows], voters["first"], strict=True)
    ]
    other = np.array(told, np.bool_).reshape(there.shape)
    differs = contradict(suffix[rows, None], voters["suffix"])
    found[rows] = np.where(there & differs, "suffix-differs", np.where(there & other, "title-differs", ""))
    return found


def _other_sex(title: str, first: str) -> bool:
    """Tell whether a title does not go with a first name; no title goes with all.

    "Mrs." stands before a husband's name as well as before her own, so it asks for a name known to be a woman's.
    """
    women = share_of_women(first) if title else None
    if title == WIFE:
        return women is None or women < 1 / 2
    return women is not None and (women > MOSTLY if title == HIS else women < 1 - MOSTLY)
