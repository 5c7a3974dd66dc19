"""What the floors below the office say is said in Spanish on Spanish pages: refusals of the record, faults of files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")

from ballotworthy.office.languages import table
from ballotworthy.office.words import on_page
from test_office_languages import ENGLISH, SPANISH

if TYPE_CHECKING:
    from office_site import Office

SOURCE = Path(__file__).parent.parent / "src/ballotworthy"
HEARD = (
    *sorted(SOURCE.glob("casework/events_*.py")),
    *sorted(SOURCE.glob("office/pages/*.py")),
    *sorted(SOURCE.glob("office/jobs/*.py")),
    *(SOURCE / f"{each}.py" for each in (
        "check/unseen_cells", "casework/alike", "casework/batch", "casework/begun", "casework/bench", "casework/clock",
        "casework/counting", "casework/framed", "casework/how_read", "casework/judging", "casework/kept_lines",
        "casework/kind",
        "casework/listed_apart", "casework/listing", "casework/named_people", "casework/objectors",
        "casework/order_day", "casework/ordered", "casework/parts", "casework/pinned", "casework/repeats",
        "casework/retyped", "casework/risk", "casework/room", "casework/ruled",
        "casework/sampling", "casework/seeds", "casework/shapes", "casework/twin", "casework/two_people",
        "casework/typed_days",
        "casework/voters", "casework/weights", "files/days",
        "files/fixed_width", "files/given", "files/kinds", "files/other_letters", "files/quotes", "files/spreadsheets",
        "files/table_faults", "files/tables", "files/zip_codes", "petition/lines",
        "petition/marks_unread", "petition/numbered",
        "petition/scanned", "petition/strata", "petition/strokes", "petition/told_pages",
        "petition/written", "record/file", "record/keys", "roll/attainers", "roll/doubted",
        "roll/house_columns", "roll/lookup", "roll/reading",
        "roll/snapshot", "roll/statuses", "roll/told", "scan/covered", "scan/foreign", "scan/foreign_pages",
        "scan/own_pages", "scan/pages", "scan/registered", "scan/streaks", "verbs/case_clock", "verbs/case_frame",
        "verbs/case_intake", "verbs/case_open", "verbs/case_purge", "verbs/case_retype", "verbs/case_risk_weigh",
        "verbs/case_scans", "verbs/case_second", "verbs/roll",
        "sheets/pile", "office/benches", "office/bulk", "office/compared", "office/leases", "office/record_table",
        "office/rooms", "office/taken_in", "office/two_people", "office/who",
    )),
)  # fmt: skip
"""Files whose refusals and faults reach a page."""
NEVER_SHOWN = {
    "--limit § is not of the form NAME=NUMBER; NAME is one of §.",  # of the command line
    "Kept(§ lines up to event §)",  # of a traceback
    "struck:crossed out or void on the sheet",  # a mark of the record
    "^(?:county|parish|borough) of |,? (?:county|cnty|cty|co|parish|borough)[.]?$",
    "^city of |,? city$",
    "§; lawful from §",  # a ground of the record
    "§ throws of a ten-sided die by §",
    "round § of the beacon §",  # what the record holds
    "; fingerprint, lines and strata compared before by {}, each with an account of their own",
    "; fingerprint, lines and strata compared before by two of those present, as {} has confirmed",
    "taken back by the person who ruled: a wrong key",  # what the record holds
    "§ (bulk act § of the office)",
    "a station locks itself after 1 to § minutes.",  # said with its number
    "same(?: (?:address|street|town|city|date|day))?(?: as)?(?: (?:the )?(?:one |line )?(?:above|before))?",
}
PARTS = {
    "line § is listed twice§", "§ in § may be read month first or day first, and no cell of the file tells which",
    "§: read §, as is the custom there. --dates says otherwise.",
    "§: say so with --dates month-first or --dates day-first.",
    "the first line has", "Add a column §, §, or say it of the whole batch with --stratum NAME",
    "name the one that tells it with --map §=HEADING", "hold a year: read as years of birth",
    "holds a year: read as the year of birth", "no cell of the status column", "was found for the status", "§ of § §.",
    "Warning: no column was found for the §: who is registered in another § is not seen. If one holds it, say so "
    "with --map §=HEADING.",
    "§ of its 4 corner marks were found, and § are needed; scan the whole sheet flat§",
}  # fmt: skip
"""Parts of which sentences are put together; the whole ones are tested below."""
WHOLE = (
    "120 rows were read into sheets/monday.\nOf the scans something is missing: of sheet 7 the back was not scanned: "
    "scan it, or see that it is there.",
    "Warning: no column was found for the district: who is registered in another district is not seen. If one holds "
    "it, say so with --map district=HEADING.",
    "line 3-1 is listed twice. If the lines listed before came in by mistake, nothing takes them out: open the "
    "case anew, and leave this",
    "7 days in Date may be read month first or day first, and no cell of the file tells which: read month first, "
    "as is the custom there. --dates says otherwise.",
    "1 day in Date may be read month first or day first, and no cell of the file tells which: say so with --dates"
    " month-first or --dates day-first.",
    "line 7: 3 cells where the heading has 4. Add what is missing, or quote cells that hold the separator",
    "column county: no column tells the county of a line, and California samples and counts each county on its "
    "own. Add a column county, name the one that tells it with --map county=HEADING, or say it of the whole batch"
    " with --stratum NAME",
    "line 12, column Date: the day there lies after 2026-12-01. Give a later --on if it is too early, or write "
    "the day as YYYY-MM-DD with four digits for the year, leave the cell empty, or pass --lenient to treat all "
    "such cells as empty",
    "line 1, column name: no column holds the signers' names. The file has: A, B. Say which with --map "
    "name=HEADING or last_name=HEADING",
    "lines.csv cannot be used: 2 faults.\n  line 2, column sheet, line: the sheet or line number is missing. A "
    "line is known by both; fill them in\n  ... and 1 more.",
    "2 cells of Born hold a year: read as years of birth.",
    "Warning: no cell of the status column holds a status: every voter counts as active, none as inactive, "
    "cancelled or pending.",
    "page 3 of a.pdf: 2 of its 4 corner marks were found, and 3 are needed; scan the whole sheet flat. It seems "
    "to be a blank back",
    "the ruling is refused: bob has not been admitted to decide.",
    "the frame is refused: it is dated 2026-01-01T00:00:00Z, before the event that precedes it "
    "(2026-01-02T00:00:00Z). Set the clock right; or if it was wrong then, declare that with a second person "
    "(case clock).",
)
VALUE = "§"


def template(node: ast.AST) -> str | None:
    """Give a text of the program with a sign for each value; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else VALUE for each in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return "".join(template(each) or VALUE for each in (node.left, node.right))
    return None


