"""A street of forty voters, for rolls on which names and homes are neither rare nor all one."""

from __future__ import annotations

HEAD = "voter_id,last_name,first_name,middle_name,status,birth_date,registration_date,address,city,zip"
REST = "active,1970-01-15,2005-03-04"
OTHERS = [
    f"O{at},{last},{first},,{REST},{at * 7 + 200} Elm St,Fairview,50001"
    for at, (last, first) in enumerate(
        (last, first)
        for last in ("SMITH", "BROWN", "RICE", "MOSS", "HOLMES", "LYONS", "GARCIA", "LEE", "KENT", "POOLE")
        for first in ("JOHN", "MARY", "PETER", "CHRISTOPHER")
    )
]
