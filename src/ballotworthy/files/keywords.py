"""What users give a function: a wrong keyword, or a value of a wrong kind, is told with the right ones at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, get_type_hints

from ballotworthy.errors import UnknownName
from ballotworthy.files.kinds_given import refuse_other_kinds

P = ParamSpec("P")
R = TypeVar("R")


def keywords_told(*also: Callable[..., Any], given: tuple[str, ...] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Give a decorator that refuses keywords that a function does not have, naming those that it has.

    Args:
        also: what the function hands its further keywords to; they stand in its signature in place of `**`.
        given: keywords of these that the function gives itself.

    The decorated function raises `UnknownName` for a wrong keyword, and `InputError` for a value of another kind than
    its annotation says.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        own = [each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD]
        names = {each.name for each in own}
        further = [
            _keyword(each)
            for source in also
            for each in inspect.signature(source).parameters.values()
            if each.name not in names and each.name not in given
        ]
        whole = signature.replace(parameters=[*own, *further])
        known = [each.name for each in whole.parameters.values() if each.kind is not each.POSITIONAL_ONLY]

        @cache
        def hints() -> dict[str, Any]:  # when first called, since they load what they name
            return {name: hint for each in (*also, function) for name, hint in get_type_hints(each).items()}

        @wraps(function)
        def checked(*args: P.args, **words: P.kwargs) -> R:
            for word in words:
                if word not in known:
                    raise UnknownName(f"keyword of {function.__name__}", word, known)
            refuse_other_kinds({**dict(zip(known, args, strict=False)), **words}, hints())
            return function(*args, **words)

        checked.__signature__ = whole  # type: ignore[attr-defined]  # what inspect reads
        return checked

    return decorate


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    """Give a parameter as a keyword; what is made anew each time is optional without its making being shown."""
    made = type(parameter.default).__name__ == "_HAS_DEFAULT_FACTORY_CLASS"
    default = None if made else parameter.default
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, default=default)
