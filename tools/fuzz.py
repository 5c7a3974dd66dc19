"""Spoil small sound files of every kind that is read, and see that each reader answers or refuses, and does no worse.

    PYTHONPATH=src python tools/fuzz.py --count 20000            # every reader in turn, seeds 0 to 19999
    PYTHONPATH=src python tools/fuzz.py --seed 4711 --count 1    # one input again; --keep FOLDER keeps the file
    PYTHONPATH=src python tools/fuzz.py --only nist,snapshot     # some readers

An input must end in a result or an error of our own tree: no traceback, no panic of a library, not longer than ten
seconds of the processor, and not beyond a gigabyte more. The seed of an input decides all of it.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from ballotworthy.errors import BallotworthyError
from ballotworthy.vote.formats import blocks

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / each) for each in ("tools", "tests", "tests/data")]

from fuzz_seed import Seed  # noqa: E402 - it and the tests are found only now
from fuzz_seeds import named, seeds  # noqa: E402

SECONDS, MEMORY = 10, 1 << 30
NUMBERS = (b"0", b"-1", b"1e400", b"NaN", b"99999999999999999999999", b"1.5", b"007", b"9" * 5000, b"1/0", b"\xd9\xa3")
DAYS = (b"0000-01-01", b"9999-12-31", b"2026-02-30", b"10000-01-01", b"01/02/03", b"-2026-01-01")
SIGNS = b'\0 \xff\xfe \xef\xbb\xbf " "" \' , ; { } [ ] [[ ]] < > </ <!-- <![CDATA[ &amp; &x; = ="1" null true'
CODES = b"\\ \\u0000 \\ud800 \x1b[31m \xe2\x80\xae \xc3 \xed\xa0\x80 \xef\xbf\xbe PK\x03\x04 PAR1"
JUNK = (
    *SIGNS.split(b" "), *CODES.split(b" "), b"", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b" " * 300, b"[" * 3000,
    b'{"a":' * 3000, b"x" * 70000, b"<!DOCTYPE x>", b"=cmd|x", b"../x", "\ue0000\ue000".encode(),
)  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """An input that did not end as it must."""

    seed: int
    name: str
    what: str
    where: str

    def __str__(self) -> str:
        """Give it as a line."""
        return f"seed {self.seed}: {self.name}: {self.what}\n    {self.where}"


def main(given: Sequence[str] | None = None) -> int:
    """Run, print what broke, and give how many did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the first input")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--only", default="", help="readers, by how their names begin, with commas between")
    parser.add_argument("--keep", type=Path, help="keep what was given to the reader in this folder")
    asked = parser.parse_args(given)
    start = time.perf_counter()
    only = [each for each in asked.only.split(",") if each]
    broken, told = fuzz(asked.seed, asked.count, only, asked.keep, lambda each: print(each, flush=True))
    for name, ends in sorted(told.items()):
        print(f"  {name}: " + ", ".join(f"{number:,} {end}" for end, number in ends.most_common()))
    taken = time.perf_counter() - start
    print(f"{asked.count:,} inputs from seed {asked.seed} in {taken:.0f} s: {len(broken):,} broke")
    return min(len(broken), 1)


def fuzz(
    first: int,
    count: int,
    only: Sequence[str] = (),
    keep: Path | None = None,
    tell: Callable[[Broken], object] = lambda _: None,
) -> tuple[list[Broken], dict[str, Counter[str]]]:
    """Give what broke, and by reader how inputs ended."""
    broken: list[Broken] = []
    told: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as sound, tempfile.TemporaryDirectory() as work:
        made = named(seeds(Path(sound)), only)
        for number in range(first, first + count):
            seed = made[number % len(made)]
            copy = _spoilt(seed, random.Random(number), Path(work))
            if keep:
                shutil.copytree(work, keep, dirs_exist_ok=True)
            end, where = ended(seed.read, copy)
            told.setdefault(seed.name, Counter())[end if not where else "broke"] += 1
            if where:
                broken.append(Broken(number, seed.name, end, where))
                tell(broken[-1])
            shutil.rmtree(copy) if copy.is_dir() else copy.unlink()
            for each in Path(work).iterdir():
                shutil.rmtree(each) if each.is_dir() else each.unlink()
    return broken, told


