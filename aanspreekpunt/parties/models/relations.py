"""What a party is to others: the categories it belongs to, and for whom it speaks."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models.parties import Party


class Category(models.Model):
    """A kind of parties the municipality tells apart, such as entrepreneurs or volunteers."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    name = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="category_by_name")]

    def __str__(self) -> str:
        return self.name


class CategoryLink(models.Model):
    """That a party belongs to a category, from one day on and perhaps until another."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="category_links")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="links")
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["begins_on", "-id"], name="category_link_begins"),
            models.Index(
                fields=["ends_on", "-id"], name="category_link_ends", condition=models.Q(ends_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.category_id}"


class Representation(models.Model):
    """That one party speaks for another."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    representative = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="representing", db_index=False)
    represented = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="represented_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="representation_once", fields=["representative", "represented"]),
            models.CheckConstraint(
                name="representation_of_another", condition=~models.Q(representative=models.F("represented"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.represented_id}"
