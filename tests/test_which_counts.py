"""Of two lines of one voter the machine is no surer which one counts than it is of either."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ballotworthy.check import check
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from checked import Checked, check_texts
from elm_street import HEAD, OTHERS, REST

TWO_NAMESAKES = [
    f"V{at},DILLINGHAM,OTIS,{middle},{REST},12 Oak St,Fairview,50001" for at, middle in ((1, "MAE"), (2, ""))
]
ROLL = [HEAD, *TWO_NAMESAKES, f"V3,DILLINGHAM,RHODA,,{REST},65 Ash St,Fairview,50001", *OTHERS]
RHODA = ("Rhoda Dillingham", "65 Ash St")


def checked(folder: Path, *written: tuple[str, str]) -> Checked:
    rows = [f"{at},1,{name},{home},Fairview,50001,2026-05-01" for at, (name, home) in enumerate(written, 1)]
    return check_texts(folder, "\n".join(ROLL), "\n".join(["sheet,line,name,address,city,zip,signed_on", *rows]))


def chances(done: Checked) -> list[float]:
    return [float(line["probability"] or 0) for line in done.lines]


def test_a_repeat_counts_as_often_as_its_first_line_does_not(tmp_path: Path) -> None:
    done = checked(tmp_path, RHODA, RHODA)
    first, second = chances(done)
    assert done.outcomes() == [("valid", "", "V3"), ("invalid", "duplicate", "V3")]
    assert second == pytest.approx(1 - first, rel=0.2)
    assert second > 0.001


def test_a_repeat_of_a_line_with_a_number_a_digit_off_counts_as_often_as_that_is_another_home(tmp_path: Path) -> None:
    done = checked(tmp_path, ("Rhoda Dillingham", "66 Ash St"), RHODA)
    first, second = chances(done)
    assert done.outcomes()[1] == ("invalid", "duplicate", "V3")
    assert 0.9 < first < 0.97
    assert second == pytest.approx(1 - first, rel=0.2)


def test_where_the_home_has_another_voter_whom_a_repeat_fits_somewhat_it_is_the_surer_to_count(tmp_path: Path) -> None:
    done = checked(tmp_path, *[("Otis Mae Dillingham", "12 Oak St")] * 2)
    assert done.outcomes()[1] == ("invalid", "duplicate", "V1")
    assert 0.02 < chances(done)[1] < 0.2


def test_a_repeat_that_may_well_be_another_voters_is_for_a_person_who_is_told_which_line_to_compare(
    tmp_path: Path,
) -> None:
    done = checked(tmp_path, *[("Otis M Dillingham", "12 Oak St")] * 2)
    assert done.outcomes() == [("valid", "", "V1"), ("unresolved", "perhaps-repeat", "V1")]
    assert 0.2 <= chances(done)[1] < 0.5
    assert "perhaps a repeat of line 1-1" in (done.lines[1]["evidence"] or "")
    assert done.lines[1]["duplicate_of"] is None
    assert done.result["duplicates"]["lines"] == 0


def test_fifty_lines_of_a_voter_count_once_together(tmp_path: Path) -> None:
    done = checked(tmp_path, *[RHODA] * 50)
    assert [outcome for outcome, *_ in done.outcomes()] == ["valid"] + ["invalid"] * 49
    assert sum(chances(done)) == pytest.approx(1, abs=0.001)


def test_an_open_line_counts_as_by_itself_and_a_sure_one_below_only_where_it_does_not(tmp_path: Path) -> None:
    open_line = ("Rhoda Dillingham", "65 Nut St")
    by_itself, sure = (chances(checked(tmp_path, line))[0] for line in (open_line, RHODA))
    done = checked(tmp_path, open_line, RHODA)
    assert done.outcomes() == [("unresolved", "address-differs", "V3"), ("unresolved", "perhaps-repeat", "V3")]
    assert chances(done) == pytest.approx([by_itself, sure * (1 - by_itself)], abs=0.002)
    assert (done.lines[1]["evidence"] or "").endswith("; perhaps a repeat of line 1-1, which is open")
    assert "repeat" not in (done.lines[0]["evidence"] or "")
    below = checked(tmp_path, RHODA, open_line)
    assert [outcome for outcome, *_ in below.outcomes()] == ["valid", "invalid"]
    assert chances(below) == pytest.approx([sure, by_itself * (1 - sure)], abs=0.002)
    assert sum(chances(below)) == pytest.approx(sum(chances(done)), abs=0.001)


def test_a_line_below_one_that_two_of_the_home_may_have_signed_stays_valid_and_counts_a_little_less(
    tmp_path: Path,
) -> None:
    first, second = ("Otis Dillingham", "12 Oak St"), ("Otis Mae Dillingham", "12 Oak St")
    alone = chances(checked(tmp_path, second))[0]
    done = checked(tmp_path, first, second)
    assert done.outcomes() == [("unresolved", "ambiguous", ""), ("valid", "", "V1")]
    assert chances(done)[0] > 0.99
    assert 0.8 < chances(done)[1] < alone - 0.05


def test_where_no_line_of_who_signs_twice_counts_an_open_and_a_sure_line_take_from_each_other(tmp_path: Path) -> None:
    day = dt.date(2026, 6, 30)
    rules = rules_on(read_law("zz-example"), "initiative", day)
    assert rules.duplicates is not None
    none = replace(rules, duplicates=replace(rules.duplicates, value="none"))
    open_line = ("Rhoda Dillingham", "65 Nut St")
    by_itself, sure = (chances(checked(tmp_path, line))[0] for line in (open_line, RHODA))
    for written in ((open_line, RHODA), (RHODA, open_line)):
        checked(tmp_path, *written)
        found = check(read_lines(tmp_path / "lines.csv", latest=day), open_roll(tmp_path / "x.roll"), none).lines
        said = dict(zip(written, found["probability"], strict=True))
        assert said[open_line] == pytest.approx(by_itself * (1 - sure), abs=0.002)
        assert said[RHODA] == pytest.approx(sure * (1 - by_itself), abs=0.002)
        assert found["outcome"].to_list() == ["unresolved", "unresolved"]


def test_where_no_home_is_asked_a_second_line_of_who_moved_counts_for_those_of_the_name_who_have_not_signed(
    tmp_path: Path,
) -> None:
    named = [f"M{at},ZABEL,OTTO,,{REST},{at * 20 + 9} Fig St,Milton,50977" for at in range(3)]
    voters = [*ROLL, f"V9,ZABEL,OTTO,,{REST},9 Gum St,Fairview,50001", *named]
    day = dt.date(2026, 6, 30)
    (tmp_path / "roll.csv").write_text("\n".join(voters), "utf-8")
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=day), tmp_path / "x.roll")
    rules = rules_on(read_law("us-wa"), "initiative", dt.date(2018, 4, 20))
    found = []
    for first in ("31 Pine Rd", "9 Gum St"):
        written = f"1,1,Otto Zabel,{first},Fairview,50001\n2,1,Otto Zabel,65 Nut St,Fairview,50001"
        (tmp_path / "lines.csv").write_text(f"sheet,line,name,address,city,zip\n{written}", "utf-8")
        petition = read_lines(tmp_path / "lines.csv", latest=day)
        found.append(check(petition, open_roll(tmp_path / "x.roll"), rules, required=2).lines)
    known = found[1]
    assert known["outcome"].to_list() == ["valid", "unresolved"]
    assert known["voter_id"][0] == "V9"
    assert 0.01 < known["probability"][1] < found[0]["probability"][0] / 4


def test_where_no_line_of_who_signs_twice_counts_each_counts_as_often_as_the_other_is_not_the_voters(
    tmp_path: Path,
) -> None:
    done = checked(tmp_path, RHODA, ("Rhoda Dillingham", "66 Ash St"), ("Peter Moss", "298 Elm St"))
    first_valid = chances(done)
    day = dt.date(2026, 6, 30)
    rules = rules_on(read_law("zz-example"), "initiative", day)
    assert rules.duplicates is not None
    none = replace(rules, duplicates=replace(rules.duplicates, value="none"))
    found = check(read_lines(tmp_path / "lines.csv", latest=day), open_roll(tmp_path / "x.roll"), none).lines
    assert found["outcome"].to_list() == ["invalid", "invalid", "valid"]
    assert found["probability"].to_list() == pytest.approx([1 - 0.96, 1 - first_valid[0], first_valid[2]], abs=0.001)
