"""Whole problem documents, for comparison with whole answers."""

from typing import Any

TITLES = {
    "invalid-request": "The request is not valid",
    "unauthenticated": "Credentials are missing or not valid",
    "forbidden": "You may not do this",
    "not-found": "Not found",
    "method-not-allowed": "Method not allowed",
    "not-acceptable": "No acceptable representation",
    "conflict": "The state does not allow this",
    "edit-conflict": "Others changed the same words",
    "precondition-failed": "The resource has changed",
    "content-too-large": "The body is too long",
    "unsupported-media-type": "The media type is not read here",
    "idempotency-key-reused": "The Idempotency-Key belongs to another request",
    "classification-mark": "The text bears a mark of classified information",
    "precondition-required": "A precondition is required",
    "too-many-requests": "Too many requests",
    "internal-error": "Something went wrong on our side",
    "service-unavailable": "The service can't answer now",
}


def problem(
    status: int,
    slug: str,
    instance: str,
    *,
    code: str,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    **extensions: Any,
) -> dict[str, Any]:
    """The document of a problem for a request whose id is ``test``."""
    return {
        "type": f"/problems/{slug}",
        "title": TITLES[slug],
        "status": status,
        "detail": detail,
        "instance": instance,
        "code": code,
        "errors": errors or [],
        "request_id": "test",
        **extensions,
    }


def invalid(instance: str, *errors: tuple[str, str, str]) -> dict[str, Any]:
    """A 400 with these (pointer, code, detail)."""
    return problem(
        400,
        "invalid-request",
        instance,
        code="invalid",
        detail="The request is not valid.",
        errors=[{"pointer": p, "code": c, "detail": d} for p, c, d in errors],
    )
