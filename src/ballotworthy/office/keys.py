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
    "and on those behind the ninth by b, c, d …, as each shows, once they have been open for a moment",
    "Escape": "close what is open",
}
"""Keys that stay, but that nobody need have numbers."""
DIGITS = "123456789bcdfghij"
"""Keys of grounds while they are open: digits first, then letters that mean nothing else, as the keys come or as one's
own: whoever pressed such a key twice would refuse on a ground that he did not choose. No place has more grounds.
"""
LOCK, OFF = "lock", "off"


def keys_of(account: Account) -> dict[str, str]:
    """Give an account's key for each action, "" for none; `OFF` is there where it has no keys of one character."""
    if is_off(account):
        return {**dict.fromkeys(ACTIONS, ""), OFF: OFF}
    return chosen_by(account)


def is_off(account: Account) -> bool:
    """Tell whether an account has turned all keys of one character off."""
    return account.is_authenticated and bool(account.keys.get(OFF))


def chosen_by(account: Account) -> dict[str, str]:
    """Give the keys that an account has, or has again once they are not `OFF`.

    One kept before it was a ground's is none any more: as it comes where nothing else has that key, else "".
    """
    own = account.keys if account.is_authenticated else {}
    keys = {action: own.get(action, key) for action, (key, _) in ACTIONS.items()}
    for action, (usual, _) in ACTIONS.items():
        if keys[action] and keys[action] in DIGITS:
            keys[action] = "" if usual in keys.values() else usual
    return keys


def shown(keys: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Give the keys that act, with what each does."""
    numbers, leave = FIXED.items()
    own = [(key, words) for action, (_, words) in ACTIONS.items() if (key := keys[action])]
    return [*([] if keys.get(OFF) else [numbers]), *own, leave]


def set_keys(account: Account, said: Mapping[str, str]) -> None:
    """Give an account its own keys, by action; `OFF` among them turns all off, and keeps them for later.

    Raises:
        InputError: one is no key of its own, two are the same, or one is a ground's in some place.
    """
    chosen = {action: said.get(action, key).strip() for action, (key, _) in ACTIONS.items()}
    pressed = [key for key in chosen.values() if key]
    if any(len(key) != 1 or not key.isprintable() or key.isdigit() for key in pressed):
        raise InputError("a key is one letter or sign, and no digit: digits choose the candidates.")
    if len(set(pressed)) < len(pressed):
        raise InputError("two actions have the same key. Give each its own, or none.")
    if taken := [key for key in pressed if key in DIGITS]:
        raise InputError(
            f"“{taken[0]}” is the key of a ground in some places: pressed twice, it would refuse a line on a ground "
            f"that nobody chose. Take a capital, or a letter other than {', '.join(filter(str.isalpha, DIGITS))}."
        )
    own = {action: key for action, key in chosen.items() if key != ACTIONS[action][0]}
    account.keys = {**own, OFF: True} if OFF in said else own
    account.save(update_fields=["keys"])


def as_they_come(account: Account) -> None:
    """Give an account the keys as they come, in place of its own."""
    account.keys = {}
    account.save(update_fields=["keys"])
