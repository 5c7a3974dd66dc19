"""Contests that are not counted: which answers they have, and which of them may be a question after all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ballotworthy.vote.cards import Mark
from ballotworthy.vote.results import Remark
from ballotworthy.vote.words import Words, folded, one_line

CONTESTS, ANSWERS, LETTERS = 10, 6, 60
"""So many are shown, of each so many answers, of each so many letters."""
IN_PART = "in a part of the files it has just a yes and a no, in another it has other answers and is not counted"
WHOLE = "Write its answers alike in all files, or name two contests apart"
REMEDY = "If a measure says it in other words, give them with --yes and --no"


def none_counted(others: Sequence[str], answers: Mapping[str, Sequence[str]]) -> str:
    """Say that no contest is a question of one yes and one no, which there are, how they are answered, what to do."""
    shown = "; ".join(_answered(name, answers.get(name, ())) for name in others[:CONTESTS])
    shown += "; ..." * (len(others) > CONTESTS)
    return f"no contest of these files has just a yes and a no{f'. There are: {shown}' if shown else ''}. {REMEDY}."


def in_part(counted: Iterable[str], others: Iterable[str]) -> list[str]:
    """Give contests that are a question in some of the files, and in others have answers that are not counted."""
    names = set(map(folded, counted))
    return [name for name in others if folded(name) in names]


def not_counted(answers: Mapping[str, Sequence[str]], counted: Iterable[str], words: Words) -> Iterator[Remark]:
    """Tell of contests that have a yes and a no and are not counted, or that are counted in a part of the files.

    Args:
        answers: of contests that are not counted.
        counted: names of those that are.
        words: which answers are yes and no.
    """
    parts = set(in_part(counted, answers))
    for name, found in answers.items():
        sides = [words.side(each) for each in found]
        more = [each for each, side in zip(found, sides, strict=True) if side is None]
        if name in parts:
            yield Remark("", f"“{name}”: {IN_PART} ({_shown(more or found)})", WHOLE)
        elif {Mark.YES, Mark.NO} <= set(sides):
            what = f"answers stand twice ({_shown(found)})" if len(sides) > 2 else "more than one vote is allowed"
            what = f"it has other answers too ({_shown(more)})" if more else what
            remedy = "Look whether it is a question; where these are two of one name, name them apart in the file"
            yield Remark("", f"“{name}” has a yes and a no, and is not counted: {what}", remedy)


def _answered(name: str, found: Sequence[str]) -> str:
    return f"{name}, answered {_shown(found)}" if found else name


def _shown(found: Sequence[str]) -> str:
    said = [one_line(each)[:LETTERS] for each in found[:ANSWERS]]
    return ", ".join(said) + ", ..." * (len(found) > ANSWERS)
