"""Writing the index, in the transaction of what is written."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import prefetch_related_objects

from platform_api.core.registry import SearchSource, registry

from .vector import vector


def index(source: SearchSource, objects: Sequence[Any]) -> None:
    """Bring the entries of objects of one source to their texts as they are now.

    One statement for all of them. Readers are not given: the database knows them.
    """
    if source.related:
        prefetch_related_objects(objects, *source.related)
    rows = [
        (obj.pk, text.language, vector(text.title, text.body, text.language))
        for obj in objects
        for text in source.texts(obj)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_put(%s, %s::uuid[], %s::uuid[], %s::text[], %s::text[])",
            [
                registry.protection_of(source.model).type_name,
                [obj.pk for obj in objects],
                [key for key, _, _ in rows],
                [language for _, language, _ in rows],
                [lexemes for _, _, lexemes in rows],
            ],
        )
