"""The manifest of a count: batches by people's count, in the headings of several offices, refused at its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.vote.manifest import Batch, read_manifest

SAMPLES = Path(__file__).parents[2] / "shared" / "road" / "samples"


def written(folder: Path, text: str) -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Batch Name,Number of Ballots\nB 1,27\n", Batch("B 1", 27, "", "", 2)),
        ("Container,Tabulator,Batch Name,Number of Ballots\nC,T,B,\"1,027\"\n", Batch("B", 1027, "T", "C", 2)),
        ("CountyID,ScannerID,BatchID,NumBallots,StorageLocation\nX,3,8,20,B 1\n", Batch("8", 20, "3", "B 1", 2, "X")),
        ("County,Tabulator ID ,Batch,# of Ballots,Locations\r\nX,10,1,25,B 1\r\n", Batch("1", 25, "10", "B 1", 2, "X")),
        ("Tabulator\tBatch Name\tNumber of Ballots\nT\tB\t5\n", Batch("B", 5, "T", "", 2)),
        ('Tabulator,Batch Name,Number of Ballots\n="007",="01",5\n', Batch("01", 5, "007", "", 2)),
    ],
)  # fmt: skip
def test_a_manifest_is_read_in_the_headings_of_several_offices(tmp_path: Path, text: str, first: Batch) -> None:
    assert read_manifest(written(tmp_path, text)).batches == (first,)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("T,B,5\nT,B,6\n", "line 3: the batch of line 2 stands here again"),
        ("T,B,0\n", "line 2, column Number of Ballots: a batch has no cards"),
        ("T,B,-5\n", "line 2, column Number of Ballots: this is no number of cards"),
        ("T,B,NaN\n", "this is no number of cards"),
        ("T,B,1e5\n", "this is no number of cards"),
        ("T,B,99999999999999999999\n", "this is no number of cards"),
        ("T,B,\n", "line 2, column Number of Ballots: the cell is empty"),
        (",B,5\n", "line 2, column Tabulator: the cell is empty"),
        ("T,B,5\nT,Total,5\n", "line 3: this row is a total"),
        ("T,B,5\nT,C\n", "line 3: 2 cells where the heading has 3"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_place(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(FileFaults) as caught:
        read_manifest(written(tmp_path, "Tabulator,Batch Name,Number of Ballots\n" + rows))
    assert said in str(caught.value)


def test_a_manifest_without_its_columns_is_told_which_ones_it_has(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="no column is called Number of Ballots"):
        read_manifest(written(tmp_path, "Batch Name,Status\nB,ok\n"))


@pytest.mark.parametrize(
    ("name", "batches", "cards"),
    [
        ("arlo/kendall-park-manifest.csv", 18, 500),
        ("corla/arapahoe-manifest.csv", 5, 165),
        ("rlauxe/corla_2024audit_counties_Hinsdale_HinsdaleBallotManifest.csv", 26, 618),
        ("shangrla/OC_full_manifest.xlsx", 475, 3_094_308),
    ],
)
def test_manifests_that_others_wrote_are_read(name: str, batches: int, cards: int) -> None:
    if not (SAMPLES / name).is_file():
        pytest.skip("the handed samples are not beside this checkout")
    manifest = read_manifest(SAMPLES / name)
    assert (len(manifest.batches), manifest.total) == (batches, cards)
