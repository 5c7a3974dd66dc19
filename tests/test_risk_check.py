"""A running check: committed before the seed, ruled line by line, refused where it proves nothing, safe in a crash."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.risk_check.allowance import allowance_of
from ballotworthy.risk_check.answer import Answer, answer_data, answer_of, numbers_in, weight_of
from ballotworthy.risk_check.committed import FRAME
from ballotworthy.risk_check.log import LOG, read_log
from ballotworthy.risk_check.proposals import read_proposals
from ballotworthy.risk_check.rounds import together
from ballotworthy.risk_check.rulings import Ruling, ruling_of
from ballotworthy.risk_check.rulings_file import read_rulings
from ballotworthy.risk_check.running import ORDER, hand_out, open_check, reread, tell, tell_reread
from ballotworthy.risk_check.seed import seed_check
from ballotworthy.risk_check.start import start_check
from ballotworthy.risk_check.statement import percent, rounds_said, statement
from ballotworthy.risk_check.terms import Terms
from ballotworthy.stats import draw
from ballotworthy.stats.risk.martingale import capital, p_values, seen_on
from ballotworthy.stats.risk.sides import Question, numbers_of, sides_of

SEED = "3 1 4 1 5 9"
TERMS = Terms(required=600, source="invented", risk=0.05)
Invented = tuple[Path, dict[str, str], dict[str, int]]


def invent(folder: Path, lines: int = 1000) -> Invented:
    """Write a frame and proposals: 620 single signers, 40 who sign twice, the rest invalid; the machine errs on 2%.

    Gives the folder, and the truth of each line: its ruling and the further lines of its signer.
    """
    random = np.random.default_rng(5)
    order = random.permutation(lines)
    singles, pairs = round(lines * 0.62), round(lines * 0.04)
    signer = [""] * lines
    for at, line in enumerate(order[: singles + 2 * pairs].tolist()):
        signer[line] = f"s{at}" if at < singles else f"p{(at - singles) // 2}"
    wrong = random.random(lines) < 0.02
    weights = [
        (0.0 if bad else 0.5 if who.startswith("p") else 1.0) if who else float(bad)
        for who, bad in zip(signer, wrong.tolist(), strict=True)
    ]
    ids = [(str(at // 10 + 1), str(at % 10 + 1)) for at in range(lines)]
    table = pl.DataFrame(
        {"sheet": [a for a, _ in ids], "line": [b for _, b in ids], "weight": weights, "signer": signer}
    )
    table.select("sheet", "line").write_csv(folder / "lines.csv")
    table.write_csv(folder / "machine.csv")
    names = [f"{a}-{b}" for a, b in ids]
    truth = {name: "valid" if who else "invalid" for name, who in zip(names, signer, strict=True)}
    links = {name: signer.count(who) - 1 if who else 0 for name, who in zip(names, signer, strict=True)}
    return folder, truth, links


def begun(folder: Path, truth: dict[str, str], terms: Terms = TERMS, *, machine: bool = True) -> Path:
    check = folder / "check"
    ids = list(truth)
    given = read_proposals(folder / "machine.csv", ids) if machine else None
    start_check(check, folder / "lines.csv", ids, given, terms)
    seed_check(check, SEED)
    return check


def examined(check: Path, truth: dict[str, str], links: dict[str, int]) -> Answer:
    """Rule ten lines after ten as the truth is, until the check may stop."""
    found = answer_of(open_check(check))
    while found.finding.decided == "not decided" and (lines := hand_out(check, 10)):
        found = answer_of(tell(check, [Ruling(each.line, truth[each.line], links[each.line]) for each in lines]))
    return found


@pytest.fixture
def invented(tmp_path: Path) -> Invented:
    return invent(tmp_path)


def test_a_sufficient_petition_is_found_so_long_before_all_lines_are_examined(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    found = examined(check, truth, links)
    assert found.finding.decided == "sufficient"
    assert found.finding.sufficient <= 0.05 < found.finding.insufficient
    assert 20 < found.counted < 250
    assert 600 <= found.finding.low <= 660 <= found.finding.high
    lines = [each.line for each in open_check(check).drawn]
    assert lines == draw(SEED, list(truth), len(lines))


def test_an_insufficient_petition_is_found_so(invented: Invented) -> None:
    folder, truth, links = invented
    found = examined(begun(folder, truth, Terms(720, "invented", 0.05)), truth, links)
    assert found.finding.decided == "insufficient"
    assert found.finding.low <= 660 <= found.finding.high < 720


def test_without_a_machine_it_takes_longer_and_ends_alike(invented: Invented) -> None:
    folder, truth, links = invented
    found = examined(begun(folder, truth, machine=False), truth, links)
    assert found.finding.decided == "sufficient"
    assert found.counted > 200


def test_a_full_count_gives_the_truth(tmp_path: Path) -> None:
    folder, truth, links = invent(tmp_path, 100)
    check = begun(folder, truth, Terms(66, "invented", 1e-9))
    hand_out(check, 100)
    found = answer_of(tell(check, [Ruling(line, truth[line], links[line]) for line in truth]))
    assert (found.finding.low, found.finding.high, found.finding.decided) == (66, 66, "sufficient")


def test_what_was_seen_is_certain_whatever_the_machine_said(tmp_path: Path) -> None:
    """The machine refuses every line and people accept each: 66 signers seen are at least 66, with no risk at all."""
    folder, truth, links = invent(tmp_path, 100)
    (folder / "machine.csv").write_text("id,weight\n" + "".join(f"{line},0\n" for line in truth))
    check = begun(folder, truth, Terms(5, "invented", 1e-9))
    lines = [each.line for each in hand_out(check, 30)]
    found = answer_of(tell(check, [Ruling(line, truth[line], links[line]) for line in lines]))
    seen = sum(1 / (1 + links[line]) for line in lines if truth[line] == "valid")
    assert found.finding.low >= seen >= 5
    assert (found.finding.decided, found.finding.sufficient) == ("sufficient", 0)
    assert (
        found.finding.high
        <= 100 - sum(1 - 1 / (1 + links[line]) if truth[line] == "valid" else 1 for line in lines) + 1
    )


def test_the_risk_told_is_that_of_the_martingale(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    lines = [each.line for each in hand_out(check, 30)]
    found = answer_of(tell(check, [Ruling(line, truth[line], links[line]) for line in lines]))
    running = open_check(check)
    weights = np.array([weight_of(Ruling(line, truth[line], links[line]), 1) for line in lines])
    proposed = np.array([each.weight for each in running.drawn], float)
    enough, short = numbers_of(running.question, weights, proposed, np.ones(30, bool))
    sides = sides_of(running.question)
    assert found.finding.sufficient == pytest.approx(p_values(sides.sufficient, enough).min(), rel=1e-12)
    assert found.finding.insufficient == pytest.approx(p_values(sides.insufficient, short).min(), rel=1e-12)


def test_rulings_count_in_the_order_drawn_whoever_is_quicker(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    first, *later = [each.line for each in hand_out(check, 5)]
    found = answer_of(tell(check, [Ruling(line, truth[line], links[line]) for line in later]))
    assert (found.counted, found.waiting, found.open) == (0, 4, 1)
    assert [each.line for each in hand_out(check, 1)] == [first]
    found = answer_of(tell(check, [Ruling(first, truth[first], links[first])]))
    assert (found.counted, found.waiting, found.open) == (5, 0, 0)


def test_lines_not_ruled_are_handed_out_again_before_new_ones(invented: Invented) -> None:
    folder, truth, _ = invented
    check = begun(folder, truth)
    three = hand_out(check, 3)
    assert hand_out(check, 2) == three[:2]
    assert hand_out(check, 4)[:3] == three


def test_the_machine_shows_which_lines_it_links(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    drawn = hand_out(check, 200)
    with_links = [each for each in drawn if each.links]
    assert all(links[each.line] == len(each.links) == 1 for each in with_links)
    assert len(with_links) == sum(links[each.line] for each in drawn) > 5


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as error:
        work()
    assert str(error.value).endswith((".", ")."))
    return str(error.value)


def test_what_proves_nothing_is_refused(invented: Invented) -> None:
    folder, truth, links = invented
    ids = list(truth)
    given = read_proposals(folder / "machine.csv", ids)
    check = folder / "check"

    def start(**changed: Any) -> str:
        terms = Terms(**{"required": 600, "source": "invented", "risk": 0.05, **changed})
        return refused(lambda: start_check(check, folder / "lines.csv", ids, given, terms))

    assert "only 1,000 lines were filed" in start(required=1001)
    assert "whole number from 1 on" in start(required=0)
    assert "risk limit of 0 " in start(risk=0.0)
    assert "risk limit of 1 " in start(risk=1.0)
    assert "must leave something" in start(allowance=3, allowance_risk=0.05)
    assert "-1 unlinked lines" in start(allowance=-1)
    assert "-1 missing lines" in start(phantoms=-1)
    assert "cannot be expected" in start(guess=1001)
    assert not check.exists()
    assert "no check has begun" in refused(lambda: seed_check(check, SEED))
    start_check(check, folder / "lines.csv", ids, given, TERMS)
    assert "never begun again" in start()
    assert "seed is not given yet" in refused(lambda: hand_out(check, 1))
    assert "seed is not given yet" in refused(lambda: tell(check, [Ruling(ids[0], "valid")]))
    assert "seed is not given yet" in refused(lambda: reread(check, 1))
    assert "seed is empty" in refused(lambda: seed_check(check, " "))
    seed_check(check, SEED)
    assert "has its seed already" in refused(lambda: seed_check(check, "2 7 1 8"))
    line = hand_out(check, 1)[0].line
    other = next(each for each in ids if each != line)
    before = (check / LOG).read_bytes()
    assert "was not drawn" in refused(lambda: tell(check, [Ruling(other, "valid")]))
    assert "more than once" in refused(lambda: tell(check, [Ruling(line, "invalid"), Ruling(line, "invalid")]))
    assert "more than the petition has" in refused(lambda: tell(check, [Ruling(line, "valid", 1000)]))
    both = [Ruling(line, "invalid"), Ruling(other, "valid")]
    assert "was not drawn" in refused(lambda: tell(check, both))
    assert (check / LOG).read_bytes() == before
    tell(check, [Ruling(line, truth[line], links[line])])
    changed = "invalid" if truth[line] == "valid" else "valid"
    assert f"was told before, as {truth[line]}; it is counted once" in refused(
        lambda: tell(check, [Ruling(line, truth[line], 0)])
    )
    assert "a ruling is not changed" in refused(lambda: tell(check, [Ruling(line, changed, 0)]))


def test_a_valid_line_that_the_machine_links_needs_a_word_on_the_links(invented: Invented) -> None:
    folder, truth, _ = invented
    check = begun(folder, truth)
    linked = next(each for each in hand_out(check, 200) if each.links)
    assert linked.links[0] in refused(lambda: tell(check, [Ruling(linked.line, "valid")]))
    assert open_check(check).rulings == {}
    tell(check, [Ruling(linked.line, "valid", 0)])


def test_many_objections_are_told_at_once(invented: Invented) -> None:
    folder, truth, _ = invented
    check = begun(folder, truth)
    told = refused(lambda: tell(check, [Ruling(f"no-{at}", "valid") for at in range(30)]))
    assert told.startswith("nothing was recorded:")
    assert "... and 10 more" in told


@pytest.mark.parametrize(("file", "words"), [("lines.csv", "the lines of the frame"), ("machine.csv", "proposals")])
def test_a_file_that_changed_since_the_start_is_refused(invented: Invented, file: str, words: str) -> None:
    folder, truth, _ = invented
    ids = list(truth)
    check = folder / "check"
    start_check(check, folder / "lines.csv", ids, read_proposals(folder / "machine.csv", ids), TERMS)
    kept = (folder / file).read_bytes()
    (folder / file).write_bytes(kept + b"999,9\n")
    told = refused(lambda: seed_check(check, SEED))
    assert words in told
    assert "changed since the start" in told
    (folder / file).write_bytes(kept)
    seed_check(check, SEED)
    (folder / file).write_bytes(kept + b"999,9\n")
    assert words in refused(lambda: hand_out(check, 1))
    (folder / file).unlink()
    assert len(hand_out(check, 1)) == 1


@pytest.mark.parametrize("file", [FRAME, ORDER, LOG])
def test_a_folder_that_was_changed_is_refused(invented: Invented, file: str) -> None:
    folder, truth, _ = invented
    check = folder / "check"
    ids = list(truth)
    start_check(check, folder / "lines.csv", ids, read_proposals(folder / "machine.csv", ids), TERMS)
    if file != FRAME:
        seed_check(check, SEED)
    text = (check / file).read_text()
    (check / file).write_text(text.replace("0.05", "0.06").replace("1.0", "0.9"))
    work = (lambda: seed_check(check, SEED)) if file == FRAME else (lambda: hand_out(check, 1))
    assert "changed" in refused(work)
    (check / file).unlink()
    assert "cannot be opened" in refused(work) or file == LOG


def test_the_commitment_binds_frame_weights_and_terms(tmp_path: Path) -> None:
    folder, truth, _ = invent(tmp_path, 100)
    ids = list(truth)
    given = read_proposals(folder / "machine.csv", ids)
    seen = set()
    other = given.__class__(tuple(1 - each for each in given.weights), given.signers, "", "", given.path)
    for number, (proposals, names, terms) in enumerate(
        [
            (given, ids, Terms(60, "", 0.05)),
            (other, ids, Terms(60, "", 0.05)),
            (given, ids[::-1], Terms(60, "", 0.05)),
            (given, ids, Terms(61, "", 0.05)),
            (given, ids, Terms(60, "", 0.04)),
        ]
    ):
        event = start_check(folder / str(number), folder / "lines.csv", names, proposals, terms)
        assert open_check(folder / str(number)).commitment == event["commitment"]
        seen.add(event["commitment"])
    assert len(seen) == 5


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_crash_while_writing_loses_only_what_was_not_acknowledged(invented: Invented, cut: int) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    one, two = [each.line for each in hand_out(check, 2)]
    tell(check, [Ruling(one, truth[one], links[one])])
    whole = (check / LOG).read_bytes()
    tell(check, [Ruling(two, truth[two], links[two])])
    (check / LOG).write_bytes((check / LOG).read_bytes()[:-cut])
    assert list(open_check(check).rulings) == [one]
    tell(check, [Ruling(two, truth[two], links[two])])
    assert list(open_check(check).rulings) == [one, two]
    assert (check / LOG).read_bytes().startswith(whole)


def test_two_who_tell_at_once_both_are_heard(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    lines = [each.line for each in hand_out(check, 24)]

    def one(part: list[str]) -> None:
        for line in part:
            tell(check, [Ruling(line, truth[line], links[line])])

    threads = [threading.Thread(target=one, args=(lines[at::3],)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(open_check(check).rulings) == set(lines)
    assert len(read_log(check)[0]) == 1 + 1 + 1 + 24


def test_no_name_of_a_signer_is_kept(invented: Invented) -> None:
    folder, truth, _ = invented
    check = begun(folder, truth)
    hand_out(check, 10)
    written = b"".join(path.read_bytes() for path in check.iterdir())
    assert b'"s1"' not in written
    assert b'"p1"' not in written


def test_blind_second_readings_give_error_rates_and_change_no_ruling(invented: Invented) -> None:
    folder, truth, links = invented
    check = begun(folder, truth)
    found = examined(check, truth, links)
    ruled = open_check(check).rulings
    lines = reread(check, 30)
    assert set(lines) <= set(ruled)
    assert reread(check, 5) == lines[:5]
    flipped = {line: "invalid" if ruled[line].ruling == "valid" else "valid" for line in lines[:2]}
    tell_reread(check, [Ruling(line, flipped.get(line, ruled[line].ruling)) for line in lines])
    again = answer_of(open_check(check))
    assert again.finding.sufficient == found.finding.sufficient
    assert again.accepted.read + again.refused.read == len(lines)
    assert again.accepted.changed + again.refused.changed == 2
    text = " ".join(statement(open_check(check), again))
    assert "Sufficient holds unless more than" in text
    assert "2 of" in text or "1 of" in text
    assert "read again before" in refused(lambda: tell_reread(check, [Ruling(lines[0], "valid")]))
    assert "not handed out" in refused(lambda: tell_reread(check, [Ruling("no-1", "valid")]))


def test_missing_lines_count_against_either_side(tmp_path: Path) -> None:
    folder, truth, _ = invent(tmp_path, 100)
    check = begun(folder, truth, Terms(60, "invented", 0.05))
    lines = [each.line for each in hand_out(check, 100)]
    found = answer_of(tell(check, [Ruling(line, "missing") for line in lines]))
    assert (found.finding.low, found.finding.high, found.finding.decided) == (0, 100, "not decided")
    assert found.missing == 100
    assert "100 not found" in " ".join(statement(open_check(check), found))


def test_allowance_and_phantoms_make_it_take_longer(tmp_path: Path) -> None:
    counted = []
    for at, terms in enumerate(
        [
            TERMS,
            Terms(600, "", 0.05, allowance=20, allowance_risk=0.01, allowance_words="as given"),
        ]
    ):
        here = tmp_path / str(at)
        here.mkdir()
        folder, truth, links = invent(here)
        found = examined(begun(folder, truth, terms), truth, links)
        assert found.finding.decided == "sufficient"
        assert found.finding.sufficient <= 0.05
        counted.append(found.counted)
    assert counted[1] > counted[0]


def test_where_neither_line_of_a_pair_counts_a_linked_line_has_no_weight() -> None:
    assert weight_of(Ruling("1-1", "valid", 1), 1) == 0.5
    assert weight_of(Ruling("1-1", "valid", 1), 2) == 0
    assert weight_of(Ruling("1-1", "valid", 0), 2) == 1
    assert weight_of(Ruling("1-1", "invalid"), 1) == 0


def test_the_statement_says_who_decides_and_what_is_assumed(invented: Invented) -> None:
    folder, truth, links = invented
    terms = Terms(600, "law", 0.05, phantoms=2, law="Invented Land orders a sample: Act 3", spread="districts (Act 4)")
    check = begun(folder, truth, terms)
    found = examined(check, truth, links)
    text = " ".join(statement(open_check(check), found))
    for words in (
        "Sufficient, at a risk limit of 5%",
        "The sample or count that the statute orders decides (Invented Land orders a sample: Act 3)",
        "Rulings are taken as true",
        "no allowance was made",
        "2 lines filed are not in the frame",
        "also asks for districts (Act 4)",
    ):
        assert words in text
    data = answer_data(open_check(check), found)
    assert data["may_stop"] is True
    assert json.loads(json.dumps(data))["interval"] == {"low": found.finding.low, "high": found.finding.high}


def test_percent_never_shows_a_small_risk_as_none() -> None:
    shown = [percent(each) for each in (0, 1, 0.05, 0.0487, 0.1, 0.00012, 3.2e-9)]
    assert shown == ["0%", "100%", "5%", "4.87%", "10%", "0.012%", "3.2e-07%"]


def test_allowances_are_given_one_way() -> None:
    assert allowance_of(None, None, None, 0.01).lines == 0
    assert allowance_of(7, None, None, 0.01).lines == 7
    assert allowance_of(None, (300, 280, 270), None, 0.01).lines >= 1
    assert "keyed in on purpose" in allowance_of(None, None, (100, 95, 900), 0.01).words
    for work in (
        lambda: allowance_of(7, (3, 2, 1), None, 0.01),
        lambda: allowance_of(None, (3, 2, 1), None, 0.0),
    ):
        refused(work)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sheet,line,weight\n1,1,0.5\n", "1-2 has no proposal"),
        ("sheet,line,weight\n1,1,0.5\n1,2,1.5\n", "no number from 0 to 1"),
        ("sheet,line,weight\n1,1,0.5\n1,2,x\n", "no number from 0 to 1"),
        ("sheet,line,weight\n1,1,0.5\n1,2,\n", "no number from 0 to 1"),
        ("sheet,line\n1,1\n1,2\n", "no column holds the machine's weights"),
        ("sheet,line,weight\n1,1,0.5\n1,2,1\n1,2,1\n", "1-2 stands here more than once"),
        ("sheet,line,weight\n1,1,0.5\n1,2,1\n1,3,1\n", "1-3 is not in the frame"),
    ],
)
def test_proposals_that_are_not_one_for_each_line_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileFaults, match=words):
        read_proposals(write(tmp_path / "p.csv", text), ["1-1", "1-2"])


def test_a_check_gives_the_lines_of_a_voter_their_share(tmp_path: Path) -> None:
    table = write(
        tmp_path / "lines.csv",
        "sheet,line,weight,outcome,reason,voter_id,probability,evidence,duplicate_of\n"
        "1,1,40.1,valid,,A,0.98,,\n1,2,39.0,invalid,duplicate,A,0.0,,1-1\n"
        "1,3,3.0,unresolved,uncertain,,0.4,,\n1,4,,invalid,not-registered,,0.01,,\n1,5,30,valid,,B,0.9,,\n",
    )
    ids = [f"1-{at}" for at in range(1, 6)]
    found = read_proposals(table, ids)
    assert found.weights == (0.49, 0.49, 0.4, 0.01, 0.9)
    assert [a == b for a, b in zip(found.signers, found.signers[1:], strict=False)] == [True, False, True, True]
    assert read_proposals(table, ids, lost=2).weights == (0.0, 0.0, 0.4, 0.01, 0.9)
    pl.read_csv(table, infer_schema=False).write_parquet(tmp_path / "lines.parquet")
    assert read_proposals(tmp_path, ids).weights == found.weights
    (tmp_path / "empty").mkdir()
    refused(lambda: read_proposals(tmp_path / "empty", ids))


def test_rulings_are_read_from_a_table(tmp_path: Path) -> None:
    found = read_rulings(
        write(tmp_path / "r.csv", "sheet,line,ruling,links\n1,1,Valid,2\n1,2,invalid,\n1,3,missing,\n")
    )
    assert found == [Ruling("1-1", "valid", 2), Ruling("1-2", "invalid"), Ruling("1-3", "missing")]
    assert read_rulings(write(tmp_path / "i.csv", "id,outcome\nA-1,valid\n")) == [Ruling("A-1", "valid")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sheet,line\n1,1\n", "no column holds the rulings"),
        ("line,ruling\n1,valid\n", "no columns say which line"),
        ("sheet,line,ruling\n1,1,yes\n", "'yes' is no ruling. Say valid"),
        ("sheet,line,ruling\n1,1,\n", "missing"),
        ("sheet,line,ruling,links\n1,1,valid,some\n", "is not a whole number"),
        ("sheet,line,ruling,links\n1,1,invalid,1\n", "links cannot be"),
    ],
)
def test_rulings_that_say_nothing_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileFaults, match=words):
        read_rulings(write(tmp_path / "r.csv", text))


def test_a_ruling_has_three_words() -> None:
    assert ruling_of("1-1", " VALID ", 1) == Ruling("1-1", "valid", 1)
    refused(lambda: ruling_of("1-1", "perhaps", None))
    refused(lambda: ruling_of("1-1", "valid", -1))


# Several rounds.


def round_of(
    folder: Path, truth: dict[str, str], links: dict[str, int], name: str, seed: str, lines: int, **terms: Any
) -> Path:
    check = folder / name
    given = read_proposals(folder / "machine.csv", list(truth))
    start_check(check, folder / "lines.csv", list(truth), given, Terms(**{**asdict(TERMS), **terms}))
    seed_check(check, seed)
    if lines:
        drawn = hand_out(check, lines)
        tell(check, [Ruling(each.line, truth[each.line], links[each.line]) for each in drawn])
    return check


def test_rounds_multiply_the_capital_at_their_ends(invented: Invented) -> None:
    folder, truth, links = invented
    checks = [open_check(round_of(folder, truth, links, f"r{seed}", str(seed), 30)) for seed in (1, 2, 3)]
    found = together(checks)
    ends = []
    for check in checks:
        weights, proposed, seen = numbers_in(check)
        enough, _ = numbers_of(check.question, weights, proposed, seen)
        ends.append(1 / p_values(sides_of(check.question).sufficient, enough)[-1])
    assert [max(1.0, each.sufficient) for each in found.rounds] == pytest.approx(ends)
    assert found.sufficient == pytest.approx(1 / np.prod([each.sufficient for each in found.rounds]))
    assert found.sufficient < min(answer_of(check).finding.sufficient for check in checks)
    assert found.decided == "sufficient"
    assert found.contradicted == ()
    assert "3 rounds together, at a risk limit of 5%: sufficient" in " ".join(rounds_said(found, TERMS))


def test_the_risk_of_unlinked_lines_counts_once(invented: Invented) -> None:
    folder, truth, links = invented
    more = {"allowance": 2, "allowance_risk": 0.01}
    rounds = [open_check(round_of(folder, truth, links, f"r{seed}", str(seed), 30, **more)) for seed in (1, 2)]
    found = together(rounds)
    assert found.sufficient == pytest.approx(1 / np.prod([each.sufficient for each in found.rounds]) + 0.01)


def test_a_line_that_was_ruled_in_two_ways_is_named(invented: Invented) -> None:
    folder, truth, links = invented
    one = open_check(round_of(folder, truth, links, "one", "1", 300))
    changed = {**truth, next(iter(one.rulings)): "missing"}
    other = open_check(round_of(folder, changed, {**links, next(iter(one.rulings)): 0}, "two", "2", 1000))
    assert together([one, other]).contradicted == (next(iter(one.rulings)),)


def test_a_seen_signer_is_certain_in_all_rounds(invented: Invented) -> None:
    folder, truth, links = invented
    rounds = [open_check(round_of(folder, truth, links, f"r{seed}", str(seed), 60, required=5)) for seed in (1, 2)]
    found = together(rounds)
    assert (found.decided, found.sufficient) == ("sufficient", 0.0)


def test_rounds_that_do_not_multiply_are_refused(invented: Invented) -> None:
    folder, truth, links = invented
    made = {
        "one": round_of(folder, truth, links, "one", "1", 10),
        "same seed": round_of(folder, truth, links, "two", "1", 10),
        "other": round_of(folder, truth, links, "three", "3", 10, required=601),
        "open": round_of(folder, truth, links, "four", "4", 10),
    }
    hand_out(made["open"], 1)
    (folder / "small").mkdir()
    small = invent(folder / "small", 100)
    made["frame"] = round_of(*small, "five", "5", 10, required=600 // 10)
    start_check(folder / "six", folder / "lines.csv", list(truth), None, TERMS)
    made["unseeded"] = folder / "six"
    for name, told in (
        ("one", "are one check or have one seed"),
        ("same seed", "draw the same lines"),
        ("other", "its requirement is 601, not 600"),
        ("open", "handed out and not ruled"),
        ("frame", "another frame"),
        ("unseeded", "has no seed yet"),
    ):
        with pytest.raises(InputError, match=told):
            together([open_check(made["one"]), open_check(made[name])])
    with pytest.raises(InputError, match="two rounds or more"):
        together([open_check(made["one"])])


def test_one_signature_short_rounds_are_seldom_wrong() -> None:
    """Simulated: two rounds of 40 of 100 lines, M = R - 1, and the second stops as soon as both together would do."""
    draw = np.random.default_rng(4)
    truth = np.repeat([1.0, 0.0], [59, 41])
    side = sides_of(Question(100, 60)).sufficient
    wrong = 0
    for _ in range(2000):
        first, second = (capital(seen_on(side, draw.permutation(truth)[:40])) for _ in range(2))
        stop = int((first >= np.log(4)).argmax()) if (first >= np.log(4)).any() else -1
        wrong += (first[stop] + second >= np.log(20)).any()
    assert wrong / 2000 <= 0.05 + 3 * (0.05 * 0.95 / 2000) ** 0.5
