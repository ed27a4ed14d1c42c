"""What every answer carries: the request's id, limits, caching and security headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from platform_api.core.errors import Refusal

from . import conf
from .problems import MEDIA_TYPE, Problem, problem_response
from .request_ids import HEADER, accept_request_id, bind_request_id, unbind_request_id
from .throttling import Verdict

Answer = Callable[[HttpRequest], HttpResponseBase]

_VARY = ("Accept", "Accept-Language", "Authorization")
_KEPT_OF_ERRORS = ("Allow", "Retry-After", "WWW-Authenticate")
_JSON_TYPES = ("application/json", MEDIA_TYPE)
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_JSON_POLICY = "default-src 'none'; frame-ancestors 'none'"


class RequestIdMiddleware:
    """Accepts or makes the request's id and echoes it; stands first of all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = accept_request_id(request.headers.get(HEADER, ""))
        token = bind_request_id(request_id)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request_id
            return response
        finally:
            unbind_request_id(token)


class ApiHeadersMiddleware:
    """Gives answers of the API their headers, and every error there the form of a problem.

    Errors that no view of ours made (Django's own 405, a debug page) are replaced whole.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        of_api = request.path.startswith(conf.text("API_PATH"))
        if of_api and response.status_code >= 400 and media_type != MEDIA_TYPE:
            response = _as_problem(request, response)
            media_type = MEDIA_TYPE
        verdict = getattr(request, "throttle_verdict", None)
        if isinstance(verdict, Verdict):
            for name, value in verdict.headers.items():
                response.headers[name] = value
        if of_api or media_type in _JSON_TYPES:
            response.headers.setdefault("Cache-Control", "private, no-store")
            patch_vary_headers(response, _VARY)
            for name, value in _SECURITY.items():
                response.headers.setdefault(name, value)
        if media_type in _JSON_TYPES:
            response.headers.setdefault("Content-Security-Policy", _JSON_POLICY)
        return response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    refusal: Refusal = Problem(response.status_code)
    refusal.headers = {
        name: response.headers[name] for name in _KEPT_OF_ERRORS if name in response.headers
    }
    return problem_response(refusal, request)
