"""The office's tables: accounts and invitations, the cases held here, who has which line on the desk, and searches.

What happened in a case stands in its record; nothing here decides anything of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

PLAIN_NAME = RegexValidator(r"^[a-z][a-z0-9.-]{1,39}$", "Write 2 to 40 small letters, digits, dots and hyphens.")


class Accounts(BaseUserManager["Account"]):
    """The accounts, found by their names."""


class Account(AbstractBaseUser):
    """A person who works here; `name` is his id in the records of cases.

    `manages` says that he may make accounts and open cases; what he may do in a case stands in its record.
    """

    name = models.CharField(max_length=40, unique=True, validators=[PLAIN_NAME])
    manages = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = Accounts()
    USERNAME_FIELD = "name"


class Invitation(models.Model):
    """A link that works once, for setting a password; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()


class HeldCase(models.Model):
    """A case that this office holds: its folder under `cases/`, and how work on it is shared out.

    `second_share` is the share of lines that two people look at, in per cent; observers see numbers and no names.
    `public` says that everybody may see how far the case is.
    """

    slug = models.SlugField(max_length=60, unique=True)
    second_share = models.PositiveSmallIntegerField(default=10)
    public = models.BooleanField(default=False)
    observers: models.ManyToManyField[Any, Any] = models.ManyToManyField(Account, related_name="observed")


class Lease(models.Model):
    """A line on somebody's desk until a time: for one look, it lies before nobody else."""

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)
    look = models.CharField(max_length=10)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    until = models.DateTimeField()

    class Meta:
        """One lease a line and look: the database itself gives no line to two people."""

        constraints = [models.UniqueConstraint(fields=["held", "line", "look"], name="one_desk")]  # noqa: RUF012 # Django's


class Search(models.Model):
    """A search that somebody made on a line: which kinds of words were typed, and a keyed hash of the text."""

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    fields = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)


class Attempt(models.Model):
    """A sign-in that failed, or a search: counted for a while, so that neither can be tried without end."""

    key = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()
