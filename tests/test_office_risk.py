"""The risk-limiting check in the browser, from its terms to what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import NEW, SEED, SLUG, with_lines

if TYPE_CHECKING:
    from office_site import Office


def test_a_risk_limiting_check_goes_from_its_terms_to_what_it_says(office: Office) -> None:
    manager = office.client("manager")
    assert (
        manager.post(
            "/cases/new", {**NEW, "required": "250", "required_source": "a court", "instead": "250"}
        ).status_code
        == 302
    )
    page = f"/cases/{SLUG}/risk"
    assert "the frame comes first" in manager.get(page).content.decode()
    with_lines(office, manager)
    assert manager.post(f"{page}/terms", {"risk": "5%"}).status_code == 400
    terms = {"risk": "0.05", "expected_valid": "300"}
    assert manager.post(f"{page}/terms", terms).status_code == 400  # one click on a form does not bind the case
    assert manager.post(f"{page}/terms", {**terms, "sure": "on"}).status_code == 302
    assert "It begins once the seed" in manager.get(page).content.decode()
    said = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed"}
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 302
    assert manager.post(f"/cases/{SLUG}/sample").status_code == 302
    text = manager.get(page).content.decode()
    wanted = re.search(r'line=[^"]+">([^<]+)</a><td>a ruling', text)
    assert wanted
    voter = next(voter for voter, reason in office.truth().values() if voter and not reason)
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_decide import decide_lines

    decide_lines(office.room(SLUG), [RuledLine(wanted[1], "valid", voter_id=voter)], by="manager")
    assert f'value="{wanted[1]}"' in manager.get(page).content.decode()
    HeldCase.objects.update(second_share=100)
    manager.post(f"/cases/{SLUG}/admit", {"was:anna": "", "may:anna": "decide"})
    shown = {name: office.client(name).get(page).text for name in ("manager", "anna")}  # she may still look second
    told = {
        name: (f'value="{wanted[1]}"' in text, "<dt>Lines counted" in text, "You may still look" in text)
        for name, text in shown.items()
    }
    assert told == {"manager": (True, True, False), "anna": (False, False, True)}
    assert "<td>a ruling, at the desk" in shown["anna"]
    HeldCase.objects.update(second_share=0)
    lines = sum(map(len, office.room(SLUG).case().frame.drawable.values()))
    assert (
        manager.post(f"{page}/weigh", {"line": wanted[1], "further": f"{lines}"}).status_code == 409
    )  # but one is his
    for further in (f"{lines - 1}", "0"):  # a slip is weighed again
        assert manager.post(f"{page}/weigh", {"line": wanted[1], "further": further}).status_code == 302
    assert office.room(SLUG).case().weighings == {wanted[1]: 0}
    assert "A line was weighed wrongly" in manager.get(page).content.decode()
    unstated = manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"})
    assert (unstated.status_code, "state first what it says" in unstated.text) == (409, True)
    assert manager.post(f"{page}/record").status_code == 302
    assert "state first what it says" not in manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"}).text
    assert "stands in the record" in manager.get(page).content.decode()
    assert office.room(SLUG).case().standing.risk
    assert "too late" in manager.get("/cases/demo/risk").content.decode()
