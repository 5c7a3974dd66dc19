"""Withdrawals, challenges, cures, single lines struck, rulings taken back by who only decides: through the pages."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.casework import Act
from office_desk import WORK, accept, events, lines_on, now_named, other_is_named_after, ruled
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

CLAIMS, LINE, UNDO = "/cases/demo/claims", "/cases/demo/line", "/cases/demo/undo"
DAY = "2024-05-10"
CHALLENGE = {"act": "challenge", "side": "opponents, paper 3", "claim": "invalid", "reason": "illegible", "day": DAY}


def anew(client: Client, line: str, **said: str) -> int:
    """Lay a line on the desk of somebody who resolves; give the answer's status."""
    return client.post(LINE, {"line": line, "why": "a letter was read anew", **said}).status_code


def test_a_challenge_changes_nothing_until_a_correction_answers_it(office: Office) -> None:
    anna, carla, manager = (office.client(name) for name in ("anna", "carla", "manager"))
    line = lines_on(anna)
    accept(anna, line)
    before = office.room().case().ruling(line)
    assert manager.post(CLAIMS, {**CHALLENGE, "line": line}).status_code == 302
    (challenged,) = events(office, "challenged")
    assert office.room().case().ruling(line) == before
    for page in (CLAIMS, "/cases/demo", f"{LINE}?line={line}"):
        text = text_of(carla.get(page))
        assert "none yet" in text or "without an answer" in text or "no answer yet" in text, page
    assert "opponents, paper 3" in text_of(manager.get(CLAIMS))
    assert anew(carla, line, answers="1") == 400
    assert anew(carla, line, answers=str(challenged["seq"])) == 302
    assert ruled(carla, line, "again", reason="illegible") == 302
    (corrected,) = events(office, "corrected")
    assert (corrected["body"]["answers"], corrected["body"]["why"]) == (challenged["seq"], "a letter was read anew")
    assert f"event {corrected['seq']}" in text_of(carla.get(CLAIMS))
    assert "without an answer" not in text_of(carla.get("/cases/demo"))


def test_claims_of_an_older_record_show_by_name_what_nobody_sees(office: Office) -> None:
    anna, manager = office.client("anna"), office.client("manager")
    line = lines_on(anna)
    accept(anna, line)
    challenge = {"line": line, "side": "op\u202eponents", "claim": "invalid", "day": DAY}
    cure = {"line": line, "what": "a card\u3164", "day": DAY}
    office.room().write(lambda _: [Act("manager", "challenged", challenge), Act("manager", "cured", cure)])
    for page in (CLAIMS, f"{LINE}?line={line}"):
        text = manager.get(page).content.decode()
        told = ("op‹U+202E›ponents" in text, "a card‹U+3164›" in text, "\u202e" in text, "\u3164" in text)
        assert told == (True, True, False, False), page


def test_each_objector_has_a_packet_with_an_export_which_is_listed_with_its_purpose(office: Office) -> None:
    anna, manager = office.client("anna"), office.client("manager")
    line = lines_on(anna)
    accept(anna, line)
    exports = "/cases/demo/exports"
    assert "objections" not in text_of(manager.get(exports))
    assert manager.post(CLAIMS, {**CHALLENGE, "line": line}).status_code == 302
    for side, words in (("op\u202eponents", "U+202E"), ("\u043epponents, paper 4", "of event")):
        refused = manager.post(CLAIMS, {**CHALLENGE, "line": line, "side": side})
        assert (refused.status_code, words in text_of(refused)) == (400, True), words
    assert manager.post(CLAIMS, {**CHALLENGE, "line": line, "side": "Opponents,  Paper 3"}).status_code == 302
    page = manager.get(exports).content.decode()
    assert [f">{name} (2)" in page for name in ("opponents", "Opponents", "opponents, paper 3")] == [False, True, False]
    assert '<option value="Opponents,  Paper 3">Opponents,  Paper 3 (2)' in page
    said = {"audience": "public", "purpose": "the hearing of 3 June", "objector": "opponents, paper 3"}
    assert manager.post(exports, said).status_code == 302
    page = manager.get(exports)
    assert "public, objections of opponents, paper 3 the hearing of 3 June" in text_of(page)
    taken = manager.get(re.findall(rf'href="({exports}/\d+)"', page.content.decode())[0])
    assert re.search(r'"demo-public-\d+\.zip"', taken["Content-Disposition"])
    with ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as pack:
        rows = pack.read("demo/objections.csv").decode()
        assert pack.read("demo/objections.pdf").startswith(b"%PDF")
    assert ",".join(line.split("-")) in rows
    assert "first look by anna: it counts" in rows
    manager.post(exports, {"act": "disclose", "disclosure": "closed", "why": "the law"})
    assert "carries nothing of single lines" in text_of(manager.post(exports, said, follow=True))


