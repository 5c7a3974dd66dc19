"""Writes the pages of docs/ that are made from the code, and the outputs that the other pages print.

    docs/reference/cli.md       every verb, from the command line itself
    docs/reference/python.md    every function that Python offers (python_page.py)
    docs/reference/places.md    what the data holds of each place, from its law.toml
    docs/reference/places/      every rule of a place with its days and sources, a page a place (place_pages.py)
    docs/reference/events.md    the events that deadlines are counted from (place_pages.py)
    docs/reference/errors.md    the tree of errors, from errors.py
    docs/reference/fields.md    the fields of voter files and lines files, and the headings that are recognised
    docs/reference/levels.md    every level of every comparison, with its weight
    docs/verify.html            the digests of the laws, from the places (page_laws.py; its other lines are its own)

`make reference` runs it, behind law_texts.py; tests/test_docs.py fails while a page differs from what it would write.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import console
import typer
from page_laws import law_row
from place_pages import MADE, events_page, place_page, places_page
from python_page import python_page

from ballotworthy import errors
from ballotworthy.cli.main import build_app
from ballotworthy.errors import BallotworthyError
from ballotworthy.files.places import place_codes
from ballotworthy.match.levels import Level
from ballotworthy.match.weigh import FIELDS, LEVELS, VERSION
from ballotworthy.petition import lines as petition
from ballotworthy.roll import fields as roll
from ballotworthy.roll.registers import registers

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SHIPPED = ROOT / "src/ballotworthy/places"
PROGRAM = "ballotworthy"
KINDS_OF_VALUE = {Path: "PATH", list[Path]: "PATH", str: "TEXT", int: "NUMBER", float: "NUMBER"}
FOR_ALL = ("help", "install_completion", "show_completion")


def verbs(command: Any = None, name: str = PROGRAM) -> Iterator[tuple[str, Any]]:
    """Give each verb with its full name, "ballotworthy roll build", in the order of the command line's help."""
    command = typer.main.get_command(build_app()) if command is None else command
    for word, below in getattr(command, "commands", {}).items():
        if getattr(below, "commands", None):
            yield from verbs(below, f"{name} {word}")
        else:
            yield f"{name} {word}", below


def options_of(command: Any) -> list[Any]:
    """Give the options of a verb, without those that every verb has."""
    return [each for each in command.params if each.opts[0].startswith("-") and each.name not in FOR_ALL]


def arguments_of(command: Any) -> list[Any]:
    """Give the positional arguments of a verb."""
    return [each for each in command.params if not each.opts[0].startswith("-")]


def cli_page() -> str:
    """Give docs/reference/cli.md."""
    lines = [
        "# The command line",
        "",
        MADE.format(source="the command line"),
        "",
        f"`{PROGRAM} --help` lists the verbs, `{PROGRAM} VERB --help` (or `-h`) explains one, `{PROGRAM} --version` "
        "prints the version.",
        f"`{PROGRAM} --install-completion` teaches your shell to complete verbs and options. From a checkout, "
        f"`python -m {PROGRAM}` is the same command.",
        "",
        "Every verb takes `--json` and then prints JSON and nothing else on standard output. Progress and remarks go "
        "to standard error;",
        "bars are drawn on a terminal only. Exit codes: 0 done, 2 the input cannot be used or the output not written, "
        "130 stopped, 1 anything else ([errors](errors.md)).",
        "",
        *(f"- [`{name}`](#{name.replace(' ', '-')}): {_first_sentence(verb.help)}" for name, verb in verbs()),
    ]
    for name, verb in verbs():
        lines += ["", f"## {name}", "", *_verb(name, verb)]
    return "\n".join(lines) + "\n"


