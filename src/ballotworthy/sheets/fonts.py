"""The fonts of a sheet: the typesetter's own serif, and for letters that it lacks a font of a folder that is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ballotworthy.errors import InputError
from ballotworthy.sheets.glyphs import letters_in

if TYPE_CHECKING:
    import typst

LETTERS = "[ -~\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u0304\u1ea0-\u1ef9\u2010-\u2022\u2026\u20ac]"
"""What the typesetter's own serif has for certain; a letter that it lacks would be left out without a word."""
LANGUAGES = {
    "en": ("en", "US", ""), "es": ("es", "US", ""), "tl": ("tl", "US", ""), "vi": ("vi", "US", ""),
    "zh-Hans": ("zh", "CN", " SC"), "zh-Hant": ("zh", "TW", " TC"), "ko": ("ko", "KR", " KR"),
    "ja": ("ja", "JP", " JP"),
}  # fmt: skip
"""Languages that a measure may name: as the typesetter has them, and how families with the shapes of one end."""
EASTERN = re.compile("CJK|IDEOGRAPHIC|HANGUL|HIRAGANA|KATAKANA|BOPOMOFO|FULLWIDTH")
"""Words in the names of letters that one package has and the others lack."""


@dataclass(frozen=True)
class Fonts:
    """The families of a sheet, that which is asked first first, its measure's language, and the folder searched."""

    families: tuple[str, ...]
    language: str
    region: str
    folder: Path | None = None


def fonts_for(text: str, language: str, folder: Path | None) -> Fonts:
    """Give the fonts in which a text can be set whole.

    Raises:
        InputError: some letters are in no font, or Chinese characters are there and no language says in which shapes.
    """
    lang, region, ending = LANGUAGES[language or "en"]
    own = "Libertinus Serif"
    strange = sorted({ord(letter) for letter in text if not letter.isspace() and not re.match(LETTERS, letter)})
    if not strange:
        return Fonts((own,), lang, region)
    if folder is None:
        raise InputError(f"the measure has letters that our font lacks ({_named(strange)}). {_how(strange)}.")
    if not ending and any("CJK" in unicodedata.name(chr(each), "") for each in strange):
        known = ", ".join(f'"{name}"' for name, (_, _, end) in LANGUAGES.items() if end)
        raise InputError(
            f"the measure has Chinese characters, whose shapes differ by language. Write language = one of {known} "
            "into its file."
        )
    family = _family(strange, ending, folder)
    return Fonts((own, family), lang, region, folder)


def _family(strange: Sequence[int], ending: str, folder: Path) -> str:
    """Give the family of a folder whose every face has the letters: the language's own first, then the serif ones."""
    import typst  # here, since a measure in Latin letters needs no other font

    faces: dict[str, list[typst.FontInfo]] = {}
    held = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    for face in held.fonts():
        faces.setdefault(face.family, []).append(face)
    if not faces:
        raise InputError(f"{folder} holds no fonts. {_how(strange)}.")
    lacking: set[int] = set()
    for family in sorted(faces, key=lambda name: (not name.endswith(ending), "Serif" not in name, name)):
        missing = {
            each for face in faces[family] for each in set(strange) - letters_in(Path(str(face.path)), face.index)
        }
        if not missing:
            return family
        lacking = lacking & missing if lacking else missing
    gone = sorted(lacking)
    raise InputError(f"no font of {folder} has all letters of the measure ({_named(gone)}). {_how(gone)}.")


def _how(letters: Sequence[int]) -> str:
    """Say where letters are to be had."""
    eastern = any(EASTERN.search(unicodedata.name(chr(each), "")) for each in letters)
    package, folder = ("fonts-noto-cjk", "opentype") if eastern else ("fonts-noto-core", "truetype")
    return (
        f"Install a font that has them, such as Debian's package {package}, and name its folder: "
        f"--fonts /usr/share/fonts/{folder}/noto"
    )


def _named(letters: Sequence[int]) -> str:
    """Give letters by code and name, the first of them; the text itself may be in a script that nobody here reads."""
    some = ", ".join(f"U+{each:04X} {unicodedata.name(chr(each), '')}".strip() for each in letters[:3])
    return f"{some} and {len(letters) - 3:,} more" if len(letters) > 3 else some
