"""Invented files made to each register's layout: two voters, in its headings, cells or widths and its own codes."""

from __future__ import annotations

import datetime as dt

from ballotworthy.roll.registers import Register, registers

DAY = dt.date(2026, 6, 30)
ANNA = {"last_name": "QUILL", "first_name": "ANNA", "house_number": "12", "street_name": "MAIN", "street_type": "ST",
        "unit": "3", "city": "MILLBROOK", "zip": "98101", "birth_date": "02/03/1980", "birth_year": "1980",
        "registration_date": "05/06/2012", "address": "12 MAIN ST"}  # fmt: skip
BORIS = {**ANNA, "last_name": "TARN", "first_name": "BORIS", "house_number": "7", "address": "7 MAIN ST"}
OWN = {"ny": {"birth_date": "19800203", "registration_date": "20120506"},
       "mi": {"registration_date": "05062012", "zip": "48502"}}  # fmt: skip
OWN["ny-2025"] = OWN["ny"]
OWN |= {key: {"birth_date": "19800203", "registration_date": "20120506", "county": "101"} for key in ("tx", "tx-old")}
IDS = {**dict.fromkeys(("ny", "ny-2025"), "NY00000000000000000{}"), "pa": "00010000{}-45", "fl": "10000{}"}
COUNTIES = {"fl": "LEO", "ny": "41", "ny-2025": "41"}
HEADED = [one for one in registers() if one.recognised_by]
HEADLESS = [one for one in registers() if one.headless]
FIXED = [one for one in registers() if one.fixed]


def people(register: Register) -> list[dict[str, str]]:
    """Give two invented voters in the register's own forms, the second with a code that means cancelled, or active."""
    codes = register.values.get("status", {})
    active = next((code for code, standing in codes.items() if standing == "active"), "")
    gone = next((code for code, standing in codes.items() if standing == "cancelled"), active)
    number = IDS.get(register.code, "10000{}")
    own = {"county": COUNTIES.get(register.code, "LICKING"), **OWN.get(register.code, {})}
    return [
        {**ANNA, **own, "voter_id": number.format(1), "status": active},
        {**BORIS, **own, "voter_id": number.format(2), "status": gone},
    ]


def first(heading: str | list[str]) -> str:
    return heading if isinstance(heading, str) else heading[0]


def headed(register: Register) -> str:
    """Give a file with the register's headings, more headings of it that hold nothing, and two voters."""
    columns = {field: first(heading) for field, heading in register.columns.items()}  # type: ignore[arg-type]
    more = {field: field.upper() for field in ("last_name", "first_name") if field not in columns}
    columns = {**more, **columns}
    parts = [*register.joined.values(), *register.apart.values(), register.fractions]
    others = dict.fromkeys([*(name for names in parts for name in names if name[0] != "#"), *register.recognised_by])
    rest = [name for name in others if name not in columns.values() and not name.startswith("characters ")]
    lines = ["\t".join([*columns.values(), *rest])]
    for person in people(register):
        lines.append("\t".join([*(person.get(field, "") for field in columns), *("" for _ in rest)]))
    return "\n".join(lines) + "\n"


def unheaded(register: Register) -> str:
    assert register.headless
    rows = []
    for person in people(register):
        cells = [""] * register.headless.cells
        for field, at in register.headless.numbers.items():
            cells[at - 1] = person.get(field, "")
        rows.append("\t".join(f'"{cell}"' for cell in cells))
    return "\n".join(rows) + "\n"


def fixed(register: Register) -> str:
    assert register.fixed
    rows = []
    for person in people(register):
        line = [" "] * register.fixed.length
        for field, (begin, end) in register.fixed.fields.items():
            text = person.get(field, "")
            line[begin - 1 : end] = text.ljust(end - begin + 1)[: end - begin + 1]
        rows.append("".join(line))
    return "\n".join(rows) + "\n"
