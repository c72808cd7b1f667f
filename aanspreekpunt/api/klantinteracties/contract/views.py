"""The two addresses of every kind of thing, its list and one of it, and all that is the same for every kind."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aanspreekpunt.api.klantinteracties.contract.absent import with_absent
from aanspreekpunt.api.klantinteracties.contract.answering import answered, base_of, encode, respond, respond_with
from aanspreekpunt.api.klantinteracties.contract.bodies import body_of
from aanspreekpunt.api.klantinteracties.contract.errors import Invalid, invalid, method_not_allowed, not_found
from aanspreekpunt.api.klantinteracties.contract.expanding import expand, tree_of
from aanspreekpunt.api.klantinteracties.contract.fields import checked
from aanspreekpunt.api.klantinteracties.contract.noting import note
from aanspreekpunt.api.klantinteracties.contract.once import given_before, has_key, keep
from aanspreekpunt.api.klantinteracties.contract.paging import (
    LARGEST_SIZE,
    Page,
    found_on,
    links,
    page_asked,
)
from aanspreekpunt.api.klantinteracties.contract.resource import (
    CONTACTGEGEVENS,
    NOTIFICATIES,
    Reading,
    Record,
    Writing,
    only,
)
from aanspreekpunt.api.klantinteracties.contract.tags import is_known, refuse_if_changed, tag_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

VERSIONS = {CONTACTGEGEVENS: "1.1.1", NOTIFICATIES: "1.0.1"}
USUAL_VERSION = "0.9.0"


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
        every = {"GET": _retrieve, "HEAD": _retrieve, "PUT": _change, "PATCH": _change, "DELETE": _remove}
        verbs = {name: verb for name, verb in every.items() if name in kind.verbs_of_one}
        return _answered(request, kind(), lambda caller: _verb(request, verbs)(request, kind(), caller, _uuid(uuid)))

    return view


def create_only_view(kind: type[Resource]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of something that can only be made, such as a contact with all its parts at once."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        return _answered(request, kind(), lambda caller: _verb(request, {"POST": _create})(request, kind(), caller))

    return view


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer at an address that is none of ours, such as one with a final slash, or that of all of it."""
    del rest
    refused = not_found()
    return respond(refused.body(base_of(request)), status=refused.status)


def _verb(request: HttpRequest, verbs: dict[str, Callable[..., HttpResponse]]) -> Callable[..., HttpResponse]:
    method = request.method or ""
    if method not in verbs:
        raise method_not_allowed(method, verbs)
    return verbs[method]


def _answered(request: HttpRequest, resource: Resource, answer: Callable[[Caller], HttpResponse]) -> HttpResponse:
    response = answered(request, resource.path, answer)
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
    wheres = [*resource.visible(caller), *resource.narrowing(asked, caller)]
    reading = Reading(base_of(request), caller)
    shown, count = found_on(resource, reading, wheres, page, _order(resource, query.get("ordering", "")))
    if tree or (expands and not resource.expands_are_ours):
        expand(resource, reading, shown, tree)
    after, before = links(f"{reading.base}{resource.root}{resource.path}", query, page, count)
    results = [record.body for record in shown]
    note("list", resource, shown, reading)
    return respond({"count": count, "next": after, "previous": before, "results": results})


def _list_all(request: HttpRequest, resource: Resource, caller: Caller) -> HttpResponse:
    _refuse_unknown(request.GET, [*resource.filters])
    wheres = [*resource.visible(caller), *resource.narrowing(request.GET.dict(), caller)]
    shown, _count = found_on(resource, Reading(base_of(request), caller), wheres, Page(1, LARGEST_SIZE), resource.order)
    return respond([record.body for record in shown])


def _retrieve(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    _refuse_unknown(request.GET, ["expand"] if resource.expands else [])
    tree = tree_of(type(resource), request.GET.getlist("expand")) if resource.expands else {}
    reading = Reading(base_of(request), caller)
    record = resource.read(uuid, reading)
    if tree:
        expand(resource, reading, [record], tree)
    note("read", resource, [record], reading)
    shown = encode(record.body)
    tag = f"W/{tag_of(shown)}" if tree else tag_of(shown)
    if is_known(request, tag.removeprefix("W/")):
        return HttpResponse(status=304, headers={"ETag": tag})
    return respond_with(shown, headers={"ETag": tag})


def _create(request: HttpRequest, resource: Resource, caller: Caller) -> HttpResponse:
    with _naming_absent(request, resource, caller, is_whole=False):
        data = checked(resource.fields, body_of(request), partial=False)
    reading = Reading(base_of(request), caller)
    together = nullcontext() if resource.is_made_at_once and not has_key(request) else transaction.atomic()
    with _naming_absent(request, resource, caller, is_whole=True), together:
        before = given_before(request, caller)
        if before is not None:
            return before
        record = resource.make(data, Writing(caller, now()), reading)
        headers = {"Location": record.body["url"]} if "url" in record.body else {}
        response = _tagged(record, status=201, headers=headers)
        keep(request, response, caller)
    return response


def _change(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    pk = resource.find(uuid, caller)
    is_whole = request.method == "PUT"
    with _naming_absent(request, resource, caller, pk=pk, is_whole=False):
        data = checked(resource.fields, body_of(request), partial=not is_whole, defaults=False)
    reading = Reading(base_of(request), caller)
    naming = _naming_absent(request, resource, caller, pk=pk, is_whole=True)
    with _there(resource, uuid, caller), naming, transaction.atomic():
        refuse_if_changed(request, resource, pk, lambda: encode(_loaded(resource, reading, pk).body))
        resource.change(pk, data, Writing(caller, now(), is_whole=is_whole))
        record = _loaded(resource, reading, pk)
        note("change", resource, [record], reading)
    return _tagged(record)


@contextmanager
def _naming_absent(
    request: HttpRequest, resource: Resource, caller: Caller, *, pk: int | None = None, is_whole: bool
) -> Iterator[None]:
    """Do this; when it is refused, let the refusal name all that is wrong, also every thing that is not there."""
    try:
        yield
    except Invalid as refused:
        raise with_absent(refused, resource, body_of(request), caller, pk=pk, is_whole=is_whole) from refused
    except (ObjectDoesNotExist, IntegrityError) as gone:  # somebody else may have removed it just now
        absent = with_absent(Invalid([]), resource, body_of(request), caller, pk=pk, is_whole=True)
        if absent.faults:
            raise absent from gone
        raise


@contextmanager
def _there(resource: Resource, uuid: UUID, caller: Caller) -> Iterator[None]:
    """Do something to a thing; not found when somebody else removes it meanwhile."""
    try:
        yield
    except ObjectDoesNotExist:
        resource.find(uuid, caller)
        raise


def _remove(request: HttpRequest, resource: Resource, caller: Caller, uuid: UUID) -> HttpResponse:
    pk = resource.find(uuid, caller)
    reading = Reading(base_of(request), caller)
    with _there(resource, uuid, caller), transaction.atomic():
        refuse_if_changed(request, resource, pk, lambda: encode(_loaded(resource, reading, pk).body))
        body = resource.remove_as_asked(pk, request.GET, Writing(caller, now()), reading)
        note("delete", resource, [Record({"uuid": uuid})], reading)
    return HttpResponse(status=204) if body is None else respond(body)


def _tagged(record: Record, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return one thing as it is now, with the tag by which its next change can say so."""
    shown = encode(record.body)
    return respond_with(shown, status=status, headers={**(headers or {}), "ETag": tag_of(shown)})


def _loaded(resource: Resource, reading: Reading, pk: int) -> Record:
    return only(resource.load(reading, [pk]))


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
