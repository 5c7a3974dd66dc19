"""Invented handwriting: fonts drawn letter by letter, none twice alike, with a pen, an ink and a slant of its own.

A font repeats each letter exactly, which no hand does; so every letter is turned, moved and spaced by chance, and the
word is slanted and waved. It stays kinder than pens are. Few signatures can be read beyond their first letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from PIL import ImageFont

PACKAGES = ("kalam", "caveat", "indie-flower", "shadows-into-light", "delius")
"""Packages of handwriting fonts under the Open Font License, without their `fontpkg-`."""
ENDINGS = (".ttf", ".otf")
LEGIBLE = 0.3
"""The share of signers whose signature is their name written out; a guess. Of others the first letters can be read."""
ROOM = 60
"""Pixels around a letter in which it may be turned."""


@dataclass(frozen=True)
class Hand:
    """How one signer writes.

    Attributes:
        font: its file.
        capitals: whether in capitals alone.
        slant: of the writing, as a shear.
        ink: grey of the pen, 0 black.
        pen: pixels by which strokes are wider, or narrower below 0.
        loose: how unlike two letters of a kind are; 1 is neat.
    """

    font: Path
    capitals: bool
    slant: float
    ink: int
    pen: int
    loose: float


def fonts_in(folder: Path | None) -> list[Path]:
    """Give the handwriting fonts of a folder, or those of the packages that are installed, by name.

    Raises:
        InputError: there is none.
    """
    if folder is not None:
        found = sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS)
        if not found:
            raise InputError(
                f"there is no font ({' or '.join(ENDINGS)}) in {folder}. Give a folder of handwriting fonts."
            )
        return found
    found = []
    for name in PACKAGES:
        spec = find_spec(f"fontpkg_{name.replace('-', '_')}")
        if spec is not None and spec.origin is not None:
            found += sorted((Path(spec.origin).parent / "files").glob("*.ttf"))
    if not found:
        packages = " ".join(f"fontpkg-{name}" for name in PACKAGES)
        raise InputError(
            f"sheets are filled with handwriting fonts, and none is installed. Install some: pip install {packages}; "
            "or give a folder of them with --fonts."
        )
    return found


def invent_hand(fonts: Sequence[Path], loose: float, rng: np.random.Generator) -> Hand:
    """Give a signer's hand."""
    return Hand(
        fonts[int(rng.integers(len(fonts)))],
        bool(rng.random() < 0.4),
        float(rng.normal(0, 0.06 + 0.05 * loose)),
        int(rng.uniform(10, 90)),
        int(rng.integers(-1, 2)),
        loose,
    )


