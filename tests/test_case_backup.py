"""A case in one encrypted file, and back: whole and unaltered, or refused."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from typer.testing import CliRunner

from ballotworthy.casework import Act, Desk
from ballotworthy.casework.room import Room
from ballotworthy.casework.sealed import BOX, open_sealed, seal_folder
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.record import FileStorage, VoterKey, make_voter_key, write_office_key
from ballotworthy.verbs.case_backup import back_up
from ballotworthy.verbs.case_recover import recover_case
from cases import OFFICE, Clock, opened, pinned

WORDS = "correct horse battery staple"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Give a case just opened, with keys, a name and an image greater than two boxes."""
    folder, clock = tmp_path / "case", Clock()
    (folder / "private/images").mkdir(parents=True)
    write_office_key(OFFICE, folder / "private/office.key")
    voters: VoterKey = make_voter_key(folder / "private/voters.key")
    (folder / "private/lines-1.parquet").write_bytes(b"Ada Lovelace")
    (folder / "private/images/1.png").write_bytes(bytes(range(256)) * (2 * BOX // 256 + 1))
    (folder / "private/empty").write_bytes(b"")
    made = Room(folder, Desk(FileStorage(folder / "case.record"), clock), clock)
    made.desk.act(opened(voters=voters.commitment), pinned(required=5))
    return made


@pytest.fixture(autouse=True)
def _quickly_keyed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a key of little work: only the first test makes one as a user's is made, a quarter of a second each."""
    if request.node.name != "test_a_case_comes_back_as_it_was_and_goes_on":
        monkeypatch.setattr("ballotworthy.casework.sealed.COST", 2**10)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_case_comes_back_as_it_was_and_goes_on(room: Room, tmp_path: Path) -> None:
    saved = back_up(room, tmp_path / "case.backup", passphrase=WORDS)
    assert saved.files == 6
    sealed = (tmp_path / "case.backup").read_bytes()
    assert b"Lovelace" not in sealed
    assert b"opened" not in sealed
    assert (tmp_path / "case.backup").stat().st_mode & 0o077 == 0
    back = recover_case(tmp_path / "case.backup", tmp_path / "back", passphrase=f" {WORDS}\n", clock=Clock())
    assert back.record == room.at()
    assert contents(tmp_path / "back") == contents(room.folder)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "back").rglob("*")} == {0}
    room.desk.act(Act("ann", "noted", {"what": "x", "day": "2026-11-03"}))
    assert room.at().events == 3


def test_a_backup_that_was_altered_or_cut_short_brings_nothing_back(room: Room, tmp_path: Path) -> None:
    back_up(room, tmp_path / "case.backup", passphrase=WORDS)
    sealed = (tmp_path / "case.backup").read_bytes()
    head = len(b"".join(sealed.splitlines(keepends=True)[:3]))
    box = BOX + 16
    places = (3, 40, head - 3, head + 9, len(sealed) - 1)
    flipped = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in places]
    swapped = sealed[:head] + sealed[head + box : head + 2 * box] + sealed[head : head + box] + sealed[head + 2 * box :]
    cut = [sealed[:head], sealed[: head + box], sealed[: head + 2 * box], sealed[:-1], b"", b"\n\n\n", sealed + b"x"]
    for wrong in (*flipped, swapped, *cut):
        (tmp_path / "wrong").write_bytes(wrong)
        with pytest.raises(InputError, match=r"no backup|altered"):
            recover_case(tmp_path / "wrong", tmp_path / "back", passphrase=WORDS, clock=Clock())
        assert not (tmp_path / "back").exists()


def test_another_passphrase_opens_nothing_and_a_short_one_seals_nothing(room: Room, tmp_path: Path) -> None:
    back_up(room, tmp_path / "case.backup", passphrase=WORDS)
    with pytest.raises(InputError, match="the passphrase is another"):
        recover_case(tmp_path / "case.backup", tmp_path / "back", passphrase=WORDS + "s", clock=Clock())
    with pytest.raises(InputError, match="12 characters at least"):
        back_up(room, tmp_path / "short", passphrase=WORDS[:11])
    with pytest.raises(InputError, match="the case's own folder"):
        back_up(room, room.folder / "x", passphrase=WORDS)
    with pytest.raises(InputError, match="nothing of it is overwritten"):
        recover_case(tmp_path / "case.backup", room.folder, passphrase=WORDS, clock=Clock())


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "x").write_bytes(b"x")
    out = io.BytesIO()
    seal_folder(tmp_path / "in", ["../x"], out, WORDS)
    out.seek(0)
    with pytest.raises(InputError, match="outside the case's folder"):
        open_sealed(out, tmp_path / "in", WORDS)


