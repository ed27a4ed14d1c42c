"""The document in OpenAPI 3.0.3, for generators that read no 3.1. Mechanical, and pure.

The differences that occur: how null is written, examples of a schema, media types of contents, the
licence's identifier, and webhooks, which 3.0 has not. What 3.0 can't say at all is that a referred
component may be null: generators take ``nullable`` beside the reference for it, strict validators
do not.
"""

from typing import Any

Schema = dict[str, Any]

_NULL = {"type": "null"}


def as_30(document: Schema) -> Schema:
    """The 3.0.3 rendition of a 3.1 document, which stays as it is."""
    lowered: Schema = _lower(document, document["components"]["schemas"])
    lowered["openapi"] = "3.0.3"
    lowered.pop("webhooks", None)
    lowered["info"]["license"].pop("identifier", None)
    return lowered


def _lower(node: Any, components: Schema) -> Any:
    if isinstance(node, list):
        return [_lower(value, components) for value in node]
    if not isinstance(node, dict):
        return node
    # An example is data: it may look like a schema and is none.
    lowered = {
        name: value if name in ("value", "example") else _lower(value, components)
        for name, value in node.items()
    }
    if isinstance(lowered.get("type"), list):
        types = [name for name in lowered["type"] if name != "null"]
        nullable = {"nullable": True} if len(types) < len(lowered["type"]) else {}
        lowered |= {"type": types[0]} | nullable
    if _NULL in lowered.get("oneOf", ()):
        (reference,) = [one for one in lowered.pop("oneOf") if one != _NULL]
        referred = components[reference["$ref"].rpartition("/")[2]]
        lowered |= {"type": referred["type"], "nullable": True, "allOf": [reference]}
    if isinstance(lowered.get("examples"), list):
        lowered["example"] = lowered.pop("examples")[0]
    if lowered.pop("contentMediaType", None):
        lowered["format"] = "binary"
    return lowered
