"""The words by which people say of a line that it does not count, or that nobody can read it: one list for all.

Where they may stand is told where they are looked for: beside a name (`check.signers`), in place of one
(`check.unnamed`), in a cell of a home (`spoiled.py`) and in a column of notes (`marks_unread.py`).
"""

from __future__ import annotations

UNREADABLE_WORD = r"ill?egible|unreadable|(?:in|un)decipherable"
_READ = r"read(?:able)?|decipher(?:ed)?|ma[dk]e\s+out"
UNREADABLE = (
    rf"(?:{UNREADABLE_WORD}|not\s+(?:legible|readable)|\b(?:unable|impossible)\s+to\s+(?:{_READ})\b"
    rf"|\b(?:can\s?not|can.?t|could\s?n.?t|could\s+not)\s+(?:be\s+)?(?:{_READ})\b)"
)
"""What transcribers write in place of what they could not read; one word of them, and all."""
VOID_WORD = (
    r"void(?:ed)?|struck|stricken|deleted?|cancel+ed|with(?:drawn|drew)|rejected|refused|invalid(?:ated)?"
    r"|duplicates?|dupes?|dups|dupl|unregistered|unsigned|ineligible|moved|deceased"
)
"""A word that is said of a line, whatever stands around it; a short "dup" may be a street."""
NOBODYS = (
    r"not\W+(?:an?\W+)?(?:reg\w*|citizen|resident|valid|eligible|here|found|sign\w*|the\b|on\W+(?:the\W+)?\w+)"
    r"|no\W+longer\b.*|no\W+(?:match|signature|sig)\b|(?:does\s+not|doesn.?t)\s+live\b.*"
    r"|out\W+of\W+(?:state|county|town|city|district)"
)
"""What is said of somebody who may not sign."""
VOID = (
    rf"(?:{VOID_WORD}|struck\s+(?:out|off|through|by)\b.*|(?:crossed|scratched|lined|marked)\s+(?:out|off|through)"
    rf"|(?:dup|dupe|duplicate)s?\s+(?:of|with|line|see)\b.*|(?:same\s+as|see)\s+line\s+\d+|line\s+\d+\s+again"
    rf"|moved\s+(?:away|out|to|from|since)\b.*|{NOBODYS}|{UNREADABLE}|(?:wrong|bad|old|former|new)\s+address)"
)
"""All that says so, in words of any number."""
NOTED = (
    rf"(?:{VOID}|forge\w*|fraud\w*|minor|under\W?age|same\s+(?:hand|writing|pen)\w*|(?:does|did)(?:\s+not|n.?t)\s+match|mismatch\w*"
    r"|no\s+good|n/g|bad\s+sig\w*|wrong\s+(?:county|state|city|person|signature|date)|signed\s+(?:for|by)|by\s+proxy"
    r"|x.?d?\s+out|strike\w*|scratch\w*|cross(?:ed)?\s+\w+|disqualif\w*|non-?(?:citizen|resident)|felon|dead|died|purged"
    r"|dups?|anulad[oa]s?|tachad[oa]s?|duplicad[oa]s?|inv[a\u00e1]lid[oa]s?|sin\s+firma|retirad[oa]s?|rechazad[oa]s?|ilegible)"
)
"""What a note beside a line says that a clerk must read before it counts; in Spanish too."""