def write(text: str, hand: Hand, width: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Give a text as a hand writes it, white around, small enough for a width; uint8 (height, width)."""
    words = text.upper() if hand.capitals else text
    return _waved(_letters(words, hand, size, rng), hand, width, size, rng)


def sign(name: str, hand: Hand, width: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Give a signature: the name written quickly, or of each part the first letters and a stroke that runs out."""
    if rng.random() < LEGIBLE:
        return write(name, replace(hand, capitals=False, loose=1.5 * hand.loose), width, size, rng)
    shown = int(rng.integers(1, 3))
    parts = [_letters(word[:shown], hand, size, rng) for word in name.split()]
    drawn = [_run_out(part, len(word) - shown, hand, size, rng) for part, word in zip(parts, name.split(), strict=True)]
    return _waved(np.hstack(drawn) if drawn else _letters(name, hand, size, rng), hand, width, size, rng)


def _run_out(letters: np.ndarray, more: int, hand: Hand, size: int, rng: np.random.Generator) -> np.ndarray:
    """Give the first letters with a wave behind them in the place of those that are not written out."""
    import cv2

    columns = np.flatnonzero((letters < 200).any(axis=0))
    begin, end = (int(columns[0]), int(columns[-1])) if len(columns) else (0, 0)
    letters, end = letters[:, max(0, begin - ROOM // 2) :], min(end - begin + ROOM // 2, end)
    reach = round(0.35 * size * max(1, more) * rng.uniform(0.7, 1.3))
    canvas = np.full((letters.shape[0], end + reach + size // 2), 255, np.uint8)
    canvas[:, :end] = letters[:, :end]
    xs = np.arange(reach)
    tall = 0.22 * size * rng.uniform(0.5, 1.2) * np.linspace(1, rng.uniform(0, 0.4), reach)
    middle = ROOM + 0.85 * size - rng.normal(0, 0.004) * xs
    ys = middle + tall * np.sin(2 * np.pi * xs / (size * rng.uniform(0.25, 0.6)) + rng.uniform(0, 6))
    stroke = np.stack([end + xs, ys], axis=1).round().astype(np.int32)
    cv2.polylines(canvas, [stroke], isClosed=False, color=(float(hand.ink),), thickness=max(2, 4 + hand.pen))
    return canvas


def _waved(drawn: np.ndarray, hand: Hand, width: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Give what was drawn as the hand slants and waves it, cut, small enough for a width."""
    import cv2  # here, since other simulations do without the extra

    high, wide = drawn.shape
    shear = np.array([[1, hand.slant, max(0.0, -hand.slant * high)], [0, 1, 0]], np.float32)
    drawn = cv2.warpAffine(drawn, shear, (wide + round(abs(hand.slant) * high), high), borderValue=(255.0,))
    ys, xs = np.mgrid[0 : drawn.shape[0], 0 : drawn.shape[1]].astype(np.float32)
    wave, period = 0.9 * hand.loose, float(rng.uniform(25, 60))
    across = (xs + wave * np.sin(ys * 3 / period)).astype(np.float32)
    down = (ys + wave * np.sin(xs / period + 6 * rng.random())).astype(np.float32)
    drawn = cv2.remap(drawn, across, down, cv2.INTER_LINEAR, borderValue=(255.0,))
    inked = np.nonzero(drawn < 200)
    if not len(inked[0]):
        return np.full((1, 1), 255, np.uint8)
    cut = drawn[inked[0].min() : inked[0].max() + 1, inked[1].min() : inked[1].max() + 1]
    fits = min(1.0, width / cut.shape[1], 1.7 * size / cut.shape[0])
    if fits < 1:
        shape = (max(1, round(cut.shape[1] * fits)), max(1, round(cut.shape[0] * fits)))
        cut = cv2.resize(cut, shape, interpolation=cv2.INTER_AREA)
    return np.asarray(cut, np.uint8)


def _letters(words: str, hand: Hand, size: int, rng: np.random.Generator) -> np.ndarray:
    import cv2
    from PIL import Image, ImageDraw

    font = _font(hand.font, size)
    high = 2 * size + 2 * ROOM
    canvas = np.full((high, int(font.getlength(words) * 1.4) + 4 * ROOM + size), 255, np.uint8)
    x = float(2 * ROOM)
    for letter in words:
        across = int(font.getlength(letter)) + 2 * ROOM
        glyph = Image.new("L", (across, high), 255)
        place = (ROOM, ROOM + float(rng.normal(0, 0.02 * size * hand.loose)))
        ImageDraw.Draw(glyph).text(place, letter, font=font, fill=hand.ink)
        turned = np.asarray(glyph.rotate(rng.normal(0, 1.6 * hand.loose), Image.Resampling.BILINEAR, fillcolor=255))
        left = round(x) - ROOM
        part = canvas[:, left : left + across]
        np.minimum(part, turned[:, : part.shape[1]], out=part)
        x += font.getlength(letter) * (1 + rng.normal(-0.02 * hand.loose, 0.04 * hand.loose))
    if hand.pen:
        change = cv2.erode if hand.pen > 0 else cv2.dilate  # of white paper
        canvas = np.asarray(change(canvas, np.ones((2, 2), np.uint8)), np.uint8)
    return canvas


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(str(path), size)
    except OSError:
        raise InputError(f"{path.name} is no font that can be read. Take it out of the folder.") from None
    if any(font.getmask(each).getbbox() is None for each in "Aa1"):  # some hold other scripts, and would write nothing
        raise InputError(f"{path.name} has no Latin letters or no figures. Take it out of the folder.")
    return font
