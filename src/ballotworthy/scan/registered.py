"""A page laid straight by its marks: which side of which sheet it is, and its picture at 200 dpi, as the form is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal

import cv2
import numpy as np
import zxingcpp

from ballotworthy.sheets.form import MARK, Form
from ballotworthy.sheets.marks import BACK, FRONT, sheet_of

Edge = Literal["left", "right", "upper", "lower"]
DPI = 200
SCALE = DPI / 72
"""Pixels a point of the straightened page."""
OFF = 3.0
"""How far, in points, a mark's corner may lie from where the other marks put it."""
NEEDED = 3
SCALED, CUT, STRAIGHT = 0.03, 0.01, 0.003
"""How far a form may be from its size on a scan of the proportions of its paper, how far these may be off, and how
much a scan may narrow across the page, as photographs do."""
CUT_OFF: Mapping[tuple[int, ...], str] = {
    (0, 3): "its right side is past the edge of the picture or hidden: only the marks of its left side were found",
    (1, 2): "its left side is past the edge of the picture or hidden: only the marks of its right side were found",
    (0, 1): "its lower part is past the edge of the picture or hidden: only the upper marks were found",
    (2, 3): "its upper part is past the edge of the picture or hidden: only the lower marks were found",
}
"""By the marks found, counted from the top left with the clock, what a sheet of two lacks."""
LACKS: Mapping[tuple[int, ...], Edge] = MappingProxyType(
    {(0, 3): "right", (1, 2): "left", (0, 1): "lower", (2, 3): "upper"}
)
FOLDED = "its corner marks do not stand as on the form; it is folded, cut, or of another form. Scan it flat"


@dataclass(frozen=True)
class Code:
    """What the QR code of a sheet says; those printed before 2026-12 do not name the measure."""

    form: str
    digest: str
    sheet: int
    side: int
    measure: str = ""


@dataclass(frozen=True)
class Straight:
    """A page found: its sheet (None where marks and code tell none), side, straightened picture, and dots an inch.

    `measure` is what its code says of the measure; empty where it says nothing or cannot be read.
    """

    sheet: int | None
    side: int
    picture: np.ndarray
    dpi: float
    remarks: tuple[str, ...]
    measure: str = ""


@dataclass(frozen=True)
class Lost:
    """A page that is not to be read, and why."""

    why: str


@dataclass(frozen=True)
class CutOff(Lost):
    """A page with signers of which the marks of one edge alone were found, and that tells its number.

    `seen` are the corners of these marks in pixels of the picture, `meant` where the form has them, in points; both
    (8, 2). `lacks` is the edge that was not found. Its side is that of signers.
    """

    side: ClassVar[int] = 1

    lacks: Edge
    sheet: int
    measure: str
    seen: np.ndarray
    meant: np.ndarray


def lay_straight(grey: np.ndarray, form: Form) -> Straight | Lost:
    """Give the page as its form has it, upright; or why it cannot be read."""
    code = code_of(grey)
    if code and (code.form != form.name or code.digest != form.digest[:8]):
        return Lost(f"it is a sheet of another form ({code.form}); read it with that form's --place and --kind")
    found = _marks(grey)
    sides = [(len([each for each in ids if each in found]), side) for side, ids in ((1, FRONT), (2, BACK))]
    count, side = max(sides, key=lambda each: (each[0], -each[1]))
    if all(each for each, _ in sides):
        return Lost("it bears the marks of two sides; two sheets lie over each other. Scan them one by one")
    corners = tuple(at for at, each in enumerate(FRONT if side == 1 else BACK) if each in found)
    if corners in CUT_OFF:
        return _cut_off(found, corners, side, code, form)
    if count < NEEDED:
        blank = ". It seems to be a blank back" if is_blank(grey) else ""
        return Lost(
            f"{count} of its 4 corner marks were found, and {NEEDED} are needed; scan the whole sheet flat{blank}"
        )
    ids = FRONT if side == 1 else BACK
    here = [(found[each], corner) for each, corner in zip(ids, form.corners(), strict=True) if each in found]
    seen = np.concatenate([corners for corners, _ in here]).astype(np.float32)
    meant = np.concatenate([_square(corner) for _, corner in here]).astype(np.float32)
    matrix: np.ndarray | None = cv2.findHomography(seen, meant * SCALE, 0)[0]  # None where the corners lie on a line
    if matrix is None:
        return Lost(FOLDED)
    if _worst(matrix, seen, meant) > OFF:
        return Lost(FOLDED)
    size = (round(form.width * SCALE), round(form.height * SCALE))
    picture = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)
    dpi = DPI / float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    marked = _number(found, matrix, form)
    if code and code.side == 3 and side == 2:  # the cover of a section has the corners of a back
        side = 3
    if code and code.side != side:
        return Lost("its marks and its code name two sides; two sheets lie over each other. Scan them one by one")
    if code and marked is not None and code.sheet != marked:
        return Lost(f"its marks say sheet {marked} and its code sheet {code.sheet}; scan the sheets one by one")
    sheet = code.sheet if code else marked
    remarks = [] if count == len(ids) else [f"{count} of 4 corner marks were found"]
    share = _share_of_paper(grey, matrix, dpi, form)
    if abs(share - 1) > SCALED:
        remarks.append(
            f"if the scan shows the whole sheet, the form was printed at {share:.0%}, and its type is not of the size "
            "that it should have; print at 100%, not fitted to the page"
        )
    return Straight(sheet, side, picture, dpi, tuple(remarks), code.measure if code else "")


