"""The templates of all pages, filled in one way: text escaped, what would act or hide in it named, nothing missing."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ballotworthy.files.quantities import plural
from ballotworthy.report import words
from ballotworthy.report.linked import linked
from ballotworthy.safe_text import safe_text


def rendered(template: str, /, **values: Any) -> str:
    """Give a page, its template filled with these values; a value that the template asks for must be there."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ballotworthy", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    for each in (words.number, words.share, words.count, plural, words.day, words.of_draws, linked):
        environment.filters[each.__name__] = each
    environment.tests["known"] = words.known
    environment.tests["web"] = lambda url: str(url or "").startswith(("https://", "http://"))
    return environment


def _shown(value: Any) -> Any:
    """Give a value as it may stand on the page: marks of direction and control characters in text by name."""
    return safe_text(value) if type(value) is str else value  # markup is our own
