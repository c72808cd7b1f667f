"""What the kinds of this interface share: naming a thing in another register, and naming a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import invalid
from aanspreekpunt.api.klantinteracties.contract.fields import Group, Ref, Text
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, text
from aanspreekpunt.api.klantinteracties.contract.resource import narrowed
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible
from aanspreekpunt.common.reading import rows_read
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Sequence
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

POINTER_ABOUT = {
    "objectId": "Waarde van de eigenschap die het object identificeert.",
    "codeObjecttype": "Soort object, bijvoorbeeld: 'zaak'.",
    "codeRegister": "Register waarin het object is geregistreerd, bijvoorbeeld: 'open-zaak'.",
    "codeSoortObjectId": "Naam van de eigenschap die het object identificeert, bijvoorbeeld: 'uuid'.",
}
"""What the document says of each of the four parts."""


def pointer(part: str, about: str) -> Group:
    """Return the field that names a thing in another register."""
    fields: dict[str, Field] = {name: Text(max_length=200, about=POINTER_ABOUT[name]) for name in POINTER_COLUMNS}
    return Group(part=part, fields=fields, nullable=True, about=about)


def pointer_shown(values: tuple[str, str, str, str]) -> dict[str, str]:
    """Return the four parts as the standard shows them, from the columns in the order of `POINTER_COLUMNS`."""
    return dict(zip(POINTER_COLUMNS, values, strict=True))


def pointer_told(given: dict[str, Any] | None) -> dict[str, str]:
    """Return what our columns hold of the four parts; what is not said of them is empty, as is all for None."""
    said = given or {}
    return {column: said.get(name, "") for name, column in POINTER_COLUMNS.items()}


def pointer_filters(prefix: str, table: str, *, within: str = "") -> dict[str, Filter]:
    """Return the filters on the four parts, exactly alike; `table` is the short name of the table that has them."""
    return {
        f"{prefix}{name[0].upper()}{name[1:]}": text(f"{table}.{column} = %s", within=within, about=POINTER_ABOUT[name])
        for name, column in sorted(POINTER_COLUMNS.items())
    }


def contact_ref(*, about: str, required: bool = False, nullable: bool = False, read_only: bool = False) -> Ref:
    """Return the field that names a contact."""
    return Ref(part="KlantcontactForeignKey", required=required, nullable=nullable, read_only=read_only, about=about)


def contact_named(uuid: UUID, caller: Caller, *, name: str) -> Contact:
    """Return the contact that field `name` names; refused when it is absent or not there for this caller."""
    found = _contact(uuid, caller)
    if found is None:
        raise invalid(f"{name}.uuid", _("Klantcontact object does not exist."))
    return found


def contact_held(uuid: UUID, caller: Caller, *, name: str, lock: str) -> tuple[Contact, bool]:
    """Return the contact that field `name` names, and whether it is one without a question that stays so.

    Such a one is locked (`FOR` what `lock` says) until this transaction ends: whoever makes a question of it meanwhile
    waits, and sees what we add. One that has a question is not locked, because its question has to be first.
    """
    free = _contact(uuid, caller, [Where("t.question_id IS NULL")], f"FOR {lock}")
    return (free, True) if free is not None else (contact_named(uuid, caller, name=name), False)


def _contact(uuid: UUID, caller: Caller, more: Sequence[Where] = (), lock: str = "") -> Contact | None:
    sql, values = narrowed("", [Where("t.uuid = %s", (uuid,)), *more, *contacts_visible(caller, "t")])
    return next(iter(rows_read(Contact, f"{sql} {lock}", values)), None)
