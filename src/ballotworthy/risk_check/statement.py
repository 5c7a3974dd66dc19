"""The statement of a check in sentences: what it found, what it rests on, and who decides."""

from __future__ import annotations

from ballotworthy.risk_check.answer import Answer
from ballotworthy.risk_check.rounds import Together
from ballotworthy.risk_check.running import Running
from ballotworthy.risk_check.terms import Terms
from ballotworthy.stats.risk.finding import INSUFFICIENT, SUFFICIENT, Finding
from ballotworthy.stats.risk.readers import Rate


def statement(running: Running, answer: Answer) -> list[str]:
    """Give the statement, a sentence or two a list entry, the finding first."""
    terms = running.terms
    asked = terms.required, terms.risk
    said = [finding_said(answer.finding, *asked), interval_said(answer.finding, *asked), _looked(running, answer)]
    if answer.waiting:
        said.append(
            f"{answer.waiting:,} further rulings wait for a line that was drawn before them; they count once it is "
            "ruled."
        )
    said += [
        _law(terms.law),
        _readers(answer),
        links_said(terms.allowance, terms.allowance_risk, terms.allowance_words),
        *misread_said(terms.misread, terms.misread_risk, terms.misread_words),
    ]
    if terms.phantoms:
        said.append(
            f"{terms.phantoms:,} lines filed are not in the frame: they count nothing towards sufficient, and fully "
            "against insufficient."
        )
    if terms.spread:
        said.append(f"It tests the total alone; the law also asks for {terms.spread}.")
    return said


def rounds_said(found: Together, terms: Terms) -> list[str]:
    """Give the statement of several rounds together."""
    risks = f"the risk of saying sufficient is {percent(found.sufficient)}, of saying insufficient "
    risks += percent(found.insufficient)
    said = [
        f"Round {number}, seed {each.seed}, lines examined: {each.lines:,}; e-values {each.sufficient:.4g} for "
        f"sufficient, {each.insufficient:.4g} for insufficient."
        for number, each in enumerate(found.rounds, 1)
    ]
    said.append(
        f"{len(found.rounds)} rounds together, at a risk limit of {percent(terms.risk)}: {found.decided}; {risks}."
    )
    said.append(
        "This holds if every round that was begun is named here, whatever it said, and if no round ended because of a "
        "line that was looked at and not told. The e-values are those at the end of each round."
    )
    if found.contradicted:
        lines = ", ".join(found.contradicted[:5]) + (", ..." if len(found.contradicted) > 5 else "")
        said.append(
            f"{len(found.contradicted):,} lines were ruled in two ways ({lines}). Rulings are taken as true, and "
            "not all of these can be: find out which."
        )
    return [*said, _law(terms.law)]


def percent(share: float) -> str:
    """Give a share in percent with as many decimals as tell it from nothing: 5%, 4.87%, 0.012%."""
    if share in (0, 1):
        return f"{share:.0%}"
    shown = f"{100 * share:.2f}" if share >= 0.001 else f"{100 * share:.2g}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown and 'e' not in shown else shown}%"


def finding_said(finding: Finding, required: int, risk: float) -> str:
    """Say on which side the check stands."""
    limit = percent(risk)
    if finding.decided == SUFFICIENT:
        return (
            f"Sufficient, at a risk limit of {limit}: were there fewer than {required:,} distinct valid signers, a "
            f"check would ever say this with a chance of at most {limit}. The measured risk is "
            f"{percent(finding.sufficient)}. The check may stop."
        )
    if finding.decided == INSUFFICIENT:
        return (
            f"Insufficient, at a risk limit of {limit}: were there {required:,} distinct valid signers or more, a "
            f"check would ever say this with a chance of at most {limit}. The measured risk is "
            f"{percent(finding.insufficient)}. The check may stop."
        )
    return (
        f"Not decided at a risk limit of {limit}: the risk of saying sufficient is {percent(finding.sufficient)}, of "
        f"saying insufficient {percent(finding.insufficient)}. Go on with the next line, or examine all."
    )


