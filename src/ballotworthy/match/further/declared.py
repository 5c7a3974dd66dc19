"""A comparison as its file declares it, such as phone.toml; all faults of the file at once."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.toml_text import read_toml
from ballotworthy.match.further.model import Further, FurtherLevel
from ballotworthy.match.weigh import FIELDS

__all__ = ["Further", "declared"]

READS = ("text", "digits", "date")
TESTS = ("exact", "edit-distance", "date", "otherwise")
ORDERS = ("month-first", "day-first")
KEYS = ("name", "lines", "roll", "reads", "last", "dates", "household", "level")
LEVEL_KEYS = ("words", "test", "m", "u", "at_most", "within_days")
NEAR = 0.005
"""How far the shares of all levels may miss 1."""


def declared(given: str | PathLike[str] | Mapping[str, Any]) -> Further:
    """Give the comparison that a TOML file declares, or a mapping of the same form.

    Raises:
        InputError: there is no such file.
        FileFaults: what is wrong in it, all at once.
    """
    if isinstance(given, Mapping):
        return _read("the comparison given", given)
    return _read(str(given), read_toml(Path(given), remedy="Write it as in the how-to"))


def _read(name: str, data: Mapping[str, Any]) -> Further:
    faults = [_unknown(key, KEYS) for key in data if key not in KEYS]
    word = _text(data, "name", None, faults)
    if word in FIELDS:
        faults.append(_fault("name", f"{word!r} is compared already", "Give the further column a name of its own"))
    heading = {side: _text(data, side, word, faults) for side in ("lines", "roll")}
    reads = _one_of(data, "reads", READS, "text", faults)
    dates = _one_of(data, "dates", ORDERS, None, faults)
    last, household = data.get("last"), data.get("household", False)
    if last is not None and not (_whole(last) and last > 0 and reads != "date"):
        faults.append(_fault("last", "it is no number of letters or digits", "Write a whole number, such as last = 10"))
    if not isinstance(household, bool):
        faults.append(_fault("household", "it is neither true nor false", "Write household = true, or leave it out"))
    given = data.get("level")
    if not isinstance(given, list) or len(given) < 2 or not all(isinstance(each, Mapping) for each in given):
        faults.append(_fault("level", "there are no two levels", "Write two [[level]] or more, the last otherwise"))
        given = []
    levels = [_level(at, each, reads, faults) for at, each in enumerate(given, 1)]
    if not faults:
        faults += _together(levels)
    if faults:
        raise FileFaults(name, faults)
    return Further(word, heading["lines"], heading["roll"], reads, tuple(levels), last, dates, household)  # type: ignore[arg-type]  # checked above


def _level(at: int, data: Mapping[str, Any], reads: str | None, faults: list[Fault]) -> FurtherLevel:
    where = f"level {at}"
    faults += [_unknown(f"{where}, {key}", LEVEL_KEYS) for key in data if key not in LEVEL_KEYS]
    own: list[Fault] = []
    words = _text(data, "words", None, own)
    test = _one_of(data, "test", TESTS, None, own)
    if test is None:
        own.append(_fault("test", "it is not given", f"Write one of {', '.join(TESTS)}"))
    for share in ("m", "u"):
        if isinstance(data.get(share), bool) or not isinstance(data.get(share), float) or not 0 < data[share] < 1:
            own.append(_fault(share, "it is no share", "Write a number between 0 and 1, such as 0.05"))
    key = {"edit-distance": "at_most", "date": "within_days"}.get(test or "")
    if key and not (_whole(data.get(key)) and 0 <= data[key] <= 100_000):
        own.append(_fault(key, "it is no whole number", f"Write how far apart they may be, such as {key} = 1"))
    own += [
        _fault(other, f"a test {test!r} has none", "Leave it out")
        for other in ("at_most", "within_days")
        if other in data and other != key
    ]
    if (test == "date") != (reads == "date") and test in ("date", "edit-distance"):
        own.append(_fault("test", f"{test!r} does not go with reads = {reads!r}", "Change one of them"))
    faults += [Fault(None, f"{where}, {each.column}", each.what, each.remedy) for each in own]
    if own:
        return FurtherLevel("", "otherwise", 0.5, 0.5)
    return FurtherLevel(words, test, data["m"], data["u"], data[key] if key else 0)  # type: ignore[arg-type]  # checked


def _together(levels: list[FurtherLevel]) -> list[Fault]:
    """Give what is wrong with the levels as a whole: the last is what is left, and shares are of everybody."""
    faults = []
    if [level.test for level in levels].count("otherwise") != 1 or levels[-1].test != "otherwise":
        faults.append(
            _fault("level", "the last level, and it alone, is what is left", 'Write test = "otherwise" there')
        )
    for share in ("m", "u"):
        total = sum(getattr(level, share) for level in levels)
        if abs(total - 1) > NEAR:
            what = f"the shares {share} of all levels add up to {total:g}"
            faults.append(_fault(share, what, "Make them 1: each pair of cells has one level"))
    return faults


def _text(data: Mapping[str, Any], key: str, default: str | None, faults: list[Fault]) -> str:
    text = data.get(key, default)
    if not isinstance(text, str) or not text.strip():
        faults.append(_fault(key, "it is no text" if key in data else "it is not given", f'Write {key} = "..."'))
        return ""
    return text


def _one_of(
    data: Mapping[str, Any], key: str, known: tuple[str, ...], default: str | None, faults: list[Fault]
) -> str | None:
    found = data.get(key, default)
    if found is None or (isinstance(found, str) and found in known):
        return found
    faults.append(_fault(key, f"it is not one of {', '.join(known)}", "Write one of them"))
    return default


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unknown(key: str, known: tuple[str, ...]) -> Fault:
    return _fault(key, "there is no such key", f"Known: {', '.join(known)}")


def _fault(key: str, what: str, remedy: str) -> Fault:
    return Fault(None, key, what, remedy)
