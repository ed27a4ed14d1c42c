from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access, search
        from .funding import marking as funding
        from .marking import releasability
        from .meetings import marking as meetings
        from .membership import telling
        from .membership.granting import grant_giving

        access.register()
        search.register()
        telling.subscribe()
        meetings.register()
        funding.register()
        grant_giving.subscribe(releasability.check_giving, order=10)
