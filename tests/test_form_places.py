"""`sheets check` for places whose forms are held to be checked: one right form each, and the faults of a printer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import typst

import read_once  # noqa: F401 -- what was read once is not read again
from ballotworthy.errors import UnknownName
from ballotworthy.files.places import place_file
from ballotworthy.sheets import form_of, prescribed_form
from ballotworthy.sheets.labels import fields_of
from ballotworthy.verbs.sheets_check import Checked, check_form_file

LETTER, LEGAL, WIDE, LARGE = (612, 792), (612, 1008), (1008, 612), (792, 1008)
WARNING = (
    "Every person who signs this petition with any other than his or her true name, knowingly signs more than one of "
    "these petitions, signs this petition when he or she is not a legal voter, or makes any false statement on this "
    "petition may be punished by fine or imprisonment or both."
)
BODY = (
    "We, the undersigned citizens and legal voters of the State of Washington, respectfully direct that the proposed "
    "measure known as Initiative Measure No. 9001, entitled: Initiative Measure No. 9001 concerns sheets. This measure "
    "would make them legible. Should this measure be enacted into law? a full, true and correct copy of which is "
    "printed on the reverse side of this petition, be submitted to the legal voters of the State of Washington "
    "for their "
    "approval or rejection at the general election to be held on the 3rd day of November, 2026; and each of us "
    "for himself or "
    "herself says: I have personally signed this petition; I am a legal voter of the State of Washington, in the city "
    "(or town) and county written after my name, my residence address is correctly stated, and I have knowingly signed "
    "this petition only once."
)
OATH = (
    "I, ________, swear or affirm under penalty of law that I circulated this sheet of the foregoing petition, "
    "and that, "
    "to the best of my knowledge, every person who signed this sheet of the foregoing petition knowingly and "
    "without any "
    "compensation or promise of compensation willingly signed his or her true name and that the information provided "
    "therewith is true and correct. I further acknowledge that under chapter 29A.84 RCW, forgery of signatures on this "
    "petition constitutes a class C felony, and that offering any consideration or gratuity to any person to "
    "induce them "
    "to sign a petition is a gross misdemeanor, such violations being punishable by fine or imprisonment or both."
)
HARASSED = "RCW 9A.46.020 applies to any conduct constituting harassment against a petition signature gatherer."
TEXT = "The measure reads: sheets shall be legible."
SERIAL = "#place(bottom + right)[Serial No. 9001]"
FORMS: dict[str, dict[str, Any]] = {
    "us-wa/initiative": {
        "paper": LARGE, "rows": 20, "back": [OATH, HARASSED, TEXT],
        "front": ["*WARNING*", WARNING, "*INITIATIVE PETITION FOR SUBMISSION TO THE PEOPLE*",
                  "To the Honorable A. Clerk, Secretary of State of the State of Washington:", BODY],
        "captions": ["Petitioner's signature", "Print name", "Address, city, zip code & county"],
    },
    "us-co/statute": {
        "paper": LEGAL, "rows": 8,
        "front": ["*WARNING: IT IS AGAINST THE LAW:*",
                  "For anyone to sign any initiative or referendum petition with any name other than his or her "
                  "own or to "
                  "knowingly sign his or her name more than once for the same measure or to knowingly sign a petition "
                  "when not a registered elector who is eligible to vote on the measure.",
                  "DO NOT SIGN THIS PETITION UNLESS YOU ARE A REGISTERED ELECTOR AND ELIGIBLE TO VOTE ON THIS MEASURE. "
                  "TO BE A REGISTERED ELECTOR, YOU MUST BE A CITIZEN OF COLORADO AND REGISTERED TO VOTE."],
        "captions": ["Signature", "Printed name", "Residence address", "City or town", "County", "Date of signing"],
        "back": ["I have read and understand the laws governing the circulation of petitions. I was a citizen of the "
                 "United States and at least eighteen years of age when I circulated this section. Each signature was "
                 "affixed in my presence and is that of the person whose name it purports to be. Each signer was, "
                 "to the best of my knowledge and belief, a registered elector. I have not paid anybody for signing. "
                 "Sworn before me, ________, notary public.", "*WARNING: IT IS AGAINST THE LAW:*",
                 "The signers are represented by A. Ash, 1 Oak Street, Denver, and B. Beech, Pueblo.", TEXT],
    },
    "us-mi/amendment": {
        "paper": WIDE, "rows": 8,
        "back": ["The undersigned circulator asserts that he or she is 18 years of age or older, has let nobody sign "
                 "the petition more than once, and, being no resident, agrees to accept the jurisdiction of this state "
                 "for the purpose of any legal proceeding or hearing that concerns a petition sheet executed by the "
                 "circulator.", TEXT],
        "front": ["#text(size: 14pt)[*INITIATIVE PETITION*]", "#text(size: 14pt)[*AMENDMENT TO THE CONSTITUTION*]",
                  "#text(size: 12pt)[Sheets would have to be legible to a person of ordinary eyesight.]",
                  "We, the undersigned qualified and registered electors, residents in the city of ________ in "
                  "the county "
                  "of ________, state of Michigan, respectively petition for amendment to constitution.",
                  "#text(size: 12pt)[WARNING]",
                  "#text(size: 12pt)[A person who knowingly signs this petition more than once, signs a name "
                  "other than "
                  "his or her own, is guilty.]"],
        "captions": ["Signature", "Printed name", "Street address", "Zip code", "Date"],
    },
    "us-az/statute": {
        "paper": WIDE, "rows": 9,
        "back": ["I, ________, swear that each signed in my presence, and that each signer is a qualified elector "
                 "of the state of Arizona. Sworn before me, ________, notary public.", SERIAL],
        "front": ["It is unlawful to sign this petition before it has a serial number.",
                  "#align(right, text(size: 12pt)[*\\_\\_\\_ PAID CIRCULATOR \\_\\_\\_ VOLUNTEER*])",
                  "Initiative description", "Sheets would have to be legible.",
                  "Notice: This is only a description of the proposed measure (or constitutional amendment) "
                  "prepared by "
                  "the sponsor of the measure. It may not include every provision contained in the measure. Before "
                  "signing, make sure the title and text of the measure are attached. You have the right to read or "
                  "examine the title and text before signing.",
                  "Initiative Measure to be Submitted Directly to Electors",
                  "We, the undersigned, citizens and qualified electors of the state of Arizona, respectfully "
                  "demand that "
                  "the following proposed law, shall be submitted to the qualified electors of the state of "
                  "Arizona for "
                  "their approval or rejection at the next regular general election.", SERIAL],
        "captions": ["Signature", "First and last name printed", "Actual residence address", "Date signed"],
    },
    "us-dc/initiative": {
        "paper": LETTER, "rows": 10,
        "front": ["Only duly registered voters may sign. We request that the Board hold an election on the measure.",
                  "EVERY PETITIONER MUST SIGN HIS OR HER OWN NAME. UNDER NO CIRCUMSTANCES IS ANY PERSON "
                  "PERMITTED TO SIGN "
                  "ANOTHER PERSON'S NAME OR SIGN MORE THAN ONCE. PRINT YOUR NAME AND RESIDENCE ADDRESS IN FULL.",
                  "#align(right)[PAID FOR BY A Committee, 1 A Street NW]"],
        "captions": ["Date", "Signature", "Printed name", "Residence address", "Ward"],
        "back": ["I swear or affirm under penalty of perjury that I am a qualified petition circulator, that I "
                 "was in the "
                 "presence of each person when he signed, and that each is the genuine signature of the person. The "
                 "signatures were obtained between ____ and ____."],
    },
}  # fmt: skip


def set_form(folder: Path, name: str, instead: tuple[str, str] = ("", ""), **changed: Any) -> Path:
    """Set the right form of a place and kind, or it but for something; give its PDF."""
    form = {**FORMS.get(name, FORMS["us-dc/initiative"]), **changed}
    width, height = form["paper"]
    columns = ", ".join(["20pt", *["1fr"] * len(form["captions"])])
    cells = [f"[#text(size: 8pt)[{each}]]" for each in ["", *form["captions"]]]
    for number in range(1, form["rows"] + 1):
        cells += [f"[{number}]", *["[]"] * len(form["captions"])]
    table = f"#table(columns: ({columns}), rows: {form.get('high', 22)}pt, {', '.join(cells)})"
    foot = [table if each == "TABLE" else each for each in form.get("foot", ())]
    parts = [*form["front"], table, *foot, "#pagebreak()", *form["back"]]
    source = f'#set page(width: {width}pt, height: {height}pt, margin: 40pt)\n#set text(font: "Libertinus Serif", '
    source += "size: 9pt)\n" + "\n\n".join(parts)
    (folder / "form.typ").write_text(source.replace(*instead), "utf-8")
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return folder / "form.pdf"


def check(folder: Path, name: str, instead: tuple[str, str] = ("", ""), **changed: Any) -> Checked:
    place, kind = name.split("/")
    return check_form_file(set_form(folder, name, instead, **changed), place=place, kind=kind)


@pytest.mark.parametrize("name", FORMS)
def test_a_right_form_of_each_place_meets_no_objection(name: str, tmp_path: Path) -> None:
    done = check(tmp_path, name)
    assert done.objections == ()
    assert done.unmeasured == ()
    assert done.not_checked


@pytest.mark.parametrize(
    ("name", "instead", "changed", "words", "section"),
    [
        ("us-wa/initiative", ("", ""), {"paper": (792, 950)}, "where 11 by 14 at least is asked", "RCW 29A.72.100"),
        ("us-wa/initiative", ("", ""), {"rows": 21}, "page 1 has 21 rows, where at most 20", "RCW 29A.72.100"),
        ("us-wa/initiative", ("or both.\n", "or neither.\n"), {}, "are not as prescribed", "RCW 29A.72.140"),
        ("us-wa/initiative", (" & county", ""), {}, "asks for the signer's county", "RCW 29A.72.110"),
        ("us-wa/initiative", (HARASSED, ""), {}, "that harassment of a signature gatherer", "RCW 29A.72.110"),
        ("us-co/statute", ("eighteen", "sixteen"), {}, "at least eighteen years of age", "C.R.S. 1-40-111(2)(a)"),
        ("us-mi/amendment", ("14pt)[*AMEND", "12pt)[*AMEND"), {}, "12.0-point type, where 14", "MCL 168.482(2)"),
        ("us-mi/amendment", ("", ""), {"paper": (1008, 720)}, "where 8.5 by 14 is asked for", "MCL 168.482(1)"),
        ("us-az/statute", ("size: 9pt", "size: 7pt"), {}, "7.0-point type, where at least 8", "A.R.S. 19-121(A)(4)"),
        ("us-az/statute", ("margin: 40pt", "margin: 20pt"), {}, "free of print at the top", "A.R.S. 19-121(A)(5)"),
        ("us-az/statute", ("PAID CIRCULATOR", "Paid circulator"), {}, "other capitals", "A.R.S. 19-102(C)"),
        ("us-dc/initiative", ("PAID FOR BY", "By"), {}, '"PAID FOR BY" are not on it', "3 DCMR §§ 1002.1(f)"),
    ],
)  # fmt: skip
def test_a_fault_of_a_printer_is_told_with_its_section(
    name: str, instead: tuple[str, str], changed: dict[str, Any], words: str, section: str, tmp_path: Path
) -> None:
    done = check(tmp_path, name, instead if instead[0] else ("\0", ""), **changed)
    told = [(each.what, each.section) for each in done.objections]
    told += [(each.what, each.section) for each in done.unmeasured]
    assert [words in what and where.startswith(section) for what, where in told] == [True]


def test_a_form_that_is_only_checked_is_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = place_file("us-co", "sheet.toml").read_text("utf-8")
    shutil.copytree(place_file("us-co", "sheet.toml").parent, tmp_path / "us-co")
    (tmp_path / "us-co" / "sheet.toml").write_text(text[: text.index("[page]")], "utf-8")
    monkeypatch.setenv("BALLOTWORTHY_PLACES", str(tmp_path))
    assert prescribed_form("us-co", "referendum").rows == 0
    with pytest.raises(UnknownName, match="no form to be printed held for 'us-co'"):
        form_of("us-co", "referendum")


def test_a_caption_may_ask_for_several_parts_of_an_address() -> None:
    assert fields_of("Address, city, zip & county where registered to vote") == {"address", "city", "zip", "county"}
    assert fields_of("Mailing address, city and county") == {"?"}
    assert fields_of("Signature") == {"signature"}
    assert fields_of("Residence address: street no. and name") == {"address"}
    assert fields_of("and name") == fields_of("Every school of the city serves a warm meal each day") == {"?"}
    assert fields_of("a paid signature gatherer") == {"?"}
