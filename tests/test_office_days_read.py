"""Days with short years in a file that an office takes in: the desk has them as the first look had."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import roll_of, rows_of
from office_opened import NEW, given
from office_site import fix_frame, name_register, take_in

if TYPE_CHECKING:
    from office_site import Office

SLUG = "short-years"
CASE = {**NEW, "case": SLUG, "what": "us-ca county-initiative", "required": "2", "required_source": "the test"}
WRITTEN = ("4/9/24", "4/6", "Apr 3 2024", "soon")
READ = ("2024-04-09", "2024-04-06", "2024-04-03", "")


def lines_of(office: Office) -> bytes:
    """Give four lines of the demo's, on days written in four ways."""
    with (office.folder / "invented" / "lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [each for each in rows if each["name"].strip() and not each.get("struck")][: len(WRITTEN)]
    text = io.StringIO()
    table = csv.DictWriter(text, [*kept[0]])
    table.writeheader()
    table.writerows(
        {**row, "sheet": "1", "line": at, "signed_on": day}
        for at, (row, day) in enumerate(zip(kept, WRITTEN, strict=True), 1)
    )
    return text.getvalue().encode()


def test_the_desk_has_the_days_that_the_first_look_had_and_takes_one_typed_as_people_write(office: Office) -> None:
    manager = office.client("manager")
    assert manager.post("/cases/new", CASE).status_code == 302
    said = {"file": given("lines.csv", lines_of(office)), "stratum": "Kern", "lenient": "1"}
    assert take_in(manager, SLUG, said).status_code == 302
    assert (fix_frame(manager, SLUG), name_register(manager, SLUG)) == (302, 302)
    every = {"every": "1", "why": "Elec. Code 9115(a)"}
    assert manager.post(f"/cases/{SLUG}/sample", every).status_code == 302
    assert manager.post(f"/cases/{SLUG}/admit", {"was:anna": "", "may:anna": "decide"}).status_code == 302
    anna, desk = office.client("anna"), f"/cases/{SLUG}/work/first"
    seen = {}
    for _ in WRITTEN:
        page = anna.get(desk).text
        [line] = re.findall(r'data-line="([^"]*)"', page)
        day = re.search(r'name="cell-signed_on" value="([^"]*)"', page)
        assert day
        seen[line] = day[1]
        if line == "1-4":
            typed = {"line": line, "why": "misread"}
            refused = anna.post(f"{desk}/retype", {**typed, "cell-signed_on": "soon"}, headers={"HX-Request": "true"})
            assert (refused.status_code, "the day of signing on line 1-4 is no day" in refused.text) == (400, True)
            for text in ("4/23/24", "4/24"):
                assert anna.post(f"{desk}/retype", {**typed, "cell-signed_on": text}).status_code == 302
            page = anna.get(desk).text
            assert 'name="cell-signed_on" value="2024-04-24"' in page
            assert page.count("Typed anew by anna: signed on") == 1
        ruling = {"row": rows[0]} if (rows := rows_of(page)) else {"reason": "illegible"}
        assert anna.post(f"{desk}/rule", {"line": line, "roll": roll_of(page), **ruling}).status_code == 302
    assert seen == {f"1-{at}": day for at, day in enumerate(READ, 1)}
