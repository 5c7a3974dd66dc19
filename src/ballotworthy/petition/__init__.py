"""The petition: its lines as filed, and the frame they make."""

from ballotworthy.petition.frame import fingerprint, line_ids
from ballotworthy.petition.lines import Petition, read_lines

__all__ = ["Petition", "fingerprint", "line_ids", "read_lines"]
