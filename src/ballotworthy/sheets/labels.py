"""What a form asks in a box, by the words printed there: "Residence" is the address, "Clerk" is the office's."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

UNKNOWN = "?"
OFFICE = ("official", "office", "clerk", "registrar", "verified", "verification", "blank")
"""Words of columns that signers leave alone."""
GATHERERS = ("gatherer", "gatherers")
"""Words of the boxes in which a circulator says whether he is paid: "paid signature gatherer" asks no signer."""
NUMBERS = ("no", "num", "number", "line", "row")
PLACE = {
    "address": ("address", "residence", "residential", "street"),
    "city": ("city", "town", "township", "municipality", "village", "community"),
    "zip": ("zip", "zipcode", "postal", "postcode"),
    "county": ("county",),
    "ward": ("ward",),
    "precinct": ("precinct",),
    "unit": ("apt", "unit", "apartment"),
}
KNOWN = frozenset(
    (
        *OFFICE, *NUMBERS, *(word for words in PLACE.values() for word in words), "signature", "signatures", "sign",
        "signed", "here", "your", "print", "printed", "date", "day", "birth", "dob", "born", "year", "last", "first",
        "surname", "family", "given", "middle", "name", "full", "names", "initial",
    )
)  # fmt: skip
ONE_NAME = frozenset(
    ("last", "first", "surname", "family", "given", "name", "print", "printed", "your", "of", "signer", "voter", "full",
     "legal", "or")
)  # fmt: skip
"""Words beside which "last" or "first" asks for one name alone."""
SPANISH = {
    "nombre": "name", "nombres": "name", "apellido": "last", "apellidos": "last", "firma": "signature", "firme": "sign",
    "direccion": "address", "domicilio": "address", "residencia": "residence", "calle": "street", "ciudad": "city",
    "pueblo": "town", "municipio": "municipality", "condado": "county", "precinto": "precinct",
    "fecha": "date", "nacimiento": "birth", "apartamento": "apartment", "oficial": "official", "oficina": "office",
    "secretario": "clerk", "numero": "number",
}  # fmt: skip
"""Words of Spanish forms; `nombre` beside `apellido` is the first name."""
TOGETHER = frozenset(
    (
        *(word for words in PLACE.values() for word in words),
        "and",
        "or",
        "no",
        "code",
        "number",
        "name",
        "your",
        "of",
        "state",
        "where",
        "you",
        "are",
        "is",
        "registered",
        "to",
        "vote",
        "in",
        "full",
        "print",
    )
)
"""Words of a caption that asks for several parts of an address at once."""
BESIDE = frozenset(
    (
        "only", "actual", "if", "describe", "location", "ink", "use", "appears", "must", "be", "for", "to", "the", "as",
        "elector", "petitioner", "rural", "route", "mo", "yr", "mm", "dd", "yyyy", "yy", "same", "box", "p", "s",
    )
)  # fmt: skip
"""Further words of captions, which ask for nothing."""
SHORT, CAPTIONS = 3, 0.5
"""Words up to which a line may be a caption whatever it says; the share of a longer one's letters that are in words of
captions: prose may name a city, but speaks of other things."""
LIKE = 0.75
"""How like a known word one must be to be taken for it, as a copy of a copy or the recogniser spoils it."""


def field_of(label: str) -> tuple[str, str]:
    """Give the field that words ask for, and how it is written; the field "?" where they do not say."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(each))
    words = [_known(part) for each in _in_english(re.findall(r"[a-z]+", plain)) for part in _parted(each)]
    words = _without_streets_name(words)
    has = set(words).intersection
    if label.strip() == "#" or (words and set(words) <= set(NUMBERS)):
        return "", ""
    if has(GATHERERS):
        return UNKNOWN, ""
    if has(OFFICE) or (has(["use"]) and has(["county", "only"])):
        return "", ""
    if has(["signature", "signatures", "sign"]) and not has(["print", "printed", "date"]):
        return (UNKNOWN if _places(words) or has(["last", "first"]) else "signature"), ""
    if has(["birth", "dob", "born"]):
        return ("birth_year" if has(["year"]) else "birth_date"), ""
    if has(["date"]) or (has(["day"]) and has(["signed"])):
        return "signed_on", ""
    return _of_person(words) or _of_place(words) or (UNKNOWN, "")


