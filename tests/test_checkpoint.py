"""A checkpoint gives the case that replaying gives, and is believed only where it fits its record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballotworthy.casework import Act, Case, Desk, checkpoint, replay
from ballotworthy.casework.events import fold
from ballotworthy.casework.plain_case import from_plain, to_plain
from ballotworthy.casework.plain_columns import plain_column, texts_of
from ballotworthy.casework.room import enter, keep_checkpoint
from ballotworthy.errors import RecordBroken
from ballotworthy.record import FileStorage, read_chain
from cases import ROLL, Clock, Memory, decided, desk_of, frame_lines, framed, record_file, ruled, sampled, whole_case


def same(case: Case, other: Case) -> bool:
    """Tell whether two cases are alike in every part; the law read is that of the law pinned."""
    plain = all(
        getattr(case, each.name) == getattr(other, each.name) for each in fields(case) if each.name not in APART
    )
    left, right = (
        {name: value for name, value in vars(each.frame).items() if name not in ("_text", "_ids")}
        for each in (case, other)
    )
    return plain and left == right and (case.rules is None) == (other.rules is None)


APART = ("rules", "frame")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a case that is certified, with its checkpoint, however short its record is."""
    monkeypatch.setattr(checkpoint, "WORTH", 1)
    record_file(tmp_path)
    (tmp_path / "private").mkdir()
    assert keep_checkpoint(enter(tmp_path, Clock()))
    return tmp_path


def test_at_every_event_behind_the_frame_plain_values_give_the_same_case() -> None:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk)
    lines = sampled(desk, every=True)
    typed = {"line": lines[-1], "fields": ["last_name"], "text": ROLL, "why": "misread"}
    desk.act(Act("ann", "retyped", typed), Act("ann", "retyped", typed))
    decided(desk, lines)
    twin = ruled(lines[4], reason="duplicate", of="voter of " + lines[0])
    twin = {**twin.body, "repeats": lines[0], "why": "seen beside it"}
    desk.act(
        Act("ann", "corrected", {name: said for name, said in twin.items() if name != "look"}),
        Act("ann", "challenged", {"line": lines[5], "side": "a\nb", "claim": "valid", "day": "2026-11-03"}),
        Act("ann", "admitted", {"id": "cid", "may": ["decide"]}),
        Act("ann", "assigned", {"person": "cid", "lines": lines[:3]}),
    )
    case, looked_at = Case(), 0
    for event in read_chain(iter(memory.rows), case.link):
        fold(case, event)
        if case.frame.fixed:
            again = from_plain(json.loads(json.dumps(to_plain(case))))
            assert same(case, again)
            looked_at += 1
    assert looked_at > len(lines)


def test_a_case_opened_half_way_is_followed_to_where_replaying_leads() -> None:
    memory = Memory()
    desk = desk_of(memory)
    framed(desk)
    lines = sampled(desk, every=True)
    decided(desk, lines)
    again_ruled = ({name: said for name, said in ruled(line).body.items() if name != "look"} for line in lines[:3])
    desk.act(*(Act("ann", "corrected", {**body, "why": "seen anew"}) for body in again_ruled))
    case, again = Case(), None
    for event in read_chain(iter(memory.rows), case.link):
        fold(case, event)
        if again is not None:
            fold(again, event)
        elif len(case.looks) == len(lines) // 2:
            again = from_plain(json.loads(json.dumps(to_plain(case))))
    assert again is not None
    assert same(case, again)
    assert list(again.looks) == list(case.looks)
    assert len(again.looks) == len(lines)


@given(st.lists(st.text(max_size=3) | st.sampled_from(["", "a", "\x7f"])), st.integers(1, 9))
def test_a_column_of_texts_comes_back_as_it_was(texts: list[str], times: int) -> None:
    for column in (texts, [text for text in texts for _ in range(times)], [str(at) for at in range(200)] + texts):
        assert texts_of(json.loads(json.dumps(plain_column(column)))) == column


@pytest.mark.parametrize("rows", [0, 1, 3, 200])
def test_rows_and_texts_of_any_kind_come_back_as_they_were(rows: int) -> None:
    framed(desk := desk_of())
    case = desk.case()
    case.assigned["ann"] = [f"line\n{at}" for at in range(rows)]
    case.assigned["bob"] = ["", *(str(at) for at in range(rows))]
    case.reopened = [{"pairs": [(at, f"{at}") for at in range(rows)], "Name": {"$set": ("a", 1), "": []}}]
    assert same(case, from_plain(json.loads(json.dumps(to_plain(case)))))


def test_a_case_is_opened_from_its_checkpoint_and_followed_from_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replayed = enter(folder, Clock()).case()
    read: list[int] = []
    monkeypatch.setattr(
        "ballotworthy.casework.desk.read_chain", lambda lines, _after: [*map(read.append, lines)] and []
    )
    room = enter(folder, Clock())
    assert same(room.case(), replayed)
    assert read == []


