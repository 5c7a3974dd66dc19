"""Other forms of an address brought to the usual one, number, street, unit: each a pattern and what it is written as.

Military and rural boxes, a mile or a lot for a number, a unit or a building before the number, a number with its
fraction or its range, the grids of Wisconsin and of DuPage County. All take a line in capitals; what has none of these
forms is left as it is.
"""

from __future__ import annotations

import polars as pl

from ballotworthy.roll.street_words import ENDING, UNIT_WORDS, state_names, words

BOX_WORD = r"(?:BOX|BX)\.?\s*(?:NO\.?|#)?\s*"
ROUTE = (
    r"(?:(?:RURAL|STAR|CONTRACT)\s+(?:ROUTE|RTE?)|ROUTE|RTE?|(?:RURAL|STAR)\s+DELIVERY|R\.?\s*R\.?|R\.?\s*F\.?\s*D\.?"
    r"|R|(?:HIGHWAY|HWY)\s+CONTRACT(?:\s+(?:ROUTE|RTE?))?|H\.?\s*C\.?(?:\s*R\.?)?)\.?\s*(?:NO\.?|#)?\s*"
)
PLACED = rf"(?:{UNIT_WORDS}|BLOCK|BLK|COTTAGE|CABIN|STUDIO|SITE|FLAT)"
STREET_LINE = r"\d+[\d½¼¾/-]*[A-Z]?\s+\S*[A-Z].*"
"""A house number and a word behind it, with whatever follows."""
HOUSES = (
    r"(?:APARTMENTS?|APTS|CONDOS?|CONDOMINIUMS?|TOWERS?|MANOR|HOUSE|HALL|RESIDENCES?|VILLAGE|ESTATES|HOME|INN|HOTEL"
    r"|SHELTER|LODGE)"
)
LOT = "LOT|SPACE|SPC|SP|SITE|TRAILER|TRLR"
PARK = r"(?:ACRES|ESTATES?|PARK|MHP|COURT|VILLAGE|COMMUNITY|HOMES|CAMPGROUND|RANCH|TERRACE|MANOR|MEADOWS)"
COUNTED = r"MILES?|PALMS|OAKS|PINES|ACRES|SPRINGS|CORNERS|RANCH|BAR|[NSEW]|NORTH|SOUTH|EAST|WEST"
"""What a street may have a number of two digits of, and where a grid may have a second number."""
ENDS = "|".join(sorted(word for word, kind in words().types.items() if kind in ENDING))
FORMS = (
    (r"[\r\n]+", ", "),
    # PSC 3 BOX 120 APO AE: the box is the number, what holds it the street
    (rf"^(PSC|UNIT|CMR|OMC|UMR)\s*#?\s*0*(\d+)[\s,]+{BOX_WORD}(\d+)\b.*$", "$3 $1$2"),
    # RR 2 Box 145, RT 3 BX 582, HC 61 Box 12, Star Route Box 9, Box 145 RR 2
    (rf"^{ROUTE}(\d*)[A-Z]?[\s,]+{BOX_WORD}(\d+)(?:-?[A-Z])?\b(?:\s+[A-Z]{{3}}[^,]*)?", "$2 RURAL ROUTE $1"),
    (rf"^{BOX_WORD}(\d+)(?:-?[A-Z])?[\s,]+{ROUTE}(\d+)\b", "$1 RURAL ROUTE $2"),
    # RFD 2, RR #2: the route alone
    (r"^(?:RURAL\s+(?:ROUTE|RTE?)|R\.?\s*R\.?|R\.?\s*F\.?\s*D\.?)\s*(?:NO\.?|#)?\s*(\d+)$", "RURAL ROUTE $1"),
    # Apt 4, 10 Oak St; Tower B 10 Oak St; 2nd Floor, 10 Oak St; Boulder Apartments, 10 Oak St
    (rf"^(?:{PLACED}\b\.?\s*#?\s*|#\s*)([A-Z]?\d{{1,4}}-?[A-Z]?|[A-Z])(?:\s*[,;–-]\s*|\s+)({STREET_LINE})$",
     "$2, APT $1"),
    (rf"^(\d{{1,2}})(?:ST|ND|RD|TH)\s+FL(?:OOR|R)?\.?[\s,]+({STREET_LINE})$", "$2, FL $1"),
    # 325 Washington Ave 1 FL; a highway's number is none of its floors
    (rf"\b({ENDS})\.?[\s,]+(\d{{1,2}})(?:ST|ND|RD|TH)?\s*FL(?:OOR|R)?\.?$", "$1, FL $2"),
    (rf"^([A-Z][^,]*?)\s*,\s*({STREET_LINE})$", "$2, $1"),
    (rf"^([A-Z][A-Z .'&]*\b{HOUSES})\s+(\d+[A-Z]?\s+(?:\S+\s+)*?\S*[A-Z]\S*\s+(?:{ENDS})\b.*)$", "$2, $1"),
    # Mile 42 Parks Hwy, MP 42.5 Parks Hwy; Lot 9 Shady Acres, Shady Acres Lot 9: the number of what has no other
    (r"^(?:MILE(?:\s*(?:POST|MARKER))?|M\.?\s*[PM]\.?)\s*#?\s*(\d{1,3})(?:\.(\d))?,?\s+(\S*[A-Z].*)$", "$1$2 $3"),
    (rf"^(?:{LOT})\s*#?\s*(\d{{1,4}}[A-Z]?)[\s,]+([A-Z][A-Z .']*\b{PARK})$", "$1 $2"),
    (rf"^([A-Z][A-Z .']*\b{PARK})[\s,]+(?:{LOT})\s*#?\s*(\d{{1,4}}[A-Z]?)$", "$2 $1"),
    # Calle Mayor 12; Via Roma, 12
    (r"^((?:CALLE|CLL|AVENIDA|AVDA|PASEO|VIA|RUE)\s+[A-Z][^,\d]*?)\s*,?\s+(\d{1,5}[A-Z]?)$", "$2 $1"),
    (rf"^(REAR|FRONT|UPPER|LOWER|UPSTAIRS|DOWNSTAIRS|BASEMENT|BSMT)\s*,?\s+({STREET_LINE})$", "$2, APT $1"),
    (rf"^([A-Z][A-Z .'&]*?)\s+(\d{{3,}}[A-Z]?\s+(?:\S+\s+)*?\S*[A-Z]\S*\s+(?:{ENDS})\b.*)$", "$2, $1"),
    (r",\s*FLAT\s+([A-Z]?\d+[A-Z]?|[A-Z])\s*(,|$)", ", APT $1$2"),
    (r"^ONE\s+", "1 "),
    (r"^(?:NO|NUM|NUMBER)\b\.?\s*(\d)", "$1"),
    (r"^#\s*", ""),
    # N95W16915 Richmond Dr; W5678 County Road A; 25W123 Plank Rd:
    # a grid's first number stands behind the house's, as a second part would; a lone letter is the street's direction
    (r"^[NSEW](\d{1,3})\s*-?\s*[NSEW](\d{2,6})\b", "$2-$1"),
    (r"^([NSEW])(\d{3,5})\s+(\S*[A-Z])", "$2 $1 $3"),
    (r"^(\d{1,2})[NSEW](\d{2,4})\b", "$1-$2"),
    # 12-1/2, 37 12 35th Ave, 8 - 10, 8 & 10
    (r"^(\d{1,7})\s*-?\s*(?:½|1/2\b)", "$1 ½"),
    (r"^(\d{1,3})\s+(\d{2})\s+(\d+(?:ST|ND|RD|TH)\b)", "$1-$2 $3"),
    # 94 47 Garden Way has lost its hyphen; 120 10 Mile Rd, 12 29 Palms Hwy and 450 50 E St have not
    (rf"^(\d+)\s+(\d{{2}})\s+({COUNTED})\b", "$1  $2  $3"),
    (rf"^(\d{{1,3}}) (\d{{2}}) ((?:\S+ )*?\S*[A-Z]\S* (?:{ENDS})\b.*)$", "$1-$2 $3"),
    (r"^(\d+)  (\d{2})  ", "$1 $2 "),
    (r"^(\d{1,7})\s*[-–—]\s*(\d{1,4})\b", "$1-$2"),
    (r"^(\d{1,7})\s*(?:&|AND)\s*(\d{1,4})\s", "$1-$2 "),
    # 8/101 Birch St is unit 8 of its house; 101/8 and 37/12 are a hyphen's meanings; but 1/2 and 3/4 are fractions
    (r"^(?:(\d)\s*/\s*(\d{2,4})|(\d{2})\s*/\s*(\d{3,4}))\s+(\S*[A-Z][^,]*)(,.*)?$", "$2$4 $5, APT $1$3$6"),
    (r"^(\d{1,7})\s*/\s*(\d{2,4}|[135-9])\s+(\S*[A-Z])", "$1-$2 $3"),
    (r"[\s,]+(?:APO|FPO|DPO)(?:[\s,]+A[AEP]\b.*)?$", ""),
    (rf"(?i),\s*(?:{'|'.join(state_names().values())})\.?(\s+\d{{5}}(?:-\d{{4}})?)?$", "$1"),
)  # fmt: skip


def usual_form(lines: pl.Series) -> pl.Series:
    """Give lines in capitals with what is written in another form as number, street and unit."""
    for pattern, written in FORMS:
        lines = lines.str.replace_all(pattern, written)
    return lines.str.strip_chars(" ,")
