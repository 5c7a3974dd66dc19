"""Corners that were counted wrongly once more: sons of a name that stands twice, homes and names in Spanish, a park."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.match.family_first import led_names
from ballotworthy.match.spanish_homes import number_first
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.roll.frequencies import Frequencies
from checked import check_texts
from simulated import ON
from test_strange import HEAD, OTHERS, REST, lines

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from unlike.every import make
from unlike.trial import tried

FAMILIES = (
    (("",), "Otis Dillingham Jr", 0.4, 0.6),
    (("", ""), "Abner Abernathy Jr", 0.95, 1.0),
    (("SR", ""), "Enoch Crumpton Jr", 0.9, 1.0),
    (("", ""), "Amos Quarles III", 0.4, 0.6),
    (("", "", ""), "Hiram Rowntree III", 0.95, 1.0),
    (("", "JR", ""), "Silas Underhill III", 0.9, 1.0),
)
"""The suffixes that the roll has of one name at one home; a line; and between what its probability lies."""


def test_a_son_is_a_voter_where_the_roll_has_the_name_at_that_home_for_each_generation(tmp_path: Path) -> None:
    roll = [HEAD.replace("middle_name", "middle_name,suffix")]
    for home, (suffixes, name, _, _) in enumerate(FAMILIES):
        first, last, _ = name.upper().split()
        roll += [f"T{home}{at},{last},{first},,{suffix},{REST},{home}2 Oak St,Fairview,50001" for at, suffix in
                 enumerate(suffixes)]  # fmt: skip
    roll += [f"N{at},MOSS,LEROY,,,{REST},7 Oak St Apt {at},Fairview,50001" for at in (1, 2)]
    roll += [row.replace(",,active", ",,,active", 1) for row in OTHERS]
    asked = [(name, f"{home}2 Oak St") for home, (_, name, _, _) in enumerate(FAMILIES)]
    found = check_texts(tmp_path, "\n".join(roll), lines(*asked, ("Leroy Moss Jr", "7 Oak St Apt 2"))).lines
    assert {line["outcome"] for line in found} == {"unresolved"}
    for line, (_, name, least, most) in zip(found, (*FAMILIES, ((), "another flat's", 0.4, 0.6)), strict=True):
        assert least <= float(line["probability"] or 0) <= most, name


SPANISH = [
    f"V1,SALAZAR,ELENA,,{REST},1593 OLVERA BLVD APT 27,Fairview,50001",
    f"V2,DE LA CRUZ,ELENA,,{REST},601 LA BREA ST,Fairview,50001",
    f"V3,DE LEON CHAVEZ,MIGUEL,,{REST},708 MARIPOSA AVE APT 15,Fairview,50001",
    f"V4,RAMIREZ GARCIA,MARIA ELENA,,{REST},12 ALAMEDA ST,Fairview,50001",
    f"V5,SALAZAR,JUAN,,{REST},1595 OLVERA BLVD APT 27,Fairview,50001",
    f"V6,DE LEON CHAVEZ,RAUL,,{REST},710 MARIPOSA AVE APT 15,Fairview,50001",
    f"V7,RAMIREZ GARCIA,TERESA,,{REST},14 ALAMEDA ST,Fairview,50001",
    f"V8,RAMIREZ GARCIA,MARIA INES,,{REST},16 ALAMEDA ST,Fairview,50001",
    f"V9,RAMIREZ GARCIA,LUISA,,{REST},18 ALAMEDA ST,Fairview,50001",
]
WRITTEN = (
    ("Elena Salazar", "Bulevar Olvera No. 1593 Apto. 27", "V1"),
    ("De la Cruz Elena", "Calle La Brea Núm. 601", "V2"),
    ("De León Chávez Miguel", "Avenida Mariposa 708 Depto 15", "V3"),
    ("Ramírez García María Elena", "12 Alameda St", "V4"),
    ("Juan Salazar", "1595 Bulevar Olvera Depto. 27", "V5"),
    ("Raúl De León Chávez", "Av. Mariposa 710 Int. 15", "V6"),
    ("Ramírez García Teresa", "Calle Alameda 14", "V7"),
)
OTHER_SURNAME = (("Ramírez Pérez María Inés", "16 Alameda St"), ("Ramírez Pérez Luisa", "18 Alameda St"))


def test_homes_and_family_names_written_as_in_spanish_find_their_voter_and_no_other(tmp_path: Path) -> None:
    asked = lines(*(line[:2] for line in WRITTEN), *OTHER_SURNAME)
    found = check_texts(tmp_path, "\n".join([HEAD, *SPANISH, *OTHERS]), asked)
    assert found.outcomes()[: len(WRITTEN)] == [("valid", "", voter) for _, _, voter in WRITTEN]
    assert [line["reason"] for line in found.lines[len(WRITTEN) :]] == ["surname-differs"] * 2


@pytest.mark.parametrize("name", ["De la", "de", "- - -", "De la - -", "Ortiz Jr Jr", "Ortiz II M.D.", "Ramírez - A"])
def test_a_name_of_which_no_family_is_left_is_read_in_no_other_way(name: str) -> None:
    frequencies = Frequencies(*(pl.DataFrame({"name": ["ORTIZ"], "bits": [8]}),) * 3, (130, 130, 130))
    assert not len(led_names(pl.Series([name, None]), frequencies)[0])


def test_a_home_that_the_roll_has_as_it_is_written_stays(tmp_path: Path) -> None:
    theirs = ["Calle La Brea No. 601 Apto. 15", "77 Calle Real", "1593 OLVERA BLVD"]
    own = [f"V{at},SALAZAR,ELENA,,{REST},{home},Fairview,50001" for at, home in enumerate(theirs)]
    (tmp_path / "roll.csv").write_text("\n".join([HEAD, *own, *OTHERS]), "utf-8")
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=ON), tmp_path / "x.roll")
    homes = {
        theirs[0]: theirs[0],
        "Calle Real 79": "Calle Real 79",
        "Calle Real No. 79 Depto 2": "79 CALLE REAL, APT 2",
        "Bulevar Olvera 12": "12 OLVERA BLVD",
        "Calle Elm 12": "12 ELM ST",
        "12 Elm St": "12 Elm St",
        "12 Elm St Depto 3": "12 ELM ST, APT 3",
        None: None,
    }
    found = number_first(pl.DataFrame({"address": list(homes)}), open_roll(tmp_path / "x.roll"))
    assert found["address"].to_list() == list(homes.values())


def test_a_lot_by_more_than_a_slip_from_the_voters_is_hardly_the_voters_own(tmp_path: Path) -> None:
    lots = {"13": (0.3, 0.6), "21": (0.3, 0.6), "90B": (0.0, 0.02)}
    own = [f"V{at},ABERNATHY,CHRISTOPHER,,{REST},15{at}0 Palm Dr Spc 12,Fairview,50001" for at in range(len(lots))]
    asked = lines(*(("Christopher Abernathy", f"15{at}0 Palm Dr Lot {lot}") for at, lot in enumerate(lots)))
    found = check_texts(tmp_path, "\n".join([HEAD, *own, *OTHERS]), asked).lines
    for line, (lot, (least, most)) in zip(found, lots.items(), strict=True):
        assert line["outcome"] == "unresolved", lot
        assert least <= float(line["probability"] or 0) <= most, lot


def test_signers_of_a_park_of_a_thousand_voters_are_not_taken_for_strangers_there() -> None:
    assert abs(tried(make("corners", "retirement park", 1, 5_000, 600, "tests")).miss) < 0.02
