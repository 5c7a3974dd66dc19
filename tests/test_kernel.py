"""The kernel against a slow textbook version: the same voters looked at, weighed, added up and ranked, line by line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field

import numpy as np
import polars as pl
import pytest

from ballotworthy.match import Beliefs, Matches, find
from ballotworthy.match.blocks import MOST_KEYS, SEARCHES, keys_of_search
from ballotworthy.match.comparisons import birth, first_name, last_name, street
from ballotworthy.match.kernel import BUDGET, LONGEST, RANKS, SURE
from ballotworthy.match.nicknames import other_names
from ballotworthy.match.pair import OF_ROLL
from ballotworthy.match.pairs import compare
from ballotworthy.match.readings import pack_lines
from ballotworthy.match.weigh import BIRTH, FIRST, LAST, NUMBER, STREET, SUFFIX, TOWN, UNIT, Weights, weights
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import HOME_TOWN, KINDS, MOST, NAMES, voter_keys
from checks import person, signers
from conftest import SmallRoll

FIRSTS = ("Ann", "Anna", "Bo", "Robert", "Bob", "Roberta", "Cy", "Dee", "John", "Jack")
LASTS = ("Lee", "Li", "Leigh", "Garcia Lopez", "Lopez", "Garcia-Ruiz", "O'Neil", "van Dyke", "Montenegro-Villalobos")
STREETS = ("Oak St", "Oak Ave", "Elm St", "5th St", "15th St", "N Martin Luther King Blvd")


def crowd(count: int, seed: int, houses: int = 30) -> list[dict[str, str | None]]:
    """Give people who share names, houses and birthdays in every way, of whom many lack something."""
    rng = np.random.default_rng(seed)

    def some(text: str, share: float) -> str | None:
        return text if rng.random() < share else None

    return [
        {
            "name": f"{rng.choice(FIRSTS)} {rng.choice(['', 'A', 'Lee', 'Garcia'])} {rng.choice(LASTS)}"
            f"{rng.choice(['', '', '', ' Jr', ' Sr'])}",
            "address": some(f"{rng.integers(1, houses)} {rng.choice(STREETS)}", 0.9),
            "unit": some(str(rng.integers(1, 4)), 0.2),
            "zip": some(str(rng.choice(["94016", "94061", "94110"])), 0.8),
            "city": some(str(rng.choice(["Oakland", "Fresno"])), 0.8),
            "birth_date": some(f"19{rng.integers(50, 60)}-01-0{rng.integers(1, 9)}", 0.6),
        }
        for _ in range(count)
    ]


READ_TWICE = (("Van Anh", "Nguyen"), ("Kar-Wai", "Wong"), ("Jun Hoe", "Thambi"), ("Minh Khai Thi", "Tran"))
"""Given names and family names of people who write the family's first."""

SLIPPED = {
    LAST: range(last_name.ALIKE, last_name.DIFFERENT),
    FIRST: range(first_name.ALIKE, first_name.DIFFERENT),
}
BITS = {LAST: "last_bits", FIRST: "first_bits"}


@dataclass
class Textbook:
    """What is known of one line while it is looked for."""

    left: int = BUDGET
    seen: set[int] = field(default_factory=set)
    ranked: list[tuple[float, int]] = field(default_factory=list)
    """Minus the weight, and the record."""
    sums: list[float] = field(default_factory=lambda: [0.0] * 5)
    looked: dict[int, int] = field(default_factory=dict)
    passed_over: int = 0
    searches: int = 0


