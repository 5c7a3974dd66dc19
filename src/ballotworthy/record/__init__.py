"""The append-only hash-chained log, and nothing about what it means: docs/reference/record.md is its specification."""

from ballotworthy.record.batches import finished
from ballotworthy.record.canonical import canonical, parse
from ballotworthy.record.chain import FIRST, Draft, Event, Link, read_chain, read_event, seal
from ballotworthy.record.file import FileStorage
from ballotworthy.record.keys import (
    OfficeKey,
    PersonKey,
    VoterKey,
    make_office_key,
    make_person_key,
    make_voter_key,
    new_office_key,
    open_office_key,
    open_person_key,
    open_voter_key,
    write_office_key,
)
from ballotworthy.record.second import SIGNED, is_own_key, is_second_signed, sign_own_key, sign_second
from ballotworthy.record.signing import Head, head_file, is_key, is_key_signed, is_signed, read_head, sign, sign_key
from ballotworthy.record.storage import Kept, Pen, Storage

__all__ = [
    "FIRST",
    "SIGNED",
    "Draft",
    "Event",
    "FileStorage",
    "Head",
    "Kept",
    "Link",
    "OfficeKey",
    "Pen",
    "PersonKey",
    "Storage",
    "VoterKey",
    "canonical",
    "finished",
    "head_file",
    "is_key",
    "is_key_signed",
    "is_own_key",
    "is_second_signed",
    "is_signed",
    "make_office_key",
    "make_person_key",
    "make_voter_key",
    "new_office_key",
    "open_office_key",
    "open_person_key",
    "open_voter_key",
    "parse",
    "read_chain",
    "read_event",
    "read_head",
    "seal",
    "sign",
    "sign_key",
    "sign_own_key",
    "sign_second",
    "write_office_key",
]
