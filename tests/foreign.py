"""Forms of seven kinds that no file of this project describes, drawn, filled, spoiled; nothing here knows the reader.

A kind is a page with a table; `blank`, `filled` and `spoiled` draw it in three steps. Lengths are pixels at 200 dpi.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from read_once import Image, ImageDraw, ImageFilter, ImageFont

HANDS = {  # package, file, size: those that are installed are used
    "fontpkg_kalam": ("Kalam-Regular.ttf", 36),
    "fontpkg_caveat": ("Caveat[wght].ttf", 44),
    "fontpkg_indie_flower": ("IndieFlower-Regular.ttf", 37),
    "fontpkg_shadows_into_light": ("ShadowsIntoLight.ttf", 38),
    "fontpkg_delius": ("Delius-Regular.ttf", 34),
}


@dataclass(frozen=True)
class Box:
    """One cell of a row: what is asked (a field, or "" for the office), its heading, its place in the row."""

    field: str
    words: str
    x: int
    y: int
    width: int
    height: int
    letters: int = 0


@dataclass(frozen=True)
class Kind:
    """One form nobody here uses: its page, the top and height of its rows, its boxes, and how it is ruled."""

    name: str
    size: tuple[int, int]
    top: int
    row: int
    rows: int
    boxes: tuple[Box, ...]
    captions: bool = False
    ruled: str = "grid"  # grid, shaded, bottom, labelled
    title: str = "PETITION TO THE COUNTY CLERK"


def _columns(left: int, height: int, *columns: tuple[str, str, int]) -> tuple[Box, ...]:
    boxes, x = [], left
    for field, words, width in columns:
        boxes.append(Box(field, words, x, 0, width, height))
        x += width
    return tuple(boxes)


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        Kind("captions", (2200, 1700), 520, 118, 8, _columns(
            100, 118, ("name", "PRINTED NAME", 480), ("signature", "SIGNATURE", 440),
            ("address", "STREET ADDRESS", 520), ("city", "CITY OR TOWN", 260),
            ("zip", "ZIP CODE", 140), ("signed_on", "DATE", 160)), captions=True),
        Kind("two-line", (1700, 2200), 560, 144, 10, (
            Box("", "NO.", 110, 0, 80, 144), Box("name", "PRINT NAME", 190, 0, 620, 72),
            Box("signature", "SIGN YOUR NAME", 190, 72, 620, 72), Box("address", "RESIDENCE ADDRESS", 810, 0, 560, 72),
            Box("city", "CITY", 810, 72, 360, 72), Box("zip", "ZIP", 1170, 72, 200, 72),
            Box("signed_on", "DATE SIGNED", 1370, 0, 220, 144)), captions=True),
        Kind("last-first", (2200, 1700), 470, 78, 12, _columns(
            120, 78, ("last-first", "Name (Last, First)", 560), ("address", "Address where registered", 620),
            ("signature", "Signature of voter", 500), ("signed_on", "Date", 180))),
        Kind("letters", (2200, 1700), 500, 96, 10, (
            Box("name", "NAME (one letter in each box)", 90, 0, 960, 96, letters=20),
            Box("address", "HOME ADDRESS", 1050, 0, 560, 96),
            Box("signature", "SIGNATURE", 1610, 0, 480, 96))),
        Kind("shaded", (2200, 1700), 430, 74, 15, _columns(
            110, 74, ("name", "Print your name", 520), ("signature", "Signature", 520),
            ("address", "Street and number", 600), ("city", "City", 320)), ruled="shaded"),
        Kind("bottom", (1700, 2200), 620, 112, 11, (
            Box("name", "Print name", 130, 0, 440, 112), Box("signature", "Signature", 590, 0, 400, 112),
            Box("address", "Residence", 1010, 0, 560, 112)), ruled="bottom"),
        Kind("official", (2200, 1700), 500, 100, 10, _columns(
            80, 100, ("", "#", 60), ("name", "Printed name", 470), ("signature", "Signature", 430),
            ("address-city-zip", "Address, city, zip code", 780), ("", "Official use only", 150),
            ("", "Clerk", 150))),
        Kind("labelled", (1700, 2200), 480, 290, 5, (
            Box("name", "Name:", 90, 0, 760, 95), Box("signature", "Signature:", 850, 0, 760, 95),
            Box("address", "Address:", 90, 95, 760, 90), Box("signed_on", "Date:", 850, 95, 760, 90),
            Box("city-zip", "City and ZIP code:", 90, 185, 1520, 90)), ruled="labelled"),
    )
}  # fmt: skip


TOGETHER = {"last-first": "name", "address-city-zip": "address", "city-zip": "city"}
"""The field of a box that is written as its key says."""


def print_font(size: int) -> ImageFont.FreeTypeFont:
    """Give the font that Pillow carries."""
    return ImageFont.load_default(size)


def described(kind: Kind) -> str:
    """Give the form.toml of a kind."""
    left, right = kind.boxes[0].x, max(each.x + each.width for each in kind.boxes)
    width, height = kind.size
    table = left / width, kind.top / height, right / width, (kind.top + kind.row * kind.rows) / height
    text = f"page = [{width}, {height}]\ntable = [{', '.join(f'{each:.5f}' for each in table)}]\nrows = {kind.rows}\n"
    for box in kind.boxes:
        across = [(each - left) / (right - left) for each in (box.x, box.x + box.width)]
        down = [each / kind.row for each in (box.y, box.y + box.height)]
        place = ", ".join(f"{each:.5f}" for each in (across[0], down[0], across[1], down[1]))
        field = TOGETHER.get(box.field, box.field)
        text += f'\n[[columns]]\nfield = "{field}"\nlabel = "{box.words}"\nbox = [{place}]\n'
        text += f'written = "{box.field}"\n' if field != box.field else ""
        text += f"letters = {box.letters}\n" if box.letters else ""
    return text


def hands() -> list[ImageFont.FreeTypeFont]:
    """Give the handwriting fonts that are installed."""
    found = []
    for package, (file, size) in HANDS.items():
        spec = find_spec(package)
        if spec and spec.origin:
            found.append(ImageFont.truetype(str(Path(spec.origin).parent / "files" / file), size))
    return found


def blank(kind: Kind) -> Image.Image:
    """Give the form as printed."""
    page = Image.new("L", kind.size, 255)
    draw = ImageDraw.Draw(page)
    left, right = kind.boxes[0].x, max(each.x + each.width for each in kind.boxes)
    draw.text((left, 100), kind.title, font=print_font(44), fill=0)
    for number in range(3):
        words = "We, the undersigned voters of the county, ask that the measure below be put to the people this year."
        draw.text((left, 180 + 34 * number), words[: (right - left) // 11], font=print_font(22), fill=0)
    if not kind.captions and kind.ruled != "labelled":
        for box in kind.boxes:
            draw.text((box.x + 8, kind.top - 34), box.words, font=print_font(20), fill=0)
    for row in range(kind.rows):
        _print_row(draw, kind, kind.top + row * kind.row, row)
    foot = kind.top + kind.rows * kind.row
    draw.text(
        (left, foot + 50),
        "Circulator: ______________________________   Date: ______________",
        font=print_font(24),
        fill=0,
    )
    draw.text((right - 150, foot + 100), "Page ____", font=print_font(24), fill=0)
    return page


def _print_row(draw: ImageDraw.ImageDraw, kind: Kind, y: int, row: int) -> None:
    left, right = kind.boxes[0].x, max(each.x + each.width for each in kind.boxes)
    if kind.ruled == "shaded" and row % 2 == 0:
        draw.rectangle((left, y, right, y + kind.row - 1), fill=222)
    if kind.ruled == "labelled":
        draw.rectangle((left, y + 6, right, y + kind.row - 6), outline=0, width=3)
    for box in kind.boxes:
        frame = (box.x, y + box.y, box.x + box.width, y + box.y + box.height)
        if not box.field and kind.name == "official":
            draw.rectangle(frame, fill=205)
        if kind.ruled == "grid":
            draw.rectangle(frame, outline=0, width=3)
        if kind.ruled == "labelled":
            draw.text((box.x + 16, frame[3] - 38), box.words, font=print_font(24), fill=0)
            start = box.x + 24 + print_font(24).getlength(box.words)
            draw.line((start, frame[3] - 10, frame[2] - 20, frame[3] - 10), fill=0, width=2)
        if kind.ruled == "bottom":
            draw.line((frame[0], frame[3], frame[2], frame[3]), fill=0, width=3)
        for letter in range(1, box.letters):
            x = box.x + letter * box.width // box.letters
            draw.line((x, frame[1], x, frame[3]), fill=60, width=2)
        if kind.captions:
            draw.text((box.x + 6, frame[1] + 4), box.words, font=print_font(15), fill=0)
        if box.words in ("#", "NO."):
            draw.text((box.x + 16, frame[1] + kind.row // 2 - 14), str(row + 1), font=print_font(26), fill=0)


def filled(kind: Kind, rows: Sequence[Mapping[str, str]], seed: int, level: str = "none") -> Image.Image:
    """Write signers (name, address, city, zip, signed_on) into the rows; an empty mapping leaves a row blank."""
    rng = np.random.default_rng(seed)
    page, fonts = worn(blank(kind), NOISE[level]["broken"], rng), hands()
    for number, texts in enumerate(rows):
        if not texts:
            continue
        font, dark = fonts[rng.integers(len(fonts))], rng.integers(10, 90)
        for box in kind.boxes:
            if kind.ruled == "labelled":
                label = round(print_font(24).getlength(box.words)) + 20
                box = replace(box, x=box.x + label, width=box.width - label)
            _write(page, box, kind.top + number * kind.row, asked(box, texts), font, dark, kind.captions, rng)
    if kind.name == "official":
        _stamp(page, kind, rng)
    return page


def worn(page: Image.Image, share: float, rng: np.random.Generator) -> Image.Image:
    """Give a copy of a copy: specks of what is printed are lost, so that lines are broken."""
    pixels = np.array(page)
    holes = rng.random((pixels.shape[0] // 6 + 1, pixels.shape[1] // 6 + 1)) < share
    pixels[np.kron(holes, np.ones((6, 6), bool))[: pixels.shape[0], : pixels.shape[1]]] = 255
    return Image.fromarray(pixels)


def asked(box: Box, texts: Mapping[str, str]) -> str:
    """Give what a signer writes into a box."""
    name = texts["name"]
    if box.field == "last-first":
        first, last = name.split(" ", 1)
        return f"{last}, {first}"
    if box.field == "address-city-zip":
        return f"{texts['address']}, {texts['city']} {texts['zip']}"
    if box.field == "city-zip":
        return f"{texts['city']} {texts['zip']}"
    return name.upper() if box.letters else name if box.field == "signature" else texts.get(box.field, "")


def _write(
    page: Image.Image, box: Box, y: int, text: str, font: ImageFont.FreeTypeFont, dark: int, captions: bool,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    room = box.height - (20 if captions else 0)
    size = min(font.size, room * 0.62 if captions else room * 0.55)
    font = font.font_variant(size=int(size))
    if font.getlength(text) > box.width - 24 and not box.letters:
        font = font.font_variant(size=int(size * (box.width - 24) / font.getlength(text)))
    x = box.x + 10 + rng.uniform(0, 8)
    base = y + box.y + box.height - room * rng.uniform(0.2, 0.32)
    slope = rng.normal(0, 0.006)
    for number, letter in enumerate(text):
        if box.letters:
            if number >= box.letters:
                break
            x = box.x + (number + 0.5) * box.width / box.letters - font.getlength(letter) / 2
        _letter(page, letter, (x, base + slope * (x - box.x) + rng.normal(0, 1)), font, dark, rng)
        x += font.getlength(letter) * (1 + rng.normal(0, 0.04))


def _letter(
    page: Image.Image, letter: str, at: tuple[float, float], font: ImageFont.FreeTypeFont, dark: int,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    side = int(font.size * 2.4)
    tile = Image.new("L", (side, side), 0)
    ImageDraw.Draw(tile).text((side // 4, side * 0.7), letter, font=font, fill=255, anchor="ls")
    tile = tile.rotate(rng.normal(0, 2.5), resample=Image.Resampling.BICUBIC, center=(side // 4, side * 0.7))
    page.paste(int(dark), (round(at[0]) - side // 4, round(at[1] - side * 0.7)), tile)


def _stamp(page: Image.Image, kind: Kind, rng: np.random.Generator) -> None:
    """A clerk's stamp over a row or two, and ticks in the office's columns."""
    draw = ImageDraw.Draw(page)
    for _ in range(2):
        x, y = rng.integers(500, 1300), kind.top + rng.integers(0, kind.rows - 1) * kind.row + rng.integers(0, 60)
        draw.rectangle((x, y, x + 260, y + 70), outline=150, width=5)
        draw.text((x + 14, y + 18), "RECEIVED", font=print_font(42), fill=150)
    for row in range(0, kind.rows, 3):
        y = kind.top + row * kind.row + 30
        draw.line([(1860, y + 20), (1875, y + 40), (1910, y)], fill=40, width=4)


NOISE: Mapping[str, Mapping[str, float]] = {
    "none": {"dpi": 200, "turn": 0, "blur": 0, "grain": 0, "broken": 0, "jpeg": 0},
    "easy": {"dpi": 200, "turn": 0.5, "blur": 0.3, "grain": 4, "broken": 0, "jpeg": 85},
    "middle": {"dpi": 180, "turn": 1.5, "blur": 0.7, "grain": 10, "broken": 0.05, "jpeg": 60},
    "photo": {"broken": 0.02},
    "hard": {"dpi": 150, "turn": 3.0, "blur": 1.0, "grain": 18, "broken": 0.15, "jpeg": 35},
}


def spoiled(page: Image.Image, level: str, seed: int, *, quarter: int = 0) -> Image.Image:
    """Give the page as a scanner sees it: turned, blurred, grainy, and `quarter` turns off."""
    if level == "photo":
        return photographed(page, seed).rotate(90 * quarter, expand=True)
    how, rng = NOISE[level], np.random.default_rng(seed)
    made = page.rotate(rng.uniform(-1, 1) * how["turn"], fillcolor=255, resample=Image.Resampling.BICUBIC)
    made = made.filter(ImageFilter.GaussianBlur(how["blur"]))
    made = made.resize([round(each * how["dpi"] / 200) for each in made.size], Image.Resampling.LANCZOS)
    grey = np.asarray(made) * rng.uniform(0.93, 1) + rng.normal(0, how["grain"] or 0.01, (made.height, made.width))
    made = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if how["jpeg"]:
        import io

        kept = io.BytesIO()
        made.save(kept, "JPEG", quality=int(how["jpeg"]))
        made = Image.open(io.BytesIO(kept.getvalue())).convert("L")
    return made.rotate(90 * quarter, expand=True)


def photographed(page: Image.Image, seed: int) -> Image.Image:
    """Give the page as a phone sees it on a dark table: aslant, a third of it in a shadow."""
    rng = np.random.default_rng(seed)
    wide, tall = (round(each * 1.3) for each in page.size)
    corners = np.array([(0.12, 0.12), (0.12, 0.88), (0.88, 0.88), (0.88, 0.12)]) + rng.uniform(-0.05, 0.05, (4, 2))
    seen = corners * (wide, tall)
    flat = np.array([(0, 0), (0, page.height), page.size, (page.width, 0)], float)
    rows = [
        row
        for (x, y), (u, v) in zip(seen, flat, strict=True)
        for row in ([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y])
    ]
    how = np.linalg.solve(np.array(rows), flat.ravel())
    laid = page.transform((wide, tall), Image.Transform.PERSPECTIVE, list(how), Image.Resampling.BICUBIC, fillcolor=80)
    light = np.where(np.arange(wide) < wide * rng.uniform(0.3, 0.5), 0.6, 0.95)
    grey = np.asarray(laid.filter(ImageFilter.GaussianBlur(0.8))) * light + rng.normal(0, 4, (tall, wide))
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


FIRST = (
    "Marta",
    "Bob",
    "Peggy",
    "Ann",
    "Luis",
    "Grace",
    "Henry",
    "Olga",
    "Peter",
    "Ruth",
    "Simon",
    "Tessa",
    "Walter",
    "Nora",
)
LAST = (
    "Quill",
    "Gray",
    "Young",
    "Ash",
    "Moreno",
    "Kim",
    "Baker",
    "Lind",
    "Novak",
    "Ortiz",
    "Price",
    "Stone",
    "Vance",
    "Webb",
)
STREETS = ("Juniper Ct", "Elm St", "Olive Way", "Oak Rd", "Cedar Ln", "Main St", "Pine Ave", "Lake Dr")
CITIES = ("Salem", "Reno", "Gypsum", "Dover", "Austin")


def people(count: int, seed: int) -> list[dict[str, str]]:
    """Give invented signers."""
    rng = np.random.default_rng(seed)
    pick: Callable[[Sequence[str]], str] = lambda words: words[rng.integers(len(words))]  # noqa: E731
    return [
        {
            "name": f"{pick(FIRST)} {pick(LAST)}",
            "address": f"{rng.integers(10, 9999)} {pick(STREETS)}",
            "city": pick(CITIES),
            "zip": f"{rng.integers(10000, 99999)}",
            "signed_on": f"{rng.integers(1, 12)}/{rng.integers(1, 28)}/26",
        }
        for _ in range(count)
    ]
