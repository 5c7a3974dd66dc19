"""The audit of a vote: it confirms what is right, seldom what is wrong, and refuses what would spoil it."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.vote import Numbers
from ballotworthy.vote.cards import Mark
from ballotworthy.vote.evidence import polling_risk
from ballotworthy.vote.plan import plan_audit

APP = build_app(("vote",))
BATCHES = 20
EACH = 100


def run(*words: object) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in ("vote", "audit", *words)])


def asked(*words: object) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exception is None, result.exception
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def truth(yes: int, no: int, seed: int = 1) -> dict[str, str]:
    """Give what stands on each card: yes, no, the rest blank, in an order of the seed."""
    marks = ["yes"] * yes + ["no"] * no + ["blank"] * (BATCHES * EACH - yes - no)
    random.Random(seed).shuffle(marks)
    cards = [f"B{batch}/{at}" for batch in range(1, BATCHES + 1) for at in range(1, EACH + 1)]
    return dict(zip(cards, marks, strict=True))


def manifest(folder: Path, each: int = EACH) -> Path:
    rows = "".join(f"B{batch},{each}\n" for batch in range(1, BATCHES + 1))
    (folder / "manifest.csv").write_text(f"Batch Name,Number of Ballots\n{rows}")
    return folder / "manifest.csv"


def records(folder: Path, said: Mapping[str, str]) -> Path:
    """Give the records in Dominion's CSV, as the machine read the cards."""
    rows = [["Invented vote", "5.10.50.85", "", "", "", "", "", "", "", ""]]
    rows.append(["", "", "", "", "", "", "", "", "Question 1 (Vote For=1)", "Question 1 (Vote For=1)"])
    rows.append([""] * 8 + ["YES", "NO"])
    rows.append(
        ["CvrNumber", "TabulatorNum", "BatchId", "RecordId", "ImprintedId", "CountingGroup", "PrecinctPortion",
         "BallotType", "", ""]
    )  # fmt: skip
    for number, (card, mark) in enumerate(said.items(), 1):
        batch, _, at = card.partition("/")
        marks = {"yes": ("1", "0"), "no": ("0", "1"), "blank": ("0", "0")}[mark]
        rows.append([str(number), "1", batch, at, f"1-{batch}-{at}", "Mail", "P1", "1", *marks])
    with (folder / "records.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / "records.csv"


def fill(listed: Path, stands: Mapping[str, str], out: Path) -> Path:
    with listed.open() as file:
        rows = list(csv.DictReader(file))
    with out.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "Found": stands[row["Card"]]} for row in rows)
    return out


def begin(folder: Path, stands: Mapping[str, str], rule: str, *options: object, reported: Sequence[int] = ()) -> Path:
    values = list(stands.values())
    yes, no = reported or (values.count("yes"), values.count("no"))
    audit = folder / "audit"
    asked("start", audit, "--manifest", manifest(folder), "--rule", rule, "--yes", yes, "--no", no, *options)
    asked("seed", audit, "31415926")
    return audit


def play(folder: Path, audit: Path, stands: Mapping[str, str], first: int | None = None) -> dict[str, Any]:
    """Go on with an audit until it ends, and give what it says then."""
    size = [] if first is None else ["-n", first]
    while True:
        listed = Path(asked("next", audit, *size)["list"])
        told = asked("enter", audit, fill(listed, stands, folder / "filled.csv"))
        if told["state"] in ("confirmed", "full-count"):
            return told
        size = []


@pytest.mark.parametrize(
    ("rule", "yes", "no", "outcome", "options", "compared"),
    [
        ("yes_of_valid:>1/2", 1200, 600, "passed", [], True),
        ("yes_of_valid:>1/2", 600, 1200, "failed", [], False),
        ("yes_of_valid:>=3/5", 1500, 300, "passed", [], False),
        ("yes_of_valid:>=3/5", 700, 1100, "failed", [], True),
        ("yes_of_cast:>1/2", 1400, 400, "passed", [], True),
        ("yes_of_registered:>1/4", 1300, 300, "passed", ["--registered", 4000], True),
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", 1500, 300, "passed", [], False),
        ("valid_of_registered:>1/3; majority=valid", 1300, 300, "passed", ["--registered", 4000], True),
        ("valid_of_registered:>1/2; majority=valid", 1000, 500, "invalid", ["--registered", 3400], False),
        ("yes_of_valid:>1/2; yes_of_registered:>1/4", 1400, 300, "passed", ["--registered", 4000], False),
    ],
)
def test_a_right_outcome_is_confirmed_under_its_own_rule(
    tmp_path: Path, rule: str, yes: int, no: int, outcome: str, options: list[object], compared: bool
) -> None:
    stands = truth(yes, no)
    more = ["--records", records(tmp_path, stands)] if compared else []
    audit = begin(tmp_path, stands, rule, *options, *more)
    told = play(tmp_path, audit, stands)
    assert told["outcome"] == outcome
    assert told["state"] == "confirmed"
    assert told["entered"] < 1000
    assert all(claim["risk"] <= 0.05 for claim in told["claims"])
    assert told["discrepancies"] == []