def _cut_off(found: dict[int, np.ndarray], corners: tuple[int, ...], side: int, code: Code | None, form: Form) -> Lost:
    """Give what is known of a page with the marks of one edge; its number stands at its lower one."""
    why = f"{CUT_OFF[corners]}; scan the whole sheet flat"
    if side != 1 or (code and code.side != side):
        return Lost(why)
    seen = np.concatenate([found[FRONT[at]] for at in corners]).astype(np.float32)
    meant = np.concatenate([_square(form.corners()[at]) for at in corners]).astype(np.float32)
    near: np.ndarray | None = cv2.estimateAffine2D(seen, meant * SCALE, method=cv2.LMEDS)[0]
    marked = None if near is None else _number(found, np.vstack([near, [0, 0, 1]]), form)
    sheet = code.sheet if code else marked
    if sheet is None or (marked is not None and marked != sheet):
        return Lost(why)
    return CutOff(why, LACKS[corners], sheet, code.measure if code else "", seen, meant)


def _share_of_paper(grey: np.ndarray, matrix: np.ndarray, dpi: float, form: Form) -> float:
    """Give how large the form is beside a scan cut as its paper is; 1 where the scan is not cut so."""
    across, down = sorted((form.width, form.height))
    narrow, wide = sorted(grey.shape)
    photographed = float(np.abs(matrix[2, :2]).max()) * wide > STRAIGHT
    if photographed or abs(wide / narrow * across / down - 1) > CUT:
        return 1.0
    return dpi / 72 * float(np.sqrt(across * down / (narrow * wide)))


def code_of(grey: np.ndarray) -> Code | None:
    """Give what the sheet's QR code says; None where there is none, or one of somebody else's."""
    for read in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        words = read.text.split()
        if len(words) in (5, 6) and words[0] == "BW1" and all(each.isascii() and each.isdigit() for each in words[3:5]):
            return Code(words[1], words[2], int(words[3]), int(words[4]), *words[5:])
    return None


def _marks(grey: np.ndarray) -> dict[int, np.ndarray]:
    """Give the corners of each mark, (4, 2) in pixels; marks that appear twice are left out."""
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_250)
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(grey)
    flat = [int(each) for each in np.ravel(ids)] if len(corners) else []  # ids are None where there are none
    return {each: square.reshape(4, 2) for each, square in zip(flat, corners, strict=True) if flat.count(each) == 1}


def _square(corner: tuple[float, float]) -> np.ndarray:
    x, y = corner
    return np.array([(x, y), (x + MARK, y), (x + MARK, y + MARK), (x, y + MARK)])


def _worst(matrix: np.ndarray, seen: np.ndarray, meant: np.ndarray) -> float:
    moved = cv2.perspectiveTransform(seen[None], matrix)[0] / SCALE
    return float(np.abs(moved - meant).max())


def _number(found: dict[int, np.ndarray], matrix: np.ndarray, form: Form) -> int | None:
    """Give the number that the inner marks hold: a mark counts only where the form has one."""
    places = [np.array(each) + MARK / 2 for each in form.inner()]
    held: list[list[int]] = [[], []]
    for mark, corners in found.items():
        middle = cv2.perspectiveTransform(corners[None].astype(np.float32), matrix)[0].mean(0) / SCALE
        for index, place in enumerate(places):
            if np.abs(middle - place).max() < OFF:
                held[index].append(mark)
    return sheet_of(held[0][0], held[1][0]) if all(len(each) == 1 for each in held) else None


def is_blank(grey: np.ndarray) -> bool:
    """Tell whether hardly anything stands on a page of light paper."""
    small = cv2.resize(grey, (200, 260), interpolation=cv2.INTER_AREA)
    paper = np.median(small)
    return bool(paper > 128 and (small < paper - 40).mean() < 0.002)
