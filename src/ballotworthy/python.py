"""What `import ballotworthy` offers: the verbs of the command line as functions, with the same words.

Paths are text or `Path`, days text (YYYY-MM-DD) or `date`, tables a path or a frame of Polars, pandas or Arrow. Every
result is frozen, has `to_dict()` with what the command prints with `--json`, and a short `repr`. Errors are those of
`ballotworthy.errors`. `import ballotworthy` loads nothing of this: a name does, when it is first used.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from ballotworthy.convention import Reading, Switches
from ballotworthy.files.asked_day import as_day
from ballotworthy.files.day_order import Order
from ballotworthy.files.frames import Frame
from ballotworthy.law import Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.roll import Roll
from ballotworthy.roll import open_roll as opened
from ballotworthy.verbs.check import Checked, check_petition
from ballotworthy.verbs.compare import Compared, compare_lines
from ballotworthy.verbs.convention import Counted, count_states
from ballotworthy.verbs.convention_bloc import BlocAsked, find_bloc
from ballotworthy.verbs.convention_ratify import Ratified, count_ratifications
from ballotworthy.verbs.draw import Sample, draw_sample
from ballotworthy.verbs.explain import Explained, explain_line
from ballotworthy.verbs.law_rules import RulesOnDay, look_up_rules
from ballotworthy.verbs.match import Matched, match_lines
from ballotworthy.verbs.measure import Shown, show_measure
from ballotworthy.verbs.project import Projected, project_counts
from ballotworthy.verbs.roll import build_snapshot
from ballotworthy.verbs.score import Scored, score_matches
from ballotworthy.verbs.simulate import Simulated, simulate_petition
from ballotworthy.verbs.support import Answer, Asked, ask_support
from ballotworthy.verbs.verify import Recount
from ballotworthy.verbs.verify import verify_record as recounted
from ballotworthy.verbs.vote_count import CountedVote
from ballotworthy.verbs.vote_count import count_vote as counted_vote
from ballotworthy.verbs.vote_judge import JudgedVote
from ballotworthy.verbs.vote_judge import judge_vote as judged
from ballotworthy.verbs.vote_plan import PlannedAudit
from ballotworthy.verbs.vote_plan import plan_audit as planned
from ballotworthy.vote import Numbers

__all__ = [
    "Answer",
    "BlocAsked",
    "Checked",
    "Compared",
    "Counted",
    "CountedVote",
    "Explained",
    "JudgedVote",
    "Lines",
    "Matched",
    "PlannedAudit",
    "Projected",
    "Ratified",
    "Recount",
    "Roll",
    "Rules",
    "RulesOnDay",
    "Sample",
    "Scored",
    "Shown",
    "Simulated",
    "blocking_bloc",
    "build_roll",
    "check_petition",
    "compare_lines",
    "count_applications",
    "count_vote",
    "draw_sample",
    "explain_line",
    "judge_vote",
    "match_lines",
    "open_roll",
    "plan_audit",
    "project_counts",
    "ratification_of",
    "read_lines",
    "read_measure",
    "rules",
    "rules_in_force",
    "score_matches",
    "simulate_petition",
    "support_of",
    "verify_record",
]


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def build_roll(
    voters: str | Path,
    out: str | Path,
    *,
    place: str | None = None,
    taken_on: str | dt.date | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    statuses: Mapping[str, str] | None = None,
    lenient: bool = False,
    dates: Order | None = None,
) -> Roll:
    """Turn a voter file into a snapshot with an index, whole or not at all, and open it.

    What the command line prints as a warning is a `UserWarning`.

    Args:
        voters: the voter file.
        out: the folder to write, such as x.roll.
        place: whose voter file it is.
        taken_on: the day the file was taken from the register; what its name says, or today with a warning, if absent.
        map: heading by field, such as `{"voter_id": "Reg No"}`.
        statuses: standing by status code, such as `{"P": "pending"}`.
        lenient: treat cells that are no day as empty instead of refusing the file.
        dates: `month-first` or `day-first`; the file decides if absent.

    Raises:
        InputError: the file cannot be opened, or the folder holds something else.
        FileFaults: the file is faulty; all faults are named.
    """
    done = build_snapshot(
        voters, out, today=_today(), place=place, taken_on=taken_on, map=map, statuses=statuses, lenient=lenient,
        dates=dates,
    )  # fmt: skip
    for remark in done.remarks:
        if remark.startswith("Warning: "):
            warnings.warn(remark.removeprefix("Warning: "), UserWarning, stacklevel=2)
    return done.open()


def open_roll(path: str | Path) -> Roll:
    """Open a snapshot that `build_roll` or `ballotworthy roll build` made.

    Raises:
        InputError: it is none, or of another version.
    """
    return opened(Path(path), whole=True)


def read_lines(
    lines: str | Path | Frame,
    *,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    lenient: bool = False,
    dates: Order | None = None,
) -> Lines:
    """Give lines to the other verbs with how their columns are to be read; faults are told here and now.

    Args:
        lines: a file (CSV, Parquet, a spreadsheet), or a frame of Polars, pandas or Arrow.
        map: which column holds a field, by either side: `{"Signature Name": "name"}`.
        lenient: treat cells that are no day as empty instead of refusing them.
        dates: `month-first` or `day-first`; the cells decide if absent.

    Raises:
        InputError: it is neither a path nor a frame.
        FileFaults: no column holds a name, sheet and line repeat, days are none.
    """
    given = lines_of(lines, map=map, lenient=lenient, dates=dates)
    given.read()
    return given


def rules(place: str, *, kind: str, on: str | dt.date) -> Rules:
    """Give the rules of a place for a kind of petition on a day, each with its source, as the other verbs take them.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: a rule without which nothing can be decided is not in force on the day.
    """
    return asked_rules(place, kind, on)


def rules_in_force(place: str, *, on: str | dt.date, kind: str | None = None) -> RulesOnDay:
    """Give the rules of a place on a day as plain data (`to_dict()`), of one kind or of all that are in force.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: the kind asked for is not in force, or none is.
    """
    return look_up_rules(place, as_day(on, "on"), kind)


def verify_record(
    record: str | Path,
    *,
    head: str | Path | None = None,
    key: str | Path | None = None,
    certificate: str | Path | None = None,
    proposals: str | Path | None = None,
) -> Recount:
    """Recount a published record; `holds` says whether every check that was made holds.

    Args:
        record: the file of the record.
        head: a signed head; the file beside the record, if it is there.
        key: the office's public key as it publishes it: the file, or its text of 64 digits.
        certificate: the certificate's JSON.
        proposals: the machine's weights.

    Raises:
        InputError: a file cannot be opened, is no record, or holds no key.
    """
    return recounted(
        Path(record), head=_path(head), key=key, certificate=_path(certificate), proposals=_path(proposals)
    )


def _path(given: str | Path | None) -> Path | None:
    return Path(given) if given else None


def judge_vote(
    rule: str | Sequence[str],
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | None = None,
    **numbers: int | Fraction | None,
) -> JudgedVote:
    """Judge a vote by a rule, such as `judge_vote("yes_of_valid:>1/2", yes=10, no=9)`.

    Numbers are `registered`, `cast`, `yes`, `no`, `blank`, `invalid`, `districts_for`, `districts_against`. With place,
    kind and the day of the vote, say as well what recount law makes of its margin.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or only some of place, kind and day
            are given.
        UnknownName: there is no such place or kind.
    """
    day = as_day(on, "on") if on else None
    return judged(rule, Numbers(**numbers), place=place, kind=kind, on=day)  # type: ignore[arg-type]  # a wrong name or kind is told by name


def plan_audit(
    rule: str | Sequence[str], *, cards: int, risk: float = 0.05, method: str = "alpha", **numbers: int | None
) -> PlannedAudit:
    """Plan the first sample of a risk-limiting audit of a vote; numbers as of `judge_vote`.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or one that is audited is missing.
    """
    return planned(rule, Numbers(**numbers), cards, risk, method)  # type: ignore[arg-type]  # told by name


def count_vote(files: str | Path | Sequence[str | Path], **asked: Any) -> CountedVote:
    """Count files of results; further words as of `ballotworthy vote count`: measure, rule, registered, manifest.

    Raises:
        InputError: a file is of no known format, or there is no measure.
        FileFaults: a file is faulty.
    """
    several = [files] if isinstance(files, str | Path) else files
    for name in ("registered", "manifest"):
        if isinstance(asked.get(name), str):
            asked[name] = Path(asked[name])
    return counted_vote([Path(each) for each in several], **asked)


def support_of(polls: str | Path, *, on: str | dt.date | None = None, **asked: Any) -> Answer:
    """Give what a table of polls says of each kind of question; further words as of `ballotworthy support`.

    Raises:
        InputError: the table cannot be read, or is of several places and none is named.
        FileFaults: what is wrong in the table, all at once.
    """
    day = as_day(on, "on") if on else None
    return ask_support(Path(polls), Asked(asked.pop("today", _today()), on=day, **asked))


def count_applications(subject: str, *, on: str | dt.date, **switches: Any) -> Counted:
    """Count the states that apply for a convention on a subject; switches as of `ballotworthy convention count`.

    Raises:
        UnknownName: no application is on this subject.
    """
    return count_states(subject, as_day(on, "on"), Switches(**switches))


def ratification_of(amendment: str | int, *, on: str | dt.date, **reading: Any) -> Ratified:
    """Count the ratifications of an amendment on a day; the open questions as of `ballotworthy convention ratify`.

    Raises:
        UnknownName: there is no such amendment.
    """
    return count_ratifications(str(amendment), as_day(on, "on"), Reading(**reading))


def blocking_bloc(subject: str, *, on: str | dt.date, **switches: Any) -> BlocAsked:
    """Give how many further states call a convention, how many ratify, and how few can stop it.

    Raises:
        UnknownName: no application is on this subject.
    """
    return find_bloc(subject, as_day(on, "on"), Switches(**switches), today=_today())


def read_measure(path: str | Path, *, on: str | dt.date | None = None) -> Shown:
    """Give what is held of a measure and where it stands at the end of a day, today if none is given.

    Raises:
        InputError: the file, its polls or its petition cannot be read.
        FileFaults: what is wrong in one of them, all at once.
    """
    return show_measure(Path(path), as_day(on, "on") if on else _today(), _today())
