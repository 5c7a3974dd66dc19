"""`ballotworthy risk`: a plan in seconds, and a check from its commitment to its statement, as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from test_risk_check import invent

APP = build_app(("risk", "project"))
LAW = ["--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20"]


def run(*arguments: object, fails: bool = False) -> Result:
    done = CliRunner().invoke(APP, [str(each) for each in arguments])
    assert (done.exit_code != 0) is fails, done.output + str(done.exception)
    return done


def asked(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json").output)


def failure(*arguments: object) -> str:
    return str(run(*arguments, fails=True).exception)


PLANNED = ["risk", "plan", "--lines", 900_000, "--required", 623_212, "--duplicates", 0.025, "--risk", 0.05]


def test_the_plan_of_the_first_note_comes_out() -> None:
    """515 lines on average with a machine right on 99%, 7,760 without one, 900,000 by California's rule."""
    found = asked(*PLANNED, "--valid", 635_676, "--machine-accuracy", 0.99, "--on", "2026-06-01")
    assert 400 < found["risk_limiting"]["mean"] < 570
    assert found["risk_limiting"]["median"] < found["risk_limiting"]["mean"] < found["risk_limiting"]["p90"]
    assert 6_900 < found["no_machine"]["mean"] < 8_400
    assert found["statutory"]["mean"] == 900_000
    assert found["statutory"]["sample"] == 27_000


def test_california_at_ten_percent_over_leads_to_a_full_check_about_every_second_time() -> None:
    """431,199 lines on average by the first simulation, a full check with 0.46."""
    found = asked(*PLANNED, "--valid", 685_533, "--on", "2026-06-01")
    assert found["statutory"]["full_check"] == pytest.approx(0.46, abs=0.04)
    assert found["statutory"]["mean"] == pytest.approx(431_199, rel=0.08)
    assert 45 < found["risk_limiting"]["mean"] < 72


def test_washington_is_asked_by_its_own_test() -> None:
    """Accepted with 0.49, else all are examined: 474,849 on average by the first simulation, which took 2.5% of M."""
    share = ["--duplicates", 0.025 * 635_676 / 900_000]
    found = asked(
        *PLANNED, *share, "--valid", 635_676, "--place", "us-wa", "--kind", "initiative", "--on", "2026-06-01"
    )
    assert found["statutory"]["passes_on_sample"] == pytest.approx(0.49, abs=0.03)
    assert found["statutory"]["mean"] == pytest.approx(474_849, rel=0.05)
    assert found["statutory"]["fails_on_sample"] == 0


@pytest.mark.parametrize(
    ("lines", "required", "share", "known"), [(10_000, 7_000, 0.025, 0.137), (10_000, 7_000, 0.05, 0.186)]
)
def test_a_small_petition_that_is_just_sufficient_is_often_failed_by_500_lines(
    lines: int, required: int, share: float, known: float
) -> None:
    """The first simulation took the share of the valid signers, not of the lines."""
    small = ["risk", "plan", "--lines", lines, "--required", required, "--valid", 7_350, "--on", "2026-06-01"]
    found = asked(*small, "--duplicates", share * required / lines, "--kind", "city-initiative")
    assert found["statutory"]["just_sufficient_failed"] == pytest.approx(known, abs=0.02)
    assert found["statutory"]["sample"] == 500


def test_a_place_that_examines_all_is_said_to(tmp_path: Path) -> None:
    where = ["--place", "us-ca", "--kind", "state-recall", "--on", "2026-06-01"]
    small = ["risk", "plan", "--lines", 2000, "--required", 1200, "--valid", 1300, *where]
    found = asked(*small)
    assert found["statutory"]["mean"] == 2000
    assert found["statutory"]["just_sufficient_failed"] is None
    assert "examines every line" in run(*small, "--plot", tmp_path / "p.html").output
    assert "machine right on 99%" in (tmp_path / "p.html").read_text("utf-8")


def test_the_plan_is_told_in_words_and_drawn(tmp_path: Path) -> None:
    small = [
        "risk",
        "plan",
        "--lines",
        5000,
        "--required",
        3500,
        "--valid",
        3400,
        "--unlinked",
        20,
        "--on",
        "2026-06-01",
    ]
    told = " ".join(run(*small, "--plot", tmp_path / "p.png").output.split())
    assert "2.9% short of the requirement" in told
    assert "20 lines are allowed" in told
    assert "replaces no sample that a statute orders" in told
    assert (tmp_path / "p.png").read_bytes()[:4] == b"\x89PNG"


