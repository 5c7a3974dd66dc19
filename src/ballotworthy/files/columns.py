"""Which column of a file holds which field: by what the user says, by what the place says, by common names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults, InputError, UnknownName

Aliases = Mapping[str, Sequence[str]]
WHOSE = frozenset({"signer", "signers", "voter", "voters", "elector", "electors", "petitioner", "petitioners", "of",
                   "the", "your", "please", "legibly", "clearly"})  # fmt: skip
"""Words of a heading that say whose a thing is, or how to write it, and not what it is."""
ALONE = frozenset({"number", "signed", "type", "direction", "house", "home", "line", "row", "page", "section", "entry"})
"""Words that are too little alone: "Voter Number" is no house number."""
EXPLAINING = frozenset({
    "street", "number", "and", "or", "no", "not", "po", "p", "o", "box", "boxes", "rural", "route", "rr", "please",
    "print", "printed", "legibly", "clearly", "ink", "in", "optional", "required", "as", "registered", "mm", "dd",
    "yy", "yyyy", "month", "day", "year", "first", "middle", "last", "initial", "mi", "including", "incl", "include",
    "with", "apt", "apartment", "unit", "if", "any", "applicable", "where", "you", "live", "your", "full", "legal",
    "residential", "residence", "physical", "only", "the", "of", "a", "to", "vote", "at", "on", "roll", "when",
    "signing", "5", "digit", "digits", "code",
})  # fmt: skip
"""What stands in brackets behind a heading and makes it no other heading, when all words are of these."""
USUAL = frozenset({
    "id", "no", "num", "number", "code", "cd", "key", "name", "names", "first", "middle", "mid", "last", "surname",
    "family", "given", "forename", "suffix", "sfx", "title", "full", "maiden", "former", "printed", "print",
    "signer", "signature", "signed", "address", "addr", "street", "st", "house", "road", "apt", "unit", "city",
    "town", "state", "zip", "postal", "postcode", "county", "ward", "precinct", "stratum", "district", "dist",
    "municipality", "township", "village", "residence", "residential", "res", "mail", "mailing", "birth",
    "birthdate", "dob", "born", "age", "gender", "sex", "race", "date", "day", "month", "year", "registration",
    "registered", "reg", "status", "reason", "party", "phone", "email", "history", "voter", "sheet", "page", "line",
    "row", "packet", "section", "circulator", "notes", "remarks", "comment", "comments", "type", "size", "lastname",
    "firstname", "middlename", "housenumber", "streetname", "zipcode", "birthyear", "where", "who", "text", "fname",
    "lname", "mname", "direction", "dir", "pre", "post", "label", "desc", "description", "count", "total", "value",
    "source",
})  # fmt: skip
"""Words of headings; a first line with few of them may be a row of data, and is quoted in no message."""

NO_HEADINGS = ("its first line seems to hold data and no headings", "Put a line of headings above it")
DATA_ABOVE = "Its first line seems to hold data; put a line of headings above it"


def plain_heading(heading: str) -> str:
    """Give a heading in small letters with single underscores: "Birth Date " and "BIRTHDATE" stay two names."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", heading)
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")


