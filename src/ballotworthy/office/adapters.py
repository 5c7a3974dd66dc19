"""How allauth behaves in this house: nobody signs up, secrets lie encrypted, the provider's people are known first."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import Session

from ballotworthy.office.drawn_code import drawn_code
from ballotworthy.office.models import Account
from ballotworthy.office.refusals import refused

APP_CODE = "Code that an authenticator app reads"
CLOSED = "This account is closed."
NOT_KNOWN = "The sign-in service knows you, this office not yet: a manager writes its name for you beside your account."
NO_ANSWER = "The sign-in service did not let you in, or did not answer. Try again, or sign in by name and password."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by managers alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 # allauth's signature
        """Nobody makes his own account."""
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever has neither password nor factor, since the provider vouches for him, cannot be asked again."""
        user = more.get("user") or _person()
        return bool(self.get_reauthentication_methods(user)) and super().is_reauthentication_required(app=app, **more)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002 # allauth's
        """Turn away a person who has left."""
        return refused(request, CLOSED, 403)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 # allauth's
        """Lead back to the page of the account."""
        return str(reverse("mfa_index"))


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie in the tables encrypted by a key that lies beside them in the office's folder."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the tables."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Give a secret of the tables."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that an authenticator app reads, without a style of its own."""
        return drawn_code(url, APP_CODE, scale=4)

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 # allauth's
        """Name a key that its person did not name."""
        return f"{user.name} {user.authenticator_set.filter(type=type).count() + 1}"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The provider says who somebody is; only whom a manager named beside an account comes in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 # allauth's
        """Nobody makes his own account by the provider either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account: by the subject from the second time on, by the name that a manager wrote the first time."""
        claim = settings.OFFICE_OPENID.claim if settings.OFFICE_OPENID else ""
        said = sociallogin.account.extra_data
        sociallogin.account.extra_data = {}  # the office needs no more of a person than who he is
        if sociallogin.is_existing:
            sociallogin.account.save()
            if sociallogin.user.known_as:
                return
            raise ImmediateHttpResponse(refused(request, NOT_KNOWN, 403))
        known_as = _claimed(said.get("userinfo") or said.get("id_token") or {}, claim)
        account = Account.objects.filter(known_as=known_as, is_active=True).exclude(known_as="").first()
        if account is None or SocialAccount.objects.filter(user=account).exists():
            raise ImmediateHttpResponse(refused(request, NOT_KNOWN, 403))
        sociallogin.connect(request, account)

    def get_requests_session(self) -> Session:
        """Ask the provider and nobody to whom it would send the question on."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Say that it failed, without what the provider said of it."""
        raise ImmediateHttpResponse(refused(request, NO_ANSWER, 403))


def _claimed(said: dict[str, Any], claim: str) -> str:
    if claim == "email" and said.get("email_verified") is not True:
        return ""
    return str(said.get(claim) or "")


def _cipher() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"ballotworthy office second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def _person() -> Account:
    account: Account = context.request.user
    return account
