"""Article V: applications for a convention of the states and ratifications of amendments, as a fold of events."""

from ballotworthy.convention.bloc import Bloc, blocking_bloc
from ballotworthy.convention.count import Count, Switches, count_applications
from ballotworthy.convention.events import Act, read_applications, read_ratifications
from ballotworthy.convention.ratify import Ratification, Reading, ratification_of
from ballotworthy.convention.union import needed_to_call, needed_to_ratify, states_on

__all__ = [
    "Act",
    "Bloc",
    "Count",
    "Ratification",
    "Reading",
    "Switches",
    "blocking_bloc",
    "count_applications",
    "needed_to_call",
    "needed_to_ratify",
    "ratification_of",
    "read_applications",
    "read_ratifications",
    "states_on",
]
