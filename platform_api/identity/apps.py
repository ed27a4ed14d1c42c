from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdentityConfig(AppConfig):
    name = "platform_api.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from platform_api.core.registry import registry

        from .actorkey import install_actor_key
        from .actors import actor_of_request

        registry.actor_builder = actor_of_request
        post_migrate.connect(install_actor_key, sender=self)
