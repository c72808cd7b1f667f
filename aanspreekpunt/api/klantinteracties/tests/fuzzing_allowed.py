"""What a game by chance allows, because the standard's own register takes and refuses more than its document says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.dateparse import parse_date, parse_datetime
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # has no types

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemathesis.core.failures import Failure
    from schemathesis.core.transport import Response
    from schemathesis.generation.case import Case

Schema = dict[str, Any]

YES_OR_NO: Final = [*("true", "1", "yes", "on", "t", "y"), *("false", "0", "no", "off", "f", "n"), "", "null"]


BEYOND_SCHEMAS: Final = frozenset(
    {"blank", "null_characters_not_allowed", "kanaal_naam", "https-required", "internal-address"}
    | {"inconsistent-abonnement-filters", "does_not_exist", "unique", "no-further-action-when-contact-succesful"}
    | {"too-many"}
)
"""Codes of faults that a schema cannot tell of: white space, control characters, other fields, what is there or not."""


BEYOND_FORM: Final = frozenset(
    {
        "adres",  # of the kind that `soortDigitaalAdres` says
        "nonFieldErrors",  # either `toegewezenAanActor` or `toegewezenAanActoren`, not both
        "partijIdentificatorObjectId",  # with the check digit of its kind
        "partijIdentificatorCodeObjecttype",
        "partijIdentificatorCodeSoortObjectId",
        "vertegenwoordigdePartij",  # nobody stands for himself
        "identificeerdePartij",  # not said of a number inside its party
        "isStandaardAdres",  # of a person or organisation, not of who took part in a contact
        "voorkeursDigitaalAdres",  # one of this person or organisation itself
        "voorkeursRekeningnummer",
        "nummer",  # a whole number, which the standard's document calls a text
        "referentienummer",
        "auth",  # what a header may hold
        "Idempotency-Key",  # visible characters, 255 at most
    }
)
"""Fields whose values depend on other fields, or on more than their form."""


def is_allowed(failure: Failure, case: Case[Any], response: Response) -> bool:
    """Say whether what a check calls a failure is what the standard's own register does too."""
    match type(failure).__name__:
        case "JsonSchemaError":
            # A task of nobody says so in a way that the standard's document does not know.
            return _shows_tasks(case) and getattr(failure, "instance", "") in (None, {"uuid": None})
        case "AcceptedNegativeData":
            return _is_taken(case)
        case "RejectedPositiveData" if response.status_code == 400:
            return all(_is_beyond_schemas(each, case) for each in response.json().get("invalidParams", [{}]))
        case "RejectedPositiveData":
            # Every interface of this kind can be told of a channel; ours publishes its own only.
            return case.operation.path == "/kanaal" and response.status_code == 403
    return False


def _shows_tasks(case: Case[Any]) -> bool:
    expands = _several((case.query or {}).get("expand"))
    return case.operation.path.startswith("/internetaken") or any("InterneTaken" in str(each) for each in expands)


def _is_beyond_schemas(fault: Schema, case: Case[Any]) -> bool:
    """Say whether a fault is one that a schema cannot tell of."""
    name, code = fault.get("name", ""), fault.get("code", "")
    if code == "min_length":  # of what is left without the white space around it
        value = _value_at(case.body, name.split("."))
        return isinstance(value, str) and value != value.strip()
    if code == "invalid":
        # A uuid is well-formed where the schema holds, so it is one of nothing that is there.
        return (
            name.endswith("uuid")
            or name.rsplit(".")[-1] in BEYOND_FORM
            or _is_no_address(_value_at(case.body, name.split(".")))
        )
    return code in BEYOND_SCHEMAS


def _value_at(body: Any, path: list[str]) -> Any:
    for name in path:
        if isinstance(body, list) and name.isdigit() and int(name) < len(body):
            body = body[int(name)]
        elif isinstance(body, dict):
            body = body.get(name)
        else:
            return None
    return body


def _is_no_address(value: Any) -> bool:
    """Say whether a text has the form of an address, and is one that Django does not take: of a host that cannot be."""
    if not isinstance(value, str):
        return False
    return ("@" in value and not _reads_as(_is_mail, value)) or (":" in value and not _reads_as(_is_url, value))


def _is_taken(case: Case[Any]) -> bool:
    """Say whether a request that breaks the document is one that the standard's own register takes."""
    return _path_is_taken(case) and _query_is_taken(case) and _body_is_taken(case)


def _path_is_taken(case: Case[Any]) -> bool:
    return "uuid" not in (case.path_parameters or {}) or _reads_as(UUID, case.path_parameters["uuid"])


def _query_is_taken(case: Case[Any]) -> bool:
    declared = {each["name"]: each["schema"] for each in _declared(case).get("parameters", [])}
    return all(
        name in declared and _one_is_taken(name, value, declared[name], case)
        for name, value in (case.query or {}).items()
    )


