"""The rules of one kind of petition on its days as plain data, as `law PLACE --json` prints each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ballotworthy.law.elsewhere import elsewhere_data
from ballotworthy.law.plain import law_values, plain, quoted
from ballotworthy.law.second_sources import one_source

if TYPE_CHECKING:
    from ballotworthy.law.rules import Rules


def rules_data(rules: Rules) -> dict[str, Any]:
    """Give the values with their sources, the grounds of refusal, and what the law is silent on."""
    return {
        "kind": rules.kind,
        "title": rules.title,
        "looked_up_elsewhere": elsewhere_data(rules),
        "rules": {
            name: {
                "value": plain(cited.value),
                "governs": cited.governs,
                "source": cited.source.cite,
                "url": cited.source.url,
                "checked": quoted(cited.checked),
                "one_source": one_source(name, cited),
            }
            for name, cited in law_values(rules).items()
        },
        "reasons": {
            key: {
                "code": reason.code,
                "words": reason.words,
                "governs": reason.governs,
                "source": reason.source.cite,
                "url": reason.source.url,
            }
            for key, reason in rules.reasons.items()
        },
        "silent": {name: str(error) for name, error in rules.silence.items()},
    }
