"""A case walked on the command line: from filed lines to a certificate that the verifier accepts."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.casework import Desk, replay
from ballotworthy.casework.case import Case
from ballotworthy.casework.claims import Claim
from ballotworthy.certificate import challenges_of, objectors_of
from ballotworthy.cli.main import main
from ballotworthy.record import FileStorage
from ballotworthy.roll import build_roll, read_voters
from test_verify_page import needs_chromium
from test_verify_page_files import dropped

Run = Callable[..., Any]
NEW = (
    "--case", "EX-1", "--office", "Office of Exampleland", "--measure", "A law on wells", "--place", "zz-example",
    "--kind", "initiative", "--on", "2026-11-02", "--required", "30", "--required-source", "the test",
    "--person", "bob=decide,resolve", "--person", "dee=resolve",
)  # fmt: skip
DICE = ("case", "seed", "CASE", "4 1 5", "--how", "dice", "--source", "three dice", "--present", "the press")
PURGE = ("--ground", "two years after the election", "--lawful-from", "2020-01-01", "--yes")
LINES = 40


@pytest.fixture
def bw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb of the command line in this process: its answer in JSON, or its exit code and complaint."""

    def run(*words: object, by: str = "ann", code: int = 0, plain: bool = False) -> Any:
        told = [str(word) for word in words]
        verb = told[2] if told[1] == "risk" else told[1]
        if told[0] == "case" and verb not in ("status", "export", "next", "show", "sheets"):
            told += ["--by", by]
        if told[:2] in (["case", "certify"], ["case", "purge"]) and not {"--second", "--alone"} & set(told):
            told += ["--second", "bob"]
        monkeypatch.setattr(sys, "argv", ["ballotworthy", *told, *([] if plain else ["--json"])])
        capsys.readouterr()
        stopped = 0
        try:
            main()
        except SystemExit as error:
            stopped = int(error.code or 0)
        out, complaint = capsys.readouterr()
        assert stopped == code, complaint
        return complaint if code else out if plain else json.loads(out)

    return run


