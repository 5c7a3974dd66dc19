"""Small sound pictures, forms, and what else is read beside the tables: more of what `fuzz.py` spoils."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.util import find_spec
from pathlib import Path

import polars as pl
from fuzz_seed import TODAY, Seed, seed_of, written

import foreign
import test_further
import test_registers
import test_vote_totals
from ballotworthy.match.further.declared import declared
from ballotworthy.petition import read_lines
from ballotworthy.roll import read_voters
from ballotworthy.roll.registers import registers
from ballotworthy.sheets.foreign import read_form
from ballotworthy.sheets.measure_text import read_measure as read_words
from ballotworthy.verbs.score import score_matches
from ballotworthy.verbs.vote_count import count_vote

KNOWN = {"pa": "headed", "fl": "unheaded", "tx": "fixed"}
"""Registers of each way in which a layout is known."""
FORMS = ("json", "xml")
MATCHED = "sheet,line,voter_id,probability\n1,1,7,0.9\n1,2,8,0.1\n"


def scans(folder: Path) -> list[Seed]:
    """Make the seeds in a folder; those of pictures only where the extra `scan` is installed."""
    form = written(folder / "form.toml", foreign.described(next(iter(foreign.KINDS.values()))))
    words = written(folder / "words.toml", 'title = "A law on wells"\nsummary = "Wells are open."\nidentifier = "7"\n')
    truth = written(folder / "truth.csv", "sheet,line,voter_id\n1,1,7\n1,2,\n")
    phone = written(folder / "phone.toml", test_further.PHONE)
    found = [
        seed_of("form.toml", form, read_form),
        seed_of("words.toml", words, read_words),
        seed_of("comparison.toml", phone, declared),
        *(seed_of(f"nist results {form}", _report(folder, form), lambda path: count_vote([path])) for form in FORMS),
        seed_of("matched", written(folder / "matched.csv", MATCHED), lambda path: score_matches(path, truth)),
        seed_of("lines ods", _ods(folder / "x.ods"), lambda path: read_lines(path, latest=TODAY)),
    ]
    known = {each.code: each for each in registers()}
    for code, way in KNOWN.items():
        text = getattr(test_registers, way)(known[code])
        path = written(folder / f"{code}.txt", text)
        found.append(seed_of(f"register {code}", path, lambda path: read_voters(path, taken_on=TODAY)))
    return [*found, *(_pictures(folder / "pictures") if find_spec("pypdfium2") else ())]


def _pictures(folder: Path) -> list[Seed]:
    from PIL import Image

    from ballotworthy.scan.pages import pages_of

    folder.mkdir()
    page = Image.new("L", (170, 220), 255)
    page.paste(0, (20, 20, 150, 23))
    found = []
    for name, how in (("png", {}), ("jpg", {}), ("tif", {"compression": "group4"}), ("pdf", {"resolution": 20.0})):
        picture = page.convert("1") if name == "tif" else page
        picture.save(folder / f"page.{name}", **how)  # type: ignore[arg-type]
        found.append(seed_of(f"page {name}", folder / f"page.{name}", lambda path: list(pages_of(path))))
    return found


def _report(folder: Path, form: str) -> Path:
    (folder / form).mkdir()
    return test_vote_totals.written(folder / form, form, json.dumps(test_vote_totals.report()))


def _ods(path: Path) -> Path:
    """Write the smallest spreadsheet of OpenDocument that holds lines."""
    frame = pl.DataFrame({"sheet": ["1", "1"], "line": ["1", "2"], "name": ["Ann Lee", "Bo Day"]})
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (frame.columns, *frame.rows())
    )
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="A">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return written(path, out.getvalue())
