"""Explain a line: why each voter was proposed for it, comparison by comparison, and what the law makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ballotworthy.check import judge
from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.whole import whole_file
from ballotworthy.law import Days, Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.match import find, searches
from ballotworthy.match.waterfall import Waterfall, waterfalls
from ballotworthy.petition import line_ids
from ballotworthy.petition.given_lines import Frame, Lines, lines_of
from ballotworthy.report.waterfall_plot import waterfall_picture
from ballotworthy.roll import Roll, open_roll

WIDTH = 900


@dataclass(frozen=True)
class Became:
    """What a line became under the law.

    Attributes:
        outcome: `valid`, `invalid` or `unresolved`.
        reason: the ground or the doubt, "" where there is none.
        words: the ground in the words of the law's data, "" where it names none.
        source: where the ground stands, "" where the law names none.
        duplicate_of: the line that it repeats, "" for none.
    """

    outcome: str
    reason: str
    words: str
    source: str
    duplicate_of: str


@dataclass(frozen=True)
class Explained:
    """A line explained.

    Attributes:
        line: its id.
        voters: the ids of the candidates, best first.
        candidates: the steps of each.
        searches: the searches made, in words; "" where none could be.
        beliefs: what the weights rest on, in words.
        became: what the law makes of the line, where place, kind and day were given.
    """

    line: str
    voters: Sequence[str]
    candidates: Sequence[Waterfall]
    searches: str
    beliefs: str
    became: Became | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give it as `explain --json` prints it."""
        told = [
            {"voter_id": voter, "probability": each.chance, "steps": [asdict(step) for step in each.steps]}
            for voter, each in zip(self.voters, self.candidates, strict=True)
        ]
        became = {"became": asdict(self.became)} if self.became else {}
        return {"line": self.line, "candidates": told, "searches": self.searches, "beliefs": self.beliefs, **became}

    def plot(self, path: str | Path) -> None:
        """Draw the best candidate's steps into a PNG file, whole or not at all.

        Raises:
            InputError: the file is called otherwise, cannot be written, or the line has no candidate.
        """
        refuse_other_pictures(Path(path))
        if not self.candidates:
            raise InputError(
                f"line {self.line} has no candidate to draw. The searches made: {self.searches or 'none'}."
            )
        with whole_file(Path(path)) as file:
            file.write_bytes(waterfall_picture(self.candidates[0].steps, self.candidates[0].chance, WIDTH))

    def __repr__(self) -> str:
        """Give the line, how many candidates it has, and what it became."""
        became = f", {self.became.outcome} {self.became.reason}".rstrip() if self.became else ""
        return f"Explained(line {self.line}: {len(self.candidates)} candidates{became})"


def explain_line(
    lines: str | Path | Frame | Lines,
    roll: str | Path | Roll,
    line: str,
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | Days | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    progress: Progress = silent,
) -> Explained:
    """Say why voters were proposed for a line: what agrees, what differs, and what each weighs.

    With place, kind and day, say as well what the check makes of the line, on what ground, and where that stands.

    Raises:
        InputError: there is no such line, or only some of place, kind and day are given.
        FileFaults: the lines are faulty; all faults are named.
    """
    law = asked_rules(place, kind, on) if place or kind or on else None
    petition = lines_of(lines, map=map).read(place=place)
    places = (line_ids(petition.frame) == line).arg_true()
    if not len(places):
        raise InputError(f"there is no line {line}. Write sheet and line with a hyphen, such as 12-3.")
    snapshot = roll if isinstance(roll, Roll) else open_roll(Path(roll), whole=law is not None)
    matches = find(petition.frame, snapshot, progress=progress)
    at = int(places[0])
    candidates = waterfalls(matches, snapshot, at)
    ids = snapshot.voter_ids
    voters = [str(ids[int(snapshot.owners[each.record])]) for each in candidates]
    became = _became(judge(petition, snapshot, matches, law).row(at, named=True), law) if law else None
    return Explained(line, voters, candidates, searches(matches.looked[[at]])[0], matches.beliefs.source, became)


def refuse_other_pictures(path: Path) -> None:
    """Refuse a picture that is not called .png, before any work.

    Raises:
        InputError: it is not.
    """
    if path.suffix.lower() != ".png":
        raise InputError(f"--plot {path} does not end in .png. Name it so.")


def _became(row: Mapping[str, Any], rules: Rules) -> Became:
    ground = rules.reasons.get(row["reason"] or "")
    return Became(
        row["outcome"], row["reason"] or "", ground.words if ground else "", str(ground.source) if ground else "",
        row["duplicate_of"] or "",
    )  # fmt: skip
