"""The keys of reasons: why a line does not count, the same word in every place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNWRITTEN = ("blank", "struck")
"""The reasons of lines on which nobody signed."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "blank": "nothing is written on the line",
        "struck": "the line is crossed out",
        "not-registered": "the signer is not on the roll",
        "registered-late": "the signer registered after signing",
        "cancelled": "the signer's registration was cancelled before signing",
        "under-age": "the signer was under age on the day of signing",
        "inactive": "the signer's registration is inactive",
        "different-address": "the address is not the one on the roll",
        "out-of-jurisdiction": "the signer lives elsewhere",
        "duplicate": "the signer already signed",
        "no-date": "the line has no date",
        "date-outside": "the date is outside the time for gathering signatures",
        "no-address": "the line has no address",
        "illegible": "the line cannot be read",
        "no-signature": "the line has no signature",
        "mismatch": "the signature does not match the one on file",
        "circulator": "the circulator, or his affidavit, is not as the law asks",
        "notary": "the notary's part is not as the law asks",
        "withdrawn": "the signer withdrew",
        "other": "another ground, in the place's own words",
    }
)

UNRESOLVED: Mapping[str, str] = MappingProxyType(
    {
        "ambiguous": "several voters fit the line equally well",
        "address-differs": "number or street are the voter's, and the rest of the address may be another home",
        "address-incomplete": "the line names the voter's street and no house number or box, or a number and no "
        "street; or the roll keeps the voter's address to itself",
        "former-address": "the line fits an earlier record of the voter, not the one in force on the day",
        "uncertain": "the best voter fits the line too weakly to decide",
        "unclear": "a ditto mark repeats nothing, a day cannot be read, the county is none that is known, there is no "
        "name, or the roll does not tell whether the voter stood on it; a person may see what was meant",
        "perhaps-repeat": "the voter named is on another line too; either may be somebody else's, or that one counts",
        "two-signers": "the line names two people",
        "for-another": "the line says that somebody signed for another, or as a witness",
        "surname-differs": "one of two surnames is the voter's, and the other contradicts the voter's other one",
        "name-differs": "the first or the last name is another than that of the voter whose home it is",
        "name-incomplete": "the line gives the first or the last name of the voter and not the other",
        "middle-differs": "the middle name or initial contradicts that of the voter who fits",
        "remark": "something beside the name or in the address says what a person must read: minor, moved, void",
        "suffix-differs": "the suffix on the line (Jr., Sr., III) contradicts that of the voter who fits, or is a "
        "son's where the roll has none",
        "title-differs": "the title on the line (Mrs., Mr.) does not go with the first name of the voter who fits",
    }
)
