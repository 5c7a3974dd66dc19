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

WITH_SUFFIX = HEAD.replace("middle_name", "middle_name,suffix")
KEPT = [row.replace(",,active", ",,III,active", 1) if at == 0 else row.replace(",,active", ",,,active", 1)
        for at, row in enumerate(OTHERS)]  # fmt: skip


def family(*suffixes: str) -> str:
    own = [f"T{at},DILLINGHAM,OTIS,,{suffix},{REST},12 Oak St,Fairview,50001" for at, suffix in enumerate(suffixes)]
    return "\n".join([WITH_SUFFIX, *own, *KEPT])


@pytest.mark.parametrize(
    ("suffixes", "name", "least", "most"),
    [
        (("",), "Otis Dillingham Jr", 0.4, 0.6),
        (("", ""), "Otis Dillingham Jr", 0.95, 1.0),
        (("SR", ""), "Otis Dillingham Jr", 0.9, 1.0),
        (("", ""), "Otis Dillingham III", 0.4, 0.6),
        (("", "", ""), "Otis Dillingham III", 0.95, 1.0),
        (("", "JR", ""), "Otis Dillingham III", 0.9, 1.0),
    ],
)
def test_a_son_is_a_voter_where_the_roll_has_the_name_at_that_home_for_each_generation(
    tmp_path: Path, suffixes: tuple[str, ...], name: str, least: float, most: float
) -> None:
    found = check_texts(tmp_path, family(*suffixes), lines((name, "12 Oak St"))).lines[0]
    assert found["outcome"] == "unresolved"
    assert least <= float(found["probability"] or 0) <= most


def test_a_namesake_in_another_flat_of_the_house_is_no_father(tmp_path: Path) -> None:
    roll = family("", "").replace("12 Oak St", "12 Oak St Apt 1", 1).replace("12 Oak St,", "12 Oak St Apt 2,")
    found = check_texts(tmp_path, roll, lines(("Otis Dillingham Jr", "12 Oak St Apt 2"))).lines[0]
    assert float(found["probability"] or 0) <= 0.6


SPANISH = [
    f"V1,SALAZAR,ELENA,,{REST},1593 OLVERA BLVD APT 27,Fairview,50001",
    f"V2,DE LA CRUZ,ELENA,,{REST},601 LA BREA ST,Fairview,50001",
    f"V3,DE LEON CHAVEZ,MIGUEL,,{REST},708 MARIPOSA AVE APT 15,Fairview,50001",
    f"V4,RAMIREZ GARCIA,MARIA ELENA,,{REST},12 ALAMEDA ST,Fairview,50001",
    f"V5,DE LA CRUZ,JUAN,,{REST},603 LA BREA ST,Fairview,50001",
]


@pytest.mark.parametrize(
    ("name", "home", "voter"),
    [
        ("Elena Salazar", "Bulevar Olvera 1593 Depto 27", "V1"),
        ("Elena Salazar", "Bulevar Olvera No. 1593 Apto. 27", "V1"),
        ("Elena Salazar", "1593 Bulevar Olvera Depto. 27", "V1"),
        ("De la Cruz Elena", "Calle La Brea Núm. 601", "V2"),
        ("De León Chávez Miguel", "Avenida Mariposa 708 Depto 15", "V3"),
        ("Miguel De León Chávez", "Av. Mariposa 708 Int. 15", "V3"),
        ("Ramírez García María Elena", "12 Alameda St", "V4"),
    ],
)
def test_homes_and_family_names_written_as_in_spanish_find_their_voter(
    tmp_path: Path, name: str, home: str, voter: str
) -> None:
    found = check_texts(tmp_path, "\n".join([HEAD, *SPANISH, *OTHERS]), lines((name, home)))
    assert found.outcomes() == [("valid", "", voter)]


@pytest.mark.parametrize(
    "name", ["De la", "de", "- - -", "De la - -", "Ortiz Jr Jr", "Ortiz II M.D.", "de la 3", "Ramírez - A"]
)
def test_a_name_of_which_no_family_is_left_is_read_in_no_other_way(name: str) -> None:
    frequencies = Frequencies(*(pl.DataFrame({"name": ["ORTIZ"], "bits": [8]}),) * 3, (130, 130, 130))
    assert not len(led_names(pl.Series([name, None]), frequencies)[0])


@pytest.mark.parametrize(("name", "reason"), [("Ramírez Pérez María Elena", "surname-differs"),
                                              ("Ramírez Pérez María", "surname-differs"),
                                              ("Ramírez García María", "")])  # fmt: skip
def test_of_two_surnames_that_stand_first_neither_may_be_anothers(tmp_path: Path, name: str, reason: str) -> None:
    found = check_texts(tmp_path, "\n".join([HEAD, *SPANISH, *OTHERS]), lines((name, "12 Alameda St")))
    assert (found.lines[0]["reason"] or "") == reason


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


@pytest.mark.parametrize(("lot", "least", "most"), [("13", 0.3, 0.6), ("21", 0.3, 0.6), ("90B", 0.0, 0.02)])
def test_a_lot_by_more_than_a_slip_from_the_voters_is_hardly_the_voters_own(
    tmp_path: Path, lot: str, least: float, most: float
) -> None:
    own = f"V1,ABERNATHY,CHRISTOPHER,,{REST},1500 Palm Dr Spc 12,Fairview,50001"
    asked = lines(("Christopher Abernathy", f"1500 Palm Dr Lot {lot}"))
    found = check_texts(tmp_path, "\n".join([HEAD, own, *OTHERS]), asked).lines[0]
    assert found["outcome"] == "unresolved"
    assert least <= float(found["probability"] or 0) <= most


def test_signers_of_a_park_of_a_thousand_voters_are_not_taken_for_strangers_there() -> None:
    assert abs(tried(make("corners", "retirement park", 1, 5_000, 600, "tests")).miss) < 0.02