@pytest.mark.parametrize("compared", [False, True])
def test_a_wrong_outcome_leads_to_a_full_count(tmp_path: Path, compared: bool) -> None:
    said, stands = truth(1100, 900), truth(900, 1100)
    more = ["--records", records(tmp_path, said)] if compared else []
    audit = begin(tmp_path, stands, "yes_of_valid:>1/2", *more, reported=(1100, 900))
    told = play(tmp_path, audit, stands, first=200)
    assert told["state"] == "full-count"
    assert told["entered"] == 2000
    assert bool(told["discrepancies"]) == compared
    assert "full-count" not in run("status", audit).stdout
    assert "EVERY CARD WAS SEEN" in run("status", audit).stdout


def test_the_risk_at_the_boundary_is_at_most_the_limit() -> None:
    """A tie is said to be a yes: of 400 audits of 300 cards each by polling, at most a tenth plus chance confirm it."""
    plan = plan_audit("yes_of_valid:>1/2", Numbers(yes=330, no=270), 600, 0.1, "polling")
    (claim,) = (each.claim for each in plan.claims)
    wrong = 0
    for seed in range(400):
        cards = [Mark.YES] * 300 + [Mark.NO] * 300
        random.Random(seed).shuffle(cards)
        wrong += polling_risk(claim, cards[:300]) <= 0.1
    assert wrong <= 40 + 3 * 6


def test_the_shell_of_the_page_draws_the_same_cards(tmp_path: Path) -> None:
    stands = truth(1200, 600)
    audit = begin(tmp_path, stands, "yes_of_valid:>1/2")
    listed = Path(asked("next", audit, "-n", 30)["list"])
    drawn = [row["Card"] for row in csv.DictReader(listed.read_text().splitlines())]
    assert drawn == sorted(stands, key=lambda card: sha256(f"31415926:{card}".encode()).hexdigest())[:30]
    assert run("status", audit, "--page", tmp_path / "page.html").exception is None
    page = (tmp_path / "page.html").read_text()
    assert "head -n 30" in page
    assert asked("status", audit)["commitment"] in page


def test_cards_and_records_that_do_not_meet_are_phantoms(tmp_path: Path) -> None:
    said = truth(1300, 500)
    lacking = {card: mark for card, mark in said.items() if card != "B3/100"}
    yes, no = list(lacking.values()).count("yes"), list(lacking.values()).count("no")
    found = asked(
        "start", tmp_path / "audit", "--manifest", manifest(tmp_path), "--rule", "yes_of_valid:>1/2", "--yes", yes,
        "--no", no, "--records", records(tmp_path, lacking),
    )  # fmt: skip
    assert found["terms"]["without_record"] == 1
    assert found["cards"] == 2000
    assert any("B3" in each["what"] or "B3" in each["where"] for each in found["mismatches"])
    asked("seed", tmp_path / "audit", "7")
    listed = Path(asked("next", tmp_path / "audit", "-n", 10)["list"])
    nowhere = fill(listed, dict.fromkeys(said, "not-found"), tmp_path / "filled.csv")
    told = asked("enter", tmp_path / "audit", nowhere)
    assert (told["found"]["not-found"], told["state"], len(told["discrepancies"])) == (10, "draw", 10)


