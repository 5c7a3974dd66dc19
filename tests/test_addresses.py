"""Street addresses made comparable, whatever way people write them."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ballotworthy.roll.addresses import plain_addresses
from ballotworthy.roll.house_numbers import house_number
from ballotworthy.roll.people import plain_people
from ballotworthy.roll.plain import plain
from ballotworthy.roll.street_words import words
from ballotworthy.roll.streets import Street, street_of_text
from ballotworthy.roll.towns import plain_town

PARTS = ("number", "direction", "street", "type", "unit")
Parts = tuple[int, str, str, str, str]
TYPES = sorted(words().types.items())
text = st.text(st.one_of(st.sampled_from("0123456789 #,.-/½\n"), st.characters(exclude_categories=["Cs"])), max_size=24)
spoken = st.lists(
    st.one_of(
        st.sampled_from([*words().types, *words().directions, *words().ordinals, *words().routes]),
        st.sampled_from(["APT", "#", "FL", "NO", "PO", "BOX", ",", "1/2", "½", "A", "B", "OAK", "94016", "CA"]),
        st.integers(0, 99_999).map(str),
        st.integers(1, 120).map(lambda number: f"{number}TH"),
    ),
    max_size=7,
).map(" ".join)


def parts(**cells: str | None) -> tuple[int, str, str, str, str]:
    """Give number, direction, street, type and unit of one address given in cells."""
    frame = plain_people(
        pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema=dict.fromkeys(cells, pl.String))
    )
    return frame.select(PARTS).row(0)  # type: ignore[return-value]  # one row of five columns


ONE_CELL = pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("12 Oak Street", (12, "", "OAK", "ST", "")),
        ("  12  oak   st. ", (12, "", "OAK", "ST", "")),
        ("12, Oak Street", (12, "", "OAK", "ST", "")),
        ("0012 Oak", (12, "", "OAK", "", "")),
        ("#12 Oak St", (12, "", "OAK", "ST", "")),
        ("12.0 Oak St", (12, "", "OAK", "ST", "")),
        # directions
        ("12 Oak St NW", (12, "NW", "OAK", "ST", "")),
        ("12 N.W. Oak St", (12, "NW", "OAK", "ST", "")),
        ("12 North Oak St", (12, "N", "OAK", "ST", "")),
        ("12 No. Oak St", (12, "N", "OAK", "ST", "")),
        ("12 No Oak", (12, "N", "OAK", "", "")),
        ("12 So Oak", (12, "S", "OAK", "", "")),
        ("12 Park Ave South", (12, "S", "PARK", "AVE", "")),
        ("12 South St", (12, "", "SOUTH", "ST", "")),
        ("12 North Ave", (12, "", "NORTH", "AVE", "")),
        ("12 E St SE", (12, "SE", "E", "ST", "")),
        ("12 S East St", (12, "S", "EAST", "ST", "")),
        # numbers with letters, fractions, hyphens
        ("12A Oak St", (12, "", "OAK", "ST", "")),
        ("12-A Oak St", (12, "", "OAK", "ST", "A")),
        ("12-A Oak St Apt 4", (12, "", "OAK", "ST", "4")),
        ("12 1/2 Oak St", (12, "", "OAK", "ST", "HALF")),
        ("12-1/2 Oak St", (12, "", "OAK", "ST", "HALF")),
        ("12½ Oak St", (12, "", "OAK", "ST", "HALF")),
        ("12 ½ Oak St", (12, "", "OAK", "ST", "HALF")),
        ("147-25 35th Ave", (house_number("147", "25"), "", "35", "AVE", "")),
        ("91-1023 Kuhina St", (house_number("91", "1023"), "", "KUHINA", "ST", "")),
        ("8-10 Gordon Ave", (house_number("8", "10"), "", "GORDON", "AVE", "")),
        ("8 - 10 Gordon Ave", (house_number("8", "10"), "", "GORDON", "AVE", "")),
        ("8–10 Gordon Ave", (house_number("8", "10"), "", "GORDON", "AVE", "")),
        ("8 & 10 Gordon Ave", (house_number("8", "10"), "", "GORDON", "AVE", "")),
        ("12-3 Oak St", (house_number("12", "3"), "", "OAK", "ST", "3")),
        ("12-3 Oak St Apt 4", (house_number("12", "3"), "", "OAK", "ST", "4")),
        ("4-210 Oak St", (house_number("4", "210"), "", "OAK", "ST", "")),
        ("140000-2 Oak St", (140000, "", "OAK", "ST", "2")),
        ("No. 12 Oak St", (12, "", "OAK", "ST", "")),
        ("N95W16915 Richmond Dr", (house_number("16915", "95"), "", "RICHMOND", "DR", "")),
        ("W5678 County Road A", (5678, "", "A", "HWY", "")),
        ("E1234 Smith Rd", (1234, "E", "SMITH", "RD", "")),
        ("N95 W16915 Richmond Dr", (house_number("16915", "95"), "", "RICHMOND", "DR", "")),
        ("25W123 Plank Rd", (house_number("25", "123"), "", "PLANK", "RD", "")),
        # something before the number
        ("Apt 4, 210 Simpson Pkwy", (210, "", "SIMPSON", "PKWY", "4")),
        ("Apt 4 210 Simpson Pkwy", (210, "", "SIMPSON", "PKWY", "4")),
        ("#4, 210 Simpson Pkwy", (210, "", "SIMPSON", "PKWY", "4")),
        ("Unit B - 210 Simpson Pkwy", (210, "", "SIMPSON", "PKWY", "B")),
        ("Tower B 10 Oak St", (10, "", "OAK", "ST", "B")),
        ("10 Oak St Tower B", (10, "", "OAK", "ST", "B")),
        ("10 Tower Rd", (10, "", "TOWER", "RD", "")),
        ("2nd Floor, 10 Oak St", (10, "", "OAK", "ST", "2")),
        ("Sp 12 1400 Main St", (1400, "", "MAIN", "ST", "12")),
        ("Boulder Apartments, 210 Simpson Parkway", (210, "", "SIMPSON", "PKWY", "")),
        ("Boulder Apartments 210 Simpson Parkway", (210, "", "SIMPSON", "PKWY", "")),
        ("Boulder Apartments, 210 Simpson Parkway Apt 4", (210, "", "SIMPSON", "PKWY", "4")),
        ("Bldg 3 Apt 4, 10 Oak St", (10, "", "OAK", "ST", "4")),
        ("c/o Mission House, 10 Oak St, Reno NV 89501", (10, "", "OAK", "ST", "")),
        ("Flat 4, 10 Oak Rd", (10, "", "OAK", "RD", "4")),
        ("10 Oak Rd, Flat 4", (10, "", "OAK", "RD", "4")),
        ("Rear 12 Oak St", (12, "", "OAK", "ST", "REAR")),
        ("The Boulders 210 Simpson Parkway", (210, "", "SIMPSON", "PKWY", "")),
        ("Old 5 Mile Rd", (0, "", "OLD5MILE", "RD", "")),
        ("One Main St", (1, "", "MAIN", "ST", "")),
        ("12 One Mile Rd", (12, "", "ONEMILE", "RD", "")),
        ("37 12 35th Ave", (house_number("37", "12"), "", "35", "AVE", "")),
        ("4 12 35th Ave", (house_number("4", "12"), "", "35", "AVE", "")),
        ("94 47 Garden Way", (house_number("94", "47"), "", "GARDEN", "WAY", "")),
        ("4 12 Cedar St Apt 3", (house_number("4", "12"), "", "CEDAR", "ST", "3")),
        ("120 10 Mile Rd", (120, "", "10MILE", "RD", "")),
        ("12 29 Palms Hwy", (12, "", "29PALMS", "HWY", "")),
        ("Manor Rd", (0, "", "MANOR", "RD", "")),
        # corners
        ("Corner of Cave & Zerkel Sts", (0, "", "CAVEZERKE", "", "")),
        ("CAVE ST & ZERKEL ST", (0, "", "CAVEZERKE", "", "")),
        ("Zerkel St and Cave St", (0, "", "CAVEZERKE", "", "")),
        ("NW corner Cave/Zerkel", (0, "", "CAVEZERKE", "", "")),
        ("Main St / 3rd Ave", (0, "", "3MAIN", "", "")),
        ("at the corner of Main and 3rd", (0, "", "3MAIN", "", "")),
        ("Main St at 3rd", (0, "", "3MAIN", "", "")),
        ("Intersection of Main and Third", (0, "", "3MAIN", "", "")),
        ("Main & 3rd", (0, "", "3MAIN", "", "")),
        ("3rd St. @ Main St.", (0, "", "3MAIN", "", "")),
        ("12 Corner St", (12, "", "CORNER", "ST", "")),
        # two directions
        ("423 W 800 S", (423, "W0S", "800", "", "")),
        ("423 West 800 South", (423, "W0S", "800", "", "")),
        ("150 N. 300 W.", (150, "N0W", "300", "", "")),
        ("12 N Capitol St NW", (12, "N0NW", "CAPITOL", "ST", "")),
        ("12 S Oak St S", (12, "S", "OAK", "ST", "")),
        ("Oak St", (0, "", "OAK", "ST", "")),
        ("1st St", (0, "", "1", "ST", "")),
        ("12", (12, "", "", "", "")),
        # ordinals
        ("100 First St", (100, "", "1", "ST", "")),
        ("100 1st St", (100, "", "1", "ST", "")),
        ("100 1sf St", (100, "", "1", "ST", "")),
        ("100 I2th St", (100, "", "12", "ST", "")),
        ("100 Thirteenth St", (100, "", "13", "ST", "")),
        ("100 Twenty-First St", (100, "", "21", "ST", "")),
        ("100 Twenty First St", (100, "", "21", "ST", "")),
        ("100 Twentyfirst St", (100, "", "21", "ST", "")),
        ("100 Ninetieth Ave", (100, "", "90", "AVE", "")),
        ("100 W 42nd Street", (100, "W", "42", "ST", "")),
        # lettered and numbered avenues
        ("12 K St", (12, "", "K", "ST", "")),
        ("12 Avenue B", (12, "", "B", "AVE", "")),
        ("12 Ave 50", (12, "", "50", "AVE", "")),
        ("12 N Avenue 50", (12, "N", "50", "AVE", "")),
        # roads known by a number
        ("State Hwy 49", (0, "", "49", "HWY", "")),
        ("12 Highway 49", (12, "", "49", "HWY", "")),
        ("12 State Route 49 # 5", (12, "", "49", "HWY", "5")),
        ("12 US 101", (12, "", "101", "HWY", "")),
        ("12 N US Highway 101", (12, "", "101", "HWY", "")),
        ("12 US Highway 101 N", (12, "", "101", "HWY", "")),
        ("12 County Road 7", (12, "", "7", "HWY", "")),
        ("12 Co Rd 7", (12, "", "7", "HWY", "")),
        ("12 CR 7", (12, "", "7", "HWY", "")),
        ("12 Rural Route 2", (12, "", "2", "HWY", "")),
        ("12 Cty Rd 7", (12, "", "7", "HWY", "")),
        ("12 I-80", (12, "", "80", "HWY", "")),
        ("12 CA-49", (12, "", "49", "HWY", "")),
        ("12 Farm to Market Road 1960", (12, "", "1960", "HWY", "")),
        ("12 FM 1960", (12, "", "1960", "HWY", "")),
        ("RR 2 Box 145", (145, "", "2", "HWY", "")),
        ("R.R. #2, Box 145", (145, "", "2", "HWY", "")),
        ("Rural Route 2 Box 145", (145, "", "2", "HWY", "")),
        ("HC 1 Box 5", (5, "", "1", "HWY", "")),
        ("RT 3 BX 582", (582, "", "3", "HWY", "")),
        ("Rt. 3, Box 582", (582, "", "3", "HWY", "")),
        ("Route 4 Box 18", (18, "", "4", "HWY", "")),
        ("R 4 Box 18", (18, "", "4", "HWY", "")),
        ("Box 18 Route 4", (18, "", "4", "HWY", "")),
        ("RFD 2 Box 9", (9, "", "2", "HWY", "")),
        ("Highway Contract 61 Box 12", (12, "", "61", "HWY", "")),
        ("Hwy Contract Route 61, Box 12", (12, "", "61", "HWY", "")),
        ("HCR 61 Box 12", (12, "", "61", "HWY", "")),
        ("Star Route Box 12", (12, "", "RURAL", "RTE", "")),
        ("Star Rte 2 Box 12-A", (12, "", "2", "HWY", "")),
        ("2105 New Jersey Highway 35", (2105, "", "35", "HWY", "")),
        ("2105 NJ 35", (2105, "", "35", "HWY", "")),
        ("2105 NJ-35", (2105, "", "35", "HWY", "")),
        ("2105 State Route 35", (2105, "", "35", "HWY", "")),
        ("2105 SR 35", (2105, "", "35", "HWY", "")),
        ("2105 Rt. 35", (2105, "", "35", "HWY", "")),
        ("2105 N Carolina Hwy 35", (2105, "", "35", "HWY", "")),
        ("2105 West Virginia Route 35", (2105, "", "35", "HWY", "")),
        ("12 County Road KK", (12, "", "KK", "HWY", "")),
        ("12 County Hwy A", (12, "", "A", "HWY", "")),
        ("12 CTH KK", (12, "", "KK", "HWY", "")),
        ("12 FM1234", (12, "", "1234", "HWY", "")),
        ("12 Hwy12 W", (12, "", "12", "HWY", "")),
        ("Route 3 Box 582 Springfield IL 62701", (582, "", "3", "HWY", "")),
        ("12 Route Nine", (12, "", "9", "HWY", "")),
        ("12 Nine Mile Rd", (12, "", "NINEMILE", "RD", "")),
        ("12 Township Road 5", (12, "", "5", "HWY", "")),
        ("12 Virginia Rd 5", (12, "", "VIRGINIA", "RD", "5")),
        ("12 Virginia State Rd 5", (12, "", "5", "HWY", "")),
        ("12 New Rd 5", (12, "", "NEW", "RD", "5")),
        ("12 New Jersey Ave", (12, "", "NEWJERSEY", "AVE", "")),
        ("12 York Rd", (12, "", "YORK", "RD", "")),
        # Spanish and French types
        ("12 Calle Ocho", (12, "", "OCHO", "CLL", "")),
        ("12 Avenida Juarez", (12, "", "JUAREZ", "AVE", "")),
        ("12 Camino Real", (12, "", "REAL", "CAM", "")),
        ("12 El Camino Real", (12, "", "ELCAMINOREAL", "", "")),
        ("12 Camino Dr", (12, "", "CAMINO", "DR", "")),
        ("12 Rue Royale", (12, "", "ROYALE", "RUE", "")),
        ("Calle Mayor 12", (12, "", "MAYOR", "CLL", "")),
        ("Via Roma, 12", (12, "", "ROMA", "VIA", "")),
        # military boxes
        ("PSC 3 BOX 120 APO AE", (120, "", "PSC3", "", "")),
        ("PSC 3, Box 120, APO AE 09021", (120, "", "PSC3", "", "")),
        ("Unit 2050 Box 4190 APO AP 96278", (4190, "", "UNIT2050", "", "")),
        ("PSC 03 BOX 120", (120, "", "PSC3", "", "")),
        ("CMR 415 BOX 120", (120, "", "CMR415", "", "")),
        ("12 I St", (12, "", "I", "ST", "")),
        # digits written like letters
        ("l2 Oak St", (12, "", "OAK", "ST", "")),
        ("1O4 Oak St", (104, "", "OAK", "ST", "")),
        ("5O Oak St", (50, "", "OAK", "ST", "")),
        ("S07 Oak St", (507, "", "OAK", "ST", "")),
        ("12S Oak St", (12, "", "OAK", "ST", "")),
        ("12B Oak St", (12, "", "OAK", "ST", "")),
        ("1S Oak St", (1, "", "OAK", "ST", "")),
        ("SO Oak St", (0, "S", "OAK", "ST", "")),
        # a town behind the street without a comma
        ("704 Ash St Springfield", (704, "", "ASH", "ST", "")),
        ("704 Ash St Springfield CA 95501", (704, "", "ASH", "ST", "")),
        ("704 Ash St Apt 4 Springfield CA 95501", (704, "", "ASH", "ST", "4")),
        ("704 N Ash St San Luis Obispo", (704, "N", "ASH", "ST", "")),
        ("704 Ash St NW Washington", (704, "NW", "ASH", "ST", "")),
        ("704 Ash Dr So Bellford", (704, "", "ASH", "DR", "")),
        ("704 Ash Rd Grass Valley", (704, "", "ASH", "RD", "")),
        ("704 Ash Ave St Louis", (704, "", "ASH", "AVE", "")),
        ("704 Old St Augustine Rd", (704, "", "OLDSTAUGUSTINE", "RD", "")),
        ("704 Oak Ln Estates", (704, "", "OAKLN", "ESTS", "")),
        ("704 Park Pl South", (704, "S", "PARK", "PL", "")),
        ("704 St Marys Ct", (704, "", "SAINTMARYS", "CT", "")),
        # units in every spelling
        ("12 Oak St Apt 4B", (12, "", "OAK", "ST", "4B")),
        ("12 Oak St., Apt. #4-B", (12, "", "OAK", "ST", "4B")),
        ("12 Oak St Apartment 4 B", (12, "", "OAK", "ST", "4B")),
        ("12 Oak St #4", (12, "", "OAK", "ST", "4")),
        ("12 Oak St # 04", (12, "", "OAK", "ST", "4")),
        ("12 Oak St Unit B", (12, "", "OAK", "ST", "B")),
        ("12 Oak St Ste 200", (12, "", "OAK", "ST", "200")),
        ("12 Oak St Sp 12", (12, "", "OAK", "ST", "12")),
        ("12 Oak St Bldg 3 Apt 4", (12, "", "OAK", "ST", "4")),
        ("12 Oak St 2nd Floor", (12, "", "OAK", "ST", "2")),
        ("12 Oak St Fl 2", (12, "", "OAK", "ST", "2")),
        ("12 Oak St 2F", (12, "", "OAK", "ST", "2")),
        ("12 Oak St Apt 2FL", (12, "", "OAK", "ST", "2")),
        ("325 Washington Ave 1 FL", (325, "", "WASHINGTON", "AVE", "1")),
        ("325 Washington Ave. 1st Flr.", (325, "", "WASHINGTON", "AVE", "1")),
        ("12 Oak St 2R", (12, "", "OAK", "ST", "2R")),
        ("12 Oak St Apt 102F", (12, "", "OAK", "ST", "102F")),
        ("12 Oak St Apt Rear", (12, "", "OAK", "ST", "REAR")),
        ("12 Oak St NW Apt 5, Washington", (12, "NW", "OAK", "ST", "5")),
        ("12 93rd St C", (12, "", "93", "ST", "C")),
        ("12 7th Ave 203", (12, "", "7", "AVE", "203")),
        ("12 Poplar 301", (12, "", "POPLAR", "", "301")),
        ("12 Lot Rd", (12, "", "LOT", "RD", "")),
        ("12 Space Park Dr", (12, "", "SPACEPARK", "DR", "")),
        # post office boxes give no street
        ("PO Box 12", (0, "", "", "", "")),
        ("P.O. Box 12", (0, "", "", "", "")),
        ("p o box 12, Oakland", (0, "", "", "", "")),
        ("Post Office Box 12", (0, "", "", "", "")),
        ("PO Box 12, 34 Oak St", (34, "", "OAK", "ST", "")),
        ("PO Box 12 34 Oak St", (34, "", "OAK", "ST", "")),
        ("34 Oak St, PO Box 12", (34, "", "OAK", "ST", "")),
        ("34 Oak St P.O. Box 12", (34, "", "OAK", "ST", "")),
        ("PO Box 12 Oakland CA 94016", (0, "", "", "", "")),
        ("12 Box Canyon Rd", (12, "", "BOXCANYON", "RD", "")),
        ("POB 12", (0, "", "", "", "")),
        ("Box 12", (0, "", "", "", "")),
        ("12 Oak St PMB 123", (12, "", "OAK", "ST", "123")),
        # town, state and zip behind the street
        ("12 Oak St, Springfield CA 94016", (12, "", "OAK", "ST", "")),
        ("12 Oak St\nSpringfield", (12, "", "OAK", "ST", "")),
        ("12 Oak St 94016", (12, "", "OAK", "ST", "")),
        ("12 Oak St CA 94016-1234", (12, "", "OAK", "ST", "")),
        ("12 Oak St Apt 4, Miami, FL 33101", (12, "", "OAK", "ST", "4")),
        ("12 Oak St, Springfield, Illinois 62701", (12, "", "OAK", "ST", "")),
        ("12 Oak St Apt 12345", (12, "", "OAK", "ST", "12345")),
        # saints, mounts, single words
        ("12 St Mary's Ave", (12, "", "SAINTMARYS", "AVE", "")),
        ("12 Saint Marys Avenue", (12, "", "SAINTMARYS", "AVE", "")),
        ("12 Mt Vernon Pl", (12, "", "MOUNTVERNON", "PL", "")),
        ("12 Broadway", (12, "", "BROADWAY", "", "")),
        ("12 Ñuñoa Ct", (12, "", "NUNOA", "CT", "")),
        ("12 Park", (12, "", "PARK", "", "")),
        # nothing to go by
        ("", (0, "", "", "", "")),
        ("???", (0, "", "", "", "")),
        ("99999999999999 Oak St", (0, "", "99999999999999OAK", "ST", "")),
    ],
)


@pytest.fixture(scope="module")
def split() -> dict[str, Parts]:
    """Give the parts of every address of `ONE_CELL`, as it stands and in capitals, all read in one table."""
    cells = [spelt for address, _ in ONE_CELL.args[1] for spelt in (address, address.upper())]
    return dict(zip(cells, plain_people(pl.DataFrame({"address": cells})).select(PARTS).rows(), strict=True))


@ONE_CELL
def test_an_address_in_one_cell_is_split_into_its_parts(address: str, expected: Parts, split: dict[str, Parts]) -> None:
    assert split[address] == expected
    assert split[address.upper()] == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"house_number": "12", "street_name": "Oak", "street_type": "Street"}, (12, "", "OAK", "ST", "")),
        (
            {"house_number": "12", "pre_direction": "N", "street_name": "Oak", "street_type": "ST"},
            (12, "N", "OAK", "ST", ""),
        ),
        (
            {"house_number": "12", "street_name": "Oak", "street_type": "ST", "post_direction": "NW"},
            (12, "NW", "OAK", "ST", ""),
        ),
        (
            {"house_number": "12", "street_name": "5th", "street_type": "Ave", "unit": "Apt 04"},
            (12, "", "5", "AVE", "4"),
        ),
        ({"house_number": "12", "street_name": "Oak St Apt 9", "unit": "#4-B"}, (12, "", "OAK", "ST", "4B")),
        ({"house_number": "12", "street_name": "Oak St Apt 9", "unit": None}, (12, "", "OAK", "ST", "9")),
        ({"house_number": "12", "street_name": "Oak St", "unit": "PH2"}, (12, "", "OAK", "ST", "PH2")),
        ({"house_number": "12", "street_name": "Oak St", "unit": "Apt"}, (12, "", "OAK", "ST", "")),
        ({"house_number": "12 1/2", "street_name": "Oak St"}, (12, "", "OAK", "ST", "HALF")),
        ({"house_number": "12-A", "street_name": "Oak St"}, (12, "", "OAK", "ST", "A")),
        ({"house_number": "12", "street_name": "12 Oak St"}, (12, "", "OAK", "ST", "")),
        ({"house_number": "12", "street_name": "12 ST"}, (12, "", "12", "ST", "")),
        ({"house_number": "12", "street_name": "42nd St"}, (12, "", "42", "ST", "")),
        (
            {"house_number": "423", "pre_direction": "W", "street_name": "800", "post_direction": "S"},
            (423, "W0S", "800", "", ""),
        ),
        ({"house_number": None, "street_name": "12 Oak St"}, (12, "", "OAK", "ST", "")),
        ({"house_number": "12", "street_name": None}, (12, "", "", "", "")),
        ({"address": None}, (0, "", "", "", "")),
        ({}, (0, "", "", "", "")),
    ],
)
def test_address_cells_are_joined(cells: dict[str, str | None], expected: tuple[int, str, str, str, str]) -> None:
    assert parts(name="Ann Lee", **cells) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"zip": "94016"}, 94016),
        ({"zip": "94016-1234"}, 94016),
        ({"zip": "940161234"}, 94016),
        ({"zip": "CA 94016"}, 94016),
        ({"zip": "02138"}, 2138),
        ({"zip": "2138"}, 2138),
        ({"zip": "21381234"}, 2138),
        ({"zip": "95249.0"}, 95249),
        ({"zip": "9.5249E+04"}, 95249),
        ({"zip": "9,5249e4"}, 95249),
        ({"zip": "9.52491234E+08"}, 95249),
        ({"zip": "2.138E+03"}, 2138),
        ({"zip": "95,249"}, 95249),
        ({"zip": "9.52E+04"}, 0),
        ({"zip": "9.52500E+08"}, 0),
        ({"zip": "213"}, 0),
        ({"zip": "n/a"}, 0),
        ({"zip": None}, 0),
        ({"address": "12 Oak St, Springfield CA 94016-1234"}, 94016),
        ({"address": "12 Oak St, Miami FL 33101"}, 33101),
        ({"address": "12 Oak St 94016", "zip": "94110"}, 94110),
        ({"address": "12 Oak St 94016", "zip": None}, 94016),
        ({"address": "12345 Oak St"}, 0),
        ({"address": "12 Oak St Apt 12345"}, 0),
        ({"address": "12 Highway 12345"}, 0),
        ({"address": "94016"}, 0),
    ],
)
def test_a_zip_code_comes_from_its_cell_or_from_the_end_of_the_address(
    cells: dict[str, str | None], expected: int
) -> None:
    frame = pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema=dict.fromkeys(cells, pl.String))
    assert plain_people(frame)["zip"].to_list() == [expected]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mount Shasta", "Mt. Shasta", "MT SHASTA CA", "City of Mt Shasta", "mount shasta, CA 96067"),
        ("Saint Louis", "St Louis", "St. Louis"),
        ("Fort Bragg", "Ft Bragg"),
        ("North Fork", "N. Fork", "No Fork"),
        ("Palm Springs", "Palm Spgs"),
        ("Grass Valley", "Grass Vly"),
        ("Oakland",),
    ],
)
def test_a_town_is_one_in_all_its_spellings(spellings: tuple[str, ...]) -> None:
    assert len({plain_town(each) for each in spellings}) == 1
    assert plain_town(spellings[0])


def test_other_towns_are_others_and_a_word_is_always_left() -> None:
    assert plain_town("North Fork") != plain_town("South Fork")
    for text in ("CA", "St", "City of", "N", "94016", "Park"):
        assert plain_town(text)
    assert plain_town("") == ""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"address": "12 Oak St, Mt Shasta CA 96067"}, "MOUNT SHASTA"),
        ({"address": "12 Oak St, Apt 4, Oakland, CA"}, "OAKLAND"),
        ({"address": "12 Oak St\nOakland"}, "OAKLAND"),
        ({"address": "12 Oak St, Springfield, Illinois 62701"}, "SPRINGFIELD"),
        ({"address": "Boulder Apartments, 12 Oak St"}, ""),
        ({"city": "Springfield, Illinois"}, "SPRINGFIELD"),
        ({"city": "Port Washington"}, "PRT WASHINGTON"),
        ({"address": "12 Oak St, Apt 4"}, ""),
        ({"address": "12 Oak St, # 4"}, ""),
        ({"address": "12 Oak St, Apt Rear"}, ""),
        ({"address": "12 Oak St 94016"}, ""),
        ({"address": "12 Oak St, Oakland", "city": "Berkeley"}, "BERKELEY"),
        ({"address": "12 Oak St, Oakland", "city": None}, "OAKLAND"),
    ],
)
def test_a_town_comes_from_its_cell_or_from_behind_a_comma(cells: dict[str, str | None], expected: str) -> None:
    frame = pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema=dict.fromkeys(cells, pl.String))
    assert plain_people(frame)["city"].to_list() == [expected]


@pytest.mark.parametrize("pattern", ["OAK {}", "N OAK {}", "OAK {} NW", "42ND {}", "GRAND OAK {}", "OAK {} 301"])
def test_every_type_agrees_with_its_abbreviation(pattern: str) -> None:
    read = {spelling: street_of_text(pattern.format(spelling)) for spelling, _ in TYPES}
    assert {spelling for spelling, standard in TYPES if read[spelling] != read[standard]} == set()
    assert {spelling: street.type for spelling, street in read.items()} == dict(TYPES)


@pytest.mark.parametrize("pattern", ["{} OAK", "{} OAK ST", "OAK ST {}", "OAK {}", "{} 42ND ST"])
def test_every_direction_agrees_with_its_abbreviation_before_and_behind(pattern: str) -> None:
    read = {spelling: street_of_text(pattern.format(spelling)).direction for spelling in words().directions}
    assert read == words().directions


def test_no_spelling_means_two_things_in_one_table() -> None:
    for table in (words().types, words().directions):
        assert all(table.get(standard, standard) == standard for standard in table.values())


def test_a_name_is_never_left_empty_while_a_word_is_there() -> None:
    for word in (*words().types, *words().directions, *words().words, *words().routes):
        assert street_of_text(word).name
        assert street_of_text(f"{word} {word}").name


@given(spoken)
@example("N")
@example("1 1")
def test_any_street_of_words_keeps_a_name(line: str) -> None:
    street = street_of_text(line)
    assert isinstance(street, Street)
    assert bool(street.name) == bool(plain(line))


@given(st.lists(st.one_of(text, spoken, st.none()), min_size=1, max_size=5))
def test_any_address_is_read_and_its_number_is_a_whole_number(lines: list[str | None]) -> None:
    frame = plain_people(pl.DataFrame({"address": lines}, schema={"address": pl.String}))
    assert frame.height == len(lines)
    assert frame.schema["number"] == pl.UInt32
    assert frame.select(PARTS).null_count().row(0) == (0, 0, 0, 0, 0)
    for name in PARTS[1:]:
        assert frame[name].str.contains(r"^[A-Z0-9]*$").all()


@given(
    st.integers(1, 9_999_999),
    st.sampled_from(["OAK ST", "N 5TH AVE", "BROADWAY"]),
    st.sampled_from(["", "4", "B", "12C"]),
)
def test_number_and_unit_read_back_from_one_cell_and_from_three(number: int, street: str, unit: str) -> None:
    whole = parts(address=f"{number} {street}" + (f" APT {unit}" if unit else ""))
    assert whole == parts(house_number=str(number), street_name=street, unit=unit or None)
    assert (whole[0], whole[4]) == (number, unit)


def test_every_cell_may_be_missing() -> None:
    none = pl.Series([None, None], dtype=pl.String)
    assert plain_addresses(none, none, none, none, none, none).rows() == [(0, "", "", "", "")] * 2
