"""Django's own errors: ``handler400`` to ``handler500`` of the root URL configuration."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from platform_api.core.errors import Forbidden, NotVisible, Refusal

from . import conf
from .problems import Problem, problem_response
from .translation import refusal_of


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django itself could not read."""
    refusal = refusal_of(exception) or Problem(400)
    return _answer(request, refusal, lambda: defaults.bad_request(request, exception))


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal outside the API's views."""
    refusal = Forbidden("You may not do this.")
    return _answer(request, refusal, lambda: defaults.permission_denied(request, exception))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A path that leads nowhere answers as a hidden object does."""
    return _answer(request, NotVisible(), lambda: defaults.page_not_found(request, exception))


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault of ours; what it was stands in the log under the request's id."""
    return _answer(request, Problem(500), lambda: defaults.server_error(request))


def _answer(
    request: HttpRequest, refusal: Refusal, page: Callable[[], HttpResponse]
) -> HttpResponse:
    if request.path.startswith(conf.text("ADMIN_PATH")):
        return page()
    return problem_response(refusal, request)