def test_what_was_written_behind_a_checkpoint_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "WORTH", 1)
    (tmp_path / "private").mkdir()
    storage = FileStorage(tmp_path / "case.record")
    desk = desk_of(storage)
    framed(desk)
    lines = sampled(desk, every=True)
    desk.act(*(ruled(line) for line in lines[:5]))
    assert checkpoint.keep(desk.case(), storage, tmp_path / "private")
    desk.act(*(ruled(line) for line in lines[5:9]))
    assert len(enter(tmp_path, Clock()).case().looks) == 9


def altered_record(folder: Path) -> None:
    path = folder / "case.record"
    path.write_bytes(path.read_bytes().replace(b'"reason":"not-registered"', b'"reason":"illegible000000"', 1))


def shortened_record(folder: Path) -> None:
    path = folder / "case.record"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-3]))


def other_release(folder: Path) -> None:
    rewritten(folder, lambda head, state: ({**head, "made_by": "0" * 64}, state))


def damaged_state(folder: Path) -> None:
    rewritten(folder, lambda head, state: (head, state.replace(b"not-registered", b"illegible00000", 1)))


def no_state(folder: Path) -> None:
    (folder / "private" / "checkpoint").write_bytes(b"\x00\xff nothing")


def rewritten(folder: Path, change: Callable[[Any, bytes], tuple[Any, bytes]]) -> None:
    path = folder / "private" / "checkpoint"
    first, _, state = path.read_bytes().partition(b"\n")
    head, state = change(json.loads(first), state)
    path.write_bytes(json.dumps(head).encode() + b"\n" + state)


@pytest.mark.parametrize("damage", [shortened_record, other_release, damaged_state, no_state])
def test_what_does_not_fit_is_replayed(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    expected = Case()
    replay(expected, FileStorage(folder / "case.record").read())
    assert same(enter(folder, Clock()).case(), expected)


ODD = st.sampled_from([None, -1, 7, 0.5, float("inf"), "", "a", [], {}, [None], {"$kind": "Event", "parts": []}])


def places_in(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to each part of a JSON value; of a long list to its first few."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places_in(part, (*at, key))


def with_part(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    """Give a JSON value with another part in a place, or without it where `new` is `...`."""
    if not at:
        return None if new is ... else new
    parts = dict(value) if isinstance(value, dict) else list(value)
    if len(at) == 1 and new is ...:
        del parts[at[0]]
    else:
        parts[at[0]] = with_part(parts[at[0]], at[1:], new)
    return parts


@settings(max_examples=200, database=None, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_somebody_wrote_into_a_checkpoint_nothing_is_raised(folder: Path, data: st.DataObject) -> None:
    path, storage = folder / "private" / "checkpoint", FileStorage(folder / "case.record")
    kept = path.read_bytes()
    first, _, state = kept.partition(b"\n")
    head, told = json.loads(first), json.loads(state)
    in_head = data.draw(st.booleans())
    changed = head if in_head else told
    place = data.draw(st.sampled_from(sorted(places_in(changed), key=repr)))
    changed = with_part(changed, place, data.draw(ODD | st.just(...)))
    state = state if in_head else json.dumps(changed).encode()
    head = changed if in_head else {**head, "state": hashlib.sha256(state).hexdigest()}
    try:
        path.write_bytes(json.dumps(head).encode() + b"\n" + state)
        assert checkpoint.kept_at(path.parent) >= -1
        assert isinstance(checkpoint.begun_with(storage, path.parent)(), Case)
    finally:
        path.write_bytes(kept)


def test_a_checkpoint_without_a_part_of_the_case_is_replayed(folder: Path) -> None:
    def without(head: Any, state: bytes) -> tuple[Any, bytes]:
        told = json.loads(state)
        del told["standing"]
        state = json.dumps(told).encode()
        return {**head, "state": hashlib.sha256(state).hexdigest()}, state

    rewritten(folder, without)
    assert enter(folder, Clock()).case().standing.closed


def test_a_checkpoint_hides_no_alteration_of_the_record(folder: Path) -> None:
    altered_record(folder)
    with pytest.raises(RecordBroken):
        enter(folder, Clock()).case()


def test_a_short_record_has_none(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path / "case.record")
    _, case = whole_case(storage)
    assert not checkpoint.keep(case, storage, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["case.record"]


def test_each_event_is_heard_once_also_of_another_process(tmp_path: Path) -> None:
    storage, heard = FileStorage(tmp_path / "case.record"), []
    clock = Clock()
    desk = Desk(storage, clock)
    framed(desk, frame_lines(20))
    desk.heard = lambda event: heard.append(event.seq)
    other = Desk(FileStorage(tmp_path / "case.record"), clock)
    lines = sampled(other, every=True)
    other.act(ruled(lines[0]))
    first = desk.case().link.seq
    desk.act(ruled(lines[1]))
    assert heard == [first - 1, first, first + 1]