class Book:
    """A roll as a dictionary of lists, looked through one entry after the other."""

    def __init__(self, roll: Roll, beliefs: Beliefs) -> None:
        self.roll, self.beliefs = roll, beliefs
        self.table: Weights = weights(beliefs.levels)
        self.shift = 64 - (len(roll.index.starts) - 1).bit_length() + 1
        self.lists: dict[int, list[tuple[int, int]]] = {}
        kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
        for at, voter in enumerate(roll.records):
            for each in keys[: voter_keys(voter, kinds, keys)]:
                self.lists.setdefault(int(each) >> self.shift, []).append((self.tag(int(each)), at))

    def tag(self, key: int) -> int:
        return key >> (self.shift - 4) & 15

    def under(self, key: int) -> list[tuple[int, int]]:
        """Give the entries of all keys that share a list with this one."""
        return self.lists.get(key >> self.shift, [])

    def match(self, line: np.void) -> Textbook:
        found = Textbook()
        everybody = np.arange(len(self.roll.records))
        levels, _ = compare(np.repeat(line, len(everybody)), self.roll.records, everybody, self.table)
        for search in range(SEARCHES):
            if search and self._is_sure(found, search):
                break
            found.searches += 1
            asked = self._keys(line, search)
            if search == 2:
                asked += [each for each in self._keys(line, 1) if len(self.under(each[1])) > LONGEST[1, each[0]]]
            for kind, key in sorted(asked, key=lambda each: len(self.under(each[1]))):
                entries = self.under(key)
                if len(entries) > LONGEST[search, kind]:
                    found.passed_over += 1
                    if search == 1 and kind == HOME_TOWN and len(entries) > LONGEST[2, HOME_TOWN]:
                        found.sums[2] += len(entries) * 2.0 ** self._home(line) / self.roll.size
                    continue
                fresh = [at for tag, at in entries if tag == self.tag(key) and at not in found.seen]
                fresh = list(dict.fromkeys(fresh))[: found.left]  # two of a voter's keys may share a list
                for at in fresh:
                    found.seen.add(at)
                    self._add(found, line, at, levels[at])
                found.left -= len(fresh)
                found.looked[kind] = found.looked.get(kind, 0) + len(fresh)
        return found

    def _keys(self, line: np.void, search: int) -> list[tuple[int, int]]:
        kinds, keys = np.empty(MOST_KEYS, np.uint8), np.empty(MOST_KEYS, np.uint64)
        count = keys_of_search(search, line, kinds, keys)
        return [(int(kind), int(key)) for kind, key in zip(kinds[:count], keys[:count], strict=True)]

    def _home(self, line: np.void) -> float:
        """Give the weight of an agreeing house number, street and zip code."""
        return float(self.table.bits[[NUMBER, STREET, TOWN], 1].sum() + line["street_bits"] / 8)

    def _is_sure(self, found: Textbook, search: int) -> bool:
        believed = self.beliefs.prior
        shares = astuple(believed)
        likely = [each * share for each, share in zip(found.sums, shares, strict=True)]
        return bool(likely[0] >= SURE[search - 1] * (sum(likely) + 1 - sum(shares)))

    def _add(self, found: Textbook, line: np.void, at: int, levels: np.ndarray) -> None:
        owner, voters = self.roll.owners[at], self.roll.size
        each = self.weighed(line, self.roll.records[at], levels)
        weight = sum(each)
        building = each[NUMBER] + each[STREET] + each[TOWN]
        known = [minus for minus, other in found.ranked if self.roll.owners[other] == owner]
        before = 2.0 ** -known[0] if known else 0.0
        found.sums[0] += max(2.0**weight - before, 0.0) / voters
        if not known:
            if self.beliefs.levels[LAST][levels[LAST]].same_family:
                found.sums[1] += 2.0 ** (building + each[UNIT] + each[LAST]) / voters
            found.sums[2] += 2.0 ** (building + max(each[UNIT], 0.0)) / voters
            found.sums[3] += 2.0 ** (each[LAST] + each[FIRST]) / voters
            found.sums[4] += 2.0 ** (each[STREET] + each[TOWN]) / voters
        if not known or -weight < known[0]:
            others = [one for one in found.ranked if self.roll.owners[one[1]] != owner]
            found.ranked = sorted([*others, (-weight, at)])[:RANKS]

    def weighed(self, line: np.void, voter: np.void, levels: np.ndarray) -> list[float]:
        """Give the weight of each field: what its level weighs, and what the name says where it rests on one."""
        each = []
        for at, ordered in enumerate(self.beliefs.levels):
            level = ordered[levels[at]]
            weight = level.weight
            if at == SUFFIX and level.words == "differs":
                weight = min(weight, math.log2(0.001 / 0.30))  # as stated, whatever is estimated
            if at in SLIPPED and levels[at] in SLIPPED[at]:
                mine, own = line["who"][BITS[at]] / 8, voter[BITS[at]] / 8
                weight = min(weight + math.log2(2**mine + OF_ROLL * 2**own), mine, own)
            elif level.by_name and at == LAST:
                part = min(line["who"]["last_bits"], voter["last_bits"])
                part = min(part, line["before_bits"]) if line["before"][0] else part
                weight += (part if levels[at] == last_name.PART else line["who"]["last_bits"]) / 8
                weight = min(weight, voter["last_bits"] / 8)
            elif level.by_name and at == FIRST:
                weight += line["who"]["first_bits"] / 8
                if levels[at] != first_name.MIDDLE:
                    weight = min(weight, voter["first_bits"] / 8)
            elif level.by_name:
                assert at == STREET
                assert levels[at] in (street.AGREES, street.NAME)
                weight += line["street_bits"] / 8
            each.append(max(weight, ordered[-1].weight) if level.by_name else weight)
        each[LAST] -= line["doubt"] / 8
        if levels[BIRTH] == birth.AGREES:
            each[BIRTH] -= line["birth_less"] / 8
        if levels[BIRTH] == birth.PART and (line["who"]["birth"] ^ voter["birth"]) % 512 == 0:
            each[BIRTH] -= line["day_less"] / 8
        return each


