"""The certificate as files: the paper and its twin, under their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ballotworthy.casework import Case, twin_bytes, twin_of
from ballotworthy.certificate.paper import certificate_pdf

CERTIFICATE = ("certificate.json", "certificate.pdf")


def certificate_files(case: Case) -> Mapping[str, Callable[[Path], object]]:
    """Give what writes the certificate of a certified case, as JSON and as PDF, by file name.

    Raises:
        Refused: it is not certified.
    """
    made = twin_bytes(twin_of(case)), certificate_pdf(case)
    return {name: written(content) for name, content in zip(CERTIFICATE, made, strict=True)}


def written(content: bytes) -> Callable[[Path], object]:
    """Give what writes some bytes to a path."""
    return lambda path: path.write_bytes(content)
