"""A Rich console for text from files: nothing in it acts on the terminal, and no markup in it is obeyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ballotworthy.cli.folding import lines_of
from ballotworthy.safe_text import safe_text


class SafeConsole(Console):
    """A console whose styles come from code alone; its tables break a word that is too long, and cut none."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"markup": False, "emoji": False, **how})

    def tell(self, words: str | Text, hang: int = 0) -> None:
        """Print a sentence: on a terminal broken between words, the rest set in by `hang`; elsewhere as one line."""
        text = Text(words) if isinstance(words, str) else words
        for setting, begin, end in lines_of(text.plain, self.width if self.is_terminal else 0, hang):
            self.print(Text(" " * setting).append_text(text[begin:end]), soft_wrap=True, highlight=False)

    def render_str(self, text: str, **how: Any) -> Text:
        """Give a text with its acting characters shown, so that its width is the one that is printed."""
        return super().render_str(safe_text(text), **how)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Give the pieces to print; those that came as ready `Text` are made safe here."""
        if isinstance(renderable, Table):
            for column in renderable.columns:
                column.overflow = "fold"  # Rich's "…" would hide the end of a section's number
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(safe_text(piece.text), piece.style)
