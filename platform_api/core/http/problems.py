"""Problem documents (RFC 9457): the one form of every error that leaves the platform."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from platform_api.core.errors import FieldError, Invalid, Refusal

from .renderers import render_json
from .request_ids import current_request_id

MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[str, str | Promise] = {
    "invalid-request": gettext_lazy("The request is not valid"),
    "unauthenticated": gettext_lazy("Credentials are missing or not valid"),
    "forbidden": gettext_lazy("You may not do this"),
    "not-found": gettext_lazy("Not found"),
    "method-not-allowed": gettext_lazy("Method not allowed"),
    "not-acceptable": gettext_lazy("No acceptable representation"),
    "conflict": gettext_lazy("The state does not allow this"),
    "edit-conflict": gettext_lazy("Others changed the same words"),
    "precondition-failed": gettext_lazy("The resource has changed"),
    "content-too-large": gettext_lazy("The body is too long"),
    "unsupported-media-type": gettext_lazy("The media type is not read here"),
    "idempotency-key-reused": gettext_lazy("The Idempotency-Key belongs to another request"),
    "classification-mark": gettext_lazy("The text bears a mark of classified information"),
    "precondition-required": gettext_lazy("A precondition is required"),
    "too-many-requests": gettext_lazy("Too many requests"),
    "internal-error": gettext_lazy("Something went wrong on our side"),
    "service-unavailable": gettext_lazy("The service can't answer now"),
}
"""Title of each kind of problem by its slug; each is described in ``openapi/problems.md``."""

_SLUG_OF_STATUS: Mapping[int, str] = {
    400: "invalid-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    412: "precondition-failed",
    413: "content-too-large",
    415: "unsupported-media-type",
    428: "precondition-required",
    429: "too-many-requests",
    500: "internal-error",
    503: "service-unavailable",
}


class Problem(Refusal):
    """A refusal of any status, for errors that come from elsewhere."""

    def __init__(self, status: int, detail: str = "", **kwargs: Any) -> None:
        slug = _SLUG_OF_STATUS.get(status)
        if slug is None:
            slug = "invalid-request" if 400 <= status < 500 else "internal-error"
        super().__init__(detail, **{"slug": slug, "code": slug.replace("-", "_")} | kwargs)
        self.status = status


def problem_document(refusal: Refusal, *, instance: str) -> dict[str, Any]:
    """The members of a problem: those of RFC 9457 first, then ours, then the refusal's own."""
    document: dict[str, Any] = {
        "type": f"/problems/{refusal.slug}",
        "title": str(TITLES.get(refusal.slug) or HTTPStatus(refusal.status).phrase),
        "status": refusal.status,
        "detail": gettext(refusal.detail) if refusal.detail else "",
        "instance": instance,
        "code": refusal.code,
        "errors": [],
        "request_id": current_request_id(),
    }
    if isinstance(refusal, Invalid):
        document["errors"] = [_field_error(error) for error in refusal.errors]
    return document | {k: v for k, v in refusal.extensions.items() if k not in document}


def _field_error(error: FieldError) -> dict[str, str]:
    return {"pointer": error.pointer, "code": error.code, "detail": error.detail}


def problem_response(refusal: Refusal, request: HttpRequest) -> HttpResponse:
    """The answer that tells a refusal; ``instance`` is the path without its query."""
    response = HttpResponse(
        render_json(problem_document(refusal, instance=request.path)),
        status=refusal.status,
        content_type=MEDIA_TYPE,
        headers=refusal.headers,
    )
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER, for the few views that are DRF's own."""
    from .translation import refusal_of

    refusal = refusal_of(error)
    if refusal is None:
        return None
    request = context["request"]
    return problem_response(refusal, getattr(request, "_request", request))


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901); characters that have no UTF-8 form become ``?``."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "".join(f"/{part}" for part in escaped).encode("utf-8", "replace").decode()
