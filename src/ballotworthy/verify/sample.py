"""The sample, drawn again from the seed and the frame (V13)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from .findings import Findings, number
from .frame import DRAWABLE, DRAWN, STRUCK, Frame


@dataclass
class Sample:
    """The sample so far: the seed, and the size in each stratum; `order` keeps the lines of a stratum in hash order."""

    seed: str | None = None
    sizes: dict[str, int] = field(default_factory=dict)
    order: dict[str, list[int]] = field(default_factory=dict)

    def draw(self, body: Mapping[str, Any], frame: Frame, values: Mapping[str, Any], findings: Findings) -> None:
        """Compare a sample with the one that follows from the seed, and mark its lines."""
        lines: dict[str, list[int]] = defaultdict(list)
        for at, state in enumerate(frame.state):
            if state & DRAWABLE:
                lines[frame.strata[at]].append(at)
        told = [each["stratum"] for each in body["strata"]]
        if told != sorted(lines):
            findings.fail("V13", "its strata are not those of the lines that can be drawn")
        total = 0
        for each in body["strata"]:
            name = each["stratum"]
            if name in lines:
                total += each["size"]
                self._draw_stratum(each, name, lines[name], frame, values, body["scope"], findings)
        of = sum(map(len, lines.values()))
        how = "all lines" if body["scope"] == "all" else f"seed {self.seed!r}"
        findings.found["V13"] = (
            f"{total:,} of {number(of, 'line')} in {len(lines):,} {'stratum' if len(lines) == 1 else 'strata'}, {how}"
        )

    def _draw_stratum(
        self,
        told: Mapping[str, Any],
        name: str,
        lines: list[int],
        frame: Frame,
        values: Mapping[str, Any],
        scope: str,
        findings: Findings,
    ) -> None:
        size, left = told["size"], [at for at in lines if not frame.state[at] & STRUCK]
        if told["of"] != len(lines):
            findings.fail("V13", f"{len(lines):,} lines of {name!r} can be drawn, not {told['of']:,}")
        if size < self.sizes.get(name, 0):
            findings.fail("V13", f"it is smaller in {name!r} than the sample before it")
        self.sizes[name] = size
        if scope == "all":
            if size != len(left):
                findings.fail("V13", f"all lines of {name!r} are {len(left):,}, not {size:,}")
            drawn = left
        else:
            if size > len(left):
                findings.fail("V13", f"{size:,} lines of {name!r} are said to be drawn, and there are {len(left):,}")
            least = least_size(values, len(left))
            if size < least:
                findings.fail("V13", f"the law asks for {least:,} lines of {name!r}, and {size:,} were drawn")
            drawn = self._ordered(name, left, frame)[:size]
            if [frame.ids[at] for at in drawn] != told["ids"]:
                findings.fail("V13", _where(name, [frame.ids[at] for at in drawn], told["ids"]))
                drawn = [frame.at[line] for line in told["ids"] if line in frame.at]
        for at in drawn:
            frame.state[at] |= DRAWN

    def _ordered(self, name: str, lines: list[int], frame: Frame) -> list[int]:
        if len(self.order.get(name, ())) != len(lines):
            ids, start = frame.ids, hashlib.sha256(f"{self.seed or ''}:".encode())
            self.order[name] = sorted(lines, key=lambda at: hashed(start, ids[at]))
        return self.order[name]


def least_size(values: Mapping[str, Any], lines: int) -> int:
    """Give how many lines the law makes the sample have at least, of so many; 1 where it leaves that to the office."""
    if "sample_share" not in values and "sample_least" not in values:
        return min(1, lines)
    share, least = Fraction(values.get("sample_share", "0")), int(values.get("sample_least", 0))
    if lines < values.get("sample_share_from", 0):
        share = Fraction(0)
    return min(lines, max(ceil(share * lines), least))


def hashed(start: Any, line: str) -> bytes:
    """Give the digest by which a line is sorted; `start` has hashed the seed and the colon."""
    digest = start.copy()
    digest.update(line.encode())
    return bytes(digest.digest())


def _where(name: str, drawn: list[str], told: list[str]) -> str:
    if len(drawn) != len(told):
        return f"{len(told):,} lines of {name!r} stand there, and {len(drawn):,} follow from the seed"
    at = next(at for at, (one, two) in enumerate(zip(drawn, told, strict=True), 1) if one != two)
    return f"line {at:,} drawn in {name!r} is {drawn[at - 1]} by the seed, and {told[at - 1]} stands there"
