"""The pages in Spanish: no text of a template without its Spanish, none left over, and the law in its own words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")

from ballotworthy.office.languages import said, table, texts

if TYPE_CHECKING:
    from office_site import Office

PAGES = Path(__file__).parent.parent / "src/ballotworthy/office/pages"
TEMPLATES = sorted(PAGES.glob("*.html"))
SPANISH = {"Accept-Language": "es-US,es;q=0.9,en;q=0.5"}
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
    from ballotworthy.office import account_log, adapters, keys, passwords, refusals, who
    from ballotworthy.office.pages import dashboard, sign_in, station, work

    assert office.folder.is_dir()  # Django is set up
    words = {
        *keys.KEYS.values(), *work.TITLES.values(), *dashboard.STEPS, *who.ROLES, who.NEEDS_FACTOR,
        refusals.FORBIDDEN, refusals.MISSING, refusals.BROKEN, refusals.TOO_OFTEN, sign_in.WRONG, sign_in.WAIT,
        station.WRONG, adapters.CLOSED, adapters.NOT_KNOWN, adapters.NO_ANSWER,
        passwords.NotOfThisPlace().get_help_text(),
        *(f"{factor} {what}" for factor in account_log.FACTORS.values() for what in ("made", "used", "failed")),
        *(f"{field} {level.words}" for field, levels in zip(FIELDS, LEVELS, strict=True) for level in levels),
        "town, zip", "born", "registered",
    }  # fmt: skip
    assert sorted(words - set(table("es").said)) == []


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
