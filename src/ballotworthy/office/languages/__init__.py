"""The pages in other languages: a table a language, by which the text of templates is put as they are read.

Templates stay in plain English. What stands in the table of a language, `es.toml`, takes the place of the same text in
a template; Django's and allauth's own words come from their own translations. Reasons of law stay in the law's words.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.template import Library
from django.template.base import Origin
from django.template.loaders import cached, filesystem
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.translation import get_language

LANGUAGES = (("en", "English"), ("es-mx", "Español"))
"""Spanish with the decimal point of American forms, for every kind of Spanish that a browser asks for."""
SAID_BY_PROGRAM = (
    "act.what", "each.state", "fault", "field", "job.state", "message", "role", "side.what", "state", "step", "title",
    "what", "words", "wrong",
)  # fmt: skip
"""What pages show of the program's own words, by the names that templates have for it: `{{ title }}`."""
FAULT = re.compile(r"( *)(?:line (\d+|\S+(?=, column )))?(?:, )?(?:column ([^:]+))?: (.+)")
"""A fault of a file: where it is, what is wrong and what to do."""
AT_ITS_HEAD = ("{} is refused: ", "page {} of {}: ", "pages {} of {}: ", "page {} is the front ")
"""What says where or of what the rest is said: looked for before the sentences that may stand behind it."""
RUNS = re.compile(r"(?=.* to )[0-9,]+(?:(?:, | to )[0-9,]+)*")
"""Numbers in runs: 4, 7 to 9."""
AHEAD = 6
"""So many sentences are looked for together: none of the tables has more."""
LONGEST, MOST = 1_500, 40
"""A line of more letters or sentences is left as it is: it is none of the program's, and would take long."""
ENDS = re.compile(r"[.;] |[.;]$")
OUTSIDE = re.compile(
    r"({% block body_class %}.*?{% endblock %}|{%.*?%}|{#.*?#}|<!--.*?-->"
    r"|<(?:script|style|code|pre|kbd)\b.*?</(?:script|style|code|pre|kbd)>"
    r"|<(?!/?(?:strong|em)>)(?:{[{%].*?[}%]}|[^<>{]|{)*>)",
    re.DOTALL,
)
"""What is no text: tags of Django, comments, what a shell or a browser reads, and tags of HTML but emphasis."""
ATTRIBUTE = re.compile(r'(?<=\s)(aria-label|placeholder|title|alt)="((?:{[{%].*?[}%]}|[^"{])*)"')
SHOWN = re.compile(r"{{.*?}}|{%.*?%}|&\w+;", re.DOTALL)
WORDS_GIVEN = re.compile(r'{{[^}]*\|(?:yesno|default):"[^"]*[a-z][^"]*"')

CODES = {
    "full-check": "full check", "first-valid": "the first valid one counts", "all-but-one": "one of them counts",
    "none": "none of them counts",
}  # fmt: skip
"""Words of the record and of the law's data that a page says in other words."""

_FROM_PROGRAM = re.compile(r"{{ (" + "|".join(map(re.escape, SAID_BY_PROGRAM)) + r") }}")

register = Library()


def said(source: str, say: Callable[[str], str]) -> str:
    """Give a template with every text as `say` has it; white space around a text stays, within it is one blank."""
    parts = OUTSIDE.split(source)
    for at, part in enumerate(parts):
        if at % 2 == 0:
            parts[at] = _text(part, say)
        elif part.startswith("<") and not part.startswith("<!--"):
            parts[at] = ATTRIBUTE.sub(lambda found: f'{found[1]}="{_text(found[2], say)}"', part)
    return "".join(parts)


def texts(source: str) -> list[str]:
    """Give every text of a template, as a table names it."""
    found: list[str] = []

    def hear(text: str) -> str:
        found.append(text)
        return text

    said(source, hear)
    return found


