"""Count a vote: files of results in whatever format, counted, reconciled, and judged by the measure's own rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.quantities import quantity
from ballotworthy.vote import Judgement, Numbers, judge_vote, judgement_data
from ballotworthy.vote.canvass import KEYS, Canvass, Count, canvass_of
from ballotworthy.vote.formats import format_of, read_results
from ballotworthy.vote.formats.bundle import sha256
from ballotworthy.vote.manifest import read_manifest
from ballotworthy.vote.not_counted import IN_PART, WHOLE, in_part, none_counted, not_counted
from ballotworthy.vote.reconcile import Phantoms, against_manifest, against_register, within
from ballotworthy.vote.register import read_register, with_counties
from ballotworthy.vote.results import Remark
from ballotworthy.vote.together import together
from ballotworthy.vote.words import named_so, words_with


@dataclass(frozen=True)
class Source:
    """One file that was counted: as given, its SHA-256 and its format."""

    file: str
    sha256: str
    format: str


@dataclass(frozen=True)
class CountedVote:
    """A count.

    Attributes:
        sources: the files.
        canvass: totals and tables.
        phantoms: cards by manifest and records, None without a manifest or records.
        mismatches: all that does not fit, with its place.
        judgement: of the one measure, None without a rule.
    """

    sources: tuple[Source, ...]
    canvass: Canvass
    phantoms: Phantoms | None
    mismatches: tuple[Remark, ...]
    judgement: Judgement | None

    def __repr__(self) -> str:
        """Give how many ballots and measures were counted, and of how many files."""
        counts = self.canvass
        ballots = "ballots not told" if counts.ballots is None else quantity(counts.ballots, "ballot")
        measures, files = quantity(len(counts.totals), "measure"), quantity(len(self.sources), "file")
        return f"CountedVote({ballots}, {measures}, {files})"

    def to_dict(self, *, tables: bool = True) -> dict[str, Any]:
        """Give the count as `vote count --json` prints it; its tables may be left out, where they are beside it."""
        counts = self.canvass
        return {
            "sources": [asdict(each) for each in self.sources],
            "cards": counts.cards,
            "ballots": counts.ballots,
            "measures": [self._measure(name, count, tables=tables) for name, count in counts.totals.items()],
            "manifest": None if self.phantoms is None else {
                **asdict(self.phantoms), "population": self.phantoms.population,
            },
            "mismatches": [asdict(each) for each in self.mismatches],
            "not_counted": list(counts.others),
            "judgement": None if self.judgement is None else judgement_data(self.judgement),
        }  # fmt: skip

    def _measure(self, name: str, count: Count, *, tables: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"name": name, **asdict(count), "turnout": count.turnout}
        for key in KEYS if tables else ():
            table: pl.DataFrame = getattr(self.canvass, key)
            found[key] = table.filter(pl.col("measure") == name).drop("measure").to_dicts()
        return found


def count_vote(
    files: Sequence[Path], *, measure: str | None = None, rule: str | None = None, registered: int | Path | None = None,
    cast: int | None = None, manifest: Path | None = None, yes: str | None = None, no: str | None = None,
) -> CountedVote:  # fmt: skip
    """Count files of results, and reconcile them with the manifest and the register.

    Args:
        files: of one or several of the formats in `vote.formats`; folders and zips where a format has them.
        measure: count only this one: its name, or a part that only it has.
        rule: judge it by this rule; needed is that one measure is left.
        registered: people on the register, as a number for all, or as a table by precinct.
        cast: ballots cast in the measure's area, where the files do not tell or tell wrongly.
        manifest: cards by batch, to compare records with.
        yes, no: a further word for yes and for no.

    Raises:
        InputError: a file is not there or of no known format, counts are mixed, there is no measure, or several where
            one is needed.
        FileFaults: a file is faulty.
        UnknownName: there is no such measure.
    """
    if not files:
        raise InputError("name at least one file of results.")
    piles = read_manifest(manifest) if manifest else None
    voters = read_register(registered) if isinstance(registered, Path) else None
    formats = {path: format_of(path) for path in _once(files)}
    words = words_with(yes, no)
    results = together(read_results(files, words, formats))
    if voters is not None:
        voters = with_counties(voters, results.units)
    counted = canvass_of(results, voters)
    if not counted.totals:
        raise InputError(none_counted(counted.others, results.answers))
    told = tuple(not_counted(results.answers, counted.totals, words))
    if measure is not None:
        counted = _only(counted, _named(measure, counted.totals))
    number = registered if isinstance(registered, int) else None
    if (rule is not None or cast is not None or number is not None) and len(counted.totals) > 1:
        raise InputError(
            f"{len(counted.totals)} measures are in these files, and a rule or a number is of one of them. "
            f"Name it with --measure: {'; '.join(list(counted.totals)[:20])}."
        )
    counted = _with_numbers(counted, cast, number)
    if rule is not None and (parts := in_part(counted.totals, counted.others)):
        raise InputError(f"“{parts[0]}” cannot be judged: {IN_PART}. {WHOLE}.")
    mismatches, phantoms = [*counted.remarks, *told, *within(counted)], None
    if piles is not None:
        if results.cards is None:
            raise InputError("a manifest is compared with cast-vote records, and these files hold totals only.")
        phantoms, more = against_manifest(results.cards, piles)
        mismatches += more
    if voters is not None and isinstance(registered, Path):
        mismatches += against_register(counted, voters, registered.name)
    if counted.cards is not None and not results.says_ballots:
        what = "the records do not tell which cards are of one ballot: each is counted as one"
        mismatches.append(Remark("", what, "Where a ballot has several cards, give the ballots cast with --cast"))
    judgement = _judged(rule, counted, mismatches) if rule is not None else None
    sources = tuple(Source(str(path), sha256(path), formats[path].name) for path in files)
    return CountedVote(sources, counted, phantoms, tuple(dict.fromkeys(mismatches)), judgement)


def _with_numbers(canvass: Canvass, cast: int | None, registered: int | None) -> Canvass:
    """Give the count of the one measure with the numbers that the user gave for it."""
    given = {name: number for name, number in (("cast", cast), ("registered", registered)) if number is not None}
    if not given:
        return canvass
    ((name, count),) = canvass.totals.items()
    return replace(canvass, totals={name: replace(count, **given)})


def _once(files: Sequence[Path]) -> Sequence[Path]:
    seen: dict[Path, Path] = {}
    for path in files:
        if path.resolve() in seen:
            raise InputError(f"{path} was named twice. Name each file once.")
        seen[path.resolve()] = path
    return files


def _named(measure: str, names: Mapping[str, Count]) -> str:
    found = named_so(measure, names)
    if len(found) > 1:
        raise InputError(
            f"“{measure}” is in the names of {len(found)} measures: {'; '.join(found[:10])}. Write it out."
        )
    if not found:
        raise UnknownName("measure", measure, list(names)[:20])
    return found[0]


def _only(canvass: Canvass, name: str) -> Canvass:
    tables = {key: getattr(canvass, key).filter(pl.col("measure") == name) for key in KEYS}
    others = [each for each in canvass.totals if each != name]
    remarks = tuple(
        each for each in canvass.remarks
        if f"“{name}”" in each.what or not any(f"“{other}”" in each.what for other in others)
    )  # fmt: skip
    return replace(canvass, totals={name: canvass.totals[name]}, remarks=remarks, **tables)


def _judged(rule: str, canvass: Canvass, mismatches: list[Remark]) -> Judgement:
    """Judge by what is known; numbers that cannot be true together are left out, and so leave the outcome open."""
    ((_, count),) = canvass.totals.items()
    numbers = Numbers(count.registered, count.cast, count.yes, count.no, count.blank, count.invalid)
    try:
        return judge_vote(rule, numbers)
    except InputError as error:
        told = str(error)
        if "cannot be true together" not in told:
            raise
        mismatches.append(
            Remark("in all", told.partition(". ")[0], "Until they are put right yes and no alone are judged")
        )
        return judge_vote(rule, Numbers(yes=count.yes, no=count.no))