def parse_map(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--map FIELD=HEADING` options.

    Raises:
        InputError: one has no equals sign, or a field is named twice.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        field, equals, heading = (part.strip() for part in pair.partition("="))
        if not (field and equals and heading) or field in given:
            raise InputError(
                f"--map {pair} is not of the form FIELD=HEADING, each field once. Example: --map zip=ZIP5."
            )
        given[field] = heading
    return given


def find_columns(
    path: Path,
    headings: Sequence[str],
    aliases: Aliases,
    given: Mapping[str, str],
    *known: Mapping[str, str | Sequence[str]],
) -> dict[str, str]:
    """Give the heading that holds each field, for the fields that are there.

    What the user maps wins over what is `known` of the file (its place's data, its register's, headings that say more
    than a field's own name), one after the other, that over a field's own name, and that over common names; a heading
    serves one field only. "Birth Date", "BirthDate" and "BIRTHDATE" are one name here, a heading is known with its
    explanation, "Signer's Address (Street & Number)", where it is not without, and `#9` is the ninth column.

    Raises:
        UnknownName: the user maps a field that does not exist.
        FileFaults: the user maps to a heading that the file does not have, or names columns by their numbers alone
            where the first line seems to hold data.
    """
    for field in given:
        if field not in aliases:
            turned = given[field] in aliases and field in headings
            hint = f"The field comes first: --map {given[field]}={field}." if turned else ""
            raise UnknownName("field", field, sorted(aliases), hint)
    found = {field: _by_number(heading, headings) for field, heading in given.items()}
    if given and _all_by_number(given, found, headings):
        raise FileFaults(str(path), [Fault(1, None, *NO_HEADINGS)])
    lost = [h for h in found.values() if h not in headings]
    if lost:
        told = headings_told(headings)
        remedies = dict.fromkeys(lost, told) | {
            h: f"A column is called by its number with a #: --map {field}=#{h}"
            for field, h in given.items()
            if h in lost and h.isdecimal() and 1 <= int(h[:5]) <= len(headings)
        }
        raise FileFaults(str(path), [Fault(1, h, "there is no such column", remedies[h]) for h in lost])
    exact = {_letters(h): h for h in reversed(headings)}
    bare = {_letters(bare_heading(h)): h for h in reversed(headings)}
    for by_letters in (exact, bare):
        for names in (*known, {field: field for field in aliases}, aliases):
            for field in aliases:
                for name in _listed(names.get(field, ())):
                    heading = name if name in headings else by_letters.get(_letters(name))
                    if heading and heading != name and "#" in heading and "name" in field.split("_"):
                        continue  # "Signer #" counts signers
                    if field not in found and heading is not None and heading not in found.values():
                        found[field] = heading
    return found


def _all_by_number(given: Mapping[str, str], found: Mapping[str, str], headings: Sequence[str]) -> bool:
    """Tell whether every mapped column is named by its number alone, above what looks like a row of data."""
    return all(heading in headings and given[field] != heading for field, heading in found.items()) and seem_data(
        headings
    )


def _by_number(heading: str, headings: Sequence[str]) -> str:
    """Give the heading that `#9` stands for; a heading of that very name comes first."""
    number = re.fullmatch(r"#(\d{1,4})", heading)
    if number is None or heading in headings or not 1 <= int(number[1]) <= len(headings):
        return heading
    return headings[int(number[1]) - 1]


def bare_heading(heading: str) -> str:
    """Give a heading without what only explains it: "Signer's Address (Street & Number)" is "Address"."""
    outside = re.sub(r"\s*[(\[]([^()\[\]]*)[)\]]", lambda part: "" if _explains(part[1]) else part[0], heading)
    words = plain_heading(outside.replace("#", " number ").replace("'s", "").replace("\u2019s", "")).split("_")
    kept = [word for word in words if word not in WHOSE]
    return outside if not kept or (len(kept) == 1 and kept[0] in ALONE) else "_".join(kept)


def _explains(words: str) -> bool:
    return EXPLAINING.issuperset(plain_heading(words).split("_"))


def columns_told(
    read: Mapping[str, str],
    unused: Sequence[str],
    joined: Mapping[str, Sequence[str]] | None = None,
    kept: Sequence[str] = (),
) -> list[str]:
    """Tell in sentences which field was read from which heading, and which headings were not used.

    `joined` tells the headings whose cells were read behind those of a field, `kept` those kept under their own names.

    Where fewer than two usual words stand in the headings read, the first line may be a row of data: headings without
    one are then only counted.
    """
    more = joined or {}
    from_ = {field: " and ".join([heading, *more.get(field, ())]) for field, heading in sorted(read.items())}
    told = [f"Read {', '.join(f'{field} from {headings}' for field, headings in from_.items())}."]
    if kept:
        told.append(f"Kept under their own names, as districts: {', '.join(kept)}.")
    if unused:
        words = [word for heading in read.values() for word in plain_heading(heading).split("_")]
        said = [heading for heading in unused if len(USUAL.intersection(words)) > 1 or is_usual(heading)]
        left = len(unused) - len(said)
        rest = [f"{left} {'column' if left == 1 else 'columns'} without a usual heading"] if left else []
        which = "it" if len(unused) == 1 else "one of them"
        told.append(
            f"Not used: {', '.join([*said, *rest])}. If {which} holds a field, say so with --map FIELD=HEADING."
        )
    return told


def require_columns(path: Path, headings: Sequence[str], found: Iterable[str], needed: Iterable[str]) -> None:
    """Refuse a file in which a field that is needed has no column.

    Raises:
        FileFaults: naming every one that lacks, and the headings there are.
    """
    there = set(found)
    missing = [name for name in needed if name not in there]
    if missing:
        told = headings_told(headings)
        raise FileFaults(str(path), [Fault(1, name, "there is no such column", told) for name in missing])


def headings_told(headings: Sequence[str]) -> str:
    """Tell the headings of a file, unless they may be a first row of data, which may hold a person's name.

    A heading without a usual word might be a name even beside others that have one: it is called by its number.
    """
    if seem_data(headings):
        return DATA_ABOVE
    said = [heading if is_usual(heading) else f"#{at}" for at, heading in enumerate(headings, 1)]
    return f"The file has: {', '.join(said)}"


def seem_data(headings: Sequence[str]) -> bool:
    """Tell whether the first line of a file may be a row of data: with figures, whole sentences or few usual words."""
    if any(re.match(r"\d|.*\d\s", heading) for heading in headings):
        return True
    if any(re.search(r",|\s\S+\s\S+\s", bare_heading(heading)) for heading in headings):
        return True
    written = [heading for heading in headings if len(heading) > 1]
    return sum(map(is_usual, written)) * 2 < len(written)


def is_usual(heading: str) -> bool:
    """Tell whether a heading is one by its looks: a usual word, a word of a program, such as VOTER_KEY, or a letter."""
    return "_" in heading or len(heading) < 2 or not USUAL.isdisjoint(plain_heading(heading).split("_"))


def _letters(heading: str) -> str:
    return plain_heading(heading).replace("_", "")


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names
