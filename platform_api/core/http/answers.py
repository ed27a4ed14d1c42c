"""From what a handler returns to the bytes that are sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from rest_framework.response import Response

from platform_api.core.errors import Refusal

from .etags import etag_of, none_match_holds
from .pages import Page
from .problems import problem_response
from .renderers import render_json
from .representation import Representer

SAFE_METHODS: Final = ("GET", "HEAD")


@dataclass(slots=True)
class Answer:
    """An answer whose headers are not final yet."""

    body: bytes
    status: int
    headers: dict[str, str] = field(default_factory=dict)

    def response(self, request: HttpRequest) -> HttpResponse:
        """What is sent: 304 where the caller has it, no body where it wants none."""
        body, status, headers = self.body, self.status, dict(self.headers)
        if request.method in SAFE_METHODS:
            none_match, etag = request.headers.get("If-None-Match"), headers.get("ETag")
            if status == 200 and none_match and etag and not none_match_holds(none_match, etag):
                body, status = b"", 304
        elif body and status in (200, 201) and _wants_minimal(request):
            body = b""
            headers["Preference-Applied"] = "return=minimal"
        response = HttpResponse(body, status=status, headers=headers)
        if not body:
            del response.headers["Content-Type"]
        return response


def answer_of(
    result: Any, representer: Representer, request: HttpRequest, *, status: int
) -> Answer | HttpResponseBase:
    """The answer for a handler's result; responses of other kinds pass through.

    A Refusal that is returned becomes its problem without undoing anything. None is 204. Other
    sequences than a Page are a list without further pages.
    """
    if isinstance(result, Refusal):
        return problem_response(result, request)
    if isinstance(result, Response):
        body = b"" if result.data is None else render_json(result.data)
        headers = {n: v for n, v in result.items() if n.lower() != "content-type"}
        if result.content_type:
            headers["Content-Type"] = result.content_type
        return Answer(body, result.status_code, headers)
    if isinstance(result, HttpResponseBase):
        return result
    if result is None:
        return Answer(b"", 204 if status == 200 else status)
    if isinstance(result, QuerySet | Sequence):
        result = Page(list(result))
    if isinstance(result, Page):
        body = render_json(result.envelope(representer.items(result.items)))
        links = {"Link": result.link_header} if result.link_header else {}
        return Answer(body, status, {"ETag": etag_of("", body), **links})
    body = render_json(representer.detail(result))
    revision = str(getattr(result, "etag_revision", ""))
    tagged = revision or request.method in SAFE_METHODS
    return Answer(body, status, {"ETag": etag_of(revision, body)} if tagged else {})


def _wants_minimal(request: HttpRequest) -> bool:
    """Whether the caller prefers no body (RFC 7240, section 4.2)."""
    preferences = request.headers.get("Prefer", "").replace(" ", "").lower().split(",")
    return "return=minimal" in preferences
