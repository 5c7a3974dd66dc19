"""Plain values of NIST's and Hart's files, in JSON and XML alike: lists, texts and whole numbers, or a fault."""

from __future__ import annotations

from typing import Any

from ballotworthy.vote.numerals import whole_number


class Wrong(ValueError):
    """A value that is not what it must be; the message says which."""


def listed(value: Any, name: str = "") -> list[dict[str, Any]]:
    """Give the objects under a name: none, one or a list of them.

    Raises:
        Wrong: something else stands there.
    """
    found = value.get(name) if name and isinstance(value, dict) else value
    if found is None or found == "":
        return []
    many = found if isinstance(found, list) else [found]
    if not all(isinstance(each, dict) for each in many):
        raise Wrong(f"{name or 'it'} is no object")
    return many


def text(value: dict[str, Any], name: str, *, needed: bool = False) -> str:
    """Give the text under a name, "" where it is absent; a whole number is its figures.

    Raises:
        Wrong: it is no text, or stands twice, or is absent and needed.
    """
    found = value.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if found is None or found == "":
        if needed:
            raise Wrong(f"{name} is missing")
        return ""
    if not isinstance(found, str):
        raise Wrong(f"{name} is no text, or stands twice")
    return found.strip()


def number(value: dict[str, Any], name: str) -> int | None:
    """Give the whole number under a name, None where it is absent.

    Raises:
        Wrong: it is no whole number, is negative, or is beyond a thousand million.
    """
    found = value.get(name)
    if found is None or found == "":
        return None
    whole = None
    if isinstance(found, str):
        whole = whole_number(found)
    elif isinstance(found, float):
        whole = int(found) if found.is_integer() and 0 <= found <= 10**9 else None
    elif isinstance(found, int) and not isinstance(found, bool):
        whole = found if 0 <= found <= 10**9 else None
    if whole is None:
        raise Wrong(f"{name} is no whole number of votes")
    return whole


def words(value: Any) -> list[str]:
    """Give texts that stand as a list, or in one text with blanks between (IDREFS of XML)."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return []


def said(value: Any) -> str:
    """Give the first wording of NIST's InternationalizedText, or a plain text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        for each in value.get("Text", []) if isinstance(value.get("Text"), list) else [value.get("Text")]:
            if isinstance(each, dict) and isinstance(each.get("Content"), str):
                return str(each["Content"]).strip()
            if isinstance(each, str):
                return each.strip()
    return ""


def wordings(value: Any) -> list[str]:
    """Give all wordings of NIST's InternationalizedText."""
    if isinstance(value, dict) and isinstance(value.get("Text"), list):
        return [said({"Text": [each]}) for each in value["Text"]]
    return [found] if (found := said(value)) else []
