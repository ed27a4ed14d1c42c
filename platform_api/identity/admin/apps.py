"""Django's admin app with the platform's site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class PlatformAdminConfig(AdminConfig):
    """The admin app; its site is made when the models are there."""

    default_site = "platform_api.identity.admin.site.PlatformAdminSite"
