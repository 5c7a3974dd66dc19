"""Published totals: OpenElections in its four spellings and NIST's results report, counted once and never guessed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ballotworthy.errors import InputError
from ballotworthy.verbs.vote_count import CountedVote, count_vote
from vote_files import as_xml

SAMPLES = Path(__file__).parents[2] / "shared" / "road" / "samples" / "openelections"
HEAD = "county,precinct,office,district,party,candidate,votes"
SPELLINGS = {
    "office and district": f"{HEAD}\nX,1,Amendment,64,,Yes,10\nX,1,Amendment,64,,No,7\n"
    "X,2,Amendment,64,,Yes,3\nX,2,Amendment,64,,No,4\n",
    "office": f"{HEAD}\nX,1,Amendment 64,,,YES/FOR,10\nX,1,Amendment 64,,,NO/AGAINST,7\n"
    "X,2,Amendment 64,,,YES/FOR,3\nX,2,Amendment 64,,,NO/AGAINST,4\n",
    "no_votes": f'{HEAD},no_votes\nX,1,Amendment 64,,,,10,7\nX,2,Amendment 64,,,,3,"4"\n',
    "end of the office": f"{HEAD}\nX,1,Amendment 64 YES,,,,10\nX,1,Amendment 64 NO,,,,7\n"
    "X,2,Amendment 64 YES,,,,3\nX,2,Amendment 64 NO,,,,4\n",
}


def counted(folder: Path, text: str | bytes, **asked: Any) -> CountedVote:
    path = folder / "results.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return count_vote([path], **asked)


def told(given: CountedVote) -> str:
    return "\n".join(map(str, given.mismatches))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_measure_is_known_in_four_spellings_and_with_any_line_end(spelling: str, end: str, tmp_path: Path) -> None:
    given = counted(tmp_path, SPELLINGS[spelling].replace("\n", end))
    ((name, count),) = given.canvass.totals.items()
    assert (name, count.yes, count.no) == ("Amendment 64", 13, 11)
    assert (count.blank, count.cast, count.registered) == (None, None, None)
    assert given.mismatches == ()


WHOLE = (
    "county,precinct,office,district,candidate,votes,early_votes,poll_votes,total_ballots,reg_voters\n"
    'X,1,Measure A,,Yes,"1,010",10,1000,1040,2000\n'
    "X,1,Measure A,,No,20,5,15,1040,2000\n"
    "X,1,Measure A,,Under Votes,9,4,5,1040,2000\n"
    "X,1,Measure A,,Over Votes,1,1,0,1040,2000\n"
    "X,1,Mayor,,Ann Lee,900,,,1040,2000\n"
    "X,Provisional,Measure A,,Yes,3,0,3,4,0\n"
    "X,Provisional,Measure A,,No,1,0,1,4,0\n"
    "X,Provisional,Measure A,,Under Votes,0,0,0,4,0\n"
    "X,Provisional,Measure A,,Over Votes,0,0,0,4,0\n"
    "TOTAL,,Measure A,,Yes,1013,10,1003,,\n"
)


def test_turnout_overvotes_and_modes_are_read(tmp_path: Path) -> None:
    given = counted(tmp_path, WHOLE, rule="yes_of_cast:>1/2; turnout:>1/2")
    (count,) = given.canvass.totals.values()
    assert (count.yes, count.no, count.blank, count.invalid) == (1013, 21, 9, 1)
    assert (count.cast, count.registered, count.turnout) == (1044, 2000, 0.522)
    assert given.canvass.modes.select("mode", "yes", "no").rows() == [("early_votes", 10, 5), ("poll_votes", 1003, 16)]
    assert given.judgement is not None
    assert given.judgement.outcome == "passed"
    assert given.canvass.others == ("Mayor",)
    assert given.mismatches == ()


def test_turnout_in_rows_is_read(tmp_path: Path) -> None:
    rows = "X,1,Registered Voters,,,,50\nX,1,Ballots Cast,,,,20\nX,2,Registered Voters,,,,9\nX,2,Ballots Cast,,,,8\n"
    (count,) = counted(tmp_path, SPELLINGS["office"] + rows).canvass.totals.values()
    assert (count.registered, count.cast) == (59, 28)


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        ('"1,010",10', '"1,011",10', "line 2: yes on “Measure A” has 1,011 votes, and its parts add up to 1,010"),
        (",1013,", ",1012,", "line 11: the total of yes on “Measure A” is 1,012, and the rows add up to 1,013"),
        (
            ",Over Votes,1,1,0,1040",
            ",Over Votes,9,9,0,1040",
            "has 1,048 votes, blanks and overvotes, and 1,040 ballots",
        ),
        (r"1040,2000\n", "1040,1000\n", "1,040 ballots were cast, and 1,000 people are registered"),
        (r"(X,1,Measure A,,No.*),1040", r"\1,1041", "cast: 1,040 (line 2) and 1,041 (line 3)"),
        (r"X,1,Measure A,,No.*\n", "", "no on “Measure A” has no row for this precinct"),
        (r",20,5,15,", ",(< 25),,,", "line 3: no on “Measure A” is kept back"),
        (r"X,1,Measure A,,No", "X,1,MEASURE A,,No", "differ only by case and count as one"),
        (r"1003,,\n$", "1003,,", "the last line has no end"),
    ],
)
def test_numbers_that_do_not_fit_are_kept_and_told(pattern: str, new: str, said: str, tmp_path: Path) -> None:
    text = re.sub(pattern, new, WHOLE)
    assert text != WHOLE
    assert said in told(counted(tmp_path, text))


@pytest.mark.parametrize("missing", [r"X,1,Measure A,,No.*\n", r"(?<=No),20,5,15(?=,)"])
def test_an_unknown_number_leaves_the_sum_and_the_outcome_unknown(missing: str, tmp_path: Path) -> None:
    given = counted(tmp_path, re.sub(missing, "" if "\\n" in missing else ",*,,", WHOLE), rule="majority=valid")
    (count,) = given.canvass.totals.values()
    assert (count.yes, count.no) == (1013, None)
    assert given.judgement is not None
    assert (given.judgement.outcome, given.judgement.missing) == ("unknown", ("no",))


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r"(X,1,Measure A,,No.*\n)", r"\1\1", "line 4: no on “Measure A” stands here again for the precinct of line 3"),
        (r",20,5,15,", ",-20,5,15,", "line 3, column votes: this is no number of votes"),
        (r",20,5,15,", ",NaN,5,15,", "line 3, column votes: this is no number of votes"),
        (r",20,5,15,", ",2e1,5,15,", "line 3, column votes: this is no number of votes"),
        (r",20,5,15,", ",99999999999999999,5,15,", "line 3, column votes: this is no number of votes"),
        (r",20,5,15,", ",20,five,15,", "line 3, column early_votes: this is no number of votes"),
        (r",20,5,15,", ",,,,", "line 3, column votes: the cell is empty"),
        (r"X,1,Measure A,,No", "X,1,,,No", "line 3, column office: the cell is empty"),
        (r",20,5,15,1040,2000", ",20", "line 3: 6 cells where the heading has 10"),
        ("candidate", "person", "line 1, column candidate: the column is missing"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(pattern: str, new: str, said: str, tmp_path: Path) -> None:
    text = re.sub(pattern, new, WHOLE, count=1)
    assert text != WHOLE
    with pytest.raises(InputError) as caught:
        counted(tmp_path, text)
    assert said in str(caught.value)


@pytest.mark.parametrize("share", [0.1, 0.35, 0.5, 0.62, 0.8, 0.9, 0.97, 0.999])
def test_a_cut_file_is_refused_or_told(share: float, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("county,precinct,registered\nX,1,2000\nX,Provisional,0\n")
    try:
        given = counted(tmp_path, WHOLE[: int(len(WHOLE) * share)], registered=register)
    except InputError:
        return
    (count,) = given.canvass.totals.values()
    assert (count.yes, count.no) == (1013, 21) or given.mismatches


def test_a_precinct_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(SPELLINGS["office"])
    with pytest.raises(InputError, match=r"X 1 has “Amendment 64” twice: a\.csv, line 2, and b\.csv, line 2"):
        count_vote([tmp_path / "a.csv", tmp_path / "b.csv"])


def test_numbers_without_a_precinct_are_not_added_to_those_of_precincts(tmp_path: Path) -> None:
    text = "county,precinct,office,candidate,votes\n"
    text += "".join(f"Alder,{where},Measure A,{side},10\n" for where in ("1", "2", "") for side in ("Yes", "No"))
    with pytest.raises(InputError, match=r"line 6, column precinct: .* a total, or votes apart\. Write Total there"):
        counted(tmp_path, text)
    total = counted(tmp_path, text.replace("Alder,,", "Alder,Total,"))
    assert [(each.yes, each.no) for each in total.canvass.totals.values()] == [(20, 20)]


def test_the_register_names_precincts_that_are_missing_on_either_side(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("precinct,registered\n1,50\n3,60\n")
    text = SPELLINGS["office"].replace("X,", ",").replace("county", "county")
    said = told(counted(tmp_path, text, registered=register))
    assert "precinct 3 has 60 voters and no results" in said
    assert "precinct 2 has results and is not in the register" in said


def test_one_measure_is_asked_for_where_several_are_there(tmp_path: Path) -> None:
    text = SPELLINGS["office"] + "X,1,Amendment 65,,,Yes,1\nX,1,Amendment 65,,,No,2\n"
    with pytest.raises(InputError, match="Name it with --measure: Amendment 64; Amendment 65"):
        counted(tmp_path, text, rule="majority=valid")
    with pytest.raises(InputError, match="is in the names of 2 measures"):
        counted(tmp_path, text, measure="amendment")
    with pytest.raises(InputError, match="there is no measure 'Amendment 66'"):
        counted(tmp_path, text, measure="Amendment 66")
    given = counted(tmp_path, text, measure="65", rule="majority=valid")
    assert given.judgement is not None
    assert given.judgement.outcome == "failed"


@pytest.mark.parametrize(
    ("file", "measure", "yes", "no", "remarks"),
    [
        ("20121106__co__general__alamosa__precinct.csv", "Amendment 64", 3696, 2855, 3),
        ("20181106__co__general__county.csv", "Amendment V", 889_179, 1_567_560, 1),
        ("20181106__co__general__douglas__precinct.head3000.csv", "Amendment V", 3791, 12_473, 0),
    ],
)
def test_published_files_are_counted(file: str, measure: str, yes: int, no: int, remarks: int) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the handed samples are not beside this checkout")
    given = count_vote([SAMPLES / file], measure=measure)
    (count,) = given.canvass.totals.values()
    assert (count.yes, count.no, len(given.mismatches)) == (yes, no, remarks)


def report(**changes: Any) -> dict[str, Any]:
    """Give a results report: two precincts in a county; totals, their parts and the county's own numbers repeat."""

    def said(text: str) -> dict[str, Any]:
        kind = "ElectionResults.LanguageString"
        return {"@type": "ElectionResults.InternationalizedText",
                "Text": [{"@type": kind, "Content": text, "Language": "en"}]}  # fmt: skip

    def votes(name: str, numbers: dict[str, tuple[int, int]]) -> dict[str, Any]:
        counts = []
        for unit, (mail, day) in numbers.items():
            for kind, number in (("absentee-mail", mail), ("election-day", day), ("total", mail + day)):
                counts.append({"@type": "ElectionResults.VoteCounts", "GpUnitId": unit, "Type": kind, "Count": number})
        counts.append({"@type": "ElectionResults.VoteCounts", "GpUnitId": "c", "Type": "total",
                       "Count": sum(map(sum, numbers.values()))})  # fmt: skip
        return {"@type": "ElectionResults.BallotMeasureSelection", "@id": f"s{name}", "Selection": said(name),
                "VoteCounts": counts}  # fmt: skip

    others = [{"@type": "ElectionResults.OtherCounts", "GpUnitId": unit, "Overvotes": over, "Undervotes": under}
              for unit, over, under in (("p1", 1, 4), ("p2", 0, 2))]  # fmt: skip
    contest = {
        "@type": "ElectionResults.BallotMeasureContest", "@id": "m", "Name": "Measure A", "ElectionDistrictId": "c",
        "PassageThreshold": said("two thirds of all votes"),
        "ContestSelection": [votes("Yes", {"p1": (10, 20), "p2": (5, 6)}), votes("No", {"p1": (3, 4), "p2": (8, 9)})],
        "OtherCounts": others,
    }  # fmt: skip
    cast = [{"@type": "ElectionResults.BallotCounts", "GpUnitId": unit, "Type": "total", "BallotsCast": number}
            for unit, number in (("p1", 42), ("p2", 30))]  # fmt: skip
    units = [{"@type": "ElectionResults.ReportingUnit", "@id": f"p{at}", "Type": "precinct", "Name": said(f"P {at}"),
              "VotersRegistered": number} for at, number in ((1, 80), (2, 70))]  # fmt: skip
    units.append({"@type": "ElectionResults.ReportingUnit", "@id": "c", "Type": "county", "Name": said("X"),
                  "ComposingGpUnitIds": ["p1", "p2"], "VotersRegistered": 150})  # fmt: skip
    election = {
        "@type": "ElectionResults.Election",
        "Name": said("Invented"),
        "BallotCounts": cast,
        "Contest": [contest],
    }
    return {"@type": "ElectionResults.ElectionReport", "Format": "precinct-contest", "Status": "certified",
            "Election": [election], "GpUnit": units, **changes}  # fmt: skip


