"""An XML document read in parts, as plain values; entities are never expanded and nothing is fetched.

An element becomes what the same thing is in NIST's JSON: text, or a dictionary in which `ObjectId` is `@id` and
`xsi:type` is `@type`; children of one name are a list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from lxml import etree

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats.alike import MARK, Block, Forms
from ballotworthy.vote.formats.blocks import Cutter, Found, ahead, blocks
from ballotworthy.vote.formats.cut_json import ODD, UNIT
from ballotworthy.vote.formats.cut_xml import cut_xml

NAMES = {"ObjectId": "@id", "type": "@type"}
HEAD = 1 << 16
AGAIN = "Export it again; a file that was cut short cannot be mended"
DOCTYPE = "it declares a document type or entities, which exports do not, and which attacks on readers do"


@dataclass(frozen=True)
class Units:
    """Where great numbers of records stand first below the root, and hold units.

    Attributes:
        record, unit: names of elements.
        read: reads a unit.
    """

    record: str
    unit: str
    read: Callable[[Any], Any]


def parts(
    stream: IO[bytes], file: str, names: Sequence[str], root: str, units: Units | None = None
) -> Iterator[tuple[str, Any, int]]:
    """Give each element of these names that stands right below the root: its name, its value, its line.

    Args:
        stream: the document.
        file: its name, for messages.
        names: of elements.
        root: name of the outermost.
        units: of such elements; they are then given as blocks where they are many, and else one by one.

    Raises:
        FileFaults: it is no XML, is cut short, has another root, or declares a document type.
    """
    head = stream.read(HEAD)
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", head.replace(b"\0", b""), re.IGNORECASE):
        raise FileFaults(file, [Fault(None, None, DOCTYPE, "Take the declaration out if you trust the file")])
    if head[:2] in (b"\x1f\x8b", b"PK"):
        raise FileFaults(file, [Fault(None, None, "it is packed", "Unpack it first")])
    if units and (opening := _opening(head, root, units.record)):
        head = yield from _blocks(stream, file, head, opening, root, units)
    events = etree.iterparse(
        _Joined(head, stream), events=("start", "end"), tag=[f"{{*}}{name}" for name in (*names, root)],
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    top = None
    try:
        for event, element in events:
            if event == "start":
                if top is None and element.getparent() is None:
                    top = element
                    if element.getroottree().docinfo.doctype:
                        raise FileFaults(file, [Fault(None, None, DOCTYPE, "Take the declaration out")])
                continue
            name = _local(element.tag)
            if element.getparent() is top and name in names:
                yield name, value(element), element.sourceline or 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        what = "it is no whole XML" if error.lineno is None else f"it is no XML from here on ({_said(error)})"
        raise FileFaults(file, [Fault(error.lineno, None, what, AGAIN)]) from error
    if top is None:
        raise FileFaults(file, [Fault(1, None, f"its outermost element is not {root}", "Give a file of this format")])


def _opening(head: bytes, root: str, record: str) -> re.Match[bytes] | None:
    """Find where the first record begins, behind the root's tag and plain texts; None where anything is unusual."""
    declared = rb"(<\?xml(?P<said>[^<>?]*)\?>)?"
    pattern = rb"(\xef\xbb\xbf)?\s*%b\s*(?P<tag><%b(\s[^<>]*)?>)(\s*<\w+>[^<>]*</\w+>)*\s*(?=<%b[\s>/])"
    found = re.match(pattern % (declared, re.escape(root.encode()), re.escape(record.encode())), head)
    if found is None or found["tag"].endswith(b"/>"):
        return None
    said = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", found["said"] or b"")
    return None if said and said[1].lower() not in (b"utf-8", b"us-ascii") else found


def _blocks(
    stream: IO[bytes], file: str, head: bytes, opening: re.Match[bytes], root: str, units: Units
) -> Generator[tuple[str, Any, int], None, bytes]:
    """Give blocks of records; the answer is what is left of the file, with an empty line for each that was read."""
    forms = xml_forms(opening["tag"], root, units)
    lines, first = 0, head.count(b"\n", 0, opening.end()) + 1

    cutter = Cutter(cut_xml, (units.record.encode(), units.unit.encode()), forms)

    def cut(data: bytes) -> Found:
        nonlocal lines
        if b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data:  # no characters of XML
            return None, 0, ODD
        line = first + lines
        found = cutter.block(data, lambda kept, records: _items(file, kept, records, forms, line))
        lines += data.count(b"\n", 0, found[1])
        return found

    left = b""
    for each in ahead(blocks(stream, head[opening.end() :], cut)):
        if isinstance(each, Block):
            yield units.record, each, 0
        else:
            left = each
    return b"".join([head[: opening.end()], b"\n" * lines, left])


def _items(file: str, data: bytes, records: np.ndarray, forms: Forms, line: int) -> Iterator[Any]:
    for begin, end in records[:-1, :2].tolist():
        try:
            yield forms.item(data[begin:end])
        except ValueError as error:
            at = line + data.count(b"\n", 0, begin)
            raise FileFaults(file, [Fault(at, None, f"in this record it is no XML ({_said(error)})", AGAIN)]) from error


def xml_forms(tag: bytes, root: str, units: Units) -> Forms:
    """Give the forms of an XML file; `tag` opens its root, and may declare names."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    closing, unit = f"</{root}>".encode(), units.unit.encode()

    def item(text: bytes) -> Any:
        try:
            return value(etree.fromstring(tag + text + closing, parser)[0])
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from error

    def form(skeleton: bytes) -> Any:
        if MARK.encode() in skeleton:
            raise ValueError("a name that may be taken for a mark")
        turn = iter(range(len(skeleton)))

        def mark(sign: re.Match[bytes]) -> bytes:
            text = f"{MARK}{next(turn)}{MARK}".encode()
            return b"<%b>%b</%b>" % (unit, text, unit) if sign[0][0] == UNIT else text

        return item(re.sub(rb"[\x01-\x05]", mark, skeleton))

    return Forms(form, lambda text: units.read(item(text)), item)


def whole(stream: IO[bytes], file: str, root: str) -> dict[str, Any]:
    """Give a small document whole.

    Raises:
        FileFaults: as `parts`.
    """
    data = stream.read()
    list(parts(io.BytesIO(data), file, (), root))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    found = value(etree.fromstring(data, parser))
    return found if isinstance(found, dict) else {}


def value(element: Any) -> Any:
    """Give an element as plain values."""
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    found: dict[str, Any] = {}
    for key, given in element.attrib.items():
        local = _local(key)
        found[NAMES.get(local, local)] = given
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, inner = _local(child.tag), value(child)
        if name not in found:
            found[name] = inner
        elif isinstance(found[name], list):
            found[name].append(inner)
        else:
            found[name] = [found[name], inner]
    if text:
        found["Content"] = text
    return found


def _local(name: str) -> str:
    """Give a name without its space of names, also where nothing declares the prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


class _Joined(io.RawIOBase):
    """A stream whose head was read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self.head, self.rest = head, rest

    def read(self, size: int = -1) -> bytes:
        if not self.head:
            return self.rest.read(size)
        taken = len(self.head) if size < 0 else size
        head, self.head = self.head[:taken], self.head[taken:]
        return head


def _said(error: Exception) -> str:
    return re.sub(r",? line \d+.*", "", str(error))[:80]