def test_a_cure_is_listed_and_what_lacks_a_part_is_refused_in_words(office: Office) -> None:
    carla = office.client("carla")
    line = lines_on(office.client("anna"))
    cure = {"act": "cure", "line": line, "what": "an affidavit of the signer", "day": DAY}
    assert carla.post(CLAIMS, cure).status_code == 302
    assert "an affidavit of the signer" in text_of(carla.get(f"{LINE}?line={line}"))
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=3)).date().isoformat()
    for wrong, words in (
        ({**cure, "line": "none-1"}, "no such line"),
        ({**cure, "what": " "}, "Say what was brought"),
        ({**cure, "day": tomorrow}, "that day has not come"),
        ({**CHALLENGE, "line": line, "claim": "valid"}, "A ground goes with the claim"),
        ({**CHALLENGE, "line": line, "side": ""}, "Say who disputes it"),
    ):
        answer = carla.post(CLAIMS, wrong)
        assert (answer.status_code, words in text_of(answer)) == (400, True), words
    assert len(list(events(office, "cured"))) == 1


def test_who_may_not_resolve_enters_no_claim_and_sees_no_voter(office: Office) -> None:
    manager = office.client("manager")
    manager.post("/cases/demo/admit", {"was:manager": "manage decide resolve certify", "may:manager": "manage"})
    assert "resolve" not in office.room().case().people["manager"]
    assert "Whoever may resolve" in text_of(manager.get(CLAIMS))
    assert manager.post(CLAIMS, {**CHALLENGE, "line": "1-1"}).status_code == 403
    assert manager.post(CLAIMS, {"act": "find", "typed": "7 smi"}).status_code == 403


def test_a_single_line_outside_the_sample_is_struck_once_with_its_order(office: Office) -> None:
    carla, case = office.client("carla"), office.room().case()
    line = next(each.id for each in case.frame.lines if each.id not in case.sample.lines)
    page = text_of(carla.get(f"{LINE}?line={line}"))
    assert "Strike it by order" in page
    said = {"act": "strike", "line": line, "reason": "illegible", "why": "Superior Court, No. 26-114"}
    assert carla.post(LINE, {**said, "why": "by order"}).status_code == 400
    assert carla.post(LINE, said).status_code == 302
    assert office.room().case().struck == {line: "illegible"}
    assert carla.post(LINE, said).status_code == 409
    assert "Strike it by order" not in text_of(carla.get(f"{LINE}?line={line}"))
    other = next(each.id for each in case.frame.lines if each.id not in {line, *case.sample.lines})
    assert "taken out by a court" in text_of(carla.get(f"{LINE}?line={other}"))
    assert carla.post(LINE, {**said, "line": other, "reason": "ordered"}).status_code == 302
    assert office.room().case().ordered == {other: "Superior Court, No. 26-114"}
    assert "The order: Superior Court, No. 26-114" in text_of(carla.get(f"{LINE}?line={other}"))


