"""A JSON document read in parts: each item of a great list by itself, so that no export is too large.

Doubled keys, NaN and Infinity are no JSON and are refused: Python's own reader would take the last of two keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NoReturn

import numpy as np

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats.alike import MARK, Block, Forms
from ballotworthy.vote.formats.blocks import Cutter, Found, ahead, blocks
from ballotworthy.vote.formats.cut_json import cut_json

CHUNK = 1 << 20
REMEDY = "Export it again; a file that was cut short cannot be mended"


class Units:
    """Where the items of a great list hold units, and what reads one; documents may share it, and what it read."""

    def __init__(self, key: str, read: Callable[[Any], Any]) -> None:
        self.key = key.encode()
        self.forms = json_forms(_decoder(), read)


def parts(
    stream: IO[bytes], file: str, lists: frozenset[str], units: Mapping[str, Units] | None = None
) -> Iterator[tuple[str, Any]]:
    """Give the members of the object that a document is: key and value, of a list named in `lists` each item.

    Args:
        stream: the document.
        file: its name, for messages.
        lists: names of great lists.
        units: of such a list; its items are then given as blocks where they are many, and else one by one.

    Raises:
        FileFaults: it is no JSON object, is cut short, or a key stands twice.
    """
    text = _Text(stream, file)
    try:
        yield from _members(text, lists, units or {})
    except RecursionError as error:
        raise text.fault("it is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise text.fault("it is not UTF-8") from error


def whole(stream: IO[bytes], file: str) -> dict[str, Any]:
    """Give a small document whole.

    Raises:
        FileFaults: as `parts`.
    """
    return dict(parts(stream, file, frozenset()))


class _Text:
    """The text read so far and not yet used; `at` is where the next part begins."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        import codecs

        self.stream, self.file = stream, file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.buffer, self.at, self.lines, self.ended = "", 0, 1, False
        self.json = _decoder()

    def more(self) -> None:
        self.lines += self.buffer.count("\n", 0, self.at)
        data = self.stream.read(max(CHUNK, len(self.buffer) - self.at))
        self.ended = not data
        self.buffer, self.at = self.buffer[self.at :] + self.decoder.decode(data, self.ended), 0

    def next(self) -> str:
        """Give the next character that is no blank, without using it; "" at the end."""
        while True:
            while self.at < len(self.buffer):
                if self.buffer[self.at] not in " \t\r\n":
                    return self.buffer[self.at]
                self.at += 1
            if self.ended:
                return ""
            self.more()

    def take(self, *wanted: str) -> str:
        found = self.next()
        if found not in wanted or not found:
            raise self.fault(f"{' or '.join(wanted)} should stand here" if found else "it ends in the middle")
        self.at += 1
        return found

    def value(self) -> Any:
        if not self.next():
            raise self.fault("it ends in the middle")
        while True:
            try:
                value, end = self.json.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as error:
                if self.ended:
                    cut = error.pos >= len(self.buffer) - 1 or "Unterminated" in error.msg
                    what = "it ends in the middle" if cut else f"this is no JSON ({error.msg})"
                    self.at = min(error.pos, len(self.buffer))
                    raise self.fault(what) from error
            except ValueError as error:
                raise self.fault(str(error)) from error
            else:
                if end < len(self.buffer) or self.ended:
                    self.at = end
                    return value
            self.more()

    def release(self) -> bytes:
        """Give the bytes that were read and not used, and forget them."""
        self.lines += self.buffer.count("\n", 0, self.at)
        left = self.buffer[self.at :].encode() + self.decoder.getstate()[0]
        self.buffer, self.at = "", 0
        self.decoder.reset()
        return left

    def restore(self, data: bytes) -> None:
        """Take bytes back that `release` gave, or that were read since."""
        self.decoder.setstate((b"", 2))  # no mark of order stands in the middle
        self.buffer, self.at = self.decoder.decode(data), 0

    def items(self, data: bytes, records: np.ndarray, line: int) -> Iterator[Any]:
        """Give the records of a block, which begins on a line, one by one."""
        for begin, end in records[:-1, :2].tolist():
            what = "it is nested too deeply"
            try:
                yield self.json.decode(data[begin:end].decode())
                continue
            except RecursionError:
                pass
            except ValueError as error:
                what = f"this is no JSON ({error.msg})" if isinstance(error, json.JSONDecodeError) else str(error)
            raise FileFaults(self.file, [Fault(line + data.count(b"\n", 0, begin), None, what, REMEDY)])

    def fault(self, what: str) -> FileFaults:
        line = self.lines + self.buffer.count("\n", 0, self.at)
        return FileFaults(self.file, [Fault(line, None, what, REMEDY)])


def _members(text: _Text, lists: frozenset[str], units: Mapping[str, Units]) -> Iterator[tuple[str, Any]]:
    text.take("{")
    seen: set[str] = set()
    if text.next() == "}":
        text.take("}")
    else:
        while True:
            if text.next() != '"':
                text.take('"')
            key = text.value()
            if key in seen:
                raise text.fault(f"the key {key[:40]} stands twice in one object")
            seen.add(key)
            text.take(":")
            if key in lists and text.next() == "[":
                yield from ((key, item) for item in _items(text, units.get(key)))
            else:
                yield key, text.value()
            if text.take(",", "}") == "}":
                break
    if text.next():
        raise text.fault("something stands behind the end")


def _items(text: _Text, units: Units | None) -> Iterator[Any]:
    text.take("[")
    if text.next() == "]":
        text.take("]")
        return
    if units:
        yield from _blocks(text, units)
        if text.next() == "]":
            text.take("]")
            return
    while True:
        yield text.value()
        if text.take(",", "]") == "]":
            return


def _blocks(text: _Text, units: Units) -> Iterator[Block]:
    """Give blocks as long as they can be cut; what is left stands in the text, an item or the end of the list."""
    cutter = Cutter(cut_json, (units.key,), units.forms)

    def cut(data: bytes) -> Found:
        line = text.lines
        found = cutter.block(data, lambda kept, records: text.items(kept, records, line))
        text.lines += data.count(b"\n", 0, found[1])
        return found

    for each in ahead(blocks(text.stream, text.release(), cut)):
        if isinstance(each, Block):
            yield each
        else:
            text.restore(each)


def json_forms(decoder: json.JSONDecoder, unit: Callable[[Any], Any]) -> Forms:
    """Give the forms of a JSON file, read by a strict decoder; `unit` makes of a unit what is remembered of it."""

    def form(skeleton: bytes) -> Any:
        if MARK.encode() in skeleton or b"\\" in skeleton:
            raise ValueError("a key that may be taken for a mark")
        turn = iter(range(len(skeleton)))
        text = re.sub(rb"[\x01-\x05]", lambda _: f'"{MARK}{next(turn)}{MARK}"'.encode(), skeleton)
        return decoder.decode(text.decode())

    return Forms(form, lambda text: unit(decoder.decode(text.decode())), lambda text: decoder.decode(text.decode()))


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_single, parse_constant=_no_constant)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise ValueError(f"the key {double[:40]} stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
