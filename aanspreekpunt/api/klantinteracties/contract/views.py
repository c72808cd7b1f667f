"""The two addresses of every kind of thing, its list and one of it, and all that is the same for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aanspreekpunt.api.klantinteracties.contract.errors import (
    Refused,
    invalid,
    method_not_allowed,
    not_found,
    permission_denied,
    unreadable,
    unsupported_media_type,
)
from aanspreekpunt.api.klantinteracties.contract.expanding import expand, tree_of
from aanspreekpunt.api.klantinteracties.contract.fields import checked
from aanspreekpunt.api.klantinteracties.contract.filters import conditions
from aanspreekpunt.api.klantinteracties.contract.gate import caller_of
from aanspreekpunt.api.klantinteracties.contract.paging import LARGEST_SIZE, Page, check_page, ids_on, links, page_asked
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, NOTIFICATIES, Reading, Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Record, Resource

VERSIONS = {CONTACTGEGEVENS: "1.1.1", NOTIFICATIES: "1.0.1"}
USUAL_VERSION = "0.9.0"
NEEDS = {"GET": "read", "HEAD": "read", "POST": "write", "PUT": "write", "PATCH": "write", "DELETE": "delete"}

_encode = msgspec.json.Encoder().encode


def list_view(kind: type[Resource]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of the list of one kind of thing: read it, or add to it."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        verbs = {"GET": _list, "HEAD": _list, "POST": _create}
        return _answered(request, kind(), lambda caller: _verb(request, verbs)(request, kind(), caller))

    return view


def one_view(kind: type[Resource]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view of one thing: read it, change it, take it away."""

    @csrf_exempt
    def view(request: HttpRequest, uuid: str) -> HttpResponse:
        verbs = {"GET": _retrieve, "HEAD": _retrieve, "PUT": _change, "PATCH": _change, "DELETE": _remove}
        return _answered(request, kind(), lambda caller: _verb(request, verbs)(request, kind(), caller, _uuid(uuid)))

    return view


