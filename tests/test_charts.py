"""Charts: what they draw is what was believed, found and scored; each is Altair and SVG; no name stands in any."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import pytest
from typer.testing import CliRunner, Result

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError

APP = build_app(("match", "score"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an invented petition and its roll."""
    made = tmp_path_factory.mktemp("charts")
    about = bw.simulate_petition(made / "invented", voters=1_500, lines=200, seed="charts").about
    bw.build_roll(made / "invented/roll.csv", made / "x.roll", place="us-ca", taken_on=about["roll_taken_on"])
    return made


@pytest.fixture(scope="module")
def charts(folder: Path) -> Path:
    """Give the charts that `match` writes."""
    more = ("--beliefs-out", str(folder / "beliefs.json"), "--charts", str(folder / "charts"))
    done = matched(folder, folder / "invented/lines.csv", *more)
    assert done.exit_code == 0, done.output
    return folder / "charts"


def matched(folder: Path, lines: Path, *more: str) -> Result:
    words = [
        "match",
        str(lines),
        "--roll",
        str(folder / "x.roll"),
        "-o",
        str(folder / f"{lines.stem}-matched.csv"),
        *more,
    ]
    return CliRunner().invoke(APP, words)


def told(charts: Path, name: str) -> list[dict[str, Any]]:
    """Give the rows of all layers of a chart, as its specification holds them."""
    datasets = json.loads((charts / f"{name}.json").read_text("utf-8"))["datasets"]
    return [row for rows in datasets.values() for row in rows]


def test_each_chart_is_drawn_and_is_read_by_altair(charts: Path) -> None:
    names = ("weights", "learned", "pairs", "probabilities")
    assert {path.name for path in charts.iterdir()} == {
        "charts.html", *(f"{name}.{ending}" for name in names for ending in ("svg", "json")),
    }  # fmt: skip
    page = (charts / "charts.html").read_text("utf-8")
    for name in names:
        svg = (charts / f"{name}.svg").read_text("utf-8")
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
        assert svg.split(">", 1)[1] in page
        alt.Chart.from_dict(json.loads((charts / f"{name}.json").read_text("utf-8")), validate=True)
    assert "src=" not in page
    assert "default-src 'none'" in page


def test_weights_are_those_that_the_beliefs_say(folder: Path, charts: Path) -> None:
    beliefs = json.loads((folder / "beliefs.json").read_text("utf-8"))["fields"]
    drawn = {row["row"]: row for row in told(charts, "weights") if "bits" in row}
    assert len(drawn) == sum(len(levels) for levels in beliefs.values())
    for field, levels in beliefs.items():
        for words, shares in levels.items():
            row = drawn[f"{field}|{words}"]
            assert row["m"] == shares["m"]
            assert row["low"] <= row["bits"] <= row["high"]
            if "u" in shares:
                assert row["u"] == shares["u"]
                assert row["low"] == row["high"]
                assert row["bits"] <= math.log2(shares["m"] / shares["u"]) + 1e-9
                if field != "suffix":  # suffixes that differ weigh at least what is stated
                    assert row["bits"] == pytest.approx(math.log2(shares["m"] / shares["u"]))
            else:
                assert row["u_told"] == "by the name"
    rare = drawn["last name|agrees"]
    assert rare["low"] < rare["bits"] < rare["high"]


def test_what_was_learned_stands_beside_what_was_stated(folder: Path, charts: Path) -> None:
    beliefs = json.loads((folder / "beliefs.json").read_text("utf-8"))
    rows = {(row["row"], row["now"]): row["stated"] for row in told(charts, "learned") if "now" in row}
    assert rows["a line's signer|is a voter of the roll", beliefs["prior"]["on_roll"]] == 0.80
    assert rows["last name|agrees", beliefs["fields"]["last name"]["agrees"]["m"]] == 0.86
    assert rows["town|agrees in the zip code", beliefs["fields"]["town"]["agrees in the zip code"]["u"]] == 0.010


