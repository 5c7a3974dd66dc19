"""The record: canonical form, chain, signed heads, keys; knows nothing of what events mean."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.errors import InputError, RecordBroken
from ballotworthy.record import (
    FIRST,
    Draft,
    Event,
    Head,
    Link,
    canonical,
    head_file,
    is_signed,
    make_office_key,
    make_voter_key,
    open_office_key,
    open_voter_key,
    parse,
    read_chain,
    read_event,
    read_head,
    seal,
    sign,
)
from cases import OFFICE, record_file

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.recursive(
    WORDS | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, False, -7]}, b'{"a":[true,false,-7],"b":1}'),
        # RFC 8785, 3.2.2.2: the string of its example
        ('\u20ac$\x0f\nA\'B"\\\\"/', b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ("\b\t\f\r\x7f\u2028", b'"\\b\\t\\f\\r\x7f\xe2\x80\xa8"'),
        ({}, b"{}"),
    ],
)
def test_a_value_has_one_canonical_form(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [1.5, None, 2**53, "\ud800", {"A": 1}, {"é": 1}, {1: 1}, {"a": [0.0]}, b"x"])
def test_what_has_no_place_in_a_record_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


@given(PLAIN)
def test_what_is_written_is_read(value: Any) -> None:
    assert parse(canonical(value)) == value


@pytest.mark.parametrize(
    "line",
    [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'"\\u0041"', b"1.0", b"NaN", b"[1", b"\xff", b"[" * 10_000],
)
def test_any_other_form_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"it is"):
        parse(line)


def test_the_hash_is_that_of_the_event_without_it() -> None:
    event, line = seal(Draft("2026-11-03T09:00:00Z", "ann", "noted", {"what": "x"}), Link(6, "a" * 64))
    plain = event._asdict()
    del plain["sha256"], plain["batch"]
    assert event.sha256 == sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    assert json.loads(line) == {**plain, "sha256": event.sha256}
    assert read_event(line, Link(6, "a" * 64)) == event


def test_the_shell_of_the_specification_hashes_an_event(tmp_path: Path) -> None:
    path = record_file(tmp_path)
    command = f"""sed -n 7p {path} | tr -d '\\n' | sed -E 's/,"sha256":"[0-9a-f]{{64}}"\\}}$/}}/' | sha256sum"""
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == json.loads(path.read_bytes().splitlines()[6])["sha256"]


def chained(number: int) -> list[bytes]:
    lines, at = [], FIRST
    for each in range(number):
        event, line = seal(Draft("2026-11-03T09:00:00Z", "ann", "noted", {"what": f"thing {each}"}), at)
        lines.append(line)
        at = event.link
    return lines


def test_a_chain_is_read_back() -> None:
    assert [event.body["what"] for event in read_chain(chained(3))] == ["thing 0", "thing 1", "thing 2"]


@settings(max_examples=300)
@given(st.data())
def test_no_byte_can_be_changed_unseen(data: st.DataObject) -> None:
    whole = b"\n".join(chained(3))
    at = data.draw(st.integers(0, len(whole) - 1))
    how = data.draw(st.sampled_from(["flip", "remove", "double", "swap"]))
    if how == "flip":
        broken = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    elif how == "remove":
        broken = whole[:at] + whole[at + 1 :]
    elif how == "double":
        broken = whole[: at + 1] + whole[at:]
    else:
        broken = whole[:at] + whole[at + 1 : at + 2] + whole[at : at + 1] + whole[at + 2 :]
    if broken == whole:
        return
    with pytest.raises(RecordBroken):
        list(read_chain(broken.split(b"\n")))


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 0, 2), (0, 2), (0, 0, 1, 2), (1, 2)])
def test_events_cannot_be_moved_taken_out_or_doubled(order: tuple[int, ...]) -> None:
    lines = chained(3)
    with pytest.raises(RecordBroken, match="does not hold"):
        list(read_chain(lines[at] for at in order))


def test_an_event_put_in_breaks_the_next() -> None:
    lines = chained(2)
    first = read_event(lines[0], FIRST)
    forged, line = seal(Draft(first.at, "eve", "noted", {"what": "another"}), first.link)
    with pytest.raises(RecordBroken, match="event 3 of the record does not hold"):
        list(read_chain([lines[0], line, lines[1]]))
    assert isinstance(forged, Event)


def test_a_head_is_signed_read_and_checked(tmp_path: Path) -> None:
    head = sign(OFFICE, "case 1", Link(7, "b" * 64))
    path = tmp_path / "head.json"
    path.write_bytes(head_file(head))
    assert read_head(path) == head
    assert is_signed(head)


@pytest.mark.parametrize(
    "changes",
    [
        {"case": "case 2"},
        {"link": Link(8, "b" * 64)},
        {"link": Link(7, "c" * 64)},
        {"key": "0" * 64},
        {"signature": "z"},
    ],
)
def test_a_signature_is_of_one_head_only(changes: dict[str, Any]) -> None:
    head = sign(OFFICE, "case 1", Link(7, "b" * 64))
    parts = {name: changes.get(name, getattr(head, name)) for name in ("case", "link", "key", "signature")}
    assert not is_signed(Head(**parts))


def test_what_is_no_head_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    for text in (b"{}", b"no", b"[1]"):
        path.write_bytes(text)
        with pytest.raises(InputError, match="signed head"):
            read_head(path)
    with pytest.raises(InputError, match="cannot be opened"):
        read_head(tmp_path / "nothing")


def test_keys_are_made_for_their_owner_only(tmp_path: Path) -> None:
    office, voters = tmp_path / "keys" / "office.key", tmp_path / "keys" / "voters.key"
    made, secret = make_office_key(office), make_voter_key(voters)
    assert [path.stat().st_mode & 0o777 for path in (office, voters)] == [0o600, 0o600]
    assert open_office_key(office).public == made.public
    assert open_voter_key(voters).hashed("123") == secret.hashed("123")
    assert secret.secret.hex() not in repr(secret)
    assert secret.hashed("123") != secret.commitment


def test_a_key_is_refused_that_is_not_safe_or_not_one(tmp_path: Path) -> None:
    path = tmp_path / "office.key"
    make_office_key(path)
    with pytest.raises(InputError, match="never overwritten"):
        make_office_key(path)
    with pytest.raises(InputError, match="does not hold a key"):
        open_voter_key(path)
    path.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        open_office_key(path)
    with pytest.raises(InputError, match="there is no key file"):
        open_office_key(tmp_path / "nothing")


def test_a_voter_is_hashed_by_hmac() -> None:
    """RFC 4231, test case 2, with the key and the data as they stand there."""
    from ballotworthy.record import VoterKey

    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert VoterKey(b"Jefe").hashed("what do ya want for nothing?") == expected
