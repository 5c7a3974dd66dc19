"""Odd files, made from the published accounts of the formats, with the count that a careful clerk writes down first."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.vote.formats import blocks, gather

APP = build_app(["vote"])
YES, NO = [("Yes", "1")], [("No", "1")]
ENDS = pytest.mark.parametrize("block", [False, True], ids=["one by one", "in blocks"])


def counted(*words: str | Path) -> tuple[dict[str, tuple[int | None, ...]], str]:
    """Count files; give yes, no, blank and invalid of each measure, and what is told beside."""
    done = CliRunner().invoke(APP, ["vote", "count", *map(str, words), "--json"])
    assert done.exit_code == 0, done.exception
    told = json.loads(done.stdout)
    beside = " ".join(f"{each['where']}: {each['what']}. {each['remedy']}" for each in told["mismatches"])
    numbers = ("yes", "no", "blank", "invalid")
    return {each["name"]: tuple(each[side] for side in numbers) for each in told["measures"]}, beside


def refused(*words: str | Path) -> str:
    done = CliRunner().invoke(APP, ["vote", "count", *map(str, words)])
    assert isinstance(done.exception, InputError), done.output
    return str(done.exception)


def blocked(monkeypatch: pytest.MonkeyPatch, block: bool) -> None:
    """Have small files read as great ones are."""
    if block:
        monkeypatch.setattr(blocks, "WORTH_CUTTING", 1)


# Hart: Verity's export, by RCTab's account of it.


def contest(name: str, options: Sequence[tuple[str, str]], more: str = "", number: str = "c") -> str:
    marked = "".join(f"<Option><Name>{each}</Name><Id>o</Id><Value>{value}</Value></Option>" for each, value in options)
    return f"<Contest><Name>{name}</Name><Id>{number}</Id><Options>{marked}</Options>{more}</Contest>"


def hart(folder: Path, *contests: str, more: Sequence[str] = (), signed: bool = False) -> Path:
    """Write a zip of cards, a card for each text of contests, with what stands above its CvrGuid."""
    with zipfile.ZipFile(folder / "hart.zip", "w") as archive:
        for at, text in enumerate(contests):
            name = f"1_{at}.xml"
            archive.writestr(
                name,
                f'<?xml version="1.0"?>\n<Cvr xmlns="http://tempuri.org/CVRDesign.xsd"><Contests>{text}</Contests>'
                f"<BatchSequence>{at + 1}</BatchSequence><SheetNumber>1</SheetNumber><BatchNumber>1</BatchNumber>"
                f"{more[at] if at < len(more) else ''}<CvrGuid>g{at}</CvrGuid></Cvr>",
            )
            if signed:
                archive.writestr(f"{name}.sig.xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')
    return folder / "hart.zip"


@ENDS
def test_an_overvote_and_an_invalid_vote_of_hart_are_nobodys(
    block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The element is Overvoted, and InvalidVote where several parties were voted for."""
    blocked(monkeypatch, block)
    both, none = YES + NO, []
    cards = [contest("Prop 1", YES), contest("Prop 1", both, "<Undervotes>0</Undervotes><Overvoted>1</Overvoted>"),
             contest("Prop 1", none, "<Undervotes>0</Undervotes><Overvoted>true</Overvoted>"),
             contest("Prop 1", NO, "<InvalidVote>true</InvalidVote>"), contest("Prop 1", none, "<NoVote>true</NoVote>"),
             contest("Prop 1", NO, "<Overvoted>false</Overvoted>")]  # fmt: skip
    assert counted(hart(tmp_path, *cards))[0] == {"Prop 1": (1, 1, 1, 3)}
    more = contest("Prop 1", YES, "<Overvoted>true</Overvoted>")
    assert "1_6.xml: one option has the vote, and the overvote" in refused(hart(tmp_path, *cards, more))


