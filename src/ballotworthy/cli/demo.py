"""`ballotworthy demo`: the main job on an invented petition shaped after Calexit.

The initiative of 2018 needed 585,407 signatures (8% of the votes for governor in 2014). The demo keeps the
shape and shrinks the size: 200,000 invented voters in place of California's 19 million, and the requirement
in the same proportion.

Then the same petition goes the office's way, in a case of its own: the sample that the law orders is decided by a clerk
who knows the truth, the certificate is signed, and `verify` recounts it. Last, a few sheets are filled and scanned by
invented hands, read back, and checked from their pictures, where what that needs is installed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.check import show
from ballotworthy.cli.demo_sheets import FromSheets, sentence, walk_sheets
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.cli.sure_clock import now
from ballotworthy.errors import InputError
from ballotworthy.law import read_law, rules_on

if TYPE_CHECKING:
    from ballotworthy.verify import Answer

PLACE, KIND, FILED = "us-ca", "amendment", "2018-04-20"
VOTERS, LINES = 200_000, 8_700
SCALE = 95
REQUIRED = -(-585_407 // SCALE)


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.")] = Path("demo-out"),
    seed: Annotated[str, typer.Option(help="Seed of the invention.")] = "calexit",
    as_json: JsonOption = False,
) -> None:
    """Invent a roll and a petition, check it, certify it as an office would, and recount the certificate."""
    import polars as pl

    from ballotworthy.casework.room import RECORD
    from ballotworthy.files.whole import whole_folder
    from ballotworthy.risk_check.statement import percent
    from ballotworthy.roll import build_roll, read_voters
    from ballotworthy.verbs.case_demo import walk_case
    from ballotworthy.verbs.check import MARKER, OUTPUTS, check_petition
    from ballotworthy.verbs.measure import shipped_measures, show_measure, write_pages
    from ballotworthy.verbs.simulate import simulate_petition
    from ballotworthy.verify import HOLDS

    compile_if_cold()
    day = dt.date.fromisoformat(FILED)
    console = SafeConsole(stderr=True, highlight=False)
    console.print(f"1 of 6: inventing {VOTERS:,} voters and {LINES:,} lines, seed {seed} ...")
    invented = folder / "invented"
    about = simulate_petition(invented, voters=VOTERS, lines=LINES, seed=seed, place=PLACE, on=day).about
    console.print("2 of 6: building the roll ...")
    roll = folder / "voters.roll"
    build_roll(read_voters(invented / "roll.csv", taken_on=dt.date.fromisoformat(about["roll_taken_on"])), roll)
    console.print(f"3 of 6: checking against the law of {PLACE}, {KIND}, on {FILED} ...")
    rules = rules_on(read_law(PLACE), KIND, day)
    with whole_folder(folder / "check", marker=MARKER, holds=OUTPUTS, private=True) as into:
        with shown() as progress:
            done = check_petition(
                invented / "lines.csv", roll, rules=rules, required=REQUIRED, seed=seed, progress=progress
            )
        done.write_into(into)
    answer = done.answer
    console.print("4 of 6: deciding the lawful sample as an office would, and certifying ...")
    truth = pl.read_csv(invented / "truth.csv", infer_schema=False)
    case = folder / "case"
    certified = walk_case(
        case, invented / "lines.csv", roll, truth, rules, folder / "check", clock=now, required=REQUIRED, seed=seed
    )
    console.print("5 of 6: recounting the certificate, and the pages of the Calexit measures ...")
    verified = recounted(case)
    write_pages([show_measure(path, day) for path in shipped_measures()], folder / "calexit")
    console.print("6 of 6: filling sheets, scanning, reading and checking them from their pictures ...")
    seen: FromSheets | None = None
    try:
        seen = walk_sheets(folder / "sheets", rules, day, seed)
        of_sheets = sentence(seen, folder / "sheets")
    except InputError as error:  # an extra that is not installed: the demo says what it skips
        of_sheets = f"Sheets are left out: {error}"
    if as_json:
        official = {**certified, "verified": verified.holds}
        print_json({**answer, "case": official, "sheets": asdict(seen) if seen else None})
        return
    show(answer, folder / "check", SafeConsole())
    sampled = certified["sample"]
    typer.echo(
        f"The office's way: the sample says {sampled['verdict']} ({sampled['estimate']:,}), "
        f"the end {certified['verdict']} ({certified['estimate']:,}). "
        f"Certificate: {case / 'certificate.pdf'}   record: {case / RECORD}"
    )
    risk = certified["risk"]
    typer.echo(
        f"The risk-limiting check beside it: {risk['decided']} after {risk['lines']:,} lines, at a risk of "
        f"{percent(float(risk['sufficient']))} of being wrong; {risk['low']:,} to {risk['high']:,} valid signers."
    )
    made = sum(check.state == HOLDS for check in verified.checks)
    typer.echo(
        f"Recounted by `ballotworthy verify`: {made} checks hold, {verified.events:,} events."
        if verified.holds
        else f"Recounted by `ballotworthy verify`: {verified.first}"
    )
    typer.echo(f"The road of the eight Calexit measures, as of {FILED}: {folder / 'calexit' / 'index.html'}")
    typer.echo(of_sheets)
    typer.echo(f"Truth of this invention: {about['valid']:,} valid lines. Requirement: 585,407 / {SCALE}, rounded up.")


def recounted(case: Path) -> Answer:
    """Recount the record of a case beside its signed head and its certificate."""
    from ballotworthy.casework.room import HEAD, RECORD
    from ballotworthy.verify import verify

    with (case / RECORD).open("rb") as lines:
        return verify(lines, head=(case / HEAD).read_bytes(), certificate=(case / "certificate.json").read_bytes())
