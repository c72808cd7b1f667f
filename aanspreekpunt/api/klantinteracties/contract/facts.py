"""What an OpenAPI document promises, without its words: to hold our own document against that of the standard."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
_KEPT = ("type", "format", "enum", "maxLength", "minLength", "maximum", "minimum", "pattern", "nullable", "readOnly")

_NOTHING: Schema = {"maxLength": 0}
"""What may stand for any text: with us "an address, or nothing" has the facts of an address."""


def facts_of(document: Schema) -> Schema:
    """Return per verb and address: its parameters, what it takes and what it answers, with all references filled in."""
    schemas = document["components"]["schemas"]
    return {
        f"{verb.upper()} {path}": _operation(operation, schemas)
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
        if verb in {"get", "post", "put", "patch", "delete"}
    }


def _operation(operation: Schema, schemas: Schema) -> Schema:
    parameters = {one["name"]: _parameter(one, schemas) for one in operation.get("parameters", [])}
    taken = _content(operation.get("requestBody", {}), schemas)
    answers = {code: _content(answer, schemas) for code, answer in operation["responses"].items()}
    return {"parameters": parameters, "takes": taken, "answers": answers}


def _parameter(parameter: Schema, schemas: Schema) -> Schema:
    facts = {"in": parameter["in"], **_facts(parameter["schema"], schemas)}
    return {**facts, "required": True} if parameter.get("required") else facts


def _content(holder: Schema, schemas: Schema) -> Schema:
    found = holder.get("content", {}).get("application/json")
    return _facts(found["schema"], schemas) if found else {}


def _facts(schema: Schema, schemas: Schema) -> Schema:
    facts = _named_facts(schema, schemas)
    own: Schema = {key: schema[key] for key in _KEPT if key in schema}
    if isinstance(own.get("enum"), list):
        own["enum"] = sorted(own["enum"], key=str)
    if "items" in schema:
        own["items"] = _facts(schema["items"], schemas)
    if "properties" in schema:
        own["properties"] = {name: _facts(one, schemas) for name, one in schema["properties"].items()}
    if isinstance(schema.get("additionalProperties"), dict):
        own["values"] = _facts(schema["additionalProperties"], schemas)
    if "required" in schema:
        own["required"] = sorted(schema["required"])
    if "oneOf" in schema:
        own["oneOf"] = _variants(schema, schemas)
    return _merged(facts, own)


def _named_facts(schema: Schema, schemas: Schema) -> Schema:
    """Return the facts of what a schema refers to and is put together from."""
    facts: Schema = {}
    if "$ref" in schema:
        facts = _facts(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    parts = schema.get("allOf", [])
    if _NOTHING in schema.get("anyOf", []):
        parts = [*parts, schema["anyOf"][0]]
    for one in parts:
        facts = _merged(facts, _facts(one, schemas))
    return facts


def _variants(schema: Schema, schemas: Schema) -> Schema:
    mapping = schema.get("discriminator", {}).get("mapping")
    if mapping:
        return {value: _facts({"$ref": ref}, schemas) for value, ref in sorted(mapping.items())}
    found = [_facts(one, schemas) for one in schema["oneOf"]]
    return {str(place): one for place, one in enumerate(sorted(found, key=str))}


def _merged(one: Schema, other: Schema) -> Schema:
    both = {**one, **other}
    if "properties" in one and "properties" in other:
        both["properties"] = {**one["properties"], **other["properties"]}
    if "required" in one and "required" in other:
        both["required"] = sorted({*one["required"], *other["required"]})
    return both


def folded(facts: Schema) -> Schema:
    """Return the facts with each object that stands in several places written once, under `shared`."""
    shared: list[Any] = []
    places: dict[str, int] = {}

    def fold(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        made = {key: fold(each) for key, each in value.items()}
        if "type" not in made and "oneOf" not in made:
            return made
        text = repr(sorted(made.items(), key=str))
        if text not in places:
            places[text] = len(shared)
            shared.append(made)
        return {"same": places[text]}

    return {"operations": fold(facts), "shared": shared}


def unfolded(folded_facts: Schema) -> Schema:
    """Return the facts as they were before `folded`."""
    shared = folded_facts["shared"]

    def unfold(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if set(value) == {"same"}:
            return unfold(shared[value["same"]])
        return {key: unfold(each) for key, each in value.items()}

    found: Schema = unfold(folded_facts["operations"])
    return found
