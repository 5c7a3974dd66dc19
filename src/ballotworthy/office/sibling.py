"""A sibling as the server starts it: `python -m ballotworthy.office.sibling PORT`, told the rest on its input."""

from __future__ import annotations

import socket
import sys

from ballotworthy.office.siblings import end_with, heard
from ballotworthy.office.started import join

if __name__ == "__main__":
    site = heard(sys.stdin.buffer.readline())
    end_with(sys.stdin.buffer)
    join(site)
    from ballotworthy.office.benches import forget_purged, warm  # Django's tables are there only now
    from ballotworthy.office.rooms import tend
    from ballotworthy.office.serve import load, taking

    load()
    server = taking(socket.socket(fileno=int(sys.argv[1])), behind_tls=site.behind_proxy)
    warm()
    tend(forget_purged)
    server.run()
