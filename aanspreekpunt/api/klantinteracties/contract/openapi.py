"""The OpenAPI document of an interface, made from the same declarations that answer its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.api.klantinteracties.contract.fields import object_schema, parts_of
from aanspreekpunt.api.klantinteracties.contract.filters import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

Schema = dict[str, Any]

_VERSION_HEADER: Schema = {"API-version": {"schema": {"type": "string"}, "description": "Versie van deze API."}}
_UUID_PARAMETER: Schema = {
    "in": "path",
    "name": "uuid",
    "schema": {"type": "string", "format": "uuid"},
    "required": True,
}
_ERROR: Schema = {
    "type": "object",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "code", "title", "detail", "instance")},
        "status": {"type": "integer"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "code", "reason"],
                "properties": {name: {"type": "string"} for name in ("name", "code", "reason")},
            },
        },
    },
}
_ADDED_HEADERS: dict[str, dict[str, str]] = {
    "Create": {"Idempotency-Key": "Hetzelfde verzoek met dezelfde sleutel wordt maar één keer uitgevoerd."},
    "Retrieve": {"If-None-Match": "Antwoordt 304 als de client deze toestand al heeft."},
    "Update": {"If-Match": "Weigert (412) als een ander dit intussen heeft gewijzigd."},
    "Destroy": {"If-Match": "Weigert (412) als een ander dit intussen heeft gewijzigd."},
}
"""Headers of ours that the standard does not know, by how the name of an operation ends."""

_KINDS: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.PART: {"type": "string"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.URL: {"type": "string", "format": "uri"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
}


def document(resources: Iterable[type[Resource]], *, title: str, version: str, root: str) -> Schema:
    """Return the document of the interface under `root`."""
    paths: Schema = {}
    schemas: Schema = {}
    for kind in resources:
        paths |= kind.paths()
        schemas |= kind.schemas()
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": version, "license": {"name": "EUPL 1.2"}},
        "servers": [{"url": root.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Fout": _ERROR},
            "securitySchemes": {"tokenAuth": {"type": "apiKey", "in": "header", "name": "Authorization"}},
        },
    }


def paths_of(kind: type[Resource]) -> Schema:
    """Return both addresses of a kind of thing with their verbs."""
    one, many = _ref(kind.name), _ref(f"Paginated{'Expand' if kind.expands else ''}{kind.name}List")
    many = many if kind.is_paged else {"type": "array", "items": one}
    read_one = _ref(f"Expand{kind.name}") if kind.expands else one
    stem = operation_stem(kind)
    return {
        f"/{kind.path}": {
            "get": operation(kind, f"{stem}List", "200", many, parameters=_list_parameters(kind)),
            "post": operation(kind, f"{stem}Create", "201", one, body=one),
        },
        f"/{kind.path}/{{uuid}}": {
            "get": operation(kind, f"{stem}Retrieve", "200", read_one, parameters=[*_expand(kind), _UUID_PARAMETER]),
            "put": operation(kind, f"{stem}Update", "200", one, body=one, parameters=[_UUID_PARAMETER]),
            "patch": operation(
                kind, f"{stem}PartialUpdate", "200", one, body=_ref(f"Patched{kind.name}"), parameters=[_UUID_PARAMETER]
            ),
            "delete": operation(kind, f"{stem}Destroy", "204", None, parameters=[_UUID_PARAMETER]),
        },
    }


def schemas_of(kind: type[Resource]) -> Schema:
    """Return the named schemas of a kind of thing: itself, a change of it, a page of it, and its parts."""
    whole = kind.schema()
    patched = {**whole, "properties": whole.get("properties", {})}
    patched.pop("required", None)
    found = {**kind.parts(), kind.name: whole, f"Patched{kind.name}": patched}
    shown = kind.name
    if kind.expands:
        shown = f"Expand{kind.name}"
        found[shown] = {"allOf": [_ref(kind.name), {"type": "object", "properties": {"_expand": _expanded(kind)}}]}
    if not kind.is_paged:
        return found
    return {**found, f"Paginated{shown}List": _page_of(_ref(shown))}


def variant_of(names: Iterable[str], field: str, value: str) -> Schema:
    """Return the schema of one of several kinds: these named schemas together, with `field` saying which kind it is."""
    told = {"type": "object", "properties": {field: {"type": "string", "enum": [value]}}}
    return {"allOf": [*map(_ref, names), told]}


def plain_schema(kind: type[Resource]) -> Schema:
    """Return the schema of a kind of thing whose fields are all its own."""
    return object_schema(kind.fields)


def plain_parts(kind: type[Resource]) -> Schema:
    """Return the named schemas that the fields of a kind of thing refer to."""
    return parts_of(kind.fields)


def operation_stem(kind: type[Resource]) -> str:
    """Return what the names of its operations begin with: `categorieRelaties` for `categorie-relaties`."""
    first, *rest = kind.path.split("-")
    return first + "".join(part.capitalize() for part in rest)


def operation(
    kind: type[Resource],
    name: str,
    status: str,
    answer: Schema | None,
    *,
    body: Schema | None = None,
    parameters: list[Schema] | None = None,
) -> Schema:
    """Return one verb at one address."""
    response: Schema = {"headers": _VERSION_HEADER, "description": ""}
    if answer is not None:
        response["content"] = {"application/json": {"schema": answer}}
    said: Schema = {"operationId": name, "tags": [kind.tag], "security": [{"tokenAuth": []}]}
    parameters = [*(parameters or []), *_headers_of(name)]
    said |= {"parameters": parameters} if parameters else {}
    said |= {"requestBody": _body(kind, name, body)} if body else {}
    unchanged = {"304": {"description": "Niet gewijzigd."}} if name.endswith("Retrieve") else {}
    error: Schema = {"description": "Een fout.", "content": {"application/json": {"schema": _ref("Fout")}}}
    return {**said, "responses": {status: response, **unchanged, "default": error}}


def _body(kind: type[Resource], operation_name: str, schema: Schema) -> Schema:
    """Return what is sent. Where nothing is asked, nothing may be sent: an empty body says as much as `{}`."""
    content: Schema = {"content": {"application/json": {"schema": schema}}}
    asks = any(each.required for each in kind.fields.values()) and not operation_name.endswith("PartialUpdate")
    return content | ({"required": True} if asks else {})


def _headers_of(operation_name: str) -> list[Schema]:
    added = next((each for end, each in _ADDED_HEADERS.items() if operation_name.endswith(end)), {})
    return [
        {"in": "header", "name": name, "description": about, "schema": {"type": "string"}, "x-addition": True}
        for name, about in added.items()
    ]


def _list_parameters(kind: type[Resource]) -> list[Schema]:
    number: Schema = {"in": "query", "required": False, "schema": {"type": "integer"}}
    found = [_filter_parameter(name, each) for name, each in kind.filters.items()]
    if kind.orders:
        options = sorted([*kind.orders, *(f"-{name}" for name in kind.orders)])
        found.append(
            {"in": "query", "name": "ordering", "schema": {"type": "string", "enum": options}, "x-addition": True}
        )
    if not kind.is_paged:
        return found
    return [*_expand(kind), *found, {**number, "name": "page"}, {**number, "name": "pageSize"}]


def _filter_parameter(name: str, each: Filter) -> Schema:
    schema = _KINDS.get(each.kind) or {"type": "string", "enum": sorted(each.options)}
    said: Schema = {"in": "query", "name": name, "schema": {**schema, **each.schema}}
    said |= {"description": each.about} if each.about else {}
    said |= {"deprecated": True} if each.deprecated else {}
    return said | ({"x-addition": True} if each.is_ours else {})


def _expand(kind: type[Resource]) -> list[Schema]:
    if not kind.expands:
        return []
    schema = {"type": "array", "items": {"type": "string", "enum": sorted(kind.expands)}}
    said: Schema = {"in": "query", "name": "expand", "schema": schema, "explode": False, "style": "form"}
    return [said | ({"x-addition": True} if kind.expands_are_ours else {})]


def _expanded(kind: type[Resource]) -> Schema:
    """Return what can be shown in whole, as empty or as fixed as the field of that name."""
    top = [path for path in kind.expands if "." not in path]
    properties: Schema = {}
    for name, each in kind.expansions().items():
        if name in top:
            one = _ref(each.resource.name)
            field = kind.fields[name].described()
            said = {key: field[key] for key in ("nullable", "readOnly") if key in field}
            properties[name] = {**({"type": "array", "items": one} if each.is_list else {"allOf": [one]}), **said}
    return {"type": "object", "properties": properties}


def _page_of(one: Schema) -> Schema:
    address: Schema = {"type": "string", "nullable": True, "format": "uri"}
    results = {"type": "array", "items": one}
    properties = {"count": {"type": "integer"}, "next": address, "previous": address, "results": results}
    return {"type": "object", "required": ["count", "results"], "properties": properties}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
