"""The office as Django's application."""

from __future__ import annotations

from django.apps import AppConfig


class Office(AppConfig):
    """The one application of the site."""

    name = "ballotworthy.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every start ask whether each route says who may use it, and hear of what happens to accounts."""
        from ballotworthy.office import checks  # noqa: F401 # it registers itself
        from ballotworthy.office.account_log import listen
        from ballotworthy.office.accounts import end_sessions_without_factor

        listen()
        end_sessions_without_factor()
