"""Which right each address of the standard asks for: its paths in Dutch, our kinds of things in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aanspreekpunt.tokens.choices import Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.tokens.queries import Bearer

KINDS: Final[dict[str, tuple[Resource, ...]]] = {
    "actoren": (Resource.ACTORS,),
    "actorklantcontacten": (Resource.CONTACT_ACTORS,),
    "betrokkenen": (Resource.PARTICIPANTS,),
    "bijlagen": (Resource.ATTACHMENTS,),
    "categorie-relaties": (Resource.CATEGORY_LINKS,),
    "categorieen": (Resource.CATEGORIES,),
    "digitaleadressen": (Resource.ADDRESSES,),
    "internetaken": (Resource.TASKS,),
    "klantcontacten": (Resource.CONTACTS,),
    "maak-klantcontact": (Resource.CONTACTS, Resource.PARTICIPANTS, Resource.SUBJECT_LINKS),
    "onderwerpobjecten": (Resource.SUBJECT_LINKS,),
    "partij-identificatoren": (Resource.PARTY_IDENTIFIERS,),
    "partijen": (Resource.PARTIES,),
    "rekeningnummers": (Resource.BANK_ACCOUNTS,),
    "vertegenwoordigingen": (Resource.REPRESENTATIONS,),
    "persoon": (Resource.PERSON_DETAILS,),
    "organisatie": (Resource.ORGANISATION_DETAILS,),
    "abonnement": (Resource.SUBSCRIPTIONS,),
    "kanaal": (Resource.SUBSCRIPTIONS,),
}
"""By path: the kinds of things of which the right is needed, all of them."""

NOT_PERSONAL: Final = frozenset({"categorieen", "abonnement", "kanaal"})
"""Paths that show nothing about a person, so that reading them is not written in the access log."""


def rights_of(bearer: Bearer) -> Callable[[str, str], bool]:
    """Return the question whether `bearer` may do a verb at a path; a path that nobody named here, nobody may."""
    return lambda path, verb: path in KINDS and all(bearer.may(kind, verb) for kind in KINDS[path])
