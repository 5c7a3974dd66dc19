"""The petition: its lines as filed, and the frame they make."""

from ballotworthy.petition.frame import FrameLine, fingerprint, frame_text, line_ids
from ballotworthy.petition.lines import Petition, read_lines
from ballotworthy.petition.strata import NOT_STATED, estimated_strata, filed_strata, stated_strata

__all__ = [
    "NOT_STATED",
    "FrameLine",
    "Petition",
    "estimated_strata",
    "filed_strata",
    "fingerprint",
    "frame_text",
    "line_ids",
    "read_lines",
    "stated_strata",
]
