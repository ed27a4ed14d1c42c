from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access, search
        from .amendments.affected import amendments_at
        from .brackets.passages import refuse_brackets, refuse_deletion
        from .comments.affected import comments_at
        from .states.services import text_settling
        from .structure.services.deleting import section_deleting
        from .texts import marking
        from .texts.hanging import make_hanging

        access.register()
        search.register()
        marking.register()
        text_settling.subscribe(refuse_brackets, order=10)
        section_deleting.subscribe(refuse_deletion, order=10)
        make_hanging("comments", comments_at)
        make_hanging("amendments", amendments_at)
