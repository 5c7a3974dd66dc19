"""Passwords that anybody would try here first."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from ballotworthy.office.models import Account

WORDS = (
    "ballotworthy",
    "petition",
    "signature",
    "election",
    "registrar",
    "referendum",
    "initiative",
    "county",
    "voter",
)
"""The words of this place: a password in which little else is left is guessed."""
LEAST_ELSE = 6


class NotOfThisPlace:
    """Refuse a password that is hardly more than words of elections and the account's name; Django's interface."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse it.

        Raises:
            ValidationError: without those words fewer than six letters are left.
        """
        left = password.lower()
        for word in (*WORDS, user.name if user else ""):
            left = left.replace(word, "") if word else left
        if len({*left}) < LEAST_ELSE:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Say what is wanted."""
        return "Choose a password with more in it than the words of this office."
