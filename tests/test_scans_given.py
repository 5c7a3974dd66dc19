"""Scans given to `check` and `case intake` in the place of lines: read once, beside the output, and told."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import filled
from ballotworthy.files.scan_files import scans_given
from ballotworthy.sheets import form_of
from checked import run, whole_app

CA = ("--place", "us-ca", "--kind", "amendment")
SIGNERS = (
    ("1", "Quill", "Marta", "418 Juniper Ct", "Salem", "97301"),
    ("2", "Gray", "Bob", "12 Elm St", "Reno", "89501"),
)
ROWS = {
    at: {"name": f"{first} {last}", "signature": f"{first} {last}", "address": address, "city": city, "zip": code}
    for at, (_, last, first, address, city, code) in enumerate(SIGNERS, 1)
}


def done(*words: object) -> str:
    """Give what the command line prints, which must end well."""
    code, said = run(*words)
    assert code == 0, said
    return said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with voters.roll and the folder scans: two pages of a Californian sheet, front and back."""
    made = tmp_path_factory.mktemp("given")
    (made / "measure.toml").write_text('title = "Legible."\nsummary = "Sheets."\nidentifier = "(26-0001.)"')
    done("sheets", "print", "--measure", made / "measure.toml", *CA, "-o", made / "ca.pdf")
    (made / "scans").mkdir()
    front = filled.fill(filled.blank_page(made / "ca.pdf"), form_of("us-ca", "amendment"), ROWS)
    filled.scanned(front).save(made / "scans/2.png")
    filled.scanned(filled.blank_page(made / "ca.pdf", 1)).save(made / "scans/10.PNG")
    heads = "voter_id,last_name,first_name,address,city,zip,status,registration_date"
    voters = "\n".join(f"{','.join(each)},active,2010-01-01" for each in SIGNERS)
    (made / "roll.csv").write_text(f"{heads}\n{voters}\n")
    done("roll", "build", made / "roll.csv", "--taken-on", "2026-04-01", "-o", made / "voters.roll")
    return made


def asked(made: Path, scans: Path, out: Path, *more: object) -> list[object]:
    return ["check", scans, "--roll", made / "voters.roll", *CA, "--on", "2026-04-20", "-o", out, *more]


def outcomes(out: Path) -> list[str]:
    return pl.read_csv(out / "lines.csv", infer_schema=False)["voter_id"].fill_null("").to_list()


def test_check_reads_a_folder_of_scans_beside_its_output_once_and_what_is_typed_there_counts(
    made: Path, tmp_path: Path
) -> None:
    out, read = tmp_path / "out", tmp_path / "out-read"
    said = " ".join(done(*asked(made, made / "scans", out)).split())
    assert f"Scans: 2 pages, 5 rows, read into {read}" in said
    assert outcomes(out) == ["1", "2"]
    assert [page["file"] for page in json.loads((read / "sheets.json").read_text())["pages"]] == ["2.png", "10.PNG"]
    assert read.stat().st_mode & 0o077 == 0
    lines = read / "lines.csv"
    lines.write_text(lines.read_text().replace("Bob Gray", "Zoe Unknown"), "utf-8")
    again = CliRunner().invoke(whole_app(), [str(each) for each in asked(made, made / "scans", out, "--json")])
    assert json.loads(again.stdout)["raw"] == 2
    assert "read before" in again.stderr
    assert outcomes(out) == ["1", ""]
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans/2.png").write_bytes((made / "scans/2.png").read_bytes())
    code, said = run(*asked(made, tmp_path / "scans", out))
    assert (code, "was changed since it was read" in said) == (2, True)
    assert "Zoe Unknown" in lines.read_text()


def test_scans_of_another_form_are_refused_with_what_each_page_says_and_nothing_is_checked(
    made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, said = run(*asked(made, made / "scans/2.png", out, "--form", "plain"))
    assert (code, out.exists()) == (2, False)
    assert "no row of a sheet was read. page 1 of 2.png: " in said
    assert "name it with --form" in said
    done(*asked(made, made / "scans/2.png", out))
    before = (tmp_path / "out-read/lines.csv").read_bytes()
    code, said = run(*asked(made, made / "scans/2.png", out, "--form", "plain"))
    assert (code, "they stay. Name the form" in said) == (2, True)
    assert (tmp_path / "out-read/lines.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("beside", "more", "words"),
    [
        ("lines.csv", (), "beside them lines.csv, which is no scan"),
        ("more/x.png", (), "beside them more/, which is no scan"),
        ("photo.heic", (), "beside them photo.heic"),
        (None, ("--read-into", "{out}/read"), "which holds the output alone"),
        (None, ("--form", "no-such.toml"), "no-such.toml"),
    ],
)
def test_what_would_not_be_read_or_be_lost_is_refused_before_any_work(
    made: Path, tmp_path: Path, beside: str | None, more: tuple[str, ...], words: str
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "1.pdf").write_bytes(b"%PDF-1.7")
    if beside:
        (scans / beside).parent.mkdir(exist_ok=True)
        (scans / beside).write_text("x")
    out = tmp_path / "out"
    code, said = run(*asked(made, scans, out, *(each.format(out=out) for each in more)))
    assert (code, words in said) == (2, True), said
    assert sorted(each.name for each in tmp_path.iterdir()) == ["scans"]


def test_options_of_scans_are_refused_with_lines(made: Path, tmp_path: Path) -> None:
    code, said = run(*asked(made, made / "roll.csv", tmp_path / "out", "--form", "plain"))
    assert (code, "--form is for scans" in said) == (2, True)


def test_a_folder_is_read_in_the_order_of_its_numbers_without_what_the_system_left(tmp_path: Path) -> None:
    for name in ("b2.TIF", "b10.tif", "a.pdf", ".DS_Store", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"")
    assert [each.name for each in scans_given(tmp_path)] == ["a.pdf", "b2.TIF", "b10.tif"]


def test_a_case_takes_in_scans_that_were_looked_at_first(made: Path, tmp_path: Path) -> None:
    case = tmp_path / "c"
    about = ("--case", "c", "--office", "O", "--measure", "M", "--on", "2026-04-20", "--by", "ann")
    done("case", "new", case, *CA, *about)
    before = (case / "case.record").read_bytes()
    intake = ("case", "intake", case, made / "scans", "--by", "ann", "--batch", "box 1/2", "--stratum", "Alameda")
    looked = " ".join(done(*intake, "--look").split())
    assert f"read into {tmp_path}/c-read-box-1-2" in looked
    assert "would be 1 sheet, 5 lines" in looked
    assert (case / "case.record").read_bytes() == before
    lines = tmp_path / "c-read-box-1-2/lines.csv"
    was = lines.read_text()
    pl.read_csv(lines, infer_schema=False).with_columns(
        pl.Series("signed_on", ["4/41/26", "4/1/26", None, None, None])
    ).write_csv(lines)
    for only in ((), ("--look",)):
        code, told = run(*intake, *only)
        assert (code, f"{lines} cannot be used: 1 fault." in told, ".intake-" in told) == (2, True, False), told
        assert "page 1 of 2.png, sheet 1, line 1, signed_on: the day there has no year of four digits" in told, told
        assert "Look at the scan, and in lines.csv correct the cell: write the day as" in told
    assert (case / "case.record").read_bytes() == before
    lines.write_text(was, "utf-8")
    said = done(*intake)
    assert "read before" in said
    assert "Batch box 1/2: 1 sheet, 5 lines taken in." in said
    assert len(list((case / "private/images").glob("*.png"))) == 5
