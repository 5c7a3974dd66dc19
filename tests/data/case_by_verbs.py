"""A case from opening to purge, by the verbs alone; run with a folder to work in."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from ballotworthy.casework.room import enter
from ballotworthy.casework.ruled import RuledLine
from ballotworthy.errors import Refused
from ballotworthy.risk_check.asked import Asked
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.verbs.case_certify import certify_case
from ballotworthy.verbs.case_correct import correct_lines
from ballotworthy.verbs.case_count import count_case
from ballotworthy.verbs.case_decide import decide_lines
from ballotworthy.verbs.case_differing import differing_lines
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_export import export_case
from ballotworthy.verbs.case_frame import fix_frame
from ballotworthy.verbs.case_intake import take_in
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.case_purge import purge_case
from ballotworthy.verbs.case_resolve import resolve_lines
from ballotworthy.verbs.case_risk_next import next_in_check
from ballotworthy.verbs.case_risk_state import record_risk, state_risk
from ballotworthy.verbs.case_risk_terms import fix_risk_terms
from ballotworthy.verbs.case_risk_weigh import weigh_lines
from ballotworthy.verbs.case_roll import name_roll
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_second import name_second_key
from ballotworthy.verbs.case_seed import enter_seed
from ballotworthy.verbs.case_status import status_of_case
from ballotworthy.verbs.case_work import next_lines

LINES = 40


def noon() -> dt.datetime:
    """Give a time that does not move: a verb asks the clock it was given, and no other."""
    return dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


def walk(folder: Path) -> None:
    """Walk the case."""
    districts = ("North", "South")
    rows = [f"{at // 5 + 1},{at % 5 + 1},Signer Number{at},{districts[at // 5 % 2]}" for at in range(LINES)]
    (folder / "lines.csv").write_text("sheet,line,name,district\n" + "\n".join(rows) + "\n", "utf-8")
    (folder / "machine.csv").write_text(
        "sheet,line,weight,signer\n" + "".join(f"{at // 5 + 1},{at % 5 + 1},1,\n" for at in range(LINES)), "utf-8"
    )
    voters = "".join(f"v{at},Signer\n" for at in range(LINES))
    (folder / "voters.csv").write_text("voter_id,last_name\n" + voters, "utf-8")
    build_roll(read_voters(folder / "voters.csv", taken_on=dt.date(2026, 11, 1)), folder / "x.roll")

    opened = open_case(
        folder / "case",
        Opening(
            case="EX-1",
            office="Office of Exampleland",
            measure="A law on wells",
            place="zz-example",
            kind="initiative",
            on=dt.date(2026, 11, 2),
            disclosure="public",
        ),
        clock=noon,
        by="ann",
        people={"bob": ["decide"], "dee": ["resolve"]},
        required=(30, "the test"),
    )
    assert opened.record.events == 2
    room = enter(folder / "case", noon)
    assert take_in(room, folder / "lines.csv", by="ann").lines == LINES
    assert fix_frame(room, by="ann").sheets == LINES // 5
    terms = fix_risk_terms(room, Asked(), by="ann", proposals=folder / "machine.csv")
    assert terms.weights == folder / "case/weights.tsv"
    assert name_roll(room, folder / "x.roll", by="ann").voters == LINES
    enter_seed(room, "4 1 5", by="ann", how="dice", source="three dice", present=["the press"])
    ids = choose_sample(room, by="ann").ids
    assert next_lines(room, person="ann", number=3).lines == ids[:3]

    decide_lines(room, [RuledLine(line, "valid", voter_id=f"v{at}") for at, line in enumerate(ids)], by="ann")
    first, second = ids[0], ids[1]
    decide_lines(room, [RuledLine(first, "invalid", "illegible")], by="bob", look=2)
    (differing,) = differing_lines(room).lines
    assert (differing.line, differing.first.by, differing.second.reason) == (first, "ann", "illegible")
    resolve_lines(room, [RuledLine(first, "valid", voter_id="v0")], by="dee")
    cure = enter_event(room, "cured", {"line": second, "what": "an affidavit", "day": "2026-11-03"}, by="ann")
    correct_lines(room, [RuledLine(second, "valid", voter_id="v1")], by="ann", why="read again", answers=cure.seq)
    while wanted := next_in_check(room, number=99).lines:
        weigh_lines(room, [(each.line, 0) for each in wanted], by="ann")
    judged = count_case(room, by="ann")
    assert judged.verdict["verdict"] == "sufficient"
    assert record_risk(room, by="ann").body == state_risk(room).body
    named = name_second_key(room, "bob", folder / "bob.key", by="ann")
    assert named.file.stat().st_mode & 0o777 == 0o600
    for wrong in ({"second": "bob"}, {"second": "dee", "second_key": named.file}):
        try:
            certify_case(room, by="ann", **wrong)
        except Refused as refused:
            assert "key" in str(refused)  # noqa: PT017 # this is a script
        else:
            raise AssertionError("the second person has not signed")
    done = certify_case(room, by="ann", second="bob", second_key=named.file)
    assert done.verdict == "sufficient"
    assert named.key in (folder / "case/certificate.json").read_text("utf-8")
    assert status_of_case(room).case.standing.closed
    assert "case.record" in export_case(room, folder / "out", audience="public").files
    purge_case(
        room,
        by="ann",
        ground="two years after the election",
        lawful_from=noon().date(),
        what=["names", "images", "keys"],
        alone="bob is on leave",
    )


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
    assert not [name for name in sys.modules if name.startswith(("ballotworthy.cli", "typer"))]
