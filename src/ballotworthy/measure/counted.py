"""The numbers of a counted vote, and of signatures that somebody published, as a measure's file gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.measure.keys import PUBLISHED, VERDICTS
from ballotworthy.vote import Numbers
from ballotworthy.vote.numbers import DISTRICTS, checked

COMPARE = "Compare the numbers with the source"
KNOWN = tuple(field.name for field in fields(Numbers))


def numbers_of(given: Mapping[str, Any]) -> Numbers:
    """Give the numbers; votes are whole, districts may be halves.

    Raises:
        InputError: a number is none, a key is not known, or the numbers cannot be true together.
    """
    strange = sorted(set(given) - set(KNOWN))
    if strange:
        raise InputError(f"{', '.join(strange)} is no number of a vote; write {', '.join(KNOWN)}")
    votes: dict[str, int] = {}
    districts: dict[str, Fraction] = {}
    for name, value in given.items():
        if name in DISTRICTS and isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                districts[name] = Fraction(str(value))
            except (ValueError, ZeroDivisionError) as error:
                raise InputError(f"{name} is no number; write 12 or 12.5") from error
        elif name not in DISTRICTS and isinstance(value, int) and not isinstance(value, bool):
            votes[name] = value
        else:
            raise InputError(f"{name} is no whole number; write 1234, without commas or quotes")
    return checked(
        Numbers(
            votes.get("registered"), votes.get("cast"), votes.get("yes"), votes.get("no"), votes.get("blank"),
            votes.get("invalid"), districts.get("districts_for"), districts.get("districts_against"),
            districts.get("districts_tied"),
        )
    )  # fmt: skip


def published_faults(given: Mapping[str, Any], required: object) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with published numbers of signatures, each with its remedy.

    Args:
        given: the table.
        required: the fact that says how many are required, as the file has it.
    """
    for name in sorted(set(given) - PUBLISHED):
        yield f"{name} is not known here", f"Published numbers have {', '.join(sorted(PUBLISHED))}"
    for name in ("valid", "filed"):
        number = given.get(name, 0)
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            yield f"{name} is no number of signatures", "Write 1234, without commas or quotes"
    valid, filed = given.get("valid"), given.get("filed")
    if isinstance(valid, int) and isinstance(filed, int) and valid > filed:
        yield f"{valid:,} valid signatures are more than the {filed:,} filed", COMPARE
    verdict = given.get("verdict")
    if verdict and verdict not in VERDICTS:
        yield f"{str(verdict)[:40]!r} is no verdict", f"Write one of {', '.join(VERDICTS)}"
    need = required.get("is") if isinstance(required, Mapping) else None
    if verdict == "sufficient" and isinstance(valid, int) and isinstance(need, int) and valid < need:
        yield f"it is sufficient with {valid:,} valid signatures, and {need:,} are required", COMPARE
