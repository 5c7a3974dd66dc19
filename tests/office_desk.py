"""A desk under test: which line lies on it, ruling on that, and what the record then says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest
    from django.test import Client

    from ballotworthy.casework.bench import Bench
    from office_site import Office

WORK = "/cases/demo/work"


def lines_on(client: Client, look: str = "first") -> str:
    """Give the line that lies on somebody's desk; "" where none does."""
    found = re.search(r'data-line="([^"]*)"', client.get(f"{WORK}/{look}").content.decode())
    assert found
    return found[1]


def ruled(client: Client, line: str, look: str = "first", **said: Any) -> int:
    return client.post(f"{WORK}/{look}/rule", {"line": line, "roll": now_named(), **said}).status_code


def accept(client: Client, line: str, look: str = "first") -> int:
    """Accept the first candidate of a line, or refuse it as illegible where the machine found none."""
    row = rows_of(client.get(f"{WORK}/{look}").content.decode())
    return ruled(client, line, look, **({"row": row[0]} if row else {"reason": "illegible"}))


def now_named() -> str:
    """Give the digest of the register that is named, as the desk bears it."""
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import case_of

    return next(reversed(case_of(HeldCase.objects.get(slug="demo")).rolls))


def other_is_named_after(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    """Have another process name a register between the look of a page's module at the one named, and the record."""
    from ballotworthy.casework import Act
    from ballotworthy.office import shown_register
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import enter_held, now

    def made_sure(bench: Bench, shown: str) -> None:
        shown_register.make_sure(bench, shown)
        room = enter_held(HeldCase.objects.get(slug="demo"), now)
        said = {"roll": "f" * 64, "day": "2024-05-01", "voters": 9}
        room.write(lambda case: [] if said["roll"] in case.rolls else [Act("manager", "roll", said)])

    monkeypatch.setattr(f"ballotworthy.office.pages.{page}.make_sure", made_sure)


def roll_of(page: str) -> str:
    """Give the digest of the register by which a page was made; "" where it bears none."""
    found = re.search(r'name="roll" value="(\w+)"', page)
    return found[1] if found else ""


def rows_of(page: str) -> list[str]:
    return re.findall(r'name="row" value="(\d+)"', page)


def events(office: Office, kind: str) -> Iterator[dict[str, Any]]:
    for text in office.record().splitlines():
        event = json.loads(text)
        if event["kind"] == kind:
            yield event


def second_looks(share: int) -> None:
    from ballotworthy.office.models import HeldCase

    HeldCase.objects.update(second_share=share)