def interval_said(finding: Finding, required: int, risk: float) -> str:
    """Say between which numbers the distinct valid signers lie."""
    return (
        f"Distinct valid signers: {finding.low:,} to {finding.high:,}, {required:,} required; each end is wrong, at "
        f"this look or any other, with a chance of at most {percent(risk)}."
    )


def _looked(running: Running, answer: Answer) -> str:
    numbers = answer.counted, running.question.lines, answer.valid, answer.repeating, answer.invalid
    text = looked_said(*numbers, answer.missing)
    if answer.overstated is not None:
        text += f" The machine had said too much of {answer.overstated:,} of them and too little of "
        text += f"{answer.understated:,}."
    return text


def looked_said(counted: int, lines: int, valid: int, repeating: int, invalid: int, missing: int = 0) -> str:
    """Say how many lines were examined, and what they were."""
    text = f"{counted:,} of {lines:,} lines were examined in the seed's order: {valid:,} valid, {repeating:,} of them "
    text += f"of signers who repeat, {invalid:,} not valid"
    return text + (f", {missing:,} not found (counted against either side)." if missing else ".")


def _law(law: str) -> str:
    where = f" ({law})" if law else ""
    return (
        f"The sample or count that the statute orders decides{where}, unless the place's law allows this check in its "
        "place; until then it stands beside it."
    )


def _readers(answer: Answer) -> str:
    text = "Rulings are taken as true. "
    if answer.acceptances_borne is not None:
        text += f"Sufficient holds unless more than {percent(answer.acceptances_borne)} of the acceptances are wrong"
        text += ", every refusal being right. "
        text += _against(answer.accepted, answer.acceptances_borne, "acceptances")
    if answer.refusals_borne is not None:
        text += f"Insufficient holds unless more than {percent(answer.refusals_borne)} of the refusals are wrong"
        text += ", every acceptance being right. "
        text += _against(answer.refused, answer.refusals_borne, "refusals")
    return f"{text}Blind second readings: {_rate(answer.accepted, 'acceptances')}; {_rate(answer.refused, 'refusals')}."


def _against(rate: Rate, borne: float, what: str) -> str:
    if not rate.read:
        return f"No {what} were read again, so nothing measured says that they are not. "
    if rate.high <= borne:
        return "The second readings rule that out. "
    return f"The second readings do not rule that out: up to {percent(rate.high)} may be. "


def _rate(rate: Rate, what: str) -> str:
    if not rate.read:
        return f"no {what} read again"
    limits = f"{percent(rate.low)} to {percent(rate.high)}, 95% confidence"
    return f"{rate.changed:,} of {rate.read:,} {what} changed ({limits})"


def misread_said(allowance: int, risk: float, words: str = "") -> list[str]:
    """Say what is allowed for lines that people accept wrongly; nothing where no allowance was made."""
    if not allowance and not risk:
        return []
    found = f" ({words})" if words else ""
    return [
        f"For lines that people accept wrongly, {allowance:,} signatures are allowed{found}; the chance that there are "
        f"more takes {percent(risk)} of the risk limit. Insufficient has no such allowance: lines that people refuse "
        "wrongly make it easier to say."
    ]


def links_said(allowance: int, allowance_risk: float, words: str = "") -> str:
    """Say what is taken for granted of the links between lines of one signer."""
    if not allowance and not allowance_risk:
        return (
            "It takes every line that repeats a signer to have been linked by the search through the whole petition, "
            "which was shown to whoever ruled. Lines that were missed make it say sufficient too easily; no allowance "
            "was made for them."
        )
    return (
        f"For lines that repeat a signer and were not linked, {allowance:,} signatures are allowed"
        f"{f' ({words})' if words else ''}; the chance that there are more takes {percent(allowance_risk)} of the risk "
        "limit."
    )
