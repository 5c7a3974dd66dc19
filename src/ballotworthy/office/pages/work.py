"""The work page: a line and its candidates, one key for each ruling, and the next line in the same answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.casework.bench import Bench
from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import ground_words
from ballotworthy.casework.room import Room
from ballotworthy.casework.ruled import RuledLine
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.benches import bench_of
from ballotworthy.office.keys import DIGITS, keys_of, shown
from ballotworthy.office.leases import (
    FIRST,
    HOLD,
    SECOND,
    THIRD,
    lies_before,
    on_desk,
    something_waits,
)
from ballotworthy.office.models import BulkLine, HeldCase, Lease, Search
from ballotworthy.office.pages.grounds import make_sure_of, plain_words
from ballotworthy.office.pages.picture import picture_of, shown_first
from ballotworthy.office.pages.ruled import Rulings, chosen_in, rulings_on, voter_said, with_voters
from ballotworthy.office.pages.searched import look_for, made, made_alone
from ballotworthy.office.pages.side_by_side import Chosen, keyed, nearest, why_none
from ballotworthy.office.rooms import board_of, case_of, entered, now
from ballotworthy.office.settings import OWN_MEMORY
from ballotworthy.office.shown_register import make_sure, still_named
from ballotworthy.office.shown_signatures import shown_to
from ballotworthy.office.who import DECIDE, RESOLVE
from ballotworthy.verbs.case_bench import AtHand, Candidate, cells_of, line_at_hand, typable_of, voter_of, voters_found
from ballotworthy.verbs.case_correct import correct_lines
from ballotworthy.verbs.case_decide import decide_lines
from ballotworthy.verbs.case_resolve import resolve_lines
from ballotworthy.verbs.case_scans import cells_pictured

AGAIN = "again"
"""A line that is ruled anew, by who takes his ruling back or finds another's wrong: the new ruling is a correction."""
ROLE = {FIRST: DECIDE, SECOND: DECIDE, THIRD: RESOLVE, AGAIN: RESOLVE}
TITLES = {FIRST: "First look", SECOND: "Second look", THIRD: "Two people differ", AGAIN: "Ruled anew"}
SEEN = frozenset({THIRD, AGAIN})
"""Looks in which what others ruled is seen."""
TAKEN_BACK = "taken back by the person who ruled: a wrong key"
SEARCHES_A_MINUTE = 240
"""Of a person, in each process of the server."""
MOST_ROWS = 60
"""No sheet has more rows; lines of a sheet stand together in the frame."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], look: str) -> HttpResponse:
    """Show the line that lies on the desk."""
    check(may, look)
    return desk(request, held, may, look)


@require_POST
def rule(request: HttpRequest, held: HeldCase, may: frozenset[str], look: str) -> HttpResponse:
    """Enter a ruling, and show the next line.

    Raises:
        Refused: the line does not lie before this person, his page is of another register, or a search is missing.
    """
    check(may, look)
    account, said = request.user, request.POST
    line = said.get("line", "")
    if not lies_before(held, account, look, line):
        raise Refused(
            f"line {line} does not lie on your desk any more: it was decided, put back, or lay there too long. "
            "Nothing was entered. Load the page again for the next line."
        )
    bench = bench_of(held)
    make_sure(bench, said.get("roll", ""))
    searches = list(Search.objects.filter(held=held, line=line, account=account, roll=bench.digest))
    reason = said.get("reason", "")
    make_sure_of(reason, line, made_alone(searches), lambda: _stands_elsewhere(held, bench, line))
    row = read_whole(said.get("row", ""))
    if not reason and row is None:
        raise InputError("choose the voter who signed, or a ground on which the line does not count.")
    voter = "" if reason or row is None else voter_of(bench, row)
    ruling = RuledLine(line, "invalid" if reason else "valid", reason, voter, " ".join(made(searches)))
    with entered(held) as room:
        sure = room.provided(still_named(bench))
        words = ground_words(room.case())
        _enter(sure, ruling, look, account.name, bench.digest, _anew(held, line) if look == AGAIN else None)
    if request.htmx:
        told = {"line": line, "what": ruling.outcome, "ground": words.get(reason, reason)}
        voter_told = "" if reason or row is None else voter_said(bench, row)
        return desk(request, held, may, look, told | {"voter": voter_told})
    return redirect("work", slug=held.slug, look=look)


def _stands_elsewhere(held: HeldCase, bench: Bench, line: str) -> bool:
    """Tell whether a candidate of a line is, by the roll, a voter of another part of the place."""
    found = line_at_hand(bench, case_of(held), line, lambda _: (), blind=True)
    return any(each.elsewhere for each in found.candidates)


@require_POST
def search(request: HttpRequest, held: HeldCase, may: frozenset[str], look: str) -> HttpResponse:
    """Find voters by what is typed; which kinds of words were searched is kept, and of the text a keyed hash.

    Raises:
        Refused: more searches in a minute than a person types.
    """
    check(may, look)
    line, typed = request.POST.get("line", ""), request.POST.get("typed", "").strip()[:80]
    if not lies_before(held, request.user, look, line):
        raise Refused(f"line {line} does not lie on your desk any more. Load the page again.")
    key, counted = f"searches-{request.user.pk}-{now():%H%M}", caches[OWN_MEMORY]
    counted.add(key, 0, 120)
    if counted.incr(key) > SEARCHES_A_MINUTE:
        raise Refused("that is more searches than a person makes in a minute. Wait a little.")
    found: Sequence[dict[str, Any]] = ()
    bench = bench_of(held)
    searched: dict[str, str] = {}
    if len(typed) > 1:
        with entered(held) as room:
            hashed, board = room.voter_key().hashed, board_of(held)
            chosen = chosen_in(hashed, rulings_on(room, line) if look in SEEN else ())
        voters, searched = look_for(
            typed, cells_of(bench, line),
            lambda keys: voters_found(bench, board.case, line, keys, lambda voter: board.stands_on(hashed(voter))),
        )  # fmt: skip
        found = keyed(
            nearest(voters), 0, chosen, lambda voter: hashed(voter) in board.case.withdrawn,
            shown_to(held, request.user, bench),
        )  # fmt: skip
        for text, fields in searched.items():
            Search.objects.get_or_create(
                held=held, line=line, account=request.user, roll=bench.digest, digest=hashed(f"search {text}"),
                defaults={"fields": fields},
            )  # fmt: skip
    context = {
        "held": held, "look": look, "line": line, "typed": typed, "found": found, "roll": bench.digest,
        "apart": len(searched) > 1, "key": keys_of(request.user),
    }  # fmt: skip
    return render(request, "work_found.html", context)


@require_POST
def skip(request: HttpRequest, held: HeldCase, may: frozenset[str], look: str) -> HttpResponse:
    """Put a line back on the pile; it comes again when the rest of the desk is done."""
    check(may, look)
    mine = Lease.objects.filter(held=held, account=request.user, look=look, line=request.POST.get("line", ""))
    if mine.exists():
        mine.delete()
        Lease.objects.create(held=held, account=request.user, look=look, line=request.POST["line"], until=now() + HOLD)
    told = {"line": request.POST.get("line", ""), "what": "later"}
    return desk(request, held, may, look, told) if request.htmx else redirect("work", slug=held.slug, look=look)


def check(may: frozenset[str], look: str) -> None:
    """Make sure that somebody may make such looks."""
    if look not in ROLE:
        raise Http404
    if ROLE[look] not in may:
        raise PermissionDenied


def desk(
    request: HttpRequest,
    held: HeldCase,
    may: frozenset[str],
    look: str,
    told: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the line that lies on the desk; the one that was ruled on went from it with its event.

    `told` is what was done with a line just now, for who hears the page: `line`, `what`, `ground`, `voter`.
    """
    bench = bench_of(held)  # before the case is entered: others work in it while lines are laid out
    with entered(held) as room:
        board, hashed = board_of(held), room.voter_key().hashed
    lines = on_desk(held, request.user, look)
    rulings: Rulings = ()
    if lines and look in SEEN:
        with entered(held):
            rulings = rulings_on(room, lines[0])
    looks = [each for each in (FIRST, SECOND, THIRD) if ROLE[each] in may and each != look and not lines]
    elsewhere = [(TITLES[each], each) for each in looks if something_waits(held, request.user, each)]
    context: dict[str, Any] = {
        "held": held, "may": may, "look": look, "title": TITLES[look], "work": board.work,
        "sampled": board.case.sample is not None, "told": told, "roll": bench.digest,
        "elsewhere": elsewhere, "key": (own := keys_of(request.user)), "keys": shown(own),
    }  # fmt: skip
    if lines:
        at_hand = line_at_hand(
            bench, board.case, lines[0], lambda voter: board.stands_on(hashed(voter)), blind=look == SECOND
        )
        signatures = shown_to(held, request.user, bench)
        context |= _laid_out(room, held, board.case, at_hand, hashed, chosen_in(hashed, rulings), signatures)
        context["rulings"] = with_voters(bench, lines[0], hashed, rulings)
        context |= {"ahead": shown_first(room, board.case, held.slug, lines[1])} if lines[1:] else {}
        context |= _typed(bench, board.case, lines[0]) if look == FIRST else {}
    return render(request, "work_desk.html" if request.htmx else "work.html", context)