def petition(folder: Path) -> Path:
    """Write a petition of the invented place: five lines a sheet, signers named, one line blank."""
    rows = [
        {
            "sheet": at // 5 + 1,
            "line": at % 5 + 1,
            "name": "" if at == 7 else f"Signer Number{at}",
            "district": ("North", "South")[at // 5 % 2],
        }
        for at in range(LINES)
    ]
    path = folder / "lines.csv"
    pl.DataFrame(rows).write_csv(path)
    return path


def rulings(folder: Path, lines: Sequence[str]) -> Path:
    """Write what a clerk decided: every seventh refused, the rest valid, two of one voter."""
    rows = []
    for at, line in enumerate(lines):
        refused = at % 7 == 6
        rows.append(
            {
                "line": f"0{line}" if at == 2 else line,  # as another program may write it
                "outcome": "invalid" if refused else "valid",
                "reason": "not-registered" if refused else "",
                "voter_id": "" if refused else "v1" if at in (0, 1) else f"v{at}",
                "searches": "name address",
            }
        )
    path = folder / "rulings.csv"
    pl.DataFrame(rows).write_csv(path)
    return path


def to_frame(bw: Run, folder: Path) -> Path:
    """Open a case, take its lines in, fix them, name a roll."""
    case = folder / "case"
    bw("case", "new", case, *NEW, "--disclosure", "public")
    bw("case", "intake", case, petition(folder))
    bw("case", "fix", case)
    voters = folder / "voters.csv"
    voters.write_text("voter_id,last_name\n" + "".join(f"v{at},Signer\n" for at in range(LINES)), "utf-8")
    build_roll(read_voters(voters, taken_on=dt.date(2026, 11, 1)), folder / "x.roll")
    bw("case", "roll", case, "--roll", folder / "x.roll")
    return case


def to_sample(bw: Run, folder: Path) -> tuple[Path, list[str]]:
    """Draw the seed and the sample."""
    case = to_frame(bw, folder)
    bw("case", "seed", case, "4 1 5", "--how", "dice", "--source", "three dice", "--present", "the press")
    return case, bw("case", "sample", case)["sample"]


def to_certificate(bw: Run, folder: Path) -> Path:
    """Decide, count and certify."""
    case, lines = to_sample(bw, folder)
    bw("case", "decide", case, rulings(folder, lines))
    bw("case", "count", case)
    bw("case", "certify", case)
    return case


def test_a_case_goes_from_lines_to_a_certificate_that_verifies(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    assert len(lines) == LINES - 1  # the law's least sample is more than was filed
    assert bw("case", "work", case, "-n", "3")["lines"] == lines[:3]
    assert bw("case", "decide", case, rulings(tmp_path, lines))["left"] == 0
    counted = bw("case", "count", case)
    assert (counted["verdict"], counted["estimate"]) == ("sufficient", 33)
    done = bw("case", "certify", case)
    assert [Path(name).name for name in done["files"]] == [
        "certificate.json",
        "certificate.pdf",
        "case.record.head.json",
    ]
    key = tmp_path / "key.txt"
    key.write_text(json.loads((case / "certificate.json").read_text())["head"]["key"])
    verified = bw("verify", case / "case.record", "--certificate", case / "certificate.json", "--key", key)
    assert verified["holds"] is True
    assert {check["state"] for check in verified["checks"]} <= {"holds", "not made"}


def test_the_verifier_names_the_place_of_an_alteration(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    record = case / "case.record"
    lines = record.read_bytes().splitlines(keepends=True)
    at = next(each for each, line in enumerate(lines) if b'"outcome":"invalid"' in line)
    lines[at] = lines[at].replace(b'"not-registered"', b'"illegible"')
    record.write_bytes(b"".join(lines))
    done = subprocess.run(
        [sys.executable, "-m", "ballotworthy", "verify", str(record)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"vent {at + 1} was altered" in done.stdout
    assert f"event {at + 1} of the record does not hold" in bw("case", "status", case, code=2)


def test_the_sample_can_be_redrawn_with_sha256sum_and_sort(bw: Run, tmp_path: Path) -> None:
    """The shell of docs/how-to/certify.md, on the frame that an export carries."""
    case, _ = to_sample(bw, tmp_path)
    bw("case", "export", case, "--to", "public", "-o", tmp_path / "out")
    page = (Path(__file__).parent.parent / "docs/how-to/certify.md").read_text("utf-8")
    script = page.split("```sh\n", 1)[1].split("```", 1)[0]
    given = {"PATH": "/usr/bin:/bin", "SEED": "415", "STRATUM": "North", "SIZE": "20"}
    done = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path / "out", env=given, capture_output=True, text=True, check=True
    )
    event = next(
        json.loads(line) for line in (case / "case.record").read_bytes().splitlines() if b'"kind":"sample"' in line
    )
    drawn = {stratum["stratum"]: stratum["ids"] for stratum in event["body"]["strata"]}
    fingerprint, *ids = done.stdout.split("\n")[:-1]
    assert ids == drawn["North"]
    assert fingerprint.split()[0] == sha256((tmp_path / "out/frame.tsv").read_bytes()).hexdigest()


def test_status_says_what_comes_next_and_by_when(bw: Run, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    bw("case", "new", folder, *NEW)
    assert bw("case", "status", folder)["next"]["verb"] == "intake"
    bw("case", "intake", folder, petition(tmp_path))
    answer = bw("case", "status", folder)
    assert answer["next"]["verb"] == "fix"
    assert {"what": "the petition may be challenged", "event": "certified"} in answer["waiting"]
    assert [each["event"] for each in answer["deadlines"]] == ["filed"]
    bw("case", "fix", folder)
    told = bw("case", "status", folder, plain=True)
    assert "Next: name the snapshot of the voter register (ballotworthy case roll)." in told
    assert "the districts report their samples, district clerks (Petition Act 2000, s. 6), counted from" in told


def test_status_follows_the_case_to_its_end(bw: Run, tmp_path: Path) -> None:
    case = to_frame(bw, tmp_path)
    verbs = [bw("case", "status", case)["next"]["verb"]]
    bw("case", "seed", case, "4 1 5", "--how", "dice", "--source", "three dice", "--present", "the press")
    verbs.append(bw("case", "status", case)["next"]["verb"])
    lines = bw("case", "sample", case)["sample"]
    verbs.append(bw("case", "status", case)["next"]["verb"])
    bw("case", "decide", case, rulings(tmp_path, lines[:-1]))
    refused = ("--line", lines[0], "--outcome", "invalid", "--reason", "illegible")
    bw("case", "decide", case, *refused, "--look", 2, by="bob")
    meanwhile = "1 line that two people see differently can be resolved meanwhile"
    assert bw("case", "status", case)["next"]["what"] == f"decide 1 more of {len(lines)} lines; {meanwhile}"
    last = ("--line", lines[-1], "--outcome", "invalid", "--reason", "illegible")
    assert bw("case", "decide", case, *last, plain=True).startswith("1 line entered; 1 of the sample is open.")
    assert bw("case", "work", case, "--differing")["lines"] == [lines[0]]
    told = bw("case", "status", case)["next"]
    verbs.append(told["verb"])
    assert "resolve 1 line that two people see differently" in told["what"]
    bw("case", "decide", case, "--line", lines[0], "--outcome", "valid", "--voter", "v1", "--resolve", by="dee")
    verbs.append(bw("case", "status", case)["next"]["verb"])
    bw("case", "count", case)
    verbs.append(bw("case", "status", case)["next"]["verb"])
    bw("case", "certify", case)
    verbs.append(bw("case", "status", case)["next"]["verb"])
    assert verbs == ["seed", "sample", "decide", "decide", "count", "certify", ""]


def test_no_name_leaves_the_private_folder(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    bw("case", "export", case, "--to", "proponents", "-o", tmp_path / "out")
    private = case / "private"
    shown = [path for path in (*case.rglob("*"), *(tmp_path / "out").rglob("*")) if path.is_file()]
    open_ones = [path for path in shown if private not in path.parents]
    assert len(open_ones) >= 10
    assert not [path for path in open_ones if b"Number1" in path.read_bytes() or b"Signer" in path.read_bytes()]
    assert {path.stat().st_mode & 0o077 for path in private.iterdir()} == {0}
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("disclosure", "audience", "expected"),
    [
        ("closed", "proponents", False),
        ("closed", "public", False),
        ("proponents", "proponents", True),
        ("proponents", "public", False),
        ("public", "proponents", True),
        ("public", "public", True),
    ],
)
def test_an_export_carries_what_the_disclosure_lets_it(
    bw: Run, tmp_path: Path, disclosure: str, audience: str, expected: bool
) -> None:
    case = tmp_path / "case"
    bw("case", "new", case, *NEW, "--disclosure", disclosure)
    bw("case", "intake", case, petition(tmp_path))
    files = bw("case", "export", case, "--to", audience, "-o", tmp_path / "out")["files"]
    assert ("case.record" in files) == ("frame.tsv" in files) == expected
    assert {"case.record.head.json", "office-key.txt", "verify.html"} <= set(files)
    told = (tmp_path / "out/EXPORT.txt").read_text("utf-8")
    assert ("ballotworthy verify" in told, "nobody can recount it" in told) == (expected, not expected)


def test_an_export_of_a_certified_case_has_its_paper_and_the_packet(
    bw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = to_certificate(bw, tmp_path)
    files = bw("case", "export", case, "--to", "proponents", "-o", tmp_path / "out")["files"]
    assert {"certificate.json", "certificate.pdf", "challenge.csv", "challenge.parquet", "challenge.pdf"} <= set(files)
    assert (tmp_path / "out/certificate.pdf").read_bytes() == (case / "certificate.pdf").read_bytes()
    refused = pl.read_csv(tmp_path / "out/challenge.csv", infer_schema=False)
    assert refused.to_dicts() == pl.read_parquet(tmp_path / "out/challenge.parquet").to_dicts()
    assert set(refused["reason"]) == {"not-registered", "duplicate"}
    assert refused["cite"].null_count() == 0
    monkeypatch.chdir(tmp_path / "out")
    (command,) = re.findall(r"ballotworthy (verify .*)", Path("EXPORT.txt").read_text("utf-8"))
    assert bw(*command.split())["holds"]
    twin = Path("certificate.json").read_bytes()
    Path("certificate.json").write_bytes(twin.replace(b'"estimate":', b'"estimate":1', 1))
    bw(*command.split(), code=1)


@needs_chromium
def test_all_that_an_export_and_the_folder_of_a_case_hold_is_known_by_the_page_in_any_order(
    bw: Run, tmp_path: Path
) -> None:
    case = to_certificate(bw, tmp_path)
    for audience in ("public", "proponents"):
        bw("case", "export", case, "--to", audience, "-o", tmp_path / "out" / audience)
    found = [path for folder in (case, tmp_path / "out") for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {str(path.relative_to(tmp_path)): path.read_bytes() for path in found}
    orders = [list(files), list(reversed(files)), sorted(files, key=lambda name: sha256(name.encode()).digest())]
    for told in dropped([[{name: files[name] for name in order}] for order in orders], tmp_path):
        assert "The record holds." in told["answer"]
        assert (told["trouble"], told["question"], told["choices"]) == ("", "", [])
        unused = {each.removeprefix("not used: ").partition(": ")[0] for each in told["unused"]}
        assert {"case/private/office.key", "out/public/EXPORT.txt", "out/proponents/challenge.csv"} <= unused
        assert not any(name.endswith("case.record") for name in unused)


def test_a_courts_order_is_a_ground_of_its_own(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    order = "Superior Court, 26-114"
    one = ("--line", lines[0], "--outcome", "invalid", "--reason", "ordered")
    assert "the order is not named" in bw("case", "decide", case, *one, code=2)
    bw("case", "decide", case, *one, "--order", order)
    table = tmp_path / "orders.csv"
    table.write_text(f'line,outcome,reason,court_order\n{lines[1]},invalid,ordered,"{order}"\n', "utf-8")
    bw("case", "decide", case, table)
    bw("case", "decide", case, rulings(tmp_path, lines[2:]))
    counted = bw("case", "count", case)
    bw("case", "certify", case)
    twin = json.loads((case / "certificate.json").read_text())
    assert (counted["verdict"], twin["orders"]) == ("sufficient", [{"order": order, "lines": 2}])
    answer = bw("verify", case / "case.record")
    assert (answer["holds"], "R41" in str(answer["remarks"])) == (True, True)


def test_purging_deletes_names_and_keys_and_the_record_still_verifies(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    before = (case / "case.record").read_bytes()
    assert list((case / "private").glob("lines-*.parquet"))
    bw("case", "purge", case, *PURGE, "--what", "names", "--what", "keys")
    assert list((case / "private").iterdir()) == []
    assert (case / "case.record").read_bytes().startswith(before)
    (case / "case.record.head.json").unlink()  # it is of an earlier event; the office publishes another
    assert bw("verify", case / "case.record")["holds"] is True


def test_a_purge_that_was_stopped_is_finished_by_the_next(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    (kept,) = (case / "private").glob("lines-*.parquet")
    names, rolls = kept.read_bytes(), (case / "private/rolls.json").read_bytes()
    bw("case", "purge", case, *PURGE, "--what", "names")
    kept.write_bytes(names)  # said, and not done
    (case / "private/rolls.json").write_bytes(rolls)
    before = (case / "case.record").read_bytes()
    assert bw("case", "purge", case, *PURGE, "--what", "names")["files"] == 2  # the lines, and where the rolls are
    assert not kept.exists()
    assert (case / "case.record").read_bytes() == before


def test_other_events_are_entered_by_name(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    line = lines[0]
    bw("case", "enter", case, "admitted", "id=carl", 'may=["decide"]')
    bw("case", "enter", case, "assigned", "person=carl", f'lines=["{lines[5]}"]')
    assert bw("case", "work", case, "-n", 1, by="carl")["lines"] == [lines[5]]
    bw("case", "decide", case, "--line", line, "--outcome", "valid", "--voter", "v1", by="carl")
    challenged = bw(
        "case", "enter", case, "challenged", f"line={line}", "side=opponents", "claim=invalid", "day=2026-11-04"
    )
    refused = ("--outcome", "invalid", "--reason", "illegible")
    answer = ("--correct", "read again", "--answers", challenged["seq"])
    bw("case", "decide", case, "--line", line, *refused, *answer)
    state = Case()
    replay(state, FileStorage(case / "case.record").read())
    ruling = state.ruling(line)
    assert ruling is not None
    assert ruling.outcome == "invalid"


def test_an_export_has_the_packet_of_one_objector_with_what_was_ruled_on_each_line(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    bw("case", "decide", case, rulings(tmp_path, lines[:3]))
    outside = "2-3"  # the blank one, which is not drawn
    brought = [("Opónents, paper 3", lines[0]), ("opo\u0301nents ,  paper 4", lines[1]), ("the signer", lines[2])]
    brought.append(("opónents, paper 4", outside))
    seqs = [
        bw("case", "enter", case, "challenged", f"line={line}", f"side={side}", "claim=invalid", "reason=illegible",
           "day=2026-11-04")["seq"]
        for side, line in brought
    ]  # fmt: skip
    refused = ("--outcome", "invalid", "--reason", "illegible", "--correct", "read again", "--answers", seqs[0])
    bw("case", "decide", case, "--line", lines[0], *refused)
    export = ("case", "export", case, "--to", "public", "-o")
    unlike = ("\u202e", "\u2800", "\u3164", "\u034f", "\u115f", "\u00a0")
    named = [(f"opp{each}x", f"U+{ord(each):04X}, which nobody sees") for each in unlike]
    for side, words in (*named, ("\u043epónents, paper 5", f"of event {seqs[-1]}")):
        again = ("challenged", f"line={lines[0]}", f"side={side}", "claim=invalid", "day=2026-11-04")
        assert words in bw("case", "enter", case, *again, code=2)
    told = bw(*export, tmp_path / "no", "--objector", "opónent", code=2)
    assert "opónent has challenged no line" in told
    assert "Opónents, paper 3" in told
    files = bw(*export, tmp_path / "out", "--objector", "opónents")["files"]
    assert {"objections.csv", "objections.parquet", "objections.pdf"} <= set(files)
    rows = pl.read_csv(tmp_path / "out/objections.csv", infer_schema=False).fill_null("")
    assert rows.to_dicts() == pl.read_parquet(tmp_path / "out/objections.parquet").fill_null("").to_dicts()
    assert rows["event"].to_list() == [str(seqs[at]) for at in (0, 1, 3)]
    stands = dict(zip(rows["event"], rows["stands"], strict=True))
    answers = dict(zip(rows["event"], rows["answer"], strict=True))
    corrected = bw("case", "status", case)["events"]
    assert (stands[str(seqs[0])], answers[str(seqs[0])]) == (
        "it does not count: illegible", f"event {corrected}"
    )  # fmt: skip
    assert (stands[str(seqs[1])], answers[str(seqs[1])]) == ("it counts", "")
    assert stands[str(seqs[3])].startswith("not examined: it is not in the sample")
    assert "correction by ann: it does not count" in rows["ruled"][0]
    assert "because: read again" in rows["ruled"][0]
    bw("case", "enter", case, "disclosed", "disclosure=closed", "why=the law")
    assert "carries nothing of single lines" in bw(*export, tmp_path / "no", "--objector", "opónents", code=2)


def test_names_that_look_alike_are_one_objector_in_a_record_that_holds_them() -> None:
    sides = ["No on 5 , paper 3", "no on 5, paper 4", "Committee A", "Committee \u0410, paper 2", "opponents",
             "op\u202eponents, paper 1", "\u3164, x", "José C", "Jose\u0301 C", "No on 50"]  # fmt: skip
    claims = [Claim(at, "challenged", "ann", {"side": side, "line": "1-1"}) for at, side in enumerate(sides)]
    found = objectors_of(claims)
    assert found.items() >= {"No on 5": 2, "Committee A": 2, "opponents": 2, "‹U+3164›, x": 1, "José C": 2}.items()
    assert {name: len(challenges_of(claims, name)) for name in found} == found
    assert [each.seq for each in challenges_of(claims, "op‹U+202E›ponents")] == [4, 5]


def test_who_compared_the_frame_before_the_first_die_stands_in_the_record(
    bw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = to_frame(bw, tmp_path)
    seed = [case if word == "CASE" else word for word in DICE]
    with monkeypatch.context() as terminal:
        terminal.setattr(sys.stdin, "isatty", lambda: True)
        terminal.setattr("typer.confirm", lambda *_, **__: False)
        assert "no seed is entered. Let two compare it" in bw(*seed, code=2)
    state = Case()
    replay(state, FileStorage(case / "case.record").read())
    own = (state.frame.fixed or {})["fingerprint"]
    spaced = f"{own[:8].upper()} {own[8:20]}"
    bw(*seed, "--compared", "bob", "--compared", "the press", "--fingerprint", spaced)
    state = Case()
    replay(state, FileStorage(case / "case.record").read())
    assert (state.seed or {})["source"] == (
        f"three dice; fingerprint {own[:16]}, lines and strata compared before by bob and the press, as ann has "
        "confirmed"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("case", "seed", "CASE", "7", "--how", "dice", "--source", "dice"), "Say who was present"),
        ((*DICE, "--compared", "ann", "--compared", "bob", "--fingerprint", "0" * 16), "not that of this frame"),
        ((*DICE, "--compared", "ann", "--compared", "bob"), "give the fingerprint that was announced"),
        ((*DICE, "--compared", "ann", "--compared", " Ann", "--fingerprint", "0" * 16), "name both"),
        *(
            ((*DICE, "--compared", "ann", "--compared", name, "--fingerprint", "0" * 16), words)
            for name, words in (
                ("\u3164", "“‹U+3164›” may look like another person: it holds U+3164"),
                ("\u200b", "U+200B, which nobody sees"),
                ("x\ny", "“x‹LF›y” may look like another person: it holds U+000A"),
                ("bob\u202e", "U+202E, which nobody sees"),
                ("-", "“-” names nobody"),
                ("the clerk, Ann", "“ann” and “the clerk, Ann” may be one person"),
                ("ann (clerk)", "“ann” and “ann (clerk)” may be one person"),
                ("bob; fingerprint ffff, lines and strata compared before by eve", "without a semicolon"),
            )
        ),
        ((*DICE, "--source", "dice; lines compared before by eve"), "goes by --compared"),
        (("case", "sample", "CASE"), "the seed has not been drawn"),
        (("case", "sample", "CASE", "--all"), "say with --why"),
        (("case", "sample", "CASE", "-n", "North"), "-n North is not of the form"),
        (("case", "decide", "CASE"), "give either a table of rulings"),
        (
            ("case", "decide", "CASE", "--line", "1-1", "--outcome", "valid", "--voter", "v1"),
            "no sample has been drawn",
        ),
        (("case", "count", "CASE"), "there is no sample to count yet"),
        (("case", "certify", "CASE"), "there is no verdict to certify"),
        (("case", "certify", "CASE", "--form", "receipt"), "no form in zz-example called 'receipt'"),
        (("case", "new", "CASE", *NEW), "holds a case already"),
        (("case", "enter", "CASE", "sung", "a=b"), "no kind of event called 'sung'"),
        (("case", "enter", "CASE", "noted", "what"), "not of the form NAME=VALUE"),
        (("case", "export", "CASE", "--to", "me", "-o", "OUT"), "me is nobody"),
        (("case", "purge", "CASE", *PURGE), "was never certified"),
        (("case", "status", "OUT"), "holds no case"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    bw: Run, tmp_path: Path, words: tuple[str, ...], complaint: str
) -> None:
    case = to_frame(bw, tmp_path)
    before = (case / "case.record").read_bytes()
    names = {"CASE": case, "OUT": tmp_path / "out"}
    assert complaint in bw(*(names.get(word, word) for word in words), code=2)
    assert (case / "case.record").read_bytes() == before


def test_a_faulty_table_of_rulings_is_refused_with_all_its_faults(bw: Run, tmp_path: Path) -> None:
    case, lines = to_sample(bw, tmp_path)
    table = tmp_path / "bad.csv"
    table.write_text(f"line,outcome,reason,voter_id\n{lines[0]},perhaps,,\n,valid,,v1\n{lines[1]},invalid,,\n")
    complaint = bw("case", "decide", case, table, code=2)
    for part in ("line 2, column outcome", "line 3, column line", "line 4, column reason"):
        assert part in complaint
    assert bw("case", "status", case)["work"]["first"] == 0


def test_another_office_key_is_refused(bw: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        bw("case", "new", folder, *NEW)
    shared = first / "private/office.key"
    bw("case", "new", tmp_path / "3", *NEW, "--office-key", shared)
    case = to_certificate(bw, tmp_path / "2" / "..")
    complaint = bw("case", "certify", case, "--office-key", shared, code=2)
    assert "not the office's key of this case" in complaint


def test_the_desk_of_the_folder_is_the_record(bw: Run, tmp_path: Path) -> None:
    case = to_certificate(bw, tmp_path)
    desk = Desk(FileStorage(case / "case.record"), lambda: dt.datetime.now(dt.UTC))
    assert desk.case().standing.closed


# The risk-limiting check beside the sample.


def weights(folder: Path) -> Path:
    """Write the machine's weights: sure of every line, and it takes the first two for one signer's."""
    rows = [
        {
            "sheet": at // 5 + 1,
            "line": at % 5 + 1,
            "weight": 0.5 if at < 2 else 1 if at != 7 else 0,
            "signer": "a" * (at < 2),
        }
        for at in range(LINES)
    ]
    path = folder / "machine.csv"
    pl.DataFrame(rows).write_csv(path)
    return path


def to_checked(bw: Run, folder: Path, *words: object) -> tuple[Path, list[str]]:
    """Bring a case with a risk-limiting check to its sample."""
    case = to_frame(bw, folder)
    bw("case", "risk", "terms", case, "--proposals", weights(folder), *words)
    bw("case", "seed", case, "4 1 5", "--how", "dice", "--source", "three dice", "--present", "the press")
    return case, bw("case", "sample", case)["sample"]


def test_a_check_beside_the_sample_ends_on_the_certificate(bw: Run, tmp_path: Path) -> None:
    case, lines = to_checked(bw, tmp_path)
    text = (case / "weights.tsv").read_text()
    assert text.splitlines()[:3] == ["1-1\t0.500000\t1", "1-2\t0.500000\t1", "1-3\t1.000000\t0"]
    first = bw("case", "risk", "next", case)["next"][0]
    assert (first["line"], first["wants"]) == (
        min(lines, key=lambda line: sha256(f"415:{line}".encode()).digest()),
        "ruling",
    )
    bw("case", "decide", case, rulings(tmp_path, lines))
    wanted = bw("case", "risk", "next", case, "-n", 99)["next"]
    assert {each["wants"] for each in wanted} == {"weighing"}
    assert {each["line"]: each["links"] for each in wanted}["1-1"] == ["1-2"]
    table = tmp_path / "further.csv"
    pl.DataFrame([{"line": f"0{each['line']}", "further": 0} for each in wanted[1:]]).write_csv(table)
    bw("case", "risk", "weigh", case, table)
    assert bw("case", "risk", "status", case)["lines"] == 0 or wanted[0]["line"] != first["line"]
    bw("case", "risk", "weigh", case, "--line", wanted[0]["line"], "--further", 0)
    said = bw("case", "risk", "status", case)
    assert (said["lines"], said["low"], said["high"], said["decided"]) == (LINES - 1, 33, 33, "sufficient")
    assert "2 of them of signers who repeat" in said["statement"]
    bw("case", "count", case)
    bw("case", "risk", "record", case)
    bw("case", "certify", case)
    twin = json.loads((case / "certificate.json").read_text())
    assert twin["risk"]["statement"] == said["statement"]
    bw("case", "export", case, "--to", "public", "-o", tmp_path / "out")
    out = tmp_path / "out"
    verified = bw("verify", out / "case.record", "--proposals", out / "weights.tsv")
    assert verified["holds"]
    assert "those of the proposals given" in {each["check"]: each["found"] for each in verified["checks"]}["V26"]


def test_a_ruling_after_the_statement_calls_for_another(bw: Run, tmp_path: Path) -> None:
    case, lines = to_checked(bw, tmp_path)
    bw("case", "decide", case, rulings(tmp_path, lines))
    bw("case", "count", case)
    never = bw("case", "status", case)["next"]
    assert (never["verb"], "its terms stand in the record" in never["what"]) == ("risk record", True)
    bw("case", "risk", "record", case)
    assert "999 further" in bw("case", "risk", "weigh", case, "--line", lines[0], "--further", 999, code=2)
    bw("case", "risk", "weigh", case, "--line", lines[0], "--further", 0)
    assert bw("case", "status", case)["next"]["verb"] == "risk record"
    assert "State it again (case risk record)" in bw("case", "certify", case, code=2)
    bw("case", "risk", "record", case)
    bw("case", "certify", case)


def test_a_check_by_strata_that_allows_for_wrong_acceptances_is_recounted(bw: Run, tmp_path: Path) -> None:
    case, lines = to_checked(bw, tmp_path, "--by-strata", "--checker-error", 200, 1)
    bw("case", "decide", case, rulings(tmp_path, lines))
    for each in bw("case", "risk", "next", case, "-n", 99)["next"]:
        bw("case", "risk", "weigh", case, "--line", each["line"], "--further", 0)
    said = bw("case", "risk", "status", case)["statement"]
    assert (
        "For lines that people accept wrongly, 2 signatures are allowed; the chance that there are more takes 1%"
        in said
    )
    assert "Each stratum's lines count up to the first that is not known" in said
    bw("case", "count", case)
    bw("case", "risk", "record", case)
    bw("case", "certify", case)
    verified = bw("verify", case / "case.record", "--proposals", case / "weights.tsv")
    assert verified["holds"]


def test_a_check_that_leaves_the_sample_says_so(bw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballotworthy.verbs.case_risk_next.wanting_of", lambda _case, _line: "sample")
    case, _ = to_checked(bw, tmp_path)
    assert bw("case", "risk", "next", case)["next"] == []
    assert "is next and is not in the sample" in bw("case", "risk", "next", case, plain=True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--risk", 1], "a risk limit of 1 cannot be"),
        (["--risk", 0], "a risk limit of 0 cannot be"),
        (["--risk", 0.0123456], "at most six decimals"),
        (["--unlinked", 3, "--unlinked-risk", 0.05], "must leave something"),
        (["--checker-error", 100, 1, "--checker-risk", 0.05], "must leave something"),
        (["--checker-error", 1, 2], "correct the counts"),
        (["--checker-error", 9, 0, "--checker-risk", 0.0123456], "at most six decimals"),
        (["--expected-valid", 3], "without a machine only"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_leave_nothing(
    bw: Run, tmp_path: Path, words: list[object], told: str
) -> None:
    case = to_frame(bw, tmp_path)
    assert told in bw("case", "risk", "terms", case, "--proposals", weights(tmp_path), *words, code=2)
    assert not (case / "weights.tsv").exists()
    assert bw("case", "status", case)["next"]["verb"] == "seed"


def test_weights_that_are_not_those_committed_are_refused(bw: Run, tmp_path: Path) -> None:
    case = to_frame(bw, tmp_path)
    bw("case", "propose", case, weights(tmp_path))
    assert "other proposals were committed" in bw(
        "case", "risk", "terms", case, "--proposals", tmp_path / "machine.csv", code=2
    )
    (tmp_path / "second").mkdir()
    case, _ = to_checked(bw, tmp_path / "second")
    (case / "weights.tsv").write_text("1-1\t1.000000\t0\n")
    assert "not those that were committed" in bw("case", "risk", "status", case, code=2)
    (case / "weights.tsv").unlink()
    assert "cannot be opened" in bw("case", "risk", "next", case, code=2)


def test_weighings_that_cannot_be_read_are_refused(bw: Run, tmp_path: Path) -> None:
    case, _ = to_checked(bw, tmp_path)
    table = tmp_path / "further.csv"
    for text, told in (
        ("line,further\n1-1,x\n", "the text there is not a whole number"),
        ("line\n1-1\n", "no such column"),
        ("line,further\n1-1,0\n01-1.0,1\n", "the line is weighed twice"),
    ):
        table.write_text(text)
        assert told in bw("case", "risk", "weigh", case, table, code=2)
    assert "either a table" in bw("case", "risk", "weigh", case, code=2)
    assert "either a table" in bw("case", "risk", "weigh", case, "--line", "1-1", code=2)


def test_a_check_without_a_machine_goes_by_hope(bw: Run, tmp_path: Path) -> None:
    case = to_frame(bw, tmp_path)
    assert "no risk-limiting check was begun" in bw("case", "risk", "status", case, code=2)
    bw("case", "risk", "terms", case, "--expected-valid", 33, "--missing", 1)
    bw("case", "seed", case, "4 1 5", "--how", "dice", "--source", "three dice", "--present", "the press")
    assert bw("case", "risk", "status", case)["decided"] == "not decided"
    assert not (case / "weights.tsv").exists()