def test_turnout_is_said_not_to_be_on_the_cards(tmp_path: Path) -> None:
    audit = begin(tmp_path, truth(1200, 600), "yes_of_valid:>1/2; turnout:>1/4", "--registered", 6000)
    said = run("status", audit).stdout
    assert "turnout:>1/4: not on the cards; it rests on the manifest, the poll books and the register" in said


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit with one round drawn, whose list lies filled beside it."""
    base = tmp_path_factory.mktemp("drawn")
    audit = begin(base, truth(1200, 600), "yes_of_valid:>1/2")
    fill(Path(asked("next", audit, "-n", 20)["list"]), truth(1200, 600), base / "filled.csv")
    return base


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda rows: rows[1:], "1 of the round's"),
        (lambda rows: [*rows, rows[0]], "this card stands twice"),
        (lambda rows: [{**rows[0], "Card": "B99/1"}, *rows[1:]], "this card is not of the round that waits"),
        (lambda rows: [{**rows[0], "Found": "perhaps"}, *rows[1:]], "this says nothing of the card"),
        (lambda rows: [{**rows[0], "Found": ""}, *rows[1:]], "this says nothing of the card"),
        (lambda rows: [{**rows[0], "Ballot Number": "0"}, *rows[1:]], "the list of the round has"),
        (lambda rows: [{**rows[0], "Batch Name": "B99"}, *rows[1:]], "Read the card that the list names"),
    ],
)
def test_rulings_that_are_not_of_the_round_are_refused_and_cost_nothing(
    drawn: Path, tmp_path: Path, spoil: Any, what: str
) -> None:
    audit = Path(shutil.copytree(drawn / "audit", tmp_path / "audit"))
    filled = drawn / "filled.csv"
    rows = spoil(list(csv.DictReader(filled.read_text().splitlines())))
    with (tmp_path / "spoilt.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    refused = run("enter", audit, tmp_path / "spoilt.csv").exception
    assert isinstance(refused, FileFaults)
    assert what in str(refused)
    assert asked("enter", audit, filled)["entered"] == 20


def test_a_list_is_entered_as_a_spreadsheet_leaves_it(drawn: Path, tmp_path: Path) -> None:
    audit = Path(shutil.copytree(drawn / "audit", tmp_path / "audit"))
    rows = list(csv.DictReader((drawn / "filled.csv").read_text().splitlines()))
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in reversed(rows))]
    (tmp_path / "saved.csv").write_bytes("\r\n".join(lines).replace(";yes", ";YES").encode("utf-16"))
    assert asked("enter", audit, tmp_path / "saved.csv")["entered"] == 20


def test_the_order_of_the_steps_is_kept(tmp_path: Path) -> None:
    stands = truth(1200, 600)
    folder = tmp_path / "audit"
    assert isinstance(run("status", folder).exception, InputError)
    start = ("--manifest", manifest(tmp_path), "--rule", "yes_of_valid:>1/2", "--yes", 1200, "--no", 600)
    asked("start", folder, *start)
    assert "begun again" in str(run("start", folder, *start).exception)
    assert "seed was not given" in str(run("next", folder).exception)
    asked("seed", folder, "1")
    assert "second one would let somebody choose" in str(run("seed", folder, "2").exception)
    assert "no round waits" in str(run("enter", folder, "x.csv").exception)
    asked("next", folder, "-n", 5)
    assert "5 cards of the last round are not entered" in str(run("next", folder).exception)
    text = (folder / "start.json").read_text()
    (folder / "start.json").write_text(text.replace('"risk": 0.05', '"risk": 0.5'))
    assert "was changed after the seed" in str(run("status", folder).exception)
    (folder / "start.json").write_text(text)
    (folder / "cards.csv").write_text((folder / "cards.csv").read_text().replace("B1,1", "B1,2", 1))
    assert "is not the file that was committed" in str(run("status", folder).exception)
    assert stands


def test_records_that_do_not_add_up_to_what_was_reported_are_refused(tmp_path: Path) -> None:
    stands = truth(1200, 600)
    refused = run(
        "start", tmp_path / "audit", "--manifest", manifest(tmp_path), "--rule", "yes_of_valid:>1/2", "--yes", 1201,
        "--no", 600, "--records", records(tmp_path, stands),
    ).exception  # fmt: skip
    assert isinstance(refused, InputError)
    assert "1,201 reported, 1,200 in the records" in str(refused)
    assert not (tmp_path / "audit").exists()


def test_what_no_card_decides_is_not_begun(tmp_path: Path) -> None:
    refused = run(
        "start", tmp_path / "audit", "--manifest", manifest(tmp_path), "--rule", "turnout:>1/2", "--yes", 1200, "--no",
        600, "--registered", 3000,
    ).exception  # fmt: skip
    assert isinstance(refused, InputError)
    assert "rests on poll books" in str(refused)
    assert not (tmp_path / "audit").exists()


def test_an_outcome_that_the_districts_decide_is_not_told_from_the_votes_alone(tmp_path: Path) -> None:
    """Yes leads and the districts failed it: no sample of all cards confirms that, and "passed" would be wrong."""
    rule = ("--rule", "majority=valid; districts_weighted:>23/2", "--yes", 1200, "--no", 600)
    start = ("start", tmp_path / "audit", "--manifest", manifest(tmp_path), *rule)
    refused = run(*start, "--districts-for", "8.5", "--districts-against", "14.5").exception
    assert isinstance(refused, InputError)
    assert "decides this outcome (failed)" in str(refused)
    assert not (tmp_path / "audit").exists()
    assert "passed, as reported, under" in run(*start, "--districts-for", 12, "--districts-against", 11).stdout


def test_what_is_not_known_is_not_confirmed(tmp_path: Path) -> None:
    stands = truth(1200, 600)
    audit = begin(tmp_path, stands, "majority=valid; turnout:>1/2")
    assert asked("status", audit)["open"] == ["turnout:>1/2"]
    told = "passed as far as the cards tell (not known from the numbers given: turnout:>1/2), under"
    assert told in run("status", audit).stdout
    assert play(tmp_path, audit, stands)["state"] == "confirmed"
    said = run("status", audit, "--page", tmp_path / "page.html").stdout
    assert "CONFIRMED as far as the cards tell" in said
    assert "Of turnout:>1/2 it says nothing." in said
    page = (tmp_path / "page.html").read_text()
    assert "not known from the numbers given: turnout:&gt;1/2" in page
    assert "Confirmed at the risk limit as far as the cards tell" in page


CANTONS = {"Alder": (2000, 1200, 600, "1"), "Birch": (1000, 620, 330, "1"), "Cedar": (1000, 600, 300, "1/2"),
           "Doum": (1000, 300, 650, "1"), "Elder": (500, 240, 250, "1/2")}  # fmt: skip
"""Cards, yes and no as reported, and weight: two and a half votes of four are for it."""
DOUBLE = "majority=valid; districts_weighted:>2"


def cantons(folder: Path, true: Mapping[str, tuple[int, int]] | None = None) -> tuple[list[object], dict[str, str]]:
    """Give the words that begin an audit by districts, and what stands on each card; `true` differs from the report."""
    stands, rows = {}, ["Canton,Batch Name,Number of Ballots"]
    for name, (cards, yes, no, _) in CANTONS.items():
        yes, no = (true or {}).get(name, (yes, no))
        marks = ["yes"] * yes + ["no"] * no + ["blank"] * (cards - yes - no)
        random.Random(name).shuffle(marks)
        stands |= {f"{name[0]}{at // 500}/{at % 500 + 1}": mark for at, mark in enumerate(marks)}
        rows += [f"{name},{name[0]}{batch},500" for batch in range(cards // 500)]
    (folder / "manifest.csv").write_text("\n".join(rows))
    table = [f"{name.lower()},{yes},{no},{weight}" for name, (_, yes, no, weight) in CANTONS.items()]
    (folder / "districts.csv").write_text("\n".join(["District,Yes,No,Weight", *table]))
    yes, no = (sum(each[at] for each in CANTONS.values()) for at in (1, 2))
    words = ["--manifest", folder / "manifest.csv", "--rule", DOUBLE, "--yes", yes, "--no", no]
    return [*words, "--districts", folder / "districts.csv"], stands


@pytest.mark.parametrize("compared", [False, True])
def test_a_double_majority_is_audited_in_one_folder_with_one_seed(compared: bool, tmp_path: Path) -> None:
    words, stands = cantons(tmp_path)
    audit = tmp_path / "audit"
    asked("start", audit, *words, *(["--records", records(tmp_path, stands)] if compared else []))
    asked("seed", audit, "31415926")
    told = play(tmp_path, audit, stands)
    assert (told["state"], told["outcome"], told["not_auditable"]) == ("confirmed", "passed", [])
    of = {each["district"]: each for each in told["claims"]}
    assert set(of) == {
        "",
        "alder",
        "birch",
        "cedar",
    }  # three are needed for more than 2 of 4; two and a half are for it
    order = sorted(stands, key=lambda card: sha256(f"31415926:{card}".encode()).hexdigest())
    rounds = [pl.read_csv(audit / f"round-{at}.csv", infer_schema=False) for at in range(1, len(told["rounds"]) + 1)]
    listed = {card for each in rounds for card in each["Card"]}
    assert rounds[0]["Card"].to_list() == [card for card in order if card in set(rounds[0]["Card"])]
    assert sum(each.height for each in rounds) == len(listed) == told["entered"]
    for name, claim in of.items():
        own = [card for card in order if not name or card[0] == name[0].upper()]
        seen = own[: claim["seen"]]
        assert set(seen) <= listed
        if compared:
            assert claim["seen"] < 100
            continue
        _, yes, no, _ = CANTONS[name.capitalize()] if name else (0, 2960, 2130, "")
        cards = len(own)
        planned = plan_audit("majority=valid", Numbers(yes=yes, no=no), cards, method="polling").claims[0].claim
        found = [{"yes": Mark.YES, "no": Mark.NO, "blank": Mark.BLANK}[stands[card]] for card in seen]
        assert claim["risk"] == pytest.approx(polling_risk(planned, found), abs=1e-6)
    page = tmp_path / "page.html"
    asked("status", audit, "--page", page)
    assert "alder: yes is over 1/2 of the valid votes" in page.read_text()


def test_records_that_say_otherwise_of_a_district_are_refused(tmp_path: Path) -> None:
    words, stands = cantons(tmp_path)
    table = (tmp_path / "districts.csv").read_text()
    (tmp_path / "districts.csv").write_text(
        table.replace("alder,1200,", "alder,1199,").replace("birch,620,", "birch,621,")
    )
    said = str(run("start", tmp_path / "audit", *words, "--records", records(tmp_path, stands)).exception)
    assert "alder: yes 1,199 reported, 1,200 in the records; birch: yes 621 reported, 620 in the records" in said


def test_a_district_that_is_not_as_reported_ends_in_a_count_by_hand(tmp_path: Path) -> None:
    words, stands = cantons(tmp_path, {"Birch": (470, 480)})
    audit = tmp_path / "audit"
    asked("start", audit, *words)
    asked("seed", audit, "27182818")
    told = play(tmp_path, audit, stands, 400)
    assert (told["state"], told["refuted"]) == ("full-count", "birch")
    assert "EVERY CARD OF birch WAS SEEN" in run("status", audit).stdout
    assert "every card of birch has been looked at" in str(run("next", audit).exception)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("manifest.csv", "Canton,", "Container,", "no column says of which district a batch is"),
        ("manifest.csv", "Elder,", "Fir,", "no batch of the manifest is of this district"),
        ("manifest.csv", "Elder,E0,500", "Elder,E0,500\nGum,G0,7", "the district Gum of a batch is not in the table"),
        ("manifest.csv", "Elder,E0,500", "Elder,E0,400", "there are more votes than cards (400)"),
        ("districts.csv", "alder,1200", "alder,1100", "the districts do not add up to the whole: yes 2,960"),
        ("districts.csv", "elder,", "Alder,", "this district stands here again"),
    ],
)
def test_districts_that_do_not_fit_are_refused_before_the_seed(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    words, _ = cantons(tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text().replace(old, new))
    assert said in str(run("start", tmp_path / "audit", *words).exception)
    assert not (tmp_path / "audit").exists()


@pytest.mark.parametrize("batch", ['=HYPERLINK("https://example.org")', "+B1", "@SUM(1)", "B1;=1+1"])
def test_the_list_of_cards_to_fetch_runs_nothing_in_a_spreadsheet(tmp_path: Path, batch: str) -> None:
    path = tmp_path / "manifest.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["Batch Name", "Number of Ballots"], [batch, "100"], ["B2", "100"]])
    result = run(
        "start", tmp_path / "audit", "--manifest", path, "--rule", "yes_of_valid:>1/2", "--yes", 120, "--no", 60
    )
    assert isinstance(result.exception, FileFaults)
    assert "would be a formula to a spreadsheet" in str(result.exception)
    assert not (tmp_path / "audit").exists()
