"""The addresses of the office as a browser looks at them, by the name of their route in `office/urls.py`."""

from __future__ import annotations

PAGES = {
    "home": ("/",),
    "people": ("/people",),
    "mfa_index": ("/account",),
    "account_change_password": ("/account/password",),
    "mfa_activate_totp": ("/account/app",),
    "desk-keys": ("/account/desk-keys",),
    "mfa_add_webauthn": ("/account/keys/new",),
    "account_reauthenticate": ("/account/again",),
    "public": ("/public/demo",),
    "new-case": ("/cases/new",),
    "case": ("/cases/demo", "/cases/none"),
    "register": ("/cases/demo/register?snapshot=demo.roll",),
    "work": tuple(f"/cases/demo/work/{look}" for look in ("first", "second", "third", "again")),
    "law-days": ("/cases/demo/days",),
    "law-day": ("/cases/demo/days/1",),
    "line": ("/cases/demo/line", "/cases/demo/line?line=1-1", "/cases/demo/line?line=none"),
    **{
        name: (f"/cases/demo/{name}",)
        for name in (
            "admit", "frame", "seed", "differing", "outlook", "repeats", "bulk", "jobs", "exports", "risk", "orders",
            "own-key", "claims", "share", "purge",
        )
    },
}  # fmt: skip
"""Those that a manager sees of the demo as it is filled."""
AFTER_AN_ACT = frozenset(
    {"account_login", "invited", "locked", "job", "replaced", "lines-look", "bulk-act", "mfa_view_recovery_codes",
     "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_deactivate_totp",
     "mfa_remove_webauthn", "mfa_generate_recovery_codes"}
)  # fmt: skip
"""Pages that something must come before; tests of a browser do it."""
NO_PAGE = frozenset(
    {"language", "mfa_login_webauthn", "openid", "openid_connect_callback", "sign-out", "lock", "pin", "elsewhere",
     "people-link", "people-close", "people-sign-out", "people-factors", "people-known-as", "people-rules", "intake",
     "scans", "roll", "seed-compare", "seed-enter", "seed-name", "seed-value", "sample", "rule", "search", "retype",
     "skip", "picture", "cell", "signature", "noted", "undo", "risk-terms", "risk-weigh", "risk-record", "count",
     "certify", "clock", "take-back", "bulk-start", "bulk-cancel", "certificate", "replaced-paper",
     "exported", "job-cancel"}
)  # fmt: skip
"""Forms that are sent, and files: they answer with another page, or with none."""
