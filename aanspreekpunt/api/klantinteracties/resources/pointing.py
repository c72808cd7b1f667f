"""What the kinds of this interface share: naming a thing in another register, naming a contact, and who sees which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import invalid
from aanspreekpunt.api.klantinteracties.contract.fields import Group, Ref, Text
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, text
from aanspreekpunt.api.klantinteracties.contract.resource import narrowed, rows
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.fields import Field

POINTER_COLUMNS = {
    "objectId": "object_id",
    "codeObjecttype": "object_type",
    "codeRegister": "register",
    "codeSoortObjectId": "object_id_kind",
}
"""How the standard calls the four parts that name a thing in another register, and our columns."""

NOT_CONFIDENTIAL = "NOT t.is_confidential"
"""The condition for who may not see what is confidential, with the contacts in `t`."""

_ABOUT = {
    "objectId": "Waarde van de eigenschap die het object identificeert.",
    "codeObjecttype": "Soort object, bijvoorbeeld: 'zaak'.",
    "codeRegister": "Register waarin het object is geregistreerd, bijvoorbeeld: 'open-zaak'.",
    "codeSoortObjectId": "Naam van de eigenschap die het object identificeert, bijvoorbeeld: 'uuid'.",
}


def pointer(part: str, about: str) -> Group:
    """Return the field that names a thing in another register."""
    fields: dict[str, Field] = {name: Text(max_length=200, about=_ABOUT[name]) for name in POINTER_COLUMNS}
    return Group(part=part, fields=fields, nullable=True, about=about)


def pointer_shown(values: tuple[str, str, str, str]) -> dict[str, str]:
    """Return the four parts as the standard shows them, from the columns in the order of `POINTER_COLUMNS`."""
    return dict(zip(POINTER_COLUMNS, values, strict=True))


def pointer_told(given: dict[str, Any] | None) -> dict[str, str]:
    """Return what our columns hold of the four parts; nothing at all for none."""
    if given is None:
        return dict.fromkeys(POINTER_COLUMNS.values(), "")
    return {POINTER_COLUMNS[name]: value for name, value in given.items()}


def pointer_filters(prefix: str, table: str, *, within: str = "") -> dict[str, Filter]:
    """Return the filters on the four parts, exactly alike; `table` is the short name of the table that has them."""
    return {
        f"{prefix}{name[0].upper()}{name[1:]}": text(f"{table}.{column} = %s", within=within, about=_ABOUT[name])
        for name, column in sorted(POINTER_COLUMNS.items())
    }


def contact_ref(*, about: str, required: bool = False, nullable: bool = False, read_only: bool = False) -> Ref:
    """Return the field that names a contact."""
    return Ref(part="KlantcontactForeignKey", required=required, nullable=nullable, read_only=read_only, about=about)


def contacts_visible(caller: Caller, table: str) -> list[Where]:
    """Return the conditions under which the contacts in `table` exist for this caller.

    A contact is as confidential as its question, which keeps its contacts so; a system that is kept to some teams sees
    what is theirs: contacts about their questions, and what came in for them.
    """
    found: list[Where] = []
    if not caller.sees_confidential:
        found.append(Where(NOT_CONFIDENTIAL.replace("t.", f"{table}.")))
    if caller.team_ids is not None:
        teams = sorted(caller.team_ids)
        theirs = f"EXISTS (SELECT FROM question WHERE question.id = {table}.question_id AND owner_id = ANY(%s))"
        told = f"{table}.question_id IS NULL AND {table}.by_team_id = ANY(%s)"
        found.append(Where(f"{theirs} OR {told}", (teams, teams)))
    return found


def of_visible_contact(caller: Caller, column: str) -> list[Where]:
    """Return the conditions under which something that belongs to the contact in `column`, or to none, exists."""
    conditions = contacts_visible(caller, "seen")
    if not conditions:
        return []
    select = f"SELECT FROM contact seen WHERE seen.id = {column} AND "
    sql = select + " AND ".join(f"({each.sql})" for each in conditions)
    values = tuple(value for each in conditions for value in each.values)
    return [Where(f"{column} IS NULL OR EXISTS ({sql})", values)]


def contact_named(uuid: UUID, caller: Caller, *, name: str) -> Contact:
    """Return the contact that field `name` names; refused when it is absent or not there for this caller."""
    sql, values = narrowed(
        "SELECT t.id FROM contact t", [Where("t.uuid = %s", (uuid,)), *contacts_visible(caller, "t")]
    )
    found = rows(sql, values)
    if not found:
        raise invalid(f"{name}.uuid", _("Klantcontact object does not exist."))
    return Contact.objects.select_related("question").get(pk=found[0][0])
