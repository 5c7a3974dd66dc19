"""The report of a check: complete, self-contained, escaped, and whole when parts of the result are absent."""

from __future__ import annotations

import json
import re
import time
from copy import deepcopy
from html.parser import HTMLParser
from math import nan
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pytest

from ballotworthy.report import svg as drawing
from ballotworthy.report.page import NEEDED, render_check

SAMPLE = json.loads((Path(__file__).parent / "data" / "report.json").read_text())


def sample() -> dict[str, Any]:
    """Give a result like that of the demo, to be altered."""
    return deepcopy(SAMPLE)


class Outline(HTMLParser):
    """What the tests ask of a page: its tags balanced, its headings, links, ids, and the text people read."""

    VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).replace("\N{NO-BREAK SPACE}", " ").split())


def texts(page: str) -> str:
    return Outline(page).text


@pytest.fixture(scope="module")
def page() -> str:
    return render_check(sample())


def test_its_plots_are_vega_lite_by_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    told = drawing._svg
    monkeypatch.setattr(drawing, "_svg", lambda spec: drawn.append(spec) or told(spec))
    render_check(sample())
    assert len(drawn) >= 4
    for each in drawn:
        alt.Chart.from_dict(json.loads(each), validate=True)


def test_the_page_loads_nothing(page: str) -> None:
    assert not re.search(r"<script|<link|<iframe|<img|<object|\bsrc=|@import|url\(", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_its_only_addresses_are_links_to_sources(page: str) -> None:
    holders = {tag for tag, attributes in Outline(page).tags if any("http" in (v or "") for v in attributes.values())}
    assert holders == {"a"}


def test_its_tags_are_balanced(page: str) -> None:
    outline = Outline(page)
    assert (outline.faults, outline.open) == ([], [])


def test_its_headings_descend_from_one_title(page: str) -> None:
    headings = [tag for tag, _ in Outline(page).tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}


def test_every_table_has_a_caption_and_every_header_a_scope(page: str) -> None:
    tags = [tag for tag, _ in Outline(page).tags]
    assert tags.count("caption") == tags.count("table") > 0
    assert all(attributes.get("scope") for tag, attributes in Outline(page).tags if tag == "th")


def test_every_id_is_used_once(page: str) -> None:
    ids = [attributes["id"] for _, attributes in Outline(page).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_plot_is_a_named_image_in_two_widths(page: str) -> None:
    plots = [attributes for tag, attributes in Outline(page).tags if tag == "svg"]
    assert len(plots) == 6
    assert all(plot["role"] == "img" and plot["aria-label"] for plot in plots)


def test_every_plot_is_well_formed(page: str) -> None:
    for svg in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        ElementTree.fromstring(svg)  # noqa: S314 - drawn by the code under test


def test_every_step_stands_there_with_its_value_and_source(page: str) -> None:
    for step in SAMPLE["steps"]:
        row = next(row for row in re.findall(r"<tr>.*?</tr>", page) if f">{step['name']}<" in row)
        assert texts(row) == f"{step['name']}{step['value']}{step['source']}"
        assert not step["url"] or f'href="{step["url"]}"' in row


def test_every_reason_stands_there_with_its_code_words_and_source(page: str) -> None:
    text = texts(page)
    for row in SAMPLE["by_reason"]:
        if row["reason"]:
            told = " ".join(filter(None, (row["code"], row["cite"])))
            assert f"{row['words']}{told}{row['lines']:,}" in text


@pytest.mark.parametrize(
    ("verdict", "estimate", "sentence"),
    [
        (
            "full-check",
            6380,
            "The petition would be sent to a full check: an estimated 6,380 signatures are valid",
        ),
        (
            "sufficient",
            6800,
            "The petition would be found sufficient: an estimated 6,800 signatures are valid",
        ),
        (
            "insufficient",
            5000,
            "The petition would be found insufficient: an estimated 5,000 signatures are valid",
        ),
    ],
)
def test_the_verdict_is_one_sentence_at_the_top(verdict: str, estimate: int, sentence: str) -> None:
    text = texts(render_check({**sample(), "verdict": verdict, "estimate": estimate}))
    assert f"{sentence} and 6,155 are needed ({estimate / 6155:.1%} of the requirement)." in text[:400]


def test_the_page_says_that_it_is_no_certificate(page: str) -> None:
    assert "This is no certificate." in texts(page)


def test_a_circulator_out_of_line_needs_review_and_is_accused_of_nothing(page: str) -> None:
    assert "Needs review: validity 41%, all others 76%" in texts(page)
    assert "fraud" not in page.lower()


def test_rows_after_the_first_25_are_folded(page: str) -> None:
    folded = re.findall(r"<details>.*?</details>", page, flags=re.DOTALL)
    assert ["The other 6 circulators" in folded[0], "The other 15 lines" in folded[1]] == [True, True]
    assert [fold.count("<tr") - 1 for fold in folded] == [6, 15]


def test_steps_of_several_strata_are_folded() -> None:
    result = sample()
    result["steps"] += [{**step, "stratum": name} for step in result["steps"] for name in ("Yuba", "Inyo")]
    page = render_check(result)
    assert "The steps of each of the 2 counties" in texts(page)
    assert page.count('scope="rowgroup" colspan="3"') == 2


def test_markup_in_the_input_is_text() -> None:
    result = sample()
    hostile = "<b>x</b><script>alert(1)</script>"
    result["by_circulator"][0]["name"] = hostile
    result["look_first"][0]["why"] = hostile
    result["inputs"]["lines"]["file"] = f'"{hostile}'
    result["notes"] = [hostile]
    page = render_check(result)
    assert "<b>x" not in page
    assert "<script" not in page
    assert texts(page).count(hostile) >= 4


def test_only_web_addresses_become_links() -> None:
    result = sample()
    result["steps"][0] |= {"source": "2 CCR 20520", "url": "javascript:alert(1)"}
    assert 'href="javascript' not in render_check(result)


def test_what_must_be_there_is_enough() -> None:
    result = {key: value for key, value in sample().items() if key in NEEDED}
    page = render_check(result)
    assert "would be sent to a full check" in texts(page)
    assert Outline(page).faults == []


@pytest.mark.parametrize("key", NEEDED)
def test_a_result_without_what_must_be_there_is_refused(key: str) -> None:
    result = sample()
    del result[key]
    with pytest.raises(KeyError, match=key):
        render_check(result)


@pytest.mark.parametrize("key", sorted(set(SAMPLE) - set(NEEDED)))
def test_a_part_that_is_null_is_left_out(key: str) -> None:
    page = render_check({**SAMPLE, key: None})
    assert Outline(page).faults == []
    assert "None" not in texts(page)


def test_parts_that_are_empty_are_left_out() -> None:
    result = {key: value if key in NEEDED else type(value)() for key, value in SAMPLE.items()}
    page = render_check(result)
    assert Outline(page).faults == []
    assert page.count("<h2>") == 3


def test_one_stratum_has_a_table_and_no_plot() -> None:
    result = sample()
    result["by_stratum"] = result["by_stratum"][:1]
    page = render_check(result)
    assert "Lines by county" in texts(page)
    assert page.count("<svg") == 4


def test_nobody_who_signed_twice_is_said_in_words() -> None:
    result = {**sample(), "duplicates": {"voters": 0, "lines": 0, "most": 0, "times": []}}
    assert "The machine found no voter on more than one line." in texts(render_check(result))


def test_numbers_that_are_not_numbers_are_dashes() -> None:
    result = sample()
    result["machine"] |= {"expected": nan, "sd": nan, "low": nan, "high": None}
    result["draws"] |= {"mean": nan, "low": nan, "histogram": []}
    result["by_stratum"][0] |= {"validity": None, "low": nan, "high": nan}
    result["by_circulator"][0] |= {"low": nan, "high": nan}
    page = render_check(result)
    assert not re.search(r"\bnan\b|NaN|Infinity|undefined|\bnull\b|None", page)


def test_a_page_is_made_in_under_three_seconds(page: str) -> None:
    start = time.perf_counter()
    assert render_check(sample()) == page
    assert time.perf_counter() - start < 3
