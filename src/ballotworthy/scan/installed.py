"""Whether the libraries that read scans are here, and what to do when they are not."""

from __future__ import annotations

from importlib.util import find_spec

from ballotworthy.errors import InputError

NEEDED = ("cv2", "onnxruntime", "rapidocr", "pypdfium2", "zxingcpp", "PIL")


def require_extra() -> None:
    """Refuse to read scans without the extra.

    Raises:
        InputError: a library of the extra `scan` is missing.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"reading scans needs libraries that are not installed ({', '.join(missing)}). "
            'Install them: pip install "ballotworthy[scan]"'
        )
