"""Audit a vote: begin it, give it the public seed, draw the next round, enter what people found; a folder holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError, UnknownName
from ballotworthy.files.digest import file_digest
from ballotworthy.files.json_text import json_text
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.stats import draw
from ballotworthy.vote import Numbers
from ballotworthy.vote.audit import CARDS, SEED, Audit, in_order, open_audit
from ballotworthy.vote.cards import MARKS, Cards, Mark
from ballotworthy.vote.chain import extend, read_chain
from ballotworthy.vote.districts import District, read_districts, with_districts
from ballotworthy.vote.formats import read_results
from ballotworthy.vote.found import read_found
from ballotworthy.vote.manifest import Manifest, read_manifest
from ballotworthy.vote.not_counted import none_counted
from ballotworthy.vote.population import population_of
from ballotworthy.vote.reconcile import against_manifest
from ballotworthy.vote.results import Remark
from ballotworthy.vote.samples import samples_of
from ballotworthy.vote.terms import NOT_FOUND, START, Terms
from ballotworthy.vote.together import together
from ballotworthy.vote.words import folded, named_so, words_with

LISTS: Mapping[str, Mapping[str, str]] = {
    "arlo": {
        "Order": "order", "Container": "container", "Tabulator": "tabulator", "Batch Name": "batch",
        "Ballot Number": "position", "Imprinted ID": "imprinted",
    },
    "colorado": {
        "scanner_id": "tabulator", "batch_id": "batch", "record_id": "position", "imprinted_id": "imprinted",
        "ballot_type": "", "storage_location": "container", "cvr_number": "", "audited": "",
    },
}  # fmt: skip
"""The columns of a retrieval list as the two programs have them, each with what it holds, "" for what is not known
here; the card's own id and an empty column for what people find follow."""
SHOWN_CARDS = 10
GROWTH = 2
"""A further round makes the sample so many times as great where its size is not given."""


