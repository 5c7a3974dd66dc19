"""How a signer writes name and address: shortened, turned round, left out, respelled, with slips."""

from __future__ import annotations

from ballotworthy.simulate.draws import Draw, one_of
from ballotworthy.simulate.given import shorter
from ballotworthy.simulate.mistakes import digit_slip, slips
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.words import ACCENTS, APOSTROPHES, DIRECTIONS, ROADS, TYPES, UNITS

SUFFIXES = {"JR": ("Jr", "Jr.", "JR"), "SR": ("Sr", "Sr."), "III": ("III", "3rd"), "II": ("II",)}


def titled(text: str) -> str:
    """Give text in capitals as people write it: "GARCIA-LOPEZ 5TH" becomes "Garcia-Lopez 5th"."""
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in text.split(" "))


def write_name(first: str, middle: str, last: str, suffix: str, former: str, rates: Rates, draw: Draw) -> str:
    """Give a name as signed; the arguments are spelled as on the roll, in capitals, "" where absent."""
    given = first
    short = shorter(first)
    if short and draw() < rates.nickname:
        given = one_of(short, draw)
    if draw() < rates.initial_only:
        given = first[0] + ("." if draw() < 0.5 else "")
    if middle and draw() < rates.middle_missing:
        middle = ""
    elif len(middle) > 1:
        if draw() < rates.middle_as_first:
            given, middle = (middle, "") if draw() < 0.5 else (f"{first[0]}.", middle)
        elif draw() < 0.7:
            middle = middle[0]
    if len(middle) == 1 and draw() < 0.4:
        middle += "."
    if former and draw() < rates.former_name_used:
        last = former
    last = _surname(last, rates, draw)
    if last in APOSTROPHES and draw() < 0.6:
        last = APOSTROPHES[last]
    if draw() < rates.accents:
        given = ACCENTS.get(given, given)
        last = " ".join(ACCENTS.get(part, part) for part in last.split(" "))
    front = [titled(given), titled(middle)] if middle else [titled(given)]
    back = "'".join(titled(part) for part in last.split("'")) if last[1:2] == "'" else titled(last)
    if draw() < rates.name_slip:
        if draw() < 0.5:
            front[0] = slips(front[0], draw)
        else:
            back = slips(back, draw)
    end = f" {one_of(SUFFIXES[suffix], draw)}" if suffix and draw() >= rates.suffix_missing else ""
    if draw() < rates.names_swapped:
        return f"{back}{', ' if draw() < 0.5 else ' '}{' '.join(front)}{end}"
    return f"{' '.join(front)} {back}{end}"


def _surname(last: str, rates: Rates, draw: Draw) -> str:
    """Give two surnames as their bearer may: one of them, turned round, hyphened or not."""
    parts = last.replace("-", " ").split(" ")
    if len(parts) != 2 or draw() >= rates.surnames_otherwise:
        return last
    one, two = parts
    return str(one_of((one, one, one, two, f"{two} {one}", f"{one}-{two}", f"{one} {two}", f"{one[0]} {two}"), draw))


def write_address(
    number: str,
    pre: str,
    street: str,
    kind: str,
    post: str,
    unit: str,
    rates: Rates,
    draw: Draw,
) -> str:
    """Give a street address as signed; the arguments are spelled as on the roll, "" where absent."""
    if draw() < rates.number_slip:
        number = digit_slip(number, draw)
    road = next((road for road in ROADS if street.startswith(f"{road} ")), None)
    name = f"{one_of(ROADS[road], draw)} {street[len(road) + 1 :]}" if road else titled(street)
    if draw() < rates.street_slip:
        name = slips(name, draw)
    parts = [number]
    if pre and draw() >= rates.direction_missing:
        parts.append(one_of(DIRECTIONS[pre], draw))
    parts.append(name)
    if kind and draw() >= rates.type_missing:
        spellings = TYPES[kind]
        parts.append(spellings[int(draw() ** 2 * len(spellings))])
    if post and draw() >= rates.direction_missing:
        parts.append(one_of(DIRECTIONS[post], draw))
    if unit and draw() >= rates.unit_missing:
        parts.append(one_of(UNITS, draw).format(unit))
    return " ".join(parts)


def write_city(city: str, rates: Rates, draw: Draw) -> str:
    """Give a town as signed, or "" where left out."""
    if draw() < rates.city_missing:
        return ""
    name = titled(city)
    for whole, short in (("North ", "N "), ("South ", "So "), ("Fort ", "Ft "), ("Mount ", "Mt ")):
        if name.startswith(whole) and draw() < rates.city_shortened:
            name = short + name[len(whole) :]
    return slips(name, draw) if draw() < rates.city_slip else name


def write_zip(code: str, rates: Rates, draw: Draw) -> str:
    """Give a ZIP code as signed, or "" where left out."""
    if draw() < rates.zip_missing:
        return ""
    return digit_slip(code, draw)[:5] if draw() < rates.zip_wrong else code