def _one_is_taken(name: str, value: Any, schema: Schema, case: Case[Any]) -> bool:
    if schema.get("type") == "array":  # of which empty ones are none
        items = value.split(",") if isinstance(value, str) else _several(value)
        return all(_one_is_taken(name, each, schema["items"], case) for each in items)
    several = _several(value)
    last = several[-1] if several else ""
    text = "" if last in ([], {}, None) else str(last).strip()  # what is empty is sent as an empty text
    # An empty parameter asks nothing; neither does a page size or a yes or no that cannot be read.
    if not text or name == "pageSize" or schema.get("type") == "boolean":
        return True
    return _fits(_validator(schema, case), text.replace(" ", "+") if schema.get("format") == "date-time" else text)


def _several(value: Any) -> list[Any]:
    """Return the values that are sent under one name; of an object that would be the names in it."""
    return list(value) if isinstance(value, list | dict) else [value]


def _body_is_taken(case: Case[Any]) -> bool:
    taken = _declared(case).get("requestBody")
    if not taken:
        return True
    schema = taken["content"]["application/json"]["schema"]
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else {}
    if case.operation.method.upper() == "PATCH" and _is_of_unknown_kind(body, schema, case):
        return True
    return _fits(_validator(schema, case, is_change=case.operation.method.upper() == "PATCH"), _stripped(body))


def _is_of_unknown_kind(body: Any, schema: Schema, case: Case[Any]) -> bool:
    """Say whether a change does not tell what kind of actor or party it is about, so that what is there decides."""
    named = _components(case).get(schema.get("$ref", "").rsplit("/", 1)[-1], {})
    told = named.get("discriminator", {}).get("propertyName")
    return bool(told) and isinstance(body, dict) and told not in body


def _fits(validator: Draft202012Validator, value: Any) -> bool:
    return not any(validator.iter_errors(value))


def _validator(schema: Schema, case: Case[Any], *, is_change: bool = False) -> Draft202012Validator:
    components = {name: _widened(each, is_change=is_change) for name, each in _components(case).items()}
    whole = {**_widened(schema, is_change=is_change), "components": {"schemas": components}}
    return Draft202012Validator(whole, format_checker=FORMATS)


def _declared(case: Case[Any]) -> Schema:
    found: Schema = case.operation.schema.raw_schema["paths"][case.operation.path][case.operation.method.lower()]
    return found


def _components(case: Case[Any]) -> Schema:
    found: Schema = case.operation.schema.raw_schema["components"]["schemas"]
    return found


def _widened(schema: Schema, *, is_change: bool) -> Schema:
    """Return the schema of what is taken: what is only read is dropped, and values may be spelled in other ways."""

    def wider(each: Schema) -> Schema:
        return _widened(each, is_change=is_change)

    dropped = {"nullable", "discriminator", "properties", "oneOf", "required"}
    said = {key: value for key, value in schema.items() if key not in dropped}
    said |= {key: [wider(each) for each in said[key]] for key in ("allOf", "anyOf") if key in said}
    said |= {"anyOf": [wider(each) for each in schema["oneOf"]]} if "oneOf" in schema else {}
    said |= {"items": wider(said["items"])} if "items" in said else {}
    if "additionalProperties" in said:
        said["additionalProperties"] = wider({**said["additionalProperties"], "nullable": True})
    taken = {name: each for name, each in schema.get("properties", {}).items() if not each.get("readOnly")}
    said |= {"properties": {name: wider(each) for name, each in taken.items()}} if taken else {}
    required = [] if is_change else [name for name in schema.get("required", []) if name in taken]
    said = _respelled(said | ({"required": required} if required else {}))
    return {"anyOf": [said, {"type": "null"}]} if schema.get("nullable") else said


def _respelled(said: Schema) -> Schema:
    kind = said.get("type")
    if kind == "string" and "enum" not in said and said.get("format") not in {"uuid", "date", "date-time"}:
        return {**said, "type": ["string", "number"]}
    if kind == "boolean":
        return {"anyOf": [{"type": "boolean"}, {"enum": [*YES_OR_NO, 0, 1]}]}
    if kind == "integer":
        return {"anyOf": [said, {"type": "string", "pattern": r"^\s*[+-]?[0-9_]+\s*$"}]}
    return said


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _stripped(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def _reads_as(read: Callable[[str], Any], value: Any) -> bool:
    try:
        return read(value) is not None
    except (ValueError, ValidationError):
        return False


def _is_url(value: str) -> bool:
    URLValidator()(value)
    return True


def _is_mail(value: str) -> bool:
    validate_email(value)
    return True


FORMATS: Final = FormatChecker(())
for _name, _read in {
    "uuid": UUID,
    "date": parse_date,
    "date-time": parse_datetime,
    "uri": _is_url,
    "email": _is_mail,
}.items():
    FORMATS.checks(_name)(lambda value, read=_read: not isinstance(value, str) or _reads_as(read, value))