def create_only_view(kind: type[Resource]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of something that can only be made, such as a contact with all its parts at once."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        return _answered(request, kind(), lambda caller: _verb(request, {"POST": _create})(request, kind(), caller))

    return view


def respond(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a JSON answer."""
    return HttpResponse(_encode(body), status=status, content_type="application/json", headers=headers)


def base_of(request: HttpRequest) -> str:
    """Return the address of this installation as this caller reaches it, without a final slash."""
    return f"{request.scheme}://{request.get_host()}"


def _verb(request: HttpRequest, verbs: dict[str, Callable[..., HttpResponse]]) -> Callable[..., HttpResponse]:
    method = request.method or ""
    if method not in verbs:
        raise method_not_allowed(method, verbs)
    return verbs[method]


def _answered(request: HttpRequest, resource: Resource, answer: Callable[[Caller], HttpResponse]) -> HttpResponse:
    """Return the answer to a request by a known caller with the right, or the refusal in the shape of the standard."""
    try:
        caller = caller_of(request)
        need = NEEDS.get(request.method or "", "read")
        if not caller.may(resource.path, need):
            raise permission_denied()
        response = answer(caller)
    except Refused as refused:
        response = respond(refused.body(base_of(request)), status=refused.status, headers=refused.headers)
    response.headers["API-version"] = VERSIONS.get(resource.root, USUAL_VERSION)
    return response


def _list(request: HttpRequest, resource: Resource, caller: Caller) -> HttpResponse:
    query, expands = request.GET, resource.expands
    if not resource.is_paged:
        return _list_all(request, resource, caller)
    _refuse_unknown(query, [*resource.filters, "page", "pageSize", *_extras(resource)])
    tree = tree_of(type(resource), query.getlist("expand")) if expands else {}
    asked = {name: query[name] for name in query if name in resource.filters}
    page = page_asked(query)
    wheres = [*resource.visible(caller), *conditions(resource.filters, asked)]
    count = resource.count(wheres)
    check_page(page, count)
    ids = ids_on(resource, wheres, page, count, _order(resource, query.get("ordering", "")))
    reading = Reading(base_of(request), caller)
    records = resource.load(reading, ids) if ids else {}
    shown = [records[pk] for pk in ids if pk in records]
    if expands:
        expand(resource, reading, shown, tree)
    after, before = links(f"{reading.base}{resource.root}{resource.path}", query, page, count)
    results = [record.body for record in shown]
    return respond({"count": count, "next": after, "previous": before, "results": results})


def _list_all(request: HttpRequest, resource: Resource, caller: Caller) -> HttpResponse:
    _refuse_unknown(request.GET, [*resource.filters])
    wheres = [*resource.visible(caller), *conditions(resource.filters, request.GET.dict())]
    ids = ids_on(resource, wheres, Page(1, LARGEST_SIZE), resource.count(wheres), resource.order)
    records = resource.load(Reading(base_of(request), caller), ids) if ids else {}
    return respond([records[pk].body for pk in ids if pk in records])


def _retrieve(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    _refuse_unknown(request.GET, ["expand"] if resource.expands else [])
    tree = tree_of(type(resource), request.GET.getlist("expand")) if resource.expands else {}
    pk = resource.find(uuid, caller)
    reading = Reading(base_of(request), caller)
    record = _loaded(resource, reading, pk)
    if tree:
        expand(resource, reading, [record], tree)
    return respond(record.body)


def _create(request: HttpRequest, resource: Resource, caller: Caller) -> HttpResponse:
    data = checked(resource.fields, body_of(request), partial=False)
    with transaction.atomic():
        pk = resource.create(data, Writing(caller, now()))
        record = _loaded(resource, Reading(base_of(request), caller), pk)
    headers = {"Location": record.body["url"]} if "url" in record.body else None
    return respond(record.body, status=201, headers=headers)


def _change(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    pk = resource.find(uuid, caller)
    data = checked(resource.fields, body_of(request), partial=request.method == "PATCH", defaults=False)
    with transaction.atomic():
        resource.change(pk, data, Writing(caller, now()))
        record = _loaded(resource, Reading(base_of(request), caller), pk)
    return respond(record.body)


def _remove(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    pk = resource.find(uuid, caller)
    with transaction.atomic():
        body = resource.remove_as_asked(pk, request.GET, Writing(caller, now()), Reading(base_of(request), caller))
    return HttpResponse(status=204) if body is None else respond(body)


def _loaded(resource: Resource, reading: Reading, pk: int) -> Record:
    found = resource.load(reading, [pk])
    if pk not in found:
        raise not_found()
    return found[pk]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise not_found() from error


def _extras(resource: Resource) -> list[str]:
    return (["expand"] if resource.expands else []) + (["ordering"] if resource.orders else [])


def _refuse_unknown(query: Iterable[str], known: list[str]) -> None:
    unknown = sorted(set(query) - set(known))
    if unknown:
        message = _("Unknown query parameters: %(names)s") % {"names": ", ".join(unknown)}
        raise invalid("nonFieldErrors", message, code="unknown-parameters")


def _order(resource: Resource, asked: str) -> str:
    if not asked or not resource.orders:
        return resource.order
    name = asked.removeprefix("-")
    if name not in resource.orders:
        message = _("Select a valid choice. %(value)s is not one of the available choices.") % {"value": asked}
        raise invalid("ordering", message, code="invalid_choice")
    way = "DESC" if asked.startswith("-") else "ASC"
    return f"{resource.orders[name]} {way}, t.id {way}"


def body_of(request: HttpRequest) -> Any:
    """Return what a request says, read as JSON; an empty body says nothing, as an empty object."""
    kind = request.content_type or ""
    if request.body and kind not in {"application/json", ""} and not kind.endswith("+json"):
        raise unsupported_media_type(kind)
    if not request.body:
        return {}
    try:
        return msgspec.json.decode(request.body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(_("This is not valid JSON in UTF-8.")) from error
