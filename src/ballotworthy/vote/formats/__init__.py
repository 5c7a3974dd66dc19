"""Readers of results, one file a format, behind one door: files in, `Results` out, whatever they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import InputError
from ballotworthy.vote.formats import (
    clear_ballot,
    dominion_csv,
    dominion_json,
    ess,
    hart,
    hart_halves,
    nist_cvr,
    nist_results,
    openelections,
)
from ballotworthy.vote.formats.bundle import members
from ballotworthy.vote.results import Results
from ballotworthy.vote.words import WORDS, Words

HEAD = 1 << 16


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: by which it is told.
        words: what it is.
        knows: says whether the first 64 KiB of a file are of it.
        read: reads the files and folders that were found to be of it, together.
    """

    name: str
    words: str
    knows: Callable[[bytes], bool]
    read: Callable[[Sequence[Path], Words], list[Results]]


def _each(read: Callable[[Path, Words], Results]) -> Callable[[Sequence[Path], Words], list[Results]]:
    return lambda paths, words: [read(path, words) for path in paths]


FORMATS = (
    Format(nist_cvr.NAME, "NIST Cast Vote Records 1.0, JSON or XML", nist_cvr.knows, _each(nist_cvr.read)),
    Format(
        nist_results.NAME, "NIST Election Results Reporting 2, JSON or XML", nist_results.knows,
        _each(nist_results.read),
    ),
    Format(dominion_csv.NAME, "Dominion cast-vote records, CSV", dominion_csv.knows, _each(dominion_csv.read)),
    Format(
        dominion_json.NAME, "Dominion cast-vote records, JSON with its manifests", dominion_json.knows,
        lambda paths, words: [dominion_json.read(paths, words)],
    ),
    Format(hart.NAME, "Hart cast-vote records, XML in a zip", hart.knows,
        lambda paths, words: [hart_halves.read(paths, words)],
    ),
    Format(
        ess.NAME, "ES&S cast-vote records with lists of ballots, CSV", ess.knows,
        lambda paths, words: [ess.read(paths, words)],
    ),
    Format(clear_ballot.NAME, "Clear Ballot cast-vote records, CSV", clear_ballot.knows, _each(clear_ballot.read)),
    Format(openelections.NAME, "OpenElections results, CSV", openelections.knows, _each(openelections.read)),
)  # fmt: skip


def read_results(
    paths: Sequence[Path], words: Words = WORDS, formats: Mapping[Path, Format] | None = None
) -> list[Results]:
    """Read files of results, each by the format that it is found to be of; files that belong together, together.

    Args:
        paths: files, folders or zips of exports.
        words: which choices are yes and no.
        formats: of each path, as `format_of` gives it, where that is known already.

    Raises:
        InputError: a file is not there, or of no known format.
        FileFaults: a file is faulty; each reader says how.
    """
    of: dict[str, list[Path]] = {}
    for path in paths:
        known = formats[path] if formats else format_of(path)
        of.setdefault(known.name, []).append(path)
    by_name = {each.name: each for each in FORMATS}
    return [result for name, given in of.items() for result in by_name[name].read(given, words)]


def format_of(path: Path) -> Format:
    """Give the format of a file, folder or zip.

    Raises:
        InputError: there is no such file, or it is of no known format.
    """
    several, head = path.is_dir(), b""
    for member in members(path):
        several |= bool(member.inside)
        if several and not member.base.lower().endswith((".xml", ".json")):
            continue
        with member.opened() as stream:
            head = stream.read(HEAD)
        for each in FORMATS:
            if each.knows(head) and (not several or each.name in (dominion_json.NAME, hart.NAME)):
                return each
    known = "; ".join(each.words for each in FORMATS)
    more = " Of a folder or zip only Dominion's JSON and Hart's XML are read: unpack it and name the files." * several
    more += " It is in UTF-16: save it as UTF-8 first." * head.startswith((b"\xff\xfe", b"\xfe\xff"))
    raise InputError(f"{path} is of no format that is known here. Known are: {known}.{more}")
