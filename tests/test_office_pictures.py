"""Pictures beside the line: taken in with sheets that were read, bound to the frame, shown to whoever decides."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import segno

pytest.importorskip("django", reason="the extra office is not installed")

from office_site import fix_frame, name_register, take_in

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

NEW = {
    "case": "scans", "office": "o", "measure": "m", "what": "zz-example initiative", "on": "2024-05-03",
    "disclosure": "public",
}  # fmt: skip


def png(text: str) -> bytes:
    made = io.BytesIO()
    segno.make(text, micro=False).save(made, kind="png")
    return made.getvalue()


@pytest.fixture
def sheets(office: Office) -> Path:
    """Give a folder as `sheets read` writes it, in the office's own."""
    folder = office.folder / "sheets" / "monday"
    shutil.rmtree(folder.parent, ignore_errors=True)
    for part in ("rows", "cells"):
        (folder / part).mkdir(parents=True)
    lines = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False).head(40)
    lines.write_csv(folder / "lines.csv")
    for sheet, line in lines.select("sheet", "line").iter_rows():
        (folder / "rows" / f"{sheet}-{line}.png").write_bytes(png(f"row {sheet}-{line}"))
        for field in ("name", "address", "signature"):
            (folder / "cells" / f"{sheet}-{line}-{field}.png").write_bytes(png(f"{field} {sheet}-{line}"))
    return folder


def taken_in(office: Office) -> Client:
    manager = office.client("manager")
    manager.post("/cases/new", NEW)
    assert b"monday" in manager.get("/cases/scans").content
    assert take_in(manager, "scans", {"sheets": "monday"}).status_code == 302
    return manager


def test_each_line_is_bound_to_the_picture_of_its_row_which_is_served_with_its_cells(
    office: Office, sheets: Path
) -> None:
    manager = taken_in(office)
    lines = office.room("scans").case().frame.lines
    assert len(lines) == 40
    for line in lines[:3]:
        row = (sheets / "rows" / f"{line.id}.png").read_bytes()
        assert line.image == hashlib.sha256(row).hexdigest()
        assert b"".join(manager.get(f"/cases/scans/picture/{line.id}").streaming_content) == row
        cell = b"".join(manager.get(f"/cases/scans/picture/{line.id}/name").streaming_content)
        assert cell == (sheets / "cells" / f"{line.id}-name.png").read_bytes()
    for gone in ("9999-1", f"{lines[0].id}/zip", f"{lines[0].id}/..%2f..%2foffice.key"):
        assert manager.get(f"/cases/scans/picture/{gone}").status_code == 404


def test_the_desk_shows_cells_row_and_sheet(office: Office, sheets: Path) -> None:
    manager = taken_in(office)
    assert sheets.is_dir()
    assert fix_frame(manager, "scans") == 302
    assert name_register(manager, "scans") == 302
    manager.post("/cases/scans/sample", {"every": "1", "why": "a court orders it"})
    page = manager.get("/cases/scans/work/first").content.decode()
    line = page.partition('data-line="')[2].partition('"')[0]
    desk, _, typed_anew = page.partition('id="retype"')
    assert re.findall(rf'src="/cases/scans/picture/{line}/(\w+)"', desk) == ["name", "signature", "address"]
    beside_fields = re.findall(rf'src="/cases/scans/picture/{line}/(\w+)"[^>]*><input name="cell-(\w+)"', typed_anew)
    assert beside_fields == [("name", "name"), ("address", "address")]
    assert f'src="/cases/scans/picture/{line}"' in page
    ahead = page.partition('id="ahead"')[2].partition("</div>")[0]
    coming = re.findall(r'src="/cases/scans/picture/([\w-]+)/(\w+)"', ahead)
    assert [field for _, field in coming] == ["name", "signature", "address"]
    assert len({each for each, _ in coming} - {line}) == 1, "the pictures of the line that comes next are loaded"
    beside = [each.id for each in office.room("scans").case().frame.lines if each.sheet == line.partition("-")[0]]
    assert all(f'src="/cases/scans/picture/{each}"' in page for each in beside)
    assert ('data-key="z"' in page, 'data-key="Z"' in page) == (True, True)


