"""The keys of the work page: one table of what they do; each account may have others, or none at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.office.models import Account

ACTIONS = {
    "accept": ("a", "accept the first candidate"),
    "refuse": ("r", "refuse: opens the grounds of this place, by number"),
    "search": ("/", "search the roll as you type, begun with what stands on the line"),
    "retype": ("e", "type cells anew that were misread; the line is matched anew at once"),
    "undo": ("u", "take your last ruling back; whoever only decides leaves it to somebody who resolves"),
    "skip": ("s", "put this line behind the others on your desk"),
    "row": ("z", "the whole row as it was scanned, and away again"),
    "sheet": ("Z", "all rows of its sheet, and away again"),
    "lock": ("L", "lock this station until your password or PIN; on every page"),
    "help": ("?", "these keys"),
}
"""What can be done by a key: the key as it comes, and what it does in words."""
FIXED = {
    "1 … 9": "accept the candidate of that number; where grounds are open, refuse on the ground of that number, "
    "and on those behind the ninth by b, c, d …, as each shows",
    "Escape": "close what is open",
}
"""Keys that stay, but that nobody need have numbers."""
DIGITS = "123456789bcdefghijklmnopqtvwxyz"
"""Keys of grounds while they are open: digits first, then letters that mean nothing else as the keys come."""
LOCK, OFF = "lock", "off"


def keys_of(account: Account) -> dict[str, str]:
    """Give an account's key for each action, "" for none; `OFF` is there where it has no keys of one character."""
    own = account.keys if account.is_authenticated else {}
    if own.get(OFF):
        return {**dict.fromkeys(ACTIONS, ""), OFF: OFF}
    return {action: own.get(action, key) for action, (key, _) in ACTIONS.items()}


def shown(keys: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Give the keys that act, with what each does."""
    numbers, leave = FIXED.items()
    own = [(key, words) for action, (_, words) in ACTIONS.items() if (key := keys[action])]
    return [*([] if keys.get(OFF) else [numbers]), *own, leave]


def set_keys(account: Account, said: Mapping[str, str]) -> None:
    """Give an account its own keys, by action; `OFF` among them turns all off.

    Raises:
        InputError: one is no key of its own, two are the same, or that which locks could be struck for a ground.
    """
    if OFF in said:
        account.keys = {OFF: True}
    else:
        chosen = {action: said.get(action, key).strip() for action, (key, _) in ACTIONS.items()}
        pressed = [key for key in chosen.values() if key]
        if any(len(key) != 1 or not key.isprintable() or key.isdigit() for key in pressed):
            raise InputError("a key is one letter or sign, and no digit: digits choose the candidates.")
        if len(set(pressed)) < len(pressed):
            raise InputError("two actions have the same key. Give each its own, or none.")
        if chosen[LOCK] in DIGITS and chosen[LOCK]:
            raise InputError("the key that locks acts everywhere: take a capital, so that no ground has it too.")
        account.keys = {action: key for action, key in chosen.items() if key != ACTIONS[action][0]}
    account.save(update_fields=["keys"])