@ENDS
def test_signatures_ranks_and_provisional_cards_stand_beside_harts_questions(
    block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked(monkeypatch, block)
    mayor = contest("Mayor", [("Ann Lee", "100000"), ("Bo Day", "010000")])
    cards = [mayor + contest("Prop 1", YES), contest("Prop 1", NO), contest("Prop 1", NO)]
    code = "<ProvisionalCode>K7</ProvisionalCode>"
    totals, told = counted(hart(tmp_path, *cards, more=("", code), signed=True))
    assert totals == {"Prop 1": (1, 2, 0, 0)}
    assert "1 card with a code of a provisional ballot counted: 1_1.xml" in told
    wrong = contest("Prop 1", [("Yes", "7")])
    assert "the Value of an option is neither 0 nor 1: of Prop 1" in refused(hart(tmp_path, *cards, wrong))


@ENDS
def test_cards_of_polling_places_have_no_batch_and_are_counted(
    block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked(monkeypatch, block)
    path = hart(tmp_path, contest("Prop 1", YES), contest("Prop 1", NO), contest("Prop 1", NO))
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for at, (name, text) in enumerate(texts.items()):
            without = re.sub("<Batch.*?</Batch\\w+>", "", text)
            archive.writestr(name, without if at else text)
    totals, told = counted(path)
    assert totals == {"Prop 1": (1, 2, 0, 0)}
    assert "2 cards without a batch or a number in it, as of polling places" in told
    (tmp_path / "manifest.csv").write_text("Batch Name,Number of Ballots\n1,3\n")
    start = ["vote", "audit", "start", str(tmp_path / "audit"), "--manifest", str(tmp_path / "manifest.csv"), "--rule",
             "majority=valid", "--records", str(path), "--yes", "1", "--no", "2"]  # fmt: skip
    done = CliRunner().invoke(APP, start)
    assert "there is no batch (empty), and records are of it" in str(done.exception)


@ENDS
def test_two_contests_of_one_name_are_two_votes(block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked(monkeypatch, block)
    path = hart(tmp_path, contest("Measure A", YES, number="north"), contest("Measure A", NO, number="south"))
    totals, told = counted(path)
    assert totals == {"Measure A (north)": (1, 0, 0, 0), "Measure A (south)": (0, 1, 0, 0)}
    assert "2 contests are called “Measure A”" in told
    path = dominion_json(tmp_path, [[(1, [11])], [(3, [32])]], ["Prop 9", "Mayor", "PROP 9"])
    assert counted(path)[0] == {"Prop 9 (1)": (1, 0, 0, 0), "PROP 9 (3)": (0, 1, 0, 0)}


# Dominion.


def dominion_json(folder: Path, cards: Sequence[Any], names: Sequence[str], **more: Any) -> Path:
    """Write an export: a session for each list of (contest, candidates voted for), or for several such lists."""
    export = folder / "export"
    export.mkdir()
    sessions = []
    for at, given in enumerate(cards, 1):
        lists = given if given and isinstance(given[0], list) else [given]
        made = [
            {"Id": 1, "Contests": [{"Id": number, "Overvotes": 0, "Undervotes": 0,
                                    "Marks": [{"CandidateId": each, "IsVote": True} for each in voted]}
                                   for number, voted in card]}
            for card in lists
        ]  # fmt: skip
        sessions.append(
            {"TabulatorId": 1, "BatchId": 1, "RecordId": at, "Original": {"IsCurrent": True, "Cards": made}}
        )
    lists = {
        "ContestManifest": {"List": [{"Description": each, "Id": at, "VoteFor": 1}
                                     for at, each in enumerate(names, 1)]},
        "CandidateManifest": {"List": [{"Description": side, "Id": 10 * at + place, "ContestId": at}
                                       for at, each in enumerate(names, 1)
                                       for place, side in enumerate(("Al",) if each == "Mayor" else ("YES", "NO"), 1)]},
        "CvrExport": {"Sessions": sessions},
        **more,
    }  # fmt: skip
    for name, value in lists.items():
        (export / f"{name}.json").write_text(json.dumps({"Version": "5.10", **value}))
    return export


def test_an_export_of_dominion_that_was_filtered_says_so(tmp_path: Path) -> None:
    given = {"IncludeTabulatorFilter": True, "TabulatorFilterValue": 1, "IncludeContestFilter": False}
    totals, told = counted(dominion_json(tmp_path, [[(1, [11])], [(1, [12])]], ["Prop 9"], Configuration=given))
    assert totals == {"Prop 9": (1, 1, 0, 0)}
    assert "made with a filter (Tabulator)" in told


@pytest.mark.parametrize("blank", [False, True])
def test_an_audit_keeps_every_card_of_a_ballot_of_two(blank: bool, tmp_path: Path) -> None:
    """Both cards of a session bear its number: the second must not take the place of the first."""
    cards = [[[(1, [11])], [(2, [21])]], [[(1, [12])], [(2, [21])]], [[(1, [] if blank else [11])]]]
    records = dominion_json(tmp_path, cards, ["Prop 9", "Mayor"])
    (tmp_path / "manifest.csv").write_text("Tabulator,Batch Name,Number of Ballots\n1,1,5\n")
    start = ["vote", "audit", "start", str(tmp_path / "audit"), "--manifest", str(tmp_path / "manifest.csv"), "--rule",
             "majority=valid", "--records", str(records), "--yes", str(2 - blank), "--no", "1"]  # fmt: skip
    done = CliRunner().invoke(APP, start)
    assert done.exit_code == 0, done.exception
    rows = list(csv.DictReader((tmp_path / "audit/cards.csv").read_text().splitlines()))
    recorded = [row["recorded"] for row in rows]
    assert recorded == ["yes", "absent", "no", "absent", "blank" if blank else "yes"]


def test_records_of_two_machines_are_not_laid_on_one_batch(tmp_path: Path) -> None:
    records = dominion_csv(tmp_path, [("Measure A", "Yes"), ("Measure A", "No")], [(1, 0), (0, 1)], machines=(1, 2))
    (tmp_path / "manifest.csv").write_text("Batch Name,Number of Ballots\n1,2\n")
    start = ["vote", "audit", "start", str(tmp_path / "audit"), "--manifest", str(tmp_path / "manifest.csv"), "--rule",
             "majority=valid", "--records", str(records), "--yes", "1", "--no", "1"]  # fmt: skip
    done = CliRunner().invoke(APP, start)
    assert "records of tabulator 1 and of tabulator 2 are of batch 1, with the same numbers" in str(done.exception)
    assert not (tmp_path / "audit").exists()


def test_no_two_cards_of_an_audit_bear_one_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("Tabulator,Batch Name,Number of Ballots\n1/2,3,5\n1,2/3,5\n")
    start = ["vote", "audit", "start", str(tmp_path / "audit"), "--manifest", str(tmp_path / "manifest.csv")]
    done = CliRunner().invoke(APP, [*start, "--rule", "majority=valid", "--yes", "6", "--no", "3"])
    assert "a card of 1/2 3 and one of 1 2/3 (tabulator and batch) would both be called 1/2/3/1" in str(done.exception)


def dominion_csv(
    folder: Path, heads: Sequence[tuple[str, str]], votes: Sequence[Sequence[Any]], machines: Sequence[int] = ()
) -> Path:
    names = ["CvrNumber", "TabulatorNum", "BatchId", "RecordId", "ImprintedId", "PrecinctPortion", "BallotType"]
    blank = [""] * len(names)
    rows = [["Invented", "5.17.17.1"], [*blank, *(f"{each} (Vote For=1)" for each, _ in heads)],
            [*blank, *(each for _, each in heads)], [*names, *([""] * len(heads))]]  # fmt: skip
    for at, marks in enumerate(votes):
        place = [machines[at], 1, 1] if machines else [1, 1, at + 1]
        rows.append([str(each) for each in (at + 1, *place, f"i{at}", "P1", "S1", *marks)])
    rows[0] += [""] * (len(rows[-1]) - 2)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    (folder / "cvr.csv").write_text(out.getvalue())
    return folder / "cvr.csv"


# Answers that are not counted are named.

PAIR = [("Measure A", "Yes"), ("Measure A", "No")]


def test_a_question_that_is_not_counted_beside_others_is_told_with_its_answers(tmp_path: Path) -> None:
    heads = [*PAIR, ("Measure B", "Yes"), ("Measure B", "No"), ("Measure B", "Write-in"),
             *[("Measure C", "Yes"), ("Measure C", "No")] * 2]  # fmt: skip
    path = dominion_csv(tmp_path, heads, [(1, 0, 1, 0, 0, 1, 0, "", ""), (0, 1, 0, 0, 1, "", "", 0, 1)])
    totals, told = counted(path)
    assert totals == {"Measure A": (1, 1, 0, 0)}
    assert "“Measure B” has a yes and a no, and is not counted: it has other answers too (Write-in)" in told
    assert "“Measure C” has a yes and a no, and is not counted: answers stand twice (Yes, No, Yes, No)" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cast Vote Record,Precinct,Ballot Style,Bond 1,Mayor\n1,P,S,Aye,Al\n2,P,S,Nay,Bo\n3,P,S,undervote,overvote\n",
         "Bond 1, answered Aye, Nay; Mayor, answered Al, Bo"),
        ("Cast Vote Record,Precinct,Ballot Style,Bond 1,Bond 1\n1,P,S,Yes,\n2,P,S,No,\n3,P,S,,No\n",
         "Bond 1, answered Yes, No, No"),
        ("county,precinct,office,district,party,candidate,votes\nA,1,Bond,,,Aye,3\nA,1,Bond,,,Nay,2\n",
         "Bond, answered Aye, Nay"),
        ("RowNumber,BoxID,BoxPosition,BallotID,ScanComputerName,Choice_1_1:Bond:Vote For 1:Aye:,"
         "Choice_1_2:Bond:Vote For 1:Nay:\n1,b,1,x,s,1,0\n", "Bond, answered Aye, Nay"),
    ],
)  # fmt: skip
def test_where_nothing_is_counted_the_answers_found_are_listed(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "given.csv").write_text(text)
    said = refused(tmp_path / "given.csv")
    assert f"just a yes and a no. There are: {told}. If a measure says it in other words" in said
    if "Aye, Nay" in told:
        assert counted(tmp_path / "given.csv", "--yes", "Aye", "--no", "Nay")[0]