def _laid_out(
    room: Room,
    held: HeldCase,
    case: Case,
    at_hand: AtHand,
    hashed: Callable[[str], str],
    chosen: Chosen,
    signatures: Callable[[Candidate], Sequence[str]],
) -> dict[str, Any]:
    """Give what the page shows of a line; the frame and the law of a case do not change any more."""
    line, rules = at_hand.line, case.rules
    grounds = rules.reasons.values() if rules else ()
    numbered = [
        {"key": key, "ground": ground, "plain": plain_words(ground), "counted": ground.key == DUPLICATE}
        for key, ground in zip(chain(DIGITS, repeat("")), grounds, strict=False)
    ]
    picture = picture_of(case, room.folder, line) is not None
    place = case.frame.line(line)
    unclear = place.mark or at_hand.lacking  # a line crossed out, or without a date, whoever stands on it
    best = 0 if unclear else len(at_hand.candidates)
    candidates = keyed(at_hand.candidates, best, chosen, lambda voter: hashed(voter) in case.withdrawn, signatures)
    touched = BulkLine.objects.filter(bulk__held=held, line=line, done=True)
    return {
        "line": line, "at_hand": at_hand, "candidates": candidates,
        "none_by_key": why_none(candidates, unclear=bool(unclear)),
        "grounds": numbered, "typed": _begun(at_hand.cells), "place": place,
        "marked": place.mark.partition(":")[0],
        "may_not": rules.may_not_refuse if rules else None, "picture": picture,
        "pictured": list(cells_pictured(room, line)) if picture else (),
        "of_sheet": _of_sheet(case, room.folder, line) if picture else (),
        "bulk_acts": list(touched.values_list("bulk", flat=True)),
    }  # fmt: skip


