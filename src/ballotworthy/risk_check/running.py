"""A running check: its log folded to what was handed out and ruled, and what may be added to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from ballotworthy.errors import InputError
from ballotworthy.risk_check.committed import CHANGED, check_sources
from ballotworthy.risk_check.log import LOG, add, held, read_log
from ballotworthy.risk_check.rulings import Ruling
from ballotworthy.risk_check.terms import Terms
from ballotworthy.stats.draw import draw
from ballotworthy.stats.risk.sides import Question

ORDER = "order.jsonl"


class Drawn(NamedTuple):
    """A line that was drawn: the machine's weight, None without a machine, and the lines it links to the signer."""

    line: str
    weight: float | None
    links: tuple[str, ...]


@dataclass(frozen=True)
class Running:
    """A check as far as it has come.

    Attributes:
        folder: where it lives.
        start: the first event of its log.
        terms: what is asked.
        question: the same for the statistics.
        commitment: digest of the first line of the log, published before the seed.
        last: digest of its last line.
        seed: the public seed, None until it is given.
        order: digest of the lines in the order drawn, None until then.
        drawn: the lines handed out, in the seed's order.
        rulings: what was ruled of them, by id.
        again: the lines handed out to be read again by somebody else.
        rereads: what was ruled of those.
    """

    folder: Path
    start: dict[str, Any]
    terms: Terms
    question: Question
    commitment: str
    last: str
    seed: str | None
    order: str | None
    drawn: tuple[Drawn, ...]
    rulings: dict[str, Ruling]
    again: tuple[str, ...]
    rereads: dict[str, Ruling]


def open_check(folder: Path) -> Running:
    """Read a check from its log.

    Raises:
        InputError: no check has begun there, or the log was changed.
    """
    events, first, last = read_log(folder)
    try:
        return _folded(folder, events, first, last)
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # no digest follows on the last line
        raise InputError(f"{folder / LOG} holds what no check writes. {CHANGED}") from error


def _folded(folder: Path, events: Sequence[dict[str, Any]], first: str, last: str) -> Running:
    start = events[0]
    terms = Terms(**start["terms"])
    proposals = start["proposals"]
    question = Question(
        lines=start["lines"],
        required=terms.required,
        machine=proposals["total"] if proposals else None,
        guess=terms.guess,
        allowance=terms.allowance * terms.lost + terms.misread,
        phantoms=terms.phantoms,
    )
    seed, order = None, None
    drawn: list[Drawn] = []
    again: list[str] = []
    rulings: dict[str, Ruling] = {}
    rereads: dict[str, Ruling] = {}
    for event in events[1:]:
        match event["event"]:
            case "seed":
                seed, order = event["seed"], event["order"]
            case "next":
                drawn += [Drawn(line, weight, tuple(links)) for line, weight, links in event["lines"]]
            case "tell":
                rulings.update((row[0], Ruling(*row)) for row in event["rulings"])
            case "again":
                again += event["lines"]
            case "reread":
                rereads.update((row[0], Ruling(*row)) for row in event["rulings"])
    return Running(
        folder, start, terms, question, first, last, seed, order, tuple(drawn), rulings, tuple(again), rereads
    )


def hand_out(folder: Path, number: int) -> list[Drawn]:
    """Give the next lines to look at: those handed out and not yet ruled, then further ones of the seed's order.

    Raises:
        InputError: the seed is not given yet, or what was committed has changed.
    """
    with held(folder):
        running = seeded(folder)
        waiting = [each for each in running.drawn if each.line not in running.rulings]
        wanted = number - len(waiting)
        if wanted > 0:
            check_sources(folder, running.start)
            further = _further(running, wanted)
            if further:
                add(folder, {"event": "next", "lines": further}, running.last)
                waiting += [Drawn(line, weight, tuple(links)) for line, weight, links in further]
        return waiting[:number]


def _further(running: Running, number: int) -> list[list[Any]]:
    """Read lines of the seed's order that were not handed out yet, after making sure that it is unchanged."""
    try:
        data = (running.folder / ORDER).read_bytes()
    except OSError as error:
        raise InputError(f"{running.folder / ORDER} cannot be opened: {error.strerror}. {CHANGED}") from error
    if sha256(data).hexdigest() != running.order:
        raise InputError(f"the order of the lines in {running.folder} has changed since the seed. {CHANGED}")
    first = len(running.drawn)
    rows = data.split(b"\n")[first : first + number]
    return [json.loads(row.decode(errors="surrogateescape")) for row in rows if row]


def tell(folder: Path, rulings: Sequence[Ruling]) -> Running:
    """Add rulings, all of them or none.

    Raises:
        InputError: a line was not drawn or was ruled before, or the machine links other lines and nothing is
            said of them.
    """
    with held(folder):
        running = seeded(folder)
        drawn = {each.line: each for each in running.drawn}
        rulings = _as_known(rulings, drawn)
        wrong = [_objection(each, drawn, running) for each in rulings]
        wrong += [f"line {line} stands in the rulings more than once" for line in _repeated(rulings)]
        _refuse(wrong)
        last = _added(running, "tell", rulings)
        return replace(running, last=last, rulings={**running.rulings, **_by_line(rulings)})