def start_audit(
    folder: Path,
    manifest: Path,
    rule: str,
    numbers: Numbers,
    *,
    risk: float = 0.05,
    records: Sequence[Path] = (),
    measure: str | None = None,
    districts: Path | None = None,
) -> tuple[Audit, tuple[Remark, ...]]:
    """Commit rule, reported numbers, risk limit and cards into a new folder; give the audit and what does not fit.

    Args:
        folder: to make; it must not be there, or be empty.
        manifest: cards by batch.
        rule: of the vote, as `judge_vote` reads it.
        numbers: as reported.
        risk: the risk limit.
        records: cast-vote records, for an audit by comparison; without them it polls.
        measure: its name in the records, where these hold several.
        districts: a table of them with their votes, for a rule that asks for a majority of districts; the manifest
            says of each batch which is its district.

    Raises:
        InputError: the folder is in use, the numbers cannot be, differ from the records, or nothing of the outcome is
            on the cards.
        FileFaults: manifest or records are faulty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} exists, and an audit that has begun is never begun again. Name a new folder.")
    piles = read_manifest(manifest)
    cards, name, apart, remarks = _compared(records, measure, piles, numbers)
    population = population_of(piles, cards, name)
    parts: tuple[District, ...] = ()
    frame = population.frame.drop("district")
    if districts:
        parts, frame = _districts(districts, population.frame, piles)
        numbers = with_districts(numbers, frame.height, parts)
    told = {key: str(value) if key.startswith("districts") else value for key, value in asdict(numbers).items()}
    with whole_folder(folder, marker=START, holds=()) as made:
        frame.write_csv(made / CARDS)
        terms = Terms(
            rule, {key: value for key, value in told.items() if value not in (None, "None")}, risk,
            "comparison" if cards is not None else "polling", name, {"file": piles.file, "sha256": piles.sha256},
            frame.height, file_digest(made / CARDS), *apart,
            [{**vars(each), "weight": str(each.weight)} for each in parts],
        )  # fmt: skip
        plan, of_districts = terms.plan()
        if not samples_of(plan, of_districts):
            raise InputError(
                f"nothing that decides this outcome ({plan.outcome}) can be read on all cards together: "
                "turnout rests on poll books and the register, and a majority of districts on the cards of each: "
                "give their votes with --districts."
            )
        (made / START).write_text(json_text({"terms": asdict(terms)}) + "\n", "utf-8")
    return open_audit(folder), remarks


def seed_audit(folder: Path, seed: str) -> Audit:
    """Give the public seed, once, after everything else is committed.

    Raises:
        InputError: the seed is blank, or one was given already.
    """
    audit = open_audit(folder)
    if audit.seed is not None:
        raise InputError("this audit has its seed already; a second one would let somebody choose.")
    draw(seed, (), 0)
    held = json.dumps({"seed": seed, "before": audit.commitment}, ensure_ascii=False) + "\n"
    with whole_file(folder / SEED) as file:
        file.write_text(held, "utf-8")
    return replace(audit, seed=seed, drawn=in_order(seed, audit.population), chain=read_chain(folder, folder / SEED))


def next_round(folder: Path, number: int | None = None, columns: str = "arlo") -> tuple[Audit, Path]:
    """Draw the cards of the next round; give the audit and the retrieval list, which is kept in the folder.

    Args:
        folder: of the audit.
        number: cards of this round, of each sample that is open where districts decide; what the plan says for the
            first, and as many again for a further one, if absent.
        columns: of the list, `arlo` or `colorado`.

    Raises:
        UnknownName: no such columns are known.
        InputError: there is no seed yet, a round is not entered, the outcome is confirmed, or all cards were seen.
    """
    if columns not in LISTS:
        raise UnknownName("set of columns", columns, sorted(LISTS))
    audit = open_audit(folder)
    if audit.state != "draw" or audit.chain is None:
        why = {
            "seed": "the public seed was not given yet; give it with `ballotworthy vote audit seed`",
            "enter": f"{audit.waiting:,} cards of the last round are not entered yet",
            "confirmed": "the outcome is confirmed at the risk limit; nothing more is to be drawn",
            "full-count": f"every card{f' of {audit.refuted}' if audit.refuted else ''} has been looked at: the count "
            "by hand stands",
        }
        raise InputError(f"{why[audit.state]}.")
    wanted: set[str] = set()
    for sample in audit.samples:
        if not audit.is_confirmed(sample):
            seen = len(audit.seen[sample.district])
            more = number or (seen * (GROWTH - 1) if seen else sample.first)
            wanted.update(audit.order_of(sample)[seen : seen + more])
    wanted -= set(audit.order)
    drawn = [card for card in audit.drawn if card in wanted]
    order = pl.DataFrame({"card": drawn}).with_row_index("order", offset=len(audit.order) + 1)
    rows = order.join(audit.population, on="card", how="left", maintain_order="left").select(
        *(pl.col(held).alias(name) if held else pl.lit("").alias(name) for name, held in LISTS[columns].items()),
        *([pl.col("district").alias("District")] if audit.districts else []),
        pl.col("card").alias("Card"),
        pl.lit("").alias("Found"),
    )
    path = folder / f"round-{len(audit.rounds) + 1}.csv"
    chain = extend(audit.chain, path, rows.write_csv())
    return replace(audit, order=(*audit.order, *drawn), rounds=(*audit.rounds, len(drawn)), chain=chain), path


def enter_round(folder: Path, found: Path) -> Audit:
    """Enter what people found on the cards of the round that waits, every card of it.

    Args:
        folder: of the audit.
        found: the retrieval list, or a table of card and found: yes, no, blank, invalid, absent or not-found.

    Raises:
        InputError: no round waits.
        FileFaults: a card is not of this round, stands twice, elsewhere than the list says or lacks, or what was found
            is no such word.
    """
    audit = open_audit(folder)
    if audit.state != "enter" or audit.chain is None:
        raise InputError("no round waits to be entered; draw one with `ballotworthy vote audit next`.")
    wanted = audit.order[len(audit.found) :]
    read = read_found(found, wanted, folder / f"round-{len(audit.rounds)}.csv")
    table = pl.DataFrame({"card": list(wanted), "found": [read[card] for card in wanted]})
    chain = extend(audit.chain, folder / f"entered-{len(audit.rounds)}.csv", table.write_csv())
    seen = [None if read[card] == NOT_FOUND else MARKS[read[card]] for card in wanted]
    return replace(audit, found=(*audit.found, *seen), chain=chain)


def _districts(path: Path, population: pl.DataFrame, piles: Manifest) -> tuple[tuple[District, ...], pl.DataFrame]:
    """Read the districts, and hold them against the cards and what the records say; give both in one spelling."""
    if not any(batch.district for batch in piles.batches):
        what = "no column says of which district a batch is"
        raise FileFaults(piles.file, [Fault(1, None, what, "Add a column District; its names are those of the table")])
    population = population.with_columns(pl.col("district").map_elements(folded, pl.String))
    cards = dict(population.group_by("district", maintain_order=True).len().iter_rows())
    found = read_districts(path, cards)
    lacking = [batch for batch in piles.batches if folded(batch.district) not in {folded(each.name) for each in found}]
    if lacking:
        what = f"the district {lacking[0].district or '(empty)'} of a batch is not in the table of districts"
        remedy = "Give every batch its district and every district a row"
        raise FileFaults(piles.file, [Fault(batch.line, "District", what, remedy) for batch in lacking[:SHOWN_CARDS]])
    rows = population.group_by("district", "recorded").len().iter_rows()
    counted = {(district, mark): number for district, mark, number in rows}
    apart = [
        f"{each.name}: {side} {getattr(each, side):,} reported, {number:,} in the records"
        for each in found
        for side in ("yes", "no")
        if (number := counted.get((folded(each.name), side), 0)) != getattr(each, side)
    ]
    if apart and (population["recorded"] != "").any():
        shown = "; ".join(apart[:SHOWN_CARDS])
        raise InputError(f"the records do not add up to what was reported ({shown}). Give the records of this count.")
    spelled = {folded(each.name): each.name for each in found}
    return found, population.with_columns(pl.col("district").replace(spelled))


def _compared(
    records: Sequence[Path], measure: str | None, piles: Manifest, numbers: Numbers
) -> tuple[Cards | None, str, tuple[int, int], tuple[Remark, ...]]:
    """Give the records that cards are compared with, the measure in them, and what does not fit the manifest.

    That are the cards without a record, the records without a card, and remarks; nothing where the audit polls.
    """
    if not records:
        return None, "", (0, 0), ()
    cards, name = _records(records, measure)
    phantoms, remarks = against_manifest(cards, piles)
    _refuse_other_numbers(numbers, cards, name)
    return cards, name, (phantoms.without_record, phantoms.without_card), remarks


def _records(files: Sequence[Path], measure: str | None) -> tuple[Cards, str]:
    results = together(read_results(files, words_with(None, None)))
    cards = results.cards
    if cards is None:
        raise InputError(
            "an audit compares cast-vote records, and these files hold totals only; leave them out to poll."
        )
    names = named_so(measure, cards.measures) if measure is not None else list(cards.measures)
    if not cards.measures:
        raise InputError(none_counted(results.others, results.answers))
    if len(names) != 1:
        held = "; ".join(cards.measures[:10])
        raise InputError(
            f"these records must hold the one measure that is meant; name it with --measure. They hold: {held}."
        )
    return cards, names[0]


def _refuse_other_numbers(numbers: Numbers, cards: Cards, measure: str) -> None:
    counts = cards.counts(measure)
    said = {"yes": counts[Mark.YES], "no": counts[Mark.NO]}
    apart = [f"{name} {getattr(numbers, name):,} reported, {number:,} in the records" for name, number in said.items()
             if getattr(numbers, name) not in (None, number)]  # fmt: skip
    if apart:
        raise InputError(
            f"the records do not add up to what was reported ({'; '.join(apart)}): an audit by comparison would "
            "confirm another count. Give the records of this count, or leave them out to poll."
        )
