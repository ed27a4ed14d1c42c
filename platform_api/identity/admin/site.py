"""The admin site: for operators, each request one transaction as its actor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of

from .models import ServiceAdmin


class PlatformAdminSite(AdminSite):
    """Lets operators in and nobody else; ``is_staff`` gives nothing.

    ``request.actor`` is the operator's actor in every view. Answers are rendered inside the
    transaction, so that templates read under the same rights as the view.
    """

    site_header = "Regional Cooperation Platform"
    site_title = "Administration"
    index_title = "Countries, forums and seats"
    site_url = "/api/v1/docs"
    enable_nav_sidebar = False
    index_template = "admin/platform_index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take in the platform's own pages; what libraries bring would write past services."""
        if admin_class is not None and issubclass(admin_class, ServiceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and getattr(user, "is_operator", False))

    def admin_view(  # type: ignore[override]  # the stubs name a private type
        self, view: Callable[..., Any], cacheable: bool = False
    ) -> Callable[..., Any]:
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def as_actor(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                return guarded(request, *args, **kwargs)
            request.actor = actor_of(request.user)  # type: ignore[attr-defined, arg-type]  # ours
            with acting(request.actor):  # type: ignore[attr-defined]  # set above
                response = guarded(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
                return response

        return as_actor
