"""A page shown inside a notebook, which it neither changes nor is changed by."""

from __future__ import annotations

import html


def in_a_frame(page: str, title: str) -> str:
    """Give what shows a whole page of HTML in a frame of its own."""
    text = html.escape(page, quote=True)
    return f'<iframe srcdoc="{text}" style="width:100%;height:42rem;border:0" title="{title}"></iframe>'
