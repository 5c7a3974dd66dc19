"""The tree of errors as drawn, what each class knows, and messages that say what, where and what to do."""

from __future__ import annotations

import re

import pytest

from ballotworthy import errors
from ballotworthy.errors import BallotworthyError, Fault, FileFaults, UnknownName

ROW = re.compile(r"^    (?P<stem>[│├└─ ]*)(?P<name>[A-Z]\w+)(?: +exit (?P<code>\d) +(?P<status>\d{3}))? ")


def drawn() -> dict[str, tuple[str | None, int, int]]:
    """Read the tree of the module's docstring: parent, exit code and HTTP status of each class, inherited if blank."""
    tree: dict[str, tuple[str | None, int, int]] = {}
    above: list[str] = []
    for line in str(errors.__doc__).splitlines():
        if row := ROW.match(line):
            depth = len(row["stem"]) // 4
            parent = above[depth - 1] if depth else None
            above[depth:] = [row["name"]]
            code, status = (row["code"], row["status"]) if row["code"] else tree[str(parent)][1:]
            tree[row["name"]] = (parent, int(code), int(status))
    return tree


def classes(root: type[BallotworthyError]) -> list[type[BallotworthyError]]:
    ours = [child for child in root.__subclasses__() if child.__module__.startswith("ballotworthy")]
    return [root, *(each for child in ours for each in classes(child))]


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    real = {
        each.__name__: (
            None if each is BallotworthyError else each.__bases__[0].__name__,
            each.exit_code,
            each.http_status,
        )
        for each in classes(BallotworthyError)
    }
    assert drawn() == real


def test_only_what_is_not_the_users_doing_exits_with_one() -> None:
    assert [each.__name__ for each in classes(BallotworthyError) if each.exit_code != 2] == ["BallotworthyError"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(7, "DOB", "no day", "Write one"), "line 7, column DOB: no day. Write one"),
        (Fault(7, None, "no day", "Write one"), "line 7: no day. Write one"),
        (Fault(None, "DOB", "no day", "Write one"), "column DOB: no day. Write one"),
        (Fault(None, None, "no day", "Write one"), "no day. Write one"),
    ],
)
def test_a_fault_says_where_what_and_what_to_do(fault: Fault, expected: str) -> None:
    assert str(fault).removesuffix(".") == expected


def test_all_faults_of_a_file_come_in_one_message() -> None:
    error = FileFaults("a.csv", [Fault(2, None, "one", "Do"), Fault(3, None, "two", "Do")])
    assert str(error).splitlines()[0] == "a.csv cannot be used: 2 faults."
    assert [line.split(":")[0] for line in str(error).splitlines()[1:]] == ["  line 2", "  line 3"]
    assert str(FileFaults("a.csv", [Fault(2, None, "one", "Do")])).startswith("a.csv cannot be used: 1 fault.\n")


@pytest.mark.parametrize(("kept", "total", "more"), [(20, None, None), (21, None, 1), (20, 5_000, 4_980), (3, 3, None)])
def test_the_first_twenty_faults_are_told_and_the_others_counted(
    kept: int, total: int | None, more: int | None
) -> None:
    error = FileFaults("a.csv", [Fault(at, None, "wrong", "Do") for at in range(1, kept + 1)], total)
    lines = str(error).splitlines()
    assert error.total == (kept if total is None else total)
    assert len(error.faults) == min(kept, 20)
    assert len(lines) == 1 + min(kept, 20) + (more is not None)
    assert (lines[-1] == f"  ... and {more:,} more.") if more else ("more" not in lines[-1])


def test_an_unknown_name_offers_the_nearest_and_lists_all() -> None:
    error = UnknownName("place", "us-cal", ["us-ca", "us-wa"])
    assert str(error) == "there is no place 'us-cal'. Did you mean us-ca? Known: us-ca, us-wa."
    assert (error.given, error.known) == ("us-cal", ("us-ca", "us-wa"))
    assert str(UnknownName("kind", "xyz", [])) == "there is no kind 'xyz'. Known: none."
