"""One invented vote, written in every format that is read: the same cards must give the same count."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.vote.cards import Mark

MEASURES = ("Measure A: Roads", "Question 2")
"""Question 2 stands on cards of style S2 only."""
OTHER = "Mayor"
MARKS = {Mark.YES: (1, 0), Mark.NO: (0, 1), Mark.BLANK: (0, 0), Mark.INVALID: (1, 1)}


@dataclass(frozen=True)
class Card:
    tabulator: str
    batch: str
    position: int
    precinct: str
    style: str
    mode: str
    marks: Mapping[str, Mark]

    @property
    def number(self) -> str:
        return f"{self.tabulator}-{self.batch}-{self.position}"


def cards(number: int = 24) -> list[Card]:
    """Give cards, four a batch, two tabulators, three precincts; marks in turn."""
    turn = (Mark.YES, Mark.YES, Mark.NO, Mark.BLANK, Mark.YES, Mark.INVALID, Mark.NO)
    found = []
    for at in range(number):
        style = "S2" if at % 3 == 0 else "S1"
        marks = {MEASURES[0]: turn[at % len(turn)]}
        if style == "S2":
            marks[MEASURES[1]] = turn[(at + 3) % len(turn)]
        found.append(
            Card(str(101 + at // 12), str(at // 4 % 3 + 1), at % 4 + 1, f"P{at % 3 + 1}", style,
                 "Mail" if at % 2 else "Election Day", marks)
        )  # fmt: skip
    return found


def expected(given: Sequence[Card], measure: str) -> dict[str, int]:
    """Count by hand: yes, no, blank, invalid."""
    marks = [card.marks[measure] for card in given if measure in card.marks]
    names = {"yes": Mark.YES, "no": Mark.NO, "blank": Mark.BLANK, "invalid": Mark.INVALID}
    return {name: marks.count(mark) for name, mark in names.items()}


def manifest(folder: Path, given: Sequence[Card], *, tabulator: bool = True) -> Path:
    piles: dict[tuple[str, str], int] = {}
    for card in given:
        piles[card.tabulator, card.batch] = piles.get((card.tabulator, card.batch), 0) + 1
    if tabulator:
        rows = [["Tabulator", "Batch Name", "Number of Ballots"], *([*key, str(n)] for key, n in piles.items())]
    else:
        rows = [["Batch Name", "Number of Ballots"], *([f"{t}/{b}", str(n)] for (t, b), n in piles.items())]
    path = folder / "manifest.csv"
    path.write_text(_csv(rows))
    return path


def dominion_csv(folder: Path, given: Sequence[Card]) -> list[Path]:
    contests = [f"{OTHER} (Vote For=1)"] * 2 + [f"{name} (Vote For=1)" for name in MEASURES for _ in (0, 1)]
    choices = ["Ann Lee", "Bo Day"] + ["Yes", "No"] * 2
    blank = [""] * 8
    rows = [
        ["Invented Election", "5.10.1.1", *blank, *[""] * 4],
        [*blank, *contests],
        [*blank, *choices],
        ["CvrNumber", "TabulatorNum", "BatchId", "RecordId", "ImprintedId", "CountingGroup", "PrecinctPortion",
         "BallotType", *[""] * 6],
    ]  # fmt: skip
    for at, card in enumerate(given, 1):
        votes = [str(each) for name in MEASURES for each in MARKS.get(card.marks.get(name, Mark.ABSENT), ("", ""))]
        rows.append([str(at), card.tabulator, card.batch, str(card.position), card.number, card.mode, card.precinct,
                     card.style, "1", "0", *votes])  # fmt: skip
    return [_written(folder / "cvr.csv", _csv(rows))]


def clear_ballot(folder: Path, given: Sequence[Card]) -> list[Path]:
    head = ["RowNumber", "BoxID", "BoxPosition", "BallotID", "PrecinctID", "BallotStyleID", "PrecinctStyleName",
            "ScanComputerName", "Status", "Remade", f"Choice_1_1:{OTHER}:Vote For 1:Ann Lee:Non-Partisan"]  # fmt: skip
    head += [f"Choice_{at}_{side}:{name}:Vote For 1:{choice}:Non-Partisan"
             for at, name in enumerate(MEASURES, 2) for side, choice in enumerate(("Yes", "No"), 1)]  # fmt: skip
    rows = [head]
    for at, card in enumerate(given, 1):
        votes = [str(each) for name in MEASURES for each in MARKS.get(card.marks.get(name, Mark.ABSENT), ("", ""))]
        rows.append([str(at), card.batch, str(card.position), card.number, card.precinct, card.style, "ps",
                     card.tabulator, "", "0", "1", *votes])  # fmt: skip
    return [_written(folder / "clear.csv", _csv(rows))]


def ess(folder: Path, given: Sequence[Card]) -> list[Path]:
    words = {Mark.YES: "Yes", Mark.NO: "No", Mark.BLANK: "undervote", Mark.INVALID: "overvote", Mark.ABSENT: ""}
    rows = [["Cast Vote Record", "Precinct", "Ballot Style", OTHER, *MEASURES]]
    lines = ["Ballots,,,,,,,,,", "INV26,,,,,,,,,", '"Invented County, Nowhere",,,,,,,,,', ",,,,,,,,,",
             "Cast Vote Record,Batch,Ballot Status,Original Ballot Exception,Remaining Ballot Exception,Write-in Type,"
             "Results Report,Reporting Group,Tabulator CVR,Machine"]  # fmt: skip
    for at, card in enumerate(given, 1):
        rows.append([str(at), card.precinct, card.style, "Ann Lee",
                     *(words[card.marks.get(name, Mark.ABSENT)] for name in MEASURES)])  # fmt: skip
        exception = "Undervote, Overvote" if at % 5 == 0 else ""
        printed = f"{int(card.tabulator):04d}{at:06d}"
        lines.append(f"{at},{card.batch},Not Reviewed,{exception},,,N,{card.mode},{printed},{card.tabulator}")
    lines.append(f"Total : {len(given)},,,,,,,,,")
    return [
        _written(folder / "ess_cvr.csv", _csv(rows)),
        _written(folder / "ess_ballots.csv", "\n".join(lines) + "\n"),
    ]


def dominion_json(folder: Path, given: Sequence[Card]) -> list[Path]:
    export = folder / "export"
    export.mkdir()
    contests = [{"Description": name, "Id": at, "VoteFor": 1} for at, name in enumerate((OTHER, *MEASURES), 1)]
    candidates = [
        {"Description": "Ann Lee", "Id": 1, "ContestId": 1},
        {"Description": "Bo Day", "Id": 2, "ContestId": 1},
    ]
    for at in (2, 3):
        candidates += [{"Description": "YES", "Id": 10 * at, "ContestId": at, "Disabled": 0},
                       {"Description": "NO", "Id": 10 * at + 1, "ContestId": at, "Disabled": 0}]  # fmt: skip
    lists = {
        "Contest": contests,
        "Candidate": candidates,
        "CountingGroup": [{"Description": "Election Day", "Id": 1}, {"Description": "Mail", "Id": 2}],
        "PrecinctPortion": [{"Description": f"P{at}", "Id": at} for at in (1, 2, 3)],
        "BallotType": [{"Description": f"S{at}", "Id": at} for at in (1, 2)],
    }
    for name, listed in lists.items():
        _written(export / f"{name}Manifest.json", json.dumps({"Version": "5.10.50.85", "List": listed}))
    sessions = [_session(card, modified=at % 6 == 5) for at, card in enumerate(given)]
    half = len(sessions) // 2
    for at, part in enumerate((sessions[:half], sessions[half:])):
        _written(export / f"CvrExport_{at}.json", json.dumps({"Version": "5.10.50.85", "Sessions": part}, indent=1))
    return [export]


def _session(card: Card, *, modified: bool) -> dict[str, Any]:
    def interpreted(current: bool, marks: Mapping[str, Mark]) -> dict[str, Any]:
        contests = [{"Id": 1, "Overvotes": 0, "Undervotes": 0,
                     "Marks": [{"CandidateId": 1, "Rank": 1, "IsAmbiguous": False, "IsVote": True}]}]  # fmt: skip
        for at, name in enumerate(MEASURES, 2):
            if name in marks:
                mark = marks[name]
                chosen = {Mark.YES: [0], Mark.NO: [1], Mark.BLANK: [], Mark.INVALID: [0, 1]}[mark]
                contests.append({
                    "Id": at, "Overvotes": int(mark == Mark.INVALID), "Undervotes": int(mark == Mark.BLANK),
                    "Marks": [{"CandidateId": 10 * at + side, "Rank": 1, "IsAmbiguous": False,
                               "IsVote": mark != Mark.INVALID} for side in chosen],
                })  # fmt: skip
        card_ = {"Id": 7, "PaperIndex": 0, "Contests": contests}
        return {"PrecinctPortionId": int(card.precinct[1:]), "BallotTypeId": int(card.style[1:]),
                "IsCurrent": current, "Cards": [card_]}  # fmt: skip

    session: dict[str, Any] = {
        "TabulatorId": int(card.tabulator), "BatchId": int(card.batch), "RecordId": "X" if modified else card.position,
        "CountingGroupId": 2 if card.mode == "Mail" else 1,
        "ImageMask": f"D:\\NAS\\Images\\{int(card.tabulator):05d}_{int(card.batch):05d}_{card.position:06d}*.*",
        "Original": interpreted(not modified, dict.fromkeys(card.marks, Mark.YES) if modified else card.marks),
    }  # fmt: skip
    return session | ({"Modified": interpreted(True, card.marks)} if modified else {})


def hart(folder: Path, given: Sequence[Card]) -> list[Path]:
    path = folder / "hart.zip"
    inner: dict[str, io.BytesIO] = {}
    for at, card in enumerate(given):
        buffer = inner.setdefault(card.tabulator, io.BytesIO())
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(f"{at:04d}.xml", _hart(card, at))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for tabulator, buffer in inner.items():
            archive.writestr(f"{tabulator}.zip", buffer.getvalue())
    return [path]


def _hart(card: Card, at: int) -> str:
    contests = []
    for name in (OTHER, *MEASURES):
        mark = Mark.YES if name == OTHER else card.marks.get(name)
        if mark is None:
            continue
        names = ["Ann Lee", ""] if name == OTHER else ["Yes", "No"]
        chosen = {Mark.YES: names[:1], Mark.NO: names[1:], Mark.BLANK: [], Mark.INVALID: names}[mark]
        options = "".join(f"<Option><Name>{each}</Name><Id>x</Id><Value>1</Value></Option>" for each in chosen)
        more = {Mark.BLANK: "<Undervotes>1</Undervotes>", Mark.INVALID: "<Overvotes>1</Overvotes>"}.get(mark, "")
        contests.append(f"<Contest><Name>{name}</Name><Id>c</Id><Options>{options}</Options>{more}</Contest>")
    return (
        '<?xml version="1.0"?>\n<Cvr xmlns="http://tempuri.org/CVRDesign.xsd">\n'
        f"<Contests>{''.join(contests)}</Contests>\n<BatchSequence>{card.position}</BatchSequence><SheetNumber>1</SheetNumber>"
        f"<PrecinctSplit><Name>{card.precinct}</Name><Id>p</Id></PrecinctSplit>\n<BatchNumber>{card.batch}</BatchNumber>"
        f"<CvrGuid>guid-{at}</CvrGuid>\n</Cvr>\n"
    )


def nist_report(given: Sequence[Card]) -> dict[str, Any]:
    records = []
    for at, card in enumerate(given):
        contests = []
        for number, name in enumerate(MEASURES):
            if name in card.marks:
                contests.append(_nist_contest(f"_M{number}", card.marks[name]))
        old = {"@id": "old", "@type": "CVR.CVRSnapshot", "Type": "original",
               "CVRContest": [_nist_contest("_M0", Mark.YES)]}  # fmt: skip
        now = {"@id": "now", "@type": "CVR.CVRSnapshot", "Type": "interpreted", "CVRContest": contests}
        records.append({
            "@type": "CVR.CVR", "UniqueId": str(at + 1), "BatchId": card.batch, "BatchSequenceId": card.position,
            "CreatingDeviceId": card.tabulator, "BallotStyleId": card.style, "BallotStyleUnitId": f"_U{card.precinct}",
            "CurrentSnapshotId": "now", "CVRSnapshot": [old, now] if at % 2 else [now], "ElectionId": "_E",
        })  # fmt: skip
    contests = [
        {"@id": f"_M{at}", "@type": "CVR.BallotMeasureContest", "Name": name,
         "ContestSelection": [
             {"@id": f"_M{at}{side}", "@type": "CVR.BallotMeasureSelection", "Selection": side}
             for side in ("Yes", "No")
         ]} for at, name in enumerate(MEASURES)
    ]  # fmt: skip
    return {
        "@type": "CVR.CastVoteRecordReport", "Version": "1.0.0", "CVR": records,
        "GeneratedDate": "2026-11-05T10:00:00Z",
        "Election": [{"@id": "_E", "@type": "CVR.Election", "ElectionScopeId": "_U", "Contest": contests}],
        "GpUnit": [{"@id": f"_UP{at}", "@type": "CVR.GpUnit", "Name": f"P{at}", "Type": "precinct"}
                   for at in (1, 2, 3)],
        "ReportGeneratingDeviceIds": ["101"],
        "ReportingDevice": [{"@id": "101", "@type": "CVR.ReportingDevice"}],
    }  # fmt: skip


def _nist_contest(contest: str, mark: Mark) -> dict[str, Any]:
    chosen = {Mark.YES: ["Yes"], Mark.NO: ["No"], Mark.BLANK: [], Mark.INVALID: ["Yes", "No"]}[mark]
    allocable = "no" if mark == Mark.INVALID else "yes"
    selections = [
        {"@type": "CVR.CVRContestSelection", "ContestSelectionId": f"{contest}{side}",
         "TotalNumberVotes": int(mark != Mark.INVALID),
         "SelectionPosition": [{"@type": "CVR.SelectionPosition", "HasIndication": "yes", "IsAllocable": allocable,
                                "NumberVotes": 1}]} for side in chosen
    ]  # fmt: skip
    found: dict[str, Any] = {"@type": "CVR.CVRContest", "ContestId": contest, "CVRContestSelection": selections}
    status = {Mark.INVALID: {"Overvotes": 1, "Status": ["overvoted"]}, Mark.BLANK: {"Undervotes": 1}}
    return found | status.get(mark, {})


def nist_json(folder: Path, given: Sequence[Card]) -> list[Path]:
    return [_written(folder / "cvr.json", json.dumps(nist_report(given), indent=1))]


def nist_xml(folder: Path, given: Sequence[Card]) -> list[Path]:
    space = ' xmlns="http://itl.nist.gov/ns/voting/1500-103/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = as_xml("CastVoteRecordReport", nist_report(given), space)
    return [_written(folder / "cvr.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')]


def as_xml(name: str, value: Any, space: str = "") -> str:
    """Write NIST's JSON as the XML of the same model."""
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value) and name.endswith("Ids"):
            return f"<{name}>{' '.join(value)}</{name}>"
        return "\n".join(as_xml(name, each) for each in value)
    if not isinstance(value, dict):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return f"<{name}>{text}</{name}>"
    if "Content" in value:
        return f'<{name} Language="{value["Language"]}">{value["Content"]}</{name}>'
    kind = value.get("@type", "").rpartition(".")[2]
    own = f' ObjectId="{value["@id"]}"' if "@id" in value else ""
    own += f' xsi:type="{kind}"' if kind and kind != name and "@id" in value else ""
    inner = "".join(as_xml(key, each) for key, each in value.items() if not key.startswith("@"))
    return f"<{name}{space}{own}>{inner}</{name}>"


CARDS: dict[str, Callable[[Path, Sequence[Card]], list[Path]]] = {
    "dominion-csv": dominion_csv,
    "dominion-json": dominion_json,
    "hart-xml": hart,
    "ess-csv": ess,
    "clear-ballot-csv": clear_ballot,
    "nist-cvr-json": nist_json,
    "nist-cvr-xml": nist_xml,
}


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
