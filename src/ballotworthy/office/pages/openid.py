"""Signing in by the office's own provider: there by a link, back by its answer."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from ballotworthy.errors import InputError
from ballotworthy.office.openid import PROVIDER

SILENT = "the sign-in service does not answer. Sign in by name and password, or try again later."


def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider.

    Raises:
        InputError: it does not answer, or says that it is another.
        Http404: this office has none.
    """
    try:
        _same_issuer(request)
        return views.login(request, PROVIDER)
    except RequestException:
        raise InputError(SILENT) from None


def answered(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer.

    Raises:
        InputError: it does not answer when it is asked whether it holds.
        Http404: there is no such provider.
    """
    if provider_id != PROVIDER:
        raise Http404
    try:
        _same_issuer(request)
        return views.callback(request, PROVIDER)
    except RequestException:
        raise InputError(SILENT) from None


def _same_issuer(request: HttpRequest) -> None:
    """Make sure that who answers at the provider's address says that he is the provider; OpenID Discovery 1.0, 4.3."""
    if settings.OFFICE_OPENID is None:
        raise Http404
    said = views.OpenIDConnectOAuth2Adapter(request, PROVIDER).openid_config.get("issuer", "")
    if said.rstrip("/") != settings.OFFICE_OPENID.server.rstrip("/"):
        raise InputError(
            "the sign-in service says that it is another than openid.toml names. Tell whoever runs the office."
        )
