"""What other systems keep here of persons and organisations, as a base register knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import OrganisationDetails, PersonDetails
from aanspreekpunt.parties.operations.changing import take_over

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

Details = PersonDetails | OrganisationDetails


@transaction.atomic
def make_person_details(*, given: Mapping[str, Any], by: Actor, at: datetime) -> PersonDetails:
    """Keep what a register knows of a person; `given` by the names of the fields."""
    details = PersonDetails.objects.create(**given)
    record("person_details.made", subject=details, by=by, at=at)
    return details


@transaction.atomic
def make_organisation_details(*, given: Mapping[str, Any], by: Actor, at: datetime) -> OrganisationDetails:
    """Keep what a register knows of an organisation; `given` by the names of the fields."""
    details = OrganisationDetails.objects.create(**given)
    record("organisation_details.made", subject=details, by=by, at=at)
    return details


@transaction.atomic
def change_details(*, details: Details, given: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Change what was given of a person or organisation."""
    changed = take_over(details, given)
    if changed:
        details.save()
        record(f"{_noun(details)}.changed", subject=details, data={"fields": changed}, by=by, at=at)


@transaction.atomic
def remove_details(*, details: Details, by: Actor, at: datetime) -> None:
    """Forget what a register knows of a person or organisation."""
    record(f"{_noun(details)}.removed", subject=details, by=by, at=at)
    details.delete()


def _noun(details: Details) -> str:
    return "person_details" if isinstance(details, PersonDetails) else "organisation_details"
