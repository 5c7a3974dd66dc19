"""A small sound file of every kind that the program reads, all invented, and what reads it: what `fuzz.py` spoils."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import case_by_verbs
import polars as pl
from fuzz_seed import TODAY, Seed, seed_of, written
from fuzz_seeds_case import case_folders
from fuzz_seeds_scans import scans

import vote_files
from ballotworthy.check.ruled import read_ruled
from ballotworthy.convention.events import read_applications, read_ratifications
from ballotworthy.law.reading import read_law_file
from ballotworthy.match import find, ranked
from ballotworthy.match.told import read_beliefs, told
from ballotworthy.match.weigh import Beliefs
from ballotworthy.measure.reading import read_measure
from ballotworthy.petition import read_lines
from ballotworthy.petition.framed_file import read_frame
from ballotworthy.record.signing import read_head
from ballotworthy.roll import build_roll, look_up, open_roll, read_voters
from ballotworthy.sufficiency.counts import read_counts
from ballotworthy.support import read_polls
from ballotworthy.verbs.verify import verify_record
from ballotworthy.verbs.vote_count import count_vote
from ballotworthy.vote.audit import open_audit
from ballotworthy.vote.districts import read_districts
from ballotworthy.vote.manifest import read_manifest
from ballotworthy.vote.register import read_register

VOTERS = (
    "voter_id,first_name,last_name,birth_date,house_number,street,city,zip,status\n"
    "1,Ann,Lee,1950-01-02,12,Oak St,Alder,90210,active\n2,Bo,Day,1961-11-30,7,Elm Ave,Alder,90210,inactive\n"
    '3,"Cy ""C""",O\'Neil,1970-05-06,99,Pine Rd Apt 4,Birch,90211,active\n'
)
LINES = (
    "sheet,line,name,address,date_signed,status\n1,1,Ann Lee,12 Oak St Alder 90210,2026-10-01,\n"
    "1,2,B Day,7 Elm,2026-10-02,\n2,1,,,,blank\n2,2,Cy ONeil,99 Pine Rd,2026-10-03,\n"
)


def seeds(folder: Path, *, matching: bool = True) -> list[Seed]:
    """Make all seeds in a folder, or those alone for which nothing is matched and no case is walked."""
    made = [*_tables(folder), *_votes(folder / "votes"), *_texts(folder / "texts")]
    if matching:
        made += [*_cases(folder / "cases"), *scans(folder / "scans")]
        made += case_folders(folder / "case folder", folder / "cases/case")
    for each in made:
        try:
            each.read(each.path)
        except Exception as error:
            raise ValueError(f"the seed {each.name} is not sound") from error
    return made


def _tables(folder: Path) -> list[Seed]:
    def voters(path: Path) -> object:
        return read_voters(path, taken_on=TODAY)

    def lines(path: Path) -> object:
        return read_lines(path, latest=TODAY)

    found = []
    for name, text, read in (("voters", VOTERS, voters), ("lines", LINES, lines)):
        path = written(folder / name / f"{name}.csv", text)
        found.append(seed_of(f"{name} csv", path, read))
        found.append(seed_of(f"{name} tsv", written(folder / name / "tab.tsv", text.replace(",", "\t")), read))
        frame = pl.read_csv(path, infer_schema=False)
        found.append(seed_of(f"{name} xlsx", _spreadsheet(folder / name / "x.xlsx", frame), read))
    pl.read_csv(folder / "lines/lines.csv", infer_schema=False).write_parquet(folder / "x.parquet")
    found.append(seed_of("parquet", folder / "x.parquet", lines))  # one is enough: a process reads each
    roll = folder / "x.roll"
    build_roll(read_voters(folder / "voters/voters.csv", taken_on=TODAY), roll)
    signers = read_lines(folder / "lines/lines.csv", latest=TODAY).frame

    def opened(path: Path) -> object:
        roll = open_roll(path)
        look_up(roll, "lee oak")
        return ranked(signers, roll, find(signers, roll))

    found.append(seed_of("snapshot", roll, opened))
    frame_csv = written(folder / "frame.csv", LINES)
    found.append(seed_of("frame csv", frame_csv, lambda path: read_frame(path, None)))
    found.append(
        seed_of("frame txt", written(folder / "frame.txt", "1-1\n1-2\n2-1\n"), lambda path: read_frame(path, None))
    )
    petition, opened_roll = read_lines(folder / "lines/lines.csv", latest=TODAY), open_roll(roll)
    ruled = "sheet,line,outcome,reason,voter_id\n1,1,valid,,1\n1,2,invalid,not-registered,\n"
    ruled += "2,1,invalid,not-registered,\n2,2,valid,,3\n"
    found.append(
        seed_of("ruled", written(folder / "ruled.csv", ruled), lambda path: read_ruled(path, petition, opened_roll))
    )
    counts = "stratum,raw,sample,valid,duplicates\nall,10000,500,410,2\n"
    found.append(seed_of("counts", written(folder / "counts.csv", counts), read_counts))
    return found


