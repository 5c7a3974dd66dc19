"""Certificates that an order replaced: each with what undid it and what stands in its place, and its paper, marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ballotworthy.casework import Case, replay
from ballotworthy.certificate.paper import certificate_pdf
from ballotworthy.record import Event, Storage


@dataclass(frozen=True)
class Replaced:
    """A certificate that does not stand any more.

    Attributes:
        event: the `certified` event.
        order, day: by which the case was reopened.
        by: the number of the `certified` event in its place; None while the case is open.
    """

    event: Event
    order: str
    day: str
    by: int | None


def replaced_in(case: Case) -> Sequence[Replaced]:
    """Give the certificates that orders replaced, the first first."""
    standing = case.standing
    last = standing.certified.seq if standing.closed and standing.certified else None
    after = [event.seq for event in case.replaced[1:]] + [last] * bool(case.replaced)
    return [
        Replaced(event, order["order"], order["day"], by)
        for event, order, by in zip(case.replaced, case.reopened, after, strict=True)
    ]


def replaced_pdf(record: Storage, replaced: Replaced) -> bytes:
    """Give the paper of such a certificate, as the record up to it gives it, marked at the head of every page.

    Of a record of a million events this takes half a minute.

    Raises:
        RecordBroken: an event of the record does not hold.
    """
    case = Case()
    replay(case, islice(record.read(), replaced.event.seq))
    return certificate_pdf(case, f"Replaced, and does not stand: reopened by {replaced.order}, {replaced.day}.")
