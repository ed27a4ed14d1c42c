from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access, search
        from .funding import marking as funding
        from .granting import telling
        from .granting.services import grant_giving
        from .marking import releasability
        from .meetings import marking as meetings

        access.register()
        search.register()
        telling.subscribe()
        meetings.register()
        funding.register()
        grant_giving.subscribe(releasability.check_giving, order=10)