def together(readings: list[Textbook], roll: Roll) -> Textbook:
    """Put what several readings of one line found together: each voter by the one that fits best."""
    whole = readings[0]
    for one in readings[1:]:
        best = {roll.owners[at]: (minus, at) for minus, at in sorted([*whole.ranked, *one.ranked], reverse=True)}
        whole.ranked = sorted(best.values())[:RANKS]
        pairs = zip(whole.sums, one.sums, strict=True)
        whole.sums = [max(a, b) if at in (2, 4) else a + b for at, (a, b) in enumerate(pairs)]
        kinds = whole.looked.keys() | one.looked.keys()
        whole.looked = {kind: max(whole.looked.get(kind, 0), one.looked.get(kind, 0)) for kind in kinds}
    return whole


def check(found: Matches, roll: Roll) -> list[Textbook]:
    """Check every output against the textbook; give what it found."""
    book = Book(roll, found.beliefs)
    told = [
        together([book.match(line), *map(book.match, found.readings[found.of == at])], roll)
        for at, line in enumerate(found.lines)
    ]
    for at, one in enumerate(told):
        ranked = [record for _, record in one.ranked]
        assert found.records[at].tolist() == ranked + [-1] * (RANKS - len(ranked))
        assert found.weights[at, : len(ranked)].tolist() == pytest.approx([-minus for minus, _ in one.ranked])
        assert found.looked[at].tolist() == [one.looked.get(kind, -1) for kind in range(KINDS)]
        assert found.sums[at].tolist() == pytest.approx(one.sums, rel=1e-9)
        prior = found.beliefs.prior
        shares = astuple(prior)
        whole = sum(share * each for share, each in zip(shares, one.sums, strict=True)) + 1 - sum(shares)
        chances = [prior.on_roll * 2.0**-minus / roll.size / whole for minus, _ in one.ranked]
        assert found.chances[at, : len(ranked)].tolist() == pytest.approx(chances, rel=1e-9)
        assert found.on_roll[at] == pytest.approx(prior.on_roll * one.sums[0] / whole, rel=1e-9)
    return told


@pytest.mark.parametrize("estimated", [False, True], ids=["stated beliefs", "estimated beliefs"])
def test_the_kernel_finds_what_the_textbook_finds(small_roll: SmallRoll, estimated: bool) -> None:
    voters = [{**each, "former_last_name": None} for each in crowd(900, seed=4)]
    for at in range(0, 300, 7):
        voters[at]["former_last_name"] = str(LASTS[at % len(LASTS)])
    roll = small_roll(voters)
    lines = signers([*crowd(40, seed=5), *({**each, "former_last_name": None} for each in voters[100:140])])
    told = check(find(lines, roll, beliefs=None if estimated else Beliefs()), roll)
    assert {one.searches for one in told} == {1, 2, 3}, "else this roll is too easy"
    assert any(one.passed_over for one in told)
    assert any(len(one.ranked) == RANKS for one in told)


def test_a_line_with_several_readings_finds_what_the_textbook_finds_for_each(small_roll: SmallRoll) -> None:
    families = [person(f"{last}, {first}", f"{at} Oak St") for at, (first, last) in enumerate(READ_TWICE)]
    roll = small_roll([*families, *({**each, "birth_date": None, "unit": None} for each in crowd(200, seed=8))])
    written = [person(f"{last} {first}", f"{at} Oak St") for at, (first, last) in enumerate(READ_TWICE)]
    found = find(signers(written), roll)
    check(found, roll)
    assert len(found.readings) >= len(written)
    assert roll.owners[found.records[:, 0]].tolist() == list(range(len(READ_TWICE)))
    assert (found.read[:, 0] >= 0).all()
    assert (found.chances[:, 0] > 0.8).all()


def test_no_line_looks_at_more_voters_than_its_budget(small_roll: SmallRoll) -> None:
    """One of thirty nicknames signs without a last name that anybody has; each nickname has a list of its own."""
    nicknames = sorted({name[:3]: name for name in other_names("ELIZABETH")}.values())
    letters = "BCDFGHJKLMNP"
    crowded = [
        person(f"{name} {letters[at % 10]}{letters[at // 10]}ox", f"12 {letters[at % 10]}a{letters[at // 10]}e St")
        for name in nicknames
        for at in range(110)
    ]
    born = [{**each, "address": f"{100 + at} Elm St"} for at, each in enumerate(crowded)]
    day = {"birth_date": "1950-01-02"}
    roll = small_roll([*({**each, "birth_date": None} for each in crowded), *({**each, **day} for each in born)])
    found = find(signers([person("Elizabeth Quill", "12 Vine St", **day)]), roll, beliefs=Beliefs())
    (one,) = check(found, roll)
    assert one.left == 0
    assert np.maximum(found.looked[0], 0).sum() == BUDGET


