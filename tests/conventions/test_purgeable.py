"""Whatever somebody can write into this app can be purged from it."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from documents.texts.purgeable import PURGEABLE
from platform_api.core.registry import registry

pytestmark = pytest.mark.conventions

_TEXTUAL = (models.CharField, models.TextField, models.JSONField)
_NO_PROSE = {"language", "working_language", "rank", "sha256"}
"""Names of columns that hold a code, an order or a digest."""
_DOCUMENTS = [
    model for model in apps.get_app_config("documents").get_models() if registry.is_protected(model)
]
_LABELS = [model.__name__ for model in _DOCUMENTS]


def _texts(model: Any) -> set[str]:
    """The columns of a model into which somebody's words may come."""
    found = set()
    for field in model._meta.concrete_fields:
        held = field.base_field if isinstance(field, ArrayField) else field
        if isinstance(held, _TEXTUAL) and not held.choices and field.name not in _NO_PROSE:
            found.add(field.name)
    return found


@pytest.mark.parametrize("model", _DOCUMENTS, ids=_LABELS)
def test_every_text_column_is_purged_or_kept_for_a_reason(model: Any) -> None:
    registered = PURGEABLE.get(model)
    known = {*registered.columns, *registered.kept} if registered else set()

    assert _texts(model) == known, "register it: documents.texts.purgeable.make_purgeable"
    assert registered is None or all(registered.kept.values())


@pytest.mark.parametrize(
    "model",
    [m for m in _DOCUMENTS if m in PURGEABLE and PURGEABLE[m].columns],
    ids=lambda model: model.__name__,
)
def test_what_is_purged_is_known_to_the_database_too(db: None, model: Any) -> None:
    registered = PURGEABLE[model]
    name = "documents_purge_carry_out" if registered.own_way else f"{model._meta.db_table}_purge"
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [name])
        found = cursor.fetchone()
    assert found, f"a migration has no purgeable({model._meta.db_table!r}, …)"
    if not registered.own_way:
        assert all(f"{column} = documents_without" in found[0] for column in registered.columns)


def test_only_models_of_this_app_are_registered() -> None:
    assert set(PURGEABLE) <= set(_DOCUMENTS)