def test_a_machine_that_errs_to_one_side_is_planned_for_as_it_was_measured() -> None:
    """One line in a hundred wrongly accepted costs more than as many on both sides; few errors seen are not none."""
    small = ["risk", "plan", "--lines", 20_000, "--required", 14_000, "--valid", 14_300, "--on", "2026-06-01"]
    right = asked(*small, "--machine-accuracy", 1)["risk_limiting"]["mean"]
    kind = asked(*small, "--machine-accepts", 0.03)
    assert kind["machine"] == {"refuses": 0.0, "accepts": 0.03}
    assert kind["risk_limiting"]["mean"] > 1.5 * right
    harsh = asked(*small, "--machine-refuses", 0.03)["risk_limiting"]["mean"]
    assert harsh != kind["risk_limiting"]["mean"]
    measured = asked(*small, "--machine-confusion", 210, 3, 89, 0)["machine"]
    assert measured == {"refuses": round(3.5 / 211, 6), "accepts": round(0.5 / 90, 6)}
    said = " ".join(run(*small, "--machine-accepts", 0.03).output.split())
    assert "The machine refuses 0.0% of the valid lines and accepts 3.0% of the others." in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (["--required", 1001], "only 1,000 lines were filed"),
        (["--risk", 0], "risk limit of 0 "),
        (["--risk", 1], "risk limit of 1 "),
        (["--valid", 1000], "cannot stand behind"),
        (["--valid", 10], "at most twice"),
        (["--duplicates", 0.5], "share of duplicates of 0.5"),
        (["--machine-accuracy", 0], "accuracy of 0 "),
        (["--machine-accuracy", 0.9, "--machine-accepts", 0.1], "three ways"),
        (["--machine-refuses", 1.2], "refuses 1.2 of the valid lines"),
        (["--machine-confusion", 10, 11, 5, 0], "correct --machine-confusion"),
        (["--unlinked", 5, "--unlinked-risk", 0.05], "must leave something"),
        (["--plot", "p.pdf"], "neither in .html nor in .png"),
        (["--place", "us-xx"], "there is no place"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changed: list[object], words: str) -> None:
    given = ["risk", "plan", "--lines", 1000, "--required", 600, "--valid", 650, "--on", "2026-06-01"]
    assert words in failure(*given, *changed)


def test_a_check_from_commitment_to_statement(tmp_path: Path) -> None:
    folder, truth, links = invent(tmp_path)
    check = folder / "check"
    started = asked(
        "risk", "start", folder / "lines.csv", "--proposals", folder / "machine.csv", "--required", 600, *LAW,
        "-o", check,
    )  # fmt: skip
    assert len(started["commitment"]) == 64
    assert "not given yet" in failure("risk", "next", check)
    seeded = asked("risk", "seed", check, "--seed", "2 7 1 8")
    assert seeded["commitment"] == started["commitment"]
    for _ in range(30):
        lines = [each["line"] for each in asked("risk", "next", check, "-n", 10)["next"]]
        rows = [f"{line.replace('-', ',')},{truth[line]},{links[line]}" for line in lines]
        (folder / "rulings.csv").write_text("sheet,line,ruling,links\n" + "\n".join(rows) + "\n")
        found = asked("risk", "tell", check, "--from", folder / "rulings.csv")
        if found["may_stop"]:
            break
    assert found["decided"] == "sufficient"
    assert "told before" in failure("risk", "tell", check, "--from", folder / "rulings.csv")
    assert "told before" in failure("risk", "tell", check, f"0{lines[0]}", "valid", "--links", 0)
    again = asked("risk", "next", check, "--reread", "-n", 2)["reread"]
    assert run("risk", "next", check, "--reread", "-n", 2).output.split() == again
    run("risk", "tell", check, again[0], truth[again[0]], "--reread")
    status = asked("risk", "status", check)
    assert status["rereads"]["accepted"]["read"] + status["rereads"]["refused"]["read"] == 1
    text = run("risk", "status", check).output
    assert text.startswith("Sufficient, at a risk limit of 5%")
    assert "California orders a sample: Elec. Code" in text
    assert all(sentence in text for sentence in status["statement"])


def test_it_is_told_in_words_at_each_step(tmp_path: Path) -> None:
    folder, _, _ = invent(tmp_path, 60)
    frame = ["risk", "start", folder / "lines.csv", "--required", 30, "-o", folder / "c"]
    said = run(*frame, "--expected-valid", 40, "--decoys", 50, 49, 2, "--missing", 1).output
    assert "No machine; 30 required." in said
    assert "signatures are allowed for duplicates not linked" in said
    assert "Commitment" in said
    assert "60 lines are in its order" in run("risk", "seed", folder / "c", "--seed", "1 2 3").output
    line = run("risk", "next", folder / "c").output.strip()
    assert "Not decided" in run("risk", "tell", folder / "c", line, "valid").output
    run("risk", "next", folder / "c", "-n", 60)
    assert asked("risk", "status", folder / "c")["rulings"]["open"] == 59
    assert asked("risk", "status", folder / "c")["missing_from_frame"] == 1