def fields_of(label: str) -> set[str]:
    """Give all fields that words of a place ask for together: "City, county and zip code" asks for three."""
    plain = re.findall(r"[a-z]+", label.casefold())
    of_captions = sum(len(each) for each in plain if _of_captions(each))
    if len(plain) > SHORT and of_captions < CAPTIONS * sum(map(len, plain)):
        return {UNKNOWN}
    if plain in (["and", "name"], ["or", "name"]):  # the end of "street number and name"
        return {UNKNOWN}
    field, written = field_of(label)
    words = [each if each in TOGETHER else part for each in plain for part in map(_known, _parted(each))]
    if written in ("address-city-zip", "city-zip") or (field == UNKNOWN and set(words) <= TOGETHER):
        return _places(words)
    return {field}


def _of_captions(word: str) -> bool:
    """Say whether captions have a word, or one like it: short ones are like too many."""
    known = KNOWN | TOGETHER | ONE_NAME | BESIDE
    return word in known or len(_parted(word)) > 1 or (len(word) > 5 and _known(word) in known)


def beside(fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the fields of a form's boxes: a name beside a last name in a box of its own is the first name ("Nombre")."""
    asked = [field for field, _ in fields]
    given = asked.count("name") == 1 and "last_name" in asked and "first_name" not in asked
    return [("first_name", "") if given and each == ("name", "") else each for each in fields]


def _in_english(words: list[str]) -> list[str]:
    """Give words with those of Spanish forms in English."""
    both = any(SPANISH.get(each) == "last" for each in words)
    return ["first" if both and SPANISH.get(each) == "name" else SPANISH.get(each, each) for each in words]


def _without_streets_name(words: list[str]) -> list[str]:
    """Give words without "name" where it is the street's: "street, number and name"."""
    kept: list[str] = []
    for word in words:
        before = [each for each in kept if each not in (*NUMBERS, "and", "or")]
        if not (word == "name" and before and before[-1] == "street"):
            kept.append(word)
    return kept


def _parted(word: str) -> list[str]:
    """Give the two known words of which a word consists, where the recogniser lost the space between them."""
    for at in range(3, len(word) - 2):
        if word not in KNOWN and word[:at] in KNOWN and word[at:] in KNOWN:
            return [word[:at], word[at:]]
    return [word]


def _known(word: str) -> str:
    if word in KNOWN or len(word) < 3:
        return word
    alike = [each for each in KNOWN if abs(len(each) - len(word)) <= 1]
    near = difflib.get_close_matches(word, sorted(alike), n=1, cutoff=LIKE)
    return near[0] if near else word


def _of_person(words: list[str]) -> tuple[str, str] | None:
    last = next((at for at, word in enumerate(words) if word in ("last", "surname", "family")), None)
    first = next((at for at, word in enumerate(words) if word in ("first", "given")), None)
    if last is not None and first is not None:
        return ("name", "last-first") if last < first else ("name", "")
    if last is not None or first is not None:
        alone = set(words) <= ONE_NAME  # "Name (Last, Fir t)" is not the last name alone
        return ("last_name" if last is not None else "first_name", "") if alone else (UNKNOWN, "")
    if "middle" in words:
        return "middle_name", ""
    if {"name", "names", "print", "printed"}.intersection(words):
        return ("name", "") if not _places(words) else (UNKNOWN, "")
    return None


def _places(words: list[str]) -> set[str]:
    return {field for field, asked in PLACE.items() if set(asked).intersection(words)}


def _of_place(words: list[str]) -> tuple[str, str] | None:
    places = _places(words)
    if {"mail", "mailing", "email"}.intersection(words) and not {"residence", "residential"}.intersection(words):
        return None  # where letters go is not where somebody lives
    if {"address", "city", "zip"} <= places and not places & {"county", "ward", "precinct"}:
        return "address", "address-city-zip"
    if places == {"city", "zip"}:
        return "city", "city-zip"
    if places == {"address", "unit"}:
        return "address", ""
    return (places.pop(), "") if len(places) == 1 and "precinct" not in places else None