def test_u_of_a_person_who_only_decides_lays_the_line_before_those_who_resolve(office: Office) -> None:
    anna, carla = office.client("anna"), office.client("carla")
    assert anna.post(UNDO).status_code == 409
    back = anna.post(UNDO, {"look": "first"})
    assert back.headers["Location"] == f"{WORK}/first"
    assert "You have ruled on no line of this case" in text_of(anna.get(back.headers["Location"]))
    line = lines_on(anna)
    accept(anna, line)
    assert 'data-key="u"' in anna.get(f"{WORK}/first").text
    back = anna.post(UNDO, {"look": "first"})
    assert back.headers["Location"] == f"{WORK}/first"
    assert f"You take your ruling on line {line} back" in text_of(anna.get(back.headers["Location"]))
    assert not list(events(office, "corrected"))
    assert "Rulings that those who made them take back" in text_of(carla.get("/cases/demo"))
    assert "anna takes this ruling back" in text_of(carla.get(f"{LINE}?line={line}"))
    assert anew(carla, line) == 302
    assert ruled(carla, line, "again", reason="illegible") == 302
    assert "take back" not in text_of(carla.get("/cases/demo"))


def test_a_ruling_taken_back_may_stand_after_all(office: Office) -> None:
    anna, carla = office.client("anna"), office.client("carla")
    line = lines_on(anna)
    accept(anna, line)
    anna.post(UNDO)
    assert carla.post(LINE, {"line": line, "act": "stands"}).status_code == 302
    assert "take back" not in text_of(carla.get("/cases/demo"))


def test_a_withdrawal_is_found_on_the_roll_and_takes_the_lines_of_its_voter_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, carla = office.client("anna"), office.client("carla")
    assert "knows no withdrawal" in text_of(carla.get(CLAIMS))
    _with_withdrawals(office, monkeypatch)
    line = lines_on(anna)
    accept(anna, line)
    voter = office.room().case().ruling(line)
    assert voter.outcome == "valid"
    number, name = _of_line(office, line)
    found = carla.post(CLAIMS, {"act": "find", "typed": f"{number} {name}"})
    assert f"ruled valid on line {line}" in text_of(found)
    row = re.search(r'name="row" value="(\d+)"[^>]*>\s*<span>[^<]*<br>\s*<span class="quiet">ruled valid', found.text)
    assert row
    said = {"act": "withdraw", "roll": now_named(), "row": row[1], "ground": "letter 14", "day": DAY}
    before = office.record()
    for other in ({"roll": "0" * 64}, {"roll": ""}):
        old = carla.post(CLAIMS, {**said, "late": "on", **other})
        assert (old.status_code, "The register was changed" in text_of(old), office.record()) == (409, True, before)
    late = carla.post(CLAIMS, said)
    assert (late.status_code, "was filed on" in text_of(late)) == (409, True)
    assert carla.post(CLAIMS, {**said, "late": "on"}).status_code == 302
    ruling = office.room().case().ruling(line)
    assert (ruling.outcome, ruling.reason) == ("invalid", "withdrawn")
    other = next(each for each in office.room().case().sample.lines if each != line)
    assert "no line of his counts" in found_at_desk(office, other, f"{number} {name}")
    order = {"act": "restore", "order": "Superior Court, No. 7", "day": DAY}
    refused = carla.post("/cases/demo/orders", {**order, "lines": f"{line}={office.truth()[line][0]}"})
    assert (refused.status_code, "has withdrawn" in text_of(refused)) == (409, True)
    assert carla.post("/cases/demo/orders", {**order, "lines": line}).status_code == 302
    assert office.room().case().ruling(line).outcome == "valid"
    assert "has withdrawn already" in text_of(carla.post(CLAIMS, {"act": "find", "typed": f"{number} {name}"}))


