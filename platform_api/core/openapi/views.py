"""The document as it was committed, and a page to read it with."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from platform_api.core.http.acts import JSON
from platform_api.core.http.etags import none_match_holds
from platform_api.core.http.renderers import render_json

from .document import committed
from .downgrade import as_30

_CACHING = "public, max-age=300"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class _Rendition:
    """The bytes of one content coding, with the strong tag that is theirs alone."""

    body: bytes
    coding: str = ""

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


@csrf_exempt
@require_safe
def openapi_json(request: HttpRequest, version: str = "3.1") -> HttpResponse:
    """The committed document, or its 3.0 rendition; no credential is needed."""
    plain, packed = _renditions(version)
    chosen = packed if _accepts_gzip(request) else plain
    none_match = request.headers.get("If-None-Match")
    if none_match and not none_match_holds(none_match, chosen.etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(chosen.body, content_type=JSON)
        if chosen.coding:
            response.headers["Content-Encoding"] = chosen.coding
    response.headers["ETag"] = chosen.etag
    response.headers["Cache-Control"] = _CACHING
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@csrf_exempt
@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """The document for people, from our own static files, with nothing inline."""
    response = render(request, "core/docs.html")
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    response.headers["Cache-Control"] = _CACHING
    return response


@lru_cache(maxsize=2)
def _renditions(version: str) -> tuple[_Rendition, _Rendition]:
    body = render_json(as_30(committed()) if version == "3.0" else committed())
    # Without a time stamp, so that the tag is the same in every process.
    return _Rendition(body), _Rendition(gzip.compress(body, mtime=0), "gzip")


def _accepts_gzip(request: HttpRequest) -> bool:
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip() == "gzip":
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
