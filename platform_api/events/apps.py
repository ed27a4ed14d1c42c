from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    name = "platform_api.events"
    label = "events"

    def ready(self) -> None:
        from .granttables import watch_grant_tables

        post_migrate.connect(watch_grant_tables, sender=self)
