from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access, search
        from .granting import telling

        access.register()
        search.register()
        telling.subscribe()