def test_a_question_of_other_answers_in_one_file_is_not_judged_without_it(tmp_path: Path) -> None:
    head = "county,precinct,office,district,party,candidate,votes\n"
    (tmp_path / "a.csv").write_text(f"{head}A,1,Bond,,,Yes,30\nA,1,Bond,,,No,2\n")
    (tmp_path / "b.csv").write_text(f"{head}B,1,Bond,,,Yes,3\nB,1,Bond,,,No,90\nB,1,Bond,,,Write-ins,0\n")
    totals, told = counted(tmp_path / "a.csv", tmp_path / "b.csv")
    assert totals["Bond"][:2] == (30, 2)
    assert "“Bond”: in a part of the files it has just a yes and a no, in another it has other answers" in told
    said = refused(tmp_path / "a.csv", tmp_path / "b.csv", "--rule", "majority=valid")
    assert "“Bond” cannot be judged: in a part of the files" in said


def test_a_repeated_heading_of_es_s_is_no_reason_to_refuse_the_others(tmp_path: Path) -> None:
    head = "Cast Vote Record,Precinct,Ballot Style,Council 5,Council 5,Question 2\n"
    (tmp_path / "ess.csv").write_text(f"{head}1,P,S,Al,Bo,Yes\n2,P,S,Al,undervote,No\n")
    assert counted(tmp_path / "ess.csv")[0] == {"Question 2": (1, 1, 0, 0)}


