"""What events change in the tables that pages read, in the transaction that puts them into the record.

A ruling takes its line from the desk on which it lay for that look; who ruled on it there may take it back. What was
taken back waits no longer once its line is ruled anew. Who is dismissed, or loses a role, has no line on the desk
any more for what he may not do: others are given it at once, and it is kept whose act took how many away. What who is
dismissed has signed as the first of two, or as one who compared, counts no more, whoever admits him again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

FIRST, SECOND, THIRD, AGAIN = "first", "second", "third", "again"
RULINGS = {"decision": "", "resolved": THIRD, "corrected": AGAIN}
"""Kinds of events that rule on a line, and for which look; a decision says it itself."""
LOOKS_OF = {"decide": (FIRST, SECOND), "resolve": (THIRD, AGAIN)}
"""Which looks a role makes."""
MARKS = tuple(f'"kind":"{kind}"'.encode() for kind in (*RULINGS, "admitted", "dismissed"))
ANEW = frozenset({THIRD, AGAIN})
AT_ONCE = 500
Statement = tuple[str, list[Any]]
LAST_RULED = """
    INSERT INTO office_lastruled (held_id, account_id, line)
    SELECT lease.held_id, lease.account_id, MAX(lease.line)
    FROM office_lease AS lease JOIN office_account AS account ON account.id = lease.account_id
    WHERE lease.held_id = %s AND (lease.line, lease.look, account.name) IN (VALUES {})
    GROUP BY lease.held_id, lease.account_id
    ON CONFLICT (held_id, account_id) DO UPDATE SET line = excluded.line
"""
FROM_DESKS = "DELETE FROM office_lease WHERE held_id = %s AND (line, look) IN (VALUES {})"
NO_DESK = """
    DELETE FROM office_lease WHERE held_id = %s AND look IN ({})
    AND account_id IN (SELECT id FROM office_account WHERE name = %s)
"""
WENT_BACK = """
    INSERT INTO office_wentback (held_id, account_id, "by", why, lines, at)
    SELECT lease.held_id, lease.account_id, %s, 'role lost', COUNT(*), %s
    FROM office_lease AS lease JOIN office_account AS account ON account.id = lease.account_id
    WHERE lease.held_id = %s AND lease.look IN ({}) AND account.name = %s
    GROUP BY lease.held_id, lease.account_id
"""
NOT_SIGNED = """
    DELETE FROM office_consent
    WHERE held_id = %s AND account_id IN (SELECT id FROM office_account WHERE name = %s)
"""
NOT_WAITING = "DELETE FROM office_takenback WHERE held_id = %s AND line IN ({})"


def follow(held_id: int, lines: Sequence[bytes]) -> Iterator[Statement]:
    """Give what the lines of a record do in the tables of its case; it belongs into the transaction that adds them."""
    ruled: dict[tuple[str, str], str] = {}
    unseated: list[tuple[dict[str, Any], list[str]]] = []
    for text in lines:
        if any(mark in text for mark in MARKS):
            event = json.loads(text)
            if event["kind"] in ("admitted", "dismissed"):
                unseated.append((event, _looks_without(event["body"].get("may", ()))))
            look = RULINGS.get(event["kind"])
            if look is not None:
                look = look or (FIRST if event["body"]["look"] == 1 else SECOND)
                ruled[event["body"]["line"], look] = event["by"]
    rows = [(line, look, by) for (line, look), by in ruled.items()]
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        yield _of_rows(LAST_RULED, held_id, some)
        yield _of_rows(FROM_DESKS, held_id, [(line, look) for line, look, _ in some])
        anew = [line for line, look, _ in some if look in ANEW]
        if anew:
            yield NOT_WAITING.format(", ".join(["%s"] * len(anew))), [held_id, *anew]
    for event, looks in unseated:
        if looks:
            which, person = ", ".join(["%s"] * len(looks)), event["body"]["id"]
            when = dt.datetime.fromisoformat(event["at"]).replace(tzinfo=None)  # as both databases take it: in UTC
            yield WENT_BACK.format(which), [event["by"], when, held_id, *looks, person]
            yield NO_DESK.format(which), [held_id, *looks, person]
        if event["kind"] == "dismissed":
            yield NOT_SIGNED, [held_id, event["body"]["id"]]


def _looks_without(roles: Sequence[str]) -> list[str]:
    return [look for role, looks in LOOKS_OF.items() if role not in roles for look in looks]


def _of_rows(statement: str, held_id: int, rows: Sequence[tuple[str, ...]]) -> Statement:
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    return statement.format(", ".join([one] * len(rows))), [held_id, *(cell for row in rows for cell in row)]
