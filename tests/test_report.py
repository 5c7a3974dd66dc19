"""The report of a check: complete, self-contained, escaped, and whole when parts of the result are absent."""

from __future__ import annotations

import random
import re
import time
from html.parser import HTMLParser
from math import nan, sqrt
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.report import render_check
from ballotworthy.report.page import NEEDED
from ballotworthy.report.scale import LEAST_SHARE, axis, bands_of
from ballotworthy.report.tables import circulators, outcomes, strata
from ballotworthy.report.words import count, day, number, of_draws, plural, share

SOS = "http://www.sos.ca.gov/admin/regulations/elections/election-petition-signature.htm"
LAW = "http://statutes.laws-info.com/california/elec/9030-9035"
COUNTIES = {"Los Angeles": 3120, "Orange": 1480, "San Diego": 1310, "Santa Clara": 960, "Alameda": 890} | {
    "Fresno": 410,
    "Yuba": 210,
    "Sierra": 120,
}
STEPS = [
    ("lines filed", "8,500", "2 CCR 20520", SOS),
    ("signatures needed", "6,155", "given by the user, not by law", None),
    ("percentage valid in the sample", "75.06%", "2 CCR 20530(c)", SOS),
    ("uncorrected number valid", "6,380", "2 CCR 20530", SOS),
    ("value of each signature", "2.1192", "2 CCR 20531", SOS),
    ("weight of each duplicate", "2.3718", "2 CCR 20531", SOS),
    ("insufficient below 95% of the requirement", "5,848", "Elec. Code § 9030(f)", LAW),
    ("sufficient from more than 110% of the requirement", "6,771", "Elec. Code § 9030(g)", LAW),
    ("verdict", "full-check", "Elec. Code § 9030(d)", LAW),
]
REASONS = [
    ("valid", "", "", "", 6370, "", None),
    ("invalid", "not-registered", "NR", "not a qualified registered voter at the time of signing", 941, "Elec. Code § 9020(b)", LAW),
    ("invalid", "different-address", "OA", "residence address differs from the affidavit of registration", 563, "Elec. Code § 105(a)", LAW),
    ("invalid", "duplicate", "D", "duplicate signature", 286, "2 CCR 20531", SOS),
    ("invalid", "out-of-jurisdiction", "OC", "not a registered voter of the county named on the section", 187, "Elec. Code § 9021(a)", LAW),
    ("invalid", "registered-late", "RL", "affidavit of registration signed after the petition", 71, "Elec. Code § 2102(b)", LAW),
    ("invalid", "blank", "", "no signature on the line", 42, "2 CCR 20520", None),
    ("unresolved", "ambiguous", "", "two or more voters fit the line equally well", 31, "", None),
    ("unresolved", "illegible", "", "no name can be read", 9, "", None),
]  # fmt: skip


def group(name: str, lines: int, rate: float, **more: Any) -> dict[str, Any]:
    valid = round(lines * rate)
    error = 1.96 * sqrt(rate * (1 - rate) / lines)
    return {
        "name": name,
        "lines": lines,
        "valid": valid,
        "invalid": lines - valid,
        "unresolved": 0,
        "duplicates": lines // 40,
        "validity": valid / lines,
        "low": max(0.0, rate - error),
        "high": min(1.0, rate + error),
        **more,
    }


def sample() -> dict[str, Any]:
    """Give a result like that of the demo."""
    dice = random.Random(2018)
    draws = sorted(dice.gauss(6377, 44) for _ in range(1000))
    edges = [6200.0 + 10 * step for step in range(36)]
    return {
        "ballotworthy": "0.1.0",
        "place": "us-ca",
        "place_name": "California",
        "kind": "amendment",
        "on": "2018-04-20",
        "raw": 8500,
        "requirement": 6155,
        "requirement_source": {"citation": "given by the user, not by law", "url": None},
        "estimate": 6380,
        "verdict": "full-check",
        "verdict_rule": {
            "words": "6,380 lies within 95% and 110% of the requirement, 5,848 to 6,770: every signature is examined",
            "citation": "Elec. Code § 9030(d)",
            "url": LAW,
        },
        "thresholds": {"insufficient_below": 5848, "sufficient_above": 6771},
        "steps": [
            {"name": name, "value": value, "source": {"citation": citation, "url": url}}
            for name, value, citation, url in STEPS
        ],
        "machine": {
            "expected": 6380.4,
            "sd": 18.2,
            "low": 6345,
            "high": 6416,
            "valid": 6370,
            "invalid": 2090,
            "unresolved": 40,
        },
        "draws": {
            "seed": "2018-04-20 demo",
            "runs": 1000,
            "sample_size": 4011,
            "mean": 6377.0,
            "sd": 44.1,
            "low": 6290,
            "high": 6462,
            "histogram": [
                [low, high, sum(low <= draw < high for draw in draws)]
                for low, high in zip(edges, edges[1:], strict=False)
            ],
            "probability": {"insufficient": 0.0, "full-check": 0.986, "sufficient": 0.014},
        },
        "by_reason": [
            dict(zip(("outcome", "reason", "code", "words", "lines", "citation", "url"), row, strict=True))
            for row in REASONS
        ],
        "by_stratum": [group(name, lines, dice.uniform(0.68, 0.8)) for name, lines in COUNTIES.items()],
        "stratum_word": "county",
        "by_circulator": [
            group(f"C-{place:02d}", dice.randrange(60, 400), dice.uniform(0.7, 0.82), review=None)
            for place in range(1, 30)
        ]
        + [
            group("C-30", 310, 0.41, review="validity 41%, all others 76%"),
            group("C-31", 240, 0.73, review="61 lines of one voter repeated"),
        ],
        "duplicates": {"voters": 230, "lines": 286, "most": 50, "times": [[2, 221], [3, 8], [50, 1]]},
        "look_first": [
            {
                "sheet": str(12 + 7 * place),
                "line": str(1 + place % 8),
                "outcome": "unresolved" if place % 3 else "invalid",
                "why": "ambiguous between 2 voters"
                if place % 3
                else "found only by the wider search; street number differs",
                "probability": 0.51 + place / 100,
            }
            for place in range(40)
        ],
        "inputs": {
            "lines": {"file": "lines.csv", "sha256": "9f" * 32, "cells_set_aside": 3},
            "roll": {"file": "roll.csv", "sha256": "4e" * 32, "taken_on": "2018-04-20", "voters": 200000},
            "frame": "c1" * 32,
            "weights": "2026-11",
            "seed": "2018-04-20 demo",
        },
        "notes": ["The requirement was given on the command line (scaled), not by law."],
    }


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
        ElementTree.fromstring(svg)