# NIST's records.


def nist(folder: Path, *selections: list[dict[str, Any]], snapshot: Sequence[str] = ()) -> Path:
    """Write a report of one question: a record for each list of selections; the last one's snapshot has a status."""
    records = []
    for at, each in enumerate(selections):
        made: dict[str, Any] = {
            "@id": f"s{at}", "@type": "CVR.CVRSnapshot", "Type": "interpreted",
            "CVRContest": [{"@type": "CVR.CVRContest", "ContestId": "_M", "CVRContestSelection": each}],
        }  # fmt: skip
        if at == len(selections) - 1 and snapshot:
            made["Status"] = list(snapshot)
        records.append({"@type": "CVR.CVR", "UniqueId": str(at), "CurrentSnapshotId": f"s{at}", "CVRSnapshot": [made]})
    choices = [{"@id": f"_{each}", "@type": "CVR.BallotMeasureSelection", "Selection": each} for each in ("Yes", "No")]
    report = {
        "@type": "CVR.CastVoteRecordReport", "Version": "1.0.0", "CVR": records,
        "Election": [{"@id": "_E", "Contest": [{"@id": "_M", "Name": "Measure N", "ContestSelection": choices}]}],
    }  # fmt: skip
    (folder / "cvr.json").write_text(json.dumps(report))
    return folder / "cvr.json"


def selected(choice: str, status: Sequence[str] = (), **position: Any) -> dict[str, Any]:
    mark = {"@type": "CVR.SelectionPosition", "HasIndication": "yes", "NumberVotes": 1, **position}
    made = {"@type": "CVR.CVRContestSelection", "ContestSelectionId": f"_{choice}", "SelectionPosition": [mark]}
    return {**made, "Status": list(status)} if status else made


