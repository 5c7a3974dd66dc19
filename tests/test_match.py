"""Matching on small rolls: who is found, who is not, what the probability says, and that nothing else changes it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballotworthy.match import Beliefs, Matches, Prior, evidence, find, searches, weigh_pairs
from ballotworthy.match.kernel import RANKS
from ballotworthy.match.nicknames import other_names, pack_other_names
from ballotworthy.match.weigh import FIELDS
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import census
from ballotworthy.roll.keys import NAMES
from ballotworthy.roll.packed import OTHERS, letters
from checks import person, signers
from conftest import SmallRoll

ACCEPT = 0.8
FIND = import_module("ballotworthy.match.find")  # the package's own `find` is the function
STREETS = ("Birch Ave", "Cedar St", "Dogwood Ln", "Fir Ct", "Hazel Rd", "Larch Way", "Poplar Pl", "Walnut St")
FIRST = ("Aaron", "Beatriz", "Carl", "Dolores", "Ethan", "Fumiko", "Gail", "Hector", "Irma", "Jerome")
LAST = ("Abbott", "Barnes", "Castillo", "Duncan", "Fowler", "Griffin", "Hudson", "Jensen", "Keller", "Mendoza", "Nolan")
STRANGERS = [
    person(f"{FIRST[at % 10]} {LAST[at % 11]}", f"{200 + 7 * at} {STREETS[at % 8]}", birth_date=f"{1930 + at}-06-15")
    for at in range(80)
]
"""Voters who have nothing in common with those of the tests."""
FIRST_SEARCH = ["address + last name", "address + first name"]
SECOND_SEARCH = ["house number + name", "street + name", "last + first name"]
"""The searches of a line without zip code and birth date."""


def matched(roll: Roll, *people: Mapping[str, str | None], **options: Beliefs) -> Matches:
    return find(signers(people), roll, **options)


def taken(roll: Roll, signer: Mapping[str, str | None]) -> str | None:
    """Give the id of the voter whom the line would be counted for, None where no one is probable enough."""
    found = matched(roll, signer)
    if found.chances[0, 0] < ACCEPT:
        return None
    ids = roll.voters.select("voter_id").collect().to_series()
    return str(ids[int(roll.owners[found.records[0, 0]])])


def words(roll: Roll, signer: Mapping[str, str | None], rank: int = 0) -> str:
    return str(evidence(*weigh_pairs(matched(roll, signer), roll, rank))[0])


def voter(name: str, address: str = "12 Oak St", **cells: str) -> dict[str, str]:
    return person(name, address, voter_id="right", **cells)


def roll_with(small_roll: SmallRoll, *voters: Mapping[str, str]) -> Roll:
    """Give a roll of these voters among strangers, who are numbered from 1000."""
    columns = {name: None for each in voters for name in each}
    others = [{**columns, **each, "voter_id": str(1000 + at)} for at, each in enumerate(STRANGERS)]
    return small_roll([*({**columns, "birth_date": None, **each} for each in voters), *others])


# who is found


@pytest.mark.parametrize(
    ("how", "signer", "registered"),
    [
        ("exact", person("Robert Lee Tanaka", "12 Oak St"), "Robert Lee Tanaka"),
        ("in capitals", person("ROBERT TANAKA", "12 OAK STREET"), "Robert L Tanaka"),
        ("accents", person("Róbert Tañaka", "12 Oak St"), "Robert Tanaka"),
        ("nickname", person("Bob Tanaka", "12 Oak St"), "Robert Tanaka"),
        ("nickname on the roll", person("Robert Tanaka", "12 Oak St"), "Bob Tanaka"),
        ("initial", person("R Tanaka", "12 Oak St"), "Robert Tanaka"),
        ("comma", person("Tanaka, Robert", "12 Oak St"), "Robert Tanaka"),
        ("swapped", person("Tanaka Robert", "12 Oak St"), "Robert Tanaka"),
        ("middle name", person("Lee Tanaka", "12 Oak St"), "Robert Lee Tanaka"),
        ("look-alike", person("Robert Tanaca", "12 Oak St"), "Robert Tanaka"),
        ("slip in first name", person("Robret Tanaka", "12 Oak St"), "Robert Tanaka"),
        ("slip in last name", person("Robert Tnaka", "12 Oak St"), "Robert Tanaka"),
        ("slip in number", person("Robert Tanaka", "21 Oak St"), "Robert Tanaka"),
        ("slip in street", person("Robert Tanaka", "12 Oka St"), "Robert Tanaka"),
        ("first of two surnames", person("Ana Garcia", "12 Oak St"), "Ana García-López"),
        ("second of two surnames", person("Ana Lopez", "12 Oak St"), "Ana García-López"),
        ("surnames changed about", person("Ana Lopez-Garcia", "12 Oak St"), "Ana García-López"),
        ("surnames without hyphen", person("Ana Garcia Lopez", "12 Oak St"), "Ana García-López"),
        ("one surname on the roll", person("Ana Garcia-Lopez", "12 Oak St"), "Ana Lopez"),
        ("particles", person("Maria de la Cruz", "12 Oak St"), "Maria Delacruz"),
        ("Vietnamese middle name", person("Anh Van Nguyen", "12 Oak St"), "Anh Nguyen"),
        ("O and a blank", person("Pat O Brien", "12 Oak St"), "Pat O'Brien"),
        ("zip code alone", person("Robert Tanaka", "", zip="94016"), "Robert Tanaka"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_voter_is_found(small_roll: SmallRoll, how: str, signer: dict[str, str], registered: str) -> None:
    roll = roll_with(small_roll, voter(registered, zip="94016"))
    assert taken(roll, signer) == "right", how


def test_a_voter_is_found_under_a_former_name(small_roll: SmallRoll) -> None:
    roll = roll_with(small_roll, voter("Ana Ruiz", "12 Oak St", former_last_name="Tanaka"))
    assert taken(roll, person("Ana Ruiz", "12 Oak St")) == "right"
    assert taken(roll, person("Ana Tanaka", "12 Oak St")) == "right"
    found = matched(roll, person("Ana Tanaka", "12 Oak St"))
    assert roll.owners[found.records[0, found.records[0] >= 0]].tolist().count(0) == 1


@pytest.mark.parametrize("former", ["Ruiz", "RUIZ", "Ruíz", "Ruis"])
def test_a_former_name_like_the_present_one_takes_nothing_from_its_voter(small_roll: SmallRoll, former: str) -> None:
    signer = person("Ana Ruiz", "12 Oak St")
    alone = matched(roll_with(small_roll, voter("Ana Ruiz", "12 Oak St")), signer)
    both = matched(roll_with(small_roll, voter("Ana Ruiz", "12 Oak St", former_last_name=former)), signer)
    assert both.chances[0, 0] == pytest.approx(alone.chances[0, 0], abs=0.01)
    assert both.on_roll[0] == pytest.approx(alone.on_roll[0], abs=0.01)


def test_father_and_son_of_one_name_are_told_apart_by_their_suffix(small_roll: SmallRoll) -> None:
    home = "12 Oak St"
    father, son = person("John Tanaka Sr", home, voter_id="senior"), person("John Tanaka Jr", home, voter_id="junior")
    roll = roll_with(small_roll, father, son)
    assert taken(roll, person("John Tanaka Jr.", home)) == "junior"
    assert taken(roll, person("John Tanaka II", home)) == "junior"
    assert taken(roll, person("John Tanaka, Sr", home)) == "senior"
    assert taken(roll, person("John Tanaka", home)) is None
    found = matched(roll, person("John Tanaka", home))
    assert found.chances[0, :2] == pytest.approx([0.5, 0.5], abs=0.05)
    assert found.on_roll[0] > ACCEPT


def test_father_and_son_are_told_apart_by_their_birth(small_roll: SmallRoll) -> None:
    home = "12 Oak St"
    father = person("John Tanaka", home, voter_id="father", birth_date="1940-01-02")
    son = person("John Tanaka", home, voter_id="son", birth_date="1970-03-04")
    roll = roll_with(small_roll, father, son)
    assert taken(roll, person("John Tanaka", home, birth_date="1970-03-04")) == "son"
    assert taken(roll, person("John Tanaka", home, birth_date="1940-01-20")) == "father"


def test_twins_of_one_name_divide_one_probability(small_roll: SmallRoll) -> None:
    signer = person("John Tanaka", "12 Oak St")
    one = matched(roll_with(small_roll, voter(*signer.values())), signer)
    two = matched(roll_with(small_roll, *[person(*signer.values(), voter_id=each) for each in "ab"]), signer)
    assert two.records[0, :2].tolist() == [0, 1]
    assert two.chances[0, 0] == two.chances[0, 1] < 0.5
    assert two.on_roll[0] >= one.on_roll[0] - 0.01


def test_thirty_of_one_name_are_told_apart_by_their_addresses(small_roll: SmallRoll) -> None:
    voters = [person("Maria Garcia", f"{100 + 11 * at} {STREETS[at % 8]}", voter_id=str(at)) for at in range(30)]
    roll = small_roll([*voters, *({**each, "voter_id": f"x{at}"} for at, each in enumerate(STRANGERS))])
    assert [taken(roll, each) for each in voters] == [each["voter_id"] for each in voters]
    nowhere = matched(roll, person("Maria Garcia", ""))
    assert nowhere.chances[0, 0] < 0.1
    assert nowhere.on_roll[0] > 0.5


# who is not


@pytest.mark.parametrize(
    ("why", "signer"),
    [
        ("a spouse not registered", person("Sue Tanaka", "12 Oak St")),
        ("one who moved in", person("Ann Moore", "12 Oak St")),
        ("a namesake elsewhere", person("Robert Tanaka", "4011 Vine Ave", birth_date="1980-05-06")),
        ("nobody", person("Ann Moore", "77 Vine St")),
        ("a blank line", person("", "")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_somebody_else_is_not_taken(small_roll: SmallRoll, why: str, signer: dict[str, str]) -> None:
    roll = roll_with(small_roll, voter("Robert Tanaka", birth_date="1950-01-02"))
    assert taken(roll, signer) is None, why


def test_a_common_name_elsewhere_and_another_name_here_make_no_match(small_roll: SmallRoll) -> None:
    """Another tool takes the signer for one of the nine who bear his name, or for his neighbour of a like name."""
    namesakes = [person("John Smith", f"9{at}{at} Zebra Ave") for at in range(1, 10)]
    roll = small_roll([*namesakes, person("Joan Smyth", "12 Oak Street")])
    signer = person("John Smith", "12 Oak Street NW")
    assert taken(roll, signer) is None
    assert matched(roll, signer).chances.max() < ACCEPT
    among = small_roll([*namesakes, person("Joan Smyth", "12 Oak Street"), *STRANGERS])
    assert taken(among, signer) is None


def test_one_who_moved_is_the_best_candidate_with_the_address_against_him(small_roll: SmallRoll) -> None:
    roll = roll_with(small_roll, voter("Robert Tanaka", "12 Oak St", birth_date="1950-01-02"))
    signer = person("Robert Tanaka", "4011 Vine Ave", birth_date="1950-01-02")
    assert taken(roll, signer) == "right"
    assert "house number differs (-" in words(roll, signer)
    assert "birth date agrees (+" in words(roll, signer)


# what the result says


def test_candidates_are_ranked_by_weight_each_voter_once(small_roll: SmallRoll) -> None:
    roll = small_roll([person("Ann Lee", f"{at} Oak St", former_last_name="Leigh") for at in range(10, 30)])
    found = matched(roll, person("Ann Lee", "129 Oak St"), person("Ann Leigh", "159 Oak St"))
    for at in range(2):
        owners = roll.owners[found.records[at]]
        assert len(set(owners.tolist())) == RANKS
        assert (np.diff(found.weights[at]) <= 0).all()
        assert (np.diff(found.chances[at]) <= 0).all()
    assert roll.owners[found.records[:, 0]].tolist() == [2, 5]


def test_where_there_is_nobody_there_is_no_candidate(small_roll: SmallRoll) -> None:
    found = matched(small_roll([person("Ann Lee", "12 Oak St")]), person("", ""))
    assert found.records[0].tolist() == [-1] * RANKS
    assert found.chances[0].tolist() == [0.0] * RANKS
    assert found.on_roll[0] < 0.01


def test_equals_rank_in_the_order_of_the_roll(small_roll: SmallRoll) -> None:
    roll = small_roll([person("Ann Lee", "12 Oak St")] * 8)
    assert matched(roll, person("Ann Lee", "12 Oak St")).records[0].tolist() == [0, 1, 2, 3, 4]


@pytest.fixture
def street(small_roll: SmallRoll) -> Roll:
    return small_roll([*STRANGERS, person("Carl Barnes", "12 Oak St")])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST), st.integers(1, 300)), min_size=1, max_size=20))
def test_probabilities_are_shares_of_one(street: Roll, people: list[tuple[str, str, int]]) -> None:
    found = matched(street, *(person(f"{first} {last}", f"{number} Oak St") for first, last, number in people))
    assert (found.chances >= 0).all()
    assert (found.chances.sum(axis=1) <= found.on_roll + 1e-9).all()
    assert (found.on_roll < 1).all()


def test_weights_of_the_fields_add_up_to_the_weight(small_roll: SmallRoll) -> None:
    roll = roll_with(small_roll, voter("Robert Lee Tanaka", "12 Oak St Apt 4", birth_date="1950-01-02"))
    found = matched(roll, person("Bob Tanaka", "21 Oak St Apt 4", birth_date="1950-01-03"))
    levels, bits = weigh_pairs(found, roll, 0)
    assert levels.shape == bits.shape == (1, len(FIELDS))
    assert bits.sum() == pytest.approx(found.weights[0, 0])
    assert (bits[levels == 0] == 0).all()


def test_evidence_says_each_field_that_could_be_compared_with_its_weight(small_roll: SmallRoll) -> None:
    roll = small_roll([voter("Robert Lee Tanaka")])
    said = words(roll, person("Bob Tanaka", "21 Oak St")).split(", ")
    assert [each.rsplit(" (", 1)[0] for each in said] == [
        "last name agrees",
        "first name is a nickname",
        "house number differs by one slip",
        "street agrees",
    ]
    assert all(each.rsplit("(", 1)[1][0] in "+-" for each in said)
    assert words(roll, person("Bob Tanaka", "21 Oak St"), rank=1) == ""


def test_a_sure_match_ends_the_search_and_the_searches_are_recorded(small_roll: SmallRoll) -> None:
    roll = roll_with(small_roll, voter("Robert Tanaka", "12 Oak St"))
    found = matched(roll, person("Robert Tanaka", "12 Oak St"))
    (said,) = searches(found.looked)
    assert [each.split(": ")[0] for each in said.split("; ")] == FIRST_SEARCH
    assert (found.looked[0, [kind.search > 0 for kind in NAMES]] == -1).all()


@pytest.mark.parametrize(
    "signer",
    [
        person("Zed Quill", "7 Vine St"),
        person("Sue Tanaka", "12 Oak St"),
        person("John Smith", "12 Oak Street NW"),
    ],
)
def test_nobody_is_given_up_before_the_wider_search(small_roll: SmallRoll, signer: dict[str, str]) -> None:
    roll = roll_with(small_roll, voter("Robert Tanaka", "12 Oak St"))
    found = matched(roll, signer)
    assert found.chances[0, 0] < ACCEPT
    (said,) = searches(found.looked)
    first, second, wider = said.split("; then ")
    assert [each.split(": ")[0] for each in first.split("; ")] == FIRST_SEARCH
    assert [each.split(": ")[0] for each in second.split("; ")] == SECOND_SEARCH
    assert "sound of last name + first name: " in wider
    assert "street + last name: " in wider


@pytest.mark.parametrize(
    ("signer", "kind"),
    [
        (person("Zelda Tanaka", "12 Vine St"), "house number + last name"),
        (person("Robert Moore", "12 Vine St"), "house number + first name"),
        (person("Zelda Moore", "12 Oak St"), "house number + street"),
        (person("Zelda Tanaka", "340 Oak St"), "street + last name"),
        (person("Robert Moore", birth_date="1950-01-02"), "first name + birth date"),
        (person("Robert Tonoka"), "sound of last name + first name"),
        (person("Robert Kanaka"), "end of last name + first name"),
        (person("Zelda Moore", birth_date="1950-01-02", zip="94016"), "birth date + zip code"),
        (person("Zelda Moore", birth_date="1950-01-02", city="Fresno"), "birth date + city"),
        (person("Zelda Moore", "340 Oak St", zip="94016"), "street + zip code"),
    ],
)
def test_each_key_of_the_third_search_finds_whom_the_others_missed(
    small_roll: SmallRoll, signer: dict[str, str], kind: str
) -> None:
    roll = small_roll([voter("Robert Tanaka", "12 Oak St", birth_date="1950-01-02", zip="94016", city="Fresno")])
    found = matched(roll, signer)
    assert found.records[0, 0] == 0
    (by,) = np.flatnonzero(found.looked[0] > 0)
    assert (NAMES[by].words, NAMES[by].search) == (kind, 2)


# what must not change the result


def same(one: Matches, two: Matches) -> bool:
    names = ("records", "weights", "chances", "on_roll", "looked")
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in names)


@pytest.fixture
def crowd(small_roll: SmallRoll) -> tuple[Roll, pl.DataFrame]:
    """Give a roll of 400 and 150 lines, some of them of strangers."""
    rng = np.random.default_rng(2018)
    names = [f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(500)]
    people = [person(name, f"{rng.integers(1, 60)} {rng.choice(STREETS)}") for name in names]
    return small_roll(people[:400]), signers(people[350:])


@pytest.mark.parametrize("batch", [1, 7, 149, 150, 151])
@pytest.mark.parametrize("cores", [1, 2, 5])
def test_neither_threads_nor_batches_change_the_result(
    crowd: tuple[Roll, pl.DataFrame], monkeypatch: pytest.MonkeyPatch, batch: int, cores: int
) -> None:
    roll, lines = crowd
    expected = find(lines, roll)
    monkeypatch.setattr(FIND, "BATCH", batch)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert same(find(lines, roll), expected)


def test_a_line_is_matched_as_it_would_be_alone(crowd: tuple[Roll, pl.DataFrame]) -> None:
    roll, lines = crowd
    beliefs = Beliefs()  # those estimated from 150 lines are not those of one
    together = find(lines, roll, beliefs=beliefs)
    for at in (0, 49, 50, 149):
        alone = find(lines[at : at + 1], roll, beliefs=beliefs)
        assert alone.records[0].tolist() == together.records[at].tolist()
        assert alone.chances[0].tolist() == together.chances[at].tolist()


def test_progress_is_told_from_nothing_to_all(
    crowd: tuple[Roll, pl.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    roll, lines = crowd
    monkeypatch.setattr(FIND, "BATCH", 40)
    told: list[tuple[str, int, int]] = []
    find(lines, roll, progress=lambda *step: told.append(step))
    assert told[0] == ("match", 0, 150)
    assert told[-1] == ("match", 150, 150)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STRANGERS), max_size=60), st.integers(0, 60))
def test_strangers_on_the_roll_do_not_change_who_is_best(
    small_roll: SmallRoll, strangers: Sequence[dict[str, str]], before: int
) -> None:
    """Wherever they stand in the file, and however common they make other names."""
    known = [
        person("Robert Tanaka", "12 Oak St", voter_id="a"),
        person("Ana Okafor", "12 Oak St", voter_id="b"),
        person("John Quill Jr", "40 Elm Ave", voter_id="c"),
        person("John Quill Sr", "40 Elm Ave", voter_id="d"),
    ]
    others = [{**each, "voter_id": str(at)} for at, each in enumerate(strangers)]
    voters = [*others[:before], *known, *others[before:]]
    roll = small_roll([{name: each.get(name) for name in ("voter_id", "name", "address")} for each in voters])
    lines = [
        person("Bob Tanaka", "21 Oak St"),
        person("Ana Okafor", "99 Vine St"),
        person("Quill, John Jr", "40 Elm"),
        person("John Quill Sr", ""),
    ]
    best = roll.owners[find(signers(lines), roll).records[:, 0]]
    assert [voters[int(at)]["voter_id"] for at in best] == ["a", "b", "c", "d"]


def test_the_more_are_believed_to_be_registered_the_likelier_the_best(small_roll: SmallRoll) -> None:
    roll = roll_with(small_roll, voter("Robert Tanaka", "12 Oak St"))
    signer = person("Robert Tanaka", "40 Oak St")
    priors = [Prior(on_roll=share, relative=0.04, tenant=0.06) for share in (0.2, 0.5, 0.8)]
    chances = [matched(roll, signer, beliefs=Beliefs(prior=prior)).chances[0, 0] for prior in priors]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


# nicknames


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ROBERT", "BOB"),
        ("MARGARET", "PEGGY"),
        ("WILLIAM", "BILL"),
        ("ELIZABETH", "BETTY"),
        ("CHRISTOPHER", "CHRIS"),
        ("DOLORES", "LOLA"),
    ],
)
def test_nicknames_are_known_both_ways(one: str, two: str) -> None:
    assert two in other_names(one)
    assert one in other_names(two)
    assert one not in other_names(one)


def test_a_name_as_long_as_a_record_holds_stands_for_the_longer_ones_that_begin_with_it() -> None:
    assert "CHRIS" in other_names("CHRISTOPHE")


def test_other_names_are_packed_once_for_each_line() -> None:
    names, counts = pack_other_names(letters(pl.Series(["BOB", "", "B", "ZZYZX", "BOB"]), 10))
    assert counts.tolist() == [len(other_names("BOB")), 0, 0, 0, len(other_names("BOB"))]
    assert {bytes(each).rstrip(b"\0").decode() for each in names[0, : counts[0]]} == set(other_names("BOB"))
    assert (names[0] == names[4]).all()
    assert not names[1:4].any()


def test_no_name_has_more_other_names_than_a_line_holds() -> None:
    """Else one who signs Margaret would not be found as Peggy, who stands late in the alphabet."""
    assert max(len(other_names(name)) for name in census("first")["name"]) < OTHERS
