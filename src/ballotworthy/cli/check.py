"""`ballotworthy check`: the committee's check, from lines to a verdict, with a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from ballotworthy.cli.days import CertifiedOption, FiledOption, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.options import (
    DatesOption,
    JsonOption,
    KindOption,
    LenientOption,
    MapOption,
    OnOption,
    PlaceOption,
    RequiredOption,
    RollOption,
    RuleOption,
)
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.cli.scans_given import FormOption, LinesOrScansArgument, MeasureOption, ReadIntoOption, lines_read
from ballotworthy.cli.to_rule import RuledOption, ToRuleOption, ToRuleOutOption, check_request, listed, write_list
from ballotworthy.files.columns import parse_map
from ballotworthy.files.quantities import quantity
from ballotworthy.law import read_law, rules_on
from ballotworthy.report.words import corrected_sentence


def check(
    lines: LinesOrScansArgument,
    roll: RollOption,
    place: PlaceOption,
    kind: KindOption,
    on: OnOption,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.")],
    required: RequiredOption = None,
    rule: RuleOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    seed: Annotated[str, typer.Option(help="Seed of the draws; the frame's fingerprint if absent.")] = "",
    to_rule: ToRuleOption = None,
    to_rule_out: ToRuleOutOption = None,
    ruled: RuledOption = None,
    strike_lines: Annotated[
        int | None,
        typer.Option(
            "--strike-lines",
            min=0,
            help="Say what a challenge of so many lines makes of it: by lot, at worst, and how many it takes to fail.",
        ),
    ] = None,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    form: FormOption = None,
    measure: MeasureOption = None,
    read_into: ReadIntoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every line of a petition by machine: outcomes, an estimate, a verdict, and a report. Not a certificate.

    Scans are read first, into OUT-read beside the folder to write; what is typed there into lines.csv counts next time.
    """
    from ballotworthy.files.whole import refuse_foreign, whole_folder
    from ballotworthy.petition.given_lines import Lines
    from ballotworthy.sufficiency import challenge_data, challenge_words
    from ballotworthy.verbs.check import MARKER, OUTPUTS, check_petition

    check_request(to_rule, to_rule_out, ruled, out)
    days = days_of(on, registered, signed, filed, certified)
    rules = rules_on(read_law(place), kind, days)
    refuse_foreign(out, MARKER, OUTPUTS)
    lines = lines_read(
        lines, (out, "-read"), of=lambda: (place, kind), form=form, measure=measure, into=read_into, as_json=as_json
    )
    given = Lines(lines, parse_map(mapping or ()), lenient, dates)
    compile_if_cold()
    with whole_folder(out, marker=MARKER, holds=OUTPUTS, private=True) as folder:
        with shown() as progress:
            done = check_petition(
                given,
                roll,
                rules=rules,
                required=required,
                given=rule or (),
                seed=seed,
                ruled=ruled,
                progress=progress,
            )
        asked = listed(to_rule_out, done.check.petition, to_rule, seed=seed, ruled=done.ruled)
        done.write_into(folder)
    write_list(asked)
    stood = done.challenged(strike_lines) if strike_lines is not None else None
    if as_json:
        told = {**done.answer, **({"challenge": challenge_data(stood)} if stood else {})}
        print_json(told)
    else:
        console = SafeConsole()
        show(done.answer, out, console)
        if stood:
            console.print(challenge_words(stood), markup=False, highlight=False)
        if asked:
            typer.echo(
                f"To rule: {quantity(to_rule or 0, 'line')} drawn by the seed, in {to_rule_out}; "
                "give them back with --ruled."
            )


def show(answer: Mapping[str, Any], out: Path, console: SafeConsole) -> None:
    """Print the verdict and the numbers behind it; what rulings say comes first."""
    from ballotworthy.check.columns import columns_words
    from ballotworthy.verbs.check import MARKER

    if answer["corrected"]:
        console.print(" ".join(corrected_sentence(answer)), style="bold", markup=False, highlight=False)
    console.print(
        f"{answer['verdict'].upper()}: {answer['verdict_rule']}.", style="bold", markup=False, highlight=False
    )
    console.print(f"  {answer['verdict_source']['cite']}", markup=False, highlight=False)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    for number, words in (*_law_numbers(answer), ("", ""), *_outcome_numbers(answer)):
        table.add_row(number, words)
    console.print(table)
    for words in columns_words(answer["columns"]):
        console.print(words, markup=False, highlight=False)
    if told := screen_words(answer):
        console.print(told, markup=False, highlight=False)
    for note in answer["notes"]:
        console.print(f"Note: {note}", markup=False, highlight=False)
    places = f"Report: {out / 'report.html'}   lines: {out / 'lines.csv'}   data: {out / MARKER}"
    console.tell(places)


def screen_words(answer: Mapping[str, Any]) -> str:
    """Give the line that says which circulators' sheets a person should look at, "" where nobody is named."""
    screen = answer["screen"]
    if not screen["named"]:
        return ""
    # A circulator's name comes from the file: what would steer the terminal is left out.
    names = ", ".join("".join(sign for sign in name if sign.isprintable()) for name in screen["named"])
    return (
        f"Circulators whose sheets need a person's look: {names} (of those named, at most "
        f"{screen['expected_innocent']} expected by chance; why: report.html). It says nothing of intent."
    )


def _law_numbers(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    machine, draws, duplicates = answer["machine"], answer["draws"], answer["duplicates"]
    share = answer["estimate"] / answer["requirement"]
    rows = [
        (f"{answer['raw']:,}", "lines count as filed"),
        (f"{answer['requirement']:,}", f"required ({answer['requirement_source']['cite']})"),
        (f"{answer['estimate']:,}", f"estimated valid, {share:.1%} of the requirement"),
        (f"{machine['low']:,} to {machine['high']:,}", f"valid lines, the machine's span: {machine['span']['kind']}"),
    ]
    if draws:
        chances = ", ".join(f"{verdict} {share:.1%}" for verdict, share in draws["probability"].items() if share)
        rows.append(
            (f"{draws['sample_size']:,}", f"lines in the lawful sample; {draws['runs']:,} draws say: {chances}")
        )
    error = f"standard error {draws['pairs']['sd']:,.1f} in such a sample" if draws else "no sample, no standard error"
    rows.append(
        (
            f"{answer['pair_estimate']:,.0f}",
            f"pair estimate if nobody signed over twice; {error}",
        )
    )
    if draws and draws["pairs"]["high"] > draws["pairs"]["low"]:
        rows.append(
            (f"{draws['pairs']['low']:,.0f} to {draws['pairs']['high']:,.0f}", "95% of the draws' pair estimates")
        )
    if duplicates["over_deducted"]:
        words = "signatures that a formula by pairs would deduct too much for those who signed three times or more"
        rows.append((f"{duplicates['over_deducted']:,}", words))
    return rows


def _outcome_numbers(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = answer["by_reason"]
    total = sum(row["lines"] for row in rows)
    named = [(row["lines"], f"{row['outcome']} {row['reason']}".strip()) for row in rows]
    return [*((f"{number:,}", words) for number, words in named), (f"{total:,}", "lines in the file")]