@ENDS
def test_statuses_of_marks_are_heard(block: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that rules made invalid is nobody's; one that people must look at waits, unless it says what it is."""
    blocked(monkeypatch, block)
    path = nist(
        tmp_path, [selected("Yes")], [selected("No", IsAllocable="yes")],
        [selected("Yes", Status=["invalidated-rules"])], [selected("Yes", ["invalidated-rules"])],
        [selected("Yes", ["needs-adjudication"])], [selected("No", ["needs-adjudication"], IsAllocable="yes")],
        [selected("Yes")], snapshot=["needs-adjudication"],
    )  # fmt: skip
    totals, told = counted(path)
    assert totals == {"Measure N": (2, 2, 0, 3)}
    assert "1 marks are neither yes nor no, as they wait for people: record 5, Measure N" in told
    assert "1 record marked as waiting for people (needs-adjudication): record 7" in told


@pytest.mark.parametrize("votes", [{"NumberVotes": 0}, {"NumberVotes": 2}, {"FractionalVotes": "0.5"}])
def test_a_mark_that_is_not_one_vote_is_refused(votes: dict[str, Any], tmp_path: Path) -> None:
    path = nist(tmp_path, [selected("No")], [selected("Yes", **votes)])
    assert "record 2: NumberVotes or FractionalVotes of a mark that counts is not 1" in refused(path)
    path = nist(tmp_path, [selected("No", FractionalVotes=1.0)], [selected("Yes", NumberVotes="1")])
    assert counted(path)[0] == {"Measure N": (1, 1, 0, 0)}


# Totals, and cards made anew.


@pytest.mark.parametrize(
    ("county", "precinct"),
    [("A", "A County Total"), ("State Totals", ""), ("A", "Subtotal of ward 1"), ("Total:", "1")],
)
def test_a_row_that_adds_up_others_is_not_added_to_them(county: str, precinct: str, tmp_path: Path) -> None:
    rows = [("A", "1", 10, 5), ("A", "2", 1, 2), (county, precinct, 11, 7)]
    text = "".join(f"{c},{p},Bond,,,Yes,{yes}\n{c},{p},Bond,,,No,{no}\n" for c, p, yes, no in rows)
    path = tmp_path / "sums.csv"
    path.write_text(f"county,precinct,office,district,party,candidate,votes\n{text}")
    totals, told = counted(path)
    assert totals["Bond"][:2] == (11, 7)
    assert "add up" not in told
    path.write_text(
        path.read_text().replace(f"{county},{precinct},Bond,,,Yes,11", f"{county},{precinct},Bond,,,Yes,12")
    )
    totals, told = counted(path)
    assert totals["Bond"][:2] == (11, 7)
    assert "Sub" in precinct or "the total of yes on “Bond” is 12, and the rows add up to 11" in told


def test_a_letter_that_neighbours_share_is_told(tmp_path: Path) -> None:
    """Every county of California has a Measure A; a proposition stands in all of them."""
    head = "county,precinct,office,district,party,candidate,votes\n"
    for county, name in (("Alameda", "A"), ("Marin", "A"), ("Napa", "B")):
        rows = [
            (f"Measure {name}", "Yes"),
            (f"Measure {name}", "No"),
            ("Proposition 64", "Yes"),
            ("Proposition 64", "No"),
        ]
        text = "".join(f"{county},1,{office},,,{side},4\n" for office, side in rows)
        (tmp_path / f"{county}.csv").write_text(f"{head}{text},,,,,,\n")
    totals, told = counted(*sorted(tmp_path.iterdir()))
    assert {name: found[:2] for name, found in totals.items()} == {
        "Measure A": (8, 8), "Measure B": (4, 4), "Proposition 64": (12, 12),
    }  # fmt: skip
    assert "“Measure A” stands in 2 of 3 counties, and is counted as one" in told
    assert "“Measure B”" not in told
    assert "“Proposition 64”" not in told


# NIST's results.


def results(folder: Path, *contests: tuple[str, dict[str, int], dict[str, int]], kind: str = "total") -> Path:
    """Write a report: of each contest its name, and votes by unit for yes and for no; the county has two precincts."""

    def counts(votes: dict[str, int]) -> list[dict[str, Any]]:
        return [{"GpUnitId": unit, "Count": number, "Type": kind} for unit, number in votes.items()]

    made = [
        {
            "@id": f"c{at}",
            "Name": name,
            "ContestSelection": [
                {"@id": f"c{at}{side}", "Selection": {"Text": [{"Content": side}]}, "VoteCounts": counts(votes)}
                for side, votes in (("Yes", yes), ("No", no))
            ],
        }
        for at, (name, yes, no) in enumerate(contests, 1)
    ]
    units = [{"@id": unit, "Type": "precinct", "Name": unit} for unit in ("P1", "P2")]
    units.append({"@id": "County", "Type": "county", "Name": "County", "ComposingGpUnitIds": ["P1", "P2"]})
    report = {"@type": "ElectionResults.ElectionReport", "Format": "precinct-level", "Status": "certified",
              "Election": [{"Contest": made}], "GpUnit": units}  # fmt: skip
    (folder / "report.json").write_text(json.dumps(report))
    return folder / "report.json"


def test_two_contests_of_one_name_in_a_report_are_two_votes(tmp_path: Path) -> None:
    totals, told = counted(results(tmp_path, ("Measure A", {"P1": 5}, {"P1": 3}), ("MEASURE A", {"P2": 1}, {"P2": 9})))
    assert {name: found[:2] for name, found in totals.items()} == {"Measure A (c1)": (5, 3), "MEASURE A (c2)": (1, 9)}
    assert "2 contests are called “Measure A”" in told


def test_a_county_counts_itself_where_a_precinct_of_it_has_no_number(tmp_path: Path) -> None:
    yes, no = {"County": 9, "P1": 5}, {"County": 9, "P1": 3}
    totals, told = counted(results(tmp_path, ("Q", yes, no)))
    assert totals["Q"][:2] == (9, 9)
    assert "County has 9, its parts add up to 5 (its own counts, since 1 of them have none)" in told
    totals, told = counted(results(tmp_path, ("Q", {**yes, "P2": 3}, {**no, "P2": 6})))
    assert totals["Q"][:2] == (8, 9)
    assert "County has 9, its parts add up to 8 (the parts count)" in told


def test_a_sum_that_is_unknown_says_why(tmp_path: Path) -> None:
    path = results(tmp_path, ("Q", {"P1": 5}, {"P1": 3, "P2": 6}))
    totals, told = counted(path)
    assert totals["Q"][:2] == (None, 9)
    assert "report.json, unit P2: yes on “Q” in P2 has no number, and no has one. The sum is unknown" in told
    path.write_text(path.read_text().replace('"Count": 6', '"Count": 0, "IsSuppressedForPrivacy": true'))
    totals, told = counted(path)
    assert totals["Q"][:2] == (None, None)
    assert "unit P2: no on “Q” in P2 is kept back" in told


def test_a_type_of_count_that_there_is_not_is_refused(tmp_path: Path) -> None:
    path = results(tmp_path, ("Q", {"P1": 5}, {"P1": 3}), kind="undervotes")
    assert "unit P1 has a count of type undervotes, which there is not" in refused(path)


def test_a_precinct_that_only_sounds_like_a_total_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "sums.csv"
    path.write_text("county,precinct,office,district,party,candidate,votes\nA,Totality Hall,Bond,,,Yes,4\n"
                    "A,Totality Hall,Bond,,,No,1\nA,2,Bond,,,Yes,4\nA,2,Bond,,,No,1\n")  # fmt: skip
    assert counted(path)[0]["Bond"][:2] == (8, 2)


def test_cards_of_clear_ballot_that_were_remade_are_told(tmp_path: Path) -> None:
    head = "RowNumber,BoxID,BoxPosition,BallotID,ScanComputerName,Remade,"
    head += "Choice_1_1:Bond:Vote For 1:Yes:,Choice_1_2:Bond:Vote For 1:No:"
    (tmp_path / "clear.csv").write_text(f"{head}\n1,b,1,x,s,0,1,0\n2,b,2,y,s,1,1,0\n3,b,3,z,s,,0,1\n")
    totals, told = counted(tmp_path / "clear.csv")
    assert totals == {"Bond": (2, 1, 0, 0)}
    assert "1 record of a card that was remade" in told


def test_a_contest_of_ranks_on_many_cards_costs_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its cards would be a fault, were it a question; no more are kept than would be told."""
    blocked(monkeypatch, block=True)
    kept: list[int] = []
    cards = gather.Gatherer.cards

    def seen(self: gather.Gatherer, *given: Any, **more: Any) -> Any:
        kept.append(max(map(len, self.doubts.values())))
        return cards(self, *given, **more)

    monkeypatch.setattr(gather.Gatherer, "cards", seen)
    mayor = contest("Mayor", [("Ann Lee", "100000")])
    path = hart(tmp_path, *([mayor + contest("Prop 1", YES)] * (gather.MOST_FAULTS + 50)))
    assert counted(path)[0] == {"Prop 1": (gather.MOST_FAULTS + 50, 0, 0, 0)}
    assert kept == [gather.MOST_FAULTS + 1]
