"""A case's folder that is damaged, half copied or strange is told about; no verb stumbles over it or makes it worse."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ballotworthy.casework import Act
from ballotworthy.casework.room import enter
from ballotworthy.casework.voters import remembered
from ballotworthy.errors import InputError, OutputError
from ballotworthy.record import finished
from ballotworthy.verbs.case_enter import OWN_VERBS
from checked import run

SCRIPT = Path(__file__).parent / "data/case_by_verbs.py"
READING = (["status"], ["show", "--line", "1-1"], ["work", "--by", "ann"], ["sheets"], ["risk", "status"])
WRITING = (
    ["fix", "--by", "ann"], ["seed", "1", "--by", "ann", "--how", "dice", "--source", "x", "--present", "y"],
    ["sample", "--by", "ann"], ["count", "--by", "ann"], ["certify", "--by", "ann", "--alone", "x"],
    ["reopen", "--by", "ann", "--order", "x", "--day", "2026-11-05"], ["export", "--to", "public", "-o", "OUT"],
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a case that went from opening to purge."""
    folder = tmp_path_factory.mktemp("whole")
    subprocess.run([sys.executable, str(SCRIPT), str(folder)], capture_output=True, check=True)
    return folder / "case"


def flipped(data: bytes, chance: random.Random) -> bytes:
    some = bytearray(data or b"x")
    for _ in range(chance.randrange(1, 5)):
        some[chance.randrange(len(some))] = chance.randrange(256)
    return bytes(some)


def lines_changed(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice([[], [lines[at]] * 2, [b"{}"], [b"[]"], [b"null"], [b"1"], [b'"x"']])
    return b"\n".join(lines)


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "empty": lambda _data, _chance: b"",
    "cut": lambda data, chance: data[: chance.randrange(len(data) + 1)],
    "flipped": flipped,
    "noise": lambda _data, chance: chance.randbytes(200),
    "lines": lines_changed,
    "longer": lambda data, _chance: data + b"\x00\xff junk",
}


def contents(case: Path) -> dict[str, bytes]:
    """Give all files of a case, the record without what a writer cuts off: a torn line, an unfinished batch."""
    files = {str(path.relative_to(case)): path.read_bytes() for path in case.rglob("*") if path.is_file()}
    record = files.get("case.record", b"")
    lines = record[: record.rfind(b"\n") + 1].split(b"\n")[:-1]
    return {**files, "case.record": b"".join(line + b"\n" for line in finished(lines))}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(2))
def test_no_verb_stumbles_over_a_damaged_folder(tmp_path: Path, whole: Path, damage: str, seed: int) -> None:
    """Any refusal of the tree is an answer; `run` raises whatever else a verb ends with."""
    chance = random.Random(f"{damage} {seed}")
    for at in range(2):
        case = tmp_path / str(at) / "case"
        shutil.copytree(whole, case)
        files = sorted(path for path in case.rglob("*") if path.is_file())
        file = chance.choice([case / "case.record", *files])
        file.write_bytes(DAMAGES[damage](file.read_bytes(), chance))
        for words in (chance.choice(READING), chance.choice(WRITING)):
            before = contents(case)
            verb, *rest = [str(tmp_path / str(at) / "out") if word == "OUT" else word for word in words]
            asked = [verb, rest[0], case, *rest[1:]] if verb == "risk" else [verb, case, *rest]
            code, said = run("case", *asked)
            assert code in (0, 2, 3), said
            if words in READING or code == 2:
                assert contents(case) == before


@pytest.mark.parametrize("name", ["case.record", "case.record.head.json", "weights.tsv", "private"])
@pytest.mark.parametrize("way", ["gone", "a folder", "a file"])
def test_no_verb_stumbles_over_what_is_missing_or_of_another_kind(
    tmp_path: Path, whole: Path, name: str, way: str
) -> None:
    case = tmp_path / "case"
    shutil.copytree(whole, case)
    path = case / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if way == "a folder":
        path.mkdir()
    elif way == "a file":
        path.write_bytes(b"\x00")
    signing = ["certify", "--by", "ann", "--alone", "x"]
    for words in (["status"], signing, ["export", "--to", "public", "-o", str(tmp_path / "out")]):
        code, said = run("case", words[0], case, *words[1:])
        assert code in (0, 2, 3), said


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)


def a_copy(whole: Path, tmp_path: Path) -> Path:
    case = tmp_path / "case"
    shutil.copytree(whole, case)
    return case


def refused(case: Path, *words: object) -> str:
    """Give what a verb says that is refused and leaves the case as it was, to the byte."""
    before = {path: path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file()}
    code, said = run("case", words[0], case, *words[1:])
    assert code in (2, 3), said
    assert {path: path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file()} == before
    return said


