from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access, search
        from .brackets.passages import refuse_brackets
        from .states.services import text_settling
        from .texts import marking

        access.register()
        search.register()
        marking.register()
        text_settling.subscribe(refuse_brackets, order=10)
