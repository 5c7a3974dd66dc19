"""Allauth's pages for second factors, each with a template of this house: setting up, taking away, and signing in."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from ballotworthy.errors import Refused
from ballotworthy.office.who import View

OWN_ACCOUNT = reverse_lazy("mfa_index")


def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's password by the old one.

    Raises:
        Refused: there is none.
    """
    if not request.user.has_usable_password():
        raise Refused("you have no password here: you sign in by the office's own service.")
    return _change_password(request)


def _where_it_can_be_asked(view: View) -> View:
    """Lead back whoever has nothing by which he could be asked again: no password, no factor."""

    @wraps(view)
    def page(request: HttpRequest, **given: Any) -> HttpResponse:
        if not get_adapter().get_reauthentication_methods(request.user):
            return redirect("mfa_index")
        return view(request, **given)

    return page


class _SetUpApp(ActivateTOTPView):
    """Setting up an authenticator app; its first code counts as used."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        TOTP(app).validate_code(form.cleaned_data["code"])
        return answer


at_sign_in = AuthenticateView.as_view(template_name="factor_asked.html")
key_sign_in = LoginWebAuthnView.as_view()

password_again = _where_it_can_be_asked(ReauthenticateView.as_view(template_name="asked_again.html"))
code_again = _where_it_can_be_asked(CodeAgainView.as_view(template_name="asked_again.html"))
key_again = _where_it_can_be_asked(ReauthenticateWebAuthnView.as_view(template_name="asked_again.html"))

_change_password = PasswordChangeView.as_view(template_name="change_password.html")
set_up_app = _SetUpApp.as_view(template_name="set_up_app.html")
take_app_away = DeactivateTOTPView.as_view(
    template_name="sure.html", extra_context={"what": "Take the authenticator app away"}
)
make_key = AddWebAuthnView.as_view(template_name="make_key.html")
take_key_away = RemoveWebAuthnView.as_view(
    template_name="sure.html", success_url=OWN_ACCOUNT, extra_context={"what": "Take this passkey away"}
)
codes = ViewRecoveryCodesView.as_view(template_name="recovery_codes.html")
new_codes = GenerateRecoveryCodesView.as_view(
    template_name="sure.html", extra_context={"what": "Make new recovery codes; the old ones stop working"}
)