def test_the_textbook_holds_on_a_roll_with_one_street(small_roll: SmallRoll) -> None:
    roll = small_roll([person(f"{FIRSTS[at % 10]} {LASTS[at % 9]}", f"{at + 1} Oak St") for at in range(300)])
    lines = [person(f"{FIRSTS[at % 10]} {LASTS[at % 9]}", f"{at + 1} Oak St") for at in range(0, 300, 17)]
    found = find(signers(lines), roll)
    check(found, roll)
    assert roll.owners[found.records[:, 0]].tolist() == list(range(0, 300, 17))
    assert (found.chances[:, 0] > 0.8).all()


def test_all_who_live_in_a_large_house_are_counted_though_not_looked_at(small_roll: SmallRoll) -> None:
    """One of them shares the signer's first name, which in a house of ninety says little."""
    home = {"zip": "94016", "address": "700 Oak St"}
    people = [person(f"{FIRSTS[at % 10]} {LASTS[at % 9]}", **home, unit=str(at // 2 + 1)) for at in range(90)]
    roll = small_roll([*people, person("Zoe Quill", "700 Oak St", zip="94016", unit="9")])
    found = find(signers([person("Zoe Abernathy", "700 Oak St", zip="94016", unit="77")]), roll, beliefs=Beliefs())
    (one,) = check(found, roll)
    assert one.passed_over
    assert found.chances[0, 0] < 0.2


def test_the_textbook_holds_on_a_roll_with_one_voter(small_roll: SmallRoll) -> None:
    roll = small_roll([person("Ann Lee", "12 Oak St", zip="94016")])
    lines = [person("Ann Lee", "12 Oak St", zip="94016"), person("Bo Lee", "12 Oak St"), person("Cy Fox", "9 Elm St")]
    found = find(signers(lines), roll)
    check(found, roll)
    assert found.records[:, 0].tolist() == [0, 0, -1]
    assert found.chances[0, 0] > 0.8 > found.chances[1, 0]


@pytest.mark.parametrize(
    "line",
    [
        {"name": "Ann Lee"},
        {"name": "Lee"},
        {"name": None},
        {"name": None, "address": "12 Oak St"},
        {"name": None, "zip": "94016"},
        {"name": None, "birth_date": "1950-01-02"},
        {"signed_on": None},
    ],
)
def test_lines_with_next_to_nothing_get_a_sound_answer(small_roll: SmallRoll, line: Mapping[str, str | None]) -> None:
    roll = small_roll(crowd(300, seed=6))
    found = find(signers([line]), roll)
    (one,) = check(found, roll)
    assert found.chances[0].sum() <= found.on_roll[0] < 1
    if not any(line.values()):
        assert (one.looked, one.ranked) == ({}, [])
        assert found.on_roll[0] == 0


def test_a_petition_of_no_lines_finds_nobody(small_roll: SmallRoll) -> None:
    found = find(pl.DataFrame({"name": []}, schema={"name": pl.String}), small_roll(crowd(5, seed=1)))
    assert found.records.shape == (0, RANKS)
    assert found.on_roll.tolist() == []


def test_ten_thousand_identical_lines_have_one_answer(small_roll: SmallRoll) -> None:
    roll = small_roll(crowd(300, seed=6))
    found = find(signers([person("Bob Lee", "12 Oak St", zip="94016")] * 10_000), roll)
    for array in (found.records, found.weights, found.sums, found.looked, found.chances):
        assert (array == array[0]).all()
    check(find(signers([person("Bob Lee", "12 Oak St", zip="94016")]), roll, beliefs=found.beliefs), roll)


def test_a_rolls_size_is_what_a_probability_rests_on(small_roll: SmallRoll) -> None:
    """Twice as many voters under the same name and address halve what one of them gets."""
    same = person("Ann Lee", "12 Oak St")
    one, two = (
        find(signers([same]), small_roll([same] * copies + crowd(300, seed=6)), beliefs=Beliefs()) for copies in (1, 2)
    )
    assert two.chances[0, 0] == pytest.approx(one.chances[0, 0] / 2, rel=0.05)
    assert math.isclose(two.chances[0, 0], two.chances[0, 1])


def test_kinds_that_need_a_fact_are_not_asked_without_it(small_roll: SmallRoll) -> None:
    roll = small_roll(crowd(50, seed=6))
    bare = pack_lines(signers([person("Zed Quill", "7 Vine St")]), roll).main
    asked = {
        NAMES[kind].words for search in range(SEARCHES) for kind, _ in Book(roll, Beliefs())._keys(bare[0], search)
    }
    assert not [words for words in asked if "zip" in words or "city" in words or "birth" in words]