def test_the_commands_take_the_passphrase_from_a_file(room: Room, tmp_path: Path) -> None:
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")
    app, words = build_app(["case"]), ["--passphrase-file", str(tmp_path / "words")]
    done = CliRunner().invoke(app, ["case", "backup", str(room.folder), "-o", str(tmp_path / "b"), *words])
    assert done.exit_code == 0, done.output
    assert re.match("6 files of the case in .*Keep the passphrase elsewhere", done.output)
    done = CliRunner().invoke(app, ["case", "recover", str(tmp_path / "b"), "-o", str(tmp_path / "c"), *words])
    assert "the record holds 2 events" in done.output
    done = CliRunner().invoke(app, ["case", "recover", str(tmp_path / "b"), "-o", str(tmp_path / "d")])
    assert done.exit_code != 0


def test_what_a_backup_remembers_of_its_case_is_not_believed(room: Room, tmp_path: Path) -> None:
    """A checkpoint takes the place of reading the record; one that a stranger wrote could tell another case."""
    (room.folder / "private/checkpoint").write_bytes(b"whatever he wrote")
    back_up(room, tmp_path / "case.backup", passphrase=WORDS)
    recover_case(tmp_path / "case.backup", tmp_path / "back", passphrase=WORDS, clock=Clock())
    assert not (tmp_path / "back/private/checkpoint").exists()


def sealed_by_a_stranger(folder: Path, inside: bytes) -> Path:
    """Give a backup whose passphrase is told, with something else in it than `seal_folder` writes."""
    head = b"ballotworthy backup 1\nscrypt 65536 " + b"00" * 16 + b"\n" + b"00" * 7 + b"\n"
    key = Scrypt(salt=bytes(16), length=32, n=65536, r=8, p=1).derive(WORDS.encode())
    box = ChaCha20Poly1305(key).encrypt(bytes(11) + b"\x01", inside, head)
    (folder / "strange.backup").write_bytes(head + box)
    return folder / "strange.backup"


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        (b"no json\n", "something else than the files of a case"),
        (b"[" * 5_000 + b"\n", "something else than the files of a case"),
        (b"7\n", "something else than the files of a case"),
        (b'{"name": 7, "size": 1}\nx', "something else than the files of a case"),
        (b'{"name": "", "size": 1}\nx', "something else than the files of a case"),
        (b'{"name": "a\\u0000b", "size": 1}\nx', "something else than the files of a case"),
        (b'{"name": "case.record", "size": -1}\nx', "something else than the files of a case"),
        (b'{"name": "../mine", "size": 1}\nx', "outside the case's folder"),
        (b'{"name": "/mine", "size": 1}\nx', "outside the case's folder"),
        (b'{"name": "case.record", "size": 9000}\nx', "more than it holds"),
        (b'{"name": "a", "size": 1}\nx{"name": "a", "size": 1}\nx', "twice, or in the place of another"),
        (b'{"name": "a", "size": 1}\nx{"name": "a/b", "size": 1}\nx', "twice, or in the place of another"),
        (b'{"name": "a/b", "size": 1}\nx{"name": "a", "size": 1}\nx', "twice, or in the place of another"),
        (b"", "holds no case"),
    ],
)
def test_a_backup_of_a_stranger_brings_nothing_that_is_no_case(tmp_path: Path, inside: bytes, says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)):
        recover_case(sealed_by_a_stranger(tmp_path, inside), tmp_path / "back", passphrase=WORDS, clock=Clock())
    assert [path.name for path in tmp_path.iterdir()] == ["strange.backup"]


def test_a_pipe_is_no_backup_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe"):
        recover_case(tmp_path / "pipe", tmp_path / "back", passphrase=WORDS, clock=Clock())


def test_a_pipe_or_a_device_is_not_replaced_by_an_output(tmp_path: Path) -> None:
    """Whoever may write everywhere would lose the device itself: a file would stand in its place."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/full"), Path("/dev/stdout"), Path("/dev/no-such-device")):
        with pytest.raises(InputError, match="a file would take its place"), whole_file(path):
            raise AssertionError("nothing may be written there")
    assert (tmp_path / "pipe").is_fifo()
