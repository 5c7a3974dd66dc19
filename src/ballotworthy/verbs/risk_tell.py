"""Add rulings to a running check, all of them or none, and say what it says now."""

from __future__ import annotations

from pathlib import Path

from ballotworthy.errors import InputError
from ballotworthy.risk_check.rulings import ruling_of
from ballotworthy.risk_check.rulings_file import read_rulings
from ballotworthy.risk_check.running import tell, tell_reread
from ballotworthy.risk_check.told import Told, told_of


def tell_risk_check(
    folder: Path,
    line: str | None = None,
    ruling: str | None = None,
    links: int | None = None,
    *,
    rulings: Path | None = None,
    again: bool = False,
) -> Told:
    """Record a ruling, or a table of them.

    Args:
        folder: of the check.
        line: as sheet-line.
        ruling: valid, invalid, or missing.
        links: further valid lines of this signer that were found in the whole petition.
        rulings: a table of sheet, line, ruling and links, in place of one line.
        again: the rulings are those of a blind second reading; they change none and give error rates.

    Raises:
        InputError: neither a line with its ruling nor a table was given, or both; a line was not drawn or was ruled
            before; or the machine links other lines and nothing is said of them.
        FileFaults: what is wrong in the table, all at once.
    """
    if rulings:
        if line or ruling or links is not None:
            raise InputError("give one line with its ruling, or --from with a file of them, not both.")
        found = read_rulings(rulings)
    elif line and ruling:
        found = [ruling_of(line, ruling, links)]
    else:
        raise InputError("say which line and what was ruled, such as 12-3 valid, or give --from with a file of them.")
    return told_of((tell_reread if again else tell)(folder, found))
