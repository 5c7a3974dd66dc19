"""A numbered street a digit from the voter's may be miswritten, or be the next street, where the signer lives now."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import check_texts
from elm_street import HEAD, OTHERS, REST

IRIS = f"V1,ABERNATHY,IRIS,,{REST},423 W 75th St,Fairview,50001"
NEIGHBOUR = f"V2,LINDHOLM,OTTO,,{REST},88 W 76th St,Fairview,50001"


@pytest.mark.parametrize(
    ("voters", "written", "outcome", "least", "most"),
    [
        ((IRIS,), "423 W 75th St", "valid", 0.99, 1.0),
        ((IRIS,), "423 W 76th St", "unresolved", 0.99, 1.0),
        ((IRIS, NEIGHBOUR), "423 W 76th St", "unresolved", 0.5, 0.6),
        ((IRIS, NEIGHBOUR), "423 W 78th St", "unresolved", 0.99, 1.0),
    ],
)
def test_a_street_that_is_there_is_as_well_another_one(
    tmp_path: Path, voters: tuple[str, ...], written: str, outcome: str, least: float, most: float
) -> None:
    line = f"sheet,line,name,address,city,zip,signed_on\n1,1,Iris Abernathy,{written},Fairview,50001,2026-05-01"
    found = check_texts(tmp_path, "\n".join([HEAD, *voters, *OTHERS]), line)
    assert found.outcomes()[0][0] == outcome
    assert least <= float(found.lines[0]["probability"] or 0) <= most