def test_the_machines_links_are_shown_beside_the_line(tmp_path: Path) -> None:
    folder, _, links = invent(tmp_path, 100)
    run(
        "risk",
        "start",
        folder / "lines.csv",
        "--proposals",
        folder / "machine.csv",
        "--required",
        60,
        "-o",
        folder / "c",
    )
    run("risk", "seed", folder / "c", "--seed", "1")
    shown = run("risk", "next", folder / "c", "-n", 100).output.splitlines()
    assert sum("  linked to " in line for line in shown) == sum(links.values())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["tell"], "say which line"),
        (["tell", "1-1"], "say which line"),
        (["tell", "1-1", "perhaps"], "is no ruling"),
        (["tell", "1-1", "valid", "--from", "x.csv"], "not both"),
        (["tell", "1-1", "valid"], "was not drawn"),
        (["tell", "1-1", "valid", "--reread"], "was not handed out"),
    ],
)
def test_what_is_told_wrongly_is_refused(tmp_path: Path, words: list[str], told: str) -> None:
    folder, _, _ = invent(tmp_path, 20)
    run("risk", "start", folder / "lines.csv", "--required", 10, "-o", folder / "c")
    run("risk", "seed", folder / "c", "--seed", "1")
    assert told in failure("risk", words[0], folder / "c", *words[1:])


def test_the_requirement_is_that_of_the_day_by_which_the_law_goes(tmp_path: Path) -> None:
    """Maine asks for a tenth of the votes of the last election before the filing: 61,123, and 63,067 a season later."""
    (tmp_path / "lines.txt").write_text("\n".join(f"1-{at}" for at in range(63_100)))
    start = ["risk", "start", tmp_path / "lines.txt", "--place", "us-me", "--kind", "statute"]
    found = [
        asked(*start, "-o", tmp_path / name, *days)["terms"]["required"]
        for name, days in (
            ("a", ["--on", "2019-02-20"]),
            ("b", ["--on", "2019-02-20", "--filed", "2018-10-31"]),
            ("c", ["--filed", "2018-10-31"]),
        )
    ]
    assert found == [63_067, 61_123, 61_123]


def test_rounds_tell_together_what_one_did_not(tmp_path: Path) -> None:
    folder, truth, links = invent(tmp_path, 400)
    start = ["risk", "start", folder / "lines.csv", "--proposals", folder / "machine.csv", "--required", 250]
    for name in ("a", "b"):
        run(*start, "-o", folder / name)
        run("risk", "seed", folder / name, "--seed", name)
        for each in asked("risk", "next", folder / name, "-n", 20)["next"]:
            run("risk", "tell", folder / name, each["line"], truth[each["line"]], "--links", links[each["line"]])
    found = asked("risk", "rounds", folder / "a", folder / "b")
    one, two = (each["sufficient"] for each in found["rounds"])
    assert found["sufficient"] == pytest.approx(min(1, 1 / (one * two)))
    assert found["may_stop"] == (found["sufficient"] <= 0.05)
    assert "every round that was begun" in run("risk", "rounds", folder / "a", folder / "b").output
    assert "one check or have one seed" in failure("risk", "rounds", folder / "a", folder / "a")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "say how many signatures are required"),
        (["--place", "us-ca"], "together"),
        (["--required", 21], "only 20 lines were filed"),
        (["--required", 10, "--risk", 0], "risk limit of 0 "),
        (["--required", 10, "--risk", 1], "risk limit of 1 "),
        (["--required", 10, "--keys", 3, 2, 0], "nothing limits"),
        (["--required", 10, "--unlinked", 1, "--keys", 3, 2, 1], "three ways"),
        (["--required", 10, "--checker-error", 0, 0], "no acceptance was read again"),
        (["--required", 10, "--checker-error", 9, 1, "--checker-risk", 0.05], "must leave something"),
        (["--required", 10, "--proposals", "machine.csv", "--expected-valid", 9], "without a machine"),
    ],
)
def test_a_start_that_cannot_be_is_refused(tmp_path: Path, given: list[object], told: str) -> None:
    folder, _, _ = invent(tmp_path, 20)
    known = [folder / each if each == "machine.csv" else each for each in given]
    assert told in failure("risk", "start", folder / "lines.csv", "-o", folder / "c", *known)
    assert not (folder / "c").exists()


def test_project_prints_the_interval_and_the_chances_beside_the_law(tmp_path: Path) -> None:
    """The example of 2 CCR 20540: two duplicates, so the limits are exact ones."""
    counts = tmp_path / "counts.csv"
    counts.write_text("stratum,raw,sample,valid,duplicates\nExample,24034,722,516,2\n")
    command = ["project", counts, "--place", "us-ca", "--kind", "statute", "--on", "2018-04-20", "--required", 13_000]
    found = asked(*command)
    assert found["pair_interval"]["exact"] is True
    assert found["pair_interval"]["low"] < found["pair_estimate"] < found["pair_interval"]["high"]
    assert sum(found["probability"].values()) == pytest.approx(1, abs=2e-4)
    assert found["probability"]["sufficient"] == pytest.approx(0.7, abs=0.05)
    told = run(*command).output
    assert "exact limits, since few duplicates were seen" in told
    assert "Another such sample" in told


def test_what_is_told_of_a_line_waits_neither_for_tables_nor_for_a_compiler() -> None:
    modules = (
        "cli.risk, ballotworthy.risk_check.answer, ballotworthy.risk_check.running, ballotworthy.risk_check.statement"
    )
    code = f"import sys, ballotworthy.{modules}; print([name for name in ('numba', 'polars') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
