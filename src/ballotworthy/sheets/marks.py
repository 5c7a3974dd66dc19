"""The square marks on a sheet (ArUco, 4 x 4 cells) and its QR code, as paths for the typesetter.

The patterns are those that OpenCV calls DICT_4X4_250: Garrido-Jurado et al., Pattern Recognition 47 (2014)
2280. They stand here as data, so that printing needs no library of vision; a test compares them with OpenCV's.
"""

from __future__ import annotations

import segno

PATTERNS = (
    "b5320f9a332d9946549e79cd9e2ec4f2fedacf56f99111a70eb72a0f24b1263e466566006c5e76af868bb02bccd5dd82fe47"
    "9471ace4a5542123346f441557b29ecff0cb08ae0929187504ff0df61c5a17182a28328c38b224e82eeb2d3f4b64502e5013"
    "519455685d415f9768016867612461e96b126fe567df7e1b80a083448ba2937a846c852a859c9c899fa1bb7cbc04b65bbfc8"
    "b7abca1fc962d958d3d5cc98c7a0c537e95df925fbbbee2af74d35758aad76170acf064b2dc149d843f44f364fd369e470c7"
    "7a6eb4eaed4ffce7fea6002500430a880a86026f001c009708370a3109c60b0109fb0b581082182d10781073127412b11af9"
    "13060c0e0cf104330c9f0ef20efd074c0fa4072f05b50f9107db1ee414391d8015c81f8b15ba1db1208028e922a228532af0"
    "22f72940214629b92b9c2bb238ca382e300738e73a493a65325d3b88391d3bd3264727802faa2d1425de25532f7734483ca8"
    "3c41340d34fb369a3de0356a3d093ded3fc43f6c37ce3d5c3d7637b03f173fff48e542684a2d4160495141dd4bdf584f5a48"
    "5816505d5afa5ab551235b8a591951354c6946c14e0b445f4e594d834d7d47d847735c855e44562b5cbb55c35f6e5feb5d12"
    "555e6270621561c26b2063456b5c6b5b780c7acf787f798071e5717479b671d37b33646a66a86ea76e9165226dcb678d6d31"
)
"""Four hexadecimal digits a mark: its sixteen cells row by row, a white cell as 1."""
FRONT = (0, 1, 2, 3)
"""The corner marks of a page with signers: top left, top right, bottom right, bottom left."""
BACK = (4, 5, 6, 7)
FIRST, BASE = 10, 240
"""The two inner marks are the digits of the number of the sheet to base 240, the first of them mark 10."""
SHEETS = BASE * BASE - 1


def cells_of(mark: int) -> list[list[bool]]:
    """Give the 6 x 6 cells of a mark, its black border with it; True is black."""
    bits = int(PATTERNS[4 * mark : 4 * mark + 4], 16)
    inner = [[not bits >> (15 - 4 * row - column) & 1 for column in range(4)] for row in range(4)]
    edge = [True] * 6
    return [edge, *([True, *row, True] for row in inner), edge]


def digits_of(sheet: int) -> tuple[int, int]:
    """Give the ids of the two inner marks of a sheet."""
    return FIRST + sheet // BASE, FIRST + sheet % BASE


def sheet_of(first: int, second: int) -> int | None:
    """Give the number of the sheet that two inner marks hold; None where they hold none."""
    if not (FIRST <= first < FIRST + BASE and FIRST <= second < FIRST + BASE):
        return None
    return (first - FIRST) * BASE + second - FIRST


def code_cells(text: str) -> list[list[bool]]:
    """Give the cells of the QR code of a text, at level Q; True is black."""
    return [[bool(cell) for cell in row] for row in segno.make(text, error="q", micro=False).matrix]


def svg(cells: list[list[bool]]) -> str:
    """Give a square picture of cells: one path, a cell one unit wide."""
    size = len(cells)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(cells) for x, black in enumerate(row) if black)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="{path}"/></svg>'
    )