def _typed(bench: Bench, case: Case, line: str) -> dict[str, Any]:
    """Give the cells of a line that may be typed anew, and who did so before."""
    if case.version == 1:
        return {}
    typable = [(field, field.replace("_", " "), text) for field, text in typable_of(bench, line).items()]
    by: dict[str, dict[str, None]] = {}
    for each in case.retyped.get(line, ()):
        by.setdefault(each.by, {}).update(dict.fromkeys(field.replace("_", " ") for field in each.fields))
    return {"typable": typable, "retyped": [{"by": name, "fields": fields} for name, fields in by.items()]}


def _of_sheet(case: Case, folder: Path, line: str) -> list[str]:
    """Give the lines of a line's sheet that have a picture, in their order."""
    at = case.frame.at[line]
    sheet = case.frame.lines[at].sheet
    near = case.frame.lines[max(0, at - MOST_ROWS) : at + MOST_ROWS]
    return [each.id for each in near if each.sheet == sheet and picture_of(case, folder, each.id)]


def _anew(held: HeldCase, line: str) -> Lease:
    """Give what says why a line is ruled anew, and what that answers."""
    found: Lease = Lease.objects.get(held=held, line=line, look=AGAIN)
    return found


def _enter(room: Room, ruling: RuledLine, look: str, by: str, roll: str, anew: Lease | None) -> None:
    """Enter it; the voter was taken from the snapshot itself, so nobody needs to look him up again."""
    if look == THIRD:
        resolve_lines(room, [ruling], by=by, roll=roll, lookup=False)
    elif anew is not None:
        why = anew.why or TAKEN_BACK
        correct_lines(room, [ruling], by=by, why=why, answers=anew.answers, roll=roll, lookup=False)
    else:
        decide_lines(room, [ruling], by=by, look=1 if look == FIRST else 2, roll=roll, lookup=False)


def _begun(cells: Any) -> str:
    """Begin a search as clerks type it: the house number, and the first letters of the last name."""
    number = next((word for word in cells.get("address", "").split() if word[:1].isdigit()), "")
    names = [word for word in cells.get("name", "").replace(",", " ").split() if len(word.strip(".")) > 2]
    return f"{number} {names[-1][:3].lower() if names else ''}".strip()
