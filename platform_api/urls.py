"""Every route. Paths under /api/v1/ have no trailing slash."""

from django.contrib import admin
from django.urls import include, path

from platform_api.identity.urls import root_urlpatterns

urlpatterns = [
    path("", include("platform_api.core.http.urls")),
    path("", include(root_urlpatterns)),
    path("admin/", admin.site.urls),
    path("api/v1/", include("platform_api.core.openapi.urls")),
    path("api/v1/", include("platform_api.identity.urls")),
    path("api/v1/", include("platform_api.search.urls")),
    path("api/v1/", include("platform_api.events.urls")),
    path("api/v1/", include("platform_api.notifications.urls")),
    path("api/v1/", include("forums.urls")),
    path("api/v1/", include("documents.urls")),
    path("api/v1/", include("policies.urls")),
]

handler400 = "platform_api.core.http.handlers.handler400"
handler403 = "platform_api.core.http.handlers.handler403"
handler404 = "platform_api.core.http.handlers.handler404"
handler500 = "platform_api.core.http.handlers.handler500"
