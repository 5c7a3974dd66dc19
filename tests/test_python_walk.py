"""A researcher's walk: every kind of frame gives the same check, and what is given wrongly is told in words at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy.errors import BallotworthyError, FileFaults, InputError
from ballotworthy.roll import Roll

LAW: Mapping[str, Any] = {"place": "us-ca", "kind": "amendment", "on": "2018-04-20", "required": 2}
LINES = pl.DataFrame(
    {
        "sheet": [1, 1, 2],
        "line": [1, 2, 1],
        "name": ["Anna Quill", "Boris Tarn", "Nobody Here"],
        "address": ["12 Main St", "7 Elm Ave", "1 Far Rd"],
        "zip": [94501, 94501, 94999],
        "signed_on": [dt.date(2018, 2, 1), None, dt.date(2018, 2, 3)],
    }
)
COUNTS = pl.DataFrame({"stratum": ["Kings"], "raw": [6000], "sample": [500], "valid": [389], "duplicates": [2]})


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Roll:
    made = tmp_path_factory.mktemp("walk")
    head = "voter_id,last_name,first_name,address,zip,status,registration_date,birth_date"
    voters = (
        "1,QUILL,ANNA,12 MAIN ST,94501,A,2012-05-06,1980-01-01\n2,TARN,BORIS,7 ELM AVE,94501,A,2012-05-06,1981-01-01"
    )
    (made / "v.csv").write_text(f"{head}\n{voters}\n", "utf-8")
    return bw.build_roll(made / "v.csv", made / "x.roll", taken_on=dt.datetime(2018, 5, 18, 9, 30, tzinfo=dt.UTC))


def frames() -> dict[str, Any]:
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    plain = pandas.DataFrame(LINES.to_dict(as_series=False))
    days = plain.assign(signed_on=pandas.to_datetime(plain["signed_on"]))
    return {
        "polars": LINES,
        "lazy": LINES.lazy(),
        "pandas": plain,
        "pandas, days as moments": days,
        "pandas, kinds that may be empty": plain.convert_dtypes(),
        "arrow": arrow.table(LINES.to_dict(as_series=False)),
        "days as text": LINES.with_columns(pl.col("signed_on").cast(pl.String)),
    }


def test_every_kind_of_frame_gives_the_same_check_and_the_same_sample(roll: Roll) -> None:
    found = {name: bw.check_petition(frame, roll, **LAW) for name, frame in frames().items()}
    columns = ("sheet", "line", "outcome", "voter_id", "probability")
    assert len({done.lines.select(columns).rows().__repr__() for done in found.values()}) == 1
    assert found["pandas"].lines["outcome"].to_list()[:2] == ["valid", "valid"]
    assert len({tuple(bw.draw_sample(frame, seed="1", n=2).ids) for frame in frames().values()}) == 1


def test_counts_of_every_kind_of_frame_are_projected_alike() -> None:
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    cells = COUNTS.to_dict(as_series=False)
    given = (COUNTS, pandas.DataFrame(cells), arrow.table(cells))
    assert len({bw.project_counts(each, **{**LAW, "required": 4_000}).estimate for each in given}) == 1


WRONG: Mapping[str, tuple[Callable[[Any, Roll], Any], str]] = {
    "a day as a number": (
        lambda door, _: door.build_roll("v.csv", "x", taken_on=20180518),
        "taken_on is int. Give text or a date",
    ),
    "a day in another form": (
        lambda door, _: door.build_roll("v.csv", "x", taken_on="18.5.2018"),
        "taken_on 18.5.2018 is not a day",
    ),
    "a frame for a file": (lambda door, _: door.build_roll(LINES, "x"), "voters is polars.DataFrame. Give a path"),
    "an order of days": (
        lambda door, _: door.read_lines(LINES, dates="dayfirst"),
        "dates is none of its choices (str). Give 'month-first' or 'day-first'",
    ),
    "a number as text": (
        lambda door, roll: door.check_petition(LINES, roll, **{**LAW, "required": "2"}),
        "required is str. Give a whole number",
    ),
    "a number with a point": (
        lambda door, _: door.draw_sample(LINES, seed="1", n=2.0),
        "n is float. Give a whole number",
    ),
    "a rule alone": (
        lambda door, roll: door.check_petition(LINES, roll, **LAW, given="insufficient_below=0.95"),
        "given is str. Give a list",
    ),
    "one heading for a map": (lambda door, _: door.read_lines(LINES, map="name"), "map is str. Give a dict"),
    "the roll for the lines": (
        lambda door, roll: door.check_petition(roll.path, roll, **LAW),
        "is a snapshot of the voter register",
    ),
    "the lines for the roll": (
        lambda door, _: door.check_petition(LINES, LINES, **LAW),
        "roll is polars.DataFrame. Give a path or a Roll",
    ),
    "no frame at all": (lambda door, roll: door.match_lines(LINES["name"], roll), "polars.Series is no table"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_given_wrongly_is_told_in_words(roll: Roll, case: str) -> None:
    asked, words = WRONG[case]
    with pytest.raises(InputError) as told:
        asked(bw, roll)
    assert words in str(told.value)
    assert "Quill" not in str(told.value)


def test_a_frame_without_names_says_which_columns_it_has(roll: Roll) -> None:
    with pytest.raises(FileFaults, match=r"no column holds the signers' names.*sheet, line, address"):
        bw.check_petition(LINES.drop("name"), roll, **LAW)


@pytest.mark.parametrize("name", bw.__all__[1:])
def test_every_verb_tells_a_value_of_no_known_kind(name: str) -> None:
    told = r"is object\. Give |is no table|missing .* argument|not given|give either"
    with pytest.raises((BallotworthyError, TypeError), match=told):
        getattr(bw, name)(object())
