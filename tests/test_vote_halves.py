"""A great export of Hart or Dominion, read in two halves by two processes: the same count, the same faults."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.verbs.vote_count import count_vote
from ballotworthy.vote.formats import dominion_json, halves, hart_halves
from vote_files import CARDS, cards

GIVEN = cards()
CONTEST = (
    b"<Contest><Name>%b</Name><Id>%b</Id><Options><Option><Name>%b</Name><Value>1</Value></Option></Options></Contest>"
)


def flat(folder: Path, texts: Sequence[bytes]) -> Path:
    """Write a zip of cards."""
    with zipfile.ZipFile(folder / "flat.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for at, text in enumerate(texts):
            archive.writestr(f"{at:03d}.xml", text)
    return folder / "flat.zip"


def card(at: int, contests: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><Cvr xmlns="http://tempuri.org/CVRDesign.xsd"><Contests>%b</Contests><BatchSequence>%d'
        b"</BatchSequence><BatchNumber>1</BatchNumber><CvrGuid>g%d</CvrGuid></Cvr>" % (contests, at, at)
    )


def both(path: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """Count in one process and in two; give what each says, or refuses with."""
    said = []
    joined: list[int] = []
    join: Callable[..., object] = halves._join
    monkeypatch.setattr(halves, "_join", lambda *given: (joined.append(1), join(*given))[1])
    for great in (1 << 40, 1):
        for module in (hart_halves, dominion_json):
            monkeypatch.setattr(module, "GREAT", great)
        try:
            said.append(str(count_vote([path], **dict(zip(("yes", "no"), words, strict=False))).to_dict()))
            assert len(joined) == (great == 1)
        except FileFaults as error:
            said.append(str(error))
    return said


@pytest.mark.parametrize("nested", [True, False])
def test_two_halves_say_what_one_whole_says(nested: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = CARDS["hart-xml"](tmp_path, GIVEN)
    if not nested:
        texts = [card(at, CONTEST % (b"Prop 1", b"c", b"Yes" if at % 3 else b"No")) for at in range(40)]
        texts[25] = card(25, CONTEST % (b"PROP 1", b"c", b"Yes") + CONTEST % (b"Prop 2", b"d", b"No"))
        path = flat(tmp_path, texts)
    one, two = both(path, monkeypatch)
    assert one == two
    assert "Measure A: Roads" in one if nested else "'Prop 1', 'yes': 26, 'no': 14" in one


def test_contests_that_only_one_half_has_keep_their_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [b"Prop 1"] * 10 + [b"Prop 2"] * 10
    one, two = both(
        flat(tmp_path, [card(at, CONTEST % (each, each, b"No")) for at, each in enumerate(names)]), monkeypatch
    )
    assert one == two
    assert "'name': 'Prop 1', 'yes': 0, 'no': 10" in two
    assert "'name': 'Prop 2', 'yes': 0, 'no': 10" in two


@pytest.mark.parametrize("fault", ["", "twice", "other words"])
def test_the_files_of_dominion_are_read_in_two_halves(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words of yes and no are told to the second process too."""
    (export,) = CARDS["dominion-json"](tmp_path, GIVEN)
    second = export / "CvrExport_1.json"
    if fault == "twice":
        second.write_text((export / "CvrExport_0.json").read_text())
    if fault == "other words":
        for path in export.glob("CandidateManifest.json"):
            path.write_text(path.read_text().replace('"YES"', '"Aye"').replace('"NO"', '"Nay"'))
    one, two = both(export, monkeypatch, *(("Aye", "Nay") if fault == "other words" else ()))
    assert one == two
    assert ("session 1 of CvrExport_1.json" if fault == "twice" else "Measure A: Roads") in one


@pytest.mark.parametrize("fault", ["twice", "damaged", "contradicts"])
def test_faults_of_the_second_half_are_told_as_ever(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [card(at, CONTEST % (b"Prop 1", b"c", b"Yes")) for at in range(20)]
    texts[15] = {
        "twice": texts[3],
        "damaged": b"<Cvr",
        "contradicts": texts[15].replace(b"</Contest>", b"<Overvoted/></Contest>"),
    }[fault]
    path = flat(tmp_path, texts)
    one, two = both(path, monkeypatch)
    assert one == two
    assert "015.xml" in one
    assert ("003.xml" in one) == (fault == "twice")


def test_without_a_second_process_one_reads_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = CARDS["hart-xml"](tmp_path, GIVEN)
    whole = str(count_vote([path]).to_dict())
    monkeypatch.setattr(hart_halves, "GREAT", 1)
    monkeypatch.setattr(halves, "_join", lambda *_: pytest.fail("there was no second half"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    assert str(count_vote([path]).to_dict()) == whole
    (tmp_path / "none").write_text("#!/bin/sh\necho half\n")
    (tmp_path / "none").chmod(0o755)
    assert str(count_vote([path]).to_dict()) == whole
