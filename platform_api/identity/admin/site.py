"""The admin site: each request one transaction as its actor, behind a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from platform_api.core.errors import Forbidden, NotVisible
from platform_api.core.transaction import acting

from .factor_pages import REMOVAL, own_factor
from .models import ServiceAdmin
from .pages import Page, with_policy
from .signin import SignInForm
from .standing import is_for_operator, is_inside, standing_of


class PlatformAdminSite(AdminSite):
    """Lets in operators, and heads and access managers to pages of their own; ``is_staff`` gives
    nothing. Whoever has not shown the second factor in this session reaches the page that asks
    for it, and the way out.

    ``request.actor`` is the caller's actor in every view. Answers are rendered inside the
    transaction, so that templates read under the same rights as the view.
    """

    site_header = "Regional Cooperation Platform"
    site_title = "Administration"
    index_title = "Administration"
    site_url = "/api/v1/docs"
    enable_nav_sidebar = False
    index_template = "admin/platform_index.html"
    login_form = SignInForm

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._pages = [REMOVAL]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take in the platform's own pages; what libraries bring would write past services."""
        if admin_class is not None and issubclass(admin_class, ServiceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def add_page(self, page: Page) -> None:
        """Take in a page that is not a model's."""
        self._pages.append(page)

    # -- who gets in ----------------------------------------------------------------------------

    def has_permission(self, request: HttpRequest) -> bool:
        return is_inside(request)

    def admin_view(  # type: ignore[override]  # the stubs name a private type
        self, view: Callable[..., Any], cacheable: bool = False
    ) -> Callable[..., Any]:
        guarded = super().admin_view(view, cacheable)

        @with_policy
        @wraps(guarded)
        def as_actor(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            standing = standing_of(request)
            if standing.may_enter and not standing.is_verified:
                target = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('admin:factor')}?{target}")
            if not standing.may_enter:
                return guarded(request, *args, **kwargs)
            request.actor = standing.actor  # type: ignore[attr-defined]  # ours
            with acting(standing.actor):
                response = guarded(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
                return response

        return as_actor

    # -- pages of our own -----------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        own = [
            path("logout/", with_policy(self.logout), name="logout"),
            path("factor/", with_policy(own_factor), name="factor"),
            *(
                path(page.route, self.admin_view(self._opened(page)), name=page.name)
                for page in self._pages
            ),
        ]
        return own + super().get_urls()

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return with_policy(super().login)(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        context["platform_pages"] = (
            [page for page in self._pages if page.listed and page.open_to(request.actor)]
            if self.has_permission(request) and hasattr(request, "actor")
            else []
        )
        return context

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        if not is_for_operator(request):
            raise PermissionDenied
        return super().app_index(request, app_label, extra_context)

    def _opened(self, page: Page) -> Callable[..., HttpResponseBase]:
        """The page's view for those it is open to; refusals of services become the site's."""

        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not page.open_to(request.actor):  # type: ignore[attr-defined]  # set by admin_view
                raise PermissionDenied
            try:
                return page.view(request, *args, **kwargs)
            except NotVisible as refusal:
                raise Http404 from refusal
            except Forbidden as refusal:
                raise PermissionDenied(refusal.detail) from refusal

        return view