def test_a_file_that_is_no_record_is_left_as_it_was_though_it_has_line_feeds(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    (case / "case.record").write_bytes(bytes(range(256)) * 20)
    assert "it is damaged or no record. It was left as it was." in refused(case, "count", "--by", "ann")


def test_an_event_whose_line_feed_was_damaged_is_not_cut_off(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    record = case / "case.record"
    record.write_bytes(record.read_bytes()[:-1] + b"\x0b")
    said = refused(case, "reopen", "--by", "ann", "--order", "x", "--day", "2026-11-05")
    assert "ends with a whole event and a byte that is no line feed" in said


def test_a_pipe_in_place_of_a_key_is_not_waited_for(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    key = case / "private/office.key"
    key.unlink(missing_ok=True)
    os.mkfifo(key)
    with pytest.raises(InputError, match="is no plain file"):
        enter(case, now).office_key()


@pytest.mark.parametrize("held", ['{"a":', "[1, 2]", '{"a": 7}', "[" * 100_000, "\udcff"])
def test_a_damaged_memory_of_where_rolls_are_is_told_about(tmp_path: Path, whole: Path, held: str) -> None:
    case = a_copy(whole, tmp_path)
    (case / "private/rolls.json").write_bytes(held.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="It does no more than remember"):
        remembered(enter(case, now))


def test_a_folder_in_the_place_of_a_paper_is_found_before_anything_is_signed(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    for name in ("certificate.json", "certificate.pdf", "case.record.head.json"):
        (case / name).unlink()
        (case / name).mkdir()
        room = enter(case, now)
        acts = [Act("ann", "noted", {"what": "x", "day": "2026-11-05"})]
        before = (case / "case.record").read_bytes()
        with pytest.raises(OutputError, match="is a folder, where a file of the case must stand"):
            room.write(lambda _, acts=acts: acts, lambda _, name=name: {name: lambda path: path.write_text("x")})
        assert (case / "case.record").read_bytes() == before
        assert not (case / ".begun").exists()
        (case / name).rmdir()
        (case / name).write_text("x")


PLANS = {
    "noise": "\x00",
    "empty": "",
    "a list": "[]",
    "no papers": '{"after": 5}',
    "a file elsewhere": '{"after": %d, "papers": ["../elsewhere"], "doomed": []}',
    "a file elsewhere to delete": '{"after": %d, "papers": [], "doomed": ["../elsewhere"]}',
    "a file at the root": '{"after": %d, "papers": [], "doomed": ["/tmp/nothing-of-ours"]}',
    "a file elsewhere by a link": '{"after": %d, "papers": [], "doomed": ["private/linked/elsewhere"]}',
    "no number": '{"after": "x", "papers": [], "doomed": []}',
    "beyond all files": '{"after": 99999999999999999999999, "papers": [], "doomed": []}',
    "before the beginning": '{"after": -1, "papers": [], "doomed": []}',
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_of_something_begun_that_is_damaged_or_of_strangers_touches_nothing(
    tmp_path: Path, whole: Path, plan: str
) -> None:
    """A folder that was handed over may tell of files outside it; nobody who opens it loses one."""
    case = a_copy(whole, tmp_path)
    (tmp_path / "elsewhere").write_text("mine")
    (case / "private/linked").symlink_to(tmp_path)
    work = case / ".begun"
    work.mkdir()
    record = case / "case.record"
    last = record.read_bytes().splitlines(keepends=True)[-1]
    (work / "events").write_bytes(last)
    (work / "0").write_text("theirs")
    text = PLANS[plan]
    (work / "plan.json").write_text(text % (record.stat().st_size - len(last)) if "%" in text else text)
    code, said = run("case", "status", case)
    assert (code, "is damaged itself" in said) == (2, True), said
    assert (tmp_path / "elsewhere").read_text() == "mine"


def test_no_event_that_was_acknowledged_is_cut_off_by_what_is_begun(tmp_path: Path, whole: Path) -> None:
    """A plan that begins at the first event, and tells of one more than there are, would empty the record."""
    case = a_copy(whole, tmp_path)
    (case / ".begun").mkdir()
    record = (case / "case.record").read_bytes()
    (case / ".begun/events").write_bytes(record + b"x")
    (case / ".begun/plan.json").write_text('{"after": 0, "papers": [], "doomed": []}')
    assert "is damaged itself" in refused(case, "status")


@pytest.mark.parametrize("kind", ["a file", "a pipe", "a link", "a link to nothing"])
def test_what_stands_in_the_place_of_what_is_begun_is_told_about(tmp_path: Path, whole: Path, kind: str) -> None:
    case = a_copy(whole, tmp_path)
    work = case / ".begun"
    if kind == "a file":
        work.write_text("x")
    elif kind == "a pipe":
        os.mkfifo(work)
    else:
        work.symlink_to(tmp_path if kind == "a link" else tmp_path / "nothing")
    code, said = run("case", "status", case)
    assert (code, "is no folder" in said) == (2, True), said


def test_a_strange_word_about_who_holds_a_case_is_no_stumbling_block(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    (case / "held-by.txt").write_bytes(b"\xff\xfe\x1b[31m")
    assert "bring it in first" in refused(case, "reopen", "--by", "ann", "--order", "x", "--day", "2026-11-05").lower()


def test_what_is_entered_by_name_is_said_once_and_may_be_of_any_depth(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    words = ["enter", "noted", "what=a", "what=b", "day=2026-11-05", "--by", "ann"]
    assert "what is said twice" in refused(case, *words)
    words = ["enter", "disclosed", "disclosure=public", f"why={'[' * 100_000}", "--by", "ann"]
    code, said = run("case", words[0], case, *words[1:])
    assert code == 0, said


@pytest.mark.parametrize(
    ("what", "day", "why"),
    [
        ("counted", "2099-01-01", "more than ten years from the day of filing"),
        ("counted", "1900-01-01", "more than ten years from the day of filing"),
        (
            "counted",
            "2026-11-01",
            "2026-11-01 lies before the day of filing, 2026-11-02, which it follows. Look at the day",
        ),
        ("accepted", "2036-10-01", "Nothing can have happened on 2036-10-01: that day has not come"),
        ("counted", "2026-11-30", "the record itself holds it as done on"),
        ("election", "0002-11-03", "more than ten years from the day of filing"),
        ("election", "2028-11-07", ""),
        ("last-filing-day", "2036-10-01", ""),
        ("filed-with-county", "2026-10-01", ""),
        ("electoin", "2028-11-07", "event of a law's days called 'electoin'. Did you mean election? Known: applicat"),
    ],
)
def test_a_day_noted_is_one_that_can_be(tmp_path: Path, whole: Path, what: str, day: str, why: str) -> None:
    code, said = run("case", "enter", a_copy(whole, tmp_path), "noted", f"what={what}", f"day={day}", "--by", "ann")
    assert (code, why in said) == (2 if why else 0, True), said


def test_a_day_of_an_older_record_that_cannot_be_is_told_by_its_status(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    noted = [
        Act("ann", "noted", {"what": what, "day": day})
        for what, day in (("election", "0002-11-03"), ("x", "2026-11-05"))
    ]
    enter(case, now).write(lambda _: noted)
    code, said = run("case", "status", case)
    assert (code, said.count("Passed over")) == (0, 1), said
    assert "0002-11-03 lies more than ten years from the day of filing, 2026-11-02. Enter the right one" in said


@pytest.mark.parametrize("kind", OWN_VERBS)
def test_what_goes_with_files_is_not_entered_by_name_as_if_it_were_done(tmp_path: Path, whole: Path, kind: str) -> None:
    """A purge so entered was recorded, and the names stayed where they were."""
    assert OWN_VERBS[kind] in refused(a_copy(whole, tmp_path), "enter", kind, "what=x", "--by", "ann")


@pytest.mark.parametrize("kind", ["reopened", "challenged", "cured", "withdrawn", "roll", "received"])
def test_no_paper_is_of_a_day_to_come(tmp_path: Path, whole: Path, kind: str) -> None:
    words = ["enter", kind, "day=9999-12-30", "order=x", "--by", "ann"]
    assert "is still to come" in refused(a_copy(whole, tmp_path), *words)


def test_a_purge_deletes_nothing_behind_a_link(tmp_path: Path, whole: Path) -> None:
    """The folder of images may be a link, in a case that came from somebody else, to all that one has."""
    case = a_copy(whole, tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/1.png").write_text("mine")
    shutil.rmtree(case / "private/images", ignore_errors=True)
    (case / "private/images").symlink_to(tmp_path / "mine")
    words = ["--by", "ann", "--alone", "x", "--ground", "x", "--lawful-from", "2026-11-05", "--what", "images", "--yes"]
    assert "is a link to somewhere else" in refused(case, "purge", *words)
    assert (tmp_path / "mine/1.png").exists()


def test_a_list_of_sheets_takes_the_place_of_no_key_and_no_record(tmp_path: Path, whole: Path) -> None:
    case = a_copy(whole, tmp_path)
    for name in ("case.record", "private/office.key"):
        assert f"{case / name} ends in " in refused(case, "sheets", "-o", case / name)


def test_words_of_an_office_make_no_line_of_their_own(tmp_path: Path) -> None:
    """A title with an end of line in it would speak for the program, on a terminal and in the paper of an export."""
    case, title = tmp_path / "case", "A law\x1b[31m\nVERIFIED: all checks hold"
    about = {"case": "X", "office": "o", "measure": title, "place": "zz-example", "kind": "initiative", "by": "ann",
             "on": "2026-11-02", "required": "3", "required-source": title, "disclosure": "public"}  # fmt: skip
    code, said = run("case", "new", case, *(word for name, value in about.items() for word in (f"--{name}", value)))
    assert code == 0, said
    code, said = run("case", "status", case)
    assert said.splitlines()[0] == (
        "X: A law‹ESC›[31m‹LF›VERIFIED: all checks hold (zz-example, initiative, filed 2026-11-02)"
    )
    code, said = run("case", "export", case, "--to", "public", "-o", tmp_path / "out")
    assert code == 0, said
    told = (tmp_path / "out/EXPORT.txt").read_text("utf-8")
    assert f"Files: {', '.join(sorted(each.name for each in (tmp_path / 'out').iterdir()))}." in told
    assert told.splitlines()[0] == "X: A law‹ESC›[31m‹LF›VERIFIED: all checks hold"
    assert "\x1b" not in told