@dataclass(frozen=True)
class Table:
    """A language: the texts of templates, what the program says, and its sentences in which `{}` stands for a value."""

    texts: Mapping[str, str]
    said: Mapping[str, str]
    patterns: Mapping[str, str]

    def spoken(self, text: str) -> str:
        """Give what the program says, line by line; what the table does not have stays as it is."""
        if "\n" in text:
            return "\n".join(map(self.spoken, text.split("\n")))
        if len(text) > LONGEST or len(ENDS.findall(text)) > MOST:
            return text
        if RUNS.fullmatch(text):
            return text.replace(" to ", f" {self.said['to']} ") if "to" in self.said else text
        if (whole := self._known(text)) is not None:
            return whole
        if fault := FAULT.fullmatch(text):
            before, line, column, rest = fault.groups()
            where = ", ".join(f"{self.said[noun]} {at}" for noun, at in (("line", line), ("column", column)) if at)
            return f"{before}{where}: {self.spoken(rest)}"
        return self._by_sentences(text)

    def _known(self, text: str) -> str | None:
        """Give a text that the table has, whole or as a pattern whose values are said in turn; None for others."""
        if text in self.said:
            return self.said[text]
        for pattern, words in self._patterns:
            if found := pattern.fullmatch(text):
                return words.format(*map(self.spoken, found.groups()))
        return None

    def _by_sentences(self, text: str) -> str:
        """Give a text of several sentences with those in Spanish that the table has, the longest it has first."""
        ends = [found.start() for found in ENDS.finditer(text)]
        for end in reversed(ends[:AHEAD]):
            rest = text[end + 1 :]
            begin = self._known(text[: end + 1]) if rest else None
            if begin is None and (bare := self._known(text[:end])) is not None:
                begin = bare + text[end]
            if begin is not None:
                return begin + (f" {self.spoken(rest[1:])}" if rest[1:] else rest)
        if ends and ends[0] + 2 < len(text):
            return f"{text[: ends[0] + 1]} {self.spoken(text[ends[0] + 2 :])}"
        return text

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple(
            (re.compile("(.+?)".join(map(re.escape, pattern.split("{}")))), words)
            for pattern, words in sorted(self.patterns.items(), key=lambda each: _rank(each[0]))
        )


def _rank(pattern: str) -> tuple[bool, int]:
    """Put a refusal and pages before what is said of them, and of others what has most words of its own first."""
    return not pattern.startswith(AT_ITS_HEAD), -len(pattern.replace("{}", ""))


@cache
def table(language: str) -> Table:
    """Give the table of a language; that of English is empty."""
    parts: dict[str, dict[str, str]] = {"texts": {}, "said": {}, "patterns": {}}
    for path in sorted(Path(__file__).parent.glob(f"{language.partition('-')[0]}*.toml")):
        for part, words in tomllib.loads(path.read_text("utf-8")).items():
            parts[part] |= words
    return Table(**parts)


@register.filter
def say(text: Any) -> Any:
    """Give what the program says in the language of the page; what no table has stays as it is."""
    own = table(get_language() or "en")
    return own.spoken(str(text)) if own.said else text


@register.filter
def code(text: Any) -> Any:
    """Give a code of the record in words, in the language of the page."""
    return say(CODES.get(str(text), text))


@register.filter
def sentence(text: Any) -> str:
    """Give what the program says with a capital at its head, but where a file, a line or another name stands there."""
    spoken = str(say(text))
    head = spoken.partition(" ")[0].rstrip(",;:")
    return spoken[:1].upper() + spoken[1:] if head.isalpha() else spoken


@register.filter
def of_law(text: Any) -> Any:
    """Give words of the law's data in the language of the page, or marked as English where it has them in no other."""
    spoken = say(text)
    return format_html('<span lang="en">{}</span>', text) if text and _is_spanish() and spoken == text else spoken


@register.filter
def warns(text: Any) -> bool:
    """Tell whether a sentence of the program warns, in whatever language the page is."""
    return str(text).startswith("Warning")


@register.filter
def day(value: dt.date | str) -> str:
    """Give a day, or one as the record writes it, as the language of the page has it: 5 May 2026, 5 de mayo de 2026."""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value)
    month = str(MONTHS[value.month])
    return f"{value.day} de {month.lower()} de {value.year}" if _is_spanish() else f"{value.day} {month} {value.year}"


@register.filter
def moment(value: dt.datetime) -> str:
    """Give a day and its time, as above; the office's time is UTC."""
    return f"{day(value)}, {value:%H:%M} UTC"


def _is_spanish() -> bool:
    return (get_language() or "en").startswith("es")


class Translated(filesystem.Loader):
    """Reads templates in the language of the page."""

    def get_contents(self, origin: Origin) -> str:
        """Give the template's source."""
        source = str(super().get_contents(origin))
        own = table(get_language() or "en").texts
        return said(source, lambda text: own.get(text, text)) if own else source


class Cached(cached.Loader):
    """Keeps templates, one a language."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Name a kept template."""
        return f"{get_language()} {super().cache_key(template_name, skip)}"


def _text(part: str, say: Callable[[str], str]) -> str:
    text = " ".join(part.split())
    if not re.search(r"[^\W\d_]", SHOWN.sub("", re.sub(r"</?(?:strong|em)>", "", text))) and not WORDS_GIVEN.search(
        text
    ):
        return _FROM_PROGRAM.sub(r"{{ \1|say }}", part)
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return before + say(text) + after