@pytest.mark.parametrize("row", ["", "\u00b2", "9" * 900])
def test_what_is_no_number_chooses_nobody_who_withdrew_or_signed(office: Office, row: str) -> None:
    anna = office.client("anna")
    ruling = {"line": lines_on(anna), "roll": now_named(), "row": row}
    withdrawal = {"act": "withdraw", "roll": now_named(), "row": row, "ground": "letter 14", "day": DAY, "late": "on"}
    withdrawn = office.client("carla").post(CLAIMS, withdrawal)
    ruled_on = anna.post(f"{WORK}/first/rule", ruling)
    assert (withdrawn.status_code, "Choose the voter who withdrew" in text_of(withdrawn)) == (400, True)
    assert (ruled_on.status_code, "Choose the voter who signed" in text_of(ruled_on)) == (400, True)


def test_a_withdrawal_chosen_in_one_register_is_not_entered_once_another_was_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_withdrawals(office, monkeypatch)
    said = {"act": "withdraw", "roll": now_named(), "row": "0", "ground": "letter 14", "day": DAY, "late": "on"}
    other_is_named_after(monkeypatch, "claims")
    old = office.client("carla").post(CLAIMS, said)
    assert (old.status_code, "The register was changed" in text_of(old)) == (409, True)
    assert (len(office.room().case().rolls), len(office.room().case().withdrawn)) == (2, 0)


def found_at_desk(office: Office, line: str, typed: str) -> str:
    """Give what a search on a line of the desk shows."""
    from ballotworthy.office.models import Account, HeldCase, Lease

    until = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9)
    held, ben = HeldCase.objects.get(slug="demo"), Account.objects.get(name="ben")
    Lease.objects.update_or_create(held=held, look="first", line=line, defaults={"account": ben, "until": until})
    return text_of(office.client("ben").post(f"{WORK}/first/search", {"line": line, "typed": typed}))


def _of_line(office: Office, line: str) -> tuple[str, str]:
    """Give house number and last name of the voter who signed a line of the demo."""
    import polars as pl

    voter, _ = office.truth()[line]
    (row,) = (
        pl.read_csv(office.folder / "invented" / "roll.csv", infer_schema=False)
        .filter(pl.col("voter_id") == voter).to_dicts()
    )  # fmt: skip
    return str(row["house_number"] if "house_number" in row else row["address"].split()[0]), row["last_name"][:4]


def _with_withdrawals(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the demo's law know withdrawals, as its pinned body would say."""
    case = office.room().case()
    monkeypatch.setattr(case, "pinned", {**case.pinned, "reasons": [*case.pinned["reasons"], "withdrawn"]})


def test_what_an_export_may_carry_is_changed_with_its_reason(office: Office) -> None:
    manager, exports = office.client("manager"), "/cases/demo/exports"
    assert office.room().case().disclosure == "public"
    assert manager.post(exports, {"act": "disclose", "disclosure": "closed", "why": " "}).status_code == 400
    assert manager.post(exports, {"act": "disclose", "disclosure": "open", "why": "a court"}).status_code == 409
    assert manager.post(exports, {"act": "disclose", "disclosure": "closed", "why": "a court"}).status_code == 302
    assert (office.room().case().disclosure, [each["body"]["why"] for each in events(office, "disclosed")]) == (
        "closed", ["a court"],
    )  # fmt: skip


def test_the_day_of_an_event_that_a_deadline_waits_for_is_said_and_corrected(office: Office) -> None:
    manager = office.client("manager")
    waits = re.findall(r'<option value="([a-z-]+)">', manager.get("/cases/demo").text.split("What happened")[1])
    assert waits
    for day in ("2026-11-03", "2026-11-10"):
        assert manager.post("/cases/demo/noted", {"what": waits[0], "day": day}).status_code == 302
        assert office.room().case().days[waits[0]] == day
    assert manager.post("/cases/demo/noted", {"what": "certified", "day": "2026-11-03"}).status_code == 400
    assert office.client("anna").post("/cases/demo/noted", {"what": waits[0], "day": "2026-11-03"}).status_code == 403