def ended(read: Callable[[Path], object], path: Path) -> tuple[str, str]:
    """Give how a reader ended, and where it broke, "" if it did not."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.signal(signal.SIGPROF, _late)  # of the processor's time: others may be at work
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    start = time.process_time()
    try:
        read(path)
        end = "read", ""
    except BallotworthyError as error:
        signal.setitimer(signal.ITIMER_PROF, 0)
        end = "refused", "" if str(error).strip() else "a message without words"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of a library in Rust is no Exception
        signal.setitimer(signal.ITIMER_PROF, 0)
        at = [each for each in traceback.extract_tb(error.__traceback__) if "ballotworthy" in each.filename][-1:]
        place = "; ".join(f"{Path(each.filename).name}:{each.lineno} {each.line}" for each in at)
        end = f"{type(error).__name__}: {str(error)[:150]}", place or "outside of the program"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    if not end[1] and grown > MEMORY:
        end = f"took {grown >> 20:,} MiB", "memory"
    if not end[1] and time.process_time() - start > SECONDS:
        end = f"took {time.process_time() - start:.0f} s", "time"
    return end


class Late(BaseException):
    """A reader took too long."""


def _late(_: int, frame: FrameType | None) -> None:
    raise Late(f"after {SECONDS} s, in {frame.f_code.co_filename}:{frame.f_lineno}" if frame else "")


def _spoilt(seed: Seed, chance: random.Random, work: Path) -> Path:
    """Copy a seed and spoil one of its files."""
    copy = work / seed.path.name
    if seed.path.is_dir():
        shutil.copytree(seed.path, copy)
    else:
        shutil.copy(seed.path, copy)
    file = chance.choice(seed.spoilt)
    target = copy / file.relative_to(seed.path) if seed.path.is_dir() else copy
    blocks.WORTH_CUTTING = chance.choice([1, 1 << 18])  # small files are read in blocks too, half of them
    if chance.random() < 0.01:
        target.unlink()
        target.mkdir()
        return copy
    target.write_bytes(spoilt(target.read_bytes(), chance))
    return copy


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Spoil bytes: in a zip mostly what is packed."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.8:
        return _repacked(data, chance)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        data = chance.choice(WAYS)(data, chance)[: 1 << 23]
    return data


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        which = chance.choice(names)
        for name in names:
            inner = old.read(name)
            if name == which:
                inner = spoilt(inner, chance) if chance.random() < 0.97 else inner + b" " * (30 << 20)
            if name != which or chance.random() < 0.97:
                new.writestr(name, inner)
    return out.getvalue()


def _piece(data: bytes, chance: random.Random, most: int = 40) -> tuple[int, int]:
    at = chance.randrange(len(data) + 1)
    return at, min(len(data), at + chance.randrange(most))


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 4, 30])):
        at = chance.randrange(len(found))
        found[at] = chance.choice([found[at] ^ 1 << chance.randrange(8), 0, 255, chance.randrange(256)])
    return bytes(found)


def _junk(data: bytes, chance: random.Random) -> bytes:
    begin, end = _piece(data, chance, chance.choice([1, 2, 10]))
    return data[:begin] + chance.choice(JUNK) + data[end:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _out(data: bytes, chance: random.Random) -> bytes:
    begin, end = _piece(data, chance, chance.choice([4, 40, 400]))
    return data[:begin] + data[end:]


def _twice(data: bytes, chance: random.Random) -> bytes:
    begin, end = _piece(data, chance, chance.choice([10, 200, 2000]))
    return data[:end] + data[begin:end] * chance.choice([1, 1, 2, 50]) + data[end:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """Put something odd where figures stand."""
    at = [place for place in range(min(len(data), 1 << 20)) if data[place : place + 1].isdigit()]
    if not at:
        return _junk(data, chance)
    begin = end = chance.choice(at)
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    return data[:begin] + chance.choice([*NUMBERS, *DAYS]) + data[end:]


def _word(data: bytes, chance: random.Random) -> bytes:
    """Put one word of the file where another stands, or change its case."""
    words = [
        each[:99]
        for each in data[: 1 << 20].replace(b'"', b" ").replace(b",", b" ").replace(b"<", b" ").split()
        if len(each) > 1
    ]
    if not words:
        return _junk(data, chance)
    old = chance.choice(words)
    new = chance.choice([chance.choice(words), old.swapcase(), b"", b" ", old * 2, old[:9] * 9000])
    at = data.find(old, chance.randrange(len(data)))
    at = data.find(old) if at < 0 else at
    return data[:at] + new + data[at + len(old) :]


def _line(data: bytes, chance: random.Random) -> bytes:
    """Move, repeat or drop a line."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    taken = lines.pop(at)
    for _ in range(chance.choice([0, 1, 2])):
        lines.insert(chance.randrange(len(lines) + 1), taken)
    return b"\n".join(lines)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _junk, _junk, _cut, _out, _twice, _number, _number, _word, _word, _line,
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
