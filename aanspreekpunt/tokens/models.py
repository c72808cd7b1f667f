"""The keys of other systems, and what we answered to what they sent, for when they send it again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import Employee


class Token(models.Model):
    """What one other system may do here, and the hash of the key with which it shows who it is."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    name = models.TextField(help_text="the system it is for")
    organisation = models.TextField(blank=True, help_text="whose system that is")
    contact_person = models.TextField(blank=True, help_text="whom to ask about it")
    key_hint = models.TextField(help_text="how the key begins")
    key_hash = models.TextField(unique=True)
    rights = ArrayField(models.TextField(), default=list, help_text="contacts.read, tasks.write, …")
    sees_confidential = models.BooleanField(default=False)
    team_ids = ArrayField(
        models.BigIntegerField(), default=list, help_text="the teams whose questions it sees; none: all"
    )
    needs_purpose = models.BooleanField(default=False, help_text="each request has to say what it is for")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    actor_kind: ClassVar[str] = "token"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"),
                name="token_in_use_has_its_own_name",
                condition=models.Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(name="token_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="token_keeps_a_hash_only", condition=models.Q(key_hash__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What we answered to a request that carried an `Idempotency-Key`; it may hold personal data, so not for long."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.TextField()
    asked_hash = models.TextField(help_text="of method, address and body together")
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "tokens_kept_answer"
        constraints = [models.UniqueConstraint(name="kept_answer_once", fields=["token", "key"])]
        indexes = [models.Index(fields=["made_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.status} to {self.key}"


class Pace(models.Model):
    """How many requests a token made in the minute that runs. Lost in a crash without harm: the table is not logged."""

    token = models.OneToOneField(Token, on_delete=models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField(help_text="since 1970")
    used = models.PositiveIntegerField()

    class Meta:
        db_table = "tokens_pace"

    def __str__(self) -> str:
        return f"{self.used} by {self.token_id}"