def written(folder: Path, form: str, text: str) -> Path:
    path = folder / f"report.{form}"
    if form == "xml":
        space = (
            ' xmlns="http://itl.nist.gov/ns/voting/1500-100/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        )
        text = as_xml("ElectionReport", json.loads(text), space)
    path.write_text(text)
    return path


@pytest.mark.parametrize("form", ["json", "xml"])
def test_counts_that_repeat_by_type_and_unit_are_counted_once(form: str, tmp_path: Path) -> None:
    given = count_vote([written(tmp_path, form, json.dumps(report()))])
    (count,) = given.canvass.totals.values()
    assert (count.yes, count.no, count.blank, count.invalid) == (41, 24, 6, 1)
    assert (count.cast, count.registered, count.turnout) == (72, 150, 0.48)
    assert given.canvass.precincts.select("precinct", "yes", "cast").rows() == [("P 1", 30, 42), ("P 2", 11, 30)]
    assert given.canvass.modes.select("mode", "yes").rows() == [("absentee-mail", 15), ("election-day", 26)]
    (remark,) = given.mismatches
    assert "“two thirds of all votes”" in remark.what
    assert "not evaluated" in remark.remedy


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Type": "total", "Count": 30', '"Type": "total", "Count": 31', "the total is 31, its parts add up to 30"),
        ('"GpUnitId": "c", "Type": "total", "Count": 41', '"GpUnitId": "c", "Type": "total", "Count": 40',
         "yes on “Measure A”: X has 40, its parts add up to 41"),
        ('"Status": "certified"', '"Status": "unofficial-partial"', "the report is unofficial-partial, not certified"),
        ('"VotersRegistered": 150', '"VotersRegistered": 160',
         "160 people are registered, and those of its parts add up to 150"),
        ('"BallotsCast": 42', '"BallotsCast": 41', "has 42 votes, blanks and overvotes, and 41 ballots were cast"),
    ],
)  # fmt: skip
def test_two_numbers_for_one_thing_are_told(form: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    text = json.dumps(report())
    assert old in text
    assert said in told(count_vote([written(tmp_path, form, text.replace(old, new))]))


def test_a_county_that_alone_has_numbers_has_its_own_register(tmp_path: Path) -> None:
    given = report()
    for selection in given["Election"][0]["Contest"][0]["ContestSelection"]:
        selection["VoteCounts"] = [each for each in selection["VoteCounts"] if each["GpUnitId"] == "c"]
    del given["Election"][0]["Contest"][0]["OtherCounts"]
    (count,) = count_vote([written(tmp_path, "json", json.dumps(given))]).canvass.totals.values()
    assert (count.yes, count.no, count.registered) == (41, 24, 150)


def test_a_number_that_is_kept_back_leaves_the_sum_unknown(tmp_path: Path) -> None:
    text = json.dumps(report()).replace('"Count": 5}', '"Count": 0, "IsSuppressedForPrivacy": true}', 1)
    text = text.replace('{"@type": "ElectionResults.VoteCounts", "GpUnitId": "c", "Type": "total", "Count": 41}', "{}")
    text = text.replace(", {}]", "]")
    (count,) = count_vote([written(tmp_path, "json", text)]).canvass.totals.values()
    assert (count.yes, count.no) == (None, 24)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Count": 10', '"Count": -10'),
        ('"Count": 10', '"Count": 10.5'),
        ('"Count": 10', '"Count": "ten"'),
        ('"Count": 10', '"Count": 99999999999999999999'),
        ('"GpUnitId": "p1", "Type": "election-day"', '"GpUnitId": "p1", "Type": "absentee-mail"'),
        ('"GpUnitId": "p1"', '"GpUnitId": "p9"'),
        ('"VotersRegistered": 80', '"VotersRegistered": "many"'),
        ('["p1", "p2"]', '["p1", "c"]'),
        ('"@id": "p2"', '"@id": "p1"'),
    ],
)
def test_a_faulty_report_is_refused(form: str, old: str, new: str, tmp_path: Path) -> None:
    text = json.dumps(report())
    assert old in text
    with pytest.raises(InputError) as caught:
        count_vote([written(tmp_path, form, text.replace(old, new, 1))])
    assert f"report.{form}" in str(caught.value)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9, 0.999])
def test_a_cut_report_is_refused(form: str, share: float, tmp_path: Path) -> None:
    path = written(tmp_path, form, json.dumps(report()))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(InputError, match=rf"report\.{form}"):
        count_vote([path])


def test_a_table_in_utf_16_is_told_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="It is in UTF-16: save it as UTF-8 first"):
        counted(tmp_path, SPELLINGS["office"].encode("utf-16"))
