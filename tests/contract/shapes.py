"""Values against schemas of the document."""

from typing import Any

from jsonschema import Draft202012Validator

from .conftest import Schema


def resolved(document: Schema, node: Schema) -> Schema:
    """What a reference stands for; anything else as it is."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def validator(document: Schema, schema: Schema) -> Draft202012Validator:
    """What validates a value of a schema of the document."""
    whole = {**schema, "components": document["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def undeclared(document: Schema, schema: Schema, value: Any) -> list[str]:
    """Members of a value that its schema does not declare; answers are open to them."""
    schema = resolved(document, schema)
    if isinstance(value, list):
        return [
            name for one in value for name in undeclared(document, schema.get("items", {}), one)
        ]
    properties = schema.get("properties")
    if not isinstance(value, dict) or not properties:
        return []
    found = [name for name in value if name not in properties]
    for name, member in value.items():
        found += undeclared(document, properties.get(name, {}), member)
    return found
