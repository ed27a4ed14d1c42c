"""Django app configuration of the operations layer."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Holds the management commands ``serve`` and ``db_bootstrap``; it has no models. Its
    migration lets the runtime role use the queue."""

    name = "platform_api.ops"
    label = "ops"
    verbose_name = "Operations"
