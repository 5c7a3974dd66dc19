"""The office's tables: accounts, rules of the house, the cases held here, their records, who has which line, searches.

What happened in a case stands in its record, `RecordLine`; nothing else here decides anything of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac

PLAIN_NAME = RegexValidator(r"^[a-z][a-z0-9.-]{1,39}$", "Write 2 to 40 small letters, digits, dots and hyphens.")


class Accounts(BaseUserManager["Account"]):
    """The accounts, found by their names."""


class Account(AbstractBaseUser):
    """A person who works here; `name` is his id in the records of cases.

    `manages` says that he may make accounts and open cases; what he may do in a case stands in its record. `pin` is the
    hash of a short number that unlocks a station and nothing else; `known_as` is what the office's OpenID provider
    calls him, "" where he does not come that way; `keys` are those at the desk that he has changed. Sessions hold for
    one `epoch`: the next one ends them all.
    """

    name = models.CharField(max_length=40, unique=True, validators=[PLAIN_NAME])
    manages = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    pin = models.CharField(max_length=128, blank=True, default="")
    known_as = models.CharField(max_length=200, blank=True, default="")
    epoch = models.PositiveIntegerField(default=0)
    keys = models.JSONField(default=dict)

    objects = Accounts()
    USERNAME_FIELD = "name"

    class Meta:
        """The provider's names are not used twice."""

        constraints = [  # noqa: RUF012 # Django's
            models.UniqueConstraint(fields=["known_as"], condition=~models.Q(known_as=""), name="one_known_as")
        ]

    def get_session_auth_hash(self) -> str:
        """Give what a session must hold to go on: another password or epoch ends it."""
        return str(salted_hmac("office.account", f"{self.epoch} {self.password}", algorithm="sha256").hexdigest())


class Invitation(models.Model):
    """A link that works once, for setting a password; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()


class HouseRules(models.Model):
    """The one row of rules for all who work here: who needs a second factor, and after how long a station locks itself.

    `second_factor` lists roles, and `manager` for those who manage the office; `lock_after` is in minutes.
    """

    second_factor = models.JSONField(default=list)
    lock_after = models.PositiveSmallIntegerField(default=15)


class AccountAct(models.Model):
    """What happened to an account: what, when, by whose hand ("" for his own), and why where somebody must say it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="acts")
    what = models.CharField(max_length=40)
    by = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()


class HeldCase(models.Model):
    """A case that this office holds: its folder under `cases/`, and how work on it is shared out.

    `second_share` is the share of lines that two people look at, in per cent, `second_kinds` of which rulings they look
    at every line, and `lot_alone` says that no kind was ever named; observers see numbers and no names.
    `public` says that everybody may see how far the case is.
    """

    slug = models.SlugField(max_length=60, unique=True)
    second_share = models.PositiveSmallIntegerField(default=10)
    second_kinds = models.JSONField(default=list)
    lot_alone = models.BooleanField(default=True)
    public = models.BooleanField(default=False)
    observers: models.ManyToManyField[Any, Any] = models.ManyToManyField(Account, related_name="observed")


class RecordLine(models.Model):
    """A line of a case's record, without its line feed: added, and never changed. `number` is that of its event."""

    pk = models.CompositePrimaryKey("held_id", "number")
    held = models.ForeignKey(HeldCase, on_delete=models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    line = models.BinaryField()


class Lease(models.Model):
    """A line on somebody's desk until a time: for one look, it lies before nobody else.

    `why` says what is wrong with the ruling of a line that is to be ruled anew, and `answers` which challenge or cure
    the new one answers, by the number of its event; no other look has either.
    """

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)
    look = models.CharField(max_length=10)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    until = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True, default="")
    answers = models.PositiveIntegerField(null=True)

    class Meta:
        """One lease a line and look: the database itself gives no line to two people."""

        constraints = [models.UniqueConstraint(fields=["held", "line", "look"], name="one_desk")]  # noqa: RUF012 # Django's


class WentBack(models.Model):
    """Lines that somebody's act took from the desk of a person: how many, whose act, why and when; never which.

    No record holds it: who had lines on his desk decides nothing of a case.
    """

    PUT_BACK, ROLE, CLOSED = "put back", "role lost", "account closed"

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    by = models.CharField(max_length=40)
    why = models.CharField(max_length=20)
    lines = models.PositiveIntegerField()
    at = models.DateTimeField()


class LastRuled(models.Model):
    """The line that somebody ruled on last, so that he can take it back."""

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)

    class Meta:
        """One a person and case."""

        constraints = [models.UniqueConstraint(fields=["held", "account"], name="one_last")]  # noqa: RUF012 # Django's


class TakenBack(models.Model):
    """A ruling that who made it takes back and may not correct: it waits for somebody who resolves."""

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        """A line is taken back once, until it is ruled anew."""

        constraints = [models.UniqueConstraint(fields=["held", "line"], name="taken_back_once")]  # noqa: RUF012 # Django's


class Search(models.Model):
    """A search that somebody made on a line: which kinds of words were typed, and a keyed hash of the text.

    `roll` is the digest of the register in which he searched: it says nothing of another one.
    """

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    line = models.CharField(max_length=120)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    fields = models.CharField(max_length=60)
    roll = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64)


class Consent(models.Model):
    """What the first of two people has signed, and its digest: the second completes it, as long as it is the same."""

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    act = models.CharField(max_length=20)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    said = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """One at a time of each kind."""

        constraints = [models.UniqueConstraint(fields=["held", "act"], name="one_consent")]  # noqa: RUF012 # Django's


class Job(models.Model):
    """Work that takes longer than a page waits: who wants what, how far it is, and what came of it.

    `said` is what it was asked, never anything of a signer. A worker holds it `until` a time; `cursor` of `total` units
    are done. `told` is what came of it, in words; `status` that of a refusal, as HTTP has it.
    """

    WAITING, RUNNING, DONE, CANCELLED, REFUSED = "waiting", "running", "done", "cancelled", "refused"

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=20)
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=WAITING, db_index=True)
    worker = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True)
    stage = models.CharField(max_length=80, blank=True)
    cursor = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    told = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)


class Bulk(models.Model):
    """A bulk act: which lines, on what ground, by whose order; `job` does it, and before that it is a draft."""

    DRAFTED = "drafted"

    held = models.ForeignKey(HeldCase, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    circulator = models.CharField(max_length=200, blank=True)
    sheets = models.TextField(blank=True)
    reason = models.CharField(max_length=60)
    why = models.TextField()
    at = models.DateTimeField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True)

    @property
    def state(self) -> str:
        """Give how far it is: a draft, or the state of its job."""
        return str(self.job.state) if self.job else self.DRAFTED


class BulkLine(models.Model):
    """A line that a bulk act touches: `done` once its event stands in the record, `how` by which."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="lines")
    line = models.CharField(max_length=120, db_index=True)
    done = models.BooleanField(default=False)
    how = models.CharField(max_length=10, blank=True)

    class Meta:
        """A line is touched once."""

        constraints = [models.UniqueConstraint(fields=["bulk", "line"], name="touched_once")]  # noqa: RUF012 # Django's


class Attempt(models.Model):
    """A sign-in that failed, or a search: counted for a while, so that neither can be tried without end."""

    key = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()
