"""Explain a line: why each voter was proposed for it, comparison by comparison, and what the law makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ballotworthy.check import judge
from ballotworthy.errors import InputError
from ballotworthy.files.frames import Frame
from ballotworthy.files.notebook import in_a_frame
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity, were
from ballotworthy.files.whole import whole_file
from ballotworthy.law import Days, Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.match import find, searches
from ballotworthy.match.moved import with_moved
from ballotworthy.match.waterfall import Waterfall, waterfalls
from ballotworthy.petition import line_ids
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.report.explain_page import explain_page, said_of, sides
from ballotworthy.roll import Roll, open_roll

WIDTH = 900


@dataclass(frozen=True)
class Became:
    """What a line became under the law.

    Attributes:
        outcome: `valid`, `invalid` or `unresolved`.
        reason: the ground or the doubt, "" where there is none.
        words: the ground in the words of the law's data, "" where it names none.
        source: where the ground stands, "" where the law names none; `url` its address.
        duplicate_of: the line that it repeats, "" for none.
    """

    outcome: str
    reason: str
    words: str
    source: str
    url: str
    duplicate_of: str

    def __str__(self) -> str:
        """Give what the line became in a sentence: the outcome, the ground and its section, the line it repeats."""
        ground = f", {self.reason}" if self.reason else ""
        words = f": {self.words} ({self.source})" if self.words else ""
        repeats = f"; it repeats line {self.duplicate_of}" if self.duplicate_of else ""
        return f"The check says {self.outcome}{ground}{words}{repeats}."


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
        cells: the line's own fields, then those of each candidate, as the page shows them.
    """

    line: str
    voters: Sequence[str]
    candidates: Sequence[Waterfall]
    searches: str
    beliefs: str
    became: Became | None = None
    cells: Sequence[Mapping[str, Any]] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give it as `explain --json` prints it."""
        told = [
            {"voter_id": voter, "probability": each.chance, "steps": [asdict(step) for step in each.steps]}
            for voter, each in zip(self.voters, self.candidates, strict=True)
        ]
        became = {"became": asdict(self.became)} if self.became else {}
        return {"line": self.line, "candidates": told, "searches": self.searches, "beliefs": self.beliefs, **became}

    def beside(self) -> list[list[dict[str, str]]]:
        """Give line and voter side by side for each candidate: `what`, `line`, `voter`, `said` where they differ."""
        line = self.cells[0] if self.cells else {}
        return [[{**row, "said": said_of(row)} for row in sides(line, cells)] for cells in self.cells[1:]]

    def page(self) -> str:
        """Give a page to read to a judge: line and voters side by side, what each comparison weighs, the ground."""
        line = self.cells[0] if self.cells else {}
        rows = [
            {
                "voter": voter,
                "chance": f"{each.chance:.1%}",
                "sides": sides(line, cells),
                "steps": [
                    {"words": step.words, "weight": f"{step.weight:+.1f}", "total": f"{step.total:+.1f}"}
                    for step in each.steps
                ],
            }
            for voter, each, cells in zip(self.voters, self.candidates, self.cells[1:], strict=True)
        ]
        became = self.became
        ground = {"words": became.words, "cite": became.source, "url": became.url} if became and became.words else None
        said = str(became) if became else f"{were(len(rows), 'candidate')} found." if rows else "No voter was found."
        return explain_page(
            {"line": self.line, "said": said, "ground": ground, "candidates": rows, "searches": self.searches,
             "beliefs": self.beliefs}
        )  # fmt: skip

    def _repr_html_(self) -> str:
        """Give the page in a frame, for a notebook."""
        return in_a_frame(self.page(), "Explanation")

    def write(self, path: str | Path) -> None:
        """Write the page, whole or not at all; it holds what stands on the line and on the roll.

        Raises:
            InputError: the file is not called .html.
            OutputError: it could not be written.
        """
        refuse_other_pages(Path(path))
        with whole_file(Path(path), private=True) as file:
            file.write_text(self.page(), "utf-8")

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
        from ballotworthy.report.waterfall_plot import waterfall_picture  # what draws loads when it is drawn

        with whole_file(Path(path), private=True) as file:
            file.write_bytes(waterfall_picture(self.candidates[0].steps, self.candidates[0].chance, WIDTH))

    def __repr__(self) -> str:
        """Give the line, how many candidates it has, and what it became."""
        became = f", {self.became.outcome} {self.became.reason}".rstrip() if self.became else ""
        return f"Explained(line {self.line}: {quantity(len(self.candidates), 'candidate')}{became})"


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
    matches = find(petition.frame, snapshot, pictures=petition.pictures, progress=progress)
    at = int(places[0])
    candidates = waterfalls(with_moved(matches, snapshot), snapshot, at)
    ids = snapshot.voter_ids
    voters = [str(ids[int(snapshot.owners[each.record])]) for each in candidates]
    became = _became(judge(petition, snapshot, matches, law).row(at, named=True), law) if law else None
    rows = [int(snapshot.owners[each.record]) for each in candidates]
    held = [snapshot.voters.slice(row, 1).collect().to_dicts()[0] for row in rows]
    cells = (petition.frame.row(at, named=True), *held)
    looked = searches(matches.looked[[at]])[0]
    return Explained(line, voters, candidates, looked, matches.beliefs.source, became, cells)


def refuse_other_pages(path: Path) -> None:
    """Refuse a page that is not called .html, before any work.

    Raises:
        InputError: it is not.
    """
    if path.suffix.lower() not in {".html", ".htm"}:
        raise InputError(f"{path} does not end in .html, and what is written there is a page. Name it so.")


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
        row["outcome"], row["reason"] or "", ground.words if ground else "", ground.source.cite if ground else "",
        ground.source.url if ground else "", row["duplicate_of"] or "",
    )  # fmt: skip
