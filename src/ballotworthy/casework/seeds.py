"""Seeds and beacons: how a seed is spelled, and a beacon that is named before its value exists.

The rules stand in docs/reference/record.md, "Seeds" and `beacon_named`; a record of version 1 does not hold them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Why
from ballotworthy.errors import InputError
from ballotworthy.record import Event

CHAINS = {
    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": (1_595_431_050, 30),
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": (1_692_803_367, 3),
}
"""The chains of drand's League of Entropy, default and quicknet: when round 1 came, and seconds between rounds."""
HEXADECIMAL = re.compile(r"(?:[0-9a-f]{2}){16,128}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,2}")
PARTS = {"chain": ("chain", "round"), "lottery": ("lottery", "day")}


def spelled(numbers: Sequence[str]) -> str:
    """Give the one spelling of numbers thrown or drawn, in their order: together if all have one digit, else parted."""
    return ("" if all(len(each) == 1 for each in numbers) else " ").join(numbers)


def is_spelled(seed: str, throws: int) -> bool:
    """Tell whether a seed is the spelling of so many numbers."""
    numbers = seed.split(" ") if " " in seed or throws == 1 else list(seed)
    return len(numbers) == throws and all(map(NUMBER.fullmatch, numbers)) and spelled(numbers) == seed


def round_time(beacon: Mapping[str, Any]) -> str:
    """Give when the value of a beacon on a known chain comes, as a record writes times; "" where that is not known."""
    begun, period = CHAINS.get(beacon.get("chain", ""), (0, 0))
    if not period:
        return ""
    seconds = begun + (beacon["round"] - 1) * period
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return "9999-12-31T23:59:59Z"


def fault_of_beacon(event: Event) -> Why:
    """Say why a beacon may not be named so; None if it may."""
    body = event.body
    if set(body) != {"kind", *PARTS[body["kind"]]}:
        return "a beacon is a chain and its round, or a lottery and the day of its draw"
    if body["kind"] == "lottery":
        today = event.at[:10]
        return f"the lottery of {body['day']} has been drawn: by UTC it is {today}" if body["day"] < today else None
    time = round_time(body)
    known = time and time <= event.at
    return f"round {body['round']} of this chain came at {time}: its value exists" if known else None


def fault_of_seed(case: Case, event: Event) -> Why:
    """Say why a seed may not stand so in a record of version 2; None if it may."""
    body, beacon = event.body, case.beacon
    throws = body.get("throws")
    if throws is None and not HEXADECIMAL.fullmatch(body["seed"]):
        return "a seed without a number of throws is 32 to 256 small hexadecimal digits"
    if throws is not None and not is_spelled(body["seed"], throws):
        return f"the seed is not {throws} numbers in their one spelling"
    if body["how"] == "dice":
        if beacon is not None:
            return "a beacon was named for the seed, so that dice would be a choice"
        return "dice have a number of throws" if throws is None else None
    if beacon is None:
        return None
    if (beacon["kind"] == "lottery") != (throws is not None):
        return f"the seed is not written as that of a {beacon['kind']}"
    due = beacon["day"] if beacon["kind"] == "lottery" else round_time(beacon)
    if event.at[: len(due)] >= due:
        return None
    return f"the beacon that was named has its value on {due}, and by UTC it is {event.at[: len(due)].rstrip('Z')}"


def seed_body(case: Case, text: str, how: str, source: str, present: Sequence[str]) -> dict[str, Any]:
    """Give the body of a `seed` event, the seed in its one spelling.

    Args:
        case: whose record says how a seed is spelled.
        text: the numbers in their order, with blanks or commas between, or a run of digits; or hexadecimal digits.
        how: dice or beacon.
        source: which dice, or which output of which beacon.
        present: who was there.

    Raises:
        InputError: they are no numbers, or no hexadecimal digits.
    """
    body = {"seed": text, "how": how, "source": source, "present": list(present)}
    if case.version == 1:
        return body
    parts = text.replace(",", " ").split()
    by_chain = how == "beacon" and (case.beacon["kind"] == "chain" if case.beacon else len(parts) == 1)
    if by_chain:
        value = "".join(parts).lower()
        if not HEXADECIMAL.fullmatch(value):
            raise InputError("the value of a beacon is 32 to 256 hexadecimal digits, two for each byte. Give them all.")
        return {**body, "seed": value}
    numbers = list(parts[0]) if len(parts) == 1 else [part.lstrip("0") or "0" for part in parts]
    if not numbers or not all(map(NUMBER.fullmatch, numbers)):
        raise InputError(
            "a seed is the numbers thrown or drawn, in their order and with blanks between, such as 4 1 6 2. "
            "Give them as they fell."
        )
    return {**body, "seed": spelled(numbers), "throws": len(numbers)}
