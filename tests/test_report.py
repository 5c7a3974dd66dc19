"""The report of a check: complete, self-contained, escaped, and whole when parts of the result are absent."""

from __future__ import annotations

import copy
import random
import re
import time
from html import unescape
from html.parser import HTMLParser
from math import nan, sqrt
from typing import Any

import pytest

from ballotworthy.report import render_check
from ballotworthy.report.scale import LEAST_SHARE, axis, bands_of
from ballotworthy.report.tables import by_stratum, circulators, outcomes, strata
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
                "why": "ambiguous between 2 voters" if place % 3 else "found only by the wider search; street number differs",
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
