"""A folder in one encrypted file: read back whole and unaltered, or refused.

A text of three lines tells what it is, the salt and the cost of the passphrase, and the beginning of every nonce; then
come boxes of ChaCha20-Poly1305 (RFC 8439), each of a mebibyte of plain text or less. A nonce is that beginning, the
number of the box and whether it is the last, so that a box cannot be moved, doubled, or cut off unseen; the text before
them is authenticated with every box. The key is scrypt's (RFC 7914) of the passphrase. Inside, every file is a line of
JSON, its name and its size, and its bytes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ballotworthy.errors import InputError
from ballotworthy.files.given import given_file
from ballotworthy.files.whole import whole_folder

TITLE = b"ballotworthy backup 1\n"
COST = 2**16
MOST_COST = 2**18
BOX, TAG = 1 << 20, 16
LEAST = 12
"""So many characters a passphrase has at least."""
LONGEST_LINE = 10_000


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is soon guessed.

    Raises:
        InputError: it is too short.
    """
    if len(passphrase.strip()) < LEAST:
        raise InputError(f"a passphrase has {LEAST} characters at least; take five or six words at random.")


def seal_folder(folder: Path, names: list[str], out: BinaryIO, passphrase: str) -> None:
    """Write files of a folder, by name, into one encrypted stream."""
    check_passphrase(passphrase)
    salt, begin = secrets.token_bytes(16), secrets.token_bytes(7)
    head = TITLE + f"scrypt {COST} {salt.hex()}\n{begin.hex()}\n".encode()
    cipher = ChaCha20Poly1305(_key(passphrase, salt, COST))
    out.write(head)
    box, number = bytearray(), 0
    for piece in _pieces(folder, names):
        box += piece
        while len(box) > BOX:
            out.write(cipher.encrypt(_nonce(begin, number, last=False), bytes(box[:BOX]), head))
            del box[:BOX]
            number += 1
    out.write(cipher.encrypt(_nonce(begin, number, last=True), bytes(box), head))


def open_sealed(file: BinaryIO, folder: Path, passphrase: str) -> list[str]:
    """Write the files of such a stream into a new folder that the caller throws away if this raises; give their names.

    Raises:
        InputError: it is no backup, the passphrase is another, or it was altered or cut short.
    """
    title, costs, begins = (file.readline(LONGEST_LINE) for _ in range(3))
    try:
        word, cost, salt = costs.decode("ascii").split()
        begin, salted, rounds = bytes.fromhex(begins.decode("ascii").strip()), bytes.fromhex(salt), int(cost)
    except ValueError as error:
        raise InputError("this is no backup of a case.") from error
    if title != TITLE or word != "scrypt" or len(begin) != 7 or not 2 <= rounds <= MOST_COST or rounds & rounds - 1:
        raise InputError("this is no backup of a case, or one of a later version of this program.")
    cipher = ChaCha20Poly1305(_key(passphrase, salted, rounds))
    plain = _Plain(_boxes(file, cipher, begin, title + costs + begins))
    names = []
    while line := plain.line():
        told, size = _told(line)
        name = PurePosixPath(told)
        if name.is_absolute() or ".." in name.parts:
            raise InputError(f"the backup has a file outside the case's folder, {told}.")
        path = folder / name
        if path.exists() or any((folder / parent).is_file() for parent in name.parents):
            raise InputError(f"the backup has the file {told} twice, or in the place of another.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as out:
            plain.copy(size, out)
        path.chmod(0o600)
        names.append(told)
    return names


@contextmanager
def unsealed(backup: Path, out: Path, *, marker: str, passphrase: str) -> Iterator[tuple[Path, list[str]]]:
    """Give the folder of a sealed file, and the names of its files; it is `out` once the block ends well.

    Args:
        backup: the file.
        out: the folder; it must not be there, or be empty.
        marker: the file that every folder of this kind has.
        passphrase: of the backup.

    Raises:
        InputError: the file is no backup, the passphrase is another, it was altered, or the folder holds something.
        OutputError: the disk is full or the folder may not be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already, and nothing of it is overwritten. Name a new folder.")
    with (
        given_file(backup) as (unbuffered, _),
        BufferedReader(unbuffered) as file,
        whole_folder(out, marker=marker, holds=(), private=True) as made,
    ):
        yield made, open_sealed(file, made, passphrase)


def _told(line: bytes) -> tuple[str, int]:
    """Give the name and the size that stand before a file."""
    try:
        told = json.loads(line)
        name, size = told["name"], told["size"]
    except (ValueError, KeyError, TypeError, RecursionError):
        name, size = None, None
    if not isinstance(name, str) or not name or "\0" in name or not isinstance(size, int) or size < 0:
        raise InputError("the backup holds something else than the files of a case. Nothing was written.")
    return name, size


def _pieces(folder: Path, names: list[str]) -> Iterator[bytes]:
    for name in names:
        path = folder / name
        with path.open("rb") as file:
            left = path.stat().st_size
            yield json.dumps({"name": name, "size": left}).encode() + b"\n"
            while left:
                piece = file.read(min(left, BOX))
                if not piece:
                    raise InputError(f"{path} became shorter while it was read. Try again.")
                left -= len(piece)
                yield piece


def _boxes(file: BinaryIO, cipher: ChaCha20Poly1305, begin: bytes, head: bytes) -> Iterator[bytes]:
    box, number = file.read(BOX + TAG), 0
    while True:
        after = file.read(BOX + TAG)
        try:
            yield cipher.decrypt(_nonce(begin, number, last=not after), box, head)
        except InvalidTag as error:
            what = "the passphrase is another, or the backup was altered" if number == 0 else "the backup was altered"
            raise InputError(f"{what} or cut short. Nothing was written.") from error
        if not after:
            return
        box, number = after, number + 1


class _Plain:
    """What stands in boxes, read by lines and by bytes."""

    def __init__(self, boxes: Iterator[bytes]) -> None:
        self._boxes = boxes
        self._held = bytearray()

    def line(self) -> bytes:
        """Give the next line, or nothing at the end."""
        while b"\n" not in self._held:
            more = next(self._boxes, b"")
            if not more:
                return bytes(self._held)
            self._held += more
        line, _, rest = bytes(self._held).partition(b"\n")
        self._held = bytearray(rest)
        return line

    def copy(self, size: int, out: BinaryIO) -> None:
        """Write the next `size` bytes to a file."""
        while size:
            if not self._held:
                more = next(self._boxes, b"")
                if not more:
                    raise InputError("the backup tells of more than it holds. Nothing was written.")
                self._held += more
            piece = self._held[:size]
            out.write(piece)
            size -= len(piece)
            del self._held[: len(piece)]


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.strip().encode())


def _nonce(begin: bytes, number: int, *, last: bool) -> bytes:
    return begin + number.to_bytes(4, "big") + bytes([last])
