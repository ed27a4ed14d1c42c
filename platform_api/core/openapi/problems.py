"""The problems an operation can answer, with their codes.

What every operation of a kind can answer alike is a shared response; 403 and 409 name the codes of
the one operation.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from platform_api.core.http.acts import Act
from platform_api.core.http.problems import MEDIA_TYPE, TITLES
from platform_api.core.registry import Rule

from .shared import ALWAYS, THROTTLED, headers

Schema = dict[str, Any]
Codes = Mapping[str, str]

PROBLEM: Schema = {
    "type": "object",
    "description": "A problem document (RFC 9457). Some kinds carry further members.",
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The kind of problem; its address describes it.",
        },
        "title": {"type": "string", "description": "The kind in words, in the caller's language."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What happened here."},
        "instance": {
            "type": "string",
            "format": "uri-reference",
            "description": "The path that was asked for.",
        },
        "code": {"type": "string", "description": "Stable, and narrower than the kind."},
        "errors": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/FieldProblem"},
            "description": "Every invalid member of the request; empty for other problems.",
        },
        "request_id": {"type": "string", "description": "The id in X-Request-ID."},
        "scope": {"type": "string", "description": "With `insufficient_scope`: the scope wanted."},
        "state": {"type": "string", "description": "With `wrong_state`: the present state."},
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "description": "With `wrong_state`: the states that would allow it.",
        },
        "transitions": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "With `wrong_state`, of what has them: the acts that the present state "
            "allows, and the state that each leads to.",
        },
        "offered": {
            "type": "array",
            "items": {"type": "string"},
            "description": "With 406: the media types there are.",
        },
        "accepted": {
            "type": "array",
            "items": {"type": "string"},
            "description": "With 415: the media types that are read.",
        },
        "limit_bytes": {"type": "integer", "description": "With 413: the longest body."},
    },
    "required": [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "errors",
        "request_id",
    ],
}

FIELD_PROBLEM: Schema = {
    "type": "object",
    "description": "One invalid member of a request.",
    "properties": {
        "pointer": {
            "type": "string",
            "description": "A JSON pointer into the body (RFC 6901), `?name` for a query "
            "parameter, empty for the request as a whole.",
        },
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["pointer", "code", "detail"],
}

_SCOPE: Codes = {"insufficient_scope": "The credential does not carry the scope that this needs."}
_STATE: Codes = {"wrong_state": "The object's state does not allow this; `allowed` says which do."}
_KEYED: Codes = {
    "request_in_progress": "A request with this `Idempotency-Key` is still being carried out."
}
_SECRET: Codes = {
    "secret_already_shown": "The answer to this `Idempotency-Key` held a secret and is not kept."
}
_WRITING: Codes = {
    "concurrent_change": "Another request changes the same things at this moment; try again."
}
_NAMING: Codes = {
    "duplicate": "Something like it is there already.",
    "reference_gone": "Something that this refers to has gone.",
}


def _problem(status: int, slug: str, code: str, detail: str, **more: Any) -> Schema:
    return {
        "type": f"/problems/{slug}",
        "title": str(TITLES[slug]),
        "status": status,
        "detail": detail,
        "instance": "/api/v1/sections/0192f0c1-7a2b-7c3d-8e4f-5a6b7c8d9e0f",
        "code": code,
        "errors": [],
        "request_id": "6f1c0f0e5f0a4c0c9f3c6f1f0d2b7a11",
        **more,
    }


def _response(
    description: str, examples: Mapping[str, Schema], header_names: Iterable[str]
) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "headers": headers(header_names),
        "content": {MEDIA_TYPE: {"schema": schema, "examples": dict(examples)}},
    }


def _shared(
    status: int, slug: str, code: str, detail: str, *header_names: str, **more: Any
) -> tuple[int, Schema]:
    example = {"value": _problem(status, slug, code, detail, **more)}
    # What no media type fits is refused before the caller's limit is looked at.
    usual = ALWAYS if status == 406 else THROTTLED
    return status, _response(f"{TITLES[slug]}.", {code: example}, (*usual, *header_names))


_REUSED = "The Idempotency-Key was used for another request."

SHARED: dict[str, tuple[int, Schema]] = {
    "InvalidRequest": _shared(
        400,
        "invalid-request",
        "invalid",
        "The request is not valid.",
        errors=[
            {"pointer": "/titel", "code": "unknown_field", "detail": "There is no such member."},
            {"pointer": "?limit", "code": "out_of_range", "detail": "A number from 1 to 200."},
        ],
    ),
    "Unauthenticated": _shared(
        401,
        "unauthenticated",
        "invalid_token",
        "Send a bearer token that is still good.",
        "WWWAuthenticate",
    ),
    "NotFound": _shared(404, "not-found", "not_found", "There is no such resource."),
    "NotAcceptable": _shared(
        406,
        "not-acceptable",
        "not_acceptable",
        "There is no representation of a media type that was asked for.",
        offered=["application/json"],
    ),
    "PreconditionFailed": _shared(
        412,
        "precondition-failed",
        "precondition_failed",
        "The resource has changed since it was read. Nothing was written.",
        "ETag",
    ),
    "ContentTooLarge": _shared(
        413, "content-too-large", "content_too_large", "The body is too long.", limit_bytes=1048576
    ),
    "UnsupportedMediaType": _shared(
        415,
        "unsupported-media-type",
        "unsupported_media_type",
        "Send the body in a media type that is accepted here, in UTF-8, without a coding.",
        accepted=["application/json"],
    ),
    "IdempotencyKeyReused": _shared(
        422,
        "idempotency-key-reused",
        "idempotency_key_reused",
        _REUSED,
    ),
    "PreconditionRequired": _shared(
        428,
        "precondition-required",
        "precondition_required",
        "Send If-Match with the ETag that was read.",
    ),
    "TooManyRequests": _shared(
        429,
        "too-many-requests",
        "too_many_requests",
        "Too many requests; wait as long as Retry-After says.",
        "RetryAfter",
    ),
    "InternalError": _shared(500, "internal-error", "internal_server_error", ""),
    "ServiceUnavailable": _shared(
        503,
        "service-unavailable",
        "unavailable",
        "The service can't answer now. Nothing was written; try again.",
        "RetryAfter",
    ),
}
"""Responses by component name, with their status."""

_EVERYWHERE = ("InvalidRequest", "NotAcceptable", "TooManyRequests", "InternalError")


def shared_responses() -> dict[str, Schema]:
    """The shared responses by component name."""
    return {name: response for name, (_, response) in SHARED.items()}


def problem_responses(
    act: Act,
    method: str,
    *,
    addressed: bool,
    rule: Rule | None,
    further: Mapping[int, Codes],
) -> dict[str, Schema]:
    """The problems of an operation by status.

    addressed: its path names an object. rule: the line of the access table that decides it.
    further: codes by status that its documentation adds.
    """
    names = {*_EVERYWHERE, "ServiceUnavailable", "Unauthenticated"}
    keyed = method == "POST" and act.takes_key(method)
    if addressed or keyed:
        names.add("NotFound")
    if keyed:
        names.add("IdempotencyKeyReused")
    if act.precondition:
        names |= {"PreconditionFailed", "PreconditionRequired"}
    if act.input is not None or act.consumes:
        names |= {"ContentTooLarge", "UnsupportedMediaType"}
    found = {
        str(status): {"$ref": f"#/components/responses/{name}"}
        for name, (status, _) in SHARED.items()
        if name in names
    }
    own = {403: dict(_forbidden(act, rule)), 409: dict(_conflicts(act, method, rule))}
    for status, codes in further.items():
        own[status] = own.get(status, {}) | dict(codes)
    if keyed and 422 in own:
        own[422]["idempotency_key_reused"] = _REUSED
    for status, codes in own.items():
        if codes:
            found[str(status)] = _with_codes(status, codes)
    return found


def _forbidden(act: Act, rule: Rule | None) -> Iterator[tuple[str, str]]:
    if act.token_scope:
        yield from _SCOPE.items()
    if rule is not None:
        standing = rule.through[0]
        yield f"not_{standing}", f"You have no standing here as `{standing}`."
        yield f"{rule.role}_required", f"Your seat may, but in the role `{rule.role}`."
        for check in rule.checks:
            yield check, f"The rule `{check}` does not allow it."


def _conflicts(act: Act, method: str, rule: Rule | None) -> Iterator[tuple[str, str]]:
    if method == "GET":
        return
    if rule is not None and rule.states is not None:
        yield from _STATE.items()
    if method == "POST" and act.takes_key(method):
        yield from _KEYED.items()
    if act.secret:
        yield from _SECRET.items()
    yield from _WRITING.items()
    if act.input is not None:
        yield from _NAMING.items()


_OWN: dict[int, tuple[str, tuple[str, ...]]] = {
    403: ("forbidden", ("WWWAuthenticate",)),
    409: ("conflict", ("RetryAfter",)),
    422: ("classification-mark", ()),
}


def _with_codes(status: int, codes: Codes) -> Schema:
    slug, header_names = _OWN[status]
    listed = "\n".join(f"- `{code}`: {sentence}" for code, sentence in codes.items())
    code, sentence = list(codes.items())[-1 if status == 403 else 0]
    example = {"value": _problem(status, slug, code, sentence.replace("`", ""))}
    return _response(
        f"{TITLES[slug]}. By `code`:\n\n{listed}", {code: example}, (*THROTTLED, *header_names)
    )


def plain_problem(status: int, slug: str, code: str, detail: str) -> Schema:
    """A problem response of a route outside the kit."""
    example = {"value": _problem(status, slug, code, detail)}
    return _response(f"{TITLES[slug]}.", {code: example}, ALWAYS)
