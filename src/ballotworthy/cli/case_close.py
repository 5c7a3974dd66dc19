"""`ballotworthy case count`, `certify`, `export`, `purge`: from the decisions to the paper, and what is kept of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.casework import Act, Case, certified_body, counts_body, twin_bytes, twin_of, verdict_body
from ballotworthy.certificate import certificate_pdf, form_of, packet_pdf, packet_table
from ballotworthy.cli.case_folder import (
    HEAD,
    IMAGES,
    OFFICE_KEY,
    PRIVATE,
    RECORD,
    VOTER_KEY,
    WEIGHTS,
    ByOption,
    CaseArgument,
    OfficeKeyOption,
    desk_in,
    office_key,
    say,
    standing_data,
    write_head,
)
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.cells import write_table
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.petition import frame_text

MARKER = "EXPORT.txt"
AUDIENCES = ("proponents", "public")
CERTIFICATE = ("certificate.json", "certificate.pdf")


def count(folder: CaseArgument, by: ByOption, as_json: JsonOption = False) -> None:
    """Count the decisions and draw the verdict by the pinned law."""
    desk = desk_in(folder)
    desk.do(lambda case: [Act(by, "counts", counts_body(case))])
    (event,) = desk.do(lambda case: [Act(by, "verdict", verdict_body(case))])
    body, counts = event.body, desk.case().standing.counts
    answer = {**standing_data(desk.case()), "counts": counts.body if counts else {}, **body}
    sentence = (
        f"{body['verdict'].upper()}: {body['rule']}.\n"
        f"Estimate {body['estimate']:,}, required {body['requirement']:,} ({body['requirement_source']['cite']})"
    )
    say(answer, sentence, as_json=as_json)


def certify(
    folder: CaseArgument,
    by: ByOption,
    form: Annotated[
        str, typer.Option(help="The paper to sign: plain, or the form that the place prescribes, if absent.")
    ] = "",
    key_file: OfficeKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign: the certificate as PDF and JSON, the record's head, and the event that holds both digests."""
    desk, key = desk_in(folder), office_key(folder, key_file)
    paper = form_of(desk.case().opened["place"], form)
    desk.do(lambda case: [Act(by, "certified", certified_body(case, paper, key))])
    case = desk.case()
    write_certificate(folder, case)
    write_head(folder, case, key)
    verdict = case.standing.verdict.body["verdict"] if case.standing.verdict else ""
    files = [str(folder / name) for name in (*CERTIFICATE, HEAD)]
    answer = {**standing_data(case), "form": paper, "verdict": verdict, "files": files}
    say(answer, f"Certified, {verdict}: {', '.join(files)}", as_json=as_json)


def write_certificate(folder: Path, case: Case) -> None:
    """Write the certificate of a certified case, as JSON and as PDF."""
    for name, content in zip(CERTIFICATE, (twin_bytes(twin_of(case)), certificate_pdf(case)), strict=True):
        with whole_file(folder / name) as path:
            path.write_bytes(content)


def export(
    folder: CaseArgument,
    audience: Annotated[str, typer.Option("--to", help="Who gets it: proponents or public.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write, whole or not at all.", show_default=False)],
    key_file: OfficeKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what the case's disclosure setting lets that audience have; never a name, an image or a key."""
    if audience not in AUDIENCES:
        raise InputError(f"--to {audience} is nobody; write proponents or public.")
    case = desk_in(folder).case()
    key = office_key(folder, key_file)
    parts = allowed(case.disclosure, audience)
    with whole_folder(out, marker=MARKER) as made:
        if case.standing.closed:
            write_certificate(made, case)
        write_head(made, case, key)
        if "record" in parts:
            shutil.copyfile(folder / RECORD, made / RECORD)
            (made / "frame.tsv").write_text(frame_text(case.frame.lines), "utf-8")
            if (folder / WEIGHTS).is_file():
                shutil.copyfile(folder / WEIGHTS, made / WEIGHTS)
        if "packet" in parts and case.standing.closed:
            write_table(packet_table(case), made / "challenge.csv")
            (made / "challenge.pdf").write_bytes(packet_pdf(case))
        listed = sorted(path.name for path in made.iterdir())
        (made / MARKER).write_text(_told(case, audience, listed), "utf-8")
    answer = {**standing_data(case), "disclosure": case.disclosure, "to": audience, "files": [*listed, MARKER]}
    say(answer, f"Disclosure is {case.disclosure}. For {audience}: {', '.join(listed)} in {out}", as_json=as_json)


def allowed(disclosure: str, audience: str) -> Sequence[str]:
    """Give what an export may carry beside certificate and head."""
    if disclosure == "closed" or (disclosure == "proponents" and audience == "public"):
        return ()
    return ("record", "packet") if audience == "proponents" else ("record",)


def _told(case: Case, audience: str, files: Sequence[str]) -> str:
    return (
        f"{case.opened['case']}: {case.opened['measure']}\n"
        f"For {audience}; the case's disclosure is {case.disclosure}. Head {case.link.sha256}, event {case.link.seq}.\n"
        f"Files: {', '.join(files)}.\n"
        "To recount it: ballotworthy verify case.record\n"
    )


def purge(
    folder: CaseArgument,
    by: ByOption,
    ground: Annotated[str, typer.Option(help="The period that has ended, and its rule.", show_default=False)],
    what: Annotated[
        list[str] | None,
        typer.Option("--what", metavar="WHAT", help="names, images or keys; repeatable. Names and images if absent."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Delete names and images (and keys, if asked) after the lawful period; the record still verifies."""
    chosen = what or ["names", "images"]
    desk = desk_in(folder)
    unsaid = [each for each in chosen if each not in desk.case().purged]
    if unsaid:  # a run that was stopped may have said it and not done it
        desk.act(Act(by, "purged", {"what": unsaid, "ground": ground}))
    private = folder / PRIVATE
    doomed: list[Path] = []
    if "names" in chosen:
        doomed += private.glob("lines-*.parquet")
    if "images" in chosen:
        doomed += (private / IMAGES).glob("*")
    if "keys" in chosen:
        doomed += [path for path in (private / VOTER_KEY, private / OFFICE_KEY) if path.exists()]
    for path in doomed:
        path.unlink()
    answer: dict[str, Any] = {**standing_data(desk.case()), "what": chosen, "files": len(doomed)}
    say(answer, f"Purged {', '.join(chosen)}: {len(doomed):,} files are gone. The record is whole.", as_json=as_json)