def _objection(ruling: Ruling, drawn: dict[str, Drawn], running: Running) -> str:
    line = ruling.line
    if line not in drawn:
        return (
            f"line {line} was not drawn: the seed did not choose it, or `risk next` has not handed it out yet. "
            "A line that somebody chose proves nothing"
        )
    if line in running.rulings:
        told = running.rulings[line].ruling
        if told == ruling.ruling:
            return f"line {line} was told before, as {told}; it is counted once and need not be told again"
        return (
            f"line {line} was told before, as {told}; a ruling is not changed once the risk has been computed with it. "
            "If somebody read it again without knowing that, record it with --reread"
        )
    links = drawn[line].links
    if ruling.ruling == "valid" and ruling.links is None and links:
        shown = ", ".join(links[:5]) + (", ..." if len(links) > 5 else "")
        return (
            f"line {line}: the machine links it to {shown}; look at them and say with --links how many are valid lines "
            "of this signer (0 if none is)"
        )
    if (ruling.links or 0) >= running.question.lines:
        return f"line {line}: {ruling.links} further lines are more than the petition has; correct --links"
    return ""


def reread(folder: Path, number: int) -> list[str]:
    """Give lines that were ruled, to be read again by somebody who does not know the ruling, in the seed's order.

    Raises:
        InputError: the seed is not given yet.
    """
    with held(folder):
        running = seeded(folder)
        waiting = [line for line in running.again if line not in running.rereads]
        if number > len(waiting):
            ruled = [line for line, ruling in running.rulings.items() if ruling.ruling != "missing"]
            left = [line for line in ruled if line not in set(running.again)]
            further = draw(f"{running.seed} again", left, min(number - len(waiting), len(left)))
            if further:
                add(folder, {"event": "again", "lines": further}, running.last)
                waiting += further
        return waiting[:number]


def tell_reread(folder: Path, rulings: Sequence[Ruling]) -> Running:
    """Add rulings of a blind second reading, all of them or none; they change no ruling and give error rates.

    Raises:
        InputError: a line was not handed out to be read again, or was read again before.
    """
    with held(folder):
        running = seeded(folder)
        handed = set(running.again)
        rulings = _as_known(rulings, handed)
        wrong = [
            f"line {each.line} was not handed out to be read again; get lines with `risk next --reread`"
            if each.line not in handed
            else f"line {each.line} was read again before; once is enough"
            if each.line in running.rereads
            else ""
            for each in rulings
        ]
        wrong += [f"line {line} stands in the rulings more than once" for line in _repeated(rulings)]
        _refuse(wrong)
        last = _added(running, "reread", rulings)
        return replace(running, last=last, rereads={**running.rereads, **_by_line(rulings)})


def _added(running: Running, event: str, rulings: Sequence[Ruling]) -> str:
    rows = [[each.line, each.ruling, each.links or 0] for each in rulings]
    return add(running.folder, {"event": event, "rulings": rows}, running.last) if rows else running.last


def _as_known(rulings: Sequence[Ruling], lines: Collection[str]) -> list[Ruling]:
    """Give the rulings of lines as they are known, however a table writes their numbers."""
    if all(each.line in lines for each in rulings):
        return list(rulings)
    from ballotworthy.petition.numbered import as_known  # what reads tables loads where a line is written otherwise

    known = as_known((each.line for each in rulings), lines)
    return [each._replace(line=known.get(each.line, each.line)) for each in rulings]


def _by_line(rulings: Sequence[Ruling]) -> dict[str, Ruling]:
    return {each.line: Ruling(each.line, each.ruling, each.links or 0) for each in rulings}


def seeded(folder: Path) -> Running:
    """Give a check that has its seed.

    Raises:
        InputError: it has none yet.
    """
    running = open_check(folder)
    if running.seed is None:
        raise InputError(
            "the seed is not given yet. Publish the commitment, draw the seed in public, and give it with `risk seed`."
        )
    return running


def _repeated(rulings: Iterable[Ruling]) -> list[str]:
    lines = [each.line for each in rulings]
    return sorted({line for line in lines if lines.count(line) > 1}) if len(set(lines)) < len(lines) else []


def _refuse(wrong: Iterable[str]) -> None:
    found = [each for each in wrong if each]
    if len(found) == 1:
        raise InputError(f"{found[0]}.")
    if found:
        more = [f"... and {len(found) - 20:,} more"] if len(found) > 20 else []
        raise InputError("nothing was recorded:\n  " + "\n  ".join(f"{each}." for each in [*found[:20], *more]))
