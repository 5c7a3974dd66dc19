"""Walks a page: the numbers in it that are no link, and the links within it that end at no source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "line", "circle", "path", "rect", "link", "img", "use", "col"}
TOLD = {"unknown", "unsourced", "asked"}
"""Classes under which a number says that it has no source, or is the day for which the page was asked."""


@dataclass
class Walk(HTMLParser):
    """The bare numbers of a page, and its links by the place in which they stand."""

    bare: list[str] = field(default_factory=list)
    links: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        places = tuple(each["id"] for _, each in self.stack if "id" in each)
        if "id" in held:
            self.ids.add(held["id"])
        if tag == "a":
            self.links.append((held["href"], places))
        if tag not in VOID:
            self.stack.append((tag, held))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.stack]
        if "main" not in tags:
            return
        self.words += data
        classes = {name for _, held in self.stack for name in held.get("class", "").split()}
        drawn = "svg" in tags and "road" not in classes
        if re.search(r"\d", data) and "a" not in tags and not drawn and not classes & TOLD:
            self.bare.append(" ".join(data.split()))


def walked(path: Path) -> Walk:
    walk = Walk()
    walk.feed(path.read_text("utf-8"))
    return walk


def untraced(walk: Walk) -> list[str]:
    """Give the links into a page that end at a place without a source."""
    sourced = {place for href, places in walk.links if href.startswith("http") for place in places} | {"petition"}
    within = {href[1:] for href, _ in walk.links if href.startswith("#")}
    return sorted(name for name in within if name not in walk.ids or name not in sourced)
