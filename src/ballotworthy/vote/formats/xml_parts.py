"""An XML document read in parts, as plain values; entities are never expanded and nothing is fetched.

An element becomes what the same thing is in NIST's JSON: text, or a dictionary in which `ObjectId` is `@id` and
`xsi:type` is `@type`; children of one name are a list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any

from lxml import etree

from ballotworthy.errors import Fault, FileFaults

NAMES = {"ObjectId": "@id", "type": "@type"}
HEAD = 1 << 16
DOCTYPE = "it declares a document type or entities, which exports do not, and which attacks on readers do"


def parts(stream: IO[bytes], file: str, names: Sequence[str], root: str) -> Iterator[tuple[str, Any, int]]:
    """Give each element of these names that stands right below the root: its name, its value, its line.

    Raises:
        FileFaults: it is no XML, is cut short, has another root, or declares a document type.
    """
    head = stream.read(HEAD)
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", head.replace(b"\0", b""), re.IGNORECASE):
        raise FileFaults(file, [Fault(None, None, DOCTYPE, "Take the declaration out if you trust the file")])
    if head[:2] in (b"\x1f\x8b", b"PK"):
        raise FileFaults(file, [Fault(None, None, "it is packed", "Unpack it first")])
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
            name = etree.QName(element).localname
            if element.getparent() is top and name in names:
                yield name, value(element), element.sourceline or 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        what = "it is no whole XML" if error.lineno is None else f"it is no XML from here on ({_said(error)})"
        remedy = "Export it again; a file that was cut short cannot be mended"
        raise FileFaults(file, [Fault(error.lineno, None, what, remedy)]) from error
    if top is None:
        raise FileFaults(file, [Fault(1, None, f"its outermost element is not {root}", "Give a file of this format")])


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
        local = etree.QName(key).localname
        found[NAMES.get(local, local)] = given
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, inner = etree.QName(child).localname, value(child)
        if name not in found:
            found[name] = inner
        elif isinstance(found[name], list):
            found[name].append(inner)
        else:
            found[name] = [found[name], inner]
    if text:
        found["Content"] = text
    return found


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
