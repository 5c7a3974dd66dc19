"""Every page is filled in one way: what stands on a line is escaped, and what acts or hides in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.report.explain_page import explain_page
from ballotworthy.report.risk_plot import plan_page

CODE = Path(__file__).resolve().parent.parent / "src/ballotworthy"
HOSTILE = "<b>Ann</b>\u202e\x1b[2J"


def explained() -> str:
    steps = [{"words": HOSTILE, "weight": "+1.0", "total": "+1.0"}]
    sides = [{"what": "name", "line": HOSTILE, "voter": HOSTILE}]
    one = {"voter": HOSTILE, "chance": "1%", "sides": sides, "steps": steps}
    ground = {"words": HOSTILE, "cite": HOSTILE, "url": "javascript:alert(1)"}
    return explain_page(
        {"line": HOSTILE, "said": HOSTILE, "ground": ground, "candidates": [one], "searches": HOSTILE, "beliefs": "x"}
    )


def planned() -> str:
    curves = [{"lines": 10.0, "share": 0.2, "check": HOSTILE}, {"lines": 100.0, "share": 0.9, "check": HOSTILE}]
    return plan_page(HOSTILE, [HOSTILE], curves, {"lines": 50.0, "place": HOSTILE})


@pytest.mark.parametrize("page", [explained, planned])
def test_text_of_others_is_shown_and_does_nothing(page: object) -> None:
    html = page()  # type: ignore[operator]  # each is a function above
    assert "&lt;b&gt;Ann&lt;/b&gt;‹U+202E›‹ESC›[2J" in html
    assert "<b>Ann" not in html
    assert 'href="javascript' not in html
    assert not set("\u202e\x1b") & set(html)


def test_there_is_one_place_where_templates_are_filled() -> None:
    found = [path.name for path in CODE.rglob("*.py") if "Environment(" in path.read_text("utf-8")]
    assert found == ["templates.py"]
