"""The worker as its server starts it: `python -m ballotworthy.office FOLDER NAME`; its input is the line to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ballotworthy.office.settings import Site
from ballotworthy.office.started import join

if __name__ == "__main__":
    join(Site(Path(sys.argv[1]), database=os.environ.get("DATABASE_URL", "")))
    from ballotworthy.office.worker import work  # Django's tables are there only now

    work(sys.argv[2], sys.stdin.buffer)
