"""What other systems keep here of persons and organisations apart from the parties we speak with."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models.parties import CompleteAddress


class PersonDetails(CompleteAddress):
    """A person as a base register knows him: names at length, birth and death, and where he lives."""

    class Gender(models.TextChoices):
        """What the register says; empty when it says nothing."""

        MALE = "male"
        FEMALE = "female"
        OTHER = "other"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    first_names = models.TextField(blank=True)
    infix = models.TextField(blank=True)
    last_name = models.TextField()
    gender = models.TextField(blank=True, choices=Gender.choices)
    born_on = models.DateField()
    died_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"person {self.uuid}"


class OrganisationDetails(CompleteAddress):
    """An organisation as a base register knows it: the name it trades under, since when, and where."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    trade_name = models.TextField()
    founded_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"organisation {self.uuid}"
