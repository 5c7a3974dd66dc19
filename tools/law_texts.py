"""Write src/ballotworthy/places/texts.toml: which texts of each place's law this program has had, since which day.

`python tools/law_texts.py` adds what is not there: the texts on the branch's own line of commits, each with the day of
its first commit, and the present one with today's where it is not committed. Nothing that stands there goes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ballotworthy.files.places import place_codes
from ballotworthy.verify.shipped import texts

ROOT = Path(__file__).parents[1]
PLACES = ROOT / "src/ballotworthy/places"
FILE = PLACES / "texts.toml"
LENGTH = 32
"""Digits of a digest: 128 bits, since nobody can choose the text that they are of."""
HEAD = """\
# The texts of each place's law.toml that this program has had, the oldest first: the day on which it came, and the
# first 32 digits of its SHA-256. A record that pinned an older text is told so by the verifiers (R1). Made by
# tools/law_texts.py, which `make reference` runs first.
"""


def digest_of(text: bytes) -> str:
    """Give the digits by which a text is known."""
    return hashlib.sha256(text).hexdigest()[:LENGTH]


def committed() -> Iterator[tuple[str, str]]:
    """Give place and row of each text on the branch's own line of commits, the oldest first."""
    day = ""
    for line in _git(
        "log", "--first-parent", "-m", "--reverse", "--raw", "--no-abbrev", "--format=@%cd",
        "--date=format:%Y-%m-%d", "--", f"{PLACES.relative_to(ROOT)}/*/law.toml",
    ).decode().splitlines():  # fmt: skip
        if line.startswith("@"):
            day = line[1:]
        elif line.startswith(":") and not (blob := line.split()[3]).startswith("0000"):
            yield Path(line.split("\t")[1]).parent.name, f"{day} {digest_of(_git('cat-file', 'blob', blob))}"


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603, S607


def rows_with(known: Mapping[str, Sequence[str]], today: dt.date) -> dict[str, list[str]]:
    """Give the rows of all places: those known, those committed, and the present texts."""
    rows = {place: list(known.get(place, ())) for place in place_codes()}
    for place, row in committed():
        if place in rows and not any(each.endswith(row[11:]) for each in rows[place]):
            rows[place].append(row)
    for place, of_place in rows.items():
        of_place.sort(key=lambda row: row[:10])
        now = digest_of((PLACES / place / "law.toml").read_bytes())
        if not of_place or not of_place[-1].endswith(now):
            of_place.append(f"{today} {now}")
    return rows


def main() -> None:
    """Write the file."""
    rows = rows_with(texts(), dt.datetime.now(dt.UTC).date())
    lines = [HEAD]
    for place, of_place in rows.items():
        lines += [f"{place} = [", *(f'    "{row}",' for row in of_place), "]"]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
