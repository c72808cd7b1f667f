"""The bank account of a party."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models.parties import Party


class BankAccount(models.Model):
    """An account a party pays from or is paid on; of nobody as long as it is not known whose it is."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="accounts")
    iban = models.TextField()
    bic = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["iban"], name="account_by_iban"),
            models.Index(fields=["bic", "-id"], name="account_by_bic", condition=~models.Q(bic="")),
        ]

    def __str__(self) -> str:
        return f"account of {self.party_id}"
