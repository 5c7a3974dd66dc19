"""What becomes of each line: the place's law applied to the voters who may have signed it.

Every candidate of a line is judged as of the day the line was signed; the line is valid when one voter is
probably its signer and nothing stands against that voter, invalid when hardly any eligible voter can be, and
otherwise left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.check.differing import asks_home, differing
from ballotworthy.check.homes import at_home
from ballotworthy.check.homes_there import another_home, another_unit, longer_and_turned
from ballotworthy.check.how_probably import how_probably
from ballotworthy.check.kinds import kinds
from ballotworthy.check.left_open import left_open
from ballotworthy.check.named_house import named_house
from ballotworthy.check.other_county import other_county
from ballotworthy.check.other_district import other_district
from ballotworthy.check.other_flats import other_flats
from ballotworthy.check.other_name import odds_of, other_name
from ballotworthy.check.outcome_words import words_of
from ballotworthy.check.said_at_home import marks_of
from ballotworthy.check.seen_names import as_taken, may_refuse, may_take, other_house, told_of_reading
from ballotworthy.check.several_records import Registrations, in_force
from ballotworthy.check.signers import CONTRADICTED, FOR_A_PERSON, contradictions
from ballotworthy.check.signing_days import days_of, within
from ballotworthy.check.standing import ASKED, off_the_roll, reason_of
from ballotworthy.check.streets_there import NUMBERED, another_street
from ballotworthy.check.units_left_out import units_left_out
from ballotworthy.check.unnamed import nobody_named, unnamed
from ballotworthy.check.unseen_cells import with_unseen
from ballotworthy.check.untold import boxed_alike, may_be_protected, may_be_the_father, unconfirmed
from ballotworthy.check.which_counts import another_of
from ballotworthy.law import Rules
from ballotworthy.match import Matches, evidence, weigh_pairs
from ballotworthy.match.comparisons import street
from ballotworthy.match.kernel import RANKS
from ballotworthy.match.weigh import STREET
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll

ACCEPT = 0.80
REFUSE = 0.05
"""Probability below which a line is refused."""
SAME_TWICE = 0.60
"""At most how probably a number with a digit more or less, on a street with another direction or with one on one side
only, is a miswritten one; or one with a slip that is the home of another voter of that street (57% of 77 lines in the
simulator's worlds); or a numbered street a slip from the voter's that is another one of the roll (63% of 150 lines in
other worlds, nearly all of one); or that another unit of the voter's own number is, or an address that is near though
the line names another ward or district, which no world fitted to has often."""
OTHER_FLAT = 0.02
"""The same of a unit by more than a slip, none of 177 in 15 worlds; for a person still."""
JUNIOR = 0.60
"""At most how probably a line with "Jr." is a voter's who has no suffix on a roll that keeps them: the register may
lack it, or the signer is a son who is not registered. A judgement; no world fitted to has such rolls."""
FORMER = 0.50
"""Probability that the address of an earlier record of the voter is as good: the person is known, the address is for a
person."""


@dataclass(frozen=True)
class Judged:
    """The candidates of all lines under the law; `reasons` and `chances` are (lines, RANKS).

    Attributes:
        reasons: the reason that stands against each candidate, "" where nothing does.
        grounds: why the roll itself says that a candidate was no registered voter on the day, "" where it does not.
        contradicted: which word of the line speaks against the best candidate, "" for none; (lines,).
        chances: probability that this candidate signed.
        valid: probability that an eligible voter signed, a line; voters beyond the ranked ones are taken to be
            as eligible as those.
    """

    reasons: np.ndarray
    grounds: np.ndarray
    chances: np.ndarray
    valid: np.ndarray
    contradicted: np.ndarray


def outcomes(petition: Petition, roll: Roll, matches: Matches, rules: Rules) -> pl.DataFrame:
    """Give outcome, reason, voter_id, weight, probability, evidence, standing, undated, kind, nobody and another.

    `standing` is why the voter of a refused line was no registered voter on the day (`standing.GROUNDS`), or "";
    `undated` tells that the voter is cancelled since a day that the roll does not tell.
    `kind` is that of its evidence (`kinds.py`), `probability` that of the line being valid by itself, as it is counted
    (`other_name.py`) and never more extreme than was measured for that kind; the last two go to `which_counts.py`.
    Where the law does not ask for the home of the roll, `matches` are those `with_moved`.
    """
    petition = with_unseen(petition, rules)
    days = days_of(petition.frame, rules)
    records = in_force(matches, roll, *days)
    matches = records.matches
    voters = _candidates(roll, matches)
    levels, bits = weigh_pairs(matches, roll, 0)
    taken, clear = as_taken(matches), may_refuse(matches)
    marks, titles = marks_of(petition, matches, roll)
    counties = other_county(petition, roll, rules, voters, matches.on_roll >= 0.5)
    judged = _judge(petition, roll, records, rules, voters, levels, titles, days, counties.elsewhere)
    against, likely = judged.reasons[:, 0], judged.chances[:, 0] >= FOR_A_PERSON
    nameless = nobody_named(petition, taken, roll, rules, clear)
    stays = left_open(petition, voters, days, roll.taken_on, likely, against, marks, nameless, counties)
    own = _line_reasons(petition, taken, roll, rules, clear)
    named = (judged.chances[:, 0] >= ACCEPT) & may_take(matches) & ~other_house(petition, matches, roll)
    valid = np.where(own == "", judged.valid * stays.left, 0.0)
    others = other_name(levels, taken, roll)
    differs = differing(petition, taken, roll, rules, levels, others)
    kind = kinds(levels, asked=asks_home(rules))
    chance = how_probably(valid, own, kind, odds_of(others, levels, taken, roll), levels, matches, roll, rules)
    settled = named & (np.minimum(valid, chance.counted) >= ACCEPT) & (differs == "") & (stays.why == "")
    outcome = np.where(settled, "valid", "unresolved")
    nobody_else = _nobody_else(matches, roll, levels, kind, clear & ~chance.others, np.where(named, against, ""))
    refused = (chance.alone < REFUSE) & ((own != "") | ((stays.why == "") & nobody_else))
    outcome = np.where(refused, "invalid", outcome)
    there = (matches.on_roll >= 0.5) & (against != "") & (judged.contradicted == "")
    ground = np.where(own != "", own, np.where(there, against, "not-registered"))
    moved = np.where(records.moved[:, 0], "former-address", "")
    why = _doubts(matches, named, (differs, moved, judged.contradicted), stays.why)
    reason = np.where(outcome == "valid", "", np.where(outcome == "invalid", ground, why))
    standing = np.where((outcome == "invalid") & (own == "") & there, judged.grounds[:, 0], "")
    known = (standing != "") | ~np.isin(reason, ("not-registered", "blank"))
    shown = named & (judged.contradicted == "") & stays.names & known
    words = words_of(petition, matches, judged.chances, reason, standing, evidence(levels, bits))
    beside = pl.Series(np.where(shown, records.others.to_numpy(), ""), dtype=pl.String)
    before = stays.told + petition.frame["above"] + told_of_reading(petition, matches, roll)
    return pl.DataFrame(
        {
            "outcome": outcome,
            "reason": reason,
            "voter_id": _ids(voters, shown),
            "weight": _weights(matches),
            "probability": pl.Series(chance.counted).round(5),
            "evidence": before + beside + words,
            "standing": standing,
            "undated": stays.undated,
            "kind": kind,
            "nobody": 1 - records.matches.on_roll,
            "another": another_of(judged.chances),
        }
    )


def _nobody_else(
    matches: Matches, roll: Roll, levels: np.ndarray, kind: np.ndarray, clear: np.ndarray, against: np.ndarray
) -> np.ndarray:
    """Tell which lines leave room for no signer beside those who were found, or name one against whom a ground stands.

    `against` is that ground, "" where none does or nobody is named.
    """
    another = another_unit(levels) & (np.char.startswith(kind, "whole") | (matches.on_roll >= 0.5))
    told = clear & ~may_be_protected(matches, roll) & ~another
    return np.asarray(told | (against != "") & ~(another & (against == "different-address")))


def _doubts(matches: Matches, named: np.ndarray, of_named: Sequence[np.ndarray], of_line: np.ndarray) -> np.ndarray:
    """Give what keeps each line open if nothing decides it: of the line itself, else of its voter, else of all voters.

    Of a named voter what comes later in `of_named` weighs more.
    """
    doubts = np.where(matches.on_roll >= ACCEPT, "ambiguous", "uncertain")
    for why in of_named:
        doubts = np.where(named & (why != ""), why, doubts)
    return np.where(of_line != "", of_line, doubts)


def _ids(voters: pl.DataFrame, shown: np.ndarray) -> pl.Series:
    """Give the id of each line's best voter, null where it is not shown."""
    best = voters["voter_id"].gather_every(RANKS).cast(pl.String)
    return best.zip_with(pl.Series(shown), best.clear(len(best)))


def _weights(matches: Matches) -> pl.Series:
    """Give the bits of each line's best voter, null where there is none."""
    return pl.Series(np.where(matches.records[:, 0] >= 0, matches.weights[:, 0], np.nan)).round(1).fill_nan(None)


def _candidates(roll: Roll, matches: Matches) -> pl.DataFrame:
    """Gather what the law asks of every candidate; RANKS rows a line, nulls where there is no candidate."""
    names = roll.voters.collect_schema().names()
    wanted = [name for name in ASKED if name in names]
    flat = matches.records.reshape(-1)
    rows = roll.owners[np.maximum(flat, 0)].astype(np.int64)
    found = pl.Series("row", np.where(flat >= 0, rows, -1))
    needed = found.unique().sort()
    table = roll.voters.select(wanted).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    some = table.join(needed.to_frame().lazy(), on="row", how="semi").collect()
    return found.to_frame().join(some, on="row", how="left", maintain_order="left").drop("row")


def _judge(
    petition: Petition,
    roll: Roll,
    records: Registrations,
    rules: Rules,
    voters: pl.DataFrame,
    best: np.ndarray,
    titles: np.ndarray,
    days: tuple[pl.Series, pl.Series],
    elsewhere: np.ndarray,
) -> Judged:
    matches = records.matches
    shape = matches.records.shape
    rows = pl.Series(np.repeat(np.arange(petition.frame.height), RANKS))
    early, late_day = days
    reasons, grounds = np.full(shape, "", dtype="U20"), np.full(shape, "", dtype="U20")
    same = np.ones(shape)
    if asks_home(rules):
        same = same_address(petition, matches, roll, best)
        told = other_district(petition, matches, roll, best)
        same[told, 0] = np.minimum(same[told, 0], SAME_TWICE)
    same = np.where(records.moved, np.maximum(same, FORMER), same)
    _against(reasons, "different-address", same < 0.5, rules)
    _off(reasons, grounds, "out-of-jurisdiction", elsewhere, rules)
    for ground, holds in off_the_roll(voters, early[rows], late_day[rows], roll.taken_on):
        _off(reasons, grounds, ground, holds.reshape(shape), rules)
    if rules.inactive_count is not None and not rules.inactive_count.value:
        inactive = (voters["status"] == "inactive").fill_null(value=False)
        _against(reasons, "inactive", inactive.to_numpy().reshape(shape), rules)
    chances = np.where(matches.records >= 0, matches.chances, 0.0)
    judged = chances.sum(axis=1)
    contradicted = contradictions(matches, roll, titles)
    own = same * np.where(contradicted == "", 1.0, CONTRADICTED)
    junior = may_be_the_father(matches, roll) & unconfirmed(best)[:, None]
    own = np.where(junior, np.minimum(own, JUNIOR), own)
    free = np.where(np.isin(reasons, ("", "different-address")), chances * own, 0.0).sum(axis=1)
    share = np.divide(free, judged, out=np.zeros(len(judged)), where=judged > 0)
    return Judged(reasons, grounds, chances, share * matches.on_roll, contradicted[:, 0])


def _against(reasons: np.ndarray, reason: str, holds: np.ndarray, rules: Rules) -> None:
    """Write a reason where it holds and the place's law knows it; what is written later weighs more."""
    if reason in rules.reasons:
        reasons[holds] = reason


def _off(reasons: np.ndarray, grounds: np.ndarray, ground: str, holds: np.ndarray, rules: Rules) -> None:
    """Write a ground that the roll gives, under the place's own reason for it or as not registered."""
    if reason := reason_of(ground, rules):
        reasons[holds], grounds[holds] = reason, ground


def same_address(petition: Petition, matches: Matches, roll: Roll, best: np.ndarray) -> np.ndarray:
    """Give, for each candidate, how probably the line's address is the voter's own; float64 (lines, RANKS)."""
    each = [best, *(weigh_pairs(matches, roll, rank)[0] for rank in range(1, RANKS))]
    levels = np.stack(each, axis=1)
    levels[named_house(matches, roll), :, STREET] = street.MISSING
    same: np.ndarray = at_home(levels, matches.chances, matches.careless)
    same *= units_left_out(matches, roll, levels, SAME_TWICE)
    for rank in range(RANKS):
        there = longer_and_turned(matches, roll, levels[:, rank], rank)
        there |= another_home(matches, roll, levels[:, rank], rank) | another_unit(levels[:, rank])
        same[there, rank] = np.minimum(same[there, rank], SAME_TWICE)
    same[another_street(matches, roll, levels[:, 0], NUMBERED), 0] *= SAME_TWICE
    return np.where(other_flats(petition, matches, roll, levels), np.minimum(same, OTHER_FLAT), same)


def _line_reasons(petition: Petition, matches: Matches, roll: Roll, rules: Rules, clear: np.ndarray) -> np.ndarray:
    """Give the reason that the line itself gives, whoever signed it; "" for none.

    Of what is not `clear`, since a machine read it, only a date or what was struck is a reason. Of a line in doubt only
    that it is blank or struck is one; a post office box that the roll has too is no missing address.
    """
    frame = petition.frame
    reasons = np.full((frame.height,), "", dtype="U20")
    who = matches.lines["who"]
    _against(reasons, "illegible", unnamed(petition, matches) & clear, rules)
    needed = rules.needed("line_fields").value
    if "address" in needed and ("address" in frame.columns or "street_name" in frame.columns):
        _against(reasons, "no-address", (who["number"] == 0) & (who["street"][:, 0] == 0) & clear, rules)
    if "date" in needed and "signed_on" in frame.columns:
        _against(reasons, "no-date", frame["signed_on"].is_null().to_numpy(), rules)
        outside = ~within(frame, frame["signed_on"], rules)
        _against(reasons, "date-outside", outside.fill_null(value=False).to_numpy(), rules)
    reasons[(frame["doubt"] != "").to_numpy()] = ""
    for reason in ("struck", "blank"):
        reasons[frame[reason].to_numpy()] = reason
    reasons[(reasons == "no-address") & boxed_alike(petition, matches, roll)] = ""
    return reasons
