"""How often each thing happens in an invented petition: shares from 0 to 1, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from ballotworthy.errors import InputError

FATES = (
    "blank",
    "struck",
    "illegible",
    "no_address",
    "po_box",
    "no_date",
    "date_outside",
    "not_registered",
    "registered_late",
    "cancelled",
    "out_of_jurisdiction",
    "different_address",
    "duplicate",
    "saboteur",
)
"""The rates that exclude each other: a line has at most one, and is an ordinary signature if it has none."""


@dataclass(frozen=True)
class Rates:
    """The shares behind a simulation; the defaults make one signature in four invalid.

    The mix is that of the recall of District Attorney Gascón (Los Angeles 2022: 715,833 signatures, 27.4 %
    invalid; of these 45 % not registered, 22 % duplicates, 16 % at a different address), held against the
    recall of Governor Newsom (2021: 20.4 %), San José (2020: 29 %) and Colorado's Initiative 46 (2012: 19 %).
    A signature that does not look like the voter's (5 % in Los Angeles) is nothing a table can show.

    Where no figure is published the default is a guess, and says so.

    Raises:
        InputError: a rate is outside [0, 1], or the fates of a line add up to more than 1.
    """

    # What becomes of a line: shares of all lines.

    # At the ends of sheets. Oklahoma's SQ 836 left 1.2 of 9 lines empty, but few committees key them all.
    blank: float = 0.02
    # Crossed out by the committee before filing. A guess.
    struck: float = 0.01
    # These three, and the cancelled: some of the 12 % of other grounds in Los Angeles, guessed apart.
    illegible: float = 0.004
    no_address: float = 0.006
    po_box: float = 0.003
    # Oklahoma's SQ 836: 1,746 of 209,616 lines were lost for a missing date alone.
    no_date: float = 0.008
    # Mostly the year before. A guess.
    date_outside: float = 0.003
    # Los Angeles 2022: 88,464 of 715,833 are 12.4 %; Washington's R-71 of 2009: 9.6 %.
    not_registered: float = 0.115
    # Washington's R-71 of 2009: 443 of 110,288 signers were only on a later roll, 0.4 %.
    registered_late: float = 0.006
    cancelled: float = 0.008
    # The voter of another county on this county's sheet. A guess.
    out_of_jurisdiction: float = 0.02
    # Los Angeles 2022: 32,187 of 715,833 are 4.5 %.
    different_address: float = 0.045
    # Washington's R-71 of 2009: 1.2 %; Los Angeles 2022: 6.1 %.
    duplicate: float = 0.0275
    # One voter who signs 50 times in 100,000 lines. Arizona's Prop. 140 of 2024 had one with 15.
    saboteur: float = 0.0005

    # Who the strangers are: shares of the lines not registered. Guesses.

    # Lives with a voter of the same surname.
    stranger_in_household: float = 0.25
    # Bears the full name of a voter who lives elsewhere.
    stranger_namesake: float = 0.06

    # Who carries the sheets: the circulators who copy names. Michigan 2022: 36 of them, 68,000 lines.
    bad_circulators: float = 0.05

    # How signers come: shares of all voters. At a market stall everybody does; from door to door nobody.

    # Signs apart from the household, whose members else follow each other.
    signs_alone: float = 0.0

    # The roll: shares of all voters unless said otherwise. Guesses.

    roll_inactive: float = 0.08
    roll_cancelled: float = 0.05
    # Registered after the filing day, and cancelled after it.
    roll_late: float = 0.004
    roll_cancelled_since: float = 0.002
    # Homes whose people have a mailing address.
    roll_mailing: float = 0.07
    # Of sons who live with their father: bear his whole name.
    father_and_son: float = 0.06
    # Of adult children with an elder one at home: are that one's twin.
    twins: float = 0.02
    # Of voters with a surname of Spanish origin.
    two_surnames: float = 0.35
    # Of wives who took another name: the roll keeps the former one.
    former_name: float = 0.3

    # How people write: shares of those to whom it can happen. Guesses.

    nickname: float = 0.07
    # "J. Smith"
    initial_only: float = 0.015
    # "J. Robert Smith" or "Robert Smith" for John Robert Smith.
    middle_as_first: float = 0.01
    middle_missing: float = 0.6
    suffix_missing: float = 0.45
    # "Smith John" or "Smith, John"
    names_swapped: float = 0.012
    # Of two surnames one, or both turned round, or with a hyphen or without.
    surnames_otherwise: float = 0.5
    former_name_used: float = 0.1
    # "García" where the roll has GARCIA.
    accents: float = 0.15
    type_missing: float = 0.1
    direction_missing: float = 0.2
    unit_missing: float = 0.15
    city_missing: float = 0.02
    # "N Oakdale" for North Oakdale, "Ft", "Mt", "So".
    city_shortened: float = 0.4
    zip_missing: float = 0.05
    zip_wrong: float = 0.03

    # How hands and keyboards slip: shares of the fields written. Guesses.

    name_slip: float = 0.09
    street_slip: float = 0.06
    number_slip: float = 0.02
    city_slip: float = 0.02
    birth_slip: float = 0.02

    def __post_init__(self) -> None:
        wrong = [name for name, value in asdict(self).items() if not 0 <= value <= 1]
        if wrong:
            raise InputError(f"a rate is a share from 0 to 1; out of range: {', '.join(wrong)}. Write 0.05 for 5 %.")
        total = sum(getattr(self, name) for name in FATES)
        if total > 1 + 1e-9:
            raise InputError(
                f"the fates of a line add up to {total:.3f}, more than 1. Lower some of: {', '.join(FATES)}."
            )


RATE_NAMES = tuple(field.name for field in fields(Rates))


def rates_from(settings: Iterable[str]) -> Rates:
    """Give the default rates changed by settings such as "not_registered=0.2"; all their faults at once.

    Raises:
        InputError: a setting is not NAME=VALUE, its name is unknown or comes twice, or its value is no number
            from 0 to 1.
    """
    values: dict[str, float] = {}
    faults = []
    for setting in settings:
        name, _, text = setting.partition("=")
        name = name.strip().replace("-", "_")
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if name not in RATE_NAMES:
            faults.append(f"there is no rate {name!r}")
        elif not 0 <= value <= 1:
            faults.append(f"{name} needs a share from 0 to 1, not {text!r}")
        elif name in values:
            faults.append(f"{name} is given twice")
        else:
            values[name] = value
    if faults:
        raise InputError(
            f"{'; '.join(faults)}. Write --rate NAME=VALUE, for example --rate duplicate=0.05. "
            f"Known: {', '.join(RATE_NAMES)}."
        )
    return Rates(**values)
