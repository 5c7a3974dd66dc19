"""Lines of several batches, whose files call their columns otherwise, are judged as those of one file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ballotworthy.casework.together import together
from ballotworthy.petition import read_lines
from ballotworthy.petition.strata import stated_strata

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "sheet,line,name,address,district\n1,1,Ann Bo,1 Elm St,North\n1,2,Cy Day,2 Elm St,South\n"


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("sheet,line,name,address,district\n2,1,Eve Fox,3 Elm St,North\n", "North"),
        ("Sheet,Line,Full Name,Street Address,DISTRICT\n2,1,Eve Fox,3 Elm St,North\n", "North"),
        ("district,address,name,line,sheet\nNorth,3 Elm St,Eve Fox,1,2\n", "North"),
        ("sheet,line,name,address\n2,1,Eve Fox,3 Elm St\n", None),
        ("sheet,line,name,address,District,district\n2,1,Eve Fox,3 Elm St,North,\n", "North"),
    ],
)
def test_columns_of_a_later_file_stand_under_those_of_the_first(second: str, told: str | None, tmp_path: Path) -> None:
    for name, text in (("1.csv", FIRST), ("2.csv", second)):
        (tmp_path / name).write_text(text, "utf-8")
    both = together([read_lines(tmp_path / name, latest=dt.date(2024, 5, 3)) for name in ("1.csv", "2.csv")])
    assert both.frame.height == both.given.height == 3
    assert both.frame["name"].to_list() == ["Ann Bo", "Cy Day", "Eve Fox"]
    strata = stated_strata(both, "district")
    assert strata is not None
    assert strata.to_list() == ["North", "South", told]


def test_a_column_that_only_a_later_file_has_is_found(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("sheet,line,name\n1,1,Ann Bo\n", "utf-8")
    (tmp_path / "2.csv").write_text("sheet,line,name,county\n2,1,Eve Fox,Kern\n", "utf-8")
    both = together([read_lines(tmp_path / name, latest=dt.date(2024, 5, 3)) for name in ("1.csv", "2.csv")])
    strata = stated_strata(both, "county")
    assert strata is not None
    assert (strata.to_list(), both.columns["county"]) == ([None, "Kern"], "county")
