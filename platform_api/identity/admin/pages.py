"""Pages of the admin site that are not a model's, and what every page's answer carries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from platform_api.core.actor import Actor

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing from elsewhere, and neither scripts nor styles within a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page. route: below /admin/. name: of its URL, in the namespace ``admin``.

    open_to: whom it lets in; everybody else gets 403. listed: whether the site's first page
    links to it. about: a sentence beside that link.
    """

    route: str
    name: str
    title: str
    view: Callable[..., HttpResponseBase]
    open_to: Callable[[Actor], bool]
    about: str = ""
    listed: bool = True

    @property
    def url_name(self) -> str:
        return f"admin:{self.name}"


def with_policy(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose answers carry the site's content security policy."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return guarded


def page_answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> TemplateResponse:
    """A page in the site's frame."""
    from django.contrib import admin

    return TemplateResponse(
        request, template, {**admin.site.each_context(request), **context}, status=status
    )
