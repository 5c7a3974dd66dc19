"""PDFs of forms written by hand, operator by operator: what others' programs may put there and ours never do."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import read_once  # noqa: F401 -- what was read once is not read again
from ballotworthy.sheets import form_of

FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic", "sans": "Helvetica"}
REGULAR = 'weight: "regular"'
Part = tuple[str, float, str]
"""A text, its points and its face, of which one is "row": boldface, then none."""


@dataclass(frozen=True)
class Said:
    """One line of print: text, points, face of `FONTS`, and where its baseline starts, from the bottom left."""

    text: str
    points: float
    face: str
    x: float
    y: float


def set_in_lines(
    texts: Sequence[tuple[str, float, str]], left: float = 50, top: float = 740, width: float = 500
) -> list[Said]:
    """Give the lines of paragraphs (text, points, face), one under the other."""
    made, y = [], top
    for text, points, face in texts:
        letter = points * (0.74 if text.isupper() else 0.52)
        for line in textwrap.wrap(text, max(8, int(width / letter)), break_on_hyphens=False):
            made.append(Said(line, points, face, left, y))
            y -= points * 1.25
        y -= 4
    return made


def shown(said: Sequence[Said], matrix: str = "1 0 0 1", size: float = 1.0, before: str = "") -> str:
    """Give the operators that show lines; `size` multiplies the font's size, `matrix` the text matrix (a b c d)."""
    return "\n".join(
        f"BT {before} /{each.face} {each.points * size:g} Tf {matrix} {each.x:g} {each.y:g} Tm "
        f"({_kept(each.text)}) Tj ET"
        for each in said
    )


def _kept(text: str) -> str:
    plain = text.replace("\u201c", '"').replace("\u201d", '"').replace("\u2019", "'")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def moved(said: Sequence[Said], right: float = 0, up: float = 0) -> list[Said]:
    """Give lines elsewhere."""
    return [replace(each, x=each.x + right, y=each.y + up) for each in said]


def write_pdf(
    path: Path,
    content: str | bytes,
    *,
    page: str = "",
    box: str = "0 0 612 792",
    objects: Mapping[str, tuple[str, bytes]] | None = None,
    fonts: Mapping[str, str] | None = None,
) -> Path:
    """Write one page; `page` is more of its dictionary, `objects` are XObjects by name: dictionary and stream."""
    raw = content if isinstance(content, bytes) else content.encode("latin-1")
    bodies: list[bytes] = [b"", b"", b"", _stream("", raw)]
    named = {}
    for name, face in FONTS.items():
        named[name] = len(bodies) + 1
        bodies.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>".encode())
    for name, whole in (fonts or {}).items():
        named[name] = len(bodies) + 1
        bodies.append(whole.encode())
    font = " ".join(f"/{name} {number} 0 R" for name, number in named.items())
    inner = {}
    for name, (about, stream) in (objects or {}).items():
        inner[name] = len(bodies) + 1
        bodies.append(_stream(about.replace("FONTS", f"<< {font} >>"), stream))
    held = " ".join(f"/{name} {number} 0 R" for name, number in inner.items())
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    bodies[1] = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    bodies[2] = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
        f"/Resources << /Font << {font} >> /XObject << {held} >> >> >>"
    ).encode()
    path.write_bytes(_joined(bodies))
    return path


def _stream(about: str, raw: bytes) -> bytes:
    packed = zlib.compress(raw) if "/Filter" not in about else raw
    how = "" if "/Filter" in about else "/Filter /FlateDecode"
    return f"<< {about} {how} /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"


def _joined(bodies: Sequence[bytes]) -> bytes:
    made, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        starts.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\n"
    return made + end.encode() + f"startxref\n{len(made)}\n%%EOF\n".encode()


FORM = form_of("us-ca", "amendment")
HEADING, LEAD = (each["text"] for each in FORM.data["heading"])
NOTICE, CIRCULATED, WITHDRAW = (each["text"] for each in FORM.data["notices"])
BOLD, PLAIN = FORM.data["row_text"]["bold"], FORM.data["row_text"]["plain"]
SUMMARY = (
    "(26-0001.) REQUIRES LEGIBLE SHEETS. INITIATIVE STATUTE. Every petition sheet must be printed so that a person can "
    "read it. Fiscal effect: none on state finances."
)
COUNTY = "All signers of this section must be registered to vote in Alameda County."
LABELS = ("Print your name", "Signature", "Residence address", "City")
LEFT_OPEN = ("Elec. Code § 100(b)", "Elec. Code § 100(c)", "Elec. Code § 104(a)")
"""What the form below lets nobody measure: it has no box for the official, no numbers and no declaration."""
LAWFUL: dict[str, Part] = {
    "heading": (HEADING, 11.0, "bold"),
    "lead": (LEAD, 11.0, "bold"),
    "summary": (SUMMARY, 11.0, "roman"),
    "notice": (NOTICE, 11.0, "bold"),
    "circulated": (CIRCULATED, 11.0, "roman"),
    "withdraw": (WITHDRAW, 11.0, "roman"),
    "county": (COUNTY, 9.0, "roman"),
    "row": (f"{BOLD} {PLAIN}", 8.0, "row"),
    **{each: (each, 7.0, "roman") for each in LABELS},
}
"""A form that California's sections allow, part by part: its text, points and face."""


def laid(**changed: Part | None) -> dict[str, list[Said]]:
    """Give the lines of that form, part by part, some of them otherwise; a part that is None is left out."""
    made, y = {}, 740.0
    for name, part in {**LAWFUL, **changed}.items():
        if part is None:
            continue
        text, points, face = part
        if face == "row":
            made[name] = [Said(BOLD, points, "bold", 50, y), Said(PLAIN, points, "roman", 50 + 14.2 * points, y)]
        else:
            made[name] = set_in_lines([(text, points, face)], top=y)
        y = made[name][-1].y - points * 1.25 - 4
    return made


def every(parts: Mapping[str, Sequence[Said]], *without: str) -> list[Said]:
    """Give the lines of all parts but some."""
    return [line for name, lines in parts.items() if name not in without for line in lines]


def marked_up(parts: Mapping[str, Part]) -> str:
    """Give such a form in the typesetter's own language, paragraph by paragraph."""
    faces = {"bold": 'weight: "bold"', "italic": 'weight: "bold", style: "italic"'}
    made = []
    for text, points, face in parts.values():
        words = f"*{text[: len(BOLD)]}*{text[len(BOLD) :]}" if face == "row" else text
        made.append(f"#par(text({points}pt, {faces.get(face, REGULAR)})[{words}])")
    return "\n".join(made)