def texts_in(node: ast.AST) -> Iterator[str]:
    found = template(node)
    if found is not None:
        yield found
        return
    for each in ast.iter_child_nodes(node):
        yield from texts_in(each)


def sentences(path: Path) -> Iterator[str]:
    """Give the texts of a file that may be sentences, without what is said of its own parts."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        node_body = getattr(node, "body", None)
        if isinstance(node_body, list):
            node.body = [each for each in node_body if not (isinstance(each, ast.Expr) and template(each.value))]
    yield from texts_in(tree)


def test_no_option_of_the_command_line_is_left_on_a_page() -> None:
    shown = {on_page(text) for path in HEARD for text in sentences(path) if " " in text}
    assert {
        text for text in shown if re.search("--[a-z]", text) and not text.startswith(("--limit", "§ has § §"))
    } == set()


@pytest.mark.parametrize("path", HEARD, ids=lambda each: f"{each.parent.name}/{each.stem}")
def test_every_sentence_of_a_refusal_or_a_fault_has_its_spanish(path: Path) -> None:
    spoken = table("es").spoken
    said = {text for text in sentences(path) if text.count(" ") > 2 and ENGLISH.search(text)} - NEVER_SHOWN - PARTS
    left = {text: spoken(on_page(text)) for text in said}
    assert {text: words for text, words in left.items() if ENGLISH.search(words.replace(VALUE, ""))} == {}


def test_what_is_wrong_in_a_file_and_what_the_record_refuses_are_in_spanish_on_the_page(office: Office) -> None:
    from office_opened import SLUG, new_case
    from office_site import fix_frame, take_in
    from test_office_lines_look import file_of

    manager = new_case(office)
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = SPANISH["Accept-Language"]
    lines = pl.DataFrame({"sheet": ["1", "1"], "line": ["1", "1"], "name": ["Al Bo", "Cy Do"], "district": ["N", "N"]})
    page = manager.post(f"/cases/{SLUG}/lines", {"file": file_of(lines)}).text
    assert "línea 3, columna sheet, line: el pliego y la línea de la línea 2 del archivo están aquí otra vez" in page
    take_in(manager, SLUG, {"file": file_of(lines.head(1))})
    assert fix_frame(manager, SLUG) == 302
    page = manager.post(f"/cases/{SLUG}/frame", {"seen": office.room(SLUG).case().frame.body()["fingerprint"]}).text
    assert "Se rechaza el marco: el marco está fijado: ya no puede entrar nada." in page


@pytest.mark.parametrize("text", WHOLE)
def test_sentences_of_several_parts_are_whole_in_spanish(text: str) -> None:
    assert not ENGLISH.search(table("es").spoken(on_page(text)))


def test_every_act_of_a_case_has_a_name_for_people() -> None:
    from ballotworthy.casework.events import KINDS

    called = {kind.called for kind in KINDS.values()}
    assert all(called)
    assert called <= set(table("es").said)


@pytest.mark.parametrize("part", ["a. b; ", "a has b ", "batch “a” looks like b “c” ", "x is refused: ", "line 3: a. "])
def test_a_text_that_is_made_to_look_like_many_sentences_ends(part: str) -> None:
    for times in (30, 200, 5_000):
        assert table("es").spoken(part * times)


def test_a_remark_behind_the_pages_it_is_said_of_is_put_as_by_itself() -> None:
    told = "Look at the scans again: pages 1 to 3, 7 of a.pdf, page 1 of b.jpg and 2 pages more: "
    spoken = table("es").spoken
    assert spoken(f"{told}2 of 4 corner marks were found.") == (
        "Mire de nuevo los escaneos: páginas 1 a 3, 7 de a.pdf, página 1 de b.jpg y 2 páginas más: "
        "se hallaron 2 de 4 marcas de esquina."
    )
