"""The document in OpenAPI 3.0.3, for generators that read no 3.1. Mechanical, and pure.

The differences that occur: how null is written, examples of a schema, media types of contents, the
licence's identifier, and webhooks, which 3.0 has not.
"""

from typing import Any

Schema = dict[str, Any]

_NULL = {"type": "null"}


def as_30(document: Schema) -> Schema:
    """The 3.0.3 rendition of a 3.1 document, which stays as it is."""
    lowered: Schema = _lower(document)
    lowered["openapi"] = "3.0.3"
    lowered.pop("webhooks", None)
    lowered["info"]["license"].pop("identifier", None)
    return lowered


def _lower(node: Any) -> Any:
    if isinstance(node, list):
        return [_lower(value) for value in node]
    if not isinstance(node, dict):
        return node
    # An example is data: it may look like a schema and is none.
    lowered = {k: v if k in ("value", "example") else _lower(v) for k, v in node.items()}
    if isinstance(lowered.get("type"), list):
        types = [name for name in lowered["type"] if name != "null"]
        nullable = {"nullable": True} if len(types) < len(lowered["type"]) else {}
        lowered |= {"type": types[0]} | nullable
    if _NULL in lowered.get("oneOf", ()):
        lowered["allOf"] = [one for one in lowered.pop("oneOf") if one != _NULL]
        lowered["nullable"] = True
    if isinstance(lowered.get("examples"), list):
        lowered["example"] = lowered.pop("examples")[0]
    if lowered.pop("contentMediaType", None):
        lowered["format"] = "binary"
    return lowered
