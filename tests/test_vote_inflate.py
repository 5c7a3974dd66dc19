"""Zips of many small files are unpacked by compiled code: what zlib gives, or nothing."""

from __future__ import annotations

import zlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.vote.formats.inflate import inflated

CONTENTS = st.one_of(
    st.binary(max_size=400),
    st.text("abc<>/ ", max_size=900).map(str.encode),
    st.tuples(st.binary(max_size=60), st.integers(1, 400)).map(lambda each: each[0] * each[1]),
)
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED)


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, bytes]:
    content = draw(CONTENTS)
    packer = zlib.compressobj(draw(st.integers(0, 9)), zlib.DEFLATED, -15, 9, draw(st.sampled_from(STRATEGIES)))
    cut = draw(st.integers(0, len(content)))
    packed = packer.compress(content[:cut]) + packer.flush(zlib.Z_FULL_FLUSH)
    return content, packed + packer.compress(content[cut:]) + packer.flush()


def unpacked(given: list[tuple[bytes, bytes]]) -> bytes | None:
    def column(numbers: list[int]) -> np.ndarray:
        return np.array(numbers, np.int64)

    lengths = [len(packed) for _, packed in given]
    found = inflated(
        b"".join(packed for _, packed in given), column([sum(lengths[:at]) for at in range(len(given))]),
        column(lengths), column([len(content) for content, _ in given]),
        column([zlib.crc32(content) for content, _ in given]), np.ones(len(given), bool),
    )  # fmt: skip
    return None if found is None else found[0].tobytes()


@settings(max_examples=60)
@given(st.lists(streams(), min_size=1, max_size=4))
def test_any_stream_of_zlib_is_unpacked(given: list[tuple[bytes, bytes]]) -> None:
    assert unpacked(given) == b"".join(content + b"\n" for content, _ in given)


@settings(max_examples=120)
@given(streams(), st.data())
def test_a_damaged_stream_is_unpacked_as_zlib_does_or_not_at_all(
    given: tuple[bytes, bytes], data: st.DataObject
) -> None:
    content, packed = given
    broken = bytearray(packed)
    broken[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    broken = broken[: data.draw(st.integers(0, len(broken)))]
    assert unpacked([(content, bytes(broken))]) in (None, content + b"\n")