def test_sheets_that_are_not_taken_in_leave_no_picture(office: Office, sheets: Path) -> None:
    manager = office.client("manager")
    manager.post("/cases/new", NEW)
    images = office.folder / "cases" / "scans" / "private" / "images"
    assert take_in(manager, "scans", {"sheets": "monday", "lines_promised": "41"}).status_code == 400
    assert [path for path in images.rglob("*") if path.is_file()] == []
    next((sheets / "rows").iterdir()).unlink()
    assert take_in(manager, "scans", {"sheets": "monday"}).status_code == 400
    assert manager.post("/cases/scans/lines", {"sheets": "../cases"}).status_code == 400
    assert [path for path in images.rglob("*") if path.is_file()] == []


def test_purging_images_deletes_the_cells_too(office: Office, sheets: Path) -> None:
    from ballotworthy.errors import Refused
    from ballotworthy.verbs.case_purge import purge_case

    taken_in(office)
    assert sheets.is_dir()
    room = office.room("scans")
    images = room.folder / "private" / "images"
    assert len([path for path in images.rglob("*") if path.is_file()]) == 160
    with pytest.raises(Refused):  # it was never certified
        purge_case(room, by="manager", ground="g", lawful_from=dt.date(2024, 1, 1), what=["images"])
    assert len([path for path in images.rglob("*") if path.is_file()]) == 160


def test_reference_signatures_stand_beside_the_candidates_of_a_line(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import override_settings

    from ballotworthy.office import shown_signatures
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_bench import voter_of

    anna = office.client("anna")
    page = anna.get("/cases/demo/work/first").content.decode()
    assert "/signature/" not in page
    row = int(re.findall(r'name="row" value="(\d+)"', page)[0])
    voter = voter_of(bench_of(HeldCase.objects.get(slug="demo")), row)
    (tmp_path / f"{voter}.png").write_bytes(png("first"))
    (tmp_path / f"{voter}-1.png").write_bytes(png("second"))
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    with override_settings(OFFICE_SIGNATURES=tmp_path):
        page = anna.get("/cases/demo/work/first").content.decode()
        one, two = re.findall(r'src="(/cases/demo/signature/\d+/\d\?by=[^"]+)"', page)
        answer = anna.get(two)
        shown = b"".join(answer.streaming_content)
        assert answer.headers["Content-Disposition"] == 'inline; filename="signature.png"'
        assert shown == (tmp_path / f"{voter}-1.png").read_bytes()
        assert anna.get(two.replace("/2?", "/3?")).status_code == 404
        other = anna.get(one.replace(f"/{row}/", f"/{row + 1}/"))
        assert (other.status_code, "beside lines on your own desk" in other.text) == (404, True)
        for who, address, status in (("anna", one.partition("?")[0], 404), ("ben", one, 404), ("otto", one, 403)):
            assert office.client(who).get(address).status_code == status, who
        monkeypatch.setitem(shown_signatures._plain, bench_of(HeldCase.objects.get(slug="demo")).digest, False)
        page = anna.get("/cases/demo/work/first").content.decode()
        assert page.count("/signature/") == 1, "where ids end so, the further file may be another voter's"
        assert anna.get(two).status_code == 404


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("ids", "plain"), [(["12", "12-1"], False), (["12", "13-0", "1-12", "A-6"], True), ([7, 8], True)]
)
def test_further_signatures_have_names_of_their_own_unless_ids_end_so(ids: list[Any], *, plain: bool) -> None:
    from ballotworthy.office.shown_signatures import is_plain

    roll: Any = SimpleNamespace(voters=pl.LazyFrame({"voter_id": ids}))
    bench: Any = SimpleNamespace(digest=repr(ids), roll=roll)
    assert is_plain(bench) is plain


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("voter", ["../x", "a/b", "", ".hidden", "a\nb", "x" * 99])
def test_an_id_that_could_lead_elsewhere_names_no_file(voter: str, tmp_path: Path) -> None:
    from django.test import override_settings

    from ballotworthy.office.signatures import signatures_of

    (tmp_path / "in").mkdir()
    (tmp_path / "x.png").write_bytes(b"")
    with override_settings(OFFICE_SIGNATURES=tmp_path / "in"):
        assert signatures_of(voter, lambda: True) == []