def test_histograms_count_every_voter_proposed_and_every_line_once(folder: Path, charts: Path) -> None:
    table = pl.read_csv(folder / "lines-matched.csv", infer_schema=False).filter(pl.col("voter_id").is_not_null())
    pairs = [row for row in told(charts, "pairs") if "kind" in row]
    assert sum(row["high"] - row["low"] for row in pairs) == table.height
    for row in pairs:
        first = (table["rank"] == "1") == (row["kind"] == "the likeliest voter of a line")
        bits = table["weight"].cast(pl.Float64)
        assert (first & (bits >= row["start"]) & (bits < row["end"])).sum() == row["high"] - row["low"]
    lines = {row["start"]: row["lines"] for row in told(charts, "probabilities")}
    assert sum(lines.values()) == (table["rank"] == "1").sum()


def test_no_name_stands_in_a_chart(folder: Path, charts: Path) -> None:
    names = pl.read_csv(folder / "invented/lines.csv", infer_schema=False)["name"].drop_nulls().to_list()
    text = "".join(path.read_text("utf-8") for path in charts.iterdir())
    assert not [name for name in names if len(name) > 3 and name in text]


def test_a_petition_of_which_nobody_is_found_is_drawn_too(folder: Path) -> None:
    (folder / "none.csv").write_text("sheet,line,name\n1,1,\n1,2,\n", "utf-8")
    done = matched(folder, folder / "none.csv", "--charts", str(folder / "none"))
    assert done.exit_code == 0, done.output
    assert "0 have voters proposed and 2 none" in (folder / "none/charts.html").read_text("utf-8")


def test_charts_do_not_overwrite_what_is_not_theirs(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine/thesis.txt").write_text("mine", "utf-8")
    (folder / "none.csv").write_text("sheet,line,name\n1,1,\n1,2,\n", "utf-8")
    (folder / "none-matched.csv").unlink(missing_ok=True)
    refused = matched(folder, folder / "none.csv", "--charts", str(folder / "mine")).exception
    assert isinstance(refused, InputError)
    assert not (folder / "none-matched.csv").exists()
    assert [path.name for path in (folder / "mine").iterdir()] == ["thesis.txt"]


def test_scores_are_drawn_and_frames_score_as_their_files(folder: Path, charts: Path) -> None:  # noqa: ARG001 # matches
    truth = pl.read_csv(folder / "invented/truth.csv", infer_schema=False)
    truth = truth.select("sheet", "line", "voter_id")
    truth.write_csv(folder / "truth.csv")
    words = [
        "score",
        str(folder / "lines-matched.csv"),
        str(folder / "truth.csv"),
        "--charts",
        str(folder / "scored"),
        "--json",
    ]
    answer = json.loads(CliRunner().invoke(APP, words).stdout)
    bands = [row for row in told(folder / "scored", "reliability") if "lines" in row]
    assert {(row["said"], row["true"]) for row in bands} == {
        (row["said"], row["true"]) for row in answer["reliability"]
    }
    curve = [row for row in told(folder / "scored", "precision-recall") if "threshold" in row]
    assert curve == answer["curve"]
    done = bw.match_lines(folder / "invented/lines.csv", folder / "x.roll")
    assert bw.score_matches(done.table, truth).to_dict() == answer
    assert bw.score_matches(done.table, folder / "truth.csv").to_dict() == answer


def test_a_chart_is_written_by_the_ending_of_its_name_and_shown_in_a_notebook(folder: Path) -> None:
    done = bw.match_lines(folder / "invented/lines.csv", folder / "x.roll")
    drawing = done.charts()["weights"]
    drawing.write(folder / "w.png")
    assert (folder / "w.png").read_bytes().startswith(b"\x89PNG")
    assert isinstance(drawing.altair, alt.HConcatChart)
    assert "<svg" in drawing._repr_html_()
    assert repr(drawing) == "Drawing('Weights of every comparison')"
    with pytest.raises(InputError, match=r"Name .*w\.gif \.svg, \.png or \.json"):
        drawing.write(folder / "w.gif")
