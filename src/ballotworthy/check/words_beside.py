"""Lines whose name is their voter's but for a short word before or behind it that nobody knows: for a person.

"Maria Peters MSN" is Maria Peters. "Maria Peters Zhuk" may be so with letters behind her name, or with a new surname.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.match.words_beside import bare_names, bare_texts
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll


def words_beside(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines are read for their best voter without a word that is no title or degree; bool (lines,)."""
    found = np.zeros(len(matches.records), np.bool_)
    if "name" not in petition.frame.columns:
        return found
    typed = True if matches.written is None else ~matches.written
    rows = np.flatnonzero((matches.read[:, 0] >= 0) & (matches.records[:, 0] >= 0) & typed)
    texts = petition.frame["name"].gather(rows)
    which, names = bare_names(texts, roll.frequencies)
    read = matches.line_of(rows[which], np.zeros(len(which), np.int64))["who"]
    same = (read["last"] == names["last"]).all(axis=1) & (read["first"] == names["first"]).all(axis=1)
    unsure = [at for at, bare in zip(*bare_texts(texts, roll.frequencies), strict=True) if not bare.sure]
    found[rows[np.intersect1d(which[same], unsure).astype(np.int64)]] = True
    return found
