"""`ballotworthy support`: polls over time, kinds apart, an error that does not shrink; tried on past referendums."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.support import Observed, read_polls, trend_of

APP = build_app(["law", "support"])
POLLS = Path(__file__).parents[2] / "shared" / "data" / "polls"
HEAD = "id,field_start,field_end,house,n,support,oppose,undecided,question_type,question_gist\n"
handed = pytest.mark.skipif(
    not POLLS.is_dir(), reason="the polls handed to the makers of this program are not beside it"
)


def asked(path: Path, *words: object) -> dict[str, Any]:
    done = CliRunner().invoke(APP, ["support", str(path), *map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "polls.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    return path


# The model.


def test_one_poll_and_no_other_is_believed_as_far_as_its_size_goes() -> None:
    found = trend_of([Observed(10, "A", 0.6, 0.0001)], [10])
    assert 0.58 < found.mean[0] < 0.6
    assert 0.01 < found.sd[0] < 0.05


def test_the_closed_form_is_the_slow_gaussian_conditioning() -> None:
    """One point of the grid, by conditioning the whole joint covariance, day by day."""
    from ballotworthy.support import trend

    t, house, share, noise = [1.0, 3.0, 6.0], ["A", "B", "A"], [0.52, 0.47, 0.55], [1e-4, 2e-4, 3e-4]
    move, spread, extra, days = 0.004, 0.02, 0.01, [2.0, 7.0]
    every = [*t, *days]
    joint = np.array([[trend.WIDE**2 + move**2 * min(a, b) for b in every] for a in every])
    for i, one in enumerate(house):
        for j, two in enumerate(house):
            joint[i, j] += spread**2 * (one == two) + (noise[i] + extra**2) * (i == j)
    ours, theirs, both = joint[:3, :3], joint[3:, 3:], joint[3:, :3]
    mean = both @ np.linalg.inv(ours) @ (np.array(share) - 0.5)
    cov = theirs - both @ np.linalg.inv(ours) @ both.T
    walk = np.minimum.outer(np.array(t), np.array(t))
    across = np.minimum.outer(np.array(days), np.array(t))
    among = np.minimum.outer(np.array(days), np.array(days))
    member = np.array([[name == each for each in house] for name in ("A", "B")], float)
    shapes = (walk, across, among, member.T @ member, member)
    got = trend._fit(np.array(share) - 0.5, np.array(noise), shapes, move, spread, extra)
    assert np.allclose(got[0], mean)
    assert np.allclose(got[1], cov)


def test_intervals_of_the_model_cover_a_course_that_it_was_not_shown() -> None:
    covered, tried = 0, 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        course = 0.5 + np.cumsum(rng.normal(0, 0.003, 120))
        effects = rng.normal(0, 0.015, 4)
        days = np.sort(rng.integers(0, 120, 30))
        polls = [
            Observed(float(day), f"H{house}", float(course[day] + effects[house] + rng.normal(0, 0.018)), 0.018**2)
            for day, house in zip(days, rng.integers(0, 4, 30), strict=True)
        ]
        found = trend_of(polls, [30.0, 60.0, 90.0, 119.0])
        truth = course[[30, 60, 90, 119]]
        covered += int((np.abs(found.mean - truth) < 1.96 * found.sd).sum())
        tried += 4
    assert covered >= 0.85 * tried


# Past referendums.


@handed
@pytest.mark.parametrize(
    ("file", "words", "vote", "outcome", "published"),
    [
        ("brexit_polls.csv", ("--map", "support=leave", "--map", "oppose=remain"), "2016-06-23", 51.89, 49.55),
        ("quebec1995.csv", (), "1995-10-30", 49.42, 51.74),
    ],
)
def test_the_interval_with_the_common_error_covers_the_outcome(
    file: str, words: tuple[str, ...], vote: str, outcome: float, published: float
) -> None:
    found = asked(POLLS / file, *words, "--on", vote, "--vote", vote)["forecast"]
    assert found["low"] < outcome < found["high"]
    assert abs(found["support"] - published) < 0.3
    assert found["sd"] > 2.5 > found["model_sd"]


@handed
def test_kinds_of_question_about_calexit_stay_apart() -> None:
    kinds = {each["kind"]: each for each in asked(POLLS / "calexit.csv")["kinds"]}
    assert {"better-off", "own-state-secede", "own-state-withdraw"} <= set(kinds)
    assert kinds["better-off"]["forecast"]["support"] > 50 > kinds["own-state-secede"]["forecast"]["support"]
    rise = asked(POLLS / "calexit.csv", "--kind", "own-state-withdraw")["change"]
    assert (rise["from"], rise["to"]) == ("2014", "2016-12-06 to 2017-01-19")
    assert 0 < rise["low"] < rise["points"] <= 12.5


# A table of one's own, and bad ones.

ROWS = ("a,2020-01-01,2020-01-03,One,1000,52,41,7,vote,Shall it be?", "b,2020-02-01,2020-02-02,Two,800,55,40,5,vote,")


def test_a_table_is_answered_in_the_words_of_its_question_and_rule(tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS)
    plain, harder = (asked(path, "--rule", rule) for rule in ("majority=valid", "yes_of_valid:>=3/5; turnout:>1/2"))
    assert plain["p_pass"] > 0.9 > 0.5 > harder["p_pass"]
    assert harder["assumed"] == ["turnout:>1/2"]
    assert plain["left_with_status_quo"]["support"] < plain["forecast"]["support"]
    assert [each["day"] for each in plain["series"]][-1] == "2020-02-02"
    assert asked(path, "--on", "2020-06-01")["forecast"]["sd"] > plain["forecast"]["sd"]
    done = CliRunner().invoke(APP, ["support", str(path)])
    assert done.stdout.startswith("Shall it be? (2 polls): 5")


def test_more_polls_do_not_shrink_the_error_that_all_share(tmp_path: Path) -> None:
    many = [f"p{at},2020-01-{at:02},2020-01-{at:02},H{at % 9},5000,52,48,,vote," for at in range(1, 29)]
    forecast = asked(table(tmp_path, *many))["forecast"]
    assert forecast["model_sd"] < 1.6
    assert forecast["sd"] >= 2.5
    assert asked(table(tmp_path, *many), "--common", 0)["forecast"]["sd"] == forecast["model_sd"]


def test_polls_that_do_not_say_who_is_against_give_no_chance_of_passing(tmp_path: Path) -> None:
    found = asked(table(tmp_path, "a,2020-01-01,2020-01-03,One,1000,32,,,vote,"))
    assert (found["share_of"], found["p_pass"], found["change"]) == ("asked", None, None)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "a,2020-01-01,2020-01-03,One,1000,52,58,7,vote,", "b,2020-02-01,2020-02-02,Two,0,55,40,5,vote,",
        "c,2020-13-01,2020-13-02,Two,9,55,40,5,vote,", "d,2999-01-01,2999-01-02,Two,9,55,40,5,vote,",
        "e,2020-05-01,2020-05-02,Two,9,55,40,5,vote,", "f,2020-01-01,2020-01-02,Two,9,many,40,5,vote,",
        "g,2020-01-01,2020-01-02,T.W.O.,9,50,40,5,vote,", "h,2020-01-01,2020-01-02,TWO,9,50,40,5,vote,",
    )  # fmt: skip
    with pytest.raises(FileFaults) as caught:
        read_polls(path, today=dt.date(2026, 1, 1), vote=dt.date(2020, 4, 1))
    told = [(fault.line, fault.column) for fault in caught.value.faults]
    assert told == [(None, "house"), (2, "support"), (3, "n"), (4, "end"), (5, "end"), (6, "end"), (7, "support")]
    ok = table(tmp_path, *ROWS, "g,2020-01-01,2020-01-02,T.W.O.,9,50,40,5,vote,")
    assert asked(ok, "--house", "T.W.O.=Two")["polls"] == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "song"), "kind of question"),
        (("--rule", "most"), "no condition"),
        (("--undecided", "all"), "neither proportional nor status-quo"),
        (("--map", "song=house"), "fields are"),
        (("--house", "One"), "NAME=NAME"),
        (("--on", "2019-01-01"), "before the first poll"),
    ],
)
def test_a_wrong_call_is_refused(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        asked(table(tmp_path, *ROWS), *words)