def _spreadsheet(path: Path, frame: pl.DataFrame) -> Path:
    """Write the smallest workbook that holds a table."""

    def cell(value: object) -> str:
        text = str(value or "").replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = [frame.columns, *frame.rows()]
    data = "".join(f"<row>{''.join(cell(each) for each in row)}</row>" for row in rows)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/><Override '
        f'PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{rels}"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{data}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _votes(folder: Path) -> list[Seed]:
    found = []
    for name, write in vote_files.CARDS.items():
        (folder / name).mkdir(parents=True)
        made = write(folder / name, vote_files.cards(8))
        if name == "ess-csv":
            found.append(seed_of(name, folder / name, lambda path: count_vote(sorted(path.glob("*.csv")))))
        else:
            found.append(seed_of(name, made[0], lambda path: count_vote([path])))
    inside = folder / "hart-xml/inside"
    with zipfile.ZipFile(folder / "hart-xml/hart.zip") as archive, zipfile.ZipFile(archive.open("101.zip")) as inner:
        inner.extractall(inside)
    found.append(seed_of("hart folder", inside, lambda path: count_vote([path])))
    sums = "county,precinct,office,district,candidate,votes,total_ballots\n"
    sums += "Alder,1,Amendment,64,Yes,14,30\nAlder,1,Amendment,64,No,7,30\n"
    found.append(seed_of("openelections", written(folder / "sums.csv", sums), lambda path: count_vote([path])))
    manifest = vote_files.manifest(folder, vote_files.cards(8))
    found.append(seed_of("manifest", manifest, read_manifest))
    register = written(folder / "register.csv", "county,precinct,registered\nAlder,1,50\nAlder,2,20\n")
    found.append(seed_of("register", register, read_register))
    districts = written(folder / "districts.csv", "district,cards,yes,no,weight\nUri,100,60,40,1\nZug,90,20,70,1/2\n")
    found.append(seed_of("districts", districts, read_districts))
    return [*found, seed_of("audit", _audit(folder / "audit", manifest), open_audit)]


def _audit(path: Path, manifest: Path) -> Path:
    from ballotworthy.verbs.vote_audit import enter_round, next_round, seed_audit, start_audit
    from ballotworthy.vote import Numbers

    start_audit(path, manifest, "yes_of_valid:>1/2", Numbers(yes=6, no=2))
    seed_audit(path, "4 1 5")
    _, listed = next_round(path, 4)
    text = "".join(f"{line}yes\n" for line in listed.read_text().replace('""', "").splitlines()[1:])
    head = listed.read_text().splitlines()[0]
    enter_round(path, written(path.parent / "found.csv", f"{head}\n{text}"))
    return path


def _cases(folder: Path) -> list[Seed]:
    folder.mkdir(parents=True)
    case_by_verbs.walk(folder)
    out = folder / "out"
    record, head = out / "case.record", out / "case.record.head.json"

    def verified(path: Path) -> object:
        return verify_record(path / "case.record", certificate=path / "certificate.json")

    return [
        seed_of("record", out, verified, "case.record"),
        seed_of("certificate", out, verified, "certificate.json"),
        seed_of("head", head, read_head),
        seed_of("head beside", out, verified, "case.record.head.json"),
        seed_of("record alone", shutil.copy(record, folder / "alone.record"), lambda path: verify_record(path)),
    ]


def _texts(folder: Path) -> list[Seed]:
    data = files("ballotworthy")
    law = written(folder / "law.toml", (data / "places/zz-example/law.toml").read_bytes())
    measure = written(folder / "measure.toml", (data / "measures/calexit/17-0017.toml").read_bytes())
    shutil.copy(str(data / "measures/calexit/polls.csv"), folder / "polls.csv")
    polls = "house,start,end,n,support,oppose,undecided,question_type\nOne,2020-01-01,2020-01-03,1000,52,41,7,vote\n"
    acts = (data / "convention/applications.csv").read_text("utf-8").splitlines()[:12]
    ratified = (data / "convention/ratifications.csv").read_text("utf-8").splitlines()[:12]
    return [
        seed_of("law.toml", law, read_law_file),
        seed_of("measure.toml", measure, lambda path: read_measure(path, today=TODAY)),
        seed_of("polls", written(folder / "own.csv", polls), lambda path: read_polls(path, today=TODAY)),
        seed_of("applications", written(folder / "acts.csv", "\n".join(acts) + "\n"), read_applications),
        seed_of("ratifications", written(folder / "rat.csv", "\n".join(ratified) + "\n"), read_ratifications),
        seed_of("weights", written(folder / "weights.json", json.dumps(told(Beliefs()))), read_beliefs),
    ]


def named(made: Sequence[Seed], names: Sequence[str]) -> list[Seed]:
    """Give the seeds whose names begin with one of these, all if there are none."""
    return [each for each in made if not names or each.name.startswith(tuple(names))]
