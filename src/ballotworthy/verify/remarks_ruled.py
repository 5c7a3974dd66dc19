"""Sentences of remarks on the rulings as they stand at the end of a record."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import number
from .frame import DRAWN, Frame
from .rulings import Rulings


def told_of_rulings(lines: Frame, rulings: Rulings, voters: int) -> Iterator[tuple[str, int, str]]:
    """Give remarks on the rulings: number, event (0: that of the frame, or of the last roll), what it says.

    Args:
        lines: the frame, with what is drawn.
        rulings: all rulings.
        voters: how many the rolls named have, by the office's word.
    """
    yield from _of_voters(lines, rulings, voters)
    if rulings.alone:
        says = f"{number(len(rulings.alone), 'disagreement')} ended by somebody who had made one of the two looks."
        if rulings.version > 1:
            corrected = number(len(rulings.alone), "correction")
            says = f"{corrected} after a disagreement by somebody who had made one of the two looks."
        yield "R9", rulings.alone[0], says
    if rulings.retyping:
        alone = rulings.one_sided()
        says = f"The cells of {number(len(rulings.retyped), 'line')} were typed anew"
        says += f", {alone:,} of which nobody looked at who had not typed in them." if alone else "."
        yield "R26", rulings.retyping, says
    if orders := rulings.orders():
        taken, several = number(len(rulings.ordered), "line"), number(len(orders), "order")
        says = f"{taken} taken out by {several} of a court, by the word of the office, first “{orders[0]['order']}”."
        yield "R41", rulings.ordering, says
    if rulings.first and not rulings.second:
        yield "R13", 0, f"No second person looked at any of the {number(len(rulings.first), 'line')} ruled on."


def _of_voters(lines: Frame, rulings: Rulings, voters: int) -> Iterator[tuple[str, int, str]]:
    of: dict[bytes, int] = {}
    twins: list[bytes] = []
    outside = 0
    for at, state in enumerate(lines.state):
        ruling = rulings.of(at) if state & DRAWN else None
        if ruling is None:
            continue
        if ruling.reason == "duplicate":
            twins.append(ruling.voter)
            outside += bool(ruling.repeats) and not lines.state[lines.at.get(ruling.repeats, at)] & DRAWN
        if ruling.voter and ruling.reason in ("", "duplicate"):
            of[ruling.voter] = of.get(ruling.voter, 0) + 1
    unnamed, lonely = twins.count(b""), sum(of.get(voter) == 1 for voter in twins)
    if unnamed:
        yield "R8", 0, f"{number(unnamed, 'line')} refused as a repetition without the voter: nobody can see of what."
    if outside:
        yield "R8", 0, f"{number(outside, 'line')} refused as a repetition of a line not drawn, on which nobody ruled."
    elif lonely:
        yield "R8", 0, f"{number(lonely, 'line')} refused as a repetition of no line of the sample."
    if len(of) > voters:
        yield "R32", 0, f"{number(len(of), 'voter')} found in rolls that have {voters:,} by their own numbers."
