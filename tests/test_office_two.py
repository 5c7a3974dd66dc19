"""Acts of two people: the first signs and waits, the second signs the same; what has changed makes the first void."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from office_site import Office

DELETED = {"names": "on", "ground": "six months after the certificate, s. 9", "lawful_from": "2024-06-01"}


@pytest.fixture
def judged(office: Office) -> Office:
    """Give the office with the demo decided and counted."""
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.casework.work import order_of_work
    from ballotworthy.verbs.case_count import count_case
    from ballotworthy.verbs.case_decide import decide_lines

    room = office.room()
    decide_lines(room, [RuledLine(line, "invalid", "illegible") for line in order_of_work(room.case())], by="anna")
    count_case(room, by="dora")
    return office


def signs(office: Office, name: str, **said: str) -> int:
    return office.client(name).post("/cases/demo/certify", {"signed": name, **said}).status_code


def certified(office: Office) -> bool:
    return office.room().case().standing.closed


def test_a_verdict_is_certified_once_two_people_have_signed_it(judged: Office) -> None:
    assert signs(judged, "dora") == 302
    assert not certified(judged)
    assert "dora has signed this verdict" in judged.client("manager").get("/cases/demo").content.decode()
    assert signs(judged, "dora") == 409
    assert not certified(judged)
    assert signs(judged, "manager") == 302
    assert certified(judged)
    standing = judged.room().case().standing
    assert standing.certified is not None
    assert standing.certified.by == "dora"


def test_whoever_has_a_key_of_his_own_signs_as_the_second_by_it_and_the_office_keeps_no_copy(judged: Office) -> None:
    manager = judged.client("manager")
    made = manager.post("/cases/demo/own-key")
    assert (made.status_code, "attachment" in made["Content-Disposition"]) == (200, True)
    ((_, person, public),) = judged.room().case().second_keys
    assert (person, public in manager.get("/cases/demo/own-key").text) == ("manager", True)
    secret = made.content.split()[-1]
    assert [path for path in judged.folder.rglob("*") if path.is_file() and secret in path.read_bytes()] == []
    assert signs(judged, "dora") == 302
    assert "Your own key" in manager.get("/cases/demo").text
    without = manager.post("/cases/demo/certify", {"signed": "manager"})
    assert (without.status_code, "a key of his own" in without.text, "--" in without.text.split("<main")[1]) == (
        409, True, False,
    )  # fmt: skip
    other = judged.client("manager").post("/cases/demo/own-key").content
    for given, status in ((made.content, 409), (b"no key", 400), (other, 302)):  # the later key counts
        file = io.BytesIO(given)
        file.name = "own.key"
        assert manager.post("/cases/demo/certify", {"signed": "manager", "key": file}).status_code == status
    standing = judged.room().case().standing
    assert standing.certified is not None
    assert len(standing.certified.body["signed"]) == 128


def test_whoever_certifies_without_managing_makes_a_key_of_his_own_and_signs_with_it(judged: Office) -> None:
    dora = judged.client("dora")
    assert "manage" not in judged.room().case().people["dora"]
    assert "/cases/demo/own-key" in dora.get("/cases/demo").text
    secret = io.BytesIO(dora.post("/cases/demo/own-key").content)
    assert [(each["by"], each["person"]) for each in judged.room().case().own_keys] == [("dora", "dora")]
    assert signs(judged, "manager") == 302
    secret.name = "own.key"
    assert dora.post("/cases/demo/certify", {"signed": "dora", "key": secret}).status_code == 302
    standing = judged.room().case().standing
    assert standing.certified is not None
    assert len(standing.certified.body["signed"]) == 128


def test_a_first_signature_can_be_taken_back(judged: Office) -> None:
    signs(judged, "dora")
    assert judged.client("dora").post("/cases/demo/take-back", {"act": "certify"}).status_code == 302
    assert signs(judged, "manager") == 302
    assert not certified(judged)


def test_what_was_counted_anew_makes_the_first_signature_void(judged: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_correct import correct_lines
    from ballotworthy.verbs.case_count import count_case

    signs(judged, "dora")
    room = judged.room()
    line = next(iter(room.case().looks))
    voter = next(voter for voter, reason in judged.truth().values() if voter and not reason)
    correct_lines(room, [RuledLine(line, "valid", voter_id=voter)], by="carla", why="misread")
    count_case(room, by="dora")
    assert signs(judged, "manager") == 409
    assert not certified(judged)
    assert [signs(judged, "manager"), signs(judged, "dora")] == [302, 302]
    assert certified(judged)


def test_whoever_was_dismissed_or_has_left_has_not_signed(judged: Office) -> None:
    from ballotworthy.office.models import Account

    signs(judged, "dora")
    Account.objects.filter(name="dora").update(is_active=False)
    assert (
        signs(judged, "manager", alone="dora has left the office") == 302
    )  # nobody else is left who may: he signs alone
    assert certified(judged)
    standing = judged.room().case().standing
    assert standing.certified is not None
    assert standing.certified.by == "manager"


def test_names_are_deleted_by_two_who_manage_the_case_and_by_the_same_words(judged: Office) -> None:
    from ballotworthy.office import benches
    from ballotworthy.office.models import HeldCase

    benches.bench_of(HeldCase.objects.get(slug="demo"), patience=300)
    signs(judged, "dora")
    signs(judged, "manager")
    manager, carla = judged.client("manager"), judged.client("carla")
    assert manager.post("/cases/demo/admit", {"was:carla": "", "may:carla": "manage"}).status_code == 302
    private = judged.folder / "cases" / "demo" / "private"
    assert manager.post("/cases/demo/purge", {**DELETED, "signed": "carla"}).status_code == 400
    assert manager.post("/cases/demo/purge", {**DELETED, "signed": "manager"}).status_code == 302
    assert list(private.glob("lines-*.parquet"))
    assert "manager has signed" in carla.get("/cases/demo/purge").content.decode()
    assert "manager has signed that names or pictures are deleted" in carla.get("/cases/demo").content.decode()
    other = {**DELETED, "lawful_from": "2024-07-01", "signed": "carla"}
    assert carla.post("/cases/demo/purge", other).status_code == 409
    assert list(private.glob("lines-*.parquet"))
    assert carla.post("/cases/demo/purge", {**DELETED, "signed": "carla"}).status_code == 302
    assert list(private.glob("lines-*.parquet"))
    assert manager.post("/cases/demo/purge", {**DELETED, "signed": "manager"}).status_code == 302
    assert list(private.glob("lines-*.parquet")) == []
    assert judged.room().case().purged == {"names"}
    assert not (private / "matches.npz").exists()
    assert benches._laid == {}  # nor are they left in memory
    assert "Deleted after the lawful period: the lines with their names" in manager.get("/cases/demo").content.decode()
    for page in ("repeats", "outlook"):
        assert "he names of this case were deleted" in manager.get(f"/cases/demo/{page}").content.decode()


@pytest.mark.parametrize("said", [{"names": ""}, {"ground": ""}, {"lawful_from": "soon"}])
def test_a_deletion_without_object_ground_or_day_is_refused(judged: Office, said: dict[str, str]) -> None:
    signs(judged, "dora")
    signs(judged, "manager")
    given = {
        name: value for name, value in {**DELETED, "signed": "manager", **said}.items() if value or name != "names"
    }
    assert judged.client("manager").post("/cases/demo/purge", given).status_code == 400


def test_a_certified_case_is_reopened_by_order_and_lines_count_again_until_it_is_certified_anew(judged: Office) -> None:
    address, order = "/cases/demo/orders", {"order": "Court of appeal, 12/2026", "day": "2024-07-01"}
    assert (signs(judged, "dora"), signs(judged, "manager")) == (302, 302)
    dora, carla = judged.client("dora"), judged.client("carla")
    assert (dora.get(address).status_code, judged.client("anna").get(address).status_code) == (200, 403)
    line = next(iter(judged.room().case().looks))
    restored = {**order, "act": "restore", "lines": line}
    assert carla.post(address, restored).status_code == 409  # certified, and not reopened
    for given, status in (({"act": "reopen"}, 403), ({"act": "other"}, 403)):
        assert carla.post(address, {**order, **given}).status_code == status
    for given, status in (({"order": " "}, 400), ({"day": "2999-01-01"}, 400), ({"day": "soon"}, 400), ({}, 302)):
        assert dora.post(address, {**order, "act": "reopen", **given}).status_code == status
    assert not certified(judged)
    assert order["order"] in carla.get(address).text
    wrong = ("", f"{line}, {line}", "99-99", f"{line}=no-such")
    assert [carla.post(address, {**restored, "lines": lines}).status_code for lines in wrong] == [400] * 4
    assert carla.post(address, {**restored, "lines": f"{line},"}).status_code == 302
    corrected = judged.room().case().looks[line].corrected
    assert corrected is not None
    assert corrected.outcome == "valid"
    assert dora.post("/cases/demo/count").status_code == 302
    assert (signs(judged, "dora"), signs(judged, "manager")) == (302, 302)
    assert certified(judged)


def test_deleting_names_before_the_day_is_refused_at_the_first_signature(judged: Office) -> None:
    assert (signs(judged, "dora"), signs(judged, "manager")) == (302, 302)
    manager = judged.client("manager")
    answer = manager.post("/cases/demo/purge", {**DELETED, "lawful_from": "2999-01-01", "signed": "manager"})
    assert (answer.status_code, "has signed" in manager.get("/cases/demo/purge").text) == (409, False)
