"""Parameters and headers that many operations share, as components."""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

_STRING: Schema = {"type": "string"}
_SECONDS: Schema = {"type": "integer", "minimum": 0}


def _query(name: str, schema: Schema, description: str, **more: Any) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _header(name: str, schema: Schema, description: str, **more: Any) -> Schema:
    return {"name": name, "in": "header", "description": description, "schema": schema, **more}


def limit_parameter(default: int, largest: int) -> Schema:
    """How many items a page holds."""
    schema = {"type": "integer", "minimum": 1, "maximum": largest, "default": default}
    return _query("limit", schema, "Items on a page.")


def ids_parameter(item: Schema, most: int) -> Schema:
    """Which objects a list is narrowed to."""
    schema = {"type": "array", "items": item, "minItems": 1, "maxItems": most}
    return _query(
        "ids",
        schema,
        f"Only these objects, at most {most}; those that you can't see are left out.",
        style="form",
        explode=False,
    )


PARAMETERS: dict[str, Schema] = {
    "Limit": limit_parameter(50, 200),
    "Ids": ids_parameter({"type": "string", "format": "uuid"}, 200),
    "Cursor": _query(
        "cursor", _STRING, "A place in the list, taken from `next` or `previous`; never made up."
    ),
    "Count": _query(
        "count",
        {"type": "boolean", "default": False},
        "Tell how many there are in all, counted up to a cap.",
    ),
    "Fields": _query(
        "fields",
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "Only these members of each object. Members that the answer's schema calls required are "
        "left out too when they are not named here.",
        style="form",
        explode=False,
    ),
    "Abilities": _query(
        "abilities",
        {"type": "string", "enum": ["reasons"]},
        "Tell the reason of each ability that is missing; items of lists carry abilities then.",
    ),
    "IfMatch": _header(
        "If-Match",
        _STRING,
        "The ETag that was read, or its revision alone in quotes. `*` is refused.",
        required=True,
        example='"7"',
    ),
    "IfNoneMatch": _header(
        "If-None-Match", _STRING, "The ETag of a copy you hold; 304 when it is still good."
    ),
    "IdempotencyKey": _header(
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "A key of your own for this request, best a UUID. For 24 hours a repeat with the same key "
        "and body is answered with the first answer and not carried out again.",
    ),
    "Prefer": _header(
        "Prefer",
        _STRING,
        "`return=minimal` leaves out the body of the answer (RFC 7240).",
        example="return=minimal",
    ),
}
"""Parameters by component name."""

HEADERS: dict[str, Schema] = {
    "ETag": {"schema": _STRING, "description": "The strong entity tag of this answer."},
    "Location": {
        "schema": {"type": "string", "format": "uri"},
        "description": "The address of what was made.",
    },
    "Link": {
        "schema": _STRING,
        "description": 'The neighbouring pages, rel="next" and rel="prev" (RFC 8288).',
    },
    "XRequestID": {
        "schema": _STRING,
        "description": "The id of this request, in logs and problems too.",
    },
    "RateLimitLimit": {
        "schema": {"type": "integer", "minimum": 1},
        "description": "Requests a minute that the caller may make.",
    },
    "RateLimitRemaining": {
        "schema": {"type": "integer", "minimum": 0},
        "description": "Requests left at this moment.",
    },
    "RateLimitReset": {
        "schema": _SECONDS,
        "description": "Seconds until the whole limit is there again.",
    },
    "RetryAfter": {"schema": _SECONDS, "description": "Seconds to wait before the next try."},
    "PreferenceApplied": {
        "schema": _STRING,
        "description": "`return=minimal` when the body was left out for `Prefer`.",
    },
    "IdempotencyReplayed": {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "Present when the answer is one that was given before.",
    },
    "WWWAuthenticate": {
        "schema": _STRING,
        "description": "What credential is wanted (RFC 6750, section 3).",
    },
}
"""Headers of answers by component name."""

HEADER_NAMES: dict[str, str] = {
    "ETag": "ETag",
    "Location": "Location",
    "Link": "Link",
    "XRequestID": "X-Request-ID",
    "RateLimitLimit": "RateLimit-Limit",
    "RateLimitRemaining": "RateLimit-Remaining",
    "RateLimitReset": "RateLimit-Reset",
    "RetryAfter": "Retry-After",
    "PreferenceApplied": "Preference-Applied",
    "IdempotencyReplayed": "Idempotency-Replayed",
    "WWWAuthenticate": "WWW-Authenticate",
}
"""The names that these headers have on the wire."""

ALWAYS = ("XRequestID",)
THROTTLED = (*ALWAYS, "RateLimitLimit", "RateLimitRemaining", "RateLimitReset")

PAGE_COUNT: Schema = {
    "type": "object",
    "description": "How many there are in all.",
    "properties": {
        "value": {"type": "integer", "minimum": 0},
        "capped": {"type": "boolean", "description": "Not all were counted: there may be more."},
    },
    "required": ["value", "capped"],
}

ABILITY_REASON: Schema = {
    "type": "object",
    "description": "Why an ability is missing.",
    "properties": {
        "code": {"type": "string", "description": "Stable, such as `four_eyes`."},
        "detail": {"type": "string", "description": "A sentence in the caller's language."},
    },
    "required": ["code", "detail"],
}


def parameter(name: str) -> Schema:
    """A reference to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def headers(names: Iterable[str]) -> Schema:
    """References to shared headers under the names they have on the wire."""
    return {HEADER_NAMES[name]: {"$ref": f"#/components/headers/{name}"} for name in names}
