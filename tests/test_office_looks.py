"""More than one look: the second blind, a third where two differ, and rulings taken back or made anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, accept, events, lines_on, rows_of, ruled, second_looks
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from office_site import Office

CASE, WHO = "/cases/demo", ("anna", "ben", "carla", "otto")


def test_a_second_look_sees_neither_the_first_ruling_nor_what_the_machine_thinks(office: Office) -> None:
    second_looks(100)
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    first = anna.get(f"{WORK}/first").content.decode()
    assert ('class="chance"' in first, "<summary>Why</summary>" in first) == (True, True)
    assert accept(anna, line) == 302
    assert lines_on(anna, "second") == ""
    assert lines_on(ben, "second") == line
    page = ben.get(f"{WORK}/second").content.decode()
    assert [word for word in ("chance", "Why</summary>", "evidence", "anna", 'data-also="a"') if word in page] == []
    assert set(rows_of(page)) == set(rows_of(first))


def test_figures_of_the_case_do_not_tell_who_may_look_second_what_was_ruled_first(office: Office) -> None:
    second_looks(100)
    anna = office.client("anna")
    stratum = office.room().case().frame.line(lines_on(anna)).stratum

    def valid(name: str) -> str:
        found = re.search(rf'<th scope="row">{stratum}((?:<td class="n">[^<]*)+)', office.client(name).get(CASE).text)
        assert found
        return found[1].rpartition(">")[2]

    assert ruled(anna, lines_on(anna), reason="illegible") == 302
    shown = {name: (valid(name), "Refused, by ground" in office.client(name).get(CASE).text) for name in WHO}
    assert shown == {"anna": ("0", True), "ben": ("–", False), "carla": ("–", False), "otto": ("0", True)}
    line = lines_on(office.client("ben"), "second")
    carla = office.client("carla")

    def is_told() -> bool:
        page = carla.get("/cases/demo/line", {"line": line}).text
        told = "illegible" in page.split("<h2>What was ruled")[1].split("</section>")[0]
        assert ("You may still look" in page) is not told
        assert '<dl class="facts"><dt>' in page  # what was written on it is shown to whom it is blind and to others
        return told

    assert not is_told()
    assert carla.post("/cases/demo/line", {"line": line, "why": "seen anew"}).status_code == 409
    assert ruled(office.client("ben"), line, "second", reason="illegible") == 302
    assert (valid("ben"), valid("carla")) == ("0", "0")
    assert is_told()


def test_what_two_people_see_differently_goes_to_a_third(office: Office) -> None:
    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    line = lines_on(anna)
    row = rows_of(anna.get(f"{WORK}/first").content.decode())[0]
    assert ruled(anna, line, row=row) == 302
    assert lines_on(carla, "second") == line
    assert "Lines that two people are to look at" not in manager.get("/cases/demo").content.decode()  # work is open
    assert ruled(carla, line, "second", reason="different-address") == 302
    assert lines_on(carla, "third") == ""
    assert lines_on(manager, "third") == line
    page = manager.get(f"{WORK}/third").content.decode()
    ground = office.room().case().rules.reasons["different-address"].words
    assert ("anna" in page, "carla" in page, page.count(ground)) == (True, True, 2)  # as ruled, and as a key
    assert page.count("The first look chose this voter") == 1
    assert page.index("The first look chose") < page.index(f'name="row" value="{rows_of(page)[1]}"')
    assert "chose this voter" not in carla.get(f"{WORK}/first").content.decode()
    assert ruled(manager, line, "third", row=row) == 302
    (event,) = events(office, "resolved")
    assert (event["by"], event["body"]["outcome"]) == ("manager", "valid")


def test_where_nobody_is_left_to_resolve_the_page_says_who_admits_one_and_leads_there(office: Office) -> None:
    second_looks(100)
    carla, manager, words = office.client("carla"), office.client("manager"), "has made neither of the two looks"
    line = lines_on(carla)
    assert ruled(carla, line, reason="illegible") == 302
    assert lines_on(manager, "second") == line
    assert words not in manager.get(CASE).text
    assert ruled(manager, line, "second", reason="different-address") == 302
    for client, leads in ((manager, True), (carla, False)):
        page = client.get(CASE).text
        assert words in page
        assert ('<a href="/cases/demo/admit">Who may act</a>' in page.split(words)[1].split("</p>")[0]) is leads
    assert words not in office.client("anna").get(CASE).text
    assert manager.post(f"{CASE}/admit", {"was:ben": "decide", "may:ben": "resolve"}).status_code == 302
    assert words not in manager.get(CASE).text


def test_two_people_who_chose_different_voters_do_not_look_alike(office: Office) -> None:
    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    line = lines_on(anna)
    rows = rows_of(anna.get(f"{WORK}/first").content.decode())
    assert ruled(anna, line, row=rows[0]) == 302
    assert lines_on(carla, "second") == line
    assert ruled(carla, line, "second", row=rows[1]) == 302
    page = manager.get("/cases/demo/differing").content.decode()
    assert ("valid, one voter" in page, "valid, another voter" in page) == (True, True)
    spanish = manager.get("/cases/demo/differing", headers={"Accept-Language": "es"}).content.decode()
    assert ("decidida primero: válida" in spanish, "primera revisión: anna" in spanish) == (True, True)
    page = manager.get(f"{WORK}/third").content.decode()
    for look, row in (("first", rows[0]), ("second", rows[1])):
        after = page.index(f'name="row" value="{row}"')
        assert page.index("chose this voter", after) == page.index(f"The {look} look chose", after) + len(
            f"The {look} look "
        )
    found = manager.post(f"{WORK}/third/search", {"line": line, "typed": "sm"}).content.decode()
    assert rows_of(found)


def test_how_often_first_rulings_are_wrong_is_told_with_an_interval_and_of_people_to_managers_alone(
    office: Office,
) -> None:
    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    address = "/cases/demo/differing"
    assert "How often first rulings" not in text_of(manager.get(address))
    for said in ({"reason": "illegible"}, {"reason": "illegible"}, {"reason": "cancelled"}):
        assert ruled(anna, lines_on(anna), **said) == 302
    for said in ({"reason": "illegible"}, {"reason": "cancelled"}, {"reason": "illegible"}):
        assert ruled(carla, lines_on(carla, "second"), "second", **said) == 302
    # Three read twice, two differ and wait: by Wilson's interval of 0 and of 2 in 3, from 0 to 93.9 of a hundred.
    page = text_of(manager.get(address))
    assert "first ruled invalid 3 2 0 0.0 – 93.9" in page
    assert "first look by anna 3 2 0 0.0 – 93.9" in page
    line = lines_on(manager, "third")
    first = office.room().case().looks[line].first
    assert first
    assert ruled(manager, line, "third", reason=next(each for each in ("illegible", "cancelled")
                                                     if each != first.reason)) == 302  # fmt: skip
    page = text_of(carla.get(address))
    assert "first ruled invalid 3 2 1 6.1 – 93.9" in page
    assert "first look by" not in page


@pytest.mark.parametrize("share", [0, 30, 100])
def test_so_many_of_a_hundred_lines_get_a_second_look(office: Office, share: int) -> None:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import board_of

    second_looks(share)
    board, case = board_of(HeldCase.objects.get(slug="demo")), office.room().case()
    chosen = sum(board.second.by_lot(case, line) for line in case.frame.at)
    assert abs(chosen / len(case.frame.at) - share / 100) <= (0.08 if 0 < share < 100 else 0)


def test_every_line_of_a_kind_has_a_second_look_which_sees_no_more_and_rates_go_by_lot_alone(office: Office) -> None:
    manager, anna, ben = (office.client(name) for name in ("manager", "anna", "ben"))
    admit = "/cases/demo/admit"
    grounds = [key for key in office.room().case().pinned["reasons"] if key != "illegible"]
    assert manager.post(admit, {"second_share": "0", "second_kind": "no such"}).status_code == 400
    assert manager.post(admit, {"second_share": "0", "second_kind": f"ground {grounds[0]}"}).status_code == 302
    assert f'value="ground {grounds[0]}" checked' in manager.get(admit).content.decode()
    lines = []
    for reason in ("illegible", grounds[0], "illegible"):
        lines.append(lines_on(anna))
        assert ruled(anna, lines[-1], reason=reason) == 302
    assert lines_on(ben, "second") == lines[1]
    desk = text_of(ben.get(f"{WORK}/second"))
    assert not any(word in desk for word in ("What was ruled", ">0.99", "anna"))
    assert ruled(ben, lines[1], "second", reason="illegible") == 302
    assert lines_on(ben, "second") == ""
    assert "is told of lines that lot gives" in text_of(manager.get("/cases/demo/differing"))
    assert manager.post(admit, {"second_share": "0", "second_kind": "refused"}).status_code == 302
    assert lines_on(ben, "second") in {lines[0], lines[2]}
    assert manager.post(admit, {"second_share": "100"}).status_code == 302
    assert "are left out" in text_of(manager.get("/cases/demo/differing")), "kinds once named are not forgotten"


def test_what_goes_against_the_machine_or_is_left_to_a_person_has_a_second_look(office: Office) -> None:
    from ballotworthy.office.benches import bench_of, weigh
    from ballotworthy.office.models import HeldCase

    manager, anna, ben = (office.client(name) for name in ("manager", "anna", "ben"))
    held = HeldCase.objects.get(slug="demo")
    bench_of(held)
    weighed = weigh(held)
    assert weighed is not None
    for kind, wants in (
        ("against the machine", lambda line, outcome: (weighed.chances[line] > 0.5) != (outcome == "valid")),
        ("left to a person", lambda line, _: line in weighed.left),
        ("perhaps a repeat", lambda line, _: line in weighed.repeats),
    ):
        assert manager.post("/cases/demo/admit", {"second_share": "0", "second_kind": kind}).status_code == 302
        for _ in range(6):
            accept(anna, lines_on(anna))
            assert ruled(anna, lines_on(anna), reason="illegible") == 302
        looks = office.room().case().looks
        wanted = {line for line, each in looks.items() if not each.second and wants(line, each.first.outcome)}
        assert 0 < len(wanted) < len([each for each in looks.values() if not each.second])
        while line := lines_on(ben, "second"):
            assert line in wanted
            wanted.remove(line)
            assert ruled(ben, line, "second", reason="illegible") == 302
        assert wanted == set()


def test_a_ruling_taken_back_is_corrected_by_a_new_event(office: Office) -> None:
    manager = office.client("manager")
    line = lines_on(manager)
    row = rows_of(manager.get(f"{WORK}/first").content.decode())[0]
    assert ruled(manager, line, reason="illegible") == 302
    assert manager.post("/cases/demo/undo").headers["Location"] == f"{WORK}/again"
    assert lines_on(manager, "again") == line
    assert ruled(manager, line, "again", row=row) == 302
    assert [event["body"]["outcome"] for kind in ("decision", "corrected") for event in events(office, kind)] == [
        "invalid",
        "valid",
    ]
    ruling = office.room().case().ruling(line)
    assert ruling is not None
    assert ruling.outcome == "valid"


def test_whoever_resolves_looks_up_a_line_and_rules_on_it_anew_and_says_what_was_wrong(office: Office) -> None:
    anna, carla = office.client("anna"), office.client("carla")
    line = lines_on(anna)
    row = rows_of(anna.get(f"{WORK}/first").content.decode())[0]
    ruled(anna, line, reason="illegible")
    ruled(anna, lines_on(anna), reason="illegible")  # it is not her last one any more
    assert anna.get("/cases/demo/line").status_code == 403
    shown = carla.get("/cases/demo/line", {"line": line}).content.decode()
    assert ("anna" in shown, "Lay it on my desk" in shown) == (True, True)
    wrong = {"line": line, "why": "a wrong key, seen by anna"}
    assert carla.post("/cases/demo/line", {**wrong, "why": " "}).status_code == 400
    assert carla.post("/cases/demo/line", {"line": "999-1", "why": "none such"}).status_code == 400
    assert carla.post("/cases/demo/line", wrong).headers["Location"] == f"{WORK}/again"
    assert office.client("manager").post("/cases/demo/line", wrong).status_code == 409
    assert (lines_on(carla, "again"), ruled(carla, line, "again", row=row)) == (line, 302)
    said = next(events(office, "corrected"))
    assert (said["by"], said["body"]["outcome"], said["body"]["why"]) == ("carla", "valid", wrong["why"])


def test_what_was_ruled_names_the_voter_to_who_rules_and_to_no_blind_look(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.pages import ruled as page_of
    from ballotworthy.verbs.case_bench import voter_of

    second_looks(100)
    anna, carla, manager = office.client("anna"), office.client("carla"), office.client("manager")
    line = lines_on(anna)
    rows = rows_of(anna.get(f"{WORK}/first").text)
    bench = bench_of(HeldCase.objects.get(slug="demo"), 60)
    voters = [voter_of(bench, int(row)) for row in rows[:2]]
    assert all(
        page_of.voter_said(bench, int(row)).endswith(f", {voter}") for row, voter in zip(rows[:2], voters, strict=True)
    )
    assert ruled(anna, line, row=rows[0]) == 302
    assert lines_on(carla, "second") == line
    shown = f"{CASE}/line?line={line}"
    for blind in (f"{WORK}/second", shown):
        page = carla.get(blind).text
        assert ("What was ruled</h2><ul>" in page, voters[0] in page) == (False, False)
    assert ruled(carla, line, "second", row=rows[1]) == 302
    assert lines_on(manager, "third") == line
    for address in (f"{WORK}/third", shown):
        told = manager.get(address).text.partition("What was ruled</h2>")[2].partition("</ul>")[0]
        for row, voter in zip(rows[:2], voters, strict=True):
            assert told.count(f"{voter} <span") == 1
            assert page_of.voter_said(bench, int(row)) in told
    with monkeypatch.context() as found_otherwise:
        found_otherwise.setattr(page_of, "_near", lambda *_: ())
        told = manager.get(shown).text.partition("What was ruled</h2>")[2].partition("</ul>")[0]
    assert (told.count(page_of.UNFOUND), voters[0] in told) == (2, False)
    assert page_of.with_voters(None, line, str, page_of.rulings_on(office.room(), line))[0][-1] == ""
