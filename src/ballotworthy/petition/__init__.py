"""The petition: its lines as filed, and the frame they make."""

from ballotworthy.petition.frame import FrameLine, fingerprint, frame_text, line_ids
from ballotworthy.petition.lines import Petition, read_lines

__all__ = ["FrameLine", "Petition", "fingerprint", "frame_text", "line_ids", "read_lines"]
