"""Makes docs/example anew: an invented case of 260 lines, walked with the commands of `ballotworthy case`.

    python tools/example.py

Keys and times are new each time, so every byte of the example changes; the pages that show it are made anew with
`make reference` and, for docs/how-to/recount.md, by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.roll import build_roll, read_voters

EXAMPLE = Path(__file__).resolve().parent.parent / "docs/example"
FILES = ("case.record", "case.record.head.json", "certificate.json", "office-key.txt", "weights.tsv")
LINES, SILENT = 260, ("export", "next")
NEW = (
    "--case", "EX-9", "--office", "Office of Exampleland", "--measure", "A law on wells", "--disclosure", "public",
    "--place", "zz-example", "--kind", "initiative", "--on", "2026-11-02", "--required", "150",
    "--required-source", "the order of the council", "--person", "bob=decide,resolve",
)  # fmt: skip


def walk(folder: Path) -> Path:
    """Walk the case in a folder; give the folder of what is published."""
    app, case, out = build_app(["case"]), folder / "case", folder / "out"

    def run(*words: object) -> Any:
        verb = words[1] if words[0] == "risk" else words[0]
        at = 2 if words[0] == "risk" else 1
        by = () if verb in SILENT else ("--by", "ann")
        done = CliRunner().invoke(app, ["case", *map(str, (*words[:at], case, *words[at:])), *by, "--json"])
        if done.exit_code:
            raise SystemExit(done.output)
        return json.loads(done.stdout)

    _write(
        folder / "lines.csv",
        [
            {"sheet": at // 5 + 1, "line": at % 5 + 1, "name": f"Signer N{at}", "district": ("North", "South")[at % 2]}
            for at in range(LINES)
        ],
    )
    _write(folder / "voters.csv", [{"voter_id": f"v{at}", "last_name": "Signer"} for at in range(LINES)])
    run("new", *NEW)
    run("intake", folder / "lines.csv")
    run("fix")
    build_roll(read_voters(folder / "voters.csv", taken_on=dt.date(2026, 10, 15)), folder / "x.roll")
    run("roll", "--roll", folder / "x.roll")
    pl.read_csv(folder / "lines.csv").select("sheet", "line", weight=0.9).write_csv(folder / "machine.csv")
    run("risk", "terms", "--proposals", folder / "machine.csv", "--unlinked", "1")
    run("seed", "4 2 6 1 1 3", "--how", "dice", "--source", "six dice", "--present", "the press")
    _write(folder / "rulings.csv", [_ruling(line, at) for at, line in enumerate(run("sample")["sample"])])
    run("decide", folder / "rulings.csv")
    wanted = run("risk", "next", "-n", LINES)["next"]
    _write(folder / "further.csv", [{"line": each["line"], "further": 0} for each in wanted])
    run("risk", "weigh", folder / "further.csv")
    run("count")
    run("risk", "record")
    run("certify", "--second", "bob")
    run("export", "--to", "public", "-o", out)
    return out


def _ruling(line: str, at: int) -> dict[str, str]:
    """Refuse every seventh line; let eight of the first lines be of four voters."""
    voter = "" if at % 7 == 6 else f"v{at // 2 if at < 8 else at}"
    refused = {"outcome": "invalid", "reason": "not-registered"} if not voter else {"outcome": "valid", "reason": ""}
    return {"line": line, **refused, "voter_id": voter, "searches": "name address"}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    pl.DataFrame(rows).write_csv(path)


def main() -> None:
    """Make the example anew."""
    with tempfile.TemporaryDirectory() as made:
        out = walk(Path(made))
        for name in FILES:
            shutil.copyfile(out / name, EXAMPLE / name)


if __name__ == "__main__":
    main()
