"""What a notebook shows: a page in a frame, which it neither changes nor is changed by, or a small table."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


def in_a_frame(page: str, title: str) -> str:
    """Give what shows a whole page of HTML in a frame of its own."""
    text = html.escape(page, quote=True)
    return f'<iframe srcdoc="{text}" style="width:100%;height:42rem;border:0" title="{title}"></iframe>'


def as_table(title: str, rows: Iterable[Sequence[object]], headings: Sequence[str] = ()) -> str:
    """Give a table with a title; every cell is shown as text, whatever stands in it."""

    def row(cells: Sequence[object], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

    head = f"<thead>{row(headings, 'th')}</thead>" if headings else ""
    body = "".join(row(cells, "td") for cells in rows)
    return f"<table><caption>{html.escape(title)}</caption>{head}<tbody>{body}</tbody></table>"
