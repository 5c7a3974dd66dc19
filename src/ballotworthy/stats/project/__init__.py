"""The formulas of law that project a sample to a petition: one file a formula, exact, every step cited."""

from ballotworthy.stats.project.arizona import arizona
from ballotworthy.stats.project.california import california
from ballotworthy.stats.project.colorado import colorado
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.illinois import illinois
from ballotworthy.stats.project.michigan import michigan
from ballotworthy.stats.project.nevada import nevada
from ballotworthy.stats.project.new_zealand import new_zealand
from ballotworthy.stats.project.share import share_of_valid
from ballotworthy.stats.project.south_dakota import south_dakota
from ballotworthy.stats.project.steps import Projection, SampleTest, Step, check_counts
from ballotworthy.stats.project.washington import washington, washington_test

__all__ = [
    "Projection",
    "SampleTest",
    "Step",
    "arizona",
    "california",
    "check_counts",
    "colorado",
    "full_count",
    "illinois",
    "michigan",
    "nevada",
    "new_zealand",
    "share_of_valid",
    "south_dakota",
    "washington",
    "washington_test",
]
