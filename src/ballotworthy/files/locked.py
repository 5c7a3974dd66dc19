"""A lock on an open file, which the system keeps while its holder lives; where it keeps none, that is said."""

from __future__ import annotations

import sys

from ballotworthy.errors import OutputError

if sys.platform != "win32":
    import fcntl


def require_locks() -> None:
    """Make sure that files can be locked here, before one is written that two may write at once.

    Raises:
        OutputError: the system has no such locks.
    """
    if sys.platform == "win32":
        raise OutputError(
            "the record of a case and the log of a check are written under a lock that Windows does not have; nothing "
            "was written. Use Linux, macOS, or the Windows Subsystem for Linux."
        )


def lock(handle: int, *, wait: bool = True) -> None:
    """Lock an open file for this process, until its handle is closed.

    Raises:
        BlockingIOError: another process holds the lock, and nobody is to wait for it.
        OutputError: the system has no such locks.
    """
    require_locks()
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