def test_every_step_stands_there_with_its_value_and_source(page: str) -> None:
    for name, value, citation, url in STEPS:
        row = next(row for row in re.findall(r"<tr>.*?</tr>", page) if f">{name}<" in row)
        assert value in texts(row)
        assert citation in texts(row)
        assert url is None or f'href="{url}"' in row


def test_every_reason_stands_there_with_its_code_words_and_source(page: str) -> None:
    text = texts(page)
    for _, reason, code, words, lines, citation, _ in REASONS:
        if reason:
            said = f"{words}{' '.join(filter(None, (code, citation)))}"
            assert f"{said}{lines:,}" in text


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
    result["steps"][0]["source"] = {"citation": "2 CCR 20520", "url": "javascript:alert(1)"}
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


@pytest.mark.parametrize("key", sorted(set(sample()) - set(NEEDED)))
@pytest.mark.parametrize("absence", ["null", "empty", "absent"])
def test_a_part_that_is_absent_is_left_out(key: str, absence: str) -> None:
    result = sample()
    if absence == "absent":
        del result[key]
    else:
        result[key] = None if absence == "null" else type(result[key])()
    page = render_check(result)
    assert Outline(page).faults == []
    assert "None" not in texts(page)


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


@given(
    values=st.lists(st.floats(0, 1e7), max_size=5),
    first=st.floats(1, 1e6),
    width=st.floats(0, 1e6),
)
def test_the_axis_holds_every_value_and_leaves_room_for_the_labels_of_the_outer_bands(
    values: list[float], first: float, width: float
) -> None:
    low, high = axis(values, first, first + width)
    assert all(low < value < high for value in [*values, first, first + width])
    assert first - low >= 0.999 * LEAST_SHARE * (high - low)
    assert high - first - width >= 0.999 * LEAST_SHARE * (high - low)


def test_the_bands_meet_at_the_thresholds() -> None:
    bands = bands_of(sample())
    assert [band.limits for band in bands] == ["below 5,848", "5,848 to 6,770", "6,771 or more"]
    assert [band.end for band in bands[:-1]] == [band.start for band in bands[1:]] == [5848, 6771]


def test_without_thresholds_the_bands_meet_at_the_requirement() -> None:
    bands = bands_of({**sample(), "thresholds": None})
    assert [band.limits for band in bands] == ["below 6,155", "6,155 or more"]


def test_strata_stand_by_size_and_circulators_by_need_of_review() -> None:
    rows = [group("a", 10, 0.9), group("b", 30, 0.8), group("c", 20, 0.95, review="out of line")]
    assert [row["name"] for row in strata(rows, "county").rows] == ["b", "c", "a"]
    assert [row["name"] for row in circulators(rows).rows] == ["c", "b", "a"]


def test_outcomes_add_up_their_reasons() -> None:
    rows = [{"outcome": outcome, "lines": lines} for outcome, *_, lines, _, _ in REASONS]
    assert [(each.label, each.lines) for each in outcomes(rows)] == [
        ("Valid", 6370),
        ("Not valid", 2090),
        ("Not resolved", 40),
    ]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.7506, "75.1%"),
        (1, "100%"),
        (0, "0%"),
        (0.0, "0%"),
        (0.9996, "99.96%"),
        (1.00001, "100.001%"),
        (0.0004, "0.04%"),
        (1.0366, "103.7%"),
        (None, "\N{EN DASH}"),
        (nan, "\N{EN DASH}"),
    ],
)
def test_a_share_is_never_rounded_to_what_it_is_not(value: float | None, printed: str) -> None:
    assert share(value) == printed


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (number(6380.4), "6,380"),
        (number(None), "\N{EN DASH}"),
        (count(1, "line"), "1 line"),
        (count(1200, "county"), "1,200 counties"),
        (plural("stratum"), "strata"),
        (plural("survey"), "surveys"),
        (day("2018-04-20"), "20 April 2018"),
        (day("soon"), "soon"),
        (day(None), "\N{EN DASH}"),
        (of_draws(0.0, 1000), "none"),
        (of_draws(1.0, 1000), "all 1,000"),
        (of_draws(0.037, 1000), "37 of 1,000"),
    ],
)
def test_words(made: str, expected: str) -> None:
    assert made == expected