def _verb(name: str, verb: Any) -> Iterator[str]:
    hints = typing.get_type_hints(inspect.unwrap(verb.callback))
    places, named = arguments_of(verb), options_of(verb)
    needed = [f"{_names(each)[0]} {_value(each, hints)}" for each in named if each.required]
    usage = [name, *(_placeholder(each) for each in places), *needed, "[OPTIONS]"]
    yield from (verb.help or "").splitlines()
    yield from ("", "```text", " ".join(usage), "```")
    if places:
        yield from ("", "| argument | meaning |", "|---|---|")
        yield from (f"| `{_placeholder(each)}` | {_cell(each.help)} |" for each in places)
    yield from ("", "| option | value | meaning | if absent |", "|---|---|---|---|")
    for each in named:
        value = _value(each, hints)
        shown = f"`{value}`" if value else ""
        names = ", ".join(f"`{option}`" for option in _names(each))
        yield f"| {names} | {_cell(shown)} | {_cell(each.help)} | {_default(each)} |"


def _names(option: Any) -> list[str]:
    return sorted([*option.opts, *option.secondary_opts], key=len)


def _placeholder(argument: Any) -> str:
    word = (argument.metavar or argument.name).upper() + ("..." if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"


def _value(option: Any, hints: Mapping[str, Any]) -> str:
    """Give what an option wants: PATH, NUMBER, none|year|date; nothing for a switch."""
    if option.metavar:
        return str(option.metavar)
    if getattr(option, "is_flag", False):
        return ""
    hint = hints[option.name]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(each for each in typing.get_args(hint) if each is not type(None))
    if typing.get_origin(hint) is typing.Literal:
        return "|".join(typing.get_args(hint))
    return KINDS_OF_VALUE[hint]


def _default(option: Any) -> str:
    if option.required:
        return "required"
    shown = option.default not in (None, "", False, ())
    return f"`{option.default}`" if shown else ""


def _cell(text: str | None) -> str:
    return (text or "").replace("|", r"\|")


def _first_sentence(text: str) -> str:
    return text.split(".\n")[0].split(". ")[0].rstrip(".") + "."


def errors_page() -> str:
    """Give docs/reference/errors.md."""
    head, tree, tail = (errors.__doc__ or "").split("\n\n", 2)
    classes = list(_tree(BallotworthyError))
    lines = [
        "# Errors and exit codes",
        "",
        MADE.format(source="src/ballotworthy/errors.py"),
        "",
        head,
        "",
        "```text",
        *(line.removeprefix("    ") for line in tree.splitlines()),
        "```",
        "",
        tail.strip(),
        "",
        "On the command line a message goes to standard error after `ballotworthy: `, without a trace, and the exit "
        "code is that of the tree.",
        "A wrong option ends with 2 as well, Ctrl-C with 130. A verdict is no error: `check` and `project` end with 0 "
        "whatever it is.",
        "A trace is a bug of Ballotworthy; please report it, without names of voters.",
        "",
        "| error | exit code | HTTP status | means |",
        "|---|---|---|---|",
        *(f"| `{each.__name__}` | {each.exit_code} | {each.http_status} | {_meaning(each)} |" for each in classes),
    ]
    return "\n".join(lines) + "\n"


def _tree(error: type[BallotworthyError]) -> Iterator[type[BallotworthyError]]:
    yield error
    for below in error.__subclasses__():
        if below.__module__ == BallotworthyError.__module__:  # a room's own, if it was loaded, is no part of the tree
            yield from _tree(below)


def _meaning(error: type[BallotworthyError]) -> str:
    return (error.__doc__ or "").splitlines()[0]


def fields_page() -> str:
    """Give docs/reference/fields.md."""
    lines = [
        "# Fields and the headings that are recognised",
        "",
        MADE.format(source="roll/fields.py and petition/lines.py"),
        "",
        "Small and capital letters, blanks and underscores make no difference: `RES_CITY`, `Res City` and `resCity` "
        "are one heading.",
        "For a voter file the headings of the place's `roll.toml` come first, then its register's, then headings "
        "that say they are of the voter's home (`Residential City` before `City`). Any other heading is named with "
        "`--map FIELD=HEADING`, or by its number with `--map FIELD=#9`.",
    ]
    for title, known in (("The voter file", roll.FIELDS), ("The lines file", petition.FIELDS)):
        lines += ["", f"## {title}", "", "| field | recognised as well |", "|---|---|"]
        lines += [f"| `{field}` | {', '.join(f'`{name}`' for name in names)} |" for field, names in known.items()]
    return "\n".join([*lines, *_registers()]) + "\n"


def _registers() -> Iterator[str]:
    """Give the table of registers: how a file is recognised, and what its status codes mean."""
    yield from ("", "## Registers that are recognised", "")
    yield (
        "A voter file with these headings is read with its register's own columns and codes, and `roll build` says so. "
        "`--map`, `--status` and the place's `roll.toml` win over it."
    )
    yield from ("", "| register | known by | status codes |", "|---|---|---|")
    for one in registers():
        known = [", ".join(f"`{name}`" for name in one.recognised_by)] if one.recognised_by else []
        known += [f"no heading line, {one.headless.cells} cells"] if one.headless else []
        known += [f"lines of {one.fixed.length} characters"] if one.fixed else []
        codes = ", ".join(f"`{code}` {standing}" for code, standing in one.values.get("status", {}).items())
        yield f"| {one.name} | {'; or '.join(known)} | {codes or 'plain words'} |"
    yield (
        "\nNot held, since no layout was found in public text: exports of PDI, the comma-separated files "
        "of Texas since October 2025. Such a file is read by its headings, and `roll build` says which."
    )


def levels_page() -> str:
    """Give docs/reference/levels.md."""
    lines = [
        "# Levels and weights",
        "",
        MADE.format(source="match/comparisons/"),
        "",
        f"Weights of version {VERSION}, which stands in every result. `m` is how often a level is seen between a line "
        "and its signer's record, `u` between a line and somebody else's;",
        "the weight is log2(m / u) in bits. Where `u` is the name's share, the weight is log2(m / spread) plus "
        "-log2 of the share of people on the roll who bear the name on the line:",
        "`spread` is the number of other names the same slip could have made of the true one. It is at most -log2 of "
        "the share of people who bear the voter's own name. "
        "[Why](../why/matching.md).",
        "",
        "| field | level | m | u | weight |",
        "|---|---|---|---|---|",
        *(
            f"| {field} | {level.words} | {_weighed(level)} |"
            for field, levels in zip(FIELDS, LEVELS, strict=True)
            for level in levels
        ),
    ]
    return "\n".join(lines) + "\n"


def _weighed(level: Level) -> str:
    if level.m == level.u == 1:
        return " | | 0"
    seen = "the name's share" if level.u is None else f"{level.u:g}"
    name = " + the name's" if level.by_name else ""
    return f"{level.m:g} | {seen} | {level.weight:+.1f}{name}"


def verifier_page() -> str:
    """Give docs/verify.html with the digests of the laws as they are now."""
    laws = [law_row(place, SHIPPED / place / "law.toml") for place in place_codes()]
    page = (DOCS / "verify.html").read_text("utf-8")
    return re.sub(r"(?<=const LAWS = \{\n)(?:  \".*\n)*", "".join(f"{line}\n" for line in laws), page)


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/python.md": python_page,
    "reference/places.md": places_page,
    **{f"reference/places/{place}.md": partial(place_page, place) for place in place_codes()},
    "reference/events.md": events_page,
    "reference/errors.md": errors_page,
    "reference/fields.md": fields_page,
    "reference/levels.md": levels_page,
    "verify.html": verifier_page,
}


def main(pages: Iterable[Path] | None = None) -> None:
    """Write the pages that are made, then run the commands of the others and write what they print."""
    (DOCS / "reference/places").mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
    for path in (DOCS / "reference/places").glob("*.md"):
        if str(path.relative_to(DOCS)) not in PAGES:
            path.unlink()
    for path in sorted(DOCS.rglob("*.md")) if pages is None else pages:
        text = path.read_text("utf-8")
        if console.blocks(text):
            path.write_text(console.rewritten(text), "utf-8")


if __name__ == "__main__":
    main()
