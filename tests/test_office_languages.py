"""The pages in Spanish: no text of a template without its Spanish, none left over, and the law in its own words."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")

from ballotworthy.office.languages import said, table, texts
from ballotworthy.office.words import on_page

if TYPE_CHECKING:
    from office_site import Office

PAGES = Path(__file__).parent.parent / "src/ballotworthy/office/pages"
TEMPLATES = sorted(PAGES.glob("*.html"))
SPANISH = {"Accept-Language": "es-US,es;q=0.9,en;q=0.5"}
SOURCE = PAGES.parent.parent
ENGLISH = re.compile(r"\b(the|is|are|of|and|was|were|to|by|nothing|with|this|that|not|from|what|who)\b")
JOINED = {
    "Warning: no column was found for the {}: who is registered in another {} is not seen. If one holds it, say so "
    "under “How the file is written”: {}.",
    "{} is {}, whatever its name ends in. Choose the file that holds the table. Scans of sheets are read "
    "under “Read scans of sheets first”.",
    "the clock says {}, {} days after the last event of this case ({}). If the clock is wrong, set it right: an event "
    "with a wrong time can never be taken back, and the case would wait until that day. If it is right, whoever "
    "manages or certifies says so on the case's page.",
    "{}: write one name=value a line, each name once. The names are {}.",
    *(f"{days} in {{}} may be read month first or day first, and no cell of the file tells which: {which}" for days in (
        "1 day", "{} days") for which in (
        "read {}, as is the custom there. “How the file is written” says otherwise.",
        "say so under “How the file is written”: month-first or day-first.",
    )),
    *(f"{{}} {cells} where {above} {{}}" for cells in ("cell", "cells") for above in (
        "the heading has", "the first line has")),
    "Add a column {}, name the one that tells it under “How the file is written”: {}, or say it of the whole batch in "
    "the field “Stratum”",
    "line {} is listed twice. If the lines listed before came in by mistake, nothing takes them out: open the case "
    "anew, and leave this",
    "1 cell of {} holds a year: read as the year of birth.", "{} cells of {} hold a year: read as years of birth.",
    "{} blank row", "{} blank rows",
}  # fmt: skip
"""Sentences that are put together of several, or are the command line's and become the page's."""
SHOWN = re.compile(r"{{ ?([^}|]+?) ?(?:[|}])")


def test_every_text_of_the_pages_has_its_spanish_and_none_is_left_over() -> None:
    stands = {text for each in TEMPLATES for text in texts(each.read_text("utf-8"))}
    assert len(stands) > 400
    held = set(table("es-mx").texts)
    assert (sorted(stands - held), sorted(held - stands)) == ([], [])


def test_spanish_shows_the_same_values_as_english_and_keeps_emphasis() -> None:
    odd = [
        text
        for text, spanish in table("es").texts.items()
        if sorted(SHOWN.findall(text)) != sorted(SHOWN.findall(spanish))
        or re.findall("</?(?:strong|em)>", text) != re.findall("</?(?:strong|em)>", spanish)
    ]
    assert odd == ['{{ waits }} job{{ waits|pluralize }} come{{ waits|pluralize:"s," }} first.']


def test_what_the_program_says_at_the_desk_and_of_accounts_has_its_spanish(office: Office) -> None:
    from ballotworthy.match.weigh import FIELDS, LEVELS
    from ballotworthy.office import account_log, adapters, away, keys, passwords, refusals, signatures, who
    from ballotworthy.office.models import WentBack
    from ballotworthy.office.pages import dashboard, sign_in, station, work

    assert office.folder.is_dir()  # Django is set up
    words = {
        *(words for _, words in keys.ACTIONS.values()), *keys.FIXED.values(),
        *(why.words for why in signatures.EVERY),
        *work.TITLES.values(), *dashboard.STEPS, *who.ROLES, who.NEEDS_FACTOR, who.NOT_ENTERED,
        who.ONLY_SENT,
        refusals.FORBIDDEN, refusals.FORBIDDEN_OFFICE,
        away.AWAY, refusals.MISSING, refusals.BROKEN, refusals.TOO_OFTEN, sign_in.WRONG, sign_in.WAIT,
        station.WRONG, adapters.CLOSED, adapters.NOT_KNOWN, adapters.NO_ANSWER,
        passwords.NotOfThisPlace().get_help_text(), WentBack.PUT_BACK, WentBack.ROLE, WentBack.CLOSED,
        *(f"{factor} {what}" for factor in account_log.FACTORS.values() for what in ("made", "used", "failed")),
        *(f"{field} {level.words}" for field, levels in zip(FIELDS, LEVELS, strict=True) for level in levels),
        "town, zip", "born", "registered",
    }  # fmt: skip
    assert sorted(words - set(table("es").said)) == []


def test_sentences_with_values_in_them_are_those_that_the_program_says_and_lose_none() -> None:
    said = "".join(each.read_text("utf-8") for each in SOURCE.rglob("*.py") if each.parent.name != "languages")
    said = re.sub(r'"\s*\n\s*f?"', "", said)
    said = re.sub(r"{[^{}\n]*}", "{}", said)
    patterns = table("es").patterns
    assert [each for each, spanish in patterns.items() if each.count("{}") != spanish.count("{}")] == []
    fragments = {each: max(each.split("{}"), key=len) for each in patterns}
    on_pages = on_page(said)
    left = [each for each, fragment in fragments.items() if fragment not in said and fragment not in on_pages]
    assert [each for each in left if each not in JOINED] == []


def test_what_came_of_a_job_and_what_is_refused_and_what_comes_next_are_in_spanish(office: Office) -> None:
    from office_opened import SLUG, new_case
    from office_site import take_in

    manager = new_case(office)
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = SPANISH["Accept-Language"]
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        take_in(manager, SLUG, {"file": file})
    page = manager.get(f"/cases/{SLUG}").text
    lines = len(office.room(SLUG).case().frame.lines)
    assert re.search(f"Lote 1: {lines} líneas en \\d+ pliegos", page)
    assert f"Fijar el marco de {lines} líneas, o ingresar lo que aún falta." in page
    assert "Elija primero un archivo" in manager.post(f"/cases/{SLUG}/lines").text
    assert "ese día no ha llegado" in manager.post(f"/cases/{SLUG}/lines", {"received": "2099-01-01"}).text
    look = manager.get(f"/cases/{SLUG}/register?snapshot=demo.roll").text
    assert ("<dt>activo" in look, "<dt>active" in look) == (True, False)


def test_no_page_of_the_demo_has_an_english_sentence_in_spanish_but_those_of_law_and_record(office: Office) -> None:
    from ballotworthy.office.urls import ROUTES
    from ballotworthy.verbs.law_places import list_places
    from test_office_routes import address_of

    manager, case = office.client("manager"), office.room().case()
    assert case.rules is not None
    assert case.rules.deadlines
    assert case.rules.filing_passed
    assert case.seed is not None
    times = case.rules.deadlines.value
    of_law = {part for each in times for part in (each.what, each.who, each.passed.words if each.passed else "")}
    lawful = {
        *of_law, *(part[:1].upper() + part[1:] for part in of_law), case.rules.filing_passed.value,
        *(f"{each.name}: {each.title}" for each in list_places().held), *map(str, case.opened.values()),
        *(ground.words for ground in case.rules.reasons.values()), case.seed["source"],
    }  # fmt: skip
    desk = manager.get("/cases/demo/work/first", headers=SPANISH).text
    assert f'<span lang="en">{next(iter(case.rules.reasons.values())).words}</span>' in desk
    days = manager.get("/cases/demo/days", headers=SPANISH).text
    assert f'<span lang="en">{times[0].what}</span>' in days
    assert 'lang="en"' not in manager.get("/cases/demo/days").text.replace('<html lang="en">', "")
    english = set()
    for route in ROUTES:
        answer = manager.get(address_of(route.address), headers=SPANISH)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            english |= {(route.name, text) for text in shown_on(answer.text) if ENGLISH.search(without(text, lawful))}
    assert english == set()


def shown_on(page: str) -> list[str]:
    """Give the texts that a reader of a page sees or hears."""
    page = re.sub(r"<(script|style|code|pre|kbd)\b.*?</\1>", "", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', page)
    return [" ".join(html.unescape(text).split()) for text in (*re.split("<[^>]*>", page), *heard)]


def without(text: str, parts: set[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "") if part else text
    return text


@pytest.mark.parametrize(
    ("source", "spoken"),
    [
        ("<p>Keep</p>", "<p>KEEP</p>"),
        ("<p> Keep\n  it </p>", "<p> KEEP IT </p>"),
        ('<b title="Keep" name="keep">x</b>', '<b title="KEEP" name="keep">X</b>'),
        ("{% if keep > it %}a{% endif %}", "{% if keep > it %}A{% endif %}"),
        ("<a href=\"{% url 'keep' %}\">{{ it }}</a>", "<a href=\"{% url 'keep' %}\">{{ it }}</a>"),
        ("<code>keep</code> {{ title }} · {{ name }}", "<code>keep</code> {{ title|say }} · {{ name }}"),
        ("a <strong>b</strong> c", "A <STRONG>B</STRONG> C"),
    ],
)
def test_texts_are_found_and_nothing_else_is_touched(source: str, spoken: str) -> None:
    assert said(source, str.upper) == spoken


def test_a_clerk_whose_browser_asks_for_spanish_has_it_and_may_choose(office: Office) -> None:
    anna = office.client("anna")
    page = anna.get("/cases/demo", headers=SPANISH).content.decode()
    assert '<html lang="es-mx">' in page
    assert "Cerrar sesión" in page
    assert "An invented initiative of Exampleland" in page
    assert "Sign out" in anna.get("/cases/demo").content.decode()
    anna.post("/language", {"language": "es-mx", "next": "/cases/demo"})
    assert "Cerrar sesión" in anna.get("/cases/demo").content.decode()
    refusal = anna.get("/people").content.decode()
    assert "Su cuenta no puede hacer esto aquí." in refusal
    weak = {"password": "corta", "again": "corta"}
    from ballotworthy.office.accounts import invite
    from ballotworthy.office.models import Account

    told = anna.post(f"/invited/{invite(Account.objects.get(name='anna'))}", weak).content.decode()
    assert "La contraseña" in told or "contraseña es demasiado corta" in told


def test_the_day_that_a_deadline_waits_for_is_said_in_words_in_both_languages(office: Office) -> None:
    from ballotworthy.law.events import EVENTS
    from ballotworthy.office.pages.noted import notable
    from ballotworthy.verbs.case_status import status_of_case

    assert sorted(set(EVENTS.values()) - set(table("es").said)) == []
    manager, status = office.client("manager"), status_of_case(office.room())
    waiting, unsaid = {each.deadline.event for each in status.waiting}, {each for each in EVENTS if "-" in each}
    assert waiting
    for words, language in ((str, "en"), (table("es").spoken, "es")):
        page = html.unescape(manager.get("/cases/demo", headers={"Accept-Language": language}).text)
        assert [each for each in waiting if f": {words(EVENTS[each])}</li>" not in page] == []
        assert [each for each in unsaid if f"“{each}”" in page or f"«{each}»" in page] == []
    event = next(each for each, _ in notable(status.case))
    told = html.unescape(manager.post("/cases/demo/noted", {"what": event, "day": "2024-05-04"}, follow=True).text)
    assert f"The day is entered: {EVENTS[event]}, 2024-05-04." in told
