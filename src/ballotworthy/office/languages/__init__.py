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
from django.utils.translation import get_language

LANGUAGES = (("en", "English"), ("es-mx", "Español"))
"""Spanish with the decimal point of American forms, for every kind of Spanish that a browser asks for."""
SAID_BY_PROGRAM = (
    "act.what", "each.state", "fault", "field", "job.state", "message", "role", "side.what", "state", "step", "title",
    "what", "words", "wrong",
)  # fmt: skip
"""What pages show of the program's own words, by the names that templates have for it: `{{ title }}`."""
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
        if text in self.said:
            return self.said[text]
        found = ((words, pattern.fullmatch(text)) for pattern, words in self._patterns)
        words, values = next(((words, match.groups()) for words, match in found if match), (text, ()))
        return words.format(*(self.said.get(value, value) for value in values)) if values else words

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple(
            (re.compile("(.+?)".join(map(re.escape, pattern.split("{}")))), words)
            for pattern, words in self.patterns.items()
        )


@cache
def table(language: str) -> Table:
    """Give the table of a language; that of English is empty."""
    path = Path(__file__).parent / f"{language.partition('-')[0]}.toml"
    return Table(**tomllib.loads(path.read_text("utf-8"))) if path.exists() else Table({}, {}, {})


@register.filter
def say(text: Any) -> Any:
    """Give what the program says in the language of the page; what no table has stays as it is."""
    own = table(get_language() or "en")
    return own.spoken(str(text)) if own.said else text


@register.filter
def day(value: dt.date) -> str:
    """Give a day as the language of the page writes it: 5 May 2026, 5 de mayo de 2026."""
    month = str(MONTHS[value.month])
    return f"{value.day} de {month.lower()} de {value.year}" if _is_spanish() else f"{value.day} {month} {value.year}"


@register.filter
def moment(value: dt.datetime) -> str:
    """Give a day and its time, as above; the office's time is UTC."""
    return f"{day(value)}, {value:%H:%M}"


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
